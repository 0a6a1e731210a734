#include "sandbox_process_p.h"

#include "peers/manual_client.h"

#include "sluice/net/http_server.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <QtTest/QtTest>

#include <thread>

using namespace sluice;
using namespace sluice::byoc;
using namespace std::chrono_literals;

/// sluicectl against the sandbox with a worker that misbehaves: a clear error each time, the run in history, nothing paid twice.
class TestIntegrationHardCases : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void a_worker_that_answers_500_is_told();
    void a_worker_that_hangs_is_told();
    void a_worker_that_cuts_its_stream_is_told();
    void an_answer_of_100_megabytes_is_refused();
    void a_used_up_balance_ends_the_stream();
    void six_hundred_tickets_fit_into_a_header();
    void a_bad_signature_is_refused();

private:
    boost::asio::awaitable<void> work(ServerRequest request, ServerResponse &response);
    Finished call(const QStringList &arguments);
    Json lastRun();
    void registerWorker(qint64 price, const QString &name = QStringLiteral("work"));
    [[nodiscard]] QString balance();

    std::unique_ptr<Workplace> m_place;
    std::unique_ptr<SandboxProcess> m_sandbox;
    std::unique_ptr<IoThread> m_io;
    std::unique_ptr<HttpServer> m_worker;
    std::unique_ptr<ManualClient> m_client;
    QStringList m_state;
};

namespace {

boost::asio::awaitable<void> pause(std::chrono::milliseconds time)
{
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

boost::asio::awaitable<void> endless(ServerResponse &response)
{
    Headers fields;
    headers::set(fields, "Content-Type", "text/event-stream");
    co_await response.begin(200, fields);
    while (co_await response.write("data: tick\n\n"))
        co_await pause(100ms);
}

boost::asio::awaitable<void> cut(ServerResponse &response)
{
    Headers fields;
    headers::set(fields, "Content-Type", "text/event-stream");
    co_await response.begin(200, fields);
    co_await response.write("data: one\n\ndata: two\n\n");
    co_await pause(50ms);
    response.abort();
}

boost::asio::awaitable<void> huge(ServerResponse &response)
{
    Headers fields;
    headers::set(fields, "Content-Type", "application/json");
    co_await response.begin(200, fields);
    const QByteArray piece(1024 * 1024, ' ');
    for (int i = 0; i < 100; ++i)
        co_await response.write(piece);
    co_await response.end();
}

} // namespace

boost::asio::awaitable<void> TestIntegrationHardCases::work(ServerRequest request, ServerResponse &response)
{
    using namespace boost::asio::experimental::awaitable_operators;
    if (request.path == "/500") {
        co_await response.sendText(500, "the model is out of memory");
    } else if (request.path == "/hang") {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 60s);
        co_await (timer.async_wait(boost::asio::use_awaitable) || response.closed());
    } else if (request.path == "/cut") {
        co_await cut(response);
    } else if (request.path == "/endless") {
        co_await endless(response);
    } else if (request.path == "/huge") {
        co_await huge(response);
    } else {
        co_await response.sendText(200, "fine");
    }
}

void TestIntegrationHardCases::initTestCase()
{
    m_place = std::make_unique<Workplace>();
    m_sandbox = std::make_unique<SandboxProcess>(*m_place);
    QVERIFY2(m_sandbox->waitUntilReady(), m_sandbox->errors().constData());
    m_io = std::make_unique<IoThread>();
    m_worker = std::make_unique<HttpServer>(*m_io, HttpServerOptions(),
        [this](ServerRequest request, ServerResponse &response) { return work(std::move(request), response); });
    QVERIFY(m_worker->listen());
    m_client = std::make_unique<ManualClient>(*m_io, m_sandbox->orchestrator());
    m_state = QStringList{QStringLiteral("--state"), m_place->path(QStringLiteral("state.sqlite"))};
    registerWorker(100'000'000);
}

void TestIntegrationHardCases::cleanupTestCase()
{
    QCOMPARE(m_sandbox->terminate(), 0);
    m_worker->stop();
}

void TestIntegrationHardCases::registerWorker(qint64 price, const QString &name)
{
    const Json registration{{QStringLiteral("name"), name}, {QStringLiteral("url"), m_worker->origin()},
        {QStringLiteral("capacity"), 4}, {QStringLiteral("price_per_unit"), price}};
    QCOMPARE(m_client->registerWorker(m_sandbox->text("secret").toLatin1(), registration).status, 200);
}

Finished TestIntegrationHardCases::call(const QStringList &arguments)
{
    return m_place->run(arguments + m_state + QStringList({QStringLiteral("--json"), QStringLiteral("--input"), QStringLiteral("{}")}));
}

Json TestIntegrationHardCases::lastRun()
{
    return m_place->run({QStringLiteral("history"), QStringLiteral("--json"), QStringLiteral("--limit"), QStringLiteral("1")}).json().at(0);
}

QString TestIntegrationHardCases::balance()
{
    const Finished finished = m_place->run(QStringList({QStringLiteral("balance"), QStringLiteral("work"), QStringLiteral("--json")}) + m_state);
    const auto wei = finished.json().find(QStringLiteral("/balances/0/wei"));
    return wei ? wei->toString(QStringLiteral("0")) : QStringLiteral("0");
}

