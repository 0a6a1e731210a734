#include "sluice/runner/runner_server.h"

#include "sluice/base/log.h"
#include "sluice/net/http_server.h"
#include "sluice/runner/live_apps_p.h"
#include "sluice/runner/registrar_p.h"
#include "sluice/runner/runner_handler_p.h"

#include <QtCore/QPromise>
#include <QtCore/QThread>

#include <thread>

namespace sluice {

class RunnerServer::Private {
public:
    explicit Private(RunnerOptions given)
        : options(std::move(given))
        , ownIo(options.ioThread ? nullptr : std::make_unique<IoThread>())
        , trust(pins)
        , handler(io(), {options.bearerToken, options.callTimeout, options.maxInputBytes, liveSettings()})
    {
        anchor.moveToThread(&control);
        trust.moveToThread(&control);
        stopped.start();
    }
    ~Private()
    {
        control.quit();
        control.wait();
        if (ending.joinable())
            ending.join();
    }

    IoThread &io() { return options.ioThread ? *options.ioThread : *ownIo; }
    LiveSettings liveSettings();
    std::optional<OriginPolicy> channelOrigins() const;
    QUrl urlOf(const QString &name) const;
    void startRegistrar(RunnerServer *owner);
    void startApps(RunnerServer *owner);
    void endApps(std::function<void()> next);
    void shutDown();

    RunnerOptions options;
    std::unique_ptr<IoThread> ownIo;
    MemoryPinStore pins;
    TlsTrust trust; // lives on `control`: for channels whose server's key is not in the options
    RunnerHandler handler;
    std::unique_ptr<HttpServer> server;
    QThread control; // runs the registrar and the end; no event loop of the caller is needed
    QObject anchor;  // lives on `control`, to call things there
    Registrar *registrar = nullptr; // lives on `control`
    std::unique_ptr<LiveApps> apps;  // lives on `control`; outlives the capabilities' threads
    QPromise<void> stopped;
    std::thread ending;
    bool stopping = false;
};

LiveSettings RunnerServer::Private::liveSettings()
{
    LiveSettings live;
    live.heartbeat = options.heartbeatInterval;
    live.status = options.statusInterval;
    live.startTimeout = std::min(live.startTimeout, options.callTimeout);
    live.maxInputBytes = options.maxInputBytes;
    live.origins = channelOrigins();
    live.tls = options.orchestratorFingerprint.isEmpty() ? AsioTls::trusting(trust, TrustPolicy::PinOnFirstUse)
                                                         : AsioTls::expecting(options.orchestratorFingerprint);
    return live;
}

std::optional<OriginPolicy> RunnerServer::Private::channelOrigins() const
{
    QList<Origin> origins;
    if (const auto orchestrator = Origin::of(options.orchestrator))
        origins.append(*orchestrator);
    for (const QString &text : options.channelOrigins) {
        if (const auto origin = Origin::of(QUrl(text)))
            origins.append(*origin);
        else
            qCWarning(logRunner).noquote() << "channels of" << text << "are not used:" << origin.error().describe();
    }
    if (origins.isEmpty())
        return std::nullopt;
    return OriginPolicy(origins.first(), origins.mid(1));
}

QUrl RunnerServer::Private::urlOf(const QString &name) const
{
    QString base = options.publicUrl;
    if (base.isEmpty() && server)
        base = server->origin();
    while (base.endsWith(u'/'))
        base.chop(1);
    return QUrl(base + u'/' + name);
}

void RunnerServer::Private::startRegistrar(RunnerServer *owner)
{
    QList<Registrar::Entry> entries;
    for (const auto &[name, served] : handler.capabilities()) {
        Json body = served->registration(urlOf(name).toString());
        if (!options.bearerToken.isEmpty())
            body.insert(QStringLiteral("token"), QString::fromUtf8(options.bearerToken.expose()));
        entries.append({name, body.dump()});
    }
    const Registrar::Settings settings{options.orchestrator, options.orchestratorSecret, options.orchestratorFingerprint,
        options.retryInterval, options.maxTries, options.watchInterval};
    // Made on its own thread: its timers and sockets belong there.
    QMetaObject::invokeMethod(&anchor, [this, owner, settings, entries] {
        registrar = new Registrar(settings, entries);
        QObject::connect(registrar, &Registrar::registered, owner, &RunnerServer::registered);
        QObject::connect(registrar, &Registrar::forgotten, owner, &RunnerServer::forgotten);
        QObject::connect(registrar, &Registrar::failed, owner, &RunnerServer::registrationFailed);
        registrar->start();
    });
}

void RunnerServer::Private::startApps(RunnerServer *owner)
{
    QList<LiveApps::App> all;
    for (const auto &[name, served] : handler.capabilities()) {
        if (served->isLive())
            continue;
        const LiveAppOffer &offer = served->liveApp();
        LiveApps::App app;
        app.name = name;
        app.config.orchestrator = options.orchestrator;
        app.config.secret = options.orchestratorSecret;
        app.config.fingerprint = options.orchestratorFingerprint;
        app.config.runnerUrl = urlOf(QString::fromLatin1(apps->prefix().mid(1)) + u'/' + name).toString();
        app.config.app = options.appOwner.isEmpty() ? name : options.appOwner + u'/' + name;
        app.config.singleShot = !offer.needsSession;
        app.config.proxy = offer.proxy;
        app.config.capacity = served->capacity();
        app.config.price = offer.price.isEmpty() ? options.appPrice : offer.price;
        app.config.priceUnit = offer.price.isEmpty() ? QStringLiteral("fixed") : offer.unit;
        app.config.version = served->version();
        app.config.metadata = served->liveMetadata();
        app.config.firstRetry = options.retryInterval;
        all.append(app);
    }
    QObject::connect(apps.get(), &LiveApps::registered, owner, &RunnerServer::appRegistered);
    QObject::connect(apps.get(), &LiveApps::lost, owner, &RunnerServer::forgotten);
    QObject::connect(apps.get(), &LiveApps::problem, owner, [owner](const QString &name, const Error &error, bool isFinal) {
        if (isFinal)
            Q_EMIT owner->registrationFailed(name, error);
    });
    QMetaObject::invokeMethod(apps.get(), [this, all] { apps->start(all); });
}

void RunnerServer::Private::endApps(std::function<void()> next)
{
    if (apps)
        apps->stop(std::move(next));
    else
        next();
}

void RunnerServer::Private::shutDown()
{
    const auto end = [this] {
        if (registrar)
            std::exchange(registrar, nullptr)->deleteLater();
        if (server)
            server->stop(); // cancels the calls
        if (!control.isRunning()) {
            handler.clear();
            stopped.finish();
            return;
        }
        // Waits for the jobs' threads, and they may have to ask this one whether a channel's server is to be trusted.
        ending = std::thread([this] {
            handler.clear();
            QMetaObject::invokeMethod(&anchor, [this] {
                apps.reset();
                stopped.finish();
                control.quit();
            });
        });
    };
    const auto ended = [this, end] { endApps(end); };
    if (registrar)
        registrar->stop(ended);
    else
        ended();
}

RunnerServer::RunnerServer(RunnerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(options)))
{
    qRegisterMetaType<sluice::Error>();
}

