#pragma once

#include <boost/asio/ip/address.hpp>

namespace sluice {

/// For a socket that is not yet connected, or listens: connections within this machine send when there is room, whatever the system prefers.
/// Does nothing for other addresses.
void doNotPace(int socket, const boost::asio::ip::address &address);

} // namespace sluice
