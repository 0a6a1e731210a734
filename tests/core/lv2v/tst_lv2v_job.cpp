#include "lv2v_fixture.h"

#include <QtCore/QFile>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpServer>

using namespace sluice;
using namespace sluice::lv2v;
using namespace std::chrono_literals;

namespace {

JobClient::Options often()
{
    JobClient::Options options;
    options.paymentInterval = 50ms;
    return options;
}

/// Whether something was due, and taken.
bool pays(ClientFixture &client, JobClient &job)
{
    const auto funds = client.pay(job);
    return funds && funds->paid;
}

} // namespace

/// One job from its start to its end, client and orchestrator both real, over TLS and gRPC.
class Lv2vJobTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void termsNameThePriceTheParametersAndTheToken();
    void aListingNamesEveryModelWithItsPrice();
    void termsComeOverCleartextWhereTheAddressSaysSo();
    void aCertificateThatNamesAnAddressAsAHostIsTaken();
    void payments_09_theFirstPaymentCoversAMinute();
    void theWorkerGetsTheChannelsTheOtherWayRound();
    void payments_09_laterPaymentsCoverTheTimeSince();
    void payments_07_newParametersStartTheirNoncesAnew();
    void theInputClosedEndsTheJob();
    void payments_13_timeIsBilledWhileSegmentsComeAndAShortBalanceEndsTheJob();
    void withoutSegmentsNothingIsBilled();
    void expiredTicketParametersAreReplacedOnceAtTheStart();
    void expiredTicketParametersAreReplacedOnceWhileItRuns();
    void aFreeModelNeedsNoTickets();
    void payments_10_aSpendLimitLetsNothingLeave();
    void cancellationEndsACallThatNobodyAnswers();
    void aPortInUseIsAnErrorAndAnotherMayBeTried();
    void theWorkersEndIsItsOutputsEnd();
    void theOrchestratorStopsItsJobs();
};

void Lv2vJobTest::termsNameThePriceTheParametersAndTheToken()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    const auto info = client.info(fixture.rpc);
    QVERIFY2(info, info ? "" : qPrintable(info.error().describe()));
    QCOMPARE(info->transcoder, fixture.service.toString());
    QCOMPARE(*info->price, (PriceInfo{OrchestratorFixture::PerSecond, PixelsPerSecond}));
    QCOMPARE(info->ticketParams->recipient, fixture.recipient->config().recipient);
    QVERIFY(info->authToken && !info->authToken->token.isEmpty() && !info->authToken->sessionId.isEmpty());
    // The port for gRPC is pinned like any other of an orchestrator.
    QCOMPARE(client.trust.pinned(TlsTrust::hostPort(fixture.rpc)), orThrow(publicKeyFingerprint(fixture.identity.certificatePem)));
}

void Lv2vJobTest::aListingNamesEveryModelWithItsPrice()
{
    OrchestratorFixture fixture;
    fixture.offer(QStringLiteral("video-filter"), 3, 7);
    ClientFixture client;
    const auto info = client.info(fixture.rpc, QString()); // a sender without funds may look too
    QVERIFY2(info, info ? "" : qPrintable(info.error().describe()));
    QCOMPARE(info->models.keys(), (QStringList{QStringLiteral("noop"), QStringLiteral("video-filter")}));
    QCOMPARE(info->models[QStringLiteral("video-filter")].capacity, 3U);
    QCOMPARE(*info->models[QStringLiteral("video-filter")].price, (PriceInfo{7, PixelsPerSecond}));
    QVERIFY(!info->ticketParams);
}

void Lv2vJobTest::termsComeOverCleartextWhereTheAddressSaysSo()
{
    OrchestratorFixture fixture;
    Orchestrator plain(fixture.io, *fixture.recipient, fixture.chain, OrchestratorOptions());
    const QUrl url = orThrow(plain.start(*fixture.trickle, fixture.service));
    QCOMPARE(url.scheme(), QStringLiteral("http"));
    ClientFixture client;
    const auto info = client.info(url, QString());
    QVERIFY2(info, info ? "" : qPrintable(info.error().describe()));
    QCOMPARE(info->transcoder, fixture.service.toString());
}

