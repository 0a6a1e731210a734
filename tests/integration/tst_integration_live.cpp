#include "sandbox_process_p.h"

#include "sluice/media/decoder.h"

#include <QtCore/QFile>
#include <QtCore/QSize>
#include <QtTest/QtTest>

#include <csignal>
#include <cstdlib>

using namespace sluice;

/// Live jobs from the command line against the sandbox: real processes, real channels, real pictures.
class TestIntegrationLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_pattern_comes_back_and_is_measured_data();
    void a_pattern_comes_back_and_is_measured();
    void files_come_back_as_they_are_to_be_shown_data();
    void files_come_back_as_they_are_to_be_shown();
    void a_cover_starts_no_job();
    void what_comes_back_is_recorded();
    void lines_go_in_and_counts_come_out();
    void running_out_ends_with_a_sentence();
    void ctrl_c_ends_a_job_in_good_order();
    void a_killed_sandbox_ends_a_job_with_a_sentence();
    void channels_pass_bytes_as_they_are();
    void a_reader_sees_what_is_still_being_written();
    void mistakes_are_named_data();
    void mistakes_are_named();
};

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

Json lastLine(const Finished &finished)
{
    const QList<Json> lines = finished.lines();
    return lines.isEmpty() ? Json() : lines.last();
}

QString type(const Json &line)
{
    return line.value(QStringLiteral("type")).toString();
}

/// `sluicectl trickle serve`, as a process.
struct TrickleServer {
    explicit TrickleServer(const Workplace &place)
    {
        place.start(process, words("trickle serve --autocreate --json"));
        while (!process.canReadLine() && process.waitForReadyRead(10'000)) { }
        const auto line = Json::parse(process.readLine());
        url = line ? line->value(QStringLiteral("url")).toString() : QString();
    }
    ~TrickleServer()
    {
        process.kill();
        process.waitForFinished();
    }
    QProcess process;
    QString url;
};

} // namespace

void TestIntegrationLive::a_pattern_comes_back_and_is_measured_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("BYOC") << QStringLiteral("noop");
    QTest::newRow("live video") << QStringLiteral("live-video-to-video/noop");
    QTest::newRow("live video, model apart") << QStringLiteral("live-video-to-video --model noop");
}

void TestIntegrationLive::a_pattern_comes_back_and_is_measured()
{
    QFETCH(QString, name);
    const Workplace place;
    const Finished finished = place.run(words(qPrintable(QStringLiteral("live %1 --source pattern --seconds 3 --json").arg(name))));
    QVERIFY2(finished.code == 0, (finished.err + finished.out).constData());
    QCOMPARE(type(finished.lines().first()), QStringLiteral("ready"));
    const Json end = lastLine(finished);
    qInfo("%s", end.dump().constData());
    QCOMPARE(type(end), QStringLiteral("end"));
    QVERIFY(end.find(QStringLiteral("/latency_ms/p50"))->toDouble() > 0);
    QVERIFY(end.find(QStringLiteral("/latency_ms/p95"))->toDouble() >= end.find(QStringLiteral("/latency_ms/p50"))->toDouble());
    QVERIFY(end.value(QStringLiteral("first_frame_ms")).toDouble() > 0);
    const qint64 in = *end.value(QStringLiteral("frames_in")).toInt64();
    const qint64 out = *end.value(QStringLiteral("frames_out")).toInt64();
    QVERIFY2(in > 60 && out > in / 2, end.dump().constData());
    QVERIFY(end.value(QStringLiteral("dropped")).toInt64().has_value());
    QVERIFY(end.value(QStringLiteral("paid_wei")).toString().toLongLong() > 0);
    const Finished history = place.run(words("history list --json"));
    QVERIFY2(history.out.contains("\"live\""), history.out.left(500).constData());
    const QString listed = name.section(QLatin1Char(' '), 0, 0);
    QVERIFY2(history.out.contains(('"' + listed).toUtf8()), history.out.left(500).constData());
}

