#include "scripted_peer.h"

#include "sluice/trickle/json_channel.h"

#include <mutex>

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;
using namespace std::chrono_literals;

namespace {

/// What a JsonReader gave, one text per thing.
class Heard {
public:
    JsonReader::Callbacks callbacks()
    {
        JsonReader::Callbacks result;
        result.record = [this](const Json &record) { add(record.dump()); };
        result.problem = [this](const Error &error) { add('!' + error.kindName().toUtf8()); };
        result.ended = [this](const std::optional<Error> &error) { add(error ? "failed" : "end"); };
        return result;
    }
    QByteArrayList all() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_all;
    }

private:
    void add(const QByteArray &text)
    {
        const std::scoped_lock lock(m_mutex);
        m_all.append(text);
    }
    mutable std::mutex m_mutex;
    QByteArrayList m_all;
};

// The records, and then the problems.
QByteArrayList parsed(JsonStyle style, const QByteArray &bytes, qsizetype step, qsizetype maxRecord = 1024)
{
    JsonSegmentParser::Limits limits;
    limits.maxRecordBytes = maxRecord;
    JsonSegmentParser parser(style, limits);
    QByteArrayList all;
    QByteArrayList problems;
    const auto add = [&](const JsonSegmentParser::Result &result) {
        for (const Json &record : result.records)
            all.append(record.dump());
        for (const Error &problem : result.problems)
            problems.append('!' + problem.kindName().toUtf8());
    };
    for (qsizetype at = 0; at < bytes.size(); at += step)
        add(parser.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at))));
    add(parser.finish());
    return all + problems;
}

JsonWriterOptions writerFor(const QUrl &channel, JsonStyle style)
{
    JsonWriterOptions options;
    options.publisher.channel = channel;
    options.style = style;
    return options;
}

JsonReaderOptions readerFor(const QUrl &channel, qint64 start = 0)
{
    JsonReaderOptions options;
    options.subscriber.channel = channel;
    options.subscriber.start = start;
    return options;
}

} // namespace

class TestTrickleJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sequenceNumbersFollowTheGrammar_data();
    void sequenceNumbersFollowTheGrammar();
    void headersAreRead_data();
    void headersAreRead();
    void routesAreParsed();
    void recordsAreFoundWhereverTheBytesAreCut_data();
    void recordsAreFoundWhereverTheBytesAreCut();
    void stylesAreToldByType();
    void messagesGoOnePerSegment();
    void linesShareASegmentUntilItIsOld();
    void keepalivesAreSentAndNotReported();
    void aFullWriterSaysSo();
    void nothingIsLostOrDoubledWhenConnectionsBreak_data();
    void nothingIsLostOrDoubledWhenConnectionsBreak();
    void readersGoOnAfterABadRecord();
    void largeRecordsKeepTheirPlaceAmongSmallOnes_data();
    void largeRecordsKeepTheirPlaceAmongSmallOnes();
    void whatComesTooFastIsLeftOutWithAWord();
    void aReaderMayGoWhileALargeRecordIsParsed();
};

void TestTrickleJson::sequenceNumbersFollowTheGrammar_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<qint64>("number");
    QTest::newRow("0") << QByteArray("0") << true << qint64(0);
    QTest::newRow("00") << QByteArray("00") << true << qint64(0);
    QTest::newRow("+7") << QByteArray("+7") << true << qint64(7);
    QTest::newRow("-1") << QByteArray("-1") << true << qint64(-1);
    QTest::newRow("-0") << QByteArray("-0") << true << qint64(0);
    QTest::newRow("largest") << QByteArray("9223372036854775806") << true << qint64(9223372036854775806);
    for (const char *bad : {"", "+", "-", "+-1", "1 ", " 1", "1a", "a", "next", "9223372036854775807", "99999999999999999999", "\xd9\xa1"})
        QTest::addRow("bad: %s", bad) << QByteArray(bad) << false << qint64(0);
}

void TestTrickleJson::sequenceNumbersFollowTheGrammar()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QFETCH(qint64, number);
    const auto result = parseSequence(text);
    QCOMPARE(bool(result), good);
    if (good)
        QCOMPARE(*result, number);
    else
        QCOMPARE(result.error().kind(), Error::Kind::InvalidInput);
}

