#include "connection.h"

#include "await.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include "sluice/gateway/backends.h"
#include "sluice/base/secret_environment.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

#include <algorithm>

namespace sluice::ctl {

namespace {

Error configError(const QString &message, const QString &advice)
{
    return Error(Error::Kind::Config, message).withAdvice(advice);
}

void requireHttpUrl(const QString &text, const QString &option)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty())
        throw configError(Text::tr("--%1 \"%2\" is not an http or https URL.").arg(option, text),
            Text::tr("Write it whole, e.g. https://127.0.0.1:8935."));
}

/// Of the variables that say where calls go, those that are set.
QStringList networksInEnvironment()
{
    QStringList set;
    for (const char *name : {"LIVEPEER_GATEWAY_URL", "LIVEPEER_ORCH_URL", "LIVEPEER_TOKEN"}) {
        if (!secretVariable(name).isEmpty())
            set.append(QLatin1String(name));
    }
    return set;
}

/// A variable that somebody set and that has no effect is told, with what overrules it.
void tellUnused(const QStringList &variables, const QString &instead)
{
    for (const QString &name : variables)
        writeErr(Text::tr("%1 is set but not used: %2 says where to go.").arg(name, instead));
}

void tellUnused(const char *variable, const QString &why)
{
    if (!secretVariable(variable).isEmpty())
        writeErr(Text::tr("%1 is set but not used: %2.").arg(QLatin1String(variable), why));
}

/// Why a profile is not paid for with the key of the environment.
QString whyNotThatKey(const Profile &profile, const GatewayConfig &config)
{
    if (!config.senderKey.isEmpty())
        return Text::tr("the profile \"%1\" has a key of its own").arg(profile.name);
    if (!config.signerUrl.isEmpty())
        return Text::tr("a signer pays for the profile \"%1\"").arg(profile.name);
    return Text::tr("nothing of the profile \"%1\" is paid with such a key").arg(profile.name);
}

// A sandbox that ends more often than this within a minute is not begun again by itself.
constexpr qsizetype MostDeaths = 3;
constexpr std::chrono::minutes DeathWindow{1};

// Of the connection that this program opened last, for errors that are printed when it has gone.
Connection *s_latest = nullptr;
std::optional<QString> s_whyGone;

} // namespace

Connection::Connection()
    : m_seat(std::make_shared<endpoint::Seat>())
{
    s_latest = this;
    s_whyGone.reset();
}

Connection::~Connection()
{
    noteNetwork();
    if (s_latest == this)
        s_latest = nullptr;
    m_seat->take(nullptr);
}

Secret readSecretFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        throw configError(Text::tr("The file %1 cannot be read: %2.").arg(fileName, file.errorString()), Text::tr("It must hold the secret and nothing else."));
    QByteArray text = file.read(64 * 1024);
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    if (text.isEmpty())
        throw configError(Text::tr("The file %1 is empty.").arg(fileName), Text::tr("It must hold the secret and nothing else."));
    return Secret::take(text);
}

Secret readSenderKey(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        throw configError(Text::tr("The key file %1 cannot be read: %2.").arg(fileName, file.errorString()),
            Text::tr("It must hold 64 hex digits, with or without 0x. To make one: (umask 077; openssl rand -hex 32 > key.txt)"));
    QByteArray text = file.read(200);
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    const qsizetype digits = text.startsWith("0x") ? text.size() - 2 : text.size();
    if (digits != 64) {
        cleanse(text.data(), std::size_t(text.size()));
        throw configError(Text::tr("The key file %1 holds %2 digits.").arg(fileName).arg(digits),
            Text::tr("It must hold 64 hex digits, with or without 0x."));
    }
    return Secret::take(text);
}

