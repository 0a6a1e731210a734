#include "answering_server.h"
#include "examples.h"
#include "programs.h"

#include "sluice/base/bytes.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

/// The generated code runs as it stands: real bash, curl and node against a real server on loopback. Only the signing
/// command is a stand-in here; tests/integration runs the same code with the real one against the sandbox.
class TestSnippetsRunning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sdk_30_bodyAndHeadersArriveAsTheyShould_data();
    void sdk_30_bodyAndHeadersArriveAsTheyShould();
    void binaryAnswersComeOutUnchanged_data() { languages(); }
    void binaryAnswersComeOutUnchanged();
    void streamsEndAtDoneThoughTheServerGoesOn_data() { languages(); }
    void streamsEndAtDoneThoughTheServerGoesOn();
    void streamsThatJustEndAreReadToTheEnd_data() { languages(); }
    void streamsThatJustEndAreReadToTheEnd();
    void insufficientBalanceIsAFailure_data() { languages(); }
    void insufficientBalanceIsAFailure();
    void errorsOfTheServerAreShown_data();
    void errorsOfTheServerAreShown();
    void anEmptyAnswerOfAGatewayIsAFailure_data();
    void anEmptyAnswerOfAGatewayIsAFailure();
    void aForeignTlsKeyGetsNothing_data() { languages(); }
    void aForeignTlsKeyGetsNothing();
    void missingVariablesAreNamed_data() { languages(); }
    void missingVariablesAreNamed();

private:
    void languages();
    Said execute(const QString &id, const SnippetContext &context, const AnsweringServer &server);
    void signWith(const QByteArray &json);

    std::unique_ptr<QTemporaryDir> m_dir;
    QByteArray m_signed;
    QStringList m_unset;
};

void TestSnippetsRunning::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_signed.clear();
    m_unset.clear();
    if (QByteArray(QTest::currentDataTag()).contains("javascript") && program("node").isEmpty())
        QSKIP("no node here");
    if (QByteArray(QTest::currentDataTag()).contains("curl") && (program("curl").isEmpty() || program("bash").isEmpty()))
        QSKIP("no curl here");
}

void TestSnippetsRunning::languages()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"curl", "javascript"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

Said TestSnippetsRunning::execute(const QString &id, const SnippetContext &context, const AnsweringServer &server)
{
    const Snippet snippet = orThrow(makeSnippet(*snippetGenerator(id), context));
    const auto write = [this](const QString &name, const QByteArray &content, bool executable) {
        QFile file(m_dir->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            throw Error(Error::Kind::Storage, file.errorString());
        if (executable)
            file.setPermissions(file.permissions() | QFileDevice::ExeOwner);
    };
    write(snippet.fileName, snippet.text.toUtf8(), false);
    for (const SnippetFile &file : snippet.files)
        write(file.name, file.content, false);
    QByteArray answer = m_signed;
    if (answer.isEmpty()) {
        Json json{{"url", server.url() + QStringLiteral("/process/request/predict")},
                  {"headers", Json{{"Livepeer", "am9iIQ=="}, {"Livepeer-Payment", "dGlja2V0cw+/=="}}}};
        if (!server.pin().isEmpty())
            json.insert(QStringLiteral("tls_pin"), QString::fromLatin1(server.pin()));
        answer = json.dump();
    }
    write(QStringLiteral("signed.json"), answer, false);
    write(QStringLiteral("sluicectl"), "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done >\"$(dirname \"$0\")/arguments\"\ncat >\"$(dirname \"$0\")/input\"\ncat \"$(dirname \"$0\")/signed.json\"\n", true);

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), m_dir->path() + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
    environment.insert(QStringLiteral("LIVEPEER_ORCH_URL"), server.url());
    environment.insert(QStringLiteral("LIVEPEER_GATEWAY_URL"), server.url() + QLatin1Char('/'));
    environment.insert(QStringLiteral("SLUICE_SENDER_KEY"), QString(64, QLatin1Char('1')));
    environment.insert(QStringLiteral("INPUT_API_KEY"), QStringLiteral("pass\"word\\"));
    for (const QString &name : std::as_const(m_unset))
        environment.remove(name);
    const QString interpreter = program(id == QLatin1String("curl") ? "bash" : id == QLatin1String("python") ? "python3" : "node");
    return runProgram(interpreter, {snippet.fileName}, {}, environment, m_dir->path());
}

void TestSnippetsRunning::sdk_30_bodyAndHeadersArriveAsTheyShould_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("route");
    QTest::addColumn<bool>("tls");
    for (const char *id : {"curl", "javascript"}) {
        for (const char *route : {"paid", "free", "unpaid", "gateway", "hostile", "files"})
            QTest::addRow("%s %s", id, route) << QString::fromLatin1(id) << QString::fromLatin1(route) << false;
        QTest::addRow("%s paid over TLS", id) << QString::fromLatin1(id) << QStringLiteral("paid") << true;
    }
    QTest::newRow("python gateway") << QStringLiteral("python") << QStringLiteral("gateway") << false;
}

