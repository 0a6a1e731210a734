#include "pipelines_fixture.h"

#include "sluice/backend/backend_services.h"
#include "sluice/net/http_client.h"
#include "sluice/net/multipart_form.h"

#include <QtCore/QRandomGenerator>

using namespace sluice;
using namespace sluice::test;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

/// What no client of ours would send, and files that are none.
class PipelinesHostileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PipelinesFixture>(); }
    void aDamagedPictureIsRefused_data();
    void aDamagedPictureIsRefused();
    void noSoundIsRefused_data();
    void noSoundIsRefused();
    void silenceSaysNothing();
    void aFileAboveTheBoundIsRefusedByBothSides();
    void fieldsThatDoNotFitAreRefused_data();
    void fieldsThatDoNotFitAreRefused();
    void aBodyThatIsNoFormIsRefused();
    void noiseNeverEndsTheService();

private:
    [[nodiscard]] HttpResponse post(const char *path, const QByteArray &body, const QByteArray &type)
    {
        HttpRequest request;
        request.method = "POST";
        request.url = QUrl(m_fixture->url().toString() + key(path));
        request.body = body;
        request.headers = headers::contentType(type);
        return orThrow(outcomeOf(m_services.http().send(request, CallContext())));
    }
    [[nodiscard]] static QByteArray picture() { return orThrow(sandbox::encodePng(sandbox::landscape(160, 100))); }

    BackendServices m_services{UserData::inMemory(), CallTiming(), SpendPolicy()};
    std::unique_ptr<PipelinesFixture> m_fixture;
};

void PipelinesHostileTest::aDamagedPictureIsRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    const QByteArray png = picture();
    QTest::newRow("truncated") << png.first(png.size() / 2);
    QTest::newRow("only its beginning") << png.first(20);
    QByteArray huge = png;
    huge.replace(16, 8, QByteArray("\x00\x00\xff\xff\x00\x00\xff\xff", 8));
    QTest::newRow("claims to be huge") << huge;
    QByteArray broken = png;
    broken[broken.size() / 2] = char(~broken[broken.size() / 2]);
    QTest::newRow("a wrong bit") << broken;
    QTest::newRow("text") << QByteArray("this is no picture");
    QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>");
}

void PipelinesHostileTest::aDamagedPictureIsRefused()
{
    QFETCH(QByteArray, file);
    for (const char *pipeline : {"image-to-image", "upscale", "segment-anything-2", "image-to-text"}) {
        const auto run = m_fixture->run(pipeline, Json{{key("image"), dataUri("image/png", file)}, {key("prompt"), "a"}, {key("point_coords"), "[[5,5]]"}});
        QVERIFY2(!run, pipeline);
        QCOMPARE(run.error().httpStatus(), 400);
        QVERIFY2(run.error().message().contains(key("image: ")), qUtf8Printable(run.error().message()));
    }
    // Asynchronous: the same words, within 200.
    const auto video = m_fixture->run("image-to-video", Json{{key("image"), dataUri("image/png", file)}});
    QVERIFY(!video);
    QCOMPARE(video.error().kind(), Error::Kind::Http);
    QVERIFY2(video.error().message().contains(key("image: ")), qUtf8Printable(video.error().message()));
}

void PipelinesHostileTest::noSoundIsRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("text") << QByteArray("this is no sound");
    QTest::newRow("a picture") << picture();
    QTest::newRow("a header of WAV") << QByteArray("RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0", 36);
    QTest::newRow("a playlist") << QByteArray("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n");
    QTest::newRow("a list of files") << QByteArray("ffconcat version 1.0\nfile '/etc/passwd'\n");
}

void PipelinesHostileTest::noSoundIsRefused()
{
    QFETCH(QByteArray, file);
    const auto run = m_fixture->run("audio-to-text", Json{{key("audio"), dataUri("audio/wav", file)}});
    QVERIFY(!run);
    QCOMPARE(run.error().httpStatus(), 400);
    QVERIFY2(run.error().message().contains(key("audio: ")), qUtf8Printable(run.error().message()));
}

