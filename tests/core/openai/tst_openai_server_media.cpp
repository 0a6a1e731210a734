#include "server_fixture.h"

#include "sluice/net/multipart_form.h"
#include "sluice/net/multipart_reader.h"

using namespace sluice;
using namespace sluice::openai;

namespace {

Json parsed(const QByteArray &text)
{
    const auto json = Json::parse(text);
    return json ? *json : Json();
}

QByteArray partOf(const ServerRequest &request, const char *name)
{
    const auto boundary = multipart::boundaryOf(headers::value(request.headers, "Content-Type"));
    if (!boundary)
        return {};
    const auto parts = multipart::read(request.body, *boundary);
    for (const MultipartPart &part : parts ? *parts : QList<MultipartPart>()) {
        if (part.name == name)
            return part.bytes.toByteArray();
    }
    return {};
}

const QByteArray Transcript = R"({"text":"one two","chunks":[{"timestamp":[0,1.5],"text":"one"},{"timestamp":[1.5,null],"text":" two"}]})";

} // namespace

/// OpenAI's image and audio routes in front of a gateway's pipelines, and the pipelines themselves.
class TestOpenAiServerMedia : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openai_40_sizesAreWidthAndHeight();
    void badImageRequestsNameTheirMember_data();
    void badImageRequestsNameTheirMember();
    void picturesComeAsAddressesOrInside();
    void editsTakeOnePicture();
    void openai_41_speechIsBytes();
    void transcriptsComeInEveryFormat();
    void openai_50_nativePathsPassUnchanged_data();
    void openai_50_nativePathsPassUnchanged();
    void whatTheServerItselfRefusesIsInShape();
};

void TestOpenAiServerMedia::openai_40_sizesAreWidthAndHeight()
{
    ServerFixture f;
    f.upstream.thenJson(200, R"({"images":[{"url":"/stream/1/a.png","seed":1,"nsfw":false}]})");
    const QString path = QStringLiteral("/v1/images/generations");
    const auto answer = f.post(path, R"({"model":"sd","prompt":"a cat","n":2,"size":"640x384"})");
    QVERIFY2(answer.status == 200, answer.body.constData());
    const ServerRequest asked = f.upstream.asked().last();
    QCOMPARE(asked.path, QByteArray("/text-to-image"));
    const Json sent = parsed(asked.body);
    QCOMPARE(sent.value(QStringLiteral("width")).toInt64().value_or(0), 640);
    QCOMPARE(sent.value(QStringLiteral("height")).toInt64().value_or(0), 384);
    QCOMPARE(sent.value(QStringLiteral("num_images_per_prompt")).toInt64().value_or(0), 2);
    QCOMPARE(sent.value(QStringLiteral("model_id")).toString(), QStringLiteral("sd"));
    for (const char *size : {"", R"(,"size":"auto")"}) {
        QCOMPARE(f.post(path, R"({"model":"sd","prompt":"a cat")" + QByteArray(size) + "}").status, 200);
        QVERIFY(!parsed(f.upstream.asked().last().body).contains(QStringLiteral("width")));
    }
}

void TestOpenAiServerMedia::badImageRequestsNameTheirMember_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("param");
    QTest::newRow("no prompt") << QByteArray(R"("n":1)") << QStringLiteral("prompt");
    QTest::newRow("size in words") << QByteArray(R"("prompt":"p","size":"big")") << QStringLiteral("size");
    QTest::newRow("size too small") << QByteArray(R"("prompt":"p","size":"4x400")") << QStringLiteral("size");
    QTest::newRow("size too large") << QByteArray(R"("prompt":"p","size":"400x4097")") << QStringLiteral("size");
    QTest::newRow("none") << QByteArray(R"("prompt":"p","n":0)") << QStringLiteral("n");
    QTest::newRow("too many") << QByteArray(R"("prompt":"p","n":11)") << QStringLiteral("n");
    QTest::newRow("format") << QByteArray(R"("prompt":"p","response_format":"gif")") << QStringLiteral("response_format");
}

