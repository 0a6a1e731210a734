#include "peers/echo_backend.h"
#include "peers/runner_peer.h"
#include "peers/scripted_orchestrator.h"

#include "sluice/backend/user_data.h"
#include "sluice/gateway/backends.h"
#include "sluice/gateway/gateway.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/payments/asked_price.h"
#include "sluice/store/run_history.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <QtTest/QTest>

#include <atomic>

using namespace sluice;
using namespace std::chrono_literals;
using liverunner::Mode;
using test::RunnerPeer;
using test::ScriptedSigner;

namespace {

const QString App = QStringLiteral("acme/hello");
const QString Fixed = QStringLiteral("fixed");
const QString Seconds = QStringLiteral("seconds");

/// A gateway to these orchestrators.
struct Caller {
    explicit Caller(const QList<QUrl> &orchestrators, const QUrl &signer = {}, bool key = true)
    {
        GatewayConfig config;
        for (const QUrl &one : orchestrators)
            config.orchUrls.append(one.toString());
        config.discoveryTimeout = 5s;
        config.livePaymentInterval = 50ms;
        if (!signer.isEmpty())
            config.signerUrl = signer.toString();
        else if (key)
            config.senderKey = Secret(QByteArrayView(QByteArray(64, '1')));
        gateway = std::make_unique<Gateway>(config, data);
    }
    [[nodiscard]] static Call call(const QString &path = QStringLiteral("hello"), const QString &app = App)
    {
        Call made;
        made.backend = QStringLiteral("liverunner");
        made.capability = app;
        made.path = path;
        made.input = Json{{QStringLiteral("name"), QStringLiteral("Bo")}};
        made.timeout = 10s;
        return made;
    }
    Expected<RunResult> run(const Call &call)
    {
        last = gateway->run(call);
        if (!QTest::qWaitFor([&] { return last.isFinished(); }, 20'000))
            return unexpected(Error(Error::Kind::Timeout, QStringLiteral("the test waited for too long")));
        try {
            QFuture<RunResult> future = last;
            future.waitForFinished();
            return future.result();
        } catch (const Error &error) {
            return unexpected(error);
        }
    }

    std::shared_ptr<UserData> data = UserData::inMemory();
    std::unique_ptr<Gateway> gateway;
    RunCall last;
};

#define VERIFY_DONE(expression) \
    do { \
        const auto &done = expression; \
        QVERIFY2(done, done ? "" : qPrintable(done.error().describe())); \
    } while (false)

/// Each payment is counted as whole wei; one that was on its way at the end counts here, and may not have come there.
bool isPaid(const QString &wei, const Rational &received)
{
    const Rational more = Rational(orThrow(weiFromDecimal(wei))) - received;
    return more > -20 && more <= Rational(Wei(17'000'000'000));
}

/// The newest run is written down as failed.
bool settledInHistory(UserData &data)
{
    return QTest::qWaitFor([&] {
        const auto rows = data.history().pageSync(QString(), 0, 1).rows;
        return !rows.isEmpty() && rows.first().state == RunRecord::State::Failed;
    });
}

RunnerPeer::Reply once(int status, const QByteArray &body)
{
    return [=](int n) { return n == 0 ? std::optional(std::pair(status, body)) : std::nullopt; };
}

RunnerPeer::Reply always(int status, const QByteArray &body)
{
    return [=](int) { return std::optional(std::pair(status, body)); };
}

} // namespace

/// Single-shot calls at orchestrators that keep to the rules, and at such that do not.
class LiveRunnerCallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void appsAreListedWithModeAndPrice();
    void aFreeCallIsOneRequest();
    void anAppThatWasDescribedIsFoundByItsNameAlone();
    void anAppThatNobodyListedYetIsFoundByItsNameAlone();
    void namesOfOtherFormsAskNoRunners();
    void aNodeWithoutLiveRunnersIsAskedOnce();
    void aNameThatByocHasTooGoesThereAndTheOtherIsTold();
    void aNameOfTwoOthersIsNotGuessed();
    void bytesAreAnAnswerLikeAnyOther();
    void aStreamComesEventByEvent();
    void liverunner_42_theBareAddressIsNeverPostedTo();
    void liverunner_42_redirectsAreNotFollowed();
    void liverunner_43_badPathsAskNobody();
    void liverunner_44_withoutAKeyAPaymentIsNotAskedForTwice();
    void liverunner_44_anAppsOwn402IsReportedInItsWords();
    void liverunner_45_oneChallengeIsAnsweredOnce();
    void aPricedCallIsAskedForWithoutItsBody();
    void liverunner_46_eachUnitIsPaid_data();
    void liverunner_46_eachUnitIsPaid();
    void liverunner_46_aSignerIsToldTypeAndCeiling_data();
    void liverunner_46_aSignerIsToldTypeAndCeiling();
    void liverunner_46_anOrchestratorThatAsksMoreThanItListsIsNotPaid();
    void liverunner_46_thePriceThatAPersonSawHolds();
    void liverunner_48_theSamePaymentIsSentAgainWhereItsAnswerWasLost();
    void liverunner_50_usedUpTermsTakeANewChallenge();
    void liverunner_50_challengesAreAskedForThreeTimesMoreAtMost();
    void liverunner_52_beforeAPaymentTheNextCandidateIsTried();
    void liverunner_52_afterAPaymentNoOtherIsTried_data();
    void liverunner_52_afterAPaymentNoOtherIsTried();
    void aFullRunnerGetsTheSamePaymentOnceMore();
    void aFullRunnerIsWaitedForAndListedAgain();
    void thePursesLimitsHold();
    void endlessAnswersEnd();
    void aMeteredCallIsPaidWhileItLasts();
    void aLyingChallengeIsNotPaid_data();
    void aLyingChallengeIsNotPaid();
};

void LiveRunnerCallsTest::appsAreListedWithModeAndPrice()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "500000000000", Fixed);
    peer.offer(QStringLiteral("acme/cam"), Mode::Persistent, QStringLiteral("b"), "50000000000", Seconds);
    peer.offer(QStringLiteral("acme/film"), Mode::SingleShot, QStringLiteral("c"), "3", QStringLiteral("720p-pixel-seconds"), 0);
    Caller caller({peer.url()});
    QFuture<QList<CapabilityInfo>> listed = caller.gateway->capabilities();
    QTRY_VERIFY(listed.isFinished());
    QMap<QString, CapabilityInfo> apps;
    for (const CapabilityInfo &info : listed.result())
        apps.insert(info.name, info);
    QCOMPARE(apps.size(), 3);
    QCOMPARE(apps[App].mode, QStringLiteral("single-shot"));
    QCOMPARE(apps[App].verbs, (QList<Verb>{Verb::Run, Verb::Stream}));
    QCOMPARE(*apps[App].price, (PriceQuote{500'000'000'000, 1, QStringLiteral("call")}));
    QVERIFY(!apps[App].hasSessions());
    QCOMPARE(apps[QStringLiteral("acme/cam")].mode, QStringLiteral("persistent"));
    QCOMPARE(apps[QStringLiteral("acme/cam")].verbs, QList<Verb>{Verb::Live});
    QVERIFY(apps[QStringLiteral("acme/cam")].hasSessions());
    QCOMPARE(*apps[QStringLiteral("acme/cam")].price, (PriceQuote{50'000'000'000, 1, QStringLiteral("second")}));
    QCOMPARE(*apps[QStringLiteral("acme/film")].price, (PriceQuote{3 * 27'648'000, 1, QStringLiteral("second")}));
    QCOMPARE(*apps[QStringLiteral("acme/film")].availableCapacity, 0);
}

void LiveRunnerCallsTest::aFreeCallIsOneRequest()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call(QStringLiteral("hello?lang=en")));
    VERIFY_DONE(result);
    QCOMPARE(result->json, (Json{{QStringLiteral("ok"), true}}));
    const auto calls = peer.requests("/apps/");
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls.first().path, QByteArray("/apps/a/app/hello"));
    QCOMPARE(calls.first().query, QByteArray("lang=en"));
    QCOMPARE(calls.first().body, QByteArray("{\"name\":\"Bo\"}"));
    QVERIFY(!headers::contains(calls.first().headers, "Livepeer-Payment"));
    QCOMPARE(result->payment.paidWei, QStringLiteral("0"));
}

void LiveRunnerCallsTest::anAppThatWasDescribedIsFoundByItsNameAlone()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    Caller caller({peer.url()});
    QFuture<CapabilityInfo> described = caller.gateway->describe(App);
    QTRY_VERIFY(described.isFinished());
    QCOMPARE(described.result().backend, QStringLiteral("liverunner"));
    Call call = Caller::call();
    call.backend = Call().backend; // as one that says none
    const auto result = caller.run(call);
    VERIFY_DONE(result);
    QCOMPARE(peer.requests("/apps/").size(), 1);
}

/// The short forms, with nothing listed before.
void LiveRunnerCallsTest::anAppThatNobodyListedYetIsFoundByItsNameAlone()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    peer.setApp(RunnerPeer::events({"{\"n\":1}", "[DONE]"}));
    const Json input{{QStringLiteral("name"), QStringLiteral("Bo")}};
    for (const Verb verb : {Verb::Run, Verb::Stream}) {
        Caller caller({peer.url()});
        if (verb == Verb::Run) {
            const RunCall run = caller.gateway->run(App, input);
            QTRY_VERIFY(run.isFinished());
            QCOMPARE(run.outcome(), CallHandle::Outcome::Succeeded);
            QCOMPARE(run.notes(), QStringList(QStringLiteral("The answer came as a stream of events, though it was not asked for as one.")));
        } else {
            const auto stream = caller.gateway->stream(App, input);
            QTRY_VERIFY(stream->outcome() != CallHandle::Outcome::Running);
            QCOMPARE(stream->outcome(), CallHandle::Outcome::Succeeded);
        }
        // History knows whose call it was.
        const auto rows = caller.data->history().pageSync(QString(), 0, 1).rows;
        QCOMPARE(orThrow(Call::fromJson(orThrow(Json::parse(caller.data->history().byIdSync(rows.first().id)->call.toUtf8())))).backend, QStringLiteral("liverunner"));
    }
    QCOMPARE(peer.requests("/apps/a/app").size(), 2);
    QVERIFY(peer.requests("/process/").isEmpty()); // BYOC's
}

void LiveRunnerCallsTest::namesOfOtherFormsAskNoRunners()
{
    for (const char *name : {"hello", "a/b/c", "/hello", "acme/", "acme/he llo"}) {
        RunnerPeer peer;
        Caller caller({peer.url()});
        const RunCall run = caller.gateway->run(QString::fromLatin1(name), Json::object());
        QTRY_VERIFY(run.isFinished());
        QVERIFY2(peer.requests("/discovery").isEmpty(), name);
    }
}

void LiveRunnerCallsTest::aNodeWithoutLiveRunnersIsAskedOnce()
{
    RunnerPeer peer;
    peer.setListing(404, "live runners are not supported\n");
    Caller caller({peer.url()});
    for (int i = 0; i < 2; ++i) {
        const RunCall run = caller.gateway->run(App, Json::object());
        QTRY_VERIFY(run.isFinished());
    }
    QCOMPARE(peer.requests("/discovery").size(), 1);
    QVERIFY(!peer.requests("/process/").isEmpty()); // it went to BYOC, as a name that no listing tells
}

void LiveRunnerCallsTest::aNameThatByocHasTooGoesThereAndTheOtherIsTold()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    test::ScriptedOrchestrator byoc;
    byoc.setPage("/capabilities", test::ScriptedOrchestrator::json(200, R"([{"name":"acme/hello"}])"));
    byoc.then(test::ScriptedOrchestrator::json(200, R"({"by":"byoc"})"));
    Caller caller({peer.url(), byoc.url()});
    const RunCall run = caller.gateway->run(App, Json::object());
    QTRY_VERIFY(run.isFinished());
    QCOMPARE(run.outcome(), CallHandle::Outcome::Succeeded);
    const RunResult result = QFuture<RunResult>(run).result();
    QCOMPARE(result.servedBy, byoc.url());
    QVERIFY2(result.notes.size() == 1 && result.notes.first().contains(QStringLiteral("liverunner")) && result.notes.first().contains(QStringLiteral("goes to byoc")), qPrintable(result.notes.join(QLatin1Char(' '))));
    QVERIFY(peer.requests("/apps/").isEmpty());
    // Whoever names the backend gets it, and no word of the other.
    const auto named = caller.run(Caller::call());
    VERIFY_DONE(named);
    QCOMPARE(named->servedBy, peer.url());
    QVERIFY(named->notes.isEmpty());
}

void LiveRunnerCallsTest::aNameOfTwoOthersIsNotGuessed()
{
    backends::add(test::echoBackendKind());
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    test::EchoServer echo({App});
    GatewayConfig config;
    config.orchUrls = {peer.url().toString()};
    config.backends.insert(QStringLiteral("echo"), echo.settings());
    const auto data = UserData::inMemory();
    Gateway gateway(config, data);
    QFuture<QList<CapabilityInfo>> listed = gateway.capabilities();
    QTRY_VERIFY(listed.isFinished());
    const RunCall run = gateway.run(App, Json::object());
    QTRY_VERIFY(run.isFinished());
    try {
        QFuture<RunResult>(run).waitForFinished();
        QFAIL("it was guessed");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::NotRouted);
        QVERIFY2(error.message().contains(QStringLiteral("liverunner and echo")), qPrintable(error.message()));
        QVERIFY2(error.advice().contains(QStringLiteral("--backend")), qPrintable(error.advice()));
    }
    QVERIFY(settledInHistory(*data));
    QVERIFY(peer.requests("/apps/").isEmpty());
    QVERIFY(echo.asked().isEmpty());
}

