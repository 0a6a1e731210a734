#include "sandbox_process_p.h"

#include "peers/manual_client.h"
#include "peers/runner_peer.h"

#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <csignal>

using namespace sluice;
using namespace sluice::byoc;

/// The command line on a fresh machine and against a sandbox: real processes, nothing else running.
class TestIntegrationSluicectl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void run_works_from_nothing();
    void stream_works_from_nothing();
    void a_picture_goes_in_and_out_as_a_file();
    void a_picture_goes_without_its_position_and_that_is_said();
    void a_snippet_with_a_secret_in_it_is_refused();
    void every_command_teaches();
    void mistakes_are_named_with_a_suggestion_data();
    void mistakes_are_named_with_a_suggestion();
    void mistakes_are_json_where_json_is_wanted_data();
    void mistakes_are_json_where_json_is_wanted();
    void wrong_input_names_its_field();
    void a_live_job_that_failed_leaves_no_empty_file();
    void every_line_of_a_stream_or_session_says_what_it_is();
    void a_spend_limit_stops_before_anything_is_sent();
    void a_dead_orchestrator_is_exit_code_3();
    void what_sign_prints_can_be_sent_by_others();
    void ctrl_c_cancels_a_stream_and_says_what_was_spent_data();
    void ctrl_c_cancels_a_stream_and_says_what_was_spent();
    void a_hangup_that_is_ignored_stays_so();
    void closed_standard_streams_are_empty_ones_data();
    void closed_standard_streams_are_empty_ones();
    void a_server_says_who_may_reach_it();
    void a_killed_sandbox_leaves_history_and_balance_intact();
    void history_is_kept_and_replayed();
    void profiles_are_added_used_and_removed();
    void a_profile_that_takes_anothers_place_says_so();
    void a_changed_sandbox_profile_can_be_restored();
    void what_was_named_is_shown_while_its_network_is_away();
    void a_key_that_pays_nothing_is_told_with_the_reason();
    void an_answer_that_is_a_failure_is_printed_and_ends_a_session_with_1_data();
    void an_answer_that_is_a_failure_is_printed_and_ends_a_session_with_1();
    void an_app_and_a_capability_of_one_name_are_told_apart_by_backend();
    void endless_blank_lines_do_not_hold_a_stream();
};

