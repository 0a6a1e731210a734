#pragma once

#include "sluice/base/subscription.h"
#include "sluice/store/database.h"
#include "sluice/store/run_record.h"

#include <QtCore/QObject>

#include <functional>

namespace sluice {

namespace detail {
class RunObservers;
}

/// Every run, from before its first byte was sent: what a killed process leaves behind is still here.
///
/// Thread-safe. Methods that return a Task start their work when called and need an event loop to be awaited.
class RunHistory {
public:
    /// Bytes of one result that are kept; the rest is counted.
    static constexpr qint64 maxResultBytes = 4 * 1024 * 1024;

    explicit RunHistory(std::shared_ptr<Database> database);
    static Schema schema();

    struct Page {
        QList<RunRecord> rows; ///< newest first, without call, result, error and trace
        qint64 total = 0;      ///< of all that match
    };
    /// What remove() or clear() hid; give it to restore().
    struct Removal {
        qint64 token = 0;
        int count = 0;
    };

    /// Stores a run as Running, owned by this process, before anything of it is sent. Its id.
    QCoro::Task<QString> begin(RunRecord record);
    /// Appends a piece of a streamed result, and counts `events`. Cheap, but a transaction: join small chunks.
    QCoro::Task<void> appendPartial(QString id, QByteArray bytes, qint64 events = 0);
    QCoro::Task<void> finish(QString id, RunOutcome outcome);
    /// Marks runs Interrupted whose process is gone (by process id and start time, so neither another living
    /// process's runs nor a reused process id deceive it). How many. Call at start-up.
    QCoro::Task<int> markInterrupted();

    /// Newest first. Every word of `filter` must occur in capability, title, note, orchestrator, profile, verb or state,
    /// whatever its case; empty means all.
    QCoro::Task<Page> page(QString filter, qint64 offset, qint64 limit);
    QCoro::Task<std::optional<RunRecord>> byId(QString id);
    QCoro::Task<void> setPinned(QString id, bool pinned);
    QCoro::Task<void> setNote(QString id, QString note);

    /// Hides runs; they come back with restore() until purge().
    QCoro::Task<Removal> remove(QStringList ids);
    /// Hides every ended run that is not pinned.
    QCoro::Task<Removal> clear();
    QCoro::Task<int> restore(Removal removal);
    /// Deletes for good what was hidden before `before`. How many.
    QCoro::Task<int> purge(QDateTime before);

    /// Every run that `filter` matches as one JSON object per line, oldest first; results as text when they are UTF-8, else as
    /// base64. Returned in bounded pieces: give the empty cursor first and what came back after that, until `done`.
    struct ExportPiece {
        QByteArray lines;
        QString cursor;
        bool done = false;
    };
    QCoro::Task<ExportPiece> exportJsonLines(QString filter, QString cursor);

    /// Calls `changed` on `context`'s thread after this process changed a run (its id) or many (an empty id). Stops with
    /// the subscription or `context`, whichever goes first. For other processes see ExternalChangeWatcher.
    Subscription onChanged(QObject *context, std::function<void(const QString &id)> changed);

    /// The same operations for threads that may wait.
    QString beginSync(const RunRecord &record);
    void appendPartialSync(const QString &id, const QByteArray &bytes, qint64 events = 0);
    void finishSync(const QString &id, const RunOutcome &outcome);
    int markInterruptedSync();
    Page pageSync(const QString &filter, qint64 offset, qint64 limit);
    std::optional<RunRecord> byIdSync(const QString &id);

private:
    std::shared_ptr<Database> m_database;
    std::shared_ptr<detail::RunObservers> m_observers;
};

} // namespace sluice
