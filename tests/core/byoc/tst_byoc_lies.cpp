#include "client_fixture_p.h"

#include "peers/moved_clock.h"

#include "sluice/backend/user_data.h"
#include "sluice/net/self_signed.h"
#include "sluice/payments/asked_price.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::byoc;
using sluice::test::ScriptedOrchestrator;

namespace {

const QByteArray Insufficient = "Insufficient balance for request";
const QByteArray Expired = "Could not process payment err=TicketParams expired";

/// A client whose time goes on only when a test says so.
struct SlowFixture {
    /// `stored`: what is paid ahead stands in the user's database.
    explicit SlowFixture(bool stored = false)
        : data(stored ? UserData::inMemory(clock) : nullptr)
    {
    }
    test::MovedClock clock;
    std::shared_ptr<UserData> data;
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    LocalSigner signer{PrivateKey::generate()};
    MemoryNonceStore nonces;
    MemorySpendBook book;
    SpendLimits limits{{}, book};
    TicketSender sender{signer, nonces, limits, {}, PaidAhead::make(data ? &data->paidAhead(QStringLiteral("purse")) : nullptr, clock)};
    std::shared_ptr<PaymentObserver> observer = std::make_shared<PaymentObserver>();
    Client client{http, &sender, withArrival(std::chrono::milliseconds(0))};

    static Client::Options withArrival(std::chrono::milliseconds arrival)
    {
        Client::Options options;
        options.paymentArrival = arrival;
        return options;
    }

    Expected<JobAnswer> submit(const Job &job, const QList<QUrl> &orchestrators)
    {
        return test::outcomeOf(client.submit(job, orchestrators, observer, CallContext()));
    }
};

/// Payments of different tickets among those jobs: one that is posted twice is one.
QSet<QByteArray> paymentsIn(const QList<ScriptedOrchestrator::Seen> &jobs)
{
    QSet<QByteArray> payments;
    for (const ScriptedOrchestrator::Seen &seen : jobs) {
        if (seen.payment)
            payments.insert(paymentHeader(*seen.payment));
    }
    return payments;
}

Rational paidIn(const QList<ScriptedOrchestrator::Seen> &jobs)
{
    Rational paid;
    for (const QByteArray &header : paymentsIn(jobs)) {
        const WirePayment payment = orThrow(parsePaymentHeader(header));
        paid += payment.ticketParams->expectedValue() * payment.tickets.size();
    }
    return paid;
}

} // namespace

/// What a dishonest orchestrator tries, and what it gets.
class ByocLiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDearerTokenIsAskedForAndNotPaid_data();
    void aDearerTokenIsAskedForAndNotPaid();
    void aTokenThatGetsDearerAfterARefusalIsNotPaid();
    void theCheaperOfTwoOrchestratorsServes();
    void ofSeveralThatAreTooDearTheCheapestIsNamed();
    void alternatingRefusalsGetTwoPayments_data();
    void alternatingRefusalsGetTwoPayments();
    void anUnencryptedServiceAddressOfAnEncryptedOrchestratorGetsNothing();
    void aForeignServiceAddressGetsNothing_data();
    void aForeignServiceAddressGetsNothing();
    void aHostMetEncryptedIsNotUsedUnencrypted();
    void aTicketThatWouldEmptyTheDepositIsNotSigned();
    void whatIsPaidAheadAlreadyServesTheNextJob();
    void whatAnotherProgramHasJustPaidIsWaitedFor();
    void payments_10_twoMinutesAheadWhateverIsSaid();
    void aNodeThatForgotIsPaidAgainTenMinutesAfterTheLastPayment_data();
    void aNodeThatForgotIsPaidAgainTenMinutesAfterTheLastPayment();
    void payments_10_whoAlwaysSaysNothingIsThereGetsTwoMinutesInTen_data();
    void payments_10_whoAlwaysSaysNothingIsThereGetsTwoMinutesInTen();
};

