#include "await.h"

#include "sluice/base/json.h"
#include "sluice/store/run_history.h"
#include "sluice/store/ticket_log.h"
#include "sluice/store/user_store.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;
using State = RunRecord::State;

namespace {

RunRecord record(const QString &capability, const QString &title = {}, int second = 0)
{
    RunRecord run;
    run.startedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + second * 1000LL, Qt::UTC);
    run.profile = QStringLiteral("sandbox");
    run.capability = capability;
    run.verb = QStringLiteral("run");
    run.orchestrator = QStringLiteral("https://127.0.0.1:1");
    run.title = title;
    run.call = QStringLiteral(R"({"b":1.0,"a":2})");
    return run;
}

} // namespace

class TestStoreHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aRunIsThereBeforeAnythingWasSent();
    void aFinishedRunComesBackWhole();
    void outcomeKeepsWhatItDoesNotSay();
    void streamedPiecesAreJoinedInOrder();
    void longResultsAreCutAndSaySo();
    void pagesAreNewestFirst();
    void filterMatchesEveryWordWhateverItsCase_data();
    void filterMatchesEveryWordWhateverItsCase();
    void notesAndPinsAreKeptAndFound();
    void removingCanBeUndone();
    void clearingSparesPinnedAndRunning();
    void purgingIsForGood();
    void livingRunsAreNotInterrupted();
    void anInterruptedRunKnowsWhatItPaid();
    void unknownRunsAreAnError();
    void exportIsJsonLinesOldestFirst();
    void changesReachObserversOnTheirThread();
    void pagingTenThousandRuns();
    void secretsOfOldRunsAreTakenOut();

private:
    QString addFinished(const RunRecord &run, const QByteArray &result = "ok");
    QStringList titles(const QString &filter);
    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<Database> m_db;
    std::unique_ptr<RunHistory> m_history;
};

void TestStoreHistory::init()
{
    m_history.reset();
    m_db.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_db = orThrow(openUserStore(m_dir->filePath(QStringLiteral("sluice.sqlite"))));
    m_history = std::make_unique<RunHistory>(m_db);
}

QString TestStoreHistory::addFinished(const RunRecord &run, const QByteArray &result)
{
    const QString id = m_history->beginSync(run);
    RunOutcome outcome;
    outcome.resultBytes = result;
    outcome.resultContentType = QStringLiteral("text/plain");
    m_history->finishSync(id, outcome);
    return id;
}

QStringList TestStoreHistory::titles(const QString &filter)
{
    QStringList found;
    for (const RunRecord &run : m_history->pageSync(filter, 0, 100).rows)
        found << run.title;
    return found;
}

void TestStoreHistory::aRunIsThereBeforeAnythingWasSent()
{
    RunRecord run = record(QStringLiteral("text-analysis"), QStringLiteral("Hello"));
    run.balanceBefore = QStringLiteral("123");
    const QString id = await(m_history->begin(run));
    const auto other = orThrow(openUserStore(m_db->path()));
    const auto seen = RunHistory(other).byIdSync(id);
    QVERIFY(seen);
    QCOMPARE(seen->state, State::Running);
    QCOMPARE(seen->startedAt, run.startedAt);
    QVERIFY(!seen->finishedAt.isValid());
    QCOMPARE(seen->call, run.call);
    QCOMPARE(seen->balanceBefore.value_or(QString()), QStringLiteral("123"));
    QVERIFY(!seen->balanceAfter);
    QCOMPARE(seen->paidWei, QStringLiteral("0"));
}

