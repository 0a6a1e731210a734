#include "sandbox_process_p.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

using namespace sluice;

/// What the command line finds out about a call before anything of it leaves, beside a sandbox that runs already.
class TestIntegrationCallCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void what_cannot_work_is_told_before_anything_is_sent_data();
    void what_cannot_work_is_told_before_anything_is_sent();
    void no_check_sends_it_all_the_same();
    void a_live_job_that_failed_leaves_the_file_as_it_was_data();
    void a_live_job_that_failed_leaves_the_file_as_it_was();
    void a_short_option_takes_its_value_attached();

private:
    [[nodiscard]] Finished run(const QStringList &arguments) const { return m_place.run(arguments); }
    Workplace m_place;
    std::unique_ptr<SandboxProcess> m_sandbox;
};

namespace {

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

} // namespace

void TestIntegrationCallCheck::initTestCase()
{
    m_sandbox = std::make_unique<SandboxProcess>(m_place, QStringList(), QStringLiteral("sandbox.sqlite"));
    QVERIFY2(m_sandbox->waitUntilReady(), m_sandbox->errors().constData());
}

void TestIntegrationCallCheck::what_cannot_work_is_told_before_anything_is_sent_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name, const char *arguments, int code, const char *said) { QTest::newRow(name) << words(arguments) << code << QByteArray(said); };
    row("run of live video", "run video-filter --input {\"filter\":\"edges\"}", 2, "sluicectl live video-filter --source pattern");
    row("stream of live video", "stream video-filter --input {}", 2, "video-filter has no stream; it has: live.");
    row("run of live lines", "run log-tail --input {}", 2, "sluicectl live log-tail < FILE");
    row("run of a session", "run sluice/docs-chat-session --input {}", 2, "sluicectl session sluice/docs-chat-session");
    row("stream of one that has only run", "stream text-analysis --input {\"text\":\"it's\"}", 2, "sluicectl run text-analysis --input '{\"text\":\"it'\\''s\"}'");
    row("live of one that has only run", "live text-analysis --source pattern --seconds 2", 2, "sluicectl run text-analysis --input '{");
    row("session of one that has none", "session sluice/text-analysis --path x", 2, "sluice/text-analysis has no live");
    row("signature for a verb that there is not", "sign --capability video-filter --input {}", 2, "sluicectl sign --capability video-filter --live");
    row("mistyped name", "run text-analysi --input {\"text\":\"a\"}", 3, "Did you mean \"text-analysis\"?");
    row("mistyped name of a stream", "stream docs-chta --input {}", 3, "Did you mean \"docs-chat\"?");
    row("mistyped name of a live job", "live vidoe-filter --source pattern", 3, "Did you mean \"video-filter\"?");
    row("mistyped name of a signature", "sign --capability text-analysi --input {}", 3, "Did you mean \"text-analysis\"?");
    row("name that is like none", "run xylophone --input {}", 3, "It offers: docs-chat, image-filter");
    row("model", "run text-to-image --model nosuch --input {\"prompt\":\"a\"}", 2, "text-to-image has no model \"nosuch\"");
    row("models that there are", "run text-to-image --model nosuch --input {\"prompt\":\"a\"}", 2, "It has: sandbox/typesetter.");
    row("model of a named backend", "run text-to-image --backend aigateway --model nosuch --input {\"prompt\":\"a\"}", 2, "It has: sandbox/typesetter.");
    row("model of live video", "live live-video-to-video/noop --model other --source pattern", 2, "It has: noop.");
}

void TestIntegrationCallCheck::what_cannot_work_is_told_before_anything_is_sent()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    const Finished finished = run(arguments);
    QVERIFY2(finished.code == code, (QByteArray::number(finished.code) + ' ' + finished.err).constData());
    QVERIFY2(finished.err.contains(said), finished.err.constData());
    QVERIFY2(finished.err.contains("Nothing was sent"), finished.err.constData());
    QVERIFY(finished.out.isEmpty());
    QCOMPARE(run(words("tickets --json")).json().size(), 0);
    QCOMPARE(run(words("history --json")).json().size(), 0);
}

void TestIntegrationCallCheck::no_check_sends_it_all_the_same()
{
    const Finished named = run(words("run text-analysi --no-check --input {}"));
    QVERIFY2(named.code != 0 && named.err.contains("HTTP 503"), named.err.constData());
    const Finished verb = run(words("live text-analysis --no-check --source pattern"));
    QVERIFY2(verb.code != 0 && verb.err.contains("HTTP 404"), verb.err.constData());
    const Finished model = run(words("run text-to-image --no-check --model nosuch --input {\"prompt\":\"a\"} --out") + QStringList(m_place.path(QStringLiteral("a.png"))));
    QVERIFY2(model.code == 0, model.err.constData());
}

void TestIntegrationCallCheck::a_live_job_that_failed_leaves_the_file_as_it_was_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("video") << words("live video-filter --source pattern --set filter=sepi --out");
    QTest::newRow("bytes") << words("live text-analysis --raw --no-check --out");
}

void TestIntegrationCallCheck::a_live_job_that_failed_leaves_the_file_as_it_was()
{
    QFETCH(QStringList, arguments);
    const QString kept = m_place.path(QStringLiteral("kept"));
    QFile file(kept);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("from before");
    file.close();
    const QString fresh = m_place.path(QStringLiteral("fresh"));
    for (const QString &out : {kept, fresh}) {
        const Finished finished = run(arguments + QStringList(out));
        QVERIFY2(finished.code == 1, (QByteArray::number(finished.code) + ' ' + finished.err).constData());
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("from before"));
    QVERIFY(!QFile::exists(fresh));
}

void TestIntegrationCallCheck::a_short_option_takes_its_value_attached()
{
    const Finished finished = run(words("history -n1 --json"));
    QVERIFY2(finished.code == 0, finished.err.constData());
    QCOMPARE(finished.json().size(), 1);
}

QTEST_GUILESS_MAIN(TestIntegrationCallCheck)
#include "tst_integration_call_check.moc"
