#include "sluice/net/asio_exchange.h"

#include "sluice/net/asio_wait.h"
#include "sluice/net/byte_stream_p.h"
#include "sluice/net/http_answer_p.h"
#include "sluice/net/http_request_p.h"
#include "sluice/net/pacing_p.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <netinet/tcp.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <cerrno>
#include <tuple>
#include <utility>
#include <vector>

namespace sluice {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto returned = asio::as_tuple(asio::use_awaitable);
/// Larger ones are slower: the memory for each is asked of the system again and again, and is in no cache.
constexpr qsizetype ReadSize = 64 * 1024;
/// For what comes in little pieces: many connections may wait for some at once, each with its memory.
constexpr qsizetype SmallReadSize = 4 * 1024;
constexpr int MaxUnsentBytes = 32 * 1024;
constexpr auto HeadTimeout = 10s;

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

/// What a slow network has not taken waits with the sender, which may drop it, and not for seconds in the kernel.
void holdBackLittle([[maybe_unused]] tcp::socket &socket)
{
#ifdef TCP_NOTSENT_LOWAT
    const int unsent = MaxUnsentBytes;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
#endif
}

} // namespace

/// The connection. The coroutines hold it: the exchange may be destroyed while they wait.
class AsioExchange::Impl final : public std::enable_shared_from_this<AsioExchange::Impl> {
public:
    Impl(const asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls, const AsioAnswerBounds &bounds)
        : m_url(std::move(origin))
        , m_tls(std::move(tls))
        , m_socket(executor)
        , m_resolver(executor)
        , m_stepAlarm(executor)
        , m_writeAlarm(executor)
        , m_totalAlarm(executor)
    {
        m_bounds.headBytes = bounds.headBytes;
        m_bounds.bodyBytes = bounds.bodyBytes;
    }

    void limit(std::chrono::milliseconds time);
    asio::awaitable<void> connect(std::chrono::milliseconds timeout);
    asio::awaitable<void> begin(QByteArray method, QUrl url, Headers fields, Body body);
    asio::awaitable<void> send(QByteArray method, QUrl url, Headers fields, QByteArray body, std::chrono::milliseconds timeout, bool only);
    asio::awaitable<void> pass(Passed request);
    asio::awaitable<void> write(QByteArrayList pieces, std::chrono::milliseconds timeout);
    asio::awaitable<QByteArray> readUpgraded();
    asio::awaitable<void> receiveHead(std::optional<std::chrono::milliseconds> timeout);
    asio::awaitable<QByteArray> read();
    void close();
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool isReusable() const;
    [[nodiscard]] bool isQuiet();
    [[nodiscard]] asio::any_io_executor executor() { return m_resolver.get_executor(); }
    [[nodiscard]] const std::optional<HttpAnswer> &answer() const { return m_answer; }
    [[nodiscard]] Clock::time_point lastHeard() const { return m_heard; }
    void endBody() { m_bodySent = true; }

private:
    [[nodiscard]] bool isHttps() const { return m_url.scheme() == QLatin1String("https"); }
    [[nodiscard]] QString server() const { return TlsTrust::hostPort(m_url); }
    [[nodiscard]] Error make(Error::Kind kind, const QString &message) const { return Error(kind, message).withRequest(m_method, m_url); }
    /// Closes and throws what `code` means here: Timeout or Canceled when that closed it, else Network: "`doing` server: why."
    [[noreturn]] void raise(const boost::system::error_code &code, const QString &doing);
    void acknowledgeAtOnce();
    void timeOut(const QString &what);
    asio::awaitable<void> checkClearText(std::chrono::milliseconds timeout);
    asio::awaitable<std::vector<tcp::endpoint>> endpoints();
    asio::awaitable<void> connectSocket();
    asio::awaitable<void> secure(std::chrono::milliseconds timeout);
    static void check(const QByteArray &method, const QUrl &url, const Headers &fields);
    void beginRequest(QByteArray method, QUrl url, const Headers &fields);
    asio::awaitable<void> receiveSome();
    void parse();

