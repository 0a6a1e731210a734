#include "sluice/base/bytes.h"
#include "sluice/livepeer/messages.h"
#include "sluice/liverunner/client_payment.h"
#include "sluice/payments/asked_price.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::liverunner;

namespace {

const QUrl Node(QStringLiteral("https://orch.example:8935"));

QByteArray listing(const QByteArray &runners)
{
    return "[{\"address\":\"https://orch.example:8935\",\"runners\":[" + runners + "]}]";
}

QByteArray runner(const QByteArray &more, const QByteArray &app = "acme/hello")
{
    return "{\"url\":\"https://orch.example:8935/apps/a/app\",\"app\":\"" + app + "\",\"mode\":\"single-shot\",\"capacity\":2,\"capacity_available\":2" + more + "}";
}

QByteArray terms(const QString &id, const PriceInfo &price = {7, 1})
{
    livepeer::OrchestratorInfo info;
    info.transcoder = Node.toString();
    info.ticketParams = TicketParams();
    info.price = price;
    info.authToken = livepeer::AuthToken{"token", id, 2'000'000'000};
    return bytes::toBase64(livepeer::encodeInfo(info));
}

QByteArray challenge(const QByteArray &params, const QByteArray &id, const QByteArray &paymentUrl)
{
    return "{\"payment_params\":\"" + params + "\",\"orchestrator\":\"x\",\"manifest_id\":\"" + id + "\",\"payment_url\":\"" + paymentUrl + "\"}";
}

ListedPrice price(qint64 wei, PriceUnit unit)
{
    ListedPrice made;
    made.perUnit = wei;
    made.unit = unit;
    return made;
}

} // namespace

/// What a caller reads of an orchestrator's live runners, as values.
class LiveRunnerClientWireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liverunner_41_theFilterIsAppliedHereAndBadRunnersAreSkipped();
    void liverunner_41_whatIsNoListIsAnError_data();
    void liverunner_41_whatIsNoListIsAnError();
    void liverunner_42_pathsComeBehindExactlyOneSlash_data();
    void liverunner_42_pathsComeBehindExactlyOneSlash();
    void liverunner_43_charactersThatDoNotArriveAreRefused_data();
    void liverunner_43_charactersThatDoNotArriveAreRefused();
    void liverunner_46_theUnitNamesThePaymentAndOthersAreNotPaid();
    void liverunner_46_theCeilingIsTheListedPriceAndALittleOrTheCap();
    void liverunner_53_pricesAbove2To53KeepEveryDigit();
    void aRunnerOnOnlyThisMachineIsNotNamedByAnotherOne();
    void challengesAreLookedThrough_data();
    void challengesAreLookedThrough();
    void aSessionStaysAtItsOrchestrator_data();
    void aSessionStaysAtItsOrchestrator();
};

void LiveRunnerClientWireTest::liverunner_41_theFilterIsAppliedHereAndBadRunnersAreSkipped()
{
    RunnerFilter filter;
    filter.apps = {QStringLiteral("acme/hello"), QStringLiteral("acme/other")};
    filter.gpus = {QStringLiteral("H100")};
    const QByteArray body = listing(runner(",\"gpu\":{\"name\":\"H100\"}") + ',' + runner(",\"gpu\":{\"name\":\"A10\"}") + ',' + runner(",\"gpu\":{\"name\":\"H100\"}", "foreign/app")
        + ",{\"app\":\"acme/hello\",\"mode\":\"persistent\"},{\"url\":\"https://orch.example/x\"},17,null");
    const auto all = parseRunners(body, Node);
    QVERIFY2(all, all ? "" : qPrintable(all.error().describe()));
    QCOMPARE(all->size(), 3);
    const auto some = parseRunners(body, Node, filter);
    QVERIFY(some);
    QCOMPARE(some->size(), 1);
    QCOMPARE(some->first().app, QStringLiteral("acme/hello"));
    QCOMPARE(some->first().gpu, QStringLiteral("H100"));
}

