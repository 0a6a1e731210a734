#include "sluice/store/pin_table.h"

namespace sluice {

namespace pins {
namespace {

QString select(const char *rest)
{
    return QStringLiteral("SELECT host_port, fingerprint, first_seen FROM tls_pins ") + QLatin1String(rest);
}

PinRow fromRow(const Row &row)
{
    return {row.text(0), row.text(1), QDateTime::fromMSecsSinceEpoch(row.integer(2), Qt::UTC)};
}

std::optional<PinRow> find(Sql &sql, const QString &hostPort)
{
    return sql.first(select("WHERE host_port = ?"), {hostPort.toLower()}, fromRow);
}

PinRow pinFirst(Sql &sql, const PinRow &row)
{
    return sql.transaction([&] {
        sql.exec(QStringLiteral("INSERT INTO tls_pins(host_port, fingerprint, first_seen) VALUES(?, ?, ?) ON CONFLICT DO NOTHING"),
                 {row.hostPort.toLower(), row.fingerprint, row.firstSeen.toMSecsSinceEpoch()});
        return *find(sql, row.hostPort);
    });
}

void replace(Sql &sql, const PinRow &row)
{
    sql.exec(QStringLiteral("INSERT OR REPLACE INTO tls_pins(host_port, fingerprint, first_seen) VALUES(?, ?, ?)"),
             {row.hostPort.toLower(), row.fingerprint, row.firstSeen.toMSecsSinceEpoch()});
}

bool remove(Sql &sql, const QString &hostPort)
{
    return sql.exec(QStringLiteral("DELETE FROM tls_pins WHERE host_port = ?"), {hostPort.toLower()}) > 0;
}

QList<PinRow> all(Sql &sql)
{
    return sql.rows(select("ORDER BY host_port"), {}, fromRow);
}

} // namespace
} // namespace pins

Schema PinTable::schema()
{
    return {QStringLiteral("tls_pins"),
            {{QStringLiteral("create the table of TLS keys"),
              {QStringLiteral("CREATE TABLE tls_pins(host_port TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, first_seen INTEGER NOT NULL) "
                              "WITHOUT ROWID")}}}};
}

QCoro::Task<std::optional<PinRow>> PinTable::find(QString hostPort)
{
    return m_database->run([=](Sql &sql) { return pins::find(sql, hostPort); });
}

std::optional<PinRow> PinTable::findSync(const QString &hostPort)
{
    return m_database->runSync([&](Sql &sql) { return pins::find(sql, hostPort); });
}

QCoro::Task<PinRow> PinTable::pinFirst(PinRow row)
{
    return m_database->run([=](Sql &sql) { return pins::pinFirst(sql, row); });
}

PinRow PinTable::pinFirstSync(const PinRow &row)
{
    return m_database->runSync([&](Sql &sql) { return pins::pinFirst(sql, row); });
}

QCoro::Task<void> PinTable::replace(PinRow row)
{
    return m_database->run([=](Sql &sql) { pins::replace(sql, row); });
}

void PinTable::replaceSync(const PinRow &row)
{
    m_database->runSync([&](Sql &sql) { pins::replace(sql, row); });
}

QCoro::Task<bool> PinTable::remove(QString hostPort)
{
    return m_database->run([=](Sql &sql) { return pins::remove(sql, hostPort); });
}

bool PinTable::removeSync(const QString &hostPort)
{
    return m_database->runSync([&](Sql &sql) { return pins::remove(sql, hostPort); });
}

QCoro::Task<QList<PinRow>> PinTable::all()
{
    return m_database->run([](Sql &sql) { return pins::all(sql); });
}

QList<PinRow> PinTable::allSync()
{
    return m_database->runSync([](Sql &sql) { return pins::all(sql); });
}

} // namespace sluice
