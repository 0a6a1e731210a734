#include "chain_calls_p.h"

#include "sluice/base/async.h"
#include "sluice/base/bytes.h"
#include "sluice/zerog/contract_abi.h"
#include "sluice/zerog/neuron.h"

namespace sluice::zerog::detail {

namespace {

constexpr unsigned gasMarginPercent = 30; // what an estimate may miss when the state changes before the transaction runs

Json hexData(QByteArrayView data)
{
    return Json(bytes::toHex0x(data));
}

Json hexNumber(const U256 &number)
{
    return Json(toHexText(number));
}

/// Nodes answer a failed estimate or view with code 3 and the data, development chains with -32000 and words.
bool isRevert(const RpcAnswer &answer)
{
    return answer.revertData || answer.code == 3 || answer.message.contains(QLatin1String("revert"), Qt::CaseInsensitive);
}

/// geth, and development chains.
bool isTooMuchGas(const RpcAnswer &answer)
{
    return answer.message.contains(QLatin1String("out of gas"), Qt::CaseInsensitive) || answer.message.contains(QLatin1String("gas required exceeds"), Qt::CaseInsensitive);
}

Refusal refusalOf(const RpcAnswer &answer)
{
    if (isTooMuchGas(answer))
        return Refusal(Refusal::Kind::TooMuchGas);
    return answer.revertData ? contract::refusalFrom(*answer.revertData) : Refusal::reverted(answer.message);
}

bool isShortOfFunds(const RpcAnswer &answer)
{
    return answer.message.contains(QLatin1String("insufficient funds"), Qt::CaseInsensitive) || answer.message.contains(QLatin1String("enough funds"), Qt::CaseInsensitive);
}

Error rpcError(const QString &method, const RpcAnswer &answer)
{
    return Error(Error::Kind::Rpc, QStringLiteral("The node refused %1: %2 (%3).").arg(method, answer.message).arg(answer.code));
}

} // namespace

Expected<std::optional<LedgerEvent>> logFrom(const Json &json, const Address &contract)
{
    const auto address = Address::fromHex(json.value(QStringLiteral("address")).toString());
    const auto data = rpcData(json.value(QStringLiteral("data")), QStringLiteral("log"));
    const auto block = quantity(json.value(QStringLiteral("blockNumber")), QStringLiteral("log's block"));
    if (!address)
        return unexpected(Error(Error::Kind::Rpc, QStringLiteral("The node's log has no address.")));
    if (!data || !block)
        return unexpected(!data ? data.error() : block.error());
    if (*address != contract)
        return std::optional<LedgerEvent>();
    QList<Hash32> topics;
    for (const Json &one : json.value(QStringLiteral("topics")).items()) {
        const auto topic = Hash32::fromHex(one.toString().toLatin1());
        if (!topic || topics.size() == 4)
            return unexpected(Error(Error::Kind::Rpc, QStringLiteral("The node's log has an impossible topic.")));
        topics.append(*topic);
    }
    return contract::eventFrom(topics, *data, quint64(*block & U256(std::numeric_limits<quint64>::max())));
}

Expected<std::optional<Receipt>> receiptFrom(const Json &json, const Address &contract)
{
    const auto status = quantity(json.value(QStringLiteral("status")), QStringLiteral("receipt's status"));
    const auto block = quantity(json.value(QStringLiteral("blockNumber")), QStringLiteral("receipt's block"));
    if (!status || !block)
        return unexpected(!status ? status.error() : block.error());
    if (*status == 0)
        return std::optional<Receipt>();
    Receipt receipt;
    receipt.block = quint64(*block & U256(std::numeric_limits<quint64>::max()));
    for (const Json &log : json.value(QStringLiteral("logs")).items()) {
        const auto event = logFrom(log, contract);
        if (!event)
            return unexpected(event.error());
        if (*event)
            receipt.events.append(**event);
    }
    return std::optional(receipt);
}

ChainCalls::ChainCalls(HttpClient &http, ChainLedger::Options options)
    : m_rpc(http, options.url)
    , m_options(std::move(options))
{
}

CallContext ChainCalls::context() const
{
    return CallContext().within(m_options.requestTimeout);
}

QCoro::Task<Json> ChainCalls::rpc(QString method, QList<Json> params)
{
    return m_rpc.call(method, params, context());
}

Json ChainCalls::callObject(const Address &from, const QByteArray &data, const U256 &value) const
{
    Json object{{"to", m_options.contract.toLower()}, {"data", hexData(data)}};
    if (!from.isZero())
        object.insert(QStringLiteral("from"), Json(from.toLower()));
    if (value > 0)
        object.insert(QStringLiteral("value"), hexNumber(value));
    return object;
}

QCoro::Task<Settled<QByteArray>> ChainCalls::view(Address from, QByteArray data, Json block)
{
    const QString method = QStringLiteral("eth_call");
    QList<Json> params;
    params.append(callObject(from, data, 0));
    params.append(block);
    QCoro::Task<RpcAnswer> asking = m_rpc.ask(method, params, context());
    const RpcAnswer answer = co_await asking;
    if (answer.result) {
        const QByteArray returned = orThrow(rpcData(*answer.result, method));
        co_return Settled<QByteArray>(returned);
    }
    if (!isRevert(answer) && !isTooMuchGas(answer))
        throw rpcError(method, answer);
    co_return Settled<QByteArray>(unexpected(refusalOf(answer)));
}

QCoro::Task<U256> ChainCalls::chainId()
{
    if (m_chainId == 0) {
        QCoro::Task<Json> asking = rpc(QStringLiteral("eth_chainId"), {});
        const Json answer = co_await asking;
        const U256 told = orThrow(quantity(answer, QStringLiteral("chain id")));
        if (m_options.chainId && told != *m_options.chainId)
            throw Error(Error::Kind::Config, QStringLiteral("The node belongs to chain %1, and %2 was said.").arg(toDecimal(told), toDecimal(*m_options.chainId)))
                .withAdvice(QStringLiteral("Check the node's address. Nothing was signed."));
        m_chainId = told;
    }
    const U256 id = m_chainId;
    co_return id;
}

QCoro::Task<U256> ChainCalls::setPrices(std::shared_ptr<Transaction> transaction)
{
    QList<Json> newest;
    newest.append(Json("latest"));
    newest.append(Json(false));
    QCoro::Task<Json> asking = rpc(QStringLiteral("eth_getBlockByNumber"), newest);
    const Json block = co_await asking;
    QCoro::Task<Json> askingPrice = rpc(QStringLiteral("eth_gasPrice"), {});
    const U256 price = orThrow(quantity(co_await askingPrice, QStringLiteral("gas price")));
    transaction->gasPrice = price;
    const U256 room = orThrow(quantity(block.value(QStringLiteral("gasLimit")), QStringLiteral("block's gas")));
    const Json base = block.value(QStringLiteral("baseFeePerGas"));
    if (base.isNull())
        co_return std::as_const(room);
    const U256 baseFee = orThrow(quantity(base, QStringLiteral("base fee")));
    // What the node would pay today less the base fee is the tip; the base fee may double before the transaction is in.
    const U256 tip = price > baseFee ? U256(price - baseFee) : U256(1);
    transaction->priorityFee = tip;
    transaction->gasPrice = orThrow(toU256(Wei(baseFee) * 2 + Wei(tip)));
    co_return std::as_const(room);
}

void ChainCalls::requireFee(const Transaction &transaction) const
{
    const Wei most = Wei(transaction.gasLimit) * Wei(transaction.gasPrice);
    if (most <= Wei(m_options.maxFee))
        return;
    throw Error(Error::Kind::PriceExceeded, QStringLiteral("By what the node says, the gas of this transaction may cost %1, and at most %2 are allowed. Nothing was signed.")
                                                .arg(neuron::human(most, 40), neuron::human(Wei(m_options.maxFee), 40)))
        .withAdvice(QStringLiteral("Ask another node, or allow more."));
}

QCoro::Task<std::optional<Receipt>> ChainCalls::receiptOf(QString hash, bool *reverted)
{
    QList<Json> params;
    params.append(Json(hash));
    QCoro::Task<Json> asking = rpc(QStringLiteral("eth_getTransactionReceipt"), params);
    const Json json = co_await asking;
    std::optional<Receipt> receipt;
    if (json.isNull())
        co_return receipt;
    receipt = orThrow(receiptFrom(json, m_options.contract));
    *reverted = !receipt;
    if (!receipt) {
        receipt.emplace();
        receipt->block = quint64(orThrow(quantity(json.value(QStringLiteral("blockNumber")), QStringLiteral("receipt's block"))));
    }
    co_return receipt;
}

QCoro::Task<Settled<Receipt>> ChainCalls::send(PrivateKey key, QByteArray data, U256 value, int blockPercent)
{
    auto &turn = m_turns[key.address()];
    if (!turn)
        turn = std::make_shared<InTurn>();
    const std::shared_ptr<InTurn> turns = turn;
    QCoro::Task<InTurn::Turn> waiting = turns->take();
    const InTurn::Turn mine = co_await waiting;
    QCoro::Task<Settled<Receipt>> sending = sendInTurn(key, data, value, blockPercent);
    Settled<Receipt> receipt = co_await sending;
    co_return receipt;
}

QCoro::Task<Settled<Receipt>> ChainCalls::shortOfFunds(Address wallet, U256 value)
{
    QList<Json> params;
    params.append(Json(wallet.toLower()));
    params.append(Json("latest"));
    QCoro::Task<Json> asking = rpc(QStringLiteral("eth_getBalance"), params);
    const Wei has(orThrow(quantity(co_await asking, QStringLiteral("balance"))));
    co_return Settled<Receipt>(unexpected(Refusal::ofWallet(wallet, value, has)));
}

QCoro::Task<Settled<Receipt>> ChainCalls::sendInTurn(PrivateKey key, QByteArray data, U256 value, int blockPercent)
{
    const QString estimate = QStringLiteral("eth_estimateGas");
    const auto transaction = std::make_shared<Transaction>();
    QList<Json> callParams;
    callParams.append(callObject(key.address(), data, value));
    QCoro::Task<RpcAnswer> estimating = m_rpc.ask(estimate, callParams, context());
    const RpcAnswer gas = co_await estimating;
    if (!gas.result && isShortOfFunds(gas)) {
        QCoro::Task<Settled<Receipt>> looking = shortOfFunds(key.address(), value);
        co_return co_await looking;
    }
    if (!gas.result && (isRevert(gas) || isTooMuchGas(gas)))
        co_return Settled<Receipt>(unexpected(refusalOf(gas)));
    if (!gas.result)
        throw rpcError(estimate, gas);
    const Wei needed(orThrow(quantity(*gas.result, estimate)));
    transaction->to = m_options.contract;
    transaction->data = data;
    transaction->value = value;
    QCoro::Task<U256> askingChain = chainId();
    transaction->chainId = co_await askingChain;
    QCoro::Task<U256> pricing = setPrices(transaction);
    const U256 room = co_await pricing;
    if (needed > Wei(room) * blockPercent / 100)
        co_return Settled<Receipt>(unexpected(Refusal::ofNumbers(Refusal::Kind::TooMuchGas, {U256(needed), room})));
    transaction->gasLimit = U256(std::min<Wei>(needed * (100 + gasMarginPercent) / 100, Wei(room)));
    requireFee(*transaction);
    QList<Json> countParams;
    countParams.append(Json(key.address().toLower()));
    countParams.append(Json("pending"));
    QCoro::Task<Json> counting = rpc(QStringLiteral("eth_getTransactionCount"), countParams);
    transaction->nonce = orThrow(quantity(co_await counting, QStringLiteral("transaction count")));

    const QByteArray raw = signTransaction(*transaction, key);
    const QString hash = transactionHash(raw).toHex();
    QList<Json> rawParams;
    rawParams.append(hexData(raw));
    QCoro::Task<RpcAnswer> sending = m_rpc.ask(QStringLiteral("eth_sendRawTransaction"), rawParams, context());
    const RpcAnswer sent = co_await sending;
    if (!sent.result && isShortOfFunds(sent)) {
        QCoro::Task<Settled<Receipt>> looking = shortOfFunds(key.address(), value);
        co_return co_await looking;
    }
    // A chain that runs it at once may say here that it was undone; the receipt tells all the same.
    if (!sent.result && !isRevert(sent))
        throw rpcError(QStringLiteral("eth_sendRawTransaction"), sent);

    QCoro::Task<Settled<Receipt>> waiting = receiptFor(hash, key, data);
    Settled<Receipt> receipt = co_await waiting;
    co_return std::as_const(receipt);
}

QCoro::Task<Settled<Receipt>> ChainCalls::receiptFor(QString hash, PrivateKey key, QByteArray data)
{
    const QDeadlineTimer deadline(m_options.receiptTimeout);
    for (;;) {
        bool reverted = false;
        QCoro::Task<std::optional<Receipt>> asking = receiptOf(hash, &reverted);
        const std::optional<Receipt> receipt = co_await asking;
        if (receipt && !reverted)
            co_return Settled<Receipt>(*receipt);
        if (receipt) {
            // Why, says the same call again on what the block left; the state may have moved on within it.
            QCoro::Task<Settled<QByteArray>> replaying = view(key.address(), data, Json("latest"));
            const Settled<QByteArray> replay = co_await replaying;
            const Refusal refusal = replay ? Refusal::reverted(QStringLiteral("transaction %1").arg(hash)) : replay.error();
            co_return Settled<Receipt>(unexpected(refusal));
        }
        if (deadline.hasExpired())
            throw Error(Error::Kind::Timeout, QStringLiteral("Transaction %1 is in no block after %2 s.").arg(hash).arg(m_options.receiptTimeout.count() / 1000))
                .withAdvice(QStringLiteral("It may still happen: look at the account before trying again."));
        const Pause pause(m_options.pollInterval, {});
        const QFuture<void> over = pause.over();
        co_await over;
    }
}

} // namespace sluice::zerog::detail
