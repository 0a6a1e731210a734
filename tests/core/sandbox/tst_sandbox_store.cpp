#include "sluice/crypto/keccak.h"
#include "sluice/crypto/private_key.h"
#include "sluice/payments/recipient.h"
#include "sluice/sandbox/sandbox_chain.h"
#include "sluice/sandbox/sandbox_store.h"

#include <QtCore/QPromise>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <thread>

using namespace sluice;

class TestSandboxStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void what_is_stored_comes_back_exactly();
    void a_failed_transaction_leaves_nothing();
    void a_transaction_inside_another_joins_it();
    void the_work_of_a_transaction_runs_on_the_callers_thread();
    void constants_are_made_once();
    void payments_12_a_redeemed_winner_cannot_come_back();
    void payments_13_idle_balances_are_dropped();
    void the_journal_reveals_rand_only_after_expiry();
    void payments_and_housekeeping_do_not_wait_for_each_other_for_ever();
    void the_chain_goes_on_while_it_is_off();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SandboxStore> m_store;
    void reopen();
};

namespace {

const Address alice = *Address::fromHex(u"0xA83Cc3117bfe5153D236F958500E39b397610082");
const Address bob = *Address::fromHex(u"0xc19c7c62af5803c9A74Ab208D6d6c69f75e8b18b");

Hash32 hashOf(const char *text)
{
    return keccak256(text);
}

WinningTicket winner(const char *name, quint64 expiration)
{
    WinningTicket ticket;
    ticket.ticket.recipient = alice;
    ticket.ticket.sender = bob;
    ticket.ticket.faceValue = maxU256();
    ticket.ticket.winProb = maxU256() - 1;
    ticket.ticket.senderNonce = 4'000'000'000;
    ticket.ticket.recipientRandHash = hashOf("hash");
    ticket.ticket.expiration = {3555, hashOf("block")};
    ticket.hash = hashOf(name);
    ticket.signature = signHashed(PrivateKey::generate(), "x");
    ticket.recipientRand = maxU256() / 3;
    ticket.expirationBlock = U256(expiration);
    return ticket;
}

/// A recipient, and a funded sender with parameters to pay it.
struct Purse {
    explicit Purse(SandboxStore &books)
        : store(books)
        , recipient(config(), books, chain)
    {
        store.setSenderFunds(key.address(), {Wei("1000000000000000000"), Wei("1000000000000000000"), 0, 0, 0});
        params = *recipient.issue(key.address(), price);
    }
    static RecipientConfig config()
    {
        RecipientConfig config;
        config.recipient = alice;
        config.terms.gasPrice = 1;
        return config;
    }
    /// `count` signed tickets, the first one with that nonce.
    [[nodiscard]] WirePayment payment(quint32 firstNonce, quint32 count) const
    {
        WirePayment payment;
        payment.ticketParams = params;
        payment.expirationParams = params.expirationParams;
        payment.sender = key.address();
        payment.expectedPrice = price;
        for (quint32 nonce = firstNonce; nonce < firstNonce + count; ++nonce) {
            const Hash32 hash = Ticket::make(params, *params.expirationParams, key.address(), nonce).hash();
            payment.tickets.append(TicketSenderParams{nonce, signMessage(key, hash.bytes()).toByteArray()});
        }
        return payment;
    }
    /// As an orchestrator that keeps a journal does it.
    void pay(const WirePayment &payment)
    {
        recipient.process(payment, QStringLiteral("work"), price, [&](const PaymentOutcome &outcome) { store.record(payment, outcome); });
    }

    SandboxStore &store;
    const SandboxChain chain{QDateTime::currentDateTimeUtc(), "salt"};
    const PrivateKey key = PrivateKey::generate();
    const PriceInfo price{100, 1};
    Recipient recipient;
    TicketParams params;
};

} // namespace

void TestSandboxStore::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    reopen();
}

void TestSandboxStore::reopen()
{
    m_store.reset();
    auto database = Database::open(m_folder->filePath(QStringLiteral("state.sqlite")), {SandboxStore::schema()});
    QVERIFY(database);
    m_store = std::make_unique<SandboxStore>(*database);
}

