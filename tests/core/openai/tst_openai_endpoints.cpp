#include "sluice/net/multipart_form.h"
#include "sluice/openai/client_settings.h"
#include "sluice/openai/endpoint.h"
#include "sluice/openai/model_list.h"

#include "sluice/base/schema_validator.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::openai;

namespace {

BackendSettings settingsFor(const QString &base, const QByteArray &key = {})
{
    BackendSettings settings;
    settings.values.insert(QStringLiteral("base_url"), base);
    if (!key.isEmpty())
        settings.secrets.insert(QStringLiteral("/api_key"), Secret(key));
    return settings;
}

QStringList idsIn(const QByteArray &body)
{
    QStringList ids;
    for (const ListedModel &model : orThrow(readModelList(body)))
        ids.append(model.id);
    return ids;
}

} // namespace

/// What a model is for, what is sent to it, and where it stands.
class TestOpenAiEndpoints : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aModelsNameTellsItsPath_data();
    void aModelsNameTellsItsPath();
    void aPathTellsWhatItIs_data();
    void aPathTellsWhatItIs();
    void schemasAreSoundAndTheirExamplesFit();
    void bodiesNameTheModelAndStream();
    void formsSendFilesAsFiles();
    void modelListsOfEveryShapeAreRead();
    void whatIsNoListIsRefused();
    void addressesLieBelowTheBase_data();
    void addressesLieBelowTheBase();
    void aKeyGoesInClearTextOnlyWithinThisNetwork();
};

void TestOpenAiEndpoints::aModelsNameTellsItsPath_data()
{
    QTest::addColumn<QString>("path");
    const std::pair<const char *, QStringList> paths[] = {
        {"chat/completions", {QStringLiteral("gpt-4o"), QStringLiteral("meta-llama/Llama-3.1-8B-Instruct"), QStringLiteral("gpt-4o-audio-preview"), QStringLiteral("llama3.2:3b"), QStringLiteral("asdf"), QStringLiteral("embark")}},
        {"embeddings", {QStringLiteral("text-embedding-3-small"), QStringLiteral("nomic-embed-text:latest"), QStringLiteral("BAAI/bge-m3"), QStringLiteral("intfloat/multilingual-e5-large"), QStringLiteral("all-MiniLM-L6-v2")}},
        {"images/generations", {QStringLiteral("dall-e-3"), QStringLiteral("gpt-image-1"), QStringLiteral("black-forest-labs/FLUX.1-dev"), QStringLiteral("stabilityai/sdxl-turbo"), QStringLiteral("sd3.5-large"), QStringLiteral("stable-diffusion-xl")}},
        {"audio/transcriptions", {QStringLiteral("whisper-1"), QStringLiteral("Systran/faster-whisper-small"), QStringLiteral("gpt-4o-transcribe"), QStringLiteral("gpt-4o-mini-transcribe")}},
        {"audio/speech", {QStringLiteral("tts-1-hd"), QStringLiteral("gpt-4o-mini-tts"), QStringLiteral("hexgrad/Kokoro-82M"), QStringLiteral("coqui/XTTS-v2")}},
        {"rerank", {QStringLiteral("BAAI/bge-reranker-v2-m3")}},
    };
    for (const auto &[path, models] : paths) {
        for (const QString &model : models)
            QTest::newRow(qPrintable(model)) << QString::fromLatin1(path);
    }
}

void TestOpenAiEndpoints::aModelsNameTellsItsPath()
{
    QTEST(Endpoint::of(QString::fromUtf8(QTest::currentDataTag())).path, "path");
}

void TestOpenAiEndpoints::aPathTellsWhatItIs_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("form");
    QTest::newRow("chat/completions") << int(Endpoint::Kind::Chat) << false;
    QTest::newRow("v1/chat/completions") << int(Endpoint::Kind::Chat) << false;
    QTest::newRow("audio/transcriptions") << int(Endpoint::Kind::Transcription) << true;
    QTest::newRow("audio/translations") << int(Endpoint::Kind::Other) << true;
    QTest::newRow("images/edits") << int(Endpoint::Kind::Other) << true;
    QTest::newRow("images/generations") << int(Endpoint::Kind::Images) << false;
    QTest::newRow("responses") << int(Endpoint::Kind::Other) << false;
}

void TestOpenAiEndpoints::aPathTellsWhatItIs()
{
    const QString path = QString::fromLatin1(QTest::currentDataTag());
    const Endpoint endpoint = Endpoint::of(QStringLiteral("whisper-1"), path); // whatever the model's name
    QTEST(int(endpoint.kind), "kind");
    QTEST(endpoint.form, "form");
    QCOMPARE(endpoint.path, path);
}

