#pragma once

#include "sluice/base/call_context.h"
#include "sluice/crypto/hash32.h"
#include "sluice/crypto/private_key.h"
#include "sluice/zerog/entities.h"
#include "sluice/zerog/refusal.h"

#include <QCoro/QCoroTask>

#include <variant>

/// The contract's functions, wherever they are kept: in a file on this machine (local_ledger.h) or in a contract on a chain
/// (chain_ledger.h); zerog-serving.md 4 with the hardening of section 7.
///
/// A caller may rely on this, of every implementation:
/// - A call that changes something happens wholly or not at all, and is safe from a kill -9 when its task completes. Killed before, it may
///   have happened or not: look before you repeat it.
/// - What the contract refuses is a value (Refusal), typed with the contract's error; what breaks (disk, network, a nonsensical peer) is
///   thrown as Error. After a thrown Timeout or Network of a call that changes something, it may have happened nevertheless.
/// - Calls of one Ledger may run side by side; each sees one moment. Methods are called on the thread that made it, coroutines resume there.
/// - Nobody pays for another: a trace with requests of several users, of the zero address, with a short, long, high-s or v 0/1 signature
///   is refused whole. No request is paid twice: nonces of an account only rise.
/// - The sum of all wallets and balances never changes; no balance is negative; pendingRefund is the sum of the open refunds.
namespace sluice::zerog {

/// The contract's events (4.2).
struct BalanceUpdated {
    BalanceUpdated() = default;
    Address user;
    Address provider;
    U256 balance = 0; ///< the new one, not the difference
    U256 pendingRefund = 0;
    bool operator==(const BalanceUpdated &) const = default;
};
struct RefundRequested {
    RefundRequested() = default;
    Address user;
    Address provider;
    quint64 index = 0;
    qint64 timestamp = 0;
    bool operator==(const RefundRequested &) const = default;
};
struct ServiceUpdated {
    ServiceUpdated() = default;
    Service service; ///< without its name on a chain, whose log has only the name's hash
    Hash32 nameHash; ///< keccak256 of the name
    bool operator==(const ServiceUpdated &) const = default;
};
struct ServiceRemoved {
    ServiceRemoved() = default;
    Address provider;
    Hash32 nameHash;
    bool operator==(const ServiceRemoved &) const = default;
};
struct LedgerEvent {
    LedgerEvent() = default;
    quint64 block = 0; ///< of the local ledger: one for each committed call
    std::variant<BalanceUpdated, RefundRequested, ServiceUpdated, ServiceRemoved> what;
    bool operator==(const LedgerEvent &) const = default;
};
/// A run of events and where the next one begins.
struct LedgerEvents {
    LedgerEvents() = default;
    QList<LedgerEvent> events; ///< oldest first
    quint64 next = 0;          ///< give it to events() for those that come after; also when there were none
};

/// What a settlement moved.
struct Settlement {
    Settlement() = default;
    Wei total = 0;
    QList<Wei> amounts; ///< one for each trace
    std::optional<Refusal> stopped; ///< of parts (see settleFees): what the next one was refused with; total and amounts are of those before it
};
/// What would become of one trace if it were settled now.
struct TraceOutlook {
    TraceOutlook() = default;
    Wei amount = 0; ///< what it would move; 0 with a refusal
    std::optional<Refusal> refusal;
};

class Ledger {
public:
    Ledger() = default;
    virtual ~Ledger() = default;
    Ledger(const Ledger &) = delete;
    Ledger &operator=(const Ledger &) = delete;

    // Views.

    /// Seconds of the ledger's clock now, as the next call would see it. It never goes back, and may lag the clock of this machine.
    [[nodiscard]] virtual QCoro::Task<qint64> now() = 0;
    [[nodiscard]] virtual QCoro::Task<qint64> lockTime() = 0;
    /// AccountNotexists.
    [[nodiscard]] virtual QCoro::Task<Settled<Account>> account(Address user, Address provider) = 0;
    /// In the contract's order; `user` or `provider` keep only theirs.
    [[nodiscard]] virtual QCoro::Task<QList<Account>> accounts(std::optional<Address> user, std::optional<Address> provider) = 0;
    /// ServiceNotexist.
    [[nodiscard]] virtual QCoro::Task<Settled<Service>> service(Address provider, QString name) = 0;
    /// Of all providers, in the contract's order.
    [[nodiscard]] virtual QCoro::Task<QList<Service>> services() = 0;
    /// The native coin in a wallet. Of a local ledger nobody funded it may be negative: that is what its deposits took.
    [[nodiscard]] virtual QCoro::Task<Wei> walletBalance(Address wallet) = 0;
    /// What happened since a cursor, 0 for all; at most `limit` events.
    [[nodiscard]] virtual QCoro::Task<LedgerEvents> events(quint64 since, int limit) = 0;
    /// For each trace whether `provider` could settle it now, each by itself, and for how much; changes nothing. A provider leaves out what
    /// is refused and settles the rest in one call (rule 3 of section 7).
    [[nodiscard]] virtual QCoro::Task<QList<TraceOutlook>> outlook(Address provider, QList<RequestTrace> traces) = 0;

    // Calls, made and signed by `caller`.

    /// Creates the account (caller, provider) or adds to it. InsufficientFunds, Panic.
    [[nodiscard]] virtual QCoro::Task<Settled<void>> depositFund(PrivateKey caller, Address provider, U256 value) = 0;
    /// The new refund with its index and time. AccountNotexists, InsufficientBalance.
    [[nodiscard]] virtual QCoro::Task<Settled<Refund>> requestRefund(PrivateKey caller, Address provider, U256 amount) = 0;
    /// Pays refunds whose lock time is over, all or none. AccountNotexists, RefundInvalid, RefundProcessed, RefundLocked.
    [[nodiscard]] virtual QCoro::Task<Settled<void>> processRefund(PrivateKey caller, Address provider, QList<quint64> indices) = 0;
    /// The caller's service of that name; `updatedAt` becomes now, also when nothing else changed. `service.provider` and
    /// `service.updatedAt` are not looked at.
    [[nodiscard]] virtual QCoro::Task<Settled<void>> addOrUpdateService(PrivateKey caller, Service service) = 0;
    /// ServiceNotexist.
    [[nodiscard]] virtual QCoro::Task<Settled<void>> removeService(PrivateKey caller, QString name) = 0;
    /// Moves what the traces' users owe to the caller, who is the provider; all or nothing. 4.3's refusals, with the index of the request
    /// within its trace. Where a chain's blocks are too small for all of it, it is made in parts, in the order of the nonces, each of them all or
    /// nothing: parts before one that is refused stand (Settlement::stopped), and before one that is thrown at, as the accounts' nonces say.
    [[nodiscard]] virtual QCoro::Task<Settled<Settlement>> settleFees(PrivateKey caller, QList<RequestTrace> traces) = 0;
    /// Also of refunds that are pending already. NotOwner.
    [[nodiscard]] virtual QCoro::Task<Settled<void>> updateLockTime(PrivateKey caller, qint64 seconds) = 0;
};

} // namespace sluice::zerog