CapabilityInfo capabilityNamed(const QString &name, const QList<CapabilityInfo> &all)
{
    QStringList names;
    for (const CapabilityInfo &capability : all) {
        if (capability.name == name)
            return capability;
        names.append(capability.name);
    }
    const QString near = closest(name, names);
    throw Error(Error::Kind::NotRouted, Text::tr("The network offers no capability \"%1\".").arg(name))
        .withAdvice(near.isEmpty() ? Text::tr("It offers: %1. What it does not list can be named: sluicectl capability add.").arg(names.join(QStringLiteral(", ")))
                                   : Text::tr("Did you mean \"%1\"?").arg(near));
}

CapabilityInfo capabilityNamed(const QString &name, const QList<CapabilityInfo> &all, const Gateway &gateway)
{
    const bool known = std::any_of(all.begin(), all.end(), [&](const CapabilityInfo &one) { return one.name == name; });
    if (known || gateway.listsCapabilities())
        return capabilityNamed(name, all);
    return backends::unlisted(name);
}

QList<CapabilityInfo> Connection::named() const
{
    QList<CapabilityInfo> all;
    for (const NamedCapability &one : m_profile.capabilities)
        all.append(backends::named(one));
    return all;
}

QList<CapabilityInfo> Connection::namedWithout(const Error &silent) const
{
    if (m_profile.capabilities.isEmpty() || silent.kind() == Error::Kind::Canceled)
        throw Error(silent);
    return named();
}

Profile profileNamed(const QString &name, const QList<Profile> &all)
{
    const auto found = std::find_if(all.begin(), all.end(), [&name](const Profile &one) { return one.name == name; });
    if (found == all.end())
        throw configError(Text::tr("There is no profile \"%1\".").arg(name), Text::tr("`sluicectl profile list` shows them."));
    return *found;
}

std::shared_ptr<UserData> openUserData()
{
    return orThrow(UserData::open(UserData::defaultPath()));
}

std::shared_ptr<UserData> openUserDataToRead()
{
    auto data = UserData::open(UserData::defaultPath());
    if (data)
        return *data;
    const QString memory = QStringLiteral("/dev/shm");
    for (const QString &place : {QFileInfo(memory).isWritable() ? memory : QDir::tempPath(), QDir::tempPath()}) {
        static std::unique_ptr<QTemporaryDir> folder; // until the program ends
        folder = std::make_unique<QTemporaryDir>(place + QStringLiteral("/sluice-XXXXXX"));
        const QString copy = folder->filePath(QStringLiteral("sluice.sqlite"));
        if (!folder->isValid() || !QFile::copy(UserData::defaultPath(), copy))
            continue;
        // What was written last may still stand in the log beside the file.
        QFile::copy(UserData::defaultPath() + QStringLiteral("-wal"), copy + QStringLiteral("-wal"));
        for (const QString &file : {copy, copy + QStringLiteral("-wal")})
            QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        if (const auto readable = UserData::open(copy)) {
            writeErr(Text::tr("%1 It is read from a copy.").arg(data.error().message()));
            return *readable;
        }
    }
    throw data.error();
}

void Connection::addOptions(CommandLine &line)
{
    line.addOption({QStringLiteral("p"), QStringLiteral("profile")},
        Text::tr("Network to use instead of the current profile; \"sandbox\" is always there."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("orchestrator")},
        Text::tr("Use this orchestrator, with the key of --key or SLUICE_SENDER_KEY.\nMay be repeated: tried in this order."),
        QStringLiteral("URL"));
    line.addOption({QStringLiteral("gateway")},
        Text::tr("Call through this BYOC gateway, which signs and pays."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("key")},
        Text::tr("File with the key that signs and pays: 64 hex digits."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("state")},
        Text::tr("State file of the sandbox, for the sandbox profile."), QStringLiteral("FILE"));
}

