#include "sluice/liverunner/wire.h"
#include "sluice/liverunner/orchestrator_secrets_p.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::liverunner;
using namespace std::chrono_literals;

/// What the orchestrator reads and writes, as values.
class LiveRunnerServerWireTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_secrets_are_those_of_the_worked_exchange();
    void durations_are_written_and_read_as_go_does_data();
    void durations_are_written_and_read_as_go_does();
    void prices_convert_exactly_with_one_floor_data();
    void prices_convert_exactly_with_one_floor();
    void a_heartbeat_reads_back_as_it_was();
    void liverunner_28_a_bad_entry_refuses_the_whole_file_data();
    void liverunner_28_a_bad_entry_refuses_the_whole_file();
    void liverunner_29_a_health_path_goes_behind_the_whole_address();
};

void LiveRunnerServerWireTest::the_secrets_are_those_of_the_worked_exchange()
{
    QByteArray seed;
    for (char i = 0; i < 32; ++i)
        seed.append(i);
    QCOMPARE(heartbeatSecret(seed), QByteArray("bdg7in3mev34lts25ly3petr4sfonipqv7gh5jgr5vwte3duk66a"));
    QCOMPARE(o2rChannel(seed, QStringLiteral("hello-1")), QByteArray("hello-1-kxv5seuwdqyczqhr-o2r"));
    QCOMPARE(sessionToken(seed, QStringLiteral("9f3c1a07")), QByteArray("ndkp46bk5ee7p5natrkdnopwbqirfgfbb4uby75ufppvu7giwgzq"));
    QCOMPARE(sessionToken(seed, QStringLiteral("5b1e0c44")), QByteArray("toh74iufeg6xttjnqwczvwxoyemi3imxvlopspag2uduwa34w33q"));
    QCOMPARE(randomId(26).size(), 26);
    QVERIFY(randomId(26) != randomId(26));
}

void LiveRunnerServerWireTest::durations_are_written_and_read_as_go_does_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("s") << qint64(5000) << QStringLiteral("5s");
    QTest::newRow("ms") << qint64(500) << QStringLiteral("500ms");
    QTest::newRow("fraction") << qint64(1500) << QStringLiteral("1.5s");
    QTest::newRow("minute") << qint64(60'000) << QStringLiteral("1m0s");
    QTest::newRow("hour") << qint64(3'600'000) << QStringLiteral("1h0m0s");
    QTest::newRow("all") << qint64(3'723'040) << QStringLiteral("1h2m3.04s");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0s");
}

void LiveRunnerServerWireTest::durations_are_written_and_read_as_go_does()
{
    QFETCH(qint64, milliseconds);
    QFETCH(QString, text);
    QCOMPARE(durationText(std::chrono::milliseconds(milliseconds)), text);
    const auto read = parseDuration(text);
    QVERIFY(read);
    QCOMPARE(read->count(), milliseconds * 1'000'000);
    for (const char *wrong : {"", "5", "s", "5x", "5s5", "99999999999h", "1..5s"})
        QVERIFY2(!parseDuration(QString::fromLatin1(wrong)), wrong);
}

void LiveRunnerServerWireTest::prices_convert_exactly_with_one_floor_data()
{
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("wei");
    QTest::newRow("hour") << QByteArray("10") << QStringLiteral("hour") << QStringLiteral("1388888888888");
    QTest::newRow("no unit is hour") << QByteArray("10") << QString() << QStringLiteral("1388888888888");
    QTest::newRow("720p") << QByteArray("10") << QStringLiteral("720P") << QStringLiteral("50234");
    QTest::newRow("fixed") << QByteArray("0.001") << QStringLiteral("fixed") << QStringLiteral("500000000000");
    QTest::newRow("exponent") << QByteArray("1e-3") << QStringLiteral("fixed") << QStringLiteral("500000000000");
    QTest::newRow("below a wei") << QByteArray("1e-17") << QStringLiteral("fixed") << QStringLiteral("0");
    QTest::newRow("beyond 2^63") << QByteArray("1e6") << QStringLiteral("fixed") << QStringLiteral("500000000000000000000");
}

void LiveRunnerServerWireTest::prices_convert_exactly_with_one_floor()
{
    QFETCH(QByteArray, price);
    QFETCH(QString, unit);
    QFETCH(QString, wei);
    const RegisteredPrice registered{price, QStringLiteral("usd"), unit};
    const auto converted = registered.inWei(2000);
    QVERIFY(converted);
    QCOMPARE(toDecimal(*converted), wei);
    for (const char *wrong : {"", "0", "-1", "1/3", "1,5", "0x10", "1e999", "NaN", "1e"})
        QVERIFY2(!RegisteredPrice({QByteArray(wrong), {}, {}}).check(), wrong);
}

