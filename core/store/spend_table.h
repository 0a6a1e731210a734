#pragma once

#include "sluice/store/database.h"

#include <QtCore/QDate>

namespace sluice {

/// What was spent per UTC day, in wei, shared by every process that uses the file.
///
/// Amounts are decimal texts without sign; sums are exact. `scope` keeps purses apart, e.g. a sandbox's
/// worthless wei from a network's: use the profile's id or the sender's address.
class SpendTable {
public:
    explicit SpendTable(std::shared_ptr<Database> database) : m_database(std::move(database)) {}
    static Schema schema();

    /// The total of that day, "0" when nothing was spent.
    QCoro::Task<QString> total(QString scope, QDate utcDay);
    QString totalSync(const QString &scope, QDate utcDay);

    /// Adds and gives the new total.
    QCoro::Task<QString> add(QString scope, QDate utcDay, QString wei);
    QString addSync(const QString &scope, QDate utcDay, const QString &wei);

    /// Adds only when the day's total stays at or below `limitWei`; nothing when it would pass it. Read and write are one
    /// step across processes, so two of them cannot both take the last of the allowance.
    QCoro::Task<std::optional<QString>> addWithin(QString scope, QDate utcDay, QString wei, QString limitWei);
    std::optional<QString> addWithinSync(const QString &scope, QDate utcDay, const QString &wei, const QString &limitWei);

    /// Takes back what was added and not spent after all; never below zero. The new total.
    QCoro::Task<QString> subtract(QString scope, QDate utcDay, QString wei);
    QString subtractSync(const QString &scope, QDate utcDay, const QString &wei);

    /// The steps themselves, for a larger transaction. InvalidInput for a text that is no decimal amount.
    static QString total(Sql &sql, const QString &scope, QDate utcDay);
    static QString add(Sql &sql, const QString &scope, QDate utcDay, const QString &wei);
    static std::optional<QString> addWithin(Sql &sql, const QString &scope, QDate utcDay, const QString &wei, const QString &limitWei);
    static QString subtract(Sql &sql, const QString &scope, QDate utcDay, const QString &wei);

private:
    std::shared_ptr<Database> m_database;
};

} // namespace sluice
