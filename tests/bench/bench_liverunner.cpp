// Single-shot calls of an app that answers at once: by itself, through a sandbox's live runner, and as whole calls of Sluice's client, which looks for
// the runner first, free and paid at a fixed price. One after the other for the time of each, and several at once for calls per second. Prints
// JSON lines; asserts nothing about times.

#include "bench_support.h"
#include "peers/outcome.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/task.h"
#include "sluice/gateway/gateway.h"
#include "sluice/net/http_client.h"
#include "sluice/sandbox/sandbox_network.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QFutureWatcher>
#include <QtCore/QTemporaryDir>

#include <array>
#include <functional>

using namespace sluice;
using namespace sluice::bench;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int Warmup = 20;
constexpr int InTurn = 200;
constexpr std::array<int, 2> AtOnce{4, 8};
constexpr std::chrono::milliseconds RateTime{3'000};
constexpr std::chrono::seconds Health{20};

/// One call; its answer's status, or 0.
using Way = std::function<QFuture<int>()>;

class App {
public:
    App()
    {
        HttpServerOptions options;
        m_http = std::make_unique<HttpServer>(m_io, options,
            [](ServerRequest request, ServerResponse &response) { return answer(std::move(request), response); });
        orThrow(m_http->listen());
    }
    ~App() { m_http->stop(); }
    App(const App &) = delete;
    App &operator=(const App &) = delete;
    [[nodiscard]] QString origin() const { return m_http->origin(); }

private:
    static boost::asio::awaitable<void> answer(ServerRequest, ServerResponse &response)
    {
        co_await response.send(200, headers::contentType("application/json"), "{\"done\":true}");
    }

    IoThread m_io;
    std::unique_ptr<HttpServer> m_http;
};

/// A sandbox with that app.
class Network {
public:
    Network(const App &app, bool paid)
    {
        SandboxOptions options;
        options.stateFile = m_folder.filePath(QStringLiteral("sandbox.sqlite"));
        options.only = QStringList{QStringLiteral("liverunner")};
        options.offChain = !paid;
        options.runnersFile = m_folder.filePath(QStringLiteral("runners.json"));
        const Json price{{QStringLiteral("price"), QStringLiteral("0.00002")}, {QStringLiteral("unit"), QStringLiteral("fixed")}}; // ten gwei
        const Json entry{{QStringLiteral("label"), QStringLiteral("bench")}, {QStringLiteral("routing"), QStringLiteral("label")},
            {QStringLiteral("runner_url"), app.origin()}, {QStringLiteral("app"), QStringLiteral("acme/bench")}, {QStringLiteral("mode"), QStringLiteral("single-shot")},
            {QStringLiteral("capacity"), AtOnce.back() * 4}, {QStringLiteral("health_url"), QStringLiteral("/health")}, {QStringLiteral("price_info"), price}};
        Json runners = Json::array();
        runners.append(entry);
        QFile file(options.runnersFile);
        if (!file.open(QIODevice::WriteOnly))
            throw Error(Error::Kind::Storage, file.errorString());
        file.write(Json{{QStringLiteral("runners"), runners}}.dump());
        file.close();
        m_sandbox = std::make_unique<SandboxNetwork>(options);
        const Json ready = orThrow(test::outcomeOf(m_sandbox->start()));
        m_node = ready.value(QStringLiteral("orchestrator")).toString();
        GatewayConfig config;
        config.orchUrls = {m_node};
        if (paid)
            config.senderKey = Secret(QByteArrayView(ready.value(QStringLiteral("sender_key")).toString().toLatin1()));
        gateway = std::make_unique<Gateway>(config, UserData::inMemory());
        const auto limit = Steady::now() + Health;
        while (status(call()) != 200) {
            if (Steady::now() > limit)
                throw Error(Error::Kind::Timeout, QStringLiteral("The app is not listed."));
        }
    }
    [[nodiscard]] QString appUrl() const { return m_node + QStringLiteral("/apps/bench/app/x"); }
    QFuture<int> call()
    {
        Call made;
        made.backend = QStringLiteral("liverunner");
        made.capability = QStringLiteral("acme/bench");
        made.path = QStringLiteral("x");
        made.input = Json::object();
        const QFuture<RunResult> future(gateway->run(made));
        return QFuture<RunResult>(future).then([](const RunResult &result) { return result.status; }).onFailed([] { return 0; });
    }
    static int status(QFuture<int> future)
    {
        QEventLoop loop;
        QFutureWatcher<int> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        if (!future.isFinished())
            loop.exec();
        return future.result();
    }

    std::unique_ptr<Gateway> gateway;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<SandboxNetwork> m_sandbox;
    QString m_node;
};

/// So many calls at once, for that time; how many were answered in a second.
double perSecond(const Way &way, int atOnce, int &failed)
{
    QEventLoop loop;
    QObject context;
    const auto begun = Steady::now();
    int done = 0;
    int running = 0;
    std::function<void()> begin = [&] {
        ++running;
        way().then(&context, [&](int status) {
            --running;
            ++(status == 200 ? done : failed);
            if (Steady::now() - begun < RateTime)
                begin();
            else if (running == 0)
                loop.quit();
        });
    };
    for (int i = 0; i < atOnce; ++i)
        begin();
    loop.exec();
    return done / (milliseconds(Steady::now() - begun) / 1e3);
}

void measure(const char *what, const Way &way)
{
    int failed = 0;
    std::vector<double> times;
    for (int i = 0; i < Warmup + InTurn; ++i) {
        const auto begun = Steady::now();
        failed += Network::status(way()) != 200;
        if (i >= Warmup)
            times.push_back(milliseconds(Steady::now() - begun));
    }
    Json rates = Json::array();
    for (const int atOnce : AtOnce) {
        const double rate = perSecond(way, atOnce, failed);
        rates.append(Json{{"at_once", atOnce}, {"per_second", rounded(rate, 0)}});
    }
    printLine(Json{{"way", what}, {"p50_ms", rounded(percentile(times, 0.5))}, {"p95_ms", rounded(percentile(times, 0.95))}, {"rates", rates}, {"failed", failed}});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    try {
        const App served;
        MemoryPinStore pins;
        TlsTrust trust{pins};
        HttpClient http{trust};
        const auto post = [&http](QString url) {
            return [&http, url] {
                HttpRequest request;
                request.method = "POST";
                request.url = QUrl(url);
                request.headers = headers::contentType("application/json");
                request.body = "{}";
                request.trust = TrustPolicy::PinOnFirstUse;
                return toFuture(http.send(request, CallContext())).then([](const HttpResponse &response) { return response.status; }).onFailed([] { return 0; });
            };
        };
        measure("app alone", post(served.origin() + QStringLiteral("/x")));
        {
            Network free(served, false);
            measure("through the runner", post(free.appUrl()));
            measure("call, free", [&free] { return free.call(); });
        }
        Network paid(served, true);
        measure("call, paid", [&paid] { return paid.call(); });
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
    return 0;
}
