#include "peers/runner_peer.h"

#include "sluice/backend/user_data.h"
#include "sluice/gateway/app_socket.h"
#include "sluice/gateway/gateway.h"
#include "sluice/livepeer/signer_wire.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWebSockets/QWebSocket>
#include <QtWebSockets/QWebSocketServer>

#include <atomic>

using namespace sluice;
using namespace std::chrono_literals;
using liverunner::Mode;
using test::RunnerPeer;
using test::ScriptedSigner;
using State = LiveSession::State;

namespace {

const QString App = QStringLiteral("acme/cam");
const QString Seconds = QStringLiteral("seconds");
constexpr qint64 Price = 8'000'000'000;

/// A gateway to these orchestrators and a session there.
struct Caller {
    explicit Caller(const QList<QUrl> &orchestrators, const QUrl &signer = {})
    {
        GatewayConfig config;
        for (const QUrl &one : orchestrators)
            config.orchUrls.append(one.toString());
        config.discoveryTimeout = 5s;
        config.livePaymentInterval = 50ms;
        if (!signer.isEmpty())
            config.signerUrl = signer.toString();
        else
            config.senderKey = Secret(QByteArrayView(QByteArray(64, '1')));
        gateway = std::make_unique<Gateway>(config, data);
    }
    void open()
    {
        Call call;
        call.backend = QStringLiteral("liverunner");
        call.capability = App;
        call.verb = Verb::Live;
        call.input = Json::object();
        session = gateway->live(call);
        QObject::connect(session.get(), &LiveSession::failed, session.get(), [this](const Error &error) { failure = error; });
    }
    [[nodiscard]] bool isReady() const { return QTest::qWaitFor([&] { return session->state() != State::Starting; }) && session->state() == State::Ready; }
    [[nodiscard]] bool isOver() const
    {
        return QTest::qWaitFor([&] { return session->state() == State::Closed || session->state() == State::Failed; }, 15'000);
    }
    Expected<AppReply> request(const AppCall &call, std::function<void(const QByteArray &)> piece = {})
    {
        QFuture<AppReply> reply = session->request(call, std::move(piece));
        if (!QTest::qWaitFor([&] { return reply.isFinished(); }))
            return unexpected(Error(Error::Kind::Timeout, QStringLiteral("the test waited for too long")));
        try {
            reply.waitForFinished();
            return reply.result();
        } catch (const Error &error) {
            return unexpected(error);
        }
    }

    std::shared_ptr<UserData> data = UserData::inMemory();
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<LiveSession> session;
    std::optional<Error> failure;
};

/// Each payment is counted as whole wei; one that was on its way at the end counts here, and may not have come there.
bool isPaid(const QString &wei, const Rational &received)
{
    const Rational more = Rational(orThrow(weiFromDecimal(wei))) - received;
    return more > -20 && more <= Rational(Wei(17'000'000'000));
}

AppCall appCall(const QString &path, const QByteArray &body = "{}")
{
    AppCall call;
    call.path = path;
    call.body = body;
    return call;
}

/// A peer with one persistent app.
struct Peer : RunnerPeer {
    explicit Peer(qint64 price, const QString &unit = Seconds)
    {
        offer(App, Mode::Persistent, QStringLiteral("c"), QByteArray::number(price), price > 0 ? unit : QString());
        terms.pricePerUnit = price;
    }
    [[nodiscard]] qsizetype stops() const
    {
        qsizetype count = 0;
        for (const ServerRequest &request : requests("/apps/"))
            count += request.path.endsWith("/stop") ? 1 : 0;
        return count;
    }
    [[nodiscard]] QList<ServerRequest> followUps() const
    {
        QList<ServerRequest> found = requests("/apps/");
        found.removeIf([](const ServerRequest &request) { return !request.path.endsWith("/payment"); });
        return found;
    }
};

/// A session by the second, reserved now, has been paid for once more: whatever an older one had to be paid with was paid before.
bool anotherIsPaid()
{
    Peer peer(Price);
    Caller caller({peer.url()});
    caller.open();
    return caller.isReady() && QTest::qWaitFor([&] { return !peer.followUps().isEmpty(); }, 15'000);
}

} // namespace

/// Persistent sessions: reserved, used, paid while they last, and ended by either side.
class LiveRunnerSessionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFreeSessionIsReservedUsedAndStopped();
    void liverunner_47_meteredSessionsArePaidAheadAtTheirOwnAddress();
    void liverunner_47_fixedSessionsArePaidOnce();
    void sdk_24_fixedIsPaidOnceSecondsRepeatedlyAndMinutesNever_data();
    void sdk_24_fixedIsPaidOnceSecondsRepeatedlyAndMinutesNever();
    void liverunner_48_nothingDueIsNoTrouble();
    void liverunner_48_a404EndsTheSession();
    void liverunner_48_refusedPaymentsAreNotTriedForEver_data();
    void liverunner_48_refusedPaymentsAreNotTriedForEver();
    void liverunner_48_brokenPaymentsAreSentAgainAsTheyWere();
    void liverunner_49_paymentsEndBeforeTheSessionIsStoppedOnce();
    void liverunner_49_aReleasedSessionIsNotStopped();
    void liverunner_50_laterTermsComeFromRefreshAndTheAddressStays();
    void liverunner_51_onlyPersistentRunnersAreReserved();
    void liverunner_53_requestsToTheAppCarryNoPayment();
    void aSessionAtAnotherServerIsRefusedAndEnded();
    void answersComePieceByPiece();
    void websocketsReachTheApp();
    void whatEndsAtTheServerEndsHere();
    void aSignerThatDiesBetweenTwoPaymentsPaysNothingTwice();
};

void LiveRunnerSessionsTest::aFreeSessionIsReservedUsedAndStopped()
{
    Peer peer(0);
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    QCOMPARE(caller.session->streamId(), QStringLiteral("session_free"));
    QCOMPARE(caller.session->appUrl().path(), QStringLiteral("/apps/c/session/session_free/app"));
    QVERIFY(!caller.session->stats().secondsPaidAhead);
    const auto reply = caller.request(appCall(QStringLiteral("start?x=1"), "{\"a\":1}"));
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().describe()));
    QCOMPARE(reply->status, 200);
    QCOMPARE(peer.requests("/apps/c/session/session_free/app/start").first().query, QByteArray("x=1"));
    caller.session->close();
    QVERIFY(caller.isOver());
    QVERIFY(!caller.failure);
    QCOMPARE(peer.stops(), 1);
    QVERIFY(peer.payments().isEmpty());
    const auto refused = caller.request(appCall(QStringLiteral("start")));
    QVERIFY(!refused);
}

void LiveRunnerSessionsTest::liverunner_47_meteredSessionsArePaidAheadAtTheirOwnAddress()
{
    Peer peer(Price);
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    QCOMPARE(peer.received(), peer.terms.params().expectedValue() * 10);
    QElapsedTimer since;
    since.start();
    QTRY_VERIFY(peer.followUps().size() >= 2);
    QVERIFY(since.elapsed() < 5000);
    QCOMPARE(peer.followUps().first().path, QByteArray("/apps/c/session/9f3c1a00/payment"));
    QVERIFY(peer.followUps().first().body.isEmpty());
    QVERIFY(caller.session->stats().secondsPaidAhead);
    QVERIFY(*caller.session->stats().secondsPaidAhead >= 8 && *caller.session->stats().secondsPaidAhead <= 12);
    // By this program's own count nothing is paid but the time, ten seconds ahead.
    const Rational most = Rational(Wei(Price) * (10 + 2 + since.elapsed() / 1000 + 1));
    QVERIFY2(peer.received() <= most, qPrintable(toText(peer.received())));
    caller.session->close();
    QVERIFY(caller.isOver());
    QVERIFY2(isPaid(caller.session->payment().paidWei, peer.received()), qPrintable(caller.session->payment().paidWei + QLatin1Char(' ') + toText(peer.received())));
}

void LiveRunnerSessionsTest::liverunner_47_fixedSessionsArePaidOnce()
{
    Peer peer(Price, QStringLiteral("fixed"));
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    QVERIFY(anotherIsPaid());
    QCOMPARE(peer.payments().size(), 1);
    QVERIFY(peer.followUps().isEmpty());
    QVERIFY(!caller.session->stats().secondsPaidAhead);
    caller.session->close();
    QVERIFY(caller.isOver());
    QCOMPARE(peer.stops(), 1);
}

void LiveRunnerSessionsTest::sdk_24_fixedIsPaidOnceSecondsRepeatedlyAndMinutesNever_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("type"); ///< of the signer's payments; empty: none is made
    QTest::newRow("fixed") << QStringLiteral("fixed") << QStringLiteral("fixed");
    QTest::newRow("seconds") << Seconds << QStringLiteral("live");
    QTest::newRow("minute") << QStringLiteral("minute") << QString();
}