namespace {

const QString helloInput = QStringLiteral("{\"text\":\"A fine day in a fine city.\"}");
const QString chatInput = QStringLiteral("{\"messages\":[{\"role\":\"user\",\"content\":\"What is a ticket?\"}]}");

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

void TestIntegrationSluicectl::run_works_from_nothing()
{
    const Workplace place;
    const Finished finished = place.run(words("run text-analysis --json --input") + QStringList(helloInput));
    QVERIFY2(finished.code == 0, (finished.err + finished.out).constData());
    const Json json = finished.json();
    QCOMPARE(json.value(QStringLiteral("ok")), Json(true));
    QCOMPARE(json.find(QStringLiteral("/json/language/code"))->toString(), QStringLiteral("en"));
    QCOMPARE(json.find(QStringLiteral("/payment/tickets"))->size(), 1);
    QCOMPARE(json.find(QStringLiteral("/payment/tickets/0/signature_verified")), std::optional(Json(true)));
    // The sandbox that it started has gone with it.
    QVERIFY(!QFile::exists(place.path(QStringLiteral("sandbox.sqlite.ready.json"))));

    const Finished plain = place.run(words("run text-analysis --input -"), helloInput.toUtf8());
    QVERIFY2(plain.code == 0, plain.err.constData());
    QVERIFY(plain.json().isObject());
    QVERIFY2(plain.err.contains("balance"), plain.err.constData());
}

void TestIntegrationSluicectl::stream_works_from_nothing()
{
    const Workplace place;
    const Finished finished = place.run(words("stream docs-chat --json --input") + QStringList(chatInput));
    QVERIFY2(finished.code == 0, (finished.err + finished.out).constData());
    const QList<Json> lines = finished.lines();
    QCOMPARE(lines.first().value(QStringLiteral("type")).toString(), QStringLiteral("opened"));
    QCOMPARE(lines.last().value(QStringLiteral("type")).toString(), QStringLiteral("end"));
    QCOMPARE(lines.last().value(QStringLiteral("end")).toString(), QStringLiteral("done"));
    int balances = 0;
    int events = 0;
    for (const Json &line : lines) {
        QVERIFY(line.isObject());
        balances += line.value(QStringLiteral("type")).toString() == QStringLiteral("balance");
        events += line.value(QStringLiteral("type")).toString() == QStringLiteral("event");
    }
    QVERIFY(events > 20);
    QVERIFY(balances >= 1);

    const Finished plain = place.run(words("stream docs-chat --input") + QStringList(chatInput));
    QVERIFY2(plain.code == 0, plain.err.constData());
    QVERIFY2(plain.out.toLower().contains("ticket") && !plain.out.contains("chat.completion.chunk"), plain.out.left(300).constData());
}

void TestIntegrationSluicectl::a_picture_goes_in_and_out_as_a_file()
{
    const Workplace place;
    // A picture of one red dot.
    QFile picture(place.path(QStringLiteral("dot.png")));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write(QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="));
    picture.close();
    const QString out = place.path(QStringLiteral("out.png"));
    const Finished finished = place.run({QStringLiteral("run"), QStringLiteral("image-filter"), QStringLiteral("--input"),
        QStringLiteral("{\"filter\":\"invert\"}"), QStringLiteral("--file"), QStringLiteral("image=") + picture.fileName(),
        QStringLiteral("--out"), out});
    QVERIFY2(finished.code == 0, finished.err.constData());
    QFile result(out);
    QVERIFY(result.open(QIODevice::ReadOnly));
    QVERIFY(result.readAll().startsWith("\x89PNG\r\n"));
}

void TestIntegrationSluicectl::a_picture_goes_without_its_position_and_that_is_said()
{
    const Workplace place;
    const QString picture = QStringLiteral("image=" SLUICE_TEST_DATA "/pictures/motion.jpg");
    const auto run = [&](const QStringList &more) {
        return place.run(QStringList{QStringLiteral("run"), QStringLiteral("image-filter"), QStringLiteral("--input"), QStringLiteral("{\"filter\":\"invert\"}"),
                             QStringLiteral("--file"), picture, QStringLiteral("--out"), place.path(QStringLiteral("out.png"))} + more);
    };
    const Finished plain = run({});
    QVERIFY2(plain.code == 0, plain.err.constData());
    QVERIFY2(plain.err.contains("motion.jpg: Taken out: position, camera serial number") && plain.err.contains("--keep-metadata"), plain.err.constData());
    const Finished whole = run({QStringLiteral("--keep-metadata")});
    QVERIFY2(whole.code == 0, whole.err.constData());
    QVERIFY2(whole.err.contains("motion.jpg: Sent with everything in it: position") && !whole.err.contains("Taken out"), whole.err.constData());
}

void TestIntegrationSluicectl::a_snippet_with_a_secret_in_it_is_refused()
{
    const Workplace place;
    const QByteArray key = "ba529e3f18b52b332045f67cce0a523a676fe131b65ebb7bdded6ffbdbb0cd36";
    QFile file(place.path(QStringLiteral("key")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(key);
    file.close();
    const auto snippet = [&](const QByteArray &text) {
        return place.run({QStringLiteral("snippet"), QStringLiteral("text-analysis"), QStringLiteral("--language"), QStringLiteral("curl"),
            QStringLiteral("--input"), QString::fromUtf8("{\"text\":\"" + text + "\"}"), QStringLiteral("--key"), file.fileName()});
    };
    QCOMPARE(snippet("no secret").code, 0);
    for (const QByteArray &text : {"my key is " + key, "in base64: " + key.toBase64()}) {
        const Finished finished = snippet(text);
        QVERIFY2(finished.code != 0, finished.out.constData());
        QVERIFY2(finished.err.contains("/text"), finished.err.constData());
        QVERIFY(!finished.out.contains(key) && !finished.err.contains(key));
    }
}

void TestIntegrationSluicectl::every_command_teaches()
{
    const Workplace place;
    const Finished overview = place.run({QStringLiteral("--help")});
    QCOMPARE(overview.code, 0);
    for (const char *command : {"run", "stream", "capabilities", "describe", "balance", "tickets", "history", "sign", "profile", "sandbox"}) {
        QVERIFY2(overview.out.contains(command), command);
        const Finished help = place.run({QString::fromLatin1(command), QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY2(help.out.contains("Examples:") && help.out.contains("sluicectl " + QByteArray(command)), help.out.constData());
        QVERIFY2(help.out.contains("--json"), command);
    }
    QVERIFY(place.run({QStringLiteral("--version")}).out.startsWith("sluicectl "));
    QCOMPARE(place.run({}).code, 2);
}

void TestIntegrationSluicectl::mistakes_are_named_with_a_suggestion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("suggestion");
    QTest::newRow("command") << words("strem docs-chat") << QByteArray("\"stream\"");
    QTest::newRow("option") << words("run text-analysis --inptu {}") << QByteArray("--input");
    QTest::newRow("no input") << words("run text-analysis") << QByteArray("--input");
    QTest::newRow("no JSON") << words("run text-analysis --input {text:1}") << QByteArray("not JSON");
    QTest::newRow("no file") << words("run text-analysis --input @/nowhere") << QByteArray("/nowhere");
    QTest::newRow("no number") << words("run text-analysis --input {} --timeout soon") << QByteArray("whole number");
    QTest::newRow("negative limit") << words("run text-analysis --input {} --max-spend=-1") << QByteArray("wei");
    QTest::newRow("parts of a wei") << words("run text-analysis --input {} --max-spend 0.5") << QByteArray("--max-spend");
    QTest::newRow("profile's limit") << words("profile add x --orchestrator https://127.0.0.1:9 --max-per-day 0.5") << QByteArray("--max-per-day");
    QTest::newRow("limit with a comma") << words("limits set --per-day 0,5gwei") << QByteArray("gwei");
    QTest::newRow("no price") << words("sandbox --price echo=dear") << QByteArray("AMOUNT");
    QTest::newRow("no URL") << words("run text-analysis --input {} --orchestrator here") << QByteArray("https");
    QTest::newRow("two names") << words("run text-analysis image-filter --input {}") << QByteArray("image-filter");
    QTest::newRow("profile") << words("run text-analysis --input {} --profile nobody") << QByteArray("profile list");
    QTest::newRow("the sandbox elsewhere") << words("profile add sandbox --orchestrator https://127.0.0.1:9") << QByteArray("a name of its own");
    QTest::newRow("a mistyped setting") << words("profile add x --orchestrator https://127.0.0.1:9 --set byoc.issuer_ulr=https://127.0.0.1:8") << QByteArray("\"issuer_url\"");
    QTest::newRow("no such setting") << words("profile add x --orchestrator https://127.0.0.1:9 --set byoc.bar=1") << QByteArray("There are: orch_urls, discovery_url");
    QTest::newRow("another backend's setting") << words("profile add x --set aigateway.url=http://127.0.0.1:9") << QByteArray("base_url");
    QTest::newRow("a mistyped secret") << words("profile add x --set openai.base_url=http://127.0.0.1:9 --secret openai.apikey=/dev/null") << QByteArray("\"api_key\"");
    QTest::newRow("profile word") << words("profile nosuch") << QByteArray("none of list, use, add");
    QTest::newRow("nothing to sign") << words("sign") << QByteArray("--capability is missing");
    QTest::newRow("a provider that nobody looks at") << words("accounts --provider foo") << QByteArray("deposit and refund");
    QTest::newRow("history word") << words("history shwo 1") << QByteArray("show");
    QTest::newRow("run id") << words("history show 1234") << QByteArray("sluicectl history");
}

void TestIntegrationSluicectl::mistakes_are_named_with_a_suggestion()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, suggestion);
    const Workplace place;
    const Finished finished = place.run(arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY2(finished.err.contains(suggestion), finished.err.constData());
    QVERIFY(finished.out.isEmpty());
}

void TestIntegrationSluicectl::mistakes_are_json_where_json_is_wanted_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("something is missing") << words("run --json");
    QTest::newRow("option") << words("run text-analysis --nosuch --json");
    QTest::newRow("a word is missing") << words("limits --json");
    QTest::newRow("command") << words("nosuchcommand --json");
    QTest::newRow("only --json") << words("--json");
    for (const char *command : {"serve", "worker", "zerog", "trickle"}) {
        QTest::addRow("%s alone", command) << QStringList{QString::fromLatin1(command), QStringLiteral("--json")};
        QTest::addRow("%s and no word of it", command) << QStringList{QString::fromLatin1(command), QStringLiteral("nosuch"), QStringLiteral("--json")};
    }
}

void TestIntegrationSluicectl::mistakes_are_json_where_json_is_wanted()
{
    QFETCH(QStringList, arguments);
    const Workplace place;
    const Finished finished = place.run(arguments);
    QCOMPARE(finished.code, 2);
    const Json error = finished.json();
    QCOMPARE(error.value(QStringLiteral("type")).toString(), QStringLiteral("error"));
    QCOMPARE(error.value(QStringLiteral("ok")), Json(false));
    QCOMPARE(error.find(QStringLiteral("/error/kind"))->toString(), QStringLiteral("invalid_input"));
    QVERIFY2(!error.find(QStringLiteral("/error/message"))->toString().contains(QStringLiteral("\"--json\"")) || arguments.size() == 1, finished.out.constData());
    QVERIFY2(finished.err.isEmpty(), finished.err.constData());
}

void TestIntegrationSluicectl::a_live_job_that_failed_leaves_no_empty_file()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), QString(64, QLatin1Char('1')));
    const QString made = place.path(QStringLiteral("f.ts"));
    const QStringList call = words("live video-filter --source pattern --orchestrator https://127.0.0.1:9 --out");
    QCOMPARE(place.run(call + QStringList(made)).code, 3);
    QVERIFY(!QFile::exists(made));
}

