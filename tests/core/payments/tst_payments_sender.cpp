#include "sluice/payments/ticket_sender.h"

#include <QCoro/QCoroTask>
#include <QtTest/QTest>

using namespace sluice;

namespace {

/// Runs a task to its end; unlike await() it also hands on what the task throws.
template <typename T> T await(QCoro::Task<T> task)
{
    std::optional<T> result;
    std::exception_ptr failure;
    bool done = false;
    const auto runner = [&]() -> QCoro::Task<void> {
        try {
            result.emplace(co_await task);
        } catch (...) {
            failure = std::current_exception();
        }
        done = true;
    };
    const QCoro::Task<void> running = runner();
    [&] { QTRY_VERIFY(done); }();
    if (failure)
        std::rethrow_exception(failure);
    return std::move(*result);
}

/// A local key that counts what it is asked to sign, and may be told to hang up.
class CountingSigner final : public Signer {
public:
    [[nodiscard]] Address address() const override { return m_key.address(); }
    QCoro::Task<Signature> signHash(Hash32 inner) override
    {
        if (onSign)
            onSign();
        ++count;
        co_return signMessage(m_key, inner.bytes());
    }
    int count = 0;
    std::function<void()> onSign;

private:
    PrivateKey m_key = PrivateKey::generate();
};

struct Purse {
    explicit Purse(SpendLimits::Limits limits = {})
        : gate(std::move(limits), book)
    {
    }
    MemorySpendBook book;
    MemoryNonceStore nonces;
    SpendLimits gate;
    CountingSigner signer;
    TicketSender sender{signer, nonces, gate};

