#include "sluice/net/origin_policy.h"

#include <QtTest/QTest>

using namespace sluice;
using Reach = Origin::Reach;
using Scope = OriginPolicy::Scope;

Q_DECLARE_METATYPE(sluice::Origin::Reach)
Q_DECLARE_METATYPE(sluice::OriginPolicy::Scope)

class TestNetOrigin : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aHostIsAsFarAwayAsItsAddressSays_data();
    void aHostIsAsFarAwayAsItsAddressSays();
    void whatIsNoWebAddressHasNoOrigin_data();
    void whatIsNoWebAddressHasNoOrigin();
    void onlyTheTargetsThatTheSourceMaySpeakForAreAllowed_data();
    void onlyTheTargetsThatTheSourceMaySpeakForAreAllowed();
    void anAllowedOriginIsAllowedExceptForAStepDown();
    void aRefusalNamesBothAddressesAndWhatToDo();
    void spellingsOfOneOriginAreOne();
};

void TestNetOrigin::aHostIsAsFarAwayAsItsAddressSays_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<Reach>("reach");
    const auto add = [](const char *url, Reach reach) { QTest::newRow(url) << QString::fromLatin1(url) << reach; };
    for (const char *url : {"http://127.0.0.1", "http://127.8.9.1:1", "http://localhost", "http://LOCALHOST.:1", "http://a.localhost", "http://[::1]",
             "http://0.0.0.0", "http://[::]", "http://[::ffff:127.0.0.1]", "http://2130706433", "http://0x7f.1", "http://[64:ff9b::7f00:1]",
             "http://[2002:7f00:1::]"})
        add(url, Reach::Loopback);
    for (const char *url : {"http://10.0.0.1", "http://172.31.255.255", "http://192.168.1.1", "http://169.254.169.254", "http://100.64.0.1",
             "http://[fd00::1]", "http://[fe80::1]", "http://[::ffff:10.0.0.1]", "http://printer", "http://nas.local", "http://a.b.internal",
             "http://224.0.0.1", "http://255.255.255.255", "http://198.18.0.1"})
        add(url, Reach::Private);
    for (const char *url : {"http://8.8.8.8", "http://172.32.0.1", "http://[2606:4700::1]", "http://orch.example", "http://notlocal.example",
             "http://xlocalhost.example", "http://mylocal.net", "http://100.128.0.1", "http://[::ffff:8.8.8.8]"})
        add(url, Reach::Public);
}

void TestNetOrigin::aHostIsAsFarAwayAsItsAddressSays()
{
    QFETCH(QString, url);
    QFETCH(Reach, reach);
    const auto origin = Origin::of(QUrl(url, QUrl::StrictMode));
    QVERIFY2(origin, qPrintable(url));
    QCOMPARE(origin->reach(), reach);
}

void TestNetOrigin::whatIsNoWebAddressHasNoOrigin_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"", "host:8935", "ftp://host", "file:///etc/passwd", "https://", "https:///path", "https://user@host", "https://u:p@host",
             "javascript:alert(1)", "//host/path", "/path"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestNetOrigin::whatIsNoWebAddressHasNoOrigin()
{
    QFETCH(QString, url);
    const auto origin = Origin::of(QUrl(url, QUrl::StrictMode));
    QVERIFY(!origin);
    QCOMPARE(origin.error().kind(), Error::Kind::Protocol);
    QVERIFY(!origin.error().message().contains(QStringLiteral("u:p")));
}

void TestNetOrigin::onlyTheTargetsThatTheSourceMaySpeakForAreAllowed_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("sameOrigin");
    QTest::addColumn<bool>("sameHost");
    QTest::addColumn<bool>("anyHost");
    const auto add = [](const char *source, const char *target, bool sameOrigin, bool sameHost, bool anyHost) {
        QTest::addRow("%s to %s", source, target) << QString::fromLatin1(source) << QString::fromLatin1(target) << sameOrigin << sameHost << anyHost;
    };
    add("https://o.example:8935", "https://o.example:8935/ai/trickle/1", true, true, true);
    add("https://o.example", "https://O.example.:443/x", true, true, true);
    // Never a step down, wherever it leads.
    add("https://o.example:8935", "http://o.example:8935/x", false, false, false);
    add("https://127.0.0.1:8935", "http://127.0.0.1:8936/x", false, false, false);
    add("https://o.example", "http://other.example", false, false, false);
    add("https://192.168.1.1", "http://192.168.1.2", false, false, false);
    // A step up, and another port, is another origin but the same host.
    add("http://o.example:8935", "https://o.example:8935/x", false, true, true);
    add("https://o.example:8935", "https://o.example:22/x", false, true, true);
    add("http://127.0.0.1:1", "http://127.0.0.1:2", false, true, true);
    add("https://localhost:1", "https://127.0.0.1:2", false, true, true);
    // Another host.
    add("https://o.example", "https://other.example", false, false, true);
    add("https://o.example", "https://o.example.evil.example", false, false, true);
    add("http://127.0.0.1:1", "http://192.168.1.1", false, false, true);
    add("http://192.168.1.1", "https://o.example", false, false, true);
    // Nearer than the one who says so.
    add("https://o.example", "https://127.0.0.1", false, false, false);
    add("http://o.example", "http://169.254.169.254/latest/meta-data", false, false, false);
    add("http://o.example", "http://[::ffff:10.0.0.1]", false, false, false);
    add("http://o.example", "http://localhost:8935", false, false, false);
    add("https://o.example", "https://router", false, false, false);
    add("http://192.168.1.1", "http://127.0.0.1:8935", false, false, false);
    // No web address.
    add("https://o.example", "file:///etc/passwd", false, false, false);
    add("https://o.example", "https://user@o.example", false, false, false);
}