void LiveRunnerClientWireTest::liverunner_41_whatIsNoListIsAnError_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("object") << QByteArray("{\"runners\":[]}");
    QTest::newRow("text") << QByteArray("404 page not found");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("too large") << QByteArray(MaxDiscoveryBytes + 1, ' ');
}

void LiveRunnerClientWireTest::liverunner_41_whatIsNoListIsAnError()
{
    QFETCH(QByteArray, body);
    const auto runners = parseRunners(body, Node);
    QVERIFY(!runners);
    QVERIFY2(!runners.error().advice().isEmpty(), qPrintable(runners.error().describe()));
}

void LiveRunnerClientWireTest::liverunner_42_pathsComeBehindExactlyOneSlash_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    const QString app = QStringLiteral("https://o:8935/apps/a/app");
    QTest::newRow("plain") << app << QStringLiteral("v1/x") << app + QStringLiteral("/v1/x");
    QTest::newRow("with a slash") << app << QStringLiteral("/v1/x") << app + QStringLiteral("/v1/x");
    QTest::newRow("several slashes") << app + QStringLiteral("//") << QStringLiteral("//v1/x") << app + QStringLiteral("/v1/x");
    QTest::newRow("nothing") << app << QString() << app + QStringLiteral("/");
    QTest::newRow("query") << app << QStringLiteral("x?a=1&b=t wo") << app + QStringLiteral("/x?a=1&b=t%20wo");
    QTest::newRow("ends in a slash") << app << QStringLiteral("x/") << app + QStringLiteral("/x/");
}

void LiveRunnerClientWireTest::liverunner_42_pathsComeBehindExactlyOneSlash()
{
    QFETCH(QString, base);
    QFETCH(QString, path);
    QFETCH(QString, url);
    const auto made = appUrl(QUrl(base), path);
    QVERIFY2(made, made ? "" : qPrintable(made.error().describe()));
    QCOMPARE(made->toString(QUrl::FullyEncoded), url);
}

void LiveRunnerClientWireTest::liverunner_43_charactersThatDoNotArriveAreRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("blank") << QStringLiteral("a b");
    QTest::newRow("percent") << QStringLiteral("a%20b");
    QTest::newRow("umlaut") << QStringLiteral("grün");
    QTest::newRow("slash in disguise") << QStringLiteral("a%2Fb");
    QTest::newRow("hash") << QStringLiteral("a#b");
    QTest::newRow("two slashes") << QStringLiteral("a//b");
    QTest::newRow("dot segment") << QStringLiteral("a/../b");
    QTest::newRow("one dot") << QStringLiteral("./b");
    QTest::newRow("line end") << QStringLiteral("a\r\nb");
    QTest::newRow("brace") << QStringLiteral("{a}");
}