void LiveRunnerSessionsTest::sdk_24_fixedIsPaidOnceSecondsRepeatedlyAndMinutesNever()
{
    QFETCH(QString, unit);
    QFETCH(QString, type);
    Peer peer(Price, unit);
    const ScriptedSigner signer;
    Caller caller({peer.url()}, signer.url());
    caller.open();
    const auto asked = [&] {
        QList<livepeer::SignerPaymentRequest> payments;
        for (const ServerRequest &request : signer.requests()) {
            if (const auto one = livepeer::SignerPaymentRequest::parse(request.body); one && !one->type.isEmpty())
                payments.append(*one);
        }
        return payments;
    };
    if (type.isEmpty()) {
        QTRY_VERIFY(caller.failure);
        QCOMPARE(caller.failure->kind(), Error::Kind::Payment);
        QVERIFY2(caller.failure->message().contains(unit), qPrintable(caller.failure->message()));
        QVERIFY(peer.requests("/apps/").isEmpty());
        QVERIFY(asked().isEmpty() && peer.payments().isEmpty());
        return;
    }
    QVERIFY(caller.isReady());
    if (type == QLatin1String("live"))
        QTRY_VERIFY(peer.followUps().size() >= 3);
    else
        QVERIFY(anotherIsPaid());
    caller.session->close();
    QVERIFY(caller.isOver());
    if (type != QLatin1String("live"))
        QCOMPARE(peer.payments().size(), 1);
    const auto payments = asked();
    QVERIFY(payments.size() >= peer.payments().size());
    for (const auto &payment : payments) {
        QCOMPARE(payment.type, type);
        QVERIFY(payment.maxPrice);
        QCOMPARE(payment.maxPrice->unit, unit);
        QCOMPARE(payment.maxPrice->price, Rational(Wei(Price) * 1012, Wei(1000)));
    }
}

