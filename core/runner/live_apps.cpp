#include "sluice/runner/live_apps_p.h"

#include "sluice/base/json.h"
#include "sluice/base/log.h"
#include "sluice/base/async.h"
#include "sluice/base/task.h"
#include "sluice/net/origin.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <array>
#include <atomic>
#include <future>

namespace sluice {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds CallbackTimeout = 10s;
constexpr milliseconds RetryPause = 300ms;
constexpr int MaxTries = 3;
constexpr qsizetype MaxChannels = 25;
constexpr qsizetype MaxAnswerBytes = 64 * 1024;
/// What an orchestrator adds to requests, and callers to their payments: no business of a capability.
constexpr const char *OwnHeaders[] = {"Livepeer-Runner-Route", "Livepeer-Session-Id", "Livepeer-Session-Token", "Livepeer-Session-Control", "Livepeer-Payer-Address",
    "Livepeer-Payment", "Livepeer-Segment"};

QByteArray randomKey()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex();
}

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

qint64 now()
{
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

class LiveApps::Session final : public AppSession {
public:
    Session(LiveApps &apps, QString name, QString id, QString route, Secret token, QUrl control)
        : m_apps(apps)
        , m_name(std::move(name))
        , m_id(std::move(id))
        , m_route(std::move(route))
        , m_token(std::move(token))
        , m_control(std::move(control))
    {
    }

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString route() const override { return m_route; }
    [[nodiscard]] CancelToken ended() const override { return m_over.token(); }
    [[nodiscard]] Expected<QList<AppChannel>> createChannels(const QList<std::pair<QString, QString>> &wanted) override;
    [[nodiscard]] Expected<void> removeChannels(const QStringList &names) override;
    [[nodiscard]] Expected<QUrl> createProxy(const QUrl &target) override;
    [[nodiscard]] Expected<void> stop() override;

    void touch() { lastUse = now(); }
    void end() { m_over.cancel(); }
    [[nodiscard]] HttpRequest request(const char *method, const QString &route, const Json &body) const;

    std::atomic<qint64> lastUse = now();

private:
    [[nodiscard]] Expected<HttpResponse> ask(const char *method, const QString &route, const Json &body);

    LiveApps &m_apps;
    const QString m_name;
    const QString m_id;
    const QString m_route;
    const Secret m_token;
    const QUrl m_control;
    CancelSource m_over;
};

HttpRequest LiveApps::Session::request(const char *method, const QString &route, const Json &body) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_control;
    request.url.setPath(request.url.path(QUrl::FullyEncoded) + route, QUrl::StrictMode);
    request.trust = TrustPolicy::PinOnFirstUse;
    request.headers = Headers{{"Livepeer-Session-Token", m_token.expose().toByteArray()}, {"Content-Type", "application/json"}};
    if (!body.isNull())
        request.body = body.dump();
    request.maxBodyBytes = MaxAnswerBytes;
    return request;
}

/// Tried again where the orchestrator failed, or was not reached.
Expected<HttpResponse> LiveApps::Session::ask(const char *method, const QString &route, const Json &body)
{
    const HttpRequest once = request(method, route, body);
    for (int tries = 1;; ++tries) {
        Expected<HttpResponse> response = m_apps.ask(m_name, once, m_over.token());
        const bool again = response ? response->status >= 500 : response.error().kind() == Error::Kind::Network;
        if (!again || tries == MaxTries || m_over.token().isCanceled()) {
            if (!response || (response->status >= 200 && response->status < 300))
                return response;
            QByteArray said = response->body;
            said.replace(m_token.expose().toByteArray(), "…");
            return unexpected(Error(Error::Kind::Http, QStringLiteral("The orchestrator answered %1: %2").arg(response->status).arg(QString::fromUtf8(said.left(300)).trimmed()))
                                  .withRequest(method, once.url).withHttp(response->status, said));
        }
        QThread::msleep(quint32(RetryPause.count()));
    }
}

