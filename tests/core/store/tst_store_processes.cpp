#include "sluice/store/nonce_table.h"
#include "sluice/store/run_history.h"
#include "sluice/store/spend_table.h"
#include "sluice/store/ticket_log.h"
#include "sluice/store/user_store.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <cstdio>

using namespace sluice;

namespace {

const QString kHash(64, QLatin1Char('7'));
const QDate kDay(2026, 3, 1);

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

/// What this program does when it is started as another process of the same file.
int child(const QStringList &arguments)
{
    const QString role = arguments.at(2);
    try {
        const auto db = orThrow(openUserStore(arguments.at(3)));
        if (role == QLatin1String("counter")) {
            const int rounds = arguments.at(4).toInt();
            for (int i = 0; i < rounds; ++i) {
                say(QString::number(NonceTable(db).takeSync(kHash, 3)));
                SpendTable(db).addSync(QStringLiteral("s"), kDay, QStringLiteral("10"));
            }
            return 0;
        }
        if (role == QLatin1String("writer")) {
            // Until it is killed: runs that begin, stream and end, with tickets and nonces.
            RunHistory history(db);
            for (int i = 0;; ++i) {
                RunRecord run;
                run.capability = QStringLiteral("docs-chat");
                const QString id = history.beginSync(run);
                say(QStringLiteral("begun ") + id);
                say(QStringLiteral("nonce %1").arg(NonceTable(db).takeSync(kHash, 1)));
                TicketRow ticket;
                ticket.runId = id;
                ticket.ticketHash = id;
                ticket.expectedValue = QStringLiteral("1");
                TicketLog(db).addSync({ticket});
                for (int piece = 0; piece < 20; ++piece)
                    history.appendPartialSync(id, QByteArray(500, char('a' + piece)), 1);
                say(QStringLiteral("streamed ") + id);
                if (i % 3 == 0)
                    history.finishSync(id, {});
            }
        }
        say(QStringLiteral("opened"));
        return role == QLatin1String("open") ? 0 : 2;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
}

} // namespace

class TestStoreProcesses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void payments_07_twoProcessesNeverShareANonce();
    void manyProcessesMayCreateTheFileAtOnce();
    void aKilledWriterLosesNothingItWasToldIsSafe();

private:
    std::unique_ptr<QProcess> start(const QStringList &arguments);
    QString m_path;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestStoreProcesses::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(QStringLiteral("sluice.sqlite"));
}

std::unique_ptr<QProcess> TestStoreProcesses::start(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), QStringList{QStringLiteral("--child")} + arguments);
    return process;
}

void TestStoreProcesses::payments_07_twoProcessesNeverShareANonce()
{
    constexpr int kRounds = 150;
    const auto db = orThrow(openUserStore(m_path));
    std::vector<std::unique_ptr<QProcess>> others;
    for (int i = 0; i < 2; ++i)
        others.push_back(start({QStringLiteral("counter"), m_path, QString::number(kRounds)}));
    QList<quint32> taken;
    for (int i = 0; i < kRounds; ++i) {
        taken << NonceTable(db).takeSync(kHash, 3);
        SpendTable(db).addSync(QStringLiteral("s"), kDay, QStringLiteral("10"));
    }
    for (const auto &other : others) {
        QVERIFY(other->waitForFinished());
        QCOMPARE(other->exitCode(), 0);
        for (const QByteArray &line : other->readAllStandardOutput().trimmed().split('\n'))
            taken << line.toUInt();
    }
    std::sort(taken.begin(), taken.end());
    QCOMPARE(taken.size(), 3 * kRounds);
    for (qsizetype i = 0; i < taken.size(); ++i)
        QCOMPARE(taken.at(i), quint32(1 + 3 * i));
    QCOMPARE(SpendTable(db).totalSync(QStringLiteral("s"), kDay), QString::number(3 * kRounds * 10));
}

void TestStoreProcesses::manyProcessesMayCreateTheFileAtOnce()
{
    std::vector<std::unique_ptr<QProcess>> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(start({QStringLiteral("open"), m_path}));
    for (const auto &process : all) {
        QVERIFY(process->waitForFinished());
        QCOMPARE(process->exitCode(), 0);
    }
    orThrow(openUserStore(m_path))->checkIntegritySync();
}

void TestStoreProcesses::aKilledWriterLosesNothingItWasToldIsSafe()
{
    QStringList begun;
    quint32 lastNonce = 0;
    for (int round = 0; round < 5; ++round) {
        const auto writer = start({QStringLiteral("writer"), m_path});
        QByteArray said;
        // Killed at a different point of its work each time.
        QTRY_VERIFY_WITH_TIMEOUT((writer->waitForReadyRead(50), said += writer->readAllStandardOutput(), said.count('\n') > 20 + 7 * round), 20000);
        writer->kill();
        QVERIFY(writer->waitForFinished());
        QCOMPARE(writer->exitStatus(), QProcess::CrashExit);
        said += writer->readAllStandardOutput();
        QStringList streamed;
        // The last line may be cut; what it says was not promised.
        for (const QByteArray &line : said.left(said.lastIndexOf('\n')).split('\n')) {
            const QString text = QString::fromLatin1(line);
            if (text.startsWith(QStringLiteral("begun ")))
                begun << text.mid(6);
            else if (text.startsWith(QStringLiteral("nonce ")))
                lastNonce = text.mid(6).toUInt();
            else if (text.startsWith(QStringLiteral("streamed ")))
                streamed << text.mid(9);
        }
        const auto db = orThrow(openUserStore(m_path));
        db->checkIntegritySync();
        RunHistory history(db);
        const int marked = history.markInterruptedSync();
        QVERIFY(marked > 0);
        for (const QString &id : std::as_const(begun)) {
            const auto run = history.byIdSync(id);
            QVERIFY2(run, qPrintable(id));
            QVERIFY(run->state == RunRecord::State::Interrupted || run->state == RunRecord::State::Succeeded);
            QCOMPARE(run->resultBytes.size(), run->resultSize);
        }
        for (const QString &id : std::as_const(streamed)) {
            QCOMPARE(history.byIdSync(id)->resultSize, 20 * 500);
            QCOMPARE(TicketLog(db).byRunSync(id).size(), 1);
        }
        QVERIFY(NonceTable(db).takeSync(kHash, 1) > lastNonce);
    }
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == QLatin1String("--child"))
        return child(app.arguments());
    TestStoreProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_store_processes.moc"
