// What is kept, signed and sent: entities, the signed request with the page's vectors, the seven headers, and money. Pure.
#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/zerog/call_headers.h"
#include "sluice/zerog/neuron.h"
#include "sluice/zerog/request_hash.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;

namespace {

Json json(const QByteArray &text)
{
    return orThrow(Json::parse(text));
}

QList<Json> vectors()
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/zerog/vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return json(file.readAll()).items();
}

Address address(const Json &vector, const char *key)
{
    return orThrow(Address::fromHex(vector.value(QLatin1String(key)).toString()));
}

PrivateKey keyOf(const Json &vector)
{
    return orThrow(PrivateKey::fromHex(vector.value(QStringLiteral("privateKey")).toString().toLatin1()));
}

/// The vector's request, without a signature.
Request requestOf(const Json &vector)
{
    Request request;
    request.user = address(vector, "user");
    request.serviceName = vector.value(QStringLiteral("serviceName")).toString();
    request.inputCount = U256(*vector.value(QStringLiteral("inputCount")).toInt64());
    request.previousOutputCount = U256(*vector.value(QStringLiteral("previousOutputCount")).toInt64());
    request.nonce = U256(*vector.value(QStringLiteral("nonce")).toInt64());
    request.createdAt = *vector.value(QStringLiteral("createdAt")).toInt64();
    return request;
}

Request signedRequest()
{
    Request request = requestOf(vectors().first());
    signRequest(request, address(vectors().first(), "provider"), keyOf(vectors().first()));
    return request;
}

Service sample()
{
    Service service;
    service.provider = address(vectors().first(), "provider");
    service.name = QStringLiteral("llama7b");
    service.type = QStringLiteral("chatbot");
    service.url = QStringLiteral("http://192.168.1.1:8080");
    service.inputPrice = 100000;
    service.outputPrice = 200000;
    service.updatedAt = 1724308732;
    return service;
}

Expected<U256> amountOf(const QByteArray &literal)
{
    return neuron::fromJson(json(literal), QStringLiteral("balance"));
}

} // namespace

class TstZerogWire : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zerog_21_both_vectors_reproduce_bit_for_bit();
    void zerog_22_any_change_makes_verification_fail_data();
    void zerog_22_any_change_makes_verification_fail();
    void a_signature_with_a_twin_is_refused_data();
    void a_signature_with_a_twin_is_refused();
    void the_zero_address_never_verifies();
    void zerog_19_a_request_is_the_seven_headers_and_comes_back();
    void zerog_44_a_header_number_is_digits_up_to_int64_data();
    void zerog_44_a_header_number_is_digits_up_to_int64();
    void a_missing_header_is_named();
    void the_first_of_several_headers_counts();
    void created_at_is_read_as_the_receiver_reads_it_data();
    void created_at_is_read_as_the_receiver_reads_it();
    void zerog_56_metadata_headers_are_known_in_any_letter_case();
    void zerog_01_the_seeds_registration_is_read_whatever_the_case_of_its_keys();
    void zerog_02_an_unknown_type_ends_the_error();
    void zerog_03_a_price_of_nothing_is_refused();
    void zerog_06_the_users_list_is_in_pascal_case_with_quoted_prices();
    void entities_are_read_in_both_cases_and_both_kinds_of_number();
    void accounts_and_requests_are_written_as_the_page_shows();
    void zerog_57_only_whole_numbers_are_amounts_data();
    void zerog_57_only_whole_numbers_are_amounts();
    void zerog_58_large_amounts_are_exact_and_products_never_wrap();
    void neuron_and_a0gi_convert_exactly();
    void what_is_no_amount_is_refused_data();
    void what_is_no_amount_is_refused();
    void times_are_read_with_any_offset();
};

void TstZerogWire::zerog_21_both_vectors_reproduce_bit_for_bit()
{
    QCOMPARE(vectors().size(), 2);
    for (const Json &vector : vectors()) {
        const auto text = [&vector](const char *key) { return vector.value(QLatin1String(key)).toString(); };
        const Address provider = address(vector, "provider");
        Request request = requestOf(vector);
        QCOMPARE(QString::fromLatin1(bytes::toHex(packedRequest(provider, request))), text("packed"));
        QCOMPARE(requestHash(provider, request).toHex(), text("inner"));
        QCOMPARE(requestDigest(provider, request).toHex(), text("digest"));
        request.user = Address();
        signRequest(request, provider, keyOf(vector));
        QCOMPARE(request.user.toChecksum(), text("user"));
        QCOMPARE(bytes::toHex0x(request.signature), text("signature"));
        QVERIFY(verifyRequest(provider, request));
        QCOMPARE(orThrow(recoverSigner(provider, request)), request.user);
    }
}

