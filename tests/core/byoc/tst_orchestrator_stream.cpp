#include "orchestrator_fixture_p.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

using namespace sluice;
using namespace sluice::byoc;
using namespace std::chrono_literals;

class TestOrchestratorStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_20_a_stream_is_relayed_line_by_line_with_its_balance();
    void byoc_20_lines_come_as_they_are_written();
    void byoc_20_the_workers_status_is_ignored();
    void byoc_20_the_balance_event_stands_once_before_done();
    void byoc_20_a_line_without_end_is_completed();
    void byoc_20_a_worker_that_breaks_off_breaks_the_answer_off();
    void byoc_20_a_line_beyond_its_bound_breaks_the_answer_off();
    void byoc_20_the_stream_ends_at_its_time_limit();
    void byoc_21_a_stream_is_debited_at_every_interval();
    void byoc_21_a_stream_ends_when_the_balance_is_below_zero();
    void byoc_21_a_short_stream_costs_nothing();
    void endless_blank_lines_are_a_quirk();
};

namespace {

OrchestratorOptions debiting(std::chrono::milliseconds interval)
{
    OrchestratorOptions options;
    options.debitInterval = interval;
    return options;
}

boost::asio::awaitable<void> pause(std::chrono::milliseconds time)
{
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

boost::asio::awaitable<bool> beginStream(ServerResponse &response)
{
    Headers fields;
    headers::set(fields, "Content-Type", "text/event-stream; charset=utf-8");
    co_return co_await response.begin(200, fields);
}

/// Writes an event every `gap` until the orchestrator hangs up.
OrchestratorFixture::WorkerScript forever(std::chrono::milliseconds gap)
{
    return [gap](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await beginStream(response);
        while (co_await response.write("data: tick\n\n"))
            co_await pause(gap);
    };
}

OrchestratorFixture::WorkerScript writing(QByteArrayList pieces, bool cut = false)
{
    return [pieces, cut](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await beginStream(response);
        for (const QByteArray &piece : pieces)
            co_await response.write(piece);
        if (cut)
            response.abort();
        else
            co_await response.end();
    };
}

} // namespace

void TestOrchestratorStream::byoc_20_a_stream_is_relayed_line_by_line_with_its_balance()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(writing({"data: one\n", "\nevent: e\r\ndata: tw", "o\n\ndata: [DONE]\n\n"}));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.cut);
    QCOMPARE(answer.header("Content-Type"), "text/event-stream");
    QCOMPARE(answer.header("Cache-Control"), "no-cache");
    QCOMPARE(answer.header("Livepeer-Payment-Balance"), "8000000000");
    QVERIFY(headers::contains(answer.headers, "X-Metadata"));
    QVERIFY(!headers::contains(answer.headers, "Livepeer-Balance"));
    QCOMPARE(answer.body, "data: one\n\nevent: e\r\ndata: two\n\ndata: {\"balance\": 8000000000.000}\n\n\ndata: [DONE]\n\n");
}

void TestOrchestratorStream::byoc_20_lines_come_as_they_are_written()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    std::atomic<bool> sawFirst = false;
    fixture.script([&sawFirst](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await beginStream(response);
        co_await response.write("data: first\n\n");
        // Ends only once the client has seen the first event: a relay that collects would never end.
        while (!sawFirst && !response.isClosed())
            co_await pause(5ms);
        co_await response.write("data: [DONE]\n\n");
        co_await response.end();
    });
    AsioHttpRequest request;
    request.url = QUrl(fixture.orchestrator->url().toString() + QStringLiteral("/process/request/"));
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender);
    request.headers = {{header::Job, OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender)}, {header::Payment, paid}};
    QByteArrayList lines;
    fixture.onIo([&]() -> boost::asio::awaitable<void> {
        const auto stream = co_await asioOpen(request);
        for (QByteArray line = co_await stream->readLine(1000); !line.isEmpty(); line = co_await stream->readLine(1000)) {
            lines.append(line);
            sawFirst = true;
        }
    });
    QCOMPARE(lines.first(), "data: first\n");
    QVERIFY(lines.contains("data: [DONE]\n"));
}

void TestOrchestratorStream::byoc_20_the_workers_status_is_ignored()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(500, "text/event-stream", "data: x\n\n"));
    QCOMPARE(fixture.run().status, 200);
}

