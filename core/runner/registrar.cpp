#include "sluice/runner/registrar_p.h"

#include "sluice/base/log.h"

#include <QtCore/QSet>

#include <algorithm>
#include <optional>

namespace sluice {

using namespace std::chrono_literals;

namespace {

constexpr auto RequestLimit = 5s; // as the sample workers allow for one try
constexpr auto FarewellLimit = 2s;

/// Names in `GET /capabilities`: objects with a name, or bare names, in an array or below "capabilities".
std::optional<QSet<QString>> listedNames(const QByteArray &body)
{
    const auto parsed = Json::parse(body);
    if (!parsed)
        return std::nullopt;
    const Json list = parsed->isObject() ? parsed->value(QStringLiteral("capabilities")) : *parsed;
    if (!list.isArray())
        return std::nullopt;
    QSet<QString> names;
    for (const Json &item : list.items())
        names.insert(item.isString() ? item.toString() : item.value(QStringLiteral("name")).toString());
    return names;
}

} // namespace

Registrar::Registrar(Settings settings, const QList<Entry> &entries, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_trust(m_pins)
    , m_client(m_trust)
    , m_timer(this)
{
    if (!m_settings.fingerprint.isEmpty())
        m_pins.save(TlsTrust::hostPort(m_settings.orchestrator), m_settings.fingerprint);
    for (const Entry &entry : entries)
        m_states.append({entry, false, false, 0, QDeadlineTimer(0)});
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Registrar::tick);
}

Registrar::~Registrar() = default;

void Registrar::start()
{
    m_nextWatch = QDeadlineTimer(m_settings.watchInterval);
    m_timer.start(0);
}

void Registrar::stop(std::function<void()> done)
{
    m_timer.stop();
    m_cancel.cancel();
    m_whenIdle = [this, done = std::move(done)] {
        m_cancel = CancelSource();
        unregisterAll(done);
    };
    if (!m_busy)
        std::exchange(m_whenIdle, nullptr)();
}

HttpRequest Registrar::request(const QByteArray &method, const QString &path, QByteArray body) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_settings.orchestrator;
    QString base = request.url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    request.url.setPath(base + path);
    request.trust = TrustPolicy::PinOnFirstUse;
    if (method == "POST") {
        request.headers = {{"Authorization", m_settings.secret.expose().toByteArray()}};
        request.body = std::move(body);
    }
    return request;
}

CallContext Registrar::context(std::chrono::milliseconds limit) const
{
    CallContext context;
    context.cancel = m_cancel.token();
    context.deadline = QDeadlineTimer(limit);
    return context;
}

void Registrar::tick()
{
    if (m_busy)
        return;
    m_busy = true;
    round();
}

QCoro::Task<void> Registrar::round()
{
    for (qsizetype i = 0; i < m_states.size() && !m_whenIdle; ++i) {
        if (!m_states[i].registered && !m_states[i].givenUp && m_states[i].due.hasExpired())
            co_await attempt(i);
    }
    if (m_nextWatch.hasExpired() && !m_whenIdle) {
        co_await watch();
        m_nextWatch = QDeadlineTimer(m_settings.watchInterval);
    }
    m_busy = false;
    if (m_whenIdle)
        std::exchange(m_whenIdle, nullptr)();
    else
        schedule();
}

void Registrar::schedule()
{
    qint64 next = m_nextWatch.remainingTime();
    for (const State &state : std::as_const(m_states)) {
        if (!state.registered && !state.givenUp)
            next = std::min(next, state.due.remainingTime());
    }
    m_timer.start(std::chrono::milliseconds(next));
}

QCoro::Task<void> Registrar::attempt(qsizetype index)
{
    std::optional<Error> failure;
    try {
        HttpRequest post = request("POST", QStringLiteral("/capability/register"), m_states[index].entry.body);
        post.headers.emplaceBack("Content-Type", "application/json");
        const QUrl url = post.url;
        const HttpResponse answer = co_await m_client.send(std::move(post), context(RequestLimit));
        if (answer.status != 200)
            failure = Error(Error::Kind::Http, QStringLiteral("The orchestrator refused to register \"%1\" (HTTP %2: %3).")
                                .arg(m_states[index].entry.name).arg(answer.status)
                                .arg(QString::fromUtf8(answer.body.left(200)).trimmed()))
                          .withRequest("POST", url).withHttp(answer.status, answer.body);
    } catch (const Error &error) {
        failure = error;
    }
    State &state = m_states[index];
    if (failure) {
        if (failure->kind() != Error::Kind::Canceled)
            failedTry(state, *failure);
        co_return;
    }
    state.registered = true;
    state.tries = 0;
    qCInfo(logRunner).noquote() << "registered" << state.entry.name << "with" << m_settings.orchestrator.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    Q_EMIT registered(state.entry.name);
}

void Registrar::failedTry(State &state, const Error &error)
{
    ++state.tries;
    state.due = QDeadlineTimer(m_settings.retryInterval);
    // A wrong secret or address does not get right by repetition (byoc.md 2, sample policies).
    const int status = error.httpStatus();
    const bool final = status == 400 || status == 404 || status == 405 || error.kind() == Error::Kind::TlsChanged;
    if (final || (m_settings.maxTries > 0 && state.tries >= m_settings.maxTries)) {
        state.givenUp = true;
        Error last = error;
        if (status == 400)
            last.withAdvice(QStringLiteral("Check the orchestrator's secret and the capability's price."));
        else if (final && status != 0)
            last.withAdvice(QStringLiteral("Check the orchestrator's address: nothing registers capabilities there."));
        qCWarning(logRunner).noquote() << "gave up registering" << state.entry.name << last.describe();
        Q_EMIT failed(state.entry.name, last);
    } else if (state.tries == 1) {
        qCInfo(logRunner).noquote() << "registering" << state.entry.name << "is tried again every"
                                    << m_settings.retryInterval.count() << "ms:" << error.describe();
    }
}

QCoro::Task<void> Registrar::watch()
{
    std::optional<QSet<QString>> names;
    bool reached = false;
    try {
        const HttpResponse answer = co_await m_client.send(request("GET", QStringLiteral("/capabilities"), {}), context(RequestLimit));
        reached = true;
        if (answer.status == 200)
            names = listedNames(answer.body);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            co_return;
    }
    if (!reached) {
        m_lost = true;
        co_return;
    }
    const bool cameBack = std::exchange(m_lost, false);
    for (State &state : m_states) {
        // Without a list, an orchestrator that was away is taken for one that was restarted.
        const bool missing = names ? !names->contains(state.entry.name) : cameBack;
        if (!state.registered || !missing)
            continue;
        state.registered = false;
        state.due = QDeadlineTimer(0);
        qCInfo(logRunner).noquote() << "the orchestrator forgot" << state.entry.name;
        Q_EMIT forgotten(state.entry.name);
    }
}

QCoro::Task<void> Registrar::unregisterAll(std::function<void()> done)
{
    const CallContext farewell = context(FarewellLimit);
    for (qsizetype i = 0; i < m_states.size(); ++i) {
        if (!m_states[i].registered)
            continue;
        try {
            HttpRequest post = request("POST", QStringLiteral("/capability/unregister"), m_states[i].entry.name.toUtf8());
            post.headers.emplaceBack("Content-Type", "text/plain");
            co_await m_client.send(std::move(post), farewell);
        } catch (const Error &error) {
            qCInfo(logRunner).noquote() << "could not unregister" << m_states[i].entry.name << error.describe();
        }
        m_states[i].registered = false;
    }
    done();
}

} // namespace sluice
