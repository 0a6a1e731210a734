#include "sandbox_process_p.h"

#include "sluice/media/decoder.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <csignal>

using namespace sluice;

/// Live jobs from the command line against the sandbox: real processes, real channels, real pictures.
class TestIntegrationLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_pattern_comes_back_and_is_measured_data();
    void a_pattern_comes_back_and_is_measured();
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
