#include "sluice/store/run_history.h"

#include "sluice/store/run_observers_p.h"
#include "sluice/store/run_tables_p.h"

#include <atomic>

namespace sluice {

namespace steps = detail::runs;

namespace {

/// A step that tells the observers once it is committed. They learn of it on their own threads.
template <typename F> auto telling(std::shared_ptr<detail::RunObservers> observers, QString id, F step)
{
    return [observers = std::move(observers), id = std::move(id), step = std::move(step)](Sql &sql) mutable {
        if constexpr (std::is_void_v<std::invoke_result_t<F, Sql &>>) {
            step(sql);
            Q_EMIT observers->changed(id);
        } else {
            auto result = step(sql);
            Q_EMIT observers->changed(id);
            return result;
        }
    };
}

auto beginStep(std::shared_ptr<detail::RunObservers> observers, RunRecord record)
{
    return [observers = std::move(observers), record = std::move(record)](Sql &sql) {
        const QString id = steps::begin(sql, record);
        Q_EMIT observers->changed(id);
        return id;
    };
}

} // namespace

RunHistory::RunHistory(std::shared_ptr<Database> database)
    : m_database(std::move(database))
    , m_observers(std::make_shared<detail::RunObservers>())
{
}

Schema RunHistory::schema()
{
    return steps::schema();
}

QCoro::Task<QString> RunHistory::begin(RunRecord record)
{
    return m_database->run(beginStep(m_observers, std::move(record)));
}

QString RunHistory::beginSync(const RunRecord &record)
{
    return m_database->runSync(beginStep(m_observers, record));
}

QCoro::Task<void> RunHistory::appendPartial(QString id, QByteArray bytes, qint64 events)
{
    return m_database->run(telling(m_observers, id, [=](Sql &sql) { steps::appendPartial(sql, id, bytes, events); }));
}

void RunHistory::appendPartialSync(const QString &id, const QByteArray &bytes, qint64 events)
{
    m_database->runSync(telling(m_observers, id, [&](Sql &sql) { steps::appendPartial(sql, id, bytes, events); }));
}

QCoro::Task<void> RunHistory::finish(QString id, RunOutcome outcome)
{
    return m_database->run(telling(m_observers, id, [=](Sql &sql) { steps::finish(sql, id, outcome); }));
}

void RunHistory::finishSync(const QString &id, const RunOutcome &outcome)
{
    m_database->runSync(telling(m_observers, id, [&](Sql &sql) { steps::finish(sql, id, outcome); }));
}

QCoro::Task<int> RunHistory::markInterrupted()
{
    return m_database->run(telling(m_observers, {}, steps::markInterrupted));
}

int RunHistory::markInterruptedSync()
{
    return m_database->runSync(telling(m_observers, {}, steps::markInterrupted));
}

QCoro::Task<RunHistory::Page> RunHistory::page(QString filter, qint64 offset, qint64 limit)
{
    return m_database->run([=](Sql &sql) { return steps::page(sql, filter, offset, limit); });
}

RunHistory::Page RunHistory::pageSync(const QString &filter, qint64 offset, qint64 limit)
{
    return m_database->runSync([&](Sql &sql) { return steps::page(sql, filter, offset, limit); });
}

QCoro::Task<std::optional<RunRecord>> RunHistory::byId(QString id)
{
    return m_database->run([=](Sql &sql) { return steps::byId(sql, id); });
}

std::optional<RunRecord> RunHistory::byIdSync(const QString &id)
{
    return m_database->runSync([&](Sql &sql) { return steps::byId(sql, id); });
}

QCoro::Task<void> RunHistory::setPinned(QString id, bool pinned)
{
    return m_database->run(telling(m_observers, id, [=](Sql &sql) { steps::setPinned(sql, id, pinned); }));
}

QCoro::Task<void> RunHistory::setNote(QString id, QString note)
{
    return m_database->run(telling(m_observers, id, [=](Sql &sql) { steps::setNote(sql, id, note); }));
}

QCoro::Task<RunHistory::Removal> RunHistory::remove(QStringList ids)
{
    return m_database->run(telling(m_observers, {}, [=](Sql &sql) { return steps::remove(sql, ids); }));
}

QCoro::Task<RunHistory::Removal> RunHistory::clear()
{
    return m_database->run(telling(m_observers, {}, steps::clear));
}

QCoro::Task<int> RunHistory::restore(Removal removal)
{
    return m_database->run(telling(m_observers, {}, [=](Sql &sql) { return steps::restore(sql, removal); }));
}

QCoro::Task<int> RunHistory::purge(QDateTime before)
{
    return m_database->run([=](Sql &sql) { return steps::purge(sql, before); });
}

QCoro::Task<RunHistory::ExportPiece> RunHistory::exportJsonLines(QString filter, QString cursor)
{
    return m_database->run([=](Sql &sql) { return steps::exportJsonLines(sql, filter, cursor); });
}

Subscription RunHistory::onChanged(QObject *context, std::function<void(const QString &id)> changed)
{
    // A call that is queued already would still arrive after the disconnection; the flag stops it.
    auto wanted = std::make_shared<std::atomic_bool>(true);
    const auto connection = QObject::connect(m_observers.get(), &detail::RunObservers::changed, context,
                                             [wanted, changed = std::move(changed)](const QString &id) {
                                                 if (*wanted)
                                                     changed(id);
                                             });
    return Subscription([wanted, connection, observers = m_observers] {
        *wanted = false;
        QObject::disconnect(connection);
    });
}

} // namespace sluice
