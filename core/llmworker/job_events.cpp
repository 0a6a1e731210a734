#include "job_events_p.h"

#include "sluice/base/follow.h"

#include <QCoro/QCoroFuture>

namespace sluice::llmworker {

namespace {

constexpr std::chrono::milliseconds FirstQuestion{300};
constexpr std::chrono::milliseconds NextQuestion{1000};
/// Of names that a server tells.
constexpr qsizetype MostName = 200;

QString eventOf(const Json &news)
{
    return QString::fromUtf8(Json{{QStringLiteral("worker"), news}}.dump());
}

/// A fragment as a chunk of a chat, which is what the readers of events know.
QString chunkOf(const QString &text)
{
    const Json delta{{QStringLiteral("content"), text}};
    const Json choice{{QStringLiteral("index"), 0}, {QStringLiteral("delta"), delta}};
    return QString::fromUtf8(Json{{QStringLiteral("choices"), Json::array({choice})}}.dump());
}

/// What the protocol knows of a server's news, and no more.
Json readNews(const Json &told)
{
    Json news = Json::object();
    for (const char *name : {"stream", "of", "prompt_tokens", "completion_tokens"}) {
        const QString key = QString::fromLatin1(name);
        if (const auto number = told.value(key).toInt64(); number && *number >= 0)
            news.insert(key, *number);
    }
    for (const char *name : {"event", "provider", "model", "paid_wei", "charged_wei", "run_id"}) {
        const QString key = QString::fromLatin1(name);
        if (told.value(key).isString())
            news.insert(key, told.value(key).toString().left(MostName));
    }
    const QString message = QStringLiteral("message");
    if (told.value(message).isString())
        news.insert(message, told.value(message));
    return news;
}

} // namespace

JobEvents::JobEvents(std::shared_ptr<Client> client, std::shared_ptr<ClientJob> job, Options options, const CallContext &context)
    : m_client(std::move(client))
    , m_job(std::move(job))
    , m_options(std::move(options))
{
    const auto accepted = [this] {
        const Json news{{QStringLiteral("job"), m_job->id()}};
        tell(news);
        if (m_options.tellsNews && m_client->extensions().contains(QLatin1String("jobs")))
            m_asking.start(FirstQuestion);
    };
    m_asking.setSingleShot(true);
    QObject::connect(&m_asking, &QTimer::timeout, &m_there, [this] { askForPlace(); });
    QObject::connect(m_job.get(), &ClientJob::accepted, &m_there, accepted);
    QObject::connect(m_job.get(), &ClientJob::fragment, &m_there, [this](const QString &text) { push(chunkOf(text)); });
    QObject::connect(m_job.get(), &ClientJob::told, &m_there, [this](const Json &news) { tell(readNews(news)); });
    QObject::connect(m_job.get(), &ClientJob::ended, &m_there, [this] { wake(); });
    // On the thread of the cancelling one, which is this one's.
    m_cancel = context.cancel.onCancel([this] { leaveJob(); });
    if (!m_job->id().isEmpty())
        accepted();
}

JobEvents::~JobEvents()
{
    leaveJob();
}

QCoro::Task<EventSource::Item> JobEvents::next()
{
    while (m_ready.empty() && !m_job->isOver()) {
        m_more.emplace();
        const QFuture<void> more = m_more->future();
        co_await more;
    }
    Item item;
    if (!m_ready.empty()) {
        item.kind = Item::Kind::Event;
        item.event.data = std::move(m_ready.front());
        m_ready.pop_front();
        co_return item;
    }
    if (m_job->error())
        throw Error(*m_job->error());
    item.kind = Item::Kind::Done;
    co_return item;
}

QCoro::Task<void> JobEvents::close()
{
    leaveJob();
    co_return;
}

void JobEvents::push(const QString &data)
{
    m_ready.push_back(data);
    wake();
}

void JobEvents::tell(const Json &news)
{
    if (m_options.tellsNews)
        push(eventOf(news));
}

void JobEvents::wake()
{
    if (m_more)
        std::exchange(m_more, std::nullopt)->finish();
}

void JobEvents::askForPlace()
{
    if (m_job->isOver() || m_job->state() == ClientJob::State::Running)
        return;
    const auto take = [this](const Json &told) {
        const QList<Json> jobs = told.value(QStringLiteral("jobs")).items();
        for (const Json &one : jobs) {
            if (one.value(QStringLiteral("job_id")).toString() != m_job->id())
                continue;
            const qint64 place = one.value(QStringLiteral("place")).toInt64().value_or(0);
            if (place != std::exchange(m_place, place)) {
                const Json news{{QStringLiteral("place"), place}};
                tell(news);
            }
            break;
        }
        m_asking.start(NextQuestion);
    };
    // A place that nobody tells is none; the job goes on.
    follow(m_client->jobs(), &m_there, take, [this](const Error &) { m_asking.start(NextQuestion); });
}

/// A caller's own job ends with its call; one that it only looked at goes on.
void JobEvents::leaveJob()
{
    if (m_job->isOver())
        return;
    if (m_options.ours)
        m_client->cancel(m_job);
    else
        m_client->leave(m_job);
}

} // namespace sluice::llmworker
