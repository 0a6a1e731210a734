#include "sluice/sandbox/sandbox_network.h"

#include "sandbox_live_video_p.h"

#include "sluice/base/log.h"
#include "sluice/crypto/private_key.h"
#include "sluice/runner/runner_server.h"
#include "sluice/sandbox/sandbox_chain.h"
#include "sluice/sandbox/sandbox_store.h"
#include "sluice/store/settings_table.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QPromise>
#include <QtCore/QSaveFile>
#include <QtCore/QTimer>

#include <sys/prctl.h>
#include <unistd.h>

namespace sluice {

namespace {

constexpr std::chrono::seconds RegistrationLimit{20};
/// Blocks after their parameters expired for which tickets stay in the journal: a day of twelve-second blocks.
constexpr quint64 JournalBlocks = 7200;
/// What a funded sender has: enough for any number of demo calls.
const Wei Funding = 1'000'000'000'000'000'000;

/// The process that this one ends with, when the kernel was asked for that.
std::optional<qint64> owningProcess()
{
    int signal = 0;
    if (::prctl(PR_GET_PDEATHSIG, &signal) != 0 || signal == 0)
        return std::nullopt;
    return qint64(::getppid());
}

/// Tickets of 8e9 wei at a face value of ten times that: one in ten wins, so that winning can be seen.
FaceValueTerms sandboxTerms()
{
    FaceValueTerms terms;
    terms.ticketEv = 8'000'000'000;
    terms.gasPrice = 1;
    terms.averageGasPrice = 1;
    terms.maxFaceValue = 80'000'000'000;
    return terms;
}

QByteArray keyBytes()
{
    return PrivateKey::generate().secret().expose().toByteArray();
}

} // namespace

class SandboxNetwork::Private {
public:
    explicit Private(SandboxOptions chosen)
        : options(std::move(chosen))
    {
    }

    void lockState();
    void openState();
    void fund(const Address &address);
    void makeMoney();
    void startOrchestrator();
    QFuture<void> startRunner();
    Json readyLine();
    void writeReadyFile(const Json &line) const;
    void keepHouse();
    PrivateKey key(const QString &name) { return orThrow(PrivateKey::fromBytes(store->constant(name, keyBytes))); }

