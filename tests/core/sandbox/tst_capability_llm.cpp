#include "sluice/base/schema_validator.h"
#include "sluice/net/http_server.h"
#include "sluice/runner/runner_server.h"
#include "sluice/sandbox/capabilities/docs_chat.h"
#include "sluice/sandbox/capabilities/llm_chat.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <future>
#include <mutex>
#include <thread>

using namespace sluice;
using namespace sluice::sandbox;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

Json question(const char *text)
{
    return Json{{key("messages"), Json::array({Json{{key("role"), "user"}, {key("content"), text}}})}};
}

class Collector final : public EventSink {
public:
    bool send(const QByteArray &data) override
    {
        events.append(data);
        if (onSend)
            onSend();
        return events.size() < limit;
    }
    QList<QByteArray> events;
    qsizetype limit = 1'000'000;
    std::function<void()> onSend;
};

/// A server that answers as the test says, whatever it is asked.
class Upstream {
public:
    Upstream(int status, QByteArray type, QByteArray body, bool hang = false)
        : m_server(m_io, HttpServerOptions(), [this, status, type, body, hang](ServerRequest request, ServerResponse &response) {
            return answer(std::move(request), response, status, type, body, hang);
        })
    {
        orThrow(m_server.listen());
    }
    QUrl url() const { return QUrl(m_server.origin()); }
    ServerRequest request() const
    {
        const std::lock_guard lock(m_mutex);
        return m_request;
    }
    std::future<void> hungUp() { return m_hungUp.get_future(); }

private:
    boost::asio::awaitable<void> answer(ServerRequest request, ServerResponse &response, int status, QByteArray type, QByteArray body, bool hang)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_request = request;
        }
        Headers fields;
        fields.emplaceBack("Content-Type", type);
        if (!hang) {
            co_await response.send(status, fields, body);
            co_return;
        }
        co_await response.begin(status, fields);
        co_await response.write(body);
        co_await response.closed();
        m_hungUp.set_value();
    }

    mutable std::mutex m_mutex;
    ServerRequest m_request;
    std::promise<void> m_hungUp;
    IoThread m_io;
    HttpServer m_server;
};

constexpr char Chunks[] = ": hello\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Wa\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"ter\"}}]}\n\n"
                          "data: [DONE]\n\ndata: {\"never\":1}\n\n";

} // namespace

/// llm-chat: what it asks, what it passes on, and how the other side's failures come out.
class TestLlmChat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theAddressIsCompleted_data();
    void theAddressIsCompleted();
    void unusableUpstreamsAreRefused_data();
    void unusableUpstreamsAreRefused();
    void chunksPassUnchangedUntilDone();
    void aRealOpenAiStyleServerIsRelayed();
    void theRequestCarriesKeyModelAndParameters();
    void theModelIsAskedForWhereTheInputNamesNone();
    void itSaysWhoseModelAnswers();
    void aWholeCompletionBecomesChunks();
    void refusalsAreErrorsWithoutTheKey_data();
    void refusalsAreErrorsWithoutTheKey();
    void brokenAnswersAreErrors_data();
    void brokenAnswersAreErrors();
    void nobodyListeningIsAnError();
    void aSelfSignedServerIsNotTrusted();
    void cancellingFreesTheConnection();
    void aClientThatIsGoneFreesTheConnection();
    void aDeadlineEndsTheCall();
    void itCanBeServedByTheRunner();
    void theSchemaAndTheExamplesAreSound();
};

void TestLlmChat::theAddressIsCompleted_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("host only") << "" << QByteArray("/v1/chat/completions");
    QTest::newRow("slash") << "/" << QByteArray("/v1/chat/completions");
    QTest::newRow("version") << "/v1" << QByteArray("/v1/chat/completions");
    QTest::newRow("version and slash") << "/api/v3/" << QByteArray("/api/v3/chat/completions");
    QTest::newRow("whole") << "/openai/chat/completions" << QByteArray("/openai/chat/completions");
    QTest::newRow("prefix") << "/proxy" << QByteArray("/proxy/v1/chat/completions");
}