void LiveRunnerCallsTest::bytesAreAnAnswerLikeAnyOther()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    peer.setApp(RunnerPeer::text(200, QByteArray("\x89PNG\0\1", 6), "image/png"));
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call());
    VERIFY_DONE(result);
    QCOMPARE(result->content, QByteArray("\x89PNG\0\1", 6));
    QCOMPARE(result->contentType, QByteArray("image/png"));
    QCOMPARE(headers::value(peer.requests("/apps/").first().headers, "Accept"), QByteArray("*/*"));
}

void LiveRunnerCallsTest::aStreamComesEventByEvent()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    peer.setApp(RunnerPeer::events({"{\"n\":1}", "{\"n\":2}", "[DONE]"}));
    Caller caller({peer.url()});
    const auto stream = caller.gateway->stream(Caller::call());
    QList<QByteArray> events;
    std::optional<StreamResponse::End> end;
    connect(stream.get(), &StreamResponse::event, this, [&](const StreamEvent &event) { events.append(event.data.toUtf8()); });
    connect(stream.get(), &StreamResponse::finished, this, [&](StreamResponse::End how) { end = how; });
    QTRY_VERIFY(end.has_value());
    QCOMPARE(int(*end), int(StreamResponse::End::Done));
    QCOMPARE(events, (QList<QByteArray>{"{\"n\":1}", "{\"n\":2}"}));
    QCOMPARE(peer.received(), peer.terms.params().expectedValue());
    QCOMPARE(headers::value(peer.requests("/apps/").last().headers, "Accept"), QByteArray("text/event-stream"));
}

