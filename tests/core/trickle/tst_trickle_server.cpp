#include "trickle_test_support.h"

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;
using namespace std::chrono_literals;

namespace {
const Headers Reset{{"Lp-Trickle-Reset", "1"}};
}

/// The server statements of the conformance list, on bare sockets. Where a statement speaks of time, the server's own
/// options scale it.
class TestTrickleServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trickle_01_a_fresh_channel_expects_segment_0();
    void trickle_02_an_absent_channel_is_404();
    void trickle_03_nothing_is_created_without_autocreate();
    void trickle_04_the_type_given_at_creation_stays();
    void trickle_05_a_post_creates_with_its_own_type();
    void trickle_06_creating_again_resets_nothing();
    void trickle_07_a_written_segment_is_read_with_its_headers();
    void trickle_08_a_waiting_reader_gets_not_one_byte();
    void trickle_09_the_first_chunk_reaches_a_waiting_reader();
    void trickle_10_a_second_reader_gets_earlier_bytes_then_live_ones();
    void trickle_11_minus_2_is_the_current_segment_and_minus_1_the_next();
    void trickle_12_a_fresh_channel_lets_readers_wait_for_0_and_1_only();
    void trickle_13_four_written_segments_are_kept_beside_the_preconnected_one();
    void trickle_14_a_470_says_entry_not_found();
    void trickle_15_a_bad_sequence_number_is_400_data();
    void trickle_15_a_bad_sequence_number_is_400();
    void trickle_16_posting_to_minus_1_writes_the_expected_segment();
    void trickle_17_an_empty_post_counts_and_closes();
    void trickle_18_an_empty_segment_reads_as_empty();
    void trickle_19_a_silent_post_hears_100_every_interval();
    void trickle_20_deleting_a_segment_frees_its_reader_and_its_writer();
    void trickle_21_deleting_a_channel_tells_reader_and_writer();
    void trickle_22_a_deleted_channel_is_gone();
    void trickle_23_only_held_segments_can_be_deleted();
    void trickle_24_a_reset_ends_older_readers_on_its_headers_alone();
    void trickle_25_a_dropped_publisher_leaves_its_segment_open();
    void trickle_26_the_sweep_removes_idle_channels();
    void trickle_27_ranges_are_ignored();
    void trickle_28_one_connection_carries_many_requests();
    void trickle_29_an_evicted_segment_still_reaches_its_slow_reader();
    void trickle_30_the_changefeed_announces_channels();
};

void TestTrickleServer::trickle_01_a_fresh_channel_expects_segment_0()
{
    ServerFixture f;
    const Answer answer = f.ask("GET", "/c/next");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray("0"));
    QCOMPARE(answer.field("Lp-Trickle-Latest"), QByteArray("0"));
    QVERIFY(answer.field("Content-Type").startsWith("text/plain"));
}

void TestTrickleServer::trickle_02_an_absent_channel_is_404()
{
    ServerFixture f;
    QCOMPARE(f.ask("GET", "/x/next").status, 404);
    QCOMPARE(f.ask("GET", "/x/0").status, 404);
    const Answer post = f.post("/x/0", "data");
    QCOMPARE(post.status, 404);
    QVERIFY(post.closes());
    QCOMPARE(post.body, QByteArray("Stream not found\n"));
}

void TestTrickleServer::trickle_03_nothing_is_created_without_autocreate()
{
    ServerFixture f;
    QCOMPARE(f.ask("POST", "/x", {{"Expect-Content", "video/MP2T"}}).status, 404);
    QCOMPARE(f.ask("GET", "/x/next").status, 404);
}

void TestTrickleServer::trickle_04_the_type_given_at_creation_stays()
{
    ServerFixture f(autocreating());
    QCOMPARE(f.ask("POST", "/x", {{"Expect-Content", "video/MP2T"}}).status, 200);
    QCOMPARE(f.ask("POST", "/x/0", {{"Content-Type", "text/html"}}, "data").status, 200);
    QCOMPARE(f.ask("GET", "/x/0").field("Content-Type"), QByteArray("video/MP2T"));
}

