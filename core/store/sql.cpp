#include "sluice/store/sql.h"

#include "sluice/base/disk_space.h"
#include "sluice/base/log.h"
#include "sluice/store/sql_error_p.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

namespace sluice {

namespace {

constexpr std::size_t kMaxPrepared = 200;
constexpr int kBusyPauseMs = 2;
// SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN
constexpr int kIoError = 10;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;

QString adviceFor(int code)
{
    switch (code) {
    case detail::kSqliteBusy:
    case 6: // SQLITE_LOCKED
        return QStringLiteral("Another program is writing to the same file; try again, or close it.");
    case 8: // SQLITE_READONLY
        return QStringLiteral("Make the file and its folder writable for you.");
    case kIoError:
        return QStringLiteral("Check the disk and the file system that hold the file.");
    case detail::kSqliteCorrupt:
    case detail::kSqliteNotADatabase:
        return QStringLiteral("The file is damaged and was left as it is. Restore it from a backup, save what is readable with "
                              "`sqlite3 FILE .recover`, or move it away to start with an empty one.");
    case kFull:
        return QStringLiteral("The disk is full; free some space and try again.");
    case kCannotOpen:
        return QStringLiteral("Check that its folder exists and that you may write there.");
    default:
        return {};
    }
}

/// Plain words for the usual errors; empty for the rest.
QString reasonFor(int code)
{
    switch (code) {
    case detail::kSqliteBusy:
    case 6:
        return QStringLiteral("another program holds the file");
    case 8:
        return QStringLiteral("the file may not be written to");
    case kIoError:
        return QStringLiteral("the disk does not answer as it should");
    case detail::kSqliteCorrupt:
        return QStringLiteral("the file is damaged");
    case detail::kSqliteNotADatabase:
        return QStringLiteral("the file is no database");
    case kFull:
        return QStringLiteral("the disk is full");
    case kCannotOpen:
        return QStringLiteral("the file cannot be opened");
    default:
        return {};
    }
}

QString shortened(const QString &statement)
{
    constexpr qsizetype kMax = 100;
    const QString line = statement.simplified();
    return line.size() <= kMax ? line : line.left(kMax) + QChar(0x2026);
}

} // namespace

int detail::sqliteCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

Error detail::storageError(const QSqlError &error, const QString &doing, const QString &path)
{
    const int code = sqliteCode(error);
    // A log or an index that cannot grow is an error of the disk to SQLite, or a file that cannot be opened.
    const int meaning = (code == kIoError || code == kCannotOpen) && isDiskFull(path) ? kFull : code;
    QString said = error.databaseText();
    if (said.isEmpty())
        said = error.driverText();
    const QString reason = reasonFor(meaning);
    if (reason.isEmpty())
        return Error(Error::Kind::Storage, QStringLiteral("The database could not %1: %2 (SQLite code %3).").arg(doing, said).arg(code)).withAdvice(adviceFor(meaning));
    // A person is told what is the matter; the statement that met it is for the log.
    qCDebug(logStore, "could not %s: %s", qUtf8Printable(doing), qUtf8Printable(said));
    return Error(Error::Kind::Storage, QStringLiteral("The stored data cannot be used: %1 (SQLite code %2).").arg(reason).arg(code))
        .withAdvice(adviceFor(meaning));
}

std::optional<QString> Row::maybeText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

std::optional<qint64> Row::maybeInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

Sql::Sql(QSqlDatabase connection, int busyTimeoutMs)
    : m_connection(std::move(connection))
    , m_busyTimeoutMs(busyTimeoutMs)
{
}

Sql::Prepared::node_type Sql::take(const QString &statement)
{
    // Taken out while in use, so that a nested use of the same statement gets one of its own.
    if (auto node = m_prepared.extract(statement))
        return node;
    Prepared made;
    QSqlQuery &query = made.emplace(statement, QSqlQuery(m_connection)).first->second;
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        throw detail::storageError(query.lastError(), QStringLiteral("prepare “%1”").arg(shortened(statement)), m_connection.databaseName());
    return made.extract(made.begin());
}

void Sql::giveBack(Prepared::node_type query)
{
    query.mapped().finish();
    if (m_prepared.size() >= kMaxPrepared)
        m_prepared.clear();
    m_prepared.insert(std::move(query));
}

int Sql::step(const QString &statement, const Binds &binds, const std::function<void(const Row &)> *read)
{
    Prepared::node_type taken = take(statement);
    QSqlQuery &query = taken.mapped();
    int position = 0;
    for (const Bind &bind : binds)
        query.bindValue(position++, bind.variant());
    const auto fail = [&] {
        return detail::storageError(query.lastError(), QStringLiteral("run “%1”").arg(shortened(statement)), m_connection.databaseName());
    };
    if (!query.exec())
        throw fail();
    // To the last row, always: a statement with RETURNING commits only when it is done.
    const Row row(query);
    while (query.next()) {
        if (read)
            (*read)(row);
    }
    if (query.lastError().isValid())
        throw fail();
    const int changed = query.numRowsAffected();
    giveBack(std::move(taken));
    return changed;
}

int Sql::exec(const QString &statement, const Binds &binds)
{
    return step(statement, binds, nullptr);
}

void Sql::each(const QString &statement, const Binds &binds, const std::function<void(const Row &)> &read)
{
    step(statement, binds, &read);
}

qint64 Sql::integer(const QString &statement, const Binds &binds, qint64 fallback)
{
    return first(statement, binds, [](const Row &row) { return row.integer(0); }).value_or(fallback);
}

void Sql::begin()
{
    const QDeadlineTimer deadline(m_busyTimeoutMs);
    Prepared::node_type taken = take(QStringLiteral("BEGIN IMMEDIATE"));
    QSqlQuery &query = taken.mapped();
    while (!query.exec()) {
        // SQLite has waited by itself already, except in the few cases where it answers busy at once.
        if (detail::sqliteCode(query.lastError()) != detail::kSqliteBusy || deadline.hasExpired())
            throw detail::storageError(query.lastError(), QStringLiteral("begin to write"), m_connection.databaseName());
        QThread::msleep(kBusyPauseMs);
    }
    giveBack(std::move(taken));
    m_inTransaction = true;
}

void Sql::commit()
{
    Prepared::node_type taken = take(QStringLiteral("COMMIT"));
    if (!taken.mapped().exec())
        throw detail::storageError(taken.mapped().lastError(), QStringLiteral("commit what was written"), m_connection.databaseName());
    giveBack(std::move(taken));
    m_inTransaction = false;
}

void Sql::rollback() noexcept
{
    m_inTransaction = false;
    QSqlQuery query(m_connection);
    // SQLite has rolled back by itself after some errors (a full disk); then there is nothing left to undo.
    if (!query.exec(QStringLiteral("ROLLBACK")))
        qCDebug(logStore) << "nothing to roll back:" << query.lastError().text();
}

void Sql::clearPrepared()
{
    m_prepared.clear();
}

} // namespace sluice