QCoro::Task<std::shared_ptr<Connection>> Connection::open(const CommandLine *line, std::shared_ptr<UserData> data)
{
    auto self = std::make_shared<Connection>();
    self->m_data = std::move(data);
    const QStringList orchestrators = line->values(QStringLiteral("orchestrator"));
    const QString gatewayUrl = line->value(QStringLiteral("gateway"));
    GatewayConfig config;
    const bool namesProfile = line->has(QStringLiteral("profile")) || line->has(QStringLiteral("state"));
    const QStringList inEnvironment = networksInEnvironment();
    if (!orchestrators.isEmpty() || !gatewayUrl.isEmpty()) {
        tellUnused(inEnvironment, gatewayUrl.isEmpty() ? QStringLiteral("--orchestrator") : QStringLiteral("--gateway"));
        config = GatewayConfig::fromEnvironment();
        for (const QString &url : orchestrators)
            requireHttpUrl(url, QStringLiteral("orchestrator"));
        if (!gatewayUrl.isEmpty())
            requireHttpUrl(gatewayUrl, QStringLiteral("gateway"));
        // What is said here replaces what the environment says about where to go.
        config.orchUrls = orchestrators;
        config.gatewayUrl = gatewayUrl;
        config.discoveryUrl.clear();
        config.token = Secret();
        self->m_profile.local = false;
        self->m_profile.setLivepeer(config);
    } else if (!inEnvironment.isEmpty() && !namesProfile) {
        writeErr(Text::tr("Calling the network that %1 names, not the current profile's.").arg(inEnvironment.join(QStringLiteral(", "))));
        config = GatewayConfig::fromEnvironment();
        self->m_profile.local = false;
        self->m_profile.setLivepeer(config);
    } else {
        if (namesProfile)
            tellUnused(inEnvironment, line->has(QStringLiteral("profile")) ? QStringLiteral("--profile") : QStringLiteral("--state"));
        ProfileStore profiles(self->m_data);
        QString name = line->value(QStringLiteral("profile"));
        if (name.isEmpty()) {
            // No conditional expression: g++ 12 destroys the result of a co_await in one twice.
            name = QStringLiteral("sandbox");
            if (!line->has(QStringLiteral("state")))
                name = co_await settled(profiles.current());
        }
        const QList<Profile> known = co_await settled(profiles.list());
        self->m_profile = profileNamed(name, known);
        if (self->m_profile.local) {
            if (!line->has(QStringLiteral("key")))
                tellUnused("SLUICE_SENDER_KEY", Text::tr("the sandbox pays with a key of its own"));
            self->m_stateFile = line->value(QStringLiteral("state"));
        }
        config = co_await self->configFor(&profiles);
    }
    if (line->has(QStringLiteral("key")))
        config.senderKey = readSenderKey(line->value(QStringLiteral("key")));
    self->use(config);
    co_return self;
}

QCoro::Task<std::shared_ptr<Connection>> Connection::open(QString profile, std::shared_ptr<UserData> data)
{
    auto self = std::make_shared<Connection>();
    self->m_data = std::move(data);
    ProfileStore profiles(self->m_data);
    const QList<Profile> known = co_await settled(profiles.list());
    self->m_profile = profileNamed(profile, known);
    const GatewayConfig config = co_await self->configFor(&profiles);
    self->use(config);
    co_return self;
}

QFuture<void> Connection::keptUp()
{
    QObject::connect(&Interrupt::instance(), &Interrupt::interrupted, &Interrupt::instance(), [over = m_over] { over.finish(); });
    if (Interrupt::instance().happened())
        m_over.finish();
    if (m_network) {
        QObject::connect(m_network.get(), &LocalNetwork::ownerLeft, m_network.get(), [this] { networkEnded(Text::tr("another program ran it, and has ended")); });
        QObject::connect(m_network.get(), &LocalNetwork::died, m_network.get(), [this](const Error &error) {
            const QDateTime now = QDateTime::currentDateTimeUtc();
            m_deaths.removeIf([&](const QDateTime &at) { return at.secsTo(now) > std::chrono::seconds(DeathWindow).count(); });
            m_deaths.append(now);
            if (m_deaths.size() > MostDeaths)
                m_over.fail(error);
            else
                networkEnded(error.message());
        });
    }
    return m_over.future();
}

void Connection::networkEnded(const QString &why)
{
    writeErr(Text::tr("The local network has ended (%1) and is begun again.").arg(why));
    m_seat->take(nullptr);
    m_leaving = std::move(m_gateway);
    mend(shared_from_this());
}

