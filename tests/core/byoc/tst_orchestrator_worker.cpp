#include "orchestrator_bench_p.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

using namespace sluice;
using namespace sluice::byoc;
using namespace std::chrono_literals;

class TestOrchestratorWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_16_statuses_below_400_become_200();
    void byoc_16_error_statuses_pass_as_text();
    void byoc_17_the_charge_is_whole_seconds_rounded_up();
    void byoc_17_a_failing_worker_is_charged_too();
    void byoc_18_a_workers_401_removes_the_capability();
    void byoc_18_an_unreachable_worker_is_removed();
    void byoc_18_a_worker_that_hangs_is_kept();
    void byoc_18_a_later_registration_outlives_an_earlier_failure();
    void byoc_19_the_slot_comes_back_after_every_end();
    void byoc_19_the_slot_comes_back_when_the_client_hangs_up();
    void byoc_19_a_full_capability_still_accepts();
    void byoc_19_stopping_with_jobs_in_hand_leaks_nothing();
    void an_answer_beyond_its_bound_is_an_error();
    void a_body_that_breaks_off_is_an_error();
    void misleading_timeouts_are_a_quirk();
};

namespace {

/// Waits `time`, or until the orchestrator hangs up.
OrchestratorBench::WorkerScript slowly(std::chrono::milliseconds time, int status = 200)
{
    return [time, status](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        using namespace boost::asio::experimental::awaitable_operators;
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
        co_await (timer.async_wait(boost::asio::use_awaitable) || response.closed());
        co_await response.sendText(status, "late");
    };
}

/// Sends a request and drops the connection once `reached` holds.
void sendAndHangUp(OrchestratorBench &bench, const QByteArray &job, const QByteArray &payment, const std::function<bool()> &reached)
{
    AsioHttpRequest request;
    request.url = QUrl(bench.orchestrator->url().toString() + QStringLiteral("/process/request/predict"));
    request.headers = {{header::Job, job}, {header::Payment, payment}};
    std::atomic<bool> done = false;
    boost::asio::steady_timer gate(bench.io.context(), std::chrono::steady_clock::time_point::max());
    const auto open = [&]() -> boost::asio::awaitable<void> {
        using namespace boost::asio::experimental::awaitable_operators;
        try {
            co_await (asioOpen(request) || gate.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable)));
        } catch (const Error &) {
        }
        done = true;
    };
    auto ended = boost::asio::co_spawn(bench.io.context(), open, boost::asio::use_future);
    bool held = false; // asked only until it holds, since asking may act
    QTRY_VERIFY((held = held || reached()));
    bench.io.post([&gate] { gate.cancel(); });
    ended.get();
    QVERIFY(done);
}

} // namespace

void TestOrchestratorWorker::byoc_16_statuses_below_400_become_200()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(OrchestratorBench::answer(201, "image/png", "pixels", {{"X-Metadata", "{\"a\":1}"}, {"X-Other", "lost"}}));
    const auto answer = bench.run();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "pixels");
    QCOMPARE(answer.header("Content-Type"), "image/png");
    QCOMPARE(answer.header("X-Metadata"), "{\"a\":1}");
    QVERIFY(!headers::contains(answer.headers, "X-Other"));

    bench.script(OrchestratorBench::answer(200, "application/json", "{}"));
    QVERIFY(headers::contains(bench.run().headers, "X-Metadata"));
}

void TestOrchestratorWorker::byoc_16_error_statuses_pass_as_text()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(OrchestratorBench::answer(404, "application/json", "{\"no\":1}", {{"X-Metadata", "m"}}));
    const auto answer = bench.run();
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.body, "{\"no\":1}\n");
    QCOMPARE(answer.header("Content-Type"), "text/plain; charset=utf-8");
    QCOMPARE(answer.header("X-Metadata"), "m");
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(bench.isRegistered());
}

void TestOrchestratorWorker::byoc_17_the_charge_is_whole_seconds_rounded_up()
{
    OrchestratorBench bench;
    bench.registerWork();
    QCOMPARE(bench.run().header("Livepeer-Balance"), "7900000000");
    bench.script(slowly(1100ms));
    QCOMPARE(bench.run(0).header("Livepeer-Balance"), "7700000000");
    QCOMPARE(floorOf(bench.balance()), Wei(7'700'000'000));
}

void TestOrchestratorWorker::byoc_17_a_failing_worker_is_charged_too()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(OrchestratorBench::answer(500, "text/plain", "broken"));
    const auto answer = bench.run();
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "broken\n");
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
}

void TestOrchestratorWorker::byoc_18_a_workers_401_removes_the_capability()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(OrchestratorBench::answer(401, "text/plain", "who are you"));
    const auto answer = bench.run();
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "job not able to be processed, removing capability err=worker auth token failed\n");
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(!bench.isRegistered());
}

void TestOrchestratorWorker::byoc_18_an_unreachable_worker_is_removed()
{
    OrchestratorBench bench;
    // Nothing listens on the discard port of a test machine.
    bench.registerWork({{QStringLiteral("url"), QStringLiteral("http://127.0.0.1:9")}});
    const auto answer = bench.run();
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.startsWith("job not able to be processed, removing capability err="), answer.body.constData());
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(!bench.isRegistered());
}

