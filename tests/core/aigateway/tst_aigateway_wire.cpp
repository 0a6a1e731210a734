#include "sluice/aigateway/answer.h"
#include "sluice/aigateway/dialect.h"
#include "sluice/aigateway/intake.h"
#include "sluice/aigateway/listing.h"
#include "sluice/aigateway/media_store.h"
#include "sluice/aigateway/refusal.h"
#include "sluice/aigateway/request.h"
#include "sluice/base/schema_validator.h"
#include "sluice/net/multipart_reader.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::aigateway;

namespace {

const QString Picture = QString::fromLatin1(QByteArray("\x89PNG\r\n\x1a\nrest").toBase64());

Json json(const char *text)
{
    return orThrow(Json::parse(text));
}

const Pipeline &named(const char *name)
{
    return *pipelineOf(QString::fromLatin1(name));
}

/// The fields of a form by name, files as "name:type:bytes".
QMap<QByteArray, QByteArray> fieldsOf(const PipelineRequest &request)
{
    QMap<QByteArray, QByteArray> fields;
    for (const MultipartPart &part : orThrow(multipart::read(request.body, *multipart::boundaryOf(request.contentType)))) {
        const QByteArray value = part.bytes.toByteArray();
        fields.insert(part.name, part.fileName ? *part.fileName + ':' + part.contentType + ':' + value : value);
    }
    return fields;
}

} // namespace

/// The AI gateway's formats, as values.
class AiGatewayWireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySchemaIsSound();
    void theModelIsAlwaysSaid();
    void jsonKeepsWhatWasWritten();
    void aFormHasPlainNumbersAndANamedFile();
    void aRequestThatCannotBeIsNotMade_data();
    void aRequestThatCannotBeIsNotMade();
    void whatTheClientWritesTheServerReads();
    void aServerRefusesWhatDoesNotFit_data();
    void aServerRefusesWhatDoesNotFit();
    void anAnswerWithoutItsResultIsAnError_data();
    void anAnswerWithoutItsResultIsAnError();
    void openai_17_aRelativeAddressBelongsToTheOrigin_data();
    void openai_17_aRelativeAddressBelongsToTheOrigin();
    void openai_14_theProbeTellsTheDialects_data();
    void openai_14_theProbeTellsTheDialects();
    void openai_16_everyErrorHasWords_data();
    void openai_16_everyErrorHasWords();
    void failuresOfJobsComeWithin200();
    void aNetworksCapabilitiesAreItsPipelinesAndModels();
    void theLastTwelveFilesOfARequestAreKept();
};

void AiGatewayWireTest::everySchemaIsSound()
{
    QCOMPARE(pipelines().size(), 9);
    for (const Pipeline &pipeline : pipelines()) {
        QCOMPARE(SchemaValidator::problems(pipeline.inputSchema()), QStringList());
        QVERIFY(pipeline.inputSchema().value(QStringLiteral("properties")).contains(pipeline.modelField()));
        QVERIFY(pipeline.outputSchema().find(QStringLiteral("/x-output/type")).has_value());
        QCOMPARE(pipelineOf(pipeline.capability), &pipeline);
    }
    // Files are of a kind for which a form has a picker.
    const Json image = named("upscale").inputSchema().value(QStringLiteral("properties")).value(QStringLiteral("image"));
    QCOMPARE(image.value(QStringLiteral("contentMediaType")).toString(), QStringLiteral("image/*"));
    QCOMPARE(image.value(QStringLiteral("contentEncoding")).toString(), QStringLiteral("base64"));
}

void AiGatewayWireTest::theModelIsAlwaysSaid()
{
    const auto model = [](const Json &input, const QString &beside) {
        const auto request = orThrow(requestFor(named("text-to-speech"), input, beside));
        return orThrow(Json::parse(request.body)).value(QStringLiteral("model_id")).toString();
    };
    QCOMPARE(model(json(R"({"text":"a"})"), {}), QStringLiteral("parler-tts/parler-tts-large-v1"));
    QCOMPARE(model(json(R"({"text":"a"})"), QStringLiteral("other")), QStringLiteral("other"));
    QCOMPARE(model(json(R"({"text":"a","model_id":"own"})"), QStringLiteral("other")), QStringLiteral("own"));
    QCOMPARE(model(json(R"({"text":"a","model_id":""})"), {}), QStringLiteral("parler-tts/parler-tts-large-v1"));
}