void LiveRunnerCallsTest::liverunner_42_theBareAddressIsNeverPostedTo()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    Caller caller({peer.url()});
    VERIFY_DONE(caller.run(Caller::call(QString())));
    QCOMPARE(peer.requests("/apps/").first().path, QByteArray("/apps/a/app/"));
}

void LiveRunnerCallsTest::liverunner_42_redirectsAreNotFollowed()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    peer.setApp([](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers fields{{"Location", "/apps/a/app/elsewhere"}};
        co_await response.send(301, fields, QByteArray());
    });
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QCOMPARE(result.error().httpStatus(), 301);
    QVERIFY2(result.error().advice().contains(QLatin1String("not followed")), qPrintable(result.error().describe()));
    QCOMPARE(peer.requests("/apps/").size(), 1);
}

void LiveRunnerCallsTest::liverunner_43_badPathsAskNobody()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call(QStringLiteral("a b")));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::InvalidInput);
    QVERIFY(peer.requests("/apps/").isEmpty());
}

void LiveRunnerCallsTest::liverunner_44_withoutAKeyAPaymentIsNotAskedForTwice()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    Caller listed({peer.url()}, {}, false);
    const auto priced = listed.run(Caller::call());
    QVERIFY(!priced);
    QCOMPARE(priced.error().kind(), Error::Kind::Config);
    QVERIFY2(priced.error().advice().contains(QLatin1String("sender key")), qPrintable(priced.error().describe()));
    QVERIFY(peer.requests("/apps/").size() <= 1);

    RunnerPeer silent; // lists no price and asks for one
    silent.offer(App, Mode::SingleShot, QStringLiteral("a"));
    silent.answerUnpaid(always(402, "{\"error\":{\"message\":\"invalid live runner payment signer address\"}}"));
    Caller caller({silent.url()}, {}, false);
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Payment);
    QVERIFY2(result.error().message().contains(QLatin1String("invalid live runner payment signer address")), qPrintable(result.error().message()));
    QCOMPARE(silent.requests("/apps/").size(), 1);
}