void TestSnippetsRunning::sdk_30_bodyAndHeadersArriveAsTheyShould()
{
    QFETCH(QString, id);
    QFETCH(QString, route);
    QFETCH(bool, tls);
    AnsweringServer server(tls);
    server.content = R"({"language":"en"})";
    SnippetContext context = examples::sandboxRun();
    Json expected = context.call.input;
    if (route == QLatin1String("unpaid")) {
        context = examples::direct(false, true);
    } else if (route == QLatin1String("gateway")) {
        context = examples::gateway(Verb::Run);
    } else if (route == QLatin1String("hostile")) {
        context = examples::sandboxRun(examples::hostile());
        expected = examples::hostile();
    } else if (route == QLatin1String("files")) {
        context = examples::files();
        expected = context.call.input;
        expected.insert(QStringLiteral("api_key"), QStringLiteral("pass\"word\\"));
    } else if (route == QLatin1String("free")) {
        m_signed = Json{{"url", server.url() + QStringLiteral("/process/request/predict")}, {"headers", Json{{"Livepeer", "am9iIQ=="}}}}.dump(2);
    }

    const Said said = execute(id, context, server);
    QVERIFY2(said.ended && said.code == 0, said.err.constData());
    QCOMPARE(said.out, server.content);
    QCOMPARE(server.requests, 1);
    // By itself a call goes to a worker at the capability's name; what was signed says where to.
    const bool isSigned = route != QLatin1String("gateway") && route != QLatin1String("unpaid");
    const QByteArray path = isSigned ? QByteArray("predict") : context.call.capability.toUtf8();
    QCOMPARE(server.requestLine, "POST /process/request/" + path + " HTTP/1.1");
    QCOMPARE(server.headers.value("content-type"), QByteArray("application/json"));
    // The same JSON, number for number; curl's here-document adds a final newline.
    QCOMPARE(orThrow(Json::parse(server.body)), expected);
    const QByteArray job = server.headers.value("livepeer");
    if (route == QLatin1String("gateway") || route == QLatin1String("unpaid")) {
        const Json sent = orThrow(Json::parse(orThrow(bytes::fromBase64(job))));
        QVERIFY(!sent.value(QStringLiteral("id")).toString().isEmpty());
        QCOMPARE(sent.value(QStringLiteral("capability")).toString(), QStringLiteral("text-analysis"));
        QCOMPARE(sent.value(QStringLiteral("timeout_seconds")), Json(60));
        QCOMPARE(sent.value(QStringLiteral("request")).toString(), QStringLiteral("{}"));
        QCOMPARE(orThrow(Json::parse(sent.value(QStringLiteral("parameters")).toString().toUtf8())), context.call.parameters);
        QVERIFY(!server.headers.contains("livepeer-payment"));
        return;
    }
    QCOMPARE(job, QByteArray("am9iIQ=="));
    QCOMPARE(server.headers.contains("livepeer-payment"), route != QLatin1String("free"));
    if (route != QLatin1String("free"))
        QCOMPARE(server.headers.value("livepeer-payment"), QByteArray("dGlja2V0cw+/=="));
    QFile arguments(m_dir->filePath(QStringLiteral("arguments")));
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    const QList<QByteArray> words = arguments.readAll().trimmed().split('\n');
    QCOMPARE(words.first(), QByteArray("sign"));
    QCOMPARE(words.value(words.indexOf("--capability") + 1), context.call.capability.toUtf8());
    QCOMPARE(words.value(words.indexOf("--path") + 1), context.call.capability.toUtf8());
    QCOMPARE(words.value(words.indexOf("--timeout") + 1), QByteArray("60"));
    QCOMPARE(words.value(words.indexOf("--orchestrator") + 1), server.url().toUtf8());
    QVERIFY(words.contains("--json"));
    QCOMPARE(words.value(words.indexOf("--input") + 1), QByteArray("-"));
    QFile input(m_dir->filePath(QStringLiteral("input")));
    QVERIFY(input.open(QIODevice::ReadOnly));
    QCOMPARE(input.readAll(), server.body);
}

void TestSnippetsRunning::binaryAnswersComeOutUnchanged()
{
    QFETCH(QString, id);
    AnsweringServer server(false);
    for (int i = 0; i < 1024; ++i)
        server.content += char(i);
    QCOMPARE(execute(id, examples::sandboxRun(), server).out, server.content);
    QCOMPARE(execute(id, examples::gateway(Verb::Run), server).out, server.content);
}

