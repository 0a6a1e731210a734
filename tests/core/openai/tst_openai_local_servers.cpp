#include "peers/openai_server.h"

#include "sluice/base/task.h"
#include "sluice/gateway/local_servers.h"
#include "sluice/openai/local_servers.h"

#include <QtNetwork/QTcpServer>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::openai;
using sluice::test::OpenAiServer;
using Script = sluice::test::ScriptedOrchestrator;

namespace {

QByteArray listOf(const QByteArray &owner, const QByteArray &model = "m")
{
    return R"({"object":"list","data":[{"id":")" + model + R"(","object":"model","created":1,"owned_by":")" + owner + R"("}]})";
}

LocalPlace placeOf(const OpenAiServer &server, const QString &product = {})
{
    return LocalPlace(product, quint16(server.url().port()));
}

/// A port at which nothing listens.
quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no port");
    return server.serverPort();
}

LocalFindings found(const QList<LocalPlace> &places)
{
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient http(trust);
    const QFuture<LocalFindings> future = toFuture(findLocalServers(http, places, CallContext()));
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        qFatal("the search did not end");
    return future.result();
}

} // namespace

/// Servers of language models on this machine: found by what they answer, named by what they say, and left alone otherwise.
class TestOpenAiLocalServers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theUsualPortsAreKnown();
    void portsCanBeNamed_data();
    void portsCanBeNamed();
    void aListTellsWhoseItIs_data();
    void aListTellsWhoseItIs();
    void aProductTellsItsVersion_data();
    void aProductTellsItsVersion();
    void eachServerIsFoundWithItsModels();
    void whoDoesNotTellIsNamedByItsPort();
    void aServerThatWantsAKeyIsFoundWithoutModels();
    void whatIsNoSuchServerIsSaid_data();
    void whatIsNoSuchServerIsSaid();
    void noRedirectIsFollowed();
    void whoKeepsSilentHoldsNobodyUp();
    void aPortWhereNothingListensIsNoNews();
    void theGatewaysDoorGivesSettings();
    void portsThatAreNoneAreRefused();
};

void TestOpenAiLocalServers::theUsualPortsAreKnown()
{
    QMap<QString, int> ports;
    for (const LocalPlace &place : localPlaces())
        ports.insert(place.product, place.port);
    const QMap<QString, int> wanted{{QStringLiteral("Ollama"), 11434}, {QStringLiteral("LM Studio"), 1234}, {QStringLiteral("llama.cpp"), 8080},
        {QStringLiteral("vLLM"), 8000}, {QStringLiteral("Jan"), 1337}, {QStringLiteral("GPT4All"), 4891}};
    QCOMPARE(ports, wanted);
}

void TestOpenAiLocalServers::portsCanBeNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<LocalPlace>>("places"); // empty: refused
    QTest::newRow("a number") << QStringLiteral("5000") << QList<LocalPlace>{{QString(), 5000}};
    QTest::newRow("with a name") << QStringLiteral(" LM Studio = 1235 , 65535") << QList<LocalPlace>{{QStringLiteral("LM Studio"), 1235}, {QString(), 65535}};
    for (const char *wrong : {"", ",", "0", "65536", "-1", "Ollama", "Ollama=", "5000;5001", "0x10", "1e3"})
        QTest::newRow(wrong) << QString::fromLatin1(wrong) << QList<LocalPlace>();
    QTest::newRow("too many") << QStringLiteral("1,").repeated(33) << QList<LocalPlace>();
}

void TestOpenAiLocalServers::portsCanBeNamed()
{
    QFETCH(QString, text);
    QFETCH(QList<LocalPlace>, places);
    const auto read = localPlacesFrom(text);
    QCOMPARE(read.hasValue(), !places.isEmpty());
    if (read)
        QCOMPARE(*read, places);
    else
        QCOMPARE(read.error().kind(), Error::Kind::InvalidInput);
}

void TestOpenAiLocalServers::aListTellsWhoseItIs_data()
{
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("product");
    QTest::addColumn<bool>("certain");
    const auto row = [](const char *name, const QByteArray &server, const QByteArray &body, const char *product, bool certain) {
        QTest::newRow(name) << server << body << QString::fromLatin1(product) << certain;
    };
    row("Ollama", {}, listOf("library"), "Ollama", true);
    row("LM Studio", {}, listOf("organization_owner"), "LM Studio", true);
    row("vLLM", "uvicorn", listOf("vllm"), "vLLM", true);
    row("GPT4All", {}, listOf("humanity"), "GPT4All", true);
    row("llama.cpp by its list", {}, listOf("llamacpp"), "llama.cpp", true);
    row("llama.cpp by its header", "llama.cpp", listOf("somebody"), "llama.cpp", true);
    row("nobody that is known", {}, listOf("somebody"), "Usual", false);
    row("no models", {}, R"({"object":"list","data":[]})", "Usual", false);
    row("no JSON", {}, "<html>", "Usual", false);
    row("an owner that is no text", {}, R"({"data":[{"id":"m","owned_by":7}]})", "Usual", false);
}

