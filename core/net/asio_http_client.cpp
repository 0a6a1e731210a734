#include "sluice/net/asio_http_client.h"

#include "sluice/net/asio_link_p.h"
#include "sluice/net/asio_wait.h"
#include "sluice/net/http_parser_p.h"
#include "sluice/net/request_head_p.h"

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <limits>

namespace sluice {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr qsizetype ReadSize = 64 * 1024;
constexpr qsizetype MaxAnswerHeaderBytes = 256 * 1024;

Expected<void> checkFields(const AsioHttpRequest &request)
{
    // A method has the form of a header name.
    if (auto method = headers::check({{request.method, {}}}); !method)
        return method;
    return headers::check(request.headers);
}

} // namespace

/// One request on one connection of the I/O thread.
class AsioConnection final : public AsioLink, public std::enable_shared_from_this<AsioConnection> {
public:
    AsioConnection(const asio::any_io_executor &executor, AsioHttpRequest request, qsizetype maxBody)
        : AsioLink(executor, request.method, request.url)
        , m_request(std::move(request))
        , m_maxBody(maxBody)
        , m_stepAlarm(executor)
        , m_totalAlarm(executor)
        , m_parser(MaxAnswerHeaderBytes, maxBody)
    {
        m_parser.skip(m_request.method == "HEAD");
    }
    ~AsioConnection() override { close(); }

    asio::awaitable<void> open();
    asio::awaitable<QByteArray> read();
    [[nodiscard]] Error tooLarge(qsizetype bound) const;

    [[nodiscard]] int status() const { return m_parser.status; }
    [[nodiscard]] const Headers &headers() const { return m_parser.headers; }

private:
    asio::awaitable<void> connect();
    asio::awaitable<void> receiveHeaders();
    asio::awaitable<void> receiveSome();
    void disarm() override;

    AsioHttpRequest m_request;
    qsizetype m_maxBody;
    Alarm m_stepAlarm;
    Alarm m_totalAlarm;
    QByteArray m_in;
    HttpParser<false> m_parser;
};

Error AsioConnection::tooLarge(qsizetype bound) const
{
    return make(Error::Kind::TooLarge, QStringLiteral("The answer of %1 is larger than the %2 bytes that are allowed.").arg(server()).arg(bound));
}

void AsioConnection::disarm()
{
    m_stepAlarm.disarm();
    m_totalAlarm.disarm();
}

asio::awaitable<void> AsioConnection::open()
{
    if (m_request.totalTimeout.count() > 0)
        m_totalAlarm.arm(m_request.totalTimeout, [this] { timeOut(QStringLiteral("%1 took too long.").arg(server())); });
    const auto begun = std::chrono::steady_clock::now();
    m_stepAlarm.arm(std::min(m_request.connectTimeout, m_request.headerTimeout),
        [this] { timeOut(QStringLiteral("%1 could not be reached in time.").arg(server())); });
    co_await connect();
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    m_stepAlarm.arm(std::max(m_request.headerTimeout - spent, std::chrono::milliseconds(1)),
        [this] { timeOut(QStringLiteral("%1 did not answer in time.").arg(server())); });
    const Headers ours{{"Connection", "close"}, {"Content-Length", QByteArray::number(m_request.body.size())}};
    QByteArray text = requestHead(m_method, m_url, ours, m_request.headers);
    text += std::exchange(m_request.body, {});
    if (const auto error = co_await m_stream->write(asio::buffer(text.constData(), std::size_t(text.size()))))
        raise(error, QStringLiteral("Sending failed to"));
    co_await receiveHeaders();
    m_stepAlarm.disarm();
}

asio::awaitable<void> AsioConnection::connect()
{
    co_await connectSocket();
    if (isHttps()) {
        auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
        context->set_verify_mode(asio::ssl::verify_none);
        m_stream = ByteStream::tls(std::move(m_socket), std::move(context), ByteStream::Role::Client);
    } else {
        m_stream = ByteStream::plain(std::move(m_socket));
    }
    if (const auto error = co_await m_stream->handshake())
        raise(error, QStringLiteral("No secure connection came about to"));
}

asio::awaitable<void> AsioConnection::receiveHeaders()
{
    while (!m_parser.is_header_done())
        co_await receiveSome();
    if (m_parser.status < 200) {
        close();
        throw make(Error::Kind::Protocol, QStringLiteral("%1 answered %2, which was not asked for.").arg(server()).arg(m_parser.status));
    }
}

