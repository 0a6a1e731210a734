#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/subscription.h"
#include "sluice/net/headers.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/page_file.h"
#include "sluice/net/self_signed.h"

#include <boost/asio/awaitable.hpp>

#include <QtCore/QByteArrayList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice {

class ServerConnection;

/// A whole request as it was received.
struct ServerRequest {
    QByteArray method;
    QByteArray path;  ///< percent-encoded as received, without the query
    QByteArray query; ///< after the '?', percent-encoded; empty when there was none
    Headers headers;
    std::shared_ptr<void> bodyShare; ///< the body's part of the server's memory for bodies; before the body, to go after it
    QByteArray body;
    QString remote; ///< the peer's IP address

    /// Once the body is not needed any more: releases its part of the budget.
    void dropBody()
    {
        body.clear();
        bodyShare.reset();
    }
};

/// What came of waiting for a streamed request's body.
struct BodyPiece {
    enum class State {
        Bytes,       ///< some bytes, at most 256 KiB
        End,         ///< the body is complete
        Failed,      ///< the client is gone, or its framing is broken
        Interrupted, ///< ServerResponse::interruptRead() was called
    };
    explicit BodyPiece(State pieceState, QByteArray pieceBytes = {})
        : state(pieceState)
        , bytes(std::move(pieceBytes))
    {
    }
    State state;
    QByteArray bytes;
};

/// The answer to one request. Used on the I/O thread, by the handler, until it returns.
///
/// Either send(), or begin(), any number of write()s and end(). Each gives false when the client is gone (then further
/// ones do nothing); they never throw for that. Make header lists before the co_await expression: g++ 12 cannot compile
/// a braced list inside one (headers::contentType() is for the common case).
class ServerResponse {
public:
    explicit ServerResponse(ServerConnection &connection);
    ServerResponse(const ServerResponse &) = delete;
    ServerResponse &operator=(const ServerResponse &) = delete;

    /// The whole answer, with Content-Length.
    boost::asio::awaitable<bool> send(int status, Headers headers, QByteArray body);
    /// A sentence as `text/plain`, newline-terminated, as Go's http.Error writes it (byoc.md 0).
    boost::asio::awaitable<bool> sendText(int status, QByteArray text);
    /// Status and headers now; the body follows in chunks.
    boost::asio::awaitable<bool> begin(int status, Headers headers);
    /// The same with Content-Length, for a body of exactly so many bytes: more or fewer drop the connection.
    boost::asio::awaitable<bool> begin(int status, Headers headers, qsizetype length);
    /// One chunk, given to the network at once; returns when the kernel took it, so a slow reader slows the writer.
    boost::asio::awaitable<bool> write(QByteArray bytes);
    /// The same for one chunk in several pieces, none of which is copied.
    boost::asio::awaitable<bool> write(QByteArrayList pieces);
    /// The same for one chunk that lies in a file, which the kernel does not copy. Only when sendsPages().
    boost::asio::awaitable<bool> write(PageRange pages);
    /// False with TLS.
    [[nodiscard]] bool sendsPages() const;
    /// The end of a begun answer. Without it the client sees a cut answer, which reports a failure midway.
    boost::asio::awaitable<bool> end();

    /// `101 Switching Protocols`, instead of an answer to a request without a body: what comes and goes on the connection is the handler's from
    /// here on, and the connection ends with it. False when the client is gone.
    boost::asio::awaitable<bool> upgrade(Headers headers);
    /// After upgrade(): the next bytes as they come; empty once the client is gone, and after interruptRead().
    boost::asio::awaitable<QByteArray> readUpgraded();
    boost::asio::awaitable<bool> writeUpgraded(QByteArray bytes);

    /// Collects the body of a streamed request (HttpServerOptions::streamsBody), once its head has been found good. False when there is
    /// none to be had, because it is larger than `maxBytes`, ill-formed, or late, or because its client is gone: that has been answered then.
    boost::asio::awaitable<bool> readBody(ServerRequest &request, qsizetype maxBytes);
    /// The next bytes of a streamed request's body as they arrive, of any total size.
    /// While this is not awaited, the client is slowed down. Bytes that came before a failure are given first.
    boost::asio::awaitable<BodyPiece> readSome();
    /// Makes a waiting readSome(), or else the next one that would wait, return Interrupted. No byte is lost.
    void interruptRead();
    /// An interim `100 Continue`, as often as wanted before the answer begins. Nothing for an HTTP/1.0 client.
    boost::asio::awaitable<bool> sendContinue();
    /// Sends `Connection: close` with the answer and closes after it. An answer that begins before a streamed body has been
    /// read to its end does so by itself.
    void closeAfter();

