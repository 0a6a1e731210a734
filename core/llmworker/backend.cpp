#include "sluice/llmworker/backend.h"

#include "sluice/backend/remote_jobs.h"
#include "sluice/base/async.h"
#include "sluice/base/task.h"
#include "sluice/llmworker/backend_call.h"
#include "sluice/llmworker/backend_settings.h"
#include "sluice/llmworker/client.h"

#include <QCoro/QCoroFuture>

#include <deque>

namespace sluice::llmworker {

namespace {

const QString BackendId = QStringLiteral("llmworker");
const QByteArray TextType = QByteArrayLiteral("text/plain; charset=utf-8");

/// A fragment as a chunk of a chat, which is what the readers of events know.
QString chunkOf(const QString &text)
{
    const Json delta{{QStringLiteral("content"), text}};
    const Json choice{{QStringLiteral("index"), 0}, {QStringLiteral("delta"), delta}};
    return QString::fromUtf8(Json{{QStringLiteral("choices"), Json::array({choice})}}.dump());
}

/// A job's fragments as events. Dropping it ends the following, not the job, unless close() came before its end.
class JobEvents final : public EventSource {
public:
    JobEvents(std::shared_ptr<Client> client, std::shared_ptr<ClientJob> job, QUrl server, CallContext context, bool ours)
        : m_client(std::move(client))
        , m_job(std::move(job))
        , m_server(std::move(server))
        , m_ours(ours)
    {
        QObject::connect(m_job.get(), &ClientJob::fragment, &m_there, [this](const QString &text) {
            m_ready.push_back(text);
            wake();
        });
        QObject::connect(m_job.get(), &ClientJob::ended, &m_there, [this] { wake(); });
        // On the thread of the cancelling one, which is this one's.
        m_cancel = context.cancel.onCancel([this] { cancelJob(); });
    }
    ~JobEvents() override { cancelJob(); }

    [[nodiscard]] QUrl servedBy() const override { return m_server; }

    QCoro::Task<Item> next() override
    {
        while (m_ready.empty() && !m_job->isOver()) {
            m_more.emplace();
            const QFuture<void> more = m_more->future();
            co_await more;
        }
        Item item;
        if (!m_ready.empty()) {
            item.kind = Item::Kind::Event;
            item.event.data = chunkOf(m_ready.front());
            m_ready.pop_front();
            co_return item;
        }
        if (m_job->error())
            throw Error(*m_job->error());
        item.kind = Item::Kind::Done;
        co_return item;
    }

    QCoro::Task<void> close() override
    {
        cancelJob();
        co_return;
    }

private:
    void wake()
    {
        if (m_more)
            std::exchange(m_more, std::nullopt)->finish();
    }
    /// A caller's own job ends with its call; one that it only looked at goes on.
    void cancelJob()
    {
        if (m_job->isOver())
            return;
        if (m_ours)
            m_client->cancel(m_job);
        else
            m_client->leave(m_job);
    }

    std::shared_ptr<Client> m_client;
    std::shared_ptr<ClientJob> m_job;
    QUrl m_server;
    bool m_ours;
    QObject m_there;
    std::deque<QString> m_ready;
    std::optional<Completion<void>> m_more;
    Subscription m_cancel;
};

class WorkerBackend final : public Backend, public RemoteJobs {
public:
    WorkerBackend(BackendServices &, const BackendSettings &settings)
        : m_settings(WorkerSettings::from(settings))
    {
        if (const auto checked = WorkerSettings::check(settings, false); !checked)
            m_fault = Error(Error::Kind::Config, checked.error().message()).withAdvice(checked.error().advice());
        Client::Options options;
        options.url = m_settings.url;
        m_client = std::make_shared<Client>(options);
    }