void TestStoreHistory::aFinishedRunComesBackWhole()
{
    const QString id = m_history->beginSync(record(QStringLiteral("image-filter")));
    RunOutcome outcome;
    outcome.state = State::Failed;
    outcome.finishedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'005'007, Qt::UTC);
    outcome.httpStatus = 500;
    outcome.orchestrator = QStringLiteral("https://o:2");
    outcome.resultContentType = QStringLiteral("image/png");
    outcome.resultBytes = QByteArray("\x89PNG\0\xff", 6);
    outcome.errorJson = QStringLiteral(R"({"kind":"http"})");
    outcome.traceJson = QStringLiteral("[]");
    outcome.events = 7;
    outcome.ticketCount = 2;
    outcome.paidWei = QStringLiteral("99");
    outcome.balanceBefore = QStringLiteral("5");
    outcome.balanceAfter = QStringLiteral("4");
    await(m_history->finish(id, outcome));
    const RunRecord run = await(m_history->byId(id)).value();
    QCOMPARE(run.state, outcome.state);
    QCOMPARE(run.finishedAt, outcome.finishedAt);
    QCOMPARE(run.httpStatus, 500);
    QCOMPARE(run.orchestrator, *outcome.orchestrator);
    QCOMPARE(run.resultContentType, outcome.resultContentType);
    QCOMPARE(run.resultBytes, *outcome.resultBytes);
    QCOMPARE(run.resultSize, 6);
    QVERIFY(!run.resultTruncated);
    QCOMPARE(run.errorJson, outcome.errorJson);
    QCOMPARE(run.traceJson, outcome.traceJson);
    QCOMPARE(run.events, 7);
    QCOMPARE(run.ticketCount, 2);
    QCOMPARE(run.paidWei, QStringLiteral("99"));
    QCOMPARE(run.balanceBefore.value_or(QString()), QStringLiteral("5"));
    QCOMPARE(run.balanceAfter.value_or(QString()), QStringLiteral("4"));
    // Lists carry the light part only.
    const RunRecord listed = m_history->pageSync({}, 0, 1).rows.value(0);
    QCOMPARE(listed.id, id);
    QCOMPARE(listed.resultSize, 6);
    QVERIFY(listed.resultBytes.isEmpty());
    QVERIFY(listed.call.isEmpty());
}

void TestStoreHistory::outcomeKeepsWhatItDoesNotSay()
{
    const QString id = m_history->beginSync(record(QStringLiteral("c")));
    m_history->appendPartialSync(id, "partial", 3);
    RunOutcome canceled;
    canceled.state = State::Canceled;
    m_history->finishSync(id, canceled);
    const RunRecord run = m_history->byIdSync(id).value();
    QCOMPARE(run.state, State::Canceled);
    QCOMPARE(run.resultBytes, QByteArray("partial"));
    QCOMPARE(run.events, 3);
    QCOMPARE(run.orchestrator, QStringLiteral("https://127.0.0.1:1"));
    QVERIFY(run.finishedAt.isValid());
}

void TestStoreHistory::streamedPiecesAreJoinedInOrder()
{
    const QString id = m_history->beginSync(record(QStringLiteral("c")));
    QByteArray whole;
    for (int i = 0; i < 40; ++i) {
        const QByteArray piece = QByteArray::number(i) + ' ';
        whole += piece;
        m_history->appendPartialSync(id, piece, 1);
        QCOMPARE(m_history->byIdSync(id).value().resultBytes, whole);
    }
    m_history->finishSync(id, {});
    const RunRecord run = m_history->byIdSync(id).value();
    QCOMPARE(run.resultBytes, whole);
    QCOMPARE(run.resultSize, whole.size());
    QCOMPARE(run.events, 40);
    QCOMPARE(m_db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("SELECT count(*) FROM run_results")); }), qint64(1));
}

void TestStoreHistory::longResultsAreCutAndSaySo()
{
    const QString streamed = m_history->beginSync(record(QStringLiteral("c")));
    const QByteArray piece(1024 * 1024 + 1, 'x');
    for (int i = 0; i < 5; ++i)
        m_history->appendPartialSync(streamed, piece);
    const QString whole = addFinished(record(QStringLiteral("d")), piece.repeated(5));
    for (const QString &id : {streamed, whole}) {
        const RunRecord run = m_history->byIdSync(id).value();
        QCOMPARE(run.resultSize, 5 * piece.size());
        QCOMPARE(run.resultBytes.size(), RunHistory::maxResultBytes);
        QVERIFY(run.resultTruncated);
    }
}

