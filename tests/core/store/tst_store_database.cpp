#include "await.h"

#include "sluice/store/database.h"
#include "sluice/store/external_change_watcher.h"
#include "sluice/store/user_store.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>
#include <future>

using namespace sluice;

namespace {

Schema notes(int version = 1)
{
    Schema schema{QStringLiteral("notes"), {{QStringLiteral("create notes"), {QStringLiteral("CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT)")}}}};
    if (version > 1)
        schema.migrations.append({QStringLiteral("add stars"), {QStringLiteral("ALTER TABLE notes ADD COLUMN stars INTEGER NOT NULL DEFAULT 3")}});
    return schema;
}

const QString kInsert = QStringLiteral("INSERT INTO notes(text) VALUES(?)");
const QString kCount = QStringLiteral("SELECT count(*) FROM notes");

} // namespace

class TestStoreDatabase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void newFilesArePrivateAndMarkedAsOurs();
    void dataSurvivesReopening();
    void memoryDatabasesAreSeparate();
    void migrationsKeepTheData();
    void aFailedMigrationChangesNothing();
    void severalComponentsShareAFile();
    void unusableFilesAreRefusedAndKept_data();
    void unusableFilesAreRefusedAndKept();
    void damageDeepInAFileIsFound();
    void jobsRunInOrderOnOneThreadThatIsNotTheCallers();
    void awaitingDoesNotBlockTheEventLoop();
    void errorsTravelToTheCaller();
    void aCallerWithoutAnEventLoopIsToldOnce();
    void aThrowingTransactionLeavesNothing();
    void nestedTransactionsJoin();
    void waitingForOneselfIsRefused();
    void jobsGivenBeforeTheEndAreDone();
    void theLastOwnerMayBeAJob();
    void theSameStatementMayRunInsideItself();
    void statementsKeepWhatIsBound();
    void commitsOfAnotherConnectionAreNoticed();
    void aWriterWaitsForAnotherConnection();
    void aWriterGivesUpAfterItsPatience();

private:
    [[nodiscard]] QString file(const char *name = "test.db") const { return m_dir->filePath(QLatin1String(name)); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestStoreDatabase::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestStoreDatabase::newFilesArePrivateAndMarkedAsOurs()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    db->runSync([](Sql &sql) { sql.exec(kInsert, {"x"}); });
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        const QFileInfo info(file() + suffix);
        QVERIFY2(info.exists(), qPrintable(info.filePath()));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        QVERIFY2(!(info.permissions() & others), qPrintable(info.filePath()));
    }
    QCOMPARE(db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("PRAGMA application_id")); }), qint64(0x536c7569));
    QCOMPARE(db->runSync([](Sql &sql) { return *sql.first(QStringLiteral("PRAGMA journal_mode"), {}, [](const Row &row) { return row.text(0); }); }),
             QStringLiteral("wal"));
    QCOMPARE(db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("PRAGMA synchronous")); }), qint64(1));
    QCOMPARE(db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("PRAGMA foreign_keys")); }), qint64(1));
}

void TestStoreDatabase::dataSurvivesReopening()
{
    orThrow(Database::open(file(), {notes()}))->runSync([](Sql &sql) { sql.exec(kInsert, {QString::fromUtf8("çé漢🙂'\"")}); });
    const auto text = orThrow(Database::open(file(), {notes()}))->runSync([](Sql &sql) {
        return sql.first(QStringLiteral("SELECT text FROM notes"), {}, [](const Row &row) { return row.text(0); });
    });
    QCOMPARE(text.value_or(QString()), QString::fromUtf8("çé漢🙂'\""));
}

void TestStoreDatabase::memoryDatabasesAreSeparate()
{
    const auto one = orThrow(openUserStore(QStringLiteral(":memory:")));
    const auto two = orThrow(Database::open(QStringLiteral(":memory:"), {notes()}));
    const auto three = orThrow(Database::open(QStringLiteral(":memory:"), {notes()}));
    two->runSync([](Sql &sql) { sql.exec(kInsert, {"x"}); });
    QCOMPARE(three->runSync([](Sql &sql) { return sql.integer(kCount); }), qint64(0));
}

