#include "sandbox_process_p.h"

#include "peers/manual_client.h"

#include <QtCore/QFileInfo>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::byoc;

/// The services of a sandbox: what is chosen is there, and nothing else is.
class TestIntegrationServices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_ready_line_has_the_settings_of_each_service();
    void routes_of_services_that_are_left_out_are_not_there_data();
    void routes_of_services_that_are_left_out_are_not_there();
    void a_chosen_part_of_the_network_works_by_itself();
    void the_sandbox_profile_reaches_the_ai_gateway();
    void a_missing_program_takes_its_pipeline_off_the_list();
    void an_option_that_two_services_have_needs_one_of_them();
    void a_sandbox_of_some_services_stops_cleanly_data();
    void a_sandbox_of_some_services_stops_cleanly();
    void a_choice_that_cannot_be_is_explained_data();
    void a_choice_that_cannot_be_is_explained();
    void help_lists_the_services();
};

namespace {

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QStringList keysOf(const Json &object)
{
    QStringList keys;
    for (const auto &[key, value] : object.members())
        keys.append(key);
    return keys;
}

QString text(const Json &ready, const char *pointer)
{
    return ready.find(QString::fromLatin1(pointer)).value_or(Json()).toString();
}

} // namespace

void TestIntegrationServices::the_ready_line_has_the_settings_of_each_service()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const Json &ready = sandbox.ready();
    QCOMPARE(keysOf(ready.value(QStringLiteral("services"))), words(QStringLiteral("byoc capabilities lv2v liverunner aigateway openai llmworker signer zerog")));
    // What the line said before there were services, it still says.
    QCOMPARE(text(ready, "/services/byoc/orchestrator"), sandbox.text("orchestrator"));
    QCOMPARE(text(ready, "/services/byoc/fingerprint"), sandbox.text("fingerprint"));
    QCOMPARE(text(ready, "/services/byoc/sender_key"), sandbox.text("sender_key"));
    QCOMPARE(text(ready, "/services/byoc/secret"), sandbox.text("secret"));
    QCOMPARE(text(ready, "/services/lv2v/orchestrator"), sandbox.text("lv2v"));
    QCOMPARE(sandbox.text("lv2v"), sandbox.text("orchestrator"));
    QCOMPARE(text(ready, "/services/capabilities/runner"), sandbox.text("runner"));
    QCOMPARE(text(ready, "/services/capabilities/runner_token"), sandbox.text("runner_token"));
    QCOMPARE(ready.find(QStringLiteral("/services/capabilities/capabilities")), std::optional(ready.value(QStringLiteral("capabilities"))));
    QCOMPARE(ready.value(QStringLiteral("capabilities")).size(), 7);
    QCOMPARE(ready.find(QStringLiteral("/services/lv2v/models")).value_or(Json()).size(), 2);
    QVERIFY(text(ready, "/services/aigateway/base_url").startsWith(QStringLiteral("http://127.0.0.1:")));
    QVERIFY(text(ready, "/services/openai/base_url").endsWith(QStringLiteral("/v1")));
    QVERIFY(text(ready, "/services/llmworker/url").startsWith(QStringLiteral("ws://127.0.0.1:")));
    QVERIFY(text(ready, "/services/signer/url").startsWith(QStringLiteral("http://127.0.0.1:")));
    QCOMPARE(text(ready, "/services/signer/address").size(), 42);
    QVERIFY(text(ready, "/services/zerog/user_agent").startsWith(QStringLiteral("http://127.0.0.1:")));
    QVERIFY(text(ready, "/services/zerog/provider").startsWith(QStringLiteral("0x")));
    QCOMPARE(ready.find(QStringLiteral("/services/aigateway/pipelines")).value_or(Json()).size(), 9);
    const QStringList keys = keysOf(ready);
    QCOMPARE(keys.mid(0, 13), words(QStringLiteral(
        "event orchestrator lv2v runner runner_token secret sender_key sender recipient fingerprint capabilities state pid")));
}

