#pragma once

#include "sluice/base/json.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

namespace sluice::test {

/// A websocket's client, byte by byte, that sends what a test wants, right or wrong.
class RawClient final {
public:
    struct Frame {
        int opcode = 0;
        QByteArray payload;
    };

    /// Connects and shakes hands; status() says what came of it. `extra`: further header lines.
    explicit RawClient(const QUrl &url, const QByteArray &extra = {})
        : RawClient(url, QByteArray("/ws/"), extra)
    {
    }
    RawClient(const QUrl &url, const QByteArray &target, const QByteArray &extra)
    {
        connectTo(url);
        m_socket.write("GET " + target + " HTTP/1.1\r\nHost: " + url.authority().toLatin1()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + extra + "\r\n");
        waitFor([this] { return m_head.size() > 0 || m_socket.state() == QAbstractSocket::UnconnectedState; });
    }

    [[nodiscard]] int status() const { return m_head.mid(9, 3).toInt(); }
    [[nodiscard]] const QByteArray &head() const { return m_head; }

    /// A frame; masked, unless a test wants it wrong.
    void frame(int opcode, const QByteArray &payload, bool masked = true, bool last = true, int reserved = 0)
    {
        QByteArray bytes(1, char((last ? 0x80 : 0) | reserved | opcode));
        const int mask = masked ? 0x80 : 0;
        if (payload.size() < 126) {
            bytes += char(mask | int(payload.size()));
        } else if (payload.size() < 65536) {
            bytes += char(mask | 126);
            bytes += char(payload.size() >> 8);
            bytes += char(payload.size() & 0xff);
        } else {
            bytes += char(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8)
                bytes += char((quint64(payload.size()) >> shift) & 0xff);
        }
        if (masked)
            bytes += QByteArray(4, '\0'); // a mask of zeros is one, too
        m_socket.write(bytes + payload);
        m_socket.flush();
    }
    void raw(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    void text(const QByteArray &message) { frame(1, message); }
    void add(const QString &id, const QString &query, const QByteArray &streams, const QByteArray &more = {})
    {
        text(R"({"type":"add","id":)" + Json(id).dump() + R"(,"query":)" + Json(query).dump() + R"(,"assistant":{"streams":)" + streams + '}' + more + '}');
    }

    /// Until `done`, or for ten seconds; whether it was. Once `reading` is false nothing is taken off the socket.
    template <typename Done> bool waitFor(Done done, int milliseconds = 10'000)
    {
        const QDeadlineTimer late(milliseconds);
        while (!done()) {
            if (late.hasExpired())
                return false;
            if (reading && m_socket.bytesAvailable() > 0)
                take();
            else if (reading && m_socket.state() == QAbstractSocket::ConnectedState)
                m_socket.waitForReadyRead(20);
            else
                QTest::qWait(5);
            if (reading)
                take();
        }
        return true;
    }
    /// The texts that have come, as JSON.
    [[nodiscard]] QList<Json> messages() const
    {
        QList<Json> all;
        for (const Frame &frame : frames) {
            if (frame.opcode == 1)
                all.append(orThrow(Json::parse(frame.payload, Json::Limits{64 * 1024 * 1024})));
        }
        return all;
    }
    [[nodiscard]] QList<QByteArray> texts() const
    {
        QList<QByteArray> all;
        for (const Frame &frame : frames) {
            if (frame.opcode == 1)
                all.append(frame.payload);
        }
        return all;
    }
    bool waitForTexts(qsizetype count, int milliseconds = 10'000)
    {
        return waitFor([&] { return texts().size() >= count; }, milliseconds);
    }
    /// How many `done` and `failed` have come.
    [[nodiscard]] int ends() const
    {
        int count = 0;
        for (const QByteArray &text : texts())
            count += text.startsWith(R"({"type":"done")") || text.startsWith(R"({"type":"failed")") ? 1 : 0;
        return count;
    }
    bool waitForEnds(int count, int milliseconds = 10'000)
    {
        return waitFor([&] { return ends() >= count; }, milliseconds);
    }
    bool waitForEnd() { return waitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }); }
    [[nodiscard]] bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    /// Of the Close frame; 0: there was none.
    [[nodiscard]] int closeCode() const
    {
        for (const Frame &frame : frames) {
            if (frame.opcode == 8)
                return frame.payload.size() < 2 ? 1005 : (quint8(frame.payload[0]) << 8) + quint8(frame.payload[1]);
        }
        return 0;
    }
    /// The running texts of a job, joined.
    [[nodiscard]] QString joined(const QString &jobId) const
    {
        QString all;
        for (const Json &message : messages()) {
            if (message.value(QStringLiteral("type")).toString() == QLatin1String("running") && message.value(QStringLiteral("job_id")).toString() == jobId)
                all += message.value(QStringLiteral("message")).toString();
        }
        return all;
    }
    /// Nothing more comes within a moment.
    bool staysQuiet(int milliseconds = 150)
    {
        const qsizetype before = frames.size();
        waitFor([&] { return frames.size() > before; }, milliseconds);
        return frames.size() == before;
    }
    void disconnect() { m_socket.abort(); }

    QList<Frame> frames;
    bool reading = true;

private:
    void connectTo(const QUrl &url)
    {
        m_socket.setReadBufferSize(1024 * 1024);
        m_socket.connectToHost(url.host(), quint16(url.port()));
        m_socket.waitForConnected(5000);
    }
    void take()
    {
        m_in += m_socket.readAll();
        if (m_head.isEmpty()) {
            const qsizetype end = m_in.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            m_head = m_in.left(end);
            m_in.remove(0, end + 4);
            if (status() != 101)
                return;
        }
        while (status() == 101 && takeFrame()) { }
    }
    bool takeFrame()
    {
        if (m_in.size() < 2)
            return false;
        qsizetype size = quint8(m_in[1]) & 0x7f;
        qsizetype at = 2;
        const qsizetype more = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (m_in.size() < at + more)
            return false;
        if (more > 0) {
            size = 0;
            for (qsizetype i = 0; i < more; ++i)
                size = (size << 8) + quint8(m_in[at++]);
        }
        if (m_in.size() < at + size)
            return false;
        frames.append({quint8(m_in[0]) & 0x0f, m_in.mid(at, size)});
        m_in.remove(0, at + size);
        return true;
    }

    QTcpSocket m_socket;
    QByteArray m_head;
    QByteArray m_in;
};

} // namespace sluice::test
