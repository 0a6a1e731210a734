#include "fault_proxy_p.h"

#include "sluice/net/asio_wait.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <QtCore/QByteArray>

#include <algorithm>
#include <array>
#include <deque>
#include <future>
#include <optional>
#include <set>

namespace sluice {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t ReadSize = 16 * 1024;
/// On the way, in one direction of one connection: enough for what a delay holds back.
constexpr qsizetype MaxHeld = 1024 * 1024;
constexpr qsizetype MaxHeldThrottled = 8 * 1024;
/// Of the kernel, so that a throttled sender feels it.
constexpr int SocketBuffer = 16 * 1024;
constexpr auto Step = 10ms;
constexpr auto returned = asio::as_tuple(asio::use_awaitable);

/// Closing it then sends a RST.
void spoil(tcp::socket &socket)
{
    boost::system::error_code ignored; // it may be gone already
    socket.set_option(tcp::socket::linger(true, 0), ignored);
    socket.close(ignored);
}

} // namespace

class FaultProxy::Core final : public std::enable_shared_from_this<FaultProxy::Core> {
public:
    explicit Core(asio::io_context &context)
        : io(context)
        , acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0))
    {
        acceptor.set_option(asio::socket_base::receive_buffer_size(SocketBuffer)); // accepted sockets have it too
    }

    /// One direction of one connection.
    struct Pipe {
        struct Piece {
            Clock::time_point due;
            QByteArray bytes;
        };
        Pipe(asio::io_context &context, Way direction, tcp::socket &source, tcp::socket &target)
            : way(direction)
            , from(source)
            , to(target)
            , changed(context.get_executor())
        {
        }
        const Way way;
        tcp::socket &from;
        tcp::socket &to;
        AsyncEvent changed;
        std::deque<Piece> pieces;
        qsizetype held = 0;
        bool ended = false;
    };
    struct Link {
        explicit Link(asio::io_context &context, tcp::socket accepted)
            : client(std::move(accepted))
            , server(context)
            , up(context, Way::Up, client, server)
            , down(context, Way::Down, server, client)
        {
        }
        tcp::socket client;
        tcp::socket server;
        Pipe up;
        Pipe down;
        int running = 2; ///< pipes that still carry something
        bool dead = false;
    };
    using LinkPtr = std::shared_ptr<Link>;
    template <typename T> using Awaitable = asio::awaitable<T>;

    Awaitable<void> accept();
    Awaitable<void> carry(LinkPtr link);
    Awaitable<void> fill(LinkPtr link, Pipe &pipe);
    Awaitable<void> drain(LinkPtr link, Pipe &pipe);
    Awaitable<void> sleepUntil(Clock::time_point time);
    [[nodiscard]] std::optional<Clock::time_point> waitsUntil(const Pipe &pipe) const;
    [[nodiscard]] qsizetype room() const { return rate > 0 ? MaxHeldThrottled : MaxHeld; }
    QByteArray portion(Pipe &pipe);
    bool countDown(Way way, qsizetype bytes);
    void run(const LinkPtr &link, Pipe *pipe);
    void kill(const LinkPtr &link, bool byFault);

    asio::io_context &io;
    tcp::acceptor acceptor;
    std::set<LinkPtr> links;
    quint16 target = 0;
    std::chrono::milliseconds extra{0};
    Clock::time_point silentUntil;
    qint64 rate = 0;
    std::array<Clock::time_point, 2> nextFree{};
    std::array<qint64, 2> countdown{-1, -1};
    bool refusing = false;
    Counts seen;
};

FaultProxy::Core::Awaitable<void> FaultProxy::Core::accept()
{
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(returned);
        if (error)
            co_return;
        ++seen.accepted;
        if (refusing || target == 0) {
            spoil(socket);
            continue;
        }
        const auto link = std::make_shared<Link>(io, std::move(socket));
        links.insert(link);
        asio::co_spawn(io, [self = shared_from_this(), link] { return self->carry(link); }, asio::detached);
    }
}

