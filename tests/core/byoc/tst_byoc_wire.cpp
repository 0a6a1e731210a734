#include "sluice/base/bytes.h"
#include "sluice/byoc/wire.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::byoc;

namespace {

// byoc.md 11.3, the token as it came over the wire.
const char TokenText[] = R"({"sender_address":{"addr":"0xA83Cc3117bfe5153D236F958500E39b397610082","sig":"0x017d"},)"
    R"("ticket_params":{"recipient":"8/+yPq50JUgLBFttJPSWMIP+iKY=","face_value":"ukO3QAA=",)"
    R"("win_prob":"Ao9cKPXCj1wo9cKPXCj1wo9cKPXCj1wo9cKPXFy9IAA=","recipient_rand_hash":"FsT4Xp3h80H2zxB+5sLbYUgXEcej16Rb4pJDxgj/QVE=",)"
    R"("seed":"ZqgLYbKewETRTEyMYT52K6H7jusMRU0e4A7W3tqltcU=","expiration_block":"AUgQiA==",)"
    R"("expiration_params":{"creation_round":3555,"creation_round_block_hash":"EjlhCiCCUw21MjeBdc/v18pCyw296+Wq7RNyRlPusD8="}},)"
    R"("price":{"pricePerUnit":100000000,"pixelsPerUnit":1},"service_addr":"https://orch.example:8935","available_capacity":1,"LastNonce":0})";

JobHeader exampleJob()
{
    JobHeader job;
    job.id = QStringLiteral("job-0001");
    job.request = QStringLiteral(R"({"run":"reverse"})");
    job.parameters = QStringLiteral("{}");
    job.capability = QStringLiteral("text-reversal");
    job.timeoutSeconds = 60;
    return job;
}

} // namespace

class ByocWireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jobHeaderIsTheOneOfTheWorkedExample();
    void gatewayHeaderIsTheOneOfTheWorkedExample();
    void signingBytesAreThoseOfTheWorkedExample();
    void v1RefusesTimeoutsThatDoNotFit();
    void timeoutMustBeAJsonInteger_data();
    void timeoutMustBeAJsonInteger();
    void jobHeaderMembersAreFoundInAnyCase();
    void signatureTextIsDecodedAsTheVerifierDoes_data();
    void signatureTextIsDecodedAsTheVerifierDoes();
    void byoc_04_tokenKeysAreInOrderAndZeroValuesAbsent();
    void byoc_24_tokenAcceptsOlderSpellings_data();
    void byoc_24_tokenAcceptsOlderSpellings();
    void hostileTokensAreTypedErrors_data();
    void hostileTokensAreTypedErrors();
    void listingNeedsOnlyNames();
    void listingSurvivesARoundTrip();
    void registrationKeepsGoLivepeersKeys();
    void sdk_06_discoveryTakesAnArrayAndSkipsBadItems();
    void outcomesSkipWhatDoesNotFit();
};

void ByocWireTest::jobHeaderIsTheOneOfTheWorkedExample()
{
    JobHeader job = exampleJob();
    job.sender = QStringLiteral("0xA83Cc3117bfe5153D236F958500E39b397610082");
    job.sig = QStringLiteral("0x2c2c8ba1c9dcf73a7d3c81e51c0d6e00a6a865c1f75435b89a04eacfa1e14d3e79612538609b1d4f4cbd28efb6d82256136d5b22c6b385dc"
                             "09be54384b7d29711b");
    const QByteArray header = job.toHeader();
    QCOMPARE(header,
        QByteArray("eyJpZCI6ImpvYi0wMDAxIiwicmVxdWVzdCI6IntcInJ1blwiOlwicmV2ZXJzZVwifSIsInBhcmFtZXRlcnMiOiJ7fSIsImNhcGFiaWxpdHkiOiJ0ZXh0LXJldmVy"
                   "c2FsIiwic2VuZGVyIjoiMHhBODNDYzMxMTdiZmU1MTUzRDIzNkY5NTg1MDBFMzliMzk3NjEwMDgyIiwic2lnIjoiMHgyYzJjOGJhMWM5ZGNmNzNhN2QzYzgxZTUx"
                   "YzBkNmUwMGE2YTg2NWMxZjc1NDM1Yjg5YTA0ZWFjZmExZTE0ZDNlNzk2MTI1Mzg2MDliMWQ0ZjRjYmQyOGVmYjZkODIyNTYxMzZkNWIyMmM2YjM4NWRjMDliZTU0"
                   "Mzg0YjdkMjk3MTFiIiwidGltZW91dF9zZWNvbmRzIjo2MH0="));
    QVERIFY(orThrow(JobHeader::fromHeader(header)) == job);
}

