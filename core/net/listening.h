#pragma once

#include "sluice/base/expected.h"

#include <boost/asio/ip/tcp.hpp>

#include <QtCore/QString>

namespace sluice {

/// Has `acceptor` listen on the IP address `address` and on `port`, 0 for any free one; gives the port. Connections within this machine are
/// not paced. Config for what is no address, Network when the port cannot be had; the acceptor is closed then. On any thread, before its first accept.
[[nodiscard]] Expected<quint16> listenOn(boost::asio::ip::tcp::acceptor &acceptor, const QString &address, quint16 port);

} // namespace sluice
