#pragma once

#include "sluice/store/schema.h"
#include "sluice/store/sql.h"
#include "sluice/zerog/local_ledger.h"

namespace sluice::zerog::detail {

/// Thrown inside a transaction, so that it is undone; never leaves the room.
struct Refused {
    Refusal refusal;
};

/// The ledger's tables on one connection, for the length of one transaction: a block when something is written.
class LedgerBook {
public:
    /// `clock` is the time of this machine, in seconds.
    LedgerBook(Sql &sql, qint64 clock);

    static Schema schema();

    [[nodiscard]] qint64 now() const { return m_now; }
    [[nodiscard]] qint64 lockTime() const { return m_lockTime; }
    std::optional<Account> account(const Address &user, const Address &provider);
    QList<Account> accounts(const std::optional<Address> &user, const std::optional<Address> &provider);
    std::optional<Service> service(const Address &provider, const QString &name);
    QList<Service> services();
    std::optional<Wei> wallet(const Address &address);
    QList<std::pair<Address, Wei>> wallets();
    LedgerEvents events(quint64 since, int limit);
    QList<TraceOutlook> outlook(const Address &provider, const QList<RequestTrace> &traces, const QList<QList<bool>> &valid);

    void initialize(const LocalLedger::Genesis &genesis);
    void depositFund(const Address &caller, const Address &provider, const U256 &value);
    Refund requestRefund(const Address &caller, const Address &provider, const U256 &amount);
    void processRefund(const Address &caller, const Address &provider, const QList<quint64> &indices);
    void addOrUpdateService(const Address &caller, const Service &service);
    void removeService(const Address &caller, const QString &name);
    Settlement settleFees(const Address &caller, const QList<RequestTrace> &traces, const QList<QList<bool>> &valid);
    void updateLockTime(const Address &caller, qint64 seconds);

private:
    void beginBlock();
    Account mustHaveAccount(const Address &user, const Address &provider);
    QList<Refund> refunds(const Address &user, const Address &provider);
    void storeChanged(const Account &before, const Account &after);
    void storeRefund(const Account &account, const Refund &refund);
    void pay(const Address &wallet, const Wei &amount);
    void event(const char *kind, const Json &json);
    void balanceUpdated(const Account &account);

    Sql &m_sql;
    qint64 m_now = 0;
    qint64 m_lockTime = 0;
    Address m_owner;
    bool m_funded = false;
    bool m_initialized = false;
    qint64 m_block = 0;
    bool m_begun = false;
};

} // namespace sluice::zerog::detail
