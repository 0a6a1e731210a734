#include "sluice/net/asio_exchange.h"

#include "sluice/net/asio_link_p.h"
#include "sluice/net/asio_wait.h"
#include "sluice/net/http_parser_p.h"
#include "sluice/net/request_head_p.h"

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>

#include <netinet/tcp.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <limits>
#include <utility>
#include <vector>

namespace sluice {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

/// Larger ones are slower: the memory for each is asked of the system again and again, and is in no cache.
constexpr qsizetype ReadSize = 64 * 1024;
constexpr int MaxUnsentBytes = 32 * 1024;
constexpr qsizetype MaxAnswerHeaderBytes = 64 * 1024;

// What the system's authorities hold against the chain or the name; empty if nothing.
QString tlsProblem(SSL *ssl)
{
    const long result = SSL_get_verify_result(ssl);
    return result == X509_V_OK ? QString() : QString::fromLatin1(X509_verify_cert_error_string(result));
}

QSslCertificate peerCertificate(SSL *ssl)
{
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl), &X509_free);
    unsigned char *der = nullptr;
    const int size = certificate ? i2d_X509(certificate.get(), &der) : 0;
    const QByteArray bytes(reinterpret_cast<const char *>(der), std::max(size, 0));
    OPENSSL_free(der);
    return QSslCertificate(bytes, QSsl::Der);
}

// Which name the certificate must carry, and SNI.
void expectHost(SSL *ssl, const std::string &host)
{
    X509_VERIFY_PARAM *parameters = SSL_get0_param(ssl);
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1)
        return;
    X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), host.size());
    SSL_set_tlsext_host_name(ssl, host.c_str());
}

/// What a slow network has not taken waits with the sender, who may drop it, and not for seconds in the kernel.
void holdBackLittle([[maybe_unused]] tcp::socket &socket)
{
#ifdef TCP_NOTSENT_LOWAT
    const int unsent = MaxUnsentBytes;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
#endif
}

} // namespace

class AsioExchange::Impl final : public AsioLink, public std::enable_shared_from_this<AsioExchange::Impl> {
public:
    Impl(const asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls)
        : AsioLink(executor, "GET", std::move(origin))
        , m_tls(std::move(tls))
        , m_connectAlarm(executor)
        , m_writeAlarm(executor)
    {
    }

    asio::awaitable<void> connect(std::chrono::milliseconds timeout);
    asio::awaitable<void> begin(QByteArray method, QUrl url, Headers fields, Body body);
    asio::awaitable<void> write(QByteArrayList pieces, std::chrono::milliseconds timeout);
    asio::awaitable<void> receiveHead();
    asio::awaitable<QByteArray> read();
    [[nodiscard]] bool isClosed() const { return m_closed; }

    std::shared_ptr<AsioTls> m_tls;
    Alarm m_connectAlarm;
    Alarm m_writeAlarm;
    QByteArray m_in;
    std::optional<HttpParser<false>> m_parser;
    Clock::time_point m_heard = Clock::now();
    int m_interims = 0;
    bool m_bodySent = false;

private:
    void disarm() override;
    asio::awaitable<void> receiveSome();
    void resetParser();
};

void AsioExchange::Impl::disarm()
{
    m_connectAlarm.disarm();
    m_writeAlarm.disarm();
}