void TestTrickleServer::trickle_05_a_post_creates_with_its_own_type()
{
    ServerFixture f(autocreating());
    QCOMPARE(f.ask("POST", "/x/0", {{"Content-Type", "application/json"}}, "{}").status, 200);
    QCOMPARE(f.ask("GET", "/x/0").field("Content-Type"), QByteArray("application/json"));
    // A number that cannot be used is refused only after that.
    QCOMPARE(f.ask("POST", "/y/abc", {{"Content-Type", "a/b"}}, "{}").status, 400);
    QCOMPARE(f.ask("GET", "/y/next").status, 200);
}

void TestTrickleServer::trickle_06_creating_again_resets_nothing()
{
    ServerFixture f;
    for (const char *path : {"/c/0", "/c/1", "/c/2"})
        f.post(path, "data");
    QCOMPARE(f.ask("POST", "/c", {{"Expect-Content", "other/type"}}).status, 200);
    QCOMPARE(f.next(), 3);
    QCOMPARE(f.ask("GET", "/c/2").field("Content-Type"), QByteArray("text/plain"));
}

void TestTrickleServer::trickle_07_a_written_segment_is_read_with_its_headers()
{
    ServerFixture f;
    const Answer post = f.post("/c/0", "hello");
    QCOMPARE(post.status, 200);
    QCOMPARE(post.field("Lp-Trickle-Seq"), QByteArray("0"));
    QCOMPARE(post.field("Content-Length"), QByteArray("0"));
    QVERIFY(!post.closes());
    const Answer get = f.ask("GET", "/c/0");
    QCOMPARE(get.status, 200);
    QCOMPARE(get.field("Lp-Trickle-Seq"), QByteArray("0"));
    QCOMPARE(get.field("Lp-Trickle-Latest"), QByteArray("1"));
    QCOMPARE(get.field("Content-Type"), QByteArray("text/plain"));
    QCOMPARE(get.body, QByteArray("hello"));
}

void TestTrickleServer::trickle_08_a_waiting_reader_gets_not_one_byte()
{
    ServerFixture f;
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(f.readers(), 1);
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY_WITH_TIMEOUT((f.settle(), timer.elapsed() >= 1000), 5000);
    QVERIFY(reader.received.isEmpty());
    QVERIFY(!reader.closed);
}

void TestTrickleServer::trickle_09_the_first_chunk_reaches_a_waiting_reader()
{
    ServerFixture f;
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(f.readers(), 1);
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    writer.chunk("first");
    QTRY_COMPARE(reader.bodySoFar(), QByteArray("first"));
    const Answer answer = reader.answers().constFirst();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("Lp-Trickle-Seq"), QByteArray("0"));
    QVERIFY(!answer.has("Lp-Trickle-Latest"));
    QVERIFY(!answer.complete);
    writer.chunk("second");
    QTRY_COMPARE(reader.bodySoFar(), QByteArray("firstsecond"));
    writer.end();
    QTRY_VERIFY(reader.answered());
}

void TestTrickleServer::trickle_10_a_second_reader_gets_earlier_bytes_then_live_ones()
{
    ServerFixture f;
    RawPeer first(f.port);
    first.request("GET", "/c/0");
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    writer.chunk("one");
    writer.chunk("two");
    QTRY_COMPARE(first.bodySoFar(), QByteArray("onetwo"));
    RawPeer second(f.port);
    second.request("GET", "/c/0");
    QTRY_COMPARE(second.bodySoFar(), QByteArray("onetwo"));
    writer.chunk("three");
    QTRY_COMPARE(second.bodySoFar(), QByteArray("onetwothree"));
    QVERIFY(!second.answered());
    writer.end();
    QTRY_VERIFY(first.answered() && second.answered());
    QCOMPARE(first.bodySoFar(), second.bodySoFar());
}

