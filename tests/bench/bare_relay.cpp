#include "bare_relay.h"

#include "bench_support.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace sluice::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t Piece = 256 * 1024;
constexpr std::size_t Chunk = 32 * 1024; ///< as the publisher of the other figures writes

[[noreturn]] void fail(const char *what)
{
    throw Error(Error::Kind::Network, QStringLiteral("%1 failed: %2").arg(QLatin1String(what), QString::fromLocal8Bit(std::strerror(errno))));
}

/// One end of a connection, with TLS if it has been given some.
class End final {
public:
    explicit End(int handle)
        : m_handle(handle)
        , m_ssl(nullptr, &SSL_free)
    {
        const int on = 1;
        ::setsockopt(m_handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~End() { ::close(m_handle); }
    End(const End &) = delete;
    End &operator=(const End &) = delete;

    void secure(boost::asio::ssl::context &context, bool server)
    {
        m_ssl.reset(SSL_new(context.native_handle()));
        SSL_set_fd(m_ssl.get(), m_handle);
        if ((server ? SSL_accept(m_ssl.get()) : SSL_connect(m_ssl.get())) != 1)
            throw Error(Error::Kind::Network, QStringLiteral("The bare relay's handshake failed."));
    }
    [[nodiscard]] int handle() const { return m_handle; }
    [[nodiscard]] bool isSecure() const { return m_ssl != nullptr; }
    /// What is there, waiting for it; nothing at the end.
    [[nodiscard]] std::size_t read(char *into, std::size_t size)
    {
        const ssize_t got = m_ssl ? SSL_read(m_ssl.get(), into, int(size)) : ::recv(m_handle, into, size, 0);
        return got > 0 ? std::size_t(got) : 0;
    }
    void write(const char *from, std::size_t size)
    {
        while (size > 0) {
            const ssize_t sent = m_ssl ? SSL_write(m_ssl.get(), from, int(size)) : ::send(m_handle, from, size, MSG_NOSIGNAL);
            if (sent <= 0)
                fail("Sending");
            from += sent;
            size -= std::size_t(sent);
        }
    }
    /// As much as the kernel takes at once.
    [[nodiscard]] std::size_t writeSome(const char *from, std::size_t size) const
    {
        const ssize_t sent = ::send(m_handle, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN)
            fail("Sending");
        return sent > 0 ? std::size_t(sent) : 0;
    }
    void finish()
    {
        if (m_ssl)
            SSL_shutdown(m_ssl.get());
        ::shutdown(m_handle, SHUT_WR);
    }

private:
    int m_handle;
    std::unique_ptr<SSL, decltype(&SSL_free)> m_ssl;
};
using EndPtr = std::unique_ptr<End>;

class Listener final {
public:
    Listener()
        : m_handle(::socket(AF_INET, SOCK_STREAM, 0))
    {
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof m_address;
        auto *const address = reinterpret_cast<sockaddr *>(&m_address);
        if (m_handle < 0 || ::bind(m_handle, address, size) != 0 || ::listen(m_handle, 128) != 0 || ::getsockname(m_handle, address, &size) != 0)
            fail("Listening");
    }
    ~Listener() { ::close(m_handle); }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;
    [[nodiscard]] EndPtr accept() const { return std::make_unique<End>(::accept(m_handle, nullptr, nullptr)); }
    [[nodiscard]] EndPtr connect() const
    {
        auto end = std::make_unique<End>(::socket(AF_INET, SOCK_STREAM, 0));
        if (::connect(end->handle(), reinterpret_cast<const sockaddr *>(&m_address), sizeof m_address) != 0)
            fail("Connecting");
        return end;
    }

private:
    int m_handle;
    sockaddr_in m_address{};
};

/// Gives one piece to all of them: to each what it takes, then to those that are behind.
void giveToAll(const std::vector<EndPtr> &readers, const char *bytes, std::size_t size)
{
    std::vector<std::pair<End *, std::size_t>> behind;
    for (const EndPtr &reader : readers) {
        if (reader->isSecure()) {
            reader->write(bytes, size);
            continue;
        }
        const std::size_t sent = reader->writeSome(bytes, size);
        if (sent < size)
            behind.emplace_back(reader.get(), sent);
    }
    while (!behind.empty()) {
        std::vector<pollfd> waits;
        for (const auto &[reader, sent] : behind)
            waits.push_back({reader->handle(), POLLOUT, 0});
        if (::poll(waits.data(), nfds_t(waits.size()), -1) < 0)
            fail("Waiting");
        for (std::size_t i = 0; i < behind.size(); ++i) {
            auto &[reader, sent] = behind[i];
            if (waits[i].revents != 0)
                sent += reader->writeSome(bytes + sent, size - sent);
        }
        std::erase_if(behind, [size](const auto &one) { return one.second == size; });
    }
}

qint64 readAll(const std::vector<EndPtr> &readers)
{
    const int waits = ::epoll_create1(0);
    for (std::size_t i = 0; i < readers.size(); ++i) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        if (::epoll_ctl(waits, EPOLL_CTL_ADD, readers[i]->handle(), &event) != 0)
            fail("Waiting");
    }
    std::vector<char> piece(Piece);
    qint64 total = 0;
    for (std::size_t open = readers.size(); open > 0;) {
        epoll_event events[64];
        const int ready = ::epoll_wait(waits, events, 64, -1);
        for (int i = 0; i < ready; ++i) {
            End &reader = *readers[std::size_t(events[i].data.u64)];
            const std::size_t size = reader.read(piece.data(), piece.size());
            total += qint64(size);
            if (size > 0)
                continue;
            ::epoll_ctl(waits, EPOLL_CTL_DEL, reader.handle(), nullptr);
            --open;
        }
    }
    ::close(waits);
    return total;
}

void relay(End &from, const std::vector<EndPtr> &readers)
{
    std::vector<char> piece(Piece);
    while (const std::size_t size = from.read(piece.data(), piece.size()))
        giveToAll(readers, piece.data(), size);
    for (const EndPtr &reader : readers)
        reader->finish();
}

std::shared_ptr<boost::asio::ssl::context> serverContext()
{
    const TlsIdentity identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    auto context = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    const QByteArrayView key = identity.keyPem.expose();
    context->use_certificate_chain(boost::asio::buffer(identity.certificatePem.constData(), std::size_t(identity.certificatePem.size())));
    context->use_private_key(boost::asio::buffer(key.data(), std::size_t(key.size())), boost::asio::ssl::context::pem);
    SSL_CTX_set_num_tickets(context->native_handle(), 0); // which a reader would wait behind
    return context;
}

} // namespace