void TestStoreDatabase::migrationsKeepTheData()
{
    orThrow(Database::open(file(), {notes(1)}))->runSync([](Sql &sql) { sql.exec(kInsert, {"old"}); });
    const auto db = orThrow(Database::open(file(), {notes(2)}));
    QCOMPARE(db->runSync([](Sql &sql) { return sql.integer(QStringLiteral("SELECT stars FROM notes WHERE text = 'old'")); }), qint64(3));
}

void TestStoreDatabase::aFailedMigrationChangesNothing()
{
    orThrow(Database::open(file(), {notes(1)}))->runSync([](Sql &sql) { sql.exec(kInsert, {"old"}); });
    Schema broken = notes(2);
    broken.migrations.append({QStringLiteral("add nonsense"), {QStringLiteral("ALTER TABLE nowhere ADD COLUMN x")}});
    const auto db = Database::open(file(), {broken});
    QVERIFY(!db);
    QCOMPARE(db.error().kind(), Error::Kind::Storage);
    QVERIFY2(db.error().message().contains(QStringLiteral("add nonsense")), qPrintable(db.error().message()));
    // Still version 1, so version 2 can be applied.
    QVERIFY(Database::open(file(), {notes(2)}));
}

void TestStoreDatabase::severalComponentsShareAFile()
{
    const Schema other{QStringLiteral("other"), {{QStringLiteral("create"), {QStringLiteral("CREATE TABLE other(x)")}}}};
    QVERIFY(Database::open(file(), {notes()}));
    QVERIFY(Database::open(file(), {notes(), other}));
    const auto refused = Database::open(file(), {notes()});
    QVERIFY(!refused);
    QVERIFY2(refused.error().message().contains(QStringLiteral("“other”")), qPrintable(refused.error().message()));
}

void TestStoreDatabase::unusableFilesAreRefusedAndKept_data()
{
    QTest::addColumn<QByteArray>("content"); // of the file, or SQL after "sql:"
    QTest::addColumn<QString>("says");
    QTest::newRow("no database at all") << QByteArray("this is a letter to my aunt, and not a database").repeated(40) << QStringLiteral("no database");
    QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16) + QByteArray(84, '\xff') << QString();
    QTest::newRow("another program's") << QByteArray("sql:CREATE TABLE bookmarks(x);") << QStringLiteral("another program");
    QTest::newRow("another program's id") << QByteArray("sql:PRAGMA application_id = 77;") << QStringLiteral("another program");
    QTest::newRow("newer layout") << QByteArray("sql:PRAGMA application_id = 1399616873;PRAGMA user_version = 9999;") << QStringLiteral("newer Sluice");
    QTest::newRow("newer component")
        << QByteArray("sql:PRAGMA application_id = 1399616873;PRAGMA user_version = 1;CREATE TABLE sluice_schema(component TEXT PRIMARY KEY, version INTEGER);"
                      "INSERT INTO sluice_schema VALUES('notes', 2);")
        << QStringLiteral("newer Sluice");
}

void TestStoreDatabase::unusableFilesAreRefusedAndKept()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    if (content.startsWith("sql:")) {
        QSqlDatabase raw = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("raw"));
        raw.setDatabaseName(file());
        QVERIFY(raw.open());
        for (const QByteArray &statement : content.mid(4).split(';')) {
            if (!statement.isEmpty()) {
                QSqlQuery query(raw);
                QVERIFY2(query.exec(QString::fromUtf8(statement)), statement.constData());
            }
        }
        raw.close();
        raw = {};
        QSqlDatabase::removeDatabase(QStringLiteral("raw"));
    } else {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    }
    const auto bytes = [this] {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    };
    const QByteArray before = bytes();
    const auto db = Database::open(file(), {notes()});
    QVERIFY(!db);
    QCOMPARE(db.error().kind(), Error::Kind::Storage);
    QVERIFY2(db.error().message().contains(says), qPrintable(db.error().message()));
    QVERIFY2(db.error().message().contains(file()), qPrintable(db.error().message()));
    QVERIFY2(db.error().advice().contains(QStringLiteral("left as it")), qPrintable(db.error().advice()));
    QCOMPARE(bytes(), before);
}

