#pragma once

#include "sluice/net/page_file.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace sluice {

/// A TCP connection with or without TLS, so that what runs on it is written once. Used on the I/O thread.
/// One read and one write may be under way at a time. Errors are returned.
class ByteStream {
public:
    using ErrorCode = boost::system::error_code;
    template <typename T> using Awaitable = boost::asio::awaitable<T>;
    enum class Role { Client, Server };

    virtual ~ByteStream() = default;
    /// Does nothing without TLS.
    virtual Awaitable<ErrorCode> handshake() = 0;
    virtual Awaitable<std::pair<ErrorCode, std::size_t>> readSome(boost::asio::mutable_buffer buffer) = 0;
    /// Completes when the kernel took all of it. Nothing is copied on the way there without TLS.
    virtual Awaitable<ErrorCode> write(std::vector<boost::asio::const_buffer> buffers) = 0;
    Awaitable<ErrorCode> write(boost::asio::const_buffer buffer) { return write(std::vector{buffer}); }
    /// How much of it the kernel took without anyone waiting; the rest, and what is wrong, is write()'s. Never anything with TLS.
    [[nodiscard]] virtual std::size_t writeNow(boost::asio::const_buffer) { return 0; }
    /// The same for what lies in a file, between two buffers that may be empty: the kernel copies nothing but these. Not with TLS, whose bytes are
    /// others for each connection: operation_not_supported.
    virtual Awaitable<ErrorCode> writePages(boost::asio::const_buffer before, PageRange pages, boost::asio::const_buffer after) = 0;
    /// Closes the sending direction. With TLS it waits for the peer's close_notify: bound it with an alarm.
    virtual Awaitable<void> shutdown() = 0;
    [[nodiscard]] virtual boost::asio::ip::tcp::socket &socket() = 0;
    /// OpenSSL's handle, or null without TLS.
    [[nodiscard]] virtual SSL *ssl() = 0;
    /// Drops the connection; what is under way ends with an error.
    void close();

    static std::unique_ptr<ByteStream> plain(boost::asio::ip::tcp::socket socket);
    /// Keeps `context` alive.
    static std::unique_ptr<ByteStream> tls(
        boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> context, Role role);
};

} // namespace sluice
