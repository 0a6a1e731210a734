#include "await.h"

#include "sluice/store/nonce_table.h"
#include "sluice/store/pin_table.h"
#include "sluice/store/settings_table.h"
#include "sluice/store/spend_table.h"
#include "sluice/store/ticket_log.h"
#include "sluice/store/user_store.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <limits>

using namespace sluice;

namespace {

const QString kHash = QStringLiteral("0xAB") + QString(62, QLatin1Char('1'));
const QDate kDay(2026, 3, 1);
const QString kMax256 = QStringLiteral("115792089237316195423570985008687907853269984665640564039457584007913129639935");

TicketRow ticket(int number, const QString &run)
{
    TicketRow row;
    row.runId = run;
    row.createdAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123 + number, Qt::UTC);
    row.orchestrator = QStringLiteral("https://127.0.0.1:8935");
    row.capability = QStringLiteral("text-analysis");
    row.recipient = QStringLiteral("0xRecipient");
    row.sender = QStringLiteral("0xSender");
    row.faceValue = kMax256;
    row.winProb = QStringLiteral("0xff");
    row.expectedValue = QStringLiteral("7/3");
    row.nonce = std::numeric_limits<quint32>::max() - quint32(number);
    row.recipientRandHash = kHash;
    row.ticketHash = QStringLiteral("0xTicket%1").arg(number).toLower();
    row.signature = QStringLiteral("0xsig");
    return row;
}

} // namespace

class TestStoreTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void noncesBeginAtOneAndNeverRepeat();
    void payments_07_noncesSurviveARestart();
    void nonceHashesAreOneWhateverTheirSpelling();
    void nonceCounterDoesNotWrap();
    void badNonceRequestsAreRefused();
    void spendingAddsExactlyPerDayAndScope();
    void spendingStopsAtItsLimit();
    void spendingNeverGoesBelowZero();
    void badAmountsAreRefused_data();
    void badAmountsAreRefused();
    void theFirstPinStands();
    void pinsAreReplacedAndRemovedOnPurpose();
    void settingsKeepJsonAsItWas();
    void settingsAreFoundByPrefixAlone();
    void ticketsComeBackAsTheyWere();
    void ticketStatesAndOutcomesAreCounted();
    void aTicketIsStoredOnce();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<Database> m_db;
};

void TestStoreTables::init()
{
    m_db.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_db = orThrow(openUserStore(m_dir->filePath(QStringLiteral("deep/folder/sluice.sqlite"))));
}

void TestStoreTables::noncesBeginAtOneAndNeverRepeat()
{
    NonceTable nonces(m_db);
    QCOMPARE(nonces.takeSync(kHash, 1), 1u);
    QCOMPARE(nonces.takeSync(kHash, 600), 2u);
    QCOMPARE(await(nonces.take(kHash, 3)), 602u);
    QCOMPARE(nonces.takeSync(QStringLiteral("0x01"), 1), 1u);
    QCOMPARE(nonces.takeSync(kHash, 1), 605u);
}

void TestStoreTables::payments_07_noncesSurviveARestart()
{
    const QString path = m_db->path();
    QCOMPARE(NonceTable(m_db).takeSync(kHash, 5), 1u);
    m_db.reset();
    m_db = orThrow(openUserStore(path));
    QCOMPARE(NonceTable(m_db).takeSync(kHash, 1), 6u);
}

void TestStoreTables::nonceHashesAreOneWhateverTheirSpelling()
{
    NonceTable nonces(m_db);
    QCOMPARE(nonces.takeSync(kHash, 1), 1u);
    QCOMPARE(nonces.takeSync(kHash.mid(2), 1), 2u);
    QCOMPARE(nonces.takeSync(kHash.toLower(), 1), 3u);
}

void TestStoreTables::nonceCounterDoesNotWrap()
{
    NonceTable nonces(m_db);
    const quint32 most = std::numeric_limits<quint32>::max();
    QCOMPARE(nonces.takeSync(kHash, most - 1), 1u);
    QVERIFY_THROWS_EXCEPTION(Error, nonces.takeSync(kHash, 2));
    QCOMPARE(nonces.takeSync(kHash, 1), most);
    QVERIFY_THROWS_EXCEPTION(Error, nonces.takeSync(kHash, 1));
}

void TestStoreTables::badNonceRequestsAreRefused()
{
    NonceTable nonces(m_db);
    QVERIFY_THROWS_EXCEPTION(Error, nonces.takeSync(QStringLiteral("no hex"), 1));
    QVERIFY_THROWS_EXCEPTION(Error, nonces.takeSync(QString(), 1));
    QVERIFY_THROWS_EXCEPTION(Error, nonces.takeSync(kHash, 0));
}

