#include "sluice/base/bytes.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/sdk_token.h"

#include <QtTest/QTest>

using namespace sluice;

namespace {

TicketParams sampleParams()
{
    TicketParams params;
    params.recipient = *Address::fromHex(u"0xf3ffb23eae7425480b045b6d24f4963083fe88a6");
    params.faceValue = U256(800'000'000'000);
    params.winProb = *u256FromHex(u"28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c28f5c5cbd20");
    params.recipientRandHash = *Hash32::fromHex(QByteArray(64, 'a'));
    params.seed = U256(7);
    params.expirationBlock = U256(21'499'016);
    params.expirationParams = ExpirationParams{3555, *Hash32::fromHex(QByteArray(64, 'b'))};
    return params;
}

WirePayment samplePayment(int tickets)
{
    WirePayment payment;
    payment.ticketParams = sampleParams();
    payment.sender = *Address::fromHex(u"0xA83Cc3117bfe5153D236F958500E39b397610082");
    payment.expirationParams = sampleParams().expirationParams;
    payment.expectedPrice = PriceInfo{100'000'000, 1};
    for (int i = 1; i <= tickets; ++i)
        payment.tickets.append({quint32(i), QByteArray(65, 'x')});
    return payment;
}

} // namespace

class TestPaymentsCodec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_23_paddedIntegersGoBackByteForByte();
    void absentAndZeroBlockHashAreDifferentBytes();
    void sixHundredTicketsFitAndRoundTrip();
    void refusesMalformedPayments_data();
    void refusesMalformedPayments();
    void everyTruncationIsRefusedOrShorter();
    void refusesMalformedHeaders_data();
    void refusesMalformedHeaders();
    void unknownFieldsAreSkipped();
    void byoc_24_pricesAreReadInBothSpellings_data();
    void byoc_24_pricesAreReadInBothSpellings();
    void refusesMalformedTokenParams_data();
    void refusesMalformedTokenParams();
    void refusesMalformedSdkTokens_data();
    void refusesMalformedSdkTokens();
    void sdkTokenErrorsNeverQuoteHeaders();
};

