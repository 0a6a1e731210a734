#include "peers/outcome.h"
#include "peers/signer_peer.h"

#include "sluice/backend/user_data.h"
#include "sluice/gateway/gateway.h"
#include "sluice/media/frame.h"
#include "sluice/media/test_pattern.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/sandbox/sandbox_network.h"
#include "sluice/store/run_history.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QTemporaryDir>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>

using namespace sluice;
using namespace std::chrono_literals;
using test::ScriptedSigner;

namespace {

/// The sandbox with its signer, and a Gateway whose profile has that signer and no key.
struct Network {
    explicit Network(const std::function<void(SandboxOptions &)> &change = {})
    {
        SandboxOptions options;
        options.stateFile = folder.filePath(QStringLiteral("sandbox.sqlite"));
        if (change)
            change(options);
        sandbox = std::make_unique<SandboxNetwork>(options);
        ready = orThrow(test::outcomeOf(sandbox->start()));
        signer = ready.find(QStringLiteral("/services/signer/url")).value_or(Json()).toString();
        account = ready.find(QStringLiteral("/services/signer/address")).value_or(Json()).toString();
    }
    std::unique_ptr<Gateway> gateway(const QString &signers = {})
    {
        GatewayConfig config;
        config.orchUrls = {ready.value(QStringLiteral("orchestrator")).toString()};
        config.signerUrl = signers.isEmpty() ? signer : signers;
        config.livePaymentInterval = 1s;
        return std::make_unique<Gateway>(config, data);
    }
    [[nodiscard]] static Call call(const char *capability, Verb verb, const Json &input)
    {
        Call made;
        made.capability = QString::fromLatin1(capability);
        made.verb = verb;
        made.input = input;
        return made;
    }
    [[nodiscard]] static Call analysis() { return call("text-analysis", Verb::Run, Json{{QStringLiteral("text"), QStringLiteral("A fine day.")}}); }
    [[nodiscard]] QList<TicketRow> tickets() const { return orThrow(test::outcomeOf(data->tickets().latest(0, 1000))); }
    void allFrom(const QString &sender) const
    {
        const auto rows = tickets();
        QVERIFY(!rows.isEmpty());
        for (const TicketRow &row : rows) {
            QCOMPARE(row.sender, sender);
            QCOMPARE(row.state, TicketRow::State::Sent);
        }
    }

    QTemporaryDir folder;
    std::unique_ptr<SandboxNetwork> sandbox;
    Json ready;
    QString signer;
    QString account;
    std::shared_ptr<UserData> data = UserData::inMemory();
};

Error errorOf(QFuture<RunResult> future)
{
    try {
        future.waitForFinished();
    } catch (const Error &error) {
        return error;
    }
    return Error(Error::Kind::Internal, QStringLiteral("no error"));
}

std::shared_ptr<media::VideoSource> pattern()
{
    return std::make_shared<media::TestPatternSource>(media::VideoFormat{320, 240, 15});
}

} // namespace

/// A profile with a signer and no key of its own, on the sandbox: everything works, paid by the signer's account.
class SignerSandboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theReadyLineHasTheSigner();
    void aCallIsPaidByTheSigner();
    void aStreamIsPaidByTheSigner();
    void aLiveStreamIsPaidByTheSigner();
    void liveVideoIsPaidByTheSigner();
    void sdk_03_aSignerAloneLeadsToItsOrchestrators();
    void theTokensSignerIsUsed();
    void payments_19_theNextSignerTakesTheCall();
    void payments_19_nobodyElsePaysOnceAPaymentWasSent();
    void payments_18_aPriceAboveTheSignersCapIsTold();
    void payments_18_aSpentBudgetIsTold();
    void payments_18_usedUpTermsAreAskedForAnewAtMostThreeTimes();
};

