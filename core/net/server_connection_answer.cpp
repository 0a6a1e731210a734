#include "sluice/net/server_connection_p.h"

#include "sluice/net/field_text_p.h"

#include <boost/beast/http/status.hpp>

#include <utility>

/// The answers of a connection; the requests are in server_connection.cpp.
namespace sluice {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

/// A piece of a stream is rarely larger, and quickly copied into the memory that holds what stands around it.
constexpr qsizetype SmallPiece = 4 * 1024;
/// An answer up to here is first offered to the kernel as a whole.
constexpr qsizetype SmallAnswer = 16 * 1024;

QByteArray reasonOf(int status)
{
    if (http::int_to_status(unsigned(status)) == http::status::unknown)
        return "status code " + QByteArray::number(status);
    const auto reason = http::obsolete_reason(static_cast<http::status>(status));
    return QByteArray(reason.data(), qsizetype(reason.size()));
}

} // namespace

QByteArray ServerConnection::head(int status, const Headers &headers, std::optional<qsizetype> length)
{
    orThrow(headers::check(headers));
    Q_ASSERT(!m_started);
    m_started = true;
    m_bodyless = m_headOnly || status == 204 || status == 304;
    m_chunked = !length && m_http11 && !m_bodyless;
    if (!length && !m_http11)
        m_keepAlive = false; // its end is the connection's
    if (isUnread())
        m_keepAlive = false; // the rest is not read, and the next request lies behind it
    QByteArray text;
    text.reserve(192 + headers::byteSize(headers) + length.value_or(0)); // what follows of a whole answer fits as well
    text += "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    const auto isOurs = [](const QByteArray &name) {
        return name.compare("connection", Qt::CaseInsensitive) == 0 || name.compare("content-length", Qt::CaseInsensitive) == 0
            || name.compare("transfer-encoding", Qt::CaseInsensitive) == 0;
    };
    for (const auto &[name, value] : headers) {
        if (!isOurs(name))
            appendField(text, name, value);
    }
    if (m_chunked)
        text += "Transfer-Encoding: chunked\r\n";
    else if (length && status != 204 && status != 304)
        appendField(text, "Content-Length", QByteArray::number(*length));
    text += m_keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return text;
}

void ServerConnection::discardArrived()
{
    if (!isUnread() || m_bodyBroken)
        return;
    m_bodyBroken = bool(m_body->parse(m_in));
    m_body->body.clear();
}

asio::awaitable<bool> ServerConnection::send(int status, Headers headers, QByteArray body)
{
    discardArrived();
    QByteArray text = head(status, headers, body.size());
    m_ended = true;
    if (!m_bodyless)
        text += body;
    if (text.size() <= SmallAnswer && !m_closed) {
        // It mostly takes it, and then no coroutine has to wait.
        const std::size_t taken = m_stream->writeNow(asio::buffer(text.constData(), std::size_t(text.size())));
        if (qsizetype(taken) == text.size())
            co_return true;
        text.remove(0, qsizetype(taken));
    }
    co_return co_await writeAll(std::move(text));
}

asio::awaitable<bool> ServerConnection::begin(int status, Headers headers, std::optional<qsizetype> length)
{
    QByteArray text = head(status, headers, length);
    if (length && !m_bodyless)
        m_missing = length;
    co_return co_await writeAll(std::move(text));
}

/// Of a body whose length was told. A client must not take what is beyond it for the next answer.
bool ServerConnection::fits(qsizetype size)
{
    if (!m_missing)
        return true;
    if (size > *m_missing) {
        hangUp();
        return false;
    }
    *m_missing -= size;
    return true;
}

QByteArray ServerConnection::chunkOf(const QByteArrayList &pieces, qsizetype size) const
{
    constexpr qsizetype Around = 24;
    QByteArray whole;
    whole.reserve(size + Around);
    if (m_chunked)
        whole += QByteArray::number(size, 16) + "\r\n";
    for (const QByteArray &piece : pieces)
        whole += piece;
    if (m_chunked)
        whole += "\r\n";
    return whole;
}

asio::awaitable<bool> ServerConnection::writeChunk(QByteArrayList pieces)
{
    Q_ASSERT(m_started && !m_ended);
    qsizetype size = 0;
    for (const QByteArray &piece : std::as_const(pieces))
        size += piece.size();
    if (size == 0 || m_bodyless)
        co_return !m_closed; // an empty chunk would be the end
    if (!fits(size))
        co_return false;
    if (size <= SmallPiece && !m_closed) {
        // In one call of the kernel and without a coroutine: each of them costs, when a stream's next piece is all that is waited for.
        QByteArray whole = chunkOf(pieces, size);
        const std::size_t taken = m_stream->writeNow(asio::buffer(whole.constData(), std::size_t(whole.size())));
        if (qsizetype(taken) == whole.size())
            co_return true;
        whole.remove(0, qsizetype(taken));
        co_return co_await writeAll(std::move(whole));
    }
    if (m_chunked) {
        pieces.prepend(QByteArray::number(size, 16) + "\r\n");
        pieces.append(QByteArrayLiteral("\r\n"));
    }
    co_return co_await writeParts(std::move(pieces));
}

asio::awaitable<bool> ServerConnection::writeChunk(PageRange pages)
{
    Q_ASSERT(m_started && !m_ended);
    if (m_closed || pages.size == 0 || m_bodyless || !fits(qsizetype(pages.size)))
        co_return !m_closed;
    const QByteArray before = m_chunked ? QByteArray::number(pages.size, 16) + "\r\n" : QByteArray();
    const QByteArray after = m_chunked ? QByteArrayLiteral("\r\n") : QByteArray();
    const asio::const_buffer first = asio::buffer(before.constData(), std::size_t(before.size()));
    const asio::const_buffer last = asio::buffer(after.constData(), std::size_t(after.size()));
    co_return co_await written(m_stream->writePages(first, std::move(pages), last));
}

asio::awaitable<bool> ServerConnection::end()
{
    m_ended = true;
    if (m_missing.value_or(0) > 0)
        hangUp(); // it must not look complete
    if (m_chunked)
        co_return co_await writeAll("0\r\n\r\n");
    co_return !m_closed;
}

asio::awaitable<void> ServerConnection::closed()
{
    while (!m_closed)
        co_await m_hungUp.wait();
}

asio::awaitable<bool> ServerConnection::upgrade(Headers headers)
{
    Q_ASSERT(!m_started && !isUnread());
    orThrow(headers::check(headers));
    QByteArray text = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n";
    for (const auto &[name, value] : headers) {
        if (name.compare("connection", Qt::CaseInsensitive) != 0)
            appendField(text, name, value);
    }
    m_started = m_ended = true;
    m_keepAlive = false;
    m_body = nullptr;
    co_return co_await writeAll(text + "\r\n");
}

asio::awaitable<QByteArray> ServerConnection::readUpgraded()
{
    while (m_in.isEmpty() && !m_closed && !std::exchange(m_interrupted, false)) {
        startReading();
        if (m_reading)
            co_await m_readDone.wait();
    }
    co_return std::exchange(m_in, {});
}

asio::awaitable<bool> ServerConnection::writeUpgraded(QByteArray bytes)
{
    co_return bytes.isEmpty() ? !m_closed : co_await writeAll(std::move(bytes));
}

} // namespace sluice