void LiveRunnerClientWireTest::liverunner_43_charactersThatDoNotArriveAreRefused()
{
    QFETCH(QString, path);
    const auto made = appUrl(QUrl(QStringLiteral("https://o/apps/a/app")), path);
    QVERIFY(!made);
    QCOMPARE(made.error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(made.error().field(), QStringLiteral("/path"));
    QVERIFY(!made.error().advice().isEmpty());
}

void LiveRunnerClientWireTest::liverunner_46_theUnitNamesThePaymentAndOthersAreNotPaid()
{
    QCOMPARE(paymentType(PriceUnit::Seconds), QStringLiteral("live"));
    QCOMPARE(paymentType(PriceUnit::PixelSeconds), QStringLiteral("lv2v"));
    QCOMPARE(paymentType(PriceUnit::Fixed), QStringLiteral("fixed"));
    QCOMPARE(unitsPerSecond(PriceUnit::PixelSeconds), Wei(27'648'000));
    for (const char *odd : {"{\"price\":5,\"currency\":\"wei\",\"unit\":\"token\"}", "{\"price\":5,\"currency\":\"usd\",\"unit\":\"seconds\"}",
             "{\"price\":99999999999999999999999,\"currency\":\"wei\",\"unit\":\"seconds\"}"}) {
        const auto runners = parseRunners(listing(runner(",\"price_info\":" + QByteArray(odd))), Node);
        QVERIFY(runners);
        QCOMPARE(runners->size(), 1);
        QVERIFY2(runners->first().price, odd);
        const auto ceiling = ceilingFor(*runners->first().price, PaymentBounds());
        QVERIFY2(!ceiling, odd);
        QCOMPARE(ceiling.error().kind(), Error::Kind::Payment);
    }
}

void LiveRunnerClientWireTest::liverunner_46_theCeilingIsTheListedPriceAndALittleOrTheCap()
{
    PaymentBounds bounds;
    QCOMPARE(*ceilingFor(price(1000, PriceUnit::Seconds), bounds), Rational(1012));
    QCOMPARE(*ceilingFor(price(1000, PriceUnit::PixelSeconds), bounds), Rational(Wei(1012) * 27'648'000));
    bounds.cap = Rational(1005);
    QCOMPARE(*ceilingFor(price(1000, PriceUnit::Fixed), bounds), Rational(1005));
    bounds.cap = Rational(5000);
    QCOMPARE(*ceilingFor(price(1000, PriceUnit::Fixed), bounds), Rational(1012));
    bounds.cap = Rational(999);
    const auto above = ceilingFor(price(1000, PriceUnit::Fixed), bounds);
    QVERIFY(!above);
    QCOMPARE(above.error().kind(), Error::Kind::PriceExceeded);
    QCOMPARE(*askedPrice(above.error()), Rational(1000));
    QVERIFY2(above.error().message().contains(QLatin1String("a call")), qPrintable(above.error().message()));
    bounds.cap.reset();
    bounds.seen = Rational(500); // the list was seen before the price rose
    QCOMPARE(ceilingFor(price(1000, PriceUnit::Seconds), bounds).error().kind(), Error::Kind::PriceExceeded);
    bounds.cap = Rational(1000); // and the person agreed
    QCOMPARE(*ceilingFor(price(1000, PriceUnit::Seconds), bounds), Rational(1000));
}

void LiveRunnerClientWireTest::liverunner_53_pricesAbove2To53KeepEveryDigit()
{
    const auto runners = parseRunners(listing(runner(",\"price_info\":{\"price\":9007199254740993,\"currency\":\"wei\",\"unit\":\"seconds\"}")), Node);
    QVERIFY(runners);
    QCOMPARE(runners->first().price->perUnit, Wei("9007199254740993"));
    QCOMPARE(*ceilingFor(*runners->first().price, PaymentBounds()), Rational(Wei("9007199254740993") * 1012, Wei(1000)));
}

void LiveRunnerClientWireTest::aRunnerOnOnlyThisMachineIsNotNamedByAnotherOne()
{
    QByteArray entry = runner("");
    entry.replace("https://orch.example:8935", "https://127.0.0.1:22");
    QVERIFY(parseRunners(listing(entry), Node)->isEmpty());
    entry = runner("");
    entry.replace("https://orch.example:8935", "http://orch.example:8935");
    QVERIFY(parseRunners(listing(entry), Node)->isEmpty());
}

void LiveRunnerClientWireTest::challengesAreLookedThrough_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const QByteArray pay = "https://orch.example:8935/apps/a/session/9f3c1a07/payment";
    const QByteArray good = terms(QStringLiteral("9f3c1a07"));
    QTest::newRow("good") << challenge(good, "9f3c1a07", pay) << -1 << QString();
    QTest::newRow("the app's own") << QByteArray("{\"error\":{\"message\":\"insert coin\"}}") << int(Error::Kind::Payment) << QStringLiteral("insert coin");
    QTest::newRow("text") << QByteArray("base64 decode error: x\n") << int(Error::Kind::Payment) << QStringLiteral("base64 decode error");
    QTest::newRow("another server") << challenge(good, "9f3c1a07", "https://thief.example:8935/apps/a/session/9f3c1a07/payment") << int(Error::Kind::Protocol) << QString();
    QTest::newRow("another port") << challenge(good, "9f3c1a07", "https://orch.example:1/apps/a/session/9f3c1a07/payment") << int(Error::Kind::Protocol) << QString();
    QTest::newRow("in the clear") << challenge(good, "9f3c1a07", "http://orch.example:8935/x/payment") << int(Error::Kind::Protocol) << QString();
    QTest::newRow("no address") << challenge(good, "9f3c1a07", "") << int(Error::Kind::Protocol) << QStringLiteral("v0.9.1");
    QTest::newRow("another token") << challenge(good, "9f3c1a08", pay) << int(Error::Kind::Protocol) << QString();
    QTest::newRow("no base64") << challenge("%%", "9f3c1a07", pay) << int(Error::Kind::Protocol) << QString();
    QTest::newRow("no protobuf") << challenge("AAAA", "9f3c1a07", pay) << int(Error::Kind::Protocol) << QString();
    QTest::newRow("a price for two units") << challenge(terms(QStringLiteral("9f3c1a07"), {7, 2}), "9f3c1a07", pay) << int(Error::Kind::Protocol) << QString();
}