void TestTrickleJson::headersAreRead_data()
{
    QTest::addColumn<QByteArray>("seq");
    QTest::addColumn<QByteArray>("latest");
    QTest::addColumn<int>("expectedSeq"); // -1: none
    QTest::addColumn<int>("expectedLatest");
    QTest::newRow("both") << QByteArray("3") << QByteArray(" 4 ") << 3 << 4;
    QTest::newRow("malformed") << QByteArray("x") << QByteArray("") << -1 << -1;
    QTest::newRow("negative") << QByteArray("-1") << QByteArray("-5") << -1 << -1;
}

void TestTrickleJson::headersAreRead()
{
    QFETCH(QByteArray, seq);
    QFETCH(QByteArray, latest);
    QFETCH(int, expectedSeq);
    QFETCH(int, expectedLatest);
    const auto read = readSegmentHeaders({{"lp-trickle-seq", seq}, {"LP-TRICKLE-LATEST", latest}});
    QCOMPARE(read.seq.value_or(-1), qint64(expectedSeq));
    QCOMPARE(read.latest.value_or(-1), qint64(expectedLatest));
    QVERIFY(!read.closed);
    QVERIFY(readSegmentHeaders({{"Lp-Trickle-Closed", ""}}).closed); // its presence counts
}

void TestTrickleJson::routesAreParsed()
{
    const auto segment = parseRoute("/ai/trickle/", "/ai/trickle/a%2Fb/-1");
    QVERIFY(segment && segment->hasSegment);
    QCOMPARE(segment->channel, QByteArray("a/b"));
    QCOMPARE(segment->segment, QByteArray("-1"));
    QVERIFY(parseRoute("/", "/c") && !parseRoute("/", "/c")->hasSegment);
    for (const char *path : {"/", "/c/", "//0", "/c/0/", "/c/0/1", ""})
        QVERIFY2(!parseRoute("/", path), path);
    QVERIFY(!parseRoute("/ai/trickle/", "/ai/other/c"));
}

void TestTrickleJson::recordsAreFoundWhereverTheBytesAreCut_data()
{
    QTest::addColumn<bool>("lines");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::newRow("one message") << false << QByteArray(R"( {"a":1} )") << QByteArrayList{R"({"a":1})"};
    QTest::newRow("message over lines") << false << QByteArray("{\n\"a\":\n1}\n") << QByteArrayList{R"({"a":1})"};
    QTest::newRow("empty") << false << QByteArray("  ") << QByteArrayList{};
    QTest::newRow("keepalive") << false << QByteArray(R"({"keep":"alive"})") << QByteArrayList{};
    QTest::newRow("almost a keepalive") << false << QByteArray(R"({"keep":"alive","a":1})") << QByteArrayList{R"({"keep":"alive","a":1})"};
    QTest::newRow("array") << false << QByteArray(R"([{"a":1},{"keep":"alive"},{"b":2}])") << QByteArrayList{R"({"a":1})", R"({"b":2})"};
    QTest::newRow("lines") << true << QByteArray("{\"a\":1}\n\n{\"b\":2}\r\n{\"c\":3}") << QByteArrayList{R"({"a":1})", R"({"b":2})", R"({"c":3})"};
    QTest::newRow("batches") << true << QByteArray("[{\"a\":1},{\"b\":2}]\n[]\n") << QByteArrayList{R"({"a":1})", R"({"b":2})"};
    QTest::newRow("a bad line") << true << QByteArray("{\"a\":1}\nnonsense\n{\"b\":2}\n") << QByteArrayList{R"({"a":1})", R"({"b":2})", "!invalid_input"};
    QTest::newRow("no object") << true << QByteArray("7\n{\"b\":2}\n") << QByteArrayList{R"({"b":2})", "!invalid_input"};
    QTest::newRow("too long") << true << "{\"a\":\"" + QByteArray(2000, 'x') + "\"}\n{\"b\":2}\n" << QByteArrayList{R"({"b":2})", "!too_large"};
    QTest::newRow("too long a message") << false << QByteArray(5000, ' ') << QByteArrayList{"!too_large"};
    QTest::newRow("cut off") << true << QByteArray("{\"a\":1}\n{\"b\"") << QByteArrayList{R"({"a":1})", "!invalid_input"};
}

