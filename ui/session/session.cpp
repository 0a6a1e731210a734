#include "sluice/session/session.h"

#include "run_controller_p.h"
#include "session_p.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/follow.h"
#include "sluice/gateway/device_login.h"
#include "sluice/base/log.h"
#include "sluice/base/task.h"
#include "sluice/gateway/backends.h"
#include "sluice/gateway/past_run.h"
#include "sluice/gateway/schema_source.h"

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr std::chrono::minutes BalanceInterval{1};
// A sandbox that ends more often than this within a minute is not started again by itself.
constexpr qsizetype MostDeaths = 3;
constexpr std::chrono::minutes DeathWindow{1};
} // namespace

void Session::Private::setState(State next)
{
    if (state == next)
        return;
    state = next;
    Q_EMIT q->stateChanged(next);
}

void Session::Private::fail(const Error &error)
{
    setState(State::Failed);
    Q_EMIT q->connectionFailed(error);
}

void Session::Private::reloadProfiles(const QString &wanted)
{
    setState(State::Starting);
    follow(
        profileStore.list(), q,
        [this, wanted](const QList<Profile> &list) {
            profiles = list;
            Q_EMIT q->profilesChanged();
            const auto it = std::find_if(list.begin(), list.end(), [&](const Profile &p) { return p.name == wanted; });
            if (it != list.end())
                connectTo(*it);
            else
                fail(Error(Error::Kind::Config, Session::tr("There is no profile named “%1”.").arg(wanted))
                         .withAdvice(Session::tr("Choose another profile in the status bar.")));
        },
        [this](const Error &error) { fail(error); });
}

void Session::Private::connectTo(const Profile &next)
{
    ++generation;
    changedKey.reset();
    gateway.reset();
    leaving.reset();
    worker.stop();
    network.reset();
    deaths.clear();
    inUse = {};
    balances.clear();
    capabilities.clear();
    profile = next;
    setState(State::Starting);
    Q_EMIT q->capabilitiesChanged();
    Q_EMIT q->profileChanged(next);
    if (next.local)
        watchSandbox();
    openProfile();
}

void Session::Private::watchSandbox()
{
    network = std::make_unique<LocalNetwork>(LocalNetwork::defaultStateFile());
    // Nothing a person has to do anything about: it goes on with the same keys, balances and tickets.
    QObject::connect(network.get(), &LocalNetwork::died, q, [this](const Error &error) {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        deaths.removeIf([&](const QDateTime &at) { return at.secsTo(now) > std::chrono::seconds(DeathWindow).count(); });
        deaths.append(now);
        if (deaths.size() > MostDeaths) {
            leaving = std::move(gateway);
            fail(error);
        } else {
            sandboxEnded(error.message());
        }
    });
    QObject::connect(network.get(), &LocalNetwork::ownerLeft, q,
        [this] { sandboxEnded(Session::tr("Another program ran it, and has ended.")); });
}

void Session::Private::sandboxEnded(const QString &explanation)
{
    ++generation;
    leaving = std::move(gateway);
    setState(State::Starting);
    Q_EMIT q->mended(Session::tr("the local network had ended and is started again"), explanation);
    openProfile();
}

void Session::Private::openProfile()
{
    follow(
        profileStore.connection(profile, network.get()), q,
        [this, mine = generation](const GatewayConfig &config) {
            if (mine == generation)
                open(config);
        },
        [this, mine = generation](const Error &error) {
            if (mine == generation)
                fail(error);
        });
}

void Session::Private::open(const GatewayConfig &config)
{
    acceptedPrices.clear();
    balances.clear();
    gateway.reset();
    GatewayConfig complete = config;
    if (const auto started = worker.start(complete); !started)
        qCWarning(logUi, "Templates of this profile's own capabilities go to its worker: %s", qUtf8Printable(started.error().describe()));
    inUse = complete;
    gateway = std::make_unique<Gateway>(complete, data);
    worker.setGateway(gateway.get());
    QObject::connect(gateway.get(), &Gateway::spendingChanged, q, &Session::spendingChanged);
    QObject::connect(gateway.get(), &Gateway::hostPinned, q, &Session::hostPinned);
    q->refreshCapabilities();
}

void Session::Private::secretRefused(const Profile &saved, const Error &error)
{
    follow(
        profileStore.list(), q,
        [this, saved, error](const QList<Profile> &list) {
            profiles = list;
            Q_EMIT q->profilesChanged();
            Q_EMIT q->secretNotKept(saved, error);
        },
        report());
}