void ByocWireTest::gatewayHeaderIsTheOneOfTheWorkedExample()
{
    JobHeader job = exampleJob();
    job.id.clear();
    QCOMPARE(job.toHeader(),
        QByteArray("eyJyZXF1ZXN0Ijoie1wicnVuXCI6XCJyZXZlcnNlXCJ9IiwicGFyYW1ldGVycyI6Int9IiwiY2FwYWJpbGl0eSI6InRleHQtcmV2ZXJzYWwiLCJ0aW1lb3V0X3Nl"
                   "Y29uZHMiOjYwfQ=="));
}

void ByocWireTest::signingBytesAreThoseOfTheWorkedExample()
{
    const QByteArray legacy = R"({"run":"reverse"}{})";
    QCOMPARE(exampleJob().legacySigningBytes(), legacy);
    QCOMPARE(bytes::toHex(orThrow(exampleJob().v1SigningBytes())),
        QByteArray("4c505f42594f435f4a4f425f563100000000003c000000086a6f622d303030310000000d746578742d726576657273616c000000117b2272756e223a22726576"
                   "65727365227d000000027b7d"));
}

void ByocWireTest::v1RefusesTimeoutsThatDoNotFit()
{
    for (const qint64 seconds : {qint64(0), qint64(-1), qint64(4294967296)}) {
        JobHeader job = exampleJob();
        job.timeoutSeconds = seconds;
        const auto message = job.v1SigningBytes();
        QVERIFY(!message);
        QCOMPARE(message.error().kind(), Error::Kind::InvalidInput);
    }
}

void ByocWireTest::timeoutMustBeAJsonInteger_data()
{
    QTest::addColumn<QByteArray>("literal");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("integer") << QByteArray("30") << true;
    QTest::newRow("fraction") << QByteArray("30.5") << false;
    QTest::newRow("whole fraction") << QByteArray("30.0") << false;
    QTest::newRow("text") << QByteArray("\"30\"") << false;
    QTest::newRow("null") << QByteArray("null") << true;
}

void ByocWireTest::timeoutMustBeAJsonInteger()
{
    QFETCH(QByteArray, literal);
    QFETCH(bool, accepted);
    const QByteArray json = R"({"request":"{}","parameters":"{}","capability":"c","timeout_seconds":)" + literal + "}";
    QCOMPARE(JobHeader::fromHeader(bytes::toBase64(json)).hasValue(), accepted);
}

void ByocWireTest::jobHeaderMembersAreFoundInAnyCase()
{
    const auto job = orThrow(JobHeader::fromHeader(bytes::toBase64(R"({"ID":"a","Request":"{}","CAPABILITY":"c","unknown":[1]})")));
    QCOMPARE(job.id, QStringLiteral("a"));
    QCOMPARE(job.request, QStringLiteral("{}"));
    QCOMPARE(job.capability, QStringLiteral("c"));
    QCOMPARE(job.parameters, QString());
}

void ByocWireTest::signatureTextIsDecodedAsTheVerifierDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("size");
    const QString hex(130, QLatin1Char('a'));
    QTest::newRow("with prefix") << QString(QStringLiteral("0x") + hex) << 65;
    QTest::newRow("bare") << hex << 65;
    QTest::newRow("any two characters in front") << QString(QStringLiteral("zz") + hex) << 65;
    QTest::newRow("none") << QString() << 0;
    QTest::newRow("only the prefix") << QStringLiteral("0x") << -1;
    QTest::newRow("short with prefix") << QStringLiteral("0xabcd") << -1;
    QTest::newRow("short without") << QStringLiteral("abcd") << 2;
    QTest::newRow("no hex") << QString(QStringLiteral("0x") + hex.chopped(1) + QLatin1Char('g')) << -1;
}

void ByocWireTest::signatureTextIsDecodedAsTheVerifierDoes()
{
    QFETCH(QString, text);
    QFETCH(int, size);
    const auto decoded = decodeSignature(text);
    QCOMPARE(decoded ? int(decoded->size()) : -1, size);
}

void ByocWireTest::byoc_04_tokenKeysAreInOrderAndZeroValuesAbsent()
{
    const JobToken token = orThrow(JobToken::parse(TokenText));
    QCOMPARE(token.toJson().dump(), QByteArray(TokenText));
    QCOMPARE(token.price.pricePerUnit, 100000000);
    QCOMPARE(token.ticketParams->expirationParams->creationRound, 3555);
    QCOMPARE(token.ticketParams->recipient.toLower(), QStringLiteral("0xf3ffb23eae7425480b045b6d24f4963083fe88a6"));

    JobToken free;
    free.sender = {QStringLiteral("0x1"), QStringLiteral("0x2")};
    free.serviceAddr = QStringLiteral("https://o");
    const QByteArray expected = R"({"sender_address":{"addr":"0x1","sig":"0x2"},"price":{"pixelsPerUnit":1},"service_addr":"https://o","LastNonce":0})";
    QCOMPARE(free.toJson().dump(), expected);

    JobToken credited = token;
    credited.balance = -6000000000;
    QStringList keys;
    const Json json = credited.toJson();
    for (const auto &[key, value] : json.members())
        keys.append(key);
    QCOMPARE(keys, QStringList({QStringLiteral("sender_address"), QStringLiteral("ticket_params"), QStringLiteral("balance"),
                       QStringLiteral("price"), QStringLiteral("service_addr"), QStringLiteral("available_capacity"), QStringLiteral("LastNonce")}));
}