void LiveRunnerCallsTest::liverunner_44_anAppsOwn402IsReportedInItsWords()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    peer.setApp(RunnerPeer::text(402, "insert coin"));
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Payment);
    QVERIFY2(result.error().message().contains(QLatin1String("insert coin")), qPrintable(result.error().message()));
    QVERIFY(!result.error().paymentSent());
    QCOMPARE(peer.requests("/apps/").size(), 1);
}

void LiveRunnerCallsTest::liverunner_45_oneChallengeIsAnsweredOnce()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "24000000000", Fixed);
    peer.terms.pricePerUnit = 24'000'000'000;
    peer.answerPaid(always(402, "{\"payment_params\":\"x\",\"manifest_id\":\"y\"}"));
    RunnerPeer other;
    other.offer(App, Mode::SingleShot, QStringLiteral("a"), "24000000000", Fixed);
    other.terms.pricePerUnit = 24'000'000'000;
    Caller caller({peer.url(), other.url()});
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Payment);
    QVERIFY(result.error().paymentSent());
    QVERIFY2(result.error().message().contains(QLatin1String("24")), qPrintable(result.error().message()));
    QCOMPARE(peer.payments().size(), 1);
    QCOMPARE(peer.received(), peer.terms.params().expectedValue() * 3);
    QVERIFY(other.requests("/apps/").isEmpty());
    QCOMPARE(caller.last.payment().paidWei, QStringLiteral("24000000000"));
}