void LiveRunnerSessionsTest::liverunner_48_nothingDueIsNoTrouble()
{
    Peer peer(Price);
    ScriptedSigner signer;
    signer.answerPayments([](int n, const QByteArray &) { return n == 0 ? std::nullopt : std::optional(std::pair(482, livepeer::signerErrorBody(QStringLiteral("no tickets")))); });
    Caller caller({peer.url()}, signer.url());
    caller.open();
    QVERIFY(caller.isReady());
    QTRY_VERIFY(signer.payments() >= 3);
    QCOMPARE(caller.session->state(), State::Ready);
    QVERIFY(peer.followUps().isEmpty());
}

void LiveRunnerSessionsTest::liverunner_48_a404EndsTheSession()
{
    Peer peer(Price);
    peer.answerPayments([](int n) { return n == 1 ? std::optional(std::pair(404, QByteArray("runner session not found\n"))) : std::nullopt; });
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    QVERIFY(caller.isOver());
    QVERIFY(caller.failure);
    QCOMPARE(caller.failure->httpStatus(), 404);
    QVERIFY(caller.failure->paymentSent());
    QCOMPARE(peer.followUps().size(), 2);
    QCOMPARE(peer.stops(), 0);
}

void LiveRunnerSessionsTest::liverunner_48_refusedPaymentsAreNotTriedForEver_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("403") << 403 << QByteArray("mismatched session and payment manifest\n");
    QTest::newRow("409") << 409 << QByteArray("fixed-price live runner sessions do not accept follow-up payments\n");
    QTest::newRow("400") << 400 << QByteArray("ticket invalid\n");
}

void LiveRunnerSessionsTest::liverunner_48_refusedPaymentsAreNotTriedForEver()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Peer peer(Price);
    peer.answerPayments([=](int) { return std::optional(std::pair(status, body)); });
    Caller caller({peer.url()});
    caller.open();
    QSignalSpy warned(caller.session.get(), &LiveSession::warning);
    QVERIFY(caller.isReady());
    QTRY_VERIFY(!warned.isEmpty());
    QVERIFY(anotherIsPaid());
    QCOMPARE(peer.followUps().size(), 1);
    QVERIFY(peer.received() <= Rational(Wei(Price) * 13));
}