RelayCost relayBare(int readers, bool tls, std::chrono::seconds time)
{
    const Listener listener;
    const auto server = tls ? serverContext() : nullptr;
    const auto client = tls ? AsioTls::unverified()->context() : nullptr;
    // A connection at a time, both ends of it at once.
    const auto connected = [&] {
        EndPtr near = listener.connect();
        EndPtr far = listener.accept();
        if (tls) {
            std::thread other([&] { far->secure(*server, true); });
            near->secure(*client, false);
            other.join();
        }
        return std::pair(std::move(near), std::move(far));
    };
    auto [sender, source] = connected();
    std::vector<EndPtr> near;
    std::vector<EndPtr> far;
    for (int i = 0; i < readers; ++i) {
        auto [reader, served] = connected();
        near.push_back(std::move(reader));
        far.push_back(std::move(served));
    }
    RelayCost cost;
    const auto begun = Clock::now();
    const std::clock_t before = std::clock();
    std::thread relaying([&, from = source.get()] {
        relay(*from, far);
        cost.relayCpuMs = threadCpuMs();
    });
    std::thread reading([&] { cost.delivered = readAll(near); });
    const std::vector<char> chunk(Chunk, 'x');
    while (Clock::now() - begun < time)
        sender->write(chunk.data(), chunk.size());
    sender->finish();
    relaying.join();
    reading.join();
    cost.seconds = milliseconds(Clock::now() - begun) / 1000;
    cost.cpuMs = 1000.0 * double(std::clock() - before) / CLOCKS_PER_SEC;
    return cost;
}

} // namespace sluice::bench