asio::awaitable<void> AsioExchange::Impl::connect(std::chrono::milliseconds timeout)
{
    if (m_url.host().isEmpty() || (!isHttps() && m_url.scheme() != QLatin1String("http")))
        throw make(Error::Kind::InvalidInput,
            QStringLiteral("“%1” is not an address for HTTP.").arg(m_url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    m_connectAlarm.arm(timeout, [this] { timeOut(QStringLiteral("%1 could not be reached in time.").arg(server())); });
    if (!isHttps() && m_tls) {
        const Expected<void> verdict = co_await m_tls->permits(m_url, timeout);
        if (m_closed)
            raise({}, {});
        if (!verdict) {
            close();
            const Error &error = verdict.error();
            // Not a failure that may pass: it is this address that must not be used.
            throw error.kind() == Error::Kind::Network ? Error(Error::Kind::InvalidInput, error.message()).withAdvice(error.advice()) : error;
        }
    }
    co_await connectSocket();
    holdBackLittle(m_socket);
    if (isHttps()) {
        if (!m_tls)
            m_tls = AsioTls::systemCas();
        m_stream = ByteStream::tls(std::move(m_socket), m_tls->context(), ByteStream::Role::Client);
        expectHost(m_stream->ssl(), m_url.host(QUrl::FullyEncoded).toStdString());
        if (const auto error = co_await m_stream->handshake())
            raise(error, QStringLiteral("No secure connection came about to"));
        const QSslCertificate certificate = peerCertificate(m_stream->ssl());
        const QString problem = tlsProblem(m_stream->ssl());
        const Expected<void> verdict = co_await m_tls->judge(m_url, certificate, problem, timeout);
        if (m_closed)
            raise({}, {});
        if (!verdict) {
            close();
            throw verdict.error();
        }
    } else {
        m_stream = ByteStream::plain(std::move(m_socket));
    }
    m_connectAlarm.disarm();
}

void AsioExchange::Impl::resetParser()
{
    m_parser.emplace(MaxAnswerHeaderBytes, std::numeric_limits<qsizetype>::max());
    m_parser->skip(m_method == "HEAD");
}

asio::awaitable<void> AsioExchange::Impl::begin(QByteArray method, QUrl url, Headers fields, Body body)
{
    m_method = std::move(method);
    m_url = std::move(url);
    // A method has the form of a header name.
    const Headers methodField{{m_method, {}}};
    orThrow(headers::check(methodField));
    orThrow(headers::check(fields));
    m_interims = 0;
    m_bodySent = body == Body::None;
    resetParser();
    Headers framing;
    if (body == Body::Chunked)
        framing.emplaceBack("Transfer-Encoding", "chunked");
    else if (m_method != "GET" && m_method != "HEAD")
        framing.emplaceBack("Content-Length", "0");
    QByteArray text = requestHead(m_method, m_url, framing, fields);
    using namespace std::chrono_literals;
    QByteArrayList pieces{std::move(text)};
    co_await write(std::move(pieces), 10s);
}

asio::awaitable<void> AsioExchange::Impl::write(QByteArrayList pieces, std::chrono::milliseconds timeout)
{
    if (m_closed || !m_stream)
        raise(asio::error::not_connected, QStringLiteral("Sending failed to"));
    m_writeAlarm.arm(timeout, [this] { timeOut(QStringLiteral("%1 does not take what is sent to it.").arg(server())); });
    std::vector<asio::const_buffer> buffers;
    for (const QByteArray &piece : std::as_const(pieces))
        buffers.emplace_back(piece.constData(), std::size_t(piece.size()));
    const auto error = co_await m_stream->write(std::move(buffers));
    m_writeAlarm.disarm();
    if (error || m_closed)
        raise(error, QStringLiteral("Sending failed to"));
}

asio::awaitable<void> AsioExchange::Impl::receiveHead()
{
    for (;;) {
        while (!m_parser->is_header_done()) {
            if (m_in.isEmpty())
                co_await receiveSome();
            if (const auto wrong = m_parser->parse(m_in)) {
                close();
                throw make(Error::Kind::Protocol,
                    QStringLiteral("%1 answered something that is not HTTP (%2).").arg(server(), QString::fromStdString(wrong.message())));
            }
            if (!m_parser->is_header_done() && !m_in.isEmpty())
                co_await receiveSome();
        }
        if (m_parser->status >= 200)
            co_return;
        if (m_parser->status == 101) {
            close();
            throw make(Error::Kind::Protocol, QStringLiteral("%1 answered 101, which was not asked for.").arg(server()));
        }
        ++m_interims;
        resetParser();
    }
}

asio::awaitable<void> AsioExchange::Impl::receiveSome()
{
    if (m_closed || !m_stream)
        raise(asio::error::operation_aborted, {});
    QByteArray piece(ReadSize, Qt::Uninitialized);
    const auto [error, size] = co_await m_stream->readSome(asio::buffer(piece.data(), std::size_t(piece.size())));
    m_heard = Clock::now();
    piece.truncate(qsizetype(size));
    if (m_in.isEmpty())
        m_in = std::move(piece);
    else
        m_in.append(piece);
    if (!error && !m_closed)
        co_return;
    boost::beast::error_code unfinished = http::error::partial_message;
    // A TLS end without its alert is as good as an end: bodies without a length are all it could cut.
    if (!m_closed && (error == asio::error::eof || error == asio::ssl::error::stream_truncated) && m_parser->is_header_done())
        m_parser->put_eof(unfinished);
    if (unfinished)
        raise(error, m_parser->is_header_done() ? QStringLiteral("An answer was cut short by") : QStringLiteral("No answer came from"));
}

asio::awaitable<QByteArray> AsioExchange::Impl::read()
{
    while (m_parser->body.isEmpty() && !m_parser->is_done()) {
        if (m_in.isEmpty())
            co_await receiveSome();
        if (const auto wrong = m_parser->parse(m_in)) {
            close();
            throw make(Error::Kind::Protocol,
                QStringLiteral("%1 sent a body that is not HTTP (%2).").arg(server(), QString::fromStdString(wrong.message())));
        }
        if (m_parser->body.isEmpty() && !m_parser->is_done() && !m_in.isEmpty())
            co_await receiveSome();
    }
    co_return std::exchange(m_parser->body, {});
}

AsioExchange::AsioExchange(const asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls)
    : m_impl(std::make_shared<Impl>(executor, std::move(origin), std::move(tls)))
{
}

AsioExchange::~AsioExchange()
{
    m_impl->close();
}

// The coroutines hold the connection: its owner may go while they wait.
asio::awaitable<void> AsioExchange::connect(std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    co_await impl->connect(timeout);
}

asio::awaitable<void> AsioExchange::begin(QByteArray method, QUrl url, Headers fields, Body body)
{
    const auto impl = m_impl;
    co_await impl->begin(std::move(method), std::move(url), std::move(fields), body);
}

asio::awaitable<void> AsioExchange::writeChunk(QByteArray bytes, std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    if (bytes.isEmpty()) // an empty chunk would be the end
        co_return;
    QByteArrayList pieces{QByteArray::number(bytes.size(), 16) + "\r\n", bytes, QByteArrayLiteral("\r\n")};
    co_await impl->write(std::move(pieces), timeout);
}

asio::awaitable<void> AsioExchange::endBody(std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    QByteArrayList pieces{QByteArrayLiteral("0\r\n\r\n")};
    co_await impl->write(std::move(pieces), timeout);
    impl->m_bodySent = true;
}

asio::awaitable<void> AsioExchange::receiveHead()
{
    const auto impl = m_impl;
    co_await impl->receiveHead();
}

asio::awaitable<QByteArray> AsioExchange::read()
{
    const auto impl = m_impl;
    co_return co_await impl->read();
}

int AsioExchange::status() const
{
    return m_impl->m_parser ? m_impl->m_parser->status : 0;
}

const Headers &AsioExchange::headers() const
{
    static const Headers none;
    return m_impl->m_parser ? m_impl->m_parser->headers : none;
}

int AsioExchange::interims() const
{
    return m_impl->m_interims;
}

Clock::time_point AsioExchange::lastHeard() const
{
    return m_impl->m_heard;
}

bool AsioExchange::isReusable() const
{
    const Impl &impl = *m_impl;
    return !impl.isClosed() && impl.m_bodySent && impl.m_parser && impl.m_parser->is_done() && impl.m_parser->keep_alive() && impl.m_in.isEmpty();
}

bool AsioExchange::isClosed() const
{
    return m_impl->isClosed();
}

void AsioExchange::close()
{
    m_impl->close();
}

} // namespace sluice