void TestIntegrationServices::routes_of_services_that_are_left_out_are_not_there_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("services");
    QTest::addColumn<QStringList>("missing"); ///< keys of the ready line
    const QStringList runner = words(QStringLiteral("runner runner_token capabilities"));
    const QStringList lv2v(QStringLiteral("lv2v"));
    QTest::newRow("only byoc") << words(QStringLiteral("--only byoc")) << QStringList(QStringLiteral("byoc")) << runner + lv2v;
    QTest::newRow("only live video") << words(QStringLiteral("--only lv2v")) << lv2v << runner;
    QTest::newRow("only two") << words(QStringLiteral("--only lv2v,byoc")) << words(QStringLiteral("byoc lv2v")) << runner;
    QTest::newRow("without live video") << words(QStringLiteral("--without lv2v")) << words(QStringLiteral("byoc capabilities liverunner aigateway openai llmworker signer zerog")) << lv2v;
    QTest::newRow("without two") << words(QStringLiteral("--without lv2v --without capabilities")) << words(QStringLiteral("byoc liverunner aigateway openai llmworker signer zerog"))
                                 << runner + lv2v;
    QTest::newRow("only, without") << words(QStringLiteral("--only byoc,lv2v --without byoc,capabilities")) << lv2v << runner;
}

void TestIntegrationServices::routes_of_services_that_are_left_out_are_not_there()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, services);
    QFETCH(QStringList, missing);
    const Workplace place;
    SandboxProcess sandbox(place, arguments);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    QCOMPARE(keysOf(sandbox.ready().value(QStringLiteral("services"))), services);
    for (const QString &key : keysOf(sandbox.ready()))
        QVERIFY2(!missing.contains(key), qPrintable(key));

    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const bool byoc = services.contains(QStringLiteral("byoc"));
    const bool live = services.contains(QStringLiteral("lv2v"));
    const auto isThere = [&](const char *path) {
        const auto answer = client.send("POST", QString::fromLatin1(path));
        return !(answer.status == 404 && answer.body == "404 page not found\n");
    };
    for (const char *path : {"/process/token", "/process/request/x", "/capability/register", "/ai/stream/start", "/capabilities", "/health"})
        QVERIFY2(isThere(path) == byoc, path);
    for (const char *path : {"/live-video-to-video", "/payment"})
        QVERIFY2(isThere(path) == live, path);
    const auto found = parseDiscovery(client.send("GET", QStringLiteral("/discover-orchestrators")).body);
    QVERIFY(found);
    QCOMPARE(found->size(), 1);
    QCOMPARE(found->first().address, sandbox.text("orchestrator"));
    QCOMPARE(found->first().capabilities.size(), services.contains(QStringLiteral("capabilities")) ? 7 : 0);
}

void TestIntegrationServices::a_chosen_part_of_the_network_works_by_itself()
{
    Workplace place;
    SandboxProcess sandbox(place, words(QStringLiteral("--without lv2v")));
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), text(sandbox.ready(), "/services/byoc/sender_key"));
    const Finished run = place.run({QStringLiteral("run"), QStringLiteral("text-analysis"), QStringLiteral("--input"), QStringLiteral("{\"text\":\"hello\"}"),
        QStringLiteral("--json"), QStringLiteral("--orchestrator"), text(sandbox.ready(), "/services/byoc/orchestrator")});
    QVERIFY2(run.code == 0, (run.out + run.err).constData());
    QVERIFY(run.json().find(QStringLiteral("/payment/tickets/0")).has_value());
    QCOMPARE(sandbox.terminate(), 0);
}