QCoro::Task<void> Connection::mend(std::shared_ptr<Connection> self)
{
    try {
        ProfileStore profiles(self->m_data);
        const GatewayConfig config = co_await self->configFor(&profiles);
        if (!self->m_over.isOver())
            self->use(config);
    } catch (const Error &error) {
        self->m_over.fail(error);
    }
}

QCoro::Task<void> Connection::openAgain()
{
    co_await close();
    s_whyGone.reset();
    ProfileStore profiles(m_data);
    const GatewayConfig config = co_await configFor(&profiles);
    use(config);
}

void Connection::noteNetwork()
{
    if (const auto why = m_network ? m_network->whyGone() : std::nullopt)
        s_whyGone = why;
}

std::optional<QString> Connection::whyNetworkGone()
{
    if (s_latest)
        s_latest->noteNetwork();
    return s_whyGone;
}

void Connection::explain(Error &error)
{
    using Kind = Error::Kind;
    static const QList<Kind> ofOthers{Kind::Canceled, Kind::InvalidInput, Kind::Config, Kind::SpendLimit, Kind::PriceExceeded, Kind::Storage};
    const auto why = whyNetworkGone();
    if (!why || ofOthers.contains(error.kind()))
        return;
    error.withMessage(Text::tr("%1 The local network has ended: %2").arg(error.message(), *why))
        .withAdvice(Text::tr("Run it again: it then has a local network of its own, with the same state."));
}

void Connection::use(GatewayConfig config)
{
    if (const auto started = m_worker.start(config); !started)
        writeErr(started.error().message());
    m_hasToken = !config.token.isEmpty();
    m_secrets = config.secrets();
    m_gateway = std::make_unique<Gateway>(config, m_data);
    m_worker.setGateway(m_gateway.get());
    m_seat->take(m_gateway.get());
    QObject::connect(m_gateway.get(), &Gateway::hostPinned, m_gateway.get(),
        [](const QString &hostPort, const QString &fingerprint) {
            writeErr(Text::tr("First contact with %1: its key %2 is trusted from now on.").arg(hostPort, fingerprint));
        });
}

QCoro::Task<GatewayConfig> Connection::configFor(ProfileStore *profiles)
{
    if (m_profile.local && !m_network)
        m_network = std::make_unique<LocalNetwork>(m_stateFile.isEmpty() ? LocalNetwork::defaultStateFile() : m_stateFile);
    // Without a keychain, as on a server, the environment holds the key, and what a signer knows one by.
    GatewayConfig environment;
    if (!m_profile.local)
        environment = GatewayConfig::fromEnvironment();
    const QFuture<GatewayConfig> asked = profiles->connection(m_profile, m_network.get(), environment.senderKey);
    GatewayConfig config = co_await settled(asked);
    if (!m_profile.local && !(config.senderKey == environment.senderKey))
        tellUnused("SLUICE_SENDER_KEY", whyNotThatKey(m_profile, config));
    // A clearinghouse's signer is shown what the sign-in gave and nothing else.
    if (!config.signerUrl.isEmpty() && config.signerHeaders.isEmpty() && config.issuerUrl.isEmpty())
        config.signerHeaders = environment.signerHeaders;
    else if (!config.signerUrl.isEmpty() && !m_profile.local)
        tellUnused("LIVEPEER_SIGNER_AUTH", config.issuerUrl.isEmpty() ? Text::tr("the profile \"%1\" has a signer key of its own").arg(m_profile.name)
                                                                      : Text::tr("the profile \"%1\" signs in at its clearinghouse").arg(m_profile.name));
    co_return std::as_const(config);
}

QCoro::Task<void> Connection::close()
{
    noteNetwork();
    m_seat->take(nullptr);
    m_leaving.reset();
    m_gateway.reset();
    if (m_network)
        co_await outcomeOf(m_network->stop());
    m_network.reset();
}

} // namespace sluice::ctl
