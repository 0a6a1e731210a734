#include "gateway_fixture.h"

#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;

namespace {

using End = StreamResponse::End;

/// Everything a stream told.
struct Listener {
    explicit Listener(StreamResponse *stream)
    {
        QObject::connect(stream, &StreamResponse::event, stream, [this](const StreamEvent &event) { data.append(event.data); events.append(event); });
        QObject::connect(stream, &StreamResponse::balance, stream, [this](const QString &wei) { balances.append(wei); });
        QObject::connect(stream, &StreamResponse::failed, stream, [this](const Error &e) { error = e; });
        QObject::connect(stream, &StreamResponse::finished, stream, [this](End how) { end = how; });
    }
    QStringList data;
    QList<StreamEvent> events;
    QStringList balances;
    std::optional<Error> error;
    std::optional<End> end;
};

Call streamCall()
{
    return callTo(QStringLiteral("chat"), Verb::Stream);
}

/// `count` events and the end.
QByteArray manyEvents(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes += "data: " + QByteArray::number(i) + "\n\n";
    return bytes + "data: [DONE]\n\n";
}

} // namespace

class GatewayStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sdk_11_dataLinesJoin();
    void sdk_12_oneSpaceIsRemoved();
    void sdk_13_namesAndRetryAsWritten();
    void sdk_14_jsonIsOnDemand();
    void sdk_15_doneAndEofAreToldApart_data();
    void sdk_15_doneAndEofAreToldApart();
    void sdk_16_closingInTheHandlerIsTheLastWord();
    void deletingInTheHandlerIsHarmless();
    void pullGivesEveryEventInOrder();
    void pullHoldsTheServerBack();
    void failuresReachTheOneWhoPulls();
    void nothingIsLostBeforeAnybodyListens();
    void byoc_29_balanceIsASignalOfItsOwn();
    void byoc_30_partialOutputIsKept();
    void workerErrorAtTheEndIsAFailure();
    void plainAnswersAreGivenWithANote();
    void idleLimitEndsASilentStream();
    void closedStreamIsOnRecord();
    void partialOutputIsOnRecordWhileItRuns();
    void destroyingTheGatewayEndsItsStreams();
    void paidStreamKnowsItsPayment();
};

void GatewayStreamTest::sdk_11_dataLinesJoin()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events(": comment\nnonsense: 1\n\ndata: a\ndata: b\n\ndata: [DONE]\n\n"));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(heard.data, QStringList(QStringLiteral("a\nb")));
}

void GatewayStreamTest::sdk_12_oneSpaceIsRemoved()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data:x\n\ndata: x\n\ndata:  x\n\ndata: [DONE]\n\n"));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    const QStringList expected{QStringLiteral("x"), QStringLiteral("x"), QStringLiteral(" x")};
    QCOMPARE(heard.data, expected);
}

void GatewayStreamTest::sdk_13_namesAndRetryAsWritten()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("retry: 12x\ndata: a\n\nevent: named\nid: 7\nretry: 1500\ndata: b\n\ndata: [DONE]\n\n"));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QVERIFY(!heard.events[0].event && !heard.events[0].retry && !heard.events[0].id);
    QCOMPARE(heard.events[1].event, std::optional(QStringLiteral("named")));
    QCOMPARE(heard.events[1].id, std::optional(QStringLiteral("7")));
    QCOMPARE(heard.events[1].retry, std::optional(1500));
}

void GatewayStreamTest::sdk_14_jsonIsOnDemand()
{
    const StreamEvent word{QStringLiteral("hello"), {}, {}, {}};
    QVERIFY(!word.json());
    QCOMPARE(word.data, QStringLiteral("hello"));
    const StreamEvent number{QStringLiteral("42"), {}, {}, {}};
    QCOMPARE(number.json()->toInt64(), std::optional<qint64>(42));
}

void GatewayStreamTest::sdk_15_doneAndEofAreToldApart_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<End>("end");
    QTest::addColumn<int>("events");
    QTest::newRow("done") << QByteArray("data: a\n\ndata: [DONE]\n\n") << End::Done << 1;
    QTest::newRow("done without blank line") << QByteArray("data: a\n\ndata: [DONE]") << End::Done << 1;
    QTest::newRow("missing") << QByteArray("data: a\n\n") << End::Eof << 1;
    QTest::newRow("pending data is delivered") << QByteArray("data: a\n\ndata: b") << End::Eof << 2;
    QTest::newRow("only contained") << QByteArray("data: x [DONE] y\n\n") << End::Eof << 1;
    QTest::newRow("CRLF") << QByteArray("data: a\r\n\r\ndata: [DONE]\r\n\r\n") << End::Done << 1;
    QTest::newRow("second data line") << QByteArray("data: a\ndata: [DONE]\n\n") << End::Eof << 1;
}

