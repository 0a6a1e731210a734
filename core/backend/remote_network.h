#pragma once

#include "sluice/backend/remote_accounts.h"

#include <optional>

namespace sluice {

/// Who vouches for the key with which a provider signs what is to be paid. Calls there are settled where both do.
enum class Acknowledgement {
    NoSigner,    ///< the service names no such key
    ByNeither,
    ByUserOnly,  ///< the network's owner does not, or not any more
    ByOwnerOnly, ///< the user does not yet
    ByBoth,
};
/// A sentence for people, translated.
[[nodiscard]] QString toWords(Acknowledgement acknowledgement);
/// What acknowledging a provider means, for people, translated.
[[nodiscard]] QString acknowledgementMeaning();

/// What a provider sells on a network whose contracts can be read. Words are the provider's own, cut when they are long.
struct NetworkService {
    NetworkService() = default;
    QString provider;   ///< its address
    QString type;       ///< "chatbot", "text-to-image", …
    QString model;
    QString url;
    QString inputPrice; ///< decimal, in the smallest unit; for what, the type says
    QString outputPrice;
    QDateTime updatedAt;
    QString verifiability; ///< how its answers can be checked; empty: not at all
    QString signer;        ///< address of the key that signs what is to be paid; empty where it names none
    bool ownerAcknowledged = false; ///< the network's owner vouches for that key
    bool userAcknowledged = false;  ///< and so does the wallet's holder; false where there is no account
    [[nodiscard]] Acknowledgement acknowledgement() const;
};

/// What the wallet's holder has at one provider.
struct NetworkAccount {
    NetworkAccount() = default;
    QString provider;
    QString balance;
    QString pendingRefund; ///< part of the balance
    QList<AccountRefund> refunds; ///< that are on their way back to the ledger
    bool acknowledged = false; ///< the provider's key, by the holder
};

/// A network as its contracts have it, of one block. Amounts are decimal text of the smallest unit.
struct NetworkBook {
    NetworkBook() = default;
    QString chainId;
    QString chain;      ///< its name, where it is known
    QDateTime at;       ///< the block's time
    QString block;      ///< its number
    QString ledgerContract; ///< addresses of the contracts
    QString serviceContract;
    QString serviceName;    ///< "inference-v1.0": what the ledger calls that one
    QString unit;      ///< as in AccountBook
    QString largeUnit;
    int decimals = 0;
    QList<NetworkService> services;
    bool isWhole = true; ///< false: there are more services or accounts than are read

    // The three pots, of the wallet below: wallet -> ledger -> account at a provider.
    QString owner;        ///< whose money it is; empty: nobody was asked for, and the rest is empty
    QString ownerFault;   ///< why that is not known, where it should be
    QString wallet;       ///< in the wallet itself
    bool hasLedger = false;
    QString ledgerTotal;     ///< put into the ledger and not spent, with what is at providers
    QString ledgerAvailable; ///< of it what can be sent to providers, or taken back
    qint64 lockSeconds = 0;  ///< from asking a provider for money to its return
    QList<NetworkAccount> accounts;
};

/// A network whose contracts can be read: services, prices and the money of one wallet. Nothing is ever spent or signed here.
class RemoteNetwork {
public:
    virtual ~RemoteNetwork() = default;
    /// As it is now. Throws Config where a setting is missing, Network, Timeout, Http, TooLarge, and Rpc for what is no answer of such contracts.
    virtual QCoro::Task<NetworkBook> read(CallContext context) = 0;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::NetworkBook)
