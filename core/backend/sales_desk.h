#pragma once

#include "sluice/backend/remote_accounts.h"

namespace sluice {

/// Somebody who has an account at a provider.
struct SalesCustomer {
    SalesCustomer() = default; // no aggregate: see DESIGN.md 3
    QString user;         ///< the address
    QString available;    ///< what of the account can be counted on, in the backend's smallest unit
    QString unsettled;    ///< fees that are not settled; empty where the server does not tell
    QString lastNonce;    ///< of the last call that was served; empty before one
    QDateTime checkedAt;  ///< when the account was looked at
};

/// One settlement, whoever caused it.
struct Settlement {
    Settlement() = default;
    qint64 id = 0;
    QDateTime started;
    QDateTime finished;
    QString cause;   ///< as the server names it: "asked"
    bool ok = false;
    QString error;
    QString total;   ///< what came in
};

/// What is sold through a provider's own agent, of one moment.
struct SalesBook {
    SalesBook() = default;
    QString backend;
    QUrl server;       ///< the agent that sells
    QString provider;  ///< whose services they are; empty where the server does not tell
    QString wallet;    ///< what the provider has; empty where the server does not tell
    QString unit;      ///< the smallest: "neuron"
    QString largeUnit; ///< "A0GI"
    int decimals = 0;  ///< of the large unit in small ones
    QList<SoldService> services;
    QList<SalesCustomer> customers;
    QList<AccountCall> calls;      ///< the latest, oldest first, each with its signature checked
    QList<Settlement> settlements; ///< oldest first
    QString unsettled; ///< the sum of what customers owe
};

/// What came of asking for a settlement.
struct SettlementOutcome {
    SettlementOutcome() = default;
    std::optional<Settlement> settlement; ///< nothing when nothing was to be settled
    QStringList leftOut;                  ///< who could not pay, and why
};

/// The facet of backends whose services a person may sell, too, through a provider's agent of their own.
class SalesDesk {
public:
    virtual ~SalesDesk() = default;
    /// Whether these settings name such an agent.
    [[nodiscard]] virtual bool sells() const = 0;
    /// `mostCalls`: of the latest calls; 0: all.
    virtual QCoro::Task<SalesBook> sales(int mostCalls, CallContext context) = 0;
    /// Has everything that customers owe paid to the provider. Moves money: ask the person first.
    virtual QCoro::Task<SettlementOutcome> settle(CallContext context) = 0;

    /// Of this backend; null where there is none, or its settings name no agent.
    [[nodiscard]] static SalesDesk *of(Backend &backend)
    {
        auto *desk = dynamic_cast<SalesDesk *>(&backend);
        return desk && desk->sells() ? desk : nullptr;
    }
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::SalesBook)
