#include "sluice/store/opening_p.h"

#include "sluice/store/sql_error_p.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QThread>

#include <fcntl.h>
#include <unistd.h>

namespace sluice::detail {

namespace {

constexpr qint64 kApplicationId = 0x536c7569; // "Slui", in the file's header for file(1) and for us
constexpr qint64 kLayoutVersion = 1;          // of sluice_schema, in the header's user_version
// Small enough that reading every page at each start costs a few milliseconds.
constexpr qint64 kCheckAtOpenBytes = 8 * 1024 * 1024;
constexpr int kBusyPauseMs = 5;

Error storage(QString message, QString advice)
{
    return Error(Error::Kind::Storage, std::move(message)).withAdvice(std::move(advice));
}

bool isMemory(const QString &path)
{
    return path == QLatin1String(":memory:");
}

/// Makes a new file private from its first byte; SQLite gives its journal files the same mode.
void createPrivate(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        ::close(file);
}

void refuseForeign(Sql &sql, const QString &path)
{
    // One statement, so one moment: another process may be creating the file right now.
    qint64 id = 0;
    qint64 version = 0;
    qint64 tables = 0;
    sql.each(QStringLiteral("SELECT (SELECT count(*) FROM sqlite_master), (SELECT application_id FROM pragma_application_id), "
                            "(SELECT user_version FROM pragma_user_version)"),
             {}, [&](const Row &row) {
                 tables = row.integer(0);
                 id = row.integer(1);
                 version = row.integer(2);
             });
    if (id != kApplicationId && (id != 0 || tables != 0 || version != 0))
        throw storage(QStringLiteral("%1 is a database of another program (application id %2, %3 tables).").arg(path).arg(id).arg(tables),
                      QStringLiteral("Choose another file; this one was left as it is."));
    if (version > kLayoutVersion)
        throw storage(QStringLiteral("%1 was written by a newer Sluice: its layout is version %2, this program knows up to %3.")
                          .arg(path)
                          .arg(version)
                          .arg(kLayoutVersion),
                      QStringLiteral("Update Sluice, or choose another file; this one was left as it is."));
}

QHash<QString, qint64> storedVersions(Sql &sql)
{
    QHash<QString, qint64> versions;
    if (sql.integer(QStringLiteral("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'sluice_schema'")) == 0)
        return versions;
    sql.each(QStringLiteral("SELECT component, version FROM sluice_schema"), {},
             [&](const Row &row) { versions.insert(row.text(0), row.integer(1)); });
    return versions;
}

/// True when something is to be done. Throws when the file knows more than we do.
bool needsMigration(const QHash<QString, qint64> &stored, const QList<Schema> &schemas, const QString &path)
{
    QHash<QString, qint64> unknown = stored;
    bool needed = stored.isEmpty();
    for (const Schema &schema : schemas) {
        const qint64 have = unknown.take(schema.name);
        if (have > schema.migrations.size())
            throw storage(QStringLiteral("%1 was written by a newer Sluice: its “%2” tables are version %3, this program knows up to %4.")
                              .arg(path, schema.name)
                              .arg(have)
                              .arg(schema.migrations.size()),
                          QStringLiteral("Update Sluice, or choose another file; this one was left as it is."));
        needed = needed || have < schema.migrations.size();
    }
    if (!unknown.isEmpty())
        throw storage(QStringLiteral("%1 holds “%2” tables, which this program does not know.").arg(path, QStringList(unknown.keys()).join(QStringLiteral(", "))),
                      QStringLiteral("It belongs to a newer Sluice or to another part of it; choose another file. This one was left as it is."));
    return needed;
}

void migrate(Sql &sql, const QList<Schema> &schemas, const QString &path)
{
    if (!needsMigration(storedVersions(sql), schemas, path))
        return;
    sql.transaction([&] {
        sql.exec(QStringLiteral("CREATE TABLE IF NOT EXISTS sluice_schema(component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID"));
        // Again, under the write lock: another process may have been faster.
        const QHash<QString, qint64> stored = storedVersions(sql);
        needsMigration(stored, schemas, path);
        for (const Schema &schema : schemas) {
            for (qsizetype step = stored.value(schema.name); step < schema.migrations.size(); ++step) {
                const Migration &migration = schema.migrations.at(step);
                try {
                    for (const QString &statement : migration.statements)
                        sql.exec(statement);
                    if (migration.step)
                        migration.step(sql);
                } catch (const Error &error) {
                    throw storage(QStringLiteral("%1 could not be brought up to date (%2, step %3: %4). %5")
                                      .arg(path, schema.name)
                                      .arg(step + 1)
                                      .arg(migration.description, error.message()),
                                  QStringLiteral("Nothing was changed in it. ") + error.advice());
                }
            }
            sql.exec(QStringLiteral("INSERT INTO sluice_schema(component, version) VALUES(?, ?) "
                                    "ON CONFLICT(component) DO UPDATE SET version = excluded.version"),
                     {schema.name, qint64(schema.migrations.size())});
        }
        sql.exec(QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId));
        sql.exec(QStringLiteral("PRAGMA user_version = %1").arg(kLayoutVersion));
    });
    // Prepared before the tables changed.
    sql.clearPrepared();
}

void setWriteAheadLog(const QSqlDatabase &connection, int busyTimeoutMs)
{
    // Changing the mode of a new file needs it alone, and SQLite does not always wait for that by itself.
    const QDeadlineTimer deadline(busyTimeoutMs);
    QSqlQuery query(connection);
    while (!query.exec(QStringLiteral("PRAGMA journal_mode = WAL"))) {
        if (sqliteCode(query.lastError()) != kSqliteBusy || deadline.hasExpired())
            throw storageError(query.lastError(), QStringLiteral("switch to its write-ahead log"), connection.databaseName());
        QThread::msleep(kBusyPauseMs);
    }
}

void configure(Sql &sql)
{
    for (const char *pragma : {"synchronous = NORMAL", "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON",
                               // What the user deletes does not stay readable in free pages.
                               "secure_delete = FAST", "journal_size_limit = 16777216",
                               // As many pages as that limit holds: each checkpoint waits for the disk twice, with whoever wants to write.
                               "wal_autocheckpoint = 4000"})
        sql.exec(QStringLiteral("PRAGMA ") + QLatin1String(pragma));
}

std::unique_ptr<Sql> open(const QString &connectionName, const QString &path, int busyTimeoutMs, const QList<Schema> &schemas)
{
    QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connectionName);
    if (!connection.isValid())
        throw storage(QStringLiteral("Qt has no SQLite driver."), QStringLiteral("Install it (Debian: libqt6sql6-sqlite)."));
    connection.setDatabaseName(path);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeoutMs));
    if (!isMemory(path))
        createPrivate(path);
    if (!connection.open())
        throw storageError(connection.lastError(), QStringLiteral("open %1").arg(path), path);
    auto sql = std::make_unique<Sql>(connection, busyTimeoutMs);
    refuseForeign(*sql, path);
    needsMigration(storedVersions(*sql), schemas, path);
    if (!isMemory(path) && QFileInfo(path).size() <= kCheckAtOpenBytes) {
        const QStringList faults = integrityFaults(*sql, true);
        if (!faults.isEmpty())
            throw damaged(path, faults.join(QStringLiteral("; ")));
    }
    setWriteAheadLog(connection, busyTimeoutMs);
    configure(*sql);
    migrate(*sql, schemas, path);
    return sql;
}

} // namespace

QStringList integrityFaults(Sql &sql, bool quick)
{
    QStringList faults = sql.rows(quick ? QStringLiteral("PRAGMA quick_check(10)") : QStringLiteral("PRAGMA integrity_check(10)"), {},
                                  [](const Row &row) { return row.text(0); });
    if (faults == QStringList{QStringLiteral("ok")})
        faults.clear();
    return faults;
}

Error damaged(const QString &path, const QString &found)
{
    return storage(QStringLiteral("%1 is damaged: %2.").arg(path, found.simplified()),
                   QStringLiteral("It was left as it is. Restore it from a backup, save what is readable with `sqlite3 '%1' .recover`, "
                                  "or move it away to start with an empty one.")
                       .arg(path));
}

std::unique_ptr<Sql> openConnection(const QString &connectionName, const QString &path, int busyTimeoutMs, const QList<Schema> &schemas)
{
    try {
        return open(connectionName, path, busyTimeoutMs, schemas);
    } catch (Error &error) {
        QSqlDatabase::removeDatabase(connectionName);
        // Every way of failing names the file.
        if (!error.message().contains(path))
            error.withMessage(QStringLiteral("%1 could not be opened. %2").arg(path, error.message()));
        throw;
    }
}

} // namespace sluice::detail
