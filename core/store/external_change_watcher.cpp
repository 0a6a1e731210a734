#include "sluice/store/external_change_watcher.h"

#include "sluice/base/log.h"

namespace sluice {

ExternalChangeWatcher::ExternalChangeWatcher(std::shared_ptr<Database> database, QObject *parent)
    : QObject(parent)
    , m_database(std::move(database))
{
    connect(&m_timer, &QTimer::timeout, this, &ExternalChangeWatcher::poll);
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
    if (m_asking)
        return;
    m_asking = true;
    m_database->submit([](Sql &sql) { return sql.integer(QStringLiteral("PRAGMA data_version")); })
        .then(this, [this](qint64 version) { answered(version); })
        .onFailed(this, [this](const Error &error) {
            m_asking = false;
            qCWarning(logStore) << "cannot ask whether the database changed:" << error.describe();
        });
}

void ExternalChangeWatcher::answered(qint64 version)
{
    m_asking = false;
    const bool first = m_version < 0;
    if (version == m_version)
        return;
    m_version = version;
    if (!first)
        Q_EMIT changed();
}

} // namespace sluice
