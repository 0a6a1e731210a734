#include "sandbox_process_p.h"

#include "peers/oauth_server.h"

#include "sluice/backend/selection_rules.h"

#include <QtTest/QtTest>

using namespace sluice;
using sluice::test::OAuthServer;

namespace {

const QString Input = QStringLiteral("{\"text\":\"A fine day in a fine city.\"}");
const QString Capability = QStringLiteral("text-analysis");

} // namespace

/// Servers chosen, pinned and excluded on the command line, with two real sandboxes; and the sign-in there.
class TestIntegrationNetwork : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); } // secrets of a test must not reach anybody's keychain
private Q_SLOTS:
    void aPinHoldsForLaterCallsAndIsToldWhenItsServerIsAway();
    void anExcludedServerIsNotAskedUntilItIsTakenInAgain();
    void liveVideoGoesToThePinnedOneToo();
    void aPinIsKeptOnlyWhereTheNetworkAnswers();
    void mistakesAreNamed();
    void aPersonSignsInWithACode();
    void aRefusedSignInIsAnErrorAndSaysWhy();

private:
    /// Two networks that take no money, and a profile with both.
    struct Two {
        Two()
            : first(place, {QStringLiteral("--off-chain")}, QStringLiteral("one.sqlite"))
            , second(place, {QStringLiteral("--off-chain")}, QStringLiteral("two.sqlite"))
        {
        }
        bool begin()
        {
            if (!first.waitUntilReady() || !second.waitUntilReady())
                return false;
            a = first.orchestrator();
            b = second.orchestrator();
            const Finished added = place.run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("two"), QStringLiteral("--orchestrator"), a.toString(), QStringLiteral("--orchestrator"), b.toString()});
            const Finished used = place.run({QStringLiteral("profile"), QStringLiteral("use"), QStringLiteral("two")});
            return added.code == 0 && used.code == 0;
        }
        [[nodiscard]] Finished network(const QStringList &more = {}) const { return place.run(QStringList{QStringLiteral("network"), Capability, QStringLiteral("--json")} + more); }
        [[nodiscard]] Finished run() const { return place.run({QStringLiteral("run"), Capability, QStringLiteral("--json"), QStringLiteral("--input"), Input}); }
        [[nodiscard]] QUrl servedBy() const { return serverOf(QUrl(run().json().value(QStringLiteral("served_by")).toString())); }
        Workplace place;
        SandboxProcess first;
        SandboxProcess second;
        QUrl a;
        QUrl b;
    };
};

void TestIntegrationNetwork::aPinHoldsForLaterCallsAndIsToldWhenItsServerIsAway()
{
    Two two;
    QVERIFY(two.begin());
    const Finished listed = two.network();
    QVERIFY2(listed.code == 0, listed.err.constData());
    const Json report = listed.json();
    QCOMPARE(report.value(QStringLiteral("order")).toString(), QStringLiteral("listed"));
    QCOMPARE(report.value(QStringLiteral("candidates")).size(), 2);
    QCOMPARE(report.find(QStringLiteral("/candidates/0/standing"))->toString(), QStringLiteral("first"));
    QCOMPARE(serverOf(QUrl(report.find(QStringLiteral("/candidates/0/server"))->toString())), serverOf(two.a));
    QVERIFY(report.find(QStringLiteral("/candidates/0/latency_ms")));
    QCOMPARE(two.servedBy(), serverOf(two.a));
    // How it went outlives the program.
    const Json after = two.network().json();
    QCOMPARE(after.find(QStringLiteral("/candidates/0/taken"))->toInt64(), std::optional<qint64>(1));
    QCOMPARE(after.find(QStringLiteral("/candidates/1/taken"))->toInt64(), std::optional<qint64>(0));

    const Finished pinned = two.network({QStringLiteral("--pin"), two.b.toString()});
    QVERIFY2(pinned.code == 0, pinned.err.constData());
    QCOMPARE(pinned.json().find(QStringLiteral("/candidates/0/pinned")), std::optional(Json(true)));
    QCOMPARE(pinned.json().find(QStringLiteral("/candidates/1/standing"))->toString(), QStringLiteral("not_pinned"));
    QCOMPARE(two.servedBy(), serverOf(two.b));

    two.second.kill();
    const Finished failed = two.run();
    QCOMPARE(failed.code, 3);
    QCOMPARE(failed.json().find(QStringLiteral("/error/kind"))->toString(), QStringLiteral("no_orchestrator"));
    QVERIFY2(failed.out.contains("pinned") && failed.out.contains(two.b.toString().toUtf8()), failed.out.constData());
    const Finished away = two.network();
    QCOMPARE(away.json().find(QStringLiteral("/candidates/0/standing"))->toString(), QStringLiteral("away"));

    QCOMPARE(two.network({QStringLiteral("--unpin")}).code, 0);
    QCOMPARE(two.servedBy(), serverOf(two.a));
    const Finished people = two.place.run({QStringLiteral("network"), Capability});
    QVERIFY2(people.out.contains("asked first") && people.out.contains("away"), people.out.constData());
}

