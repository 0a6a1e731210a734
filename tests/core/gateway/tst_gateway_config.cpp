#include "wait_for.h"

#include "sluice/backend/call.h"
#include "sluice/gateway/gateway_config.h"
#include "sluice/livepeer/network_access.h"
#include "sluice/gateway/secret_store.h"
#include "sluice/backend/user_data.h"
#include "sluice/payments/nonce_store.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/store/run_history.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

namespace {

using Precedence = GatewayConfig::Precedence;

QByteArrayList shown(const SecretHeaders &headers)
{
    QByteArrayList lines;
    for (const auto &[name, value] : headers)
        lines.append(name + ": " + value.expose().toByteArray());
    return lines;
}

Secret tokenOf(const QByteArray &json)
{
    return Secret(json.toBase64());
}

QStringList textsOf(const QList<QUrl> &urls)
{
    QStringList texts;
    for (const QUrl &url : urls)
        texts.append(url.toString());
    return texts;
}

const QByteArray FullToken = "{\"orchestrators\":[\"https://token-orch\"],\"signer\":\"https://token-signer\",\"signer_headers\":{\"A\":\"token\"},"
                             "\"discovery\":\"https://token-discovery/x\",\"discovery_headers\":{\"B\":\"token\"}}";

} // namespace

class GatewayConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sdk_05_commaListsBecomeOrigins();
    void sdk_02_orchestratorsComeBeforeDiscovery();
    void sdk_03_discoveryIsDerivedFromTheSigner();
    void sdk_04_headersStayWithTheirService();
    void precedenceFollowsBothPublishedOrders_data();
    void precedenceFollowsBothPublishedOrders();
    void signerHeadersFollowThePrecedence();
    void secretHeadersNeverGoOverPlainHttp();
    void wrongConfigurationsSayWhatIsWrong_data();
    void wrongConfigurationsSayWhatIsWrong();
    void environmentFillsTheConfiguration();
    void secretsWithoutAKeychainLiveForThisRun();
    void callsSurviveTheirJsonForm();
    void noncesAndSpendingOutliveTheProgram();
};

void GatewayConfigTest::sdk_05_commaListsBecomeOrigins()
{
    const auto origins = orThrow(orchestratorOrigins({QStringLiteral("a.example, b.example"), QStringLiteral("  "), QStringLiteral("http://c:1/path?q")}));
    const QStringList expected{QStringLiteral("https://a.example"), QStringLiteral("https://b.example"), QStringLiteral("http://c:1")};
    QCOMPARE(textsOf(origins), expected);
    QVERIFY(!orchestratorOrigins({QStringLiteral("ftp://x")}));
    QVERIFY(!orchestratorOrigins({QStringLiteral("https://")}));
}

void GatewayConfigTest::sdk_02_orchestratorsComeBeforeDiscovery()
{
    GatewayConfig config;
    config.orchUrls = {QStringLiteral("https://o")};
    config.discoveryUrl = QStringLiteral("https://d/list");
    const auto access = orThrow(NetworkAccess::from(config));
    QCOMPARE(textsOf(access.orchestrators), QStringList(QStringLiteral("https://o")));
    QVERIFY(access.discovery.isEmpty());
}

void GatewayConfigTest::sdk_03_discoveryIsDerivedFromTheSigner()
{
    GatewayConfig config;
    config.signerUrl = QStringLiteral("https://signer:9/some/path");
    config.signerHeaders = {{"Authorization", Secret("Bearer s")}};
    config.discoveryHeaders = {{"X", Secret("d")}};
    const auto access = orThrow(NetworkAccess::from(config));
    QCOMPARE(access.discovery, QUrl(QStringLiteral("https://signer:9/discover-orchestrators")));
    QCOMPARE(shown(access.discoveryHeaders), shown(config.signerHeaders));
}