    QByteArray m_method = "GET"; ///< of the request that errors are about
    QUrl m_url;                  ///< its host is the one that is connected to
    std::shared_ptr<AsioTls> m_tls;
    tcp::socket m_socket;
    tcp::resolver m_resolver;
    std::unique_ptr<ByteStream> m_stream; ///< once there is one, it has the socket
    Alarm m_stepAlarm; ///< first for the connection, then for the answer's head
    Alarm m_writeAlarm;
    Alarm m_totalAlarm;
    HttpAnswer::Bounds m_bounds;
    std::optional<HttpAnswer> m_answer;
    QByteArray m_in;
    QByteArray m_piece; ///< what the next read comes to
    qsizetype m_readSize = SmallReadSize; ///< for the next read
    Clock::time_point m_heard = Clock::now();
    QString m_timedOut; ///< what took too long, once something did
    bool m_closed = false;
    bool m_bodySent = false;
    bool m_only = false; ///< no other request follows
    bool m_holdsBack = false;
};

/// A server that writes an answer's head and body one after the other, and waits for the one to be acknowledged, would wait 40 ms on a connection
/// that is used again.
void AsioExchange::Impl::acknowledgeAtOnce()
{
#ifdef TCP_QUICKACK
    const int on = 1;
    if (m_stream)
        ::setsockopt(m_stream->socket().native_handle(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
#endif
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
    for (Alarm *alarm : {&m_stepAlarm, &m_writeAlarm, &m_totalAlarm})
        alarm->disarm();
    m_resolver.cancel();
    if (m_stream) {
        m_stream->close();
    } else {
        boost::system::error_code ignored; // nothing more can be done about it
        m_socket.close(ignored);
    }
}

void AsioExchange::Impl::check(const QByteArray &method, const QUrl &url, const Headers &fields)
{
    if (const auto fit = http_request::check(method, url, fields); !fit)
        throw Error(fit.error()).withRequest(method, url);
}

void AsioExchange::Impl::limit(std::chrono::milliseconds time)
{
    if (time.count() <= 0)
        m_totalAlarm.disarm();
    else
        m_totalAlarm.arm(time, [this] { timeOut(QStringLiteral("%1 took too long.").arg(server())); });
}

asio::awaitable<void> AsioExchange::Impl::connect(std::chrono::milliseconds timeout)
{
    check(m_method, m_url, {});
    m_stepAlarm.arm(timeout, [this] { timeOut(QStringLiteral("%1 could not be reached in time.").arg(server())); });
    if (!isHttps() && m_tls)
        co_await checkClearText(timeout);
    co_await connectSocket();
    if (isHttps())
        co_await secure(timeout);
    else
        m_stream = ByteStream::plain(std::move(m_socket));
    m_stepAlarm.disarm();
}

asio::awaitable<void> AsioExchange::Impl::checkClearText(std::chrono::milliseconds timeout)
{
    const Expected<void> verdict = co_await m_tls->permits(m_url, timeout);
    if (m_closed)
        raise({}, {});
    if (verdict)
        co_return;
    close();
    const Error &error = verdict.error();
    // Not a failure that may pass: it is this address that must not be used.
    throw error.kind() == Error::Kind::Network ? Error(Error::Kind::InvalidInput, error.message()).withAdvice(error.advice()) : error;
}

asio::awaitable<std::vector<tcp::endpoint>> AsioExchange::Impl::endpoints()
{
    const auto host = m_url.host(QUrl::FullyEncoded).toStdString();
    const auto port = quint16(m_url.port(isHttps() ? 443 : 80));
    std::vector<tcp::endpoint> found;
    // An address needs no look-up, which would take a turn through another thread.
    boost::system::error_code isName;
    const auto address = asio::ip::make_address(host, isName);
    if (!isName) {
        found.emplace_back(address, port);
        co_return found;
    }
    const auto [error, addresses] = co_await m_resolver.async_resolve(host, std::to_string(port), returned);
    if (error || m_closed)
        raise(error, QStringLiteral("No address was found for"));
    for (const auto &one : addresses)
        found.push_back(one.endpoint());
    co_return found;
}

asio::awaitable<void> AsioExchange::Impl::connectSocket()
{
    const std::vector<tcp::endpoint> addresses = co_await endpoints();
    boost::system::error_code error = asio::error::host_not_found;
    for (const tcp::endpoint &endpoint : addresses) {
        boost::system::error_code ignored; // of the socket that failed before
        m_socket.close(ignored);
        m_socket.open(endpoint.protocol(), error);
        if (!error) {
            doNotPace(m_socket.native_handle(), endpoint.address());
            std::tie(error) = co_await m_socket.async_connect(endpoint, returned);
        }
        if (!error || m_closed)
            break;
    }
    if (error || m_closed)
        raise(error, QStringLiteral("Could not connect to"));
    boost::system::error_code ignored; // only latency is lost
    m_socket.set_option(tcp::no_delay(true), ignored);
}

asio::awaitable<void> AsioExchange::Impl::secure(std::chrono::milliseconds timeout)
{
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
}

void AsioExchange::Impl::beginRequest(QByteArray method, QUrl url, const Headers &fields)
{
    check(method, url, fields);
    m_method = std::move(method);
    m_url = std::move(url);
    m_answer.emplace(m_bounds, m_method);
}

asio::awaitable<void> AsioExchange::Impl::begin(QByteArray method, QUrl url, Headers fields, Body body)
{
    beginRequest(std::move(method), std::move(url), fields);
    m_bodySent = body == Body::None;
    if (!m_bodySent && m_stream && !std::exchange(m_holdsBack, true))
        holdBackLittle(m_stream->socket());
    const Headers framing = m_bodySent ? http_request::length(m_method, 0) : Headers{{"Transfer-Encoding", "chunked"}};
    QByteArrayList pieces{http_request::head(m_method, m_url, framing, fields)};
    co_await write(std::move(pieces), HeadTimeout);
}

asio::awaitable<void> AsioExchange::Impl::pass(Passed request)
{
    beginRequest(std::move(request.method), m_url, request.headers);
    if (!http_request::isTarget(request.target))
        throw make(Error::Kind::InvalidInput, QStringLiteral("The path of the request cannot be passed on."));
    if (request.upgrades)
        m_answer->takeUpgrade();
    m_bodySent = request.body == Body::None;
    Headers framing;
    if (request.body == Body::Chunked)
        framing = {{"Transfer-Encoding", "chunked"}};
    else if (request.body == Body::Sized)
        framing = {{"Content-Length", QByteArray::number(request.length)}};
    else
        framing = http_request::length(m_method, 0);
    QByteArrayList pieces{http_request::headFor(m_method, m_url, request.target, framing, request.headers)};
    co_await write(std::move(pieces), HeadTimeout);
}

asio::awaitable<QByteArray> AsioExchange::Impl::readUpgraded()
{
    if (m_in.isEmpty())
        co_await receiveSome();
    co_return std::exchange(m_in, {});
}

asio::awaitable<void> AsioExchange::Impl::send(
    QByteArray method, QUrl url, Headers fields, QByteArray body, std::chrono::milliseconds timeout, bool only)
{
    const bool again = m_answer.has_value();
    beginRequest(std::move(method), std::move(url), fields);
    m_bodySent = true;
    m_only = only;
    Headers framing = http_request::length(m_method, body.size());
    if (only)
        framing.prepend({"Connection", "close"});
    QByteArrayList pieces{http_request::head(m_method, m_url, framing, fields)};
    if (!body.isEmpty())
        pieces.append(std::move(body));
    co_await write(std::move(pieces), timeout);
    if (again)
        acknowledgeAtOnce();
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

asio::awaitable<void> AsioExchange::Impl::receiveHead(std::optional<std::chrono::milliseconds> timeout)
{
    if (timeout)
        m_stepAlarm.arm(*timeout, [this] { timeOut(QStringLiteral("%1 did not answer in time.").arg(server())); });
    parse(); // what has come behind an earlier answer
    while (!m_answer->isHeadDone()) {
        co_await receiveSome();
        parse();
    }
    m_stepAlarm.disarm();
}

asio::awaitable<QByteArray> AsioExchange::Impl::read()
{
    if (m_answer->body().isEmpty())
        parse();
    while (m_answer->body().isEmpty() && !m_answer->isDone()) {
        co_await receiveSome();
        parse();
    }
    if (m_only && m_answer->isDone())
        close();
    co_return m_answer->takeBody();
}

void AsioExchange::Impl::parse()
{
    const auto wrong = m_answer->parse(m_in);
    if (!wrong)
        return;
    close();
    throw m_answer->error(wrong, server()).withRequest(m_method, m_url);
}

asio::awaitable<void> AsioExchange::Impl::receiveSome()
{
    if (m_closed || !m_stream)
        raise(asio::error::operation_aborted, {});
    if (m_piece.size() != m_readSize)
        m_piece = QByteArray(m_readSize, Qt::Uninitialized);
    const auto [error, size] = co_await m_stream->readSome(asio::buffer(m_piece.data(), std::size_t(m_piece.size())));
    m_readSize = qsizetype(size) == m_piece.size() ? ReadSize : qsizetype(size) <= SmallReadSize ? SmallReadSize : m_readSize;
    m_heard = Clock::now();
    if (m_in.isEmpty() && m_piece.size() > SmallReadSize) {
        m_piece.truncate(qsizetype(size));
        m_in = std::exchange(m_piece, {}); // long ones are not copied
    } else {
        m_in.append(m_piece.constData(), qsizetype(size));
    }
    if (!error && !m_closed)
        co_return;
    boost::beast::error_code unfinished = boost::beast::http::error::partial_message;
    // A TLS end without its alert is as good as an end: bodies without a length are all it could cut.
    if (!m_closed && (error == asio::error::eof || error == asio::ssl::error::stream_truncated))
        unfinished = m_answer->endOfInput();
    if (unfinished)
        raise(error, m_answer->isHeadDone() ? QStringLiteral("An answer was cut short by") : QStringLiteral("No answer came from"));
}

bool AsioExchange::Impl::isQuiet()
{
    char byte = 0;
    const bool nothing = !m_closed && m_stream && m_in.isEmpty() && ::recv(m_stream->socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0
        && (errno == EAGAIN || errno == EWOULDBLOCK);
    return nothing;
}

bool AsioExchange::Impl::isReusable() const
{
    return !m_closed && m_bodySent && m_answer && m_answer->isDone() && m_answer->keepsAlive() && m_in.isEmpty();
}

AsioExchange::AsioExchange(
    const asio::any_io_executor &executor, QUrl origin, std::shared_ptr<AsioTls> tls, const AsioAnswerBounds &bounds)
    : m_impl(std::make_shared<Impl>(executor, std::move(origin), std::move(tls), bounds))
{
}

AsioExchange::~AsioExchange()
{
    m_impl->close();
}

void AsioExchange::limit(std::chrono::milliseconds time)
{
    m_impl->limit(time);
}

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

asio::awaitable<void> AsioExchange::send(QByteArray method, QUrl url, Headers fields, QByteArray body, std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    co_await impl->send(std::move(method), std::move(url), std::move(fields), std::move(body), timeout, true);
}

asio::awaitable<void> AsioExchange::sendOneOfMany(QByteArray method, QUrl url, Headers fields, QByteArray body, std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    co_await impl->send(std::move(method), std::move(url), std::move(fields), std::move(body), timeout, false);
}

asio::awaitable<void> AsioExchange::pass(Passed request)
{
    const auto impl = m_impl;
    co_await impl->pass(std::move(request));
}

asio::awaitable<void> AsioExchange::writeSome(QByteArray bytes, std::chrono::milliseconds timeout)
{
    const auto impl = m_impl;
    QByteArrayList pieces{std::move(bytes)};
    co_await impl->write(std::move(pieces), timeout);
}

asio::awaitable<QByteArray> AsioExchange::readUpgraded()
{
    const auto impl = m_impl;
    co_return co_await impl->readUpgraded();
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
    impl->endBody();
}

asio::awaitable<void> AsioExchange::receiveHead(std::optional<std::chrono::milliseconds> timeout)
{
    const auto impl = m_impl;
    co_await impl->receiveHead(timeout);
}

asio::awaitable<QByteArray> AsioExchange::read()
{
    const auto impl = m_impl;
    co_return co_await impl->read();
}

int AsioExchange::status() const
{
    return m_impl->answer() ? m_impl->answer()->status() : 0;
}

const Headers &AsioExchange::headers() const
{
    static const Headers none;
    return m_impl->answer() ? m_impl->answer()->headers() : none;
}

int AsioExchange::interims() const
{
    return m_impl->answer() ? m_impl->answer()->interims() : 0;
}

Clock::time_point AsioExchange::lastHeard() const
{
    return m_impl->lastHeard();
}

asio::any_io_executor AsioExchange::executor() const
{
    return m_impl->executor();
}

bool AsioExchange::isQuiet()
{
    return m_impl->isQuiet();
}

bool AsioExchange::isReusable() const
{
    return m_impl->isReusable();
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