asio::awaitable<void> AsioConnection::receiveSome()
{
    QByteArray piece(ReadSize, Qt::Uninitialized);
    const auto [error, size] = co_await m_stream->readSome(asio::buffer(piece.data(), std::size_t(piece.size())));
    if (error) {
        boost::beast::error_code unfinished = http::error::partial_message;
        // A TLS end without its alert is as good as an end: bodies without a length are all it could cut.
        if ((error == asio::error::eof || error == asio::ssl::error::stream_truncated) && m_parser.got_some())
            m_parser.put_eof(unfinished);
        if (unfinished)
            raise(error, m_parser.is_header_done() ? QStringLiteral("An answer was cut short by") : QStringLiteral("No answer came from"));
        co_return;
    }
    m_in.append(piece.constData(), qsizetype(size));
    if (const auto wrong = m_parser.parse(m_in)) {
        close();
        if (m_parser.bodyTooLarge)
            throw tooLarge(m_maxBody);
        throw make(Error::Kind::Protocol,
            QStringLiteral("%1 answered something that is not HTTP (%2).").arg(server(), QString::fromStdString(wrong.message())));
    }
}

asio::awaitable<QByteArray> AsioConnection::read()
{
    while (m_parser.body.isEmpty() && !m_parser.is_done()) {
        if (m_closed)
            raise(asio::error::operation_aborted, {});
        co_await receiveSome();
    }
    if (m_parser.is_done())
        close();
    co_return std::exchange(m_parser.body, {});
}

AsioHttpStream::AsioHttpStream(std::shared_ptr<AsioConnection> connection)
    : m_connection(std::move(connection))
{
}

AsioHttpStream::~AsioHttpStream()
{
    close();
}

int AsioHttpStream::status() const
{
    return m_connection->status();
}

const Headers &AsioHttpStream::headers() const
{
    return m_connection->headers();
}

asio::awaitable<QByteArray> AsioHttpStream::read()
{
    const auto connection = m_connection;
    if (!m_line.isEmpty())
        co_return std::exchange(m_line, {});
    co_return co_await connection->read();
}

asio::awaitable<QByteArray> AsioHttpStream::readLine(qsizetype maxBytes)
{
    const auto connection = m_connection;
    qsizetype searched = 0;
    for (;;) {
        const qsizetype lf = m_line.indexOf('\n', searched);
        if ((lf < 0 ? m_line.size() : lf) > maxBytes) {
            connection->close();
            throw Error(Error::Kind::TooLarge, QStringLiteral("A line of the answer is longer than %1 bytes.").arg(maxBytes));
        }
        if (lf >= 0) {
            QByteArray line = m_line.left(lf + 1);
            m_line.remove(0, lf + 1);
            co_return line;
        }
        searched = m_line.size();
        const QByteArray more = co_await connection->read();
        if (more.isEmpty())
            co_return std::exchange(m_line, {});
        m_line += more;
    }
}

void AsioHttpStream::close()
{
    m_connection->close();
}

asio::awaitable<std::shared_ptr<AsioConnection>> connected(AsioHttpRequest request, qsizetype maxBody)
{
    const QUrl &url = request.url;
    if (url.host().isEmpty() || (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https")))
        throw Error(Error::Kind::InvalidInput,
            QStringLiteral("“%1” is not an address for HTTP.").arg(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    orThrow(checkFields(request));
    const auto connection
        = std::make_shared<AsioConnection>(co_await asio::this_coro::executor, std::move(request), maxBody);
    co_await connection->open();
    co_return connection;
}

asio::awaitable<AsioHttpResponse> asioSend(AsioHttpRequest request)
{
    const qsizetype bound = request.maxBodyBytes;
    const auto connection = co_await connected(std::move(request), bound);
    QByteArray body;
    for (;;) {
        const QByteArray bytes = co_await connection->read();
        if (bytes.isEmpty())
            break;
        body += bytes;
    }
    co_return AsioHttpResponse{connection->status(), connection->headers(), std::move(body)};
}

asio::awaitable<std::shared_ptr<AsioHttpStream>> asioOpen(AsioHttpRequest request)
{
    auto connection = co_await connected(std::move(request), std::numeric_limits<qsizetype>::max());
    co_return std::shared_ptr<AsioHttpStream>(new AsioHttpStream(std::move(connection)));
}

} // namespace sluice
