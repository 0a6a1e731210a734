#include "orchestrator_book_p.h"

#include "orchestrator_secrets_p.h"

#include "sluice/base/log.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/origin.h"

#include <QtCore/QDateTime>

#include <limits>

namespace sluice::liverunner {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int RunnerIdCharacters = 8;
constexpr int ProxyIdCharacters = 26;
constexpr qsizetype MaxMimeCharacters = 256;

constexpr char RunnerNotFound[] = "runner not found";

QString prefixed(const char *prefix, int characters)
{
    return QLatin1String(prefix) + randomId(characters);
}

bool isPrintable(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
}

} // namespace

Book::Book(SharedContext context)
    : m_context(std::move(context))
{
}

bool Book::isExpired(const Runner &runner) const
{
    return !runner.file && Clock::now() - runner.heard > m_context->options.heartbeatTtl;
}

bool Book::isUsable(const Runner &runner) const
{
    const bool ready = runner.status.isEmpty() || runner.status == QLatin1String("ready");
    return !runner.gone && ready && runner.healthy && !isExpired(runner);
}

Expected<HeartbeatAnswer, Refusal> Book::heard(const Heartbeat &heartbeat, QByteArrayView authorization)
{
    // Calls through such an app would come back here without an end.
    const auto place = Origin::of(QUrl(heartbeat.runner.runnerUrl).adjusted(QUrl::RemoveUserInfo));
    for (const QString &own : {m_context->service(), m_context->internal(), m_context->node.url().toString()}) {
        const auto ours = Origin::of(QUrl(own));
        if (!place || (ours && *ours == *place))
            return refused(400, "invalid runner_url");
    }
    const auto before = m_runners.value(heartbeat.runnerId);
    const bool isNew = heartbeat.runnerId.isEmpty() || !before;
    const auto found = isNew ? enter(heartbeat, authorization) : known(before, authorization);
    if (!found)
        return unexpected(found.error());
    const std::shared_ptr<Runner> &runner = *found;
    describe(*runner, heartbeat.runner);
    runner->status = heartbeat.status;
    runner->heard = Clock::now();
    HeartbeatAnswer answer;
    answer.runnerId = runner->id;
    answer.orchestrator = m_context->internal();
    answer.interval = m_context->options.heartbeatInterval;
    answer.ttl = m_context->options.heartbeatTtl;
    for (const auto &session : std::as_const(runner->sessions))
        answer.sessionIds.append(session->id);
    if (!isNew)
        return answer;
    qCInfo(logLiveRunner, "%s of %s is registered", qUtf8Printable(runner->id), qUtf8Printable(runner->described.app));
    answer.secret = heartbeatSecret(runner->seed);
    ChannelAnswer o2r;
    o2r.name = QStringLiteral("o2r");
    o2r.channelName = QString::fromUtf8(runner->o2r);
    o2r.url = m_context->channelUrl(m_context->internal(), o2r.channelName);
    o2r.mimeType = QStringLiteral("application/json");
    answer.o2r = o2r;
    return answer;
}

Expected<std::shared_ptr<Runner>, Refusal> Book::enter(const Heartbeat &heartbeat, QByteArrayView authorization)
{
    if (m_context->options.secret.isEmpty())
        return refused(404, "dynamic live runner registration is disabled");
    if (!m_context->options.secret.equals(authorization))
        return refused(401, "invalid registration authorization");
    if (m_runners.size() >= m_context->options.maxRunners)
        return refused(503, "too many live runners are registered");
    const auto runner = std::make_shared<Runner>();
    runner->id = heartbeat.runnerId.isEmpty() ? prefixed("runner_", RunnerIdCharacters) : heartbeat.runnerId;
    runner->route = runner->id;
    runner->seed = randomSeed();
    // What stands in the channel's name must be good for an address.
    const auto part = channelPart(runner->id);
    runner->o2r = o2rChannel(runner->seed, part ? *part : prefixed("runner_", RunnerIdCharacters));
    if (!m_context->channels.create(runner->o2r, "application/json"))
        return refused(503, "too many trickle channels");
    const bool routeTaken = std::any_of(m_runners.cbegin(), m_runners.cend(), [&](const auto &one) { return one->route == runner->route; });
    if (routeTaken) {
        m_context->channels.remove(runner->o2r);
        return refused(400, "runner_id is the route of another runner");
    }
    m_runners.insert(runner->id, runner);
    return runner;
}

Expected<std::shared_ptr<Runner>, Refusal> Book::known(const std::shared_ptr<Runner> &runner, QByteArrayView authorization)
{
    if (isExpired(*runner))
        return refused(404, RunnerNotFound);
    if (!isSameSecret(heartbeatSecret(runner->seed), authorization))
        return refused(401, "invalid heartbeat authorization");
    if (runner->file)
        return refused(400, "static runner cannot heartbeat");
    return runner;
}