void GatewayStreamTest::sdk_15_doneAndEofAreToldApart()
{
    QFETCH(QByteArray, bytes);
    QFETCH(End, end);
    QFETCH(int, events);
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events(bytes));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(*heard.end, end);
    QCOMPARE(heard.data.size(), events);
    QVERIFY(!heard.data.contains(QStringLiteral("[DONE]")));
}

void GatewayStreamTest::sdk_16_closingInTheHandlerIsTheLastWord()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\ndata: b\n\n", ScriptedOrchestrator::hang()));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    int signalsAfter = 0;
    bool closed = false;
    const auto count = [&] { signalsAfter += closed ? 1 : 0; };
    QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [&] {
        count();
        stream->close();
        closed = true;
    });
    QObject::connect(stream.get(), &StreamResponse::finished, stream.get(), count);
    QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), count);
    QTRY_VERIFY(closed);
    QTRY_COMPARE(orchestrator.hangups(), 1);
    stream->close();
    QCoreApplication::processEvents();
    QCOMPARE(signalsAfter, 0);
}

void GatewayStreamTest::deletingInTheHandlerIsHarmless()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events(manyEvents(10), ScriptedOrchestrator::hang()));
    Gateway gateway(directConfig({orchestrator.url()}));
    auto stream = gateway.stream(streamCall());
    int heard = 0;
    QObject::connect(stream.get(), &StreamResponse::event, &gateway, [&] {
        ++heard;
        stream.reset();
    });
    QTRY_VERIFY(!stream);
    QTRY_COMPARE(orchestrator.hangups(), 1);
    QCOMPARE(heard, 1);
}

void GatewayStreamTest::pullGivesEveryEventInOrder()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events(manyEvents(1000)));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    for (int i = 0; i < 1000; ++i) {
        const auto event = settled(stream->next());
        QVERIFY(event);
        QVERIFY(*event);
        QCOMPARE((*event)->data, QString::number(i));
    }
    QVERIFY(!*settled(stream->next()));
    QVERIFY(!*settled(stream->next()));
}

void GatewayStreamTest::pullHoldsTheServerBack()
{
    ScriptedOrchestrator orchestrator;
    const auto written = std::make_shared<std::atomic<qint64>>(0);
    orchestrator.then(ScriptedOrchestrator::events(QByteArray(), [written](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        const QByteArray event = "data: " + QByteArray(64 * 1024, 'x') + "\n\n";
        while (co_await response.write(event))
            *written += event.size();
    }));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    QVERIFY(settled(stream->next()));
    // The writer stops by itself: nobody pulls, the queue is bounded, and so are the buffers between.
    qint64 last = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(last, written->load()) == written->load() && last > 0, 10000);
    QVERIFY2(written->load() < 64 * 1024 * 1024, qPrintable(QString::number(written->load())));
    QVERIFY(settled(stream->next()));
}

void GatewayStreamTest::failuresReachTheOneWhoPulls()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\n", ScriptedOrchestrator::drop()));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    QCOMPARE((*settled(stream->next()))->data, QStringLiteral("a"));
    const auto end = settled(stream->next());
    QVERIFY(!end);
    QCOMPARE(end.error().kind(), Error::Kind::Network);
}

void GatewayStreamTest::nothingIsLostBeforeAnybodyListens()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events(manyEvents(5)));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto stream = gateway.stream(streamCall());
    QTRY_COMPARE(latestRun(*data).state, RunRecord::State::Succeeded);
    const Listener late(stream.get());
    QTRY_COMPARE(late.data.size(), 5);
}

void GatewayStreamTest::byoc_29_balanceIsASignalOfItsOwn()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\ndata: {\"balance\": 5999999999.999}\n\n\ndata: [DONE]\n\n"));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(heard.data, QStringList(QStringLiteral("a")));
    const QStringList expected{QStringLiteral("6000000000"), QStringLiteral("5999999999.999")};
    QCOMPARE(heard.balances, expected);
    QCOMPARE(stream->payment().balanceAfter, std::optional(QStringLiteral("5999999999.999")));
    QCOMPARE(latestRun(*data).balanceAfter, std::optional(QStringLiteral("5999999999.999")));
}

