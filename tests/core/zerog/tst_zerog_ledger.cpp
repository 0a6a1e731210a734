// The contract's rules, kept by a file: accounts, refunds, services, settlements, events, and what section 7 closes.
#include "ledger_fixture.h"
#include "sluice/zerog/ledger_rules.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;
using namespace sluice::zerog::test;

class TstZerogLedger : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void a_deposit_creates_the_account_and_adds_to_it();
    void zerog_15_a_refund_is_no_more_than_what_is_free();
    void zerog_16_refunds_are_numbered_and_listed();
    void zerog_17_a_processed_refund_is_kept();
    void zerog_37_a_refund_is_free_at_exactly_its_second();
    void refunds_are_paid_all_or_none();
    void zerog_08_an_update_is_now_whatever_changed();
    void services_are_listed_as_the_contract_lists_them();
    void zerog_26_the_last_answer_is_paid_with_the_next_call();
    void zerog_35_a_replayed_nonce_is_refused_and_changes_nothing();
    void zerog_36_money_is_never_made_or_lost();
    void zerog_38_a_settlement_takes_the_newest_refunds_first();
    void the_pages_ghost_refund_is_reduced_to_nothing();
    void zerog_54_a_request_before_a_new_price_is_refused();
    void zerog_55_a_service_registered_again_takes_no_older_request();
    void nobody_pays_for_another();
    void the_zero_address_pays_nobody();
    void a_settlement_is_all_or_nothing_for_all_users();
    void zerog_53_who_cannot_pay_is_known_before();
    void an_empty_settlement_changes_nothing();
    void sums_beyond_256_bits_are_a_panic();
    void zerog_58_amounts_of_63_bits_and_more_are_exact();
    void events_are_those_of_the_contract();
    void a_funded_ledger_lets_no_wallet_go_below_zero();
    void only_its_owner_changes_the_lock_time();
    void time_never_goes_back();
    void everything_is_there_after_opening_again();
    void ten_thousand_requests_are_settled_at_once_while_calls_go_on();
    void a_ledger_may_go_while_it_settles();
    void two_ledgers_of_one_file_see_each_other();
    void a_file_that_is_no_ledger_is_left_alone();
    void every_refusal_has_the_contracts_words();

private:
    [[nodiscard]] Account account(const PrivateKey &user) { return *await(m_ledger->account(user.address(), provider.address())); }
    [[nodiscard]] Wei wallet(const PrivateKey &key) { return await(m_ledger->walletBalance(key.address())); }
    QString deposit(const PrivateKey &user, quint64 value) { return told(await(m_ledger->depositFund(user, provider.address(), value))); }
    QString refund(const PrivateKey &user, quint64 amount) { return told(await(m_ledger->requestRefund(user, provider.address(), amount))); }
    QString process(const PrivateKey &user, const QList<quint64> &indices) { return told(await(m_ledger->processRefund(user, provider.address(), indices))); }
    QString offer(const QString &name, quint64 in, quint64 out) { return told(await(m_ledger->addOrUpdateService(provider, service(name, in, out)))); }
    QString settle(const QList<RequestTrace> &traces) { return told(await(m_ledger->settleFees(provider, traces))); }
    QString settle(const QList<Request> &requests) { return settle(QList<RequestTrace>{RequestTrace(requests)}); }
    /// Signed now, for the service of `name`.
    Request request(const PrivateKey &user, quint64 in, quint64 out, quint64 nonce, const QString &name = QStringLiteral("llama7b"))
    {
        return signedRequest(user, provider.address(), name, in, out, nonce, m_clock->seconds());
    }
    Json snapshot() { return await(m_ledger->snapshot()); }
    void open();

    const PrivateKey provider = key(1);
    const PrivateKey alice = key(2);
    const PrivateKey bob = key(3);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HandClock> m_clock;
    std::unique_ptr<LocalLedger> m_ledger;
};

