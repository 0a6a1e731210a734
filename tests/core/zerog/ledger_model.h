#pragma once

#include "sluice/zerog/entities.h"

#include <map>
#include <set>

/// The contract's rules once more, as plainly as can be and without the room's own: what a ledger's answers and books are compared with.
namespace sluice::zerog::test {

struct ModelRequest {
    Request request;
    Address provider;      ///< whom it was signed for
    bool genuine = false;  ///< signed by its user, over exactly this
};

class LedgerModel {
public:
    struct Held {
        Wei nonce = 0;
        Wei balance = 0;
        Wei pending = 0;
        QList<Refund> refunds;
    };
    using Pair = std::pair<Address, Address>; // user, provider

    qint64 now = 0;
    qint64 lockTime = 86400;
    Address owner;
    bool funded = false;
    std::map<QString, std::pair<Address, Wei>> wallets; // by the lower-case address, as the ledger sorts them
    QList<Pair> order;
    std::map<Pair, Held> accounts;
    QList<Service> services;
    std::set<std::tuple<Address, Address, Wei>> paid; ///< user, provider, nonce of each request that was settled

    // Each gives the name of the refusal, or nothing.
    QString deposit(const Address &user, const Address &provider, const Wei &value);
    QString requestRefund(const Address &user, const Address &provider, const Wei &amount);
    QString processRefund(const Address &user, const Address &provider, const QList<quint64> &indices);
    QString addOrUpdateService(const Address &provider, const Service &service);
    QString removeService(const Address &provider, const QString &name);
    QString settle(const Address &provider, const QList<QList<ModelRequest>> &traces);
    QString updateLockTime(const Address &caller, qint64 seconds);

    /// As LocalLedger::snapshot() gives it.
    [[nodiscard]] Json snapshot() const;

private:
    QString settleOne(const Address &provider, const QList<ModelRequest> &trace);
    bool move(const Address &wallet, const Wei &amount);
};

} // namespace sluice::zerog::test