void TestTrickleServer::trickle_11_minus_2_is_the_current_segment_and_minus_1_the_next()
{
    ServerFixture f;
    f.post("/c/0", "zero");
    RawPeer writer(f.port);
    writer.openPost("/c/1");
    writer.chunk("start");
    QTRY_COMPARE(f.next(), 2);
    RawPeer current(f.port);
    current.request("GET", "/c/-2");
    RawPeer following(f.port);
    following.request("GET", "/c/-1");
    QTRY_COMPARE(current.bodySoFar(), QByteArray("start"));
    QCOMPARE(current.answers().constFirst().field("Lp-Trickle-Seq"), QByteArray("1"));
    f.settle();
    QVERIFY(following.received.isEmpty());
    writer.end();
    f.post("/c/2", "two");
    QCOMPARE(following.answer().body, QByteArray("two"));
    QCOMPARE(following.answer().field("Lp-Trickle-Seq"), QByteArray("2"));

    ServerFixture empty;
    RawPeer early(empty.port);
    early.request("GET", "/c/-2");
    QTRY_COMPARE(empty.readers(), 1);
    empty.post("/c/0", "zero");
    QCOMPARE(early.answer().field("Lp-Trickle-Seq"), QByteArray("0"));
}

void TestTrickleServer::trickle_12_a_fresh_channel_lets_readers_wait_for_0_and_1_only()
{
    ServerFixture f;
    RawPeer waiting(f.port);
    waiting.request("GET", "/c/1");
    QTRY_COMPARE(f.readers(), 1);
    const Answer answer = f.ask("GET", "/c/2");
    QCOMPARE(answer.status, 470);
    QCOMPARE(answer.field("Lp-Trickle-Latest"), QByteArray("0"));
    QCOMPARE(answer.field("Lp-Trickle-Seq"), QByteArray("2"));
    QVERIFY(waiting.received.isEmpty());
    f.post("/c/0", "zero");
    f.post("/c/1", "one");
    QCOMPARE(waiting.answer().body, QByteArray("one"));
}

void TestTrickleServer::trickle_13_four_written_segments_are_kept_beside_the_preconnected_one()
{
    ServerFixture f;
    for (int i = 0; i <= 6; ++i)
        f.post("/c/" + QByteArray::number(i), "segment " + QByteArray::number(i));
    RawPeer preconnected(f.port);
    preconnected.openPost("/c/7");
    QTRY_COMPARE(f.ask("GET", "/c/2").status, 470); // its slot is taken now
    for (int i : {0, 1, 2, 8}) {
        const Answer answer = f.ask("GET", "/c/" + QByteArray::number(i));
        QCOMPARE(answer.status, 470);
        QCOMPARE(answer.field("Lp-Trickle-Latest"), QByteArray("7"));
    }
    for (int i = 3; i <= 6; ++i)
        QCOMPARE(f.ask("GET", "/c/" + QByteArray::number(i)).body, "segment " + QByteArray::number(i));
    RawPeer waiting(f.port);
    waiting.request("GET", "/c/7");
    QTRY_COMPARE(f.readers(), 1);
    QVERIFY(waiting.received.isEmpty());
}

void TestTrickleServer::trickle_14_a_470_says_entry_not_found()
{
    ServerFixture f;
    const Answer answer = f.ask("GET", "/c/5");
    QCOMPARE(answer.status, 470);
    QCOMPARE(answer.body, QByteArray("Entry not found\n"));
    QCOMPARE(answer.field("Lp-Trickle-Latest"), QByteArray("0"));
    QCOMPARE(answer.field("Lp-Trickle-Seq"), QByteArray("5"));
    QVERIFY(!answer.has("Lp-Trickle-Closed"));
    RawPeer peer(f.port);
    peer.request("GET", "/c/5");
    peer.answer();
    QVERIFY(peer.received.startsWith("HTTP/1.1 470 status code 470\r\n"));
}