void TestSandboxStore::what_is_stored_comes_back_exactly()
{
    BalanceEntry entry;
    entry.balance = Rational(Wei("-123456789012345678901234567890"), 7);
    entry.fixedPrice = PriceInfo{3, 4};
    entry.touched = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    m_store->setBalance(alice, QStringLiteral("work"), entry);
    const SenderFunds funds{Wei("1000000000000000000000000"), 5, 6, 7, 8};
    m_store->setSenderFunds(bob, funds);
    const WinningTicket won = winner("one", 20'000'040);
    m_store->addWinner(won);
    m_store->addWinner(won);
    m_store->addNonce(hashOf("a"), 1, U256(5));
    m_store->addNonce(hashOf("a"), 4'294'967'295, U256(5));
    const QByteArray secret = m_store->secret();
    reopen();

    const auto back = m_store->balance(alice, QStringLiteral("work"));
    QVERIFY(back);
    QVERIFY(back->balance == entry.balance);
    QVERIFY(back->fixedPrice == entry.fixedPrice);
    QCOMPARE(back->touched, entry.touched);
    QVERIFY(!m_store->balance(bob, QStringLiteral("work")));
    QVERIFY(m_store->senderFunds(bob) == std::optional(funds));
    QCOMPARE(m_store->winners().size(), 1);
    const WinningTicket kept = m_store->winners().first();
    QVERIFY(kept.hash == won.hash);
    QCOMPARE(kept.ticket.packed(), won.ticket.packed());
    QVERIFY(kept.signature == won.signature);
    QVERIFY(kept.recipientRand == won.recipientRand && kept.expirationBlock == won.expirationBlock);
    QVERIFY(m_store->nonceState(hashOf("a"), 4'294'967'295).seen);
    QCOMPARE(m_store->nonceState(hashOf("a"), 2).distinct, 2u);
    QCOMPARE(m_store->nonceState(hashOf("b"), 1).distinct, 0u);
    QCOMPARE(m_store->secret(), secret);
    QCOMPARE(secret.size(), 32);
}

void TestSandboxStore::a_failed_transaction_leaves_nothing()
{
    const auto work = [this] {
        m_store->addNonce(hashOf("a"), 1, U256(5));
        m_store->setBalance(alice, QStringLiteral("work"), {Rational(5), std::nullopt, QDateTime::currentDateTimeUtc()});
        QVERIFY(m_store->nonceState(hashOf("a"), 1).seen);
        throw Error(Error::Kind::Payment, QStringLiteral("no"));
    };
    QVERIFY_EXCEPTION_THROWN(m_store->transaction(work), Error);
    QVERIFY(!m_store->nonceState(hashOf("a"), 1).seen);
    QVERIFY(!m_store->balance(alice, QStringLiteral("work")));
    m_store->transaction([this] { m_store->addNonce(hashOf("a"), 1, U256(5)); });
    QVERIFY(m_store->nonceState(hashOf("a"), 1).seen);
}

void TestSandboxStore::a_transaction_inside_another_joins_it()
{
    const auto outer = [this] {
        m_store->transaction([this] { m_store->addNonce(hashOf("a"), 1, U256(5)); });
        throw Error(Error::Kind::Payment, QStringLiteral("no"));
    };
    QVERIFY_EXCEPTION_THROWN(m_store->transaction(outer), Error);
    QVERIFY(!m_store->nonceState(hashOf("a"), 1).seen);
}

void TestSandboxStore::the_work_of_a_transaction_runs_on_the_callers_thread()
{
    // A recipient holds a lock around it that only its own thread can take again.
    const auto here = std::this_thread::get_id();
    std::thread::id there;
    m_store->transaction([&] { there = std::this_thread::get_id(); });
    QVERIFY(there == here);
}

void TestSandboxStore::constants_are_made_once()
{
    int made = 0;
    const auto make = [&made] {
        ++made;
        return QByteArray("\0key", 4);
    };
    QCOMPARE(m_store->constant(QStringLiteral("k"), make), QByteArray("\0key", 4));
    reopen();
    QCOMPARE(m_store->constant(QStringLiteral("k"), make), QByteArray("\0key", 4));
    QCOMPARE(made, 1);
}

void TestSandboxStore::payments_12_a_redeemed_winner_cannot_come_back()
{
    const WinningTicket won = winner("one", 5);
    m_store->addWinner(won);
    m_store->removeWinner(won.hash);
    QVERIFY(m_store->winners().isEmpty());
    m_store->addWinner(won);
    QVERIFY(m_store->winners().isEmpty());
    QCOMPARE(m_store->totals().redeemed, 1);
}

void TestSandboxStore::payments_13_idle_balances_are_dropped()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_store->setBalance(alice, QStringLiteral("old"), {Rational(5), std::nullopt, now.addSecs(-601)});
    m_store->setBalance(alice, QStringLiteral("new"), {Rational(5), std::nullopt, now});
    m_store->dropBalancesBefore(now.addSecs(-600));
    QVERIFY(!m_store->balance(alice, QStringLiteral("old")));
    QVERIFY(m_store->balance(alice, QStringLiteral("new")));
}

void TestSandboxStore::the_journal_reveals_rand_only_after_expiry()
{
    Purse purse(*m_store);
    WirePayment payment = purse.payment(1, 3);
    payment.tickets[1].signature[0] = char(payment.tickets[1].signature[0] ^ 1);
    purse.pay(payment);

    const quint64 expiry = payment.ticketParams->expirationBlock.value().convert_to<quint64>();
    const auto early = m_store->outcomes(purse.key.address(), expiry - 1, 100);
    QCOMPARE(early.size(), 2); // the second ticket was refused
    QCOMPARE(early[0].nonce, 1u);
    QCOMPARE(early[1].nonce, 3u);
    QVERIFY(early[0].recipientRand.isEmpty());
    const auto late = m_store->outcomes(purse.key.address(), expiry, 100);
    QVERIFY(recipientRandHash(*fromMinimalBytes(late[0].recipientRand)) == payment.ticketParams->recipientRandHash);
    QVERIFY(m_store->outcomes(bob, expiry, 100).isEmpty());
    QCOMPARE(m_store->outcomes(purse.key.address(), expiry, 1).first().nonce, 3u);
    m_store->dropJournalUntil(expiry);
    QVERIFY(m_store->outcomes(purse.key.address(), expiry, 100).isEmpty());
}

void TestSandboxStore::payments_and_housekeeping_do_not_wait_for_each_other_for_ever()
{
    Purse purse(*m_store);
    constexpr quint32 payments = 200;
    QPromise<void> paid;
    paid.start();
    std::thread orchestrator([&] {
        for (quint32 nonce = 1; nonce <= payments; ++nonce)
            purse.pay(purse.payment(nonce, 1));
        paid.finish();
    });
    QPromise<void> kept;
    kept.start();
    std::thread housekeeper([&] {
        while (!paid.future().isFinished()) {
            purse.recipient.sweep();
            (void)purse.recipient.redeemable();
        }
        kept.finish();
    });
    const bool ended = QTest::qWaitFor([&] { return paid.future().isFinished() && kept.future().isFinished(); }, 60'000);
    if (!ended)
        qFatal("Each of the two holds a lock that the other one waits for."); // they cannot be joined any more
    orchestrator.join();
    housekeeper.join();
    QCOMPARE(m_store->outcomes(purse.key.address(), 0, 1000).size(), qsizetype(payments));
}

void TestSandboxStore::the_chain_goes_on_while_it_is_off()
{
    const QDateTime origin = QDateTime::currentDateTimeUtc().addSecs(-3600);
    const SandboxChain chain(origin, "salt");
    const quint64 block = chain.latestL1Block();
    QVERIFY(block == SandboxChain::OriginBlock + 300 || block == SandboxChain::OriginBlock + 301);
    QCOMPARE(chain.lastInitializedRound(), block / SandboxChain::BlocksPerRound);
    QVERIFY(!chain.blockHashForRound(chain.lastInitializedRound()).isZero());
    QVERIFY(chain.blockHashForRound(chain.lastInitializedRound() + 1).isZero());
    QVERIFY(chain.blockHashForRound(3) == SandboxChain(origin, "salt").blockHashForRound(3));
    QVERIFY(chain.blockHashForRound(3) != SandboxChain(origin, "other").blockHashForRound(3));
    QCOMPARE(SandboxChain(QDateTime::currentDateTimeUtc().addSecs(60), "salt").latestL1Block(), SandboxChain::OriginBlock);
}

QTEST_GUILESS_MAIN(TestSandboxStore)
#include "tst_sandbox_store.moc"