void TestOrchestratorWorker::byoc_18_a_worker_that_hangs_is_kept()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(slowly(30s));
    const auto answer = bench.run(1, "{}", 1);
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.contains("did not answer within 1 s"), answer.body.constData());
    QVERIFY(headers::contains(answer.headers, "Livepeer-Balance"));
    QVERIFY(bench.isRegistered());
    QCOMPARE(bench.load(), 0);
    QVERIFY(floorOf(bench.balance()) < Wei(OrchestratorBench::Ev));
}

void TestOrchestratorWorker::byoc_18_a_later_registration_outlives_an_earlier_failure()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script([&bench](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        // Registers anew while the old job is still in hand, then refuses the old job's credentials.
        AsioHttpRequest again;
        again.url = QUrl(bench.orchestrator->url().toString() + QStringLiteral("/capability/register"));
        again.headers.append(std::pair<QByteArray, QByteArray>("Authorization", OrchestratorBench::Secret));
        again.body = "{\"name\":\"work\",\"url\":\"http://127.0.0.1:9\",\"capacity\":1}";
        co_await asioSend(again);
        co_await response.sendText(401, "old");
    });
    QCOMPARE(bench.run().status, 500);
    QVERIFY(bench.isRegistered());
    QCOMPARE(bench.load(), 0);
}

void TestOrchestratorWorker::byoc_19_the_slot_comes_back_after_every_end()
{
    OrchestratorBench bench;
    bench.registerWork();
    QCOMPARE(bench.run().status, 200);
    QCOMPARE(bench.load(), 0);
    for (const int status : {204, 400, 500, 503}) {
        bench.script(OrchestratorBench::answer(status, "text/plain", status == 204 ? "" : "x"));
        bench.run();
        QCOMPARE(bench.load(), 0);
    }
    bench.script([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        response.abort();
        co_return;
    });
    bench.run();
    QVERIFY(!bench.isRegistered());
    bench.registerWork();
    bench.script(OrchestratorBench::answer(200, "text/event-stream", "data: x\n\n"));
    bench.run();
    QTRY_COMPARE(bench.load(), 0);
}

void TestOrchestratorWorker::byoc_19_the_slot_comes_back_when_the_client_hangs_up()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(slowly(30s));
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender);
    sendAndHangUp(bench, OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender), paid,
        [&bench] { return bench.workerRequests().size() == 1; });
    QTRY_COMPARE(bench.load(), 0);
    QVERIFY(bench.isRegistered());
    QCOMPARE(floorOf(bench.balance()), Wei(OrchestratorBench::Ev - OrchestratorBench::Price));
}

void TestOrchestratorWorker::byoc_19_a_full_capability_still_accepts()
{
    OrchestratorBench bench;
    bench.registerWork({{QStringLiteral("capacity"), 1}});
    bench.script(slowly(30s));
    const QByteArray job = OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender);
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender, 2);
    sendAndHangUp(bench, job, paid, [&] {
        // The slot is taken before the worker is called, and the script may change only after it was.
        const QList<ServerRequest> requests = bench.workerRequests();
        const bool working = std::any_of(requests.begin(), requests.end(),
            [](const ServerRequest &request) { return request.path.endsWith("/predict"); });
        if (bench.load() != 1 || !working)
            return false;
        bench.script(OrchestratorBench::answer(200, "text/plain", "second"));
        return bench.token(bench.sender).availableCapacity == 0 && bench.process(job).status == 200;
    });
    QTRY_COMPARE(bench.load(), 0);
}

void TestOrchestratorWorker::byoc_19_stopping_with_jobs_in_hand_leaks_nothing()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script(slowly(30s));
    const QByteArray job = OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender);
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender);
    QElapsedTimer timer;
    sendAndHangUp(bench, job, paid, [&] {
        if (bench.load() != 1)
            return false;
        timer.start();
        bench.orchestrator->stop();
        return true;
    });
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(bench.load(), 0);
}

void TestOrchestratorWorker::an_answer_beyond_its_bound_is_an_error()
{
    OrchestratorOptions options;
    options.maxWorkerBodyBytes = 1000;
    OrchestratorBench bench(options);
    bench.registerWork();
    bench.script(OrchestratorBench::answer(200, "application/json", QByteArray(1001, ' ')));
    const auto answer = bench.run();
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.contains("1000 bytes"), answer.body.constData());
    QVERIFY(bench.isRegistered());
    QCOMPARE(bench.load(), 0);
}

void TestOrchestratorWorker::a_body_that_breaks_off_is_an_error()
{
    OrchestratorBench bench;
    bench.registerWork();
    bench.script([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        Headers fields;
        headers::set(fields, "Content-Type", "application/json");
        co_await response.begin(200, fields);
        co_await response.write("{\"half");
        response.abort();
    });
    const auto answer = bench.run();
    QCOMPARE(answer.status, 500);
    QVERIFY(!answer.body.isEmpty());
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(bench.isRegistered());
}

void TestOrchestratorWorker::misleading_timeouts_are_a_quirk()
{
    OrchestratorOptions options;
    options.quirks = Quirk::MisleadingTimeout | Quirk::LeakSlots;
    OrchestratorBench bench(options);
    bench.registerWork();
    bench.script(slowly(30s));
    const auto answer = bench.run(1, "{}", 1);
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.startsWith("job not able to be processed, removing capability err=Post \"http://127.0.0.1:"), answer.body.constData());
    QVERIFY2(answer.body.endsWith("\": context canceled\n"), answer.body.constData());
    QVERIFY(bench.isRegistered());
    QCOMPARE(bench.load(), 1);
}

QTEST_GUILESS_MAIN(TestOrchestratorWorker)
#include "tst_orchestrator_worker.moc"