FaultProxy::Core::Awaitable<void> FaultProxy::Core::carry(LinkPtr link)
{
    boost::system::error_code ignored; // options that cannot be set only cost precision
    link->server.open(tcp::v4(), ignored);
    link->server.set_option(asio::socket_base::receive_buffer_size(SocketBuffer), ignored);
    const tcp::endpoint there(asio::ip::address_v4::loopback(), target);
    const auto [error] = co_await link->server.async_connect(there, returned);
    if (error || link->dead) {
        kill(link, false);
        co_return;
    }
    link->client.set_option(tcp::no_delay(true), ignored);
    link->server.set_option(tcp::no_delay(true), ignored);
    run(link, &link->up);
    run(link, &link->down);
}

void FaultProxy::Core::run(const LinkPtr &link, Pipe *pipe)
{
    const auto self = shared_from_this();
    asio::co_spawn(io, [self, link, pipe] { return self->fill(link, *pipe); }, asio::detached);
    asio::co_spawn(io, [self, link, pipe] { return self->drain(link, *pipe); }, asio::detached);
}

FaultProxy::Core::Awaitable<void> FaultProxy::Core::fill(LinkPtr link, Pipe &pipe)
{
    for (;;) {
        while (pipe.held >= room() && !link->dead)
            co_await pipe.changed.wait();
        if (link->dead)
            co_return;
        QByteArray bytes(qsizetype(ReadSize), Qt::Uninitialized);
        const auto buffer = asio::buffer(bytes.data(), std::size_t(std::min<qsizetype>(room(), bytes.size())));
        const auto [error, size] = co_await pipe.from.async_read_some(buffer, returned);
        if (link->dead)
            co_return;
        if (error && error != asio::error::eof) {
            kill(link, false); // a reset is passed on
            co_return;
        }
        bytes.truncate(qsizetype(size));
        pipe.ended = bool(error);
        pipe.held += bytes.size();
        if (!bytes.isEmpty())
            pipe.pieces.push_back({Clock::now() + extra, bytes});
        pipe.changed.notify();
        if (pipe.ended)
            co_return;
    }
}

/// When the first piece may go on, or look again; nothing when it may now.
std::optional<Clock::time_point> FaultProxy::Core::waitsUntil(const Pipe &pipe) const
{
    const auto now = Clock::now();
    auto time = std::max(pipe.pieces.front().due, silentUntil);
    if (rate > 0)
        time = std::max(time, nextFree[std::size_t(pipe.way)]);
    return time > now ? std::optional(std::min<Clock::time_point>(time, now + Step)) : std::nullopt;
}

/// What goes on now; as much as the rate allows, and no more than to where a reset is due.
QByteArray FaultProxy::Core::portion(Pipe &pipe)
{
    QByteArray &first = pipe.pieces.front().bytes;
    const auto way = std::size_t(pipe.way);
    qsizetype size = first.size();
    if (rate > 0) {
        size = std::min<qsizetype>(size, std::max<qsizetype>(rate / 50, 256));
        nextFree[way] = std::max(nextFree[way], Clock::now()) + std::chrono::microseconds(qint64(size) * 1'000'000 / rate);
    }
    if (countdown[way] >= 0)
        size = qsizetype(std::min<qint64>(size, countdown[way]));
    const QByteArray bytes = first.left(size);
    first.remove(0, size);
    if (first.isEmpty())
        pipe.pieces.pop_front();
    pipe.held -= size;
    (pipe.way == Way::Up ? seen.up : seen.down) += size;
    return bytes;
}

/// True when these were the last bytes before a reset.
bool FaultProxy::Core::countDown(Way way, qsizetype bytes)
{
    qint64 &left = countdown[std::size_t(way)];
    if (left < 0)
        return false;
    left -= bytes;
    if (left > 0)
        return false;
    left = -1;
    return true;
}