void ByocLiesTest::aDearerTokenIsAskedForAndNotPaid_data()
{
    QTest::addColumn<QString>("accepted");
    QTest::addColumn<qint64>("asked");
    QTest::addColumn<qint64>("balance");
    QTest::addColumn<bool>("paid");
    QTest::newRow("1 wei was shown") << "1" << 20'000'000'000'000LL << 0LL << false;
    QTest::newRow("one wei more") << "100000000" << 100'000'001LL << 0LL << false;
    QTest::newRow("a fraction of a wei more") << "299999999/3" << 100'000'000LL << 0LL << false;
    QTest::newRow("free was shown") << "0" << 1LL << 0LL << false;
    QTest::newRow("covered by a balance") << "1" << 2LL << 1'000'000'000LL << false;
    QTest::newRow("the very price") << "100000000" << 100'000'000LL << 0LL << true;
    QTest::newRow("cheaper") << "100000000" << 99'999'999LL << 0LL << true;
}

void ByocLiesTest::aDearerTokenIsAskedForAndNotPaid()
{
    QFETCH(QString, accepted);
    QFETCH(qint64, asked);
    QFETCH(qint64, balance);
    QFETCH(bool, paid);
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(asked);
    orchestrator.setBalance(balance);
    SlowFixture fixture;
    Job job = textJob();
    job.acceptedPrice = orThrow(rationalFromText(accepted));
    const auto answer = fixture.submit(job, {orchestrator.url()});
    QCOMPARE(answer.hasValue(), paid);
    QCOMPARE(orchestrator.jobs().size(), paid ? 1 : 0);
    if (paid)
        return;
    QCOMPARE(answer.error().kind(), Error::Kind::PriceExceeded);
    QCOMPARE(askedPrice(answer.error()), std::optional<Rational>(Rational(Wei(asked))));
    QVERIFY(answer.error().message().contains(QString::number(asked)));
    QVERIFY(answer.error().message().contains(accepted));
    QVERIFY(!answer.error().advice().isEmpty());
    QVERIFY(!answer.error().paymentSent());
    QCOMPARE(fixture.observer->prepared, 0);
    QCOMPARE(fixture.limits.spending().today, Wei(0));
    // The new price accepted, it goes through.
    job.acceptedPrice = askedPrice(answer.error());
    if (asked < 80'000'000'000)
        QVERIFY(fixture.submit(job, {orchestrator.url()}));
}

void ByocLiesTest::aTokenThatGetsDearerAfterARefusalIsNotPaid()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    int tokens = 0;
    orchestrator.onToken([&] {
        if (++tokens == 2)
            orchestrator.setPrice(Price + 1);
    });
    orchestrator.then(ScriptedOrchestrator::text(400, Insufficient));
    SlowFixture fixture;
    Job job = textJob();
    job.acceptedPrice = Rational(Wei(Price));
    const auto answer = fixture.submit(job, {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::PriceExceeded);
    QVERIFY(answer.error().paymentSent()); // the first one
    QCOMPARE(paymentsIn(orchestrator.jobs()).size(), 1);
}

void ByocLiesTest::theCheaperOfTwoOrchestratorsServes()
{
    ScriptedOrchestrator dear;
    dear.setPrice(2 * Price);
    ScriptedOrchestrator cheap;
    cheap.setPrice(Price);
    SlowFixture fixture;
    Job job = textJob();
    job.acceptedPrice = Rational(Wei(Price));
    QVERIFY(fixture.submit(job, {dear.url(), cheap.url()}));
    QCOMPARE(dear.jobs().size(), 0);
    QCOMPARE(cheap.jobs().size(), 1);
}

void ByocLiesTest::ofSeveralThatAreTooDearTheCheapestIsNamed()
{
    ScriptedOrchestrator one;
    one.setPrice(3 * Price);
    ScriptedOrchestrator other;
    other.setPrice(2 * Price);
    SlowFixture fixture;
    Job job = textJob();
    job.acceptedPrice = Rational(Wei(Price));
    const auto answer = fixture.submit(job, {one.url(), other.url()});
    QVERIFY(!answer);
    QCOMPARE(askedPrice(answer.error()), std::optional<Rational>(Rational(Wei(2 * Price))));
    QCOMPARE(answer.error().rejections().size(), 2);
}

void ByocLiesTest::alternatingRefusalsGetTwoPayments_data()
{
    QTest::addColumn<QList<QByteArray>>("refusals");
    QTest::newRow("short, expired, short") << QList<QByteArray>{Insufficient, Expired, Insufficient, Expired};
    QTest::newRow("expired, short, expired") << QList<QByteArray>{Expired, Insufficient, Expired, Insufficient};
    QTest::newRow("with the other signature") << QList<QByteArray>{"Could not verify job creds", Insufficient, Expired, "Could not verify job creds"};
    QTest::newRow("short for ever") << QList<QByteArray>{Insufficient, Insufficient, Insufficient};
}

void ByocLiesTest::alternatingRefusalsGetTwoPayments()
{
    QFETCH(QList<QByteArray>, refusals);
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(1'000'000'000);
    for (const QByteArray &refusal : refusals)
        orchestrator.then(ScriptedOrchestrator::text(400, refusal));
    SlowFixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(paymentsIn(orchestrator.jobs()).size(), 2);
}

void ByocLiesTest::anUnencryptedServiceAddressOfAnEncryptedOrchestratorGetsNothing()
{
    ScriptedOrchestrator clear;
    ScriptedOrchestrator orchestrator(orThrow(makeSelfSigned(QStringLiteral("127.0.0.1"))));
    orchestrator.setPrice(Price);
    orchestrator.setServiceAddress(clear.url().toString());
    SlowFixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Protocol);
    QVERIFY2(answer.error().message().contains(QStringLiteral("not encrypted")), qPrintable(answer.error().message()));
    QCOMPARE(clear.requestCount(), 0);
    QCOMPARE(fixture.observer->prepared, 0);
    // Not even where the person named that address as well.
    QVERIFY(!fixture.submit(textJob(), {orchestrator.url(), QUrl(QStringLiteral("http://127.0.0.1:1"))}));
    QCOMPARE(clear.requestCount(), 0);
}

void ByocLiesTest::aForeignServiceAddressGetsNothing_data()
{
    QTest::addColumn<QString>("service");
    for (const char *service : {"http://192.0.2.1:8935", "https://evil.example:8935", "http://169.254.169.254", "https://localhost.evil.example"})
        QTest::newRow(service) << QString::fromLatin1(service);
}

void ByocLiesTest::aForeignServiceAddressGetsNothing()
{
    QFETCH(QString, service);
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.setServiceAddress(service);
    SlowFixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Protocol);
    QVERIFY(answer.error().message().contains(service));
    QCOMPARE(fixture.observer->prepared, 0);
}