void LiveRunnerCallsTest::aPricedCallIsAskedForWithoutItsBody()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    Caller caller({peer.url()});
    VERIFY_DONE(caller.run(Caller::call()));
    const auto calls = peer.requests("/apps/");
    QCOMPARE(calls.size(), 2);
    QVERIFY(calls[0].body.isEmpty());
    QVERIFY(Address::fromHex(QString::fromLatin1(headers::value(calls[0].headers, "Livepeer-Payer-Address"))));
    QCOMPARE(calls[1].body, QByteArray("{\"name\":\"Bo\"}"));
    QCOMPARE(headers::value(calls[1].headers, "Livepeer-Payer-Address").toLower(), peer.payments().first().sender->toLower().toLatin1());
}

void LiveRunnerCallsTest::liverunner_46_eachUnitIsPaid_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("tickets"); // of 8 gwei
    QTest::newRow("fixed") << Fixed << qint64(100'000'000'000) << qint64(13);
    QTest::newRow("ten seconds") << Seconds << qint64(8'000'000'000) << qint64(10);
    QTest::newRow("a minute of pictures") << QStringLiteral("720p-pixel-seconds") << qint64(100) << qint64(21); // 100 * 27648000 * 60 = 165.9 gwei
}

void LiveRunnerCallsTest::liverunner_46_eachUnitIsPaid()
{
    QFETCH(QString, unit);
    QFETCH(qint64, price);
    QFETCH(qint64, tickets);
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), QByteArray::number(price), unit);
    peer.terms.pricePerUnit = price;
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call());
    VERIFY_DONE(result);
    QCOMPARE(peer.payments().size(), 1);
    QCOMPARE(peer.payments().first().tickets.size(), tickets);
    QCOMPARE(peer.payments().first().expectedPrice->pricePerUnit, price);
    QCOMPARE(result->payment.paidWei, QString::number(tickets * 8'000'000'000));
}

void LiveRunnerCallsTest::liverunner_46_aSignerIsToldTypeAndCeiling_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("type");
    QTest::newRow("fixed") << Fixed << QStringLiteral("fixed");
    QTest::newRow("seconds") << Seconds << QStringLiteral("live");
    QTest::newRow("pixels") << QStringLiteral("720p-pixel-seconds") << QStringLiteral("lv2v");
}

