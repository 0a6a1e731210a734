#include "pipelines_fixture.h"

#include "sluice/gateway/chat_delta.h"

#include <QtCore/QtEndian>
#include <QtTest/QSignalSpy>

#include <cmath>

using namespace sluice;
using namespace sluice::test;
using sandbox::Picture;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

Picture pictureOf(const RunResult &run)
{
    return orThrow(sandbox::decodePicture(run.content));
}

/// A disc and a square of two colours on a third.
Picture shapes(int width, int height)
{
    Picture picture{width, height, QByteArray(qsizetype(width) * height * 4, char(255))};
    auto *pixel = reinterpret_cast<uchar *>(picture.rgba.data());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x, pixel += 4) {
            const bool disc = std::hypot(x - width * 0.3, y - height * 0.5) < height * 0.22;
            const bool square = std::abs(x - width * 0.75) < height * 0.15 && std::abs(y - height * 0.4) < height * 0.15;
            // A little unevenness, as in a photograph.
            const uchar noise = uchar((x * 7 + y * 13) % 11);
            pixel[0] = uchar((disc ? 200 : square ? 30 : 90) + noise);
            pixel[1] = uchar((disc ? 40 : square ? 60 : 130) + noise);
            pixel[2] = uchar((disc ? 40 : square ? 200 : 90) + noise);
        }
    }
    return picture;
}

/// One mask of an answer's text, by pixel.
QList<QList<bool>> maskOf(const Json &answer, qsizetype index)
{
    const Json masks = orThrow(Json::parse(answer.value(key("masks")).toString().toUtf8(), {64 * 1024 * 1024, 8, qsizetype(1) << 30}));
    QList<QList<bool>> rows;
    for (const Json &row : masks.at(index).items()) {
        QList<bool> bits;
        for (const Json &value : row.items())
            bits.append(value.toDouble() > 0);
        rows.append(bits);
    }
    return rows;
}

} // namespace

/// Every pipeline of the sandbox's AI gateway, end to end through Gateway.
class PipelinesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PipelinesFixture>(); }
    void allAreOfferedAndSayWhatTheyAre();
    void everyExampleRuns_data();
    void everyExampleRuns();
    void theTypesetPromptIsReadAgain_data();
    void theTypesetPromptIsReadAgain();
    void aSeedIsAPicture();
    void severalPicturesAreSeveralSeeds();
    void aPictureIsChangedAsThePromptSays();
    void upscaledIsFourTimesAsLarge();
    void theSpokenSentenceIsRecognisedAgain_data();
    void theSpokenSentenceIsRecognisedAgain();
    void timesOfWordsAndOfNone();
    void theSegmentedThingIsTheOneUnderThePoint_data();
    void theSegmentedThingIsTheOneUnderThePoint();
    void aBoxIsEnough();
    void aVideoBeginsWithThePicture();
    void theChatAnswersInBothDialects();
    void aRunOfOneNameNeedsNoBackend();
    void theServiceStopsWithWorkInHand();

private:
    std::unique_ptr<PipelinesFixture> m_fixture;
};

void PipelinesTest::allAreOfferedAndSayWhatTheyAre()
{
    QCOMPARE(m_fixture->ready().find(key("/services/aigateway/pipelines"))->size(), 9);
    const auto listing = m_fixture->gateway().capabilities();
    QTRY_VERIFY(listing.isFinished());
    const QList<CapabilityInfo> all = listing.result();
    QCOMPARE(all.size(), 9);
    QVERIFY(m_fixture->gateway().listsCapabilities());
    for (const CapabilityInfo &info : all) {
        const QByteArray what = info.name.toUtf8() + ": " + info.description.toUtf8();
        static const QRegularExpression honest(key("[Nn]o (neural |language )?model|not a language model|does not say what a picture shows|before neural networks|without a model"));
        QVERIFY2(honest.match(info.description).hasMatch(), what.constData());
        QVERIFY2(info.description.contains(key("Any model name is taken")), what.constData());
        QVERIFY2(info.inputSchema.find(key("/properties/") + (info.isChat() ? key("model") : key("model_id")) + key("/default"))->toString().startsWith(key("sandbox/")), what.constData());
    }
}

