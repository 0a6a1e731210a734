#pragma once

#include "trickle_test_support.h"

#include <QtCore/QPointer>

#include <functional>

namespace sluice::trickle::test {

/// One request as a ScriptedPeer saw it.
struct Seen {
    QByteArray method;
    QByteArray path;
    Headers fields;
    QByteArray body;
    QList<QByteArray> chunks;
    bool complete = false;
    bool stalled = false; ///< set by the script: nothing more is read from this connection
    int connection = 0;
    QPointer<QTcpSocket> socket;

    [[nodiscard]] QByteArray field(QByteArrayView name) const { return headers::value(fields, name); }
    void raw(const QByteArray &bytes) const
    {
        if (socket)
            socket->write(bytes);
    }
    void reply(int status, const Headers &answerFields = {}, const QByteArray &answerBody = {}) const
    {
        QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + " scripted\r\n";
        for (const auto &[name, value] : answerFields)
            text += name + ": " + value + "\r\n";
        raw(text + "Content-Length: " + QByteArray::number(answerBody.size()) + "\r\n\r\n" + answerBody);
    }
    void beginChunked(const Headers &answerFields = {}) const
    {
        QByteArray text = "HTTP/1.1 200 OK\r\n";
        for (const auto &[name, value] : answerFields)
            text += name + ": " + value + "\r\n";
        raw(text + "Transfer-Encoding: chunked\r\n\r\n");
    }
    void chunk(const QByteArray &bytes) const { raw(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n"); }
    void end() const { raw("0\r\n\r\n"); }
    void cut() const
    {
        if (socket)
            socket->abort();
    }
};
using SeenPtr = std::shared_ptr<Seen>;

/// A server that does what a test says: it logs each request and calls the script at its head and at its end.
class ScriptedPeer : public QTcpServer {
public:
    ScriptedPeer() { listen(QHostAddress::LocalHost); }
    ~ScriptedPeer() override
    {
        for (const auto &socket : m_sockets) {
            if (socket)
                socket->disconnect(this);
        }
    }
    std::function<void(const SeenPtr &)> onHead;
    std::function<void(const SeenPtr &)> onComplete;
    QList<SeenPtr> requests;
    int connections = 0;

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/c").arg(serverPort())); }
    [[nodiscard]] QList<SeenPtr> having(const QByteArray &method, const QByteArray &path = {}) const
    {
        QList<SeenPtr> found;
        for (const SeenPtr &seen : requests) {
            if (seen->method == method && (path.isEmpty() || seen->path == path))
                found.append(seen);
        }
        return found;
    }
    [[nodiscard]] int count(const QByteArray &method, const QByteArray &path = {}) const { return int(having(method, path).size()); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket->setReadBufferSize(256 * 1024);
        m_sockets.append(socket);
        const int number = connections++;
        auto in = std::make_shared<QByteArray>();
        auto current = std::make_shared<SeenPtr>();
        connect(socket, &QIODevice::readyRead, this, [this, socket, in, current, number] {
            if (*current && (*current)->stalled)
                return;
            *in += socket->readAll();
            while (take(socket, *in, *current, number)) { }
        });
    }

private:
    bool take(QTcpSocket *socket, QByteArray &in, SeenPtr &current, int number)
    {
        if (!current || current->complete) {
            const qsizetype headEnd = in.indexOf("\r\n\r\n");
            if (headEnd < 0)
                return false;
            current = std::make_shared<Seen>();
            const QByteArray head = in.left(headEnd + 2);
            in.remove(0, headEnd + 4);
            const QList<QByteArray> words = head.left(head.indexOf("\r\n")).split(' ');
            current->method = words.value(0);
            current->path = words.value(1);
            current->fields = detail::parseFields(head);
            current->connection = number;
            current->socket = socket;
            requests.append(current);
            if (onHead)
                onHead(current);
        }
        if (current->stalled)
            return false;
        const SeenPtr seen = current;
        Answer body;
        bool complete = !headers::contains(seen->fields, "Transfer-Encoding");
        if (!complete)
            complete = detail::takeChunks(in, body);
        seen->body += body.body;
        seen->chunks += body.chunks;
        if (complete && !std::exchange(seen->complete, true) && onComplete)
            onComplete(seen);
        return complete && !in.isEmpty();
    }

    QList<QPointer<QTcpSocket>> m_sockets;
};

/// What a well-behaved server says to a publisher.
inline void behave(const SeenPtr &seen, qint64 next = 0)
{
    if (seen->method == "GET" && seen->path == "/c/next")
        seen->reply(200, {{"Lp-Trickle-Latest", QByteArray::number(next)}}, QByteArray::number(next));
    else if (seen->method == "POST")
        seen->reply(200, {{"Lp-Trickle-Seq", seen->path.mid(3)}});
    else
        seen->reply(200);
}

} // namespace sluice::trickle::test
