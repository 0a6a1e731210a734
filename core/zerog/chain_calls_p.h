#pragma once

#include "sluice/base/in_turn.h"
#include "sluice/zerog/chain_ledger.h"
#include "sluice/zerog/ethereum_tx.h"
#include "sluice/zerog/json_rpc.h"

#include <map>

namespace sluice::zerog::detail {

/// What a transaction left behind.
struct Receipt {
    Receipt() = default;
    quint64 block = 0;
    QList<LedgerEvent> events; ///< of the contract
};

/// Reads a receipt or a log; Rpc when it is none. A receipt of a reverted transaction is nothing.
[[nodiscard]] Expected<std::optional<Receipt>> receiptFrom(const Json &json, const Address &contract);
[[nodiscard]] Expected<std::optional<LedgerEvent>> logFrom(const Json &json, const Address &contract);

/// Views of and transactions to one contract.
class ChainCalls {
public:
    ChainCalls(HttpClient &http, ChainLedger::Options options);

    /// What a view returns, or why the contract reverts it. `from` may be the zero address.
    [[nodiscard]] QCoro::Task<Settled<QByteArray>> view(Address from, QByteArray data, Json block);
    /// TooMuchGas when it needs more than `blockPercent` of what a block has.
    [[nodiscard]] QCoro::Task<Settled<Receipt>> send(PrivateKey key, QByteArray data, U256 value, int blockPercent = 100);
    [[nodiscard]] QCoro::Task<Json> rpc(QString method, QList<Json> params);
    [[nodiscard]] const ChainLedger::Options &options() const { return m_options; }

private:
    [[nodiscard]] CallContext context() const;
    QCoro::Task<U256> chainId();
    /// What it pays for gas; gives how much gas a block has.
    QCoro::Task<U256> setPrices(std::shared_ptr<Transaction> transaction);
    /// Throws PriceExceeded when its gas is dearer than allowed.
    void requireFee(const Transaction &transaction) const;
    QCoro::Task<std::optional<Receipt>> receiptOf(QString hash, bool *reverted);
    QCoro::Task<Settled<Receipt>> shortOfFunds(Address wallet, U256 value);
    QCoro::Task<Settled<Receipt>> sendInTurn(PrivateKey key, QByteArray data, U256 value, int blockPercent);
    QCoro::Task<Settled<Receipt>> receiptFor(QString hash, PrivateKey key, QByteArray data);
    [[nodiscard]] Json callObject(const Address &from, const QByteArray &data, const U256 &value) const;

    RpcClient m_rpc;
    ChainLedger::Options m_options;
    U256 m_chainId = 0;
    std::map<Address, std::shared_ptr<InTurn>> m_turns;
};

} // namespace sluice::zerog::detail