void TestIntegrationSluicectl::every_line_of_a_stream_or_session_says_what_it_is()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), QString(64, QLatin1Char('1')));
    const QString nowhere = QStringLiteral("https://127.0.0.1:9");
    for (const QStringList &command : {words("stream docs-chat --json --no-check --input") + QStringList(chatInput), words("session nosuch --json")}) {
        const Finished finished = place.run(command + QStringList{QStringLiteral("--orchestrator"), nowhere});
        QVERIFY(finished.code != 0);
        const QList<Json> lines = finished.lines();
        QVERIFY2(!lines.isEmpty(), finished.err.constData());
        for (const Json &line : lines)
            QVERIFY2(!line.value(QStringLiteral("type")).toString().isEmpty(), finished.out.constData());
        QCOMPARE(lines.last().value(QStringLiteral("type")).toString(), QStringLiteral("error"));
    }
}

void TestIntegrationSluicectl::wrong_input_names_its_field()
{
    const Workplace place;
    const Finished finished = place.run(words("run text-analysis --json --input {\"txt\":1}"));
    QVERIFY(finished.code != 0);
    const Json error = finished.json().value(QStringLiteral("error"));
    QCOMPARE(error.value(QStringLiteral("field")).toString(), QStringLiteral("/text"));
}

void TestIntegrationSluicectl::a_spend_limit_stops_before_anything_is_sent()
{
    const Workplace place;
    const Finished finished = place.run(words("run text-analysis --json --max-spend 5 --input") + QStringList(helloInput));
    QCOMPARE(finished.code, 4);
    const Json error = finished.json().value(QStringLiteral("error"));
    QCOMPARE(error.value(QStringLiteral("kind")).toString(), QStringLiteral("spend_limit"));
    const Finished tickets = place.run(words("tickets --json"));
    for (const Json &ticket : tickets.json().items())
        QVERIFY(ticket.value(QStringLiteral("state")).toString() != QStringLiteral("sent"));
}