    [[nodiscard]] QString id() const override { return BackendId; }

    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override
    {
        if (m_fault)
            return m_fault;
        if (call.verb == Verb::Live)
            return noSuchVerb(call);
        if (m_settings.templates.contains(call.capability))
            return std::nullopt;
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
        co_await ready(context);
        BackendListing listing;
        listing.reached = {m_settings.url};
        listing.complete = true;
        const QStringList names = m_settings.templates.keys();
        for (const QString &name : names)
            listing.capabilities.append(infoOf(name));
        co_return listing;
    }

    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        const std::shared_ptr<EventSource> events = co_await stream(call, sink, context);
        const auto source = std::static_pointer_cast<JobEvents>(events);
        QString text;
        ChunkText chunk;
        for (;;) {
            std::optional<Error> error;
            EventSource::Item item;
            try {
                item = co_await source->next();
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
        result.servedBy = m_settings.url;
        result.askedAt = m_settings.url.adjusted(QUrl::RemoveQuery);
        co_return result;
    }

    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        const AddRequest add = orThrow(requestFor(call.call, m_settings.templates.value(call.call.capability)));
        co_await ready(context);
        JobLimits limits;
        limits.total = call.call.timeout;
        limits.maxText = qsizetype(call.call.limits.maxAnswerBytes);
        const std::shared_ptr<ClientJob> job = m_client->add(add, limits);
        const auto source = std::make_shared<JobEvents>(m_client, job, m_settings.url, context, true);
        const QFuture<void> accepted = acceptance(job);
        co_await accepted;
        if (job->error() && job->id().isEmpty())
            throw Error(*job->error());
        sink->servedBy(m_settings.url);
        const std::shared_ptr<EventSource> events = source;
        co_return events;
    }

    QCoro::Task<QList<RemoteJob>> listJobs(CallContext context) override;
    QCoro::Task<void> cancelJob(QString id, CallContext context) override;
    QCoro::Task<std::shared_ptr<EventSource>> attach(QString id, CallContext context) override;

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
        info.orchestrators = {m_settings.url};
        info.seenAt = QDateTime::currentDateTimeUtc();
        return info;
    }

    /// Waits for the connection, as long as the call may.
    QCoro::Task<void> ready(CallContext context)
    {
        if (m_fault)
            throw Error(*m_fault);
        context.check();
        const QFuture<void> connected = m_client->connected();
        const qint64 left = context.deadline.isForever() ? 60'000 : std::max<qint64>(1, context.deadline.remainingTime());
        const QFuture<void> waited = atMost(connected, std::chrono::milliseconds(left));
        co_await waited;
        context.check();
        if (!connected.isFinished())
            throw Error(Error::Kind::Timeout, QStringLiteral("The LLM worker did not answer in time.")).withRequest("GET", m_settings.url);
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
    std::shared_ptr<Client> m_client;
};

QCoro::Task<QList<RemoteJob>> WorkerBackend::listJobs(CallContext context)
{
    co_await ready(context);
    const QFuture<Json> asked = m_client->jobs();
    const Json told = co_await asked;
    QList<RemoteJob> jobs;
    const QList<Json> items = told.value(QStringLiteral("jobs")).items();
    for (const Json &item : items) {
        RemoteJob job;
        job.id = item.value(QStringLiteral("job_id")).toString();
        job.state = item.value(QStringLiteral("state")).toString() == QLatin1String("running") ? RemoteJob::State::Running : RemoteJob::State::Waiting;
        job.place = item.value(QStringLiteral("place")).toInt64().value_or(0);
        if (const auto added = item.value(QStringLiteral("added_at")).toInt64())
            job.addedAt = QDateTime::fromMSecsSinceEpoch(*added, Qt::UTC);
        if (const auto begun = item.value(QStringLiteral("begun_at")).toInt64())
            job.begunAt = QDateTime::fromMSecsSinceEpoch(*begun, Qt::UTC);
        jobs.append(job);
    }
    co_return jobs;
}

QCoro::Task<void> WorkerBackend::cancelJob(QString id, CallContext context)
{
    co_await ready(context);
    if (!m_client->extensions().contains(QLatin1String("cancel")))
        throw Error(Error::Kind::NotRouted, QStringLiteral("This LLM worker ends no jobs on demand.")).withAdvice(QStringLiteral("Only those of Sluice do, begun with --cancel."));
    m_client->cancelById(id);
}

QCoro::Task<std::shared_ptr<EventSource>> WorkerBackend::attach(QString id, CallContext context)
{
    co_await ready(context);
    const std::shared_ptr<ClientJob> job = m_client->listen(id, JobLimits());
    const std::shared_ptr<EventSource> events = std::make_shared<JobEvents>(m_client, job, m_settings.url, context, false);
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
