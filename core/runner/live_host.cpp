#include "sluice/runner/live_host_p.h"

#include "sluice/base/log.h"
#include "sluice/net/work_aside.h"

namespace sluice {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto StopPatience = 4s;
constexpr qsizetype MaxIdLength = 256;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QString streamIdOf(const ServerRequest &request, const Json &body)
{
    const QByteArray header = headers::value(request.headers, "X-Stream-Id");
    if (!header.isEmpty())
        return QString::fromUtf8(header);
    const QString id = body.value(key("gateway_request_id")).toString();
    return id.isEmpty() ? body.value(key("stream_id")).toString() : id;
}

RunnerReply unfit(const QString &field, const QString &message, const Json &body)
{
    SchemaViolation violation;
    violation.pointer = u'/' + field;
    violation.type = key("value_error");
    violation.message = message;
    return jsonReply(422, validationDetail({violation}, body));
}

RunnerReply stoppedReply(bool wasRunning)
{
    return jsonReply(200, Json{{key("status"), wasRunning ? "stopped" : "not running"}});
}

/// Parameters' violations, at their place in the body of a start.
RunnerReply unfitParameters(QList<SchemaViolation> violations, const QString &where, const Json &body)
{
    for (SchemaViolation &violation : violations)
        violation.pointer = where + violation.pointer;
    return jsonReply(422, validationDetail(violations, body));
}

} // namespace

bool LiveHost::knows(const QByteArray &action, const QByteArray &method)
{
    if (action == "status")
        return method == "GET" || method == "HEAD";
    return method == "POST" && (action == "start" || action == "stop" || action == "params" || action == "update");
}

asio::awaitable<void> LiveHost::handle(QByteArray action, ServerRequest request, ServerResponse &response)
{
    RunnerReply reply;
    if (action == "start")
        reply = co_await start(std::move(request));
    else if (action == "stop")
        reply = co_await stopJob(std::move(request));
    else if (action == "status")
        reply = status();
    else
        reply = co_await update(std::move(request));
    co_await response.send(reply.status, reply.headers, reply.body);
}

Expected<LiveUrls, RunnerReply> LiveHost::channelsOf(const Json &body) const
{
    LiveUrls urls;
    const std::pair<const char *, QUrl *> known[] = {{"subscribe_url", &urls.subscribe}, {"publish_url", &urls.publish},
        {"data_url", &urls.data}, {"control_url", &urls.control}, {"events_url", &urls.events}};
    for (const auto &[name, url] : known) {
        const Json value = body.value(key(name));
        if (value.isNull() || (value.isString() && value.toString().isEmpty()))
            continue;
        *url = QUrl(value.toString(), QUrl::StrictMode);
        const bool http = url->scheme() == QLatin1String("http") || url->scheme() == QLatin1String("https");
        if (!url->isValid() || !http || url->host().isEmpty())
            return unexpected(unfit(key(name), QStringLiteral("\"%1\" is no http URL of a channel.").arg(key(name)), body));
        // Otherwise a caller could make this machine send requests to any address.
        const Expected<void> allowed = m_settings.origins ? m_settings.origins->check(*url, OriginPolicy::Scope::SameOrigin, QStringLiteral("channel"))
                                                          : unexpected(Error(Error::Kind::Protocol,
                                                                QStringLiteral("This runner is registered with no orchestrator, so it uses nobody's channels.")));
        if (!allowed) {
            qCWarning(logRunner).noquote() << m_capability.name() << "may not use the channel" << key(name) << "of a job:" << allowed.error().describe();
            return unexpected(unfit(key(name), QStringLiteral("This runner may not use the channel: ") + allowed.error().message(), body));
        }
    }
    return urls;
}

Expected<LiveHost::Wanted, RunnerReply> LiveHost::read(const ServerRequest &request) const
{
    Json::Limits limits;
    limits.maxBytes = m_settings.maxInputBytes;
    const Expected<Json> parsed = Json::parse(request.body, limits);
    if (!parsed)
        return unexpected(brokenBodyReply(parsed.error()));
    if (!parsed->isObject())
        return unexpected(unfit({}, QStringLiteral("The body of a start is a JSON object."), *parsed));
    Wanted wanted;
    wanted.id = streamIdOf(request, *parsed);
    if (wanted.id.isEmpty() || wanted.id.size() > MaxIdLength)
        return unexpected(unfit(key("gateway_request_id"), QStringLiteral("A stream has an id of 1 to %1 characters, in X-Stream-Id or here.")
                                                               .arg(MaxIdLength), *parsed));
    const auto urls = channelsOf(*parsed);
    if (!urls)
        return unexpected(urls.error());
    wanted.urls = *urls;
    const Json given = parsed->value(key("params"));
    if (!given.isNull() && !given.isObject())
        return unexpected(unfit(key("params"), QStringLiteral("The parameters are a JSON object."), *parsed));
    wanted.parameters = m_capability.withDefaults(given.isNull() ? Json::object() : given);
    const QList<SchemaViolation> violations = m_capability.validator().validate(wanted.parameters);
    if (!violations.isEmpty())
        return unexpected(unfitParameters(violations, key("/params"), *parsed));
    return wanted;
}

