#include "tls_probe_p.h"

#include "sluice/base/async.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QTimer>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>

namespace sluice::livepeer {

namespace {

/// The name to expect in the certificate: its first alternative one. That is not always the address it is reached at.
QByteArray nameOf(const QSslCertificate &certificate)
{
    const QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
    if (!names.isEmpty())
        return names.last().toUtf8(); // a multi-map gives the latest entry first
    const QStringList addresses = certificate.subjectAlternativeNames().values(QSsl::IpAddressEntry);
    if (!addresses.isEmpty())
        return addresses.last().toUtf8();
    const QStringList common = certificate.subjectInfo(QSslCertificate::CommonName);
    return common.isEmpty() ? QByteArray() : common.first().toUtf8();
}

QByteArray systemRoots()
{
    static const QByteArray roots = [] {
        QByteArray pem;
        for (const QSslCertificate &authority : QSslConfiguration::systemCaCertificates())
            pem += authority.toPem();
        return pem;
    }();
    return roots;
}

/// One handshake, after which the connection is dropped. The promise is finished when it is over, whatever the outcome.
struct Handshake {
    QSslSocket socket;
    QTimer limit;
    QString problem; ///< what the system's authorities hold against the certificate
    std::optional<Error> error;
    Completion<void> over;
    Subscription cancel;

    void finish()
    {
        limit.stop();
        over.finish();
    }
    void fail(Error::Kind kind, const QString &message)
    {
        if (!error)
            error = Error(kind, message).withAdvice(QStringLiteral("Check the orchestrator's address, or use another one."));
        finish();
    }
};

void begin(Handshake &handshake, const QUrl &server, std::chrono::milliseconds limit)
{
    QSslSocket &socket = handshake.socket;
    const QString where = TlsTrust::hostPort(server);
    QObject::connect(&socket, &QSslSocket::sslErrors, &socket, [&handshake](const QList<QSslError> &errors) {
        QStringList texts;
        for (const QSslError &error : errors)
            texts.append(error.errorString());
        handshake.problem = texts.join(QStringLiteral("; "));
        handshake.socket.ignoreSslErrors(); // nothing but the handshake goes over this connection; the key is judged after it
    });
    QObject::connect(&socket, &QSslSocket::encrypted, &socket, [&handshake] { handshake.finish(); });
    QObject::connect(&socket, &QSslSocket::errorOccurred, &socket, [&handshake, where] {
        handshake.fail(Error::Kind::Network, QStringLiteral("%1 could not be reached: %2.").arg(where, handshake.socket.errorString()));
    });
    QObject::connect(&handshake.limit, &QTimer::timeout, &socket, [&handshake, where, limit] {
        handshake.fail(Error::Kind::Timeout, QStringLiteral("%1 did not answer within %2 ms.").arg(where).arg(limit.count()));
    });
    handshake.limit.setSingleShot(true);
    handshake.limit.start(limit);
    const QString host = server.host();
    if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
        socket.setProxy(QNetworkProxy::NoProxy);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setAllowedNextProtocols({QSslConfiguration::ALPNProtocolHTTP2});
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(host, quint16(server.port(443)));
}

} // namespace

QCoro::Task<ProbedServer> probeTls(TlsTrust &trust, QUrl server, std::chrono::milliseconds limit, CallContext context)
{
    context.check();
    auto step = context.trace->begin(QStringLiteral("tls"), TlsTrust::hostPort(server));
    Handshake handshake;
    handshake.cancel = context.cancel.onCancel([socket = &handshake.socket, over = handshake.over] {
        // This may be another thread.
        QMetaObject::invokeMethod(socket, [over] { over.finish(); }, Qt::QueuedConnection);
    });
    begin(handshake, server, std::min(limit, std::chrono::milliseconds(std::max<qint64>(1, context.deadline.isForever() ? limit.count() : context.deadline.remainingTime()))));
    const QFuture<void> over = handshake.over.future();
    co_await over;
    handshake.cancel.reset();
    handshake.socket.disconnect();
    context.check();
    if (handshake.error) {
        step.fail();
        throw handshake.error->withRequest("POST", server);
    }
    const QSslCertificate certificate = handshake.socket.peerCertificate();
    const bool speaksHttp2 = handshake.socket.sslConfiguration().nextNegotiatedProtocol() == QSslConfiguration::ALPNProtocolHTTP2;
    handshake.socket.abort();
    const auto verdict = trust.judge(TrustPolicy::PinOnFirstUse, server, certificate, handshake.problem);
    if (!verdict)
        throw Error(verdict.error()).withRequest("POST", server);
    if (!speaksHttp2)
        throw Error(Error::Kind::Protocol, QStringLiteral("%1 speaks no gRPC.").arg(TlsTrust::hostPort(server)))
            .withAdvice(QStringLiteral("It offers no live-video-to-video, or offers it at another address.")).withRequest("POST", server);
    ProbedServer probed;
    if (handshake.problem.isEmpty()) {
        probed.rootsPem = systemRoots();
    } else {
        probed.rootsPem = certificate.toPem();
        probed.name = nameOf(certificate);
    }
    co_return probed;
}

} // namespace sluice::livepeer