void TstZerogLedger::open()
{
    LocalLedger::Options options;
    options.clock = m_clock.get();
    m_ledger.reset();
    m_ledger = orThrow(LocalLedger::open(m_folder->filePath(QStringLiteral("ledger.db")), options));
}

void TstZerogLedger::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<HandClock>();
    open();
}

void TstZerogLedger::cleanup()
{
    // Whatever happened, the books are sound.
    if (m_ledger) {
        const std::optional<Address> any;
        for (const Account &one : await(m_ledger->accounts(any, any)))
            QVERIFY(rules::isSound(one));
    }
    m_ledger.reset();
}

void TstZerogLedger::a_deposit_creates_the_account_and_adds_to_it()
{
    QCOMPARE(told(await(m_ledger->account(alice.address(), provider.address()))),
        QStringLiteral("AccountNotexists(%1,%2)").arg(alice.address().toChecksum(), provider.address().toChecksum()));
    QCOMPARE(deposit(alice, 0), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256(0));
    QCOMPARE(deposit(alice, 10'000'000), QStringLiteral("ok"));
    QCOMPARE(deposit(alice, 5), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256(10'000'005));
    QCOMPARE(wallet(alice), Wei(-10'000'005));
}

void TstZerogLedger::zerog_15_a_refund_is_no_more_than_what_is_free()
{
    QVERIFY(refund(alice, 1).startsWith(QStringLiteral("AccountNotexists(")));
    deposit(alice, 100);
    QCOMPARE(refund(alice, 60), QStringLiteral("ok"));
    QCOMPARE(refund(alice, 41), QStringLiteral("InsufficientBalance(%1,%2)").arg(alice.address().toChecksum(), provider.address().toChecksum()));
    QCOMPARE(account(alice).pendingRefund, U256(60));
    QCOMPARE(refund(alice, 40), QStringLiteral("ok"));
    QCOMPARE(account(alice).pendingRefund, U256(100));
    QCOMPARE(account(alice).balance, U256(100));
}

void TstZerogLedger::zerog_16_refunds_are_numbered_and_listed()
{
    deposit(alice, 100);
    const Refund first = *await(m_ledger->requestRefund(alice, provider.address(), 10));
    m_clock->pass(5);
    const Refund second = *await(m_ledger->requestRefund(alice, provider.address(), 20));
    QCOMPARE(first.index, quint64(0));
    QCOMPARE(second.index, quint64(1));
    QCOMPARE(second.createdAt - first.createdAt, qint64(5));
    const QList<Refund> both{first, second};
    QCOMPARE(account(alice).refunds, both);
    QCOMPARE(account(alice).openRefunds(), both);
}

void TstZerogLedger::zerog_17_a_processed_refund_is_kept()
{
    deposit(alice, 100);
    refund(alice, 10);
    refund(alice, 20);
    m_clock->pass(LocalLedger::DefaultLockTime);
    QCOMPARE(process(alice, {0}), QStringLiteral("ok"));
    QCOMPARE(account(alice).openRefunds().size(), 1);
    QCOMPARE(account(alice).refunds.size(), 2);
    QVERIFY(account(alice).refunds.first().processed);
    QCOMPARE(account(alice).balance, U256(90));
    QCOMPARE(wallet(alice), Wei(-90));
}

void TstZerogLedger::zerog_37_a_refund_is_free_at_exactly_its_second()
{
    deposit(alice, 100);
    refund(alice, 10);
    const QString at = alice.address().toChecksum() + QLatin1Char(',') + provider.address().toChecksum();
    QCOMPARE(process(alice, {0}), QStringLiteral("RefundLocked(%1,0)").arg(at));
    m_clock->pass(LocalLedger::DefaultLockTime - 1);
    QCOMPARE(process(alice, {0}), QStringLiteral("RefundLocked(%1,0)").arg(at));
    m_clock->pass(1);
    QCOMPARE(process(alice, {0}), QStringLiteral("ok"));
    QCOMPARE(process(alice, {0}), QStringLiteral("RefundProcessed(%1,0)").arg(at));
    QCOMPARE(process(alice, {1}), QStringLiteral("RefundInvalid(%1,1)").arg(at));
}