void TestIntegrationServices::the_sandbox_profile_reaches_the_ai_gateway()
{
    const Workplace place;
    const QString file = place.path(QStringLiteral("drawn.png"));
    const Finished run = place.run({QStringLiteral("run"), QStringLiteral("text-to-image"), QStringLiteral("--profile"), QStringLiteral("sandbox"),
        QStringLiteral("--input"), QStringLiteral("{\"prompt\":\"The sluice is open\",\"seed\":3}"), QStringLiteral("--out"), file});
    QVERIFY2(run.code == 0, (run.out + run.err).constData());
    QFile drawn(file);
    QVERIFY(drawn.open(QIODevice::ReadOnly));
    QVERIFY(drawn.readAll().startsWith("\x89PNG"));
    // A file in, text out, for scripts.
    const Finished read = place.run({QStringLiteral("run"), QStringLiteral("image-to-text"), QStringLiteral("--profile"), QStringLiteral("sandbox"),
        QStringLiteral("--file"), QStringLiteral("image=") + file, QStringLiteral("--json")});
    QVERIFY2(read.code == 0, (read.out + read.err).constData());
    QCOMPARE(read.json().find(QStringLiteral("/json/text")).value_or(Json()).toString().simplified(), QStringLiteral("The sluice is open"));
    const Finished chat = place.run({QStringLiteral("stream"), QStringLiteral("llm"), QStringLiteral("--profile"), QStringLiteral("sandbox"), QStringLiteral("--input"),
        QStringLiteral("{\"messages\":[{\"role\":\"user\",\"content\":\"How does a payment ticket work?\"}],\"max_tokens\":30}")});
    QVERIFY2(chat.code == 0, (chat.out + chat.err).constData());
    QVERIFY2(chat.out.contains("ticket"), chat.out.constData());
    // The other six: what is spoken is recognised, a picture is changed, enlarged and moved, and the thing under the point is found.
    const auto pipeline = [&](const char *name, const QStringList &more) {
        return place.run(QStringList{QStringLiteral("run"), QString::fromLatin1(name), QStringLiteral("--profile"), QStringLiteral("sandbox")} + more);
    };
    const QString sound = place.path(QStringLiteral("speech.wav"));
    const Finished spoken = pipeline("text-to-speech", {QStringLiteral("--input"), QStringLiteral("{\"text\":\"We are going to the city tomorrow.\"}"), QStringLiteral("--out"), sound});
    QVERIFY2(spoken.code == 0, (spoken.out + spoken.err).constData());
    const Finished heard = pipeline("audio-to-text", {QStringLiteral("--file"), QStringLiteral("audio=") + sound, QStringLiteral("--json")});
    QVERIFY2(heard.code == 0, (heard.out + heard.err).constData());
    QCOMPARE(heard.json().find(QStringLiteral("/json/text")).value_or(Json()).toString().trimmed().toLower().remove(QLatin1Char('.')), QStringLiteral("we are going to the city tomorrow"));
    struct Made {
        const char *name;
        const char *input;
        QByteArray magic;
        qsizetype at;
    };
    for (const Made &made : {Made{"image-to-image", R"({"prompt":"make it greyscale"})", "\x89PNG", 0}, Made{"upscale", R"({"prompt":"words"})", "\x89PNG", 0},
             Made{"image-to-video", R"({"width":320,"height":320})", "ftyp", 4}}) {
        const QString out = place.path(QString::fromLatin1(made.name));
        const Finished done = pipeline(made.name, {QStringLiteral("--file"), QStringLiteral("image=") + file, QStringLiteral("--input"), QString::fromLatin1(made.input), QStringLiteral("--out"), out});
        QVERIFY2(done.code == 0, (done.out + done.err).constData());
        QFile result(out);
        QVERIFY(result.open(QIODevice::ReadOnly));
        QCOMPARE(result.readAll().mid(made.at, made.magic.size()), made.magic);
    }
    const Finished found = pipeline("segment-anything-2", {QStringLiteral("--file"), QStringLiteral("image=") + file, QStringLiteral("--json"), QStringLiteral("--input"),
        QStringLiteral("{\"point_coords\":\"[[20,20]]\",\"point_labels\":\"[1]\",\"multimask_output\":false,\"return_logits\":false}")});
    QVERIFY2(found.code == 0, (found.out.left(2000) + found.err).constData());
    const Json masks = Json::parse(found.json().find(QStringLiteral("/json/masks")).value_or(Json()).toString().toUtf8(), {64 * 1024 * 1024, 8, qsizetype(1) << 30}).valueOr(Json());
    QVERIFY2(masks.at(0).at(20).at(20).toDouble() > 0, "the point itself belongs to what is found");
    // Both networks stand in one list.
    const Finished listed = place.run({QStringLiteral("capabilities"), QStringLiteral("--profile"), QStringLiteral("sandbox"), QStringLiteral("--json")});
    QVERIFY2(listed.out.contains("\"segment-anything-2\"") && listed.out.contains("\"text-analysis\""), listed.out.constData());
}

void TestIntegrationServices::a_missing_program_takes_its_pipeline_off_the_list()
{
    Workplace place;
    place.setVariable(QStringLiteral("PATH"), place.path(QStringLiteral("nothing-here")));
    SandboxProcess sandbox(place, {QStringLiteral("--only"), QStringLiteral("aigateway")});
    const bool ready = sandbox.waitUntilReady();
    QByteArray log = sandbox.errors();
    QVERIFY2(ready, log.constData());
    QStringList offered;
    for (const Json &name : sandbox.ready().find(QStringLiteral("/services/aigateway/pipelines")).value_or(Json()).items())
        offered.append(name.toString());
    QCOMPARE(offered, words(QStringLiteral("llm text-to-image image-to-image image-to-video upscale segment-anything-2")));
    QCOMPARE(sandbox.terminate(), 0);
    log += sandbox.errors();
    for (const char *package : {"the package espeak-ng has it", "the package pocketsphinx has it", "the package tesseract-ocr has it"})
        QVERIFY2(log.contains(package), log.constData());
}

