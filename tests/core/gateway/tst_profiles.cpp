#include "wait_for.h"

#include "sluice/backend/backend.h"
#include "sluice/backend/user_data.h"
#include "sluice/gateway/backends.h"
#include "sluice/gateway/profile_store.h"
#include "sluice/store/settings_table.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

class ProfilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void profilesKeepNoSecretAndComeBack();
    void thereIsAlwaysASandboxProfile();
    void profilesOfEarlierVersionsKeepLoading();
    void namedCapabilitiesAreKeptInTheProfile();
    void namesThatTwoProgramsGiveAtOnceAreAllKept();
    void settingsAreSavedBesideNamedCapabilities();
    void theSandboxStaysTheNetworkOfThisMachine();
    void newProfilesHaveWhatTheirBackendsRequire();
    void whatABackendsSettingsMayBeCalledIsKnown();
    void namedCapabilitiesTravelAsAFile();
    void aNameIsOfABackendThatItsProfileReaches();
    void badNamedCapabilitiesNameTheirField_data();
    void badNamedCapabilitiesNameTheirField();
    void addressesOfNewProfilesAreWhole_data();
    void addressesOfNewProfilesAreWhole();
    void namesAreOfWholeCharacters();
    void badProfilesNameTheirField_data();
    void badProfilesNameTheirField();
    void aProfileBecomesAConnectionInOneStep();
};

void ProfilesTest::profilesKeepNoSecretAndComeBack()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data.sqlite"));
    Profile profile;
    profile.name = QStringLiteral("staging");
    profile.local = false;
    profile.setLivepeer({.discoveryUrl = QStringLiteral("https://d"), .orchUrls = {QStringLiteral("https://a"), QStringLiteral("https://b")}});
    profile.backends.insert(QStringLiteral("other"), Json{{QStringLiteral("z"), 1}, {QStringLiteral("a"), true}});
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

void ProfilesTest::thereIsAlwaysASandboxProfile()
{
    ProfileStore store(UserData::inMemory());
    QVERIFY(waitFor(store.list()).first().local);
    QCOMPARE(waitFor(store.current()), QStringLiteral("sandbox"));
    waitFor(store.remove(QStringLiteral("sandbox")));
    QCOMPARE(waitFor(store.list()).size(), 1);
    QVERIFY_EXCEPTION_THROWN(waitFor(store.setCurrent(QStringLiteral("nowhere"))), Error);
}

void ProfilesTest::profilesOfEarlierVersionsKeepLoading()
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
    QVERIFY(profiles[0].local && !profiles[1].local && !profiles[2].local);
    QCOMPARE(profiles[1].livepeer().orchUrls, QStringList({QStringLiteral("https://a:8935"), QStringLiteral("foo")}));
    QCOMPARE(profiles[1].livepeer().discoveryUrl, QStringLiteral("https://d"));
    QCOMPARE(profiles[1].maxSpendPerDayWei, std::optional(QStringLiteral("1000")));
    QCOMPARE(profiles[2].livepeer().gatewayUrl, QStringLiteral("gateway.example"));
    QVERIFY(profiles[2].throughGateway() && !profiles[1].throughGateway());
    for (const Profile &profile : profiles)
        QVERIFY(profile.capabilities.isEmpty());
    QVERIFY(!profiles[1].toJson().contains(QStringLiteral("capabilities")));
    // Their secrets stand where they stood.
    QCOMPARE(Profile::secretEntry(QStringLiteral("mine"), QStringLiteral("/byoc/sender_key")), QStringLiteral("mine/sender_key"));
    QCOMPARE(Profile::secretEntry(QStringLiteral("mine"), QStringLiteral("/byoc/token")), QStringLiteral("mine/token"));
    QCOMPARE(Profile::secretEntry(QStringLiteral("mine"), QStringLiteral("/other/token")), QStringLiteral("mine/other/token"));
    // Once saved they are as today's, and say the same.
    waitFor(store.save(profiles[1]));
    const Json stored = data->settings().getSync(QStringLiteral("profile/mine")).value_or(Json());
    QVERIFY(!stored.contains(QStringLiteral("kind")) && !stored.contains(QStringLiteral("orch_urls")));
    QVERIFY(waitFor(store.list())[1] == profiles[1]);
}

