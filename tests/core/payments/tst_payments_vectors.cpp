#include "vector_case.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace sluice;

/// Runs every case of payment_vectors.json, or of the file that SLUICE_PAYMENT_VECTORS names.
class TestPaymentsVectors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void payments_01_everyGroupIsKnownAndHasCases();
    void payments_01_everyCasePasses_data();
    void payments_01_everyCasePasses();

private:
    Json m_groups;
    QMap<QString, VectorCheck> m_checks;
};

void TestPaymentsVectors::initTestCase()
{
    const QString path = qEnvironmentVariable("SLUICE_PAYMENT_VECTORS", QStringLiteral(SLUICE_TEST_DATA "/payment_vectors.json"));
    QFile file(path);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
    const auto json = Json::parse(file.readAll());
    QVERIFY2(json, json ? "" : qPrintable(json.error().message()));
    QCOMPARE(json->value(QStringLiteral("format")).toString(), QStringLiteral("lp-payments-vectors/1"));
    m_groups = json->value(QStringLiteral("groups"));
    for (const auto &checks : {cryptoChecks(), ticketChecks(), wireChecks()})
        m_checks.insert(checks);
}

void TestPaymentsVectors::payments_01_everyGroupIsKnownAndHasCases()
{
    QVERIFY(m_groups.size() > 0);
    for (const auto &[name, cases] : m_groups.members()) {
        QVERIFY2(m_checks.contains(name), qPrintable(QStringLiteral("nobody checks the group ") + name));
        QVERIFY2(cases.size() > 0, qPrintable(name));
    }
}

void TestPaymentsVectors::payments_01_everyCasePasses_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<Json>("json");
    for (const auto &[group, cases] : m_groups.members()) {
        for (const Json &item : cases.items())
            QTest::addRow("%s/%s", qPrintable(group), qPrintable(item.value(QStringLiteral("id")).toString())) << group << item;
    }
}

void TestPaymentsVectors::payments_01_everyCasePasses()
{
    QFETCH(QString, group);
    QFETCH(Json, json);
    const VectorCheck check = m_checks.value(group);
    QVERIFY2(check, "unknown group");
    try {
        check(VectorCase(json));
    } catch (const Error &error) {
        QFAIL(qPrintable(error.message()));
    }
}

QTEST_GUILESS_MAIN(TestPaymentsVectors)
#include "tst_payments_vectors.moc"