void TstZerogLedger::refunds_are_paid_all_or_none()
{
    deposit(alice, 100);
    refund(alice, 10);
    m_clock->pass(LocalLedger::DefaultLockTime);
    refund(alice, 20);
    const QByteArray before = snapshot().dump();
    QVERIFY(process(alice, {0, 1}).startsWith(QStringLiteral("RefundLocked(")));
    QVERIFY(process(alice, {0, 0}).startsWith(QStringLiteral("RefundProcessed(")));
    QVERIFY(process(alice, {0, 7}).startsWith(QStringLiteral("RefundInvalid(")));
    QCOMPARE(snapshot().dump(), before);
    QCOMPARE(process(alice, {}), QStringLiteral("ok"));
    QVERIFY(process(bob, {}).startsWith(QStringLiteral("AccountNotexists(")));
}

void TstZerogLedger::zerog_08_an_update_is_now_whatever_changed()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    const Service before = *await(m_ledger->service(provider.address(), QStringLiteral("llama7b")));
    QCOMPARE(before.updatedAt, m_clock->seconds());
    m_clock->pass(7);
    offer(QStringLiteral("llama7b"), 1, 2);
    const Service after = *await(m_ledger->service(provider.address(), QStringLiteral("llama7b")));
    QCOMPARE(after.updatedAt, before.updatedAt + 7);
    QCOMPARE(await(m_ledger->services()).size(), 1);
}

void TstZerogLedger::services_are_listed_as_the_contract_lists_them()
{
    for (const char *name : {"a", "b", "c", "d"})
        offer(QLatin1String(name), 1, 2);
    must(await(m_ledger->addOrUpdateService(alice, service(QStringLiteral("a"), 3, 4))));
    const auto names = [this] {
        QString all;
        for (const Service &one : await(m_ledger->services()))
            all += one.name;
        return all;
    };
    QCOMPARE(names(), QStringLiteral("abcda"));
    QCOMPARE(told(await(m_ledger->removeService(provider, QStringLiteral("b")))), QStringLiteral("ok"));
    QCOMPARE(names(), QStringLiteral("aacd")); // the last one took its place
    QCOMPARE(await(m_ledger->services()).at(1).provider, alice.address());
    QCOMPARE(told(await(m_ledger->removeService(provider, QStringLiteral("b")))), QStringLiteral("ServiceNotexist(%1,\"b\")").arg(provider.address().toChecksum()));
    QCOMPARE(told(await(m_ledger->service(alice.address(), QStringLiteral("c")))), QStringLiteral("ServiceNotexist(%1,\"c\")").arg(alice.address().toChecksum()));
    offer(QStringLiteral("b"), 1, 2);
    QCOMPARE(names(), QStringLiteral("aacdb"));
}

void TstZerogLedger::zerog_26_the_last_answer_is_paid_with_the_next_call()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 10'000'000);
    m_clock->pass(1);
    const Settled<Settlement> done = await(m_ledger->settleFees(provider, QList<RequestTrace>{RequestTrace({request(alice, 5, 0, 1), request(alice, 3, 7, 2)})}));
    QVERIFY(done.hasValue());
    QCOMPARE(done->total, Wei(22));
    QCOMPARE(done->amounts, QList<Wei>{Wei(22)});
    QCOMPARE(account(alice).balance, U256(9'999'978));
    QCOMPARE(account(alice).nonce, U256(2));
    QCOMPARE(wallet(provider), Wei(22));
}

