#pragma once

#include "sluice/backend/backend.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice {

class RemoteNetwork;

/// Money that was asked back from an account.
struct AccountRefund {
    AccountRefund() = default; // no aggregate: see DESIGN.md 3
    quint64 index = 0;
    QString amount;     ///< decimal, in the backend's smallest unit
    QDateTime askedAt;
    QDateTime dueAt;    ///< when it can be paid; invalid where the server does not tell
    bool processed = false;
};

/// What somebody holds at a provider, in decimal text of the backend's smallest unit.
struct RemoteAccount {
    RemoteAccount() = default;
    QString provider;   ///< its address
    QString balance;
    QString pendingRefund; ///< part of the balance
    QList<AccountRefund> refunds; ///< that are not paid yet
    QStringList services; ///< names of what it sells now
};

/// All accounts of one backend, of one moment.
struct AccountBook {
    AccountBook() = default;
    QString owner;     ///< whose they are; empty where the server does not tell
    QString unit;      ///< the smallest: "neuron"
    QString largeUnit; ///< "A0GI"
    int decimals = 0;  ///< of the large unit in small ones
    QList<RemoteAccount> accounts;
};

/// A call that was signed and sent for such an account.
struct AccountCall {
    AccountCall() = default;
    QDateTime at;
    QString provider;
    QString service;
    QString nonce;
    QString inputCount;
    QString previousOutputCount; ///< of the earlier answer that it paid for
    QString fee;
    QString state;      ///< as the server names it
    QString error;
    QString signature;  ///< 0x and hex digits
};

/// The facet of backends whose calls are paid from accounts at providers, which are filled ahead.
class RemoteAccounts {
public:
    virtual ~RemoteAccounts() = default;
    virtual QCoro::Task<AccountBook> accounts(CallContext context) = 0;
    /// Every call, oldest first. NotRouted where the server keeps no list.
    virtual QCoro::Task<QList<AccountCall>> calls(CallContext context) = 0;
    /// Makes an account with this amount, decimal digits. InvalidInput when there is one already. Spends money: ask the person first.
    virtual QCoro::Task<void> openAccount(QString provider, QString amount, CallContext context) = 0;
    /// Adds to an account. Spends money: ask the person first.
    virtual QCoro::Task<void> deposit(QString provider, QString amount, CallContext context) = 0;
    /// Asks for money back; it comes when its time is over, and a settlement may take of it until then.
    virtual QCoro::Task<void> askRefund(QString provider, QString amount, CallContext context) = 0;

    /// Of this backend; null where there is none.
    [[nodiscard]] static RemoteAccounts *of(Backend &backend) { return dynamic_cast<RemoteAccounts *>(&backend); }
    /// The network as its contracts have it (core/backend/remote_network.h); null where the profile says no chain.
    [[nodiscard]] virtual RemoteNetwork *network() { return nullptr; }
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::AccountBook)
