#pragma once

#include "sluice/net/self_signed.h"

#include <QtCore/QHash>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslServer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <functional>
#include <memory>

/// A server on loopback that keeps the last request and answers as told, over HTTP or HTTPS.
class AnsweringServer : public QObject {
    Q_OBJECT
public:
    explicit AnsweringServer(bool tls)
    {
        if (tls) {
            const auto identity = sluice::orThrow(sluice::makeSelfSigned(QStringLiteral("127.0.0.1")));
            const QByteArrayView key = identity.keyPem.expose();
            QSslConfiguration configuration;
            configuration.setLocalCertificate(QSslCertificate(identity.certificatePem));
            configuration.setPrivateKey(QSslKey(QByteArray(key.data(), key.size()), QSsl::Ec));
            const QString hex = sluice::orThrow(sluice::publicKeyFingerprint(identity.certificatePem));
            m_pin = "sha256//" + QByteArray::fromHex(hex.toLatin1()).toBase64();
            auto server = std::make_unique<QSslServer>();
            server->setSslConfiguration(configuration);
            m_server = std::move(server);
        } else {
            m_server = std::make_unique<QTcpServer>();
        }
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &AnsweringServer::accept);
        m_server->listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("%1://127.0.0.1:%2").arg(m_pin.isEmpty() ? QStringLiteral("http") : QStringLiteral("https")).arg(m_server->serverPort());
    }
    /// In curl's form; empty without TLS.
    [[nodiscard]] QByteArray pin() const { return m_pin; }

    QByteArray status = "200 OK";
    QByteArray content;
    /// Status line and body by what was asked; instead of `status` and `content` where it is set.
    using Answer = std::pair<QByteArray, QByteArray>;
    std::function<Answer(const QByteArray &requestLine, const QHash<QByteArray, QByteArray> &headers, const QByteArray &body)> answer;
    bool keepOpen = false; ///< as an orchestrator does after the end of a stream

    int requests = 0;
    QByteArray requestLine;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    int closedByClient = 0;

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            auto received = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket, received] {
                *received += socket->readAll();
                serve(socket, *received);
            });
            connect(socket, &QTcpSocket::disconnected, this, [this] { ++closedByClient; });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    static QByteArray unchunked(QByteArrayView chunks)
    {
        QByteArray whole;
        for (qsizetype lineEnd = chunks.indexOf("\r\n"); lineEnd > 0; lineEnd = chunks.indexOf("\r\n")) {
            const qsizetype size = chunks.first(lineEnd).toByteArray().toLongLong(nullptr, 16);
            whole.append(chunks.sliced(lineEnd + 2, size));
            chunks = chunks.sliced(lineEnd + 2 + size + 2);
        }
        return whole;
    }

    void serve(QTcpSocket *socket, const QByteArray &received)
    {
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        QHash<QByteArray, QByteArray> found;
        const QList<QByteArray> lines = received.left(end).split('\n');
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            found.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        QByteArray sent = received.mid(end + 4);
        const bool chunked = found.value("transfer-encoding") == "chunked";
        if (chunked ? !sent.endsWith("\r\n0\r\n\r\n") : sent.size() < found.value("content-length").toLongLong())
            return;
        if (chunked)
            sent = unchunked(sent);
        ++requests;
        requestLine = lines.first().trimmed();
        headers = found;
        body = sent;
        const Answer said = answer ? answer(requestLine, headers, body) : Answer(status, content);
        socket->write("HTTP/1.1 " + said.first + "\r\nConnection: close\r\n\r\n" + said.second);
        if (!keepOpen)
            socket->disconnectFromHost();
    }

    std::unique_ptr<QTcpServer> m_server;
    QByteArray m_pin;
};
