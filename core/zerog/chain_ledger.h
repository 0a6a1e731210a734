#pragma once

#include "sluice/net/http_client.h"
#include "sluice/zerog/ledger.h"

#include <chrono>
#include <memory>
#include <optional>

namespace sluice::zerog {

/// The ledger in a contract on a chain, over Ethereum's JSON-RPC (zerog-serving.md 7, last table).
///
/// Calls are estimated first, so that what the contract refuses costs no gas; then signed here (EIP-1559 where the chain has a base fee, else
/// EIP-155), sent, and waited for. Calls of one key are sent one after the other. Of events, names of services are known as hashes only, and a
/// cursor is a block. A settlement that is too large for one transaction is made in parts. now() is the newest block's time: it may lag this machine's clock. It must outlive the calls that it was given.
class ChainLedger final : public Ledger {
public:
    struct Options {
        Options() = default;
        QUrl url;         ///< of the node
        Address contract;
        quint64 firstBlock = 0; ///< of events: where the contract was deployed
        /// Which chain it is; nothing: the one that the node says. What is signed is good on that chain, and a node that lies about it can send it there.
        std::optional<U256> chainId;
        /// What the gas of one transaction may cost at most, in wei: the node names its amount and its price, and is not believed beyond this.
        U256 maxFee = U256(1'000'000'000'000'000'000);
        std::chrono::milliseconds receiptTimeout{60'000}; ///< then Timeout, and the call may still happen
        std::chrono::milliseconds pollInterval{500};
        std::chrono::milliseconds requestTimeout{20'000};
    };

    /// `http` must outlive it and gives the thread. What a call may throw: Network, Timeout, Http, TooLarge; Rpc for what cannot be; Config when the
    /// node belongs to another chain; PriceExceeded when the gas is dearer than maxFee, and nothing was sent.
    ChainLedger(HttpClient &http, Options options);
    /// With a client of its own, for the thread that makes it.
    explicit ChainLedger(Options options);
    ~ChainLedger() override;

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
    struct OwnHttp;
    class Private;
    std::unique_ptr<OwnHttp> m_http; ///< null with a client of somebody else
    std::unique_ptr<Private> m_p;
};

} // namespace sluice::zerog
