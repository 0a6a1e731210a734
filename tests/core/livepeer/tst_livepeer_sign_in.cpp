#include "peers/oauth_server.h"
#include "peers/outcome.h"
#include "peers/signer_peer.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/async.h"
#include "sluice/base/task.h"
#include "sluice/gateway/device_login.h"
#include "sluice/gateway/gateway.h"
#include "sluice/gateway/profile.h"
#include "sluice/livepeer/network_access.h"
#include "sluice/livepeer/remote_signer.h"
#include "sluice/livepeer/signer_login.h"
#include "sluice/net/pin_store.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::livepeer;
using test::OAuthServer;
using test::outcomeOf;
using test::ScriptedSigner;

namespace {

/// A keychain in memory.
class Keeper final : public SecretKeeper {
public:
    QFuture<Secret> read(const QString &pointer) override
    {
        ++reads;
        const Completion<Secret> done;
        done.finish(kept.value(pointer));
        return done.future();
    }
    QFuture<void> write(const QString &pointer, const Secret &secret) override
    {
        kept.insert(pointer, secret);
        return locked ? failedFuture(Error(Error::Kind::Storage, QStringLiteral("locked"))) : finishedFuture();
    }
    QMap<QString, Secret> kept;
    int reads = 0;
    bool locked = false;
};

const QString Pointer = QStringLiteral("/byoc/signer_login");

/// A clearinghouse, its signer, and a program where a person signed in.
struct Setup {
    explicit Setup(int tokenSeconds = 3600)
        : house(optionsWith(tokenSeconds))
    {
        house.approve();
        DeviceLogin::Request request;
        request.issuer = house.issuer();
        request.clientId = QStringLiteral("sluice");
        request.second = std::chrono::milliseconds(10);
        DeviceLogin asked(request);
        asked.start();
        if (!QTest::qWaitFor([&] { return asked.state() == DeviceLogin::State::SignedIn; }))
            qFatal("nobody signed in: %s", qUtf8Printable(asked.error().describe()));
        keeper->kept.insert(Pointer, asked.login());
        signer.admit([this](const Headers &fields) {
            const QByteArray bearer = headers::value(fields, "Authorization");
            return bearer.startsWith("Bearer ") && house.isGood(bearer.mid(7));
        });
    }
    static OAuthServer::Options optionsWith(int tokenSeconds)
    {
        OAuthServer::Options options;
        options.tokenSeconds = tokenSeconds;
        return options;
    }
    [[nodiscard]] std::shared_ptr<SignerLogin> login()
    {
        return std::make_shared<SignerLogin>(http, orThrow(oauth::Login::fromSecret(keeper->kept.value(Pointer))), keeper, Pointer);
    }
    [[nodiscard]] RemoteSigner client(const std::shared_ptr<SignerLogin> &signedIn)
    {
        RemoteSigner::Options options;
        options.origin = signer.url();
        options.headers = {{"authorization", Secret("Bearer typed-key")}};
        options.login = signedIn;
        return RemoteSigner(http, options);
    }

    OAuthServer house;
    ScriptedSigner signer;
    std::shared_ptr<Keeper> keeper = std::make_shared<Keeper>();
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
};

} // namespace

/// A person's sign-in at a clearinghouse as the bearer for its signers.
class SignInTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBearerIsTheSignInsAndNoOther();
    void aTokenThatEndsSoonIsRenewedBefore();
    void aTokenThatIsRefusedIsRenewedOnce();
    void aRefusalThatStaysIsToldAfterOneRenewal();
    void newTokensAreKept();
    void anotherProgramsRenewalIsBelieved();
    void callsAtOnceRenewOnce();
    void aCancelledCallDoesNotLoseTheRenewal();
    void anEndedSignInSaysSo();
    void aHouseThatIsAwayIsNoEndWhileTheTokenHolds();
    void theSignersDiscoveryKnowsThePersonToo();
    void aSignInOfAnotherHouseIsNotSent();
    void nothingOfItIsInTheProfileOrItsSettings();
    void aLoginSaysWhatItIsDoing();
    void aLoginThatIsGivenUpEnds();
};

