#include "gateway_fixture.h"

#include "sluice/base/secret_mask.h"
#include "sluice/gateway/stored_events.h"
#include "sluice/store/database.h"

#include <QtCore/QTemporaryDir>

using namespace sluice;
using namespace sluice::test;

namespace {

const QByteArray KeySchema = R"({"type":"object","properties":{"text":{"type":"string"},"token":{"type":"string"},
    "key":{"anyOf":[{"$ref":"#/$defs/Key"},{"type":"null"}]}},"$defs":{"Key":{"type":"string","format":"password"}}})";
const QByteArray Planted = "PLANTED-9f3a71c2";

ScriptedOrchestrator::Answer listing()
{
    return ScriptedOrchestrator::json(200, "[{\"name\":\"c\",\"path\":\"p\",\"input_schema\":" + KeySchema + "}]");
}

} // namespace

/// What a call leaves behind holds no secret of its input, whoever asked for its schema before.
class TestGatewaySecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theSchemaIsKnownBeforeAnythingIsWritten();
    void withoutASchemaNamesDecideAndTheRecordSaysSo();
    void answersThatRepeatASecretAreKeptWithoutIt();
    void errorsThatRepeatASecretAreToldWithoutIt();
    void eventsThatRepeatASecretAreKeptWithoutIt();
    void aSecretInAnotherFieldIsHiddenToo();
    void theStoredFormOfACallRemembersWhatWasMasked();

private:
    void addPlanted(Call &call, const QString &field);
    [[nodiscard]] bool fileHoldsPlanted();

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<UserData> m_data;
};

void TestGatewaySecrets::init()
{
    m_data.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_data = orThrow(UserData::open(m_dir->filePath(QStringLiteral("u.sqlite"))));
}

void TestGatewaySecrets::addPlanted(Call &call, const QString &field)
{
    call.input.insert(field, QString::fromLatin1(Planted));
}

bool TestGatewaySecrets::fileHoldsPlanted()
{
    for (const char *ending : {"", "-wal"}) {
        QFile file(m_dir->filePath(QStringLiteral("u.sqlite")) + QLatin1String(ending));
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(Planted))
            return true;
    }
    return false;
}

void TestGatewaySecrets::theSchemaIsKnownBeforeAnythingIsWritten()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", listing());
    Gateway gateway(directConfig({orchestrator.url()}), m_data);
    Call call = callTo(QStringLiteral("c"));
    call.input = Json::object();
    addPlanted(call, QStringLiteral("key")); // the first field, so that it would be the title
    call.input.insert(QStringLiteral("token"), QStringLiteral("described, so no secret"));
    QVERIFY(settled(gateway.run(call)));
    QVERIFY(orchestrator.jobs().first().request.body.contains(Planted));
    const RunRecord record = latestRun(*m_data);
    const Json stored = orThrow(Json::parse(record.call.toUtf8()));
    QVERIFY(stored.find(QStringLiteral("/input/key"))->isNull());
    QCOMPARE(stored.find(QStringLiteral("/masked/by_schema/0"))->toString(), QStringLiteral("/input/key"));
    QCOMPARE(stored.find(QStringLiteral("/masked/by_name"))->size(), 0);
    QCOMPARE(record.title, QStringLiteral("described, so no secret"));
    QVERIFY(!fileHoldsPlanted());
}

void TestGatewaySecrets::withoutASchemaNamesDecideAndTheRecordSaysSo()
{
    ScriptedOrchestrator orchestrator;
    Gateway gateway(directConfig({orchestrator.url()}), m_data);
    Call call = callTo(QStringLiteral("c"));
    call.input = Json::object();
    addPlanted(call, QStringLiteral("apiKey"));
    call.input.insert(QStringLiteral("max_tokens"), 7);
    call.parameters = Json{{QStringLiteral("access_token"), QString::fromLatin1(Planted)}};
    QVERIFY(settled(gateway.run(call)));
    const Json stored = orThrow(Json::parse(latestRun(*m_data).call.toUtf8()));
    QCOMPARE(stored.find(QStringLiteral("/masked/by_name"))->dump(), QByteArray(R"(["/input/apiKey","/parameters/access_token"])"));
    QCOMPARE(stored.find(QStringLiteral("/input/max_tokens"))->toInt64(), 7);
    QVERIFY(latestRun(*m_data).title.isEmpty());
    // The same where the orchestrator cannot be reached at all.
    Gateway lost(directConfig({QUrl(QStringLiteral("http://127.0.0.1:1"))}), m_data);
    QVERIFY(!settled(lost.run(call)));
    QVERIFY(!latestRun(*m_data).call.contains(QString::fromLatin1(Planted)));
    QVERIFY(!fileHoldsPlanted());
}