void TstZerogLedger::zerog_35_a_replayed_nonce_is_refused_and_changes_nothing()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    m_clock->pass(1);
    const Request first = request(alice, 5, 0, 1);
    QCOMPARE(settle({first}), QStringLiteral("ok"));
    const QByteArray before = snapshot().dump();
    QCOMPARE(settle({first}), QStringLiteral("NonceUsed(0,2,1)"));
    QCOMPARE(settle({request(alice, 1, 0, 5), request(alice, 1, 0, 5)}), QStringLiteral("NonceUsed(1,6,5)"));
    QCOMPARE(settle({request(alice, 1, 0, 5), request(alice, 1, 0, 4)}), QStringLiteral("NonceUsed(1,6,4)"));
    QCOMPARE(snapshot().dump(), before);
    QCOMPARE(settle({request(alice, 1, 0, 5), request(alice, 1, 0, 900)}), QStringLiteral("ok")); // gaps are fine
    QCOMPARE(settle(QList<RequestTrace>{RequestTrace({request(alice, 1, 0, 901)}), RequestTrace({request(alice, 1, 0, 902)})}), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256(91));
}

void TstZerogLedger::zerog_36_money_is_never_made_or_lost()
{
    offer(QStringLiteral("llama7b"), 3, 2);
    deposit(alice, 1000);
    deposit(bob, 500);
    m_clock->pass(1);
    QCOMPARE(allMoney(snapshot()), Wei(0));
    settle({request(alice, 5, 0, 1)});
    refund(bob, 100);
    m_clock->pass(LocalLedger::DefaultLockTime);
    process(bob, {0});
    settle({request(bob, 5, 9, 1)});
    QCOMPARE(allMoney(snapshot()), Wei(0));
    QCOMPARE(wallet(provider), Wei(15 + 33));
}

void TstZerogLedger::zerog_38_a_settlement_takes_the_newest_refunds_first()
{
    offer(QStringLiteral("llama7b"), 1, 1);
    deposit(alice, 100);
    refund(alice, 30);
    refund(alice, 60);
    m_clock->pass(1);
    QCOMPARE(settle({request(alice, 10, 0, 1)}), QStringLiteral("ok")); // all that is free
    QCOMPARE(account(alice).pendingRefund, U256(90));
    QCOMPARE(settle({request(alice, 15, 0, 2)}), QStringLiteral("ok"));
    QCOMPARE(account(alice).pendingRefund, U256(75));
    QCOMPARE(account(alice).refunds.at(1).amount, U256(45));
    QCOMPARE(account(alice).refunds.at(1).cancelled, U256(15));
    QCOMPARE(account(alice).refunds.at(0).amount, U256(30));
    QCOMPARE(settle({request(alice, 76, 0, 3)}), QStringLiteral("InsufficientBalanceWhenSettle(76,75)"));
}

void TstZerogLedger::the_pages_ghost_refund_is_reduced_to_nothing()
{
    offer(QStringLiteral("llama7b"), 1, 1);
    deposit(alice, 100);
    refund(alice, 30);
    refund(alice, 60);
    m_clock->pass(1);
    settle({request(alice, 25, 0, 1)});
    settle({request(alice, 45, 0, 2)});
    QCOMPARE(account(alice).balance, U256(30));
    QCOMPARE(account(alice).pendingRefund, U256(30));
    QCOMPARE(account(alice).refunds.at(1).amount, U256(0)); // not a ghost of 45
    settle({request(alice, 20, 0, 3)});
    QCOMPARE(account(alice).refunds.at(0).amount, U256(10));
    m_clock->pass(LocalLedger::DefaultLockTime);
    QCOMPARE(process(alice, {1}), QStringLiteral("ok"));
    QCOMPARE(process(alice, {0}), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256(0));
    QCOMPARE(wallet(alice), Wei(-90));
}

void TstZerogLedger::zerog_54_a_request_before_a_new_price_is_refused()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    m_clock->pass(1);
    const Request before = request(alice, 1, 0, 1);
    offer(QStringLiteral("llama7b"), 7, 2);
    QCOMPARE(settle({before}), QStringLiteral("ServiceUpdatedBeforeSettle(0,%1,%1)").arg(m_clock->seconds())); // the same second is too early
    m_clock->pass(1);
    QCOMPARE(settle({request(alice, 1, 0, 2)}), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256(93));
}

