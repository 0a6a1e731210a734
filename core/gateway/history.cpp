#include "sluice/gateway/history.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/task.h"
#include "sluice/store/external_change_watcher.h"
#include "sluice/store/run_history.h"

namespace sluice {

namespace {

QCoro::Task<History::Page> pageOf(QCoro::Task<RunHistory::Page> reading)
{
    RunHistory::Page page = co_await reading;
    co_return History::Page{std::move(page.rows), page.total};
}

QCoro::Task<History::Removal> removalOf(QCoro::Task<RunHistory::Removal> removing)
{
    const RunHistory::Removal removal = co_await removing;
    co_return History::Removal{removal.token, removal.count};
}

QCoro::Task<History::ExportPiece> pieceOf(QCoro::Task<RunHistory::ExportPiece> reading)
{
    RunHistory::ExportPiece piece = co_await reading;
    co_return History::ExportPiece{std::move(piece.lines), std::move(piece.cursor), piece.done};
}

class StoredHistory final : public History {
public:
    StoredHistory(RunHistory &history, std::shared_ptr<Database> database, std::shared_ptr<UserData> keeper)
        : m_keeper(std::move(keeper))
        , m_history(history)
        , m_database(std::move(database))
    {
    }
    QFuture<Page> page(const QString &filter, qint64 offset, qint64 limit) override { return toFuture(pageOf(m_history.page(filter, offset, limit))); }
    QFuture<std::optional<RunRecord>> byId(const QString &id) override { return toFuture(m_history.byId(id)); }
    QFuture<void> setPinned(const QString &id, bool pinned) override { return toFuture(m_history.setPinned(id, pinned)); }
    QFuture<Removal> remove(const QStringList &ids) override { return toFuture(removalOf(m_history.remove(ids))); }
    QFuture<int> restore(const Removal &removal) override
    {
        RunHistory::Removal hidden;
        hidden.token = removal.token;
        hidden.count = removal.count;
        return toFuture(m_history.restore(hidden));
    }
    QFuture<ExportPiece> exportJsonLines(const QString &filter, const QString &cursor) override
    {
        return toFuture(pieceOf(m_history.exportJsonLines(filter, cursor)));
    }
    Subscription onChanged(QObject *context, std::function<void(const QString &id)> changed) override
    {
        return m_history.onChanged(context, std::move(changed));
    }
    void onChangedElsewhere(QObject *context, std::function<void()> changed) override
    {
        auto *others = new ExternalChangeWatcher(m_database, context);
        QObject::connect(others, &ExternalChangeWatcher::changed, context, std::move(changed));
        others->start();
    }

private:
    std::shared_ptr<UserData> m_keeper;
    RunHistory &m_history;
    std::shared_ptr<Database> m_database;
};

} // namespace

std::unique_ptr<History> historyOf(std::shared_ptr<UserData> data)
{
    RunHistory &history = data->history();
    std::shared_ptr<Database> database = data->database();
    return std::make_unique<StoredHistory>(history, std::move(database), std::move(data));
}

std::unique_ptr<History> historyOf(RunHistory &history, std::shared_ptr<Database> database)
{
    return std::make_unique<StoredHistory>(history, std::move(database), nullptr);
}

} // namespace sluice