void SignInTest::theBearerIsTheSignInsAndNoOther()
{
    Setup setup;
    RemoteSigner client = setup.client(setup.login());
    const auto ready = outcomeOf(client.signAddress(CallContext()));
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().describe()));
    QCOMPARE(client.address(), setup.signer.key().address());
    QCOMPARE(headers::values(setup.signer.requests().last().headers, "Authorization"), QList<QByteArray>{"Bearer access-1"});
    QCOMPARE(setup.house.renewals(), 0);
}

void SignInTest::aTokenThatEndsSoonIsRenewedBefore()
{
    Setup setup(30); // less than a minute
    RemoteSigner client = setup.client(setup.login());
    QVERIFY(outcomeOf(client.signAddress(CallContext())));
    QCOMPARE(setup.house.renewals(), 1);
    QCOMPARE(setup.signer.requests().size(), 1); // the older one was not even shown
    QCOMPARE(headers::value(setup.signer.requests().last().headers, "Authorization"), QByteArray("Bearer access-2"));
}

void SignInTest::aTokenThatIsRefusedIsRenewedOnce()
{
    Setup setup;
    setup.house.withdraw();
    RemoteSigner client = setup.client(setup.login());
    const auto ready = outcomeOf(client.signAddress(CallContext()));
    QVERIFY2(ready, ready ? "" : qPrintable(ready.error().describe()));
    QCOMPARE(setup.house.renewals(), 1);
    QCOMPARE(setup.signer.requests().size(), 2);
}

void SignInTest::aRefusalThatStaysIsToldAfterOneRenewal()
{
    Setup setup;
    setup.signer.admit([](const Headers &) { return false; });
    RemoteSigner client = setup.client(setup.login());
    const auto ready = outcomeOf(client.signAddress(CallContext()));
    QCOMPARE(ready.error().kind(), Error::Kind::Signer);
    QCOMPARE(ready.error().httpStatus(), 401);
    QCOMPARE(setup.house.renewals(), 1);
    QCOMPARE(setup.signer.requests().size(), 2);
}

void SignInTest::newTokensAreKept()
{
    Setup setup(30);
    const Secret before = setup.keeper->kept.value(Pointer);
    QVERIFY(outcomeOf(setup.login()->authorization(CallContext())));
    const auto kept = oauth::Login::fromSecret(setup.keeper->kept.value(Pointer));
    QVERIFY(kept && kept->tokens.access == Secret("access-2") && kept->tokens.refresh == Secret("refresh-2"));
    // A keychain that does not take them is no reason to stop: they hold for this run.
    Setup locked(30);
    locked.keeper->locked = true;
    const auto login = locked.login();
    QCOMPARE(outcomeOf(login->authorization(CallContext())).value().expose().toByteArray(), QByteArray("Bearer access-2"));
}

void SignInTest::anotherProgramsRenewalIsBelieved()
{
    Setup setup;
    const auto here = setup.login();
    const auto there = setup.login();
    setup.house.withdraw();
    QVERIFY(*outcomeOf(there->renew(Secret("Bearer access-1"), CallContext())));
    QCOMPARE(setup.house.renewals(), 1);
    // Its own refresh token is used up; what is kept is newer.
    QVERIFY(*outcomeOf(here->renew(Secret("Bearer access-1"), CallContext())));
    QCOMPARE(setup.house.renewals(), 1);
    QCOMPARE(outcomeOf(here->authorization(CallContext())).value().expose().toByteArray(), QByteArray("Bearer access-2"));
}