void TestIntegrationNetwork::anExcludedServerIsNotAskedUntilItIsTakenInAgain()
{
    Two two;
    QVERIFY(two.begin());
    QCOMPARE(two.network({QStringLiteral("--exclude"), two.a.toString()}).code, 0);
    QCOMPARE(two.servedBy(), serverOf(two.b));
    QCOMPARE(two.network({QStringLiteral("--exclude"), two.b.toString()}).code, 0);
    const Finished none = two.run();
    QCOMPARE(none.code, 3);
    QVERIFY2(none.out.contains("excluded"), none.out.constData());
    QCOMPARE(two.network({QStringLiteral("--include"), two.a.toString(), QStringLiteral("--include"), two.b.toString()}).code, 0);
    QCOMPARE(two.servedBy(), serverOf(two.a));
}

void TestIntegrationNetwork::liveVideoGoesToThePinnedOneToo()
{
    Two two;
    QVERIFY(two.begin());
    const QStringList live{QStringLiteral("network"), QStringLiteral("live-video-to-video/noop"), QStringLiteral("--json")};
    const Finished listed = two.place.run(live);
    QVERIFY2(listed.code == 0, listed.err.constData());
    QCOMPARE(listed.json().value(QStringLiteral("backend")).toString(), QStringLiteral("lv2v"));
    QVERIFY2(listed.json().value(QStringLiteral("candidates")).size() == 2, listed.out.constData());
    const QUrl second(listed.json().find(QStringLiteral("/candidates/1/server"))->toString());
    const Finished pinned = two.place.run(live + QStringList{QStringLiteral("--pin"), second.toString()});
    QCOMPARE(QUrl(pinned.json().find(QStringLiteral("/candidates/0/server"))->toString()), second);
    QCOMPARE(pinned.json().find(QStringLiteral("/candidates/0/standing"))->toString(), QStringLiteral("first"));
}

void TestIntegrationNetwork::aPinIsKeptOnlyWhereTheNetworkAnswers()
{
    const Workplace place;
    const auto at = [](const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' ')); };
    QCOMPARE(place.run(at("profile add mine --orchestrator https://127.0.0.1:9")).code, 0);
    const auto selection = [&place] {
        for (const Json &profile : place.run({QStringLiteral("profile"), QStringLiteral("--json")}).json().items()) {
            if (profile.value(QStringLiteral("name")).toString() == QLatin1String("mine"))
                return profile.value(QStringLiteral("selection"));
        }
        return Json(false);
    };
    const Finished pinned = place.run(at("network --profile mine --pin https://127.0.0.1:10"));
    QCOMPARE(pinned.code, 3);
    QVERIFY2(pinned.err.contains("Nothing was pinned"), pinned.err.constData());
    QVERIFY(selection().isNull());
    // The one that is away may be just the one to leave out.
    const Finished excluded = place.run(at("network --profile mine --exclude https://127.0.0.1:9"));
    QCOMPARE(excluded.code, 3);
    QVERIFY2(excluded.err.contains("kept in the profile"), excluded.err.constData());
    QVERIFY(selection().isObject());
}

