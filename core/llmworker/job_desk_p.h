#pragma once

#include "job_record_p.h"
#include "queue_file_p.h"
#include "sluice/llmworker/message.h"
#include "sluice/llmworker/provider.h"
#include "sluice/llmworker/server_options.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <QtCore/QHash>

#include <deque>
#include <memory>
#include <unordered_map>

namespace sluice::llmworker {

/// Where a job's updates go. Used on the I/O thread.
class Listener {
public:
    virtual ~Listener() = default;
    virtual void tell(const QByteArray &message) = 0;
    /// Nothing more for the moment: what was told may leave.
    virtual void flush() { }
};

/// The queue: jobs in the order in which they came, a few at a time (llm-worker.md 3, 4), and who listens to each. Used on the I/O thread.
class JobDesk final : public std::enable_shared_from_this<JobDesk> {
public:
    JobDesk(boost::asio::any_io_executor executor, const ServerOptions &options, Providers providers, std::unique_ptr<QueueFile> file);

    /// Takes up what an earlier program left.
    void begin(const QList<QueueFile::Entry> &entries);
    /// Queues a job, tells `listener` its id, and from then on how it goes. `text`: the whole `add`.
    boost::asio::awaitable<void> add(QByteArray text, QString id, bool tellStreams, std::shared_ptr<Listener> listener);
    /// `listener` gets what the job produces from now on, with `replay` what it produced before.
    void listen(const ListenRequest &request, const std::shared_ptr<Listener> &listener);
    /// Ends it, whether it runs or waits.
    void cancel(const QString &jobId);
    /// The answer to `jobs`.
    [[nodiscard]] QByteArray list() const;
    /// Ends what runs, and starts nothing more.
    void stop();

private:
    struct Job {
        Job(QString jobId, QByteArray request)
            : id(std::move(jobId))
            , add(std::move(request))
            , writer(id)
            , record(id)
        {
        }
        QString id;
        QByteArray add; ///< as it came, which is the smallest form of it
        RunningWriter writer;
        std::weak_ptr<Listener> listener;
        JobRecord record; ///< where replays are offered
        bool running = false;
        bool canceled = false;
        bool tellStreams = false; ///< the listener asked for it
        qint64 addedAt = 0; ///< milliseconds since 1970
        qint64 begunAt = 0;
        boost::asio::cancellation_signal cancellation;
    };
    /// A job that ended, for those who ask for a replay.
    struct Ended {
        JobRecord record;
        QByteArray last; ///< `done` or `failed`
    };

    /// Which of a job's streams; 0 for what is asked beside them.
    struct Place {
        qsizetype stream = 0; ///< from 1
        qsizetype of = 0;
        [[nodiscard]] bool isLast() const { return stream > 0 && stream == of; }
    };

    void enqueue(const std::shared_ptr<Job> &job);
    void startWaiting();
    boost::asio::awaitable<void> run(std::shared_ptr<Job> job);
    boost::asio::awaitable<void> work(std::shared_ptr<Job> job);
    boost::asio::awaitable<QString> ask(std::shared_ptr<Job> job, QString provider, ModelSettings settings, QList<Message> messages, Place place);
    [[nodiscard]] Expected<QList<ModelSettings>> checkedSteps(const Assistant &assistant) const;
    void emitFragment(Job &job, const QString &fragment);
    /// News of a stream, for listeners that asked for them and for those that may ask later; `about` follows what says which.
    void tellStream(Job &job, Place place, const QString &event, const Json &about) const;
    [[nodiscard]] bool tellsStreams(const Job &job) const { return m_options.tellStreams && (job.tellStreams || m_options.replay); }
    void end(const std::shared_ptr<Job> &job, const std::optional<QString> &failure);
    void remember(const Job &job, const QByteArray &last);
    static void tell(const Job &job, const QByteArray &message);
    [[nodiscard]] QString full(qsizetype size) const;

    boost::asio::any_io_executor m_executor;
    const ServerOptions m_options;
    const Providers m_providers;
    const std::unique_ptr<QueueFile> m_file; ///< null: the queue goes with the program
    std::deque<std::shared_ptr<Job>> m_waiting;
    QHash<QString, std::shared_ptr<Job>> m_jobs; ///< those that wait and those that run
    qsizetype m_waitingBytes = 0;
    int m_running = 0;
    bool m_stopped = false;
    std::unordered_map<QString, Ended> m_ended;
    std::deque<QString> m_endedOrder;
    qsizetype m_endedBytes = 0;
};

} // namespace sluice::llmworker
