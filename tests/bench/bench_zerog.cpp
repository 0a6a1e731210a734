// Both agents of 0G serving as programs of their own, between clients and a scripted model server in this one: what they add to a call, calls per
// second of many users on one account, and a settlement of many requests while calls go on. Lines of JSON.
//
//   bench_zerog SLUICECTL

#include "bench_support.h"

#include "sluice/net/asio_http_client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_future.hpp>

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <atomic>

using namespace sluice;
using namespace sluice::bench;
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int WarmUp = 100;
constexpr int OneUserCalls = 1000;
constexpr int Users = 100;
constexpr std::chrono::seconds ManyUsersTime{10};
constexpr int Settled = 10'000;

/// Answers of different lengths, so that what a call declares differs, too.
asio::awaitable<void> model(ServerRequest, ServerResponse &response)
{
    static int count = 0;
    QByteArray words = "one";
    for (int i = 0; i < count % 13; ++i)
        words += " two";
    ++count;
    Headers head = headers::contentType("application/json");
    QByteArray body = R"({"choices":[{"message":{"role":"assistant","content":")" + words + R"("}}]})";
    co_await response.send(200, std::move(head), std::move(body));
}

/// `sluicectl zerog …`, until this goes.
class Agent final {
public:
    Agent(const QString &program, const QStringList &arguments, const QByteArray &key)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SLUICE_ZEROG_KEY"), QString::fromLatin1(key));
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, QStringList{QStringLiteral("zerog")} + arguments + QStringList{QStringLiteral("--json"), QStringLiteral("--port"), QStringLiteral("0")});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(30'000))
                throw std::runtime_error("an agent did not start");
        }
        m_ready = orThrow(Json::parse(m_process.readLine()));
    }
    ~Agent()
    {
        m_process.terminate();
        m_process.waitForFinished(10'000);
    }
    [[nodiscard]] QString url() const { return m_ready.value(QStringLiteral("url")).toString(); }
    [[nodiscard]] QString address() const { return m_ready.value(QStringLiteral("address")).toString(); }

private:
    QProcess m_process;
    Json m_ready;
};

/// One client, one connection, one call after the other.
asio::awaitable<void> callOn(QUrl url, const std::function<bool()> &more, Samples &times, std::atomic<int> &failed)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    AsioExchange exchange(executor, url, nullptr);
    co_await exchange.connect(std::chrono::seconds(10));
    while (more()) {
        const auto begun = Clock::now();
        Headers head = headers::contentType("application/json");
        QByteArray body = R"({"messages":[{"role":"user","content":"Say this is a test!"}]})";
        co_await exchange.sendOneOfMany("POST", url, std::move(head), std::move(body), std::chrono::seconds(60));
        co_await exchange.receiveHead(std::chrono::seconds(60));
        for (;;) {
            const QByteArray bytes = co_await exchange.read();
            if (bytes.isEmpty())
                break;
        }
        if (exchange.status() == 200)
            times.add(milliseconds(Clock::now() - begun));
        else
            ++failed;
    }
}

double p50Of(IoThread &io, const QUrl &url, int calls, std::atomic<int> &failed)
{
    Samples times;
    int left = WarmUp + calls;
    const std::function<bool()> more = [&] {
        if (left == calls)
            times.clear();
        return left-- > 0;
    };
    asio::co_spawn(io.context(), callOn(url, more, times, failed), asio::use_future).get();
    return percentile(times.values(), 0.5).value_or(0);
}

AsioHttpResponse ask(IoThread &io, const QByteArray &method, const QString &url, const Json &body = {})
{
    AsioHttpRequest request;
    request.method = method;
    request.url = QUrl(url);
    request.headers = headers::contentType("application/json");
    if (!body.isNull())
        request.body = body.dump();
    const AsioHttpResponse answer = asio::co_spawn(io.context(), asioSend(request), asio::use_future).get();
    if (answer.status >= 300)
        throw std::runtime_error(answer.body.toStdString());
    return answer;
}

/// Many users at once for a time; calls that were answered.
std::size_t crowd(IoThread &io, const QUrl &url, std::chrono::milliseconds time, std::atomic<int> &failed, Samples &times)
{
    const auto end = Clock::now() + time;
    const std::function<bool()> more = [end] { return Clock::now() < end; };
    std::vector<std::future<void>> users;
    for (int i = 0; i < Users; ++i)
        users.push_back(asio::co_spawn(io.context(), callOn(url, more, times, failed), asio::use_future));
    for (auto &user : users)
        user.get();
    return times.values().size();
}