void ByocLiesTest::aHostMetEncryptedIsNotUsedUnencrypted()
{
    ScriptedOrchestrator orchestrator;
    SlowFixture fixture;
    fixture.pins.save(TlsTrust::hostPort(orchestrator.url()), QString(64, QLatin1Char('a')));
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QVERIFY2(answer.error().message().contains(QStringLiteral("encrypted before")), qPrintable(answer.error().message()));
    QCOMPARE(orchestrator.requestCount(), 0);
}

void ByocLiesTest::aTicketThatWouldEmptyTheDepositIsNotSigned()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setTokenAnswer([&](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        TicketParams params = test::exampleTicketParams(7);
        const Wei face = pow(Wei(10), 24);
        params.faceValue = WireUint(U256(face));
        params.winProb = WireUint(U256(Wei(Wei(8'000'000'000) * pow(Wei(2), 256) / face)));
        Json token{{QStringLiteral("ticket_params"), params.toJson()}, {QStringLiteral("price"), priceToJson(PriceInfo{Price, 1})},
            {QStringLiteral("service_addr"), orchestrator.url().toString()}, {QStringLiteral("available_capacity"), 1}};
        const QByteArray body = token.dump();
        co_await ScriptedOrchestrator::json(200, body)(ServerRequest(), response);
    });
    SlowFixture fixture;
    fixture.book.setLimits(PurseLimits::defaults());
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::SpendLimit);
    QVERIFY2(answer.error().message().contains(QStringLiteral("winning ticket")), qPrintable(answer.error().message()));
    QCOMPARE(fixture.observer->prepared, 0);
    QCOMPARE(orchestrator.jobs().size(), 0);
}

void ByocLiesTest::whatIsPaidAheadAlreadyServesTheNextJob()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    SlowFixture fixture;
    QVERIFY(fixture.submit(textJob(std::chrono::seconds(120)), {orchestrator.url()}));
    const int prepared = fixture.observer->prepared;
    // More would be welcome, but the minute that is demanded is there, and two are paid ahead.
    orchestrator.setBalance(100 * Price);
    const auto answer = fixture.submit(textJob(std::chrono::seconds(120)), {orchestrator.url()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().describe()));
    QCOMPARE(fixture.observer->prepared, prepared);
}

/// Programs with one key share the count: the other one's payment is signed, and on its way when this one asks for a token.
void ByocLiesTest::whatAnotherProgramHasJustPaidIsWaitedFor()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    SlowFixture fixture;
    QVERIFY(fixture.submit(textJob(std::chrono::seconds(120)), {orchestrator.url()}));
    const int prepared = fixture.observer->prepared;
    std::atomic<int> tokens = 0;
    orchestrator.onToken([&] {
        if (++tokens == 2)
            orchestrator.setBalance(100 * Price);
    });
    Client patient(fixture.http, &fixture.sender, SlowFixture::withArrival(std::chrono::milliseconds(1)));
    const auto answer = test::outcomeOf(patient.submit(textJob(), {orchestrator.url()}, fixture.observer, CallContext()));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().describe()));
    QCOMPARE(tokens.load(), 2);
    QCOMPARE(fixture.observer->prepared, prepared);
}