void AiGatewayWireTest::jsonKeepsWhatWasWritten()
{
    const auto request = orThrow(requestFor(named("text-to-image"),
        json(R"({"prompt":"a","guidance_scale":7.50,"seed":null,"loras":{"x":1.0},"future":[1]})"), QStringLiteral("m")));
    QCOMPARE(request.path, QStringLiteral("text-to-image"));
    QCOMPARE(request.contentType, "application/json");
    QCOMPARE(request.body, QByteArray(R"({"prompt":"a","guidance_scale":7.50,"loras":"{\"x\":1.0}","future":[1],"model_id":"m"})"));
}

void AiGatewayWireTest::aFormHasPlainNumbersAndANamedFile()
{
    Json input = json(R"({"prompt":"größer","strength":0.80,"safety_check":false,"num_images_per_prompt":2})");
    input.insert(QStringLiteral("image"), QStringLiteral("data:image/png;base64,") + Picture);
    const auto fields = fieldsOf(orThrow(requestFor(named("image-to-image"), input, QStringLiteral("m"))));
    QCOMPARE(fields.value("prompt"), QByteArray("größer"));
    QCOMPARE(fields.value("strength"), QByteArray("0.80"));
    QCOMPARE(fields.value("safety_check"), QByteArray("false"));
    QCOMPARE(fields.value("num_images_per_prompt"), QByteArray("2"));
    QCOMPARE(fields.value("model_id"), QByteArray("m"));
    QCOMPARE(fields.value("image"), QByteArray("image.png:image/png:\x89PNG\r\n\x1a\nrest"));
}

void AiGatewayWireTest::aRequestThatCannotBeIsNotMade_data()
{
    QTest::addColumn<QByteArray>("pipeline");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("field");
    QTest::newRow("no object") << QByteArray("llm") << QByteArray("[]") << QString();
    QTest::newRow("no prompt") << QByteArray("text-to-image") << QByteArray("{}") << QStringLiteral("/prompt");
    QTest::newRow("empty prompt") << QByteArray("text-to-image") << QByteArray(R"({"prompt":""})") << QStringLiteral("/prompt");
    QTest::newRow("no file") << QByteArray("upscale") << QByteArray(R"({"prompt":"a"})") << QStringLiteral("/image");
    QTest::newRow("no base64") << QByteArray("image-to-text") << QByteArray(R"({"image":"%%%"})") << QStringLiteral("/image");
    QTest::newRow("a URI of another kind") << QByteArray("image-to-text") << QByteArray(R"({"image":"data:image/png,abc"})") << QStringLiteral("/image");
    QTest::newRow("no JSON in a text of JSON") << QByteArray("segment-anything-2") << QByteArray(R"({"image":"AAAA","box":"[1,"})") << QStringLiteral("/box");
    QTest::newRow("model is no text") << QByteArray("text-to-image") << QByteArray(R"({"prompt":"a","model_id":3})") << QStringLiteral("/model_id");
}

void AiGatewayWireTest::aRequestThatCannotBeIsNotMade()
{
    QFETCH(QByteArray, pipeline);
    QFETCH(QByteArray, input);
    const auto request = requestFor(*pipelineOf(QString::fromLatin1(pipeline)), json(input.constData()), {});
    QVERIFY(!request);
    QCOMPARE(request.error().kind(), Error::Kind::InvalidInput);
    QTEST(request.error().field(), "field");
}

void AiGatewayWireTest::whatTheClientWritesTheServerReads()
{
    Json input = json(R"({"width":512,"height":320,"fps":12,"seed":4294967295})");
    input.insert(QStringLiteral("image"), Picture);
    const auto request = orThrow(requestFor(named("image-to-video"), input, QStringLiteral("m")));
    const auto read = orThrow(readInput(named("image-to-video"), request.contentType, request.body));
    QCOMPARE(read.model, QStringLiteral("m"));
    QCOMPARE(read.file, QByteArray::fromBase64(Picture.toLatin1()));
    QCOMPARE(read.integer("width"), 512);
    QCOMPARE(read.integer("seed"), 4294967295LL);
    QCOMPARE(read.integer("motion_bucket_id"), 127); // what is taken where nothing is said
    QCOMPARE(read.number("noise_aug_strength"), 0.02);

    const auto speech = orThrow(requestFor(named("text-to-speech"), json(R"({"text":"a"})"), {}));
    QCOMPARE(orThrow(readInput(named("text-to-speech"), speech.contentType, speech.body)).text("text"), QStringLiteral("a"));
}

void AiGatewayWireTest::aServerRefusesWhatDoesNotFit_data()
{
    QTest::addColumn<QByteArray>("pipeline");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    const QByteArray form("multipart/form-data; boundary=b");
    const auto part = [](const char *name, const char *value) {
        return QByteArray("--b\r\nContent-Disposition: form-data; name=\"") + name + "\"\r\n\r\n" + value + "\r\n";
    };
    const QByteArray file = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nxx\r\n";
    const QByteArray end = "--b--\r\n";
    QTest::newRow("no JSON") << QByteArray("text-to-image") << QByteArray("application/json") << QByteArray("{") << QString();
    QTest::newRow("JSON, but no object") << QByteArray("text-to-image") << QByteArray("application/json") << QByteArray("[]") << QStringLiteral("no JSON object");
    QTest::newRow("no prompt") << QByteArray("text-to-image") << QByteArray("application/json") << QByteArray("{}") << QStringLiteral("prompt: the field is missing");
    QTest::newRow("width of another kind") << QByteArray("text-to-image") << QByteArray("application/json") << QByteArray(R"({"prompt":"a","width":"512"})") << QStringLiteral("width:");
    QTest::newRow("width too large") << QByteArray("text-to-image") << QByteArray("application/json") << QByteArray(R"({"prompt":"a","width":100000})") << QStringLiteral("not between 64 and 4096");
    QTest::newRow("width no multiple") << QByteArray("text-to-image") << QByteArray("application/json") << QByteArray(R"({"prompt":"a","width":513})") << QStringLiteral("no multiple of 8");
    QTest::newRow("no form") << QByteArray("upscale") << QByteArray("application/json") << QByteArray("{}") << QStringLiteral("request Content-Type isn't multipart/form-data");
    QTest::newRow("form without its boundary") << QByteArray("upscale") << form << QByteArray("abc") << QStringLiteral("boundary");
    QTest::newRow("form cut short") << QByteArray("upscale") << form << file.left(file.size() - 3) << QStringLiteral("cut short");
    QTest::newRow("no file") << QByteArray("upscale") << form << part("prompt", "a") + end << QStringLiteral("image: the file is missing");
    QTest::newRow("file without a name") << QByteArray("upscale") << form << part("image", "xx") + end << QStringLiteral("no filename");
    QTest::newRow("seed is no number") << QByteArray("upscale") << form << file + part("prompt", "a") + part("seed", "many") + end << QStringLiteral("seed: “many” is no number");
    QTest::newRow("flag is no boolean") << QByteArray("upscale") << form << file + part("prompt", "a") + part("safety_check", "perhaps") + end << QStringLiteral("neither true nor false");
    QTest::newRow("fps of text") << QByteArray("image-to-video") << form << file + part("fps", "0") + end << QStringLiteral("not between 1 and 60");
}

void AiGatewayWireTest::aServerRefusesWhatDoesNotFit()
{
    QFETCH(QByteArray, pipeline);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    const auto read = readInput(*pipelineOf(QString::fromLatin1(pipeline)), type, body);
    QVERIFY(!read);
    QCOMPARE(read.error().kind(), Error::Kind::InvalidInput);
    QVERIFY2(read.error().message().contains(words), qUtf8Printable(read.error().message()));
}

void AiGatewayWireTest::anAnswerWithoutItsResultIsAnError_data()
{
    QTest::addColumn<QByteArray>("pipeline");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray("text-to-image") << QByteArray();
    QTest::newRow("white space") << QByteArray("text-to-image") << QByteArray(" \n");
    QTest::newRow("HTML") << QByteArray("text-to-image") << QByteArray("<html></html>");
    QTest::newRow("a list") << QByteArray("text-to-image") << QByteArray("[]");
    QTest::newRow("no images") << QByteArray("text-to-image") << QByteArray("{}");
    QTest::newRow("images null") << QByteArray("text-to-image") << QByteArray(R"({"images":null})");
    QTest::newRow("images empty") << QByteArray("upscale") << QByteArray(R"({"images":[]})");
    QTest::newRow("an image without address") << QByteArray("upscale") << QByteArray(R"({"images":[{"seed":1}]})");
    QTest::newRow("no audio") << QByteArray("text-to-speech") << QByteArray(R"({"audio":{}})");
    QTest::newRow("no text") << QByteArray("audio-to-text") << QByteArray(R"({"chunks":[]})");
    QTest::newRow("no masks") << QByteArray("segment-anything-2") << QByteArray(R"({"scores":"[1]"})");
}

void AiGatewayWireTest::anAnswerWithoutItsResultIsAnError()
{
    QFETCH(QByteArray, pipeline);
    QFETCH(QByteArray, body);
    const auto answer = readAnswer(*pipelineOf(QString::fromLatin1(pipeline)), body);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Protocol);
}

void AiGatewayWireTest::openai_17_aRelativeAddressBelongsToTheOrigin_data()
{
    QTest::addColumn<QString>("gateway");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("resolved");
    const QString host = QStringLiteral("http://127.0.0.1:9935");
    QTest::newRow("as a gateway writes it") << host << QStringLiteral("/stream/a1/b2.png") << host + QStringLiteral("/stream/a1/b2.png");
    QTest::newRow("behind a prefix") << QStringLiteral("https://g.example/api/beta?x=1") << QStringLiteral("/stream/a/b.png") << QStringLiteral("https://g.example/stream/a/b.png");
    QTest::newRow("without a slash") << host + QStringLiteral("/x/") << QStringLiteral("stream/a/b.png") << host + QStringLiteral("/stream/a/b.png");
    QTest::newRow("absolute") << host << QStringLiteral("https://store.example/b.png?sig=1") << QStringLiteral("https://store.example/b.png?sig=1");
}

void AiGatewayWireTest::openai_17_aRelativeAddressBelongsToTheOrigin()
{
    QFETCH(QString, gateway);
    QFETCH(QString, address);
    QTEST(mediaUrl(QUrl(gateway), address).toString(), "resolved");
}

void AiGatewayWireTest::openai_14_theProbeTellsTheDialects_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<LlmSign>("sign");
    QTest::newRow("L2") << 400 << QByteArray(R"({"error":{"message":"missing required fields"}})") << LlmSign::Gateway;
    QTest::newRow("L1") << 400 << QByteArray(R"({"error":{"message":"request Content-Type isn't multipart/form-data"}})") << LlmSign::Legacy;
    QTest::newRow("404") << 404 << QByteArray("404 page not found\n") << LlmSign::NotThere;
    QTest::newRow("405") << 405 << QByteArray() << LlmSign::NotThere;
    QTest::newRow("key") << 401 << QByteArray("{}") << LlmSign::KeyNeeded;
    QTest::newRow("forbidden") << 403 << QByteArray() << LlmSign::KeyNeeded;
    QTest::newRow("nothing in it") << 200 << QByteArray() << LlmSign::Unclear;
    QTest::newRow("another 400") << 400 << QByteArray("no") << LlmSign::Unclear;
}

void AiGatewayWireTest::openai_14_theProbeTellsTheDialects()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QTEST(readSign(status, body), "sign");
}