Expected<QList<AppChannel>> LiveApps::Session::createChannels(const QList<std::pair<QString, QString>> &wanted)
{
    if (wanted.isEmpty() || wanted.size() > MaxChannels)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("%1 channels are asked for, and an orchestrator makes 1 to %2 at a time.").arg(wanted.size()).arg(MaxChannels)));
    Json list = Json::array();
    for (const auto &[name, type] : wanted) {
        if (name.isEmpty())
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("A channel has no name.")));
        list.append(Json{{key("name"), name}, {key("mime_type"), type.isEmpty() ? key("application/octet-stream") : type}});
    }
    const auto response = ask("POST", key("/channels"), Json{{key("channels"), list}});
    if (!response)
        return unexpected(response.error());
    const auto json = Json::parse(response->body);
    QList<AppChannel> channels;
    const Json made = json ? json->value(key("channels")) : Json();
    for (const Json &one : made.items()) {
        AppChannel channel;
        channel.name = one.value(key("name")).toString();
        channel.channelName = one.value(key("channel_name")).toString();
        channel.url = QUrl(one.value(key("url")).toString(), QUrl::StrictMode);
        channel.mimeType = one.value(key("mime_type")).toString();
        const QString own = one.value(key("internal_url")).toString();
        channel.ownUrl = own.isEmpty() ? channel.url : QUrl(own, QUrl::StrictMode);
        channels.append(channel);
    }
    const bool whole = channels.size() == wanted.size() && std::all_of(channels.cbegin(), channels.cend(), [](const AppChannel &channel) { return channel.url.isValid() && !channel.url.isEmpty(); });
    if (!whole)
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The orchestrator was asked for %1 channels and named %2 that can be used.").arg(wanted.size()).arg(channels.size())));
    return channels;
}

Expected<void> LiveApps::Session::removeChannels(const QStringList &names)
{
    if (names.isEmpty() || names.size() > MaxChannels)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("%1 channels are to be closed, and an orchestrator closes 1 to %2 at a time.").arg(names.size()).arg(MaxChannels)));
    Json list = Json::array();
    for (const QString &name : names)
        list.append(name);
    const auto response = ask("DELETE", key("/channels"), Json{{key("channels"), list}});
    return response ? Expected<void>() : Expected<void>(unexpected(response.error()));
}

