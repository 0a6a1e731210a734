#include "sluice/net/byte_stream_p.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace sluice {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto returned = asio::as_tuple(asio::use_awaitable);

class PlainStream final : public ByteStream {
public:
    explicit PlainStream(tcp::socket socket)
        : m_socket(std::move(socket))
    {
    }
    Awaitable<ErrorCode> handshake() override { co_return ErrorCode(); }
    Awaitable<std::pair<ErrorCode, std::size_t>> readSome(asio::mutable_buffer buffer) override
    {
        const auto [error, size] = co_await m_socket.async_read_some(buffer, returned);
        co_return std::pair(error, size);
    }
    Awaitable<ErrorCode> write(asio::const_buffer buffer) override
    {
        const auto [error, size] = co_await asio::async_write(m_socket, buffer, returned);
        co_return error;
    }
    Awaitable<void> shutdown() override
    {
        ErrorCode ignored; // the peer may have gone first
        m_socket.shutdown(tcp::socket::shutdown_send, ignored);
        co_return;
    }
    tcp::socket &socket() override { return m_socket; }
    SSL *ssl() override { return nullptr; }

private:
    tcp::socket m_socket;
};

class TlsStream final : public ByteStream {
public:
    TlsStream(tcp::socket socket, std::shared_ptr<asio::ssl::context> context, Role role)
        : m_context(std::move(context))
        , m_stream(std::move(socket), *m_context)
        , m_role(role)
    {
    }
    Awaitable<ErrorCode> handshake() override
    {
        const auto side = m_role == Role::Server ? asio::ssl::stream_base::server : asio::ssl::stream_base::client;
        const auto [error] = co_await m_stream.async_handshake(side, returned);
        co_return error;
    }
    Awaitable<std::pair<ErrorCode, std::size_t>> readSome(asio::mutable_buffer buffer) override
    {
        const auto [error, size] = co_await m_stream.async_read_some(buffer, returned);
        co_return std::pair(error, size);
    }
    Awaitable<ErrorCode> write(asio::const_buffer buffer) override
    {
        const auto [error, size] = co_await asio::async_write(m_stream, buffer, returned);
        co_return error;
    }
    Awaitable<void> shutdown() override
    {
        co_await m_stream.async_shutdown(returned);
    }
    tcp::socket &socket() override { return m_stream.next_layer(); }
    SSL *ssl() override { return m_stream.native_handle(); }

private:
    std::shared_ptr<asio::ssl::context> m_context;
    asio::ssl::stream<tcp::socket> m_stream;
    Role m_role;
};

} // namespace

void ByteStream::close()
{
    ErrorCode ignored; // there is nothing more to do about a socket that cannot be closed
    socket().close(ignored);
}

std::unique_ptr<ByteStream> ByteStream::plain(tcp::socket socket)
{
    return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<ByteStream> ByteStream::tls(tcp::socket socket, std::shared_ptr<asio::ssl::context> context, Role role)
{
    return std::make_unique<TlsStream>(std::move(socket), std::move(context), role);
}

} // namespace sluice