/// As go-livepeer makes them: an authority of its own, whose one name is a host's even when it is an address (payments.md 1.1).
void Lv2vJobTest::aCertificateThatNamesAnAddressAsAHostIsTaken()
{
    const QString file = QStringLiteral(SLUICE_TEST_DATA "/lv2v/address_as_host.pem");
    OrchestratorFixture fixture;
    OrchestratorOptions options;
    QFile pem(file);
    QVERIFY(pem.open(QIODevice::ReadOnly));
    const QByteArray both = pem.readAll();
    const qsizetype middle = both.indexOf("-----BEGIN CERTIFICATE-----");
    QByteArray key = both.left(middle);
    options.tls = TlsIdentity{both.mid(middle), Secret::take(key)};
    Orchestrator foreign(fixture.io, *fixture.recipient, fixture.chain, options);
    const QUrl url = orThrow(foreign.start(*fixture.trickle, fixture.service));
    ClientFixture client;
    const auto info = client.info(url, QString());
    QVERIFY2(info, info ? "" : qPrintable(info.error().describe()));
}

void Lv2vJobTest::payments_09_theFirstPaymentCoversAMinute()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    // 60 s at 1e9 wei are 7.5 tickets of 8e9.
    QCOMPARE(client.notes->prepared, QList<int>{8});
    QCOMPARE(client.notes->settledSent, 8);
    const QString id = started->job.manifestId;
    QCOMPARE(id.size(), 8);
    QCOMPARE(fixture.channels(), (QStringList{id, id + QStringLiteral("-control"), id + QStringLiteral("-events"), id + QStringLiteral("-out")}));
    QCOMPARE(started->job.publish, QUrl(fixture.service.toString() + QStringLiteral("/ai/trickle/") + id));
    QVERIFY(fixture.balance(client.sender.address(), id) >= Rational(Wei(8) * OrchestratorFixture::Ev));
    QVERIFY(!started->balance.isEmpty());
    QVERIFY(started->paid);
    QCOMPARE(fixture.orchestrator->jobs(), QStringList{id});
}

void Lv2vJobTest::theWorkerGetsTheChannelsTheOtherWayRound()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY(started);
    const QList<ServerRequest> requests = fixture.workerRequests();
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests.first().path, "/noop/stream/start");
    const Json body = orThrow(Json::parse(requests.first().body));
    QCOMPARE(body.value(QStringLiteral("subscribe_url")).toString(), started->job.publish.toString());
    QCOMPARE(body.value(QStringLiteral("publish_url")).toString(), started->job.subscribe.toString());
    QCOMPARE(body.value(QStringLiteral("model_id")).toString(), QStringLiteral("noop"));
    QCOMPARE(body.value(QStringLiteral("gateway_request_id")).toString(), QStringLiteral("request-1"));
    QCOMPARE(body.value(QStringLiteral("params")), (Json{{QStringLiteral("strength"), 2}}));
    QCOMPARE(headers::value(requests.first().headers, "X-Stream-Id"), started->job.manifestId.toLatin1());
}

void Lv2vJobTest::payments_09_laterPaymentsCoverTheTimeSince()
{
    OrchestratorFixture fixture;
    // A second costs 5 tickets, so that the time of the test itself is worth some.
    fixture.offer(QStringLiteral("dear"), 1, 5 * OrchestratorFixture::Ev);
    ClientFixture client(fixture);
    JobClient job = client.job(QStringLiteral("dear"), often());
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    QCOMPARE(client.notes->prepared, QList<int>{300});
    bool paid = false;
    QTRY_VERIFY_WITH_TIMEOUT(paid || (paid = pays(client, job)), 5000);
    const int more = client.notes->prepared.last();
    QVERIFY2(more >= 1 && more <= 30, QByteArray::number(more).constData());
    const auto funds = client.pay(job);
    QVERIFY(funds && !funds->free && !funds->refused);
    QVERIFY2(funds->secondsAhead >= 58 && funds->secondsAhead <= 61, QByteArray::number(funds->secondsAhead).constData());
    QVERIFY(funds->next > 0ms && funds->next <= 50ms);
}

