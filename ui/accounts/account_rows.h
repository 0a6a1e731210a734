#pragma once

#include "sluice/accounts/account_amount.h"
#include "sluice/accounts/cell_table_model.h"
#include "sluice/backend/remote_network.h"
#include "sluice/backend/sales_desk.h"
#include "sluice/widgets/ranked_columns.h"

namespace sluice::ui {

/// The tables of the accounts view, as values: what each has for columns, and its rows. No widgets.
namespace account_rows {

/// A table before it is filled.
struct Shape {
    QString name;
    QList<CellColumn> columns;
    QList<RankedColumn> ranked;
};

// Paying.
[[nodiscard]] Shape providers();
/// Everybody who sells, and everybody with whom there is an account; the key is the address.
[[nodiscard]] QList<CellRow> rowsOfProviders(const AccountBook &book, const QList<AccountCall> &calls);
[[nodiscard]] Shape refunds();
/// Those that are not paid. `now`: by the ledger's clock.
[[nodiscard]] QList<CellRow> rowsOfRefunds(const AccountBook &book, const QDateTime &now);
[[nodiscard]] Shape calls();
/// The latest first.
[[nodiscard]] QList<CellRow> rowsOfCalls(const AccountBook &book, const QList<AccountCall> &calls);

// Both sides.
/// `ours`: what is sold by oneself, so that it need not say by whom.
[[nodiscard]] Shape services(bool ours);
[[nodiscard]] QList<CellRow> rowsOfServices(const QList<SoldService> &services, const AccountMoney &money);

// Selling.
[[nodiscard]] Shape customers();
[[nodiscard]] QList<CellRow> rowsOfCustomers(const SalesBook &book);
[[nodiscard]] Shape sales();
[[nodiscard]] QList<CellRow> rowsOfSales(const SalesBook &book);
[[nodiscard]] Shape settlements();
[[nodiscard]] QList<CellRow> rowsOfSettlements(const SalesBook &book);

// The network of today.
[[nodiscard]] Shape networkServices();
[[nodiscard]] QList<CellRow> rowsOfNetworkServices(const NetworkBook &book);
[[nodiscard]] Shape networkAccounts();
[[nodiscard]] QList<CellRow> rowsOfNetworkAccounts(const NetworkBook &book);

/// Whether a call was taken from the account: a settlement has come as far as its nonce.
[[nodiscard]] bool isSettled(const AccountBook &book, const AccountCall &call);
/// "0xf39F…2266".
[[nodiscard]] QString shortAddress(const QString &address);
/// Whether a refund can be paid at this time; false where nobody tells when.
[[nodiscard]] bool isDue(const AccountRefund &refund, const QDateTime &now);

} // namespace account_rows
} // namespace sluice::ui
