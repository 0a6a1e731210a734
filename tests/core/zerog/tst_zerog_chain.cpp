// The ledger on a chain: a real EVM (a development chain, started by tests/integration/zerog_chain.py) with tests/peers/zerog/Serving.sol.
#include "development_chain.h"
#include "ledger_fixture.h"
#include "sluice/net/http_client.h"
#include "sluice/net/pin_store.h"
#include "sluice/zerog/chain_ledger.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;
using namespace sluice::zerog::test;

namespace {

constexpr int startMs = 120'000;
constexpr qint64 blockGas = 3'300'000;

} // namespace

class TstZerogChain : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void deposit_call_settle_and_refund_from_end_to_end();
    void what_the_contract_refuses_is_typed();
    void hostile_settlements_move_nothing();
    void parallel_calls_of_one_key_all_happen();
    void a_settlement_that_no_block_holds_is_made_in_parts();
    void parts_before_a_refused_one_stand_and_are_told();
    void a_node_that_is_not_there_is_an_error();

private:
    void pass(qint64 seconds) { QCOMPARE(m_chain.pass(seconds), QByteArray("passed")); }
    [[nodiscard]] qint64 now() { return await(m_ledger->now()); }
    [[nodiscard]] QString at() const { return m_user->address().toChecksum() + QLatin1Char(',') + m_provider->address().toChecksum(); }
    [[nodiscard]] Account account() { return *await(m_ledger->account(m_user->address(), m_provider->address())); }
    Request request(quint64 input, quint64 output, quint64 nonce, qint64 later = 1)
    {
        return signedRequest(*m_user, m_provider->address(), QStringLiteral("llama7b"), input, output, nonce, now() + later);
    }
    QString settle(const QList<RequestTrace> &traces) { return told(await(m_ledger->settleFees(*m_provider, traces))); }

    DevelopmentChain m_chain;
    MemoryPinStore m_pins;
    TlsTrust m_trust{m_pins};
    HttpClient m_http{m_trust};
    std::unique_ptr<ChainLedger> m_ledger;
    std::optional<PrivateKey> m_provider;
    std::optional<PrivateKey> m_user;
    std::optional<PrivateKey> m_other;
    ChainLedger::Options m_options;
};

void TstZerogChain::initTestCase()
{
    if (!DevelopmentChain::isThere())
        QSKIP("Needs a development chain: run through tests/integration/zerog_chain.py.");
    QVERIFY(m_chain.start(blockGas));
    m_provider = m_chain.keys.at(1);
    m_user = m_chain.keys.at(2);
    m_other = m_chain.keys.at(3);
    m_options.url = m_chain.url;
    m_options.contract = m_chain.serving;
    m_options.pollInterval = std::chrono::milliseconds(20);
    m_ledger = std::make_unique<ChainLedger>(m_http, m_options);
}

