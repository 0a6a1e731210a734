#include "sluice/net/http_client.h"

#include "sluice/net/body_decoder.h"
#include "sluice/net/http_connection_p.h"
#include "sluice/net/http_request_p.h"
#include "sluice/net/idle_connections_p.h"

#include <limits>

namespace sluice {

namespace {

QCoro::Task<std::shared_ptr<HttpConnection>> connected(
    HttpRequest request, CallContext context, TlsTrust *trust, std::shared_ptr<IdleConnections> idle, CancelToken alive, qsizetype maxBody)
{
    request.sent->store(false);
    try {
        orThrow(http_request::check(request.method, request.url, request.headers));
        orThrow(trust->permits(request.url));
        context.check();
    } catch (Error &error) {
        throw error.withRequest(request.method, request.url);
    }
    const auto connection = HttpConnection::create(std::move(request), std::move(context), *trust, idle, maxBody);
    connection->start(alive);
    while (!connection->error() && !connection->headersDone())
        co_await connection->changed();
    if (connection->error())
        throw *connection->error();
    co_return connection;
}

QCoro::Task<QByteArray> readOn(std::shared_ptr<HttpConnection> connection, QDeadlineTimer limit)
{
    connection->startReadLimit(limit);
    for (;;) {
        // An error is reported after what came before it was read; a cancellation at once.
        const bool canceled = connection->error() && connection->error()->kind() == Error::Kind::Canceled;
        QByteArray bytes = canceled ? QByteArray() : connection->takeBody();
        if (bytes.isEmpty() && connection->error())
            throw *connection->error();
        if (!bytes.isEmpty() || connection->atEnd()) {
            connection->stopReadLimit();
            co_return bytes;
        }
        co_await connection->changed();
    }
}

constexpr qsizetype MaxPiece = 64 * 1024;

/// Null when the answer's bytes are what they are, or packed in a way that is not supported.
std::shared_ptr<BodyDecoder> decoderFor(const HttpConnection &connection)
{
    const QByteArray encoding = headers::value(connection.headers(), "Content-Encoding");
    return BodyDecoder::kindOf(encoding) == BodyDecoder::Kind::Known ? std::make_shared<BodyDecoder>(encoding) : nullptr;
}

QCoro::Task<QByteArray> readPlain(std::shared_ptr<HttpConnection> connection, std::shared_ptr<BodyDecoder> decoder, QDeadlineTimer limit)
{
    for (;;) {
        if (decoder) {
            const auto plain = decoder->take(MaxPiece);
            if (!plain) {
                connection->close();
                throw plain.error();
            }
            if (!plain->isEmpty())
                co_return *plain;
        }
        const QByteArray bytes = co_await readOn(connection, limit);
        if (!decoder)
            co_return bytes;
        if (bytes.isEmpty()) {
            if (!decoder->complete())
                throw Error(Error::Kind::Network, QStringLiteral("The answer was cut short: it is packed, and its end is missing."));
            co_return bytes;
        }
        decoder->feed(bytes);
    }
}

QCoro::Task<QByteArray> readAllOn(std::shared_ptr<HttpConnection> connection, std::shared_ptr<BodyDecoder> decoder, qsizetype maxBytes)
{
    QByteArray all;
    for (;;) {
        const QByteArray bytes = co_await readPlain(connection, decoder, QDeadlineTimer(QDeadlineTimer::Forever));
        if (bytes.isEmpty())
            co_return all;
        if (all.size() + bytes.size() > maxBytes) {
            connection->close();
            throw Error(Error::Kind::TooLarge,
                QStringLiteral("The answer is larger than the %1 bytes that are allowed here.").arg(maxBytes));
        }
        all += bytes;
    }
}

QCoro::Task<HttpResponse> sendOn(
    HttpRequest request, CallContext context, TlsTrust *trust, std::shared_ptr<IdleConnections> idle, CancelToken alive)
{
    const qsizetype bound = request.maxBodyBytes;
    const auto connection = co_await connected(std::move(request), std::move(context), trust, idle, alive, bound);
    const auto decoder = decoderFor(*connection);
    QByteArray body = co_await readAllOn(connection, decoder, bound);
    co_return HttpResponse{connection->status(), connection->headers(), std::move(body)};
}

} // namespace

HttpStream::HttpStream(std::shared_ptr<HttpConnection> connection)
    : m_connection(std::move(connection))
    , m_decoder(decoderFor(*m_connection))
{
}

HttpStream::~HttpStream()
{
    if (!m_connection->released())
        close();
}

int HttpStream::status() const
{
    return m_connection->status();
}

Headers HttpStream::headers() const
{
    return m_connection->headers();
}

QByteArray HttpStream::unknownEncoding() const
{
    const QByteArray encoding = headers::value(m_connection->headers(), "Content-Encoding");
    return BodyDecoder::kindOf(encoding) == BodyDecoder::Kind::Unknown ? encoding.trimmed() : QByteArray();
}

QCoro::Task<QByteArray> HttpStream::read(QDeadlineTimer limit)
{
    return readPlain(m_connection, m_decoder, limit);
}

QCoro::Task<QByteArray> HttpStream::readAll(qsizetype maxBytes)
{
    return readAllOn(m_connection, m_decoder, maxBytes);
}

void HttpStream::close()
{
    m_connection->close();
}

void HttpStream::release()
{
    m_connection->release();
}

HttpClient::HttpClient(TlsTrust &trust, QObject *parent)
    : QObject(parent)
    , m_trust(trust)
    , m_idle(std::make_shared<IdleConnections>())
{
}

HttpClient::~HttpClient()
{
    m_alive.cancel();
    m_idle->clear();
}

QCoro::Task<HttpResponse> HttpClient::send(HttpRequest request, CallContext context)
{
    return sendOn(std::move(request), std::move(context), &m_trust, m_idle, m_alive.token());
}

QCoro::Task<std::shared_ptr<HttpStream>> HttpClient::open(HttpRequest request, CallContext context)
{
    const qsizetype bound = std::numeric_limits<qsizetype>::max();
    const auto connection
        = co_await connected(std::move(request), std::move(context), &m_trust, m_idle, m_alive.token(), bound);
    co_return std::shared_ptr<HttpStream>(new HttpStream(connection));
}

} // namespace sluice