void TestIntegrationNetwork::mistakesAreNamed()
{
    const Workplace place;
    QCOMPARE(place.run({QStringLiteral("network"), QStringLiteral("--pin"), QStringLiteral("nonsense")}).code, 2);
    QCOMPARE(place.run({QStringLiteral("network"), QStringLiteral("--pin"), QStringLiteral("https://a.example"), QStringLiteral("--unpin")}).code, 2);
    QCOMPARE(place.run({QStringLiteral("network"), QStringLiteral("--order"), QStringLiteral("worst")}).code, 2);
    const Finished nameless = place.run({QStringLiteral("network"), QStringLiteral("--orchestrator"), QStringLiteral("https://127.0.0.1:1"), QStringLiteral("--pin"), QStringLiteral("https://127.0.0.1:1")});
    QCOMPARE(nameless.code, 2);
    QVERIFY2(nameless.err.contains("--profile"), nameless.err.constData());
    const Finished nowhere = place.run({QStringLiteral("profile"), QStringLiteral("connect"), QStringLiteral("sandbox")});
    QVERIFY(nowhere.code != 0);
    QVERIFY2(nowhere.err.contains("issuer_url"), nowhere.err.constData());
    const Finished plain = place.run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("p"), QStringLiteral("--signer"), QStringLiteral("https://signer.example"), QStringLiteral("--set"),
        QStringLiteral("byoc.issuer_url=http://house.example")});
    QVERIFY(plain.code != 0);
    QVERIFY2(plain.err.contains("plain HTTP"), plain.err.constData());
}

void TestIntegrationNetwork::aPersonSignsInWithACode()
{
    OAuthServer house;
    const Workplace place;
    const Finished added = place.run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("house"), QStringLiteral("--signer"), QStringLiteral("http://127.0.0.1:1"),
        QStringLiteral("--set"), QStringLiteral("byoc.issuer_url=") + house.issuer(), QStringLiteral("--set"), QStringLiteral("byoc.client_id=sluice")});
    QVERIFY2(added.code == 0, added.err.constData());
    QProcess process;
    place.start(process, {QStringLiteral("profile"), QStringLiteral("connect"), QStringLiteral("house")});
    QByteArray said;
    QVERIFY(QTest::qWaitFor([&] { said += process.readAllStandardError(); return said.contains(house.userCode()); }, 20'000));
    QVERIFY2(said.contains("/activate"), said.constData());
    house.approve();
    QVERIFY(process.waitForFinished(20'000));
    said += process.readAllStandardError();
    QVERIFY2(process.exitCode() == 0, said.constData());
    QVERIFY2(said.contains("Signed in"), said.constData());
    QVERIFY(!said.contains("access-1") && !said.contains("refresh-1"));
}

void TestIntegrationNetwork::aRefusedSignInIsAnErrorAndSaysWhy()
{
    OAuthServer house;
    house.deny();
    const Workplace place;
    (void)place.run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("house"), QStringLiteral("--signer"), QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--set"),
        QStringLiteral("byoc.issuer_url=") + house.issuer(), QStringLiteral("--set"), QStringLiteral("byoc.client_id=sluice")});
    const Finished refused = place.run({QStringLiteral("profile"), QStringLiteral("connect"), QStringLiteral("house")});
    QVERIFY(refused.code != 0);
    QVERIFY2(refused.err.contains("refused"), refused.err.constData());
}

QTEST_GUILESS_MAIN(TestIntegrationNetwork)
#include "tst_integration_network.moc"
