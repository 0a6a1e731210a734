#include "client_fixture_p.h"

#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::byoc;
using sluice::test::ScriptedOrchestrator;

namespace {

/// A paid job under way that the test can cancel.
class CancellableJob {
public:
    CancellableJob(Fixture &fixture, const QUrl &orchestrator)
        : m_fixture(fixture)
        , m_orchestrators{orchestrator}
        , m_task(submit())
    {
    }

    CancelSource source;
    std::optional<Error> error; ///< how it ended, if not well

private:
    QCoro::Task<void> submit()
    {
        CallContext context;
        context.cancel = source.token();
        try {
            co_await m_fixture.client.submit(textJob(), m_orchestrators, m_fixture.observer, context);
        } catch (const Error &failure) {
            error = failure;
        }
    }

    Fixture &m_fixture;
    QList<QUrl> m_orchestrators;
    QCoro::Task<void> m_task;
};

} // namespace

class ByocAnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_28_endsAtDoneThoughBlankLinesGoOn();
    void byoc_28_blankLinesDoNotWindTheIdleTimer();
    void byoc_29_balanceBeforeTheEndIsNoEvent();
    void byoc_30_insufficientBalanceKeepsWhatCame();
    void byoc_35_answersHaveBounds();
    void byoc_35_linesHaveBounds();
    void byoc_35_slowBodiesTimeOut();
    void byoc_35_silentWorkersTimeOut();
    void byoc_36_cancellingClosesWithin100Ms();
    void byoc_36_cancellingBeforeTheRequestLeftGivesTheMoneyBack();
    void byoc_37_doneWithoutBlankLineEndsAGatewayStream();
    void sseAnswerToARunIsReadToItsEnd();
};

void ByocAnswersTest::byoc_28_endsAtDoneThoughBlankLinesGoOn()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\ndata: b\n\ndata: [DONE]\n\n", ScriptedOrchestrator::blankLines()));
    Fixture fixture;
    const auto answer = fixture.submit(streamJob(), {orchestrator.url()});
    QVERIFY(answer);
    const Stream stream = readStream(*answer);
    QCOMPARE(stream.data(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(stream.end(), StreamItem::Kind::Done);
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_28_blankLinesDoNotWindTheIdleTimer()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\n", ScriptedOrchestrator::blankLines()));
    Fixture fixture;
    const auto answer = fixture.submit(streamJob(), {orchestrator.url()});
    QVERIFY(answer);
    const Stream stream = readStream(*answer, std::chrono::milliseconds(200));
    QCOMPARE(stream.data(), QStringList(QStringLiteral("a")));
    QVERIFY(stream.error);
    QCOMPARE(stream.error->kind(), Error::Kind::Timeout);
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_29_balanceBeforeTheEndIsNoEvent()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: {\"balance\": 1}\n\ndata: a\n\ndata: {\"balance\": 5999999999.999}\n\n\ndata: [DONE]\n\n"));
    Fixture fixture;
    const auto answer = fixture.submit(streamJob(), {orchestrator.url()});
    QVERIFY(answer);
    QCOMPARE(answer->balance(), QByteArray("6000000000"));
    const Stream stream = readStream(*answer);
    // The first one was the worker's own word: something came after it.
    const QStringList expected{QStringLiteral("{\"balance\": 1}"), QStringLiteral("a")};
    QCOMPARE(stream.data(), expected);
    QCOMPARE(stream.items.size(), 4);
    QCOMPARE(stream.items[2].kind, StreamItem::Kind::Balance);
    QCOMPARE(stream.items[2].text, QStringLiteral("5999999999.999"));
    QCOMPARE(stream.end(), StreamItem::Kind::Done);
}