void TestIntegrationServices::an_option_that_two_services_have_needs_one_of_them()
{
    const Workplace place;
    SandboxProcess sandbox(place, words(QStringLiteral("--only aigateway --llm-upstream http://127.0.0.1:1 --llm-model m")));
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    QCOMPARE(sandbox.terminate(), 0);
}

void TestIntegrationServices::a_sandbox_of_some_services_stops_cleanly_data()
{
    QTest::addColumn<QString>("services");
    QTest::newRow("byoc") << QStringLiteral("byoc");
    QTest::newRow("lv2v") << QStringLiteral("lv2v");
    QTest::newRow("aigateway") << QStringLiteral("aigateway");
    QTest::newRow("byoc and capabilities") << QStringLiteral("byoc,capabilities");
}

void TestIntegrationServices::a_sandbox_of_some_services_stops_cleanly()
{
    QFETCH(QString, services);
    const Workplace place;
    SandboxProcess sandbox(place, {QStringLiteral("--only"), services});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const auto addressIn = [&services](const SandboxProcess &one) {
        return services == QLatin1String("aigateway") ? text(one.ready(), "/services/aigateway/base_url") : one.text("orchestrator");
    };
    const QString address = addressIn(sandbox);
    QVERIFY(!address.isEmpty());
    QCOMPARE(sandbox.terminate(), 0);
    QVERIFY(!QFileInfo::exists(place.path(QStringLiteral("state.sqlite.ready.json"))));
    // All of it, from the same state: the same network at the same place.
    SandboxProcess whole(place);
    QVERIFY2(whole.waitUntilReady(), whole.errors().constData());
    QCOMPARE(addressIn(whole), address);
    QCOMPARE(whole.terminate(), 0);
}

void TestIntegrationServices::a_choice_that_cannot_be_is_explained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QList<QByteArray>>("says");
    const auto row = [](const char *name, const char *arguments, const QList<QByteArray> &says) {
        QTest::newRow(name) << words(QString::fromLatin1(arguments)) << says;
    };
    row("unknown", "--only byco", {"\"byco\"", "byoc, capabilities, lv2v"});
    row("unknown, to be left out", "--without byoc,live", {"\"live\"", "byoc, capabilities, lv2v"});
    row("a need is not chosen", "--only capabilities", {"\"capabilities\" needs \"byoc\"", "--only capabilities,byoc"});
    row("a need is left out", "--without byoc", {"\"capabilities\" needs \"byoc\"", "--without byoc,capabilities"});
    row("nothing is left", "--only byoc --without byoc", {"No service is left", "byoc, capabilities, lv2v"});
    row("nothing is named", "--only ,", {"--only"});
    row("an option of one that is left out", "--only byoc --price 5", {"--price", "\"capabilities\""});
    row("an option that two have", "--only lv2v --llm-upstream http://127.0.0.1:1", {"--llm-upstream"});
    row("a dialect that there is not", "--only aigateway --llm-dialect xml", {"\"xml\"", "json", "form"});
    row("another", "--only lv2v --quirks leak-slots", {"--quirks", "\"byoc\""});
}

void TestIntegrationServices::a_choice_that_cannot_be_is_explained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QList<QByteArray>, says);
    const Workplace place;
    const Finished finished = place.run(QStringList{QStringLiteral("sandbox"), QStringLiteral("--state"), place.path(QStringLiteral("s.sqlite"))} + arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY(finished.out.isEmpty());
    for (const QByteArray &part : says)
        QVERIFY2(finished.err.contains(part), finished.err.constData());
    QVERIFY(!QFileInfo::exists(place.path(QStringLiteral("s.sqlite"))));
}

void TestIntegrationServices::help_lists_the_services()
{
    const Workplace place;
    const Finished help = place.run({QStringLiteral("sandbox"), QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    for (const char *part : {"--only", "--without", "byoc, capabilities (byoc), lv2v"})
        QVERIFY2(help.out.contains(part), help.out.constData());
}

QTEST_GUILESS_MAIN(TestIntegrationServices)
#include "tst_integration_services.moc"
