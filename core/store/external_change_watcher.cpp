#include "sluice/store/external_change_watcher.h"

#include "sluice/base/log.h"

namespace sluice {

ExternalChangeWatcher::ExternalChangeWatcher(std::shared_ptr<Database> database, QObject *parent)
    : QObject(parent)
    , m_database(std::move(database))
{
    connect(&m_timer, &QTimer::timeout, this, &ExternalChangeWatcher::poll);
    connect(&m_answer, &QFutureWatcher<qint64>::finished, this, &ExternalChangeWatcher::answered);
}

void ExternalChangeWatcher::start(std::chrono::milliseconds interval)
{
    m_timer.start(interval);
    poll();
}

void ExternalChangeWatcher::stop()
{
    m_timer.stop();
}

void ExternalChangeWatcher::poll()
{
    if (!m_answer.isRunning())
        m_answer.setFuture(m_database->submit([](Sql &sql) { return sql.integer(QStringLiteral("PRAGMA data_version")); }));
}

void ExternalChangeWatcher::answered()
{
    try {
        const qint64 before = std::exchange(m_version, m_answer.result());
        if (before >= 0 && before != m_version)
            Q_EMIT changed();
    } catch (const Error &error) {
        qCWarning(logStore) << "cannot ask whether the database changed:" << error.describe();
    }
}

} // namespace sluice