    /// True once begin() or send() was called.
    [[nodiscard]] bool started() const;
    /// True once the client hung up or the server is stopping.
    [[nodiscard]] bool isClosed() const;
    /// Completes when the client hangs up or the server stops. For `co_await (work() || response.closed())`.
    boost::asio::awaitable<void> closed();
    /// Calls back on the I/O thread when the client hangs up or the server stops, or at once if that has happened.
    [[nodiscard]] Subscription onClosed(std::function<void()> callback);
    /// While it is kept, a client that hangs up ends what the handler waits for, as a cancellation: for work that must not outlive its client.
    [[nodiscard]] Subscription cancelsWhenClosed();
    /// Drops the connection, without an end of the answer.
    void abort();

private:
    ServerConnection &m_connection;
};

/// Runs on the I/O thread, once per request; both arguments live until it returns. Whatever it throws becomes a 500 with
/// a sentence (or a cut answer, once begun) and a log line.
using HttpHandler = std::function<boost::asio::awaitable<void>(ServerRequest, ServerResponse &)>;

/// A request that the server itself refuses.
struct RefusedRequest {
    ServerRequest head; ///< as far as it was understood; without a method when it was no HTTP
    int status = 0;
    QByteArray sentence;
    bool handled = false; ///< its handler had begun, and was reading its body
};

struct HttpServerOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0; ///< 0: a free one
    std::optional<TlsIdentity> tls;
    qsizetype maxHeaderBytes = 64 * 1024 + 8 * 1024; ///< request line and headers; 600 tickets take 64 KiB
    qsizetype maxBodyBytes = 16 * 1024 * 1024;
    /// What all requests of all clients may hold while they arrive and are worked off, and those of one address, which leaves something to
    /// the others; a body waiting for its client is dropped for another one, and one without room is refused with 503. No body is larger than
    /// one address's part, whatever else is allowed.
    qsizetype maxBytesInHand = 64 * 1024 * 1024;
    qsizetype maxBytesInHandPerPeer = 48 * 1024 * 1024;
    /// Given a request without its body: true when the handler reads the body itself with ServerResponse::readSome(), without
    /// bounds of size or time, or with readBody(), after a look at the head. Runs on the I/O thread. Unset: every body is collected.
    std::function<bool(const ServerRequest &head)> streamsBody;
    std::chrono::milliseconds headTimeout{10'000};    ///< for a connection's first request head, and for each from its first byte to its last
    std::chrono::milliseconds requestTimeout{30'000}; ///< for a body, from its head to its last byte
    std::chrono::milliseconds idleTimeout{60'000};    ///< between requests on one connection
    std::chrono::milliseconds writeTimeout{30'000};   ///< for one write that the client does not take
    /// Beyond these, the connection that has been without a request for longest is closed; without one, the new one is refused.
    int maxConnections = 1000;
    int maxConnectionsPerPeer = 800;
    /// Writes what the server itself refuses (a foreign Host, a body beyond its bound, a request that is none) in a protocol's own shape: gives
    /// headers and body. Unset: the sentence as text. Runs on the I/O thread.
    std::function<std::pair<Headers, QByteArray>(const RefusedRequest &)> refusal;
    /// Names of this server besides its own addresses, or origins, as HostGuard takes them: a public server names its hosts.
    QStringList hosts;
    /// With TLS: takes connections whose client speaks HTTP/2 only. Gets the open socket, nothing of it read, and closes it. On the I/O thread.
    std::function<void(int socket)> takesHttp2;
};

/// An HTTP/1.1 server on Boost.Beast's parser, on loopback by default, with TLS if given a certificate.
///
/// Keep-alive, HEAD, `Expect: 100-continue`. Malformed requests get 400, headers over their bound 431, bodies over theirs 413. Requests that
/// HostGuard does not let through get 403 before any handler runs and before their body is read.
/// Constructed, listened and stopped from any thread but the I/O thread; the IoThread must outlive it.
class HttpServer final {
public:
    HttpServer(IoThread &io, HttpServerOptions options, HttpHandler handler);
    /// Stops.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    /// Binds and begins to accept; the port. Errors: Network (e.g. port in use), Config (certificate unusable).
    [[nodiscard]] Expected<quint16> listen();
    /// Stops accepting, closes every connection, cancels the handlers and waits until they have returned. Harmless twice.
    void stop();
    /// "http://127.0.0.1:8000" or "https://…", once listening.
    [[nodiscard]] QString origin() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sluice