void TstZerogLedger::zerog_55_a_service_registered_again_takes_no_older_request()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    m_clock->pass(1);
    const Request old = request(alice, 1, 0, 1);
    must(await(m_ledger->removeService(provider, QStringLiteral("llama7b"))));
    QCOMPARE(settle({old}), QStringLiteral("ServiceNotexist(%1,\"llama7b\")").arg(provider.address().toChecksum()));
    m_clock->pass(1);
    offer(QStringLiteral("llama7b"), 1, 2);
    QVERIFY(settle({old}).startsWith(QStringLiteral("ServiceUpdatedBeforeSettle(0,")));
    m_clock->pass(1);
    QCOMPARE(settle({request(alice, 1, 0, 2)}), QStringLiteral("ok"));
}

void TstZerogLedger::nobody_pays_for_another()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    deposit(bob, 100);
    m_clock->pass(1);
    const QByteArray before = snapshot().dump();
    // In the contract of A the first user pays for the second.
    QCOMPARE(settle({request(alice, 1, 0, 1), request(bob, 90, 0, 2)}), QStringLiteral("InvalidRequest(1)"));
    // A voucher for another provider, under another name, with another's signature.
    Request other = signedRequest(alice, bob.address(), QStringLiteral("llama7b"), 1, 0, 1, m_clock->seconds());
    QCOMPARE(settle({other}), QStringLiteral("InvalidRequest(0)"));
    other = request(bob, 1, 0, 1);
    other.user = alice.address();
    QCOMPARE(settle({other}), QStringLiteral("InvalidRequest(0)"));
    other = request(alice, 1, 0, 1);
    other.inputCount = 99;
    QCOMPARE(settle({other}), QStringLiteral("InvalidRequest(0)"));
    for (const qsizetype length : {0, 64, 66}) {
        other = request(alice, 1, 0, 1);
        other.signature.resize(length);
        QCOMPARE(settle({other}), QStringLiteral("InvalidRequest(0)"));
    }
    other = request(alice, 1, 0, 1);
    other.signature[64] = char(other.signature[64] - 27);
    QCOMPARE(settle({other}), QStringLiteral("InvalidRequest(0)"));
    QCOMPARE(snapshot().dump(), before);
}

void TstZerogLedger::the_zero_address_pays_nobody()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    m_clock->pass(1);
    Request nobody;
    nobody.serviceName = QStringLiteral("llama7b");
    nobody.inputCount = 90;
    nobody.nonce = 2;
    nobody.createdAt = m_clock->seconds();
    nobody.signature = QByteArray(64, '\xff') + char(27); // cannot be recovered: the contract then reads the zero address
    QCOMPARE(settle({request(alice, 1, 0, 1), nobody}), QStringLiteral("InvalidRequest(1)"));
    QVERIFY(settle({nobody}).startsWith(QStringLiteral("AccountNotexists(")));
    QCOMPARE(account(alice).balance, U256(100));
}

void TstZerogLedger::a_settlement_is_all_or_nothing_for_all_users()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    deposit(bob, 2);
    m_clock->pass(1);
    const QByteArray before = snapshot().dump();
    QCOMPARE(settle(QList<RequestTrace>{RequestTrace({request(alice, 5, 0, 1)}), RequestTrace({request(bob, 3, 0, 1)})}), QStringLiteral("InsufficientBalanceWhenSettle(3,2)"));
    QCOMPARE(settle(QList<RequestTrace>{RequestTrace({request(alice, 5, 0, 1)}), RequestTrace()}), QStringLiteral("EmptyRequestTrace()"));
    QCOMPARE(settle(QList<RequestTrace>{RequestTrace({request(alice, 5, 0, 1)}), RequestTrace({request(key(9), 3, 0, 1)})}),
        QStringLiteral("AccountNotexists(%1,%2)").arg(key(9).address().toChecksum(), provider.address().toChecksum()));
    QCOMPARE(snapshot().dump(), before);
}