/// Random refusals, balances, prices and times, call after call at one orchestrator.
void ByocLiesTest::payments_10_twoMinutesAheadWhateverIsSaid()
{
    QRandomGenerator random(20261129);
    const QList<QByteArray> refusals{Insufficient, Expired, "Could not verify job creds", "invalid ticket sender", "anything"};
    for (int history = 0; history < 60; ++history) {
        ScriptedOrchestrator orchestrator;
        const qint64 price = 1LL << random.bounded(20, 36);
        orchestrator.setPrice(price);
        SlowFixture fixture;
        const Rational ticket = test::exampleTicketParams(1).expectedValue();
        const Rational coarse = Rational(Wei(price) * 83) + ticket;
        // Where tickets are fine, each minute is rounded up to whole ones.
        const Rational minute = ticket * ticketsToCover(Rational(Wei(price) * 60), ticket);
        const Rational most = ticket <= Rational(Wei(price) * 10) ? Rational(minute * 2) : std::max(Rational(Wei(price) * 120), coarse);
        qint64 elapsed = 0;
        for (int call = 0; call < 8; ++call) {
            for (int i = random.bounded(4); i > 0; --i)
                orchestrator.then(ScriptedOrchestrator::text(random.bounded(2) ? 400 : 402, refusals[random.bounded(refusals.size())]));
            const qint64 lie = random.bounded(3) == 0 ? -(1LL << random.bounded(50)) : 0;
            orchestrator.setBalance(lie);
            const qsizetype before = orchestrator.jobs().size();
            {
                const auto answer = fixture.submit(textJob(std::chrono::seconds(random.bounded(1, 600))), {orchestrator.url()});
                const int seconds = random.bounded(1, 20);
                fixture.clock.advance(std::chrono::seconds(seconds));
                elapsed += seconds;
            }
            const auto jobs = orchestrator.jobs();
            QVERIFY(paymentsIn(jobs.mid(before)).size() <= 2);
            const Rational bound = most + Rational(Wei(price) * (elapsed + call + 1));
            QVERIFY2(paidIn(jobs) <= bound, qPrintable(QStringLiteral("history %1, call %2: %3 > %4")
                                                           .arg(history).arg(call).arg(toText(paidIn(jobs)), toText(bound))));
        }
    }
}