void LiveRunnerServerWireTest::a_heartbeat_reads_back_as_it_was()
{
    Heartbeat heartbeat;
    heartbeat.runnerId = QStringLiteral("hello-1");
    heartbeat.runner.runnerUrl = QStringLiteral("http://app:8989");
    heartbeat.runner.app = QStringLiteral("acme/hello");
    heartbeat.runner.mode = Mode::SingleShot;
    heartbeat.runner.capacity = 2;
    heartbeat.runner.price = RegisteredPrice{"0.0002", QStringLiteral("usd"), QStringLiteral("fixed")};
    heartbeat.runner.gpu = Gpu{QStringLiteral("0"), QStringLiteral("A100"), 40960};
    heartbeat.status = QStringLiteral("ready");
    heartbeat.sessionIds = {QStringLiteral("a")};
    const auto read = Heartbeat::parse(heartbeat.toJson().dump(), true);
    QVERIFY(read);
    QVERIFY(*read == heartbeat);
    const auto otherCase = Heartbeat::parse(R"({"RUNNER_URL":"http://h","App":"a","Price_Info":{"Price":"1"}})", true);
    QVERIFY(otherCase);
    QCOMPARE(otherCase->runner.price->price, QByteArray("1"));
}

void LiveRunnerServerWireTest::liverunner_28_a_bad_entry_refuses_the_whole_file_data()
{
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QString>("text");
    const QByteArray rest = R"(,"runner_url":"http://h:1","app":"a")";
    const auto row = [](const char *name, const QByteArray &entry, const char *text) { QTest::newRow(name) << entry << QString::fromLatin1(text); };
    row("no label", R"({"health_url":"/h")" + rest + "}", "runners[1]: label is required and must be trimmed");
    row("label with blanks", R"({"label":" b","health_url":"/h")" + rest + "}", "runners[1]: label is required and must be trimmed");
    row("same label", R"({"label":"one","health_url":"/h")" + rest + "}", "runners[1]: duplicate label \"one\"");
    row("routing", R"({"label":"b","routing":"name","health_url":"/h")" + rest + "}", "runners[1]: routing must be \"runner-id\" or \"label\"");
    row("slash", R"({"label":"a/b","routing":"label","health_url":"/h")" + rest + "}", "runners[1]: label cannot contain / when routing is \"label\"");
    row("no health", R"({"label":"b")" + rest + "}", "runners[1]: health_url is required");
    row("health", R"({"label":"b","health_url":"h")" + rest + "}", "runners[1]: invalid health_url");
    row("code", R"({"label":"b","health_url":"/h","healthy_status_code":600)" + rest + "}", "runners[1]: healthy_status_code must be a valid HTTP status code");
    row("url", R"({"label":"b","health_url":"/h","app":"a"})", "runners[1]: invalid runner_url");
    row("mode", R"({"label":"b","health_url":"/h","mode":"x")" + rest + "}", "runners[1]: mode must be \"persistent\" or \"single-shot\"");
}

void LiveRunnerServerWireTest::liverunner_28_a_bad_entry_refuses_the_whole_file()
{
    QFETCH(QByteArray, second);
    QFETCH(QString, text);
    const QByteArray first = R"({"label":"one","runner_url":"http://h:1","app":"a","health_url":"/h"})";
    QVERIFY(parseRunnersFile("{\"runners\":[" + first + "]}", false));
    const auto read = parseRunnersFile("{\"runners\":[" + first + ',' + second + "]}", false);
    QVERIFY(!read);
    QCOMPARE(read.error().message(), text);
}

void LiveRunnerServerWireTest::liverunner_29_a_health_path_goes_behind_the_whole_address()
{
    StaticRunner entry;
    entry.runner.runnerUrl = QStringLiteral("http://h:1/p");
    entry.healthUrl = QStringLiteral("/health");
    QCOMPARE(entry.healthAddress(), QStringLiteral("http://h:1/p/health"));
    entry.runner.runnerUrl = QStringLiteral("http://h:1/p/");
    QCOMPARE(entry.healthAddress(), QStringLiteral("http://h:1/p/health"));
    entry.healthUrl = QStringLiteral("https://other/x");
    QCOMPARE(entry.healthAddress(), QStringLiteral("https://other/x"));
}

QTEST_GUILESS_MAIN(LiveRunnerServerWireTest)
#include "tst_liverunner_server_wire.moc"