namespace {

/// Runs FFmpeg's program and gives what it wrote to standard output.
QByteArray ffmpeg(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ffmpeg"), words("-hide_banner -loglevel error -nostdin -y") + arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("ffmpeg: %s %s", qPrintable(process.errorString()), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

/// The colour in the middle of the left half and of the right half of a picture, as FFmpeg shows it.
QByteArray halves(const QString &file)
{
    return ffmpeg(QStringList{QStringLiteral("-i"), file} + words("-frames:v 1 -vf scale=64:64:flags=area+accurate_rnd+full_chroma_int,format=rgb24,crop=1:1:16:32 -f rawvideo -"))
        + ffmpeg(QStringList{QStringLiteral("-i"), file} + words("-frames:v 1 -vf scale=64:64:flags=area+accurate_rnd+full_chroma_int,format=rgb24,crop=1:1:48:32 -f rawvideo -"));
}

} // namespace

void TestIntegrationLive::files_come_back_as_they_are_to_be_shown_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QSize>("size");
    const QString bt709 = QStringLiteral("-colorspace bt709 -color_primaries bt709 -color_trc bt709 ");
    QTest::newRow("small BT.709") << "b709.mp4" << "-vf scale=out_color_matrix=bt709,format=yuv420p -c:v libx264 " + bt709 << QSize(640, 360);
    QTest::newRow("full range") << "full.mp4" << "-vf scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p -c:v libx264 -color_range pc " + bt709 << QSize(640, 360);
    QTest::newRow("wide pixels") << "wide.ts" << "-vf setsar=4/3 -c:v libx264 -pix_fmt yuv420p" << QSize(854, 360);
    QTest::newRow("a photo") << "photo.jpg" << "-frames:v 1 -q:v 2" << QSize(640, 360);
}

void TestIntegrationLive::files_come_back_as_they_are_to_be_shown()
{
    QFETCH(QString, name);
    QFETCH(QString, arguments);
    QFETCH(QSize, size);
    const Workplace place;
    const QString file = place.path(name);
    const QString colours = QStringLiteral("-f lavfi -i color=c=0xd02020:s=320x360:r=25:d=1 -f lavfi -i color=c=0x2050c0:s=320x360:r=25:d=1 -filter_complex [0:v][1:v]hstack[a]");
    const bool filtered = arguments.contains(QLatin1String("-vf "));
    const QString filter = filtered ? arguments.section(QLatin1Char(' '), 1, 1) : QStringLiteral("null");
    const QString rest = filtered ? arguments.section(QLatin1Char(' '), 2).trimmed() : arguments;
    ffmpeg(words(qPrintable(colours + ";[a]" + filter + "[v] -map [v] " + rest)) + QStringList{file});
    const QString out = place.path(QStringLiteral("back.ts"));
    const Finished finished = place.run(words("live noop --seconds 4 --source") + QStringList{file, QStringLiteral("--out"), out});
    QVERIFY2(finished.code == 0, finished.err.constData());
    QFile recording(out);
    QVERIFY(recording.open(QIODevice::ReadOnly));
    QSize shown;
    media::Decoder decoder({}, {[&](const media::Frame &frame) { shown = QSize(frame.displayWidth(), frame.displayHeight()); }, {}});
    media::TsInput input;
    input.bytes = recording.readAll();
    input.segmentStart = true;
    QVERIFY(decoder.feed(input));
    QVERIFY(decoder.finish());
    QCOMPARE(shown, size);
    const QByteArray want = halves(file);
    const QByteArray have = halves(out);
    QCOMPARE(want.size(), 6);
    QCOMPARE(have.size(), 6);
    for (qsizetype i = 0; i < 6; ++i)
        QVERIFY2(std::abs(int(std::uint8_t(want[i])) - int(std::uint8_t(have[i]))) <= 3, (want.toHex(' ') + " came back as " + have.toHex(' ')).constData());
}