void TestStoreTables::spendingAddsExactlyPerDayAndScope()
{
    SpendTable spending(m_db);
    const QString scope = QStringLiteral("sandbox");
    QCOMPARE(spending.totalSync(scope, kDay), QStringLiteral("0"));
    QCOMPARE(spending.addSync(scope, kDay, kMax256), kMax256);
    QCOMPARE(await(spending.add(scope, kDay, QStringLiteral("1"))),
             QStringLiteral("115792089237316195423570985008687907853269984665640564039457584007913129639936"));
    QCOMPARE(spending.addSync(scope, kDay.addDays(1), QStringLiteral("007")), QStringLiteral("7"));
    QCOMPARE(spending.totalSync(QStringLiteral("live"), kDay), QStringLiteral("0"));
}

void TestStoreTables::spendingStopsAtItsLimit()
{
    SpendTable spending(m_db);
    const QString scope = QStringLiteral("s");
    const QString limit = QStringLiteral("100");
    QCOMPARE(spending.addWithinSync(scope, kDay, QStringLiteral("60"), limit).value_or(QString()), QStringLiteral("60"));
    QVERIFY(!spending.addWithinSync(scope, kDay, QStringLiteral("41"), limit));
    QCOMPARE(spending.totalSync(scope, kDay), QStringLiteral("60"));
    QCOMPARE(await(spending.addWithin(scope, kDay, QStringLiteral("40"), limit)).value_or(QString()), QStringLiteral("100"));
    QVERIFY(!spending.addWithinSync(scope, kDay, QStringLiteral("1"), limit));
    QVERIFY(spending.addWithinSync(scope, kDay.addDays(1), QStringLiteral("100"), limit));
}

void TestStoreTables::spendingNeverGoesBelowZero()
{
    SpendTable spending(m_db);
    spending.addSync(QStringLiteral("s"), kDay, QStringLiteral("10"));
    QCOMPARE(spending.subtractSync(QStringLiteral("s"), kDay, QStringLiteral("4")), QStringLiteral("6"));
    QCOMPARE(await(spending.subtract(QStringLiteral("s"), kDay, QStringLiteral("99"))), QStringLiteral("0"));
}

void TestStoreTables::badAmountsAreRefused_data()
{
    QTest::addColumn<QString>("amount");
    for (const char *bad : {"", "-1", "+1", "1.0", "1e3", "0x10", " 1", "1 ", "one", "\xd9\xa1"})
        QTest::newRow(bad[0] ? bad : "empty") << QString::fromUtf8(bad);
    QTest::newRow("too long") << QString(81, QLatin1Char('9'));
}

void TestStoreTables::badAmountsAreRefused()
{
    QFETCH(QString, amount);
    SpendTable spending(m_db);
    QVERIFY_THROWS_EXCEPTION(Error, spending.addSync(QStringLiteral("s"), kDay, amount));
    QVERIFY_THROWS_EXCEPTION(Error, spending.addWithinSync(QStringLiteral("s"), kDay, QStringLiteral("1"), amount));
    QCOMPARE(spending.totalSync(QStringLiteral("s"), kDay), QStringLiteral("0"));
}

void TestStoreTables::theFirstPinStands()
{
    PinTable pins(m_db);
    const PinRow first{QStringLiteral("Host.Example:8935"), QStringLiteral("sha256/aaa"), QDateTime::fromMSecsSinceEpoch(1'700'000'000'001, Qt::UTC)};
    PinRow later = first;
    later.fingerprint = QStringLiteral("sha256/bbb");
    PinRow stored = first;
    stored.hostPort = stored.hostPort.toLower();
    QVERIFY(!pins.findSync(first.hostPort));
    QCOMPARE(pins.pinFirstSync(first), stored);
    QCOMPARE(await(pins.pinFirst(later)), stored);
    QCOMPARE(pins.findSync(first.hostPort).value_or(PinRow()), stored);
    QCOMPARE(await(pins.all()), QList{stored});
}

void TestStoreTables::pinsAreReplacedAndRemovedOnPurpose()
{
    PinTable pins(m_db);
    PinRow row{QStringLiteral("a:1"), QStringLiteral("x"), QDateTime::fromMSecsSinceEpoch(5, Qt::UTC)};
    pins.pinFirstSync(row);
    row.fingerprint = QStringLiteral("y");
    pins.replaceSync(row);
    QCOMPARE(pins.findSync(row.hostPort).value_or(PinRow()), row);
    QVERIFY(pins.removeSync(row.hostPort));
    QVERIFY(!pins.removeSync(row.hostPort));
    QVERIFY(pins.allSync().isEmpty());
}

void TestStoreTables::settingsKeepJsonAsItWas()
{
    SettingsTable settings(m_db);
    const Json value = orThrow(Json::parse(R"({"z":1.0,"a":[9007199254740993,"\u2028",null],"z2":1e+30})"));
    settings.setSync(QStringLiteral("profile/x"), value);
    QCOMPARE(await(settings.get(QStringLiteral("profile/x"))).value_or(Json()).dump(), value.dump());
    settings.setSync(QStringLiteral("profile/x"), Json(true));
    QCOMPARE(settings.getSync(QStringLiteral("profile/x")).value_or(Json()), Json(true));
    QVERIFY(settings.removeSync(QStringLiteral("profile/x")));
    QVERIFY(!settings.getSync(QStringLiteral("profile/x")));
}

