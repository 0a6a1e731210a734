// The first and the second paid call of a program: the second finds the connection that the first one made. Prints JSON lines; asserts nothing.

#include "bench_support.h"
#include "peers/outcome.h"

#include "sluice/gateway/gateway.h"
#include "sluice/backend/user_data.h"
#include "sluice/sandbox/sandbox_network.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFutureWatcher>
#include <QtCore/QTemporaryDir>

using namespace sluice;
using namespace sluice::bench;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int Programs = 15;

/// Runs the event loop until the future has its end; its exceptions come through.
template <typename T> T awaited(QFuture<T> future)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.result();
}

void measure(Gateway &gateway, const char *which)
{
    const auto begun = Steady::now();
    const RunResult result = awaited(gateway.run(QStringLiteral("text-analysis"), Json{{"text", "What a lovely day."}}));
    const double taken = milliseconds(Steady::now() - begun);
    const auto steps = [&result](const char *name) {
        return int(std::count_if(result.trace.begin(), result.trace.end(), [name](const TraceSpan &span) { return span.name == QLatin1String(name); }));
    };
    // What the first call left of its payment pays the second.
    if (!result.payment.balanceAfter)
        throw Error(Error::Kind::Internal, QStringLiteral("The call cost nothing."));
    printLine(Json{{"call", which}, {"ms", rounded(taken)}, {"connects", steps("connect")}, {"handshakes", steps("tls")}});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QTemporaryDir folder;
    SandboxOptions options;
    options.stateFile = folder.filePath(QStringLiteral("sandbox.sqlite"));
    try {
        SandboxNetwork sandbox(options);
        const Json ready = orThrow(test::outcomeOf(sandbox.start()));
        GatewayConfig config;
        config.orchUrls = {ready.value(QStringLiteral("orchestrator")).toString()};
        config.senderKey = Secret(QByteArrayView(ready.value(QStringLiteral("sender_key")).toString().toLatin1()));
        for (int i = 0; i < Programs; ++i) {
            Gateway gateway(config, UserData::inMemory()); // knows nobody yet, as a program that has just begun
            measure(gateway, "first");
            measure(gateway, "second");
        }
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
    return 0;
}
