#include "sluice/llmworker/backend.h"

#include "given_jobs_p.h"
#include "job_events_p.h"

#include "sluice/base/async.h"
#include "sluice/base/task.h"
#include "sluice/llmworker/backend_call.h"
#include "sluice/llmworker/backend_settings.h"
#include "sluice/llmworker/client.h"

#include <QCoro/QCoroFuture>

#include <algorithm>

namespace sluice::llmworker {

namespace {

const QString BackendId = QStringLiteral("llmworker");
const QString JobExtension = QStringLiteral("jobs");
const QString CancelExtension = QStringLiteral("cancel");
const QByteArray TextType = QByteArrayLiteral("text/plain; charset=utf-8");
/// How a job is called whose template nobody knows.
const QString AnyJob = QStringLiteral("job");
const QString TellStreams = QStringLiteral("tell_streams");
/// Jobs that a worker lists at most.
constexpr qsizetype MostListed = 1000;
constexpr qsizetype MostTitle = 200;
constexpr std::chrono::milliseconds ListTime{10'000};

RemoteJob toldBy(const Json &item)
{
    RemoteJob job;
    job.id = item.value(QStringLiteral("job_id")).toString().left(100);
    job.state = item.value(QStringLiteral("state")).toString() == QLatin1String("running") ? RemoteJob::State::Running : RemoteJob::State::Waiting;
    job.place = item.value(QStringLiteral("place")).toInt64().value_or(0);
    if (const auto added = item.value(QStringLiteral("added_at")).toInt64())
        job.addedAt = QDateTime::fromMSecsSinceEpoch(*added, Qt::UTC);
    if (const auto begun = item.value(QStringLiteral("begun_at")).toInt64())
        job.begunAt = QDateTime::fromMSecsSinceEpoch(*begun, Qt::UTC);
    return job;
}

/// Whether the caller reads more than the answer's words.
bool wantsNews(const Call &call)
{
    return call.verb == Verb::Stream && call.input.value(TellStreams).toBool();
}

/// A worker that jobs are given to.
struct Worker {
    Worker(QUrl address, const Secret &key)
        : url(std::move(address))
    {
        Client::Options options;
        options.url = url;
        options.key = key;
        client = std::make_shared<Client>(options);
    }
    QUrl url;
    std::shared_ptr<Client> client;
    [[nodiscard]] bool has(const QString &extension) const { return client->extensions().contains(extension); }
};

class WorkerBackend final : public Backend, private RemoteJobs {
public:
    WorkerBackend(BackendServices &, const BackendSettings &settings)
        : m_settings(WorkerSettings::from(settings))
    {
        if (const auto checked = WorkerSettings::check(settings, false); !checked)
            m_fault = Error(Error::Kind::Config, checked.error().message()).withAdvice(checked.error().advice());
        if (!m_settings.url.isEmpty())
            m_workers.emplace_back(m_settings.url, Secret());
        if (!m_settings.here.isEmpty())
            m_workers.emplace_back(m_settings.here, m_settings.hereKey);
    }

    [[nodiscard]] QString id() const override { return BackendId; }

    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override
    {
        if (m_fault)
            return m_fault;
        if (call.verb == Verb::Live)
            return noSuchVerb(call);
        if (m_settings.templates.contains(call.capability) || isAttachment(call))
            return m_workers.empty() ? std::optional(noWorker()) : std::nullopt;
        const QString names = QStringList(m_settings.templates.keys()).join(QStringLiteral(", "));
        return Error(Error::Kind::NotRouted, QStringLiteral("The profile has no assistant “%1”.").arg(call.capability))
            .withAdvice(names.isEmpty() ? QStringLiteral("Add templates to its LLM worker.") : QStringLiteral("There are: %1.").arg(names));
    }

    [[nodiscard]] std::optional<CapabilityInfo> builtIn(const QString &name) const override
    {
        return m_settings.templates.contains(name) ? std::optional(infoOf(name)) : std::nullopt;
    }

    QCoro::Task<BackendListing> list(QStringList, CallContext context) override
    {
        if (m_workers.empty())
            throw noWorker();
        const Worker first = m_workers.front();
        co_await ready(first, context);
        BackendListing listing;
        listing.reached = {first.url};
        listing.complete = true;
        const QStringList names = m_settings.templates.keys();
        for (const QString &name : names)
            listing.capabilities.append(infoOf(name));
        co_return listing;
    }

    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        const std::shared_ptr<EventSource> events = co_await stream(call, sink, context);
        QString text;
        ChunkText chunk;
        for (;;) {
            std::optional<Error> error;
            EventSource::Item item;
            try {
                item = co_await events->next();
            } catch (const Error &caught) {
                error = caught;
            }
            if (error) {
                if (!text.isEmpty())
                    sink->keepReceived(TextType, text.toUtf8());
                throw Error(*error);
            }
            if (item.isEnd())
                break;
            text += chunk.of(item.event);
        }
        RunResult result;
        result.status = 200;
        result.contentType = TextType;
        result.content = text.toUtf8();
        result.servedBy = events->servedBy();
        result.askedAt = result.servedBy.adjusted(QUrl::RemoveQuery);
        co_return result;
    }

    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        if (isAttachment(call.call))
            co_return co_await follow(call.call, sink, context);
        AddRequest add = orThrow(requestFor(call.call, m_settings.templates.value(call.call.capability)));
        const Worker worker = workerFor(add.assistant);
        // The time that the connection takes is part of the call's.
        const CallContext bounded = context.within(call.call.timeout);
        co_await ready(worker, bounded);
        add.tellStreams = add.tellStreams && worker.has(QStringLiteral("streams"));
        JobLimits limits;
        limits.total = std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(bounded.deadline.remainingTime()));
        limits.maxText = qsizetype(call.call.limits.maxAnswerBytes);
        const std::shared_ptr<ClientJob> job = worker.client->add(add, limits);
        RemoteJob about;
        about.capability = call.call.capability;
        about.title = add.query.simplified().left(MostTitle);
        about.runId = sink->runId();
        m_given.add(job, worker.client, describedAs(about, worker));
        JobEvents::Options options;
        options.server = worker.url;
        options.tellsNews = wantsNews(call.call);
        const auto source = std::make_shared<JobEvents>(worker.client, job, options, context);
        const QFuture<void> accepted = acceptance(job);
        co_await accepted;
        if (job->error() && job->id().isEmpty())
            throw Error(*job->error());
        sink->servedBy(worker.url);
        const std::shared_ptr<EventSource> events = source;
        co_return events;
    }