void TestIntegrationSluicectl::a_dead_orchestrator_is_exit_code_3()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), QString(64, QLatin1Char('1')));
    const Finished finished = place.run(words("run text-analysis --input {} --orchestrator https://127.0.0.1:9"));
    QCOMPARE(finished.code, 3);
    QVERIFY2(finished.err.contains("127.0.0.1:9"), finished.err.constData());
}

void TestIntegrationSluicectl::what_sign_prints_can_be_sent_by_others()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const Finished finished = place.run({QStringLiteral("sign"), QStringLiteral("--capability"), QStringLiteral("text-analysis"),
        QStringLiteral("--input"), helloInput, QStringLiteral("--json"), QStringLiteral("--state"), place.path(QStringLiteral("state.sqlite"))});
    QVERIFY2(finished.code == 0, finished.err.constData());
    const Json json = finished.json();
    Headers headers;
    const Json printed = json.value(QStringLiteral("headers"));
    for (const auto &[name, value] : printed.members())
        headers.append(std::pair<QByteArray, QByteArray>(name.toLatin1(), value.toString().toLatin1()));
    const QUrl url(json.value(QStringLiteral("url")).toString());
    IoThread io;
    const ManualClient client(io, QUrl(url.toString(QUrl::RemovePath)));
    const auto answer = client.send("POST", url.path(), headers, helloInput.toUtf8());
    QVERIFY2(answer.status == 200, answer.body.constData());
    QVERIFY(answer.body.contains("\"English\""));
}