void TestTrickleJson::recordsAreFoundWhereverTheBytesAreCut()
{
    QFETCH(bool, lines);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, expected);
    for (const qsizetype step : {qsizetype(1), qsizetype(3), qsizetype(7), qsizetype(100'000)})
        QCOMPARE(parsed(lines ? JsonStyle::Lines : JsonStyle::Message, bytes, step), expected);
}

void TestTrickleJson::stylesAreToldByType()
{
    QCOMPARE(styleOf("application/jsonl"), JsonStyle::Lines);
    QCOMPARE(styleOf("Application/X-NDJSON; charset=utf-8"), JsonStyle::Lines);
    QCOMPARE(styleOf("application/json"), JsonStyle::Message);
    QCOMPARE(styleOf(""), JsonStyle::Message);
    QCOMPARE(styleOf(mimeType(JsonStyle::Lines)), JsonStyle::Lines);
}

void TestTrickleJson::messagesGoOnePerSegment()
{
    ServerFixture f;
    f.onIo([&] { f.server.create("m", "application/json"); });
    IoThread io;
    Heard heard;
    JsonReader reader(io, readerFor(f.url(QStringLiteral("m"))), heard.callbacks());
    QTRY_COMPARE(f.readers("m"), 1);
    JsonWriter writer(io, writerFor(f.url(QStringLiteral("m")), JsonStyle::Message));
    QByteArrayList expected;
    for (int i = 0; i < 20; ++i) {
        const Json record{{"n", i}, {"text", "line\nbreak"}};
        QVERIFY(writer.send(record));
        expected.append(record.dump());
        if (i % 3 == 0)
            QTRY_COMPARE(heard.all(), expected); // the server keeps few segments
    }
    QTRY_COMPARE(heard.all(), expected);
    QCOMPARE(f.next("m"), 20);
    QCOMPARE(f.ask("GET", "/m/19").body, expected.constLast());
    auto closed = writer.close();
    QTRY_VERIFY(closed.isFinished());
    expected.append("end");
    QTRY_COMPARE(heard.all(), expected);
    QCOMPARE(writer.send(Json{{"late", true}}).error().kind(), Error::Kind::TrickleTerminal);
}

void TestTrickleJson::linesShareASegmentUntilItIsOld()
{
    QCOMPARE(JsonWriterOptions().rotateAfter, 10s);
    ServerFixture f;
    f.onIo([&] { f.server.create("d", "application/jsonl"); });
    IoThread io;
    Heard heard;
    JsonReader reader(io, readerFor(f.url(QStringLiteral("d"))), heard.callbacks());
    auto options = writerFor(f.url(QStringLiteral("d")), JsonStyle::Lines);
    options.rotateAfter = 300ms;
    JsonWriter writer(io, options);
    QVERIFY(writer.send(Json{{"n", 1}}));
    QTRY_COMPARE(heard.all().size(), 1); // before the segment ends
    QVERIFY(writer.send(Json{{"n", 2}}));
    QTRY_COMPARE(heard.all().size(), 2);
    QCOMPARE(f.next("d"), 1);
    QTRY_COMPARE(writer.stats().segmentsCompleted, 1);
    QVERIFY(writer.send(Json{{"n", 3}}));
    QTRY_COMPARE(heard.all(), (QByteArrayList{R"({"n":1})", R"({"n":2})", R"({"n":3})"}));
    QCOMPARE(f.next("d"), 2);
    QCOMPARE(f.ask("GET", "/d/0").body, QByteArray("{\"n\":1}\n{\"n\":2}\n"));
}

void TestTrickleJson::keepalivesAreSentAndNotReported()
{
    ServerFixture f;
    IoThread io;
    Heard heard;
    JsonReader reader(io, readerFor(f.url()), heard.callbacks());
    auto options = writerFor(f.url(), JsonStyle::Message);
    options.keepalive = 50ms;
    JsonWriter writer(io, options);
    QTRY_VERIFY(f.next() >= 3);
    QCOMPARE(f.ask("GET", "/c/" + QByteArray::number(f.next() - 1)).body, QByteArray(R"({"keep":"alive"})"));
    QVERIFY(writer.send(Json{{"n", 1}}));
    QTRY_COMPARE(heard.all(), QByteArrayList{R"({"n":1})"});
}

void TestTrickleJson::aFullWriterSaysSo()
{
    QCOMPARE(JsonWriterOptions().maxQueuedBytes, 1024 * 1024);
    ScriptedPeer peer; // never answers
    IoThread io;
    auto options = writerFor(peer.url(), JsonStyle::Message);
    options.maxQueuedBytes = 100;
    JsonWriter writer(io, options);
    int taken = 0;
    Expected<void> sent;
    while ((sent = writer.send(Json{{"n", 12345}})))
        ++taken;
    QCOMPARE(taken, 9); // of 11 bytes, and what ends a segment takes none
    QCOMPARE(sent.error().kind(), Error::Kind::TooLarge);
    QVERIFY(sent.error().message().contains(QStringLiteral("100")));
    QVERIFY(!writer.terminalError());
}

void TestTrickleJson::nothingIsLostOrDoubledWhenConnectionsBreak_data()
{
    QTest::addColumn<bool>("lines");
    QTest::newRow("messages") << false;
    QTest::newRow("lines") << true;
}

// Between writer and server stands a relay that cuts every connection when a number of bytes went through.
void TestTrickleJson::nothingIsLostOrDoubledWhenConnectionsBreak()
{
    QFETCH(bool, lines);
    const JsonStyle style = lines ? JsonStyle::Lines : JsonStyle::Message;
    ServerFixture f;
    f.onIo([&] { f.server.create("j", mimeType(style)); });
    QTcpServer relay;
    relay.listen(QHostAddress::LocalHost);
    int connections = 0;
    int cuts = 0;
    connect(&relay, &QTcpServer::newConnection, &relay, [&] {
        QTcpSocket *client = relay.nextPendingConnection();
        auto *server = new QTcpSocket(client);
        server->connectToHost(QHostAddress::LocalHost, f.port);
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        const int limit = 350 + 37 * (++connections % 7);
        auto passed = std::make_shared<qsizetype>(0);
        connect(client, &QIODevice::readyRead, server, [&cuts, client, server, passed, limit] {
            const QByteArray bytes = client->readAll();
            const qsizetype room = std::min<qsizetype>(bytes.size(), limit - *passed);
            *passed += room;
            server->write(bytes.left(room));
            if (room < bytes.size()) {
                ++cuts;
                server->flush();
                server->disconnectFromHost();
                client->abort();
            }
        });
        connect(server, &QIODevice::readyRead, client, [client, server] { client->write(server->readAll()); });
        connect(server, &QAbstractSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        connect(client, &QAbstractSocket::disconnected, server, [server] { server->disconnectFromHost(); });
        connect(client, &QAbstractSocket::disconnected, client, &QObject::deleteLater);
    });
    IoThread io;
    Heard heard;
    JsonReader reader(io, readerFor(f.url(QStringLiteral("j"))), heard.callbacks());
    auto options = writerFor(QUrl(QStringLiteral("http://127.0.0.1:%1/j").arg(relay.serverPort())), style);
    options.rotateAfter = 100ms;
    JsonWriter writer(io, options);
    QByteArrayList expected;
    for (int i = 0; i < 60; ++i) {
        const Json record{{"n", i}};
        QVERIFY(writer.send(record));
        expected.append(record.dump());
        const auto records = [&] {
            QByteArrayList all = heard.all();
            all.removeIf([](const QByteArray &text) { return text.startsWith('!'); }); // the cut-off half of a record may show
            return all;
        };
        QTRY_COMPARE(records(), expected);
    }
    QVERIFY2(cuts >= 2, QByteArray::number(cuts).constData());
    QVERIFY(writer.stats().retries >= 1);
    QVERIFY(!writer.terminalError());
}

void TestTrickleJson::readersGoOnAfterABadRecord()
{
    ServerFixture f;
    IoThread io;
    Heard heard;
    JsonReader reader(io, readerFor(f.url()), heard.callbacks());
    QTRY_COMPARE(f.readers(), 1);
    f.post("/c/0", "not json");
    f.post("/c/1", R"({"a":1})");
    f.post("/c/2", {});
    f.post("/c/3", R"([{"b":2}])");
    QTRY_COMPARE(heard.all(), (QByteArrayList{"!invalid_input", R"({"a":1})", R"({"b":2})"}));
    f.ask("DELETE", "/c");
    QTRY_COMPARE(heard.all().constLast(), QByteArray("end"));
}

void TestTrickleJson::largeRecordsKeepTheirPlaceAmongSmallOnes_data()
{
    QTest::addColumn<bool>("lines");
    QTest::newRow("lines") << true;
    QTest::newRow("messages") << false;
}

void TestTrickleJson::largeRecordsKeepTheirPlaceAmongSmallOnes()
{
    QFETCH(bool, lines);
    const QByteArray large = R"({"large":[)" + QByteArray("1,").repeated(100'000) + "1]}";
    const QByteArray broken = R"({"large":[)" + QByteArray("1,").repeated(50'000) + "]";
    ServerFixture f;
    IoThread io;
    Heard heard;
    auto options = readerFor(f.url());
    options.style = lines ? JsonStyle::Lines : JsonStyle::Message;
    JsonReader reader(io, options, heard.callbacks());
    QTRY_COMPARE(f.readers(), 1);
    const QByteArrayList records{R"({"a":1})", large, R"({"a":2})", R"({"a":3})", broken, large, R"({"a":4})"};
    if (lines) {
        f.post("/c/0", records.first(4).join('\n'));
        f.post("/c/1", records.mid(4).join('\n'));
        QTRY_COMPARE_WITH_TIMEOUT(reader.stats().segments, 2, 30'000); // a deleted channel keeps nothing for who has not read it yet
    } else {
        for (qsizetype i = 0; i < records.size(); ++i) {
            f.post("/c/" + QByteArray::number(i), records[i]);
            QTRY_COMPARE_WITH_TIMEOUT(reader.stats().segments, i + 1, 30'000); // a channel holds only a few; they are parsed when they may
        }
    }
    f.ask("DELETE", "/c");
    QTRY_COMPARE_WITH_TIMEOUT(heard.all().value(heard.all().size() - 1), QByteArray("end"), 30'000);
    const QByteArrayList expected{records[0], large, records[2], records[3], "!invalid_input", large, records[6], "end"};
    // A line's problem is told before the records that were complete with the same bytes.
    QByteArrayList all = heard.all();
    QVERIFY(all.removeOne("!invalid_input"));
    QByteArrayList rest = expected;
    rest.removeOne("!invalid_input");
    QVERIFY(all == rest);
}

void TestTrickleJson::whatComesTooFastIsLeftOutWithAWord()
{
    ServerFixture f;
    IoThread io;
    Heard heard;
    auto options = readerFor(f.url());
    options.style = JsonStyle::Lines;
    JsonReader reader(io, options, heard.callbacks());
    QTRY_COMPARE(f.readers(), 1);
    const QByteArray large = R"({"large":[)" + QByteArray("1,").repeated(400'000) + "1]}\n";
    const QByteArray small = R"({"small":")" + QByteArray(1000, 'x') + "\"}";
    f.post("/c/0", large + (small + '\n').repeated(8'000));
    // How fast it comes is the machine's affair; either all of it was read or the reader says that it was not.
    const auto isDecided = [&] {
        const QByteArrayList all = heard.all();
        return all.contains("!too_large") || all.count(small) == 8'000;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isDecided(), 30'000);
    QVERIFY(heard.all().contains(large.trimmed()));
    // What was left out ends with its segment. (Sent before that is known, it may find no room either.)
    f.post("/c/1", R"({"next":1})");
    QTRY_VERIFY_WITH_TIMEOUT(heard.all().contains(R"({"next":1})"), 30'000);
}

void TestTrickleJson::aReaderMayGoWhileALargeRecordIsParsed()
{
    const QByteArray large = R"({"large":[)" + QByteArray("1,").repeated(100'000) + "1]}";
    ServerFixture f;
    for (int i = 0; i < 10; ++i) {
        IoThread io;
        Heard heard;
        auto reader = std::make_unique<JsonReader>(io, readerFor(f.url()), heard.callbacks());
        QTRY_COMPARE(f.readers(), 1);
        f.post("/c/" + QByteArray::number(i), large);
        reader.reset();
        const qsizetype then = heard.all().size();
        f.settle();
        QCOMPARE(heard.all().size(), then);
        QTRY_COMPARE(f.readers(), 0);
    }
}

QTEST_GUILESS_MAIN(TestTrickleJson)
#include "tst_trickle_json.moc"
