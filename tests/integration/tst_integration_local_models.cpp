#include "sandbox_process_p.h"

#include "peers/openai_server.h"

#include "sluice/net/asio_http_client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::test;
using Script = ScriptedOrchestrator;

namespace {

const QByteArray Models = R"({"object":"list","data":[{"id":"nomic-embed-text","object":"model","created":1,"owned_by":"library"},)"
                          R"({"id":"llama3.2:3b","object":"model","created":1,"owned_by":"library"}]})";

QStringList words(const QString &line)
{
    return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString text(const Json &json, const char *pointer)
{
    return json.find(QString::fromLatin1(pointer)).value_or(Json()).toString();
}

/// Something that answers as Ollama does, and a place whose programs look for it there.
struct Ollama {
    Ollama()
    {
        server.setPage("/v1/models", Script::json(200, Models));
        server.setPage("/api/version", Script::json(200, R"({"version":"0.5.7"})"));
        place.setVariable(QStringLiteral("SLUICE_LOCAL_PORTS"), QStringLiteral("Ollama=%1").arg(server.url().port()));
    }
    [[nodiscard]] QString baseUrl() const { return server.url().toString() + QStringLiteral("/v1"); }
    OpenAiServer server;
    Workplace place;
};

Json answerOf(const AsioHttpRequest &request)
{
    IoThread io;
    const AsioHttpResponse response = boost::asio::co_spawn(io.context(), asioSend(request), boost::asio::use_future).get();
    return Json::parse(response.body).valueOr(Json());
}

} // namespace

/// Language models for real: the servers that a person runs anyhow are found when they ask, and a sandbox sells them.
class TestIntegrationLocalModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void find_local_says_what_answers_and_how_to_add_it();
    void what_it_says_to_add_is_a_profile_that_works();
    void find_local_of_an_empty_machine_says_so();
    void where_only_sluice_answers_nothing_is_to_be_added();
    void ports_that_are_none_are_a_mistake();
    void nothing_else_asks_the_ports();
    void auto_sells_the_model_that_was_found();
    void auto_without_a_server_keeps_the_sandbox_own_chat();
    void auto_takes_only_a_server_that_has_the_model();
};

void TestIntegrationLocalModels::find_local_says_what_answers_and_how_to_add_it()
{
    Ollama ollama;
    const Finished plain = ollama.place.run(words(QStringLiteral("capabilities --find-local")));
    QCOMPARE(plain.code, 0);
    for (const QString &part : {ollama.baseUrl(), QStringLiteral("Ollama 0.5.7"), QStringLiteral("nomic-embed-text, llama3.2:3b"),
             QStringLiteral("sluicectl profile add ollama --set openai.base_url=") + ollama.baseUrl()})
        QVERIFY2(plain.out.contains(part.toUtf8()), plain.out.constData());
    const Json found = ollama.place.run(words(QStringLiteral("capabilities --find-local --json"))).json();
    QCOMPARE(text(found, "/servers/0/base_url"), ollama.baseUrl());
    QCOMPARE(text(found, "/servers/0/product"), QStringLiteral("Ollama"));
    QCOMPARE(text(found, "/servers/0/version"), QStringLiteral("0.5.7"));
    QCOMPARE(text(found, "/servers/0/models/1"), QStringLiteral("llama3.2:3b"));
    QCOMPARE(found.find(QStringLiteral("/servers/0/certain")).value_or(Json()).toBool(), true);
    // Twice, with two questions each; no prompt was sent.
    QCOMPARE(ollama.server.gets().size(), 4);
    QVERIFY(ollama.server.posts().isEmpty());
}

void TestIntegrationLocalModels::what_it_says_to_add_is_a_profile_that_works()
{
    Ollama ollama;
    const Json found = ollama.place.run(words(QStringLiteral("capabilities --find-local --json"))).json();
    QStringList add = words(text(found, "/servers/0/add"));
    QCOMPARE(add.takeFirst(), QStringLiteral("sluicectl"));
    QCOMPARE(ollama.place.run(add).code, 0);
    const Finished run = ollama.place.run(
        {QStringLiteral("run"), QStringLiteral("llama3.2:3b"), QStringLiteral("--profile"), QStringLiteral("ollama"), QStringLiteral("--json"),
            QStringLiteral("--input"), QStringLiteral(R"({"messages":[{"role":"user","content":"Hi"}]})")});
    QVERIFY2(run.code == 0 && run.out.contains("Hello"), (run.out + run.err).constData());
    QCOMPARE(ollama.server.posts().size(), 1);
}

void TestIntegrationLocalModels::find_local_of_an_empty_machine_says_so()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_LOCAL_PORTS"), QStringLiteral("1"));
    const Finished nothing = place.run(words(QStringLiteral("capabilities --find-local")));
    QCOMPARE(nothing.code, 0);
    QVERIFY(nothing.out.isEmpty());
    QVERIFY2(nothing.err.contains("No server of language models"), nothing.err.constData());
    QCOMPARE(place.run(words(QStringLiteral("capabilities --find-local --json"))).json().value(QStringLiteral("servers")).size(), 0);
}