void TestLlmChat::theAddressIsCompleted()
{
    QFETCH(QString, suffix);
    Upstream upstream(200, "text/event-stream", Chunks);
    LlmChat chat({QUrl(upstream.url().toString() + suffix), {}, {}});
    Collector sink;
    chat.generate(question("?"), sink, RunContext());
    QTEST(upstream.request().path, "path");
}

void TestLlmChat::unusableUpstreamsAreRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("withKey");
    QTest::newRow("empty") << "" << false;
    QTest::newRow("no host") << "http:///v1" << false;
    QTest::newRow("file") << "file:///etc/passwd" << false;
    QTest::newRow("words") << "my server" << false;
    QTest::newRow("key in clear") << "http://models.example/v1" << true;
}

void TestLlmChat::unusableUpstreamsAreRefused()
{
    QFETCH(QString, url);
    QFETCH(bool, withKey);
    try {
        const LlmChat chat({QUrl(url), withKey ? Secret("k3y") : Secret(), {}});
        QFAIL("it was accepted");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Config);
        QVERIFY(!error.describe().contains(key("k3y")));
    }
    const LlmChat local({QUrl(key("http://localhost:1/v1")), Secret("k3y"), {}});
    QVERIFY(local.description().contains(key("localhost")));
}

void TestLlmChat::chunksPassUnchangedUntilDone()
{
    Upstream upstream(200, "text/event-stream; charset=utf-8", Chunks);
    LlmChat chat({upstream.url(), {}, {}});
    Collector sink;
    chat.generate(question("?"), sink, RunContext());
    QCOMPARE(sink.events.size(), 2);
    QCOMPARE(sink.events.first(), QByteArray("{\"choices\":[{\"delta\":{\"content\":\"Wa\"}}]}"));
    const Json completion = chat.collected(sink.events);
    QCOMPARE(completion.value(key("choices")).at(0).value(key("message")).value(key("content")).toString(), key("Water"));
}

void TestLlmChat::aRealOpenAiStyleServerIsRelayed()
{
    RunnerServer server{RunnerOptions()};
    orThrow(server.add(std::make_unique<DocsChat>()));
    orThrow(server.start());
    LlmChat chat({server.url(key("docs-chat")), {}, {}});
    Json input = question("How do I add a capability?");
    input.insert(key("words_per_second"), 0);
    Collector sink;
    chat.generate(input, sink, RunContext());
    const QString text = chat.collected(sink.events).value(key("choices")).at(0).value(key("message")).value(key("content")).toString();
    QCOMPARE(text, DocsChat().answer(input.value(key("messages")), 3).markdown);
}

void TestLlmChat::theRequestCarriesKeyModelAndParameters()
{
    Upstream upstream(200, "text/event-stream", Chunks);
    LlmChat chat({upstream.url(), Secret("k3y"), key("m-1")});
    Json input = question("?");
    input.insert(key("model"), key("m-1"));
    input.insert(key("temperature"), Json::number("0.70"));
    input.insert(key("stream"), false);
    Collector sink;
    chat.generate(input, sink, RunContext());
    const ServerRequest request = upstream.request();
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(headers::value(request.headers, "Authorization"), QByteArray("Bearer k3y"));
    QCOMPARE(request.body, QByteArray(R"({"messages":[{"role":"user","content":"?"}],"model":"m-1","temperature":0.70,"stream":true})"));
    QCOMPARE(chat.inputSchema().value(key("properties")).value(key("model")).value(key("default")).toString(), key("m-1"));
}