RunnerServer::~RunnerServer()
{
    stop().waitForFinished();
}

Expected<void> RunnerServer::add(std::unique_ptr<Capability> capability)
{
    const auto served = std::make_shared<ServedCapability>(std::move(capability), d->options.maxWaitingCalls);
    QStringList problems = served->problems();
    if (d->handler.capabilities().contains(served->name()))
        problems.append(QStringLiteral("There is one of that name already."));
    if (d->server)
        problems.append(QStringLiteral("The runner has started; add capabilities before."));
    if (!problems.isEmpty())
        return unexpected(Error(Error::Kind::Config, QStringLiteral("The capability \"%1\" cannot be served: %2")
                                    .arg(served->name(), problems.join(u' '))));
    d->handler.add(served);
    return {};
}

Expected<quint16> RunnerServer::start()
{
    if (d->handler.capabilities().empty() || d->server || d->stopping)
        return unexpected(Error(Error::Kind::Config, d->server || d->stopping
                ? QStringLiteral("A runner starts once.")
                : QStringLiteral("A runner without a capability has nothing to serve. Add one before start().")));
    HttpServerOptions http;
    http.address = d->options.address;
    http.port = d->options.port;
    // The handler looks at the bearer before it has the body collected.
    http.streamsBody = [](const ServerRequest &) { return true; };
    http.hosts = QStringList{d->options.publicUrl};
    const bool asApps = !d->options.orchestrator.isEmpty() && d->options.registerAs != RunnerOptions::RegisterAs::Byoc;
    if (asApps) {
        LiveApps::Settings settings;
        settings.idleLimit = d->options.sessionIdleLimit;
        settings.fingerprint = d->options.orchestratorFingerprint;
        d->control.start();
        // Made on its own thread: its timers and sockets belong there.
        QMetaObject::invokeMethod(&d->anchor, [this, settings] { d->apps = std::make_unique<LiveApps>(d->io(), settings); }, Qt::BlockingQueuedConnection);
        d->handler.setApps(d->apps.get());
    }
    d->server = std::make_unique<HttpServer>(d->io(), http,
        [this](ServerRequest request, ServerResponse &response) { return d->handler.handle(std::move(request), response); });
    const Expected<quint16> port = d->server->listen();
    if (!port) {
        d->server.reset();
        return port;
    }
    if (!d->control.isRunning())
        d->control.start();
    if (!d->options.orchestrator.isEmpty() && d->options.registerAs != RunnerOptions::RegisterAs::LiveRunner)
        d->startRegistrar(this);
    if (asApps)
        d->startApps(this);
    return port;
}

QFuture<void> RunnerServer::stop()
{
    if (!std::exchange(d->stopping, true)) {
        if (d->control.isRunning())
            QMetaObject::invokeMethod(&d->anchor, [this] { d->shutDown(); });
        else
            d->shutDown();
    }
    return d->stopped.future();
}

QString RunnerServer::origin() const
{
    return d->server ? d->server->origin() : QString();
}

QUrl RunnerServer::url(const QString &name) const
{
    return d->urlOf(name);
}

QStringList RunnerServer::names() const
{
    QStringList names;
    for (const auto &[name, served] : d->handler.capabilities())
        names.append(name);
    return names;
}

} // namespace sluice
