#pragma once

#include "gateway_core_p.h"

#include "sluice/backend/remote_network.h"
#include "sluice/backend/sales_desk.h"

/// The accounts and the sales of a Gateway's backends: finds the facet, and goes through it.
namespace sluice::account_desk {

/// Ids of the backends that pay from accounts.
[[nodiscard]] QStringList paying(const GatewayCore &core);
/// Whether its settings name a chain.
[[nodiscard]] bool hasNetwork(const GatewayCore &core, const QString &backend);
/// Ids of the backends through which something is sold.
[[nodiscard]] QStringList selling(const GatewayCore &core);

// All throw NotRouted where the backend has no such facet.
QCoro::Task<AccountBook> accounts(std::shared_ptr<GatewayCore> core, QString backend, CallContext context);
QCoro::Task<QList<AccountCall>> calls(std::shared_ptr<GatewayCore> core, QString backend, int most, CallContext context);
/// Opens the account where there is none.
QCoro::Task<void> deposit(std::shared_ptr<GatewayCore> core, QString backend, QString provider, QString amount, CallContext context);
QCoro::Task<void> askRefund(std::shared_ptr<GatewayCore> core, QString backend, QString provider, QString amount, CallContext context);
QCoro::Task<void> processRefunds(std::shared_ptr<GatewayCore> core, QString backend, CallContext context);
QCoro::Task<NetworkBook> network(std::shared_ptr<GatewayCore> core, QString backend, CallContext context);
QCoro::Task<SalesBook> sales(std::shared_ptr<GatewayCore> core, QString backend, int mostCalls, CallContext context);
QCoro::Task<SettlementOutcome> settle(std::shared_ptr<GatewayCore> core, QString backend, CallContext context);

} // namespace sluice::account_desk
