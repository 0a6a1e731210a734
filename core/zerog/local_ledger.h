#pragma once

#include "sluice/base/clock.h"
#include "sluice/zerog/ledger.h"

#include <memory>

namespace sluice::zerog {

/// The ledger in one SQLite file, shared between processes (`--ledger FILE`), with the contract's rules as section 7 hardens them.
///
/// Every call is one transaction: one "block". A committed call survives kill -9 at any moment. Its block time is the clock's, but never
/// earlier than the block's before. The file holds the ledger's tables and nothing else: whoever keeps tables of their own has a file of
/// their own. A ledger may go while calls run: they end by themselves, and what was committed stands.
class LocalLedger final : public Ledger {
public:
    static constexpr qint64 DefaultLockTime = 86400;

    struct Options {
        Options() = default;
        const Clock *clock = &Clock::system(); ///< must outlive the ledger
        int busyTimeoutMs = 30'000;            ///< how long a call waits for other processes' calls
    };
    /// What `zerog ledger init` writes. With wallets, they hold what there is, and no wallet may go below zero; with none, wallets are not
    /// counted and may be negative.
    struct Genesis {
        Genesis() = default;
        qint64 lockTime = DefaultLockTime;
        Address owner;
        QList<std::pair<Address, U256>> wallets;
    };

    /// Opens or creates the file; one made this way has DefaultLockTime and no owner. Waits for the disk some milliseconds. Storage.
    static Expected<std::unique_ptr<LocalLedger>> open(const QString &path, Options options);
    static Expected<std::unique_ptr<LocalLedger>> open(const QString &path);
    ~LocalLedger() override;

    /// Once for each ledger, before anything happened on it; AlreadyInitialized afterwards.
    [[nodiscard]] QCoro::Task<Settled<void>> initialize(Genesis genesis);
    /// `{lockTime, wallets, accounts, services}` of one moment, as `zerog ledger show` prints it (section 7).
    [[nodiscard]] QCoro::Task<Json> snapshot();

    QCoro::Task<qint64> now() override;
    QCoro::Task<qint64> lockTime() override;
    QCoro::Task<Settled<Account>> account(Address user, Address provider) override;
    QCoro::Task<QList<Account>> accounts(std::optional<Address> user, std::optional<Address> provider) override;
    QCoro::Task<Settled<Service>> service(Address provider, QString name) override;
    QCoro::Task<QList<Service>> services() override;
    QCoro::Task<Wei> walletBalance(Address wallet) override;
    QCoro::Task<LedgerEvents> events(quint64 since, int limit) override;
    QCoro::Task<QList<TraceOutlook>> outlook(Address provider, QList<RequestTrace> traces) override;
    QCoro::Task<Settled<void>> depositFund(PrivateKey caller, Address provider, U256 value) override;
    QCoro::Task<Settled<Refund>> requestRefund(PrivateKey caller, Address provider, U256 amount) override;
    QCoro::Task<Settled<void>> processRefund(PrivateKey caller, Address provider, QList<quint64> indices) override;
    QCoro::Task<Settled<void>> addOrUpdateService(PrivateKey caller, Service service) override;
    QCoro::Task<Settled<void>> removeService(PrivateKey caller, QString name) override;
    QCoro::Task<Settled<Settlement>> settleFees(PrivateKey caller, QList<RequestTrace> traces) override;
    QCoro::Task<Settled<void>> updateLockTime(PrivateKey caller, qint64 seconds) override;

private:
    class Private;
    explicit LocalLedger(std::shared_ptr<Private> p);
    std::shared_ptr<Private> m_p; ///< shared with calls that still run
};

} // namespace sluice::zerog
