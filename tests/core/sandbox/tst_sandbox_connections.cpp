// A paid call of a program that made one before: list, token and job go over the connection that is there.

#include "peers/outcome.h"

#include "sluice/gateway/gateway.h"
#include "sluice/backend/user_data.h"
#include "sluice/sandbox/sandbox_network.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

class TestSandboxConnections : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aCallMakesOneHandshakeAndTheNextOneNone();
    void aStreamUsesTheConnectionToo();

private:
    struct Ran {
        RunResult result;
        double ms = 0;
        [[nodiscard]] int steps(const QString &name) const
        {
            return int(std::count_if(result.trace.begin(), result.trace.end(), [&](const TraceSpan &span) { return span.name == name; }));
        }
    };
    [[nodiscard]] static Ran run(Gateway &gateway)
    {
        QElapsedTimer clock;
        clock.start();
        QFuture<RunResult> future = gateway.run(QStringLiteral("text-analysis"), Json{{"text", "What a lovely day."}});
        [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20000); }();
        return {future.result(), double(clock.nsecsElapsed()) / 1e6};
    }

    QTemporaryDir m_folder;
    std::unique_ptr<SandboxNetwork> m_sandbox;
    GatewayConfig m_config;
};

void TestSandboxConnections::initTestCase()
{
    SandboxOptions options;
    options.stateFile = m_folder.filePath(QStringLiteral("sandbox.sqlite"));
    m_sandbox = std::make_unique<SandboxNetwork>(options);
    const Json ready = orThrow(test::outcomeOf(m_sandbox->start()));
    m_config.orchUrls = {ready.value(QStringLiteral("orchestrator")).toString()};
    m_config.senderKey = Secret(QByteArrayView(ready.value(QStringLiteral("sender_key")).toString().toLatin1()));
}

void TestSandboxConnections::aCallMakesOneHandshakeAndTheNextOneNone()
{
    Gateway gateway(m_config, UserData::inMemory());
    const Ran first = run(gateway);
    QVERIFY(!first.result.payment.tickets.isEmpty());
    QCOMPARE(first.steps(QStringLiteral("tls")), 1); // the token's; the job goes over the same connection
    const Ran second = run(gateway);
    QCOMPARE(second.steps(QStringLiteral("connect")), 0);
    QCOMPARE(second.steps(QStringLiteral("tls")), 0);
    QCOMPARE(second.result.status, 200);
    qInfo("first call %.1f ms, second call %.1f ms", first.ms, second.ms);
}

void TestSandboxConnections::aStreamUsesTheConnectionToo()
{
    Gateway gateway(m_config, UserData::inMemory());
    QVERIFY(run(gateway).result.isJson);
    Call call;
    call.verb = Verb::Stream;
    call.capability = QStringLiteral("docs-chat");
    call.input = orThrow(Json::parse(R"({"messages":[{"role":"user","content":"What is a ticket?"}]})"));
    for (int i = 0; i < 2; ++i) {
        const auto stream = gateway.stream(call);
        for (;;) {
            QFuture<std::optional<StreamEvent>> next = stream->next();
            QTRY_VERIFY_WITH_TIMEOUT(next.isFinished(), 20000);
            if (!next.result())
                break;
        }
        for (const TraceSpan &span : stream->trace())
            QVERIFY2(span.name != QStringLiteral("tls"), "a stream that ends cleanly leaves its connection to the next one");
    }
}

QTEST_GUILESS_MAIN(TestSandboxConnections)
#include "tst_sandbox_connections.moc"
