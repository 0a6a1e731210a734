#include "server_fixture.h"

#include "sluice/base/bytes.h"
#include "sluice/net/asio_wait.h"

using namespace sluice;
using namespace sluice::liverunner;
using namespace std::chrono_literals;

namespace {

const QString SingleShot = QStringLiteral("single-shot");
const QString Persistent = QStringLiteral("persistent");
const QString Reserve = QStringLiteral("/apps/cam/session");
const QString Call = QStringLiteral("/apps/hello/app/x");

Json priced(const char *price, int capacity = 4)
{
    return Json{{QStringLiteral("price_info"), orThrow(Json::parse(price))}, {QStringLiteral("capacity"), capacity}};
}

/// A paid node with "cam", persistent, and "hello", single-shot.
struct PaidFixture : ServerFixture {
    explicit PaidFixture(const char *price, OrchestratorOptions options = {}, int capacity = 4)
        : ServerFixture(std::move(options), true)
    {
        camSecret = enter(QStringLiteral("cam"), Persistent, priced(price, capacity));
        enter(QStringLiteral("hello"), SingleShot, priced(price, capacity));
    }
    Rational balance(const Payer &payer, const QString &manifest)
    {
        return recipient->ledger().balance(payer.key.address(), manifest).value_or(Rational(-1));
    }
    /// Another app, at a price by time, is reserved, billed and stopped: sessions from before have had a debit meanwhile, if they have any.
    bool isBilledOnce(const char *price)
    {
        enter(QStringLiteral("clock"), Persistent, priced(price, 1));
        Payer payer(*this);
        payer.challenge("POST", QStringLiteral("/apps/clock/session"));
        payer.addTickets(1);
        const auto session = SessionAnswer::parse(send("POST", QStringLiteral("/apps/clock/session"), payer.headers()).body);
        return session && QTest::qWaitFor([&] { return balance(payer, session->sessionId) < payer.worth(1); })
            && send("POST", session->controlUrl + QStringLiteral("/stop")).status == 204;
    }
    Answer again(const char *price) { return heartbeat(registration(QStringLiteral("cam"), Persistent, priced(price)), camSecret); }
    QByteArray camSecret;
};

OrchestratorOptions eachSecond()
{
    OrchestratorOptions options;
    options.debitInterval = 1000ms;
    return options;
}

QString paymentUrl(const Payer &payer)
{
    return payer.asked.paymentUrl;
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Payer &)>)

/// What an orchestrator asks for, takes and bills.
class LiveRunnerMoneyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liverunner_30_an_unpaid_request_of_any_method_gets_a_challenge_and_nothing_else();
    void liverunner_31_a_challenge_says_what_a_signer_needs();
    void liverunner_32_without_a_payer_there_is_no_challenge_data();
    void liverunner_32_without_a_payer_there_is_no_challenge();
    void liverunner_33_the_manifest_becomes_the_session_once();
    void liverunner_34_a_fixed_price_is_paid_once_and_exactly();
    void liverunner_35_seconds_are_billed_until_the_session_ends();
    void liverunner_35_pixels_are_billed_by_the_second();
    void liverunner_36_an_uncovered_tick_ends_a_session_and_cuts_a_call();
    void liverunner_37_the_payment_route_keeps_its_order();
    void liverunner_38_a_refresh_keeps_the_price();
    void liverunner_39_what_is_no_payment_for_this_app_is_refused_data();
    void liverunner_39_what_is_no_payment_for_this_app_is_refused();
    void liverunner_39_a_challenge_of_a_cheap_app_does_not_pay_for_a_dear_one();
    void a_refused_payment_of_the_first_steps_may_be_sent_again();
    void a_payer_without_a_reserve_is_told_so();
    void a_changed_price_holds_for_new_sessions_only();
    void no_ticket_is_taken_twice();
};