void LiveRunnerSessionsTest::liverunner_48_brokenPaymentsAreSentAgainAsTheyWere()
{
    Peer peer(Price);
    peer.answerPayments([](int n) { return n == 0 ? std::optional(std::pair(500, QByteArray("oops\n"))) : n == 1 ? std::optional(std::pair(-1, QByteArray())) : std::nullopt; });
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    QTRY_VERIFY_WITH_TIMEOUT(peer.followUps().size() >= 4, 15'000);
    const auto sent = peer.followUps();
    QCOMPARE(headers::value(sent[0].headers, "Livepeer-Payment"), headers::value(sent[1].headers, "Livepeer-Payment"));
    QCOMPARE(headers::value(sent[1].headers, "Livepeer-Payment"), headers::value(sent[2].headers, "Livepeer-Payment"));
    QVERIFY(headers::value(sent[2].headers, "Livepeer-Payment") != headers::value(sent[3].headers, "Livepeer-Payment"));
    QCOMPARE(caller.session->state(), State::Ready);
}

void LiveRunnerSessionsTest::liverunner_49_paymentsEndBeforeTheSessionIsStoppedOnce()
{
    Peer peer(Price);
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    QTRY_VERIFY(!peer.followUps().isEmpty());
    caller.session->close();
    caller.session->close();
    QVERIFY(caller.isOver());
    const auto all = peer.requests("/apps/");
    QVERIFY(all.last().path.endsWith("/session/9f3c1a00/stop"));
    QVERIFY(all.last().body.isEmpty());
    QCOMPARE(peer.stops(), 1);
    QVERIFY(anotherIsPaid());
    QCOMPARE(peer.requests("/apps/").size(), all.size());
}

void LiveRunnerSessionsTest::liverunner_49_aReleasedSessionIsNotStopped()
{
    Peer peer(0);
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    peer.setApp(RunnerPeer::text(404, "runner session not found\n"));
    const auto reply = caller.request(appCall(QStringLiteral("x")));
    QVERIFY(reply);
    QCOMPARE(reply->status, 404);
    QVERIFY(caller.isOver());
    QVERIFY(caller.failure);
    QCOMPARE(peer.stops(), 0);
}

void LiveRunnerSessionsTest::liverunner_50_laterTermsComeFromRefreshAndTheAddressStays()
{
    Peer peer(Price);
    ScriptedSigner signer;
    signer.answerPayments([](int n, const QByteArray &) { return n == 1 ? std::optional(std::pair(480, livepeer::signerErrorBody(QStringLiteral("refresh")))) : std::nullopt; });
    Caller caller({peer.url()}, signer.url());
    caller.open();
    QVERIFY(caller.isReady());
    QTRY_VERIFY(peer.followUps().size() >= 1);
    QCOMPARE(peer.requests("/refresh-payment").size(), 1);
    const auto asked = Json::parse(peer.requests("/refresh-payment").first().body);
    QVERIFY(asked);
    QCOMPARE(asked->value(QStringLiteral("manifest_id")).toString(), QStringLiteral("9f3c1a00"));
    QCOMPARE(asked->value(QStringLiteral("sender")).toString().toLower(), signer.key().address().toLower());
    QCOMPARE(peer.followUps().first().path, QByteArray("/apps/c/session/9f3c1a00/payment"));
}

void LiveRunnerSessionsTest::liverunner_51_onlyPersistentRunnersAreReserved()
{
    RunnerPeer peer;
    peer.offer(App, Mode::SingleShot, QStringLiteral("a"), "8000000000", QStringLiteral("fixed"));
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isOver());
    QVERIFY(caller.failure);
    QCOMPARE(caller.failure->kind(), Error::Kind::NoRunner);
    QVERIFY2(caller.failure->message().contains(QLatin1String("not as a persistent app")), qPrintable(caller.failure->message()));
    QVERIFY(peer.requests("/apps/").isEmpty()); // and no schema was asked for on the way
}

void LiveRunnerSessionsTest::liverunner_53_requestsToTheAppCarryNoPayment()
{
    Peer peer(Price);
    ScriptedSigner signer;
    Caller caller({peer.url()}, signer.url());
    caller.open();
    QVERIFY(caller.isReady());
    peer.setApp(RunnerPeer::text(402, "the app's own price"));
    const auto reply = caller.request(appCall(QStringLiteral("x")));
    QVERIFY(reply);
    QCOMPARE(reply->status, 402); // an answer like any other
    QCOMPARE(reply->body, QByteArray("the app's own price"));
    const auto calls = peer.requests("/apps/c/session/9f3c1a00/app/x");
    QCOMPARE(calls.size(), 1);
    for (const auto &[name, value] : calls.first().headers) {
        QVERIFY2(!name.toLower().startsWith("livepeer-"), name.constData());
        QVERIFY2(name.toLower() != "authorization", value.constData());
    }
    QCOMPARE(caller.session->state(), State::Ready);
}

