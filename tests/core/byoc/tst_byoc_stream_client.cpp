#include "payment_observer_p.h"

#include "peers/live_orchestrator.h"
#include "peers/moved_clock.h"
#include "peers/outcome.h"

#include "sluice/byoc/stream_client.h"
#include "sluice/payments/asked_price.h"
#include "sluice/payments/ticket_sender.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::byoc;
using sluice::test::LiveOrchestrator;
using sluice::test::ScriptedOrchestrator;

namespace {

constexpr qint64 Price = 100'000'000; // a ticket is worth 80 s

struct Fixture {
    explicit Fixture(StreamJob job = videoJob(), SpendLimits::Limits bounds = {})
        : limits(bounds, book)
        , stream(client, job, observer)
    {
    }
    static StreamJob videoJob()
    {
        StreamJob job;
        job.capability = QStringLiteral("video-filter");
        job.videoIngress = true;
        job.videoEgress = true;
        job.params = Json{{QStringLiteral("filter"), "edges"}};
        job.callId = QStringLiteral("call-1");
        return job;
    }
    Expected<StreamStarted> start(const QList<QUrl> &orchestrators) { return test::outcomeOf(stream.start(orchestrators, CallContext())); }
    Expected<StreamFunds> pay() { return test::outcomeOf(stream.pay(CallContext())); }
    std::optional<Error> stop()
    {
        return failureOf(stream.stop(CallContext()));
    }
    static std::optional<Error> failureOf(QCoro::Task<void> task)
    {
        const auto outcome = test::outcomeOf(succeeded(std::move(task)));
        return outcome ? std::nullopt : std::optional(outcome.error());
    }
    static QCoro::Task<bool> succeeded(QCoro::Task<void> task)
    {
        co_await task;
        co_return true;
    }

    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    LocalSigner signer{orThrow(PrivateKey::fromHex("ba529e3f18b52b332045f67cce0a523a676fe131b65ebb7bdded6ffbdbb0cd36"))};
    MemoryNonceStore nonces;
    MemorySpendBook book;
    SpendLimits limits;
    test::MovedClock clock;
    TicketSender sender{signer, nonces, limits, {}, PaidAhead::make(nullptr, clock)};
    std::shared_ptr<PaymentObserver> observer = std::make_shared<PaymentObserver>();
    Client client{http, &sender, {}};
    StreamClient stream;
};

} // namespace

class ByocStreamClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_38_startAsksForItsChannelsAndTakesTheirAddresses();
    void byoc_38_aRefusalIsOneEvenWithAddresses_data();
    void byoc_38_aRefusalIsOneEvenWithAddresses();
    void byoc_38_aMissingChannelIsAnError();
    void relativeAddressesLieAtTheOrchestrator();
    void anUnreachableHostGivesWayToTheOrchestrators();
    void byoc_41_startPaysBeyondTheFirstDebit();
    void byoc_41_sixtySecondsStayAhead_data();
    void byoc_41_sixtySecondsStayAhead();
    void byoc_41_aLostAnswerIsPaidNeitherTwiceNorNever();
    void paymentsAtTheSameTimePayOnce();
    void aLimitIsToldAndNotPassed();
    void aRefusedPaymentIsMadeWithANewToken();
    void updateTopsUpWhenTheBalanceIsTooLow();
    void updateSaysWhatTheWorkerSaid();
    void aServerThatAlwaysSaysNothingIsLeftGetsWhatTheTimeJustifies_data();
    void aServerThatAlwaysSaysNothingIsLeftGetsWhatTheTimeJustifies();
    void aRenewalAboveTheAcceptedPriceIsNotPaid();
    void channelsLieAtTheOrchestratorWhateverItSays_data();
    void channelsLieAtTheOrchestratorWhateverItSays();
    void byoc_42_stopPaysNothingAndIsHarmlessTwice();
    void byoc_42_aStartWhoseAnswerWasLostIsStopped();
    void theOtherSignatureFormatIsTried();
    void unusableStreamIdsAreRefused();
};

