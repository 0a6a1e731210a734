#include "job_desk_p.h"

#include "sluice/base/log.h"
#include "sluice/llmworker/python_text.h"
#include "sluice/net/asio_wait.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <QtCore/QDateTime>
#include <QtCore/QUuid>

namespace sluice::llmworker {

namespace {

using boost::asio::awaitable;

/// Code units of all jobs that ended that are kept for a replay.
constexpr qsizetype MaxKeptTexts = 32 * 1024 * 1024;
constexpr std::size_t MaxEnded = 1000;
/// Of those that `jobs` tells of.
constexpr qsizetype MaxListed = 1000;

const QString SummaryProvider = QStringLiteral("openai");

/// Waits for what another thread tells once: nothing, or a failure.
awaitable<QString> told(std::function<void(std::function<void(QString)>)> work)
{
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    struct State {
        explicit State(const boost::asio::any_io_executor &own)
            : event(own)
        {
        }
        AsyncEvent event;
        std::optional<QString> said;
    };
    const auto state = std::make_shared<State>(executor);
    work([state, executor](const QString &said) {
        boost::asio::post(executor, [state, said] {
            state->said = said;
            state->event.notify();
        });
    });
    while (!state->said)
        co_await state->event.wait();
    co_return *state->said;
}

Json toJson(const AnswerFigures &figures)
{
    Json json = Json::object();
    if (figures.promptTokens)
        json.insert(QStringLiteral("prompt_tokens"), *figures.promptTokens);
    if (figures.completionTokens)
        json.insert(QStringLiteral("completion_tokens"), *figures.completionTokens);
    if (figures.paidWei)
        json.insert(QStringLiteral("paid_wei"), *figures.paidWei);
    if (figures.chargedWei)
        json.insert(QStringLiteral("charged_wei"), *figures.chargedWei);
    if (!figures.runId.isEmpty())
        json.insert(QStringLiteral("run_id"), figures.runId);
    return json;
}

Error failure(const QString &text)
{
    return Error(Error::Kind::InvalidInput, text);
}

} // namespace

QStringList ServerOptions::extensions() const
{
    QStringList names;
    if (replay)
        names.append(QStringLiteral("replay"));
    if (cancel)
        names.append(QStringLiteral("cancel"));
    if (listJobs)
        names.append(QStringLiteral("jobs"));
    if (tellStreams)
        names.append(QStringLiteral("streams"));
    return names;
}

JobDesk::JobDesk(boost::asio::any_io_executor executor, const ServerOptions &options, Providers providers, std::unique_ptr<QueueFile> file)
    : m_executor(std::move(executor))
    , m_options(options)
    , m_providers(std::move(providers))
    , m_file(std::move(file))
{
}

void JobDesk::begin(const QList<QueueFile::Entry> &entries)
{
    for (const QueueFile::Entry &entry : entries) {
        const auto job = std::make_shared<Job>(entry.id, entry.add);
        job->addedAt = entry.addedAt;
        if (entry.begun)
            end(job, QStringLiteral("The worker ended while this job ran, and cannot tell what came of it."));
        else
            enqueue(job);
    }
    startWaiting();
}

awaitable<void> JobDesk::add(QByteArray text, QString id, bool tellStreams, std::shared_ptr<Listener> listener)
{
    const auto job = std::make_shared<Job>(QUuid::createUuid().toString(QUuid::WithoutBraces), std::move(text));
    job->listener = listener;
    job->tellStreams = tellStreams;
    job->addedAt = QDateTime::currentMSecsSinceEpoch();
    QString refused = full(job->add.size());
    if (m_file && refused.isEmpty()) {
        const std::function<void(std::function<void(QString)>)> store = [this, job](std::function<void(QString)> stored) {
            QueueFile::Entry entry;
            entry.id = job->id;
            entry.add = job->add;
            entry.addedAt = job->addedAt;
            m_file->add(entry, std::move(stored));
        };
        const QString problem = co_await told(store);
        if (!problem.isEmpty())
            refused = QStringLiteral("The queue could not be written down: %1").arg(problem);
    }
    listener->tell(ServerMessage::respAdd(id, job->id).dump());
    if (!refused.isEmpty()) {
        listener->tell(ServerMessage::failed(job->id, refused).dump());
        co_return;
    }
    enqueue(job);
    startWaiting();
}

QString JobDesk::full(qsizetype size) const
{
    if (m_options.maxWaiting > 0 && m_waiting.size() >= std::size_t(m_options.maxWaiting))
        return QStringLiteral("The queue is full: %1 jobs wait already. Try again later.").arg(m_waiting.size());
    if (m_waitingBytes + size > m_options.maxWaitingBytes)
        return QStringLiteral("The queue is full: the jobs that wait take %1 MiB already. Try again later.").arg(m_waitingBytes / (1024 * 1024));
    return {};
}

void JobDesk::enqueue(const std::shared_ptr<Job> &job)
{
    m_waitingBytes += job->add.size();
    m_waiting.push_back(job);
    m_jobs.insert(job->id, job);
}

void JobDesk::startWaiting()
{
    while (!m_stopped && m_running < m_options.workers && !m_waiting.empty()) {
        const auto job = m_waiting.front();
        m_waiting.pop_front();
        m_waitingBytes -= job->add.size();
        ++m_running;
        job->running = true;
        job->begunAt = QDateTime::currentMSecsSinceEpoch();
        const auto self = shared_from_this();
        boost::asio::co_spawn(
            m_executor, [self, job] { return self->run(job); },
            boost::asio::bind_cancellation_slot(job->cancellation.slot(), [self, job](const std::exception_ptr &) {}));
    }
}

awaitable<void> JobDesk::run(std::shared_ptr<Job> job)
{
    std::optional<QString> failed;
    try {
        co_await work(job);
    } catch (const Error &error) {
        failed = error.message();
    } catch (const std::exception &error) {
        failed = QString::fromUtf8(error.what());
    }
    if (job->canceled)
        failed = QStringLiteral("The job was cancelled.");
    --m_running;
    if (m_stopped)
        co_return;
    end(job, failed);
    startWaiting();
}

Expected<QList<ModelSettings>> JobDesk::checkedSteps(const Assistant &assistant) const
{
    QList<ModelSettings> all;
    for (const Step &step : assistant.streams) {
        if (const auto *pipeline = std::get_if<Pipeline>(&step))
            return unexpected(failure(python::repr(pipeline->name)));
        const Stream &stream = std::get<Stream>(step);
        const auto provider = m_providers.find(stream.provider);
        if (provider == m_providers.end())
            return unexpected(failure(python::repr(stream.provider)));
        const auto settings = ModelSettings::from(stream.settings);
        if (!settings)
            return unexpected(settings.error());
        if (const auto ready = provider->second->ready(); !ready)
            return unexpected(ready.error());
        all.append(*settings);
    }
    return all;
}

awaitable<void> JobDesk::work(std::shared_ptr<Job> job)
{
    if (m_file) {
        const std::function<void(std::function<void(QString)>)> store = [this, job](std::function<void(QString)> stored) { m_file->begun(job->id, std::move(stored)); };
        const QString problem = co_await told(store);
        if (!problem.isEmpty())
            throw failure(QStringLiteral("The queue could not be written down: %1").arg(problem));
    }
    emitFragment(*job, {});
    const ClientMessage message = orThrow(parseClientMessage(std::exchange(job->add, {})));
    const AddRequest &add = std::get<AddRequest>(message);
    const QList<ModelSettings> settings = orThrow(checkedSteps(add.assistant));
    PromptValues values;
    values.query = add.query;
    values.previousStreamOutput = add.query;
    values.filesCollectionId = add.assistant.filesCollectionId;
    values.history = add.history;
    for (qsizetype i = 0; i < settings.size(); ++i) {
        const Stream &stream = std::get<Stream>(add.assistant.streams.at(i));
        QString summary;
        if (wantsSummary(stream, add.history)) {
            ModelSettings summing;
            summing.model = QStringLiteral("gpt-3.5-turbo");
            const QList<Message> question = summaryPrompt(add.history);
            const Place beside;
            summary = co_await ask(job, SummaryProvider, summing, question, beside);
        }
        const QList<Message> messages = orThrow(promptOf(stream, values, summary));
        const Place place{i + 1, settings.size()};
        if (tellsStreams(*job))
            tellStream(*job, place, QStringLiteral("begun"), Json{{QStringLiteral("of"), qint64(place.of)}, {QStringLiteral("provider"), stream.provider}, {QStringLiteral("model"), settings.at(i).model}});
        values.previousStreamOutput = co_await ask(job, stream.provider, settings.at(i), messages, place);
    }
    if (settings.isEmpty())
        emitFragment(*job, add.query);
}

awaitable<QString> JobDesk::ask(std::shared_ptr<Job> job, QString provider, ModelSettings settings, QList<Message> messages, Place place)
{
    const auto found = m_providers.find(provider);
    if (found == m_providers.end())
        throw failure(python::repr(provider));
    if (const auto ready = found->second->ready(); !ready)
        throw Error(ready.error());
    const std::shared_ptr<Answer> answer = co_await found->second->ask(std::move(settings), std::move(messages));
    QString text;
    for (;;) {
        const QStringList fragments = co_await answer->next();
        if (fragments.isEmpty())
            break;
        for (const QString &fragment : fragments) {
            if (place.isLast()) {
                emitFragment(*job, fragment);
                continue;
            }
            text += fragment;
            if (place.stream > 0 && tellsStreams(*job))
                tellStream(*job, place, QStringLiteral("text"), Json{{QStringLiteral("message"), fragment}});
        }
        // At once: whoever waits behind this job on the thread has time, its reader has not.
        const bool told = place.isLast() || (place.stream > 0 && tellsStreams(*job));
        if (const auto listener = told ? job->listener.lock() : nullptr)
            listener->flush();
        if (text.size() > MaxExpanded)
            throw failure(QStringLiteral("A step's answer has more than %1 characters.").arg(MaxExpanded));
    }
    if (place.stream > 0 && tellsStreams(*job)) {
        const AnswerFigures figures = co_await answer->figures();
        tellStream(*job, place, QStringLiteral("ended"), toJson(figures));
    }
    co_return text;
}

void JobDesk::tellStream(Job &job, Place place, const QString &event, const Json &about) const
{
    Json message{{QStringLiteral("type"), "stream"}, {QStringLiteral("job_id"), job.id}, {QStringLiteral("stream"), qint64(place.stream)}, {QStringLiteral("event"), event}};
    for (const Json::Member &member : about.members())
        message.insert(member.first, member.second);
    if (m_options.replay)
        job.record.addNews(message);
    if (job.tellStreams)
        tell(job, message.dump());
}

void JobDesk::emitFragment(Job &job, const QString &fragment)
{
    if (m_options.replay)
        job.record.addText(fragment);
    if (!job.listener.expired())
        tell(job, job.writer.write(fragment));
}

void JobDesk::end(const std::shared_ptr<Job> &job, const std::optional<QString> &failed)
{
    const QByteArray last = (failed ? ServerMessage::failed(job->id, *failed) : ServerMessage::done(job->id)).dump();
    tell(*job, last);
    m_jobs.remove(job->id);
    if (m_file)
        m_file->ended(job->id);
    if (m_options.replay)
        remember(*job, last);
}

void JobDesk::remember(const Job &job, const QByteArray &last)
{
    m_endedBytes += job.record.size();
    m_ended.insert_or_assign(job.id, Ended{job.record, last});
    m_endedOrder.push_back(job.id);
    while (m_endedOrder.size() > MaxEnded || m_endedBytes > MaxKeptTexts) {
        const auto oldest = m_ended.find(m_endedOrder.front());
        m_endedBytes -= oldest->second.record.size();
        m_ended.erase(oldest);
        m_endedOrder.pop_front();
    }
}

void JobDesk::tell(const Job &job, const QByteArray &message)
{
    if (const auto listener = job.listener.lock())
        listener->tell(message);
}

void JobDesk::listen(const ListenRequest &request, const std::shared_ptr<Listener> &listener)
{
    const QString &jobId = request.jobId;
    const bool again = request.replay && m_options.replay;
    if (const auto job = m_jobs.value(jobId)) {
        job->listener = listener;
        job->tellStreams = request.tellStreams;
        if (again && job->running)
            job->record.replayTo(*listener, m_options.tellStreams && request.tellStreams);
        return;
    }
    const auto ended = m_ended.find(jobId);
    if (!again || ended == m_ended.end())
        return;
    ended->second.record.replayTo(*listener, m_options.tellStreams && request.tellStreams);
    listener->tell(ended->second.last);
}

void JobDesk::cancel(const QString &jobId)
{
    const auto job = m_jobs.value(jobId);
    if (!job)
        return;
    job->canceled = true;
    if (job->running) {
        job->cancellation.emit(boost::asio::cancellation_type::terminal);
        return;
    }
    std::erase(m_waiting, job);
    m_waitingBytes -= job->add.size();
    end(job, QStringLiteral("The job was cancelled."));
}

QByteArray JobDesk::list() const
{
    Json jobs = Json::array();
    const auto append = [&](const Job &job, const QString &state, qint64 place) {
        Json one{{QStringLiteral("job_id"), job.id}, {QStringLiteral("state"), state}};
        if (job.running)
            one.insert(QStringLiteral("begun_at"), job.begunAt);
        else
            one.insert(QStringLiteral("place"), place);
        one.insert(QStringLiteral("added_at"), job.addedAt);
        jobs.append(one);
    };
    for (const auto &job : m_jobs) {
        if (job->running && jobs.size() < MaxListed)
            append(*job, QStringLiteral("running"), 0);
    }
    qint64 place = 0;
    for (const auto &job : m_waiting) {
        if (jobs.size() >= MaxListed)
            break;
        append(*job, QStringLiteral("waiting"), ++place);
    }
    return Json{{QStringLiteral("type"), "jobs"}, {QStringLiteral("jobs"), jobs}, {QStringLiteral("running"), m_running},
        {QStringLiteral("waiting"), qint64(m_waiting.size())}}
        .dump();
}

void JobDesk::stop()
{
    m_stopped = true;
    for (const auto &job : std::as_const(m_jobs)) {
        if (job->running)
            job->cancellation.emit(boost::asio::cancellation_type::terminal);
    }
}

} // namespace sluice::llmworker
