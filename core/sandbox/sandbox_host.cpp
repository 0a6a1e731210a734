#include "sluice/sandbox/sandbox_host.h"

#include "sluice/backend/sandbox_files.h"
#include "sluice/base/disk_space.h"
#include "sluice/base/log.h"
#include "sluice/store/settings_table.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>

namespace sluice {

namespace {

/// Blocks after their parameters expired for which tickets stay in the journal: a day of twelve-second blocks.
constexpr quint64 JournalBlocks = 7200;
/// What a funded sender has: enough for any number of demo calls.
const Wei Funding = 1'000'000'000'000'000'000;

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

/// Of orchestrators; the published client looks there for gRPC, whatever else it was told (client-sdk.md 1.3).
constexpr quint16 UsualPort = 8935;

/// Of a lock file that nobody else holds and that could not be made.
Error notLocked(const QString &lockFile, QLockFile::LockError why)
{
    if (isDiskFull(lockFile))
        return Error(Error::Kind::Storage, QStringLiteral("%1 cannot be written: the disk is full.").arg(lockFile))
            .withAdvice(QStringLiteral("Free some space and try again, or choose another file with --state."));
    const bool forbidden = why == QLockFile::PermissionError;
    return Error(Error::Kind::Storage, (forbidden ? QStringLiteral("%1 may not be written.") : QStringLiteral("%1 cannot be written.")).arg(lockFile))
        .withAdvice(QStringLiteral("Make its folder writable for you, or choose another file with --state."));
}

/// What a sandbox that never ran tries first. SLUICE_SANDBOX_PORT is for tests, of which several run at once: 0 is any port.
quint16 firstChoice()
{
    bool given = false;
    const int port = qEnvironmentVariableIntValue("SLUICE_SANDBOX_PORT", &given);
    return given && port >= 0 && port <= 65535 ? quint16(port) : UsualPort;
}

/// At the port that is wanted; with 0, at the one under `key` if it is free, else at `first`, and at any where that is taken, too. Pins,
/// balances, profiles and snippets name the address, so it stays the same from start to start where it can.
quint16 listenAt(SettingsTable &settings, const QString &key, quint16 wanted, quint16 first, const std::function<Expected<quint16>(quint16 port)> &listen)
{
    const auto last = settings.getSync(key);
    const quint16 remembered = last ? quint16(last->toInt64().value_or(0)) : 0;
    auto port = listen(wanted != 0 ? wanted : remembered != 0 ? remembered : first);
    if (!port && wanted == 0 && remembered != 0 && first != 0)
        port = listen(first);
    if (!port && wanted == 0 && (remembered != 0 || first != 0))
        port = listen(0);
    if (!port)
        throw port.error();
    settings.setSync(key, Json(*port));
    return *port;
}

} // namespace

SandboxHost::SandboxHost(SandboxOptions options)
    : m_options(std::move(options))
{
    lockState();
    openState();
    openRecipient();
    m_io = std::make_unique<IoThread>();
    openNode();
}

SandboxHost::~SandboxHost()
{
    stopNode();
    m_discovery.reset();
    m_channels.reset();
    m_node.reset();
    m_io.reset(); // what still runs there uses what goes after it
}

void SandboxHost::lockState()
{
    m_options.stateFile = QFileInfo(m_options.stateFile).absoluteFilePath();
    if (!QDir().mkpath(QFileInfo(m_options.stateFile).absolutePath()))
        throw Error(Error::Kind::Storage, QStringLiteral("The folder of %1 cannot be made.").arg(m_options.stateFile));
    const QString lockFile = SandboxFiles(m_options.stateFile).lock;
    m_lock = std::make_unique<QLockFile>(lockFile);
    m_lock->setStaleLockTime(0);
    if (m_lock->tryLock(0))
        return;
    const QLockFile::LockError why = m_lock->error();
    if (why != QLockFile::LockFailedError) {
        m_lock.reset();
        throw notLocked(lockFile, why);
    }
    qint64 holder = 0;
    QString host;
    QString program;
    const bool named = m_lock->getLockInfo(&holder, &host, &program);
    m_lock.reset();
    if (!named)
        throw Error(Error::Kind::Storage, QStringLiteral("%1 is held, and does not say by whom.").arg(lockFile))
            .withAdvice(QStringLiteral("Remove it if no sandbox runs there, or choose another file with --state."));
    throw Error(Error::Kind::Storage, QStringLiteral("Process %1 runs a sandbox on %2 already.").arg(holder).arg(m_options.stateFile))
        .withAdvice(QStringLiteral("Use that one, stop it, or choose another file with --state."));
}

void SandboxHost::openState()
{
    m_database = orThrow(Database::open(m_options.stateFile, SandboxStore::schemasOfFile()));
    m_store = std::make_unique<SandboxStore>(m_database);
    m_secret = m_store->constant(QStringLiteral("orchestrator_secret"), [] { return keyBytes().toHex(); });
}

void SandboxHost::openNode()
{
    QByteArray identity = m_store->constant(QStringLiteral("tls_identity"), [] {
        const TlsIdentity made = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
        return made.certificatePem + '\0' + made.keyPem.expose().toByteArray();
    });
    const qsizetype middle = identity.indexOf('\0');
    QByteArray keyPem = identity.mid(middle + 1);
    NodeOptions chosen;
    chosen.tls = TlsIdentity{identity.left(middle), Secret::take(keyPem)};
    chosen.serviceAddr = m_options.publicUrl.toString(QUrl::StripTrailingSlash);
    m_node = std::make_unique<Node>(*m_io, std::move(chosen));
}

void SandboxHost::fund(const Address &address)
{
    SenderFunds funds = m_store->senderFunds(address).value_or(SenderFunds());
    funds.deposit = std::max(funds.deposit, Funding);
    funds.reserve = std::max(funds.reserve, Funding);
    funds.withdrawRound = 0;
    m_store->setSenderFunds(address, funds);
}

void SandboxHost::openRecipient()
{
    const QByteArray origin = m_store->constant(QStringLiteral("chain_origin"),
        [] { return QByteArray::number(QDateTime::currentMSecsSinceEpoch()); });
    const QByteArray salt = m_store->constant(QStringLiteral("chain_salt"), keyBytes);
    m_chain = std::make_unique<SandboxChain>(QDateTime::fromMSecsSinceEpoch(origin.toLongLong(), Qt::UTC), salt, m_options.blockTime);
    RecipientConfig config;
    config.recipient = key(QStringLiteral("recipient_key")).address();
    config.terms = sandboxTerms();
    m_recipient = std::make_unique<Recipient>(config, *m_store, *m_chain);
    fund(senderKey().address());
    for (const QString &text : std::as_const(m_options.fund)) {
        const auto address = Address::fromHex(text);
        if (!address)
            throw Error(Error::Kind::Config, QStringLiteral("\"%1\" is not an address that can be funded.").arg(text))
                .withAdvice(QStringLiteral("Write 0x and 40 hex digits."));
        fund(*address);
    }
}

PrivateKey SandboxHost::key(const QString &name)
{
    return orThrow(PrivateKey::fromBytes(m_store->constant(name, keyBytes)));
}

PrivateKey SandboxHost::fundedKey(const QString &name)
{
    PrivateKey made = key(name);
    fund(made.address());
    return made;
}

QString SandboxHost::fingerprint() const
{
    return orThrow(publicKeyFingerprint(tls().certificatePem));
}

trickle::Server &SandboxHost::channels()
{
    if (!m_channels) {
        trickle::ServerOptions chosen;
        chosen.basePath = "/ai/trickle/";
        m_channels = std::make_unique<trickle::Server>(*m_io, std::move(chosen));
        m_node->router().mountRaw([server = m_channels.get()](const ServerRequest &request) { return server->owns(request.path); },
            [server = m_channels.get()](ServerRequest request, ServerResponse &response) { return server->handle(std::move(request), response); });
    }
    return *m_channels;
}

Discovery &SandboxHost::discovery()
{
    if (!m_discovery)
        m_discovery = std::make_unique<Discovery>(*m_node);
    return *m_discovery;
}

void SandboxHost::introduce(const std::vector<std::unique_ptr<SandboxService>> &services)
{
    m_services.clear();
    for (const auto &service : services)
        m_services.push_back(service.get());
}

void SandboxHost::listen()
{
    if (m_node->router().isEmpty())
        return;
    SettingsTable settings(m_database);
    listenAt(settings, QStringLiteral("port"), m_options.port, firstChoice(), [this](quint16 port) -> Expected<quint16> {
        const auto url = m_node->listen(port);
        if (!url)
            return unexpected(url.error());
        return quint16(url->port());
    });
}

quint16 SandboxHost::listenAgain(const QString &service, const std::function<Expected<quint16>(quint16 port)> &listen)
{
    SettingsTable settings(m_database);
    return listenAt(settings, QStringLiteral("port/") + service, 0, 0, listen);
}

void SandboxHost::sweep()
{
    try {
        m_recipient->sweep();
        for (const WinningTicket &winner : m_recipient->redeemable())
            m_recipient->redeem(winner.hash);
        const quint64 block = m_chain->latestL1Block();
        m_store->dropJournalUntil(block > JournalBlocks ? block - JournalBlocks : 0);
    } catch (const Error &error) {
        qCWarning(logSandbox, "housekeeping: %s", qUtf8Printable(error.describe()));
    }
}

} // namespace sluice