Expected<std::shared_ptr<WorkerJob>, RunnerReply> LiveHost::enter(const Wanted &wanted)
{
    const std::lock_guard lock(m_mutex);
    if (m_jobs.contains(wanted.id))
        return unexpected(detailReply(409, QStringLiteral("The stream \"%1\" runs already.").arg(wanted.id.left(100))));
    if (int(m_jobs.size()) >= m_capability.capacity())
        return unexpected(detailReply(503, QStringLiteral("\"%1\" is busy: all of its %2 slots are taken. Try again soon.")
                                               .arg(m_capability.name()).arg(m_capability.capacity()), "Retry-After", "1"));
    auto job = std::make_shared<WorkerJob>(m_io, m_capability, wanted.id, wanted.urls, wanted.parameters, m_settings);
    m_jobs.emplace(wanted.id, job);
    return job;
}

asio::awaitable<RunnerReply> LiveHost::start(ServerRequest request)
{
    const qsizetype size = request.body.size();
    auto work = [self = shared_from_this(), request = std::move(request)] { return self->read(request); };
    const auto wanted = co_await aside(size, std::move(work));
    if (!wanted)
        co_return wanted.error();
    const auto entered = enter(*wanted);
    if (!entered)
        co_return entered.error();
    const std::shared_ptr<WorkerJob> job = *entered;
    job->begin([weak = weak_from_this(), id = job->id()] {
        if (const auto self = weak.lock())
            self->forget(id);
    });
    const std::exception_ptr failure = co_await job->started(m_settings.startTimeout);
    if (failure) {
        const RunnerFailure what = describeFailure(failure, {});
        qCWarning(logRunner).noquote() << m_capability.name() << "refused stream" << job->id() << what.text;
        co_return jsonReply(what.status, what.body);
    }
    qCInfo(logRunner).noquote() << m_capability.name() << "began stream" << job->id();
    co_return jsonReply(200, job->status());
}

asio::awaitable<RunnerReply> LiveHost::stopJob(ServerRequest request)
{
    const std::shared_ptr<WorkerJob> job = find(request);
    if (job) {
        job->stop(QStringLiteral("The stream was stopped."));
        // Answered once the job has written its last events, so that the caller may close the channels.
        co_await job->ended(StopPatience);
    }
    co_return stoppedReply(job != nullptr);
}

asio::awaitable<RunnerReply> LiveHost::update(ServerRequest request) const
{
    const qsizetype size = request.body.size();
    const std::shared_ptr<WorkerJob> job = find(request);
    Json::Limits limits;
    limits.maxBytes = m_settings.maxInputBytes;
    auto work = [job, body = std::move(request.body), limits]() -> std::optional<RunnerReply> {
        const Expected<Json> changes = Json::parse(body, limits);
        if (!changes)
            return brokenBodyReply(changes.error());
        if (!changes->isObject())
            return unfit({}, QStringLiteral("The parameters are a JSON object."), *changes);
        if (!job)
            return detailReply(404, QStringLiteral("There is no such stream here."));
        const QList<SchemaViolation> violations = job->update(*changes);
        if (!violations.isEmpty())
            return unfitParameters(violations, {}, *changes);
        return std::nullopt;
    };
    const auto refused = co_await aside(size, std::move(work));
    if (refused)
        co_return *refused;
    co_return jsonReply(200, job->status());
}

RunnerReply LiveHost::status() const
{
    Json list = Json::array();
    for (const auto &job : all())
        list.append(job->status());
    return jsonReply(200, Json{{key("running"), running()}, {key("capacity"), m_capability.capacity()}, {key("streams"), list}});
}

QList<std::shared_ptr<WorkerJob>> LiveHost::all() const
{
    const std::lock_guard lock(m_mutex);
    QList<std::shared_ptr<WorkerJob>> jobs;
    for (const auto &[id, job] : m_jobs)
        jobs.append(job);
    return jobs;
}

int LiveHost::running() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_jobs.size());
}

std::shared_ptr<WorkerJob> LiveHost::find(const ServerRequest &request) const
{
    const QString id = QString::fromUtf8(headers::value(request.headers, "X-Stream-Id"));
    const std::lock_guard lock(m_mutex);
    if (id.isEmpty())
        return m_jobs.size() == 1 ? m_jobs.begin()->second : nullptr;
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? nullptr : found->second;
}

void LiveHost::forget(const QString &id)
{
    std::shared_ptr<WorkerJob> gone; // its end outside the lock
    const std::lock_guard lock(m_mutex);
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    gone = std::move(found->second);
    m_jobs.erase(found);
}

void LiveHost::askToStop()
{
    for (const auto &job : all())
        job->stop(QStringLiteral("The runner stopped."));
}

void LiveHost::stop()
{
    std::map<QString, std::shared_ptr<WorkerJob>> jobs;
    {
        const std::lock_guard lock(m_mutex);
        jobs.swap(m_jobs);
    }
    jobs.clear();
}

} // namespace sluice
