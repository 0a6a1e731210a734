#include "sluice/sandbox/sandbox_network.h"

#include "sluice/backend/sandbox_files.h"
#include "sluice/base/use_lock.h"
#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/sandbox_services.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QTimer>

#include <sys/prctl.h>
#include <unistd.h>

namespace sluice {

namespace {

/// The process that this one ends with, when the kernel was asked for that.
std::optional<qint64> owningProcess()
{
    int signal = 0;
    if (::prctl(PR_GET_PDEATHSIG, &signal) != 0 || signal == 0)
        return std::nullopt;
    return qint64(::getppid());
}

} // namespace

class SandboxNetwork::Private {
public:
    explicit Private(SandboxOptions chosen)
        : options(std::move(chosen))
    {
    }

    [[nodiscard]] Json readyLine(const Json &settings) const;
    [[nodiscard]] QString readyFile() const { return SandboxFiles(host->options().stateFile).ready; }
    void writeReadyFile(const Json &line) const;
    /// Of each service, in the opposite order of their start.
    [[nodiscard]] std::vector<SandboxService *> lastFirst() const;
    void withdraw();
    void close();

    SandboxOptions options;
    std::unique_ptr<SandboxHost> host;
    SandboxServices services;
    QTimer sweeping;
};

Json SandboxNetwork::Private::readyLine(const Json &settings) const
{
    const PrivateKey sender = host->senderKey();
    Json line{
        {QStringLiteral("event"), QStringLiteral("ready")},
        {QStringLiteral("orchestrator"), host->node().url().toString()},
    };
    const auto add = [&](const QString &key, const QString &service, const QString &setting) {
        const Json value = settings.value(service).value(setting);
        if (!value.isNull())
            line.insert(key, value);
    };
    add(QStringLiteral("lv2v"), QStringLiteral("lv2v"), QStringLiteral("orchestrator"));
    add(QStringLiteral("runner"), QStringLiteral("capabilities"), QStringLiteral("runner"));
    add(QStringLiteral("runner_token"), QStringLiteral("capabilities"), QStringLiteral("runner_token"));
    line.insert(QStringLiteral("secret"), QString::fromLatin1(host->secret()));
    line.insert(QStringLiteral("sender_key"), QString::fromLatin1(sender.secret().expose().toByteArray().toHex()));
    line.insert(QStringLiteral("sender"), sender.address().toChecksum());
    line.insert(QStringLiteral("recipient"), host->recipient().config().recipient.toChecksum());
    line.insert(QStringLiteral("fingerprint"), host->fingerprint());
    add(QStringLiteral("capabilities"), QStringLiteral("capabilities"), QStringLiteral("capabilities"));
    line.insert(QStringLiteral("state"), host->options().stateFile);
    line.insert(QStringLiteral("pid"), qint64(QCoreApplication::applicationPid()));
    if (host->options().offChain)
        line.insert(QStringLiteral("off_chain"), true);
    if (const auto owner = owningProcess())
        line.insert(QStringLiteral("ends_with"), *owner);
    line.insert(QStringLiteral("services"), settings);
    return line;
}

void SandboxNetwork::Private::writeReadyFile(const Json &line) const
{
    QSaveFile file(readyFile());
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(line.dump() + '\n') > 0 && file.commit();
    if (!written)
        throw Error(Error::Kind::Storage, QStringLiteral("%1 cannot be written: %2.").arg(file.fileName(), file.errorString()));
}

std::vector<SandboxService *> SandboxNetwork::Private::lastFirst() const
{
    std::vector<SandboxService *> list;
    for (auto service = services.rbegin(); service != services.rend(); ++service)
        list.push_back(service->get());
    return list;
}

/// Removes the ready file, by which other programs find this sandbox.
void SandboxNetwork::Private::withdraw()
{
    sweeping.stop();
    if (host)
        QFile::remove(readyFile());
}

/// Once the services have stopped.
void SandboxNetwork::Private::close()
{
    if (!host)
        return;
    host->stopNode();
    while (!services.empty())
        services.pop_back();
    host.reset();
}

SandboxNetwork::SandboxNetwork(SandboxOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{
}

SandboxNetwork::~SandboxNetwork()
{
    d->withdraw();
    for (SandboxService *service : d->lastFirst())
        service->stop().waitForFinished();
    d->close();
}

QCoro::Task<Json> SandboxNetwork::start()
{
    SandboxServices chosen = chosenServices(sandboxServices(), d->options);
    d->host = std::make_unique<SandboxHost>(d->options);
    d->services = std::move(chosen);
    d->host->introduce(d->services);
    for (const auto &service : d->services)
        service->mount(*d->host);
    d->host->listen();
    Json settings = Json::object();
    for (const auto &service : d->services) {
        const Json own = co_await service->start(*d->host);
        settings.insert(service->id(), own);
    }
    d->host->sweep();
    QObject::connect(&d->sweeping, &QTimer::timeout, &d->sweeping, [this] { d->host->sweep(); });
    d->sweeping.start(std::max(d->host->options().blockTime, std::chrono::milliseconds(200)));
    const Json line = d->readyLine(settings);
    d->writeReadyFile(line);
    co_return line;
}

bool SandboxNetwork::withdrawIfUnused()
{
    return UseLock::whenUnused(SandboxFiles(d->host->options().stateFile).users, [this] { d->withdraw(); });
}

QCoro::Task<void> SandboxNetwork::stop()
{
    d->withdraw();
    for (SandboxService *service : d->lastFirst()) {
        QFuture<void> stopped = service->stop();
        if (!stopped.isFinished())
            co_await qCoro(stopped).waitForFinished();
    }
    d->close();
}

} // namespace sluice
