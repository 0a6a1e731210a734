#include "gateway_fixture.h"
#include "orchestrator_fixture_p.h"

#include "peers/moved_clock.h"

#include "sluice/gateway/stream_response.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;
using End = StreamResponse::End;

namespace {

/// So many times as fast as elsewhere: the orchestrator debits 5 s every 50 ms, and the client counts as fast.
constexpr int Speed = 100;
constexpr qint64 Price8 = 1'000'000'000; ///< wei per second: a ticket is worth 8 s

/// Writes an event every 20 ms, then ends as a stream should.
byoc::OrchestratorFixture::WorkerScript ticking(int events)
{
    return [events](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        Headers fields;
        headers::set(fields, "Content-Type", "text/event-stream");
        co_await response.begin(200, fields);
        for (int i = 0; i < events; ++i) {
            if (!co_await response.write("data: " + QByteArray::number(i) + "\n\n"))
                co_return;
            boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 20ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        co_await response.write("data: [DONE]\n\n");
        co_await response.end();
    };
}

byoc::OrchestratorOptions fast()
{
    byoc::OrchestratorOptions options;
    options.debitInterval = std::chrono::milliseconds(options.debitSeconds * 1000 / Speed);
    return options;
}

struct LongFixture {
    LongFixture()
    {
        node.registerWork(Json{{QStringLiteral("price_per_unit"), Price8}});
        GatewayConfig config = directConfig({node.orchestrator->url()});
        config.senderKey = Secret(node.sender.secret().expose().toByteArray().toHex());
        config.livePaymentInterval = 100ms;
        gateway = std::make_unique<Gateway>(config, data);
    }
    /// What its stream ended with, and how many events came.
    End stream(std::chrono::seconds timeout, std::optional<QString> maxSpend = {})
    {
        Call call = callTo(QStringLiteral("work"), Verb::Stream);
        call.timeout = timeout;
        call.limits.maxSpendWei = maxSpend;
        const auto stream = gateway->stream(call);
        std::optional<End> end;
        QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [this](const StreamEvent &event) { events.append(event.data); });
        QObject::connect(stream.get(), &StreamResponse::finished, stream.get(), [&end](End how) { end = how; });
        (void)QTest::qWaitFor([&] { return end.has_value(); }, 20'000);
        notes = stream->notes();
        return end.value_or(End::Failed);
    }

    byoc::OrchestratorFixture node{fast()};
    FastClock clock{Speed};
    std::shared_ptr<UserData> data = UserData::inMemory(clock);
    std::unique_ptr<Gateway> gateway;
    QStringList events;
    QStringList notes;
};

} // namespace

class GatewayLongStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStreamBeyondTwoMinutesStaysPaid();
    void aStreamThatItsStartCoversIsPaidOnce();
    void whatMayNotBePaidIsToldBeforeItEnds();
};

void GatewayLongStreamTest::aStreamBeyondTwoMinutesStaysPaid()
{
    LongFixture fixture;
    fixture.node.script(ticking(200)); // 4 s, which are 400
    const auto begun = fixture.clock.monotonic();
    QCOMPARE(fixture.stream(600s), End::Done);
    QStringList wanted;
    for (int i = 0; i < 200; ++i)
        wanted.append(QString::number(i));
    QCOMPARE(fixture.events, wanted);
    QVERIFY2(fixture.notes.isEmpty(), qPrintable(fixture.notes.join(u' ')));
    const auto passed = std::chrono::ceil<std::chrono::seconds>(fixture.clock.monotonic() - begun).count();
    const RunRecord run = latestRun(*fixture.data);
    const auto paid = Rational(orThrow(weiFromDecimal(run.paidWei)));
    QVERIFY2(paid >= Rational(Wei(Price8) * 250), qPrintable(run.paidWei));
    QVERIFY2(paid <= Rational(Wei(Price8) * (128 + passed)), qPrintable(run.paidWei)); // sixteen tickets ahead of the time
}

void GatewayLongStreamTest::aStreamThatItsStartCoversIsPaidOnce()
{
    LongFixture fixture;
    fixture.node.script(ticking(20)); // 40 s, and time enough on a machine that is busy
    QCOMPARE(fixture.stream(120s), End::Done);
    QCOMPARE(latestRun(*fixture.data).ticketCount, 15);
}

void GatewayLongStreamTest::whatMayNotBePaidIsToldBeforeItEnds()
{
    LongFixture fixture;
    fixture.node.script(ticking(500));
    QCOMPARE(fixture.stream(600s, QString::number(130 * Price8)), End::Failed);
    QVERIFY(fixture.events.size() > 45); // what was paid for came
    QCOMPARE(fixture.notes.size(), 1);
    QVERIFY2(fixture.notes.first().contains(QStringLiteral("Nothing further can be paid")), qPrintable(fixture.notes.first()));
    QVERIFY(Rational(orThrow(weiFromDecimal(latestRun(*fixture.data).paidWei))) <= Rational(Wei(Price8) * 130));
}

QTEST_GUILESS_MAIN(GatewayLongStreamTest)
#include "tst_gateway_long_stream.moc"