namespace {

NamedCapability wholeCapability()
{
    NamedCapability capability;
    capability.name = QStringLiteral("Überschrift/α");
    capability.backend = QStringLiteral("openai");
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

void ProfilesTest::namedCapabilitiesAreKeptInTheProfile()
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

void ProfilesTest::namesThatTwoProgramsGiveAtOnceAreAllKept()
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

void ProfilesTest::settingsAreSavedBesideNamedCapabilities()
{
    ProfileStore store(UserData::inMemory());
    Profile profile;
    profile.name = QStringLiteral("mine");
    profile.local = false;
    profile.setLivepeer({.orchUrls = {QStringLiteral("https://a:8935")}});
    waitFor(store.saveSettings(profile));
    waitFor(store.nameCapabilities(profile.name, {wholeCapability()}));
    // A dialog that was opened before, or a command that knows nothing of them.
    profile.setLivepeer({.orchUrls = {QStringLiteral("https://b:8935")}});
    waitFor(store.saveSettings(profile));
    const Profile stored = waitFor(store.list()).last();
    QVERIFY(stored.backends == profile.backends);
    QCOMPARE(stored.capabilities.size(), 1);
}

void ProfilesTest::theSandboxStaysTheNetworkOfThisMachine()
{
    ProfileStore store(UserData::inMemory());
    Profile profile;
    profile.name = QStringLiteral("sandbox");
    profile.local = false;
    profile.setLivepeer({.orchUrls = {QStringLiteral("https://a:8935")}});
    QVERIFY_THROWS_EXCEPTION(Error, waitFor(store.saveSettings(profile)));
    QVERIFY(waitFor(store.list()).first().local);
    // What stands over it is its own, and goes with it.
    profile.local = true;
    waitFor(store.saveSettings(profile));
    QVERIFY(!waitFor(store.list()).first().backends.isEmpty());
    waitFor(store.remove(profile.name));
    QVERIFY(waitFor(store.list()).first().backends.isEmpty());
}

void ProfilesTest::newProfilesHaveWhatTheirBackendsRequire()
{
    Profile profile;
    profile.name = QStringLiteral("x");
    profile.local = false;
    const auto checked = [&profile](const Json &settings) {
        profile.backends.insert(QStringLiteral("aigateway"), settings);
        return profile.check();
    };
    for (const char *missing : {"{}", R"({"base_url":""})", R"({"base_url":"  "})", R"({"url":"http://h"})"}) {
        const auto refused = checked(orThrow(Json::parse(missing)));
        QVERIFY2(!refused, missing);
        QCOMPARE(refused.error().field(), QStringLiteral("/aigateway/base_url"));
    }
    QVERIFY(checked(Json{{QStringLiteral("base_url"), "http://h"}}));
}

void ProfilesTest::whatABackendsSettingsMayBeCalledIsKnown()
{
    for (const BackendKind &kind : backends::kinds()) {
        const QStringList names = settingNames(kind.settingsSchema);
        if (kind.id == QLatin1String("byoc"))
            QCOMPARE(names, QStringList({QStringLiteral("orch_urls"), QStringLiteral("discovery_url"), QStringLiteral("signer_url"), QStringLiteral("issuer_url"),
                                QStringLiteral("client_id"), QStringLiteral("audience"), QStringLiteral("gateway_url"), QStringLiteral("precedence")}));
        else if (kind.id == QLatin1String("aigateway"))
            QCOMPARE(names, QStringList(QStringLiteral("base_url")));
        // A secret is no setting: it would be stored in clear.
        for (const SecretSetting &secret : secretSettings(kind.settingsSchema))
            QVERIFY(!names.contains(secret.pointer.mid(1)));
    }
}

void ProfilesTest::namedCapabilitiesTravelAsAFile()
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

void ProfilesTest::aNameIsOfABackendThatItsProfileReaches()
{
    const QString openAi = QStringLiteral("openai");
    ProfileStore store(UserData::inMemory());
    Profile profile;
    profile.name = QStringLiteral("models");
    profile.local = false;
    profile.backends.insert(openAi, Json{{QStringLiteral("base_url"), "http://localhost:11434/v1"}});
    waitFor(store.save(profile));
    NamedCapability other = capabilityCalled(QStringLiteral("b"));
    other.backend = QStringLiteral("byoc");
    profile = waitFor(store.nameCapabilities(profile.name, {capabilityCalled(QStringLiteral("a")), other}));
    QCOMPARE(profile.capabilities[0].backend, openAi);
    QCOMPARE(profile.capabilities[1].backend, QStringLiteral("byoc")); // as it was said
    QCOMPARE(backends::named(profile.capabilities[0]).id().text(), QStringLiteral("openai/a"));
    profile.setLivepeer({.orchUrls = {QStringLiteral("https://a")}});
    waitFor(store.save(profile));
    profile = waitFor(store.nameCapabilities(profile.name, {capabilityCalled(QStringLiteral("c"))}));
    QCOMPARE(profile.capabilities.last().backend, QString()); // by itself
    QCOMPARE(backends::named(profile.capabilities.last()).backend, QStringLiteral("byoc"));
}

void ProfilesTest::badNamedCapabilitiesNameTheirField_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("no object") << QByteArray("7") << QStringLiteral("/");
    QTest::newRow("no name") << QByteArray("{}") << QStringLiteral("/name");
    QTest::newRow("blank name") << QByteArray(R"({"name":"  "})") << QStringLiteral("/name");
    QTest::newRow("a header in the name") << QByteArray(R"({"name":"a\r\nX: y"})") << QStringLiteral("/name");
    QTest::newRow("endless name") << QByteArray("{\"name\":\"" + QByteArray(300, 'a') + "\"}") << QStringLiteral("/name");
    QTest::newRow("a line end in the backend") << QByteArray(R"({"name":"a","backend":"b\nc"})") << QStringLiteral("/backend");
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

void ProfilesTest::badNamedCapabilitiesNameTheirField()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto capability = NamedCapability::fromJson(orThrow(Json::parse(json)));
    QVERIFY(!capability);
    QCOMPARE(capability.error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(capability.error().field(), field);
}

void ProfilesTest::addressesOfNewProfilesAreWhole_data()
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

void ProfilesTest::addressesOfNewProfilesAreWhole()
{
    QFETCH(QString, orchestrator);
    QFETCH(QString, discovery);
    QFETCH(QString, field);
    Profile profile;
    profile.name = QStringLiteral("x");
    profile.local = false;
    profile.setLivepeer({.discoveryUrl = discovery, .orchUrls = {orchestrator}});
    const auto checked = profile.check();
    QCOMPARE(bool(checked), field.isEmpty());
    if (field.isEmpty())
        return;
    QCOMPARE(checked.error().field(), QStringLiteral("/byoc") + field);
    QVERIFY(!checked.error().advice().isEmpty());
    QVERIFY(!checked.error().describe().contains(QStringLiteral("secret@")));
}

void ProfilesTest::namesAreOfWholeCharacters()
{
    const auto isTaken = [](const QString &name) { return bool(Profile::fromJson(Json{{QStringLiteral("name"), name}, {QStringLiteral("local"), true}})); };
    const QString smile = QString::fromUtf8("\xF0\x9F\x98\x80");
    QVERIFY(isTaken(smile) && isTaken(smile.repeated(64)) && isTaken(QStringLiteral("Büro 世界")));
    QVERIFY(!isTaken(smile.repeated(65)) && !isTaken(QStringLiteral("a\nb")) && !isTaken(QString(QChar(0xD83D))) && !isTaken(QString()));
}

void ProfilesTest::badProfilesNameTheirField_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("no object") << QByteArray("[]") << QStringLiteral("/");
    QTest::newRow("no name") << QByteArray("{}") << QStringLiteral("/name");
    QTest::newRow("slash") << QByteArray("{\"name\":\"a/b\"}") << QStringLiteral("/name");
    QTest::newRow("kind") << QByteArray("{\"name\":\"a\",\"kind\":\"x\"}") << QStringLiteral("/kind");
    QTest::newRow("no backends") << QByteArray("{\"name\":\"a\",\"local\":true,\"backends\":[]}") << QStringLiteral("/backends");
    QTest::newRow("no settings") << QByteArray("{\"name\":\"a\",\"local\":true,\"backends\":{\"x\":1}}") << QStringLiteral("/backends/x");
    QTest::newRow("capabilities") << QByteArray("{\"name\":\"a\",\"capabilities\":{}}") << QStringLiteral("/capabilities");
    QTest::newRow("limit") << QByteArray("{\"name\":\"a\",\"max_spend_per_day_wei\":\"1.5\"}") << QStringLiteral("/max_spend_per_day_wei");
}

void ProfilesTest::badProfilesNameTheirField()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto profile = Profile::fromJson(orThrow(Json::parse(json)));
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(profile.error().field(), field);
}

void ProfilesTest::aProfileBecomesAConnectionInOneStep()
{
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        QSKIP("there is a session bus, and so perhaps a keychain of somebody's");
    BackendKind kind;
    kind.id = QStringLiteral("locked");
    kind.settingsSchema = orThrow(Json::parse(
        R"({"type":"object","properties":{"url":{"type":"string"},"api_key":{"type":"string","format":"password","x-noun":"API key"}}})"));
    kind.make = [](BackendServices &, const BackendSettings &) { return std::unique_ptr<Backend>(); };
    backends::add(kind);
    ProfileStore store(UserData::inMemory(), SecretStore(QStringLiteral("sluice-test")));
    Profile profile;
    profile.name = QStringLiteral("both");
    profile.local = false;
    profile.setLivepeer({.orchUrls = {QStringLiteral("https://a:8935")}});
    profile.backends.insert(kind.id, Json{{QStringLiteral("url"), QStringLiteral("https://b")}});
    QCOMPARE(profile.secretSettings().size(), 4);
    waitFor(store.saveSettings(profile, {{QStringLiteral("/byoc/token"), Secret("a token")}, {QStringLiteral("/locked/api_key"), Secret("hush")}}));
    GatewayConfig config = waitFor(store.connection(profile, nullptr, Secret("of the environment")));
    QCOMPARE(config.orchUrls, QStringList(QStringLiteral("https://a:8935")));
    QVERIFY(config.token.equals("a token"));
    QVERIFY(config.senderKey.equals("of the environment"));
    QCOMPARE(config.backends.value(kind.id).text(QStringLiteral("url")), QStringLiteral("https://b"));
    QVERIFY(config.backends.value(kind.id).secret(QStringLiteral("/api_key")).equals("hush"));
    QCOMPARE(config.secrets().size(), 3);
    // A key of its own goes before another; what is not given again stays.
    waitFor(store.saveSettings(profile, {{QStringLiteral("/byoc/sender_key"), Secret("its own")}}));
    config = waitFor(store.connection(profile, nullptr, Secret("of the environment")));
    QVERIFY(config.senderKey.equals("its own") && config.token.equals("a token"));
    // What reaches no orchestrator is not given a key that pays them.
    profile.backends.remove(QStringLiteral("byoc"));
    config = waitFor(store.connection(profile, nullptr, Secret("of the environment")));
    QVERIFY(config.senderKey.isEmpty() && config.token.isEmpty());
    // Removed with its secrets, also of a backend that it reached once.
    waitFor(store.remove(profile.name));
    profile.setLivepeer({});
    config = waitFor(store.connection(profile));
    QVERIFY(config.secrets().isEmpty());
}

QTEST_GUILESS_MAIN(ProfilesTest)
#include "tst_profiles.moc"