void TestStoreDatabase::damageDeepInAFileIsFound()
{
    {
        const auto db = orThrow(Database::open(file(), {notes()}));
        db->transactionSync([](Sql &sql) {
            for (int i = 0; i < 500; ++i)
                sql.exec(kInsert, {QString(200, QLatin1Char('x'))});
        });
        db->checkIntegritySync();
    }
    QFile raw(file());
    QVERIFY(raw.open(QIODevice::ReadWrite));
    QVERIFY(raw.size() > 40000);
    raw.seek(5 * 4096);
    raw.write(QByteArray(4096, '\xaa'));
    raw.close();
    const auto db = Database::open(file(), {notes()});
    QVERIFY(!db);
    QVERIFY2(db.error().message().contains(QStringLiteral("damaged")), qPrintable(db.error().message()));
    QVERIFY2(db.error().advice().contains(QStringLiteral(".recover")), qPrintable(db.error().advice()));
    QVERIFY(QFileInfo(file()).size() > 40000);
}

void TestStoreDatabase::jobsRunInOrderOnOneThreadThatIsNotTheCallers()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    QList<int> order;
    QList<Qt::HANDLE> threads;
    QList<QFuture<void>> futures;
    for (int i = 0; i < 100; ++i)
        futures << db->submit([&, i](Sql &) {
            order << i;
            threads << QThread::currentThreadId();
        });
    for (QFuture<void> &future : futures)
        future.waitForFinished();
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(order.at(i), i);
        QCOMPARE(threads.at(i), threads.first());
        QVERIFY(threads.at(i) != QThread::currentThreadId());
    }
}

void TestStoreDatabase::awaitingDoesNotBlockTheEventLoop()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    bool eventsRan = false;
    QMetaObject::invokeMethod(this, [&] { eventsRan = true; }, Qt::QueuedConnection);
    std::atomic_bool release = false;
    QMetaObject::invokeMethod(this, [&] { release = true; }, Qt::QueuedConnection);
    // The job ends only when the waiting thread has run its events.
    const int answer = await(db->run([&](Sql &) {
        while (!release)
            QThread::yieldCurrentThread();
        return 42;
    }));
    QCOMPARE(answer, 42);
    QVERIFY(eventsRan);
}

void TestStoreDatabase::errorsTravelToTheCaller()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    const auto wrong = [](Sql &sql) { return sql.integer(QStringLiteral("SELECT x FROM nowhere")); };
    QVERIFY_THROWS_EXCEPTION(Error, db->runSync(wrong));
    QVERIFY_THROWS_EXCEPTION(Error, db->submit(wrong).result());
    try {
        await(db->run(wrong));
        QFAIL("no error");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Storage);
        QVERIFY2(error.message().contains(QStringLiteral("no such table: nowhere")), qPrintable(error.message()));
    }
    try {
        db->runSync([](Sql &) { throw std::runtime_error("ouch"); });
        QFAIL("no error");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Internal);
    }
}

