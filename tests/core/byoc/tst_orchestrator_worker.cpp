#include "orchestrator_fixture_p.h"

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
OrchestratorFixture::WorkerScript slowly(std::chrono::milliseconds time, int status = 200)
{
    return [time, status](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        using namespace boost::asio::experimental::awaitable_operators;
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
        co_await (timer.async_wait(boost::asio::use_awaitable) || response.closed());
        co_await response.sendText(status, "late");
    };
}

/// Sends a request and drops the connection once `reached` holds.
void sendAndHangUp(OrchestratorFixture &fixture, const QByteArray &job, const QByteArray &payment, const std::function<bool()> &reached)
{
    AsioHttpRequest request;
    request.url = QUrl(fixture.orchestrator->url().toString() + QStringLiteral("/process/request/predict"));
    request.headers = {{header::Job, job}, {header::Payment, payment}};
    std::atomic<bool> done = false;
    boost::asio::steady_timer gate(fixture.io.context(), std::chrono::steady_clock::time_point::max());
    const auto open = [&]() -> boost::asio::awaitable<void> {
        using namespace boost::asio::experimental::awaitable_operators;
        try {
            co_await (asioOpen(request) || gate.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable)));
        } catch (const Error &) {
        }
        done = true;
    };
    auto ended = boost::asio::co_spawn(fixture.io.context(), open, boost::asio::use_future);
    bool held = false; // asked only until it holds, since asking may act
    QTRY_VERIFY((held = held || reached()));
    fixture.io.post([&gate] { gate.cancel(); });
    ended.get();
    QVERIFY(done);
}

} // namespace

void TestOrchestratorWorker::byoc_16_statuses_below_400_become_200()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(201, "image/png", "pixels", {{"X-Metadata", "{\"a\":1}"}, {"X-Other", "lost"}}));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "pixels");
    QCOMPARE(answer.header("Content-Type"), "image/png");
    QCOMPARE(answer.header("X-Metadata"), "{\"a\":1}");
    QVERIFY(!headers::contains(answer.headers, "X-Other"));

    fixture.script(OrchestratorFixture::answer(200, "application/json", "{}"));
    QVERIFY(headers::contains(fixture.run().headers, "X-Metadata"));
}

void TestOrchestratorWorker::byoc_16_error_statuses_pass_as_text()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(404, "application/json", "{\"no\":1}", {{"X-Metadata", "m"}}));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.body, "{\"no\":1}\n");
    QCOMPARE(answer.header("Content-Type"), "text/plain; charset=utf-8");
    QCOMPARE(answer.header("X-Metadata"), "m");
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(fixture.isRegistered());
}

void TestOrchestratorWorker::byoc_17_the_charge_is_whole_seconds_rounded_up()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    QCOMPARE(fixture.run().header("Livepeer-Balance"), "7900000000");
    fixture.script(slowly(1100ms));
    QCOMPARE(fixture.run(0).header("Livepeer-Balance"), "7700000000");
    QCOMPARE(floorOf(fixture.balance()), Wei(7'700'000'000));
}

void TestOrchestratorWorker::byoc_17_a_failing_worker_is_charged_too()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(500, "text/plain", "broken"));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "broken\n");
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
}

void TestOrchestratorWorker::byoc_18_a_workers_401_removes_the_capability()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(401, "text/plain", "who are you"));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "job not able to be processed, removing capability err=worker auth token failed\n");
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(!fixture.isRegistered());
}

void TestOrchestratorWorker::byoc_18_an_unreachable_worker_is_removed()
{
    OrchestratorFixture fixture;
    // Nothing listens on the discard port of a test machine.
    fixture.registerWork({{QStringLiteral("url"), QStringLiteral("http://127.0.0.1:9")}});
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.startsWith("job not able to be processed, removing capability err="), answer.body.constData());
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(!fixture.isRegistered());
}

void TestOrchestratorWorker::byoc_18_a_worker_that_hangs_is_kept()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(slowly(30s));
    const auto answer = fixture.run(1, "{}", 1);
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.contains("did not answer within 1 s"), answer.body.constData());
    QVERIFY(headers::contains(answer.headers, "Livepeer-Balance"));
    QVERIFY(fixture.isRegistered());
    QCOMPARE(fixture.load(), 0);
    QVERIFY(floorOf(fixture.balance()) < Wei(OrchestratorFixture::Ev));
}