void PipelinesTest::everyExampleRuns_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Json>("input");
    const auto listing = m_fixture->gateway().capabilities();
    QTRY_VERIFY(listing.isFinished());
    for (const CapabilityInfo &info : listing.result()) {
        for (const CapabilityExample &example : info.examples)
            QTest::addRow("%s: %s", qUtf8Printable(info.name), qUtf8Printable(example.title)) << info.name << example.input;
    }
}

void PipelinesTest::everyExampleRuns()
{
    QFETCH(QString, name);
    QFETCH(Json, input);
    const auto run = m_fixture->run(name.toLatin1().constData(), input);
    QVERIFY2(run, run ? "" : qUtf8Printable(run.error().describe()));
    QVERIFY(!run->content.isEmpty());
}

void PipelinesTest::theTypesetPromptIsReadAgain_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("short") << key("The sluice is open") << 512 << 512;
    QTest::newRow("wide") << key("A small boat waits at the lock until the water is high") << 1024 << 576;
    QTest::newRow("long") << key("In the morning the keeper of the lock walks along the canal, greets the first boats, and opens the gate for all of them in turn") << 768 << 512;
    QTest::newRow("signs that filters know") << key("Half: 50 percent, one; two 'three' [four] \\ five") << 768 << 512;
}

void PipelinesTest::theTypesetPromptIsReadAgain()
{
    QFETCH(QString, prompt);
    QFETCH(int, width);
    QFETCH(int, height);
    const RunResult drawn = orThrow(m_fixture->run("text-to-image", Json{{key("prompt"), prompt}, {key("width"), width}, {key("height"), height}, {key("seed"), 11}}));
    QCOMPARE(drawn.contentType, "image/png");
    const Picture picture = pictureOf(drawn);
    QCOMPARE(picture.width, width);
    QCOMPARE(picture.height, height);
    const RunResult read = orThrow(m_fixture->run("image-to-text", Json{{key("image"), dataUri("image/png", drawn.content)}}));
    const QString found = words(read.json.value(key("text")).toString());
    QVERIFY2(found.startsWith(words(prompt)), qUtf8Printable(found)); // of a last sign it may make a letter more
}

void PipelinesTest::aSeedIsAPicture()
{
    const auto drawn = [&](int seed) {
        return orThrow(m_fixture->run("text-to-image", Json{{key("prompt"), "a"}, {key("width"), 128}, {key("height"), 128}, {key("seed"), seed}})).content;
    };
    QCOMPARE(drawn(4), drawn(4));
    QVERIFY(drawn(4) != drawn(5));
}

void PipelinesTest::severalPicturesAreSeveralSeeds()
{
    const RunResult run = orThrow(m_fixture->run("text-to-image",
        Json{{key("prompt"), "a"}, {key("width"), 128}, {key("height"), 128}, {key("seed"), 4}, {key("num_images_per_prompt"), 3}}));
    QCOMPARE(run.files.size(), 3);
    QCOMPARE(run.json.find(key("/images/2/seed"))->toInt64(), 6);
    QVERIFY(run.files[0].content != run.files[1].content);
}

void PipelinesTest::aPictureIsChangedAsThePromptSays()
{
    const auto changed = [&](const char *prompt, double strength) {
        return pictureOf(orThrow(m_fixture->run("image-to-image",
            Json{{key("image"), pictureText(shapes(160, 120))}, {key("prompt"), prompt}, {key("strength"), strength}, {key("seed"), 1}})));
    };
    const Picture grey = changed("make it greyscale", 1);
    QCOMPARE(grey.width, 160);
    const auto *pixel = reinterpret_cast<const uchar *>(grey.rgba.constData()) + (60 * 160 + 48) * 4;
    QVERIFY(std::abs(pixel[0] - pixel[1]) < 3 && std::abs(pixel[1] - pixel[2]) < 3);
    QVERIFY(changed("make it negative", 1).rgba != grey.rgba);
    // No strength, no change.
    const Picture same = changed("make it greyscale", 0);
    const auto *kept = reinterpret_cast<const uchar *>(same.rgba.constData()) + (60 * 160 + 48) * 4;
    QVERIFY(kept[0] > kept[1] + 100);
}

void PipelinesTest::upscaledIsFourTimesAsLarge()
{
    const RunResult run = orThrow(m_fixture->run("upscale", Json{{key("image"), pictureText(shapes(90, 61))}, {key("prompt"), "shapes"}}));
    const Picture picture = pictureOf(run);
    QCOMPARE(picture.width, 360);
    QCOMPARE(picture.height, 244);
    const auto *middle = reinterpret_cast<const uchar *>(picture.rgba.constData()) + (122 * 360 + 108) * 4;
    QVERIFY(middle[0] > 180 && middle[1] < 70); // the disc is where it was
}