void TestLlmChat::theModelIsAskedForWhereTheInputNamesNone()
{
    Upstream upstream(200, "text/event-stream", Chunks);
    LlmChat chat({upstream.url(), {}, key("m-1")});
    Collector sink;
    chat.generate(question("?"), sink, RunContext());
    QCOMPARE(upstream.request().body, QByteArray(R"({"messages":[{"role":"user","content":"?"}],"stream":true,"model":"m-1"})"));
    Json other = question("?");
    other.insert(key("model"), key("m-2"));
    chat.generate(other, sink, RunContext());
    QVERIFY(upstream.request().body.contains(R"("model":"m-2")"));
    QVERIFY(!upstream.request().body.contains("m-1"));
}

void TestLlmChat::itSaysWhoseModelAnswers()
{
    const LlmChat named({QUrl(key("http://127.0.0.1:11434/v1")), {}, key("llama3.2:3b"), key("Ollama 0.5.7")});
    QVERIFY2(named.description().startsWith(key("Relays the conversation to Ollama 0.5.7 at 127.0.0.1:11434 (model llama3.2:3b)")), qPrintable(named.description()));
    const LlmChat other({QUrl(key("https://models.example/v1")), {}, {}});
    QVERIFY2(other.description().contains(key("the OpenAI-compatible server at models.example and")), qPrintable(other.description()));
}

void TestLlmChat::aWholeCompletionBecomesChunks()
{
    Upstream upstream(200, "application/json", R"({"model":"m","choices":[{"message":{"role":"assistant","content":"All of it."},"finish_reason":"length"}]})");
    LlmChat chat({upstream.url(), {}, {}});
    Collector sink;
    chat.generate(question("?"), sink, RunContext());
    QCOMPARE(sink.events.size(), 3);
    const Json choice = chat.collected(sink.events).value(key("choices")).at(0);
    QCOMPARE(choice.value(key("message")).value(key("content")).toString(), key("All of it."));
    QCOMPARE(choice.value(key("finish_reason")).toString(), key("length"));
}

void TestLlmChat::refusalsAreErrorsWithoutTheKey_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::newRow("OpenAI") << 401 << QByteArray(R"({"error":{"message":"Incorrect key k3y-that-is-secret given"}})") << "Incorrect key … given";
    QTest::newRow("string") << 400 << QByteArray(R"({"error":"no such model"})") << "no such model";
    QTest::newRow("FastAPI") << 422 << QByteArray(R"({"detail":"bad messages"})") << "bad messages";
    QTest::newRow("text") << 503 << QByteArray("overloaded\n") << "overloaded";
    QTest::newRow("redirect") << 302 << QByteArray("elsewhere") << "HTTP 302";
    QTest::newRow("empty") << 500 << QByteArray() << "HTTP 500";
}

void TestLlmChat::refusalsAreErrorsWithoutTheKey()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, text);
    Upstream upstream(status, "application/json", body);
    LlmChat chat({upstream.url(), Secret("k3y-that-is-secret"), {}});
    Collector sink;
    try {
        chat.generate(question("?"), sink, RunContext());
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Http);
        QVERIFY2(error.message().contains(text), qPrintable(error.message()));
        QVERIFY(!error.describe().contains(key("k3y")));
    }
    QVERIFY(sink.events.isEmpty());
}

void TestLlmChat::brokenAnswersAreErrors_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("web page") << QByteArray("text/html") << QByteArray("<html>login</html>");
    QTest::newRow("other JSON") << QByteArray("application/json") << QByteArray("{\"ok\":true}");
    QTest::newRow("empty") << QByteArray("application/json") << QByteArray();
    QTest::newRow("too large") << QByteArray("application/json") << QByteArray(5 * 1024 * 1024, ' ');
    QTest::newRow("endless line") << QByteArray("text/event-stream") << QByteArray("data: ") + QByteArray(2 * 1024 * 1024, 'x');
}

void TestLlmChat::brokenAnswersAreErrors()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    Upstream upstream(200, type, body);
    LlmChat chat({upstream.url(), {}, {}});
    Collector sink;
    QVERIFY_THROWS_EXCEPTION(Error, chat.generate(question("?"), sink, RunContext()));
    QVERIFY(sink.events.isEmpty());
}