void TestTrickleServer::trickle_15_a_bad_sequence_number_is_400_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("seq");
    for (const char *method : {"GET", "POST", "DELETE"}) {
        for (const char *seq : {"abc", "1x", "", "+", "-3", "-5", "99999999999999999999", "9223372036854775807", "0x1", "1.0", "%20"}) {
            if (*seq)
                QTest::addRow("%s %s", method, seq) << QByteArray(method) << QByteArray(seq);
        }
    }
    QTest::newRow("POST next") << QByteArray("POST") << QByteArray("next");
    QTest::newRow("DELETE next") << QByteArray("DELETE") << QByteArray("next");
    QTest::newRow("POST -2") << QByteArray("POST") << QByteArray("-2");
    QTest::newRow("DELETE -1") << QByteArray("DELETE") << QByteArray("-1");
}

void TestTrickleServer::trickle_15_a_bad_sequence_number_is_400()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, seq);
    ServerFixture f;
    QCOMPARE(f.ask(method, "/c/" + seq).status, 400);
    QCOMPARE(f.next(), 0);
}

void TestTrickleServer::trickle_16_posting_to_minus_1_writes_the_expected_segment()
{
    ServerFixture f;
    for (const char *path : {"/c/0", "/c/+1", "/c/02"})
        QCOMPARE(f.post(path, "data").status, 200);
    const Answer answer = f.post("/c/-1", "data");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("Lp-Trickle-Seq"), QByteArray("3"));
    QCOMPARE(f.next(), 4);
}

void TestTrickleServer::trickle_17_an_empty_post_counts_and_closes()
{
    ServerFixture f;
    const Answer answer = f.post("/c/0", {});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("Lp-Trickle-Seq"), QByteArray("0"));
    QVERIFY(answer.closes());
    QVERIFY(!answer.has("Lp-Trickle-Closed"));
    QCOMPARE(f.next(), 1);
}

void TestTrickleServer::trickle_18_an_empty_segment_reads_as_empty()
{
    ServerFixture f;
    f.post("/c/0", {});
    const Answer answer = f.ask("GET", "/c/0");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.isEmpty());
    QCOMPARE(answer.field("Lp-Trickle-Seq"), QByteArray("0"));
    QCOMPARE(answer.field("Lp-Trickle-Latest"), QByteArray("1"));
    QVERIFY(!answer.has("Lp-Trickle-Closed"));
    // Better than the reference: some readers insist on a type (1.8).
    QCOMPARE(answer.field("Content-Type"), QByteArray("text/plain"));
}

void TestTrickleServer::trickle_19_a_silent_post_hears_100_every_interval()
{
    // The statement's 25 s with an interval of 10 s, scaled: the first byte comes after two and a half intervals.
    ServerOptions options;
    options.keepalive = 400ms;
    ServerFixture f(options);
    RawPeer writer(f.port);
    QElapsedTimer timer;
    timer.start();
    writer.openPost("/c/0");
    QTRY_COMPARE(writer.answers().size(), 1);
    QVERIFY(timer.elapsed() >= 390);
    QTRY_COMPARE(writer.answers().size(), 2);
    QVERIFY(timer.elapsed() >= 790);
    writer.chunk("late");
    QTRY_COMPARE(f.next(), 1);
    writer.end();
    QTRY_VERIFY(writer.answered(3));
    const auto answers = writer.answers();
    QCOMPARE(answers.size(), 3);
    QCOMPARE(answers[0].status, 100);
    QVERIFY(answers[0].fields.isEmpty());
    QCOMPARE(answers[1].status, 100);
    QCOMPARE(answers[2].status, 200);
    QCOMPARE(f.ask("GET", "/c/0").body, QByteArray("late"));
    QCOMPARE(ServerOptions().keepalive, 10s);
}

void TestTrickleServer::trickle_20_deleting_a_segment_frees_its_reader_and_its_writer()
{
    ServerFixture f;
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(f.readers(), 1);
    QTRY_COMPARE(f.ask("DELETE", "/c/0").status, 200);
    const Answer written = writer.answer();
    QCOMPARE(written.status, 200);
    QVERIFY(written.closes());
    QVERIFY(!written.has("Lp-Trickle-Closed"));
    const Answer read = reader.answer();
    QCOMPARE(read.status, 200);
    QVERIFY(read.body.isEmpty());
    QVERIFY(!read.has("Lp-Trickle-Closed"));
    QTRY_VERIFY(writer.closed || (writer.disconnectFromHost(), true));
    QCOMPARE(f.next(), 1);
    QCOMPARE(f.post("/c/1", "on").status, 200);
}