void TestOpenAiLocalServers::aListTellsWhoseItIs()
{
    QFETCH(QByteArray, server);
    QFETCH(QByteArray, body);
    QFETCH(QString, product);
    QFETCH(bool, certain);
    const Headers headers = server.isEmpty() ? Headers() : Headers{{"Server", server}};
    const LocalIdentity identity = identityIn(LocalPlace(QStringLiteral("Usual"), 1), headers, body);
    QCOMPARE(identity.product, product);
    QCOMPARE(identity.certain, certain);
}

void TestOpenAiLocalServers::aProductTellsItsVersion_data()
{
    QTest::addColumn<QString>("product");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("version"); // null: it does not tell
    const auto row = [](const char *name, const char *product, int status, const QByteArray &body, const QString &version) {
        QTest::newRow(name) << QString::fromLatin1(product) << status << body << version;
    };
    row("Ollama", "Ollama", 200, R"({"version":"0.5.7"})", QStringLiteral("0.5.7"));
    row("vLLM", "vLLM", 200, R"({"version":"0.6.3.post1"})", QStringLiteral("0.6.3.post1"));
    row("llama.cpp", "llama.cpp", 200, R"({"default_generation_settings":{},"build_info":"b4567-1a2b3c"})", QStringLiteral("b4567-1a2b3c"));
    row("llama.cpp of old", "llama.cpp", 200, R"({"default_generation_settings":{}})", QLatin1String(""));
    row("LM Studio", "LM Studio", 200, R"({"object":"list","data":[{"id":"m","compatibility_type":"gguf"}]})", QLatin1String(""));
    row("somebody else's list", "LM Studio", 200, R"({"object":"list","data":[{"id":"m"}]})", QString());
    row("somebody else's properties", "llama.cpp", 200, R"({"version":"1"})", QString());
    row("not there", "Ollama", 404, R"({"version":"0.5.7"})", QString());
    row("no JSON", "Ollama", 200, "0.5.7", QString());
    row("a version of control characters", "Ollama", 200, R"({"version":"\u001b[31m1"})", QLatin1String(""));
    row("a very long one", "Ollama", 200, R"({"version":")" + QByteArray(5000, '9') + R"("})", QString(40, QLatin1Char('9')));
}

void TestOpenAiLocalServers::aProductTellsItsVersion()
{
    QFETCH(QString, product);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, version);
    const auto told = identityAnswer(product, status, body);
    QCOMPARE(told.has_value(), !version.isNull());
    if (told)
        QCOMPARE(*told, version);
}

void TestOpenAiLocalServers::eachServerIsFoundWithItsModels()
{
    OpenAiServer ollama;
    ollama.setPage("/v1/models", Script::json(200, listOf("library", "llama3.2:3b")));
    ollama.setPage("/api/version", Script::json(200, R"({"version":"0.5.7"})"));
    OpenAiServer llama;
    llama.setPage("/v1/models", Script::json(200, listOf("llamacpp", "qwen.gguf")));
    llama.setPage("/props", Script::json(200, R"({"default_generation_settings":{},"build_info":"b1-a"})"));
    const LocalFindings findings = found({placeOf(ollama, QStringLiteral("Ollama")), placeOf(llama, QStringLiteral("vLLM"))});
    QCOMPARE(findings.servers.size(), 2);
    QVERIFY(findings.others.isEmpty());
    const LocalServer &first = findings.servers.at(0);
    QCOMPARE(first.base, QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(ollama.url().port())));
    QCOMPARE(first.product, QStringLiteral("Ollama"));
    QCOMPARE(first.version, QStringLiteral("0.5.7"));
    QVERIFY(first.certain && !first.wantsKey);
    QCOMPARE(first.models.size(), 1);
    QCOMPARE(first.models.first().id, QStringLiteral("llama3.2:3b"));
    // Its answer counts, not its port.
    QCOMPARE(findings.servers.at(1).product, QStringLiteral("llama.cpp"));
    QCOMPARE(findings.servers.at(1).version, QStringLiteral("b1-a"));
    // Each list once, one more question for the name, and no prompt.
    QCOMPARE(ollama.gets().size(), 2);
    QCOMPARE(ollama.gets().first().path, QByteArray("/v1/models"));
    QVERIFY(ollama.posts().isEmpty() && llama.posts().isEmpty());
}

void TestOpenAiLocalServers::whoDoesNotTellIsNamedByItsPort()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(200, listOf("somebody")));
    const LocalFindings findings = found({placeOf(server, QStringLiteral("Ollama"))});
    QCOMPARE(findings.servers.size(), 1);
    QCOMPARE(findings.servers.first().product, QStringLiteral("Ollama"));
    QVERIFY(!findings.servers.first().certain);
    const LocalFindings unnamed = found({placeOf(server)});
    QCOMPARE(unnamed.servers.size(), 1);
    QVERIFY(unnamed.servers.first().product.isEmpty());
}