void ByocStreamClientTest::byoc_38_startAsksForItsChannelsAndTakesTheirAddresses()
{
    LiveOrchestrator orchestrator;
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    const JobHeader header = orchestrator.startHeader();
    QCOMPARE(header.id, started->streamId);
    QVERIFY(header.id.size() >= 32); // 128 bits
    const Json request = orThrow(Json::parse(header.request.toUtf8()));
    QCOMPARE(request.value(QStringLiteral("stream_id")).toString(), header.id);
    const Json flags = orThrow(Json::parse(header.parameters.toUtf8()));
    QVERIFY(flags.value(QStringLiteral("enable_video_ingress")).toBool());
    QVERIFY(flags.value(QStringLiteral("enable_video_egress")).toBool());
    QVERIFY(!flags.value(QStringLiteral("enable_data_output")).toBool(true));
    QCOMPARE(orchestrator.lastBody("start"), QByteArray(R"({"params":{"filter":"edges"}})"));
    const QString base = orchestrator.url().toString() + QStringLiteral("/ai/trickle/") + header.id;
    QCOMPARE(started->channels.publish.toString(), base);
    QCOMPARE(started->channels.subscribe.toString(), base + QStringLiteral("-out"));
    QCOMPARE(started->channels.control.toString(), base + QStringLiteral("-control"));
    QCOMPARE(started->channels.events.toString(), base + QStringLiteral("-events"));
    QVERIFY(started->channels.data.isEmpty());
}

void ByocStreamClientTest::byoc_38_aRefusalIsOneEvenWithAddresses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("said");
    QTest::newRow("worker") << 422 << QByteArray(R"({"error":"no such filter"})") << QStringLiteral("no such filter");
    QTest::newRow("worker failed") << 500 << QByteArray("Error sending request to worker") << QStringLiteral("Error sending request");
    QTest::newRow("unknown") << 400 << QByteArray("No capacity available for capability") << QStringLiteral("No capacity available");
}

void ByocStreamClientTest::byoc_38_aRefusalIsOneEvenWithAddresses()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, said);
    LiveOrchestrator orchestrator;
    const QByteArray base = orchestrator.url().toString().toLatin1() + "/ai/trickle/x";
    orchestrator.answerNext("start",
        ScriptedOrchestrator::plain(status, {{header::PublishUrl, base}, {header::SubscribeUrl, base + "-out"}}, body));
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(!started);
    QCOMPARE(started.error().httpStatus(), status);
    QVERIFY2(started.error().message().contains(said), qPrintable(started.error().message()));
    QVERIFY(!fixture.stop());
    QCOMPARE(orchestrator.count(QStringLiteral("stop")), 0); // nothing runs
}

void ByocStreamClientTest::byoc_38_aMissingChannelIsAnError()
{
    LiveOrchestrator orchestrator;
    orchestrator.setHeader(header::SubscribeUrl, QByteArray());
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(!started);
    QCOMPARE(started.error().kind(), Error::Kind::Protocol);
    QVERIFY(!fixture.stop());
    QCOMPARE(orchestrator.count(QStringLiteral("stop")), 1); // the job runs and is of no use
}

void ByocStreamClientTest::relativeAddressesLieAtTheOrchestrator()
{
    LiveOrchestrator orchestrator;
    orchestrator.setHeader(header::SubscribeUrl, "/ai/trickle/other-out");
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(started);
    QCOMPARE(started->channels.subscribe.toString(), orchestrator.url().toString() + QStringLiteral("/ai/trickle/other-out"));
}

void ByocStreamClientTest::anUnreachableHostGivesWayToTheOrchestrators()
{
    LiveOrchestrator orchestrator;
    orchestrator.setHeader(header::SubscribeUrl, "http://127.0.0.1:1/ai/trickle/abc-out");
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(started);
    QCOMPARE(started->channels.subscribe.toString(), orchestrator.url().toString() + QStringLiteral("/ai/trickle/abc-out"));
}

