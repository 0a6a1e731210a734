#include "queue_file_p.h"

#include "sluice/base/log.h"
#include "sluice/store/database.h"

namespace sluice::llmworker {

namespace {

Schema schema()
{
    return {QStringLiteral("llm_worker_queue"),
        {{QStringLiteral("create the queue"),
            {QStringLiteral("CREATE TABLE llm_jobs(number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, request BLOB NOT NULL, added_at INTEGER NOT NULL, "
                            "begun INTEGER NOT NULL DEFAULT 0)")}}}};
}

/// What tells `stored` what came of a change, on the database's thread.
std::function<void(const std::optional<Error> &)> telling(std::function<void(QString failure)> stored)
{
    return [stored = std::move(stored)](const std::optional<Error> &failure) { stored(failure ? failure->message() : QString()); };
}

} // namespace

QueueFile::QueueFile(std::shared_ptr<Database> database)
    : m_database(std::move(database))
{
}

Expected<std::unique_ptr<QueueFile>> QueueFile::open(const QString &path, QList<Entry> &entries)
{
    const auto database = Database::open(path, {schema()});
    if (!database)
        return unexpected(database.error());
    try {
        entries = (*database)->runSync([](Sql &sql) {
            return sql.rows(QStringLiteral("SELECT id, request, added_at, begun FROM llm_jobs ORDER BY number"), {}, [](const Row &row) {
                return Entry{row.text(0), row.blob(1), row.integer(2), row.boolean(3)};
            });
        });
    } catch (const Error &error) {
        return unexpected(error);
    }
    return std::unique_ptr<QueueFile>(new QueueFile(*database));
}

void QueueFile::add(const Entry &entry, std::function<void(QString failure)> stored)
{
    const auto change = [entry](Sql &sql) {
        sql.exec(QStringLiteral("INSERT INTO llm_jobs(id, request, added_at) VALUES(?, ?, ?)"), {entry.id, entry.add, entry.addedAt});
    };
    m_database->submit(change, telling(std::move(stored)));
}

void QueueFile::begun(const QString &id, std::function<void(QString failure)> stored)
{
    m_database->submit([id](Sql &sql) { sql.exec(QStringLiteral("UPDATE llm_jobs SET begun = 1 WHERE id = ?"), {id}); }, telling(std::move(stored)));
}

void QueueFile::ended(const QString &id)
{
    // A failure costs at most a job that is told of twice.
    const auto logged = [](const std::optional<Error> &failure) {
        if (failure)
            qCWarning(logNet) << "The queue's file was not changed:" << failure->message();
    };
    m_database->submit([id](Sql &sql) { sql.exec(QStringLiteral("DELETE FROM llm_jobs WHERE id = ?"), {id}); }, logged);
}

} // namespace sluice::llmworker