void TestStoreTables::settingsAreFoundByPrefixAlone()
{
    SettingsTable settings(m_db);
    for (const char *key : {"profile/b", "profile/a", "profiles", "Profile/c", "p%ofile/d", "zz"})
        settings.setSync(QString::fromLatin1(key), Json(key));
    const auto keys = [&](const char *prefix) {
        QStringList found;
        for (const auto &[key, value] : settings.allSync(QString::fromLatin1(prefix)))
            found << key;
        return found.join(QLatin1Char(' '));
    };
    QCOMPARE(keys("profile/"), QStringLiteral("profile/a profile/b"));
    QCOMPARE(keys("p%"), QStringLiteral("p%ofile/d"));
    QCOMPARE(settings.allSync(QString()).size(), 6);
}

void TestStoreTables::ticketsComeBackAsTheyWere()
{
    TicketLog log(m_db);
    const QList<TicketRow> rows{ticket(1, QStringLiteral("r1")), ticket(2, QStringLiteral("r1")), ticket(3, QStringLiteral("r2"))};
    const QList<qint64> ids = log.addSync(rows);
    QCOMPARE(ids.size(), 3);
    const QList<TicketRow> back = log.byRunSync(QStringLiteral("r1"));
    QCOMPARE(back.size(), 2);
    QCOMPARE(back.at(0).id, ids.at(0));
    QCOMPARE(back.at(1).nonce, rows.at(1).nonce);
    QCOMPARE(back.at(0).createdAt, rows.at(0).createdAt);
    QCOMPARE(back.at(0).orchestrator, rows.at(0).orchestrator);
    QCOMPARE(back.at(0).capability, rows.at(0).capability);
    QCOMPARE(back.at(0).recipient, rows.at(0).recipient);
    QCOMPARE(back.at(0).sender, rows.at(0).sender);
    QCOMPARE(back.at(0).faceValue, rows.at(0).faceValue);
    QCOMPARE(back.at(0).winProb, rows.at(0).winProb);
    QCOMPARE(back.at(0).expectedValue, rows.at(0).expectedValue);
    QCOMPARE(back.at(0).recipientRandHash, rows.at(0).recipientRandHash);
    QCOMPARE(back.at(0).ticketHash, rows.at(0).ticketHash);
    QCOMPARE(back.at(0).signature, rows.at(0).signature);
    QCOMPARE(back.at(0).state, TicketRow::State::Prepared);
    QCOMPARE(back.at(0).won, TicketRow::Won::Unknown);
    QCOMPARE(log.latestSync(0, 1).value(0).id, ids.at(2));
    QCOMPARE(await(log.latest(1, 5)).value(0).id, ids.at(1));
}

void TestStoreTables::ticketStatesAndOutcomesAreCounted()
{
    TicketLog log(m_db);
    const auto ids = log.addSync({ticket(1, QStringLiteral("r")), ticket(2, QStringLiteral("r")), ticket(3, QStringLiteral("r")), ticket(4, QStringLiteral("r"))});
    log.markSentSync({ids.at(0), ids.at(1)});
    log.markUnsentSync({ids.at(2)});
    log.setOutcomeSync(QStringLiteral("0xTICKET1"), TicketRow::Won::Yes);
    log.setOutcomeSync(QStringLiteral("0xticket2"), TicketRow::Won::No);
    QCOMPARE(log.byRunSync(QStringLiteral("r")).at(1).won, TicketRow::Won::No);
    const TicketLog::Totals totals = await(log.totals());
    QCOMPARE(totals.prepared, 1);
    QCOMPARE(totals.sent, 2);
    QCOMPARE(totals.unsent, 1);
    QCOMPARE(totals.won, 1);
    QCOMPARE(totals.wonFaceValue, kMax256);
    QVERIFY_THROWS_EXCEPTION(Error, log.markSentSync({ids.at(3), 999}));
    // All or nothing.
    QCOMPARE(log.totalsSync().sent, 2);
    QVERIFY_THROWS_EXCEPTION(Error, log.setOutcomeSync(QStringLiteral("0xnone"), TicketRow::Won::No));
}

void TestStoreTables::aTicketIsStoredOnce()
{
    TicketLog log(m_db);
    log.addSync({ticket(1, QStringLiteral("r"))});
    QVERIFY_THROWS_EXCEPTION(Error, log.addSync({ticket(2, QStringLiteral("r")), ticket(1, QStringLiteral("r"))}));
    QCOMPARE(log.byRunSync(QStringLiteral("r")).size(), 1);
    TicketRow nameless = ticket(9, QStringLiteral("r"));
    nameless.ticketHash.clear();
    QVERIFY_THROWS_EXCEPTION(Error, log.addSync({nameless}));
}

QTEST_GUILESS_MAIN(TestStoreTables)
#include "tst_store_tables.moc"