void TestGatewaySecrets::answersThatRepeatASecretAreKeptWithoutIt()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", listing());
    orchestrator.then(ScriptedOrchestrator::json(200, "{\"echo\":\"" + Planted + "\",\"b64\":\"" + ("x" + Planted).toBase64() + "\"}"));
    Gateway gateway(directConfig({orchestrator.url()}), m_data);
    Call call = callTo(QStringLiteral("c"));
    addPlanted(call, QStringLiteral("key"));
    const auto result = settled(gateway.run(call));
    QVERIFY(result);
    QVERIFY(result->content.contains(Planted)); // it is the caller's answer
    const RunRecord record = latestRun(*m_data);
    QVERIFY(record.resultBytes.contains(SecretMask::Mark));
    QVERIFY(Json::parse(record.resultBytes));
    QVERIFY(!record.resultBytes.contains(Planted) && !record.resultBytes.contains(("x" + Planted).toBase64()));
    QVERIFY(!fileHoldsPlanted());
}

void TestGatewaySecrets::errorsThatRepeatASecretAreToldWithoutIt()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", listing());
    for (int i = 0; i < 4; ++i)
        orchestrator.then(ScriptedOrchestrator::json(400, "{\"detail\":\"not with " + Planted + "\"}"));
    Gateway gateway(directConfig({orchestrator.url()}), m_data);
    Call call = callTo(QStringLiteral("c"));
    addPlanted(call, QStringLiteral("key"));
    const auto refused = settled(gateway.run(call));
    QVERIFY(!refused);
    QVERIFY(!refused.error().describe().contains(QString::fromLatin1(Planted)) && !refused.error().body().contains(Planted));
    QVERIFY(latestRun(*m_data).errorJson.contains(QString::fromUtf8(SecretMask::Mark)));
    QVERIFY(!fileHoldsPlanted());
}

void TestGatewaySecrets::eventsThatRepeatASecretAreKeptWithoutIt()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPage("/capabilities", listing());
    orchestrator.then(ScriptedOrchestrator::events("data: {\"said\":\"" + Planted + "\"}\n\ndata: [DONE]\n\n"));
    Gateway gateway(directConfig({orchestrator.url()}), m_data);
    Call call = callTo(QStringLiteral("c"), Verb::Stream);
    addPlanted(call, QStringLiteral("key"));
    const auto stream = gateway.stream(call);
    const auto event = settled(stream->next());
    QVERIFY(event && *event);
    QVERIFY((*event)->data.contains(QString::fromLatin1(Planted)));
    QVERIFY(!*settled(stream->next()));
    QTRY_COMPARE(latestRun(*m_data).state, RunRecord::State::Succeeded);
    const QList<StreamEvent> kept = storedEvents(latestRun(*m_data).resultBytes);
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.first().data, QStringLiteral("{\"said\":\"%1\"}").arg(QString::fromUtf8(SecretMask::Mark)));
    QVERIFY(!fileHoldsPlanted());
}

void TestGatewaySecrets::aSecretInAnotherFieldIsHiddenToo()
{
    Call call = callTo(QStringLiteral("c"));
    call.input = Json{{QStringLiteral("text"), QStringLiteral("my key is %1, use it").arg(QString::fromLatin1(Planted))}};
    addPlanted(call, QStringLiteral("key"));
    call.findSecrets(orThrow(Json::parse(KeySchema)));
    QCOMPARE(call.shareableInput().value(QStringLiteral("text")).toString(), QStringLiteral("my key is ‹secret›, use it"));
    QVERIFY(!call.toJson().dump().contains(Planted));
}

void TestGatewaySecrets::theStoredFormOfACallRemembersWhatWasMasked()
{
    Call call = callTo(QStringLiteral("c"));
    addPlanted(call, QStringLiteral("key"));
    addPlanted(call, QStringLiteral("password"));
    call.parameters = Json{{QStringLiteral("token"), "x"}};
    call.findSecrets(orThrow(Json::parse(KeySchema)));
    const Call back = orThrow(Call::fromJson(call.toJson()));
    QCOMPARE(back.secretPointers, call.secretPointers);
    QCOMPARE(back.secretsByName, QStringList{QStringLiteral("/password")});
    QCOMPARE(back.secretParameters, QStringList{QStringLiteral("/token")});
    QVERIFY(back.toJson() == call.toJson());
}

QTEST_GUILESS_MAIN(TestGatewaySecrets)
#include "tst_gateway_secrets.moc"