void TstZerogLedger::zerog_53_who_cannot_pay_is_known_before()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    deposit(bob, 2);
    m_clock->pass(1);
    const QList<RequestTrace> traces{RequestTrace({request(alice, 5, 0, 1)}), RequestTrace({request(bob, 3, 0, 1)}), RequestTrace(), RequestTrace({request(key(9), 3, 0, 1)})};
    const QByteArray before = snapshot().dump();
    const QList<TraceOutlook> outlook = await(m_ledger->outlook(provider.address(), traces));
    QCOMPARE(outlook.size(), 4);
    QVERIFY(!outlook.at(0).refusal);
    QCOMPARE(outlook.at(0).amount, Wei(5));
    QCOMPARE(outlook.at(1).refusal->toText(), QStringLiteral("InsufficientBalanceWhenSettle(3,2)"));
    QCOMPARE(outlook.at(2).refusal->toText(), QStringLiteral("EmptyRequestTrace()"));
    QCOMPARE(outlook.at(3).refusal->kind(), Refusal::Kind::AccountNotexists);
    QCOMPARE(snapshot().dump(), before);
    QCOMPARE(settle({traces.first()}), QStringLiteral("ok"));
}

void TstZerogLedger::an_empty_settlement_changes_nothing()
{
    const QByteArray before = snapshot().dump();
    QCOMPARE(settle(QList<RequestTrace>()), QStringLiteral("ok"));
    QCOMPARE(snapshot().dump(), before);
}

void TstZerogLedger::sums_beyond_256_bits_are_a_panic()
{
    QCOMPARE(told(await(m_ledger->depositFund(alice, provider.address(), maxU256()))), QStringLiteral("ok"));
    QCOMPARE(deposit(alice, 1), QStringLiteral("Panic(17)"));
    QCOMPARE(account(alice).balance, maxU256());
    Service dear = service(QStringLiteral("llama7b"), 1, 1);
    dear.inputPrice = maxU256();
    must(await(m_ledger->addOrUpdateService(provider, dear)));
    m_clock->pass(1);
    QCOMPARE(settle({request(alice, 2, 0, 1)}), QStringLiteral("Panic(17)"));
    QCOMPARE(settle({request(alice, 1, 0, 1)}), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256(0));
    QCOMPARE(wallet(provider), Wei(maxU256()));
}

void TstZerogLedger::zerog_58_amounts_of_63_bits_and_more_are_exact()
{
    QCOMPARE(told(await(m_ledger->depositFund(alice, provider.address(), U256("9223372036854775807")))), QStringLiteral("ok"));
    QCOMPARE(told(await(m_ledger->depositFund(alice, provider.address(), U256("9007199254740993")))), QStringLiteral("ok"));
    QCOMPARE(account(alice).balance, U256("9232379236109516800"));
    QVERIFY(snapshot().dump().contains("\"balance\":\"9232379236109516800\""));
}

void TstZerogLedger::events_are_those_of_the_contract()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    refund(alice, 30);
    m_clock->pass(1);
    settle({request(alice, 5, 0, 1)});
    refund(alice, 1000); // refused: no event
    must(await(m_ledger->removeService(provider, QStringLiteral("llama7b"))));
    const LedgerEvents all = await(m_ledger->events(0, 100));
    QCOMPARE(all.events.size(), 5);
    const auto *updated = std::get_if<ServiceUpdated>(&all.events.at(0).what);
    QVERIFY(updated);
    QCOMPARE(updated->service.provider, provider.address());
    QCOMPARE(updated->service.outputPrice, U256(2));
    QCOMPARE(updated->nameHash, keccak256("llama7b"));
    const auto *deposited = std::get_if<BalanceUpdated>(&all.events.at(1).what);
    QVERIFY(deposited);
    QCOMPARE(deposited->balance, U256(100)); // the new balance
    const auto *asked = std::get_if<RefundRequested>(&all.events.at(2).what);
    QVERIFY(asked);
    QCOMPARE(asked->index, quint64(0));
    QCOMPARE(asked->timestamp, m_clock->seconds() - 1);
    const auto *settled = std::get_if<BalanceUpdated>(&all.events.at(3).what);
    QVERIFY(settled);
    QCOMPARE(settled->balance, U256(95));
    QCOMPARE(settled->pendingRefund, U256(30));
    QVERIFY(std::get_if<ServiceRemoved>(&all.events.at(4).what));
    QVERIFY(all.events.at(4).block > all.events.at(3).block);
    // From a cursor on, and no further than asked.
    const LedgerEvents two = await(m_ledger->events(0, 2));
    QCOMPARE(two.events.size(), 2);
    QCOMPARE(await(m_ledger->events(two.next, 100)).events, all.events.mid(2));
    QCOMPARE(await(m_ledger->events(all.next, 100)).next, all.next);
}