    PreparedPayment pay(const TicketOrder &order, const CallContext &context = {})
    {
        return await(sender.prepare(order, context));
    }
    /// The error that paying ends in.
    Error refusal(const TicketOrder &order, const CallContext &context = {})
    {
        try {
            (void)pay(order, context);
        } catch (const Error &error) {
            return error;
        }
        return Error(Error::Kind::Internal, QStringLiteral("nothing was refused"));
    }
};

TicketOrder order(int tickets)
{
    static int fresh = 0;
    TicketOrder made;
    made.params.recipient = *Address::fromHex(u"0xf3ffb23eae7425480b045b6d24f4963083fe88a6");
    made.params.faceValue = U256(800'000'000'000);
    made.params.winProb = winProbFor(U256(800'000'000'000), 8'000'000'000);
    made.params.recipientRandHash = *Hash32::fromBytes(toBytes32(U256(++fresh)));
    made.params.seed = U256(7);
    made.params.expirationBlock = U256(1000);
    made.params.expirationParams = ExpirationParams{3555, *Hash32::fromHex(QByteArray(64, 'b'))};
    made.price = {100'000'000, 1};
    made.needed = Rational(8'000'000'000) * tickets;
    made.callId = QStringLiteral("call");
    return made;
}

SenderFunds richFunds()
{
    SenderFunds funds;
    funds.deposit = *weiFromDecimal(u"1000000000000000000");
    funds.reserve = funds.deposit;
    return funds;
}

} // namespace

class TestPaymentsSender : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_06_eachCheckHasItsErrorAndNothingIsSigned_data();
    void payments_06_eachCheckHasItsErrorAndNothingIsSigned();
    void payments_06_checksRunInOrder();
    void payments_06_missingParamsAreTheFirstCheck();
    void payments_06_worthlessParamsCannotPay();
    void payments_07_noncesStartAtOnePerHash();
    void payments_07_unsentPaymentsDoNotGiveNoncesBack();
    void payments_07_noncesSurviveTheSender();
    void payments_08_morethanDoubledPriceIsRefused_data();
    void payments_08_morethanDoubledPriceIsRefused();
    void payments_08_theFirstPriceOfASessionIsRemembered();
    void payments_10_limitRefusesBeforeAnythingIsSigned();
    void payments_10_droppedGivesBackSentDoesNot();
    void payments_10_cancelledWhileSigningGivesBack();
    void payments_10_failedSignerGivesBack();
    void byoc_22_neverMoreThan600PerHash();
    void byoc_22_coveredNeedsNothing();
    void byoc_22_refusesWhat600TicketsCannotCover();
    void byoc_23_headerRepeatsWhatWasIssued();
    void ticketsVerifyAsTheRecipientReadsThem();
    void absentExpirationIsSentAsZero();
    void badPriceIsRefused();
};

void TestPaymentsSender::payments_06_eachCheckHasItsErrorAndNothingIsSigned_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("row");
    const char *errors[] = {"ticketParams expiration block is 0",
                            "TicketParams expired",
                            "ticket faceValue too low faceValue=8000000000",
                            "ticket EV 3000000000001.00000 > max ticket EV 3000000000000.00000",
                            "unable to validate sender: deposit and reserve is set to unlock soon",
                            "no sender reserve",
                            "no sender deposit",
                            "total ticket EV 22400000000000.00000 for 8 tickets > max total ticket EV 20000000000000.00000",
                            "ticket faceValue 800000000000 > max faceValue 799999999999"};
    int row = 0;
    for (const char *error : errors)
        QTest::newRow(error) << QString::fromLatin1(error) << row++;
}

static void spoil(TicketOrder &bad, int row)
{
    SenderFunds funds = richFunds();
    switch (row) {
    case 0: bad.params.expirationBlock = U256(0); break;
    case 1: bad.view.latestL1Block = 999; break;
    case 2:
        bad.params.faceValue = U256(8'000'000'000);
        bad.params.winProb = maxU256();
        break;
    case 3:
        bad.params.faceValue = U256(100'000'000'000'000);
        bad.params.winProb = winProbFor(bad.params.faceValue, 3'000'000'000'001);
        break;
    case 4: funds.withdrawRound = 11; break;
    case 5: funds.reserve = 0; break;
    case 6: funds.deposit = 0; break;
    case 7:
        bad.params.faceValue = U256(100'000'000'000'000);
        bad.params.winProb = winProbFor(bad.params.faceValue, 2'800'000'000'000);
        bad.needed = Rational(2'800'000'000'000) * 8;
        break;
    case 8: funds.deposit = 799'999'999'999; break;
    default: break;
    }
    bad.view.funds = funds;
    bad.view.lastInitializedRound = 10;
}

void TestPaymentsSender::payments_06_eachCheckHasItsErrorAndNothingIsSigned()
{
    QFETCH(QString, error);
    QFETCH(int, row);
    Purse purse;
    TicketOrder bad = order(1);
    spoil(bad, row);
    const Error refused = purse.refusal(bad);
    QCOMPARE(refused.message(), error);
    QCOMPARE(refused.kind(), Error::Kind::Payment);
    QCOMPARE(purse.signer.count, 0);
    QVERIFY(purse.gate.spending().reserved == 0 && purse.gate.spending().today == 0);
    QCOMPARE(await(purse.nonces.take(bad.params.recipientRandHash, 1)), 1U);
}

void TestPaymentsSender::payments_06_checksRunInOrder()
{
    Purse purse;
    TicketOrder bad = order(1);
    // Everything that does not change the amounts is wrong at once; mending one shows the next.
    bad.params.expirationBlock = U256(0);
    bad.params.faceValue = U256(8'000'000'000);
    bad.params.winProb = maxU256();
    bad.view = {1000, 10, SenderFunds{0, 0, 0, 0, 11}};
    QCOMPARE(purse.refusal(bad).message(), QStringLiteral("ticketParams expiration block is 0"));
    bad.params.expirationBlock = U256(1001);
    QCOMPARE(purse.refusal(bad).message(), QStringLiteral("TicketParams expired"));
    bad.params.expirationBlock = U256(1002);
    QVERIFY(purse.refusal(bad).message().startsWith(QStringLiteral("ticket faceValue too low")));
    bad.params.faceValue = U256(800'000'000'000);
    bad.params.winProb = winProbFor(bad.params.faceValue, 8'000'000'000);
    QVERIFY(purse.refusal(bad).message().contains(QStringLiteral("unlock soon")));
    bad.view.funds->withdrawRound = 12;
    QCOMPARE(purse.refusal(bad).message(), QStringLiteral("no sender reserve"));
    bad.view.funds->reserve = 1;
    QCOMPARE(purse.refusal(bad).message(), QStringLiteral("no sender deposit"));
    bad.view.funds->deposit = 1;
    QVERIFY(purse.refusal(bad).message().contains(QStringLiteral("> max faceValue 1")));
    bad.view.funds = richFunds();
    QCOMPARE(purse.signer.count, 0);
    QCOMPARE(purse.pay(bad).tickets().size(), 1);
}

void TestPaymentsSender::payments_06_missingParamsAreTheFirstCheck()
{
    QCOMPARE(validateTicketParams(nullptr, 1, {}, {}).error().message(), QStringLiteral("ticketParams is nil"));
}

void TestPaymentsSender::payments_06_worthlessParamsCannotPay()
{
    Purse purse;
    TicketOrder worthless = order(1);
    worthless.params.faceValue = WireUint();
    worthless.params.winProb = WireUint();
    const Error refused = purse.refusal(worthless);
    QCOMPARE(refused.kind(), Error::Kind::Payment);
    QVERIFY(refused.message().contains(QStringLiteral("worth nothing")));
    QVERIFY(!refused.advice().isEmpty());
}

void TestPaymentsSender::payments_07_noncesStartAtOnePerHash()
{
    Purse purse;
    const TicketOrder first = order(3);
    const TicketOrder other = order(1);
    QCOMPARE(purse.pay(first).tickets().first().ticket.senderNonce, 1U);
    QCOMPARE(purse.pay(first).tickets().first().ticket.senderNonce, 4U);
    QCOMPARE(purse.pay(first).tickets().last().ticket.senderNonce, 9U);
    QCOMPARE(purse.pay(other).tickets().first().ticket.senderNonce, 1U);
}

void TestPaymentsSender::payments_07_unsentPaymentsDoNotGiveNoncesBack()
{
    Purse purse;
    const TicketOrder same = order(2);
    { const PreparedPayment unsent = purse.pay(same); }
    QCOMPARE(purse.pay(same).tickets().first().ticket.senderNonce, 3U);
}

void TestPaymentsSender::payments_07_noncesSurviveTheSender()
{
    Purse purse;
    const TicketOrder same = order(2);
    (void)purse.pay(same);
    TicketSender restarted(purse.signer, purse.nonces, purse.gate);
    QCOMPARE(await(restarted.prepare(same, {})).tickets().first().ticket.senderNonce, 3U);
}

void TestPaymentsSender::payments_08_morethanDoubledPriceIsRefused_data()
{
    QTest::addColumn<qint64>("perUnit");
    QTest::addColumn<qint64>("pixels");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("same") << qint64(50) << qint64(1) << true;
    QTest::newRow("twice") << qint64(100) << qint64(1) << true;
    QTest::newRow("a hair above twice") << qint64(1'000'001) << qint64(10'000) << false;
    QTest::newRow("three times") << qint64(150) << qint64(1) << false;
    QTest::newRow("twice as a fraction") << qint64(200) << qint64(2) << true;
    QTest::newRow("cheaper") << qint64(1) << qint64(1) << true;
}

void TestPaymentsSender::payments_08_morethanDoubledPriceIsRefused()
{
    QFETCH(qint64, perUnit);
    QFETCH(qint64, pixels);
    QFETCH(bool, accepted);
    Purse purse;
    TicketOrder pricey = order(1);
    pricey.price = {perUnit, pixels};
    pricey.initialPrice = PriceInfo{50, 1};
    if (accepted) {
        QCOMPARE(purse.pay(pricey).tickets().size(), 1);
        return;
    }
    const Error refused = purse.refusal(pricey);
    QCOMPARE(refused.message(), QStringLiteral("Orchestrator price has more than doubled, Orchestrator price: %1, Orchestrator initial price: 50")
                                    .arg(toText(pricey.price.asRational())));
    QCOMPARE(purse.signer.count, 0);
    QVERIFY(purse.gate.spending().reserved == 0);
}

void TestPaymentsSender::payments_08_theFirstPriceOfASessionIsRemembered()
{
    Purse purse;
    TicketOrder first = order(1);
    first.sessionId = QStringLiteral("session");
    first.price = {50, 1};
    (void)purse.pay(first);
    TicketOrder later = order(1);
    later.sessionId = first.sessionId;
    later.price = {100, 1};
    (void)purse.pay(later);
    later.price = {101, 1}; // twice the last one would be 200: the first one counts
    QCOMPARE(purse.refusal(later).kind(), Error::Kind::Payment);
    later.sessionId = QStringLiteral("another");
    (void)purse.pay(later);
    purse.sender.forgetSession(QStringLiteral("session"));
    later.sessionId = QStringLiteral("session");
    (void)purse.pay(later);
}

void TestPaymentsSender::payments_10_limitRefusesBeforeAnythingIsSigned()
{
    Purse purse({Wei(16'000'000'000), std::nullopt, std::nullopt});
    const TicketOrder tooMuch = order(3);
    QCOMPARE(purse.refusal(tooMuch).kind(), Error::Kind::SpendLimit);
    QCOMPARE(purse.signer.count, 0);
    QCOMPARE(await(purse.nonces.take(tooMuch.params.recipientRandHash, 1)), 1U);
    TicketOrder ownLimit = order(2);
    ownLimit.callLimit = Wei(15'999'999'999);
    QCOMPARE(purse.refusal(ownLimit).kind(), Error::Kind::SpendLimit);
    QCOMPARE(purse.pay(order(2)).tickets().size(), 2); // exactly the limit
}

void TestPaymentsSender::payments_10_droppedGivesBackSentDoesNot()
{
    Purse purse({std::nullopt, Wei(16'000'000'000), std::nullopt});
    {
        const PreparedPayment unsent = purse.pay(order(2));
        QVERIFY(purse.gate.spending().reserved == 16'000'000'000);
        QCOMPARE(purse.refusal(order(1)).kind(), Error::Kind::SpendLimit);
    }
    QVERIFY(purse.gate.spending().reserved == 0);
    {
        PreparedPayment sent = purse.pay(order(1));
        sent.markSent();
    }
    QVERIFY(purse.gate.spending().session == 8'000'000'000);
    QVERIFY(purse.gate.spending().today == 8'000'000'000);
    QCOMPARE(purse.refusal(order(2)).kind(), Error::Kind::SpendLimit);
}

void TestPaymentsSender::payments_10_cancelledWhileSigningGivesBack()
{
    Purse purse;
    CancelSource cancel;
    CallContext context;
    context.cancel = cancel.token();
    purse.signer.onSign = [&] { cancel.cancel(); };
    QCOMPARE(purse.refusal(order(5), context).kind(), Error::Kind::Canceled);
    QCOMPARE(purse.signer.count, 1);
    QVERIFY(purse.gate.spending().reserved == 0 && purse.gate.spending().today == 0);
}

void TestPaymentsSender::payments_10_failedSignerGivesBack()
{
    Purse purse;
    purse.signer.onSign = [] { throw Error(Error::Kind::Signer, QStringLiteral("The signer hung up.")); };
    QCOMPARE(purse.refusal(order(1)).kind(), Error::Kind::Signer);
    QVERIFY(purse.gate.spending().reserved == 0 && purse.gate.spending().session == 0);
}

void TestPaymentsSender::byoc_22_neverMoreThan600PerHash()
{
    Purse purse;
    TicketOrder many = order(10'000);
    many.minimum = Rational(8'000'000'000) * 600;
    const PreparedPayment payment = purse.pay(many);
    QCOMPARE(payment.tickets().size(), 600);
    QVERIFY(payment.header().size() < 64 * 1024);
    const Error refused = purse.refusal(many);
    QVERIFY2(refused.message().contains(QStringLiteral("600")), qPrintable(refused.message()));
    QCOMPARE(purse.signer.count, 600);
}

void TestPaymentsSender::byoc_22_coveredNeedsNothing()
{
    Purse purse;
    for (const int missing : {0, -5}) {
        TicketOrder covered = order(missing);
        covered.params = {}; // not even looked at
        const PreparedPayment payment = purse.pay(covered);
        QVERIFY(payment.isEmpty());
        QVERIFY(payment.header().isEmpty());
    }
    QCOMPARE(purse.signer.count, 0);
}

void TestPaymentsSender::byoc_22_refusesWhat600TicketsCannotCover()
{
    Purse purse;
    TicketOrder many = order(10'000);
    many.minimum = Rational(8'000'000'000) * 601;
    const Error refused = purse.refusal(many);
    QCOMPARE(refused.kind(), Error::Kind::Payment);
    QVERIFY2(refused.message().contains(QStringLiteral("601 tickets")), qPrintable(refused.message()));
    QCOMPARE(purse.signer.count, 0);
}

void TestPaymentsSender::byoc_23_headerRepeatsWhatWasIssued()
{
    Purse purse;
    TicketOrder padded = order(1);
    padded.params.faceValue = *WireUint::fromBytes(toBytes32(padded.params.faceValue));
    padded.price = {200'000'000, 2};
    const auto payment = parsePaymentHeader(purse.pay(padded).header());
    QVERIFY(payment);
    QCOMPARE(payment->ticketParams, std::optional(padded.params));
    QCOMPARE(payment->expirationParams, padded.params.expirationParams);
    QCOMPARE(payment->expectedPrice, std::optional(padded.price));
    QCOMPARE(payment->sender, std::optional(purse.signer.address()));
}

void TestPaymentsSender::ticketsVerifyAsTheRecipientReadsThem()
{
    Purse purse;
    const PreparedPayment prepared = purse.pay(order(2));
    const WirePayment payment = *parsePaymentHeader(prepared.header());
    QCOMPARE(payment.tickets.size(), prepared.tickets().size());
    Rational total;
    for (qsizetype i = 0; i < payment.tickets.size(); ++i) {
        const Ticket ticket = Ticket::make(*payment.ticketParams, *payment.expirationParams, *payment.sender, payment.tickets[i].senderNonce);
        QCOMPARE(ticket.hash(), prepared.tickets()[i].hash);
        QVERIFY(verify(*payment.sender, ticket.hash().bytes(), payment.tickets[i].signature));
        total += ticket.expectedValue();
    }
    QVERIFY(total == prepared.totalEv());
}

void TestPaymentsSender::absentExpirationIsSentAsZero()
{
    Purse purse;
    TicketOrder bare = order(1);
    bare.params.expirationParams.reset();
    const WirePayment payment = *parsePaymentHeader(purse.pay(bare).header());
    QVERIFY(!payment.ticketParams->expirationParams);
    QCOMPARE(payment.expirationParams, std::optional(ExpirationParams()));
}

void TestPaymentsSender::badPriceIsRefused()
{
    Purse purse;
    for (const PriceInfo &price : {PriceInfo{1, 0}, PriceInfo{-1, 1}, PriceInfo{1, -1}}) {
        TicketOrder bad = order(1);
        bad.price = price;
        QCOMPARE(purse.refusal(bad).kind(), Error::Kind::Payment);
    }
}

QTEST_GUILESS_MAIN(TestPaymentsSender)
#include "tst_payments_sender.moc"