void TestLlmChat::nobodyListeningIsAnError()
{
    QUrl url;
    {
        Upstream gone(200, "text/plain", "");
        url = gone.url();
    }
    LlmChat chat({url, {}, {}});
    Collector sink;
    try {
        chat.generate(question("?"), sink, RunContext());
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Network);
    }
}

void TestLlmChat::aSelfSignedServerIsNotTrusted()
{
    IoThread io;
    HttpServerOptions options;
    options.tls = orThrow(makeSelfSigned(key("127.0.0.1")));
    std::atomic<int> requests{0};
    HttpServer server(io, options, [&](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        ++requests;
        co_await response.sendText(200, "hello");
    });
    orThrow(server.listen());
    LlmChat chat({QUrl(server.origin()), Secret("k3y"), {}});
    Collector sink;
    QVERIFY_THROWS_EXCEPTION(Error, chat.generate(question("?"), sink, RunContext()));
    QCOMPARE(requests.load(), 0);
}

void TestLlmChat::cancellingFreesTheConnection()
{
    Upstream upstream(200, "text/event-stream", "data: {\"n\":1}\n\n", true);
    auto hungUp = upstream.hungUp();
    LlmChat chat({upstream.url(), {}, {}});
    CancelSource source;
    Collector sink;
    std::thread canceller;
    sink.onSend = [&] { canceller = std::thread([&] { source.cancel(); }); };
    try {
        chat.generate(question("?"), sink, RunContext(source.token(), QDeadlineTimer(QDeadlineTimer::Forever)));
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Canceled);
    }
    canceller.join();
    QCOMPARE(hungUp.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

void TestLlmChat::aClientThatIsGoneFreesTheConnection()
{
    Upstream upstream(200, "text/event-stream", "data: {\"n\":1}\n\n", true);
    auto hungUp = upstream.hungUp();
    LlmChat chat({upstream.url(), {}, {}});
    Collector sink;
    sink.limit = 1;
    chat.generate(question("?"), sink, RunContext());
    QCOMPARE(sink.events.size(), 1);
    QCOMPARE(hungUp.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

void TestLlmChat::aDeadlineEndsTheCall()
{
    Upstream upstream(200, "text/event-stream", "data: {\"n\":1}\n\n", true);
    LlmChat chat({upstream.url(), {}, {}});
    Collector sink;
    try {
        chat.generate(question("?"), sink, RunContext({}, QDeadlineTimer(200)));
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Timeout);
    }
}

void TestLlmChat::itCanBeServedByTheRunner()
{
    Upstream upstream(200, "text/event-stream", Chunks);
    RunnerServer server{RunnerOptions()};
    orThrow(server.add(std::make_unique<LlmChat>(LlmChat::Upstream{upstream.url(), {}, {}})));
    orThrow(server.start());
    // Through the runner again, on one of its worker threads.
    LlmChat outer({server.url(key("llm-chat")), {}, {}});
    Collector sink;
    std::exception_ptr failure;
    std::thread caller([&] {
        try {
            outer.generate(question("?"), sink, RunContext());
        } catch (...) {
            failure = std::current_exception();
        }
    });
    caller.join();
    QVERIFY(!failure);
    QCOMPARE(sink.events.size(), 2);
}

void TestLlmChat::theSchemaAndTheExamplesAreSound()
{
    for (const QString &model : {QString(), key("m-1")}) {
        const LlmChat chat({QUrl(key("https://api.example.com/v1")), {}, model});
        QCOMPARE(SchemaValidator::problems(chat.inputSchema()), QStringList());
        QCOMPARE(SchemaValidator::problems(chat.outputSchema()), QStringList());
        QVERIFY(chat.price().pricePerUnit > 0);
        QVERIFY(chat.description().contains(key("api.example.com")));
        const SchemaValidator validator(chat.inputSchema());
        QVERIFY(validator.validate(chat.examples().first().input).isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestLlmChat)
#include "tst_capability_llm.moc"