void SignerSandboxTest::theReadyLineHasTheSigner()
{
    const Network network;
    QVERIFY(network.signer.startsWith(QStringLiteral("http://127.0.0.1:")));
    QVERIFY(Address::fromHex(network.account));
    QVERIFY(network.account != network.ready.value(QStringLiteral("sender")).toString());
}

void SignerSandboxTest::aCallIsPaidByTheSigner()
{
    Network network;
    const auto gateway = network.gateway();
    QFuture<RunResult> future = gateway->run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30000);
    QVERIFY2(future.resultCount() == 1, qPrintable(errorOf(future).describe()));
    QCOMPARE(future.result().status, 200);
    network.allFrom(network.account);
    QCOMPARE(gateway->senderAddress(), network.signer); // whose purse it is
    QVERIFY(weiFromDecimal(gateway->spending()->todayWei).valueOr(Wei(0)) > 0);
    QFuture<int> outcomes = gateway->refreshTicketOutcomes();
    QTRY_VERIFY_WITH_TIMEOUT(outcomes.isFinished(), 10000);
    QVERIFY(outcomes.result() > 0);
}

void SignerSandboxTest::aStreamIsPaidByTheSigner()
{
    Network network;
    const auto gateway = network.gateway();
    const Json message{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), QStringLiteral("What is a ticket?")}};
    const auto stream = gateway->stream(Network::call("docs-chat", Verb::Stream, Json{{QStringLiteral("messages"), Json::array({message})}}));
    QSignalSpy events(stream.get(), &StreamResponse::event); // whoever listens has them sent
    QSignalSpy finished(stream.get(), &StreamResponse::finished);
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 30000);
    network.allFrom(network.account);
    QCOMPARE(network.data->history().pageSync(QString(), 0, 1).rows.first().state, RunRecord::State::Succeeded);
}

void SignerSandboxTest::aLiveStreamIsPaidByTheSigner()
{
    Network network;
    const auto gateway = network.gateway();
    const auto session = gateway->live(Network::call("noop", Verb::Live, Json::object()));
    std::atomic<int> frames{0};
    session->setFrameHandler([&frames](const media::Frame &) { ++frames; });
    session->publish(pattern());
    QTRY_VERIFY_WITH_TIMEOUT(session->state() != LiveSession::State::Starting, 20000);
    QCOMPARE(session->state(), LiveSession::State::Ready);
    QTRY_VERIFY_WITH_TIMEOUT(frames > 10, 20000);
    QFuture<void> closed = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), 15000);
    network.allFrom(network.account);
}