void TestIntegrationLive::a_cover_starts_no_job()
{
    const Workplace place;
    const QString cover = place.path(QStringLiteral("cover.png"));
    const QString song = place.path(QStringLiteral("song.mp3"));
    ffmpeg(words("-f lavfi -i color=red:s=300x300 -frames:v 1") + QStringList{cover});
    ffmpeg(words("-f lavfi -i sine=440:d=1 -i") + QStringList{cover} + words("-map 0:a -map 1:v -c:v copy -disposition:v attached_pic -c:a libmp3lame") + QStringList{song});
    const Finished finished = place.run(words("live noop --seconds 3 --source") + QStringList{song});
    QVERIFY(finished.code != 0);
    QVERIFY2(finished.err.contains("no video"), finished.err.constData());
    QVERIFY2(!place.run(words("history list --json")).out.contains("noop"), "a job was begun");
}

void TestIntegrationLive::what_comes_back_is_recorded()
{
    const Workplace place;
    const QString file = place.path(QStringLiteral("out.ts"));
    const Finished finished = place.run(words("live video-filter --source pattern --seconds 4 --set filter=edges --out") + QStringList(file));
    QVERIFY2(finished.code == 0, finished.err.constData());
    QFile recording(file);
    QVERIFY(recording.open(QIODevice::ReadOnly));
    int frames = 0;
    media::Decoder decoder({}, {[&](const media::Frame &) { ++frames; }, {}});
    media::TsInput input;
    input.bytes = recording.readAll();
    input.segmentStart = true;
    QVERIFY(decoder.feed(input));
    QVERIFY(decoder.finish());
    QVERIFY2(frames > 30, QByteArray::number(frames).constData());
}

void TestIntegrationLive::lines_go_in_and_counts_come_out()
{
    const Workplace place;
    const Finished finished = place.run(words("live log-tail --set contains=bad --json"), "good\nbad one\ngood\nbad two\n");
    QVERIFY2(finished.code == 0, (finished.err + finished.out).constData());
    QString output;
    Json last;
    for (const Json &line : finished.lines()) {
        if (type(line) == QStringLiteral("output"))
            output += line.value(QStringLiteral("text")).toString();
        if (type(line) == QStringLiteral("data"))
            last = line.value(QStringLiteral("data"));
    }
    QVERIFY2(output == QStringLiteral("bad one\nbad two\n"), (finished.out + finished.err).constData());
    QCOMPARE(last.value(QStringLiteral("lines")).toInt64(), std::optional<qint64>(4));
    QCOMPARE(last.value(QStringLiteral("matched")).toInt64(), std::optional<qint64>(2));
}

void TestIntegrationLive::running_out_ends_with_a_sentence()
{
    const Workplace place;
    const Finished finished = place.run(words("live noop --source pattern --seconds 5 --max-spend 1000 --json"));
    QCOMPARE(finished.code, 4);
    QCOMPARE(finished.json().find(QStringLiteral("/error/kind"))->toString(), QStringLiteral("spend_limit"));
}

void TestIntegrationLive::ctrl_c_ends_a_job_in_good_order()
{
    const Workplace place;
    QProcess process;
    place.start(process, words("live noop --source pattern --json"));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput(), out.contains("send_first_processed_segment")), 30'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(15'000));
    out += process.readAllStandardOutput();
    QCOMPARE(process.exitCode(), 0);
    const auto end = Json::parse(out.trimmed().split('\n').last());
    QVERIFY(end);
    QCOMPARE(end->value(QStringLiteral("end")).toString(), QStringLiteral("interrupted"));
}