void TestOpenAiServerMedia::badImageRequestsNameTheirMember()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, param);
    ServerFixture f;
    const auto answer = f.post(QStringLiteral("/v1/images/generations"), R"({"model":"sd",)" + members + "}");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.error().value(QStringLiteral("param")).toString(), param);
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiServerMedia::picturesComeAsAddressesOrInside()
{
    const QByteArray two = R"({"images":[{"url":"/stream/1/a.png","seed":1},{"url":"https://cdn.example/b.png","seed":2}]})";
    const QString path = QStringLiteral("/v1/images/generations");
    ServerFixture f;
    f.upstream.thenJson(200, two);
    const Json data = f.post(path, R"({"model":"sd","prompt":"p"})").json().value(QStringLiteral("data"));
    QCOMPARE(data.at(0).value(QStringLiteral("url")).toString(), f.url.toString() + QStringLiteral("/stream/1/a.png"));
    QCOMPARE(data.at(1).value(QStringLiteral("url")).toString(), QStringLiteral("https://cdn.example/b.png"));

    ServerFixture inside(Dialect::Gateway, [](ServerOptions &options) { options.imagesAsBase64 = true; });
    inside.upstream.thenJson(200, R"({"images":[{"url":"/stream/1/a.png"}]})");
    ScriptedUpstream::Answer picture;
    picture.type = "image/png";
    picture.pieces = {"\x89PNG bytes"};
    inside.upstream.then(picture);
    const auto answer = inside.post(path, R"({"model":"sd","prompt":"p"})");
    QVERIFY2(answer.status == 200, answer.body.constData());
    const QString base64 = answer.json().value(QStringLiteral("data")).at(0).value(QStringLiteral("b64_json")).toString();
    QCOMPARE(QByteArray::fromBase64(base64.toLatin1()), QByteArray("\x89PNG bytes"));
    QCOMPARE(inside.upstream.asked().last().path, QByteArray("/stream/1/a.png"));
    // Through this server, as the address says.
    QCOMPARE(inside.send("GET", QStringLiteral("/stream/1/a.png")).body, QByteArray("\x89PNG bytes"));

    ServerFixture none;
    none.upstream.thenJson(200, R"({"images":[]})");
    const auto empty = none.post(path, R"({"model":"sd","prompt":"p"})");
    QCOMPARE(empty.status, 502);
    QCOMPARE(empty.header("x-should-retry"), QByteArray("false"));
}

void TestOpenAiServerMedia::editsTakeOnePicture()
{
    ServerFixture f;
    f.upstream.thenJson(200, R"({"images":[{"url":"/stream/1/a.png"}]})");
    const auto post = [&f](int pictures, bool mask) {
        MultipartForm form;
        form.addField("model", "sd");
        form.addField("prompt", "brighter");
        for (int i = 0; i < pictures; ++i)
            form.addFile(pictures > 1 ? "image[]" : "image", "in.png", "image/png", "picture " + QByteArray::number(i));
        if (mask)
            form.addFile("mask", "m.png", "image/png", "x");
        return f.post(QStringLiteral("/v1/images/edits"), form.body(), headers::contentType(form.contentType()));
    };
    QCOMPARE(post(1, false).status, 200);
    const ServerRequest asked = f.upstream.asked().last();
    QCOMPARE(asked.path, QByteArray("/image-to-image"));
    QCOMPARE(partOf(asked, "image"), QByteArray("picture 0"));
    QCOMPARE(partOf(asked, "prompt"), QByteArray("brighter"));
    QCOMPARE(partOf(asked, "model_id"), QByteArray("sd"));
    QCOMPARE(post(0, false).error().value(QStringLiteral("param")).toString(), QStringLiteral("image"));
    QCOMPARE(post(2, false).error().value(QStringLiteral("param")).toString(), QStringLiteral("image"));
    QCOMPARE(post(1, true).error().value(QStringLiteral("param")).toString(), QStringLiteral("mask"));
    QCOMPARE(f.upstream.count(), 1);
}

void TestOpenAiServerMedia::openai_41_speechIsBytes()
{
    ServerFixture f;
    f.upstream.thenJson(200, R"({"audio":{"url":"/stream/2/s.wav"}})");
    const QByteArray wav = QByteArray("RIFF\x2c\0\0\0WAVE", 12) + QByteArray("fmt \x04\0\0\0abcd", 12) + QByteArray("data\x04\0\0\0sssz", 12);
    ScriptedUpstream::Answer sound;
    sound.type = "audio/wav";
    sound.pieces = {wav};
    f.upstream.then(sound);
    const QString path = QStringLiteral("/v1/audio/speech");
    const auto answer = f.post(path, R"({"model":"tts","input":"Hello","voice":"alloy","instructions":"slowly"})");
    QCOMPARE(answer.header("Content-Type"), QByteArray("audio/wav"));
    QCOMPARE(answer.body, wav);
    const Json sent = parsed(f.upstream.asked().first().body);
    QCOMPARE(sent.value(QStringLiteral("text")).toString(), QStringLiteral("Hello"));
    QCOMPARE(sent.value(QStringLiteral("description")).toString(), QStringLiteral("slowly"));
    ServerFixture raw;
    raw.upstream.thenJson(200, R"({"audio":{"url":"/stream/2/s.wav"}})");
    raw.upstream.then(sound);
    QCOMPARE(raw.post(path, R"({"model":"tts","input":"Hello","response_format":"pcm"})").body, QByteArray("sssz"));
    QCOMPARE(raw.post(path, R"({"model":"tts","input":"Hello","response_format":"opus"})").error().value(QStringLiteral("param")).toString(), QStringLiteral("response_format"));
    QCOMPARE(raw.post(path, R"({"model":"tts"})").error().value(QStringLiteral("param")).toString(), QStringLiteral("input"));
}

