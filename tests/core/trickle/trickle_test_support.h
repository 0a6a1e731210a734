#pragma once

#include "sluice/net/headers.h"
#include "sluice/net/http_server.h"
#include "sluice/trickle/server.h"

#include <QtCore/QElapsedTimer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <future>
#include <memory>

namespace sluice::trickle::test {

/// One HTTP answer as far as it arrived.
struct Answer {
    int status = 0;
    Headers fields;
    QByteArray body;
    QList<QByteArray> chunks;
    bool headDone = false;
    bool complete = false;
    [[nodiscard]] QByteArray field(QByteArrayView name) const { return headers::value(fields, name); }
    [[nodiscard]] bool has(QByteArrayView name) const { return headers::contains(fields, name); }
    [[nodiscard]] bool closes() const { return headers::hasToken(fields, "Connection", "close"); }
};

namespace detail {

inline bool takeChunks(QByteArray &in, Answer &answer)
{
    for (;;) {
        const qsizetype lineEnd = in.indexOf("\r\n");
        if (lineEnd < 0)
            return false;
        const qsizetype size = in.left(lineEnd).toLongLong(nullptr, 16);
        if (in.size() < lineEnd + 2 + size + 2)
            return false;
        if (size > 0) {
            answer.chunks.append(in.mid(lineEnd + 2, size));
            answer.body += answer.chunks.constLast();
        }
        in.remove(0, lineEnd + 2 + size + 2);
        if (size == 0)
            return true;
    }
}

inline Headers parseFields(const QByteArray &head)
{
    Headers fields;
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            fields.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    return fields;
}

} // namespace detail

/// All answers in these bytes, interim ones included, the last perhaps unfinished. Written against RFC 9112 on its own, so that
/// our parser is not tested with itself.
inline QList<Answer> parseAnswers(QByteArray in)
{
    QList<Answer> answers;
    while (!in.isEmpty()) {
        Answer answer;
        const qsizetype headEnd = in.indexOf("\r\n\r\n");
        if (headEnd >= 0) {
            const QByteArray head = in.left(headEnd + 2);
            in.remove(0, headEnd + 4);
            answer.headDone = true;
            answer.status = head.mid(9, 3).toInt();
            answer.fields = detail::parseFields(head);
            if (answer.status < 200) {
                answer.complete = true;
            } else if (answer.has("Transfer-Encoding")) {
                answer.complete = detail::takeChunks(in, answer);
            } else {
                const qsizetype length = answer.field("Content-Length").toLongLong();
                answer.complete = in.size() >= length;
                answer.body = in.left(length);
                in.remove(0, length);
            }
        }
        answers.append(answer);
        if (!answer.complete)
            break;
    }
    return answers;
}

/// A client on a bare socket.
class RawPeer : public QTcpSocket {
public:
    explicit RawPeer(quint16 port, bool reading = true)
    {
        if (reading)
            connect(this, &QIODevice::readyRead, this, [this] { received += readAll(); });
        else
            setReadBufferSize(1024);
        connect(this, &QAbstractSocket::disconnected, this, [this] { closed = true; });
        connectToHost(QHostAddress::LocalHost, port);
        [this] { QTRY_COMPARE(state(), QAbstractSocket::ConnectedState); }();
        setSocketOption(LowDelayOption, 1);
    }
    ~RawPeer() override { disconnect(this); }

    QByteArray received;
    bool closed = false;

    void request(const QByteArray &method, const QByteArray &path, const Headers &fields = {}, const QByteArray &body = {})
    {
        QByteArray text = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n";
        for (const auto &[name, value] : fields)
            text += name + ": " + value + "\r\n";
        if (method == "POST")
            text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        write(text + "\r\n" + body);
    }
    /// The head of a chunked POST; its body follows with chunk() and end().
    void openPost(const QByteArray &path, const Headers &fields = {})
    {
        QByteArray text = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n";
        for (const auto &[name, value] : fields)
            text += name + ": " + value + "\r\n";
        write(text + "\r\n");
    }
    void chunk(const QByteArray &bytes) { write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n"); }
    void end() { write("0\r\n\r\n"); }

    [[nodiscard]] QList<Answer> answers() const { return parseAnswers(received); }
    [[nodiscard]] bool answered(qsizetype count = 1) const
    {
        const auto all = answers();
        return all.size() >= count && all.at(count - 1).complete;
    }
    [[nodiscard]] QByteArray bodySoFar() const
    {
        const auto all = answers();
        return all.isEmpty() ? QByteArray() : all.constLast().body;
    }
    /// Waits for the (single) answer.
    Answer answer()
    {
        [this] { QTRY_VERIFY_WITH_TIMEOUT(answered(), 10000); }();
        return answers().value(0);
    }
};

[[nodiscard]] inline ServerOptions autocreating()
{
    ServerOptions options;
    options.autocreate = true;
    return options;
}

/// A trickle server on a free port with the channel `c`, `text/plain`.
class ServerFixture {
public:
    explicit ServerFixture(ServerOptions options = {}, HttpServerOptions httpOptions = {})
        : server(io, std::move(options))
    {
        httpOptions.streamsBody = [this](const ServerRequest &head) { return server.streamsBody(head); };
        http = std::make_unique<HttpServer>(io, std::move(httpOptions),
            [this](ServerRequest request, ServerResponse &response) { return server.handle(std::move(request), response); });
        port = orThrow(http->listen());
        onIo([this] { server.create("c", "text/plain"); });
    }
    ~ServerFixture() { http->stop(); }

    IoThread io;
    Server server;
    std::unique_ptr<HttpServer> http;
    quint16 port = 0;

    /// Runs on the I/O thread and waits for it.
    void onIo(std::function<void()> work)
    {
        std::promise<void> done;
        io.post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    [[nodiscard]] QUrl url(const QString &channel = QStringLiteral("c")) const
    {
        return QUrl(http->origin() + QLatin1Char('/') + channel);
    }
    Answer ask(const QByteArray &method, const QByteArray &path, const Headers &fields = {}, const QByteArray &body = {})
    {
        RawPeer peer(port);
        peer.request(method, path, fields, body);
        return peer.answer();
    }
    Answer post(const QByteArray &path, const QByteArray &body) { return ask("POST", path, {}, body); }
    qint64 next(const QByteArray &channel = "c") { return ask("GET", '/' + channel + "/next").body.toLongLong(); }
    /// A request that was sent before this has certainly been seen by the server when it returns, and so has what it leads to:
    /// its connection is served by the same thread, whose sockets are polled together.
    void settle()
    {
        for (int i = 0; i < 20; ++i)
            next();
    }
    int readers(const QByteArray &channel = "c")
    {
        int count = 0;
        onIo([&] { count = server.channel(channel).value_or(ChannelInfo()).readers; });
        return count;
    }
};

} // namespace sluice::trickle::test