void TstZerogChain::deposit_call_settle_and_refund_from_end_to_end()
{
    const Address provider = m_provider->address();
    const Address user = m_user->address();
    must(await(m_ledger->addOrUpdateService(*m_provider, service(QStringLiteral("llama7b"), 1, 2))));
    must(await(m_ledger->depositFund(*m_user, provider, U256(10'000'000))));
    QCOMPARE(account().balance, U256(10'000'000));
    const Service offered = *await(m_ledger->service(provider, QStringLiteral("llama7b")));
    QCOMPARE(offered.outputPrice, U256(2));
    QCOMPARE(await(m_ledger->services()), QList<Service>{offered});
    pass(5);
    // Two calls: 5 words, then 3 and the 7 of the first answer.
    const QList<RequestTrace> traces{RequestTrace({request(5, 0, 1), request(3, 7, 2)})};
    const auto outlook = await(m_ledger->outlook(provider, traces));
    QCOMPARE(outlook.first().amount, Wei(22));
    QVERIFY(!outlook.first().refusal);
    const Settled<Settlement> settlement = await(m_ledger->settleFees(*m_provider, traces));
    QVERIFY2(settlement.hasValue(), qPrintable(told(settlement)));
    QCOMPARE(settlement->total, Wei(22));
    QCOMPARE(account().balance, U256(9'999'978));
    QCOMPARE(account().nonce, U256(2));
    QCOMPARE(await(m_ledger->walletBalance(m_options.contract)), Wei(9'999'978));
    // A refund, and not before its time.
    const Refund refund = *await(m_ledger->requestRefund(*m_user, provider, U256(10'000)));
    QCOMPARE(refund.index, quint64(0));
    QCOMPARE(account().refunds, QList<Refund>{refund});
    QCOMPARE(account().pendingRefund, U256(10'000));
    must(await(m_ledger->processRefund(*m_user, provider, {0}))); // this contract's lock time is nothing until it is set up
    QCOMPARE(account().balance, U256(9'989'978));
    QVERIFY(account().refunds.first().processed);
    // And all of it is told.
    const LedgerEvents events = await(m_ledger->events(0, 100));
    QCOMPARE(events.events.size(), 5);
    QCOMPARE(std::get<ServiceUpdated>(events.events.at(0).what).nameHash, keccak256("llama7b"));
    QCOMPARE(std::get<BalanceUpdated>(events.events.at(2).what).balance, U256(9'999'978));
    QCOMPARE(std::get<RefundRequested>(events.events.at(3).what).timestamp, refund.createdAt);
    QVERIFY(await(m_ledger->events(events.next, 100)).events.isEmpty());
    const LedgerEvents two = await(m_ledger->events(0, 2));
    QCOMPARE(two.events, events.events.first(2));
    QCOMPARE(await(m_ledger->events(two.next, 100)).events, events.events.mid(2));
    QCOMPARE(await(m_ledger->accounts(user, provider)), QList<Account>{account()});
}

void TstZerogChain::what_the_contract_refuses_is_typed()
{
    const Address provider = m_provider->address();
    QCOMPARE(told(await(m_ledger->account(m_other->address(), provider))), QStringLiteral("AccountNotexists(%1,%2)").arg(m_other->address().toChecksum(), provider.toChecksum()));
    QCOMPARE(told(await(m_ledger->service(provider, QStringLiteral("none")))), QStringLiteral("ServiceNotexist(%1,\"none\")").arg(provider.toChecksum()));
    QCOMPARE(told(await(m_ledger->removeService(*m_provider, QStringLiteral("none")))), QStringLiteral("ServiceNotexist(%1,\"none\")").arg(provider.toChecksum()));
    QCOMPARE(told(await(m_ledger->requestRefund(*m_user, provider, U256(1) << 80))), QStringLiteral("InsufficientBalance(%1)").arg(at()));
    QCOMPARE(told(await(m_ledger->processRefund(*m_user, provider, {0}))), QStringLiteral("RefundProcessed(%1,0)").arg(at()));
    QCOMPARE(told(await(m_ledger->processRefund(*m_user, provider, {7}))), QStringLiteral("RefundInvalid(%1,7)").arg(at()));
    QCOMPARE(told(await(m_ledger->updateLockTime(*m_user, 5))), QStringLiteral("Ownable: caller is not the owner"));
    const Settled<void> poor = await(m_ledger->depositFund(*m_user, provider, U256(1) << 100));
    QVERIFY(!poor.hasValue());
    QCOMPARE(poor.error().kind(), Refusal::Kind::InsufficientFunds);
}

void TstZerogChain::hostile_settlements_move_nothing()
{
    const Account before = account();
    pass(5);
    QCOMPARE(settle({RequestTrace({request(5, 0, 1)})}), QStringLiteral("NonceUsed(0,3,1)"));
    QCOMPARE(settle({RequestTrace()}), QStringLiteral("EmptyRequestTrace()"));
    Request changed = request(5, 0, 10);
    changed.inputCount = 6;
    QCOMPARE(settle({RequestTrace({changed})}), QStringLiteral("InvalidRequest(0)"));
    Request early = request(5, 0, 10, -100'000);
    QVERIFY(settle({RequestTrace({early})}).startsWith(QStringLiteral("ServiceUpdatedBeforeSettle(0,")));
    QVERIFY(settle({RequestTrace({request(1'000'000'000, 0, 10)})}).startsWith(QStringLiteral("InsufficientBalanceWhenSettle(1000000000,")));
    Request of = signedRequest(*m_other, m_provider->address(), QStringLiteral("llama7b"), 1, 0, 11, now() + 1);
    QCOMPARE(settle({RequestTrace({request(5, 0, 10), of})}), QStringLiteral("InvalidRequest(1)"));
    const auto outlook = await(m_ledger->outlook(m_provider->address(), {RequestTrace({request(5, 0, 1)}), RequestTrace({request(5, 0, 10)})}));
    QCOMPARE(outlook.at(0).refusal->toText(), QStringLiteral("NonceUsed(0,3,1)"));
    QVERIFY(!outlook.at(1).refusal);
    QCOMPARE(account(), before);
}

void TstZerogChain::parallel_calls_of_one_key_all_happen()
{
    const U256 before = account().balance;
    QList<QFuture<Settled<void>>> calls;
    for (int i = 0; i < 5; ++i)
        calls.append(toFuture(m_ledger->depositFund(*m_user, m_provider->address(), U256(1))));
    for (const auto &call : calls) {
        QTRY_VERIFY_WITH_TIMEOUT(call.isFinished(), startMs);
        must(call.result());
    }
    QCOMPARE(account().balance, before + 5);
}

void TstZerogChain::a_settlement_that_no_block_holds_is_made_in_parts()
{
    must(await(m_ledger->depositFund(*m_other, m_provider->address(), U256(100'000))));
    pass(5);
    const Account before = account();
    const quint64 since = await(m_ledger->events(0, 1000)).next;
    // Half a block has room for some 100 of these; two users, of whom one has nearly all.
    QList<Request> many;
    for (quint64 i = 0; i < 240; ++i)
        many.append(request(1 + i % 7, i % 3, 1000 + i));
    QList<Request> few;
    for (quint64 i = 0; i < 5; ++i)
        few.append(signedRequest(*m_other, m_provider->address(), QStringLiteral("llama7b"), 10, 0, 1 + i, now() + 1));
    const QList<RequestTrace> traces{RequestTrace(many), RequestTrace(few)};
    Wei owed = 0;
    for (const Request &one : many)
        owed += Wei(one.inputCount) + 2 * Wei(one.previousOutputCount);
    const auto outlook = await(m_ledger->outlook(m_provider->address(), traces));
    QVERIFY2(!outlook.first().refusal, outlook.first().refusal ? qPrintable(outlook.first().refusal->toText()) : "");
    QCOMPARE(outlook.first().amount, owed);
    const Settled<Settlement> settlement = await(m_ledger->settleFees(*m_provider, traces));
    QVERIFY2(settlement.hasValue(), qPrintable(told(settlement)));
    QVERIFY(!settlement->stopped);
    QCOMPARE(settlement->amounts, (QList<Wei>{owed, Wei(50)}));
    QCOMPARE(settlement->total, owed + 50);
    QCOMPARE(Wei(account().balance), Wei(before.balance) - owed);
    QCOMPARE(account().nonce, U256(1239));
    QCOMPARE(await(m_ledger->account(m_other->address(), m_provider->address()))->balance, U256(99'950));
    // Each part told its users' new balances.
    const LedgerEvents events = await(m_ledger->events(since, 1000));
    QVERIFY2(events.events.size() >= 4, qPrintable(QString::number(events.events.size())));
}

void TstZerogChain::parts_before_a_refused_one_stand_and_are_told()
{
    pass(5);
    const Account before = account();
    QList<Request> many;
    for (quint64 i = 0; i < 230; ++i)
        many.append(request(1, 0, 2000 + i));
    many[220].inputCount = 2; // not what was signed
    const QList<RequestTrace> traces{RequestTrace(many)};
    const auto outlook = await(m_ledger->outlook(m_provider->address(), traces));
    QCOMPARE(outlook.first().refusal->toText(), QStringLiteral("InvalidRequest(220)"));
    const Settled<Settlement> settlement = await(m_ledger->settleFees(*m_provider, traces));
    QVERIFY(settlement.hasValue());
    QVERIFY(settlement->stopped);
    QCOMPARE(settlement->stopped->toText(), QStringLiteral("InvalidRequest(220)"));
    const Account after = account();
    QVERIFY(after.nonce >= U256(2000) && after.nonce < U256(2220));
    QCOMPARE(settlement->total, Wei(before.balance) - Wei(after.balance));
    QCOMPARE(settlement->total, Wei(after.nonce) - 1999);
    // Who can pay each part and not all of them is told so before.
    QList<Request> dear;
    for (quint64 i = 0; i < 250; ++i)
        dear.append(request(40'000, 0, 3000 + i));
    const auto poor = await(m_ledger->outlook(m_provider->address(), {RequestTrace(dear)}));
    QVERIFY(poor.first().refusal);
    QCOMPARE(poor.first().refusal->toText(), QStringLiteral("InsufficientBalanceWhenSettle(10000000,%1)").arg(toDecimal(after.balance)));
}

void TstZerogChain::a_node_that_is_not_there_is_an_error()
{
    ChainLedger::Options options = m_options;
    options.url = QUrl(QStringLiteral("http://127.0.0.1:1/v3/a-secret"));
    ChainLedger nowhere(m_http, options);
    bool thrown = false;
    try {
        await(nowhere.services());
    } catch (const Error &error) {
        thrown = error.kind() == Error::Kind::Network && !error.describe().contains(QStringLiteral("a-secret"));
    }
    QVERIFY(thrown);
    // And a contract that is not there is said to be none.
    options = m_options;
    options.contract = m_user->address();
    ChainLedger none(m_http, options);
    thrown = false;
    try {
        await(none.services());
    } catch (const Error &error) {
        thrown = error.kind() == Error::Kind::Rpc;
    }
    QVERIFY(thrown);
}

QTEST_GUILESS_MAIN(TstZerogChain)
#include "tst_zerog_chain.moc"