void LiveRunnerMoneyTest::liverunner_30_an_unpaid_request_of_any_method_gets_a_challenge_and_nothing_else()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour, {}, 1);
    Payer payer(fixture);
    for (const char *method : {"GET", "HEAD", "OPTIONS", "POST", "DELETE"}) {
        const Answer answer = fixture.send(method, Call, payer.asking());
        QCOMPARE(answer.status, 402);
        QCOMPARE(headers::mediaType(answer.headers), QByteArray("application/json"));
        if (QByteArray(method) != "HEAD")
            QVERIFY(Challenge::parse(answer.body));
    }
    QVERIFY(fixture.appRequests().isEmpty());
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
    // Not even a full app is different.
    QCOMPARE(payer.challenge("POST", Reserve).status, 402);
    payer.addTickets(1);
    QCOMPARE(fixture.send("POST", Reserve, payer.headers()).status, 200);
    QCOMPARE(fixture.send("POST", Reserve, payer.asking()).status, 402);
}

void LiveRunnerMoneyTest::liverunner_31_a_challenge_says_what_a_signer_needs()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    Payer payer(fixture);
    const Answer answer = payer.challenge("POST", Call);
    QCOMPARE(answer.status, 402);
    QCOMPARE(answer.json().size(), 4);
    QCOMPARE(payer.asked.orchestrator, fixture.service.toString());
    QCOMPARE(payer.info.authToken->sessionId, payer.asked.manifestId);
    QVERIFY(payer.asked.manifestId.size() >= 32); // 128 bits
    QVERIFY(payer.info.price == (PriceInfo{1'000'000'000, 1}));
    QCOMPARE(payer.info.transcoder, fixture.service.toString());
    QVERIFY(payer.info.address == fixture.recipient->config().recipient);
    QVERIFY(payer.info.ticketParams);
    QCOMPARE(payer.asked.paymentUrl, fixture.at(QStringLiteral("/apps/hello/session/%1/payment").arg(payer.asked.manifestId)));
    const QString first = payer.asked.manifestId;
    payer.challenge("POST", Call);
    QVERIFY(payer.asked.manifestId != first);
}

void LiveRunnerMoneyTest::liverunner_32_without_a_payer_there_is_no_challenge_data()
{
    QTest::addColumn<QByteArray>("payer");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("short") << QByteArray("0x1234");
    QTest::newRow("zero") << QByteArray("0x0000000000000000000000000000000000000000");
    QTest::newRow("no hex") << QByteArray("0xzz36E3605D9C16a7a3D7b1898e529396a65c2311");
}

void LiveRunnerMoneyTest::liverunner_32_without_a_payer_there_is_no_challenge()
{
    QFETCH(QByteArray, payer);
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    Headers fields;
    if (!payer.isNull())
        fields.emplaceBack(header::PayerAddress, payer);
    for (const QString &target : {Call, Reserve}) {
        const Answer answer = fixture.send("POST", target, fields);
        QCOMPARE(answer.status, 402);
        QCOMPARE(answer.json().find(QStringLiteral("/error/message")).value_or(Json()).toString(), QStringLiteral("invalid live runner payment signer address"));
        QVERIFY(!answer.json().contains(QStringLiteral("payment_params")));
    }
}

void LiveRunnerMoneyTest::liverunner_33_the_manifest_becomes_the_session_once()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    payer.addTickets(1);
    const Answer reserved = fixture.send("POST", Reserve, payer.headers());
    QCOMPARE(reserved.status, 200);
    QCOMPARE(SessionAnswer::parse(reserved.body)->sessionId, payer.asked.manifestId);
    QCOMPARE(fixture.balance(payer, payer.asked.manifestId), payer.worth(1));
    payer.payment.tickets.clear();
    payer.addTickets(1);
    const Answer twice = fixture.send("POST", Reserve, payer.headers());
    QCOMPARE(twice.status, 409);
    QCOMPARE(twice.line(), QByteArray("session already exists"));
    QCOMPARE(fixture.balance(payer, payer.asked.manifestId), payer.worth(1));
    payer.segment.manifestId = "another";
    const Answer other = fixture.send("POST", Reserve, payer.headers());
    QCOMPARE(other.status, 403);
    QCOMPARE(other.line(), QByteArray("mismatched manifest and auth token"));
    QCOMPARE(fixture.orchestrator->sessions().size(), 1);
}

void LiveRunnerMoneyTest::liverunner_34_a_fixed_price_is_paid_once_and_exactly()
{
    PaidFixture fixture(ServerFixture::EightGweiFixed, eachSecond());
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    QVERIFY(payer.info.price == (PriceInfo{8'000'000'000, 1}));
    payer.payment.expectedPrice = PriceInfo{7'999'999'999, 1};
    payer.addTickets(1);
    const Answer off = fixture.send("POST", Reserve, payer.headers());
    QCOMPARE(off.status, 400);
    QCOMPARE(off.line(), QByteArray("payment price does not match live runner price"));
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
    payer.payment.expectedPrice = payer.info.price;
    const Answer reserved = fixture.send("POST", Reserve, payer.headers()); // the same tickets: they were not taken
    QCOMPARE(reserved.status, 200);
    QCOMPARE(fixture.balance(payer, payer.asked.manifestId), Rational(payer.worth(1) - 8'000'000'000));
    payer.payment.tickets.clear();
    payer.addTickets(1);
    const Answer more = fixture.send("POST", paymentUrl(payer), payer.headers());
    QCOMPARE(more.status, 409);
    QCOMPARE(more.line(), QByteArray("fixed-price live runner sessions do not accept follow-up payments"));
    QVERIFY(fixture.isBilledOnce(ServerFixture::OneGweiPerHour));
    QCOMPARE(fixture.orchestrator->sessions(), QStringList(payer.asked.manifestId));
    // One call, too; and what does not reach is refused and gives the slot back.
    Payer caller(fixture);
    caller.challenge("POST", Call);
    caller.addTickets(1);
    QCOMPARE(fixture.send("POST", Call, caller.headers()).status, 200);
    QCOMPARE(fixture.balance(caller, caller.asked.manifestId), Rational(caller.worth(1) - 8'000'000'000));
    QCOMPARE(fixture.appRequests().size(), 1);
}

void LiveRunnerMoneyTest::liverunner_35_seconds_are_billed_until_the_session_ends()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour, eachSecond());
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    payer.addTickets(1);
    const auto session = SessionAnswer::parse(fixture.send("POST", Reserve, payer.headers()).body);
    QVERIFY(session);
    const Rational second(1'000'000'000);
    QCOMPARE(fixture.balance(payer, session->sessionId), payer.worth(1));
    QTRY_COMPARE(fixture.balance(payer, session->sessionId), Rational(payer.worth(1) - second));
    QTRY_COMPARE(fixture.balance(payer, session->sessionId), Rational(payer.worth(1) - second * 2));
    QCOMPARE(fixture.send("POST", session->controlUrl + QStringLiteral("/stop")).status, 204);
    QVERIFY(fixture.isBilledOnce(ServerFixture::OneGweiPerHour));
    QCOMPARE(fixture.balance(payer, session->sessionId), Rational(payer.worth(1) - second * 2));
}

void LiveRunnerMoneyTest::liverunner_35_pixels_are_billed_by_the_second()
{
    PaidFixture fixture(R"({"price":0.01,"unit":"720p"})", eachSecond());
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    const qint64 perUnit = payer.info.price->pricePerUnit;
    QVERIFY(perUnit > 0);
    payer.addTickets(1);
    const auto session = SessionAnswer::parse(fixture.send("POST", Reserve, payer.headers()).body);
    QVERIFY(session);
    QTRY_COMPARE(fixture.balance(payer, session->sessionId), Rational(payer.worth(1) - Rational(perUnit) * 27'648'000));
}

void LiveRunnerMoneyTest::liverunner_36_an_uncovered_tick_ends_a_session_and_cuts_a_call()
{
    PaidFixture fixture(ServerFixture::EightGweiPerHour, eachSecond());
    fixture.setApp([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await response.begin(200, headers::contentType("text/event-stream"));
        co_await response.write("data: 1\n\n");
        co_await response.closed();
    });
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    payer.addTickets(1); // covers one second
    const auto session = SessionAnswer::parse(fixture.send("POST", Reserve, payer.headers()).body);
    QVERIFY(session);
    Payer caller(fixture);
    caller.challenge("POST", Call);
    caller.addTickets(1);
    QByteArray request = "POST " + Call.toLatin1() + " HTTP/1.1\r\nHost: " + fixture.service.authority().toLatin1() + "\r\nContent-Length: 0\r\n";
    for (const auto &[name, value] : caller.headers())
        request += name + ": " + value + "\r\n";
    RawCall call(fixture.service, request + "\r\n");
    QTRY_VERIFY(call.received().contains("data: 1\n\n"));
    QCOMPARE(fixture.orchestrator->sessions().size(), 2);
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
    QTRY_VERIFY(!call.isOpen());
    QVERIFY(!call.received().endsWith("0\r\n\r\n"));
    QCOMPARE(fixture.send("POST", session->appUrl + QStringLiteral("/x")).line(), QByteArray("runner session not found"));
    QCOMPARE(fixture.balance(payer, session->sessionId), Rational(payer.worth(1) - 8'000'000'000));
}

void LiveRunnerMoneyTest::liverunner_37_the_payment_route_keeps_its_order()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    payer.addTickets(1);
    QCOMPARE(fixture.send("POST", paymentUrl(payer), payer.headers()).line(), QByteArray("runner session not found"));
    QCOMPARE(fixture.send("POST", Reserve, payer.headers()).status, 200);
    Headers broken = payer.headers();
    headers::set(broken, header::Payment, "!!");
    const Answer undecoded = fixture.send("POST", paymentUrl(payer), broken);
    QCOMPARE(undecoded.status, 402);
    QVERIFY2(undecoded.body.startsWith("base64 decode error: "), undecoded.body.constData());
    headers::set(broken, header::Payment, "/////w==");
    const Answer unread = fixture.send("POST", paymentUrl(payer), broken);
    QCOMPARE(unread.status, 402);
    QVERIFY2(unread.body.startsWith("protobuf unmarshal error: "), unread.body.constData());
    Payer stranger(fixture);
    stranger.challenge("POST", Reserve);
    stranger.addTickets(1);
    const Answer foreign = fixture.send("POST", paymentUrl(payer), stranger.headers());
    QCOMPARE(foreign.status, 403);
    QCOMPARE(foreign.line(), QByteArray("mismatched session and payment manifest"));
    payer.payment.tickets.clear();
    payer.addTickets(2);
    const Answer good = fixture.send("POST", paymentUrl(payer), payer.headers());
    QCOMPARE(good.status, 200);
    const auto result = livepeer::decodePaymentResult(good.body);
    QVERIFY(result && *result);
    QCOMPARE((*result)->authToken->sessionId, payer.asked.manifestId);
    QVERIFY((*result)->price == payer.info.price);
    QCOMPARE(fixture.balance(payer, payer.asked.manifestId), payer.worth(3));
    payer.take(**result);
    payer.addTickets(1);
    QCOMPARE(fixture.send("POST", paymentUrl(payer), payer.headers()).status, 200);
    QCOMPARE(fixture.balance(payer, payer.asked.manifestId), payer.worth(4));
    const Answer again = fixture.send("POST", paymentUrl(payer), payer.headers());
    QCOMPARE(again.status, 400); // the nonce was seen
    QCOMPARE(fixture.balance(payer, payer.asked.manifestId), payer.worth(4));
}

void LiveRunnerMoneyTest::liverunner_38_a_refresh_keeps_the_price()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    Payer payer(fixture);
    const QString route = QStringLiteral("/refresh-payment");
    const auto refresh = [&](const QString &sender, const QString &manifest) {
        const RefreshRequest request{sender, manifest};
        return fixture.send("POST", route, {{"Content-Type", "application/json"}}, request.toJson().dump());
    };
    const QString sender = payer.key.address().toChecksum();
    payer.challenge("POST", Reserve);
    const auto message = [](const Answer &answer) { return answer.json().find(QStringLiteral("/error/message")).value_or(Json()).toString(); };
    QCOMPARE(refresh(QStringLiteral("0x12"), payer.asked.manifestId).status, 400);
    QCOMPARE(message(refresh(QStringLiteral("0x12"), payer.asked.manifestId)), QStringLiteral("invalid sender"));
    QCOMPARE(message(refresh(sender, QString())), QStringLiteral("missing manifest_id"));
    QCOMPARE(refresh(sender, payer.asked.manifestId).status, 409);
    QCOMPARE(message(refresh(sender, payer.asked.manifestId)), QStringLiteral("fixed price not found for session"));
    payer.addTickets(1);
    QCOMPARE(fixture.send("POST", Reserve, payer.headers()).status, 200);
    QCOMPARE(fixture.again(ServerFixture::EightGweiPerHour).status, 200);
    const Answer refreshed = refresh(sender, payer.asked.manifestId);
    QCOMPARE(refreshed.status, 200);
    const auto challenge = Challenge::parse(refreshed.body);
    QVERIFY(challenge);
    QCOMPARE(challenge->manifestId, payer.asked.manifestId);
    const auto info = livepeer::decodeInfo(orThrow(bytes::fromBase64(challenge->paymentParams)));
    QVERIFY(info);
    QVERIFY(info->price == (PriceInfo{1'000'000'000, 1}));
    payer.take(*info);
    payer.addTickets(1);
    QCOMPARE(fixture.send("POST", paymentUrl(payer), payer.headers()).status, 200);
}

void LiveRunnerMoneyTest::liverunner_39_what_is_no_payment_for_this_app_is_refused_data()
{
    using Spoil = std::function<void(Payer &)>;
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, Spoil spoil, int status) { QTest::newRow(name) << std::move(spoil) << status; };
    row("no tickets", [](Payer &payer) { payer.payment.tickets.clear(); }, 400);
    row("no parameters", [](Payer &payer) { payer.payment.ticketParams.reset(); }, 400);
    row("two units", [](Payer &payer) { payer.payment.expectedPrice = PriceInfo{2'000'000'000, 2}; }, 400);
    row("no unit", [](Payer &payer) { payer.payment.expectedPrice = PriceInfo{1'000'000'000, 0}; }, 400);
    row("cheaper", [](Payer &payer) { payer.payment.expectedPrice = PriceInfo{1, 1}; }, 400);
    row("no price", [](Payer &payer) { payer.payment.expectedPrice.reset(); }, 400);
    row("no token", [](Payer &payer) { payer.segment.authToken.reset(); }, 403);
    row("another token", [](Payer &payer) { payer.segment.authToken->token[0] = char(payer.segment.authToken->token[0] ^ 1); }, 403);
    row("a longer life", [](Payer &payer) { payer.segment.authToken->expiration += 1; }, 403);
    row("another session", [](Payer &payer) { payer.segment.authToken->sessionId += QLatin1Char('0'); }, 403);
    row("another sender", [](Payer &payer) { payer.payment.sender = PrivateKey::generate().address(); }, 403);
    row("no sender", [](Payer &payer) { payer.payment.sender.reset(); }, 403);
    row("a foreign ticket", [](Payer &payer) { payer.payment.tickets.first().signature[5] = char(payer.payment.tickets.first().signature[5] ^ 1); }, 400);
}

void LiveRunnerMoneyTest::liverunner_39_what_is_no_payment_for_this_app_is_refused()
{
    QFETCH(std::function<void(Payer &)>, spoil);
    QFETCH(int, status);
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    for (const QString &target : {Reserve, Call}) {
        Payer payer(fixture);
        payer.challenge("POST", target);
        payer.addTickets(1);
        spoil(payer);
        const Answer answer = fixture.send("POST", target, payer.headers());
        QVERIFY2(answer.status == status, answer.body.constData());
        QCOMPARE(fixture.orchestrator->sessions(), QStringList());
    }
    QVERIFY(fixture.appRequests().isEmpty());
}

void LiveRunnerMoneyTest::liverunner_39_a_challenge_of_a_cheap_app_does_not_pay_for_a_dear_one()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    fixture.enter(QStringLiteral("dear"), Persistent, priced(ServerFixture::EightGweiPerHour));
    fixture.enter(QStringLiteral("twin"), Persistent, priced(ServerFixture::OneGweiPerHour));
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    payer.addTickets(1);
    for (const char *target : {"/apps/dear/session", "/apps/twin/session", "/apps/hello/app/x"}) {
        const Answer answer = fixture.send("POST", QString::fromLatin1(target), payer.headers());
        QCOMPARE(answer.status, 403);
        QCOMPARE(answer.line(), QByteArray("invalid auth token"));
    }
    QCOMPARE(fixture.send("POST", Reserve, payer.headers()).status, 200);
}

void LiveRunnerMoneyTest::a_refused_payment_of_the_first_steps_may_be_sent_again()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour, {}, 1);
    Payer first(fixture);
    first.challenge("POST", Reserve);
    first.addTickets(1);
    const auto session = SessionAnswer::parse(fixture.send("POST", Reserve, first.headers()).body);
    QVERIFY(session);
    Payer second(fixture);
    second.challenge("POST", Reserve);
    second.addTickets(1);
    const Headers paid = second.headers();
    QCOMPARE(fixture.send("POST", Reserve, paid).status, 503);
    QCOMPARE(fixture.send("POST", session->controlUrl + QStringLiteral("/stop")).status, 204);
    QCOMPARE(fixture.send("POST", Reserve, paid).status, 200);
}

void LiveRunnerMoneyTest::a_payer_without_a_reserve_is_told_so()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour);
    Payer payer(fixture, false);
    const Answer answer = payer.challenge("POST", Reserve);
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.line(), QByteArray("insufficient sender reserve"));
}

void LiveRunnerMoneyTest::a_changed_price_holds_for_new_sessions_only()
{
    PaidFixture fixture(ServerFixture::OneGweiPerHour, eachSecond());
    Payer payer(fixture);
    payer.challenge("POST", Reserve);
    payer.addTickets(1);
    QCOMPARE(fixture.again(ServerFixture::EightGweiPerHour).status, 200);
    // Metered: the challenge's price is honoured while its token lives.
    QCOMPARE(fixture.send("POST", Reserve, payer.headers()).status, 200);
    QTRY_COMPARE(fixture.balance(payer, payer.asked.manifestId), Rational(payer.worth(1) - 1'000'000'000));
    Payer later(fixture);
    later.challenge("POST", Reserve);
    QVERIFY(later.info.price == (PriceInfo{8'000'000'000, 1}));
    // Fixed: it is the current one or none.
    QCOMPARE(fixture.again(ServerFixture::EightGweiFixed).status, 200);
    Payer fixed(fixture);
    fixed.challenge("POST", Reserve);
    fixed.addTickets(1);
    QCOMPARE(fixture.again(R"({"price":2e-5,"unit":"fixed"})").status, 200);
    const Answer moved = fixture.send("POST", Reserve, fixed.headers());
    QCOMPARE(moved.status, 400);
    QCOMPARE(moved.line(), QByteArray("payment price does not match live runner price"));
}

void LiveRunnerMoneyTest::no_ticket_is_taken_twice()
{
    PaidFixture fixture(ServerFixture::EightGweiFixed);
    Payer payer(fixture);
    payer.challenge("POST", Call);
    payer.addTickets(1);
    const Headers paid = payer.headers();
    QCOMPARE(fixture.send("POST", Call, paid).status, 200);
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
    const Answer replayed = fixture.send("POST", Call, paid);
    QCOMPARE(replayed.status, 400);
    QVERIFY2(replayed.body.contains("already seen"), replayed.body.constData());
    QCOMPARE(fixture.appRequests().size(), 1);
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
}

QTEST_GUILESS_MAIN(LiveRunnerMoneyTest)
#include "tst_liverunner_money.moc"
