#include "sluice/crypto/private_key.h"
#include "sluice/payments/memory_recipient_store.h"
#include "sluice/payments/recipient.h"

#include <QtTest/QTest>

using namespace sluice;

namespace {

class TestChain final : public ChainView {
public:
    [[nodiscard]] quint64 latestL1Block() const override { return block; }
    [[nodiscard]] quint64 lastInitializedRound() const override { return round; }
    [[nodiscard]] Hash32 blockHashForRound(quint64 asked) const override
    {
        return asked == unknownRound ? Hash32() : *Hash32::fromBytes(toBytes32(U256(asked + 1'000'000)));
    }
    [[nodiscard]] bool isActive() const override { return active; }

    quint64 block = 20'000'000;
    quint64 round = 3456;
    quint64 unknownRound = 0;
    bool active = true;
};

class TestClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return at; }
    [[nodiscard]] std::chrono::microseconds monotonic() const override { return {}; }
    QDateTime at = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
};

const QString purse = QStringLiteral("text-analysis");
const PriceInfo price{100'000'000, 1};

/// An orchestrator and a funded sender. Tickets are worth 8 gwei and win once in a hundred.
struct Network {
    Network()
    {
        config.recipient = PrivateKey::generate().address();
        config.terms.gasPrice = 0;
        fund(key.address());
        recipient.emplace(config, store, chain, clock);
        params = orThrow(recipient->issue(key.address(), price));
    }

    void fund(const Address &address)
    {
        SenderFunds funds;
        funds.deposit = *weiFromDecimal(u"1000000000000000000");
        funds.reserve = funds.deposit;
        store.setSenderFunds(address, funds);
    }

    [[nodiscard]] TicketSenderParams ticket(quint32 nonce) const
    {
        const Ticket made = Ticket::make(params, *params.expirationParams, key.address(), nonce);
        return {nonce, signMessage(key, made.hash().bytes()).toByteArray()};
    }
    [[nodiscard]] WirePayment payment(const QList<quint32> &nonces) const
    {
        WirePayment made{params, key.address(), params.expirationParams, {}, price};
        for (const quint32 nonce : nonces)
            made.tickets.append(ticket(nonce));
        return made;
    }
    PaymentOutcome pay(const WirePayment &made) { return recipient->process(made, purse, price); }
    [[nodiscard]] QString balance()
    {
        const auto held = recipient->ledger().balance(key.address(), purse);
        return held ? toText(Rational(floorOf(*held))) : QStringLiteral("none");
    }
    /// The first nonce from `from` on whose ticket wins, or loses.
    [[nodiscard]] quint32 nonceThat(bool wins, quint32 from = 1) const
    {
        for (quint32 nonce = from;; ++nonce) {
            if (isWinning(ticket(nonce).signature, rand(), params.winProb) == wins)
                return nonce;
        }
    }
    [[nodiscard]] U256 rand() const
    {
        Ticket shared;
        shared.expiration = *params.expirationParams;
        return deriveRecipientRand(secret(), params.seed, key.address(), params.faceValue, params.winProb, params.expirationBlock,
                                   price.asRational(), shared.auxData());
    }
    [[nodiscard]] QByteArray secret() const { return const_cast<MemoryRecipientStore &>(store).secret(); }

    PrivateKey key = PrivateKey::generate();
    RecipientConfig config;
    MemoryRecipientStore store;
    TestChain chain;
    TestClock clock;
    std::optional<Recipient> recipient;
    TicketParams params;
};

} // namespace

