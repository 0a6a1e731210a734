#include "sluice/net/http_server.h"

#include "sluice/base/log.h"
#include "sluice/net/accepting.h"
#include "sluice/net/client_hello_p.h"
#include "sluice/net/server_connection_p.h"
#include "sluice/net/tls_ciphers_p.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <set>

namespace sluice {

namespace asio = boost::asio;
using asio::ip::tcp;

ServerResponse::ServerResponse(ServerConnection &connection)
    : m_connection(connection)
{
}

asio::awaitable<bool> ServerResponse::send(int status, Headers headers, QByteArray body)
{
    return m_connection.send(status, std::move(headers), std::move(body));
}

asio::awaitable<bool> ServerResponse::sendText(int status, QByteArray text)
{
    Headers headers{{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}};
    return m_connection.send(status, std::move(headers), text + '\n');
}

asio::awaitable<bool> ServerResponse::begin(int status, Headers headers)
{
    return m_connection.begin(status, std::move(headers), std::nullopt);
}

asio::awaitable<bool> ServerResponse::begin(int status, Headers headers, qsizetype length)
{
    return m_connection.begin(status, std::move(headers), length);
}

asio::awaitable<bool> ServerResponse::upgrade(Headers headers)
{
    return m_connection.upgrade(std::move(headers));
}

asio::awaitable<QByteArray> ServerResponse::readUpgraded()
{
    return m_connection.readUpgraded();
}

asio::awaitable<bool> ServerResponse::writeUpgraded(QByteArray bytes)
{
    return m_connection.writeUpgraded(std::move(bytes));
}

asio::awaitable<bool> ServerResponse::write(QByteArray bytes)
{
    QByteArrayList pieces{std::move(bytes)};
    return m_connection.writeChunk(std::move(pieces));
}

asio::awaitable<bool> ServerResponse::write(QByteArrayList pieces)
{
    return m_connection.writeChunk(std::move(pieces));
}

asio::awaitable<bool> ServerResponse::write(PageRange pages)
{
    return m_connection.writeChunk(std::move(pages));
}

bool ServerResponse::sendsPages() const
{
    return m_connection.sendsPages();
}

asio::awaitable<bool> ServerResponse::end()
{
    return m_connection.end();
}

asio::awaitable<bool> ServerResponse::readBody(ServerRequest &request, qsizetype maxBytes)
{
    return m_connection.readBody(request, maxBytes);
}

asio::awaitable<BodyPiece> ServerResponse::readSome()
{
    return m_connection.readSome();
}

void ServerResponse::interruptRead()
{
    m_connection.interruptRead();
}

asio::awaitable<bool> ServerResponse::sendContinue()
{
    return m_connection.sendContinue();
}

void ServerResponse::closeAfter()
{
    m_connection.closeAfter();
}

bool ServerResponse::started() const
{
    return m_connection.started();
}

bool ServerResponse::isClosed() const
{
    return m_connection.isClosed();
}

asio::awaitable<void> ServerResponse::closed()
{
    return m_connection.closed();
}

Subscription ServerResponse::onClosed(std::function<void()> callback)
{
    return m_connection.onClosed(std::move(callback));
}

Subscription ServerResponse::cancelsWhenClosed()
{
    return m_connection.cancelsWhenClosed();
}

void ServerResponse::abort()
{
    m_connection.hangUp();
}

namespace {

std::shared_ptr<const ServerSettings> settingsFrom(HttpServerOptions options, HttpHandler handler)
{
    auto settings = std::make_shared<ServerSettings>();
    settings->guard = HostGuard(options.hosts);
    settings->budget = std::make_shared<BodyBudget>(BodyBudget::Limits{options.maxBytesInHand, options.maxBytesInHandPerPeer});
    settings->options = std::move(options);
    settings->options.maxBodyBytes = std::min(settings->options.maxBodyBytes, settings->options.maxBytesInHandPerPeer);
    settings->handler = std::move(handler);
    return settings;
}

/// The clients that share a limit: one address, or for IPv6 one /64 network.
QString peerOf(const asio::ip::address &address)
{
    if (!address.is_v6() || address.to_v6().is_v4_mapped())
        return QString::fromStdString(address.to_string());
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return QString::fromStdString(asio::ip::address_v6(bytes).to_string());
}

} // namespace

class HttpServer::Impl final : public Accepting, public std::enable_shared_from_this<HttpServer::Impl> {
public:
    Impl(IoThread &thread, HttpServerOptions options, HttpHandler handler)
        : Accepting(thread)
        , settings(settingsFrom(std::move(options), std::move(handler)))
    {
    }

    Expected<void> prepareTls();

    std::shared_ptr<const ServerSettings> settings;
    std::shared_ptr<asio::ssl::context> tls;
    quint16 port = 0;

private:
    void serve(tcp::socket socket) override;
    bool makeRoom() override { return makeRoom(QString()); }
    void endAll() override;
    /// Drops the connection that has been without a request for longest, of one peer or of any; false when there is none.
    bool makeRoom(const QString &peer);
    void connectionEnded(const std::shared_ptr<ServerConnection> &connection);