void TestIntegrationSluicectl::ctrl_c_cancels_a_stream_and_says_what_was_spent_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl-C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("a terminal that was closed") << SIGHUP;
}

void TestIntegrationSluicectl::ctrl_c_cancels_a_stream_and_says_what_was_spent()
{
    QFETCH(int, signal);
    const Workplace place;
    QProcess process;
    place.start(process, words("stream docs-chat --json --input") + QStringList(chatInput));
    QVERIFY(process.waitForStarted());
    QByteArray out;
    const auto streaming = [&] {
        process.waitForReadyRead(100);
        out += process.readAllStandardOutput();
        return out.count("\"type\":\"event\"") >= 3;
    };
    QTRY_VERIFY_WITH_TIMEOUT(streaming(), 30'000);
    ::kill(pid_t(process.processId()), signal);
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 130);
    out += process.readAllStandardOutput();
    const Json last = Json::parse(out.trimmed().split('\n').last()).valueOr(Json());
    QCOMPARE(last.value(QStringLiteral("end")).toString(), QStringLiteral("closed"));
    QVERIFY(last.find(QStringLiteral("/payment/tickets")));
    QVERIFY(last.find(QStringLiteral("/payment/paid_wei"))->toString() != QStringLiteral("0"));
}

/// As nohup starts it.
void TestIntegrationSluicectl::a_hangup_that_is_ignored_stays_so()
{
    const Workplace place;
    QProcess process;
    process.setProcessEnvironment(place.environment());
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("trap '' HUP; exec \"$0\" stream docs-chat --json --input \"$1\""),
                                                 Workplace::program(), chatInput});
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput(), out.contains("\"type\":\"event\"")), 30'000);
    ::kill(pid_t(process.processId()), SIGHUP);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void TestIntegrationSluicectl::closed_standard_streams_are_empty_ones_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("input");
    // An input that never ended would have the job run, and be paid, for ever.
    QTest::newRow("input of a live job") << QStringLiteral("exec \"$0\" live log-tail --json <&-") << QString();
    QTest::newRow("output") << QStringLiteral("exec \"$0\" run text-analysis --input \"$1\" >&-") << helloInput;
    QTest::newRow("output and errors") << QStringLiteral("exec \"$0\" run text-analysis --input \"$1\" >&- 2>&-") << helloInput;
    QTest::newRow("all") << QStringLiteral("exec \"$0\" run text-analysis --input \"$1\" <&- >&- 2>&-") << helloInput;
}

