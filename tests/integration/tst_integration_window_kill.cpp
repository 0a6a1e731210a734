#include "sandbox_process_p.h"

#include <QtCore/QSet>
#include <QtTest/QtTest>

using namespace sluice;

/// The window, a real process, ends by SIGKILL in the middle of a paid stream: what it had promised is still known
/// afterwards, and the next run works.
class TestWindowKill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedWindowLeavesEverythingInOrder();

private:
    void round(int number);
    void startWindow(QProcess &window, const QString &question, int wordsPerSecond) const;
    [[nodiscard]] Json list(const QString &command) const;
    [[nodiscard]] QString newestState() const;

    Workplace m_place;
};

namespace {

const QString kChat = QStringLiteral("docs-chat");

qint64 wei(const Json &number)
{
    return number.toString().section(QLatin1Char('.'), 0, 0).toLongLong();
}

} // namespace

void TestWindowKill::startWindow(QProcess &window, const QString &question, int wordsPerSecond) const
{
    const Json message{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), question}};
    const Json input{{QStringLiteral("messages"), Json::array({message})}, {QStringLiteral("words_per_second"), wordsPerSecond}};
    QProcessEnvironment environment = m_place.environment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    window.setProcessEnvironment(environment);
    window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    window.start(QStringLiteral(SLUICE_BIN_DIR "/sluice"),
        {QStringLiteral("--run"), kChat, QStringLiteral("--input"), QString::fromUtf8(input.dump())});
    QVERIFY(window.waitForStarted());
}

Json TestWindowKill::list(const QString &command) const
{
    return m_place.run({command, QStringLiteral("--json")}).json();
}

QString TestWindowKill::newestState() const
{
    const Json runs = list(QStringLiteral("history"));
    return runs.size() == 0 ? QString() : runs.at(0).value(QStringLiteral("state")).toString();
}

void TestWindowKill::round(int number)
{
    const qsizetype runsBefore = list(QStringLiteral("history")).size();
    QProcess window;
    // Slow enough that the stream is still on its way when the window is gone.
    startWindow(window, QStringLiteral("How does a payment ticket work? (%1)").arg(number), 5);
    const auto streaming = [&] {
        const Json newest = list(QStringLiteral("history")).at(0);
        return list(QStringLiteral("history")).size() == runsBefore + 1
            && newest.value(QStringLiteral("state")).toString() == QStringLiteral("running");
    };
    QTRY_VERIFY_WITH_TIMEOUT(streaming(), 30'000);
    if (number == 0) // the first one has to pay before it begins
        QTRY_VERIFY_WITH_TIMEOUT(list(QStringLiteral("tickets")).size() > 0, 30'000);
    window.kill();
    QVERIFY(window.waitForFinished());
    QCOMPARE(window.exitStatus(), QProcess::CrashExit);

    // What had been promised is in the log, once each.
    const Json tickets = list(QStringLiteral("tickets"));
    QSet<QString> seen;
    for (const Json &ticket : tickets.items()) {
        const QString hash = ticket.value(QStringLiteral("ticket_hash")).toString();
        QVERIFY2(!seen.contains(hash), qPrintable(hash));
        seen.insert(hash);
    }
    QCOMPARE(newestState(), QStringLiteral("interrupted"));
    const Json interrupted = list(QStringLiteral("history")).at(0);

    // The next window shows the same purse and answers at once.
    QProcess next;
    startWindow(next, QStringLiteral("What is a capability? (%1)").arg(number), 0);
    QTRY_COMPARE_WITH_TIMEOUT(newestState(), QStringLiteral("succeeded"), 30'000);
    const Json runs = list(QStringLiteral("history"));
    QCOMPARE(runs.size(), runsBefore + 2);
    QCOMPARE(runs.at(1).value(QStringLiteral("id")), interrupted.value(QStringLiteral("id")));
    QCOMPARE(runs.at(1).value(QStringLiteral("state")).toString(), QStringLiteral("interrupted"));
    const Json balances = m_place.run({QStringLiteral("balance"), kChat, QStringLiteral("--json")}).json();
    const qint64 left = wei(balances.find(QStringLiteral("/balances/0/wei")).value_or(Json()));
    qint64 paid = 0;
    for (const Json &run : runs.items())
        paid += run.value(QStringLiteral("paid_wei")).toString().toLongLong();
    QVERIFY2(paid > 0 && left > 0 && left <= paid, qPrintable(QStringLiteral("%1 of %2 wei left").arg(left).arg(paid)));
    next.kill();
    QVERIFY(next.waitForFinished());
}

void TestWindowKill::killedWindowLeavesEverythingInOrder()
{
    for (int number = 0; number < 3; ++number) {
        round(number);
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_GUILESS_MAIN(TestWindowKill)
#include "tst_integration_window_kill.moc"
