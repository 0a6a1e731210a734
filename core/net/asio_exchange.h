#pragma once

#include "sluice/net/asio_tls.h"
#include "sluice/net/headers.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace sluice {

/// One client connection of the I/O thread whose request body can be sent while it is being produced and whose answer can
/// be read meanwhile: what trickle needs and Qt cannot do. One request after the other, at most one at a time.
///
/// Every error is a sluice::Error (Network, Timeout, TlsChanged, Protocol, Canceled, InvalidInput) and closes the
/// connection. One coroutine may send while another reads the answer. Interim answers (1xx) are counted and skipped,
/// without limit. TCP_NODELAY is set.
class AsioExchange final {
public:
    enum class Body { None, Chunked };

    /// Nothing is connected yet. `tls` may be null for http; for https null means AsioTls::systemCas().
    AsioExchange(const boost::asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls);
    ~AsioExchange();
    AsioExchange(const AsioExchange &) = delete;
    AsioExchange &operator=(const AsioExchange &) = delete;

    /// Connects, TLS included. Nothing is sent before the server's key has been judged.
    boost::asio::awaitable<void> connect(std::chrono::milliseconds timeout);
    /// Request line and headers. With Body::None an empty body is announced where the method wants it.
    boost::asio::awaitable<void> begin(QByteArray method, QUrl url, Headers headers, Body body);
    /// One HTTP chunk in one write. Timeout when the kernel does not take all of it in time.
    boost::asio::awaitable<void> writeChunk(QByteArray bytes, std::chrono::milliseconds timeout);
    boost::asio::awaitable<void> endBody(std::chrono::milliseconds timeout);
    /// Waits for the head of the final answer.
    boost::asio::awaitable<void> receiveHead();
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
    [[nodiscard]] bool isClosed() const;
    /// Drops the connection at once; what waits ends with Canceled.
    void close();

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sluice
