#include "sluice/store/settings_table.h"

namespace sluice {

namespace settings {
namespace {

using Entry = std::pair<QString, Json>;

std::optional<Json> get(Sql &sql, const QString &key)
{
    const auto text = sql.first(QStringLiteral("SELECT value FROM settings WHERE key = ?"), {key}, [](const Row &row) { return row.text(0); });
    if (!text)
        return std::nullopt;
    return orThrow(Json::parse(text->toUtf8()));
}

void set(Sql &sql, const QString &key, const Json &value)
{
    sql.exec(QStringLiteral("INSERT INTO settings(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"),
             {key, QString::fromUtf8(value.dump())});
}

bool remove(Sql &sql, const QString &key)
{
    return sql.exec(QStringLiteral("DELETE FROM settings WHERE key = ?"), {key}) > 0;
}

QList<Entry> all(Sql &sql, const QString &prefix)
{
    QList<Entry> entries;
    // substr, not LIKE: a prefix may hold % and _, and case counts.
    sql.each(QStringLiteral("SELECT key, value FROM settings WHERE key >= ? AND substr(key, 1, length(?)) = ? ORDER BY key"), {prefix, prefix, prefix},
             [&](const Row &row) { entries.append({row.text(0), orThrow(Json::parse(row.text(1).toUtf8()))}); });
    return entries;
}

} // namespace
} // namespace settings

Schema SettingsTable::schema()
{
    return {QStringLiteral("settings"),
            {{QStringLiteral("create the settings table"),
              {QStringLiteral("CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")}}}};
}

QCoro::Task<std::optional<Json>> SettingsTable::get(QString key)
{
    return m_database->run([=](Sql &sql) { return settings::get(sql, key); });
}

std::optional<Json> SettingsTable::getSync(const QString &key)
{
    return m_database->runSync([&](Sql &sql) { return settings::get(sql, key); });
}

QCoro::Task<void> SettingsTable::set(QString key, Json value)
{
    return m_database->run([=](Sql &sql) { settings::set(sql, key, value); });
}

void SettingsTable::setSync(const QString &key, const Json &value)
{
    m_database->runSync([&](Sql &sql) { settings::set(sql, key, value); });
}

QCoro::Task<Json> SettingsTable::change(QString key, std::function<Json(const std::optional<Json> &)> change)
{
    return m_database->transaction([=](Sql &sql) {
        Json changed = change(settings::get(sql, key));
        settings::set(sql, key, changed);
        return changed;
    });
}

QCoro::Task<bool> SettingsTable::remove(QString key)
{
    return m_database->run([=](Sql &sql) { return settings::remove(sql, key); });
}

bool SettingsTable::removeSync(const QString &key)
{
    return m_database->runSync([&](Sql &sql) { return settings::remove(sql, key); });
}

QCoro::Task<QList<std::pair<QString, Json>>> SettingsTable::all(QString prefix)
{
    return m_database->run([=](Sql &sql) { return settings::all(sql, prefix); });
}

QList<std::pair<QString, Json>> SettingsTable::allSync(const QString &prefix)
{
    return m_database->runSync([&](Sql &sql) { return settings::all(sql, prefix); });
}

} // namespace sluice
