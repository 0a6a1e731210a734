#pragma once

#include "sluice/base/call_context.h"
#include "sluice/net/headers.h"
#include "sluice/net/tls_trust.h"

#include <QCoro/QCoroTask>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <atomic>
#include <chrono>
#include <memory>

namespace sluice {

class BodyDecoder;
class HttpConnection;
class IdleConnections;

/// One request. The client itself writes `Host`, `Content-Length`, `Connection` and `Transfer-Encoding`; given here,
/// they are left out. `User-Agent` is added where missing.
struct HttpRequest {
    HttpRequest() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one

    QByteArray method = "GET";
    QUrl url; ///< http or https; sent percent-encoded as it is
    Headers headers;
    QByteArray body;
    TrustPolicy trust = TrustPolicy::SystemCas;
    /// Until the connection, TLS included, stands.
    std::chrono::milliseconds connectTimeout{10'000};
    /// From then until the answer's headers are there; zero for none. The context's deadline holds besides.
    std::chrono::milliseconds answerTimeout{0};
    /// Bound of the answer's body: of the whole body for send(), of nothing for open().
    qsizetype maxBodyBytes = 16 * 1024 * 1024;
    /// Set to false when the call begins and to true right before the first byte of the request is handed to the
    /// socket. False after a failure proves that nothing, in particular no payment, has left. Copies share it.
    std::shared_ptr<std::atomic<bool>> sent = std::make_shared<std::atomic<bool>>(false);
};

/// A whole answer, whatever its status.
struct HttpResponse {
    int status = 0;
    Headers headers;
    QByteArray body;
};

/// An answer that is still arriving. Lives on the HttpClient's thread; dropping it before its end closes the connection.
class HttpStream final {
public:
    ~HttpStream();
    HttpStream(const HttpStream &) = delete;
    HttpStream &operator=(const HttpStream &) = delete;

    [[nodiscard]] int status() const;
    [[nodiscard]] Headers headers() const;
    /// The Content-Encoding that is not supported here: what is read is the packed bytes. Empty for all others.
    [[nodiscard]] QByteArray unknownEncoding() const;

    /// The next bytes as they arrive, unpacked where gzip or deflate was applied though not asked for, at most 64 KiB;
    /// empty at the clean end. One reader at a time.
    ///
    /// Errors: Network when the answer was cut short (no final chunk, too few bytes, packed data without its end), Protocol when
    /// it cannot be unpacked, Timeout when the call's
    /// deadline or `limit` passes, Canceled on cancellation or close(). Each of them closes the connection.
    [[nodiscard]] QCoro::Task<QByteArray> read(QDeadlineTimer limit = QDeadlineTimer(QDeadlineTimer::Forever));
    /// Reads what is left; TooLarge (and closed) beyond `maxBytes`.
    [[nodiscard]] QCoro::Task<QByteArray> readAll(qsizetype maxBytes);
    /// Closes the connection at once; harmless twice.
    void close();
    /// Nothing more is needed, because the answer's own end mark was seen: the little that frames it is read in the
    /// background, for a second at the most, so that the connection can serve the next request. Then as close().
    void release();

private:
    friend class HttpClient;
    explicit HttpStream(std::shared_ptr<HttpConnection> connection);
    std::shared_ptr<HttpConnection> m_connection;
    std::shared_ptr<BodyDecoder> m_decoder; ///< null when nothing is to be undone
};

/// HTTP/1.1 client on QSslSocket, with Boost.Beast's parser.
///
/// Not QNetworkAccessManager: that one silently repeats a POST when the server closes the connection without an answer
/// (Qt 6.4: two requests seen for one call), and so would pay twice for one call. Here a request is written at most
/// once, and never before the server's key has been judged. A connection whose answer was read to its end is kept for the next
/// request to that server; when it turns out to be broken, the request fails as on a new one. Redirects are not followed (client-sdk.md 2.6).
/// Runs on the thread that owns it; every error is a sluice::Error. Steps connect, tls, send, wait and receive go to
/// the context's trace. Destroying the client cancels what is still running.
class HttpClient final : public QObject {
    Q_OBJECT
public:
    /// `trust` must outlive the client and live on the same thread.
    explicit HttpClient(TlsTrust &trust, QObject *parent = nullptr);
    ~HttpClient() override;

    /// Sends and collects the whole answer. An error status is an answer, not an error.
    /// Errors: InvalidInput, Network, TlsChanged, Protocol, TooLarge, Timeout, Canceled.
    [[nodiscard]] QCoro::Task<HttpResponse> send(HttpRequest request, CallContext context);
    /// Sends and returns as soon as the answer's headers are there. The context stays in force for the stream.
    [[nodiscard]] QCoro::Task<std::shared_ptr<HttpStream>> open(HttpRequest request, CallContext context);

private:
    TlsTrust &m_trust;
    CancelSource m_alive;
    std::shared_ptr<IdleConnections> m_idle;
};

} // namespace sluice