void PipelinesTest::theSpokenSentenceIsRecognisedAgain_data()
{
    QTest::addColumn<QString>("sentence");
    for (const char *sentence : {"We are going to the city tomorrow.", "The president of the United States.", "This is a test."})
        QTest::newRow(sentence) << key(sentence);
}

void PipelinesTest::theSpokenSentenceIsRecognisedAgain()
{
    QFETCH(QString, sentence);
    const RunResult spoken = orThrow(m_fixture->run("text-to-speech", Json{{key("text"), sentence}}));
    QCOMPARE(spoken.contentType, "audio/wav");
    QVERIFY(spoken.content.startsWith("RIFF"));
    QCOMPARE(qsizetype(qFromLittleEndian<quint32>(spoken.content.constData() + 4)), spoken.content.size() - 8);
    const RunResult heard = orThrow(m_fixture->run("audio-to-text", Json{{key("audio"), dataUri("audio/wav", spoken.content)}}));
    QCOMPARE(words(heard.json.value(key("text")).toString()), words(sentence));
    const Json chunk = heard.json.find(key("/chunks/0")).value_or(Json());
    QCOMPARE(words(chunk.value(key("text")).toString()), words(sentence));
    const double begin = chunk.value(key("timestamp")).at(0).toDouble(-1);
    const double end = chunk.value(key("timestamp")).at(1).toDouble(-1);
    QVERIFY(begin >= 0 && end > begin && end < 5);
}

void PipelinesTest::timesOfWordsAndOfNone()
{
    const RunResult spoken = orThrow(m_fixture->run("text-to-speech", Json{{key("text"), "This is a test."}}));
    const auto heard = [&](const char *times) {
        return orThrow(m_fixture->run("audio-to-text", Json{{key("audio"), dataUri("audio/wav", spoken.content)}, {key("return_timestamps"), times}})).json.value(key("chunks"));
    };
    QCOMPARE(heard("word").size(), 4);
    QCOMPARE(heard("word").at(3).value(key("text")).toString(), key("test"));
    QCOMPARE(heard("false").size(), 0);
}

void PipelinesTest::theSegmentedThingIsTheOneUnderThePoint_data()
{
    QTest::addColumn<QByteArray>("point");
    QTest::addColumn<bool>("isDisc");
    QTest::newRow("disc") << QByteArray("[[96,120]]") << true;
    QTest::newRow("square") << QByteArray("[[240,96]]") << false;
}

void PipelinesTest::theSegmentedThingIsTheOneUnderThePoint()
{
    QFETCH(QByteArray, point);
    QFETCH(bool, isDisc);
    const RunResult run = orThrow(m_fixture->run("segment-anything-2", Json{{key("image"), pictureText(shapes(320, 240))},
        {key("point_coords"), QString::fromLatin1(point)}, {key("point_labels"), "[1]"}, {key("multimask_output"), false}, {key("return_logits"), false}}));
    const auto mask = maskOf(run.json, 0);
    QCOMPARE(mask.size(), 240);
    QCOMPARE(mask.first().size(), 320);
    int right = 0;
    int wrong = 0;
    int missed = 0;
    for (int y = 0; y < 240; ++y) {
        for (int x = 0; x < 320; ++x) {
            const bool disc = std::hypot(x - 96.0, y - 120.0) < 52.8;
            const bool square = std::abs(x - 240.0) < 36 && std::abs(y - 96.0) < 36;
            const bool belongs = isDisc ? disc : square;
            right += mask[y][x] && belongs ? 1 : 0;
            wrong += mask[y][x] && !belongs ? 1 : 0;
            missed += !mask[y][x] && belongs ? 1 : 0;
        }
    }
    QVERIFY2(double(right) / (right + wrong + missed) > 0.95, qPrintable(key("%1 right, %2 wrong, %3 missed").arg(right).arg(wrong).arg(missed)));
}