void TstZerogLedger::a_funded_ledger_lets_no_wallet_go_below_zero()
{
    LocalLedger::Genesis genesis;
    genesis.lockTime = 60;
    genesis.owner = provider.address();
    genesis.wallets = {{alice.address(), U256(1000)}, {bob.address(), U256(5)}};
    QCOMPARE(told(await(m_ledger->initialize(genesis))), QStringLiteral("ok"));
    QCOMPARE(told(await(m_ledger->initialize(genesis))), QStringLiteral("Initializable: already initialized"));
    QCOMPARE(await(m_ledger->lockTime()), qint64(60));
    QCOMPARE(deposit(bob, 6), QStringLiteral("InsufficientFunds(%1,6,5)").arg(bob.address().toChecksum()));
    QCOMPARE(deposit(bob, 5), QStringLiteral("ok"));
    QCOMPARE(wallet(bob), Wei(0));
    QCOMPARE(allMoney(snapshot()), Wei(1005));
}

void TstZerogLedger::only_its_owner_changes_the_lock_time()
{
    QCOMPARE(told(await(m_ledger->updateLockTime(alice, 1))), QStringLiteral("Ownable: caller is not the owner"));
    LocalLedger::Genesis genesis;
    genesis.owner = provider.address();
    must(await(m_ledger->initialize(genesis)));
    QCOMPARE(told(await(m_ledger->updateLockTime(alice, 1))), QStringLiteral("Ownable: caller is not the owner"));
    deposit(alice, 10);
    refund(alice, 10);
    m_clock->pass(1);
    QVERIFY(process(alice, {0}).startsWith(QStringLiteral("RefundLocked(")));
    QCOMPARE(told(await(m_ledger->updateLockTime(provider, 1))), QStringLiteral("ok"));
    QCOMPARE(process(alice, {0}), QStringLiteral("ok")); // also of refunds that were pending
}

void TstZerogLedger::time_never_goes_back()
{
    deposit(alice, 10);
    const qint64 before = await(m_ledger->now());
    m_clock->pass(-500);
    QCOMPARE(await(m_ledger->now()), before);
    offer(QStringLiteral("llama7b"), 1, 2);
    QCOMPARE(await(m_ledger->services()).first().updatedAt, before);
    m_clock->pass(501);
    QCOMPARE(await(m_ledger->now()), before + 1);
}

void TstZerogLedger::everything_is_there_after_opening_again()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 100);
    refund(alice, 30);
    m_clock->pass(1);
    settle({request(alice, 75, 0, 1)});
    const QByteArray before = snapshot().dump();
    const auto events = await(m_ledger->events(0, 100)).events;
    open();
    QCOMPARE(snapshot().dump(), before);
    QCOMPARE(await(m_ledger->events(0, 100)).events, events);
    QCOMPARE(settle({request(alice, 1, 0, 1)}), QStringLiteral("NonceUsed(0,2,1)"));
}