void TestOpenAiEndpoints::schemasAreSoundAndTheirExamplesFit()
{
    for (const char *model : {"gpt-4o", "text-embedding-3-small", "dall-e-3", "whisper-1", "tts-1"}) {
        const Endpoint endpoint = Endpoint::of(QLatin1String(model));
        const Json schema = endpoint.inputSchema();
        QCOMPARE(SchemaValidator::problems(schema), QStringList());
        QVERIFY(!endpoint.outputSchema().isNull());
        for (const CapabilityExample &example : endpoint.examples())
            QVERIFY(SchemaValidator(schema).validate(example.input).isEmpty());
        CapabilityInfo info;
        info.inputSchema = schema;
        QCOMPARE(info.isChat(), endpoint.kind == Endpoint::Kind::Chat);
    }
    const Json chat = Endpoint::of(QStringLiteral("gpt-4o")).inputSchema();
    const auto fits = [&](const char *input) { return SchemaValidator(chat).validate(orThrow(Json::parse(QByteArrayView(input)))).isEmpty(); };
    QVERIFY(fits(R"({"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:,"}}]}],"x-mine":1})"));
    QVERIFY(fits(R"({"messages":[{"role":"assistant","content":null,"tool_calls":[]},{"role":"tool","tool_call_id":"1","content":"2"}]})"));
    QVERIFY(!fits(R"({"messages":[{"role":"user","content":5}]})"));
    QVERIFY(!fits(R"({"messages":[],"temperature":3})"));
}

void TestOpenAiEndpoints::bodiesNameTheModelAndStream()
{
    Call call;
    call.capability = QStringLiteral("org/m");
    call.input = orThrow(Json::parse(R"({"messages":[],"temperature":1.0})"));
    const Endpoint chat = Endpoint::of(call.capability);
    QCOMPARE(orThrow(requestBody(call, chat, true)).dump(), QByteArray(R"({"model":"org/m","messages":[],"temperature":1.0})"));
    call.verb = Verb::Stream;
    QCOMPARE(orThrow(requestBody(call, chat, true)).dump(), QByteArray(R"({"model":"org/m","messages":[],"temperature":1.0,"stream":true,"stream_options":{"include_usage":true}})"));
    QCOMPARE(orThrow(requestBody(call, chat, false)).dump(), QByteArray(R"({"model":"org/m","messages":[],"temperature":1.0,"stream":true})"));
    call.input = orThrow(Json::parse(R"({"stream_options":{},"model":"another"})"));
    QCOMPARE(orThrow(requestBody(call, chat, true)).dump(), QByteArray(R"({"stream_options":{},"model":"another","stream":true})"));
    call.input = Json();
    QCOMPARE(orThrow(requestBody(call, Endpoint::of(QString(), QStringLiteral("responses")), true)).dump(), QByteArray(R"({"model":"org/m","stream":true})"));
    call.input = Json("text");
    QCOMPARE(requestBody(call, chat, true).error().kind(), Error::Kind::InvalidInput);
}

void TestOpenAiEndpoints::formsSendFilesAsFiles()
{
    const QByteArray wave = "RIFF\x04\x01\x01\x01WAVEfmt ";
    const Json body{{"model", "whisper-1"}, {"file", QString::fromLatin1(wave.toBase64())}, {"temperature", Json::number("0.50")}, {"stream", true},
        {"timestamp_granularities", Json::array({Json("word"), Json("segment")})}, {"language", nullptr}};
    const QByteArray sent = orThrow(requestForm(body)).body();
    QVERIFY(sent.contains("name=\"model\"\r\n\r\nwhisper-1\r\n"));
    QVERIFY(sent.contains("name=\"file\"; filename=\"file.wav\"\r\nContent-Type: audio/wav\r\n\r\n" + wave + "\r\n"));
    QVERIFY(sent.contains("name=\"temperature\"\r\n\r\n0.50\r\n"));
    QVERIFY(sent.contains("name=\"stream\"\r\n\r\ntrue\r\n"));
    QVERIFY(sent.contains("name=\"timestamp_granularities[]\"\r\n\r\nword\r\n"));
    QVERIFY(sent.contains("name=\"timestamp_granularities[]\"\r\n\r\nsegment\r\n"));
    QVERIFY(!sent.contains("language"));
    const Json pictures{{"image", Json::array({Json("data:image/png;base64,iVBORw=="), Json("/9j/")})}};
    const QByteArray both = orThrow(requestForm(pictures)).body();
    QVERIFY(both.contains("name=\"image[]\"; filename=\"image.png\"\r\nContent-Type: image/png\r\n"));
    QVERIFY(both.contains("name=\"image[]\"; filename=\"image.jpg\"\r\nContent-Type: image/jpeg\r\n"));
    const auto refused = requestForm(Json{{"file", "no base64!"}});
    QCOMPARE(refused.error().field(), QStringLiteral("/file"));
}