    /// Templates come and go, and with them the worker that this program has over the profile; another address is another worker.
    [[nodiscard]] bool takeSettings(const BackendSettings &settings) override
    {
        const WorkerSettings other = WorkerSettings::from(settings);
        if (m_fault || other.url != m_settings.url || !WorkerSettings::check(settings, false))
            return false;
        if (other.here != m_settings.here && (!m_settings.here.isEmpty() || other.here.isEmpty()))
            return false;
        if (other.here != m_settings.here)
            m_workers.emplace_back(other.here, other.hereKey);
        m_settings = other;
        return true;
    }

    [[nodiscard]] RemoteJobs *remoteJobs() override { return this; }
    QCoro::Task<RemoteJobList> listJobs(CallContext context) override;
    QCoro::Task<void> cancelJob(QString id, CallContext context) override;
    [[nodiscard]] Call attachment(const QString &id) const override;

private:
    /// What a chunk of ours says.
    struct ChunkText {
        [[nodiscard]] QString of(const StreamEvent &event) const
        {
            const auto json = event.json();
            return json ? json->find(QStringLiteral("/choices/0/delta/content")).value_or(Json()).toString() : QString();
        }
    };

    [[nodiscard]] CapabilityInfo infoOf(const QString &name) const
    {
        CapabilityInfo info = CapabilityInfo::unlisted({BackendId, name, QString()});
        info.listed = true;
        info.verbs = {Verb::Stream, Verb::Run};
        info.verbsFixed = true;
        info.description = descriptionOf(m_settings.templates.value(name));
        info.inputSchema = inputSchema();
        info.schemaOrigin = QStringLiteral("LLM worker");
        info.orchestrators = {m_settings.url.isEmpty() ? m_settings.here : m_settings.url};
        info.seenAt = QDateTime::currentDateTimeUtc();
        return info;
    }

    /// A template that asks nothing but this profile's capabilities is for the worker that this program has over them, where it has one.
    [[nodiscard]] const Worker &workerFor(const Assistant &assistant) const
    {
        if (m_workers.empty())
            throw noWorker();
        return asksProfileOnly(assistant) ? m_workers.back() : m_workers.front();
    }