void TestIntegrationHardCases::a_worker_that_answers_500_is_told()
{
    const Finished finished = call({QStringLiteral("run"), QStringLiteral("work"), QStringLiteral("--path"), QStringLiteral("500")});
    QCOMPARE(finished.code, 1);
    const Json error = finished.json().value(QStringLiteral("error"));
    QCOMPARE(error.value(QStringLiteral("http_status")).toInt64(), std::optional<qint64>(500));
    QVERIFY2(finished.out.contains("the model is out of memory"), finished.out.constData());
    QCOMPARE(lastRun().value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
    QCOMPARE(balance(), QStringLiteral("7900000000"));
}

void TestIntegrationHardCases::a_worker_that_hangs_is_told()
{
    const Finished finished = call({QStringLiteral("run"), QStringLiteral("work"), QStringLiteral("--path"), QStringLiteral("hang"),
        QStringLiteral("--timeout"), QStringLiteral("1")});
    QVERIFY(finished.code == 1 || finished.code == 6);
    QVERIFY2(finished.out.contains("did not answer") || finished.out.contains("timeout"), finished.out.constData());
    QCOMPARE(lastRun().value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
    // It is still registered, and its place is free again.
    const auto listing = *parseListing(m_client->send("GET", QStringLiteral("/capabilities")).body);
    const auto work = std::find_if(listing.begin(), listing.end(), [](const ListedCapability &entry) { return entry.name == QStringLiteral("work"); });
    QVERIFY(work != listing.end());
    QCOMPARE(work->available, std::optional<qint64>(4));
}

void TestIntegrationHardCases::a_worker_that_cuts_its_stream_is_told()
{
    const Finished finished = call({QStringLiteral("stream"), QStringLiteral("work"), QStringLiteral("--path"), QStringLiteral("cut")});
    QVERIFY2(finished.code != 0, finished.out.constData());
    QCOMPARE(finished.out.count("\"type\":\"event\""), 2);
    QCOMPARE(finished.lines().last().value(QStringLiteral("ok")), Json(false));
    const Json run = lastRun();
    QCOMPARE(run.value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
    QCOMPARE(run.value(QStringLiteral("events")).toInt64(), std::optional<qint64>(2));
}

void TestIntegrationHardCases::an_answer_of_100_megabytes_is_refused()
{
    const Finished finished = call({QStringLiteral("run"), QStringLiteral("work"), QStringLiteral("--path"), QStringLiteral("huge")});
    QCOMPARE(finished.code, 1);
    QCOMPARE(finished.json().find(QStringLiteral("/error/kind"))->toString(), QStringLiteral("too_large"));
}

void TestIntegrationHardCases::a_used_up_balance_ends_the_stream()
{
    // One ticket buys the sixty seconds that every stream of this purse must find; fourteen streams at once use them up
    // with their first debit, after five seconds.
    const QString name = QStringLiteral("dear");
    registerWorker(133'333'333, name);
    const PrivateKey sender = *PrivateKey::fromHex(m_sandbox->text("sender_key").toLatin1());
    const QByteArray job = ManualClient::signedJob(ManualClient::job(name), sender);
    const QByteArray paid = ManualClient::payment(m_client->token(sender, name), sender);
    std::vector<std::thread> others;
    for (int i = 0; i < 13; ++i) {
        others.emplace_back([&, i] { m_client->process(job, i == 0 ? paid : QByteArray(), "{}", QStringLiteral("endless")); });
        const auto streams = [&] { return m_client->send("GET", QStringLiteral("/health")).body.contains("\"jobs\":" + QByteArray::number(i + 1)); };
        QTRY_VERIFY(streams());
    }
    const Finished finished = call({QStringLiteral("stream"), name, QStringLiteral("--path"), QStringLiteral("endless")});
    for (std::thread &other : others)
        other.join();
    QCOMPARE(finished.code, 4);
    QVERIFY(finished.out.count("\"type\":\"event\"") > 3);
    QCOMPARE(finished.lines().last().find(QStringLiteral("/error/kind"))->toString(), QStringLiteral("insufficient_balance"));
    QCOMPARE(lastRun().value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
}

void TestIntegrationHardCases::six_hundred_tickets_fit_into_a_header()
{
    const PrivateKey sender = *PrivateKey::fromHex(m_sandbox->text("sender_key").toLatin1());
    const JobToken token = m_client->token(sender, QStringLiteral("work"));
    QElapsedTimer timer;
    timer.start();
    const QByteArray paid = ManualClient::payment(token, sender, 600);
    const qint64 signing = timer.restart();
    const auto answer = m_client->process(ManualClient::signedJob(ManualClient::job(QStringLiteral("work")), sender), paid, "{}", QStringLiteral("fine"));
    const qint64 checking = timer.elapsed();
    QVERIFY2(answer.status == 200, answer.body.constData());
    qInfo("600 tickets: %lld bytes of header, signed in %lld ms, checked and answered in %lld ms", qlonglong(paid.size()), signing, checking);
    QVERIFY(paid.size() < 64 * 1024);
}

void TestIntegrationHardCases::a_bad_signature_is_refused()
{
    const PrivateKey sender = *PrivateKey::fromHex(m_sandbox->text("sender_key").toLatin1());
    const JobToken token = m_client->token(sender, QStringLiteral("work"));
    const QByteArray paid = ManualClient::payment(token, sender, 1, 1, [](WirePayment &payment) {
        payment.tickets[0].signature[40] = char(payment.tickets[0].signature[40] ^ 1);
    });
    const auto answer = m_client->process(ManualClient::signedJob(ManualClient::job(QStringLiteral("work")), sender), paid);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, "invalid ticket signature\n");
}

QTEST_GUILESS_MAIN(TestIntegrationHardCases)
#include "tst_integration_hard_cases.moc"