void LiveRunnerCallsTest::liverunner_46_aSignerIsToldTypeAndCeiling()
{
    QFETCH(QString, unit);
    QFETCH(QString, type);
    const bool pixels = type == QLatin1String("lv2v");
    RunnerPeer peer;
    const QByteArray price = pixels ? "100" : "8000000000";
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), price, unit);
    peer.terms.pricePerUnit = price.toLongLong();
    const ScriptedSigner signer;
    Caller caller({peer.url()}, signer.url());
    VERIFY_DONE(caller.run(Caller::call()));
    QCOMPARE(peer.payments().size(), 1);
    QCOMPARE(*peer.payments().first().sender, signer.key().address());
    const auto request = livepeer::SignerPaymentRequest::parse(signer.requests().last().body);
    QVERIFY(request);
    QCOMPARE(request->type, type);
    QCOMPARE(request->app, App);
    QVERIFY(request->manifestId.startsWith(QLatin1String("9f3c1a")));
    QVERIFY(request->maxPrice);
    QCOMPARE(request->maxPrice->unit, unit);
    QCOMPARE(request->maxPrice->price, Rational(Wei(price.toLongLong()) * 1012, Wei(1000)));
}

void LiveRunnerCallsTest::liverunner_46_anOrchestratorThatAsksMoreThanItListsIsNotPaid()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'096'000'001; // 1.012 and one wei
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::PriceExceeded);
    QCOMPARE(*askedPrice(result.error()), Rational(Wei(8'096'000'001)));
    QVERIFY(peer.payments().isEmpty());
    peer.terms.pricePerUnit = 8'096'000'000;
    VERIFY_DONE(caller.run(Caller::call()));
}

void LiveRunnerCallsTest::liverunner_46_thePriceThatAPersonSawHolds()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    Caller caller({peer.url()});
    QFuture<QList<CapabilityInfo>> listed = caller.gateway->capabilities();
    QTRY_VERIFY(listed.isFinished());
    peer.setListing(200, QByteArray("[{\"address\":\"x\",\"runners\":[{\"url\":\"") + peer.url().toString().toLatin1()
        + "/apps/a/app\",\"app\":\"acme/hello\",\"mode\":\"single-shot\",\"capacity\":1,\"capacity_used\":0,\"capacity_available\":1,\"price_info\":{\"price\":90000000000,\"currency\":\"wei\",\"unit\":\"fixed\"}}]}]");
    peer.terms.pricePerUnit = 90'000'000'000;
    const auto dearer = caller.run(Caller::call());
    QVERIFY(!dearer);
    QCOMPARE(dearer.error().kind(), Error::Kind::PriceExceeded);
    QCOMPARE(*askedPrice(dearer.error()), Rational(Wei(90'000'000'000)));
    QVERIFY(peer.payments().isEmpty());
    Call agreed = Caller::call();
    agreed.limits.maxPricePerSecond = toText(*askedPrice(dearer.error()));
    VERIFY_DONE(caller.run(agreed));
    QCOMPARE(peer.payments().size(), 1);
}

void LiveRunnerCallsTest::liverunner_48_theSamePaymentIsSentAgainWhereItsAnswerWasLost()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Seconds);
    peer.terms.pricePerUnit = 8'000'000'000;
    std::atomic<int> tries = 0;
    peer.answerPayments([&](int n) -> std::optional<std::pair<int, QByteArray>> {
        ++tries;
        if (n == 0)
            return std::pair(503, QByteArray("busy\n"));
        if (n == 1)
            return std::pair(-1, QByteArray());
        return std::nullopt;
    });
    peer.setApp([&](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers fields = headers::contentType("text/plain");
        if (!co_await response.begin(200, fields))
            co_return;
        while (tries < 3) {
            const QByteArray dot(".");
            if (!co_await response.write(dot))
                co_return;
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 20ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        co_await response.end();
    });
    Caller caller({peer.url()});
    VERIFY_DONE(caller.run(Caller::call()));
    const auto sent = peer.requests("/apps/a/session/");
    QVERIFY(sent.size() >= 3);
    QCOMPARE(headers::value(sent[0].headers, "Livepeer-Payment"), headers::value(sent[1].headers, "Livepeer-Payment"));
    QCOMPARE(headers::value(sent[1].headers, "Livepeer-Payment"), headers::value(sent[2].headers, "Livepeer-Payment"));
    QVERIFY2(isPaid(caller.last.payment().paidWei, peer.received()), qPrintable(caller.last.payment().paidWei + QLatin1Char(' ') + toText(peer.received()))); // counted once, too
}

void LiveRunnerCallsTest::liverunner_50_usedUpTermsTakeANewChallenge()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    ScriptedSigner signer;
    signer.answerPayments([](int n, const QByteArray &) { return n == 0 ? std::optional(std::pair(480, livepeer::signerErrorBody(QStringLiteral("refresh session")))) : std::nullopt; });
    Caller caller({peer.url()}, signer.url());
    VERIFY_DONE(caller.run(Caller::call()));
    QCOMPARE(peer.requests("/apps/").size(), 3); // two challenges and the call
    QVERIFY(peer.requests("/refresh-payment").isEmpty());
    QCOMPARE(peer.payments().size(), 1);
}

void LiveRunnerCallsTest::liverunner_50_challengesAreAskedForThreeTimesMoreAtMost()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    ScriptedSigner signer;
    signer.answerPayments([](int, const QByteArray &) { return std::optional(std::pair(480, livepeer::signerErrorBody(QStringLiteral("refresh session")))); });
    Caller caller({peer.url()}, signer.url());
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Payment);
    QCOMPARE(peer.requests("/apps/").size(), 4);
    QVERIFY(peer.payments().isEmpty());
}