void TstZerogWire::zerog_22_any_change_makes_verification_fail_data()
{
    QTest::addColumn<int>("change");
    const char *names[] = {"provider", "user", "service", "input count", "previous output count", "nonce", "second", "service of another form"};
    for (int i = 0; i < 8; ++i)
        QTest::newRow(names[i]) << i;
}

void TstZerogWire::zerog_22_any_change_makes_verification_fail()
{
    QFETCH(int, change);
    Address provider = address(vectors().first(), "provider");
    Request request = signedRequest();
    QVERIFY(verifyRequest(provider, request));
    switch (change) {
    case 0: provider = address(vectors().at(1), "user"); break;
    case 1: request.user = address(vectors().at(1), "user"); break;
    case 2: request.serviceName = QStringLiteral("llama7B"); break;
    case 3: request.inputCount += 1; break;
    case 4: request.previousOutputCount += 1; break;
    case 5: request.nonce += 1; break;
    case 6: request.createdAt += 1; break;
    default: request.serviceName = QStringLiteral("llama7b "); break;
    }
    const auto verdict = verifyRequest(provider, request);
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().message(), QStringLiteral("recovered address signature not match the real address"));
}

void TstZerogWire::a_signature_with_a_twin_is_refused_data()
{
    QTest::addColumn<QByteArray>("signature");
    const QByteArray good = signedRequest().signature;
    QByteArray v0 = good;
    v0[64] = char(good[64] - 27);
    QTest::newRow("v 0 or 1") << v0;
    // The other of the two: n - s with the other v.
    const U256 order = orThrow(u256FromHex(u"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));
    const U256 s = orThrow(fromMinimalBytes(QByteArrayView(good).sliced(32, 32)));
    QByteArray high = good.first(32) + toBytes32(order - s);
    high += char(good[64] == 27 ? 28 : 27);
    QTest::newRow("high s") << high;
    QTest::newRow("short") << good.first(64);
    QTest::newRow("long") << good + '\0';
    QTest::newRow("none") << QByteArray();
    QTest::newRow("zeros") << QByteArray(64, '\0') + char(27);
}

void TstZerogWire::a_signature_with_a_twin_is_refused()
{
    QFETCH(QByteArray, signature);
    Request request = signedRequest();
    request.signature = signature;
    const auto verdict = verifyRequest(address(vectors().first(), "provider"), request);
    QVERIFY(!verdict);
    QVERIFY(!verdict.error().message().isEmpty());
}

void TstZerogWire::the_zero_address_never_verifies()
{
    Request request = signedRequest();
    request.user = Address();
    for (const QByteArray &signature : {QByteArray(65, '\0'), QByteArray(64, '\0') + char(27), QByteArray(64, '\xff') + char(27), request.signature}) {
        request.signature = signature;
        QVERIFY(!verifyRequest(address(vectors().first(), "provider"), request));
    }
}

void TstZerogWire::zerog_19_a_request_is_the_seven_headers_and_comes_back()
{
    const Request request = signedRequest();
    const Headers headers = metadataHeaders(request);
    QCOMPARE(headers.size(), 7);
    QCOMPARE(headers::value(headers, "address"), QByteArray("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    QCOMPARE(headers::value(headers, "nonce"), QByteArray("2"));
    QCOMPARE(headers::value(headers, "service-name"), QByteArray("llama7b"));
    QCOMPARE(headers::value(headers, "token-count"), QByteArray("5"));
    QCOMPARE(headers::value(headers, "previous-output-token-count"), QByteArray("0"));
    QCOMPARE(headers::value(headers, "created-at"), QByteArray("2024-08-22 06:38:52 +0000 UTC"));
    const QByteArray signature = headers::value(headers, "signature");
    QVERIFY(signature.startsWith("0x"));
    QCOMPARE(signature.size(), 132);
    QCOMPARE(orThrow(requestFromHeaders(headers)), request);
}

void TstZerogWire::zerog_44_a_header_number_is_digits_up_to_int64_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("sign") << QByteArray("+5") << false;
    QTest::newRow("minus") << QByteArray("-5") << false;
    QTest::newRow("exponent") << QByteArray("1e3") << false;
    QTest::newRow("hex") << QByteArray("0x5") << false;
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("2^63") << QByteArray("9223372036854775808") << false;
    QTest::newRow("20 digits") << QByteArray("00000000000000000005") << false;
    QTest::newRow("space") << QByteArray("5 ") << false;
    QTest::newRow("Arabic digit") << QByteArray("\xd9\xa5") << false;
    QTest::newRow("2^63-1") << QByteArray("9223372036854775807") << true;
    QTest::newRow("zero") << QByteArray("0") << true;
}

void TstZerogWire::zerog_44_a_header_number_is_digits_up_to_int64()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    for (const char *name : {"Nonce", "Token-Count", "Previous-Output-Token-Count"}) {
        Headers headers = metadataHeaders(signedRequest());
        headers::set(headers, name, text);
        QCOMPARE(requestFromHeaders(headers).hasValue(), good);
    }
}

void TstZerogWire::a_missing_header_is_named()
{
    for (const QByteArray &name : metadataHeaderNames()) {
        Headers headers = metadataHeaders(signedRequest());
        headers::remove(headers, name);
        const auto read = requestFromHeaders(headers);
        QVERIFY(!read);
        QCOMPARE(read.error().message(), QString::fromLatin1(name) + QStringLiteral(": missing Header"));
    }
}

void TstZerogWire::the_first_of_several_headers_counts()
{
    Headers headers = metadataHeaders(signedRequest());
    headers.append(std::pair<QByteArray, QByteArray>("nonce", "77"));
    QCOMPARE(orThrow(requestFromHeaders(headers)).nonce, U256(2));
}

void TstZerogWire::created_at_is_read_as_the_receiver_reads_it_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("whole") << QByteArray("2024-08-22 06:38:52 +0000 UTC") << qint64(1724308732);
    QTest::newRow("fraction is floored") << QByteArray("2024-08-22 06:38:52.999999999 +0000 UTC") << qint64(1724308732);
    QTest::newRow("another offset") << QByteArray("2024-08-22 14:38:52.1 +0800 CST") << qint64(1724308732);
    QTest::newRow("west") << QByteArray("2024-08-22 03:08:52 -0330 NST") << qint64(1724308732);
    QTest::newRow("offset as the word") << QByteArray("2024-08-22 14:38:52 +0800 +08") << qint64(1724308732);
    QTest::newRow("ISO") << QByteArray("2024-08-22T06:38:52Z") << qint64(-1);
    QTest::newRow("epoch") << QByteArray("1724308732") << qint64(-1);
    QTest::newRow("ten places") << QByteArray("2024-08-22 06:38:52.1234567890 +0000 UTC") << qint64(-1);
    QTest::newRow("no zone word") << QByteArray("2024-08-22 06:38:52 +0000") << qint64(-1);
    QTest::newRow("no such day") << QByteArray("2024-02-30 06:38:52 +0000 UTC") << qint64(-1);
    QTest::newRow("before 1970") << QByteArray("1969-12-31 23:59:59 +0000 UTC") << qint64(-1);
    QTest::newRow("tail") << QByteArray("2024-08-22 06:38:52 +0000 UTC x") << qint64(-1);
}

void TstZerogWire::created_at_is_read_as_the_receiver_reads_it()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const auto read = createdAtFromText(text);
    QCOMPARE(read ? *read : qint64(-1), seconds);
}

