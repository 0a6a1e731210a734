#include "sluice/backend/call.h"
#include "sluice/gateway/gateway_config.h"
#include "sluice/livepeer/network_access.h"
#include "sluice/gateway/profile.h"
#include "sluice/gateway/secret_store.h"
#include "sluice/backend/user_data.h"
#include "sluice/payments/nonce_store.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/store/run_history.h"
#include "sluice/store/settings_table.h"

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

template <typename T> T waitFor(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }))
        qFatal("the future did not finish");
    future.waitForFinished();
    if constexpr (!std::is_void_v<T>)
        return future.result();
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
    void profilesKeepNoSecretAndComeBack();
    void thereIsAlwaysASandboxProfile();
    void profilesOfEarlierVersionsKeepLoading();
    void namedCapabilitiesAreKeptInTheProfile();
    void namesThatTwoProgramsGiveAtOnceAreAllKept();
    void settingsAreSavedBesideNamedCapabilities();
    void namedCapabilitiesTravelAsAFile();
    void badNamedCapabilitiesNameTheirField_data();
    void badNamedCapabilitiesNameTheirField();
    void addressesOfNewProfilesAreWhole_data();
    void addressesOfNewProfilesAreWhole();
    void badProfilesNameTheirField_data();
    void badProfilesNameTheirField();
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
    QCOMPARE(shown(access.signerHeaders), shown(config.signerHeaders));
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
    QCOMPARE(v1.signer, QUrl(QStringLiteral("https://explicit-signer")));
    QCOMPARE(shown(v1.signerHeaders), QByteArrayList{"A: explicit"});
    config.precedence = Precedence::Shipped10;
    const auto shipped = orThrow(NetworkAccess::from(config));
    QCOMPARE(shipped.signer, QUrl(QStringLiteral("https://token-signer")));
    QCOMPARE(shown(shipped.signerHeaders), QByteArrayList{"A: token"});
    // Without headers of its own another signer gets none: those of the token were given for the token's signer.
    config.precedence = Precedence::SpecV1;
    config.signerHeaders.clear();
    QVERIFY(orThrow(NetworkAccess::from(config)).signerHeaders.isEmpty());
    // The same signer, written out, is the same signer.
    config.signerUrl = QStringLiteral("https://token-signer:443/v1");
    QCOMPARE(shown(orThrow(NetworkAccess::from(config)).signerHeaders), QByteArrayList{"A: token"});
    // And the other way round: headers for the own signer do not go to the token's.
    config.precedence = Precedence::Shipped10;
    config.token = tokenOf("{\"signer\":\"https://token-signer\"}");
    config.signerUrl = QStringLiteral("https://explicit-signer");
    config.signerHeaders = {{"A", Secret("explicit")}};
    QVERIFY(orThrow(NetworkAccess::from(config)).signerHeaders.isEmpty());
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

void GatewayConfigTest::profilesKeepNoSecretAndComeBack()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data.sqlite"));
    Profile profile;
    profile.name = QStringLiteral("staging");
    profile.kind = Profile::Kind::Direct;
    profile.orchUrls = {QStringLiteral("https://a"), QStringLiteral("https://b")};
    profile.discoveryUrl = QStringLiteral("https://d");
    profile.maxSpendPerCallWei = QStringLiteral("1000");
    {
        ProfileStore store(orThrow(UserData::open(path)));
        waitFor(store.save(profile));
        waitFor(store.setCurrent(profile.name));
    }
    ProfileStore store(orThrow(UserData::open(path)));
    const auto profiles = waitFor(store.list());
    QCOMPARE(profiles.size(), 2);
    QCOMPARE(profiles[0].name, QStringLiteral("sandbox"));
    QVERIFY(profiles[1] == profile);
    QCOMPARE(waitFor(store.current()), profile.name);
    waitFor(store.remove(profile.name));
    QCOMPARE(waitFor(store.list()).size(), 1);
    QCOMPARE(waitFor(store.current()), QStringLiteral("sandbox"));
}