Expected<QUrl> LiveApps::Session::createProxy(const QUrl &target)
{
    Json body = Json::object();
    if (!target.isEmpty())
        body.insert(key("target_url"), target.toString(QUrl::FullyEncoded));
    const auto response = ask("POST", key("/proxy"), body);
    if (!response)
        return unexpected(response.error());
    const auto json = Json::parse(response->body);
    const QUrl url(json ? json->value(key("url")).toString() : QString(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The orchestrator was asked for a proxy and named no address.")));
    return url;
}

Expected<void> LiveApps::Session::stop()
{
    const auto response = ask("POST", key("/stop"), Json());
    if (!response && response.error().httpStatus() != 404)
        return unexpected(response.error());
    return {};
}

LiveApps::LiveApps(IoThread &io, Settings settings)
    : m_io(io)
    , m_settings(std::move(settings))
    , m_prefix("/app-" + randomKey())
    , m_trust(m_pins)
    , m_http(m_trust)
    , m_look(this)
{
    connect(&m_look, &QTimer::timeout, this, &LiveApps::look);
}

LiveApps::~LiveApps() = default;

void LiveApps::start(const QList<App> &apps)
{
    for (const App &app : apps)
        begin(app);
    if (m_settings.idleLimit.count() > 0)
        m_look.start(std::clamp(m_settings.idleLimit / 4, milliseconds(50), milliseconds(15'000)));
}

void LiveApps::begin(const App &app)
{
    if (!m_settings.fingerprint.isEmpty())
        m_pins.save(TlsTrust::hostPort(app.config.orchestrator), m_settings.fingerprint);
    auto registration = std::make_unique<LiveRegistration>(m_io, app.config);
    const QString name = app.name;
    LiveRegistration *const made = registration.get();
    connect(made, &LiveRegistration::stateChanged, this, [this, name](LiveRegistration::State state) {
        if (state == LiveRegistration::State::Ready)
            Q_EMIT registered(name);
        else if (state == LiveRegistration::State::Lost)
            Q_EMIT lost(name);
    });
    connect(made, &LiveRegistration::problem, this, [this, name, made](const Error &error) { Q_EMIT problem(name, error, made->state() == LiveRegistration::State::Closed); });
    connect(made, &LiveRegistration::sessionEnded, this, [this, name](const QString &id) { ended(name, id); });
    m_runners.push_back({app, std::move(registration)});
    if (const auto started = made->start(); !started)
        Q_EMIT problem(name, started.error(), true);
}

void LiveApps::stop(std::function<void()> done)
{
    m_look.stop();
    const auto left = std::make_shared<std::size_t>(m_runners.size());
    if (*left == 0) {
        done();
        return;
    }
    for (const Runner &runner : m_runners) {
        auto *watcher = new QFutureWatcher<void>(this);
        connect(watcher, &QFutureWatcher<void>::finished, this, [left, done] {
            if (--*left == 0)
                done();
        });
        watcher->setFuture(runner.registration->close());
    }
}

bool LiveApps::owns(const QByteArray &path) const
{
    return path.startsWith(m_prefix) && path.size() > m_prefix.size() && path[m_prefix.size()] == '/';
}

std::shared_ptr<AppSession> LiveApps::enter(ServerRequest &request)
{
    request.path.remove(0, m_prefix.size());
    const QString name = QString::fromUtf8(QByteArray::fromPercentEncoding(request.path).split('/').value(1));
    const QString id = QString::fromUtf8(headers::value(request.headers, "Livepeer-Session-Id"));
    const QString route = QString::fromUtf8(headers::value(request.headers, "Livepeer-Runner-Route"));
    const Secret token(QByteArrayView(headers::value(request.headers, "Livepeer-Session-Token")));
    const QUrl control(QString::fromUtf8(headers::value(request.headers, "Livepeer-Session-Control")), QUrl::StrictMode);
    for (const char *own : OwnHeaders)
        headers::remove(request.headers, own);
    if (id.isEmpty() || id.size() > 256 || token.isEmpty() || control.isEmpty())
        return nullptr;
    std::shared_ptr<Session> session;
    bool isNew = false;
    {
        const std::scoped_lock lock(m_mutex);
        std::shared_ptr<Session> &known = m_sessions[{name, id}];
        isNew = !known;
        if (isNew)
            known = std::make_shared<Session>(*this, name, id, route, token, control);
        session = known;
    }
    session->touch();
    if (isNew)
        QMetaObject::invokeMethod(this, [this, name, id] { opened(name, id); }, Qt::QueuedConnection);
    return session;
}

LiveRegistration *LiveApps::registrationOf(const QString &name) const
{
    for (const Runner &runner : m_runners) {
        if (runner.app.name == name)
            return runner.registration.get();
    }
    return nullptr;
}

void LiveApps::opened(const QString &name, const QString &id)
{
    if (LiveRegistration *registration = registrationOf(name))
        registration->openSession(id);
}

void LiveApps::ended(const QString &name, const QString &id)
{
    std::shared_ptr<Session> session;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_sessions.find({name, id});
        if (found == m_sessions.end())
            return;
        session = found->second;
        m_sessions.erase(found);
    }
    session->end();
}

/// A caller that crashed keeps its slot, and its orchestrator ends no idle session.
void LiveApps::look()
{
    std::vector<std::pair<Key, std::shared_ptr<Session>>> idle;
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &[which, session] : m_sessions) {
            if (session.use_count() == 1 && now() - session->lastUse > m_settings.idleLimit.count())
                idle.emplace_back(which, session);
        }
    }
    for (const auto &[which, session] : idle) {
        qCInfo(logRunner).noquote() << "a session of" << which.name << "that nobody used is stopped";
        send(which.name, session->request("POST", key("/stop"), Json()), CancelToken()); // its own end is no reason not to say so
        if (LiveRegistration *registration = registrationOf(which.name))
            registration->openSession(which.id); // so that its end is told
        ended(which.name, which.id);
    }
}

Expected<HttpResponse> LiveApps::ask(const QString &name, HttpRequest request, CancelToken over)
{
    auto promise = std::make_shared<std::promise<Expected<HttpResponse>>>();
    auto answer = promise->get_future();
    request.sent = std::make_shared<std::atomic<bool>>(false);
    const auto work = [](LiveApps *self, QString whose, HttpRequest what, CancelToken end, std::shared_ptr<std::promise<Expected<HttpResponse>>> into) -> QCoro::Task<void> {
        const Expected<HttpResponse> response = co_await self->send(whose, what, end);
        into->set_value(response);
    };
    QMetaObject::invokeMethod(this, [this, work, name, request, over, promise] { work(this, name, request, over, promise); }, Qt::QueuedConnection);
    try {
        // The promise is broken where this ends before.
        promise.reset();
        return answer.get();
    } catch (const std::future_error &) {
        return unexpected(Error(Error::Kind::Canceled, QStringLiteral("The runner stops.")));
    }
}

QCoro::Task<Expected<HttpResponse>> LiveApps::send(QString name, HttpRequest request, CancelToken over)
{
    // Only an orchestrator gets a token: whoever can reach this runner's port could name another server.
    const LiveRegistration *registration = registrationOf(name);
    const auto origin = Origin::of(request.url);
    const bool known = registration && origin && (Origin::of(registration->orchestrator()).valueOr(Origin()) == *origin
        || std::any_of(m_runners.begin(), m_runners.end(), [&](const Runner &one) { return Origin::of(one.app.config.orchestrator).valueOr(Origin()) == *origin; }));
    if (!known)
        co_return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The session's control address is at %1, which is not this runner's orchestrator.").arg(request.url.authority())));
    CallContext context;
    context.cancel = over;
    const CallContext limited = context.within(CallbackTimeout);
    std::optional<Error> failure;
    HttpResponse response;
    try {
        response = co_await m_http.send(request, limited);
    } catch (const Error &error) {
        failure = error;
    }
    if (failure)
        co_return unexpected(*failure);
    co_return response;
}

} // namespace sluice