void GatewayConfigTest::sdk_04_headersStayWithTheirService()
{
    GatewayConfig config;
    config.signerUrl = QStringLiteral("https://signer");
    config.signerHeaders = {{"Authorization", Secret("Bearer s")}};
    config.discoveryUrl = QStringLiteral("https://d/list");
    config.discoveryHeaders = {{"X", Secret("d")}};
    const auto access = orThrow(NetworkAccess::from(config));
    QCOMPARE(shown(access.discoveryHeaders), shown(config.discoveryHeaders));
    QCOMPARE(shown(access.signers.first().headers), shown(config.signerHeaders));
}

void GatewayConfigTest::precedenceFollowsBothPublishedOrders_data()
{
    QTest::addColumn<bool>("shipped");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("orch");
    QTest::addColumn<QString>("discovery");
    QTest::addColumn<QString>("source");
    const QString orch = QStringLiteral("https://explicit-orch");
    const QString discovery = QStringLiteral("https://explicit-discovery/y");
    const QByteArray noOrchestrators = "{\"signer\":\"https://token-signer\",\"discovery\":\"https://token-discovery/x\"}";
    const QByteArray onlySigner = "{\"signer\":\"https://token-signer\"}";
    QTest::newRow("v1: orch_url first") << false << FullToken << orch << discovery << orch;
    QTest::newRow("v1: token orchestrators") << false << FullToken << QString() << discovery << QStringLiteral("https://token-orch");
    QTest::newRow("v1: discovery_url") << false << noOrchestrators << QString() << discovery << discovery;
    QTest::newRow("v1: token discovery") << false << noOrchestrators << QString() << QString() << QStringLiteral("https://token-discovery/x");
    QTest::newRow("v1: signer") << false << onlySigner << QString() << QString() << QStringLiteral("https://token-signer/discover-orchestrators");
    QTest::newRow("1.0: token orchestrators") << true << FullToken << orch << discovery << QStringLiteral("https://token-orch");
    QTest::newRow("1.0: orch_url") << true << noOrchestrators << orch << discovery << orch;
    QTest::newRow("1.0: token discovery") << true << noOrchestrators << QString() << discovery << QStringLiteral("https://token-discovery/x");
    QTest::newRow("1.0: discovery_url") << true << onlySigner << QString() << discovery << discovery;
    QTest::newRow("blank falls through") << false << onlySigner << QStringLiteral(" , ") << QStringLiteral("  ")
                                         << QStringLiteral("https://token-signer/discover-orchestrators");
}

void GatewayConfigTest::precedenceFollowsBothPublishedOrders()
{
    QFETCH(bool, shipped);
    QFETCH(QByteArray, token);
    QFETCH(QString, orch);
    QFETCH(QString, discovery);
    QFETCH(QString, source);
    GatewayConfig config;
    config.precedence = shipped ? Precedence::Shipped10 : Precedence::SpecV1;
    config.token = tokenOf(token);
    config.orchUrls = {orch};
    config.discoveryUrl = discovery;
    const auto access = orThrow(NetworkAccess::from(config));
    QCOMPARE(access.orchestrators.isEmpty() ? access.discovery.toString() : access.orchestrators.first().toString(), source);
}