void TestIntegrationSluicectl::closed_standard_streams_are_empty_ones()
{
    QFETCH(QString, command);
    QFETCH(QString, input);
    const Workplace place;
    QProcess process;
    process.setProcessEnvironment(place.environment());
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command, Workplace::program(), input});
    QVERIFY2(process.waitForFinished(30'000), process.readAllStandardError().constData());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

void TestIntegrationSluicectl::a_server_says_who_may_reach_it()
{
    Workplace place;
    place.setVariable(QStringLiteral("LISTEN_ADDRESS"), QString());
    place.setVariable(QStringLiteral("OPENAI_API_KEY"), QStringLiteral("sk-strangers"));
    const auto begin = [&place](const char *arguments) {
        QProcess process;
        place.start(process, words(arguments));
        Finished finished;
        const auto isReady = [&] { return (finished.out += process.readAllStandardOutput()).contains('\n') || process.state() == QProcess::NotRunning; };
        (void)QTest::qWaitFor(isReady, 20'000);
        process.terminate();
        process.waitForFinished(15'000);
        finished.code = process.exitCode();
        finished.err = process.readAllStandardError();
        return finished;
    };
    const Finished quiet = begin("worker serve --port 0 --json");
    QCOMPARE(quiet.json().value(QStringLiteral("listens_on")).toString(), QStringLiteral("127.0.0.1"));
    QVERIFY2(!quiet.err.contains("reaches"), quiet.err.constData());
    const Finished open = begin("worker serve --port 0 --address 0.0.0.0 --json");
    QCOMPARE(open.json().value(QStringLiteral("listens_on")).toString(), QStringLiteral("0.0.0.0"));
    QVERIFY2(open.err.contains("0.0.0.0") && open.err.contains("whoever reaches"), open.err.constData());
    QVERIFY2(!open.err.contains("sk-strangers"), open.err.constData());

    const Finished refused = begin("serve openai --upstream http://127.0.0.1:1 --address 0.0.0.0");
    QVERIFY(refused.code != 0);
    QVERIFY2(refused.err.contains("--api-key-env") && refused.err.contains("0.0.0.0"), refused.err.constData());
    place.setVariable(QStringLiteral("CALLERS"), QStringLiteral("sk-callers"));
    const Finished served = begin("serve openai --upstream http://127.0.0.1:1 --address 0.0.0.0 --api-key-env CALLERS");
    QCOMPARE(served.code, 0);
    QVERIFY2(served.out.startsWith("http://0.0.0.0:"), served.out.constData());
}

void TestIntegrationSluicectl::a_killed_sandbox_leaves_history_and_balance_intact()
{
    const Workplace place;
    const QStringList state{QStringLiteral("--state"), place.path(QStringLiteral("state.sqlite"))};
    QByteArray out;
    {
        SandboxProcess sandbox(place);
        QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
        QProcess process;
        place.start(process, words("stream docs-chat --json --input") + QStringList(chatInput) + state);
        const auto streaming = [&] {
            process.waitForReadyRead(100);
            out += process.readAllStandardOutput();
            return out.count("\"type\":\"event\"") >= 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(streaming(), 30'000);
        sandbox.kill();
        QVERIFY(process.waitForFinished(20'000));
        QVERIFY(process.exitCode() != 0);
    }
    const Json runs = place.run(words("history --json")).json();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.at(0).value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
    const QString paid = runs.at(0).value(QStringLiteral("paid_wei")).toString();
    QVERIFY(paid != QStringLiteral("0"));

    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    // Under five seconds of stream nothing is debited: what was paid is still there, to the wei.
    const Finished balance = place.run(words("balance docs-chat --json") + state);
    QCOMPARE(balance.json().find(QStringLiteral("/balances/0/wei"))->toString(), paid);
    const Finished next = place.run(words("stream docs-chat --json --input") + QStringList(chatInput) + state);
    QVERIFY2(next.code == 0, (next.err + next.out.right(500)).constData());
    QCOMPARE(next.lines().last().find(QStringLiteral("/payment/paid_wei"))->toString(), QStringLiteral("0"));
}

void TestIntegrationSluicectl::history_is_kept_and_replayed()
{
    const Workplace place;
    QCOMPARE(place.run(words("run text-analysis --input") + QStringList(helloInput)).code, 0);
    const Json runs = place.run(words("history list --json")).json();
    QCOMPARE(runs.size(), 1);
    QCOMPARE(runs.at(0).value(QStringLiteral("state")).toString(), QStringLiteral("succeeded"));
    const QString id = runs.at(0).value(QStringLiteral("id")).toString();
    const Json shown = place.run({QStringLiteral("history"), QStringLiteral("show"), id.left(6), QStringLiteral("--json")}).json();
    QVERIFY(shown.value(QStringLiteral("result")).toString().contains(QStringLiteral("English")));
    QCOMPARE(shown.find(QStringLiteral("/call/input/text"))->toString(), QStringLiteral("A fine day in a fine city."));
    const Finished replayed = place.run({QStringLiteral("history"), QStringLiteral("replay"), id, QStringLiteral("--json")});
    QVERIFY2(replayed.code == 0, replayed.err.constData());
    QCOMPARE(replayed.json().find(QStringLiteral("/json/language/code"))->toString(), QStringLiteral("en"));
    const QList<Json> exported = place.run(words("history export")).lines();
    QCOMPARE(exported.size(), 2);
    const Json tickets = place.run(words("tickets --json --refresh")).json();
    QCOMPARE(tickets.size(), 1);
    QCOMPARE(tickets.at(0).value(QStringLiteral("state")).toString(), QStringLiteral("sent"));
    QVERIFY(tickets.at(0).value(QStringLiteral("won")).isBool());
}

void TestIntegrationSluicectl::profiles_are_added_used_and_removed()
{
    const Workplace place;
    QCOMPARE(place.run(words("profile add mine --orchestrator https://127.0.0.1:9 --max-per-day 5")).code, 0);
    QCOMPARE(place.run(words("profile use mine")).code, 0);
    const Json profiles = place.run(words("profile --json")).json();
    QCOMPARE(profiles.size(), 2);
    QCOMPARE(place.run(words("run text-analysis --input {}")).code, 3);
    QCOMPARE(place.run(words("profile use nobody")).code, 2);
    QCOMPARE(place.run(words("profile remove mine")).code, 0);
    QCOMPARE(place.run(words("profile --json")).json().size(), 1);
    QVERIFY(place.run(words("profile remove sandbox")).code != 0);
}

void TestIntegrationSluicectl::a_profile_that_takes_anothers_place_says_so()
{
    const Workplace place;
    const Finished first = place.run(words("profile add mine --orchestrator https://127.0.0.1:9"));
    QVERIFY2(first.code == 0 && !first.err.contains("Replaced"), first.err.constData());
    const Finished second = place.run(words("profile add mine --orchestrator https://127.0.0.1:10"));
    QVERIFY2(second.code == 0 && second.err.contains("Replaced: \"mine\""), second.err.constData());
}

void TestIntegrationSluicectl::what_was_named_is_shown_while_its_network_is_away()
{
    const Workplace place;
    QCOMPARE(place.run(words("profile add mine --orchestrator https://127.0.0.1:9")).code, 0);
    QCOMPARE(place.run(words("capabilities --profile mine --json")).code, 3);
    QCOMPARE(place.run(words("capability add text-reversal --profile mine --verb run --path text-reversal")).code, 0);
    const Finished listed = place.run(words("capabilities --profile mine --json"));
    QCOMPARE(listed.code, 3);
    QCOMPARE(listed.json().size(), 1);
    QCOMPARE(listed.json().find(QStringLiteral("/0/name"))->toString(), QStringLiteral("text-reversal"));
    QVERIFY2(listed.err.contains("127.0.0.1:9"), listed.err.constData());
    const Finished described = place.run(words("describe text-reversal --profile mine"));
    QCOMPARE(described.code, 3);
    QVERIFY2(described.out.startsWith("text-reversal\n") && described.out.contains("Named by you"), described.out.constData());
    QVERIFY2(described.err.contains("127.0.0.1:9"), described.err.constData());
    QVERIFY(place.run(words("describe another --profile mine")).out.isEmpty());
}

void TestIntegrationSluicectl::a_key_that_pays_nothing_is_told_with_the_reason()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), QString(64, QLatin1Char('1')));
    QCOMPARE(place.run(words("profile add models --set openai.base_url=http://127.0.0.1:9/v1")).code, 0);
    const Finished finished = place.run(words("run any --profile models --input {}"));
    QVERIFY2(finished.err.contains("nothing of the profile \"models\" is paid") && !finished.err.contains("key of its own"), finished.err.constData());
}

void TestIntegrationSluicectl::a_changed_sandbox_profile_can_be_restored()
{
    const Workplace place;
    QCOMPARE(place.run(words("capability add mine --profile sandbox")).code, 0);
    const auto named = [&place] { return place.run(words("capability list --json --profile sandbox")).json().value(QStringLiteral("capabilities")).size(); };
    QCOMPARE(named(), 1);
    const Finished restored = place.run(words("profile remove sandbox"));
    QVERIFY2(restored.code == 0 && restored.err.contains("as it was"), restored.err.constData());
    QCOMPARE(named(), 0);
    QCOMPARE(place.run(words("profile --json")).json().size(), 1);
    QCOMPARE(place.run(words("profile remove sandbox")).code, 2);
}

void TestIntegrationSluicectl::an_answer_that_is_a_failure_is_printed_and_ends_a_session_with_1_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("200") << 200 << 0;
    QTest::newRow("404") << 404 << 1;
    QTest::newRow("503") << 503 << 1;
}

void TestIntegrationSluicectl::an_answer_that_is_a_failure_is_printed_and_ends_a_session_with_1()
{
    QFETCH(int, status);
    QFETCH(int, code);
    test::RunnerPeer peer;
    peer.offer(QStringLiteral("acme/cam"), liverunner::Mode::Persistent, QStringLiteral("c"));
    peer.setApp(test::RunnerPeer::text(status, R"({"detail":"as it is"})", "application/json"));
    const Workplace place;
    for (const bool json : {false, true}) {
        QStringList arguments = words("session acme/cam --path first --path second --orchestrator") + QStringList(peer.url().toString());
        if (json)
            arguments << QStringLiteral("--json");
        const Finished finished = place.run(arguments);
        QCOMPARE(finished.code, code);
        QCOMPARE(finished.out.count("\"detail\":\"as it is\""), qsizetype(2)); // one answer does not hold up the next
        const QByteArray told = "/second answered " + QByteArray::number(status) + '.';
        QVERIFY2(finished.err.contains(told) == (code != 0), finished.err.constData());
    }
    QVERIFY(place.run(words("session --help")).out.contains("ends with 1"));
}

void TestIntegrationSluicectl::an_app_and_a_capability_of_one_name_are_told_apart_by_backend()
{
    test::RunnerPeer peer;
    peer.offer(QStringLiteral("acme/hello"), liverunner::Mode::SingleShot, QStringLiteral("a"));
    const Workplace place;
    const QStringList call = words("run acme/hello --input {} --orchestrator") + QStringList(peer.url().toString());
    for (const QStringList &more : {QStringList(), words("--no-check"), words("--backend liverunner"), words("--backend liverunner --no-check")}) {
        const Finished finished = place.run(call + more);
        QVERIFY2(finished.code == 0, finished.err.constData());
        QCOMPARE(finished.out.trimmed(), QByteArray("{\"ok\":true}"));
    }
    QCOMPARE(peer.requests("/apps/a/app/").size(), 4);
    const Finished unknown = place.run(call + words("--backend byco"));
    QCOMPARE(unknown.code, 3);
    QVERIFY2(unknown.err.contains("byco") && unknown.err.contains("liverunner"), unknown.err.constData());
}

void TestIntegrationSluicectl::endless_blank_lines_do_not_hold_a_stream()
{
    const Workplace place;
    SandboxProcess sandbox(place, {QStringLiteral("--quirks"), QStringLiteral("endless-blank-lines")});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const Finished finished = place.run(words("stream docs-chat --json --timeout 60 --input") + QStringList(chatInput)
        + QStringList({QStringLiteral("--state"), place.path(QStringLiteral("state.sqlite"))}), {}, 30'000);
    QVERIFY2(finished.code == 0, finished.err.constData());
    QCOMPARE(finished.lines().last().value(QStringLiteral("end")).toString(), QStringLiteral("done"));
}

QTEST_GUILESS_MAIN(TestIntegrationSluicectl)
#include "tst_integration_sluicectl.moc"