void TestStoreDatabase::aCallerWithoutAnEventLoopIsToldOnce()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    // By QFuture::then() some of so many were told twice, and crashed.
    constexpr int Jobs = 2000;
    std::atomic<int> told = 0;
    std::atomic<int> failed = 0;
    for (int i = 0; i < Jobs; ++i) {
        db->submit([i](Sql &sql) { sql.exec(i % 2 ? QStringLiteral("SELECT 1") : QStringLiteral("SELECT x FROM nowhere")); },
            [&](const std::optional<Error> &failure) {
                ++told;
                failed += failure && failure->kind() == Error::Kind::Storage ? 1 : 0;
            });
    }
    std::promise<bool> undone;
    db->submitTransaction(
        [](Sql &sql) {
            sql.exec(kInsert, {QStringLiteral("half")});
            throw std::runtime_error("ouch");
        },
        [&](const std::optional<Error> &failure) { undone.set_value(failure && failure->kind() == Error::Kind::Internal); });
    QVERIFY(undone.get_future().get());
    QCOMPARE(told.load(), Jobs);
    QCOMPARE(failed.load(), Jobs / 2);
    QCOMPARE(db->runSync([](Sql &sql) { return sql.integer(kCount); }), 0);
}

void TestStoreDatabase::aThrowingTransactionLeavesNothing()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    QVERIFY_THROWS_EXCEPTION(Error, db->transactionSync([](Sql &sql) {
        sql.exec(kInsert, {"x"});
        throw Error(Error::Kind::Canceled, QStringLiteral("no"));
    }));
    QCOMPARE(db->transactionSync([](Sql &sql) { return sql.integer(kCount); }), qint64(0));
}

void TestStoreDatabase::nestedTransactionsJoin()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    QVERIFY_THROWS_EXCEPTION(Error, db->transactionSync([](Sql &sql) {
        sql.transaction([&] { sql.exec(kInsert, {"inner"}); });
        throw Error(Error::Kind::Canceled, QStringLiteral("outer"));
    }));
    QCOMPARE(db->runSync([](Sql &sql) { return sql.integer(kCount); }), qint64(0));
}

void TestStoreDatabase::waitingForOneselfIsRefused()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    QVERIFY_THROWS_EXCEPTION(Error, db->runSync([raw = db.get()](Sql &) { raw->runSync([](Sql &) {}); }));
}

void TestStoreDatabase::jobsGivenBeforeTheEndAreDone()
{
    auto db = orThrow(Database::open(file(), {notes()}));
    for (int i = 0; i < 50; ++i)
        db->submit([](Sql &sql) { sql.exec(kInsert, {"x"}); });
    db.reset();
    QCOMPARE(orThrow(Database::open(file(), {notes()}))->runSync([](Sql &sql) { return sql.integer(kCount); }), qint64(50));
}

void TestStoreDatabase::theLastOwnerMayBeAJob()
{
    auto db = orThrow(Database::open(file(), {notes()}));
    const std::weak_ptr<Database> watch = db;
    std::atomic_bool go = false;
    db->submit([&go, owner = db](Sql &sql) {
        while (!go)
            QThread::yieldCurrentThread();
        sql.exec(kInsert, {"last"});
    });
    db.reset();
    go = true;
    QTRY_VERIFY(watch.expired());
    // It ended on its own thread; what it wrote is there.
    QTRY_COMPARE(orThrow(Database::open(file(), {notes()}))->runSync([](Sql &sql) { return sql.integer(kCount); }), qint64(1));
}

void TestStoreDatabase::theSameStatementMayRunInsideItself()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    const auto pairs = db->runSync([](Sql &sql) {
        for (const char *text : {"a", "b", "c"})
            sql.exec(kInsert, {text});
        const QString all = QStringLiteral("SELECT text FROM notes ORDER BY id");
        QStringList found;
        sql.each(all, {}, [&](const Row &outer) {
            const QString first = outer.text(0);
            sql.each(all, {}, [&](const Row &inner) { found << first + inner.text(0); });
        });
        return found;
    });
    QCOMPARE(pairs.join(QLatin1Char(' ')), QStringLiteral("aa ab ac ba bb bc ca cb cc"));
}