void TstZerogWire::zerog_56_metadata_headers_are_known_in_any_letter_case()
{
    Headers headers{{"NONCE", "1"}, {"Authorization", "Bearer x"}, {"signature", "0x"}, {"pReViOuS-oUtPuT-tOkEn-CoUnT", "1"}, {"Address", "x"}, {"created-AT", "x"},
        {"service-NAME", "x"}, {"token-count", "x"}, {"Content-Type", "application/json"}};
    const Headers kept{{"Authorization", "Bearer x"}, {"Content-Type", "application/json"}};
    QCOMPARE(withoutMetadata(headers), kept);
}

void TstZerogWire::zerog_01_the_seeds_registration_is_read_whatever_the_case_of_its_keys()
{
    const auto read = Service::fromRegistration(json(R"({"URL": "http://192.168.1.1:8080", "inputPrice": 1, "outputPrice": "2", "Type": "chatbot", "Name": "llama7b"})"));
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().message()));
    QCOMPARE(read->url, QStringLiteral("http://192.168.1.1:8080"));
    QCOMPARE(read->outputPrice, U256(2));
    QVERIFY(Service::fromRegistration(json(R"({"url":"u","INPUTPRICE":1,"OutputPrice":2,"type":"zgStorage","NAME":"n"})")));
    for (const char *bad : {R"({"URL":"u","inputPrice":1,"outputPrice":2,"Type":"chatbot"})", R"({"URL":"u","inputPrice":1,"outputPrice":2,"Type":"chatbot","Name":"a/b"})",
             R"({"URL":"u","inputPrice":1,"outputPrice":2,"Type":"chatbot","Name":"a\r\nX: y"})", R"({"URL":7,"inputPrice":1,"outputPrice":2,"Type":"chatbot","Name":"a"})", R"([])"})
        QVERIFY2(!Service::fromRegistration(json(bad)), bad);
}