void AiGatewayWireTest::openai_16_everyErrorHasWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("object") << 400 << QByteArray(R"({"error":{"message":"no such model"}})") << QStringLiteral("no such model");
    QTest::newRow("stray colon") << 400 << QByteArray(R"({"error":{"message":": image: too large"}})") << QStringLiteral("refused: image: too large");
    QTest::newRow("text") << 500 << QByteArray(R"({"error":"boom"})") << QStringLiteral("boom");
    QTest::newRow("detail") << 400 << QByteArray(R"({"detail":{"msg":"out of memory"}})") << QStringLiteral("out of memory");
    QTest::newRow("HTML") << 502 << QByteArray("<html><title>502 Bad Gateway</title></html>") << QStringLiteral("502 Bad Gateway");
    QTest::newRow("nothing") << 500 << QByteArray() << QStringLiteral("500");
}

void AiGatewayWireTest::openai_16_everyErrorHasWords()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    const Error error = refusedError(status, body, false);
    QVERIFY2(error.message().contains(words), qUtf8Printable(error.message()));
    QCOMPARE(error.httpStatus(), status);
}

void AiGatewayWireTest::failuresOfJobsComeWithin200()
{
    const auto failed = readProgress(R"({"result":{"error":{"message":": no orchestrators"}},"status":"complete"})");
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind(), Error::Kind::Http);
    QVERIFY(failed.error().message().endsWith(QStringLiteral("gateway: no orchestrators")));
    QVERIFY(!orThrow(readProgress(R"({"status":"processing"})")).complete);
    QVERIFY(!readProgress(R"({"status":"lost"})"));
    QVERIFY(!readProgress(R"({"status":"complete"})"));
    QVERIFY(!readProgress(""));
    const auto done = orThrow(readProgress(R"({"result":{"images":[]},"status":"complete"})"));
    QVERIFY(done.complete);
    QVERIFY(!readRequestId("{}"));
    QCOMPARE(orThrow(readRequestId(R"({"request_id":"abc"})")), QStringLiteral("abc"));
}