void TestTrickleServer::trickle_21_deleting_a_channel_tells_reader_and_writer()
{
    ServerFixture f;
    f.post("/c/0", "zero");
    RawPeer writer(f.port);
    writer.openPost("/c/1");
    RawPeer reader(f.port);
    reader.request("GET", "/c/1");
    QTRY_COMPARE(f.readers(), 1);
    f.settle();
    QCOMPARE(f.ask("DELETE", "/c").status, 200);
    const Answer written = writer.answer();
    QCOMPARE(written.status, 200);
    QCOMPARE(written.field("Lp-Trickle-Closed"), QByteArray("terminated"));
    const Answer read = reader.answer();
    QCOMPARE(read.status, 200);
    QCOMPARE(read.field("Lp-Trickle-Closed"), QByteArray("terminated"));
    QVERIFY(read.has("Lp-Trickle-Latest"));
    QCOMPARE(read.field("Content-Length"), QByteArray("0"));
}

void TestTrickleServer::trickle_22_a_deleted_channel_is_gone()
{
    ServerFixture f;
    QCOMPARE(f.ask("DELETE", "/c").status, 200);
    QCOMPARE(f.ask("DELETE", "/c").status, 400);
    QCOMPARE(f.ask("GET", "/c/0").status, 404);
    QCOMPARE(f.ask("GET", "/c/next").status, 404);
    QCOMPARE(f.post("/c/0", "data").status, 404);
    QCOMPARE(f.ask("POST", "/c").status, 404);
}

void TestTrickleServer::trickle_23_only_held_segments_can_be_deleted()
{
    ServerFixture f;
    QCOMPARE(f.ask("DELETE", "/c/99").status, 400);
    QCOMPARE(f.ask("DELETE", "/x/0").status, 404);
    f.post("/c/0", "zero");
    QCOMPARE(f.ask("DELETE", "/c/0").status, 200);
    QCOMPARE(f.ask("DELETE", "/c/5").status, 400); // the same slot, another number
}

void TestTrickleServer::trickle_24_a_reset_ends_older_readers_on_its_headers_alone()
{
    ServerFixture f;
    RawPeer old(f.port);
    old.openPost("/c/0");
    old.chunk("old");
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(reader.bodySoFar(), QByteArray("old"));
    RawPeer fresh(f.port);
    fresh.openPost("/c/-1", Reset);
    QTRY_VERIFY(reader.answered());
    QCOMPARE(f.ask("GET", "/c/0").body, QByteArray("old"));
    fresh.chunk("new");
    fresh.end();
    QCOMPARE(fresh.answer().field("Lp-Trickle-Seq"), QByteArray("1"));
    QCOMPARE(f.ask("GET", "/c/1").body, QByteArray("new"));
}

void TestTrickleServer::trickle_25_a_dropped_publisher_leaves_its_segment_open()
{
    ServerFixture f;
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    {
        RawPeer writer(f.port);
        writer.openPost("/c/0");
        writer.chunk("half ");
        QTRY_COMPARE(reader.bodySoFar(), QByteArray("half "));
        writer.abort();
    }
    f.settle();
    QVERIFY(!reader.answered() && !reader.closed);
    RawPeer again(f.port);
    again.openPost("/c/0");
    again.chunk("and whole");
    again.end();
    QCOMPARE(reader.answer().body, QByteArray("half and whole"));
    QCOMPARE(again.answer().status, 200);
}