void LiveRunnerSessionsTest::aSessionAtAnotherServerIsRefusedAndEnded()
{
    Peer thief(0);
    Peer peer(Price);
    peer.setReserved("{\"session_id\":\"9f3c1a00\",\"app_url\":\"" + thief.url().toString().toLatin1() + "/app\",\"control_url\":\"" + thief.url().toString().toLatin1() + "/apps/c/session/9f3c1a00\"}");
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isOver());
    QVERIFY(caller.failure);
    QCOMPARE(caller.failure->kind(), Error::Kind::Protocol);
    QVERIFY(caller.failure->paymentSent());
    QVERIFY(thief.requests().isEmpty());
    QCOMPARE(peer.requests("/apps/").last().path, QByteArray("/apps/c/session/9f3c1a00/stop"));
    QCOMPARE(peer.payments().size(), 1);
}

void LiveRunnerSessionsTest::answersComePieceByPiece()
{
    Peer peer(0);
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    peer.setApp(RunnerPeer::events({"1", "2"}));
    QByteArray bytes;
    const auto reply = caller.request(appCall(QStringLiteral("events")), [&](const QByteArray &piece) { bytes += piece; });
    QVERIFY2(reply, reply ? "" : qPrintable(reply.error().describe()));
    QCOMPARE(bytes, QByteArray("data: 1\n\ndata: 2\n\n"));
    QVERIFY(reply->body.isEmpty());
}

void LiveRunnerSessionsTest::websocketsReachTheApp()
{
    QWebSocketServer echo(QStringLiteral("app"), QWebSocketServer::NonSecureMode);
    QVERIFY(echo.listen(QHostAddress::LocalHost));
    connect(&echo, &QWebSocketServer::newConnection, this, [&] {
        QWebSocket *socket = echo.nextPendingConnection();
        socket->setParent(&echo);
        connect(socket, &QWebSocket::textMessageReceived, socket, [socket](const QString &text) { socket->sendTextMessage(socket->requestUrl().path() + QLatin1Char(' ') + text); });
    });
    Peer peer(0);
    const QByteArray base = peer.url().toString().toLatin1() + "/apps/c/session/s1";
    const QByteArray app = "http://127.0.0.1:" + QByteArray::number(echo.serverPort()) + "/app";
    peer.setReserved("{\"session_id\":\"s1\",\"app_url\":\"" + app + "\",\"control_url\":\"" + base + "\"}");
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    const auto socket = caller.session->openSocket(QStringLiteral("ws"));
    QSignalSpy opened(socket.get(), &AppSocket::opened);
    QSignalSpy texts(socket.get(), &AppSocket::text);
    QSignalSpy closed(socket.get(), &AppSocket::closed);
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(socket->send(QStringLiteral("hello")));
    QTRY_COMPARE(texts.size(), 1);
    QCOMPARE(texts.first().first().toString(), QStringLiteral("/app/ws hello"));
    caller.session->close(); // it goes with the session
    QTRY_COMPARE(closed.size(), 1);
    const auto bad = caller.session->openSocket(QStringLiteral("ws"));
    QSignalSpy refused(bad.get(), &AppSocket::closed);
    QTRY_COMPARE(refused.size(), 1);
}

void LiveRunnerSessionsTest::whatEndsAtTheServerEndsHere()
{
    Peer peer(Price);
    Caller caller({peer.url()});
    caller.open();
    QVERIFY(caller.isReady());
    peer.setApp(RunnerPeer::text(404, "{\"detail\":\"no such thing\"}", "application/json")); // the app's own, which ends nothing
    QVERIFY(caller.request(appCall(QStringLiteral("x"))));
    QCOMPARE(caller.session->state(), State::Ready);
    peer.setApp(RunnerPeer::text(404, "runner not found\n"));
    QVERIFY(caller.request(appCall(QStringLiteral("x"))));
    QVERIFY(caller.isOver());
    QVERIFY(caller.failure);
    QVERIFY2(caller.failure->message().contains(QLatin1String("runner not found")), qPrintable(caller.failure->message()));
    QVERIFY(caller.failure->paymentSent());
}

void LiveRunnerSessionsTest::aSignerThatDiesBetweenTwoPaymentsPaysNothingTwice()
{
    Peer peer(Price);
    ScriptedSigner signer;
    Caller caller({peer.url()}, signer.url());
    caller.open();
    QSignalSpy warned(caller.session.get(), &LiveSession::warning);
    QVERIFY(caller.isReady());
    signer.die();
    QTRY_VERIFY(!warned.isEmpty());
    caller.session->close();
    QVERIFY(caller.isOver());
    QCOMPARE(peer.stops(), 1);
    QVERIFY2(isPaid(caller.session->payment().paidWei, peer.received()), qPrintable(caller.session->payment().paidWei + QLatin1Char(' ') + toText(peer.received())));
}

QTEST_GUILESS_MAIN(LiveRunnerSessionsTest)
#include "tst_liverunner_sessions.moc"