void LiveRunnerClientWireTest::challengesAreLookedThrough()
{
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const auto read = termsFromChallenge(body, QUrl(QStringLiteral("https://orch.example:8935/apps/a/app/x")));
    if (kind < 0) {
        QVERIFY2(read, read ? "" : qPrintable(read.error().describe()));
        QCOMPARE(read->manifestId, QStringLiteral("9f3c1a07"));
        QCOMPARE(read->info.price->pricePerUnit, 7);
        return;
    }
    QVERIFY(!read);
    QCOMPARE(int(read.error().kind()), kind);
    QVERIFY2(read.error().message().contains(says), qPrintable(read.error().describe()));
    QVERIFY(!read.error().advice().isEmpty());
}

void LiveRunnerClientWireTest::aSessionStaysAtItsOrchestrator_data()
{
    QTest::addColumn<QString>("app");
    QTest::addColumn<QString>("control");
    QTest::addColumn<bool>("good");
    const QString base = QStringLiteral("https://orch.example:8935/apps/a/session/5b1e0c44");
    QTest::newRow("its own") << base + QStringLiteral("/app") << base << true;
    QTest::newRow("a proxy by path") << QStringLiteral("https://orch.example:8935/run/abc") << base << true;
    QTest::newRow("a proxy by name") << QStringLiteral("https://abc.orch.example:8935/") << base << true;
    QTest::newRow("an app elsewhere") << QStringLiteral("https://thief.example/app") << base << false;
    QTest::newRow("a name that only ends so") << QStringLiteral("https://notorch.example:8935/") << base << false;
    QTest::newRow("an app in the clear") << QStringLiteral("http://orch.example:8935/app") << base << false;
    QTest::newRow("control elsewhere") << base + QStringLiteral("/app") << QStringLiteral("https://thief.example:8935/apps/a/session/5b1e0c44") << false;
    QTest::newRow("control at a proxy") << base + QStringLiteral("/app") << QStringLiteral("https://abc.orch.example:8935/c") << false;
}

void LiveRunnerClientWireTest::aSessionStaysAtItsOrchestrator()
{
    QFETCH(QString, app);
    QFETCH(QString, control);
    QFETCH(bool, good);
    SessionAnswer answer;
    answer.sessionId = QStringLiteral("5b1e0c44");
    answer.appUrl = app;
    answer.controlUrl = control;
    const auto session = parseReserved(answer.toJson().dump(), QUrl(QStringLiteral("https://orch.example:8935/apps/a/session")));
    QVERIFY2(bool(session) == good, session ? "" : qPrintable(session.error().describe()));
    if (!good)
        QCOMPARE(session.error().kind(), Error::Kind::Protocol);
}

QTEST_GUILESS_MAIN(LiveRunnerClientWireTest)
#include "tst_liverunner_client_wire.moc"