void TestOpenAiEndpoints::modelListsOfEveryShapeAreRead()
{
    QCOMPARE(idsIn(R"({"object":"list","data":[{"id":"a/b","object":"model","created":1,"owned_by":"x"},{"id":"c"},{"id":"a/b"},{"id":""},{"id":"bad\nid"},5]})"), (QStringList{QStringLiteral("a/b"), QStringLiteral("c")}));
    QCOMPARE(idsIn(R"([{"id":"a"},"b"])"), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(idsIn(R"({"models":{"llm-generate":"meta-llama/Llama-3.1-8B-Instruct"}})"), QStringList{QStringLiteral("meta-llama/Llama-3.1-8B-Instruct")});
    QCOMPARE(idsIn(R"({"models":[{"name":"llama3.2:3b","model":"llama3.2:3b"},{"name":"b"}]})"), (QStringList{QStringLiteral("llama3.2:3b"), QStringLiteral("b")}));
    QCOMPARE(idsIn(R"({"object":"list","data":[]})"), QStringList());
    const auto list = orThrow(readModelList(R"({"data":[{"id":"a","owned_by":"vllm","max_model_len":8192},{"id":"b","description":"words"}]})"));
    QCOMPARE(list.at(0).description, QStringLiteral("A model of vllm. Takes 8192 tokens."));
    QCOMPARE(list.at(1).description, QStringLiteral("words"));
}

void TestOpenAiEndpoints::whatIsNoListIsRefused()
{
    for (const char *body : {"", "<html></html>", "{}", R"({"data":{}})", R"({"error":{"message":"x"}})", "5"})
        QCOMPARE(readModelList(body).error().kind(), Error::Kind::Protocol);
}

void TestOpenAiEndpoints::addressesLieBelowTheBase_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    QTest::newRow("http://h:1/v1") << QStringLiteral("chat/completions") << QStringLiteral("http://h:1/v1/chat/completions");
    QTest::newRow("http://h:1/v1//") << QStringLiteral("models") << QStringLiteral("http://h:1/v1/models");
    QTest::newRow("https://h") << QStringLiteral("models") << QStringLiteral("https://h/models");
    QTest::newRow(" https://h/a%20b/v1?api-version=2 ") << QStringLiteral("x y/z") << QStringLiteral("https://h/a%20b/v1/x%20y/z?api-version=2");
    QTest::newRow("https://h/v1") << QStringLiteral("models/a?b#c%") << QStringLiteral("https://h/v1/models/a%3Fb%23c%25");
}

void TestOpenAiEndpoints::addressesLieBelowTheBase()
{
    QFETCH(QString, path);
    QTEST(ClientSettings::from(settingsFor(QString::fromLatin1(QTest::currentDataTag()))).at(path).toString(QUrl::FullyEncoded), "url");
}

void TestOpenAiEndpoints::aKeyGoesInClearTextOnlyWithinThisNetwork()
{
    QVERIFY(ClientSettings::check(settingsFor(QStringLiteral("http://localhost:11434/v1"), "sk-1"), false));
    QVERIFY(ClientSettings::check(settingsFor(QStringLiteral("http://192.168.1.5:8000/v1"), "sk-1"), false));
    QVERIFY(ClientSettings::check(settingsFor(QStringLiteral("https://api.example.com/v1"), "sk-1"), false));
    QVERIFY(ClientSettings::check(settingsFor(QStringLiteral("http://api.example.com/v1")), true));
    const auto refused = ClientSettings::check(settingsFor(QStringLiteral("http://api.example.com/v1"), "sk-1"), false);
    QCOMPARE(refused.error().field(), QStringLiteral("/base_url"));
    QVERIFY(!refused.error().describe().contains(QStringLiteral("sk-1")));
    for (const char *address : {"", "localhost:11434/v1", "ws://h/v1", "http://"})
        QVERIFY2(!ClientSettings::check(settingsFor(QLatin1String(address)), false), address);
    const Json schema = ClientSettings::schema();
    QCOMPARE(SchemaValidator::problems(schema), QStringList());
    QCOMPARE(secretSettings(schema).first().pointer, QStringLiteral("/api_key"));
    QVERIFY(checkAddresses(schema, settingsFor(QStringLiteral("http://localhost:1/v1")).values));
}

QTEST_GUILESS_MAIN(TestOpenAiEndpoints)
#include "tst_openai_endpoints.moc"
