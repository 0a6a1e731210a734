#include "sandbox_process_p.h"

#include "sluice/crypto/private_key.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

using namespace sluice;

namespace {

const char *const KeyHex = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
const QString Account = QStringLiteral("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// `sluicectl signer` as a real process.
class SignerProcess {
public:
    SignerProcess(const Workplace &place, const QStringList &arguments)
    {
        place.start(m_process, QStringList{QStringLiteral("signer"), QStringLiteral("--key"), place.path(QStringLiteral("signer.key"))} + arguments);
        QByteArray line;
        while (!line.endsWith('\n') && m_process.waitForReadyRead(30'000))
            line += m_process.readAllStandardOutput();
        m_ready = Json::parse(line.trimmed()).valueOr(Json());
    }
    ~SignerProcess() { kill(); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    int terminate()
    {
        m_process.terminate();
        return m_process.waitForFinished(15'000) ? m_process.exitCode() : -1;
    }
    [[nodiscard]] QString text(const char *key) const { return m_ready.value(QString::fromLatin1(key)).toString(); }
    [[nodiscard]] QByteArray errors() { return m_process.readAllStandardError(); }

private:
    QProcess m_process;
    Json m_ready;
};

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

/// The signer as a process, and sluicectl as its caller.
class TestIntegrationSigner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_caller_without_a_key_runs_until_its_budget_is_spent();
    void a_profile_names_its_signers();
    void a_profiles_signer_takes_its_bearer_from_the_environment();
    void a_signer_that_could_not_be_is_explained_data();
    void a_signer_that_could_not_be_is_explained();
    void a_taken_port_ends_with_an_error();
};

void TestIntegrationSigner::a_caller_without_a_key_runs_until_its_budget_is_spent()
{
    Workplace place;
    writeFile(place.path(QStringLiteral("signer.key")), QByteArray(KeyHex) + '\n');
    SandboxProcess sandbox(place, words("--only byoc,capabilities --price 8000000000 --fund") + QStringList(Account));
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    place.setVariable(QStringLiteral("ALICE"), QStringLiteral("a-long-random-text"));
    const QStringList options{QStringLiteral("--api-key-env"), QStringLiteral("ALICE"), QStringLiteral("--cap-per-caller"), QStringLiteral("480 gwei"), QStringLiteral("--state"),
        place.path(QStringLiteral("budget.sqlite"))};
    auto signer = std::make_unique<SignerProcess>(place, options);
    QVERIFY2(signer->text("event") == QLatin1String("ready"), signer->errors().constData());
    QCOMPARE(signer->text("address"), Account);
    place.setVariable(QStringLiteral("LIVEPEER_ORCH_URL"), sandbox.orchestrator().toString());
    place.setVariable(QStringLiteral("LIVEPEER_SIGNER_URL"), signer->text("url"));
    const QStringList call = words("run text-analysis --timeout 60 --max-price 8000000000 --input {\"text\":\"Fine.\"}");
    // Without its bearer it is nobody.
    const Finished stranger = place.run(call);
    QVERIFY(stranger.code != 0);
    QVERIFY2(stranger.err.contains("bearer"), stranger.err.constData());
    place.setVariable(QStringLiteral("LIVEPEER_SIGNER_AUTH"), QStringLiteral("Bearer a-long-random-text"));
    const Finished first = place.run(call);
    QVERIFY2(first.code == 0, first.err.constData());
    // The minute is paid, sixty tickets of 8 gwei; the second that was used of it is more than the budget has.
    const Finished second = place.run(call);
    QCOMPARE(second.code, 4);
    QVERIFY2(second.err.contains("480000000000 of 480000000000 wei are spent"), second.err.constData());
    // Killed and started anew, it remembers.
    signer->kill();
    signer.reset();
    signer = std::make_unique<SignerProcess>(place, options);
    place.setVariable(QStringLiteral("LIVEPEER_SIGNER_URL"), signer->text("url"));
    const Finished third = place.run(call);
    QCOMPARE(third.code, 4);
    QVERIFY2(third.err.contains("480000000000 of 480000000000 wei are spent"), third.err.constData());
    QVERIFY(!third.err.contains("a-long-random-text"));
    QCOMPARE(signer->terminate(), 0);
    // A signer that is not there is said to be not there.
    const Finished gone = place.run(call);
    QVERIFY(gone.code != 0);
    QVERIFY2(gone.err.contains("could not be asked"), gone.err.constData());
}

void TestIntegrationSigner::a_profile_names_its_signers()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const QString signer = sandbox.ready().find(QStringLiteral("/services/signer/url")).value_or(Json()).toString();
    const Finished added = place.run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("signed"), QStringLiteral("--orchestrator"), sandbox.orchestrator().toString(),
        QStringLiteral("--signer"), QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--signer"), signer});
    QVERIFY2(added.code == 0, added.err.constData());
    // The first one cannot be had, so the second one pays.
    const Finished run = place.run(words("run text-analysis --profile signed --input {\"text\":\"Fine.\"}"));
    QVERIFY2(run.code == 0, run.err.constData());
    const Finished limits = place.run(words("limits show --profile signed"));
    QVERIFY2(limits.code == 0, limits.err.constData());
    QVERIFY2(limits.out.contains("http://127.0.0.1:1"), limits.out.constData());
    const Finished tickets = place.run(words("tickets --json"));
    QVERIFY2(tickets.out.contains(sandbox.ready().find(QStringLiteral("/services/signer/address")).value_or(Json()).toString().toUtf8()), tickets.out.constData());
}

void TestIntegrationSigner::a_profiles_signer_takes_its_bearer_from_the_environment()
{
    Workplace place;
    writeFile(place.path(QStringLiteral("signer.key")), QByteArray(KeyHex) + '\n');
    writeFile(place.path(QStringLiteral("alice.txt")), "a-long-random-text\n");
    SandboxProcess sandbox(place, words("--only byoc,capabilities --price 8000000000 --fund") + QStringList(Account));
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    place.setVariable(QStringLiteral("ALICE"), QStringLiteral("a-long-random-text"));
    const SignerProcess signer(place, QStringList{QStringLiteral("--api-key-env"), QStringLiteral("ALICE"), QStringLiteral("--cap-per-caller"), QStringLiteral("480 gwei"), QStringLiteral("--state"),
                                          place.path(QStringLiteral("budget.sqlite"))});
    QCOMPARE(signer.text("event"), QStringLiteral("ready"));
    // Nothing here has a keychain: what to do instead is said.
    const Finished added = place.run({QStringLiteral("profile"), QStringLiteral("add"), QStringLiteral("by-signer"), QStringLiteral("--orchestrator"), sandbox.orchestrator().toString(),
        QStringLiteral("--signer"), signer.text("url"), QStringLiteral("--secret"), QStringLiteral("byoc.signer_key=") + place.path(QStringLiteral("alice.txt"))});
    QVERIFY2(added.code == 0, added.err.constData());
    QVERIFY2(added.err.contains("LIVEPEER_SIGNER_AUTH"), added.err.constData());
    const QStringList call = words("run text-analysis --profile by-signer --timeout 60 --max-price 8000000000 --input {\"text\":\"Fine.\"}");
    const Finished stranger = place.run(call);
    QCOMPARE(stranger.code, 4);
    QVERIFY2(stranger.err.contains("no key was sent"), stranger.err.constData());
    place.setVariable(QStringLiteral("LIVEPEER_SIGNER_AUTH"), QStringLiteral("Bearer a-long-random-text"));
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), QString(64, QLatin1Char('1')));
    const Finished known = place.run(call);
    QVERIFY2(known.code == 0, known.err.constData());
    QVERIFY2(known.err.contains("a signer pays for the profile"), known.err.constData());
    QVERIFY(!known.err.contains("a-long-random-text"));
}

void TestIntegrationSigner::a_signer_that_could_not_be_is_explained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("a public address") << words("--address 0.0.0.0") << QByteArray("--api-key-env");
    QTest::newRow("a cap that is forgotten") << words("--cap-per-caller 5") << QByteArray("--state");
    QTest::newRow("a variable that is not set") << words("--api-key-env NOT_SET_HERE") << QByteArray("NOT_SET_HERE");
    QTest::newRow("a price that is none") << words("--max-price lv2v=much") << QByteArray("[TYPE=]AMOUNT");
    QTest::newRow("a type that is none") << words("--max-price minute=5") << QByteArray("lv2v, live, fixed, byoc");
    QTest::newRow("a webhook in clear text") << words("--webhook http://hook.example/x") << QByteArray("plain HTTP");
    QTest::newRow("an address that is none") << words("--discovery nowhere") << QByteArray("--discovery");
}

void TestIntegrationSigner::a_signer_that_could_not_be_is_explained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const Workplace place;
    writeFile(place.path(QStringLiteral("signer.key")), KeyHex);
    const Finished ended = place.run(QStringList{QStringLiteral("signer"), QStringLiteral("--key"), place.path(QStringLiteral("signer.key"))} + arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(words), ended.err.constData());
    QVERIFY(ended.out.isEmpty());
}

void TestIntegrationSigner::a_taken_port_ends_with_an_error()
{
    const Workplace place;
    writeFile(place.path(QStringLiteral("signer.key")), KeyHex);
    SignerProcess first(place, {});
    const QString port = QString::number(QUrl(first.text("url")).port());
    const Finished second = place.run({QStringLiteral("signer"), QStringLiteral("--key"), place.path(QStringLiteral("signer.key")), QStringLiteral("--port"), port});
    QCOMPARE(second.code, 3);
    QVERIFY2(second.err.contains(port.toUtf8()), second.err.constData());
    const Finished keyless = place.run({QStringLiteral("signer")});
    QCOMPARE(keyless.code, 2);
}

QTEST_GUILESS_MAIN(TestIntegrationSigner)
#include "tst_integration_signer.moc"
