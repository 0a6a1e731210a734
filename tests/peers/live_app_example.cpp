// An app of a live runner, whole: each session gets two trickle channels and an address of its own, and is greeted.
//
//   live_app_example https://orchestrator:8935        with the orchestrator's secret in ORCH_SECRET
// SIGTERM or SIGINT takes it off the orchestrator's list, and ends it.
//
// Called with `sluicectl session example/greeter --path "" --input '{"name":"Bo"}'`, or from the window.

#include "sluice/runner/app_session.h"
#include "sluice/runner/runner_server.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSocketNotifier>

#include <csignal>
#include <cstdio>

#include <sys/signalfd.h>
#include <unistd.h>

using namespace sluice;

namespace {

class Greeter final : public PredictCapability {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("greeter"); }
    [[nodiscard]] QString description() const override { return QStringLiteral("Greets within a session, and names the session's channels. It understands nothing."); }
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] CapabilityPrice price() const override { return {}; } // of BYOC; it registers as a live runner's app alone
    [[nodiscard]] int capacity() const override { return 4; }
    [[nodiscard]] LiveAppOffer liveApp() const override
    {
        LiveAppOffer offer;
        offer.price = QStringLiteral("0.10"); // dollars
        offer.unit = QStringLiteral("hour");
        offer.needsSession = true;
        return offer;
    }
    [[nodiscard]] Json inputSchema() const override
    {
        return orThrow(Json::parse(R"({"type":"object","required":["name"],"properties":{"name":{"type":"string","minLength":1}}})"));
    }
    [[nodiscard]] Json outputSchema() const override { return orThrow(Json::parse(R"({"type":"object","x-output":{"type":"json"}})")); }

    [[nodiscard]] PredictResult predict(const Json &input, const RunContext &context) override
    {
        AppSession &session = *context.session(); // there is one: the runner refuses calls without
        // Asked for again, the channels that are there already are given.
        const auto channels = orThrow(session.createChannels({{QStringLiteral("in"), QStringLiteral("video/mp2t")}, {QStringLiteral("out"), QStringLiteral("video/mp2t")}}));
        const QUrl proxy = orThrow(session.createProxy());
        // What the caller gets are the public addresses; the app itself uses AppChannel::ownUrl.
        return PredictResult::json(Json{{QStringLiteral("greeting"), QStringLiteral("Hello %1").arg(input.value(QStringLiteral("name")).toString())},
            {QStringLiteral("in"), channels[0].url.toString()}, {QStringLiteral("out"), channels[1].url.toString()}, {QStringLiteral("proxy"), proxy.toString()}});
    }
};

/// Has the event loop end at SIGTERM and SIGINT. Made before there are threads, as those would take the signals otherwise.
class EndBySignal {
public:
    EndBySignal()
    {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGINT);
        ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        m_descriptor = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    ~EndBySignal() { ::close(m_descriptor); }
    EndBySignal(const EndBySignal &) = delete;
    EndBySignal &operator=(const EndBySignal &) = delete;

    void watch(QCoreApplication &app) const
    {
        auto *notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, &app);
        QObject::connect(notifier, &QSocketNotifier::activated, notifier, [notifier] {
            notifier->setEnabled(false);
            ::alarm(10); // the runner signs off within two seconds; whatever hangs, the process ends
            QCoreApplication::quit();
        });
    }

private:
    int m_descriptor = -1;
};

} // namespace

int main(int argc, char **argv)
{
    EndBySignal end;
    QCoreApplication app(argc, argv);
    end.watch(app);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 2) {
        std::fprintf(stderr, "Usage: live_app_example ORCHESTRATOR, with its secret in ORCH_SECRET\n");
        return 2;
    }
    RunnerOptions options;
    options.orchestrator = QUrl(arguments[1]);
    options.orchestratorSecret = Secret(QByteArrayView(qgetenv("ORCH_SECRET")));
    options.registerAs = RunnerOptions::RegisterAs::LiveRunner;
    options.appOwner = QStringLiteral("example");
    RunnerServer server(options);
    QObject::connect(&server, &RunnerServer::appRegistered, &app, [](const QString &name) { std::fprintf(stderr, "registered %s\n", qPrintable(name)); });
    QObject::connect(&server, &RunnerServer::registrationFailed, &app, [](const QString &, const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        QCoreApplication::exit(1);
    });
    const auto added = server.add(std::make_unique<Greeter>());
    const auto port = added ? server.start() : Expected<quint16>(unexpected(added.error()));
    if (!port) {
        std::fprintf(stderr, "%s\n", qPrintable(port.error().describe()));
        return 1;
    }
    return QCoreApplication::exec(); // behind it, the runner unregisters
}