void TestTrickleServer::trickle_26_the_sweep_removes_idle_channels()
{
    ServerOptions options;
    options.idleTimeout = 150ms;
    options.sweepPeriod = 20ms;
    ServerFixture f(options);
    f.onIo([&] { f.server.create("_x", "text/plain"); });
    QElapsedTimer timer;
    timer.start();
    // As long as segments begin, the channel stays.
    for (int i = 0; timer.elapsed() < 400; ++i)
        QCOMPARE(f.post("/c/-1", "data").status, 200);
    RawPeer reader(f.port);
    reader.request("GET", "/c/-1");
    QCOMPARE(reader.answer().field("Lp-Trickle-Closed"), QByteArray("terminated"));
    QCOMPARE(f.ask("GET", "/c/next").status, 404);
    QCOMPARE(f.ask("GET", "/_x/next").status, 200);
    QCOMPARE(ServerOptions().idleTimeout, 5min);
    QCOMPARE(ServerOptions().sweepPeriod, 1min);
}

void TestTrickleServer::trickle_27_ranges_are_ignored()
{
    ServerFixture f;
    f.post("/c/0", "hello");
    const Answer answer = f.ask("GET", "/c/0", {{"Range", "bytes=2-"}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray("hello"));
}

void TestTrickleServer::trickle_28_one_connection_carries_many_requests()
{
    ServerFixture f;
    RawPeer peer(f.port);
    peer.request("POST", "/c/0", {}, "zero");
    QTRY_VERIFY(peer.answered(1));
    peer.openPost("/c/1");
    peer.chunk("one");
    peer.end();
    QTRY_VERIFY(peer.answered(2));
    peer.request("GET", "/c/1");
    QTRY_VERIFY(peer.answered(3));
    const auto answers = peer.answers();
    QCOMPARE(answers[0].field("Lp-Trickle-Seq"), QByteArray("0"));
    QCOMPARE(answers[1].field("Lp-Trickle-Seq"), QByteArray("1"));
    QCOMPARE(answers[2].body, QByteArray("one"));
    QVERIFY(!peer.closed);

    RawPeer ahead(f.port); // all at once
    ahead.write("POST /c/2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\ntwo"
                "POST /c/3 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n"
                "GET /c/3 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY(ahead.answered(3));
    QCOMPARE(ahead.answers()[2].body, QByteArray("three"));
}

void TestTrickleServer::trickle_29_an_evicted_segment_still_reaches_its_slow_reader()
{
    ServerFixture f;
    QByteArray large(8 * 1024 * 1024, 'x');
    for (qsizetype i = 0; i < large.size(); i += 1000)
        large[i] = char('a' + (i / 1000) % 26);
    f.post("/c/0", large);
    RawPeer slow(f.port, false);
    slow.request("GET", "/c/0");
    QTRY_VERIFY(slow.bytesAvailable() > 0);
    for (int i = 1; i <= 5; ++i)
        f.post("/c/" + QByteArray::number(i), "data");
    QCOMPARE(f.ask("GET", "/c/0").status, 470);
    slow.setReadBufferSize(0);
    connect(&slow, &QIODevice::readyRead, &slow, [&] { slow.received += slow.readAll(); });
    slow.received += slow.readAll();
    QTRY_VERIFY(slow.received.endsWith("\r\n0\r\n\r\n"));
    QVERIFY(slow.answers().constFirst().body == large);
}

void TestTrickleServer::trickle_30_the_changefeed_announces_channels()
{
    ServerOptions options = autocreating();
    options.changefeed = true;
    ServerFixture f(options);
    QCOMPARE(f.ask("GET", "/_changes/0").body, QByteArray(R"({"added":["_changes"]})"));
    QCOMPARE(f.ask("GET", "/_changes/1").body, QByteArray(R"({"added":["c"]})"));
    RawPeer follower(f.port);
    follower.request("GET", "/_changes/2");
    f.ask("POST", "/new", {{"Expect-Content", "text/plain"}});
    QCOMPARE(follower.answer().body, QByteArray(R"({"added":["new"]})"));
    QCOMPARE(follower.answer().field("Content-Type"), QByteArray("application/json"));
    f.ask("DELETE", "/new");
    QCOMPARE(f.ask("GET", "/_changes/3").body, QByteArray(R"({"removed":["new"]})"));
}

QTEST_GUILESS_MAIN(TestTrickleServer)
#include "tst_trickle_server.moc"