void SignInTest::callsAtOnceRenewOnce()
{
    Setup setup(30);
    const auto login = setup.login();
    std::vector<QFuture<Secret>> calls;
    for (int i = 0; i < 20; ++i)
        calls.push_back(toFuture(login->authorization(CallContext())));
    for (QFuture<Secret> &call : calls) {
        QTRY_VERIFY(call.isFinished());
        QCOMPARE(call.result().expose().toByteArray(), QByteArray("Bearer access-2"));
    }
    QCOMPARE(setup.house.renewals(), 1);
}

void SignInTest::aCancelledCallDoesNotLoseTheRenewal()
{
    Setup setup(30);
    const auto login = setup.login();
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    const QFuture<Secret> call = toFuture(login->authorization(context));
    source.cancel();
    QTRY_VERIFY(call.isFinished());
    QVERIFY(call.isCanceled());
    QTRY_COMPARE(setup.house.renewals(), 1);
    QTRY_VERIFY(oauth::Login::fromSecret(setup.keeper->kept.value(Pointer))->tokens.access == Secret("access-2"));
}

void SignInTest::anEndedSignInSaysSo()
{
    Setup setup;
    setup.house.endSession();
    RemoteSigner client = setup.client(setup.login());
    const auto ready = outcomeOf(client.signAddress(CallContext()));
    QCOMPARE(ready.error().kind(), Error::Kind::Signer);
    QVERIFY(ready.error().message().contains(QStringLiteral("has ended")));
    QVERIFY(ready.error().advice().contains(QStringLiteral("Sign in again")));
}

void SignInTest::aHouseThatIsAwayIsNoEndWhileTheTokenHolds()
{
    Setup setup(30);
    setup.house.answerRoute("/oauth/token", 503, "busy");
    QCOMPARE(outcomeOf(setup.login()->authorization(CallContext())).value().expose().toByteArray(), QByteArray("Bearer access-1"));
    oauth::Login over = orThrow(oauth::Login::fromSecret(setup.keeper->kept.value(Pointer)));
    over.tokens.expiresAt = QDateTime::currentDateTimeUtc().addSecs(-1);
    const auto login = std::make_shared<SignerLogin>(setup.http, over, nullptr, Pointer);
    const auto bearer = outcomeOf(login->authorization(CallContext()));
    QCOMPARE(bearer.error().kind(), Error::Kind::Signer);
    QVERIFY2(bearer.error().message().contains(QStringLiteral("could not be renewed")), qPrintable(bearer.error().message()));
}

void SignInTest::theSignersDiscoveryKnowsThePersonToo()
{
    Setup setup;
    setup.house.withdraw();
    setup.signer.answerRoute("/discover-orchestrators", 200, "[]");
    GatewayConfig config;
    config.signerUrl = setup.signer.url().toString();
    config.issuerUrl = setup.house.issuer();
    config.signerLogin = setup.keeper->kept.value(Pointer);
    config.secretKeeper = setup.keeper;
    Gateway gateway(config);
    const QFuture<CandidateReport> report = gateway.candidates({QStringLiteral("byoc"), QStringLiteral("echo"), QString()});
    QTRY_VERIFY(report.isFinished());
    QVERIFY(report.result().candidates.isEmpty());
    QVERIFY(report.result().byDiscovery);
    const QList<ServerRequest> asked = setup.signer.requests();
    QCOMPARE(asked.size(), 2);
    QCOMPARE(headers::value(asked.last().headers, "Authorization"), QByteArray("Bearer access-2"));
    // Nothing that is a secret may be in an output, and so the tokens themselves are known as such.
    QVERIFY(config.secrets().contains(Secret("access-1")) && config.secrets().contains(Secret("refresh-1")));
}