void TestOpenAiServerMedia::transcriptsComeInEveryFormat()
{
    ServerFixture f;
    f.upstream.thenJson(200, Transcript);
    const auto ask = [&f](const QByteArray &format, bool words = false) {
        MultipartForm form;
        form.addField("model", "whisper");
        if (!format.isEmpty())
            form.addField("response_format", format);
        if (words)
            form.addField("timestamp_granularities[]", "word");
        form.addFile("file", "a.wav", "audio/wav", "sound");
        return f.post(QStringLiteral("/v1/audio/transcriptions"), form.body(), headers::contentType(form.contentType()));
    };
    QCOMPARE(ask({}).json().value(QStringLiteral("text")).toString(), QStringLiteral("one two"));
    QCOMPARE(partOf(f.upstream.asked().last(), "audio"), QByteArray("sound"));
    QCOMPARE(partOf(f.upstream.asked().last(), "return_timestamps"), QByteArray("true"));
    QCOMPARE(ask("text").body, QByteArray("one two\n"));
    QVERIFY(ask("text").header("Content-Type").startsWith("text/plain"));
    QCOMPARE(ask("srt").body, QByteArray("1\n00:00:00,000 --> 00:00:01,500\none\n\n2\n00:00:01,500 --> 00:00:01,500\ntwo\n\n"));
    QVERIFY(ask("vtt").body.startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\none\n"));
    const Json verbose = ask("verbose_json").json();
    QCOMPARE(verbose.find(QStringLiteral("/segments/0/text")).value_or(Json()).toString(), QStringLiteral("one"));
    const Json words = ask("verbose_json", true).json();
    QCOMPARE(words.find(QStringLiteral("/words/1/word")).value_or(Json()).toString(), QStringLiteral("two"));
    QCOMPARE(partOf(f.upstream.asked().last(), "return_timestamps"), QByteArray("word"));
    const int before = f.upstream.count();
    QCOMPARE(ask("doc").status, 400);
    QCOMPARE(f.post(QStringLiteral("/v1/audio/transcriptions"), "{}").status, 400);
    QCOMPARE(f.upstream.count(), before);
}

void TestOpenAiServerMedia::openai_50_nativePathsPassUnchanged_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 202, 400, 404, 422, 500, 503})
        QTest::newRow(QByteArray::number(status).constData()) << status;
}

void TestOpenAiServerMedia::openai_50_nativePathsPassUnchanged()
{
    QFETCH(int, status);
    ServerFixture f;
    f.upstream.thenJson(status, R"({"x":"\u00e4","b":1.50})");
    const QByteArray body = QByteArrayLiteral("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\x00\xff\r\n--b--\r\n");
    const Headers headers{{"Content-Type", "multipart/form-data; boundary=b"}, {"Prefer", "respond-async"}};
    const auto answer = f.post(QStringLiteral("/image-to-video"), body, headers);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, QByteArray(R"({"x":"\u00e4","b":1.50})"));
    QCOMPARE(answer.header("Content-Type"), QByteArray("application/json"));
    const ServerRequest asked = f.upstream.asked().last();
    QCOMPARE(asked.path, QByteArray("/image-to-video"));
    QCOMPARE(asked.body, body);
    QCOMPARE(headers::value(asked.headers, "Content-Type"), QByteArray("multipart/form-data; boundary=b"));
    QCOMPARE(headers::value(asked.headers, "Prefer"), QByteArray("respond-async"));
}

void TestOpenAiServerMedia::whatTheServerItselfRefusesIsInShape()
{
    ServerFixture f(Dialect::Gateway, [](ServerOptions &options) { options.maxBodyBytes = 1000; });
    const auto large = f.post(QStringLiteral("/v1/chat/completions"), QByteArray(2000, 'x'));
    const auto foreign = f.sendRaw("GET", QStringLiteral("/v1/models"), {}, {{"Host", "evil.example"}});
    for (const auto &answer : {large, foreign}) {
        QVERIFY(answer.status == 413 || answer.status == 403);
        QVERIFY2(!answer.error().value(QStringLiteral("message")).toString().isEmpty(), answer.body.constData());
        QVERIFY(!answer.header("x-request-id").isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestOpenAiServerMedia)
#include "tst_openai_server_media.moc"