void TestOrchestratorStream::byoc_20_the_balance_event_stands_once_before_done()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(writing({"data: [DONE]\n\ndata: [DONE]\n\n"}));
    const auto answer = fixture.run();
    QCOMPARE(answer.body.count("\"balance\""), 1);
    QVERIFY(answer.body.startsWith("data: {\"balance\": "));
}

void TestOrchestratorStream::byoc_20_a_line_without_end_is_completed()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(writing({"data: no end"}));
    QCOMPARE(fixture.run().body, "data: no end\n");
}

void TestOrchestratorStream::byoc_20_a_worker_that_breaks_off_breaks_the_answer_off()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(writing({"data: one\n\n"}, true));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.cut);
    QVERIFY(answer.body.startsWith("data: one\n"));
    QTRY_COMPARE(fixture.load(), 0);
    QVERIFY(fixture.isRegistered());
}

void TestOrchestratorStream::byoc_20_a_line_beyond_its_bound_breaks_the_answer_off()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(writing({"data: " + QByteArray(64 * 1024 - 7, 'x') + "\n\n"}));
    QVERIFY(!fixture.run().cut);
    fixture.script(writing({"data: ok\n\ndata: " + QByteArray(64 * 1024, 'x') + "\n\n"}));
    const auto answer = fixture.run();
    QVERIFY(answer.cut);
    QCOMPARE(answer.body, "data: ok\n\n");
}

void TestOrchestratorStream::byoc_20_the_stream_ends_at_its_time_limit()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(forever(50ms));
    QElapsedTimer timer;
    timer.start();
    const auto answer = fixture.run(1, "{}", 1);
    QVERIFY(timer.elapsed() >= 900 && timer.elapsed() < 4000);
    QVERIFY(!answer.cut);
    QVERIFY(!answer.body.contains("[DONE]"));
    QTRY_COMPARE(fixture.load(), 0);
}

void TestOrchestratorStream::byoc_21_a_stream_is_debited_at_every_interval()
{
    OrchestratorFixture fixture(debiting(100ms));
    fixture.registerWork();
    fixture.script([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await beginStream(response);
        co_await pause(450ms);
        co_await response.write("data: [DONE]\n\n");
        co_await response.end();
    });
    const auto answer = fixture.run();
    // Four intervals of five seconds each at 1e8 wei; a slow machine may see a fifth.
    const Wei left = floorOf(fixture.balance());
    QVERIFY2(left == Wei(6'000'000'000) || left == Wei(5'500'000'000), qPrintable(toDecimal(left)));
    QVERIFY(answer.body.contains("{\"balance\": " + toDecimal(left).toLatin1() + ".000}"));
}

void TestOrchestratorStream::byoc_21_a_stream_ends_when_the_balance_is_below_zero()
{
    OrchestratorFixture fixture(debiting(30ms));
    fixture.registerWork();
    fixture.script(forever(10ms));
    const auto answer = fixture.run();
    QVERIFY(!answer.cut);
    QVERIFY2(answer.body.endsWith("event: insufficient balance\ndata: {\"balance\": 0}\n\ndata: [DONE]\n\n"), answer.body.right(200).constData());
    // 8e9 wei cover sixteen intervals of 5e8; the seventeenth goes below zero and is the last.
    QCOMPARE(floorOf(fixture.balance()), Wei(-500'000'000));
    QTRY_COMPARE(fixture.load(), 0);
    const auto refused = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender));
    QCOMPARE(refused.body, "Insufficient balance for request\n");
}

void TestOrchestratorStream::byoc_21_a_short_stream_costs_nothing()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(writing({"data: [DONE]\n\n"}));
    fixture.run();
    QCOMPARE(floorOf(fixture.balance()), Wei(OrchestratorFixture::Ev));
}

void TestOrchestratorStream::endless_blank_lines_are_a_quirk()
{
    OrchestratorOptions options = debiting(100ms);
    options.quirks = Quirk::EndlessBlankLines;
    OrchestratorFixture fixture(options);
    fixture.registerWork();
    fixture.script(writing({"data: [DONE]\n\n"}));
    const auto answer = fixture.run(1, "{}", 1);
    QVERIFY(answer.body.contains("data: [DONE]\n"));
    QVERIFY(answer.body.endsWith("\n\n\n\n\n\n\n\n\n\n"));
    QVERIFY(floorOf(fixture.balance()) < Wei(5'000'000'000));
}

QTEST_GUILESS_MAIN(TestOrchestratorStream)
#include "tst_orchestrator_stream.moc"
