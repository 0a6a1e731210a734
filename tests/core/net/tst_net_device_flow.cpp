#include "peers/oauth_server.h"
#include "peers/outcome.h"

#include "sluice/base/json.h"
#include "sluice/net/device_flow.h"
#include "sluice/net/pin_store.h"

#include <QtCore/QTimer>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::oauth;
using test::OAuthServer;
using test::outcomeOf;

namespace {

struct Client {
    explicit Client(const OAuthServer &server, const QString &id = QStringLiteral("sluice"))
        : Client(server.issuer(), id)
    {
    }
    explicit Client(const QString &issuer, const QString &id = QStringLiteral("sluice"))
    {
        DeviceFlow::Options options;
        options.issuer = QUrl(issuer);
        options.clientId = id;
        options.second = std::chrono::milliseconds(20);
        options.timeout = std::chrono::milliseconds(1000);
        flow = std::make_unique<DeviceFlow>(http, options);
    }
    Expected<DeviceCode> begin() { return outcomeOf(flow->begin(CallContext())); }
    /// The whole flow.
    Expected<Login> signIn()
    {
        const auto code = begin();
        if (!code)
            return unexpected(code.error());
        return outcomeOf(flow->wait(*code, CallContext()));
    }

    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    std::unique_ptr<DeviceFlow> flow;
};

std::pair<int, QByteArray> refusal(const char *code)
{
    return {400, QByteArray("{\"error\":\"") + code + "\"}"};
}

const QUrl Issuer(QStringLiteral("https://house.example"));

} // namespace

/// RFC 8628 from this program's side, against a server of it, and against ones that are none.
class DeviceFlowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCodeIsGivenAndTokensComeWhenThePersonAgreed();
    void withoutMetadataTheUsualAddressesAreAsked();
    void theServerSlowsTheQuestionsDown();
    void aPersonsRefusalEndsIt();
    void aCodeThatWasNotUsedInTimeIsOver();
    void theServersWordThatTheCodeIsOverEndsIt();
    void aServerThatFailsForAWhileIsAskedAgain();
    void cancellingEndsItAtOnce();
    void anUnknownClientIsTold();
    void renewedTokensGoOnAndUsedOnesEnd();
    void nothingSecretGoesOverPlainHttp_data();
    void nothingSecretGoesOverPlainHttp();
    void hostileCodesAreRefused_data();
    void hostileCodesAreRefused();
    void hostileTokensAreRefused_data();
    void hostileTokensAreRefused();
    void anAnswerWithoutEndIsBounded();
    void metadataOfAnotherIssuerAreRefused_data();
    void metadataOfAnotherIssuerAreRefused();
    void whatIsKeptCanBeReadAndNothingElse();
};

void DeviceFlowTest::aCodeIsGivenAndTokensComeWhenThePersonAgreed()
{
    OAuthServer server;
    Client client(server);
    const auto code = client.begin();
    QVERIFY2(code, code ? "" : qPrintable(code.error().describe()));
    QCOMPARE(code->userCode.toLatin1(), server.userCode());
    QCOMPARE(code->verificationUri, QUrl(server.issuer() + QStringLiteral("/activate")));
    QVERIFY(code->verificationUriComplete.toString().contains(code->userCode));
    QCOMPARE(server.deviceRequest().value("scope"), QByteArray("openid sign:job offline_access"));
    QVERIFY(!server.deviceRequest().contains("client_secret"));
    QTimer::singleShot(100, &client.http, [&server] { server.approve(); });
    const auto login = outcomeOf(client.flow->wait(*code, CallContext()));
    QVERIFY2(login, login ? "" : qPrintable(login.error().describe()));
    QVERIFY(server.isGood(login->tokens.access.expose().toByteArray()));
    QVERIFY(!login->tokens.refresh.isEmpty());
    QVERIFY(login->tokens.expiresAt > QDateTime::currentDateTimeUtc().addSecs(3500));
    QVERIFY(server.tokenRequests().size() >= 2); // at least once before the person had agreed
    QCOMPARE(server.tokenRequests().first().value("grant_type"), QByteArray("urn:ietf:params:oauth:grant-type:device_code"));
}

void DeviceFlowTest::withoutMetadataTheUsualAddressesAreAsked()
{
    OAuthServer::Options options;
    options.metadata = false;
    options.complete = false;
    OAuthServer server(options);
    server.approve();
    Client client(server);
    const auto code = client.begin();
    QVERIFY2(code, code ? "" : qPrintable(code.error().describe()));
    QVERIFY(code->verificationUriComplete.isEmpty());
    QVERIFY(server.paths().contains("/oauth/device/code"));
    QVERIFY(outcomeOf(client.flow->wait(*code, CallContext())));
}