    SandboxOptions options;
    std::unique_ptr<QLockFile> lock;
    std::shared_ptr<Database> database;
    std::unique_ptr<SandboxStore> store;
    std::unique_ptr<SandboxChain> chain;
    std::unique_ptr<Recipient> recipient;
    std::unique_ptr<IoThread> io;
    std::unique_ptr<SandboxLiveVideo> liveVideo; ///< serves requests of the orchestrator, so it goes after it
    std::unique_ptr<byoc::Orchestrator> orchestrator;
    std::unique_ptr<RunnerServer> runner;
    std::optional<TlsIdentity> tls;
    QByteArray secret;
    QByteArray runnerToken;
    QTimer housekeeping;
};

void SandboxNetwork::Private::lockState()
{
    options.stateFile = QFileInfo(options.stateFile).absoluteFilePath();
    if (!QDir().mkpath(QFileInfo(options.stateFile).absolutePath()))
        throw Error(Error::Kind::Storage, QStringLiteral("The folder of %1 cannot be made.").arg(options.stateFile));
    lock = std::make_unique<QLockFile>(options.stateFile + QStringLiteral(".lock"));
    lock->setStaleLockTime(0);
    if (lock->tryLock(0))
        return;
    qint64 holder = 0;
    QString host;
    QString program;
    lock->getLockInfo(&holder, &host, &program);
    lock.reset();
    throw Error(Error::Kind::Storage, QStringLiteral("Process %1 runs a sandbox on %2 already.").arg(holder).arg(options.stateFile))
        .withAdvice(QStringLiteral("Use that one, stop it, or choose another file with --state."));
}

void SandboxNetwork::Private::openState()
{
    database = orThrow(Database::open(options.stateFile, {SandboxStore::schema(), SettingsTable::schema()}));
    store = std::make_unique<SandboxStore>(database);
    secret = store->constant(QStringLiteral("orchestrator_secret"), [] { return keyBytes().toHex(); });
    QByteArray identity = store->constant(QStringLiteral("tls_identity"), [] {
        const TlsIdentity made = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
        return made.certificatePem + '\0' + made.keyPem.expose().toByteArray();
    });
    const qsizetype middle = identity.indexOf('\0');
    QByteArray keyPem = identity.mid(middle + 1);
    tls = TlsIdentity{identity.left(middle), Secret::take(keyPem)};
}

void SandboxNetwork::Private::fund(const Address &address)
{
    SenderFunds funds = store->senderFunds(address).value_or(SenderFunds());
    funds.deposit = std::max(funds.deposit, Funding);
    funds.reserve = std::max(funds.reserve, Funding);
    funds.withdrawRound = 0;
    store->setSenderFunds(address, funds);
}

void SandboxNetwork::Private::makeMoney()
{
    const QByteArray origin = store->constant(QStringLiteral("chain_origin"),
        [] { return QByteArray::number(QDateTime::currentMSecsSinceEpoch()); });
    const QByteArray salt = store->constant(QStringLiteral("chain_salt"), keyBytes);
    chain = std::make_unique<SandboxChain>(QDateTime::fromMSecsSinceEpoch(origin.toLongLong(), Qt::UTC), salt, options.blockTime);
    RecipientConfig config;
    config.recipient = key(QStringLiteral("recipient_key")).address();
    config.terms = sandboxTerms();
    recipient = std::make_unique<Recipient>(config, *store, *chain);
    fund(key(QStringLiteral("sender_key")).address());
    for (const QString &text : std::as_const(options.fund)) {
        const auto address = Address::fromHex(text);
        if (!address)
            throw Error(Error::Kind::Config, QStringLiteral("\"%1\" is not an address that can be funded.").arg(text))
                .withAdvice(QStringLiteral("Write 0x and 40 hex digits."));
        fund(*address);
    }
}

void SandboxNetwork::Private::startOrchestrator()
{
    const auto quirks = byoc::quirksFromText(options.quirks);
    if (!quirks)
        throw Error(Error::Kind::Config, quirks.error().message()).withAdvice(quirks.error().advice());
    byoc::OrchestratorOptions chosen;
    chosen.tls = tls;
    chosen.secret = Secret(secret);
    chosen.quirks = *quirks;
    chosen.offChain = options.offChain;
    lv2v::OrchestratorOptions live;
    live.tls = tls;
    live.offChain = options.offChain;
    liveVideo = std::make_unique<SandboxLiveVideo>(*io, *recipient, *chain, *store, live);
    chosen.mounted = liveVideo->routes();
    chosen.serviceAddr = options.publicUrl.toString(QUrl::StripTrailingSlash);
    chosen.workersAreHere = true;
    // Pins, balances and snippets name the address, so it stays the same from start to start where it can.
    SettingsTable settings(database);
    const auto last = settings.getSync(QStringLiteral("port"));
    const quint16 remembered = last ? quint16(last->toInt64().value_or(0)) : 0;
    chosen.port = options.port != 0 ? options.port : remembered;
    orchestrator = std::make_unique<byoc::Orchestrator>(*io, *recipient, *chain, chosen, store.get());
    auto url = orchestrator->start();
    if (!url && options.port == 0 && remembered != 0) {
        chosen.port = 0;
        orchestrator = std::make_unique<byoc::Orchestrator>(*io, *recipient, *chain, chosen, store.get());
        url = orchestrator->start();
    }
    if (!url)
        throw url.error();
    settings.setSync(QStringLiteral("port"), Json(url->port()));
    if (const auto started = liveVideo->start(*orchestrator); !started)
        throw started.error();
}

QFuture<void> SandboxNetwork::Private::startRunner()
{
    RunnerOptions chosen;
    chosen.orchestrator = orchestrator->url();
    chosen.orchestratorSecret = Secret(secret);
    chosen.orchestratorFingerprint = orThrow(publicKeyFingerprint(tls->certificatePem));
    // A new one at each start: only the orchestrator is told it, so nobody works here without its checks.
    runnerToken = keyBytes().toHex();
    chosen.bearerToken = Secret(runnerToken);
    runner = std::make_unique<RunnerServer>(chosen);
    for (auto &capability : sandboxCapabilities(options))
        orThrow(runner->add(std::move(capability)));

    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    auto missing = std::make_shared<QStringList>(runner->names());
    QObject::connect(runner.get(), &RunnerServer::registered, runner.get(), [promise, missing](const QString &name) {
        missing->removeAll(name);
        if (missing->isEmpty() && !promise->future().isFinished())
            promise->finish();
    });
    const auto fail = [promise](const Error &error) {
        if (promise->future().isFinished())
            return;
        promise->setException(error);
        promise->finish();
    };
    QObject::connect(runner.get(), &RunnerServer::registrationFailed, runner.get(),
        [fail](const QString &, const Error &error) { fail(error); });
    QTimer::singleShot(RegistrationLimit, runner.get(), [fail, missing] {
        fail(Error(Error::Kind::Timeout,
            QStringLiteral("Not registered after %1 s: %2.").arg(RegistrationLimit.count()).arg(missing->join(QStringLiteral(", ")))));
    });
    orThrow(runner->start());
    return promise->future();
}

Json SandboxNetwork::Private::readyLine()
{
    Json names = Json::array();
    for (const QString &name : runner->names())
        names.append(name);
    const PrivateKey sender = key(QStringLiteral("sender_key"));
    Json line{
        {QStringLiteral("event"), QStringLiteral("ready")},
        {QStringLiteral("orchestrator"), orchestrator->url().toString()},
        {QStringLiteral("lv2v"), liveVideo->url().toString()},
        {QStringLiteral("runner"), runner->origin()},
        {QStringLiteral("runner_token"), QString::fromLatin1(runnerToken)},
        {QStringLiteral("secret"), QString::fromLatin1(secret)},
        {QStringLiteral("sender_key"), QString::fromLatin1(sender.secret().expose().toByteArray().toHex())},
        {QStringLiteral("sender"), sender.address().toChecksum()},
        {QStringLiteral("recipient"), recipient->config().recipient.toChecksum()},
        {QStringLiteral("fingerprint"), orThrow(publicKeyFingerprint(tls->certificatePem))},
        {QStringLiteral("capabilities"), names},
        {QStringLiteral("state"), options.stateFile},
        {QStringLiteral("pid"), qint64(QCoreApplication::applicationPid())},
    };
    if (options.offChain)
        line.insert(QStringLiteral("off_chain"), true);
    if (const auto owner = owningProcess())
        line.insert(QStringLiteral("ends_with"), *owner);
    return line;
}

void SandboxNetwork::Private::writeReadyFile(const Json &line) const
{
    QSaveFile file(options.stateFile + QStringLiteral(".ready.json"));
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(line.dump() + '\n') > 0 && file.commit();
    if (!written)
        throw Error(Error::Kind::Storage, QStringLiteral("%1 cannot be written: %2.").arg(file.fileName(), file.errorString()));
}

void SandboxNetwork::Private::keepHouse()
{
    try {
        recipient->sweep();
        for (const WinningTicket &winner : recipient->redeemable())
            recipient->redeem(winner.hash);
        const quint64 block = chain->latestL1Block();
        store->dropJournalUntil(block > JournalBlocks ? block - JournalBlocks : 0);
    } catch (const Error &error) {
        qCWarning(logSandbox, "housekeeping: %s", qUtf8Printable(error.describe()));
    }
}

SandboxNetwork::SandboxNetwork(SandboxOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{
}

SandboxNetwork::~SandboxNetwork()
{
    d->housekeeping.stop();
    d->runner.reset();
    if (d->liveVideo)
        d->liveVideo->stop();
    d->orchestrator.reset();
    d->liveVideo.reset();
    d->io.reset();
    if (d->lock)
        QFile::remove(d->options.stateFile + QStringLiteral(".ready.json"));
}

QCoro::Task<Json> SandboxNetwork::start()
{
    d->lockState();
    d->openState();
    d->io = std::make_unique<IoThread>();
    d->makeMoney();
    d->startOrchestrator();
    QFuture<void> registered = d->startRunner();
    if (!registered.isFinished())
        co_await qCoro(registered).waitForFinished();
    registered.waitForFinished(); // throws what went wrong
    d->liveVideo->offer(d->orchestrator->capabilities());
    d->keepHouse();
    QObject::connect(&d->housekeeping, &QTimer::timeout, &d->housekeeping, [this] { d->keepHouse(); });
    d->housekeeping.start(std::max(d->options.blockTime, std::chrono::milliseconds(200)));
    const Json line = d->readyLine();
    d->writeReadyFile(line);
    co_return line;
}

QCoro::Task<void> SandboxNetwork::stop()
{
    d->housekeeping.stop();
    if (d->lock)
        QFile::remove(d->options.stateFile + QStringLiteral(".ready.json"));
    if (d->runner) {
        QFuture<void> stopped = d->runner->stop();
        if (!stopped.isFinished())
            co_await qCoro(stopped).waitForFinished();
        d->runner.reset();
    }
    if (d->liveVideo)
        d->liveVideo->stop();
    d->orchestrator.reset();
    d->liveVideo.reset();
    d->io.reset();
    d->recipient.reset();
    d->store.reset();
    d->database.reset();
    d->lock.reset();
}

} // namespace sluice
