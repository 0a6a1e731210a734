#include "sluice/net/asio_exchange.h"
#include "sluice/net/http_server.h"
#include "sluice/net/pacing_p.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <QtTest/QTest>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <future>

using namespace sluice;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

QByteArray congestionControlOf(int socket)
{
    char name[16] = {};
    socklen_t size = sizeof name;
    return ::getsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, name, &size) == 0 ? QByteArray(name) : QByteArray();
}

quint16 portOf(int socket, decltype(::getsockname) *ask)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    const bool known = ask(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0 && address.sin_family == AF_INET;
    return known ? ntohs(address.sin_port) : 0;
}

/// How the connected sockets of this process that have this port here, or there, send.
QByteArrayList sendersAt(quint16 port, bool here)
{
    QByteArrayList found;
    for (int socket = 3; socket < 1024; ++socket) {
        if (portOf(socket, &::getpeername) != 0 && portOf(socket, here ? &::getsockname : &::getpeername) == port)
            found.append(congestionControlOf(socket));
    }
    return found;
}

} // namespace

/// Within one machine there is nothing to pace.
class TestNetPacing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyLoopbackIsNotPaced();
    void neitherOurServerNorOurClientIsPacedOnLoopback();
};

void TestNetPacing::onlyLoopbackIsNotPaced()
{
    asio::io_context context;
    for (const auto &[address, unpaced] : {std::pair("127.0.0.1", true), std::pair("127.8.9.1", true), std::pair("0.0.0.0", false), std::pair("192.0.2.7", false)}) {
        tcp::socket socket(context, tcp::v4());
        const QByteArray before = congestionControlOf(socket.native_handle());
        doNotPace(socket.native_handle(), asio::ip::make_address(address));
        QCOMPARE(congestionControlOf(socket.native_handle()), unpaced ? QByteArray("reno") : before);
    }
}

void TestNetPacing::neitherOurServerNorOurClientIsPacedOnLoopback()
{
    IoThread io;
    QByteArrayList server;
    QByteArrayList client;
    HttpServer http(io, {}, [&](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        const auto port = quint16(QUrl(http.origin()).port());
        server = sendersAt(port, true);
        client = sendersAt(port, false);
        co_await response.sendText(200, "seen");
    });
    orThrow(http.listen());
    std::promise<int> status;
    const QUrl url(http.origin() + QLatin1Char('/'));
    const auto ask = [&]() -> asio::awaitable<void> {
        AsioExchange exchange(io.context().get_executor(), url, nullptr);
        co_await exchange.connect(5s);
        Headers none;
        co_await exchange.begin("GET", url, std::move(none), AsioExchange::Body::None);
        co_await exchange.receiveHead();
        status.set_value(exchange.status());
    };
    asio::co_spawn(io.context(), ask, [&](const std::exception_ptr &problem) {
        if (problem)
            status.set_exception(problem);
    });
    QCOMPARE(status.get_future().get(), 200);
    QCOMPARE(server, QByteArrayList{"reno"});
    QCOMPARE(client, QByteArrayList{"reno"});
}

QTEST_GUILESS_MAIN(TestNetPacing)
#include "tst_net_pacing.moc"
