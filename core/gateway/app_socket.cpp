#include "sluice/gateway/app_socket.h"

#include "sluice/base/call_context.h"
#include "sluice/net/tls_trust.h"
#include "sluice/net/websocket_problem.h"

#include <QtCore/QPointer>
#include <QtNetwork/QSslConfiguration>
#include <QtWebSockets/QWebSocket>

namespace sluice {

namespace {
constexpr quint64 MaxMessage = 16 * 1024 * 1024;
} // namespace

class AppSocket::Private {
public:
    explicit Private(TlsTrust &judge)
        : trust(&judge)
    {
        socket.setMaxAllowedIncomingFrameSize(MaxMessage);
        socket.setMaxAllowedIncomingMessageSize(MaxMessage);
    }

    QPointer<TlsTrust> trust;
    QUrl url; ///< of HTTP, as the trust knows the server
    QWebSocket socket;
    Subscription end;
    std::optional<Error> why;
    bool wasOpen = false;
    bool isOver = false;
};

AppSocket::AppSocket(const QUrl &url, TlsTrust &trust, const CancelToken &end)
    : d(std::make_unique<Private>(trust))
{
    d->url = url;
    QUrl address = url;
    address.setScheme(url.scheme() == QLatin1String("http") ? QStringLiteral("ws") : QStringLiteral("wss"));
    connect(&d->socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        QStringList problems;
        for (const QSslError &error : errors)
            problems.append(error.errorString());
        if (!d->trust)
            return;
        const auto verdict = d->trust->judge(TrustPolicy::PinOnFirstUse, d->url, d->socket.sslConfiguration().peerCertificate(), problems.join(QStringLiteral("; ")));
        if (verdict)
            d->socket.ignoreSslErrors();
        else
            d->why = verdict.error();
    });
    connect(&d->socket, &QWebSocket::connected, this, [this] {
        d->wasOpen = true;
        Q_EMIT opened();
    });
    connect(&d->socket, &QWebSocket::textMessageReceived, this, &AppSocket::text);
    connect(&d->socket, &QWebSocket::binaryMessageReceived, this, &AppSocket::binary);
    const auto over = [this] {
        if (d->socket.state() != QAbstractSocket::UnconnectedState || std::exchange(d->isOver, true))
            return;
        const bool inOrder = d->wasOpen && (d->socket.closeCode() == QWebSocketProtocol::CloseCodeNormal || d->socket.closeCode() == QWebSocketProtocol::CloseCodeGoingAway);
        if (!d->why && !inOrder)
            d->why = Error(Error::Kind::Network, QStringLiteral("The websocket to the app %1: %2")
                                                     .arg(d->wasOpen ? QStringLiteral("broke") : QStringLiteral("was not opened"),
                                                         d->socket.closeReason().isEmpty() ? websocketProblem(d->socket.errorString()) : d->socket.closeReason().left(500)))
                         .withAdvice(QStringLiteral("Check that the session runs and that the app has a websocket at this path.")).withRequest("GET", d->url);
        Q_EMIT closed(d->why);
    };
    connect(&d->socket, &QWebSocket::stateChanged, this, over, Qt::QueuedConnection); // not from within the socket
    const auto permitted = trust.permits(url);
    if (!permitted) {
        d->why = permitted.error();
        QMetaObject::invokeMethod(this, over, Qt::QueuedConnection);
        return;
    }
    d->end = end.onCancel([this] { close(); });
    d->socket.open(address);
}

AppSocket::AppSocket(const Error &why, TlsTrust &trust)
    : d(std::make_unique<Private>(trust))
{
    d->why = why;
    QMetaObject::invokeMethod(this, [this] {
        if (!std::exchange(d->isOver, true))
            Q_EMIT closed(d->why);
    }, Qt::QueuedConnection);
}

AppSocket::~AppSocket()
{
    d->end.reset();
    d->socket.disconnect(this);
}

QUrl AppSocket::url() const
{
    return d->url;
}

bool AppSocket::isOpen() const
{
    return d->socket.state() == QAbstractSocket::ConnectedState;
}

bool AppSocket::send(const QString &text)
{
    return isOpen() && d->socket.sendTextMessage(text) >= 0;
}

bool AppSocket::send(const QByteArray &bytes)
{
    return isOpen() && d->socket.sendBinaryMessage(bytes) >= 0;
}

void AppSocket::close()
{
    if (isOpen())
        d->socket.close();
    else
        d->socket.abort();
}

} // namespace sluice
