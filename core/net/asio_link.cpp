#include "sluice/net/asio_link_p.h"

#include "sluice/net/pacing_p.h"
#include "sluice/net/tls_trust.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <tuple>

namespace sluice {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
constexpr auto returned = asio::as_tuple(asio::use_awaitable);
}

AsioLink::AsioLink(const asio::any_io_executor &executor, QByteArray method, QUrl url)
    : m_method(std::move(method))
    , m_url(std::move(url))
    , m_socket(executor)
    , m_resolver(executor)
{
}

AsioLink::~AsioLink() = default;

QString AsioLink::server() const
{
    return TlsTrust::hostPort(m_url);
}

Error AsioLink::make(Error::Kind kind, const QString &message) const
{
    return Error(kind, message).withRequest(m_method, m_url);
}

void AsioLink::timeOut(const QString &what)
{
    m_timedOut = what;
    close();
}

void AsioLink::raise(const boost::system::error_code &code, const QString &doing)
{
    const bool closedByUs = m_closed;
    close();
    if (!m_timedOut.isEmpty())
        throw make(Error::Kind::Timeout, m_timedOut);
    if (closedByUs || code == asio::error::operation_aborted)
        throw make(Error::Kind::Canceled, QStringLiteral("Cancelled."));
    throw make(Error::Kind::Network, QStringLiteral("%1 %2: %3.").arg(doing, server(), QString::fromStdString(code.message())));
}

void AsioLink::close()
{
    m_closed = true;
    disarm();
    m_resolver.cancel();
    if (m_stream) {
        m_stream->close();
    } else {
        boost::system::error_code ignored; // nothing more can be done about it
        m_socket.close(ignored);
    }
}

asio::awaitable<void> AsioLink::connectSocket()
{
    const auto host = m_url.host(QUrl::FullyEncoded).toStdString();
    const auto port = std::to_string(m_url.port(isHttps() ? 443 : 80));
    const auto [resolveError, addresses] = co_await m_resolver.async_resolve(host, port, returned);
    if (resolveError || m_closed)
        raise(resolveError, QStringLiteral("No address was found for"));
    boost::system::error_code error = asio::error::host_not_found;
    for (const auto &address : addresses) {
        const tcp::endpoint endpoint = address.endpoint();
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

} // namespace sluice
