#pragma once

#include "sluice/store/database.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>

namespace sluice {

/// Tells when another process (or another Database on the same file) committed something.
///
/// SQLite has no notification across processes; this asks `PRAGMA data_version` on the database's thread, which costs
/// microseconds and does not see this Database's own commits. Lives on a thread with an event loop.
class ExternalChangeWatcher : public QObject {
    Q_OBJECT
public:
    explicit ExternalChangeWatcher(std::shared_ptr<Database> database, QObject *parent = nullptr);

    /// Asks every `interval`, beginning now.
    void start(std::chrono::milliseconds interval = std::chrono::milliseconds(1000));
    void stop();
    /// Asks once, now.
    void poll();

Q_SIGNALS:
    void changed();

private:
    void answered();

    std::shared_ptr<Database> m_database;
    QTimer m_timer;
    QFutureWatcher<qint64> m_answer;
    qint64 m_version = -1;
};

} // namespace sluice