void ByocAnswersTest::byoc_30_insufficientBalanceKeepsWhatCame()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events(
        "data: a\n\ndata: b\n\nevent: insufficient balance\ndata: {\"balance\": 0}\n\ndata: [DONE]\n\n", ScriptedOrchestrator::blankLines()));
    Fixture fixture;
    const auto answer = fixture.submit(streamJob(), {orchestrator.url()});
    QVERIFY(answer);
    const Stream stream = readStream(*answer);
    const QStringList expected{QStringLiteral("a"), QStringLiteral("b")};
    QCOMPARE(stream.data(), expected);
    QCOMPARE(stream.end(), StreamItem::Kind::InsufficientBalance);
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_35_answersHaveBounds()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::json(200, QByteArray(5'000'000, ' ')));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(answer);
    const auto body = read(*answer, 1000);
    QVERIFY(!body);
    QCOMPARE(body.error().kind(), Error::Kind::TooLarge);
    QVERIFY(body.error().paymentSent());
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_35_linesHaveBounds()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\ndata: " + QByteArray(100'000, 'x'), ScriptedOrchestrator::hang()));
    Fixture fixture;
    const auto answer = fixture.submit(streamJob(), {orchestrator.url()});
    QVERIFY(answer);
    const Stream stream = readStream(*answer, std::chrono::milliseconds(0), {50'000, 50'000});
    QVERIFY(stream.error);
    QCOMPARE(stream.error->kind(), Error::Kind::TooLarge);
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_35_slowBodiesTimeOut()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then([](const ServerRequest &request, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers list{{"Content-Type", "application/json"}};
        co_await response.begin(200, list);
        co_await response.write("{\"a\":");
        const auto never = ScriptedOrchestrator::hang();
        co_await never(request, response);
    });
    Client::Options options;
    options.answerGrace = std::chrono::milliseconds(-700);
    Fixture fixture(options);
    const auto answer = fixture.submit(textJob(std::chrono::seconds(1)), {orchestrator.url()});
    QVERIFY(answer);
    const auto body = read(*answer);
    QVERIFY(!body);
    QCOMPARE(body.error().kind(), Error::Kind::Timeout);
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_35_silentWorkersTimeOut()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::hang());
    Client::Options options;
    options.headerGrace = std::chrono::milliseconds(-700);
    Fixture fixture(options);
    const auto answer = fixture.submit(textJob(std::chrono::seconds(1)), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Timeout);
    QVERIFY(answer.error().paymentSent());
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void ByocAnswersTest::byoc_36_cancellingClosesWithin100Ms()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::hang());
    Fixture fixture;
    CancellableJob job(fixture, orchestrator.url());
    QTRY_COMPARE(orchestrator.jobs().size(), 1);
    QElapsedTimer timer;
    timer.start();
    job.source.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(orchestrator.hangups(), 1, 1000);
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(job.error);
    QCOMPARE(job.error->kind(), Error::Kind::Canceled);
}

void ByocAnswersTest::byoc_36_cancellingBeforeTheRequestLeftGivesTheMoneyBack()
{
    // Accepts connections and never answers the TLS handshake, so that the paid request cannot leave.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.setServiceAddress(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort()));
    Fixture fixture;
    CancellableJob job(fixture, orchestrator.url());
    QTRY_VERIFY(silent.hasPendingConnections());
    QVERIFY(fixture.limits.spending().reserved > 0);
    job.source.cancel();
    QTRY_VERIFY(job.error);
    QCOMPARE(job.error->kind(), Error::Kind::Canceled);
    QVERIFY(!job.error->paymentSent());
    QVERIFY(fixture.limits.spending().reserved == 0);
    QVERIFY(fixture.limits.spending().session == 0);
    QVERIFY(fixture.limits.spending().today == 0);
    QCOMPARE(fixture.observer->settledUnsent, 1);
    QCOMPARE(fixture.observer->settledSent, 0);
}

void ByocAnswersTest::byoc_37_doneWithoutBlankLineEndsAGatewayStream()
{
    ScriptedOrchestrator gateway;
    // The same job would be sent to the next orchestrator after this, and appended.
    gateway.then(ScriptedOrchestrator::events("data: a\n\ndata: [DONE]\n", ScriptedOrchestrator::hang()));
    Fixture fixture;
    const JobAnswer answer = orThrow(test::outcomeOf(fixture.client.submitThroughGateway(streamJob(), gateway.url(), {}, {})));
    const Stream stream = readStream(answer);
    QCOMPARE(stream.data(), QStringList(QStringLiteral("a")));
    QCOMPARE(stream.end(), StreamItem::Kind::Done);
    QTRY_COMPARE(gateway.hangups(), 1);
}

void ByocAnswersTest::sseAnswerToARunIsReadToItsEnd()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\ndata: [DONE]\n\n", ScriptedOrchestrator::blankLines()));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(answer);
    const auto body = read(*answer);
    QVERIFY(body);
    QVERIFY(body->startsWith("data: a\n\ndata: [DONE]"));
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

QTEST_GUILESS_MAIN(ByocAnswersTest)
#include "tst_byoc_answers.moc"
