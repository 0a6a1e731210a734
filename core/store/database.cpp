#include "sluice/store/database.h"

#include "sluice/store/opening_p.h"

#include <QtCore/QUuid>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sluice {

/// The thread, its queue and its connection. Shared with the thread itself, so that the last owner of a Database may
/// let go of it anywhere.
class Database::Worker {
public:
    Worker(QString path, Options options)
        : m_path(std::move(path))
        , m_options(options)
    {
    }

    static void start(const std::shared_ptr<Worker> &worker)
    {
        worker->m_thread = std::thread([worker] { worker->loop(); });
    }

    void add(Job job)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_jobs.push_back(std::move(job));
        }
        m_wake.notify_one();
    }

    void stop()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_one();
        if (isOwnThread())
            m_thread.detach();
        else if (m_thread.joinable())
            m_thread.join();
    }

    [[nodiscard]] bool isOwnThread() const { return std::this_thread::get_id() == m_thread.get_id(); }
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const Options &options() const { return m_options; }

    /// On the worker's thread: opens the connection that later jobs use.
    void open(const QList<Schema> &schemas)
    {
        m_connectionName = QStringLiteral("sluice-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_sql = detail::openConnection(m_connectionName, m_path, m_options.busyTimeoutMs, schemas);
    }

private:
    void loop()
    {
        for (;;) {
            Job job;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
                if (m_jobs.empty())
                    break;
                job = std::move(m_jobs.front());
                m_jobs.pop_front();
            }
            job(m_sql.get());
        }
        m_sql.reset();
        if (!m_connectionName.isEmpty())
            QSqlDatabase::removeDatabase(m_connectionName);
    }

    const QString m_path;
    const Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stopping = false;
    std::thread m_thread;
    QString m_connectionName;
    std::unique_ptr<Sql> m_sql;
};

Database::Database(std::shared_ptr<Worker> worker)
    : m_worker(std::move(worker))
{
}

Database::~Database()
{
    m_worker->stop();
}

Expected<std::shared_ptr<Database>> Database::open(const QString &path, const QList<Schema> &schemas, Options options)
{
    auto worker = std::make_shared<Worker>(path, options);
    Worker::start(worker);
    const std::shared_ptr<Database> database(new Database(worker));
    auto opened = std::make_shared<std::promise<std::optional<Error>>>();
    auto outcome = opened->get_future();
    worker->add([worker = worker.get(), &schemas, opened](Sql *) {
        try {
            worker->open(schemas);
            opened->set_value(std::nullopt);
        } catch (...) {
            opened->set_value(asError(std::current_exception()));
        }
    });
    if (std::optional<Error> error = outcome.get())
        return unexpected(*std::move(error));
    return database;
}

QString Database::path() const
{
    return m_worker->path();
}

void Database::enqueue(Job job)
{
    m_worker->add(std::move(job));
}

void Database::refuseOwnThread() const
{
    if (m_worker->isOwnThread())
        throw Error(Error::Kind::Internal, QStringLiteral("A database job waits for another job of the same database."));
}

Sql &Database::orClosed(Sql *sql)
{
    if (!sql)
        throw Error(Error::Kind::Storage, QStringLiteral("The database is not open."));
    return *sql;
}

Error Database::asError(std::exception_ptr exception)
{
    try {
        std::rethrow_exception(std::move(exception));
    } catch (const Error &error) {
        return error;
    } catch (const std::exception &other) {
        return Error(Error::Kind::Internal, QStringLiteral("A database job failed: %1").arg(QString::fromUtf8(other.what())));
    } catch (...) {
        return Error(Error::Kind::Internal, QStringLiteral("A database job failed for an unknown reason."));
    }
}

void Database::checkIntegritySync()
{
    const QStringList faults = runSync([](Sql &sql) { return detail::integrityFaults(sql, false); });
    if (!faults.isEmpty())
        throw detail::damaged(path(), faults.join(QStringLiteral("; ")));
}

} // namespace sluice