void SignerSandboxTest::liveVideoIsPaidByTheSigner()
{
    // Dear enough for a ticket every second.
    Network network([](SandboxOptions &options) { options.prices = {{QStringLiteral("noop"), 8'000'000'000}}; });
    const auto gateway = network.gateway();
    const auto session = gateway->live(Network::call("live-video-to-video/noop", Verb::Live, Json::object()));
    std::atomic<int> frames{0};
    session->setFrameHandler([&frames](const media::Frame &) { ++frames; });
    session->publish(pattern());
    QTRY_VERIFY_WITH_TIMEOUT(session->state() != LiveSession::State::Starting, 20000);
    QCOMPARE(session->state(), LiveSession::State::Ready);
    QTRY_VERIFY_WITH_TIMEOUT(frames > 10, 20000);
    const qsizetype first = network.tickets().size();
    QCOMPARE(first, 60);
    QTRY_VERIFY_WITH_TIMEOUT(network.tickets().size() >= first + 2, 20000); // it goes on paying
    QFuture<void> closed = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), 15000);
    network.allFrom(network.account);
    QCOMPARE(network.data->history().pageSync(QString(), 0, 1).rows.first().state, RunRecord::State::Succeeded);
}

void SignerSandboxTest::sdk_03_aSignerAloneLeadsToItsOrchestrators()
{
    Network network;
    GatewayConfig config;
    config.signerUrl = network.signer;
    Gateway gateway(config, network.data);
    QFuture<QList<CapabilityInfo>> listing = gateway.capabilities();
    QTRY_VERIFY_WITH_TIMEOUT(listing.isFinished(), 20000);
    QVERIFY(!listing.result().isEmpty());
}

void SignerSandboxTest::theTokensSignerIsUsed()
{
    Network network;
    GatewayConfig config;
    const Json bundle{{QStringLiteral("orchestrators"), Json::array({network.ready.value(QStringLiteral("orchestrator"))})}, {QStringLiteral("signer"), network.signer},
        {QStringLiteral("signer_headers"), Json{{QStringLiteral("Authorization"), QStringLiteral("Bearer any")}}}};
    config.token = Secret(QByteArrayView(bundle.dump().toBase64()));
    Gateway gateway(config, network.data);
    QFuture<RunResult> future = gateway.run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30000);
    QVERIFY2(future.resultCount() == 1, qPrintable(errorOf(future).describe()));
    network.allFrom(network.account);
}

void SignerSandboxTest::payments_19_theNextSignerTakesTheCall()
{
    Network network;
    ScriptedSigner dead;
    dead.die();
    ScriptedSigner liar; // whose account has no funds here, and who signs what nobody ordered
    liar.answerRoute(livepeer::signer_route::Job, 500, livepeer::signerErrorBody(QStringLiteral("broken")));
    const auto gateway = network.gateway(dead.url().toString() + QLatin1Char(',') + liar.url().toString() + QLatin1Char(',') + network.signer);
    QFuture<RunResult> future = gateway->run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30000);
    if (future.resultCount() != 1) {
        // The orchestrator gives an account without a reserve no parameters, which is no fault of its signer.
        QCOMPARE(errorOf(future).kind(), Error::Kind::Payment);
        QCOMPARE(liar.payments(), 0);
    }
    // With the second one funded, it is its lie that makes the third one's turn.
    const PrivateKey key = PrivateKey::generate();
    Network funded([&](SandboxOptions &options) { options.fund = {key.address().toChecksum()}; });
    ScriptedSigner second(key);
    second.changePayments([](livepeer::SignerPayment &answer, const signer::Plan &) { answer.payment = "bm9uZQ=="; });
    const auto other = funded.gateway(dead.url().toString() + QLatin1Char(',') + second.url().toString() + QLatin1Char(',') + funded.signer);
    QFuture<RunResult> result = other->run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(result.isFinished(), 30000);
    QVERIFY2(result.resultCount() == 1, qPrintable(errorOf(result).describe()));
    QCOMPARE(second.payments(), 1);
    funded.allFrom(funded.account);
}