    // On the I/O thread only.
    std::set<std::shared_ptr<ServerConnection>> connections;
};

Expected<void> HttpServer::Impl::prepareTls()
{
    if (!settings->options.tls)
        return {};
    const TlsIdentity &identity = *settings->options.tls;
    const QByteArrayView key = identity.keyPem.expose();
    try {
        tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
        tls->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        preferQuickCiphers(*tls);
        // The one protocol that is supported; a client that does not offer it gets an answer without ALPN.
        SSL_CTX_set_alpn_select_cb(tls->native_handle(),
            [](SSL *, const unsigned char **chosen, unsigned char *length, const unsigned char *list, unsigned size, void *) {
                static constexpr unsigned char Http1[] = {'h', 't', 't', 'p', '/', '1', '.', '1'};
                if (!offersProtocol(QByteArrayView(reinterpret_cast<const char *>(list), qsizetype(size)), "http/1.1"))
                    return SSL_TLSEXT_ERR_NOACK;
                *chosen = Http1;
                *length = sizeof Http1;
                return SSL_TLSEXT_ERR_OK;
            },
            nullptr);
        tls->use_certificate_chain(asio::buffer(identity.certificatePem.constData(), std::size_t(identity.certificatePem.size())));
        tls->use_private_key(asio::buffer(key.data(), std::size_t(key.size())), asio::ssl::context::pem);
    } catch (const boost::system::system_error &error) {
        return unexpected(Error(Error::Kind::Config,
            QStringLiteral("The server's certificate cannot be used: %1.").arg(QString::fromLocal8Bit(error.what()))));
    }
    return {};
}

bool HttpServer::Impl::makeRoom(const QString &peer)
{
    using Phase = ServerConnection::Phase;
    std::shared_ptr<ServerConnection> least;
    for (const auto &connection : connections) {
        if (connection->isClosed() || connection->phase() == Phase::Busy || (!peer.isEmpty() && connection->peer() != peer))
            continue;
        if (!least || std::pair(connection->phase(), connection->since()) < std::pair(least->phase(), least->since()))
            least = connection;
    }
    if (least)
        least->stop();
    return least != nullptr;
}

void HttpServer::Impl::serve(tcp::socket socket)
{
    boost::system::error_code error;
    const auto address = socket.remote_endpoint(error).address();
    if (error)
        return; // gone already
    const QString peer = peerOf(address);
    const auto open = [](const auto &connection) { return !connection->isClosed(); };
    const auto ofPeer = std::count_if(connections.begin(), connections.end(), [&](const auto &one) { return open(one) && one->peer() == peer; });
    const auto all = std::count_if(connections.begin(), connections.end(), open);
    if ((ofPeer >= settings->options.maxConnectionsPerPeer && !makeRoom(peer)) || (all >= settings->options.maxConnections && !makeRoom(QString()))) {
        qCWarning(logNet) << "A connection was refused: there are" << all << "already," << ofPeer << "of them from" << peer;
        return;
    }
    socket.set_option(tcp::no_delay(true), error);
    auto stream = tls ? ByteStream::tls(std::move(socket), tls, ByteStream::Role::Server) : ByteStream::plain(std::move(socket));
    const auto connection = std::make_shared<ServerConnection>(
        std::move(stream), settings, QString::fromStdString(address.to_string()), peer);
    connections.insert(connection);
    entered();
    asio::co_spawn(io().context(), [connection] { return connection->serve(); },
        asio::bind_cancellation_slot(connection->cancellationSlot(),
            [self = shared_from_this(), connection](const std::exception_ptr &) { self->connectionEnded(connection); }));
}

void HttpServer::Impl::connectionEnded(const std::shared_ptr<ServerConnection> &connection)
{
    connection->hangUp();
    connections.erase(connection);
    left();
}

void HttpServer::Impl::endAll()
{
    const auto open = connections;
    for (const auto &connection : open)
        connection->stop();
}

HttpServer::HttpServer(IoThread &io, HttpServerOptions options, HttpHandler handler)
    : m_impl(std::make_shared<Impl>(io, std::move(options), std::move(handler)))
{
}

HttpServer::~HttpServer()
{
    stop();
}

Expected<quint16> HttpServer::listen()
{
    if (const auto ready = m_impl->prepareTls(); !ready)
        return unexpected(ready.error());
    const HttpServerOptions &options = m_impl->settings->options;
    const Expected<quint16> port = m_impl->bind(options.address, options.port);
    if (port) {
        m_impl->port = *port;
        m_impl->begin(m_impl);
    }
    return port;
}

void HttpServer::stop()
{
    if (!m_impl->stop(m_impl))
        qCCritical(logNet) << "A handler of the server at" << origin() << "does not return.";
}

QString HttpServer::origin() const
{
    const QString &address = m_impl->settings->options.address;
    return QStringLiteral("%1://%2:%3")
        .arg(m_impl->settings->options.tls ? QStringLiteral("https") : QStringLiteral("http"),
            address.contains(QLatin1Char(':')) ? QLatin1Char('[') + address + QLatin1Char(']') : address)
        .arg(m_impl->port);
}

} // namespace sluice