void ByocStreamClientTest::byoc_41_startPaysBeyondTheFirstDebit()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(started);
    QVERIFY(started->paid);
    QCOMPARE(orchestrator.tickets().size(), 1); // 80 s, where 60 are demanded
    QCOMPARE(fixture.observer->prepared, 1);
    QCOMPARE(fixture.observer->settledSent, 1);
}

void ByocStreamClientTest::byoc_41_sixtySecondsStayAhead_data()
{
    QTest::addColumn<qint64>("price");
    QTest::newRow("free") << qint64(0);
    QTest::newRow("one wei") << qint64(1);
    QTest::newRow("a ticket for a day") << qint64(100'000);
    QTest::newRow("a ticket for 80 s") << Price;
    QTest::newRow("odd") << qint64(133'333'333);
    QTest::newRow("a ticket for a second") << qint64(8'000'000'000);
    QTest::newRow("ten tickets for a second") << qint64(79'999'999'999);
}

void ByocStreamClientTest::byoc_41_sixtySecondsStayAhead()
{
    QFETCH(qint64, price);
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    for (int round = 0; round < 12; ++round) {
        // A look comes at least as often as a debit, and once more when it filled up less than wanted.
        auto funds = fixture.pay();
        QVERIFY2(funds, funds ? "" : qPrintable(funds.error().describe()));
        while (funds->next < std::chrono::milliseconds(20'000))
            funds = fixture.pay();
        QVERIFY(!funds->refused);
        orchestrator.debit(StreamClient::DebitSeconds);
        fixture.clock.advance(std::chrono::seconds(StreamClient::DebitSeconds));
        QVERIFY2(orchestrator.balance() >= 60 * price, QByteArray::number(orchestrator.balance()).constData());
    }
    // And never much more than what is needed: the target, and what the last ticket is above it.
    QVERIFY(orchestrator.balance() <= MostSecondsAhead * price + 8'000'000'000);
    QCOMPARE(orchestrator.count(QStringLiteral("payment")) == 0, price <= 100'000);
}

void ByocStreamClientTest::byoc_41_aLostAnswerIsPaidNeitherTwiceNorNever()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    orchestrator.setBalance(70 * Price);
    fixture.clock.advance(std::chrono::seconds(90));
    orchestrator.answerNext("payment", ScriptedOrchestrator::drop());
    const auto lost = fixture.pay();
    QVERIFY(!lost);
    QVERIFY(lost.error().paymentSent());
    QCOMPARE(fixture.observer->settledSent, fixture.observer->prepared);
    // It had been taken: the next look finds enough.
    orchestrator.setBalance(150 * Price);
    const auto enough = fixture.pay();
    QVERIFY(enough && !enough->paid);
    // It had not: what is missing is paid, with new tickets, as far as it is not paid ahead by this client's own count.
    orchestrator.setBalance(70 * Price);
    const auto early = fixture.pay();
    QVERIFY(early && early->paid);
    orchestrator.setBalance(50 * Price);
    const auto later = fixture.pay();
    QVERIFY(later && !later->paid);
    QVERIFY(later->disputedSeconds && *later->disputedSeconds > 120);
    fixture.clock.advance(std::chrono::seconds(80));
    const auto again = fixture.pay();
    QVERIFY(again && again->paid);
    QStringList tickets = orchestrator.tickets();
    QCOMPARE(tickets.removeDuplicates(), 0);
}

void ByocStreamClientTest::paymentsAtTheSameTimePayOnce()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    orchestrator.setBalance(70 * Price);
    fixture.clock.advance(std::chrono::seconds(90));
    auto first = fixture.stream.pay(CallContext());
    auto second = fixture.stream.pay(CallContext());
    const auto one = test::outcomeOf(std::move(first));
    const auto other = test::outcomeOf(std::move(second));
    QVERIFY(one && other);
    QCOMPARE(int(one->paid) + int(other->paid), 1);
}

void ByocStreamClientTest::aLimitIsToldAndNotPassed()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    StreamJob job = Fixture::videoJob();
    job.maxSpend = Wei(8'000'000'000);
    Fixture fixture(job);
    QVERIFY(fixture.start({orchestrator.url()}));
    QCOMPARE(orchestrator.tickets().size(), 1); // 80 s are enough to begin with
    const auto funds = fixture.pay();
    QVERIFY(funds);
    QVERIFY(funds->refused);
    QCOMPARE(funds->refused->kind(), Error::Kind::SpendLimit);
    QCOMPARE(funds->secondsAhead, 79);
    QCOMPARE(orchestrator.tickets().size(), 1);
}

void ByocStreamClientTest::aRefusedPaymentIsMadeWithANewToken()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    orchestrator.setBalance(70 * Price);
    fixture.clock.advance(std::chrono::seconds(90));
    orchestrator.answerNext("payment", ScriptedOrchestrator::text(400, "Failed to process payment, request not valid err=TicketParams expired"));
    const auto tokens = orchestrator.count(QStringLiteral("token"));
    const auto funds = fixture.pay();
    QVERIFY(funds && funds->paid);
    QCOMPARE(orchestrator.count(QStringLiteral("token")), tokens + 2);
}

void ByocStreamClientTest::updateTopsUpWhenTheBalanceIsTooLow()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    orchestrator.setBalance(30 * Price);
    fixture.clock.advance(std::chrono::seconds(130));
    const auto done = test::outcomeOf(fixture.stream.update(Json{{QStringLiteral("filter"), "grey"}}, CallContext()));
    QVERIFY2(done, done ? "" : qPrintable(done.error().describe()));
    QCOMPARE(orchestrator.lastBody("update"), QByteArray(R"({"filter":"grey"})"));
    QCOMPARE(orchestrator.count(QStringLiteral("payment ")), 1);
    QCOMPARE(orchestrator.count(QStringLiteral("update")), 2);
}

void ByocStreamClientTest::aServerThatAlwaysSaysNothingIsLeftGetsWhatTheTimeJustifies_data()
{
    byoc_41_sixtySecondsStayAhead_data();
}

void ByocStreamClientTest::aServerThatAlwaysSaysNothingIsLeftGetsWhatTheTimeJustifies()
{
    QFETCH(qint64, price);
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    const Rational ticket = test::exampleTicketParams(1).expectedValue();
    // Two minutes, or one ticket on top of what must stay covered where tickets are that coarse; refused payments count.
    const Rational most = std::max(Rational(Wei(price) * 120), Rational(Wei(price) * 83) + ticket);
    int elapsed = 0;
    for (int look = 0; look < 60; ++look) {
        orchestrator.setBalance(0);
        const auto funds = fixture.pay();
        QVERIFY2(funds, funds ? "" : qPrintable(funds.error().describe()));
        const Rational paid = ticket * orchestrator.tickets().size();
        QVERIFY2(paid <= most + Rational(Wei(price) * (elapsed + 1)), qPrintable(toText(paid)));
        fixture.clock.advance(std::chrono::seconds(3));
        elapsed += 3;
    }
}

void ByocStreamClientTest::aRenewalAboveTheAcceptedPriceIsNotPaid()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    StreamJob job = Fixture::videoJob();
    job.acceptedPrice = Rational(Wei(Price));
    Fixture fixture(job);
    QVERIFY(fixture.start({orchestrator.url()}));
    const auto before = orchestrator.tickets().size();
    orchestrator.setPrice(Price + 1);
    orchestrator.setBalance(0);
    fixture.clock.advance(std::chrono::seconds(150));
    const auto funds = fixture.pay();
    QVERIFY(funds && funds->refused);
    QCOMPARE(funds->refused->kind(), Error::Kind::PriceExceeded);
    QCOMPARE(askedPrice(*funds->refused), std::optional<Rational>(Rational(Wei(Price + 1))));
    QCOMPARE(orchestrator.tickets().size(), before);
    // The dearer time that was only asked for counts for nothing later.
    orchestrator.setPrice(Price);
    orchestrator.setBalance(120 * Price);
    const auto covered = fixture.pay();
    QVERIFY(covered && !covered->refused && !covered->paid);
}

void ByocStreamClientTest::channelsLieAtTheOrchestratorWhateverItSays_data()
{
    QTest::addColumn<QByteArray>("said");
    for (const char *said : {"http://127.0.0.1:1/ai/trickle/x", "http://169.254.169.254/ai/trickle/x", "https://evil.example/ai/trickle/x",
             "http://localhost:22/ai/trickle/x", "//evil.example/ai/trickle/x"})
        QTest::newRow(said) << QByteArray(said);
}

void ByocStreamClientTest::channelsLieAtTheOrchestratorWhateverItSays()
{
    QFETCH(QByteArray, said);
    ScriptedOrchestrator other; // whom nobody may ask
    LiveOrchestrator orchestrator;
    orchestrator.setHeader(header::SubscribeUrl, said);
    orchestrator.setHeader(header::EventsUrl, other.url().toEncoded() + "/ai/trickle/e");
    Fixture fixture;
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(started);
    QCOMPARE(started->channels.subscribe.toString(), orchestrator.url().toString() + QStringLiteral("/ai/trickle/x"));
    QCOMPARE(started->channels.events.toString(), orchestrator.url().toString() + QStringLiteral("/ai/trickle/e"));
    QCOMPARE(other.requestCount(), 0);
}

void ByocStreamClientTest::updateSaysWhatTheWorkerSaid()
{
    LiveOrchestrator orchestrator;
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    orchestrator.answerNext("update", ScriptedOrchestrator::json(422, R"({"detail":[{"loc":["body","filter"],"msg":"no such filter"}]})"));
    const auto done = test::outcomeOf(fixture.stream.update(Json::object(), CallContext()));
    QVERIFY(!done);
    QCOMPARE(done.error().field(), QStringLiteral("/filter"));
    QVERIFY(done.error().message().contains(QStringLiteral("no such filter")));
}

void ByocStreamClientTest::byoc_42_stopPaysNothingAndIsHarmlessTwice()
{
    LiveOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    const auto tickets = orchestrator.tickets().size();
    QVERIFY(!fixture.stop());
    QVERIFY(!fixture.stop());
    QCOMPARE(orchestrator.count(QStringLiteral("stop")), 1);
    QCOMPARE(orchestrator.tickets().size(), tickets);
}

void ByocStreamClientTest::byoc_42_aStartWhoseAnswerWasLostIsStopped()
{
    LiveOrchestrator orchestrator;
    orchestrator.answerNext("start", ScriptedOrchestrator::drop());
    Fixture fixture;
    QVERIFY(!fixture.start({orchestrator.url()}));
    QVERIFY(!fixture.stop());
    QCOMPARE(orchestrator.count(QStringLiteral("stop")), 1);
}

void ByocStreamClientTest::theOtherSignatureFormatIsTried()
{
    LiveOrchestrator orchestrator;
    Fixture fixture;
    QVERIFY(fixture.start({orchestrator.url()}));
    orchestrator.answerNext("update", ScriptedOrchestrator::text(400, "Failed to update stream, request not valid err=Could not verify job creds"));
    QVERIFY(test::outcomeOf(fixture.stream.update(Json::object(), CallContext())));
    QCOMPARE(orchestrator.count(QStringLiteral("update")), 2);
}

void ByocStreamClientTest::unusableStreamIdsAreRefused()
{
    LiveOrchestrator orchestrator;
    StreamJob job = Fixture::videoJob();
    job.streamId = QStringLiteral("a/b");
    Fixture fixture(job);
    const auto started = fixture.start({orchestrator.url()});
    QVERIFY(!started);
    QCOMPARE(started.error().kind(), Error::Kind::InvalidInput);
    QVERIFY(orchestrator.journal().isEmpty());
}

QTEST_GUILESS_MAIN(ByocStreamClientTest)
#include "tst_byoc_stream_client.moc"