void TestIntegrationLive::a_killed_sandbox_ends_a_job_with_a_sentence()
{
    Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), sandbox.text("sender_key"));
    QProcess process;
    place.start(process, words("live noop --source pattern --json --orchestrator") + QStringList(sandbox.text("orchestrator")));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput(), out.contains("send_first_processed_segment")), 30'000);
    sandbox.kill();
    QVERIFY(process.waitForFinished(15'000));
    out += process.readAllStandardOutput();
    const auto end = Json::parse(out.trimmed().split('\n').last());
    QVERIFY2(end, out.right(500).constData());
    QVERIFY(process.exitCode() != 0);
    const QString sentence = end->find(QStringLiteral("/error/message")).value_or(Json()).toString();
    QVERIFY2(!sentence.isEmpty(), end->dump().constData());
    qInfo("%s", qPrintable(sentence));
    QVERIFY(*end->value(QStringLiteral("frames_out")).toInt64() > 0); // what came is kept
}

void TestIntegrationLive::channels_pass_bytes_as_they_are()
{
    const Workplace place;
    const TrickleServer server(place);
    QVERIFY(!server.url.isEmpty());
    QByteArray bytes(700'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 31 + i / 251);
    const QString channel = server.url + QStringLiteral("bytes");
    const Finished published = place.run({QStringLiteral("trickle"), QStringLiteral("publish"), channel, QStringLiteral("--segment-bytes"),
        QStringLiteral("200000"), QStringLiteral("--keep"), QStringLiteral("--json")}, bytes);
    QVERIFY2(published.code == 0, published.err.constData());
    QCOMPARE(published.json().value(QStringLiteral("segments")).toInt64(), std::optional<qint64>(4));
    const Finished read = place.run({QStringLiteral("trickle"), QStringLiteral("subscribe"), channel, QStringLiteral("--from"), QStringLiteral("0"),
        QStringLiteral("--segments"), QStringLiteral("4")});
    QVERIFY2(read.code == 0, read.err.constData());
    QVERIFY(read.out == bytes);
}

void TestIntegrationLive::a_reader_sees_what_is_still_being_written()
{
    const Workplace place;
    const TrickleServer server(place);
    const QString channel = server.url + QStringLiteral("lines");
    QProcess writer;
    place.start(writer, {QStringLiteral("trickle"), QStringLiteral("publish"), channel, QStringLiteral("--type"), QStringLiteral("text/plain"), QStringLiteral("--whole")});
    writer.write("first\n");
    QProcess reader;
    QByteArray out;
    // The channel is made with the writer's first step.
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
        if (reader.state() == QProcess::NotRunning)
            place.start(reader, {QStringLiteral("trickle"), QStringLiteral("subscribe"), channel, QStringLiteral("--from"), QStringLiteral("0"), QStringLiteral("--json")});
        reader.waitForReadyRead(500);
        out += reader.readAllStandardOutput();
        return out.contains("\"text\":\"first\\n\"");
    }()), 20'000);
    QVERIFY(!out.contains("\"segment\"")); // it goes on
    writer.write("second\n");
    writer.closeWriteChannel();
    QVERIFY(writer.waitForFinished(15'000));
    QCOMPARE(writer.exitCode(), 0);
    QVERIFY(reader.waitForFinished(15'000));
    out += reader.readAllStandardOutput();
    QCOMPARE(reader.exitCode(), 0);
    QVERIFY2(out.contains("second"), out.constData());
    QVERIFY(out.contains("{\"type\":\"end\"}"));
}

void TestIntegrationLive::mistakes_are_named_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("said");
    QTest::newRow("no source") << "live noop" << 2 << "--source";
    QTest::newRow("no video") << "live log-tail --source pattern" << 2 << "standard input";
    QTest::newRow("no file") << "live noop --source /nowhere.mp4" << 2 << "nowhere.mp4";
    QTest::newRow("size") << "live noop --source pattern --size big" << 2 << "WIDTHxHEIGHT";
    QTest::newRow("set") << "live noop --source pattern --set x" << 2 << "KEY=VALUE";
    QTest::newRow("parameter") << "live video-filter --source pattern --set filter=sepi" << 1 << "filter";
    QTest::newRow("no such capability") << "live nop --source pattern" << 3 << "Did you mean \"noop\"?";
    QTest::newRow("no channel") << "trickle subscribe http://127.0.0.1:1/" << 2 << "channel";
    QTest::newRow("no such thing") << "trickle publsh" << 2 << "publish";
    QTest::newRow("nobody there") << "trickle publish http://127.0.0.1:1/x" << 3 << "127.0.0.1:1";
}

void TestIntegrationLive::mistakes_are_named()
{
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QString, said);
    const Workplace place;
    const Finished finished = place.run(arguments.split(QLatin1Char(' ')));
    QVERIFY2(finished.code == code, (QByteArray::number(finished.code) + ' ' + finished.err).constData());
    QVERIFY2(finished.err.contains(said.toUtf8()), finished.err.constData());
}

QTEST_GUILESS_MAIN(TestIntegrationLive)
#include "tst_integration_live.moc"