void TstZerogLedger::ten_thousand_requests_are_settled_at_once_while_calls_go_on()
{
    constexpr int users = 100;
    constexpr int callsEach = 100;
    offer(QStringLiteral("llama7b"), 1, 2);
    for (int i = 0; i < users; ++i)
        deposit(key(100 + i), 1000);
    m_clock->pass(1);
    QList<RequestTrace> traces;
    for (int i = 0; i < users; ++i) {
        RequestTrace trace;
        for (int call = 1; call <= callsEach; ++call)
            trace.requests.append(request(key(100 + i), 5, call % 2, quint64(call)));
        traces.append(trace);
    }
    QElapsedTimer timer;
    timer.start();
    const auto settling = toFuture(m_ledger->settleFees(provider, traces));
    int deposits = 0;
    do {
        QCOMPARE(deposit(alice, 1), QStringLiteral("ok"));
        ++deposits;
        QCoreApplication::processEvents();
    } while (!settling.isFinished());
    qInfo("10,000 requests settled in %lld ms, with %d deposits meanwhile", static_cast<long long>(timer.elapsed()), deposits);
    QCOMPARE(settling.result()->total, Wei(users * callsEach * 6));
    QCOMPARE(wallet(provider), Wei(users * callsEach * 6));
    for (int i = 0; i < users; ++i)
        QCOMPARE(account(key(100 + i)).balance, U256(1000 - callsEach * 6));
    QCOMPARE(account(alice).balance, U256(deposits));
    QCOMPARE(allMoney(snapshot()), Wei(0));
}

void TstZerogLedger::a_ledger_may_go_while_it_settles()
{
    offer(QStringLiteral("llama7b"), 1, 2);
    deposit(alice, 1000);
    m_clock->pass(1);
    QList<Request> requests;
    for (int i = 1; i <= 100; ++i)
        requests.append(request(alice, 1, 0, quint64(i)));
    const auto settling = toFuture(m_ledger->settleFees(provider, QList<RequestTrace>{RequestTrace(requests)}));
    m_ledger.reset();
    QTRY_VERIFY(settling.isFinished());
    open();
    QCOMPARE(account(alice).balance, U256(settling.result() ? 900 : 1000));
}

void TstZerogLedger::two_ledgers_of_one_file_see_each_other()
{
    const auto other = orThrow(LocalLedger::open(m_folder->filePath(QStringLiteral("ledger.db"))));
    deposit(alice, 100);
    QCOMPARE(await(other->account(alice.address(), provider.address()))->balance, U256(100));
    must(await(other->depositFund(bob, provider.address(), 7)));
    QCOMPARE(account(bob).balance, U256(7));
}

void TstZerogLedger::a_file_that_is_no_ledger_is_left_alone()
{
    const QString path = m_folder->filePath(QStringLiteral("text"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto opened = LocalLedger::open(path);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind(), Error::Kind::Storage);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(5000, 'x'));
}

void TstZerogLedger::every_refusal_has_the_contracts_words()
{
    for (int kind = 0; kind <= int(Refusal::Kind::Reverted); ++kind) {
        const Refusal refusal(static_cast<Refusal::Kind>(kind));
        QVERIFY(!refusal.kindName().isEmpty());
        QVERIFY(refusal.toError().message().contains(refusal.toText()));
    }
    QCOMPARE(Refusal::ofNumbers(Refusal::Kind::NonceUsed, {0, 2, 1}).toText(), QStringLiteral("NonceUsed(0,2,1)"));
    QCOMPARE(Refusal::ofNumbers(Refusal::Kind::NonceUsed, {0, 2, 1}).requestIndex(), std::optional<qsizetype>(0));
    QCOMPARE(Refusal::ofService(provider.address(), QStringLiteral("a\"b\\")).toText(), QStringLiteral("ServiceNotexist(%1,\"a\\\"b\\\\\")").arg(provider.address().toChecksum()));
}

QTEST_GUILESS_MAIN(TstZerogLedger)
#include "tst_zerog_ledger.moc"