void TstZerogWire::zerog_02_an_unknown_type_ends_the_error()
{
    const auto read = Service::fromRegistration(json(R"({"URL":"u","inputPrice":1,"outputPrice":2,"Type":"RPC","Name":"n"})"));
    QVERIFY(!read);
    QVERIFY(read.error().message().endsWith(QStringLiteral("invalid service type")));
}

void TstZerogWire::zerog_03_a_price_of_nothing_is_refused()
{
    QVERIFY(!Service::fromRegistration(json(R"({"URL":"u","inputPrice":0,"outputPrice":2,"Type":"chatbot","Name":"n"})")));
    QVERIFY(!Service::fromRegistration(json(R"({"URL":"u","inputPrice":1,"outputPrice":"0","Type":"chatbot","Name":"n"})")));
    QVERIFY(!Service::fromRegistration(json(R"({"URL":"u","inputPrice":-1,"outputPrice":2,"Type":"chatbot","Name":"n"})")));
}

void TstZerogWire::zerog_06_the_users_list_is_in_pascal_case_with_quoted_prices()
{
    const QByteArray expected1 = R"({"Metadata":{"total":1},"Items":[{"UpdatedAt":"2024-08-22T06:38:52Z","Provider":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","Name":"llama7b","Type":"chatbot","URL":"http://192.168.1.1:8080","InputPrice":"100000","OutputPrice":"200000"}]})";
    QCOMPARE(serviceListJson({sample()}).dump(), expected1);
    const QByteArray expected2 = R"({"updatedAt":"2024-08-22T06:38:52Z","provider":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","name":"llama7b","type":"chatbot","url":"http://192.168.1.1:8080","inputPrice":100000,"outputPrice":200000})";
    QCOMPARE(sample().toJson(Service::Keys::Camel).dump(), expected2);
    const QByteArray expected3 = R"({"metadata":{"total":1},"items":[{"updatedAt":"2024-08-22T06:38:52Z","name":"llama7b","type":"chatbot","url":"http://192.168.1.1:8080","inputPrice":100000,"outputPrice":200000}]})";
    QCOMPARE(listJson({sample().toJson(Service::Keys::Provider)}).dump(), expected3);
}

void TstZerogWire::entities_are_read_in_both_cases_and_both_kinds_of_number()
{
    for (const Service::Keys keys : {Service::Keys::Pascal, Service::Keys::Camel, Service::Keys::Ledger})
        QCOMPARE(orThrow(Service::fromJson(sample().toJson(keys))), sample());
    Service own = sample();
    own.provider = Address();
    QCOMPARE(orThrow(Service::fromJson(sample().toJson(Service::Keys::Provider))), own);
    QCOMPARE(orThrow(Service::fromJson(json(R"({"name":"a","NAME":"b","type":"t","url":"","inputPrice":1,"outputPrice":1})"))).name, QStringLiteral("b"));
    QCOMPARE(orThrow(itemsOf(serviceListJson({sample()}))).size(), 1);
    QVERIFY(!itemsOf(json("{}")));
}