void DeviceFlowTest::theServerSlowsTheQuestionsDown()
{
    OAuthServer server;
    server.approve();
    server.answerNext({refusal("slow_down")});
    Client client(server);
    const auto code = client.begin();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(outcomeOf(client.flow->wait(*code, CallContext())));
    QCOMPARE(server.tokenRequests().size(), 2);
    QVERIFY(timer.elapsed() >= 18 * (1 + 6)); // one second, then one and five more
}

void DeviceFlowTest::aPersonsRefusalEndsIt()
{
    OAuthServer server;
    server.deny();
    Client client(server);
    const auto login = client.signIn();
    QCOMPARE(login.error().kind(), Error::Kind::Signer);
    QVERIFY(login.error().message().contains(QStringLiteral("refused")));
    QCOMPARE(server.tokenRequests().size(), 1);
}

void DeviceFlowTest::aCodeThatWasNotUsedInTimeIsOver()
{
    OAuthServer::Options options;
    options.expiresIn = 5;
    OAuthServer server(options);
    Client client(server);
    const auto login = client.signIn();
    QCOMPARE(login.error().kind(), Error::Kind::Timeout);
    QVERIFY(login.error().message().contains(QString::fromLatin1(server.userCode())));
    QVERIFY(server.tokenRequests().size() <= 5);
}

void DeviceFlowTest::theServersWordThatTheCodeIsOverEndsIt()
{
    OAuthServer server;
    server.answerNext({refusal("authorization_pending"), refusal("expired_token")});
    Client client(server);
    QCOMPARE(client.signIn().error().kind(), Error::Kind::Timeout);
    QCOMPARE(server.tokenRequests().size(), 2);
}

void DeviceFlowTest::aServerThatFailsForAWhileIsAskedAgain()
{
    OAuthServer server;
    server.approve();
    server.answerNext({{503, "<html>busy</html>"}, {429, ""}, {500, "{\"error\":\"server_error\"}"}});
    Client client(server);
    const auto code = client.begin();
    QElapsedTimer timer;
    timer.start();
    const auto login = outcomeOf(client.flow->wait(*code, CallContext()));
    QVERIFY2(login, login ? "" : qPrintable(login.error().describe()));
    QVERIFY(timer.elapsed() >= 18 * (1 + 2 + 4 + 8)); // less and less often; coarse timers may be a little early
}

void DeviceFlowTest::cancellingEndsItAtOnce()
{
    OAuthServer::Options options;
    options.interval = 60;
    OAuthServer server(options);
    Client client(server);
    const auto code = client.begin();
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    QTimer::singleShot(50, &client.http, [&source] { source.cancel(); });
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(outcomeOf(client.flow->wait(*code, context)).error().kind(), Error::Kind::Canceled);
    QVERIFY(timer.elapsed() < 1000);
    QVERIFY(server.tokenRequests().isEmpty());
}

void DeviceFlowTest::anUnknownClientIsTold()
{
    const OAuthServer server;
    Client client(server, QStringLiteral("somebody"));
    const auto code = client.begin();
    QCOMPARE(code.error().kind(), Error::Kind::Signer);
    QVERIFY(code.error().message().contains(QStringLiteral("Nobody knows this client")));
    QVERIFY(code.error().advice().contains(QStringLiteral("client id")));
    Client none(server, QString());
    QCOMPARE(none.begin().error().kind(), Error::Kind::Config);
}

void DeviceFlowTest::renewedTokensGoOnAndUsedOnesEnd()
{
    OAuthServer server;
    server.approve();
    Client client(server);
    const auto login = client.signIn();
    QVERIFY(login);
    const auto newer = outcomeOf(renewed(&client.http, *login, CallContext()));
    QVERIFY2(newer, newer ? "" : qPrintable(newer.error().describe()));
    QVERIFY(!(newer->tokens.access == login->tokens.access));
    QVERIFY(!(newer->tokens.refresh == login->tokens.refresh));
    const auto again = outcomeOf(renewed(&client.http, *login, CallContext())); // a refresh token is good once
    QCOMPARE(again.error().kind(), Error::Kind::Signer);
    QVERIFY(again.error().message().contains(QStringLiteral("has ended")));
    Login without = *newer;
    without.tokens.refresh = Secret();
    const qsizetype asked = server.tokenRequests().size();
    QCOMPARE(outcomeOf(renewed(&client.http, without, CallContext())).error().kind(), Error::Kind::Signer);
    QCOMPARE(server.tokenRequests().size(), asked);
    // A server that gives no new one leaves the old one in force.
    server.answerNext({{200, R"({"access_token":"a","token_type":"bearer"})"}});
    const auto kept = outcomeOf(renewed(&client.http, *newer, CallContext()));
    QVERIFY(kept && kept->tokens.refresh == newer->tokens.refresh && !kept->tokens.expiresAt.isValid());
}

