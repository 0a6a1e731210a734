#include "sluice/endpoint/profile_worker.h"

#include "profile_provider_p.h"

#include "sluice/llmworker/backend_settings.h"
#include "sluice/llmworker/server.h"
#include "sluice/net/io_thread.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <array>

namespace sluice {

namespace {

const QString Backend = QStringLiteral("llmworker");

Secret freshKey()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    QByteArray text = QByteArray(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words)).toHex();
    cleanse(words.data(), sizeof words);
    return Secret::take(text);
}

} // namespace

class ProfileWorker::Private {
public:
    std::shared_ptr<endpoint::Seat> seat = std::make_shared<endpoint::Seat>();
    std::unique_ptr<IoThread> io;
    std::unique_ptr<llmworker::Server> server;
};

ProfileWorker::ProfileWorker()
    : d(std::make_unique<Private>())
{
}

ProfileWorker::~ProfileWorker()
{
    stop();
}

bool ProfileWorker::isWanted(const GatewayConfig &config)
{
    const auto settings = config.backends.constFind(Backend);
    if (settings == config.backends.cend())
        return false;
    const auto templates = llmworker::WorkerSettings::from(*settings).templates;
    return std::any_of(templates.begin(), templates.end(), [](const auto &one) { return llmworker::asksProfileOnly(one); });
}

Expected<void> ProfileWorker::start(GatewayConfig &config)
{
    stop();
    if (!isWanted(config))
        return {};
    llmworker::ServerOptions options;
    options.address = QStringLiteral("127.0.0.1");
    options.port = 0;
    options.key = freshKey();
    options.replay = true;
    options.cancel = true;
    options.listJobs = true;
    options.tellStreams = true;
    llmworker::Providers providers;
    providers.emplace(QStringLiteral("local"), endpoint::makeProvider(d->seat, config.profile, true));
    auto io = std::make_unique<IoThread>();
    auto server = std::make_unique<llmworker::Server>(*io, options, providers);
    const auto url = server->listen();
    if (!url)
        return unexpected(url.error());
    d->io = std::move(io);
    d->server = std::move(server);
    BackendSettings &settings = config.backends[Backend];
    settings.values.insert(QLatin1String(llmworker::HereUrl), url->toString());
    settings.secrets.insert(QLatin1String(llmworker::HereKey), options.key);
    return {};
}

void ProfileWorker::setGateway(Gateway *gateway)
{
    d->seat->gateway = gateway;
}

void ProfileWorker::stop()
{
    if (!d->server)
        return;
    d->server->stop();
    d->server.reset();
    d->io.reset();
    // What is still asked for finds the old seat empty.
    d->seat->gateway = nullptr;
    d->seat = std::make_shared<endpoint::Seat>();
}

bool ProfileWorker::isRunning() const
{
    return d->server != nullptr;
}

} // namespace sluice