void TestStoreHistory::pagesAreNewestFirst()
{
    for (int i = 0; i < 25; ++i)
        addFinished(record(QStringLiteral("c"), QString::number(i), i));
    addFinished(record(QStringLiteral("c"), QStringLiteral("same time, later"), 24));
    const RunHistory::Page first = await(m_history->page({}, 0, 10));
    QCOMPARE(first.total, 26);
    QCOMPARE(first.rows.size(), 10);
    QCOMPARE(first.rows.at(0).title, QStringLiteral("same time, later"));
    QCOMPARE(first.rows.at(1).title, QStringLiteral("24"));
    const RunHistory::Page last = m_history->pageSync({}, 20, 10);
    QCOMPARE(last.rows.size(), 6);
    QCOMPARE(last.rows.last().title, QStringLiteral("0"));
    QVERIFY(m_history->pageSync({}, 100, 10).rows.isEmpty());
    QVERIFY(m_history->pageSync({}, 0, -5).rows.isEmpty());
}

void TestStoreHistory::filterMatchesEveryWordWhateverItsCase_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("found");
    QTest::newRow("all") << QString() << QStringLiteral("Straße Ärger 100%");
    QTest::newRow("blanks") << QStringLiteral("  ") << QStringLiteral("Straße Ärger 100%");
    QTest::newRow("folded") << QString::fromUtf8("STRAßE") << QString::fromUtf8("Straße");
    QTest::newRow("umlaut") << QString::fromUtf8("äRGER") << QString::fromUtf8("Ärger");
    QTest::newRow("percent is a letter") << QStringLiteral("0%") << QStringLiteral("100%");
    QTest::newRow("quote is a letter") << QStringLiteral("'") << QString();
    QTest::newRow("two words") << QString::fromUtf8("chat ärger") << QString::fromUtf8("Ärger");
    QTest::newRow("words of two runs") << QString::fromUtf8("straße ärger") << QString();
    QTest::newRow("capability") << QStringLiteral("DOCS") << QString::fromUtf8("Ärger");
    QTest::newRow("state") << QStringLiteral("failed") << QStringLiteral("100%");
    QTest::newRow("state and word") << QStringLiteral("succeeded docs") << QString::fromUtf8("Ärger");
}

void TestStoreHistory::filterMatchesEveryWordWhateverItsCase()
{
    QFETCH(QString, filter);
    QFETCH(QString, found);
    const QString failed = m_history->beginSync(record(QStringLiteral("text-analysis"), QStringLiteral("100%"), 1));
    RunOutcome outcome;
    outcome.state = State::Failed;
    m_history->finishSync(failed, outcome);
    addFinished(record(QStringLiteral("docs-chat"), QString::fromUtf8("Ärger"), 2));
    addFinished(record(QStringLiteral("image-filter"), QString::fromUtf8("Straße"), 3));
    QCOMPARE(titles(filter).join(QLatin1Char(' ')), found);
    QCOMPARE(m_history->pageSync(filter, 0, 1).total, found.isEmpty() ? 0 : found.count(QLatin1Char(' ')) + 1);
}

void TestStoreHistory::notesAndPinsAreKeptAndFound()
{
    const QString id = addFinished(record(QStringLiteral("c"), QStringLiteral("t")));
    QVERIFY(titles(QStringLiteral("precious")).isEmpty());
    await(m_history->setNote(id, QStringLiteral("A Precious one")));
    await(m_history->setPinned(id, true));
    QCOMPARE(titles(QStringLiteral("precious")).size(), 1);
    const RunRecord run = m_history->byIdSync(id).value();
    QVERIFY(run.pinned);
    QCOMPARE(run.note, QStringLiteral("A Precious one"));
}

void TestStoreHistory::removingCanBeUndone()
{
    const QString a = addFinished(record(QStringLiteral("c"), QStringLiteral("a"), 1));
    const QString b = addFinished(record(QStringLiteral("c"), QStringLiteral("b"), 2));
    const auto first = await(m_history->remove({a}));
    const auto second = await(m_history->remove({b, a, QStringLiteral("unknown")}));
    QCOMPARE(first.count, 1);
    QCOMPARE(second.count, 1);
    QVERIFY(titles({}).isEmpty());
    QVERIFY(!m_history->byIdSync(a));
    QCOMPARE(await(m_history->restore(second)), 1);
    QCOMPARE(titles({}), QStringList{QStringLiteral("b")});
    QCOMPARE(await(m_history->restore(first)), 1);
    QCOMPARE(await(m_history->restore(first)), 0);
    QCOMPARE(titles({}).size(), 2);
    QCOMPARE(m_history->byIdSync(a).value().resultBytes, QByteArray("ok"));
}