void PipelinesTest::aBoxIsEnough()
{
    const RunResult run = orThrow(m_fixture->run("segment-anything-2", Json{{key("image"), pictureText(shapes(320, 240))}, {key("box"), Json::array({36, 60, 160, 180})}}));
    for (const char *name : {"masks", "scores", "logits"})
        QVERIFY(run.json.value(key(name)).isString());
    const Json scores = orThrow(Json::parse(run.json.value(key("scores")).toString().toUtf8()));
    QCOMPARE(scores.size(), 3);
    QVERIFY(scores.at(0).toDouble() >= scores.at(1).toDouble() && scores.at(1).toDouble() >= scores.at(2).toDouble());
    const auto mask = maskOf(run.json, 0);
    QVERIFY(mask[120][96]);
    QVERIFY(!mask[96][240]);
    const Json logits = orThrow(Json::parse(run.json.value(key("logits")).toString().toUtf8(), {16 * 1024 * 1024, 8, qsizetype(1) << 30}));
    QCOMPARE(logits.at(0).size(), 256);
    QCOMPARE(logits.at(0).at(0).size(), 256);
}

void PipelinesTest::aVideoBeginsWithThePicture()
{
    const RunResult run = orThrow(m_fixture->run("image-to-video",
        Json{{key("image"), pictureText(shapes(320, 240))}, {key("width"), 320}, {key("height"), 240}, {key("fps"), 8}, {key("seed"), 90}}));
    QCOMPARE(run.contentType, "video/mp4");
    QCOMPARE(run.content.mid(4, 4), "ftyp");
    QVERIFY(run.content.contains("avc1"));
    QCOMPARE(run.json.find(key("/images/0/seed"))->toInt64(), 90);
    QVERIFY(run.files.first().url.path().endsWith(key(".mp4")));
}

void PipelinesTest::theChatAnswersInBothDialects()
{
    for (const char *dialect : {"json", "form"}) {
        PipelinesFixture fixture{key(dialect)};
        const Json message{{key("role"), "user"}, {key("content"), "How does a payment ticket work?"}};
        Call call = PipelinesFixture::call("llm", Json{{key("messages"), Json::array({message})}, {key("max_tokens"), 40}});
        call.verb = Verb::Stream;
        const auto stream = fixture.gateway().stream(call);
        QString text;
        connect(stream.get(), &StreamResponse::event, this, [&](const StreamEvent &event) { text += parseChatDelta(event).text; });
        QSignalSpy finished(stream.get(), &StreamResponse::finished);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
        QCOMPARE(finished.first().first().value<StreamResponse::End>(), StreamResponse::End::Done);
        QVERIFY2(text.contains(key("ticket")), qUtf8Printable(text));
        const RunResult run = orThrow(fixture.run("llm", call.input));
        QCOMPARE(run.json.find(key("/choices/0/message/content"))->toString(), text);
    }
}

void PipelinesTest::aRunOfOneNameNeedsNoBackend()
{
    const QFuture<RunResult> run = m_fixture->gateway().run(key("text-to-speech"), Json{{key("text"), "a"}});
    QTRY_VERIFY_WITH_TIMEOUT(run.isFinished(), 20'000);
    QCOMPARE(run.result().contentType, "audio/wav");
}

void PipelinesTest::theServiceStopsWithWorkInHand()
{
    PipelinesFixture fixture;
    // More speech than is understood before the service stops.
    const QString text = key("We are going to the city tomorrow. ").repeated(60);
    const RunResult spoken = orThrow(fixture.run("text-to-speech", Json{{key("text"), text}}));
    const QFuture<RunResult> run = fixture.gateway().run(PipelinesFixture::call("audio-to-text", Json{{key("audio"), dataUri("audio/wav", spoken.content)}}));
    const auto recognisers = [] {
        int count = 0;
        const QStringList processes = QDir(key("/proc")).entryList(QDir::Dirs);
        for (const QString &id : processes) {
            QFile status(key("/proc/%1/status").arg(id));
            if (!status.open(QIODevice::ReadOnly))
                continue;
            const QByteArray lines = status.readAll();
            // Its name is cut to fifteen characters.
            if (lines.startsWith("Name:\tpocketsphinx_co") && lines.contains("\nPPid:\t" + QByteArray::number(QCoreApplication::applicationPid()) + '\n'))
                ++count;
        }
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(recognisers(), 1, 20'000);
    fixture.stopSandbox();
    QCOMPARE(recognisers(), 0);
    QTRY_VERIFY(run.isFinished());
}

QTEST_GUILESS_MAIN(PipelinesTest)
#include "tst_pipelines.moc"