void PipelinesHostileTest::silenceSaysNothing()
{
    const QByteArray pcm(16'000 * 2, '\0');
    const QByteArray wav = QByteArray("RIFF\x24\x7d\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\0\x7d\0\0", 44) + pcm;
    const RunResult run = orThrow(m_fixture->run("audio-to-text", Json{{key("audio"), dataUri("audio/wav", wav)}}));
    QCOMPARE(run.json.value(key("text")).toString(), QString());
    QCOMPARE(run.json.value(key("chunks")).size(), 0);
}

void PipelinesHostileTest::aFileAboveTheBoundIsRefusedByBothSides()
{
    const QByteArray large(50 * 1024 * 1024 + 1, 'x');
    const auto here = m_fixture->run("audio-to-text", Json{{key("audio"), dataUri("audio/wav", large)}});
    QVERIFY(!here);
    QCOMPARE(here.error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(here.error().field(), key("/audio"));
    QCOMPARE(here.error().httpStatus(), 0); // nothing was sent

    MultipartForm form;
    form.addField("model_id", "m");
    form.addFile("audio", "a.wav", "audio/wav", large);
    const HttpResponse there = post("/audio-to-text", form.body(), form.contentType());
    QCOMPARE(there.status, 400);
    QVERIFY2(there.body.contains("at most 52428800"), there.body.constData());
}

void PipelinesHostileTest::fieldsThatDoNotFitAreRefused_data()
{
    QTest::addColumn<QByteArray>("pipeline");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("words");
    QTest::newRow("no room for the prompt") << QByteArray("text-to-image") << QByteArray(R"({"width":64,"height":64,"prompt":")") + QByteArray(1500, 'w') + R"("})" << key("does not fit");
    QTest::newRow("a point outside") << QByteArray("segment-anything-2") << QByteArray(R"({"point_coords":"[[500,5]]"})") << key("is not in the picture");
    QTest::newRow("no point at all") << QByteArray("segment-anything-2") << QByteArray("{}") << key("is needed");
    QTest::newRow("labels of another number") << QByteArray("segment-anything-2") << QByteArray(R"({"point_coords":"[[5,5]]","point_labels":"[1,0]"})") << key("point_labels");
    QTest::newRow("points of text") << QByteArray("segment-anything-2") << QByteArray(R"({"point_coords":"[[\"a\",\"b\"]]"})") << key("point 1");
    QTest::newRow("an empty box") << QByteArray("segment-anything-2") << QByteArray(R"({"box":"[10,10,10,10]"})") << key("box");
    QTest::newRow("too long a text") << QByteArray("text-to-speech") << QByteArray(R"({"text":")") + QByteArray(6000, 'a') + R"("})" << key("6000 characters");
    QTest::newRow("a video too large") << QByteArray("image-to-video") << QByteArray(R"({"width":4096,"height":4096})") << key("megapixels");
}

void PipelinesHostileTest::fieldsThatDoNotFitAreRefused()
{
    QFETCH(QByteArray, pipeline);
    QFETCH(QByteArray, members);
    QFETCH(QString, words);
    Json input = orThrow(Json::parse(members));
    if (!pipeline.startsWith("text"))
        input.insert(key("image"), dataUri("image/png", picture()));
    const auto run = m_fixture->run(pipeline.constData(), input);
    QVERIFY(!run);
    QVERIFY2(run.error().message().contains(words), qUtf8Printable(run.error().message()));
}

void PipelinesHostileTest::aBodyThatIsNoFormIsRefused()
{
    for (const char *type : {"application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=b"}) {
        const HttpResponse response = post("/upscale", "{\"prompt\":\"a\"}", type);
        QCOMPARE(response.status, 400);
        QVERIFY(orThrow(Json::parse(response.body)).find(key("/error/message")).has_value());
    }
}

void PipelinesHostileTest::noiseNeverEndsTheService()
{
    QRandomGenerator random(7);
    const QByteArray png = picture();
    for (int i = 0; i < 40; ++i) {
        QByteArray file = png;
        for (int flips = 0; flips < 8; ++flips)
            file[random.bounded(int(file.size()))] = char(random.bounded(256));
        MultipartForm form;
        form.addField("prompt", "a sketch");
        form.addFile("image", "a", "image/png", file);
        const QByteArray body = form.body();
        const HttpResponse response = post("/image-to-image", i % 4 == 0 ? body.first(random.bounded(int(body.size()))) : body, form.contentType());
        QVERIFY2(response.status == 200 || response.status == 400, response.body.constData());
    }
    QVERIFY(m_fixture->run("text-to-speech", Json{{key("text"), "still here"}}));
}

QTEST_GUILESS_MAIN(PipelinesHostileTest)
#include "tst_pipelines_hostile.moc"