void Session::Private::take(const Profile &changed)
{
    for (Profile &known : profiles) {
        if (known.name == changed.name)
            known = changed;
    }
    if (profile.name != changed.name)
        return;
    profile = changed;
    if (gateway)
        gateway->setNamedCapabilities(changed.capabilities);
    Q_EMIT q->profilesChanged();
    q->refreshCapabilities();
}

Session::Session(std::shared_ptr<UserData> data, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(data)))
{
    connect(&d->balanceTimer, &QTimer::timeout, this, [this] { d->lookAtBalances(); });
    setBalanceInterval(BalanceInterval);
}

Session::~Session()
{
    // Calls go before the gateway they use.
    qDeleteAll(findChildren<RunController *>(Qt::FindDirectChildrenOnly));
}

void Session::start()
{
    d->setState(State::Starting);
    follow(
        d->profileStore.current(), this, [this](const QString &name) { d->reloadProfiles(name); },
        [this](const Error &error) { d->fail(error); });
}

void Session::switchProfile(const QString &name)
{
    follow(
        d->profileStore.setCurrent(name), this, [this, name] { d->reloadProfiles(name); },
        [this](const Error &error) { d->fail(error); });
}

void Session::saveProfile(const Profile &profile, const Profile::Secrets &secrets)
{
    // A refused secret: the profile is stored by then, but nobody wants to use it without what was to belong to it.
    const auto notSaved = [this, profile](const Error &error) {
        const QList<SecretSetting> all = profile.secretSettings();
        const auto it = std::find_if(all.begin(), all.end(), [&](const SecretSetting &one) { return one.pointer == error.field(); });
        if (error.field() == DeviceLogin::pointer()) {
            d->secretRefused(profile, Error(Error::Kind::Storage, tr("The profile “%1” is saved, but its sign-in is not: %2").arg(profile.name, error.message()))
                    .withAdvice(tr("Edit the profile and sign in again, or choose it in the status bar to use it without.")));
            return;
        }
        if (it == all.end()) {
            Q_EMIT connectionFailed(error);
            return;
        }
        d->secretRefused(profile, Error(Error::Kind::Storage, tr("The profile “%1” is saved, but its %2 is not: %3").arg(profile.name, it->noun, error.message()))
                .withAdvice(tr("%1 Edit the profile and enter it again, or choose it in the status bar to use it without.").arg(it->without)));
    };
    follow(d->profileStore.saveSettings(profile, secrets), this, [this, profile] { switchProfile(profile.name); }, notSaved);
}

void Session::removeProfile(const QString &name)
{
    follow(d->profileStore.remove(name), this, [this] { start(); }, d->report());
}

const GatewayConfig &Session::inUse() const
{
    return d->inUse;
}

QString Session::sandboxSigner() const
{
    return d->network && d->profile.local ? d->network->signerUrl() : QString();
}

std::optional<bool> Session::secretsPersist() const
{
    return d->profileStore.secretsPersist();
}

Session::State Session::state() const
{
    return d->state;
}

Profile Session::profile() const
{
    return d->profile;
}

QList<Profile> Session::profiles() const
{
    return d->profiles;
}

QList<CapabilityInfo> Session::capabilities() const
{
    return d->capabilities;
}

std::optional<CapabilityInfo> Session::capability(const CapabilityId &id) const
{
    const auto it = std::find_if(d->capabilities.begin(), d->capabilities.end(), [&](const CapabilityInfo &info) { return info.id() == id; });
    return it == d->capabilities.end() ? std::nullopt : std::optional(*it);
}

CapabilityId Session::idOf(const Call &call) const
{
    const CapabilityId nameAlone{call.backend, call.capability, QString()};
    return capability(call.id()) ? call.id() : nameAlone;
}

QString Session::displayName(const CapabilityInfo &capability) const
{
    return backends::displayName(capability, d->capabilities);
}

std::optional<CapabilityInfo> Session::capability(const QString &name) const
{
    const auto it = std::find_if(d->capabilities.begin(), d->capabilities.end(),
        [&](const CapabilityInfo &info) { return info.name == name; });
    if (it == d->capabilities.end())
        return std::nullopt;
    return *it;
}