void TestStoreHistory::clearingSparesPinnedAndRunning()
{
    addFinished(record(QStringLiteral("c"), QStringLiteral("gone"), 1));
    await(m_history->setPinned(addFinished(record(QStringLiteral("c"), QStringLiteral("pinned"), 2)), true));
    m_history->beginSync(record(QStringLiteral("c"), QStringLiteral("running"), 3));
    const auto removal = await(m_history->clear());
    QCOMPARE(removal.count, 1);
    QCOMPARE(titles({}).join(QLatin1Char(' ')), QStringLiteral("running pinned"));
    await(m_history->restore(removal));
    QCOMPARE(titles({}).size(), 3);
}

void TestStoreHistory::purgingIsForGood()
{
    const QString id = addFinished(record(QStringLiteral("c"), QStringLiteral("x")));
    addFinished(record(QStringLiteral("c"), QStringLiteral("kept")));
    const auto removal = await(m_history->remove({id}));
    QCOMPARE(await(m_history->purge(QDateTime::currentDateTimeUtc().addSecs(-60))), 0);
    QCOMPARE(await(m_history->purge(QDateTime::currentDateTimeUtc().addSecs(60))), 1);
    QCOMPARE(await(m_history->restore(removal)), 0);
    QCOMPARE(titles({}), QStringList{QStringLiteral("kept")});
    // Its details and its result went with it.
    QCOMPARE(m_db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("SELECT count(*) FROM run_results")); }), qint64(1));
    QCOMPARE(m_db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("SELECT count(*) FROM run_details")); }), qint64(1));
}

void TestStoreHistory::livingRunsAreNotInterrupted()
{
    const QString id = m_history->beginSync(record(QStringLiteral("c")));
    const auto other = orThrow(openUserStore(m_db->path()));
    QCOMPARE(RunHistory(other).markInterruptedSync(), 0);
    QCOMPARE(m_history->byIdSync(id).value().state, State::Running);
    // The same process number at another time is another process.
    m_db->runSync([](Sql &sql) { sql.exec(QStringLiteral("UPDATE runs SET owner_started = 'boot:1'")); });
    QCOMPARE(await(m_history->markInterrupted()), 1);
    QCOMPARE(m_history->byIdSync(id).value().state, State::Interrupted);
    QCOMPARE(m_history->markInterruptedSync(), 0);
}

void TestStoreHistory::anInterruptedRunKnowsWhatItPaid()
{
    const QString id = m_history->beginSync(record(QStringLiteral("c")));
    TicketLog tickets(m_db);
    QList<TicketRow> rows(3);
    for (int i = 0; i < rows.size(); ++i) {
        rows[i].runId = id;
        rows[i].ticketHash = QString::number(i);
        rows[i].expectedValue = QStringLiteral("25/2");
    }
    const QList<qint64> ids = await(tickets.add(rows));
    await(tickets.markSent({ids[0]}));
    await(tickets.markUnsent({ids[2]}));
    m_db->runSync([](Sql &sql) { sql.exec(QStringLiteral("UPDATE runs SET owner_started = 'boot:1'")); });
    QCOMPARE(m_history->markInterruptedSync(), 1);
    // One was sent, one was on its way; the third was given up before.
    const RunRecord run = m_history->byIdSync(id).value();
    QCOMPARE(run.ticketCount, 2);
    QCOMPARE(run.paidWei, QStringLiteral("25"));
}

void TestStoreHistory::unknownRunsAreAnError()
{
    const QString none = QStringLiteral("none");
    QVERIFY_THROWS_EXCEPTION(Error, m_history->appendPartialSync(none, "x"));
    QVERIFY_THROWS_EXCEPTION(Error, m_history->finishSync(none, {}));
    QVERIFY_THROWS_EXCEPTION(Error, await(m_history->setNote(none, none)));
    QVERIFY(!m_history->byIdSync(none));
    const QString id = m_history->beginSync(record(none));
    RunRecord again = record(none);
    again.id = id;
    QVERIFY_THROWS_EXCEPTION(Error, m_history->beginSync(again));
}