void TestOrchestratorWorker::byoc_18_a_later_registration_outlives_an_earlier_failure()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script([&fixture](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        // Registers anew while the old job is still in hand, then refuses the old job's credentials.
        AsioHttpRequest again;
        again.url = QUrl(fixture.orchestrator->url().toString() + QStringLiteral("/capability/register"));
        again.headers.append(std::pair<QByteArray, QByteArray>("Authorization", OrchestratorFixture::Secret));
        again.body = "{\"name\":\"work\",\"url\":\"http://127.0.0.1:9\",\"capacity\":1}";
        co_await asioSend(again);
        co_await response.sendText(401, "old");
    });
    QCOMPARE(fixture.run().status, 500);
    QVERIFY(fixture.isRegistered());
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorWorker::byoc_19_the_slot_comes_back_after_every_end()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    QCOMPARE(fixture.run().status, 200);
    QCOMPARE(fixture.load(), 0);
    for (const int status : {204, 400, 500, 503}) {
        fixture.script(OrchestratorFixture::answer(status, "text/plain", status == 204 ? "" : "x"));
        fixture.run();
        QCOMPARE(fixture.load(), 0);
    }
    fixture.script([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        response.abort();
        co_return;
    });
    fixture.run();
    QVERIFY(!fixture.isRegistered());
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(200, "text/event-stream", "data: x\n\n"));
    fixture.run();
    QTRY_COMPARE(fixture.load(), 0);
}

void TestOrchestratorWorker::byoc_19_the_slot_comes_back_when_the_client_hangs_up()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(slowly(30s));
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender);
    sendAndHangUp(fixture, OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender), paid,
        [&fixture] { return fixture.workerRequests().size() == 1; });
    QTRY_COMPARE(fixture.load(), 0);
    QVERIFY(fixture.isRegistered());
    QCOMPARE(floorOf(fixture.balance()), Wei(OrchestratorFixture::Ev - OrchestratorFixture::Price));
}

void TestOrchestratorWorker::byoc_19_a_full_capability_still_accepts()
{
    OrchestratorFixture fixture;
    fixture.registerWork({{QStringLiteral("capacity"), 1}});
    fixture.script(slowly(30s));
    const QByteArray job = OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender);
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender, 2);
    sendAndHangUp(fixture, job, paid, [&] {
        // The slot is taken before the worker is called, and the script may change only after it was.
        const QList<ServerRequest> requests = fixture.workerRequests();
        const bool working = std::any_of(requests.begin(), requests.end(),
            [](const ServerRequest &request) { return request.path.endsWith("/predict"); });
        if (fixture.load() != 1 || !working)
            return false;
        fixture.script(OrchestratorFixture::answer(200, "text/plain", "second"));
        return fixture.token(fixture.sender).availableCapacity == 0 && fixture.process(job).status == 200;
    });
    QTRY_COMPARE(fixture.load(), 0);
}

void TestOrchestratorWorker::byoc_19_stopping_with_jobs_in_hand_leaks_nothing()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script(slowly(30s));
    const QByteArray job = OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender);
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender);
    QElapsedTimer timer;
    sendAndHangUp(fixture, job, paid, [&] {
        if (fixture.load() != 1)
            return false;
        timer.start();
        fixture.orchestrator->stop();
        return true;
    });
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorWorker::an_answer_beyond_its_bound_is_an_error()
{
    OrchestratorOptions options;
    options.maxWorkerBodyBytes = 1000;
    OrchestratorFixture fixture(options);
    fixture.registerWork();
    fixture.script(OrchestratorFixture::answer(200, "application/json", QByteArray(1001, ' ')));
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.contains("1000 bytes"), answer.body.constData());
    QVERIFY(fixture.isRegistered());
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorWorker::a_body_that_breaks_off_is_an_error()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.script([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        Headers fields;
        headers::set(fields, "Content-Type", "application/json");
        co_await response.begin(200, fields);
        co_await response.write("{\"half");
        response.abort();
    });
    const auto answer = fixture.run();
    QCOMPARE(answer.status, 500);
    QVERIFY(!answer.body.isEmpty());
    QCOMPARE(answer.header("Livepeer-Balance"), "7900000000");
    QVERIFY(fixture.isRegistered());
}

void TestOrchestratorWorker::misleading_timeouts_are_a_quirk()
{
    OrchestratorOptions options;
    options.quirks = Quirk::MisleadingTimeout | Quirk::LeakSlots;
    OrchestratorFixture fixture(options);
    fixture.registerWork();
    fixture.script(slowly(30s));
    const auto answer = fixture.run(1, "{}", 1);
    QCOMPARE(answer.status, 500);
    QVERIFY2(answer.body.startsWith("job not able to be processed, removing capability err=Post \"http://127.0.0.1:"), answer.body.constData());
    QVERIFY2(answer.body.endsWith("\": context canceled\n"), answer.body.constData());
    QVERIFY(fixture.isRegistered());
    QCOMPARE(fixture.load(), 1);
}

QTEST_GUILESS_MAIN(TestOrchestratorWorker)
#include "tst_orchestrator_worker.moc"