void GatewayConfigTest::signerHeadersFollowThePrecedence()
{
    GatewayConfig config;
    config.token = tokenOf(FullToken);
    config.signerUrl = QStringLiteral("https://explicit-signer");
    config.signerHeaders = {{"A", Secret("explicit")}};
    const auto v1 = orThrow(NetworkAccess::from(config));
    QCOMPARE(v1.signers.first().origin, QUrl(QStringLiteral("https://explicit-signer")));
    QCOMPARE(shown(v1.signers.first().headers), QByteArrayList{"A: explicit"});
    config.precedence = Precedence::Shipped10;
    const auto shipped = orThrow(NetworkAccess::from(config));
    QCOMPARE(shipped.signers.first().origin, QUrl(QStringLiteral("https://token-signer")));
    QCOMPARE(shown(shipped.signers.first().headers), QByteArrayList{"A: token"});
    // Without headers of its own another signer gets none: those of the token were given for the token's signer.
    config.precedence = Precedence::SpecV1;
    config.signerHeaders.clear();
    QVERIFY(orThrow(NetworkAccess::from(config)).signers.first().headers.isEmpty());
    // The same signer, written out, is the same signer.
    config.signerUrl = QStringLiteral("https://token-signer:443/v1");
    QCOMPARE(shown(orThrow(NetworkAccess::from(config)).signers.first().headers), QByteArrayList{"A: token"});
    // Of several, each in its place; what was given for them goes to each.
    config.signerUrl = QStringLiteral("https://a , https://b:9/x");
    config.signerHeaders = {{"A", Secret("explicit")}};
    const auto several = orThrow(NetworkAccess::from(config)).signers;
    QCOMPARE(several.size(), 2);
    QCOMPARE(several[1].origin, QUrl(QStringLiteral("https://b:9")));
    QCOMPARE(shown(several[1].headers), QByteArrayList{"A: explicit"});
    config.signerHeaders.clear();
    // And the other way round: headers for the own signer do not go to the token's.
    config.precedence = Precedence::Shipped10;
    config.token = tokenOf("{\"signer\":\"https://token-signer\"}");
    config.signerUrl = QStringLiteral("https://explicit-signer");
    config.signerHeaders = {{"A", Secret("explicit")}};
    QVERIFY(orThrow(NetworkAccess::from(config)).signers.first().headers.isEmpty());
}

void GatewayConfigTest::secretHeadersNeverGoOverPlainHttp()
{
    GatewayConfig config;
    config.discoveryUrl = QStringLiteral("http://discovery.example/list");
    QVERIFY(NetworkAccess::from(config)); // nothing secret in it
    config.discoveryHeaders = {{"Authorization", Secret("Bearer d")}};
    QCOMPARE(NetworkAccess::from(config).error().kind(), Error::Kind::Config);
    QVERIFY(!NetworkAccess::from(config).error().describe().contains(QStringLiteral("Bearer d")));
    for (const char *here : {"https://discovery.example/list", "http://127.0.0.1:9/list", "http://localhost:9/list", "http://[::1]:9/list"}) {
        config.discoveryUrl = QString::fromLatin1(here);
        QVERIFY2(NetworkAccess::from(config), here);
    }
    // Discovery that is derived from the signer, and one that a token names.
    config = GatewayConfig();
    config.signerUrl = QStringLiteral("http://signer.example");
    config.signerHeaders = {{"Authorization", Secret("Bearer s")}};
    QCOMPARE(NetworkAccess::from(config).error().kind(), Error::Kind::Config);
    config = GatewayConfig();
    config.token = tokenOf("{\"discovery\":\"http://d.example/x\",\"discovery_headers\":{\"X\":\"y\"}}");
    QCOMPARE(NetworkAccess::from(config).error().kind(), Error::Kind::Config);
}

void GatewayConfigTest::wrongConfigurationsSayWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("orch");
    QTest::addColumn<QString>("message");
    QTest::newRow("nothing") << QByteArray() << QString() << QStringLiteral("Nothing says where the network is.");
    QTest::newRow("bad token") << QByteArray("###") << QString() << QStringLiteral("Invalid token: expected base64-encoded JSON");
    QTest::newRow("issuers") << QByteArray("{\"issuers\":[]}").toBase64() << QString() << QStringLiteral("The token names neither");
    QTest::newRow("bad address") << QByteArray() << QStringLiteral("https://a b") << QStringLiteral("“https://a b” is no address");
}

void GatewayConfigTest::wrongConfigurationsSayWhatIsWrong()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, orch);
    QFETCH(QString, message);
    GatewayConfig config;
    config.token = Secret(token);
    config.orchUrls = {orch};
    const auto access = NetworkAccess::from(config);
    QVERIFY(!access);
    QCOMPARE(access.error().kind(), Error::Kind::Config);
    QVERIFY2(access.error().message().startsWith(message), qPrintable(access.error().message()));
}