void SignerSandboxTest::payments_19_nobodyElsePaysOnceAPaymentWasSent()
{
    const PrivateKey key = PrivateKey::generate();
    Network network([&](SandboxOptions &options) {
        options.fund = {key.address().toChecksum()};
        options.prices = {{QStringLiteral("noop"), 8'000'000'000}};
    });
    ScriptedSigner first(key);
    const auto gateway = network.gateway(first.url().toString() + QLatin1Char(',') + network.signer);
    const auto session = gateway->live(Network::call("live-video-to-video/noop", Verb::Live, Json::object()));
    session->publish(pattern());
    QTRY_VERIFY_WITH_TIMEOUT(session->state() != LiveSession::State::Starting, 20000);
    QCOMPARE(session->state(), LiveSession::State::Ready);
    QTRY_VERIFY_WITH_TIMEOUT(first.payments() >= 2, 20000);
    first.die();
    // Whoever asks it for a payment from now on is hung up on, and counted.
    QTcpServer grave;
    QVERIFY2(grave.listen(QHostAddress::LocalHost, quint16(first.url().port())), qPrintable(grave.errorString()));
    int asked = 0;
    connect(&grave, &QTcpServer::newConnection, &grave, [&] {
        while (QTcpSocket *one = grave.nextPendingConnection()) {
            one->abort();
            one->deleteLater();
            ++asked;
        }
    });
    QTRY_VERIFY_WITH_TIMEOUT(asked >= 1, 20000); // one payment after the other: what was on its way is over
    const QList<TicketRow> then = network.tickets();
    QTRY_VERIFY_WITH_TIMEOUT(asked >= 4, 30000);
    QCOMPARE(session->state(), LiveSession::State::Ready);
    QCOMPARE(network.tickets().size(), then.size());
    network.allFrom(key.address().toChecksum());
    QFuture<void> closed = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), 15000);
    // Nothing was sent that was not signed, and nothing twice.
    QSet<QString> hashes;
    for (const TicketRow &row : then)
        hashes.insert(row.ticketHash);
    QCOMPARE(hashes.size(), then.size());
    QVERIFY(first.signedValue() >= Rational(Wei(8'000'000'000) * int(then.size())));
}

void SignerSandboxTest::payments_18_aPriceAboveTheSignersCapIsTold()
{
    const PrivateKey key = PrivateKey::generate();
    Network network([&](SandboxOptions &options) { options.fund = {key.address().toChecksum()}; });
    ScriptedSigner signer(key);
    signer.answerPayments([](int, const QByteArray &) { return std::optional(std::pair(481, livepeer::signerErrorBody(QStringLiteral("orchestrator price 7 exceeds configured maximum price ceiling 6")))); });
    const auto gateway = network.gateway(signer.url().toString());
    QFuture<RunResult> future = gateway->run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30000);
    const Error error = errorOf(future);
    QCOMPARE(error.kind(), Error::Kind::PriceExceeded);
    QVERIFY(error.message().contains(QStringLiteral("7 exceeds")));
    QVERIFY(network.tickets().isEmpty());
}

void SignerSandboxTest::payments_18_aSpentBudgetIsTold()
{
    const PrivateKey key = PrivateKey::generate();
    Network network([&](SandboxOptions &options) { options.fund = {key.address().toChecksum()}; });
    ScriptedSigner signer(key);
    signer.answerPayments([](int, const QByteArray &) { return std::optional(std::pair(483, livepeer::signerErrorBody(QStringLiteral("12 of 12 wei are spent")))); });
    const auto gateway = network.gateway(signer.url().toString() + QLatin1Char(',') + network.signer);
    QFuture<RunResult> future = gateway->run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30000);
    const Error error = errorOf(future);
    QCOMPARE(error.kind(), Error::Kind::InsufficientBalance);
    QVERIFY(error.message().contains(QStringLiteral("12 of 12")));
    QVERIFY(network.tickets().isEmpty()); // and no other signer pays instead
}

void SignerSandboxTest::payments_18_usedUpTermsAreAskedForAnewAtMostThreeTimes()
{
    const PrivateKey key = PrivateKey::generate();
    Network network([&](SandboxOptions &options) { options.fund = {key.address().toChecksum()}; });
    ScriptedSigner signer(key);
    std::atomic<int> refusals{3};
    signer.answerPayments([&refusals](int, const QByteArray &) {
        return refusals-- > 0 ? std::optional(std::pair(480, livepeer::signerErrorBody(QStringLiteral("refresh session for remote signer")))) : std::nullopt;
    });
    const auto gateway = network.gateway(signer.url().toString());
    QFuture<RunResult> future = gateway->run(Network::analysis());
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30000);
    QVERIFY2(future.resultCount() == 1, qPrintable(errorOf(future).describe())); // three refreshes, then it went well
    refusals = 100;
    QCOMPARE(signer.payments(), 4);
    const auto session = gateway->live(Network::call("live-video-to-video/noop", Verb::Live, Json::object()));
    QTRY_VERIFY_WITH_TIMEOUT(session->state() == LiveSession::State::Failed || session->state() == LiveSession::State::Closed, 30000);
    QCOMPARE(signer.payments(), 8); // four more, and no fifth
}

QTEST_GUILESS_MAIN(SignerSandboxTest)
#include "tst_signer_sandbox.moc"
