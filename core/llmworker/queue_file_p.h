#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>
#include <memory>

namespace sluice {
class Database;
}

namespace sluice::llmworker {

/// The queue on the disk, so that it survives its program: a SQLite file of its own. Thread-safe; nothing here waits for the disk but open().
class QueueFile {
public:
    struct Entry {
        QString id;
        QByteArray add;
        qint64 addedAt = 0;
        bool begun = false; ///< it ran when the program ended, and must not run again: it may have been paid for
    };

    /// Opens or creates it, and gives what it holds, oldest first. Storage.
    static Expected<std::unique_ptr<QueueFile>> open(const QString &path, QList<Entry> &entries);

    /// `stored` is called on another thread when it is safe, with an empty text, or with why it is not.
    void add(const Entry &entry, std::function<void(QString failure)> stored);
    /// The same: a job that was paid for must not run again, so this is waited for before it does anything.
    void begun(const QString &id, std::function<void(QString failure)> stored);
    void ended(const QString &id);

private:
    explicit QueueFile(std::shared_ptr<Database> database);
    std::shared_ptr<Database> m_database;
};

} // namespace sluice::llmworker