void TstZerogWire::accounts_and_requests_are_written_as_the_page_shows()
{
    Account account;
    account.user = address(vectors().first(), "user");
    account.provider = address(vectors().first(), "provider");
    account.nonce = 7;
    account.balance = 9999978;
    const QByteArray expected4 = R"({"provider":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","balance":9999978,"pendingRefund":0,"refunds":[],"lastResponseTokenCount":4,"nonce":7})";
    QCOMPARE(account.toJson(U256(4)).dump(), expected4);
    Refund refund;
    refund.amount = 10000;
    refund.createdAt = 1724308732;
    account.pendingRefund = 10000;
    Refund done = refund;
    done.index = 1;
    done.processed = true;
    account.refunds = {refund, done};
    const QByteArray expected5 = R"({"provider":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","balance":9999978,"pendingRefund":10000,"refunds":[{"index":0,"provider":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","createdAt":"2024-08-22T06:38:52Z","amount":10000,"processed":false}],"lastResponseTokenCount":null,"nonce":7})";
    QCOMPARE(account.toJson({}).dump(), expected5);
    QCOMPARE(orThrow(Account::fromJson(account.toLedgerJson())), account);

    const Request request = signedRequest();
    const QByteArray begins = R"({"createdAt":"2024-08-22T06:38:52Z","userAddress":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","nonce":2,"serviceName":"llama7b","inputCount":5,"previousOutputCount":0,"signature":"0x)";
    QVERIFY(request.toRowJson(false, 5).dump().startsWith(begins));
    QVERIFY(request.toRowJson(false, 5).dump().endsWith(R"(","processed":false,"fee":5})"));
    QCOMPARE(orThrow(Request::fromJson(request.toJson())), request);
    QCOMPARE(orThrow(Request::fromJson(request.toRowJson(true, 5))), request);
    QCOMPARE(orThrow(RequestTrace::fromJson(RequestTrace({request}).toJson())), RequestTrace({request}));

    UserAccount user;
    user.user = request.user;
    user.lastRequestNonce = U256(2);
    user.lockBalance = 9999978;
    user.lastBalanceCheckTime = 1724308732;
    user.lastResponseTokenCount = U256(4);
    user.unsettledFee = Wei(0);
    const QByteArray expected6 = R"({"user":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","lastRequestNonce":2,"lockBalance":9999978,"lastBalanceCheckTime":"2024-08-22T06:38:52Z","lastResponseTokenCount":4,"unsettledFee":0})";
    QCOMPARE(user.toJson().dump(), expected6);
    QCOMPARE(orThrow(UserAccount::fromJson(user.toJson())), user);
}

void TstZerogWire::zerog_57_only_whole_numbers_are_amounts_data()
{
    QTest::addColumn<QByteArray>("literal");
    QTest::addColumn<bool>("good");
    for (const char *good : {"0", "10000000", "\"10000000\"", "115792089237316195423570985008687907853269984665640564039457584007913129639935"})
        QTest::newRow(good) << QByteArray(good) << true;
    for (const char *bad : {"1.0", "1e3", "-1", "\"-1\"", "\"+1\"", "\" 1\"", "\"1 \"", "\"\"", "\"1.5\"", "\"0x10\"", "\"1e3\"", "true", "null", "[1]", "{}", "-0", "\"\xd9\xa1\"",
             "115792089237316195423570985008687907853269984665640564039457584007913129639936", "\"1,000\""})
        QTest::newRow(bad) << QByteArray(bad) << false;
}

void TstZerogWire::zerog_57_only_whole_numbers_are_amounts()
{
    QFETCH(QByteArray, literal);
    QFETCH(bool, good);
    const auto read = amountOf(literal);
    QCOMPARE(read.hasValue(), good);
    if (!good) {
        QVERIFY(read.error().message().startsWith(QStringLiteral("balance ")));
        QCOMPARE(read.error().kind(), Error::Kind::InvalidInput);
    }
}

