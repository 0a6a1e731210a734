#include "passing_relay.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <map>

namespace sluice::bench {

namespace {

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void watch(int set, int handle)
{
    const int on = 1;
    ::setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = handle;
    ::epoll_ctl(set, EPOLL_CTL_ADD, handle, &event);
}

bool passOn(int from, int to)
{
    std::array<char, 65536> piece;
    const ssize_t size = ::recv(from, piece.data(), piece.size(), 0);
    for (ssize_t done = 0; done < size;) {
        const ssize_t sent = ::send(to, piece.data() + done, std::size_t(size - done), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        done += sent;
    }
    return size > 0;
}

} // namespace

int passBytes(quint16 to)
{
    const int door = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here = loopback(0);
    socklen_t size = sizeof here;
    if (::bind(door, reinterpret_cast<sockaddr *>(&here), size) != 0 || ::listen(door, 128) != 0 || ::getsockname(door, reinterpret_cast<sockaddr *>(&here), &size) != 0)
        return 1;
    const int set = ::epoll_create1(0);
    watch(set, door);
    std::printf("%d\n", ntohs(here.sin_port));
    std::fflush(stdout);
    std::map<int, int> partners;
    for (;;) {
        std::array<epoll_event, 128> events;
        const int count = ::epoll_wait(set, events.data(), int(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int handle = events[std::size_t(i)].data.fd;
            if (handle == door) {
                const int near = ::accept(door, nullptr, nullptr);
                const int far = ::socket(AF_INET, SOCK_STREAM, 0);
                const sockaddr_in there = loopback(to);
                if (near < 0 || ::connect(far, reinterpret_cast<const sockaddr *>(&there), sizeof there) != 0)
                    return 1;
                partners[near] = far;
                partners[far] = near;
                watch(set, near);
                watch(set, far);
            } else if (const auto pair = partners.find(handle); pair != partners.end() && !passOn(handle, pair->second)) {
                const int other = pair->second;
                partners.erase(pair);
                partners.erase(other);
                ::close(handle);
                ::close(other);
            }
        }
    }
}

} // namespace sluice::bench