void Book::describe(Runner &runner, const RunnerDescription &described) const
{
    runner.described = described;
    runner.terms.reset();
    runner.termsProblem.clear();
    if (!m_context->isOnChain())
        return;
    if (m_context->options.dollarsPerEth <= 0) {
        runner.termsProblem = QStringLiteral("there is no price feed");
        return;
    }
    const RegisteredPrice price = described.price.value_or(RegisteredPrice());
    const auto wei = price.inWei(m_context->options.dollarsPerEth);
    if (!wei)
        runner.termsProblem = wei.error().message();
    else if (*wei < 1)
        runner.termsProblem = QStringLiteral("the price is below 1 wei");
    else if (*wei > std::numeric_limits<qint64>::max())
        runner.termsProblem = QStringLiteral("the price is above 2^63 wei");
    else
        runner.terms = Terms{*price.advertisedUnit(), PriceInfo{wei->convert_to<qint64>(), 1}};
}

Expected<void, Refusal> Book::unregister(const QString &id, QByteArrayView authorization)
{
    const auto runner = m_runners.value(id);
    if (!runner)
        return refused(404, RunnerNotFound);
    if (const auto may = known(runner, authorization); !may)
        return unexpected(may.error());
    remove(runner);
    return {};
}

void Book::take(const QList<StaticRunner> &entries)
{
    for (const StaticRunner &entry : entries) {
        const auto isIt = [&entry](const auto &one) { return one->file && one->file->label == entry.label; };
        const auto found = std::find_if(m_runners.cbegin(), m_runners.cend(), isIt);
        std::shared_ptr<Runner> runner = found == m_runners.cend() ? nullptr : *found;
        if (!runner) {
            runner = std::make_shared<Runner>();
            runner->id = prefixed("runner_", RunnerIdCharacters);
            runner->seed = randomSeed();
            runner->healthy = false;
            m_runners.insert(runner->id, runner);
        }
        runner->file = entry;
        runner->route = entry.routedByLabel ? entry.label : runner->id;
        describe(*runner, entry.runner);
    }
}

QList<std::shared_ptr<Runner>> Book::fromFiles() const
{
    QList<std::shared_ptr<Runner>> list = m_runners.values();
    list.removeIf([](const auto &runner) { return !runner->file; });
    return list;
}

void Book::setHealthy(const std::shared_ptr<Runner> &runner, bool healthy)
{
    if (runner->gone || runner->healthy == healthy)
        return;
    runner->healthy = healthy;
    qCInfo(logLiveRunner, "%s of %s is %s", qUtf8Printable(runner->id), qUtf8Printable(runner->described.app), healthy ? "healthy" : "not healthy");
    while (!healthy && !runner->sessions.isEmpty())
        end(runner->sessions.first(), End::Gone);
}

void Book::remove(const std::shared_ptr<Runner> &runner)
{
    runner->gone = true;
    m_runners.remove(runner->id);
    // The channel closes first: what is gone is not told that its sessions are.
    if (!runner->o2r.isEmpty())
        m_context->channels.remove(std::exchange(runner->o2r, {}));
    while (!runner->sessions.isEmpty())
        end(runner->sessions.first(), End::Gone);
    qCInfo(logLiveRunner, "%s of %s is gone", qUtf8Printable(runner->id), qUtf8Printable(runner->described.app));
}

void Book::removeAll()
{
    const auto all = m_runners.values();
    for (const auto &runner : all)
        remove(runner);
}

void Book::sweep()
{
    const auto all = m_runners.values();
    for (const auto &runner : all) {
        if (isExpired(*runner))
            remove(runner);
    }
}

void Book::tell(const Runner &runner, const RunnerEvent &event)
{
    if (runner.o2r.isEmpty())
        return;
    if (const auto channel = m_context->channels.publish(runner.o2r)) {
        channel->write(event.toJson().dump());
        channel->nextSegment();
    }
}

void Book::keepAlive()
{
    RunnerEvent event;
    event.kind = RunnerEvent::Kind::KeepAlive;
    for (const auto &runner : std::as_const(m_runners))
        tell(*runner, event);
}

Expected<std::shared_ptr<Runner>, Refusal> Book::usable(const QString &route) const
{
    for (const auto &runner : m_runners) {
        if (runner->route == route && isUsable(*runner))
            return runner;
    }
    return refused(404, RunnerNotFound);
}

Expected<std::shared_ptr<Session>, Refusal> Book::session(const Runner &runner, const QString &id) const
{
    for (const auto &session : runner.sessions) {
        if (session->id == id)
            return session;
    }
    return refused(404, "runner session not found");
}

std::shared_ptr<Session> Book::session(const QString &id) const
{
    return m_sessions.value(id);
}

QStringList Book::sessionIds() const
{
    return m_sessions.keys();
}

DiscoveredRunner Book::listed(const Runner &runner) const
{
    DiscoveredRunner entry;
    const QString base = m_context->service() + QStringLiteral("/apps/") + inPath(runner.route);
    const bool isPersistent = runner.described.mode == Mode::Persistent;
    entry.url = base + (isPersistent ? QStringLiteral("/session") : QStringLiteral("/app"));
    if (!isPersistent && runner.described.proxy)
        entry.url = m_context->proxyUrl(runner.route);
    entry.app = runner.described.app;
    entry.version = runner.described.version;
    entry.metadata = runner.described.metadata;
    entry.mode = modeText(runner.described.mode);
    entry.gpu = runner.described.gpu;
    entry.capacity = runner.described.capacity;
    entry.used = runner.sessions.size();
    entry.available = entry.capacity - entry.used;
    if (runner.terms) {
        OfferedPrice price;
        price.price = runner.terms->price.pricePerUnit;
        price.unit = unitText(runner.terms->unit);
        entry.price = price;
    }
    return entry;
}