void Lv2vJobTest::payments_07_newParametersStartTheirNoncesAnew()
{
    OrchestratorFixture fixture;
    fixture.offer(QStringLiteral("dear"), 1, 5 * OrchestratorFixture::Ev);
    ClientFixture client(fixture);
    JobClient job = client.job(QStringLiteral("dear"), often());
    QVERIFY(client.start(job, {fixture.rpc}));
    // Each answer to a payment brings parameters of their own; with the first ones 600 tickets would be the end.
    int paid = 0;
    QTRY_VERIFY_WITH_TIMEOUT((paid += pays(client, job) ? 1 : 0) >= 3, 10000);
    QCOMPARE(client.notes->infos, 1);
}

void Lv2vJobTest::theInputClosedEndsTheJob()
{
    OrchestratorOptions options;
    options.drainTimeout = 50ms;
    OrchestratorFixture fixture(options);
    ClientFixture client(fixture);
    JobClient job = client.job();
    QVERIFY(client.start(job, {fixture.rpc}));
    QVERIFY(!client.stop(job));
    QTRY_COMPARE(fixture.channels(), QStringList());
    QTRY_COMPARE(fixture.workerRequests().size(), 2);
    QCOMPARE(fixture.workerRequests().last().path, "/noop/stream/stop");
    QCOMPARE(fixture.orchestrator->jobs(), QStringList());
    QVERIFY(!client.stop(job)); // harmless
    const auto again = client.info(fixture.rpc); // its slot is free
    QVERIFY(again);
}

void Lv2vJobTest::payments_13_timeIsBilledWhileSegmentsComeAndAShortBalanceEndsTheJob()
{
    OrchestratorOptions options;
    options.debitInterval = 100ms;
    OrchestratorFixture fixture(options);
    ClientFixture client(fixture);
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY(started);
    const QString id = started->job.manifestId;
    const Rational paid = fixture.balance(client.sender.address(), id);
    QTRY_VERIFY_WITH_TIMEOUT([&] {
        fixture.writeSegment(id);
        return fixture.balance(client.sender.address(), id) < paid;
    }(), 5000);
    QCOMPARE(fixture.orchestrator->jobs(), QStringList{id});
    // What was left went elsewhere.
    const Rational left = fixture.balance(client.sender.address(), id);
    fixture.recipient->ledger().debit(client.sender.address(), id, left);
    QTRY_VERIFY_WITH_TIMEOUT([&] {
        fixture.writeSegment(id);
        return fixture.orchestrator->jobs().isEmpty();
    }(), 5000);
    QCOMPARE(fixture.channels(), QStringList());
    QVERIFY(fixture.balance(client.sender.address(), id) >= 0); // nothing is debited that is not there
    QTRY_COMPARE(fixture.workerRequests().last().path, "/noop/stream/stop");
}

void Lv2vJobTest::withoutSegmentsNothingIsBilled()
{
    OrchestratorOptions options;
    options.debitInterval = 1ms;
    OrchestratorFixture fixture(options);
    ClientFixture client(fixture);
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY(started);
    const Rational before = fixture.balance(client.sender.address(), started->job.manifestId);
    fixture.writeSegment(started->job.manifestId + QStringLiteral("-out")); // the worker's pictures are not what is billed
    QVERIFY(client.info(fixture.rpc, QString()));
    QCOMPARE(fixture.balance(client.sender.address(), started->job.manifestId), before);
}

void Lv2vJobTest::expiredTicketParametersAreReplacedOnceAtTheStart()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    client.notes->beforeTickets = [&] {
        fixture.chain.block += 41;
        client.notes->beforeTickets = {};
    };
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    QCOMPARE(client.notes->prepared, (QList<int>{8, 8})); // a minute, which may be lost, and the other of the two that may be paid ahead
    QCOMPARE(client.notes->infos, 2);

    // A second time in a row is an error that says so.
    OrchestratorFixture other;
    other.fund(client.sender.address());
    client.notes->beforeTickets = [&] { other.chain.block += 41; };
    JobClient second = client.job();
    const auto failed = client.start(second, {other.rpc});
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind(), Error::Kind::Payment);
    QCOMPARE(failed.error().httpStatus(), 400);
    QVERIFY(failed.error().message().contains(QStringLiteral("TicketParams expired")));
    QVERIFY(failed.error().paymentSent());
    QVERIFY(!failed.error().advice().isEmpty());
}