void TestSnippetsRunning::streamsEndAtDoneThoughTheServerGoesOn()
{
    QFETCH(QString, id);
    for (const bool tls : {false, true}) {
        AnsweringServer server(tls);
        server.keepOpen = true;
        server.content = "data: {\"a\":\"it's\"}\n\ndata:  two blanks\r\n\r\n: comment\nid: 1\n\ndata:none\n\ndata: {\"balance\": 12.345}\n\ndata: [DONE]\n\n\n\n";
        const Said said = execute(id, examples::sandboxStream(), server);
        QVERIFY2(said.ended && said.code == 0, said.err.constData());
        QCOMPARE(said.out, QByteArray("{\"a\":\"it's\"}\n two blanks\nnone\n"));
        QVERIFY2(said.err.contains("12.345"), said.err.constData());
        QTRY_VERIFY(server.closedByClient > 0);
    }
}

void TestSnippetsRunning::streamsThatJustEndAreReadToTheEnd()
{
    QFETCH(QString, id);
    AnsweringServer server(false);
    server.content = "data: one\n\ndata: last without an end";
    const Said said = execute(id, examples::gateway(Verb::Stream), server);
    QVERIFY2(said.ended && said.code == 0, said.err.constData());
    QCOMPARE(said.out, QByteArray("one\nlast without an end\n"));
    QCOMPARE(server.requestLine, QByteArray("POST /process/request/v1/chat%20completions HTTP/1.1"));
}

void TestSnippetsRunning::insufficientBalanceIsAFailure()
{
    QFETCH(QString, id);
    AnsweringServer server(false);
    server.keepOpen = true;
    server.content = "data: one\n\nevent: insufficient balance\ndata: {\"balance\": 0}\n\ndata: [DONE]\n\n";
    const Said said = execute(id, examples::sandboxStream(), server);
    QVERIFY(said.ended);
    QVERIFY(said.code != 0);
    QCOMPARE(said.out, QByteArray("one\n"));
    QVERIFY2(said.err.contains("balance ran out"), said.err.constData());
}

void TestSnippetsRunning::errorsOfTheServerAreShown_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("route");
    for (const char *id : {"curl", "javascript"}) {
        for (const char *route : {"run", "stream", "gateway"})
            QTest::addRow("%s %s", id, route) << QString::fromLatin1(id) << QString::fromLatin1(route);
    }
}

void TestSnippetsRunning::errorsOfTheServerAreShown()
{
    QFETCH(QString, id);
    QFETCH(QString, route);
    AnsweringServer server(false);
    server.status = "400 Bad Request";
    server.content = "Insufficient balance for request\n";
    const SnippetContext context = route == QLatin1String("run") ? examples::sandboxRun()
        : route == QLatin1String("stream")                       ? examples::sandboxStream()
                                                                 : examples::gateway(Verb::Run);
    const Said said = execute(id, context, server);
    QVERIFY(said.ended);
    QVERIFY(said.code != 0);
    QVERIFY2((said.out + said.err).contains("Insufficient balance"), said.err.constData());
    QVERIFY2(said.err.contains("400"), said.err.constData());
    // Also when it says nothing.
    server.content.clear();
    QVERIFY(execute(id, context, server).code != 0);
}

void TestSnippetsRunning::anEmptyAnswerOfAGatewayIsAFailure_data()
{
    languages();
    QTest::newRow("python") << QStringLiteral("python"); // through a gateway it needs no package
}

void TestSnippetsRunning::anEmptyAnswerOfAGatewayIsAFailure()
{
    QFETCH(QString, id);
    AnsweringServer server(false);
    const Said said = execute(id, examples::gateway(Verb::Run), server);
    QVERIFY(said.ended && said.code != 0);
    QVERIFY2(said.err.contains("No orchestrator"), said.err.constData());
}

void TestSnippetsRunning::aForeignTlsKeyGetsNothing()
{
    QFETCH(QString, id);
    AnsweringServer server(true);
    AnsweringServer other(true);
    QVERIFY(server.pin() != other.pin());
    for (const bool pinned : {true, false}) {
        Json answer{{"url", server.url() + QStringLiteral("/x")}, {"headers", Json{{"Livepeer", "am9iIQ=="}}}};
        if (pinned)
            answer.insert(QStringLiteral("tls_pin"), QString::fromLatin1(other.pin()));
        m_signed = answer.dump();
        const Said said = execute(id, examples::sandboxRun(), server);
        QVERIFY(said.ended && said.code != 0);
        QCOMPARE(server.requests, 0);
    }
}

void TestSnippetsRunning::missingVariablesAreNamed()
{
    QFETCH(QString, id);
    AnsweringServer server(false);
    for (const char *name : {"LIVEPEER_ORCH_URL", "SLUICE_SENDER_KEY"}) {
        m_unset = {QString::fromLatin1(name)};
        const Said said = execute(id, examples::sandboxRun(), server);
        QVERIFY(said.ended && said.code != 0);
        QVERIFY2(said.err.contains(name), said.err.constData());
        QCOMPARE(server.requests, 0);
    }
}

QTEST_GUILESS_MAIN(TestSnippetsRunning)
#include "tst_snippets_running.moc"
