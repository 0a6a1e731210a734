#pragma once

#include "sluice/net/asio_tls.h"
#include "sluice/net/headers.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

#include <chrono>
#include <limits>
#include <memory>
#include <optional>

namespace sluice {

/// How large an answer may be; a larger one is TooLarge.
struct AsioAnswerBounds {
    qsizetype headBytes = 64 * 1024;
    qsizetype bodyBytes = std::numeric_limits<qsizetype>::max();
};

/// One client connection of the I/O thread: the HTTP/1.1 client of trickle and of the servers' side. One request after the other, at most one
/// at a time. The request's body can be sent while it is being produced, and the answer be read meanwhile, which Qt cannot do.
///
/// Every error is a sluice::Error (Network, Timeout, TlsChanged, Protocol, TooLarge, Canceled, InvalidInput) and closes the
/// connection. One coroutine may send while another reads the answer. Interim answers (1xx) are counted and skipped,
/// without limit. TCP_NODELAY is set. A whole request in one call: asioSend().
class AsioExchange final {
public:
    enum class Body { None, Chunked };

    /// Nothing is connected yet. `tls` may be null for http; for https null means AsioTls::systemCas().
    AsioExchange(const boost::asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls, const AsioAnswerBounds &bounds = {});
    ~AsioExchange();
    AsioExchange(const AsioExchange &) = delete;
    AsioExchange &operator=(const AsioExchange &) = delete;

    /// Timeout for whatever is waited for when so much time has passed from now; zero: no such limit any more.
    void limit(std::chrono::milliseconds time);
    [[nodiscard]] boost::asio::any_io_executor executor() const;
    /// Connects, TLS included. Nothing is sent before the server's key has been judged.
    boost::asio::awaitable<void> connect(std::chrono::milliseconds timeout);
    /// Request line and headers. With Body::None `Content-Length: 0` is sent where the method needs it.
    boost::asio::awaitable<void> begin(QByteArray method, QUrl url, Headers headers, Body body);
    /// A request with its whole body, in one write, the only one on this connection: `Connection: close` is sent, and the connection is closed
    /// once the answer was read.
    boost::asio::awaitable<void> send(QByteArray method, QUrl url, Headers headers, QByteArray body, std::chrono::milliseconds timeout);
    /// The same with others to follow.
    boost::asio::awaitable<void> sendOneOfMany(QByteArray method, QUrl url, Headers headers, QByteArray body, std::chrono::milliseconds timeout);
    /// One HTTP chunk in one write. Timeout when the kernel does not take all of it in time.
    boost::asio::awaitable<void> writeChunk(QByteArray bytes, std::chrono::milliseconds timeout);
    boost::asio::awaitable<void> endBody(std::chrono::milliseconds timeout);
    /// Waits for the head of the final answer.
    boost::asio::awaitable<void> receiveHead(std::optional<std::chrono::milliseconds> timeout = std::nullopt);
    /// After receiveHead(): the next bytes of the answer, at most 64 KiB; empty at its clean end.
    boost::asio::awaitable<QByteArray> read();

    [[nodiscard]] int status() const;
    [[nodiscard]] const Headers &headers() const;
    /// Interim answers seen on the current request.
    [[nodiscard]] int interims() const;
    /// When the server was last heard on this connection.
    [[nodiscard]] std::chrono::steady_clock::time_point lastHeard() const;
    /// True when request and answer are complete and the connection may carry another request.
    [[nodiscard]] bool isReusable() const;
    /// Between two requests: nothing has come, and the server has not closed.
    [[nodiscard]] bool isQuiet();
    [[nodiscard]] bool isClosed() const;
    /// Drops the connection at once; what waits ends with Canceled.
    void close();

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sluice
