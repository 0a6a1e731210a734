// A thousand jobs from fifty connections, a third of which leave in the middle.
#include "worker_fixture.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::llmworker;

class TstLlmworkerMany : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_job_runs_once_and_is_told_to_its_own_alone();
};

namespace {

qint64 residentKilobytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * 4;
}

} // namespace

void TstLlmworkerMany::every_job_runs_once_and_is_told_to_its_own_alone()
{
    constexpr int Connections = 50;
    constexpr int JobsEach = 20;
    Worker worker;
    // The jobs echo their query, which names the connection and the job.
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < Connections; ++i)
        clients.push_back(std::make_unique<RawClient>(worker.url));
    const qint64 before = residentKilobytes();
    const QByteArray filler(2000, '.');
    QRandomGenerator chance(3);
    QList<bool> leaves;
    for (int i = 0; i < Connections; ++i)
        leaves.append(chance.bounded(3) == 0);
    QVERIFY(leaves.contains(true) && leaves.contains(false));
    for (int job = 0; job < JobsEach; ++job) {
        for (int i = 0; i < Connections; ++i) {
            RawClient &client = *clients[std::size_t(i)];
            if (client.isOpen())
                client.add(QStringLiteral("%1-%2").arg(i).arg(job), QStringLiteral("job %1-%2 ").arg(i).arg(job) + QString::fromLatin1(filler), Worker::streams(QStringLiteral("m")));
        }
        // Some go at some time, without a word, when their adds were answered.
        for (int i = 0; i < Connections; ++i) {
            RawClient &client = *clients[std::size_t(i)];
            if (leaves.at(i) && job == JobsEach - 1) {
                const auto answers = [&] {
                    int count = 0;
                    for (const Json &message : client.messages())
                        count += typeOf(message) == QLatin1String("resp_add") ? 1 : 0;
                    return count;
                };
                QVERIFY(client.waitFor([&] { return answers() == JobsEach; }, 30'000));
                client.disconnect();
            }
        }
    }
    for (int i = 0; i < Connections; ++i) {
        if (!leaves.at(i))
            QVERIFY2(clients[std::size_t(i)]->waitForEnds(JobsEach, 60'000), qPrintable(QString::number(i)));
    }
    // The last jobs may be those of clients who left.
    QTRY_COMPARE_WITH_TIMEOUT(worker.models.asked().size(), Connections * JobsEach, 60'000);
    QHash<QString, int> ran;
    for (const Json &body : worker.models.asked())
        ++ran[body.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content")).toString().section(QLatin1Char(' '), 1, 1)];
    QCOMPARE(ran.size(), Connections * JobsEach);
    for (int i = 0; i < Connections; ++i) {
        QHash<QString, QString> own; // job to key
        for (const Json &message : clients[std::size_t(i)]->messages()) {
            if (typeOf(message) == QLatin1String("resp_add"))
                own.insert(jobOf(message), message.value(QStringLiteral("id")).toString());
            QVERIFY(own.contains(jobOf(message)));
            const QString said = saidIn(message);
            if (!said.isEmpty())
                QCOMPARE(said.section(QLatin1Char(' '), 1, 1), own.value(jobOf(message)));
        }
    }
    // Clients, model server and worker together, with 2 MB of queries and answers each way.
    QVERIFY2(residentKilobytes() - before < 100 * 1024, qPrintable(QString::number(residentKilobytes() - before)));
}

QTEST_GUILESS_MAIN(TstLlmworkerMany)
#include "tst_llmworker_many.moc"
