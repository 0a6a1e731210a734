#pragma once

#include "sluice/base/expected.h"
#include "sluice/store/schema.h"
#include "sluice/store/sql.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>
#include <QtCore/QFuture>
#include <QtCore/QPromise>

#include <future>
#include <memory>

namespace sluice {

/// One SQLite file, and the one thread that talks to it, so that no caller's thread waits for the disk.
///
/// WAL, synchronous NORMAL, foreign keys on. A committed transaction survives the death of the process at any moment
/// (SIGKILL included: the pages are with the kernel); only a power failure may take back the last few. Several processes
/// may share a file: writers queue for up to `busyTimeout`. Jobs of one Database run one after the other, in the order
/// in which they were given. All methods are thread-safe. A job must not own the Database.
class Database : public std::enable_shared_from_this<Database> {
public:
    struct Options {
        int busyTimeoutMs = 5000; ///< how long a write waits for another process's write
    };

    /// Opens or creates the file (readable by its owner only) and brings every schema up to date in one transaction;
    /// ":memory:" gives a private database that vanishes with the object. Waits for the disk: some milliseconds.
    ///
    /// Storage errors, and the file stays as it is: no SQLite file, damaged, of another program, or written by a
    /// newer version of Sluice.
    static Expected<std::shared_ptr<Database>> open(const QString &path, const QList<Schema> &schemas, Options options);
    static Expected<std::shared_ptr<Database>> open(const QString &path, const QList<Schema> &schemas)
    {
        return open(path, schemas, Options{});
    }

    /// Finishes the jobs that were given, then closes.
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] QString path() const;

    /// Runs `job(Sql &)` on the database's thread; what it returns or throws arrives in the future.
    template <typename F> QFuture<std::invoke_result_t<F, Sql &>> submit(F job)
    {
        using T = std::invoke_result_t<F, Sql &>;
        auto promise = std::make_shared<QPromise<T>>();
        promise->start();
        const QFuture<T> future = promise->future();
        enqueue([promise, job = std::move(job)](Sql *sql) mutable {
            try {
                Sql &open = orClosed(sql);
                if constexpr (std::is_void_v<T>)
                    job(open);
                else
                    promise->addResult(job(open));
            } catch (...) {
                promise->setException(asError(std::current_exception()));
            }
            promise->finish();
        });
        return future;
    }
    /// Runs `job(Sql &)`, and then, also on the database's thread, `done` with what it failed with. For threads without an event loop:
    /// QFuture::then() runs its continuation twice in Qt 6.4 when the future ends while it is being attached.
    template <typename F> void submit(F job, std::function<void(const std::optional<Error> &failure)> done)
    {
        enqueue([job = std::move(job), done = std::move(done)](Sql *sql) mutable {
            std::optional<Error> failure;
            try {
                job(orClosed(sql));
            } catch (...) {
                failure = asError(std::current_exception());
            }
            done(failure);
        });
    }
    /// The same as the first for coroutines. The job starts now; the calling thread needs an event loop to be woken.
    template <typename F> QCoro::Task<std::invoke_result_t<F, Sql &>> run(F job)
    {
        return awaited(submit(std::move(job)));
    }
    /// The same for threads that may wait (a server's I/O thread, a test). Never on the database's own thread.
    template <typename F> std::invoke_result_t<F, Sql &> runSync(F job)
    {
        using T = std::invoke_result_t<F, Sql &>;
        refuseOwnThread();
        // Shared: the waiting thread may go on while the other one is still inside set_value().
        auto promise = std::make_shared<std::promise<T>>();
        auto future = promise->get_future();
        enqueue([promise, &job](Sql *sql) {
            try {
                Sql &open = orClosed(sql);
                if constexpr (std::is_void_v<T>) {
                    job(open);
                    promise->set_value();
                } else {
                    promise->set_value(job(open));
                }
            } catch (...) {
                promise->set_exception(std::make_exception_ptr(asError(std::current_exception())));
            }
        });
        return future.get();
    }

    /// As submit(), run() and runSync(), inside BEGIN IMMEDIATE … COMMIT; all or nothing. For everything that writes more
    /// than once, or reads and then writes.
    template <typename F> auto submitTransaction(F job) { return submit(inTransaction(std::move(job))); }
    template <typename F> void submitTransaction(F job, std::function<void(const std::optional<Error> &failure)> done)
    {
        submit(inTransaction(std::move(job)), std::move(done));
    }
    template <typename F> auto transaction(F job) { return run(inTransaction(std::move(job))); }
    template <typename F> auto transactionSync(F job) { return runSync(inTransaction(std::move(job))); }

    /// Reads every page and compares every index with its table. Throws Storage with what SQLite found.
    void checkIntegritySync();

private:
    class Worker;
    using Job = std::function<void(Sql *)>;

    explicit Database(std::shared_ptr<Worker> worker);
    void enqueue(Job job);
    void refuseOwnThread() const;
    static Sql &orClosed(Sql *sql);
    static Error asError(std::exception_ptr exception);

    template <typename F> static auto inTransaction(F job)
    {
        return [job = std::move(job)](Sql &sql) mutable { return sql.transaction([&] { return job(sql); }); };
    }
    template <typename T> static QCoro::Task<T> awaited(QFuture<T> future)
    {
        if constexpr (std::is_void_v<T>)
            co_await future;
        else
            co_return co_await future;
    }

    std::shared_ptr<Worker> m_worker;
};

} // namespace sluice
