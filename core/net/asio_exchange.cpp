#include "sluice/net/asio_exchange.h"

#include "sluice/net/asio_wait.h"
#include "sluice/net/byte_stream_p.h"
#include "sluice/net/http_parser_p.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>

#include <netinet/tcp.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <limits>

namespace sluice {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr qsizetype ReadSize = 64 * 1024;
constexpr int MaxUnsentBytes = 32 * 1024;
constexpr qsizetype MaxAnswerHeaderBytes = 64 * 1024;
constexpr auto returned = asio::as_tuple(asio::use_awaitable);

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

} // namespace

class AsioExchange::Impl final : public std::enable_shared_from_this<AsioExchange::Impl> {
public:
    Impl(const asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls)
        : m_origin(std::move(origin))
        , m_tls(std::move(tls))
        , m_resolver(executor)
        , m_socket(executor)
        , m_connectAlarm(executor)
        , m_writeAlarm(executor)
    {
    }

    asio::awaitable<void> connect(std::chrono::milliseconds timeout);
    asio::awaitable<void> begin(QByteArray method, QUrl url, Headers fields, Body body);
    asio::awaitable<void> write(QByteArray bytes, std::chrono::milliseconds timeout);
    asio::awaitable<void> receiveHead();
    asio::awaitable<QByteArray> read();
    void close();

    QUrl m_origin;
    std::shared_ptr<AsioTls> m_tls;
    tcp::resolver m_resolver;
    tcp::socket m_socket;
    std::unique_ptr<ByteStream> m_stream;
    Alarm m_connectAlarm;
    Alarm m_writeAlarm;
    QByteArray m_method;
    QUrl m_url;
    QByteArray m_in;
    std::optional<HttpParser<false>> m_parser;
    QString m_timedOut;
    Clock::time_point m_heard = Clock::now();
    int m_interims = 0;
    bool m_bodySent = false;
    bool m_closed = false;

private:
    asio::awaitable<void> connectSocket(std::string host, std::string port);
    asio::awaitable<void> receiveSome();
    void resetParser();
    void timeOut(const QString &what);
    [[noreturn]] void raise(const boost::system::error_code &code, const QString &doing);
    [[nodiscard]] Error make(Error::Kind kind, const QString &message) const;
    [[nodiscard]] QString server() const { return TlsTrust::hostPort(m_origin); }
};

Error AsioExchange::Impl::make(Error::Kind kind, const QString &message) const
{
    Error error(kind, message);
    return m_method.isEmpty() ? error.withRequest("GET", m_origin) : error.withRequest(m_method, m_url);
}

void AsioExchange::Impl::timeOut(const QString &what)
{
    m_timedOut = what;
    close();
}

void AsioExchange::Impl::raise(const boost::system::error_code &code, const QString &doing)
{
    const bool closedByUs = m_closed;
    close();
    if (!m_timedOut.isEmpty())
        throw make(Error::Kind::Timeout, m_timedOut);
    if (closedByUs || code == asio::error::operation_aborted)
        throw make(Error::Kind::Canceled, QStringLiteral("Cancelled."));
    throw make(Error::Kind::Network, QStringLiteral("%1 %2: %3.").arg(doing, server(), QString::fromStdString(code.message())));
}

void AsioExchange::Impl::close()
{
    m_closed = true;
    m_connectAlarm.disarm();
    m_writeAlarm.disarm();
    m_resolver.cancel();
    if (m_stream) {
        m_stream->close();
    } else {
        boost::system::error_code ignored; // nothing more can be done about it
        m_socket.close(ignored);
    }
}