void AiGatewayWireTest::aNetworksCapabilitiesAreItsPipelinesAndModels()
{
    const QByteArray told = R"({"orchestrators":[
        {"capabilities":{"constraints":{"PerCapability":{"27":{"models":{"a/b":{"warm":true,"capacity":1}}},"35":{"models":{"noop":{}}}}}}},
        {"capabilities":{"constraints":{"PerCapability":{"27":{"models":{"c/d":{}}},"33":{"models":{}}}}}},
        {"capabilities":null}]})";
    const auto infos = orThrow(readNetworkCapabilities(told, QUrl(QStringLiteral("http://g"))));
    QCOMPARE(infos.size(), 1);
    QCOMPARE(infos.first().name, QStringLiteral("text-to-image"));
    const Json model = infos.first().inputSchema.value(QStringLiteral("properties")).value(QStringLiteral("model_id"));
    QCOMPARE(model.value(QStringLiteral("enum")).dump(), QByteArray(R"(["a/b","c/d"])"));
    QCOMPARE(model.value(QStringLiteral("default")).toString(), QStringLiteral("a/b"));
    QVERIFY(!readNetworkCapabilities("{}", {}));
    QVERIFY(!readNetworkCapabilities("<html>", {}));
}

void AiGatewayWireTest::theLastTwelveFilesOfARequestAreKept()
{
    MediaStore store(1000);
    QList<QByteArray> paths;
    for (int i = 0; i < 14; ++i)
        paths.append(store.keep("one", QByteArray::number(i) + ".png", {"image/png", QByteArray(10, 'x')}));
    QVERIFY(!store.find(paths[0]));
    QVERIFY(!store.find(paths[1]));
    QVERIFY(store.find(paths[2]));
    QVERIFY(store.find(paths[13]));
    QCOMPARE(paths[13], QByteArray("/stream/one/13.png"));
    // All requests together have a bound as well; the newest stays.
    const QByteArray large = store.keep("two", "a.png", {"image/png", QByteArray(2000, 'x')});
    QVERIFY(store.find(large));
    QVERIFY(!store.find(paths[13]));
    QVERIFY(!store.find("/stream/two/../one/13.png"));
}

QTEST_GUILESS_MAIN(AiGatewayWireTest)
#include "tst_aigateway_wire.moc"