void TestPaymentsCodec::byoc_23_paddedIntegersGoBackByteForByte()
{
    Json json = sampleParams().toJson();
    const QString padded = QString::fromLatin1(bytes::toBase64(toBytes32(U256(800'000'000'000))));
    json.insert(QStringLiteral("face_value"), padded);
    const auto params = TicketParams::fromJson(json);
    QVERIFY(params);
    QVERIFY(params->faceValue.value() == 800'000'000'000);
    QCOMPARE(params->toJson().dump(), json.dump());
    WirePayment payment = samplePayment(1);
    payment.ticketParams = *params;
    QVERIFY(encodePayment(payment).contains(QByteArray::fromHex("1220") + toBytes32(U256(800'000'000'000))));
    QCOMPARE(encodePayment(*decodePayment(encodePayment(payment))), encodePayment(payment));
}

void TestPaymentsCodec::absentAndZeroBlockHashAreDifferentBytes()
{
    const ExpirationParams absent{5, {}};
    const ExpirationParams zero{5, Hash32()};
    QVERIFY(absent != zero);
    QVERIFY(absent.toJson() != zero.toJson());
    for (const ExpirationParams &expiration : {absent, zero}) {
        WirePayment payment = samplePayment(1);
        payment.expirationParams = expiration;
        QCOMPARE(decodePayment(encodePayment(payment))->expirationParams, std::optional(expiration));
        QCOMPARE(*ExpirationParams::fromJson(expiration.toJson()), expiration);
    }
}

void TestPaymentsCodec::sixHundredTicketsFitAndRoundTrip()
{
    const WirePayment payment = samplePayment(600);
    const QByteArray header = paymentHeader(payment);
    QVERIFY(header.size() < 64 * 1024);
    QCOMPARE(*parsePaymentHeader(header), payment);
}

void TestPaymentsCodec::refusesMalformedPayments_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    const auto add = [](const char *name, const QByteArray &bytes, const char *says) { QTest::newRow(name) << bytes << QString::fromUtf8(says); };
    const auto message = [](char field, const QByteArray &content) {
        return QByteArray(1, char(field << 3 | 2)) + QByteArray(1, char(content.size())) + content;
    };
    const QByteArray hash = message(4, QByteArray(32, 'h'));
    const QByteArray recipient = message(1, QByteArray(20, 'r'));
    add("no protobuf", "hello, world", "no protobuf");
    add("length beyond the end", QByteArray::fromHex("0aff"), "no protobuf");
    add("endless varint", QByteArray(20, char(0xff)), "no protobuf");
    add("group", QByteArray::fromHex("0b0b0b"), "no protobuf");
    add("empty params", message(1, {}), "recipient has 0 bytes");
    add("short recipient", message(1, message(1, "short") + hash), "recipient has 5 bytes");
    add("no rand hash", message(1, recipient), "recipient_rand_hash has 0 bytes");
    add("33-byte face value", message(1, recipient + hash + message(2, QByteArray(33, '\0'))), "face_value has 33 bytes");
    add("33-byte win prob", message(1, recipient + hash + message(3, QByteArray(33, 'w'))), "win_prob has 33 bytes");
    add("short sender", message(2, "sender"), "sender has 6 bytes");
    add("negative round", message(3, QByteArray::fromHex("08ffffffffffffffffff01")), "creation_round is negative");
    add("short block hash", message(3, message(2, "x")), "creation_round_block_hash has 1 bytes");
    add("too large", QByteArray(maxPaymentBytes + 1, '\0'), "at most 131072");
    QByteArray many;
    for (int i = 0; i <= maxTicketsPerPayment; ++i)
        many += message(4, {});
    add("too many tickets", many, "1001 tickets");
}

void TestPaymentsCodec::refusesMalformedPayments()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const auto payment = decodePayment(bytes);
    QVERIFY(!payment);
    QVERIFY2(payment.error().message().contains(says), qPrintable(payment.error().message()));
    QVERIFY(payment.error().kind() == Error::Kind::Protocol || payment.error().kind() == Error::Kind::TooLarge);
}

void TestPaymentsCodec::everyTruncationIsRefusedOrShorter()
{
    const QByteArray whole = encodePayment(samplePayment(3));
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto payment = decodePayment(whole.first(size));
        if (payment)
            QVERIFY(*payment != samplePayment(3));
    }
}

void TestPaymentsCodec::refusesMalformedHeaders_data()
{
    QTest::addColumn<QByteArray>("header");
    const QByteArray good = paymentHeader(samplePayment(1));
    QTest::newRow("no base64") << QByteArray("%%%%");
    QTest::newRow("no padding") << QByteArray("EhTzn9blGq2I9vTOariCcnnP/7kiZioECDIQAQ");
    QTest::newRow("url-safe") << QByteArray("EhTzn9blGq2I9vTOariCcnnP_7kiZioECDIQAQ==");
    QTest::newRow("white space") << good.left(8) + "\n" + good.mid(8);
    QTest::newRow("hex") << encodePayment(samplePayment(1)).toHex();
    QTest::newRow("huge") << QByteArray(maxPaymentBytes * 2, 'A');
}

void TestPaymentsCodec::refusesMalformedHeaders()
{
    QFETCH(QByteArray, header);
    QVERIFY(!parsePaymentHeader(header));
}

void TestPaymentsCodec::unknownFieldsAreSkipped()
{
    const QByteArray known = encodePayment(samplePayment(1));
    const QByteArray withUnknown = known + QByteArray::fromHex("aa01026869") + QByteArray::fromHex("b00101");
    QCOMPARE(*decodePayment(withUnknown), samplePayment(1));
    QVERIFY(parsePaymentHeader("")); // no fields at all are a valid, empty message
}

void TestPaymentsCodec::byoc_24_pricesAreReadInBothSpellings_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("perUnit");
    QTest::addColumn<qint64>("pixels");
    QTest::addColumn<bool>("valid");
    QTest::newRow("camelCase") << QByteArray(R"({"pricePerUnit":100,"pixelsPerUnit":1})") << qint64(100) << qint64(1) << true;
    QTest::newRow("snake_case") << QByteArray(R"({"price_per_unit":100,"pixels_per_unit":3})") << qint64(100) << qint64(3) << true;
    QTest::newRow("text") << QByteArray(R"({"price_per_unit":"9007199254740993"})") << qint64(9007199254740993) << qint64(1) << true;
    QTest::newRow("free") << QByteArray(R"({"pixelsPerUnit":1})") << qint64(0) << qint64(1) << true;
    QTest::newRow("empty") << QByteArray("{}") << qint64(0) << qint64(1) << true;
    QTest::newRow("zero divisor") << QByteArray(R"({"pricePerUnit":1,"pixelsPerUnit":0})") << qint64(0) << qint64(0) << false;
    QTest::newRow("negative") << QByteArray(R"({"pricePerUnit":-1})") << qint64(0) << qint64(0) << false;
    QTest::newRow("fraction") << QByteArray(R"({"pricePerUnit":1.5})") << qint64(0) << qint64(0) << false;
    QTest::newRow("beyond int64") << QByteArray(R"({"pricePerUnit":9223372036854775808})") << qint64(0) << qint64(0) << false;
    QTest::newRow("bad text") << QByteArray(R"({"pricePerUnit":"12 wei"})") << qint64(0) << qint64(0) << false;
    QTest::newRow("array") << QByteArray("[]") << qint64(0) << qint64(0) << false;
}

void TestPaymentsCodec::byoc_24_pricesAreReadInBothSpellings()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, perUnit);
    QFETCH(qint64, pixels);
    QFETCH(bool, valid);
    const auto price = priceFromJson(*Json::parse(json));
    QCOMPARE(price.hasValue(), valid);
    if (valid)
        QCOMPARE(*price, (PriceInfo{perUnit, pixels}));
}

void TestPaymentsCodec::refusesMalformedTokenParams_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<Json>("value");
    const auto base64 = [](int count) { return Json(QString::fromLatin1(bytes::toBase64(QByteArray(count, 'x')))); };
    const auto add = [](const char *key, const char *what, const Json &value) {
        QTest::addRow("%s %s", key, what) << QString::fromLatin1(key) << value;
    };
    add("recipient", "absent", Json());
    add("recipient", "19 bytes", base64(19));
    add("recipient", "number", Json(5));
    add("recipient", "hex", Json("0xf3ffb23eae7425480b045b6d24f4963083fe88a6"));
    add("recipient_rand_hash", "absent", Json());
    add("recipient_rand_hash", "33 bytes", base64(33));
    add("face_value", "33 bytes", base64(33));
    add("face_value", "bad base64", Json("ukO3QAA"));
    add("win_prob", "object", Json::object());
    add("seed", "bool", Json(true));
    add("expiration_block", "number", Json(5));
    add("expiration_params", "text", Json("x"));
    add("expiration_params", "negative round", *Json::parse(R"({"creation_round":-1})"));
    add("expiration_params", "short hash", *Json::parse(R"({"creation_round":1,"creation_round_block_hash":"AAAA"})"));
}

void TestPaymentsCodec::refusesMalformedTokenParams()
{
    QFETCH(QString, key);
    QFETCH(Json, value);
    Json json = sampleParams().toJson();
    QVERIFY(TicketParams::fromJson(json));
    json.insert(key, value);
    const auto params = TicketParams::fromJson(json);
    QVERIFY(!params);
    QVERIFY(!params.error().field().isEmpty());
    QVERIFY(!TicketParams::fromJson(Json::array()));
}

void TestPaymentsCodec::refusesMalformedSdkTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("error");
    const auto add = [](const char *payload, const char *error) {
        QTest::newRow(payload) << bytes::toBase64(QByteArray(payload)) << QStringLiteral("Invalid token: ") + QLatin1String(error);
    };
    QTest::newRow("empty") << QByteArray() << QStringLiteral("Invalid token: expected base64-encoded JSON");
    QTest::newRow("newline") << QByteArray("e30=\n") << QStringLiteral("Invalid token: expected base64-encoded JSON");
    QTest::newRow("not UTF-8") << bytes::toBase64("{\"signer\":\"\xff\"}") << QStringLiteral("Invalid token: expected UTF-8 JSON payload");
    add("{", "expected UTF-8 JSON payload");
    add("null", "payload must be a JSON object");
    add(R"({"signer":5})", "signer must be a string");
    add(R"({"discovery":[]})", "discovery must be a string");
    add(R"({"signer_headers":{"a":1}})", "signer_headers must be a {string: string} object");
    add(R"({"signer_headers":"a"})", "signer_headers must be a {string: string} object");
    add(R"({"discovery_headers":[]})", "discovery_headers must be a {string: string} object");
    add(R"({"orchestrators":"a,b"})", "orchestrators must be an array of strings");
    add(R"({"orchestrators":["a",1]})", "orchestrators must contain only non-empty strings");
}

void TestPaymentsCodec::refusesMalformedSdkTokens()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, error);
    const auto parsed = SdkToken::parse(token);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().message(), error);
    QCOMPARE(parsed.error().kind(), Error::Kind::Config);
}

void TestPaymentsCodec::sdkTokenErrorsNeverQuoteHeaders()
{
    const auto parsed = SdkToken::parse(bytes::toBase64(R"({"signer_headers":{"Authorization":"Bearer sk_live"},"signer":1})"));
    QVERIFY(!parsed);
    QVERIFY(!parsed.error().describe().contains(QStringLiteral("sk_live")));
    const auto nulls = SdkToken::parse(bytes::toBase64(R"({"signer":null,"orchestrators":[],"future":{}})"));
    QVERIFY(nulls);
    QVERIFY(!nulls->signer);
    QVERIFY(nulls->orchestrators && nulls->orchestrators->isEmpty());
    QCOMPARE(nulls->ignoredKeys, QStringList{QStringLiteral("future")});
}

QTEST_GUILESS_MAIN(TestPaymentsCodec)
#include "tst_payments_codec.moc"
