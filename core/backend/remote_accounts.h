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
    QString settledNonce; ///< the highest of the calls that were settled
};

/// Something that a provider sells, at its present prices.
struct SoldService {
    SoldService() = default;
    QString provider;    ///< its address
    QString name;
    QString type;        ///< "chatbot"
    QString url;         ///< the provider's for people who buy; what it stands before for who sells it
    QString inputPrice;  ///< decimal, in the backend's smallest unit
    QString outputPrice;
    bool perByte = false; ///< prices are of a byte, else of a word
    QDateTime updatedAt;
};

/// All accounts of one backend, of one moment.
struct AccountBook {
    AccountBook() = default;
    QString backend;
    QUrl server;       ///< the agent that pays
    QString owner;     ///< whose they are; empty where the server does not tell
    QString wallet;    ///< what the owner has besides; empty where the server does not tell
    QString unit;      ///< the smallest: "neuron"
    QString largeUnit; ///< "A0GI"
    int decimals = 0;  ///< of the large unit in small ones
    QDateTime serverTime; ///< what refunds are measured by; invalid where the server does not tell
    QList<RemoteAccount> accounts;
    QList<SoldService> services; ///< of every provider, with an account or without

    [[nodiscard]] const RemoteAccount *at(const QString &provider) const
    {
        for (const RemoteAccount &account : accounts) {
            if (account.provider == provider)
                return &account;
        }
        return nullptr;
    }
};

/// Whether what stands in a row was signed by whom it says: recomputed here, never believed.
enum class SignatureCheck {
    NotChecked, ///< something that is signed is not told
    Good,
    Bad,
};

/// A call that was signed and sent for such an account.
struct AccountCall {
    AccountCall() = default;
    QDateTime at;
    QString provider;
    QString user;       ///< who pays; empty where the server does not tell
    QString service;
    QString nonce;
    QString inputCount;
    QString previousOutputCount; ///< of the earlier answer that it paid for
    QString outputCount; ///< of its own answer; empty where the server does not tell
    QString fee;
    QString state;      ///< as the server names it
    QString error;
    QString signature;  ///< 0x and hex digits
    SignatureCheck check = SignatureCheck::NotChecked;
    QString checkProblem; ///< what is wrong with the signature, or why it was not looked at
};

/// The facet of backends whose calls are paid from accounts at providers, which are filled ahead.
class RemoteAccounts {
public:
    virtual ~RemoteAccounts() = default;
    virtual QCoro::Task<AccountBook> accounts(CallContext context) = 0;
    /// The latest calls, at most `most` of them (0: all), oldest first, each with its signature checked. Other servers than ours tell all. NotRouted where
    /// the server keeps no list.
    virtual QCoro::Task<QList<AccountCall>> calls(int most, CallContext context) = 0;
    /// Makes an account with this amount, decimal digits. InvalidInput when there is one already. Spends money: ask the person first.
    virtual QCoro::Task<void> openAccount(QString provider, QString amount, CallContext context) = 0;
    /// Adds to an account. Spends money: ask the person first.
    virtual QCoro::Task<void> deposit(QString provider, QString amount, CallContext context) = 0;
    /// Asks for money back; it comes when its time is over, and a settlement may take of it until then.
    virtual QCoro::Task<void> askRefund(QString provider, QString amount, CallContext context) = 0;
    /// Has what is due paid now, instead of when the server looks next. NotRouted where the server does that by itself alone.
    virtual QCoro::Task<void> processRefunds(CallContext context) = 0;

    /// Of this backend; null where there is none.
    [[nodiscard]] static RemoteAccounts *of(Backend &backend) { return dynamic_cast<RemoteAccounts *>(&backend); }
    /// The network as its contracts have it (core/backend/remote_network.h); null where the profile says no chain.
    [[nodiscard]] virtual RemoteNetwork *network() { return nullptr; }
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::AccountBook)
