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
    enum class Body { None, Chunked, Sized };

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
    /// Request line and headers. With Body::None `Content-Length: 0` is sent where the method needs it. Not Body::Sized.
    boost::asio::awaitable<void> begin(QByteArray method, QUrl url, Headers headers, Body body);
    /// A request with its whole body, in one write, the only one on this connection: `Connection: close` is sent, and the connection is closed
    /// once the answer was read.
    boost::asio::awaitable<void> send(QByteArray method, QUrl url, Headers headers, QByteArray body, std::chrono::milliseconds timeout);
    /// The same with others to follow.
    boost::asio::awaitable<void> sendOneOfMany(QByteArray method, QUrl url, Headers headers, QByteArray body, std::chrono::milliseconds timeout);
    /// A request that is passed on for somebody else.
    struct Passed {
        Passed() = default; // no aggregate: DESIGN.md 3
        QByteArray method;
        QByteArray target; ///< `/path?query`, sent byte for byte
        Headers headers;
        Body body = Body::None;
        qint64 length = 0;     ///< of a body that is told in advance
        bool upgrades = false; ///< a `101` is the answer as well: then readUpgraded() and writeUpgraded()
    };
    /// Its head, to the server that is connected; a body follows with writeChunk(), or with writeSome() when it is Body::Sized.
    boost::asio::awaitable<void> pass(Passed request);
    /// Bytes as they are: of a sized body, or after an upgrade.
    boost::asio::awaitable<void> writeSome(QByteArray bytes, std::chrono::milliseconds timeout);
    /// After an upgrade: the next bytes as they come; empty once the server has ended.
    boost::asio::awaitable<QByteArray> readUpgraded();
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