void measure(const QString &sluicectl)
{
    QTemporaryDir folder;
    IoThread io;
    HttpServer service(io, HttpServerOptions(), &model);
    (void)orThrow(service.listen());
    const QStringList ledger{QStringLiteral("--ledger"), folder.filePath(QStringLiteral("ledger.db"))};
    Agent provider(sluicectl, QStringList{QStringLiteral("provider")} + ledger, QByteArray(63, '0') + '1');
    Agent user(sluicectl, QStringList{QStringLiteral("user")} + ledger, QByteArray(63, '0') + '2');
    ask(io, "POST", provider.url() + QStringLiteral("/v1/service"), Json{{QStringLiteral("URL"), service.origin()}, {QStringLiteral("inputPrice"), 1},
        {QStringLiteral("outputPrice"), 2}, {QStringLiteral("Type"), QStringLiteral("chatbot")}, {QStringLiteral("Name"), QStringLiteral("m")}});
    ask(io, "POST", user.url() + QStringLiteral("/v1/provider"), Json{{QStringLiteral("provider"), provider.address()}, {QStringLiteral("balance"), QStringLiteral("1000000000000")}});
    const QUrl proxied(QStringLiteral("%1/v1/provider/%2/service/m/v1/chat/completions").arg(user.url(), provider.address()));
    std::atomic<int> failed = 0;

    const double direct = p50Of(io, QUrl(service.origin() + QStringLiteral("/v1/chat/completions")), OneUserCalls, failed);
    const double through = p50Of(io, proxied, OneUserCalls, failed);
    printLine(Json{{QStringLiteral("part"), QStringLiteral("added")}, {QStringLiteral("direct_p50_ms"), rounded(direct, 3)},
        {QStringLiteral("proxied_p50_ms"), rounded(through, 3)}, {QStringLiteral("added_p50_ms"), rounded(through - direct, 3)}, {QStringLiteral("failed"), failed.load()}});

    Samples times;
    failed = 0;
    const std::size_t answered = crowd(io, proxied, ManyUsersTime, failed, times);
    const double seconds = double(std::chrono::milliseconds(ManyUsersTime).count()) / 1000;
    printLine(Json{{QStringLiteral("part"), QStringLiteral("users")}, {QStringLiteral("users"), Users}, {QStringLiteral("calls_per_second"), rounded(double(answered) / seconds, 0)},
        {QStringLiteral("p50_ms"), rounded(percentile(times.values(), 0.5))}, {QStringLiteral("p99_ms"), rounded(percentile(times.values(), 0.99))}, {QStringLiteral("failed"), failed.load()}});

    // What was called so far is settled, then exactly so many.
    ask(io, "POST", provider.url() + QStringLiteral("/v1/settle"));
    Samples more;
    std::atomic<int> left = Settled;
    const std::function<bool()> counted = [&left] { return left-- > 0; };
    std::vector<std::future<void>> users;
    for (int i = 0; i < Users; ++i)
        users.push_back(asio::co_spawn(io.context(), callOn(proxied, counted, more, failed), asio::use_future));
    for (auto &one : users)
        one.get();
    IoThread other;
    std::atomic<bool> settling = true;
    const std::function<bool()> meanwhile = [&settling] { return settling.load(); };
    Samples during;
    auto caller = asio::co_spawn(other.context(), callOn(proxied, meanwhile, during, failed), asio::use_future);
    const auto begun = Clock::now();
    ask(io, "POST", provider.url() + QStringLiteral("/v1/settle"));
    const double took = milliseconds(Clock::now() - begun);
    settling = false;
    caller.get();
    printLine(Json{{QStringLiteral("part"), QStringLiteral("settle")}, {QStringLiteral("requests"), Settled}, {QStringLiteral("ms"), rounded(took, 0)},
        {QStringLiteral("calls_meanwhile"), int(during.values().size())}, {QStringLiteral("failed"), failed.load()}});
    service.stop();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "bench_zerog SLUICECTL\n");
        return 2;
    }
    try {
        measure(QString::fromLocal8Bit(argv[1]));
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench_zerog: %s\n", error.what());
        return 1;
    }
    return 0;
}
