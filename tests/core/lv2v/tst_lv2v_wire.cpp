#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/crypto/private_key.h"
#include "sluice/livepeer/messages.h"
#include "sluice/lv2v/wire.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/ticket.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::lv2v;
using namespace std::chrono_literals;

namespace {

OrchestratorInfo wholeInfo()
{
    OrchestratorInfo info;
    info.transcoder = QStringLiteral("https://o.example:8935");
    TicketParams params;
    params.recipient = PrivateKey::generate().address();
    params.faceValue = U256(80'000'000'000);
    params.winProb = U256(1) << 250;
    params.recipientRandHash = keccak256("rand");
    params.seed = U256(7);
    params.expirationBlock = U256(20'000'040);
    params.expirationParams = ExpirationParams{3472, keccak256("round")};
    info.ticketParams = params;
    info.price = PriceInfo{50, 3};
    info.address = PrivateKey::generate().address();
    info.authToken = AuthToken{"token", QStringLiteral("session"), 1'800'000'000};
    info.models.insert(QStringLiteral("noop"), ModelOffer{true, 4, 1, QStringLiteral("0.14.2"), PriceInfo{50, 3}});
    info.models.insert(QStringLiteral("video-filter"), ModelOffer{});
    info.byocPrices.insert(QStringLiteral("text-reversal"), PriceInfo{100'000'000, 1});
    info.byocPrices.insert(QStringLiteral("für alle/α"), PriceInfo{0, 1});
    return info;
}

} // namespace

class Lv2vWireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void termsComeBackAsTheyWentOut();
    void aNodeOfJobsOnlyTellsTheirPrices();
    void aPaymentResultHoldsTermsInField16();
    void askingForAModelFollowsThePage();
    void segmentCredentialsComeBackAsTheyWentOut();
    void payments_01_theSignedFormOfAnEmptySegment();
    void cutAndOversizedMessagesAreRefused();
    void wrongLengthsAreRefused();
    void startAnswers_data();
    void startAnswers();
    void addressesWithoutHostLieAtTheOrchestrator();
    void startRequestsNameTheFieldAtFault();
    void payments_03_pixelsAndPricesAreExact();
    void serviceUrls_data();
    void serviceUrls();
};

void Lv2vWireTest::termsComeBackAsTheyWentOut()
{
    const OrchestratorInfo info = wholeInfo();
    const auto back = decodeInfo(encodeInfo(info));
    QVERIFY(back);
    QCOMPARE(*back, info);
    QCOMPARE(*decodeInfo(encodeInfo(OrchestratorInfo())), OrchestratorInfo());
}

void Lv2vWireTest::aNodeOfJobsOnlyTellsTheirPrices()
{
    OrchestratorInfo info;
    info.byocPrices.insert(QStringLiteral("text-reversal"), PriceInfo{7, 2});
    info.byocPrices.insert(QStringLiteral("no price"), PriceInfo{-1, 1});
    info.byocPrices.insert(QString(), PriceInfo{1, 1});
    const auto back = decodeInfo(encodeInfo(info));
    QVERIFY(back);
    QVERIFY(back->models.isEmpty());
    QCOMPARE(back->byocPrices, (QMap<QString, PriceInfo>{{QStringLiteral("text-reversal"), PriceInfo{7, 2}}}));
    info.byocPrices.insert(QString(600, QLatin1Char('n')), PriceInfo{1, 1});
    QCOMPARE(decodeInfo(encodeInfo(info)).error().kind(), Error::Kind::Protocol);
}

void Lv2vWireTest::aPaymentResultHoldsTermsInField16()
{
    const QByteArray bytes = encodePaymentResult(wholeInfo());
    QCOMPARE(bytes.left(2), QByteArray::fromHex("8201")); // field 16, length-delimited
    const auto back = decodePaymentResult(bytes);
    QVERIFY(back && *back);
    QCOMPARE((*back)->transcoder, wholeInfo().transcoder);
    QCOMPARE((*back)->authToken, wholeInfo().authToken);
    const auto nothing = decodePaymentResult(QByteArrayView());
    QVERIFY(nothing && !*nothing);
}

void Lv2vWireTest::askingForAModelFollowsThePage()
{
    InfoRequest request;
    request.address = PrivateKey::generate().address();
    request.signature = QByteArray(65, 'x');
    request.models = {QStringLiteral("noop")};
    request.ignoreCapacity = true;
    const QByteArray bytes = encodeInfoRequest(request);
    QCOMPARE(*decodeInfoRequest(bytes), request);
    // capacities {35: 1}, constraints {35: {noop}} (payments.md 10).
    QVERIFY(bytes.contains(QByteArray::fromHex("1a0408231001")));
    QVERIFY(bytes.contains("noop"));
}

void Lv2vWireTest::segmentCredentialsComeBackAsTheyWentOut()
{
    SegmentCredentials credentials;
    credentials.manifestId = "1a2b3c4d";
    credentials.hash = SegmentCredentials::emptySegmentHash();
    credentials.profiles = "invalid";
    credentials.signature = QByteArray(65, 's');
    credentials.authToken = AuthToken{"token", QStringLiteral("session"), 5};
    credentials.models = {QStringLiteral("noop")};
    credentials.otherCapabilities = {27};
    QCOMPARE(*decodeSegment(encodeSegment(credentials)), credentials);
    QCOMPARE(*decodeSegment(orThrow(bytes::fromBase64(segmentHeader(credentials)))), credentials);
    SegmentCredentials offChain;
    offChain.authToken = credentials.authToken;
    QVERIFY(encodeSegment(offChain).startsWith(QByteArray::fromHex("42"))); // only field 8
}

void Lv2vWireTest::payments_01_theSignedFormOfAnEmptySegment()
{
    SegmentCredentials credentials;
    credentials.manifestId = "1a2b3c4d";
    credentials.hash = SegmentCredentials::emptySegmentHash();
    credentials.profiles = "invalid";
    const QByteArray flat = orThrow(credentials.signingBytes());
    QCOMPARE(flat, QByteArray("1a2b3c4d") + QByteArray(32, '\0')
                 + QByteArray::fromHex("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"));
    credentials.hash.chop(1);
    QVERIFY(!credentials.signingBytes());
}

void Lv2vWireTest::cutAndOversizedMessagesAreRefused()
{
    const QByteArray whole = encodeInfo(wholeInfo());
    int refused = 0;
    for (qsizetype size = 1; size < whole.size(); ++size)
        refused += decodeInfo(whole.left(size)) ? 0 : 1;
    QVERIFY(refused > whole.size() / 2);
    const auto large = decodeInfo(QByteArray(MaxInfoBytes + 1, '\0'));
    QVERIFY(!large);
    QCOMPARE(large.error().kind(), Error::Kind::TooLarge);
    QCOMPARE(decodeSegment(QByteArray(MaxSegmentBytes + 1, '\0')).error().kind(), Error::Kind::TooLarge);
    QCOMPARE(decodeInfoRequest(QByteArray(MaxRequestBytes + 1, '\0')).error().kind(), Error::Kind::TooLarge);
    QCOMPARE(StartAnswer::parse(QByteArray(65 * 1024, ' '), QUrl()).error().kind(), Error::Kind::TooLarge);
}

void Lv2vWireTest::wrongLengthsAreRefused()
{
    // address (field 4) of 19 bytes
    const auto info = decodeInfo(QByteArray::fromHex("2213") + QByteArray(19, 'a'));
    QVERIFY(!info);
    QCOMPARE(info.error().kind(), Error::Kind::Protocol);
    const auto request = decodeInfoRequest(QByteArray::fromHex("0a15") + QByteArray(21, 'a'));
    QVERIFY(!request);
    QCOMPARE(request.error().kind(), Error::Kind::Protocol);
}

void Lv2vWireTest::startAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    const QByteArray media = R"("publish_url":"https://o/ai/trickle/m","subscribe_url":"https://o/ai/trickle/m-out")";
    QTest::newRow("whole") << "{\"manifest_id\":\"m\"," + media + "}" << true;
    QTest::newRow("unknown fields") << "{\"request_id\":7,\"manifest_id\":\"m\"," + media + "}" << true;
    QTest::newRow("no manifest") << "{" + media + "}" << false;
    QTest::newRow("empty manifest") << "{\"manifest_id\":\"\"," + media + "}" << false;
    QTest::newRow("number as manifest") << "{\"manifest_id\":1," + media + "}" << false;
    QTest::newRow("no output") << QByteArray(R"({"manifest_id":"m","publish_url":"https://o/m"})") << false;
    QTest::newRow("empty channels") << QByteArray(R"({"manifest_id":"m","publish_url":"","subscribe_url":""})") << false;
    QTest::newRow("a file") << QByteArray(R"({"manifest_id":"m","publish_url":"file:///etc/passwd","subscribe_url":"https://o/m"})") << false;
    QTest::newRow("credentials in it") << QByteArray(R"({"manifest_id":"m","publish_url":"https://a:b@o/m","subscribe_url":"https://o/m"})") << false;
    QTest::newRow("a list") << QByteArray("[]") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("text") << QByteArray("OK") << false;
}

void Lv2vWireTest::startAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, good);
    const auto answer = StartAnswer::parse(body, QUrl(QStringLiteral("https://o")));
    QCOMPARE(bool(answer), good);
    if (good)
        QCOMPARE(*StartAnswer::parse(answer->toJson().dump(), QUrl()), *answer);
    else
        QCOMPARE(answer.error().kind(), Error::Kind::Protocol);
}

void Lv2vWireTest::addressesWithoutHostLieAtTheOrchestrator()
{
    const QByteArray body = R"({"manifest_id":"m","publish_url":"/ai/trickle/m","subscribe_url":"/ai/trickle/m-out","control_url":"//evil.example/x"})";
    const auto answer = StartAnswer::parse(body, QUrl(QStringLiteral("https://o.example:8935")));
    QVERIFY(answer);
    QCOMPARE(answer->publish, QUrl(QStringLiteral("https://o.example:8935/ai/trickle/m")));
    QCOMPARE(answer->control, QUrl(QStringLiteral("https://o.example:8935/x"))); // whatever host it names: channels are nowhere else
    QVERIFY(answer->events.isEmpty());
}

void Lv2vWireTest::startRequestsNameTheFieldAtFault()
{
    StartRequest request;
    request.modelId = QStringLiteral("noop");
    request.params = Json{{QStringLiteral("prompt"), "a"}};
    request.gatewayRequestId = QStringLiteral("r");
    request.streamId = QStringLiteral("s");
    QCOMPARE(*StartRequest::fromJson(request.toJson()), request);
    const auto missing = StartRequest::fromJson(Json::object());
    QCOMPARE(missing.error().field(), QStringLiteral("/model_id"));
    const auto params = StartRequest::fromJson(Json{{QStringLiteral("model_id"), "m"}, {QStringLiteral("params"), 7}});
    QCOMPARE(params.error().field(), QStringLiteral("/params"));
}

void Lv2vWireTest::payments_03_pixelsAndPricesAreExact()
{
    QCOMPARE(pixelsFor(std::chrono::seconds(60)), Wei(1658880000));
    QCOMPARE(pixelsFor(1ms), Wei(27648));
    QCOMPARE(pixelsFor(-5s), Wei(0));
    QCOMPARE(*perSecond({1, 1}), (PriceInfo{PixelsPerSecond, 1}));
    QCOMPARE(*perSecond({20'000'000, PixelsPerSecond}), (PriceInfo{20'000'000, 1}));
    QCOMPARE(*perSecond({1, 2 * PixelsPerSecond}), (PriceInfo{1, 2}));
    QVERIFY(!perSecond({std::numeric_limits<qint64>::max(), 1}));
    QVERIFY(!perSecond({1, 0}));
    QVERIFY(!perSecond({-1, 1}));
}

void Lv2vWireTest::serviceUrls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("origin") << QStringLiteral("https://o:8935") << QStringLiteral("https://o:8935");
    QTest::newRow("slash") << QStringLiteral("https://o:8935/") << QStringLiteral("https://o:8935");
    QTest::newRow("path") << QStringLiteral("https://o/a/?q=1#f") << QStringLiteral("https://o/a");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("no scheme") << QStringLiteral("o:8935") << QString();
    QTest::newRow("another scheme") << QStringLiteral("ftp://o") << QString();
    QTest::newRow("credentials") << QStringLiteral("https://u:p@o") << QString();
}

void Lv2vWireTest::serviceUrls()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto service = serviceUrl(text);
    QCOMPARE(service ? service->toString() : QString(), url);
}

QTEST_APPLESS_MAIN(Lv2vWireTest)
#include "tst_lv2v_wire.moc"