void ByocWireTest::byoc_24_tokenAcceptsOlderSpellings_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("balance");
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("per");
    constexpr qint64 max = std::numeric_limits<qint64>::max();
    QTest::newRow("numbers") << QByteArray(R"({"balance":7,"price":{"pricePerUnit":5,"pixelsPerUnit":2}})") << 7LL << 5LL << 2LL;
    QTest::newRow("seed strings") << QByteArray(R"({"balance":"7","price":{"price_per_unit":"5","pixels_per_unit":"2"}})") << 7LL << 5LL << 2LL;
    QTest::newRow("absent balance") << QByteArray(R"({"price":{"pricePerUnit":5}})") << 0LL << 5LL << 1LL;
    QTest::newRow("absent price") << QByteArray("{}") << 0LL << 0LL << 1LL;
    QTest::newRow("null everywhere") << QByteArray(R"({"balance":null,"price":null,"ticket_params":null,"sender_address":null})") << 0LL << 0LL << 1LL;
    QTest::newRow("negative") << QByteArray(R"({"balance":-3})") << -3LL << 0LL << 1LL;
    QTest::newRow("negative fraction goes down") << QByteArray(R"({"balance":"-3.25"})") << -4LL << 0LL << 1LL;
    QTest::newRow("positive fraction goes down") << QByteArray(R"({"balance":3.75})") << 3LL << 0LL << 1LL;
    QTest::newRow("beyond 64 bits") << QByteArray(R"({"balance":99999999999999999999999})") << max << 0LL << 1LL;
}

void ByocWireTest::byoc_24_tokenAcceptsOlderSpellings()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, balance);
    QFETCH(qint64, price);
    QFETCH(qint64, per);
    const JobToken token = orThrow(JobToken::parse(json));
    QCOMPARE(token.balance, balance);
    QCOMPARE(token.price.pricePerUnit, price);
    QCOMPARE(token.price.pixelsPerUnit, per);
}

void ByocWireTest::hostileTokensAreTypedErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("nothing") << QByteArray() << Error::Kind::Protocol;
    QTest::newRow("HTML") << QByteArray("<html>") << Error::Kind::Protocol;
    QTest::newRow("array") << QByteArray("[]") << Error::Kind::Protocol;
    QTest::newRow("negative price") << QByteArray(R"({"price":{"pricePerUnit":-1}})") << Error::Kind::Protocol;
    QTest::newRow("no pixels") << QByteArray(R"({"price":{"pricePerUnit":1,"pixelsPerUnit":0}})") << Error::Kind::Protocol;
    QTest::newRow("price as object") << QByteArray(R"({"price":{"pricePerUnit":{}}})") << Error::Kind::Protocol;
    QTest::newRow("bad base64") << QByteArray(R"({"ticket_params":{"recipient":"_-"}})") << Error::Kind::Protocol;
    QTest::newRow("long integer") << QByteArray(R"({"ticket_params":{"face_value":")") + bytes::toBase64(QByteArray(33, 'x')) + QByteArray(R"("}})")
                                  << Error::Kind::Protocol;
    QTest::newRow("too large") << QByteArray(MaxTokenBytes + 1, ' ') << Error::Kind::TooLarge;
}

void ByocWireTest::hostileTokensAreTypedErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    const auto token = JobToken::parse(body);
    QVERIFY(!token);
    QCOMPARE(token.error().kind(), kind);
}

void ByocWireTest::listingNeedsOnlyNames()
{
    const auto listing = orThrow(parseListing(
        R"([{"name":"a"},{"model_id":"without a name"},"b",{"name":"c","capacity":"4","verbs":["run",5,"stream"],"examples":[1,{"title":"t","input":2}]}])"));
    QCOMPARE(listing.size(), 3);
    QCOMPARE(listing[0].name, QStringLiteral("a"));
    QVERIFY(!listing[0].capacity && !listing[0].pricePerUnit && listing[0].about.inputSchema.isNull());
    QCOMPARE(listing[1].name, QStringLiteral("b"));
    QCOMPARE(*listing[2].capacity, 4);
    QCOMPARE(listing[2].about.verbs, QStringList({QStringLiteral("run"), QStringLiteral("stream")}));
    QCOMPARE(listing[2].about.examples.size(), 1);
    const QByteArray error = R"({"error":"no"})";
    QVERIFY(!parseListing(error));
    const QByteArray wrapped = R"({"capabilities":[{"name":"x"}]})";
    QCOMPARE(orThrow(parseListing(wrapped)).size(), 1);
}