void TestStoreHistory::exportIsJsonLinesOldestFirst()
{
    for (int i = 0; i < 120; ++i)
        addFinished(record(QStringLiteral("c"), QString::number(i), i), i == 1 ? QByteArray("\xff\n\x00", 3) : QByteArray("two\nlines"));
    addFinished(record(QStringLiteral("other")));
    QByteArray lines;
    QString cursor;
    int pieces = 0;
    for (bool done = false; !done; ++pieces) {
        const auto piece = await(m_history->exportJsonLines(QStringLiteral("c"), cursor));
        lines += piece.lines;
        cursor = piece.cursor;
        done = piece.done;
    }
    QVERIFY(pieces > 1);
    QVERIFY(lines.endsWith('\n'));
    const QList<QByteArray> rows = lines.chopped(1).split('\n');
    // The run of "other" holds no "c" and is left out.
    QCOMPARE(rows.size(), 120);
    const Json first = orThrow(Json::parse(rows.at(0)));
    QCOMPARE(first.value(QStringLiteral("title")).toString(), QStringLiteral("0"));
    QCOMPARE(first.value(QStringLiteral("result")).toString(), QStringLiteral("two\nlines"));
    QCOMPARE(first.value(QStringLiteral("call")).dump(), QByteArray(R"({"b":1.0,"a":2})"));
    QCOMPARE(first.value(QStringLiteral("state")).toString(), QStringLiteral("succeeded"));
    const Json binary = orThrow(Json::parse(rows.at(1)));
    QVERIFY(!binary.contains(QStringLiteral("result")));
    QCOMPARE(binary.value(QStringLiteral("result_base64")).toString(), QStringLiteral("/woA"));
}

void TestStoreHistory::changesReachObserversOnTheirThread()
{
    QStringList seen;
    Subscription subscription = m_history->onChanged(this, [&](const QString &id) {
        QCOMPARE(QThread::currentThread(), thread());
        seen << id;
    });
    const QString id = m_history->beginSync(record(QStringLiteral("c")));
    m_history->appendPartialSync(id, "x");
    QVERIFY(seen.isEmpty()); // only through the event loop
    QTRY_COMPARE(seen, (QStringList{id, id}));
    m_history->finishSync(id, {});
    subscription.reset();
    QCoreApplication::processEvents();
    QCOMPARE(seen.size(), 2); // not even what was on its way
    auto context = std::make_unique<QObject>();
    const Subscription other = m_history->onChanged(context.get(), [&](const QString &) { seen << QStringLiteral("late"); });
    context.reset();
    m_history->beginSync(record(QStringLiteral("c")));
    QCoreApplication::processEvents();
    QCOMPARE(seen.size(), 2);
}

void TestStoreHistory::pagingTenThousandRuns()
{
    constexpr int kRuns = 10'000;
    QElapsedTimer timer;
    timer.start();
    QList<QFuture<void>> pending;
    for (int i = 0; i < kRuns; ++i) {
        RunRecord run = record(QStringLiteral("capability-%1").arg(i % 7), QStringLiteral("prompt number %1, about the weather in the mountains").arg(i), i);
        run.call = QStringLiteral("{\"input\":\"%1\"}").arg(QString(2000, QLatin1Char('p')));
        const QString id = m_history->beginSync(run);
        RunOutcome outcome;
        outcome.resultBytes = QByteArray(4000, 'r');
        m_history->finishSync(id, outcome);
    }
    qInfo("%d runs begun and finished: %lld ms", kRuns, timer.elapsed());
    const auto measure = [&](const char *what, const QString &filter, qint64 offset, qint64 total, qint64 rows) {
        timer.restart();
        const RunHistory::Page page = m_history->pageSync(filter, offset, 50);
        qInfo("%s: %.2f ms", what, double(timer.nsecsElapsed()) / 1e6);
        QCOMPARE(page.total, total);
        QCOMPARE(page.rows.size(), rows);
    };
    measure("first page", {}, 0, kRuns, 50);
    measure("first page again", {}, 0, kRuns, 50);
    measure("last page", {}, kRuns - 50, kRuns, 50);
    measure("rare filter", QStringLiteral("number 9876,"), 0, 1, 1);
    measure("common filter", QStringLiteral("mountains"), 5000, kRuns, 50);
    measure("filter without a hit", QStringLiteral("nowhere"), 0, 0, 0);
}

