#pragma once

#include "sluice/net/http_client.h"
#include "sluice/net/http_answer_p.h"
#include "sluice/net/idle_connections_p.h"

#include <QtCore/QTimer>
#include <QtNetwork/QSslSocket>

#include <coroutine>
#include <memory>
#include <optional>

namespace sluice {

/// One request, on a socket of its own or on one that an earlier request left. Socket signals move its state; the coroutines of HttpClient and HttpStream wait for
/// changed() and look at it. After an error the socket is closed and the error stays.
class HttpConnection final : public QObject, public std::enable_shared_from_this<HttpConnection> {
    Q_OBJECT
public:
    static std::shared_ptr<HttpConnection> create(
        HttpRequest request, CallContext context, TlsTrust &trust, std::weak_ptr<IdleConnections> idle, qsizetype maxBody);
    ~HttpConnection() override;

    /// Connects; `alive` is the client's own end.
    void start(const CancelToken &alive);
    /// Closes at once; what waits gets Canceled.
    void close();
    /// Reads to the end of the answer by itself, if that is near, so that the connection can be reused; what waits gets Canceled.
    void release();
    [[nodiscard]] bool released() const { return m_released; }
    /// Fails with Timeout when `limit` passes before the next stopReadLimit().
    void startReadLimit(QDeadlineTimer limit);
    void stopReadLimit();

    /// Waits until something happened since the last wait. One waiter.
    auto changed();

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] bool headersDone() const { return m_headersDone; }
    [[nodiscard]] int status() const { return m_answer.status(); }
    [[nodiscard]] const Headers &headers() const { return m_answer.headers(); }
    /// What has arrived, at most 64 KiB; more is read from the socket then.
    [[nodiscard]] QByteArray takeBody();
    /// True when the answer is complete and its body taken.
    [[nodiscard]] bool atEnd() const;

private:
    struct Awaiter;
    enum class Phase { Connecting, Tls, Sending, Waiting, Receiving, Finished };

    HttpConnection(HttpRequest request, CallContext context, TlsTrust &trust, std::weak_ptr<IdleConnections> idle, qsizetype maxBody);
    void listen();
    [[nodiscard]] bool takeKept();
    void connectNew();
    void leaveSocket();
    void enter(Phase phase);
    void onConnected();
    void onSslErrors(const QList<QSslError> &errors);
    void onEncrypted();
    void onSocketError(QAbstractSocket::SocketError code);
    void onDeadline();
    void sendRequest();
    void pump();
    void parse(QByteArray &&bytes);
    void onEndOfInput();
    void finish();
    void fail(Error error);
    void cancelFrom(const CancelToken &token, Subscription &subscription);
    void notify();
    void resume();
    [[nodiscard]] QByteArray requestHead() const;
    [[nodiscard]] Error timeoutError() const;
    [[nodiscard]] QString server() const { return TlsTrust::hostPort(m_request.url); }

    HttpRequest m_request;
    CallContext m_context;
    TlsTrust &m_trust;
    std::weak_ptr<IdleConnections> m_idle; // gone with the client
    std::unique_ptr<QSslSocket> m_socket;
    bool m_kept = false; // it served a request before
    QTimer m_deadline;
    QTimer m_stepLimit; // first for the connection, then for the answer's headers
    QTimer m_readLimit;
    Subscription m_callCanceled;
    Subscription m_clientGone;
    Trace::Step m_step; // after the context, whose trace it points into

    Phase m_phase = Phase::Connecting;
    QString m_tlsProblem;
    QByteArray m_in;
    HttpAnswer m_answer;
    bool m_headersDone = false;
    qsizetype m_received = 0;
    std::optional<Error> m_error;

    bool m_released = false;
    std::shared_ptr<HttpConnection> m_self; // while it is released and not at its end
    bool m_signaled = false;
    bool m_posted = false;
    std::coroutine_handle<> m_waiting;
};

struct HttpConnection::Awaiter {
    HttpConnection &connection;
    bool await_ready() const { return std::exchange(connection.m_signaled, false); }
    void await_suspend(std::coroutine_handle<> handle) const
    {
        Q_ASSERT(!connection.m_waiting);
        connection.m_waiting = handle;
    }
    void await_resume() const { }
};

inline auto HttpConnection::changed()
{
    return Awaiter{*this};
}

} // namespace sluice
