#pragma once

#include "sluice/backend/remote_network.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/u256.h"

/// The contracts of 0G's compute network of today as bytes (zerog-serving.md 6.1): what is asked, and what comes back, into the values that
/// people see. Pure. Errors are Rpc: what comes back is a node's word, and the texts in it are strangers'.
namespace sluice::zerog::network {

/// Items that the contracts give at once at most.
constexpr qsizetype PageSize = 50;

// Of the ledger's contract.
[[nodiscard]] QByteArray getLedger(const Address &user);
[[nodiscard]] QByteArray getRecommendedService(const QString &serviceType);
// Of the contract of inference.
[[nodiscard]] QByteArray getAllServices(qsizetype offset);
[[nodiscard]] QByteArray getAccountsByUser(const Address &user, qsizetype offset);

/// What a user has in the ledger.
struct Funds {
    Funds() = default;
    Address user;
    U256 available = 0;
    U256 total = 0; ///< never less
};
[[nodiscard]] Expected<Funds> fundsFrom(QByteArrayView returned);
/// With this a ledger that there is none is refused: LedgerNotExists(user).
[[nodiscard]] bool saysNoLedger(QByteArrayView revertData);

/// The contract of one kind of service, and its version.
struct Recommended {
    Recommended() = default;
    QString version;
    Address contract;
};
[[nodiscard]] Expected<Recommended> recommendedFrom(QByteArrayView returned);

/// Some of all.
template <typename T> struct Page {
    Page() = default;
    QList<T> items; ///< PageSize at most
    quint64 total = 0;
};
/// Texts are cut and made valid, because a provider may write anything; numbers and addresses are as they must be.
[[nodiscard]] Expected<Page<NetworkService>> servicesFrom(QByteArrayView returned);
/// Accounts of this user with no more pending than there is; refunds have no dueAt.
[[nodiscard]] Expected<Page<NetworkAccount>> accountsFrom(QByteArrayView returned, const Address &user);

} // namespace sluice::zerog::network