void LiveRunnerCallsTest::liverunner_52_beforeAPaymentTheNextCandidateIsTried()
{
    for (const int status : {503, 404, 429, 500, -1}) {
        RunnerPeer first;
        first.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
        first.answerUnpaid(always(status, "no capacity available for runner\n"));
        RunnerPeer second;
        second.offer(App, Mode::SingleShot, QStringLiteral("b"), "8000000000", Fixed);
        second.terms.pricePerUnit = 8'000'000'000;
        Caller caller({first.url(), second.url()});
        const auto result = caller.run(Caller::call());
        VERIFY_DONE(result);
        QCOMPARE(result->servedBy, second.url());
        QVERIFY(first.payments().isEmpty());
        QCOMPARE(second.payments().size(), 1);
    }
}

void LiveRunnerCallsTest::liverunner_52_afterAPaymentNoOtherIsTried_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("the app failed") << 500 << QByteArray("{\"detail\":\"boom\"}");
    QTest::newRow("the app is busy") << 503 << QByteArray("{\"detail\":\"busy\"}");
    QTest::newRow("the input is wrong") << 422 << QByteArray("{\"detail\":[]}");
    QTest::newRow("tickets refused") << 400 << QByteArray("ticket invalid\n");
    QTest::newRow("used twice") << 409 << QByteArray("session already exists\n");
    QTest::newRow("gone") << 404 << QByteArray("runner not found\n");
    QTest::newRow("redirected") << 307 << QByteArray("elsewhere");
    QTest::newRow("hung up") << -1 << QByteArray();
}

void LiveRunnerCallsTest::liverunner_52_afterAPaymentNoOtherIsTried()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    RunnerPeer first;
    first.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    first.terms.pricePerUnit = 8'000'000'000;
    first.answerPaid(always(status, body));
    RunnerPeer second;
    second.offer(App, Mode::SingleShot, QStringLiteral("b"), "8000000000", Fixed);
    second.terms.pricePerUnit = 8'000'000'000;
    Caller caller({first.url(), second.url()});
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QVERIFY2(result.error().paymentSent(), qPrintable(result.error().describe()));
    QCOMPARE(first.payments().size(), 1);
    QVERIFY(second.requests("/apps/").isEmpty());
    QCOMPARE(caller.last.payment().paidWei, QStringLiteral("8000000000"));
}

void LiveRunnerCallsTest::aFullRunnerGetsTheSamePaymentOnceMore()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    peer.answerPaid(once(503, "no capacity available for runner\n"));
    Caller caller({peer.url()});
    VERIFY_DONE(caller.run(Caller::call()));
    QCOMPARE(peer.payments().size(), 2);
    QCOMPARE(peer.payments()[0], peer.payments()[1]);
    QCOMPARE(peer.received(), peer.terms.params().expectedValue());
    QCOMPARE(caller.last.payment().paidWei, QStringLiteral("8000000000"));
}

void LiveRunnerCallsTest::aFullRunnerIsWaitedForAndListedAgain()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    peer.answerUnpaid(once(503, "no capacity available for runner\n"));
    Caller caller({peer.url()});
    VERIFY_DONE(caller.run(Caller::call()));
    QCOMPARE(peer.requests("/apps/").size(), 2);
    QVERIFY(peer.requests("/discovery").size() >= 2);
}