class TestPaymentsRecipient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void issuedParamsBindTheirTerms();
    void unknownBlockHashFallsBackOneRound();
    void unfundedSendersGetNoParams();
    void freeServiceNeedsNoFunds();
    void pendingWinnersShrinkTheFloat();
    void payments_11_eachCheckHasItsText_data();
    void payments_11_eachCheckHasItsText();
    void payments_11_checksRunInOrder();
    void payments_11_fatalErrorsStopButKeepWhatWasCredited();
    void byoc_13_eachTicketCreditsItsExpectedValue();
    void byoc_13_aReplayedNonceIsRefused();
    void byoc_13_the601stNonceIsRefused();
    void byoc_13_equalPricesMayBeWrittenDifferently();
    void byoc_14_noLaterTicketIsCreditedAfterABadOne();
    void byoc_14_laterWinnersAreStillKept();
    void payments_11_anExpiredTicketStillConsumesItsNonce();
    void payments_12_strictlyLessThanWins();
    void payments_12_winnersWaitUntilTheirParamsExpired();
    void payments_12_redeemingPaysOnceFromDepositThenReserve();
    void payments_13_idleBalancesAreDropped();
    void payments_13_onlyDebitsGoNegative();
    void payments_14_aFirstPaymentWithoutTicketsIsRefused();
    void payments_14_laterOnesAreSilentlyAccepted();
    void theFirstPaymentFreezesThePrice();
    void nonceSetsVanishWithTheirParams();
    void theSecretOutlivesTheRecipient();
};