void TestOpenAiLocalServers::aServerThatWantsAKeyIsFoundWithoutModels()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(401, R"({"error":{"message":"no key"}})"));
    const LocalFindings findings = found({placeOf(server, QStringLiteral("Jan"))});
    QCOMPARE(findings.servers.size(), 1);
    QVERIFY(findings.servers.first().wantsKey && !findings.servers.first().certain);
    QVERIFY(findings.servers.first().models.isEmpty());
}

void TestOpenAiLocalServers::whatIsNoSuchServerIsSaid_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a web page") << 200 << QByteArray("<html>It works!</html>");
    QTest::newRow("another API") << 200 << QByteArray(R"({"ok":true})");
    QTest::newRow("nothing there") << 404 << QByteArray("not found");
    QTest::newRow("a failure") << 500 << QByteArray();
    QTest::newRow("an endless list") << 200 << QByteArray("[\"" + QByteArray(2 * 1024 * 1024, 'a') + "\"]");
    QTest::newRow("very deep") << 200 << QByteArray(100'000, '[');
    QTest::newRow("no UTF-8") << 200 << QByteArray("{\"data\":[{\"id\":\"\xff\xfe\"}]}");
}

void TestOpenAiLocalServers::whatIsNoSuchServerIsSaid()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(status, body));
    const LocalFindings findings = found({placeOf(server, QStringLiteral("vLLM"))});
    QVERIFY(findings.servers.isEmpty());
    QCOMPARE(findings.others.size(), 1);
    QVERIFY2(findings.others.first().message().contains(QStringLiteral("127.0.0.1:%1").arg(server.url().port())), qPrintable(findings.others.first().message()));
}

void TestOpenAiLocalServers::noRedirectIsFollowed()
{
    OpenAiServer elsewhere;
    OpenAiServer server;
    server.setPage("/v1/models", Script::plain(302, {{"Location", elsewhere.url().toEncoded() + "/v1/models"}}, {}));
    elsewhere.setPage("/v1/models", Script::json(200, listOf("library")));
    const LocalFindings findings = found({placeOf(server)});
    QVERIFY(findings.servers.isEmpty());
    QCOMPARE(findings.others.size(), 1);
    QVERIFY(elsewhere.gets().isEmpty());
}

void TestOpenAiLocalServers::whoKeepsSilentHoldsNobodyUp()
{
    OpenAiServer silent;
    silent.setPage("/v1/models", Script::hang());
    OpenAiServer also;
    also.setPage("/v1/models", Script::hang());
    OpenAiServer good;
    good.setPage("/v1/models", Script::json(200, listOf("library")));
    good.setPage("/api/version", Script::hang());
    QElapsedTimer timer;
    timer.start();
    const LocalFindings findings = found({placeOf(silent), placeOf(also), placeOf(good)});
    QCOMPARE(findings.servers.size(), 1);
    QVERIFY(findings.servers.first().certain); // its list says so
    QCOMPARE(findings.others.size(), 2);
    QVERIFY2(timer.elapsed() < 3'900, qPrintable(QString::number(timer.elapsed()))); // not one after the other
}

void TestOpenAiLocalServers::aPortWhereNothingListensIsNoNews()
{
    const LocalFindings findings = found({LocalPlace(QStringLiteral("Ollama"), freePort())});
    QVERIFY(findings.servers.isEmpty() && findings.others.isEmpty());
}

void TestOpenAiLocalServers::theGatewaysDoorGivesSettings()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(200, listOf("library", "llama3.2:3b")));
    const QFuture<local_servers::Found> future = local_servers::find(QStringLiteral("Ollama=%1").arg(server.url().port()));
    QTRY_VERIFY(future.isFinished());
    const local_servers::Found all = future.result();
    QCOMPARE(all.asked, QList<quint16>{quint16(server.url().port())});
    QCOMPARE(all.servers.size(), 1);
    QCOMPARE(all.servers.first().models, QStringList(QStringLiteral("llama3.2:3b")));
    QCOMPARE(local_servers::settingsOf(all.servers.first()).value(QStringLiteral("base_url")).toString(),
        QStringLiteral("http://127.0.0.1:%1/v1").arg(server.url().port()));
}

void TestOpenAiLocalServers::portsThatAreNoneAreRefused()
{
    const QFuture<local_servers::Found> future = local_servers::find(QStringLiteral("Ollama"));
    QVERIFY(future.isFinished());
    QVERIFY_EXCEPTION_THROWN(QFuture<void>(future).waitForFinished(), Error);
}

QTEST_GUILESS_MAIN(TestOpenAiLocalServers)
#include "tst_openai_local_servers.moc"
