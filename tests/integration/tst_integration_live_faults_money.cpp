#include "fault_fixture_p.h"

#include "sluice/store/ticket_log.h"

#include <set>

using namespace sluice;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// What must not be lost or doubled while the network breaks again and again: words and money.
class TestLiveFaultsMoney : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void control_messages_arrive_once_and_in_order_data();
    void control_messages_arrive_once_and_in_order();
    void updates_arrive_at_most_once_and_in_order();
    void payments_are_neither_lost_nor_doubled();
};

namespace {

const QString Number = QStringLiteral("n");

/// Resets a proxy's connections every so often.
class Storm {
public:
    Storm(FaultProxy &proxy, std::chrono::milliseconds interval)
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [&proxy] { proxy.reset(); });
        m_timer.start(interval);
    }

private:
    QTimer m_timer;
};

/// Calls `work` until it says no, every so often.
void each(std::chrono::milliseconds interval, const std::function<bool()> &work)
{
    QTimer timer;
    bool goesOn = true;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] { goesOn = goesOn && work(); });
    timer.start(interval);
    QTRY_VERIFY_WITH_TIMEOUT(!goesOn, 20'000);
}

/// Without what a job is told at its start.
QList<qint64> saidAfterwards(const FaultNetwork &network)
{
    QList<qint64> numbers = network.witnessed().numbers;
    numbers.removeAll(-1);
    return numbers;
}

QList<qint64> upTo(qint64 count)
{
    QList<qint64> numbers;
    for (qint64 i = 0; i < count; ++i)
        numbers.append(i);
    return numbers;
}

using TicketKey = std::pair<QByteArray, quint32>;

} // namespace

void TestLiveFaultsMoney::control_messages_arrive_once_and_in_order_data()
{
    QTest::addColumn<bool>("atTheWorker");
    QTest::addColumn<int>("delay");
    QTest::newRow("the client's network breaks") << false << 0;
    QTest::newRow("the worker's network breaks") << true << 0;
    QTest::newRow("the client's breaks and is slow") << false << 100;
}