void SignInTest::aSignInOfAnotherHouseIsNotSent()
{
    Setup setup;
    setup.signer.answerRoute("/discover-orchestrators", 200, "[]");
    GatewayConfig config;
    config.signerUrl = setup.signer.url().toString();
    config.issuerUrl = QStringLiteral("https://other.example");
    config.signerLogin = setup.keeper->kept.value(Pointer);
    Gateway gateway(config);
    const QFuture<CandidateReport> report = gateway.candidates({QStringLiteral("byoc"), QStringLiteral("echo"), QString()});
    QTRY_VERIFY(report.isFinished());
    try {
        QFuture<CandidateReport>(report).waitForFinished();
        QFAIL("it was taken");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Config);
        QVERIFY(error.advice().contains(QStringLiteral("Sign in again")));
    }
    QVERIFY(setup.signer.requests().isEmpty());
}

void SignInTest::nothingOfItIsInTheProfileOrItsSettings()
{
    OrchestratorSettings settings;
    settings.signerUrl = QStringLiteral("https://signer.example");
    settings.issuerUrl = QStringLiteral("https://house.example");
    settings.clientId = QStringLiteral("sluice");
    settings.audience = QStringLiteral("signers");
    settings.signerLogin = Secret("secret tokens");
    Profile profile;
    profile.name = QStringLiteral("p");
    profile.local = false;
    profile.setLivepeer(settings);
    QVERIFY(!profile.toJson().dump().contains("secret tokens"));
    QCOMPARE(profile.storedSecrets(), QStringList{DeviceLogin::pointer()});
    GatewayConfig config;
    profile.applyTo(config);
    QCOMPARE(config.issuerUrl, settings.issuerUrl);
    QCOMPARE(config.clientId, settings.clientId);
    QCOMPARE(config.audience, settings.audience);
    QCOMPARE(OrchestratorSettings::from(settings.toSettings()), settings);
    // Over plain HTTP the bearer is sent nowhere.
    settings.signerUrl = QStringLiteral("http://signer.example");
    QVERIFY(!NetworkAccess::from(settings));
}

void SignInTest::aLoginSaysWhatItIsDoing()
{
    OAuthServer house;
    DeviceLogin::Request request;
    request.issuer = house.issuer();
    request.clientId = QStringLiteral("sluice");
    request.second = std::chrono::milliseconds(50);
    DeviceLogin login(request);
    QSignalSpy states(&login, &DeviceLogin::stateChanged);
    login.start();
    QTRY_COMPARE(login.state(), DeviceLogin::State::Waiting);
    QCOMPARE(login.userCode(), QStringLiteral("WDJB-MJHT"));
    QVERIFY(login.pageWithCode().toString().contains(login.userCode()));
    QVERIFY(login.endsAt() > QDateTime::currentDateTimeUtc());
    QVERIFY(login.login().isEmpty());
    house.approve();
    QTRY_COMPARE(login.state(), DeviceLogin::State::SignedIn);
    const DeviceLogin::Kept kept = DeviceLogin::kept(login.login());
    QCOMPARE(kept.host, QStringLiteral("127.0.0.1"));
    QVERIFY(kept.renews && kept.accessEndsAt > QDateTime::currentDateTimeUtc());
    QCOMPARE(states.size(), 2);
}

void SignInTest::aLoginThatIsGivenUpEnds()
{
    OAuthServer house;
    DeviceLogin::Request request;
    request.issuer = house.issuer();
    request.clientId = QStringLiteral("sluice");
    auto login = std::make_unique<DeviceLogin>(request);
    login->start();
    QTRY_COMPARE(login->state(), DeviceLogin::State::Waiting);
    login->cancel();
    QTRY_COMPARE(login->state(), DeviceLogin::State::Canceled);
    login = std::make_unique<DeviceLogin>(request);
    login->start();
    login.reset(); // while it is asked for a code
    house.deny();
    DeviceLogin refused(request);
    refused.start();
    QTRY_COMPARE_WITH_TIMEOUT(refused.state(), DeviceLogin::State::Failed, 10'000);
    QCOMPARE(refused.error().kind(), Error::Kind::Signer);
}

QTEST_GUILESS_MAIN(SignInTest)
#include "tst_livepeer_sign_in.moc"