void GatewayStreamTest::byoc_30_partialOutputIsKept()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::events(
        "data: a\n\ndata: b\n\nevent: insufficient balance\ndata: {\"balance\": 0}\n\ndata: [DONE]\n\n", ScriptedOrchestrator::blankLines()));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(*heard.end, End::Failed);
    QCOMPARE(heard.error->kind(), Error::Kind::InsufficientBalance);
    QVERIFY(heard.error->paymentSent());
    QCOMPARE(heard.data.size(), 2);
    const RunRecord record = latestRun(*data);
    QCOMPARE(record.state, RunRecord::State::Failed);
    QCOMPARE(record.resultBytes, QByteArray("data: a\n\ndata: b\n\n"));
    QCOMPARE(record.events, 2);
}

void GatewayStreamTest::workerErrorAtTheEndIsAFailure()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\ndata: {\"error\":\"internal error\"}\n\ndata: [DONE]\n\n"));
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(*heard.end, End::Failed);
    QVERIFY(heard.error->message().contains(QStringLiteral("internal error")));
    QCOMPARE(heard.data, QStringList(QStringLiteral("a")));
}

void GatewayStreamTest::plainAnswersAreGivenWithANote()
{
    ScriptedOrchestrator orchestrator;
    Gateway gateway(directConfig({orchestrator.url()}));
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(*heard.end, End::Done);
    QCOMPARE(heard.data.size(), 1);
    QCOMPARE(stream->notes().size(), 1);
}

void GatewayStreamTest::idleLimitEndsASilentStream()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\n", ScriptedOrchestrator::blankLines()));
    GatewayConfig config = directConfig({orchestrator.url()});
    config.streamIdleTimeout = std::chrono::milliseconds(150);
    Gateway gateway(config);
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(heard.error->kind(), Error::Kind::Timeout);
    QCOMPARE(heard.data.size(), 1);
}

void GatewayStreamTest::closedStreamIsOnRecord()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\n", ScriptedOrchestrator::hang()));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    auto stream = gateway.stream(streamCall());
    const QString id = stream->runId();
    QVERIFY(settled(stream->next()));
    stream.reset();
    QTRY_COMPARE(latestRun(*data).state, RunRecord::State::Canceled);
    const RunRecord record = latestRun(*data);
    QCOMPARE(record.id, id);
    QCOMPARE(record.resultBytes, QByteArray("data: a\n\n"));
}

void GatewayStreamTest::partialOutputIsOnRecordWhileItRuns()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\n", ScriptedOrchestrator::hang()));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto stream = gateway.stream(streamCall());
    const Listener heard(stream.get());
    QTRY_COMPARE(latestRun(*data).resultBytes, QByteArray("data: a\n\n"));
    QCOMPARE(latestRun(*data).state, RunRecord::State::Running);
}

void GatewayStreamTest::destroyingTheGatewayEndsItsStreams()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.then(ScriptedOrchestrator::events("data: a\n\n", ScriptedOrchestrator::hang()));
    auto gateway = std::make_unique<Gateway>(directConfig({orchestrator.url()}));
    const auto stream = gateway->stream(streamCall());
    const Listener heard(stream.get());
    QTRY_COMPARE(heard.data.size(), 1);
    gateway.reset();
    QTRY_VERIFY(heard.end);
    QCOMPARE(heard.error->kind(), Error::Kind::Canceled);
    QTRY_COMPARE(orchestrator.hangups(), 1);
}

void GatewayStreamTest::paidStreamKnowsItsPayment()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::events(manyEvents(1)));
    const auto data = UserData::inMemory();
    Gateway gateway(directConfig({orchestrator.url()}), data);
    const auto stream = gateway.stream(streamCall());
    QSignalSpy payments(stream.get(), &StreamResponse::paymentChanged);
    QSignalSpy opened(stream.get(), &StreamResponse::opened);
    const Listener heard(stream.get());
    QTRY_VERIFY(heard.end);
    QCOMPARE(opened.count(), 1);
    QVERIFY(payments.count() >= 2);
    QCOMPARE(stream->payment().tickets.size(), 1);
    QVERIFY(stream->payment().tickets.first().sent);
    QCOMPARE(stream->servedBy(), orchestrator.url());
    QStringList steps;
    const QList<TraceSpan> spans = stream->trace();
    for (const TraceSpan &span : spans)
        steps.append(span.name);
    QVERIFY(steps.contains(QStringLiteral("first event")));
    QCOMPARE(latestRun(*data).ticketCount, 1);
}

QTEST_GUILESS_MAIN(GatewayStreamTest)
#include "tst_gateway_stream.moc"