void TestLiveFaultsMoney::control_messages_arrive_once_and_in_order()
{
    QFETCH(bool, atTheWorker);
    QFETCH(int, delay);
    const qint64 count = delay > 0 ? 8 : 16;
    FaultNetwork network;
    QTRY_VERIFY(network.isReady());
    FaultSession session(network, QStringLiteral("witness"));
    QVERIFY(session.isReady());
    FaultProxy &proxy = atTheWorker ? network.worker : network.client;
    proxy.delay(std::chrono::milliseconds(delay));
    {
        const Storm storm(proxy, 350ms + std::chrono::milliseconds(10 * delay));
        qint64 next = 0;
        each(100ms, [&] {
            session.session->control(Json{{Number, next}});
            return ++next < count;
        });
        QTRY_VERIFY_WITH_TIMEOUT(saidAfterwards(network).size() >= count || session.error, 15'000);
    }
    QVERIFY(proxy.counts().resets >= 5); // several connections each time
    QVERIFY(!session.error);
    QCOMPARE(saidAfterwards(network), upTo(count));
    proxy.heal();
    QVERIFY(session.close());
    QCOMPARE(saidAfterwards(network), upTo(count)); // nothing came afterwards
}

void TestLiveFaultsMoney::updates_arrive_at_most_once_and_in_order()
{
    FaultNetwork network;
    QTRY_VERIFY(network.isReady());
    FaultSession session(network, QStringLiteral("witness"));
    QVERIFY(session.isReady());
    QList<qint64> taken;
    QList<qint64> failed;
    {
        const Storm storm(network.client, 250ms);
        for (qint64 n = 0; n < 60 && !session.error; ++n) {
            const QFuture<void> changed = session.session->update(Json{{Number, n}});
            QTRY_VERIFY(changed.isFinished());
            try {
                QFuture<void>(changed).waitForFinished();
                taken.append(n);
            } catch (const Error &error) {
                failed.append(n);
                QVERIFY2(whyNoSentence(error).isEmpty(), qPrintable(whyNoSentence(error) + error.message()));
            }
        }
    }
    const QList<qint64> seen = saidAfterwards(network);
    qInfo("%d updates taken, %d not known to be, %d seen by the worker", int(taken.size()), int(failed.size()), int(seen.size()));
    QVERIFY(!taken.isEmpty());
    for (const qint64 n : taken)
        QCOMPARE(seen.count(n), 1);
    for (const qint64 n : failed)
        QVERIFY(seen.count(n) <= 1);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void TestLiveFaultsMoney::payments_are_neither_lost_nor_doubled()
{
    // 23 s of price every second: a payment for nearly every debit.
    FaultNetwork network([](byoc::OrchestratorOptions &options) { options.liveDebitInterval = 1s; });
    QTRY_VERIFY(network.isReady());
    FaultSession session(network, QStringLiteral("witness"), 50ms);
    QVERIFY(session.isReady());
    const auto begun = Steady::now();
    int cuts = 0;
    // Every look at the balance goes through: but where tickets go along, the connection breaks for every second payment, now before
    // its end and now after it.
    QTimer breaker;
    qsizetype known = network.takenTickets().size();
    connect(&breaker, &QTimer::timeout, this, [&] {
        const qsizetype now = network.takenTickets().size();
        if (now > known && ++cuts % 2 == 0)
            network.client.reset(); // the answer is on its way, or just there
        known = now;
    });
    breaker.start(1);
    QTRY_VERIFY_WITH_TIMEOUT(since(begun) > 3s || session.error, 10'000);
    {
        const Storm storm(network.client, 400ms);
        QTRY_VERIFY_WITH_TIMEOUT(since(begun) > 5.5s || session.error, 10'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(since(begun) > 6s || session.error, 10'000);
    breaker.stop();
    QVERIFY2(!session.error, session.error ? qPrintable(session.error->describe()) : "");
    QCOMPARE(session.session->state(), LiveSession::State::Ready); // and the job never ran short
    QVERIFY(session.close());

    const QList<byoc::TicketOutcome> taken = network.takenTickets();
    const QList<TicketRow> signedHere = session.data->tickets().latestSync(0, 10'000);
    std::set<TicketKey> takenKeys;
    for (const byoc::TicketOutcome &ticket : taken)
        QVERIFY2(takenKeys.emplace(ticket.recipientRandHash, ticket.nonce).second, "a ticket was taken twice");
    std::set<TicketKey> sentKeys;
    for (const TicketRow &row : signedHere) {
        const TicketKey ticket(QByteArray::fromHex(row.recipientRandHash.mid(2).toLatin1()), row.nonce);
        QVERIFY2(row.state != TicketRow::State::Prepared, "a ticket is neither sent nor given up");
        if (row.state == TicketRow::State::Sent)
            QVERIFY2(sentKeys.insert(ticket).second, "a nonce was used twice");
        else
            QVERIFY2(!takenKeys.contains(ticket), "a ticket that was given up was taken");
    }
    for (const TicketKey &ticket : takenKeys)
        QVERIFY2(sentKeys.contains(ticket), "a ticket was taken that was not sent");
    qInfo("%d tickets signed, %d sent, %d taken, %d resets", int(signedHere.size()), int(sentKeys.size()), int(takenKeys.size()), network.client.counts().resets);
    QVERIFY(takenKeys.size() > 6);
    // What was sent and did not arrive went down with its connection; it is on record as sent, since it might still be redeemed.
    QCOMPARE(session.session->payment().paidWei, QString::number(8'000'000'000LL * qint64(sentKeys.size())));
}

QTEST_GUILESS_MAIN(TestLiveFaultsMoney)
#include "tst_integration_live_faults_money.moc"