void TestNetOrigin::onlyTheTargetsThatTheSourceMaySpeakForAreAllowed()
{
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(bool, sameOrigin);
    QFETCH(bool, sameHost);
    QFETCH(bool, anyHost);
    const OriginPolicy policy(orThrow(Origin::of(QUrl(source))));
    const QString what = QStringLiteral("channel");
    QCOMPARE(policy.check(QUrl(target), Scope::SameOrigin, what).hasValue(), sameOrigin);
    QCOMPARE(policy.check(QUrl(target), Scope::SameHost, what).hasValue(), sameHost);
    QCOMPARE(policy.check(QUrl(target), Scope::AnyHost, what).hasValue(), anyHost);
}

void TestNetOrigin::anAllowedOriginIsAllowedExceptForAStepDown()
{
    const auto origin = [](const char *text) { return orThrow(Origin::of(QUrl(QString::fromLatin1(text)))); };
    const OriginPolicy policy(origin("https://o.example"), {origin("https://10.0.0.1:8935"), origin("http://plain.example")});
    const QString what = QStringLiteral("service address");
    QVERIFY(policy.check(QUrl(QStringLiteral("https://10.0.0.1:8935/x")), Scope::SameOrigin, what));
    QVERIFY(!policy.check(QUrl(QStringLiteral("https://10.0.0.1:8936/x")), Scope::AnyHost, what));
    QVERIFY(!policy.check(QUrl(QStringLiteral("http://plain.example")), Scope::AnyHost, what));
}

void TestNetOrigin::aRefusalNamesBothAddressesAndWhatToDo()
{
    const OriginPolicy policy(orThrow(Origin::of(QUrl(QStringLiteral("https://o.example:8935")))));
    for (const char *target : {"http://o.example:8935", "https://127.0.0.1:1", "https://other.example:2"}) {
        const auto judged = policy.check(QUrl(QString::fromLatin1(target)), Scope::SameHost, QStringLiteral("service address"));
        QVERIFY(!judged);
        QCOMPARE(judged.error().kind(), Error::Kind::Protocol);
        QVERIFY(judged.error().message().contains(QStringLiteral("https://o.example:8935")));
        QVERIFY(judged.error().message().contains(QString::fromLatin1(target)));
        QVERIFY(judged.error().message().contains(QStringLiteral("service address")));
        QVERIFY(!judged.error().advice().isEmpty());
    }
}

void TestNetOrigin::spellingsOfOneOriginAreOne()
{
    const auto of = [](const char *text) { return orThrow(Origin::of(QUrl(QString::fromUtf8(text)))); };
    QCOMPARE(of("https://O.example:443/a?b#c"), of("https://o.example."));
    QCOMPARE(of("http://[0:0::1]:80"), of("http://[::1]"));
    QCOMPARE(of("https://bücher.example"), of("https://xn--bcher-kva.example"));
    QCOMPARE(of("http://127.1:99").toString(), QStringLiteral("http://127.0.0.1:99"));
    QCOMPARE(of("https://[fd00::1]:8935/x").toString(), QStringLiteral("https://[fd00::1]:8935"));
    QCOMPARE(of("https://o.example:8935").hosting(QUrl(QStringLiteral("http://u:p@10.0.0.1:1/ai/trickle/a%2Fb?x"))).toString(QUrl::FullyEncoded),
        QStringLiteral("https://o.example:8935/ai/trickle/a%2Fb?x"));
}

QTEST_GUILESS_MAIN(TestNetOrigin)
#include "tst_net_origin.moc"