void DeviceFlowTest::nothingSecretGoesOverPlainHttp_data()
{
    QTest::addColumn<QString>("issuer");
    for (const char *text : {"http://house.example", "http://192.168.1.7:8080", "ftp://house.example", "house.example", "", "https://user:pw@house.example", "file:///etc/passwd"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void DeviceFlowTest::nothingSecretGoesOverPlainHttp()
{
    QFETCH(QString, issuer);
    Client client(issuer);
    QCOMPARE(client.begin().error().kind(), Error::Kind::Config);
}

void DeviceFlowTest::hostileCodesAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto body = [](const char *change) { return QByteArray(change); };
    QTest::newRow("nothing") << body("");
    QTest::newRow("no json") << body("<html>");
    QTest::newRow("a list") << body("[]");
    QTest::newRow("no device code") << body(R"({"user_code":"A","verification_uri":"https://house.example/a","expires_in":60})");
    QTest::newRow("device code with a line end") << body(R"({"device_code":"a\r\nb","user_code":"A","verification_uri":"https://house.example/a","expires_in":60})");
    QTest::newRow("no user code") << body(R"({"device_code":"d","verification_uri":"https://house.example/a","expires_in":60})");
    QTest::newRow("user code that turns the text") << body("{\"device_code\":\"d\",\"user_code\":\"A\\u202eB\",\"verification_uri\":\"https://house.example/a\",\"expires_in\":60}");
    QTest::newRow("user code with a line end") << body(R"({"device_code":"d","user_code":"A\nB","verification_uri":"https://house.example/a","expires_in":60})");
    QTest::newRow("user code without end") << QByteArray(R"({"device_code":"d","user_code":")" + QByteArray(65, 'A') + R"(","verification_uri":"https://house.example/a","expires_in":60})");
    QTest::newRow("page that is a program") << body(R"({"device_code":"d","user_code":"A","verification_uri":"javascript:alert","expires_in":60})");
    QTest::newRow("page that is a file") << body(R"({"device_code":"d","user_code":"A","verification_uri":"file:///etc/passwd","expires_in":60})");
    QTest::newRow("page over plain http") << body(R"({"device_code":"d","user_code":"A","verification_uri":"http://house.example/a","expires_in":60})");
    QTest::newRow("page on this machine") << body(R"({"device_code":"d","user_code":"A","verification_uri":"https://127.0.0.1/a","expires_in":60})");
    QTest::newRow("page with a password") << body(R"({"device_code":"d","user_code":"A","verification_uri":"https://house.example@evil.example/","expires_in":60})");
    QTest::newRow("complete page elsewhere") << body(R"({"device_code":"d","user_code":"A","verification_uri":"https://house.example/a","verification_uri_complete":"file:///","expires_in":60})");
    QTest::newRow("no end") << body(R"({"device_code":"d","user_code":"A","verification_uri":"https://house.example/a"})");
    QTest::newRow("over before it began") << body(R"({"device_code":"d","user_code":"A","verification_uri":"https://house.example/a","expires_in":-5})");
    QTest::newRow("deep") << QByteArray(QByteArray(100, '[') + QByteArray(100, ']'));
    QTest::newRow("large") << QByteArray(MaxAnswerBytes + 1, ' ');
}

void DeviceFlowTest::hostileCodesAreRefused()
{
    QFETCH(QByteArray, body);
    const auto code = parseDeviceCode(body, Issuer);
    QVERIFY(!code);
    QCOMPARE(code.error().kind(), Error::Kind::Protocol);
    QVERIFY(!code.error().advice().isEmpty());
}

void DeviceFlowTest::hostileTokensAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no token") << QByteArray(R"({"token_type":"bearer"})");
    QTest::newRow("a number") << QByteArray(R"({"access_token":7,"token_type":"bearer"})");
    QTest::newRow("header in it") << QByteArray(R"({"access_token":"a\r\nX-Evil: 1","token_type":"bearer"})");
    QTest::newRow("space in it") << QByteArray(R"({"access_token":"a b","token_type":"bearer"})");
    QTest::newRow("another type") << QByteArray(R"({"access_token":"a","token_type":"mac"})");
    QTest::newRow("no type") << QByteArray(R"({"access_token":"a"})");
    QTest::newRow("refresh token that is none") << QByteArray(R"({"access_token":"a","token_type":"bearer","refresh_token":["x"]})");
    QTest::newRow("long") << QByteArray(R"({"token_type":"bearer","access_token":")" + QByteArray(20'000, 'a') + "\"}");
}

void DeviceFlowTest::hostileTokensAreRefused()
{
    QFETCH(QByteArray, body);
    const auto tokens = parseTokens(body, QDateTime::currentDateTimeUtc(), Secret());
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind(), Error::Kind::Protocol);
    OAuthServer server;
    server.answerNext({{200, body}});
    Client client(server);
    QCOMPARE(client.signIn().error().kind(), Error::Kind::Protocol);
}

void DeviceFlowTest::anAnswerWithoutEndIsBounded()
{
    OAuthServer server;
    server.answerRoute("/device", 200, QByteArray(1024 * 1024, 'x'));
    Client client(server);
    QCOMPARE(client.begin().error().kind(), Error::Kind::TooLarge);
    OAuthServer silent;
    silent.answerRoute("/device", 0, QByteArray());
    Client other(silent);
    QCOMPARE(other.begin().error().kind(), Error::Kind::Timeout);
    // Far-off numbers are cut to what a person's patience is worth.
    const auto code = parseDeviceCode(R"({"device_code":"d","user_code":"A","verification_uri":"https://house.example/a","expires_in":99999999999,"interval":99999999})", Issuer);
    QVERIFY(code);
    QCOMPARE(code->expiresIn, std::chrono::seconds(86400));
    QCOMPARE(code->interval, std::chrono::seconds(60));
}

void DeviceFlowTest::metadataOfAnotherIssuerAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("another issuer") << QByteArray(R"({"issuer":"https://evil.example","device_authorization_endpoint":"https://house.example/d","token_endpoint":"https://house.example/t"})");
    QTest::newRow("no issuer") << QByteArray(R"({"device_authorization_endpoint":"https://house.example/d","token_endpoint":"https://house.example/t"})");
    QTest::newRow("plain http") << QByteArray(R"({"issuer":"https://house.example","device_authorization_endpoint":"http://house.example/d","token_endpoint":"https://house.example/t"})");
    QTest::newRow("no device flow") << QByteArray(R"({"issuer":"https://house.example","token_endpoint":"https://house.example/t"})");
    QTest::newRow("this machine") << QByteArray(R"({"issuer":"https://house.example","device_authorization_endpoint":"https://house.example/d","token_endpoint":"https://localhost/t"})");
}

void DeviceFlowTest::metadataOfAnotherIssuerAreRefused()
{
    QFETCH(QByteArray, body);
    const auto endpoints = parseMetadata(body, Issuer);
    QVERIFY(!endpoints);
    QCOMPARE(endpoints.error().kind(), Error::Kind::Protocol);
}

void DeviceFlowTest::whatIsKeptCanBeReadAndNothingElse()
{
    Login login;
    login.issuer = Issuer;
    login.tokenEndpoint = QUrl(QStringLiteral("https://house.example/t"));
    login.clientId = QStringLiteral("sluice");
    login.tokens.access = Secret("a");
    login.tokens.refresh = Secret("r");
    login.tokens.expiresAt = QDateTime::fromSecsSinceEpoch(1'900'000'000, Qt::UTC);
    const auto read = Login::fromSecret(login.toSecret());
    QVERIFY(read);
    QCOMPARE(read->issuer, login.issuer);
    QCOMPARE(read->tokenEndpoint, login.tokenEndpoint);
    QVERIFY(read->tokens.access == login.tokens.access && read->tokens.refresh == login.tokens.refresh);
    QCOMPARE(read->tokens.expiresAt, login.tokens.expiresAt);
    for (const char *bad : {"", "{}", "[]", R"({"issuer":"http://house.example","token_endpoint":"https://house.example/t","access_token":"a","refresh_token":"r"})"})
        QVERIFY2(!Login::fromSecret(Secret(bad)), bad);
}

QTEST_GUILESS_MAIN(DeviceFlowTest)
#include "tst_net_device_flow.moc"
