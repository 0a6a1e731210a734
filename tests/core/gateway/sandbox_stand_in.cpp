// Keeps the promises that LocalNetwork builds on, and breaks them on demand: a lock, a ready line, a ready file, and an
// end that waits for those who use it.

#include "sluice/backend/sandbox_files.h"
#include "sluice/base/json.h"
#include "sluice/base/use_lock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QLockFile>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>
#include <unistd.h>

namespace {
volatile std::sig_atomic_t stopped = 0;
volatile std::sig_atomic_t letGo = 0;
void stop(int signal)
{
    (signal == SIGTERM ? stopped : letGo) = 1;
}

/// For a file that a test makes when it has seen enough; a test that fails before leaves nobody behind.
template <typename Condition> void waitUntil(Condition condition)
{
    constexpr std::chrono::seconds Patience(30);
    const auto until = std::chrono::steady_clock::now() + Patience;
    while (!condition() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

void waitFor(const QString &file)
{
    waitUntil([&file] { return QFile::exists(file); });
}
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString state = arguments.value(arguments.indexOf(QStringLiteral("--state")) + 1);
    std::signal(SIGTERM, stop);
    std::signal(sluice::SandboxLetGoSignal, stop);
    std::fprintf(stderr, "starting on %s\n", qUtf8Printable(state));
    if (arguments.contains(QStringLiteral("--fail"))) {
        std::fprintf(stderr, "the state is damaged\n");
        return 3;
    }
    if (arguments.contains(QStringLiteral("--tells-why"))) {
        std::printf("{\"ok\":false,\"error\":{\"kind\":\"storage\",\"message\":\"The disk is full.\",\"advice\":\"Free some space.\"}}\n");
        return 1;
    }
    QLockFile lock(state + QStringLiteral(".lock"));
    lock.setStaleLockTime(0);
    if (!lock.tryLock(0)) {
        std::fprintf(stderr, "locked\n");
        return 4;
    }
    if (arguments.contains(QStringLiteral("--begins-when-told")))
        waitFor(state + QStringLiteral(".begin"));
    using sluice::Json;
    Json said{{QStringLiteral("event"), "ready"}, {QStringLiteral("orchestrator"), "https://127.0.0.1:1"},
        {QStringLiteral("secret"), "s"}, {QStringLiteral("sender_key"), QString(64, QLatin1Char('1'))},
        {QStringLiteral("pid"), qint64(QCoreApplication::applicationPid())}, {QStringLiteral("ends_with"), qint64(::getppid())}};
    if (arguments.contains(QStringLiteral("--services")))
        said.insert(QStringLiteral("services"), Json{{QStringLiteral("byoc"), Json{{QStringLiteral("secret"), "s"}}},
            {QStringLiteral("aigateway"), Json{{QStringLiteral("base_url"), "http://127.0.0.1:2"}, {QStringLiteral("api_key"), "k"}}},
            {QStringLiteral("of-the-future"), Json{{QStringLiteral("x"), 1}}}});
    const QByteArray line = said.dump();
    QFile ready(state + QStringLiteral(".ready.json"));
    if (!ready.open(QIODevice::WriteOnly) || ready.write(line + '\n') < 0)
        return 5;
    ready.close();
    std::printf("noise before the line\n%s\n", line.constData());
    std::fflush(stdout);
    while (!stopped && !letGo)
        ::pause();
    waitUntil([&] { return stopped || sluice::UseLock::whenUnused(state + QStringLiteral(".users"), [&ready] { ready.remove(); }); });
    ready.remove();
    if (arguments.contains(QStringLiteral("--ends-when-told")))
        waitFor(state + QStringLiteral(".end"));
    return 0;
}