void GatewayConfigTest::environmentFillsTheConfiguration()
{
    const QByteArray key(64, 'a');
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("key")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(key + "\n");
    file.close();
    qputenv("LIVEPEER_ORCH_URL", "https://a,https://b");
    qputenv("LIVEPEER_GATEWAY_URL", "http://g");
    qputenv("LIVEPEER_SIGNER_URL", "http://s");
    qputenv("LIVEPEER_TOKEN", " e30= ");
    qputenv("SLUICE_SENDER_KEY", key);
    GatewayConfig config = GatewayConfig::fromEnvironment();
    QCOMPARE(config.orchUrls, QStringList(QStringLiteral("https://a,https://b")));
    QCOMPARE(config.gatewayUrl, QStringLiteral("http://g"));
    QCOMPARE(config.signerUrl, QStringLiteral("http://s"));
    QVERIFY(config.token.equals("e30="));
    QVERIFY(config.senderKey.equals(key));
    qputenv("SLUICE_SENDER_KEY", file.fileName().toLocal8Bit());
    QVERIFY(GatewayConfig::fromEnvironment().senderKey.equals(key));
    for (const char *name : {"LIVEPEER_ORCH_URL", "LIVEPEER_GATEWAY_URL", "LIVEPEER_SIGNER_URL", "LIVEPEER_TOKEN", "SLUICE_SENDER_KEY"})
        qunsetenv(name);
}

void GatewayConfigTest::secretsWithoutAKeychainLiveForThisRun()
{
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        QSKIP("there is a session bus, and so perhaps a keychain of somebody's");
    SecretStore store(QStringLiteral("sluice-test"));
    QVERIFY(!store.isPersistent());
    QVERIFY(waitFor(store.read(QStringLiteral("a/token"))).isEmpty());
    QCOMPARE(store.isPersistent(), std::optional(false));
    waitFor(store.write(QStringLiteral("a/token"), Secret("hush")));
    QVERIFY(waitFor(store.read(QStringLiteral("a/token"))).equals("hush"));
    waitFor(store.remove(QStringLiteral("a/token")));
    QVERIFY(waitFor(store.read(QStringLiteral("a/token"))).isEmpty());
}

void GatewayConfigTest::callsSurviveTheirJsonForm()
{
    Call call;
    call.capability = QStringLiteral("text-analysis");
    call.verb = Verb::Stream;
    call.path = QStringLiteral("predict");
    call.input = orThrow(Json::parse("{\"z\":1.0,\"a\":[true,null]}"));
    call.timeout = std::chrono::seconds(7);
    call.limits.maxSpendWei = QStringLiteral("5");
    QVERIFY(orThrow(Call::fromJson(call.toJson())) == call);
}

void GatewayConfigTest::noncesAndSpendingOutliveTheProgram()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data.sqlite"));
    Hash32::Bytes bytes{};
    bytes[0] = 7;
    const QDate day(2026, 8, 18);
    {
        const auto data = orThrow(UserData::open(path));
        QCOMPARE(QCoro::waitFor(data->nonces().take(Hash32(bytes), 3)), 1u);
        QVERIFY(data->spending(QStringLiteral("0xA")).addWithin(day, Wei(70), Wei(100)));
        QVERIFY(!data->spending(QStringLiteral("0xA")).addWithin(day, Wei(31), Wei(100)));
        data->spending(QStringLiteral("0xA")).subtract(day, Wei(20));
    }
    const auto data = orThrow(UserData::open(path));
    QCOMPARE(QCoro::waitFor(data->nonces().take(Hash32(bytes), 1)), 4u);
    QVERIFY(data->spending(QStringLiteral("0xA")).total(day) == 50);
    QVERIFY(data->spending(QStringLiteral("0xB")).total(day) == 0);
}

QTEST_GUILESS_MAIN(GatewayConfigTest)
#include "tst_gateway_config.moc"