void ByocLiesTest::aNodeThatForgotIsPaidAgainTenMinutesAfterTheLastPayment_data()
{
    QTest::addColumn<bool>("stored");
    QTest::newRow("kept by itself") << false;
    QTest::newRow("kept in the user's data") << true;
}

/// Uses that touch no balance at the node (streams that end before the first debit) touch the client's count, and must not keep it alive.
void ByocLiesTest::aNodeThatForgotIsPaidAgainTenMinutesAfterTheLastPayment()
{
    QFETCH(bool, stored);
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    SlowFixture fixture(stored);
    const auto call = [&] { return fixture.submit(textJob(std::chrono::seconds(120)), {orchestrator.url()}); };
    QVERIFY(call()); // pays two minutes
    const int paid = fixture.observer->settledSent;
    QCOMPARE(paid, 2);
    orchestrator.setBalance(160 * Price);
    for (int i = 0; i < 4; ++i) {
        fixture.clock.advance(std::chrono::minutes(2));
        QVERIFY(call());
    }
    orchestrator.setBalance(0);
    fixture.clock.advance(std::chrono::seconds(120)); // ten minutes sharp: an honest node cannot have forgotten yet
    const auto early = call();
    QVERIFY(!early);
    QCOMPARE(early.error().kind(), Error::Kind::InsufficientBalance);
    QCOMPARE(fixture.observer->settledSent, paid);
    fixture.clock.advance(std::chrono::seconds(1));
    const auto again = call();
    QVERIFY2(again, again ? "" : qPrintable(again.error().describe()));
    QCOMPARE(fixture.observer->settledSent, 2 * paid);
    // And that it says so once more helps it nothing.
    const auto greedy = call();
    QVERIFY(!greedy);
    QCOMPARE(greedy.error().kind(), Error::Kind::InsufficientBalance);
    QCOMPARE(fixture.observer->settledSent, 2 * paid);
}

void ByocLiesTest::payments_10_whoAlwaysSaysNothingIsThereGetsTwoMinutesInTen_data()
{
    aNodeThatForgotIsPaidAgainTenMinutesAfterTheLastPayment_data();
}

void ByocLiesTest::payments_10_whoAlwaysSaysNothingIsThereGetsTwoMinutesInTen()
{
    QFETCH(bool, stored);
    QRandomGenerator random(20261130);
    for (int history = 0; history < 4; ++history) {
        ScriptedOrchestrator orchestrator;
        orchestrator.setPrice(Price);
        SlowFixture fixture(stored);
        const Rational most = mostPaidAhead(PriceInfo{Price, 1}, 1, test::exampleTicketParams(1).expectedValue());
        qint64 elapsed = 0;
        qint64 used = 0;
        int refused = 0;
        while (elapsed < 2 * 60 * 60) {
            {
                const auto answer = fixture.submit(textJob(std::chrono::seconds(random.bounded(1, 200))), {orchestrator.url()});
                const int seconds = random.bounded(0, 4);
                fixture.clock.advance(std::chrono::seconds(seconds));
                elapsed += seconds;
                used += answer ? std::max(1, seconds) : 0;
                refused += answer ? 0 : 1;
            }
            const Rational bound = most * Wei(1 + elapsed / 600) + Rational(Wei(Price) * used);
            const Rational paid = paidIn(orchestrator.jobs());
            QVERIFY2(paid <= bound, qPrintable(QStringLiteral("history %1, %2 s: %3 > %4").arg(history).arg(elapsed).arg(toText(paid), toText(bound))));
            const int rest = random.bounded(1, 90);
            fixture.clock.advance(std::chrono::seconds(rest));
            elapsed += rest;
        }
        QVERIFY(refused > 0);
        // Nobody is locked out for good either: it was paid in most of the twelve times ten minutes.
        QVERIFY(paidIn(orchestrator.jobs()) >= most * Wei(6) / 2);
    }
}

QTEST_GUILESS_MAIN(ByocLiesTest)
#include "tst_byoc_lies.moc"