void ByocWireTest::listingSurvivesARoundTrip()
{
    ListedCapability listed;
    listed.name = QStringLiteral("text-analysis");
    listed.description = QStringLiteral("counts");
    listed.capacity = 4;
    listed.available = 0;
    listed.pricePerUnit = 3;
    listed.priceScaling = 2;
    listed.currency = QStringLiteral("wei");
    listed.about = {QStringLiteral("m"), QStringLiteral("1.0"), QStringLiteral("predict"), {QStringLiteral("run")},
        orThrow(Json::parse(R"({"type":"object","properties":{"z":{},"a":{}}})")), {}, {{QStringLiteral("hello"), Json{{QStringLiteral("text"), "hi"}}}}};
    QVERIFY(orThrow(parseListing(listingToJson({listed}).dump())) == QList<ListedCapability>{listed});
    listed.about.live = LiveChannels{true, false, true, true};
    QVERIFY(listingToJson({listed}).dump().contains(R"("live":{"video_in":true,"video_out":false,"data":true,"raw":true})"));
    QVERIFY(orThrow(parseListing(listingToJson({listed}).dump())) == QList<ListedCapability>{listed});
    // What is left out, or no boolean, is as for ordinary video.
    const auto sparse = orThrow(parseListing(R"([{"name":"a","live":{"data":true,"raw":"yes"}},{"name":"b","live":true}])"));
    QVERIFY(sparse[0].about.live == std::optional(LiveChannels{true, true, true, false}));
    QVERIFY(!sparse[1].about.live);
}

void ByocWireTest::registrationKeepsGoLivepeersKeys()
{
    CapabilityRegistration registration;
    registration.name = QStringLiteral("text-reversal");
    registration.description = QStringLiteral("optional");
    registration.url = QStringLiteral("http://worker:5000");
    registration.capacity = 1;
    registration.pricePerUnit = 100000000;
    registration.token = QStringLiteral("bearer");
    const QByteArray expected = R"({"name":"text-reversal","description":"optional","url":"http://worker:5000","capacity":1,)"
                                R"("price_per_unit":100000000,"price_scaling":1,"currency":"wei","token":"bearer"})";
    QCOMPARE(registration.toJson().dump(), expected);
    QVERIFY(orThrow(CapabilityRegistration::fromJson(registration.toJson())) == registration);
    const auto bare = orThrow(CapabilityRegistration::fromJson(orThrow(Json::parse("{}"))));
    QCOMPARE(bare.priceScaling, 1);
    QCOMPARE(bare.currency, QStringLiteral("wei"));
    QVERIFY(!CapabilityRegistration::fromJson(Json{{QStringLiteral("capacity"), "1"}}));
}

void ByocWireTest::sdk_06_discoveryTakesAnArrayAndSkipsBadItems()
{
    const auto bad = parseDiscovery(R"({"address":"https://a"})");
    QVERIFY(!bad);
    QCOMPARE(bad.error().kind(), Error::Kind::Discovery);
    // One sentence, whatever came.
    QCOMPARE(parseDiscovery("").error().message(), QStringLiteral("Discovery answered nothing."));
    const QString html = parseDiscovery("<html>").error().message();
    QVERIFY2(html.startsWith(QStringLiteral("Discovery answered something that is not JSON: ")) && html.endsWith(QLatin1Char('.')) && !html.endsWith(QStringLiteral("..")), qPrintable(html));
    const auto found = orThrow(parseDiscovery(R"([{"address":"https://a","capabilities":["byoc/x/y"]},{"score":1},7,{"address":"https://b"}])"));
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[0].capabilities, QStringList(QStringLiteral("byoc/x/y")));
}

void ByocWireTest::outcomesSkipWhatDoesNotFit()
{
    const TicketOutcome outcome{QByteArray(32, 'h'), 7, true, QByteArray(32, 'r')};
    QVERIFY(orThrow(parseOutcomes(outcomesToJson({outcome}).dump())) == QList<TicketOutcome>{outcome});
    const QByteArray misfits = R"([{"recipient_rand_hash":"0x00","nonce":1,"won":true},{"nonce":-1},"x"])";
    QVERIFY(orThrow(parseOutcomes(misfits)).isEmpty());
    QVERIFY(!parseOutcomes("404 page not found"));
}

QTEST_GUILESS_MAIN(ByocWireTest)
#include "tst_byoc_wire.moc"