    /// Where the job is, as far as is known.
    [[nodiscard]] const Worker &workerOf(const QString &jobId) const
    {
        const auto client = m_given.clientOf(jobId);
        const QUrl url = m_whereabouts.value(jobId);
        for (const Worker &worker : m_workers) {
            if (worker.client == client || (!client && worker.url == url))
                return worker;
        }
        if (m_workers.empty())
            throw noWorker();
        return m_workers.front();
    }

    /// A program of one's own that has none over its profile, with a profile that names none.
    static Error noWorker()
    {
        return Error(Error::Kind::Config, QStringLiteral("The profile names no LLM worker, and this program has none over the profile's own capabilities."))
            .withAdvice(QStringLiteral("Give the profile a worker's address; `sluicectl worker serve --profile NAME` is one."));
    }

    static RemoteJob describedAs(RemoteJob job, const Worker &worker)
    {
        job.backend = BackendId;
        job.server = worker.url;
        job.isOurs = true;
        return job;
    }

    QCoro::Task<std::shared_ptr<EventSource>> follow(Call call, std::shared_ptr<CallSink> sink, CallContext context);
    QCoro::Task<void> listOf(Worker worker, std::shared_ptr<RemoteJobList> list, CallContext context);

    /// Waits for the connection, as long as the call may.
    QCoro::Task<void> ready(Worker worker, CallContext context)
    {
        if (m_fault)
            throw Error(*m_fault);
        context.check();
        const std::shared_ptr<Client> client = worker.client;
        const QUrl url = worker.url;
        const QFuture<void> connected = client->connected();
        const qint64 left = context.deadline.isForever() ? 60'000 : std::max<qint64>(1, context.deadline.remainingTime());
        const QFuture<void> waited = atMost(connected, std::chrono::milliseconds(left));
        co_await waited;
        if (!connected.isFinished() && !context.cancel.isCanceled())
            throw Error(Error::Kind::Timeout, QStringLiteral("The LLM worker did not answer in time.")).withRequest("GET", url);
        context.check();
        co_await connected; // throws what it failed with
    }

    static QFuture<void> acceptance(const std::shared_ptr<ClientJob> &job)
    {
        const Completion<void> over;
        if (!job->id().isEmpty() || job->isOver())
            over.finish();
        QObject::connect(job.get(), &ClientJob::accepted, job.get(), [over] { over.finish(); });
        QObject::connect(job.get(), &ClientJob::ended, job.get(), [over] { over.finish(); });
        return over.future();
    }

    WorkerSettings m_settings;
    std::optional<Error> m_fault;
    std::vector<Worker> m_workers; ///< the profile's, and behind it the one that this program has over the profile, if any
    GivenJobs m_given;
    QHash<QString, QUrl> m_whereabouts; ///< of the jobs that were listed last
};

QCoro::Task<RemoteJobList> WorkerBackend::listJobs(CallContext context)
{
    const auto list = std::make_shared<RemoteJobList>();
    m_whereabouts.clear();
    for (std::size_t i = 0; i < m_workers.size(); ++i)
        co_await listOf(m_workers[i], list, context);
    QStringList listed;
    for (const RemoteJob &job : std::as_const(list->jobs))
        listed.append(job.id);
    // Behind them what no server tells of: given from here, to one that does not list, or ended.
    const QList<RemoteJob> given = m_given.all();
    for (const bool over : {false, true}) {
        for (const RemoteJob &job : given) {
            if (job.isOver() == over && !listed.contains(job.id))
                list->jobs.append(job);
        }
    }
    co_return std::as_const(*list);
}

