#pragma once

#include "sluice/base/error.h"
#include "sluice/net/self_signed.h"

#include <QCoro/QCoroTask>
#include <QtCore/QList>
#include <QtCore/QPointer>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

#include <functional>
#include <memory>
#include <optional>

namespace sluice::test {

/// How a coroutine ended, to be looked at with QTRY_VERIFY(outcome->done).
template <typename T> struct Outcome {
    bool done = false;
    std::optional<T> value;
    std::optional<Error> error;
    [[nodiscard]] Error::Kind kind() const { return error ? error->kind() : Error::Kind::Internal; }
};

template <typename T> QCoro::Task<void> watch(QCoro::Task<T> task, std::shared_ptr<Outcome<T>> outcome)
{
    try {
        outcome->value = co_await task;
    } catch (const Error &error) {
        outcome->error = error;
    }
    outcome->done = true;
}

/// Runs beside the test's event loop.
template <typename T> std::shared_ptr<Outcome<T>> started(QCoro::Task<T> task)
{
    auto outcome = std::make_shared<Outcome<T>>();
    watch<T>(std::move(task), outcome);
    return outcome;
}

/// Runs to its end.
template <typename T> std::shared_ptr<Outcome<T>> finished(QCoro::Task<T> task)
{
    const auto outcome = started(std::move(task));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome->done, 20000); }();
    return outcome;
}

/// A server that does exactly what a test says, byte by byte, and logs what it received. With an identity it speaks TLS.
class RawServer : public QTcpServer {
public:
    explicit RawServer(std::optional<TlsIdentity> identity = std::nullopt)
        : m_identity(std::move(identity))
    {
        listen(QHostAddress::LocalHost);
    }
    /// Called once per connection, when a whole request (headers at least) is there.
    std::function<void(QSslSocket &)> onRequest;
    /// Called for each request of a connection; each must come in one piece.
    bool keepsConnections = false;
    QByteArray received;
    int connections = 0;
    int requests = 0;
    int closed = 0;
    int handshakes = 0;
    QList<QPointer<QSslSocket>> sockets;

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(m_identity ? QStringLiteral("https") : QStringLiteral("http")).arg(serverPort()).arg(path));
    }
    void setIdentity(const TlsIdentity &identity) { m_identity = identity; }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        sockets.append(socket);
        ++connections;
        auto request = std::make_shared<QByteArray>();
        connect(socket, &QIODevice::readyRead, this, [this, socket, request] {
            const QByteArray bytes = socket->readAll();
            received += bytes;
            const bool before = request->contains("\r\n\r\n");
            *request += bytes;
            if (!before && request->contains("\r\n\r\n")) {
                ++requests;
                if (keepsConnections)
                    request->clear();
                if (onRequest)
                    onRequest(*socket);
            }
        });
        connect(socket, &QAbstractSocket::disconnected, this, [this] { ++closed; });
        if (!m_identity)
            return;
        connect(socket, &QSslSocket::encrypted, this, [this] { ++handshakes; });
        QSslConfiguration configuration;
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setLocalCertificate(QSslCertificate(m_identity->certificatePem));
        configuration.setPrivateKey(QSslKey(m_identity->keyPem.expose().toByteArray(), QSsl::Ec));
        socket->setSslConfiguration(configuration);
        socket->startServerEncryption();
    }

private:
    std::optional<TlsIdentity> m_identity;
};

/// What a client on a bare socket saw.
class RawClient : public QTcpSocket {
public:
    explicit RawClient(quint16 port)
    {
        connect(this, &QIODevice::readyRead, this, [this] { received += readAll(); });
        connect(this, &QAbstractSocket::disconnected, this, [this] { closed = true; });
        connectToHost(QHostAddress::LocalHost, port);
        [this] { QTRY_VERIFY(state() == QAbstractSocket::ConnectedState || closed); }();
    }
    ~RawClient() override { disconnect(this); } // the base closes, when our members are gone
    QByteArray received;
    bool closed = false;
};

} // namespace sluice::test