asio::awaitable<void> AsioExchange::Impl::connect(std::chrono::milliseconds timeout)
{
    const bool https = m_origin.scheme() == QLatin1String("https");
    if (m_origin.host().isEmpty() || (!https && m_origin.scheme() != QLatin1String("http")))
        throw make(Error::Kind::InvalidInput,
            QStringLiteral("“%1” is not an address for HTTP.").arg(m_origin.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)));
    m_connectAlarm.arm(timeout, [this] { timeOut(QStringLiteral("%1 could not be reached in time.").arg(server())); });
    const auto host = m_origin.host(QUrl::FullyEncoded).toStdString();
    const std::string port = std::to_string(m_origin.port(https ? 443 : 80));
    co_await connectSocket(host, port);
    if (https) {
        if (!m_tls)
            m_tls = AsioTls::systemCas();
        m_stream = ByteStream::tls(std::move(m_socket), m_tls->context(), ByteStream::Role::Client);
        expectHost(m_stream->ssl(), host);
        if (const auto error = co_await m_stream->handshake())
            raise(error, QStringLiteral("No secure connection came about to"));
        const QSslCertificate certificate = peerCertificate(m_stream->ssl());
        const QString problem = tlsProblem(m_stream->ssl());
        const Expected<void> verdict = co_await m_tls->judge(m_origin, certificate, problem, timeout);
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

asio::awaitable<void> AsioExchange::Impl::connectSocket(std::string host, std::string port)
{
    const auto [resolveError, addresses] = co_await m_resolver.async_resolve(host, port, returned);
    if (resolveError || m_closed)
        raise(resolveError, QStringLiteral("No address was found for"));
    const auto [connectError, endpoint] = co_await asio::async_connect(m_socket, addresses, returned);
    if (connectError || m_closed)
        raise(connectError, QStringLiteral("Could not connect to"));
    boost::system::error_code ignored; // only latency is lost
    m_socket.set_option(tcp::no_delay(true), ignored);
#ifdef TCP_NOTSENT_LOWAT
    // What a slow network has not taken waits with the sender, who may drop it, and not for seconds in the kernel.
    const int unsent = MaxUnsentBytes;
    ::setsockopt(m_socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
#endif
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
    QByteArray path = m_url.path(QUrl::FullyEncoded).toLatin1();
    if (path.isEmpty())
        path = "/";
    if (m_url.hasQuery())
        path += '?' + m_url.query(QUrl::FullyEncoded).toLatin1();
    const QByteArray host = m_url.host(QUrl::FullyEncoded).toLatin1();
    QByteArray text = m_method + ' ' + path + " HTTP/1.1\r\nHost: " + (host.contains(':') ? '[' + host + ']' : host);
    if (m_url.port() != -1)
        text += ':' + QByteArray::number(m_url.port());
    text += body == Body::Chunked            ? "\r\nTransfer-Encoding: chunked\r\n"
        : m_method == "GET" || m_method == "HEAD" ? "\r\n"
                                             : "\r\nContent-Length: 0\r\n";
    static const QByteArrayList ours{"host", "content-length", "transfer-encoding"};
    for (const auto &[name, value] : fields) {
        if (!ours.contains(name.toLower()))
            text += name + ": " + value + "\r\n";
    }
    text += "\r\n";
    using namespace std::chrono_literals;
    co_await write(std::move(text), 10s);
}

asio::awaitable<void> AsioExchange::Impl::write(QByteArray bytes, std::chrono::milliseconds timeout)
{
    if (m_closed || !m_stream)
        raise(asio::error::not_connected, QStringLiteral("Sending failed to"));
    m_writeAlarm.arm(timeout, [this] { timeOut(QStringLiteral("%1 does not take what is sent to it.").arg(server())); });
    const auto error = co_await m_stream->write(asio::buffer(bytes.constData(), std::size_t(bytes.size())));
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
    m_in.append(piece.constData(), qsizetype(size));
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
    if (!bytes.isEmpty()) // an empty chunk would be the end
        co_await impl->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n", timeout);
}

asio::awaitable<void> AsioExchange::endBody(std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    co_await impl->write("0\r\n\r\n", timeout);
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
    return !impl.m_closed && impl.m_bodySent && impl.m_parser && impl.m_parser->is_done() && impl.m_parser->keep_alive() && impl.m_in.isEmpty();
}

bool AsioExchange::isClosed() const
{
    return m_impl->m_closed;
}

void AsioExchange::close()
{
    m_impl->close();
}

} // namespace sluice