void GatewayConfigTest::thereIsAlwaysASandboxProfile()
{
    ProfileStore store(UserData::inMemory());
    QCOMPARE(waitFor(store.list()).first().kind, Profile::Kind::Sandbox);
    QCOMPARE(waitFor(store.current()), QStringLiteral("sandbox"));
    waitFor(store.remove(QStringLiteral("sandbox")));
    QCOMPARE(waitFor(store.list()).size(), 1);
    QVERIFY_EXCEPTION_THROWN(waitFor(store.setCurrent(QStringLiteral("nowhere"))), Error);
}

void GatewayConfigTest::profilesOfEarlierVersionsKeepLoading()
{
    // As they were stored before capabilities could be named, also with addresses that nobody would take today.
    const auto data = UserData::inMemory();
    data->settings().setSync(QStringLiteral("profile/mine"), orThrow(Json::parse(
        R"({"name":"mine","kind":"direct","orch_urls":["https://a:8935","foo"],"discovery_url":"https://d","max_spend_per_day_wei":"1000"})")));
    data->settings().setSync(QStringLiteral("profile/through"), orThrow(Json::parse(R"({"name":"through","kind":"gateway","gateway_url":"gateway.example"})")));
    data->settings().setSync(QStringLiteral("profile/sandbox"), orThrow(Json::parse(R"({"name":"sandbox","kind":"sandbox","max_spend_per_call_wei":"5"})")));
    ProfileStore store(data);
    const auto profiles = waitFor(store.list());
    QCOMPARE(profiles.size(), 3);
    QCOMPARE(profiles[0].name, QStringLiteral("sandbox"));
    QCOMPARE(profiles[1].orchUrls, QStringList({QStringLiteral("https://a:8935"), QStringLiteral("foo")}));
    QCOMPARE(profiles[2].gatewayUrl, QStringLiteral("gateway.example"));
    for (const Profile &profile : profiles)
        QVERIFY(profile.capabilities.isEmpty());
    // And are written as they were while nothing is named.
    QVERIFY(!profiles[1].toJson().contains(QStringLiteral("capabilities")));
}

namespace {

NamedCapability wholeCapability()
{
    NamedCapability capability;
    capability.name = QStringLiteral("Überschrift/α");
    capability.description = QStringLiteral("Makes headlines");
    capability.verbs = {Verb::Stream, Verb::Run};
    capability.path = QStringLiteral("v1/chat/completions");
    capability.inputSchema = orThrow(Json::parse(R"({"type":"object","properties":{"z":{"type":"number","default":1.0},"a":{"type":"string"}}})"));
    capability.examples = {{QStringLiteral("One"), orThrow(Json::parse(R"({"z":1.50,"a":"x"})"))}};
    capability.live.raw = true;
    return capability;
}

NamedCapability capabilityCalled(const QString &name)
{
    NamedCapability capability;
    capability.name = name;
    return capability;
}

} // namespace

void GatewayConfigTest::namedCapabilitiesAreKeptInTheProfile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data.sqlite"));
    const NamedCapability whole = wholeCapability();
    {
        ProfileStore store(orThrow(UserData::open(path)));
        waitFor(store.nameCapabilities(QStringLiteral("sandbox"), {capabilityCalled(QStringLiteral("a")), whole}));
    }
    ProfileStore store(orThrow(UserData::open(path)));
    Profile profile = waitFor(store.list()).first();
    QCOMPARE(profile.capabilities.size(), 2);
    QVERIFY(profile.capabilities[1] == whole); // keys in order, numbers as they were written
    GatewayConfig config;
    profile.applyTo(config);
    QVERIFY(config.capabilities == profile.capabilities);

    // One of the same name takes its place; one that was renamed too, and leaves no namesake.
    NamedCapability again = capabilityCalled(QStringLiteral("a"));
    again.path = QStringLiteral("other");
    profile = waitFor(store.nameCapabilities(QStringLiteral("sandbox"), {again}));
    QCOMPARE(profile.capabilities.size(), 2);
    QCOMPARE(profile.capabilities[0].path, QStringLiteral("other"));
    profile = waitFor(store.nameCapabilities(QStringLiteral("sandbox"), {capabilityCalled(QStringLiteral("b"))}, QStringLiteral("a")));
    QCOMPARE(profile.capabilities.size(), 2);
    QCOMPARE(profile.capabilities[0].name, QStringLiteral("b"));
    profile = waitFor(store.nameCapabilities(QStringLiteral("sandbox"), {capabilityCalled(QStringLiteral("b"))}, whole.name));
    QCOMPARE(profile.capabilities.size(), 1);
    QCOMPARE(profile.capabilities[0].name, QStringLiteral("b"));
    profile = waitFor(store.forgetCapability(QStringLiteral("sandbox"), QStringLiteral("b")));
    QVERIFY(profile.capabilities.isEmpty());
    QVERIFY_THROWS_EXCEPTION(Error, waitFor(store.forgetCapability(QStringLiteral("sandbox"), QStringLiteral("b"))));
    QVERIFY_THROWS_EXCEPTION(Error, waitFor(store.nameCapabilities(QStringLiteral("nobody"), {whole})));
}

void GatewayConfigTest::namesThatTwoProgramsGiveAtOnceAreAllKept()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data.sqlite"));
    ProfileStore one(orThrow(UserData::open(path)));
    ProfileStore other(orThrow(UserData::open(path)));
    const QString sandbox = QStringLiteral("sandbox");
    QList<QFuture<Profile>> named;
    for (int i = 0; i < 20; ++i) {
        named.append(one.nameCapabilities(sandbox, {capabilityCalled(QStringLiteral("one-%1").arg(i))}));
        named.append(other.nameCapabilities(sandbox, {capabilityCalled(QStringLiteral("other-%1").arg(i))}));
    }
    for (const QFuture<Profile> &future : std::as_const(named))
        waitFor(future);
    QCOMPARE(waitFor(one.list()).first().capabilities.size(), 40);
}

void GatewayConfigTest::settingsAreSavedBesideNamedCapabilities()
{
    ProfileStore store(UserData::inMemory());
    Profile profile;
    profile.name = QStringLiteral("mine");
    profile.kind = Profile::Kind::Direct;
    profile.orchUrls = {QStringLiteral("https://a:8935")};
    waitFor(store.saveSettings(profile));
    waitFor(store.nameCapabilities(profile.name, {wholeCapability()}));
    // A dialog that was opened before, or a command that knows nothing of them.
    profile.orchUrls = {QStringLiteral("https://b:8935")};
    waitFor(store.saveSettings(profile));
    const Profile stored = waitFor(store.list()).last();
    QCOMPARE(stored.orchUrls, profile.orchUrls);
    QCOMPARE(stored.capabilities.size(), 1);
}

void GatewayConfigTest::namedCapabilitiesTravelAsAFile()
{
    const QList<NamedCapability> all{capabilityCalled(QStringLiteral("a")), wholeCapability()};
    const auto back = capability_file::read(capability_file::write(all));
    QVERIFY2(back, back ? "" : qPrintable(back.error().describe()));
    QVERIFY(*back == all);
    // What a node lists, or one alone, is taken as well.
    const auto listed = capability_file::read(R"([{"name":"a","capacity":4,"verbs":["run"],"path":"/predict"}])");
    QVERIFY(listed);
    QCOMPARE(listed->first().path, QStringLiteral("predict"));
    QVERIFY(capability_file::read(R"({"name":"a"})"));
    QVERIFY(!capability_file::read("[]"));
    QVERIFY(!capability_file::read("{\"capabilities\":7}"));
    QVERIFY(!capability_file::read(QByteArray(100, '[')));
    const auto second = capability_file::read(R"([{"name":"a"},{"name":"b","verbs":["fly"]}])");
    QCOMPARE(second.error().field(), QStringLiteral("/1/verbs"));
    QByteArray many = "[";
    for (int i = 0; i < 300; ++i)
        many += "{\"name\":\"n" + QByteArray::number(i) + "\"},";
    many.back() = ']';
    QCOMPARE(capability_file::read(many).error().kind(), Error::Kind::TooLarge);
}

void GatewayConfigTest::badNamedCapabilitiesNameTheirField_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("no object") << QByteArray("7") << QStringLiteral("/");
    QTest::newRow("no name") << QByteArray("{}") << QStringLiteral("/name");
    QTest::newRow("blank name") << QByteArray(R"({"name":"  "})") << QStringLiteral("/name");
    QTest::newRow("a header in the name") << QByteArray(R"({"name":"a\r\nX: y"})") << QStringLiteral("/name");
    QTest::newRow("endless name") << QByteArray("{\"name\":\"" + QByteArray(300, 'a') + "\"}") << QStringLiteral("/name");
    QTest::newRow("verb") << QByteArray(R"({"name":"a","verbs":["fly"]})") << QStringLiteral("/verbs");
    QTest::newRow("verbs") << QByteArray(R"({"name":"a","verbs":"run"})") << QStringLiteral("/verbs");
    QTest::newRow("whole address") << QByteArray(R"({"name":"a","path":"https://x/predict"})") << QStringLiteral("/path");
    QTest::newRow("query") << QByteArray(R"({"name":"a","path":"predict?x=1"})") << QStringLiteral("/path");
    QTest::newRow("out of the worker") << QByteArray(R"({"name":"a","path":"../admin"})") << QStringLiteral("/path");
    QTest::newRow("schema") << QByteArray(R"({"name":"a","input_schema":[]})") << QStringLiteral("/input_schema");
    QTest::newRow("example") << QByteArray(R"({"name":"a","examples":[{"title":"x"}]})") << QStringLiteral("/examples");
    QTest::newRow("too deep") << QByteArray("{\"name\":\"a\",\"input_schema\":" + QByteArray("{\"a\":").repeated(55) + "1" + QByteArray("}").repeated(55) + "}")
                              << QStringLiteral("/");
}

void GatewayConfigTest::badNamedCapabilitiesNameTheirField()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto capability = NamedCapability::fromJson(orThrow(Json::parse(json)));
    QVERIFY(!capability);
    QCOMPARE(capability.error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(capability.error().field(), field);
}

void GatewayConfigTest::addressesOfNewProfilesAreWhole_data()
{
    QTest::addColumn<QString>("orchestrator");
    QTest::addColumn<QString>("discovery");
    QTest::addColumn<QString>("field");
    const QString good = QStringLiteral("https://a.example:8935");
    QTest::newRow("good") << good << QString() << QString();
    QTest::newRow("an IPv6 address") << QStringLiteral("http://[::1]:8935") << QString() << QString();
    QTest::newRow("a word") << QStringLiteral("foo") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("host and port") << QStringLiteral("foo:8935") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("another scheme") << QStringLiteral("ftp://foo") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("no host") << QStringLiteral("https://") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("no such port") << QStringLiteral("https://foo:99999") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("a blank") << QStringLiteral("https://a b") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("one of two") << good + QStringLiteral(",foo") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("a password") << QStringLiteral("https://me:secret@foo") << QString() << QStringLiteral("/orch_urls");
    QTest::newRow("a word as discovery") << good << QStringLiteral("foo") << QStringLiteral("/discovery_url");
}

void GatewayConfigTest::addressesOfNewProfilesAreWhole()
{
    QFETCH(QString, orchestrator);
    QFETCH(QString, discovery);
    QFETCH(QString, field);
    Profile profile;
    profile.name = QStringLiteral("x");
    profile.kind = Profile::Kind::Direct;
    profile.orchUrls = {orchestrator};
    profile.discoveryUrl = discovery;
    const auto checked = profile.checkAddresses();
    QCOMPARE(bool(checked), field.isEmpty());
    if (field.isEmpty())
        return;
    QCOMPARE(checked.error().field(), field);
    QVERIFY(!checked.error().advice().isEmpty());
    QVERIFY(!checked.error().describe().contains(QStringLiteral("secret@")));
}

void GatewayConfigTest::badProfilesNameTheirField_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("no object") << QByteArray("[]") << QStringLiteral("/");
    QTest::newRow("no name") << QByteArray("{}") << QStringLiteral("/name");
    QTest::newRow("slash") << QByteArray("{\"name\":\"a/b\"}") << QStringLiteral("/name");
    QTest::newRow("kind") << QByteArray("{\"name\":\"a\",\"kind\":\"x\"}") << QStringLiteral("/kind");
    QTest::newRow("capabilities") << QByteArray("{\"name\":\"a\",\"capabilities\":{}}") << QStringLiteral("/capabilities");
    QTest::newRow("limit") << QByteArray("{\"name\":\"a\",\"max_spend_per_day_wei\":\"1.5\"}") << QStringLiteral("/max_spend_per_day_wei");
}

void GatewayConfigTest::badProfilesNameTheirField()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto profile = Profile::fromJson(orThrow(Json::parse(json)));
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(profile.error().field(), field);
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