void TstZerogWire::zerog_58_large_amounts_are_exact_and_products_never_wrap()
{
    for (const char *text : {"9007199254740993", "9223372036854775807", "9223372036854775808", "115792089237316195423570985008687907853269984665640564039457584007913129639935"}) {
        QCOMPARE(neuron::number(Wei(orThrow(amountOf(text)))).dump(), QByteArray(text));
        QCOMPARE(neuron::quoted(Wei(orThrow(amountOf(text)))).dump(), '"' + QByteArray(text) + '"');
    }
    Service dear = sample();
    dear.inputPrice = maxU256();
    dear.outputPrice = maxU256();
    QCOMPARE(feeOf(dear, maxU256(), maxU256()), Wei(maxU256()) * Wei(maxU256()) * 2);
    QVERIFY(feeOf(dear, 2, 0) > Wei(maxU256()));
    QVERIFY(!neuron::sum(maxU256(), 1));
    QVERIFY(!neuron::difference(0, 1));
    QVERIFY(!neuron::product(maxU256(), 2));
    QCOMPARE(orThrow(neuron::product(maxU256(), 1)), maxU256());
}

void TstZerogWire::neuron_and_a0gi_convert_exactly()
{
    QCOMPARE(orThrow(neuron::parse(u"1")), U256("1000000000000000000"));
    QCOMPARE(orThrow(neuron::parse(u"0.000000000000000001 A0GI")), U256(1));
    QCOMPARE(orThrow(neuron::parse(u"1500 neuron")), U256(1500));
    QCOMPARE(orThrow(neuron::parse(u"1.50 a0gi")), U256("1500000000000000000"));
    QCOMPARE(orThrow(neuron::parse(u"9.223372036854775807")), U256("9223372036854775807"));
    QCOMPARE(orThrow(neuron::parse(u"7.0 neuron")), U256(7));
    QCOMPARE(neuron::inA0gi(Wei("9223372036854775807")), QStringLiteral("9.223372036854775807"));
    QCOMPARE(neuron::inA0gi(Wei(0)), QStringLiteral("0"));
    QCOMPARE(neuron::inA0gi(Wei("-1")), QStringLiteral("-0.000000000000000001"));
    QCOMPARE(neuron::inA0gi(Wei("1200000000000000000000")), QStringLiteral("1200"));
    QCOMPARE(neuron::human(Wei(1234)), QStringLiteral("1234 neuron"));
    QCOMPARE(neuron::human(Wei("4200000000000000")), QStringLiteral("0.0042 A0GI"));
    QCOMPARE(neuron::human(Wei("-1500000000000000000")), QStringLiteral("-1.5 A0GI"));
    for (const Wei &amount : {Wei(0), Wei(1), Wei("999999999999999999"), Wei("1000000000000000001"), Wei(maxU256())})
        QCOMPARE(Wei(orThrow(neuron::parse(neuron::inA0gi(amount)))), amount);
}

void TstZerogWire::what_is_no_amount_is_refused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *bad : {"", "A0GI", "-1", "+1", "1e3", "0.0000000000000000001", "1.5 neuron", "1,5", "1 000", "0x10", ".5", "1.", "1.2.3",
             "115792089237316195423570985008687907853269984665640564039457584007913129639936 neuron"})
        QTest::newRow(bad) << QString::fromUtf8(bad);
    QTest::newRow("Arabic digits") << QString(QChar(0x661));
}

void TstZerogWire::what_is_no_amount_is_refused()
{
    QFETCH(QString, text);
    const auto read = neuron::parse(text);
    QVERIFY(!read);
    QVERIFY(!read.error().advice().isEmpty());
}

void TstZerogWire::times_are_read_with_any_offset()
{
    QCOMPARE(orThrow(timeFromJson(json("\"2024-08-22T14:38:52+08:00\""), QStringLiteral("t"))), qint64(1724308732));
    QCOMPARE(orThrow(timeFromJson(json("\"2024-08-22T06:38:52.999Z\""), QStringLiteral("t"))), qint64(1724308732));
    QCOMPARE(orThrow(timeFromJson(json("1724308732"), QStringLiteral("t"))), qint64(1724308732));
    for (const char *bad : {"\"2024-08-22 06:38:52Z\"", "\"2024-08-22T06:38:52\"", "\"2024-13-22T06:38:52Z\"", "-1", "1.5", "null", "\"2024-08-22T06:38:52.Z\"", "\"2024-08-22T06:38:52+0800\""})
        QVERIFY2(!timeFromJson(json(bad), QStringLiteral("t")), bad);
}

QTEST_GUILESS_MAIN(TstZerogWire)
#include "tst_zerog_wire.moc"