QCoro::Task<void> WorkerBackend::listOf(Worker worker, std::shared_ptr<RemoteJobList> list, CallContext context)
{
    std::optional<Error> trouble;
    Json told;
    try {
        co_await ready(worker, context);
        if (worker.has(JobExtension)) {
            const QFuture<Json> asked = worker.client->jobs();
            const QFuture<void> waited = atMost(QFuture<void>(asked), ListTime);
            co_await waited;
            if (!asked.isFinished())
                throw Error(Error::Kind::Timeout, QStringLiteral("The LLM worker does not say what waits and runs.")).withRequest("GET", worker.url);
            told = co_await asked;
        }
    } catch (const Error &error) {
        trouble = error;
    }
    if (trouble && trouble->kind() == Error::Kind::Canceled)
        throw Error(*trouble);
    if (trouble) {
        list->trouble = trouble;
        list->isWhole = false;
        co_return;
    }
    list->canCancel = list->canCancel && worker.has(CancelExtension);
    list->replays = list->replays && worker.has(QStringLiteral("replay"));
    if (told.isNull()) {
        list->isWhole = false;
        list->silent.append(worker.url.toDisplayString());
    }
    const QList<Json> items = told.value(QStringLiteral("jobs")).items();
    for (const Json &item : items) {
        RemoteJob job = toldBy(item);
        job.backend = BackendId;
        job.server = worker.url;
        if (const auto given = m_given.find(job.id)) {
            const RemoteJob server = std::exchange(job, *given);
            job.state = server.state;
            job.place = server.place;
            job.addedAt = server.addedAt;
            job.begunAt = server.begunAt;
        }
        m_whereabouts.insert(job.id, worker.url);
        list->jobs.append(job);
    }
}

QCoro::Task<void> WorkerBackend::cancelJob(QString id, CallContext context)
{
    const Worker worker = workerOf(id);
    co_await ready(worker, context);
    if (!worker.has(CancelExtension))
        throw Error(Error::Kind::NotRouted, QStringLiteral("This LLM worker ends no jobs on demand.")).withAdvice(QStringLiteral("Only those of Sluice do, begun with --cancel."));
    if (const auto job = m_given.open(id))
        worker.client->cancel(job);
    else
        worker.client->cancelById(id);
}

Call WorkerBackend::attachment(const QString &id) const
{
    Call call;
    call.backend = BackendId;
    call.capability = AnyJob;
    if (const auto given = m_given.find(id); given && !given->capability.isEmpty())
        call.capability = given->capability;
    call.verb = Verb::Stream;
    call.timeout = std::chrono::hours(1);
    call.input = Json{{QStringLiteral("job_id"), id}, {TellStreams, true}};
    return call;
}

QCoro::Task<std::shared_ptr<EventSource>> WorkerBackend::follow(Call call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const QString id = attachedJob(call);
    if (m_given.open(id))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("This program follows the job already.")).withAdvice(QStringLiteral("Its answer comes in the run that gave it."));
    const Worker worker = workerOf(id);
    const CallContext bounded = context.within(call.timeout);
    co_await ready(worker, bounded);
    JobLimits limits;
    limits.total = std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(bounded.deadline.remainingTime()));
    limits.maxText = qsizetype(call.limits.maxAnswerBytes);
    const std::shared_ptr<ClientJob> job = worker.client->listen(id, limits, true);
    JobEvents::Options options;
    options.server = worker.url;
    options.ours = false;
    options.tellsNews = wantsNews(call);
    const auto source = std::make_shared<JobEvents>(worker.client, job, options, context);
    sink->servedBy(worker.url);
    // A worker says nothing of a job that it does not have. One that lists has told what it has.
    if (worker.has(JobExtension)) {
        const QFuture<Json> asked = worker.client->jobs();
        const QFuture<void> waited = atMost(QFuture<void>(asked), ListTime);
        co_await waited;
        Json told;
        if (asked.isFinished())
            told = co_await asked;
        const QList<Json> all = told.value(QStringLiteral("jobs")).items();
        const bool there = std::any_of(all.begin(), all.end(), [&](const Json &one) { return one.value(QStringLiteral("job_id")).toString() == id; });
        // What `listen` was answered with stands before the list.
        if (!told.isNull() && !there && all.size() < MostListed && !job->isOver() && job->text().isEmpty()) {
            worker.client->leave(job);
            throw Error(Error::Kind::NotRouted, QStringLiteral("The worker has no such job, or no longer.")).withAdvice(QStringLiteral("List its jobs again."));
        }
    }
    RemoteJob about = m_given.find(id).value_or(RemoteJob());
    const bool given = about.isOurs;
    about.runId = sink->runId();
    about.problem.clear();
    about.endedAt = {};
    about = describedAs(about, worker);
    about.isOurs = given;
    m_given.add(job, worker.client, about);
    const std::shared_ptr<EventSource> events = source;
    co_return events;
}

} // namespace

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = BackendId;
    kind.title = QStringLiteral("LLM worker");
    kind.settingsSchema = WorkerSettings::schema();
    kind.check = &WorkerSettings::check;
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<WorkerBackend>(services, settings); };
    return kind;
}

} // namespace sluice::llmworker
