#include "sluice/store/spend_table.h"

#include "sluice/store/wei_text_p.h"

namespace sluice {

using boost::multiprecision::cpp_int;

namespace {

cpp_int stored(Sql &sql, const QString &scope, QDate day)
{
    const auto text = sql.first(QStringLiteral("SELECT wei FROM spending WHERE scope = ? AND day = ?"),
                                {scope, day.toString(Qt::ISODate)}, [](const Row &row) { return row.text(0); });
    return text ? detail::parseWei(*text) : cpp_int(0);
}

QString store(Sql &sql, const QString &scope, QDate day, const cpp_int &total)
{
    const QString text = detail::weiText(total);
    sql.exec(QStringLiteral("INSERT INTO spending(scope, day, wei) VALUES(?, ?, ?) ON CONFLICT(scope, day) DO UPDATE SET wei = excluded.wei"),
             {scope, day.toString(Qt::ISODate), text});
    return text;
}

} // namespace

Schema SpendTable::schema()
{
    return {QStringLiteral("spending"),
            {{QStringLiteral("create the table of daily spending"),
              {QStringLiteral("CREATE TABLE spending(scope TEXT NOT NULL, day TEXT NOT NULL, wei TEXT NOT NULL, "
                              "PRIMARY KEY(scope, day)) WITHOUT ROWID")}}}};
}

QString SpendTable::total(Sql &sql, const QString &scope, QDate utcDay)
{
    return detail::weiText(stored(sql, scope, utcDay));
}

QString SpendTable::add(Sql &sql, const QString &scope, QDate utcDay, const QString &wei)
{
    const cpp_int amount = detail::parseWei(wei);
    return sql.transaction([&] { return store(sql, scope, utcDay, stored(sql, scope, utcDay) + amount); });
}

std::optional<QString> SpendTable::addWithin(Sql &sql, const QString &scope, QDate utcDay, const QString &wei, const QString &limitWei)
{
    const cpp_int amount = detail::parseWei(wei);
    const cpp_int limit = detail::parseWei(limitWei);
    return sql.transaction([&]() -> std::optional<QString> {
        const cpp_int total = stored(sql, scope, utcDay) + amount;
        if (total > limit)
            return std::nullopt;
        return store(sql, scope, utcDay, total);
    });
}

QString SpendTable::subtract(Sql &sql, const QString &scope, QDate utcDay, const QString &wei)
{
    const cpp_int amount = detail::parseWei(wei);
    return sql.transaction([&] {
        const cpp_int total = stored(sql, scope, utcDay);
        return store(sql, scope, utcDay, total > amount ? cpp_int(total - amount) : cpp_int(0));
    });
}

QCoro::Task<QString> SpendTable::total(QString scope, QDate utcDay)
{
    return m_database->run([=](Sql &sql) { return total(sql, scope, utcDay); });
}

QString SpendTable::totalSync(const QString &scope, QDate utcDay)
{
    return m_database->runSync([&](Sql &sql) { return total(sql, scope, utcDay); });
}

QCoro::Task<QString> SpendTable::add(QString scope, QDate utcDay, QString wei)
{
    return m_database->run([=](Sql &sql) { return add(sql, scope, utcDay, wei); });
}

QString SpendTable::addSync(const QString &scope, QDate utcDay, const QString &wei)
{
    return m_database->runSync([&](Sql &sql) { return add(sql, scope, utcDay, wei); });
}

QCoro::Task<std::optional<QString>> SpendTable::addWithin(QString scope, QDate utcDay, QString wei, QString limitWei)
{
    return m_database->run([=](Sql &sql) { return addWithin(sql, scope, utcDay, wei, limitWei); });
}

std::optional<QString> SpendTable::addWithinSync(const QString &scope, QDate utcDay, const QString &wei, const QString &limitWei)
{
    return m_database->runSync([&](Sql &sql) { return addWithin(sql, scope, utcDay, wei, limitWei); });
}

QCoro::Task<QString> SpendTable::subtract(QString scope, QDate utcDay, QString wei)
{
    return m_database->run([=](Sql &sql) { return subtract(sql, scope, utcDay, wei); });
}

QString SpendTable::subtractSync(const QString &scope, QDate utcDay, const QString &wei)
{
    return m_database->runSync([&](Sql &sql) { return subtract(sql, scope, utcDay, wei); });
}

} // namespace sluice