void TestStoreDatabase::statementsKeepWhatIsBound()
{
    const auto db = orThrow(Database::open(file(), {notes()}));
    db->runSync([](Sql &sql) {
        const QString types = QStringLiteral("SELECT typeof(?), typeof(?), typeof(?), typeof(?), typeof(?), ?");
        sql.each(types, {std::nullopt, std::numeric_limits<qint64>::max(), "t", QByteArray("b\0b", 3), QString(), std::numeric_limits<quint32>::max()},
                 [](const Row &row) {
                     QCOMPARE(row.text(0), QStringLiteral("null"));
                     QCOMPARE(row.text(1), QStringLiteral("integer"));
                     QCOMPARE(row.text(2), QStringLiteral("text"));
                     QCOMPARE(row.text(3), QStringLiteral("blob"));
                     QCOMPARE(row.text(4), QStringLiteral("text"));
                     QCOMPARE(row.integer(5), qint64(4294967295));
                 });
        // Prepared once, bound anew: nothing of the last values is left.
        sql.each(types, {1, std::nullopt, QByteArray(), 2, std::optional<QString>(), 3}, [](const Row &row) {
            QCOMPARE(row.text(0), QStringLiteral("integer"));
            QCOMPARE(row.text(1), QStringLiteral("null"));
            QCOMPARE(row.text(2), QStringLiteral("blob"));
            QCOMPARE(row.text(4), QStringLiteral("null"));
        });
    });
}

void TestStoreDatabase::commitsOfAnotherConnectionAreNoticed()
{
    const auto mine = orThrow(Database::open(file(), {notes()}));
    const auto other = orThrow(Database::open(file(), {notes()}));
    ExternalChangeWatcher watcher(mine);
    QSignalSpy changed(&watcher, &ExternalChangeWatcher::changed);
    watcher.start(std::chrono::milliseconds(5));
    mine->runSync([](Sql &) {}); // the first question is answered
    QCoreApplication::processEvents();
    mine->runSync([](Sql &sql) { sql.exec(kInsert, {"mine"}); });
    other->runSync([](Sql &sql) { sql.exec(kInsert, {"theirs"}); });
    QTRY_COMPARE(changed.count(), 1);
}

void TestStoreDatabase::aWriterWaitsForAnotherConnection()
{
    const auto slow = orThrow(Database::open(file(), {notes()}));
    const auto quick = orThrow(Database::open(file(), {notes()}));
    std::atomic_bool holding = false;
    std::atomic_bool release = false;
    auto first = slow->submitTransaction([&](Sql &sql) {
        sql.exec(kInsert, {"slow"});
        holding = true;
        while (!release)
            QThread::yieldCurrentThread();
    });
    QTRY_VERIFY(holding);
    auto second = quick->submitTransaction([](Sql &sql) { return sql.integer(kCount); });
    release = true;
    QCOMPARE(second.result(), qint64(1));
    first.waitForFinished();
}

void TestStoreDatabase::aWriterGivesUpAfterItsPatience()
{
    const auto slow = orThrow(Database::open(file(), {notes()}));
    const auto quick = orThrow(Database::open(file(), {notes()}, {.busyTimeoutMs = 30}));
    std::atomic_bool holding = false;
    std::atomic_bool release = false;
    auto first = slow->submitTransaction([&](Sql &) {
        holding = true;
        while (!release)
            QThread::yieldCurrentThread();
    });
    QTRY_VERIFY(holding);
    try {
        quick->transactionSync([](Sql &sql) { sql.exec(kInsert, {"x"}); });
        release = true;
        QFAIL("two writers at once");
    } catch (const Error &error) {
        release = true;
        QCOMPARE(error.kind(), Error::Kind::Storage);
        QVERIFY2(error.message().contains(QStringLiteral("another program holds")), qPrintable(error.message()));
        QVERIFY2(error.advice().contains(QStringLiteral("Another program")), qPrintable(error.advice()));
    }
    first.waitForFinished();
    quick->transactionSync([](Sql &sql) { sql.exec(kInsert, {"after"}); });
}

QTEST_GUILESS_MAIN(TestStoreDatabase)
#include "tst_store_database.moc"