void Session::refreshCapabilities()
{
    if (!d->gateway)
        return;
    const int mine = d->generation;
    follow(
        d->gateway->capabilities(), this,
        [this, mine](const QList<CapabilityInfo> &list) {
            if (mine != d->generation)
                return;
            d->capabilities = list;
            d->setState(State::Ready);
            Q_EMIT capabilitiesChanged();
            refreshBalances();
        },
        [this, mine](const Error &error) {
            if (mine != d->generation)
                return;
            d->noteChangedKey(error);
            d->setState(d->capabilities.isEmpty() ? State::Failed : State::Degraded);
            Q_EMIT capabilitiesFailed(error);
        });
}

bool Session::listsCapabilities() const
{
    return d->gateway && d->gateway->listsCapabilities();
}

void Session::nameCapabilities(const QList<NamedCapability> &capabilities, const QString &replaced)
{
    follow(d->profileStore.nameCapabilities(d->profile.name, capabilities, replaced), this,
        [this](const Profile &changed) { d->take(changed); }, d->report());
}

void Session::forgetCapability(const QString &name)
{
    follow(d->profileStore.forgetCapability(d->profile.name, name), this, [this](const Profile &changed) { d->take(changed); }, d->report());
}

QFuture<Json> Session::fetchSchema(const QUrl &address, const QString &path)
{
    return schema_source::fetch(address, path, d->data);
}

QFuture<local_servers::Found> Session::findLocalServers()
{
    return local_servers::find();
}

void Session::refreshTicketOutcomes()
{
    if (!d->gateway)
        return;
    follow(
        d->gateway->refreshTicketOutcomes(), this,
        [this](int changed) {
            if (changed > 0)
                Q_EMIT ticketOutcomesChanged();
        },
        [](const Error &error) {
            qCWarning(logUi, "Ticket outcomes are unknown: %s", qUtf8Printable(error.describe()));
        });
}

History &Session::history() const
{
    return *d->history;
}

UserData &Session::userData() const
{
    return *d->data;
}

std::shared_ptr<UserData> Session::sharedUserData() const
{
    return d->data;
}

QString Session::senderAddress() const
{
    return d->gateway ? d->gateway->senderAddress() : QString();
}

Gateway *Session::gateway() const
{
    return d->gateway.get();
}

QFuture<PastRun> Session::loadPast(const RunRecord &record)
{
    return past_run::read(d->data, record);
}

void Session::refreshPayment(RunController *run)
{
    follow(
        past_run::tickets(d->data, run->runId()), run, [run](const QList<TicketView> &tickets) { run->setTickets(tickets); },
        [](const Error &error) {
            // The tickets stay as they were shown; the log says why they could not be read.
            qCWarning(logUi, "Tickets were not read again: %s", qUtf8Printable(error.describe()));
        });
}

std::optional<Gateway::Spending> Session::spending() const
{
    return d->gateway ? d->gateway->spending() : std::nullopt;
}

bool Session::hasPendingKey() const
{
    return d->changedKey.has_value();
}

void Session::acceptPendingKey()
{
    const auto changed = std::exchange(d->changedKey, std::nullopt);
    if (changed && d->gateway && d->gateway->acceptChangedKey(changed->server, changed->fingerprint))
        refreshCapabilities();
}

void Session::acceptPrice(const CapabilityId &capability, const QString &perSecond)
{
    d->acceptedPrices.insert(capability, perSecond);
}

RunController *Session::execute(const Call &wanted)
{
    if (!d->gateway)
        return nullptr;
    Call call = wanted;
    call.profile = d->profile.name;
    if (const auto accepted = d->acceptedPrices.constFind(idOf(call)); accepted != d->acceptedPrices.cend())
        call.limits.maxPricePerSecond = *accepted;
    auto *run = new RunController(RunController::Private::start(*d->gateway, call, idOf(call)), this);
    d->current = run;
    connect(run, &RunController::balanceChanged, this,
        [this, run, mine = d->generation](const QString &wei) {
            if (mine == d->generation)
                d->takeBalance(run->capabilityId(), run->servedBy(), wei);
        });
    connect(run, &RunController::stateChanged, this, [this, run] {
        refreshTicketOutcomes();
        // What a stream says of its purse is from before its last seconds were charged.
        if (run->call().verb != Verb::Run && capability(run->capabilityId()))
            d->askBalances({run->capabilityId()});
    });
    connect(run, &RunController::failed, this, [this](const Error &error) {
        d->noteChangedKey(error);
        if (error.kind() == Error::Kind::TlsChanged)
            Q_EMIT connectionFailed(error);
    });
    Q_EMIT runStarted(run);
    return run;
}

RunController *Session::currentRun() const
{
    return d->current;
}

} // namespace sluice::ui