void LiveRunnerCallsTest::thePursesLimitsHold()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "80000000000", Fixed);
    peer.terms.pricePerUnit = 80'000'000'000;
    Caller caller({peer.url()});
    Call call = Caller::call();
    call.limits.maxSpendWei = QStringLiteral("79999999999");
    const auto result = caller.run(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::SpendLimit);
    QVERIFY(peer.payments().isEmpty());
}

void LiveRunnerCallsTest::endlessAnswersEnd()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"));
    peer.setApp([](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers fields = headers::contentType("text/plain");
        const QByteArray much(64 * 1024, 'x');
        if (!co_await response.begin(200, fields))
            co_return;
        while (co_await response.write(much)) { }
    });
    Caller caller({peer.url()});
    Call call = Caller::call();
    call.limits.maxAnswerBytes = 1'000'000;
    const auto result = caller.run(call);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::TooLarge);

    RunnerPeer lister;
    lister.setListing(200, QByteArray(3 * 1024 * 1024, ' '));
    Caller other({lister.url()});
    const auto listed = other.run(Caller::call());
    QVERIFY(!listed);
    QCOMPARE(listed.error().kind(), Error::Kind::TooLarge);
}

void LiveRunnerCallsTest::aMeteredCallIsPaidWhileItLasts()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Seconds);
    peer.terms.pricePerUnit = 8'000'000'000;
    const auto payments = [&peer](const char *session) { return peer.requests(QByteArray("/apps/a/session/") + session + "/payment"); };
    // The app works until the call was paid for once more.
    std::atomic<const char *> session = "9f3c1a00";
    peer.setApp([&](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers fields = headers::contentType("text/plain");
        if (!co_await response.begin(200, fields))
            co_return;
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
        while (payments(session).isEmpty()) {
            timer.expires_after(20ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        const QByteArray end("end");
        co_await response.write(end);
        co_await response.end();
    });
    Caller caller({peer.url()});
    VERIFY_DONE(caller.run(Caller::call()));
    const auto followUps = payments("9f3c1a00");
    QVERIFY(!followUps.isEmpty());
    for (const ServerRequest &one : followUps)
        QVERIFY(one.body.isEmpty());
    // Ten seconds ahead all the time, and whole tickets of a second each.
    const Rational paid = peer.received();
    QVERIFY2(paid >= Rational(Wei(8'000'000'000) * 11) && paid <= Rational(Wei(8'000'000'000) * 14), qPrintable(toText(paid)));
    // A call that was made after its end has been paid for once more; this one was not.
    session = "9f3c1a01";
    VERIFY_DONE(caller.run(Caller::call()));
    QVERIFY(!payments("9f3c1a01").isEmpty());
    QCOMPARE(payments("9f3c1a00").size(), followUps.size());
}

void LiveRunnerCallsTest::aLyingChallengeIsNotPaid_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("payments elsewhere") << QStringLiteral("payment_url") << QStringLiteral("http://127.0.0.1:1/apps/a/session/9f3c1a00/payment");
    QTest::newRow("another session") << QStringLiteral("manifest_id") << QStringLiteral("ffffffff");
    QTest::newRow("no parameters") << QStringLiteral("payment_params") << QString();
    QTest::newRow("no protobuf") << QStringLiteral("payment_params") << QStringLiteral("AAAA");
}

void LiveRunnerCallsTest::aLyingChallengeIsNotPaid()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", Fixed);
    peer.terms.pricePerUnit = 8'000'000'000;
    peer.changeChallenge([&](Json &challenge) { challenge.insert(key, value); });
    Caller caller({peer.url()});
    const auto result = caller.run(Caller::call());
    QVERIFY(!result);
    QVERIFY2(result.error().kind() == Error::Kind::Protocol || result.error().kind() == Error::Kind::Payment, qPrintable(result.error().describe()));
    QVERIFY(!result.error().paymentSent());
    QVERIFY(peer.payments().isEmpty());
    QCOMPARE(caller.last.payment().paidWei, QStringLiteral("0"));
}

QTEST_GUILESS_MAIN(LiveRunnerCallsTest)
#include "tst_liverunner_calls.moc"
