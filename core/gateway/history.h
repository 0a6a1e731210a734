#pragma once

#include "sluice/base/subscription.h"
#include "sluice/store/run_record.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <functional>
#include <memory>

namespace sluice {

class Database;
class RunHistory;
class UserData;

/// The runs of a user as panels see them; without where and how they are stored. Failures are Storage. Belongs to a
/// thread with an event loop.
class History {
public:
    struct Page {
        QList<RunRecord> rows; ///< newest first, without call, result, error and trace
        qint64 total = 0;      ///< of all that match
    };
    /// What remove() hid; give it to restore().
    struct Removal {
        qint64 token = 0;
        int count = 0;
    };
    struct ExportPiece {
        QByteArray lines; ///< one JSON object each, oldest run first
        QString cursor;   ///< for the next piece
        bool done = false;
    };

    virtual ~History() = default;
    /// Every word of `filter` must occur in what a row shows, whatever its case; empty means all.
    virtual QFuture<Page> page(const QString &filter, qint64 offset, qint64 limit) = 0;
    virtual QFuture<std::optional<RunRecord>> byId(const QString &id) = 0;
    virtual QFuture<void> setPinned(const QString &id, bool pinned) = 0;
    /// Hides runs; they come back with restore() for a while.
    virtual QFuture<Removal> remove(const QStringList &ids) = 0;
    /// How many came back.
    virtual QFuture<int> restore(const Removal &removal) = 0;
    /// Give the empty cursor first and what came back after that.
    virtual QFuture<ExportPiece> exportJsonLines(const QString &filter, const QString &cursor) = 0;
    /// Calls `changed` on `context`'s thread after this program changed a run (its id) or many (an empty id), until the subscription or
    /// `context` goes.
    [[nodiscard]] virtual Subscription onChanged(QObject *context, std::function<void(const QString &id)> changed) = 0;
    /// The same after another program changed anything of the user's data.
    virtual void onChangedElsewhere(QObject *context, std::function<void()> changed) = 0;
};

/// The history in the user's data.
[[nodiscard]] std::unique_ptr<History> historyOf(std::shared_ptr<UserData> data);
/// The same of an opened database, whose `history` must outlive it.
[[nodiscard]] std::unique_ptr<History> historyOf(RunHistory &history, std::shared_ptr<Database> database);

} // namespace sluice