void Lv2vJobTest::expiredTicketParametersAreReplacedOnceWhileItRuns()
{
    OrchestratorFixture fixture;
    fixture.offer(QStringLiteral("dear"), 1, 5 * OrchestratorFixture::Ev);
    ClientFixture client(fixture);
    JobClient job = client.job(QStringLiteral("dear"), often());
    QVERIFY(client.start(job, {fixture.rpc}));
    fixture.chain.block += 41;
    bool paid = false;
    QTRY_VERIFY_WITH_TIMEOUT(paid || (paid = pays(client, job)), 5000);
    QCOMPARE(client.notes->infos, 2);
    QCOMPARE(client.notes->prepared.size(), 3); // at the start, refused, taken
}

void Lv2vJobTest::aFreeModelNeedsNoTickets()
{
    OrchestratorFixture fixture;
    fixture.offer(QStringLiteral("free"), 1, 0);
    ClientFixture client; // no funds either
    JobClient job = client.job(QStringLiteral("free"));
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    QVERIFY(!started->paid);
    const auto funds = client.pay(job);
    QVERIFY(funds && funds->free);
    QCOMPARE(client.notes->prepared, QList<int>());
}

void Lv2vJobTest::payments_10_aSpendLimitLetsNothingLeave()
{
    OrchestratorFixture fixture;
    SpendLimits::Limits bounds;
    bounds.perCall = Wei(3) * OrchestratorFixture::Ev;
    ClientFixture client(fixture, bounds);
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY(!started);
    QCOMPARE(started.error().kind(), Error::Kind::SpendLimit);
    QVERIFY(!started.error().paymentSent());
    QCOMPARE(client.limits.spending().session, Wei(0));
    QCOMPARE(fixture.workerRequests().size(), 0);
}

void Lv2vJobTest::cancellationEndsACallThatNobodyAnswers()
{
    QTcpServer silent; // takes connections and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ClientFixture client;
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    for (const char *scheme : {"https", "http"}) {
        const QUrl url(QStringLiteral("%1://127.0.0.1:%2").arg(QLatin1String(scheme)).arg(silent.serverPort()));
        QTimer::singleShot(50, &client.http, [&] { source.cancel(); });
        const auto info = test::outcomeOf(client.client.info(url, QStringLiteral("noop"), false, context));
        QVERIFY(!info);
        QCOMPARE(info.error().kind(), Error::Kind::Canceled);
        source = CancelSource();
        context.cancel = source.token();
    }
}

void Lv2vJobTest::aPortInUseIsAnErrorAndAnotherMayBeTried()
{
    OrchestratorFixture fixture;
    Orchestrator second(fixture.io, *fixture.recipient, fixture.chain, OrchestratorOptions());
    const auto refused = second.start(*fixture.trickle, fixture.service, quint16(fixture.rpc.port()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Network);
    const auto url = second.start(*fixture.trickle, fixture.service);
    QVERIFY(url);
    ClientFixture client;
    QVERIFY(client.info(*url, QString()));
}

void Lv2vJobTest::theWorkersEndIsItsOutputsEnd()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    JobClient job = client.job();
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY(started);
    const QByteArray id = started->job.manifestId.toLatin1();
    // A worker ends its events first; its last pictures are still on their way then.
    QVERIFY(fixture.onIo([&] { return fixture.trickle->remove(id + "-events"); }));
    QVERIFY(client.info(fixture.rpc, QString()));
    QCOMPARE(fixture.channels().size(), 3);
    QVERIFY(fixture.onIo([&] { return fixture.trickle->remove(id + "-out"); }));
    QTRY_COMPARE(fixture.channels(), QStringList());
    QTRY_COMPARE(fixture.workerRequests().last().path, "/noop/stream/stop");
}

void Lv2vJobTest::theOrchestratorStopsItsJobs()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    JobClient job = client.job();
    QVERIFY(client.start(job, {fixture.rpc}));
    fixture.orchestrator->stop();
    QCOMPARE(fixture.channels(), QStringList());
    QCOMPARE(fixture.workerRequests().last().path, "/noop/stream/stop");
}

QTEST_GUILESS_MAIN(Lv2vJobTest)
#include "tst_lv2v_job.moc"
