#include "sluice/net/listening.h"

#include "sluice/base/error.h"
#include "sluice/net/pacing_p.h"

namespace sluice {

namespace asio = boost::asio;
using asio::ip::tcp;

Expected<quint16> listenOn(tcp::acceptor &acceptor, const QString &address, quint16 port)
{
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address.toStdString(), error);
    if (error)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("“%1” is not an IP address to listen on.").arg(address)));
    const tcp::endpoint endpoint(ip, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        doNotPace(acceptor.native_handle(), ip);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        boost::system::error_code ignored; // the first error is the one to report
        acceptor.close(ignored);
        return unexpected(Error(Error::Kind::Network,
            QStringLiteral("Cannot listen on %1 port %2: %3.").arg(address).arg(port).arg(QString::fromStdString(error.message())))
                              .withAdvice(QStringLiteral("Choose another port, or 0 for any free one.")));
    }
    return acceptor.local_endpoint().port();
}

} // namespace sluice
