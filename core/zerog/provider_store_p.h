#pragma once

#include "sluice/store/database.h"
#include "sluice/zerog/provider_book.h"

#include <QtCore/QMap>

/// The provider agent's tables. Functions of a job on the database's thread.
namespace sluice::zerog::provider_store {

[[nodiscard]] Schema schema();

/// A service as its provider knows it: on the ledger its URL is the agent's.
struct OwnService {
    OwnService() = default;
    Service onLedger;
    QString target;
    bool deleted = false;

    /// Section 10, line 18.
    [[nodiscard]] Json toJson() const;
};

struct Loaded {
    Loaded() = default;
    QMap<QString, OwnService> services;
    QList<ProviderUser> users; ///< with their open rows; what was reserved is released
};
/// All there is, at the start: rows that are still reserved become failed ones (rule 12).
[[nodiscard]] Loaded load(Sql &sql);

void putService(Sql &sql, const OwnService &service);
/// Everything of a user but the rows.
void putUser(Sql &sql, const ProviderUser &user);
/// Adds or replaces it.
void putRow(Sql &sql, const ProviderRow &row);
void setState(Sql &sql, const Address &user, const U256 &nonce, ProviderRow::State state, const QString &error);
/// Served rows up to this nonce are settled.
void settledUpTo(Sql &sql, const Address &user, const U256 &nonce);
/// Why the served rows of a user were left out.
void leftOut(Sql &sql, const Address &user, const QString &why);

struct SettlementNote {
    SettlementNote() = default;
    qint64 started = 0;
    qint64 finished = 0;
    QString trigger;
    bool ok = false;
    QString error;
    Wei total = 0;
};
void putSettlement(Sql &sql, const SettlementNote &note);
/// All of them, or the latest ones, in their order.
[[nodiscard]] QList<Json> settlements(Sql &sql, std::optional<int> latest);
/// All rows, or the latest ones, in the order of their arrival, and the sum of their fees.
[[nodiscard]] Json requests(Sql &sql, std::optional<bool> processed, std::optional<int> latest);

} // namespace sluice::zerog::provider_store