void TestStoreHistory::secretsOfOldRunsAreTakenOut()
{
    const QString path = m_dir->filePath(QStringLiteral("old.sqlite"));
    const QByteArray secret = "PLANTED-old-secret-42";
    const QString call = QStringLiteral(R"({"capability":"c","input":{"api_key":"%1","text":"with %1 in it","max_tokens":7},"parameters":{"token":"%1"}})")
                             .arg(QString::fromLatin1(secret));
    {
        // As the program wrote it before it looked through inputs.
        QList<Schema> old = userSchemas();
        for (Schema &schema : old) {
            if (schema.name == QStringLiteral("runs"))
                schema.migrations.resize(1);
        }
        const auto database = orThrow(Database::open(path, old));
        database->runSync([&](Sql &sql) {
            const auto add = [&](int seq, const QString &title, const QString &stored, const QByteArray &result) {
                sql.exec(QStringLiteral("INSERT INTO runs(seq, id, started_at, state, profile, capability, verb, orchestrator, title, result_size, result_stored, "
                                        "owner_pid, owner_started, search) VALUES(?, ?, 1, 1, 'p', 'c', 'run', 'o', ?, ?, ?, 1, '1', ?)"),
                    {seq, QStringLiteral("run%1").arg(seq), title, qint64(result.size()), qint64(result.size()), title.toUtf8()});
                sql.exec(QStringLiteral("INSERT INTO run_details(run, call, error) VALUES(?, ?, ?)"),
                    {seq, stored, QStringLiteral(R"({"message":"bad key %1"})").arg(title)});
                sql.exec(QStringLiteral("INSERT INTO run_results(run, bytes) VALUES(?, ?)"), {seq, result});
            };
            add(1, QString::fromLatin1(secret), call, "{\"echo\":\"" + secret + "\",\"b64\":\"" + ("x" + secret + "yz").toBase64() + "\"}");
            add(2, QStringLiteral("plain"), QStringLiteral(R"({"capability":"c","input":{"text":"plain","n":1.50}})"), "plain answer");
            add(3, QStringLiteral("odd"), QStringLiteral("no JSON"), "");
        });
    }
    const auto database = orThrow(openUserStore(path));
    RunHistory history(database);
    const RunRecord run = *history.byIdSync(QStringLiteral("run1"));
    QVERIFY(!run.call.contains(QString::fromLatin1(secret)));
    const Json kept = orThrow(Json::parse(run.call.toUtf8()));
    QVERIFY(kept.value(QStringLiteral("input")).value(QStringLiteral("api_key")).isNull());
    QCOMPARE(kept.value(QStringLiteral("input")).value(QStringLiteral("max_tokens")).toInt64(), 7);
    QCOMPARE(kept.find(QStringLiteral("/masked/by_name/0"))->toString(), QStringLiteral("/input/api_key"));
    QCOMPARE(kept.find(QStringLiteral("/masked/by_name/1"))->toString(), QStringLiteral("/parameters/token"));
    QVERIFY(run.title.isEmpty());
    QVERIFY(!run.errorJson.contains(QStringLiteral("PLANTED")) && !run.resultBytes.contains("PLANTED"));
    QVERIFY(run.resultBytes.contains("echo"));
    QCOMPARE(history.pageSync(QStringLiteral("planted"), 0, 10).total, 0);
    const RunRecord plain = *history.byIdSync(QStringLiteral("run2"));
    QCOMPARE(plain.call, QStringLiteral(R"({"capability":"c","input":{"text":"plain","n":1.50}})"));
    QCOMPARE(plain.title, QStringLiteral("plain"));
    QCOMPARE(plain.resultBytes, QByteArray("plain answer"));
    QCOMPARE(history.byIdSync(QStringLiteral("run3"))->call, QStringLiteral("no JSON"));
    // Not in what the file keeps of its past either.
    database->runSync([](Sql &sql) { sql.exec(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")); });
    for (const char *ending : {"", "-wal"}) {
        QFile file(path + QLatin1String(ending));
        if (file.open(QIODevice::ReadOnly))
            QVERIFY2(!file.readAll().contains(secret), ending);
    }
}

QTEST_GUILESS_MAIN(TestStoreHistory)
#include "tst_store_history.moc"