FaultProxy::Core::Awaitable<void> FaultProxy::Core::drain(LinkPtr link, Pipe &pipe)
{
    while (!link->dead) {
        if (pipe.pieces.empty()) {
            if (pipe.ended)
                break;
            co_await pipe.changed.wait();
            continue;
        }
        if (const auto time = waitsUntil(pipe)) {
            co_await sleepUntil(*time);
            continue;
        }
        const QByteArray bytes = portion(pipe);
        const bool isLast = countDown(pipe.way, bytes.size());
        pipe.changed.notify();
        const auto [error, size] = co_await asio::async_write(pipe.to, asio::buffer(bytes.constData(), std::size_t(bytes.size())), returned);
        if (error || isLast) {
            kill(link, isLast);
            co_return;
        }
    }
    if (link->dead)
        co_return;
    boost::system::error_code ignored; // the other side may be gone
    pipe.to.shutdown(tcp::socket::shutdown_send, ignored);
    if (--link->running > 0)
        co_return;
    link->dead = true;
    links.erase(link); // closes in good order with the last coroutine
}

FaultProxy::Core::Awaitable<void> FaultProxy::Core::sleepUntil(Clock::time_point time)
{
    asio::steady_timer timer(io, time);
    co_await timer.async_wait(returned);
}

void FaultProxy::Core::kill(const LinkPtr &link, bool byFault)
{
    if (std::exchange(link->dead, true))
        return;
    seen.resets += byFault ? 1 : 0;
    spoil(link->client);
    spoil(link->server);
    link->up.changed.notify();
    link->down.changed.notify();
    links.erase(link);
}

FaultProxy::FaultProxy()
{
    onThread([this] {
        m_core = std::make_shared<Core>(m_io.context());
        m_port = m_core->acceptor.local_endpoint().port();
        asio::co_spawn(m_io.context(), [core = m_core] { return core->accept(); }, asio::detached);
    });
}

FaultProxy::~FaultProxy()
{
    onThread([this] {
        m_core->acceptor.close();
        const auto links = m_core->links;
        for (const auto &link : links)
            m_core->kill(link, false);
    });
    m_io.stop();
}

void FaultProxy::onThread(const std::function<void()> &work)
{
    const auto done = std::make_shared<std::promise<void>>(); // shared: this thread may go on while the other is still in set_value()
    auto finished = done->get_future();
    m_io.post([&work, done] {
        work();
        done->set_value();
    });
    finished.wait();
}

QUrl FaultProxy::url() const
{
    return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_port));
}

void FaultProxy::forwardTo(quint16 port)
{
    onThread([&] { m_core->target = port; });
}

void FaultProxy::reset()
{
    onThread([this] {
        const auto links = m_core->links;
        for (const auto &link : links)
            m_core->kill(link, true);
    });
}

void FaultProxy::resetAfter(Way way, qint64 bytes)
{
    onThread([&] { m_core->countdown[std::size_t(way)] = bytes; });
}

void FaultProxy::delay(std::chrono::milliseconds time)
{
    onThread([&] { m_core->extra = time; });
}

void FaultProxy::silence(std::chrono::milliseconds time)
{
    onThread([&] { m_core->silentUntil = Clock::now() + time; });
}

void FaultProxy::throttle(qint64 bytesPerSecond)
{
    onThread([&] { m_core->rate = bytesPerSecond; });
}

void FaultProxy::refuse()
{
    onThread([this] { m_core->refusing = true; });
}

void FaultProxy::heal()
{
    onThread([this] {
        m_core->extra = {};
        m_core->silentUntil = {};
        m_core->rate = 0;
        m_core->countdown = {-1, -1};
        m_core->refusing = false;
    });
}

FaultProxy::Counts FaultProxy::counts()
{
    Counts counts;
    onThread([&] {
        counts = m_core->seen;
        counts.open = int(m_core->links.size());
    });
    return counts;
}

} // namespace sluice