void TestIntegrationLocalModels::where_only_sluice_answers_nothing_is_to_be_added()
{
    Ollama own;
    own.server.setPage("/v1/models", Script::plain(200, {{"Content-Type", "application/json"}, {"Server", "Sluice"}, {"Content-Length", QByteArray::number(Models.size())}}, Models));
    const Finished found = own.place.run(words(QStringLiteral("capabilities --find-local")));
    QCOMPARE(found.code, 0);
    QVERIFY2(found.out.contains("Sluice") && !found.out.contains("profile"), found.out.constData());
    QVERIFY2(found.err.contains("nothing to add"), found.err.constData());
}

void TestIntegrationLocalModels::ports_that_are_none_are_a_mistake()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_LOCAL_PORTS"), QStringLiteral("Ollama"));
    const Finished wrong = place.run(words(QStringLiteral("capabilities --find-local")));
    QCOMPARE(wrong.code, 2);
    QVERIFY2(wrong.err.contains("Ollama"), wrong.err.constData());
}

void TestIntegrationLocalModels::nothing_else_asks_the_ports()
{
    Ollama ollama;
    SandboxProcess sandbox(ollama.place, words(QStringLiteral("--only byoc,capabilities")));
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    QCOMPARE(ollama.place.run({QStringLiteral("capabilities"), QStringLiteral("--state"), ollama.place.path(QStringLiteral("state.sqlite"))}).code, 0);
    QVERIFY(ollama.server.gets().isEmpty());
    QCOMPARE(sandbox.terminate(), 0);
}

void TestIntegrationLocalModels::auto_sells_the_model_that_was_found()
{
    Ollama ollama;
    SandboxProcess sandbox(ollama.place, words(QStringLiteral("--llm-upstream auto")));
    const bool ready = sandbox.waitUntilReady();
    QByteArray log = sandbox.errors();
    QVERIFY2(ready, log.constData());
    // Over BYOC, paid as anything else is.
    const QStringList state{QStringLiteral("--state"), ollama.place.path(QStringLiteral("state.sqlite"))};
    const Finished run = ollama.place.run(
        QStringList{QStringLiteral("run"), QStringLiteral("llm-chat"), QStringLiteral("--json"), QStringLiteral("--input"), QStringLiteral(R"({"messages":[{"role":"user","content":"Hi"}]})")} + state);
    QVERIFY2(run.code == 0 && run.out.contains("Hello"), (run.out + run.err).constData());
    QVERIFY2(text(run.json(), "/payment/paid_wei").size() > 1, run.out.constData());
    const Finished listed = ollama.place.run(QStringList{QStringLiteral("describe"), QStringLiteral("llm-chat"), QStringLiteral("--json")} + state);
    QVERIFY2(listed.out.contains("Ollama 0.5.7 at 127.0.0.1:") && listed.out.contains("(model llama3.2:3b)"), listed.out.constData());
    // And through the AI gateway's /llm and OpenAI's API before it, by the model's own name.
    const QUrl openai(text(sandbox.ready(), "/services/openai/base_url") + QLatin1Char('/'));
    AsioHttpRequest models;
    models.method = "GET";
    models.url = openai.resolved(QUrl(QStringLiteral("models")));
    QCOMPARE(text(answerOf(models), "/data/0/id"), QStringLiteral("llama3.2:3b"));
    AsioHttpRequest chat;
    chat.url = openai.resolved(QUrl(QStringLiteral("chat/completions")));
    chat.headers = headers::contentType("application/json");
    chat.body = R"({"model":"llama3.2:3b","messages":[{"role":"user","content":"Hi"}]})";
    QCOMPARE(text(answerOf(chat), "/choices/0/message/content"), QStringLiteral("Hello"));
    QCOMPARE(ollama.server.posts().size(), 2);
    for (const ServerRequest &post : ollama.server.posts())
        QVERIFY2(post.body.contains(R"("model":"llama3.2:3b")"), post.body.constData());
    QCOMPARE(sandbox.terminate(), 0);
    log += sandbox.errors();
    QVERIFY2(log.contains("llm-chat and /llm are the model llama3.2:3b of Ollama 0.5.7"), log.constData());
}

void TestIntegrationLocalModels::auto_without_a_server_keeps_the_sandbox_own_chat()
{
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_LOCAL_PORTS"), QStringLiteral("1"));
    SandboxProcess sandbox(place, words(QStringLiteral("--llm-upstream auto --only byoc,capabilities")));
    const bool ready = sandbox.waitUntilReady();
    QByteArray log = sandbox.errors();
    QVERIFY2(ready, log.constData());
    const QByteArray offered = sandbox.ready().value(QStringLiteral("capabilities")).dump();
    QVERIFY2(offered.contains("docs-chat") && !offered.contains("llm-chat"), offered.constData());
    QCOMPARE(sandbox.terminate(), 0);
    log += sandbox.errors();
    QVERIFY2(log.contains("the sandbox's own chat stays"), log.constData());
}

void TestIntegrationLocalModels::auto_takes_only_a_server_that_has_the_model()
{
    Ollama ollama;
    SandboxProcess sandbox(ollama.place, words(QStringLiteral("--llm-upstream auto --llm-model qwen --only byoc,capabilities")));
    const bool ready = sandbox.waitUntilReady();
    QByteArray log = sandbox.errors();
    QVERIFY2(ready, log.constData());
    QCOMPARE(sandbox.terminate(), 0);
    log += sandbox.errors();
    QVERIFY2(log.contains("No server on this machine has the model qwen"), log.constData());
}

QTEST_GUILESS_MAIN(TestIntegrationLocalModels)
#include "tst_integration_local_models.moc"
