#pragma once

#include "sluice/net/asio_wait.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <algorithm>
#include <memory>
#include <optional>

namespace sluice::llmworker {

/// A server's end of a connection, below Beast's websocket. What is written is gathered and given to the network in few writes: fragments
/// of a fast model are some hundred bytes each, and a system call for each of them would be most of the work. Beast writes a frame in one
/// call, so that whole frames made elsewhere can stand between its own. Used on the I/O thread.
class ServerWire {
public:
    using executor_type = boost::asio::ip::tcp::socket::executor_type;
    using ErrorCode = boost::system::error_code;

    explicit ServerWire(boost::asio::ip::tcp::socket socket)
        : m_state(std::make_shared<State>(std::move(socket)))
    {
    }
    ~ServerWire()
    {
        if (m_state)
            m_state->close();
    }
    ServerWire(ServerWire &&other) = default;
    ServerWire &operator=(ServerWire &&other) = delete;

    executor_type get_executor() { return m_state->socket.get_executor(); }
    [[nodiscard]] boost::asio::ip::tcp::socket &socket() { return m_state->socket; }

    /// Bytes that were read too early; they are read next.
    void giveBack(const QByteArray &bytes) { m_state->early = bytes; }
    /// Whole frames behind what was written before; nothing once the connection is broken. They leave after the caller has returned, or with flush().
    void append(QByteArrayView bytes) { m_state->append(bytes); }
    /// What was appended leaves now, as far as the network takes it at once.
    void flush() { m_state->flush(); }
    /// Bytes that the network has not taken yet.
    [[nodiscard]] qsizetype backlog() const { return m_state->pending.size() + m_state->leaving.size(); }
    /// Returns when the network has taken all, the connection is broken, or the time is over.
    boost::asio::awaitable<void> flushed(std::chrono::milliseconds limit);
    /// Drops the connection at once.
    void close() { m_state->close(); }

    template <typename Buffers, typename Token> auto async_read_some(const Buffers &buffers, Token &&token)
    {
        return boost::asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [state = m_state, buffers](auto handler) {
                if (state->early.isEmpty()) {
                    state->socket.async_read_some(buffers, std::move(handler));
                    return;
                }
                const std::size_t size = boost::asio::buffer_copy(buffers, boost::asio::buffer(state->early.constData(), std::size_t(state->early.size())));
                state->early.remove(0, qsizetype(size));
                boost::asio::post(state->socket.get_executor(), [handler = std::move(handler), size]() mutable { handler(ErrorCode(), size); });
            },
            token);
    }

    template <typename Buffers, typename Token> auto async_write_some(const Buffers &buffers, Token &&token)
    {
        return boost::asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [state = m_state, buffers](auto handler) {
                std::size_t size = 0;
                for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers); ++it) {
                    const boost::asio::const_buffer buffer(*it);
                    state->append(QByteArrayView(static_cast<const char *>(buffer.data()), qsizetype(buffer.size())));
                    size += buffer.size();
                }
                const ErrorCode broken = state->broken;
                if (broken || state->pending.size() < HighWater) {
                    boost::asio::post(state->socket.get_executor(), [handler = std::move(handler), broken, size]() mutable { handler(broken, broken ? 0 : size); });
                    return;
                }
                // What Beast answers by itself (a pong for each ping) waits for a peer that does not read.
                state->drained.async_wait([state, handler = std::move(handler), size](auto) mutable { handler(state->broken, state->broken ? 0 : size); });
            },
            token);
    }

private:
    static constexpr qsizetype HighWater = 256 * 1024;
    static constexpr qsizetype LargestWrite = 1024 * 1024;

    struct State : std::enable_shared_from_this<State> {
        explicit State(boost::asio::ip::tcp::socket open)
            : socket(std::move(open))
            , drained(socket.get_executor(), boost::asio::steady_timer::time_point::max())
        {
            ErrorCode ignored; // of a socket that is closed already; the first write says so
            socket.non_blocking(true, ignored);
        }
        void append(QByteArrayView bytes);
        void flush();
        void wait();
        void close();

        boost::asio::ip::tcp::socket socket;
        boost::asio::steady_timer drained; ///< cancelled when all is written, or nothing ever will be
        QByteArray early;
        QByteArray pending; ///< to be written, after
        QByteArray leaving; ///< what is being written
        bool scheduled = false;
        ErrorCode broken;
    };

    std::shared_ptr<State> m_state;
};

// What Beast asks of a stream that is no socket; found by their arguments.
void teardown(boost::beast::role_type role, ServerWire &wire, boost::system::error_code &error);
template <typename Handler> void async_teardown(boost::beast::role_type, ServerWire &wire, Handler &&handler)
{
    // Who serves the connection ends it, after what is written has left.
    boost::asio::post(wire.get_executor(), [handler = std::forward<Handler>(handler)]() mutable { handler(boost::system::error_code()); });
}
void beast_close_socket(ServerWire &wire);

} // namespace sluice::llmworker
