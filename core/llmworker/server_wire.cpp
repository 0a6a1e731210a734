#include "server_wire_p.h"

#include <boost/asio/write.hpp>

namespace sluice::llmworker {

namespace asio = boost::asio;

void ServerWire::State::append(QByteArrayView bytes)
{
    if (broken)
        return;
    pending.append(bytes);
    if (scheduled || !leaving.isEmpty())
        return;
    scheduled = true;
    asio::post(socket.get_executor(), [self = shared_from_this()] {
        self->scheduled = false;
        self->flush();
    });
}

void ServerWire::State::flush()
{
    if (broken || !leaving.isEmpty())
        return;
    while (!pending.isEmpty()) {
        if (pending.size() <= LargestWrite) {
            leaving = std::exchange(pending, {});
        } else {
            leaving = pending.left(LargestWrite);
            pending.remove(0, LargestWrite);
        }
        // The network mostly takes it at once, without a round through the event loop.
        ErrorCode error;
        const std::size_t size = socket.send(asio::buffer(leaving.constData(), std::size_t(leaving.size())), 0, error);
        if (error && error != asio::error::would_block && error != asio::error::try_again) {
            leaving.clear();
            broken = error;
            close();
            return;
        }
        leaving.remove(0, error ? 0 : qsizetype(size));
        if (!leaving.isEmpty()) {
            wait();
            return;
        }
    }
    drained.cancel();
}

/// For the network to take the rest.
void ServerWire::State::wait()
{
    asio::async_write(socket, asio::buffer(leaving.constData(), std::size_t(leaving.size())), [self = shared_from_this()](ErrorCode error, std::size_t) {
        self->leaving.clear();
        if (!error) {
            self->flush();
        } else if (!self->broken) {
            self->broken = error;
            self->close();
        }
    });
}

void ServerWire::State::close()
{
    if (!broken)
        broken = asio::error::operation_aborted;
    pending.clear();
    ErrorCode ignored; // of a socket that is closed already
    socket.close(ignored);
    drained.cancel();
}

asio::awaitable<void> ServerWire::flushed(std::chrono::milliseconds limit)
{
    const auto state = m_state;
    const auto until = std::chrono::steady_clock::now() + limit;
    asio::steady_timer late(state->socket.get_executor(), until);
    late.async_wait([state](ErrorCode error) {
        if (!error)
            state->drained.cancel();
    });
    while (!state->broken) {
        if ((state->pending.isEmpty() && state->leaving.isEmpty()) || std::chrono::steady_clock::now() >= until)
            break;
        co_await state->drained.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

void teardown(boost::beast::role_type, ServerWire &wire, boost::system::error_code &error)
{
    wire.close();
    error = {};
}

void beast_close_socket(ServerWire &wire)
{
    wire.close();
}

} // namespace sluice::llmworker