void TestPaymentsRecipient::issuedParamsBindTheirTerms()
{
    Network network;
    QCOMPARE(network.params.recipient, network.config.recipient);
    QVERIFY(network.params.expirationBlock.value() == network.chain.block + 40);
    QVERIFY(network.params.faceValue.value() == 800'000'000'000);
    QVERIFY(network.params.expectedValue() >= Rational(8'000'000'000));
    QCOMPARE(network.params.expirationParams->creationRound, 3456);
    QCOMPARE(network.params.recipientRandHash, recipientRandHash(network.rand()));
    const auto again = network.recipient->issue(network.key.address(), price);
    QVERIFY(again->recipientRandHash != network.params.recipientRandHash);
}

void TestPaymentsRecipient::unknownBlockHashFallsBackOneRound()
{
    Network network;
    network.chain.unknownRound = 3456;
    const auto params = network.recipient->issue(network.key.address(), price);
    QCOMPARE(params->expirationParams->creationRound, 3455);
    QCOMPARE(params->expirationParams->blockHash(), network.chain.blockHashForRound(3455));
}

void TestPaymentsRecipient::unfundedSendersGetNoParams()
{
    Network network;
    const auto refused = network.recipient->issue(PrivateKey::generate().address(), price);
    QVERIFY(!refused);
    QCOMPARE(refused.error().message(), QStringLiteral("insufficient sender reserve"));
    SenderFunds noReserve;
    noReserve.deposit = *weiFromDecimal(u"1000000000000000000");
    network.store.setSenderFunds(network.key.address(), noReserve);
    QVERIFY(!network.recipient->issue(network.key.address(), price));
}

void TestPaymentsRecipient::freeServiceNeedsNoFunds()
{
    Network network;
    const auto params = network.recipient->issue(PrivateKey::generate().address(), {0, 1});
    QVERIFY(params);
    QVERIFY(params->faceValue.bytes().isEmpty());
    QVERIFY(params->winProb.bytes().isEmpty());
}

void TestPaymentsRecipient::pendingWinnersShrinkTheFloat()
{
    Network network;
    const Wei before = network.recipient->maxFloat(network.key.address());
    QVERIFY(network.pay(network.payment({network.nonceThat(true)})).ok());
    QVERIFY(network.recipient->maxFloat(network.key.address()) == before); // the deposit covers it three times
    SenderFunds funds = *network.store.senderFunds(network.key.address());
    funds.deposit = Wei(3) * 800'000'000'000 - 1;
    network.store.setSenderFunds(network.key.address(), funds);
    QVERIFY(network.recipient->maxFloat(network.key.address()) == before - 800'000'000'000);
}

void TestPaymentsRecipient::payments_11_eachCheckHasItsText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fatal");
    QTest::newRow("no sender") << "Could not find Sender for payment: " << false;
    QTest::newRow("inactive") << "orchestrator %recipient is inactive in round 3456, cannot process payments" << false;
    QTest::newRow("no price") << "invalid expected price sent with payment err=\"expected price is nil\"" << false;
    QTest::newRow("price over 0") << "invalid expected price sent with payment err=\"pixels per unit is 0\"" << false;
    QTest::newRow("no expiration") << "invalid payment: expiration_params is missing" << false;
    QTest::newRow("unlocking") << "deposit and reserve for sender %sender is set to unlock soon" << true;
    QTest::newRow("foreign recipient") << "invalid ticket recipient" << true;
    QTest::newRow("zero sender") << "invalid ticket sender" << true;
    QTest::newRow("changed face value") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("changed win prob") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("changed seed") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("changed expiration") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("changed round") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("changed price") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("foreign sender") << "invalid recipientRand for ticket recipientRandHash" << true;
    QTest::newRow("bad signature") << "invalid ticket signature" << false;
    QTest::newRow("short signature") << "invalid ticket signature" << false;
    QTest::newRow("v 0") << "invalid ticket signature" << false;
    QTest::newRow("another nonce") << "invalid ticket signature" << false;
    QTest::newRow("seen") << "invalid ticket senderNonce: already seen sender=%sender nonce=1" << false;
    QTest::newRow("expired") << "TicketParams expired" << false;
}

static void spoilWhole(Network &network, WirePayment &payment, const QByteArray &what)
{
    if (what == "no sender")
        payment.sender.reset();
    else if (what == "inactive")
        network.chain.active = false;
    else if (what == "no price")
        payment.expectedPrice.reset();
    else if (what == "price over 0")
        payment.expectedPrice->pixelsPerUnit = 0;
    else if (what == "no expiration")
        payment.expirationParams.reset();
    else if (what == "expired")
        network.chain.block += 40;
    else if (what == "seen")
        (void)network.pay(network.payment({1}));
    else if (what == "unlocking") {
        SenderFunds funds = *network.store.senderFunds(network.key.address());
        funds.withdrawRound = 3457;
        network.store.setSenderFunds(network.key.address(), funds);
    }
}

static void spoilTicket(WirePayment &payment, const QByteArray &what)
{
    TicketParams &params = *payment.ticketParams;
    QByteArray &signature = payment.tickets[0].signature;
    if (what == "foreign recipient")
        params.recipient = PrivateKey::generate().address();
    else if (what == "zero sender")
        payment.sender = Address();
    else if (what == "changed face value")
        params.faceValue = U256(params.faceValue.value() + 1);
    else if (what == "changed win prob")
        params.winProb = U256(params.winProb.value() - 1);
    else if (what == "changed seed")
        params.seed = U256(1);
    else if (what == "changed expiration")
        params.expirationBlock = U256(params.expirationBlock.value() + 1);
    else if (what == "changed round")
        payment.expirationParams->creationRound += 1;
    else if (what == "changed price")
        payment.expectedPrice->pricePerUnit -= 1;
    else if (what == "foreign sender")
        payment.sender = PrivateKey::generate().address();
    else if (what == "bad signature")
        signature[5] = char(signature[5] ^ 1);
    else if (what == "short signature")
        signature.chop(1);
    else if (what == "v 0")
        signature[64] = char(signature[64] - 27);
    else if (what == "another nonce")
        payment.tickets[0].senderNonce = 2;
}

void TestPaymentsRecipient::payments_11_eachCheckHasItsText()
{
    QFETCH(QString, text);
    QFETCH(bool, fatal);
    Network network;
    WirePayment payment = network.payment({1});
    spoilWhole(network, payment, QTest::currentDataTag());
    spoilTicket(payment, QTest::currentDataTag());
    const QString before = network.balance();
    const PaymentOutcome outcome = network.pay(payment);
    text.replace(QStringLiteral("%sender"), network.key.address().toChecksum());
    text.replace(QStringLiteral("%recipient"), network.config.recipient.toChecksum());
    QVERIFY2(outcome.error.startsWith(text), qPrintable(outcome.error));
    QCOMPARE(outcome.fatal, fatal);
    QVERIFY(outcome.credited == 0);
    QCOMPARE(network.balance(), before);
}

void TestPaymentsRecipient::payments_11_checksRunInOrder()
{
    Network network;
    (void)network.pay(network.payment({1}));
    const WirePayment good = network.payment({1});
    WirePayment bad = good;
    // All faults at once; each one mended shows the next check's text.
    bad.sender.reset();
    network.chain.active = false;
    bad.expectedPrice.reset();
    bad.ticketParams->recipient = Address();
    bad.ticketParams->seed = U256(1);
    bad.tickets[0].signature[5] = char(bad.tickets[0].signature[5] ^ 1);
    network.chain.block += 100;
    spoilWhole(network, bad, "unlocking");
    const auto expect = [&](const char *text) {
        const QString error = network.pay(bad).error;
        QVERIFY2(error.startsWith(QLatin1String(text)), qPrintable(error));
    };
    expect("Could not find Sender");
    bad.sender = Address();
    expect("orchestrator ");
    network.chain.active = true;
    expect("invalid expected price");
    bad.expectedPrice = price;
    // The zero address has no funds, so it cannot be unlocking; the real sender shows that check.
    bad.sender = good.sender;
    expect("deposit and reserve");
    network.fund(network.key.address());
    bad.sender = Address();
    expect("invalid ticket recipient");
    bad.ticketParams->recipient = good.ticketParams->recipient;
    expect("invalid ticket sender");
    bad.sender = good.sender;
    expect("invalid recipientRand");
    bad.ticketParams->seed = good.ticketParams->seed;
    expect("invalid ticket signature");
    bad.tickets = good.tickets;
    expect("invalid ticket senderNonce: already seen");
    bad.tickets = network.payment({2}).tickets;
    expect("TicketParams expired");
}

void TestPaymentsRecipient::payments_11_fatalErrorsStopButKeepWhatWasCredited()
{
    Network network;
    QVERIFY(network.pay(network.payment({1, 2})).ok());
    const QString credited = network.balance();
    WirePayment foreign = network.payment({3, 4});
    foreign.ticketParams->seed = U256(1);
    const PaymentOutcome outcome = network.pay(foreign);
    QVERIFY(outcome.fatal);
    QCOMPARE(outcome.tickets.size(), 1);
    QCOMPARE(network.balance(), credited);
}

void TestPaymentsRecipient::byoc_13_eachTicketCreditsItsExpectedValue()
{
    Network network;
    const PaymentOutcome outcome = network.pay(network.payment({1, 2, 3}));
    QVERIFY2(outcome.ok(), qPrintable(outcome.error));
    QVERIFY(outcome.credited == network.params.expectedValue() * 3);
    QVERIFY(*network.recipient->ledger().balance(network.key.address(), purse) == outcome.credited);
    QVERIFY(!network.recipient->ledger().balance(network.key.address(), QStringLiteral("another capability")));
    QVERIFY(network.pay(network.payment({0})).ok()); // 0 is a nonce like any other
}

void TestPaymentsRecipient::byoc_13_aReplayedNonceIsRefused()
{
    Network network;
    const WirePayment payment = network.payment({7, 3});
    QVERIFY(network.pay(payment).ok());
    const QString credited = network.balance();
    QVERIFY(network.pay(payment).error.contains(QStringLiteral("already seen")));
    QCOMPARE(network.balance(), credited);
    QVERIFY(network.pay(network.payment({5})).ok()); // order does not matter
}

void TestPaymentsRecipient::byoc_13_the601stNonceIsRefused()
{
    Network network;
    QList<quint32> nonces;
    for (quint32 nonce = 1; nonce <= 601; ++nonce)
        nonces.append(nonce);
    const PaymentOutcome outcome = network.pay(network.payment(nonces));
    QCOMPARE(outcome.error, QStringLiteral("invalid ticket senderNonce: too many values sender=%1 nonce=601").arg(network.key.address().toChecksum()));
    QVERIFY(outcome.credited == network.params.expectedValue() * 600);
}

void TestPaymentsRecipient::byoc_13_equalPricesMayBeWrittenDifferently()
{
    Network network;
    WirePayment payment = network.payment({1});
    payment.expectedPrice = PriceInfo{200'000'000, 2};
    QVERIFY(network.pay(payment).ok());
}

void TestPaymentsRecipient::byoc_14_noLaterTicketIsCreditedAfterABadOne()
{
    Network network;
    WirePayment payment = network.payment({1, 2, 3, 4});
    payment.tickets[1].signature[5] = char(payment.tickets[1].signature[5] ^ 1);
    const PaymentOutcome outcome = network.pay(payment);
    QCOMPARE(outcome.error, QStringLiteral("invalid ticket signature"));
    QCOMPARE(outcome.tickets.size(), 4);
    QVERIFY(outcome.credited == network.params.expectedValue());
    QVERIFY(outcome.tickets[0].credited && !outcome.tickets[2].credited && !outcome.tickets[3].credited);
    // The tickets behind the bad one were looked at: their nonces are used up.
    QVERIFY(network.pay(network.payment({3})).error.contains(QStringLiteral("already seen")));
    QVERIFY(network.pay(network.payment({2})).ok());
}

void TestPaymentsRecipient::byoc_14_laterWinnersAreStillKept()
{
    Network network;
    const quint32 winner = network.nonceThat(true, 10);
    WirePayment payment = network.payment({1, winner});
    payment.tickets[0].signature.clear();
    const PaymentOutcome outcome = network.pay(payment);
    QVERIFY(outcome.tickets[1].won && !outcome.tickets[1].credited);
    QCOMPARE(network.recipient->pending().size(), 1);
    QVERIFY(outcome.credited == 0);
}

void TestPaymentsRecipient::payments_11_anExpiredTicketStillConsumesItsNonce()
{
    Network network;
    network.chain.block += 40;
    QCOMPARE(network.pay(network.payment({1})).error, QStringLiteral("TicketParams expired"));
    network.chain.block -= 1;
    QVERIFY(network.pay(network.payment({1})).error.contains(QStringLiteral("already seen")));
    QVERIFY(network.pay(network.payment({2})).ok());
}

void TestPaymentsRecipient::payments_12_strictlyLessThanWins()
{
    const QByteArray signature(65, 's');
    const U256 value = winValue(signature, U256(10));
    QVERIFY(!isWinning(signature, U256(10), value));
    QVERIFY(isWinning(signature, U256(10), U256(value + 1)));
    QVERIFY(!isWinning(signature, U256(10), U256(0)));
}

void TestPaymentsRecipient::payments_12_winnersWaitUntilTheirParamsExpired()
{
    Network network;
    const quint32 winner = network.nonceThat(true);
    const quint32 loser = network.nonceThat(false);
    const PaymentOutcome outcome = network.pay(network.payment({winner, loser}));
    QVERIFY(outcome.tickets[0].won && !outcome.tickets[1].won);
    QVERIFY(network.recipient->redeemable().isEmpty());
    QCOMPARE(network.recipient->pending().size(), 1);
    QVERIFY(network.recipient->pending().first().recipientRand == 0);
    network.chain.block += 39;
    QVERIFY(network.recipient->redeemable().isEmpty());
    network.chain.block += 1;
    const QList<WinningTicket> ready = network.recipient->redeemable();
    QCOMPARE(ready.size(), 1);
    QVERIFY(recipientRandHash(ready.first().recipientRand) == network.params.recipientRandHash);
    QVERIFY(isWinning(ready.first().signature.bytes(), ready.first().recipientRand, network.params.winProb));
}

void TestPaymentsRecipient::payments_12_redeemingPaysOnceFromDepositThenReserve()
{
    Network network;
    const WirePayment payment = network.payment({network.nonceThat(true)});
    const PaymentOutcome outcome = network.pay(payment);
    SenderFunds funds = *network.store.senderFunds(network.key.address());
    funds.deposit = 300'000'000'000;
    network.store.setSenderFunds(network.key.address(), funds);
    const Hash32 hash = outcome.tickets.first().hash;
    QVERIFY(network.recipient->redeem(hash) == 0); // revealing recipientRand now would give it away
    network.chain.block += 40;
    QVERIFY(network.recipient->redeem(hash) == 800'000'000'000);
    const SenderFunds after = *network.store.senderFunds(network.key.address());
    QVERIFY(after.deposit == 0);
    QVERIFY(after.reserve == funds.reserve - 500'000'000'000);
    QVERIFY(after.claimedInCurrentRound == 500'000'000'000);
    QVERIFY(network.recipient->redeem(hash) == 0);
    // A replay after its nonces were forgotten is expired, and does not come back to be redeemed twice.
    network.recipient->sweep();
    QCOMPARE(network.pay(payment).error, QStringLiteral("TicketParams expired"));
    QVERIFY(network.recipient->redeem(hash) == 0);
}

void TestPaymentsRecipient::payments_13_idleBalancesAreDropped()
{
    Network network;
    QVERIFY(network.pay(network.payment({1})).ok());
    network.clock.at = network.clock.at.addSecs(600);
    QCOMPARE(network.balance(), QStringLiteral("8000000000"));
    network.recipient->ledger().debit(network.key.address(), purse, 1); // touches it
    network.clock.at = network.clock.at.addSecs(600);
    QCOMPARE(network.balance(), QStringLiteral("7999999999"));
    network.clock.at = network.clock.at.addSecs(1);
    QCOMPARE(network.balance(), QStringLiteral("none"));
    QVERIFY(!network.recipient->ledger().fixedPrice(network.key.address(), purse));
    QVERIFY(network.store.balance(network.key.address(), purse));
    network.recipient->sweep();
    QVERIFY(!network.store.balance(network.key.address(), purse));
    network.recipient->ledger().credit(network.key.address(), purse, 5);
    QCOMPARE(network.balance(), QStringLiteral("5")); // nothing of the old credit comes back
}

void TestPaymentsRecipient::payments_13_onlyDebitsGoNegative()
{
    Network network;
    Ledger &ledger = network.recipient->ledger();
    const Address sender = network.key.address();
    const auto nil = ledger.accountUnits(sender, purse, 5);
    QCOMPARE(nil.error().message(), QStringLiteral("insufficient balance, mid=text-analysis, fee=5, balance=nil"));
    ledger.credit(sender, purse, 3);
    const auto refused = ledger.accountUnits(sender, purse, 5);
    QCOMPARE(refused.error().message(), QStringLiteral("insufficient balance, mid=text-analysis, fee=5, balance=3"));
    QCOMPARE(refused.error().kind(), Error::Kind::InsufficientBalance);
    QCOMPARE(network.balance(), QStringLiteral("3"));
    QVERIFY(*ledger.accountUnits(sender, purse, 3) == 0);
    QVERIFY(ledger.debit(sender, purse, 5) == -5);
    QVERIFY(ledger.sufficientFor(sender, purse, -5));
    QVERIFY(!ledger.sufficientFor(sender, purse, -4));
}

void TestPaymentsRecipient::payments_14_aFirstPaymentWithoutTicketsIsRefused()
{
    Network network;
    WirePayment bare;
    bare.sender = network.key.address();
    QCOMPARE(network.pay(bare).error, QStringLiteral("Insufficient balance"));
    QCOMPARE(network.pay(network.payment({})).error, QStringLiteral("Insufficient balance"));
    QVERIFY(!network.recipient->ledger().fixedPrice(network.key.address(), purse));
    QVERIFY(network.recipient->process(bare, purse, {0, 1}).ok());
}

void TestPaymentsRecipient::payments_14_laterOnesAreSilentlyAccepted()
{
    Network network;
    QVERIFY(network.pay(network.payment({1})).ok());
    WirePayment bare;
    bare.sender = network.key.address();
    QVERIFY(network.pay(bare).ok());
    QCOMPARE(network.balance(), QStringLiteral("8000000000"));
}

void TestPaymentsRecipient::theFirstPaymentFreezesThePrice()
{
    Network network;
    QVERIFY(network.pay(network.payment({1})).ok());
    QCOMPARE(network.recipient->ledger().fixedPrice(network.key.address(), purse), std::optional(price));
    network.recipient->ledger().fixPrice(network.key.address(), purse, {5, 1});
    QCOMPARE(network.recipient->ledger().fixedPrice(network.key.address(), purse), std::optional(price));
}

void TestPaymentsRecipient::nonceSetsVanishWithTheirParams()
{
    Network network;
    QVERIFY(network.pay(network.payment({1})).ok());
    network.chain.block += 39;
    network.recipient->sweep();
    QVERIFY(network.store.nonceState(network.params.recipientRandHash, 1).seen);
    network.chain.block += 1;
    network.recipient->sweep();
    QVERIFY(!network.store.nonceState(network.params.recipientRandHash, 1).seen);
}

void TestPaymentsRecipient::theSecretOutlivesTheRecipient()
{
    Network network;
    Recipient restarted(network.config, network.store, network.chain, network.clock);
    QVERIFY(restarted.process(network.payment({1}), purse, price).ok());
    QVERIFY(restarted.process(network.payment({1}), purse, price).error.contains(QStringLiteral("already seen")));
}

QTEST_GUILESS_MAIN(TestPaymentsRecipient)
#include "tst_payments_recipient.moc"