DiscoveredNode Book::listed() const
{
    DiscoveredNode node;
    node.address = m_context->service();
    for (const auto &runner : m_runners) {
        if (isUsable(*runner))
            node.runners.append(listed(*runner));
    }
    return node;
}

Expected<std::shared_ptr<Session>, Refusal> Book::reserve(const std::shared_ptr<Runner> &runner, const QString &id)
{
    if (!isUsable(*runner))
        return refused(404, RunnerNotFound);
    if (m_sessions.contains(id))
        return refused(409, "session already exists");
    if (runner->isFull() || m_sessions.size() >= m_context->options.maxSessions)
        return refused(503, "no capacity available for runner");
    const auto session = std::make_shared<Session>(m_context->node.io().context().get_executor());
    session->id = id;
    session->runner = runner;
    session->token = sessionToken(runner->seed, id);
    m_sessions.insert(id, session);
    runner->sessions.append(session);
    RunnerEvent event;
    event.kind = RunnerEvent::Kind::Reserved;
    event.sessionId = id;
    event.timestamp = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    tell(*runner, event);
    return session;
}

void Book::end(std::shared_ptr<Session> session, End why)
{
    if (std::exchange(session->ended, true))
        return;
    session->billing.disarm();
    m_sessions.remove(session->id);
    for (const QString &id : std::as_const(session->proxies))
        m_proxies.remove(id);
    for (auto it = session->channels.cbegin(); it != session->channels.cend(); ++it)
        m_context->channels.remove(session->id.toUtf8() + '-' + it.key().toUtf8());
    if (const auto runner = session->runner.lock()) {
        runner->sessions.removeOne(session);
        RunnerEvent event;
        event.kind = RunnerEvent::Kind::Released;
        event.sessionId = session->id;
        event.timestamp = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
        tell(*runner, event);
    }
    if (why == End::Released)
        return;
    qCInfo(logLiveRunner, "session %s ended: %s", qUtf8Printable(session->id), why == End::Unpaid ? "its balance is used up" : "its app is gone");
    const auto cuts = std::exchange(session->cuts, {});
    for (const auto &[number, cut] : cuts)
        cut();
}

Expected<ProxyAnswer, Refusal> Book::addProxy(const std::shared_ptr<Session> &session, const QUrl &target)
{
    if (session->proxies.size() >= m_context->options.maxProxiesPerSession)
        return refused(400, "the session has too many proxies");
    ProxyAnswer answer;
    answer.proxyId = randomId(ProxyIdCharacters);
    answer.url = m_context->proxyUrl(answer.proxyId);
    m_proxies.insert(answer.proxyId, Proxy{session, target});
    session->proxies.append(answer.proxyId);
    return answer;
}

const Proxy *Book::proxy(const QString &id) const
{
    const auto found = m_proxies.constFind(id);
    return found == m_proxies.cend() ? nullptr : &*found;
}

Expected<ChannelAnswer, Refusal> Book::addChannel(const std::shared_ptr<Session> &session, const QString &name, const QString &mimeType)
{
    const auto part = channelPart(name);
    if (!part)
        return refused(400, part.error().message().toUtf8());
    if (mimeType.size() > MaxMimeCharacters || !isPrintable(mimeType))
        return refused(400, "mime_type is no media type");
    const QString channel = session->id + QLatin1Char('-') + *part;
    const bool isThere = session->channels.contains(*part) && m_context->channels.channel(channel.toUtf8());
    if (!isThere) {
        const QByteArray mime = mimeType.isEmpty() ? QByteArray("application/octet-stream") : mimeType.toLatin1();
        if (session->channels.size() >= m_context->options.maxChannelsPerSession)
            return refused(400, "the session has too many trickle channels");
        if (!m_context->channels.create(channel.toUtf8(), mime))
            return refused(503, "too many trickle channels");
        session->channels.insert(*part, mime);
    }
    ChannelAnswer answer;
    answer.name = name;
    answer.channelName = channel;
    answer.url = m_context->channelUrl(m_context->service(), channel);
    answer.internalUrl = m_context->channelUrl(m_context->internal(), channel);
    answer.mimeType = QString::fromLatin1(session->channels.value(*part));
    return answer;
}

Expected<void, Refusal> Book::removeChannel(const std::shared_ptr<Session> &session, const QString &name)
{
    const auto part = channelPart(name);
    if (!part)
        return refused(400, part.error().message().toUtf8());
    if (session->channels.remove(*part) == 0 || !m_context->channels.remove(session->id.toUtf8() + '-' + part->toUtf8()))
        return refused(404, "trickle channel not found");
    return {};
}

} // namespace sluice::liverunner
