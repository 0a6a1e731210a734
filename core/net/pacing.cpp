#include "sluice/net/pacing_p.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

namespace sluice {

void doNotPace([[maybe_unused]] int socket, [[maybe_unused]] const boost::asio::ip::address &address)
{
#ifdef TCP_CONGESTION
    // BBR, where it is the system's choice, probes the machine for the bandwidth of a network that is not there: with timers, small packets and
    // a large part of the processor; and a connection that began with it stays paced. Every Linux has Reno, without privileges.
    static constexpr char Reno[] = "reno";
    if (address.is_loopback())
        ::setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, Reno, sizeof Reno - 1); // only speed is lost where it cannot be
#endif
}

} // namespace sluice
