#include "peers/manual_client.h"
#include "peers/signer_peer.h"

#include "sluice/livepeer/messages.h"
#include "sluice/payments/signed_messages.h"
#include "sluice/signer/server.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::signer;
using byoc::ManualClient;
using livepeer::SignerPayment;
using livepeer::SignerPaymentRequest;
using test::TestTerms;

namespace {

constexpr qint64 Gwei = 1'000'000'000;

/// A signer over HTTP and a client without manners.
struct Fixture {
    explicit Fixture(const std::function<void(ServerOptions &)> &change = {}, std::shared_ptr<BudgetBook> book = std::make_shared<MemoryBudgetBook>())
    {
        ServerOptions options;
        if (change)
            change(options);
        server = std::make_unique<Server>(io, key, options, std::move(book));
        url = orThrow(server->listen());
        client = std::make_unique<ManualClient>(io, url);
    }
    [[nodiscard]] ManualClient::Answer post(const char *route, const QByteArray &body, const QByteArray &bearer = {}) const
    {
        Headers fields = headers::contentType("application/json");
        if (!bearer.isEmpty())
            fields.append(std::pair<QByteArray, QByteArray>("Authorization", "Bearer " + bearer));
        return client->send("POST", QString::fromLatin1(route), fields, body);
    }
    [[nodiscard]] ManualClient::Answer pay(const SignerPaymentRequest &request, const QByteArray &bearer = {}) const
    {
        return post(livepeer::signer_route::Payment, request.toJson().dump(), bearer);
    }

    IoThread io;
    PrivateKey key = PrivateKey::generate();
    std::unique_ptr<Server> server;
    QUrl url;
    std::unique_ptr<ManualClient> client;
};

SignerPaymentRequest asking(qint64 seconds, const std::optional<livepeer::SignedState> &state = std::nullopt)
{
    SignerPaymentRequest request;
    request.orchestrator = livepeer::encodeInfo(TestTerms().info());
    request.inPixels = seconds;
    request.manifestId = QStringLiteral("job");
    request.state = state;
    return request;
}

QString wordsIn(const ManualClient::Answer &answer)
{
    return livepeer::signerErrorText(answer.body);
}

void twoCallers(ServerOptions &options)
{
    options.callers = {{QStringLiteral("ALICE"), Secret("alice-key")}, {QStringLiteral("BOB"), Secret("bob-key")}};
}

/// An operator's webhook that answers what a test wants.
struct Webhook {
    Webhook()
        : server(io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); })
    {
        orThrow(server.listen());
    }
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response)
    {
        QByteArray body;
        int status = 200;
        bool isSilent = false;
        {
            const std::scoped_lock lock(mutex);
            seen.append(request);
            body = answer;
            status = httpStatus;
            isSilent = silent;
        }
        if (isSilent) {
            co_await response.closed();
            co_return;
        }
        const Headers fields = headers::contentType("application/json");
        co_await response.send(status, fields, std::move(body));
    }
    void say(const QByteArray &what, int status = 200)
    {
        const std::scoped_lock lock(mutex);
        answer = what;
        httpStatus = status;
    }
    int asked()
    {
        const std::scoped_lock lock(mutex);
        return int(seen.size());
    }
    std::mutex mutex;
    QByteArray answer = R"({"status":200})";
    int httpStatus = 200;
    bool silent = false;
    QList<ServerRequest> seen;
    IoThread io;
    HttpServer server;
};

} // namespace

/// The signer over HTTP.
class SignerServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_15_theAddressIsGivenForAnyBody();
    void payments_15_methodsAndPathsThatAreNone();
    void payments_16_anOlderStateIsRefused();
    void payments_16_aStateOfAnotherSignerIsRefused();
    void payments_16_aStateIsRememberedByItsExactBytes();
    void payments_16_aStateOfBeforeARestartGoesOn();
    void payments_17_theBudgetOfACallerEnds();
    void payments_17_aRefreshNamesTheOrchestrator();
    void payments_20_callersAreToldApartByTheirBearer();
    void payments_20_anothersStateIsRefused();
    void budgetsOutliveTheProgram();
    void aPublicAddressNeedsCredentials();
    void webPagesAreKeptAway();
    void largeBodiesAreRefused();
    void theWebhookDecides();
    void theWebhookThatCannotBeAskedRefuses();
    void theWebhookTellsCallersApart();
    void theListOfOrchestratorsIsPassedOn();
    void aTakenPortIsAnError();
};

void SignerServerTest::payments_15_theAddressIsGivenForAnyBody()
{
    const Fixture fixture;
    for (const char *body : {"{}", "", "anything"}) {
        const auto answer = fixture.post(livepeer::signer_route::Address, body);
        QCOMPARE(answer.status, 200);
        const auto signedBy = orThrow(livepeer::SignedBy::parse(answer.body, QStringLiteral("address")));
        QCOMPARE(signedBy.account, fixture.key.address().toChecksum());
        QVERIFY(verifyHashed(fixture.key.address(), signedBy.account.toLatin1(), orThrow(Signature::fromHex(signedBy.signature.toLatin1())).bytes()));
    }
    const auto job = fixture.post(livepeer::signer_route::Job, R"({"request":"{}","parameters":"{}"})");
    QCOMPARE(job.status, 200);
}

void SignerServerTest::payments_15_methodsAndPathsThatAreNone()
{
    const Fixture fixture;
    QCOMPARE(fixture.client->send("GET", QStringLiteral("/sign-orchestrator-info")).status, 405);
    QCOMPARE(fixture.client->send("GET", QStringLiteral("/sign-orchestrator-info")).header("Allow"), QByteArray("POST"));
    QCOMPARE(fixture.post("/discover-orchestrators", "{}").status, 404); // no discovery here
    QCOMPARE(fixture.post("/", "{}").status, 404);
    QVERIFY(!wordsIn(fixture.post("/", "{}")).isEmpty());
}

void SignerServerTest::payments_16_anOlderStateIsRefused()
{
    const Fixture fixture;
    const auto first = fixture.pay(asking(8));
    QVERIFY2(first.status == 200, first.body.constData());
    const SignerPayment paid = orThrow(SignerPayment::parse(first.body));
    const auto second = fixture.pay(asking(8, paid.state));
    QCOMPARE(second.status, 200);
    const auto again = fixture.pay(asking(8, paid.state));
    QCOMPARE(again.status, 400);
    QVERIFY(wordsIn(again).startsWith(QStringLiteral("invalid state")));
    // The newest one still goes on.
    const auto third = fixture.pay(asking(8, orThrow(SignerPayment::parse(second.body)).state));
    QCOMPARE(third.status, 200);
    const auto payment = orThrow(parsePaymentHeader(orThrow(SignerPayment::parse(third.body)).payment));
    QCOMPARE(payment.tickets.first().senderNonce, quint32(3));
}

void SignerServerTest::payments_16_aStateOfAnotherSignerIsRefused()
{
    const Fixture fixture;
    const Fixture other;
    const SignerPayment paid = orThrow(SignerPayment::parse(other.pay(asking(8)).body));
    const auto answer = fixture.pay(asking(8, paid.state));
    QCOMPARE(answer.status, 400);
    QCOMPARE(wordsIn(answer), QStringLiteral("invalid sig"));
}

void SignerServerTest::payments_16_aStateIsRememberedByItsExactBytes()
{
    const Fixture fixture;
    const livepeer::SignedState right = orThrow(SignerPayment::parse(fixture.pay(asking(8)).body)).state;
    livepeer::SignedState otherSignature = right;
    otherSignature.signature[5] = char(otherSignature.signature.at(5) ^ 1);
    livepeer::SignedState otherState = right;
    otherState.state.replace("\"SenderNonce\":1", "\"SenderNonce\":0");
    QVERIFY(otherState.state != right.state);
    livepeer::SignedState shifted = right; // the same bytes, parted elsewhere
    shifted.signature.append(shifted.state.back());
    shifted.state.chop(1);
    for (const livepeer::SignedState &wrong : {otherSignature, otherState, shifted}) {
        const auto answer = fixture.pay(asking(8, wrong));
        QCOMPARE(answer.status, 400);
        QCOMPARE(wordsIn(answer), QStringLiteral("invalid sig"));
    }
    QCOMPARE(fixture.pay(asking(8, right)).status, 200);
}

void SignerServerTest::payments_16_aStateOfBeforeARestartGoesOn()
{
    const auto book = std::make_shared<MemoryBudgetBook>();
    Fixture fixture({}, book);
    const livepeer::SignedState before = orThrow(SignerPayment::parse(fixture.pay(asking(8)).body)).state;
    // Another one with this key, which remembers none: its signature is checked.
    fixture.server.reset();
    fixture.server = std::make_unique<Server>(fixture.io, fixture.key, ServerOptions(), book);
    fixture.client = std::make_unique<ManualClient>(fixture.io, orThrow(fixture.server->listen()));
    const auto answer = fixture.pay(asking(8, before));
    QCOMPARE(answer.status, 200);
    const auto payment = orThrow(parsePaymentHeader(orThrow(SignerPayment::parse(answer.body)).payment));
    QCOMPARE(payment.tickets.first().senderNonce, quint32(2));
}

void SignerServerTest::payments_17_theBudgetOfACallerEnds()
{
    // Three tickets of 8 gwei, and not a wei more.
    const Fixture fixture([](ServerOptions &options) { options.cap = Wei(24 * Gwei); });
    QCOMPARE(fixture.pay(asking(16)).status, 200);
    const auto tooMuch = fixture.pay(asking(16));
    QCOMPARE(tooMuch.status, 483);
    QCOMPARE(wordsIn(tooMuch), QStringLiteral("insufficient balance: 16000000000 of 24000000000 wei are spent, and this payment would take 16000000000"));
    QCOMPARE(fixture.pay(asking(8)).status, 200);
    QCOMPARE(fixture.pay(asking(1)).status, 483);
}

void SignerServerTest::payments_17_aRefreshNamesTheOrchestrator()
{
    const Fixture fixture;
    TestTerms late;
    late.tokenSeconds = 10;
    SignerPaymentRequest request = asking(8);
    request.orchestrator = livepeer::encodeInfo(late.info());
    const auto answer = fixture.pay(request);
    QCOMPARE(answer.status, 480);
    QCOMPARE(wordsIn(answer), QStringLiteral("refresh session for remote signer"));
    QCOMPARE(answer.header(livepeer::OrchestratorUrlHeader), QByteArray("https://127.0.0.1:8935"));
}

void SignerServerTest::payments_20_callersAreToldApartByTheirBearer()
{
    const Fixture fixture([](ServerOptions &options) {
        twoCallers(options);
        options.cap = Wei(16 * Gwei);
    });
    for (const char *stranger : {"", "alice-ke", "alice-key2", "ALICE"}) {
        const auto answer = fixture.pay(asking(8), stranger);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.header("WWW-Authenticate"), QByteArray("Bearer"));
        QCOMPARE(fixture.post(livepeer::signer_route::Address, "{}", stranger).status, 401);
        QCOMPARE(fixture.post(livepeer::signer_route::Job, "{}", stranger).status, 401);
    }
    QCOMPARE(fixture.pay(asking(16), "alice-key").status, 200);
    QCOMPARE(fixture.pay(asking(8), "alice-key").status, 483);
    QCOMPARE(fixture.pay(asking(16), "bob-key").status, 200);
    QCOMPARE(fixture.pay(asking(8), "bob-key").status, 483);
}

void SignerServerTest::payments_20_anothersStateIsRefused()
{
    const Fixture fixture(&twoCallers);
    const SignerPayment alices = orThrow(SignerPayment::parse(fixture.pay(asking(8), "alice-key").body));
    QCOMPARE(fixture.pay(asking(8, alices.state), "bob-key").status, 400);
    // And hers is as it was.
    const auto next = fixture.pay(asking(8, alices.state), "alice-key");
    QCOMPARE(next.status, 200);
    QCOMPARE(orThrow(parsePaymentHeader(orThrow(SignerPayment::parse(next.body)).payment)).tickets.first().senderNonce, quint32(2));
    // Bob's own payment with the same parameters has numbers of its own.
    const SignerPayment bobs = orThrow(SignerPayment::parse(fixture.pay(asking(8), "bob-key").body));
    QCOMPARE(orThrow(parsePaymentHeader(bobs.payment)).tickets.first().senderNonce, quint32(1));
}

void SignerServerTest::budgetsOutliveTheProgram()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("signer.sqlite"));
    const auto bounded = [](ServerOptions &options) { options.cap = Wei(16 * Gwei); };
    std::optional<livepeer::SignedState> state;
    const PrivateKey key = PrivateKey::generate();
    {
        Fixture fixture(bounded, std::make_shared<StoredBudgetBook>(file));
        state = orThrow(SignerPayment::parse(fixture.pay(asking(8)).body)).state;
    }
    Fixture fixture(bounded, std::make_shared<StoredBudgetBook>(file));
    QCOMPARE(fixture.pay(asking(8)).status, 200);
    QCOMPARE(fixture.pay(asking(8)).status, 483);
}

void SignerServerTest::aPublicAddressNeedsCredentials()
{
    IoThread io;
    ServerOptions options;
    options.address = QStringLiteral("0.0.0.0");
    {
        Server server(io, PrivateKey::generate(), options, std::make_shared<MemoryBudgetBook>());
        const auto refused = server.listen();
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind(), Error::Kind::Config);
        QVERIFY(refused.error().advice().contains(QStringLiteral("--api-key-env")));
    }
    options.callers = {{QStringLiteral("A"), Secret("key")}};
    {
        Server server(io, PrivateKey::generate(), options, std::make_shared<MemoryBudgetBook>());
        QVERIFY(server.listen());
    }
    options.callers.clear();
    options.webhook.url = QUrl(QStringLiteral("http://hook.example/authorize"));
    Server server(io, PrivateKey::generate(), options, std::make_shared<MemoryBudgetBook>());
    QCOMPARE(server.listen().error().kind(), Error::Kind::Config); // callers' credentials in clear text
}

void SignerServerTest::webPagesAreKeptAway()
{
    const Fixture fixture;
    const Headers page{{"Origin", "https://evil.example"}, {"Content-Type", "text/plain"}};
    QCOMPARE(fixture.client->send("POST", QStringLiteral("/sign-orchestrator-info"), page, "{}").status, 403);
}

void SignerServerTest::largeBodiesAreRefused()
{
    const Fixture fixture;
    const auto answer = fixture.post(livepeer::signer_route::Payment, QByteArray(livepeer::MaxSignerRequestBytes + 1, ' '));
    QCOMPARE(answer.status, 413);
    QCOMPARE(fixture.post(livepeer::signer_route::Address, "{}").status, 200);
}

void SignerServerTest::theWebhookDecides()
{
    Webhook hook;
    const Fixture fixture([&](ServerOptions &options) {
        options.webhook.url = QUrl(hook.server.origin() + QStringLiteral("/authorize"));
        options.webhook.headers = {{"x-api-key", "operator"}};
    });
    const auto first = fixture.pay(asking(8), "caller");
    QVERIFY2(first.status == 200, first.body.constData());
    QCOMPARE(hook.asked(), 1);
    const Json question = orThrow(Json::parse(hook.seen.first().body));
    QCOMPARE(question.find(QStringLiteral("/headers/Authorization/0"))->toString(), QStringLiteral("Bearer caller"));
    QCOMPARE(question.find(QStringLiteral("/state/SenderNonce"))->toInt64(), std::optional<qint64>(1));
    QCOMPARE(headers::value(hook.seen.first().headers, "x-api-key"), QByteArray("operator"));
    // Rejects ride on 200 and keep their words; nothing of the chain is used up by them.
    const auto state = orThrow(SignerPayment::parse(first.body)).state;
    for (const int status : {401, 403, 480, 481, 482, 483}) {
        hook.say("{\"status\":" + QByteArray::number(status) + ",\"reason\":\"because\"}");
        const auto refused = fixture.pay(asking(8, state), "caller");
        QCOMPARE(refused.status, status);
        QCOMPARE(wordsIn(refused), QStringLiteral("because"));
    }
    hook.say(R"({"status":503,"reason":"because"})");
    QCOMPARE(wordsIn(fixture.pay(asking(8, state), "caller")), QStringLiteral("Service Unavailable Error"));
    hook.say(R"({"status":200,"maxPrice":"none"})");
    QCOMPARE(fixture.pay(asking(8, state), "caller").status, 502);
    hook.say(R"({"status":200,"maxPrice":5})");
    const auto dear = fixture.pay(asking(8, state), "caller");
    QCOMPARE(dear.status, 481);
    QVERIFY(wordsIn(dear).contains(QStringLiteral("auth webhook maxPrice ceiling 5")));
    // Until its word expires it is not asked again.
    hook.say(R"({"status":200,"expiry":4000000000})");
    const auto second = fixture.pay(asking(8, state), "caller");
    QCOMPARE(second.status, 200);
    const int asked = hook.asked();
    const auto third = fixture.pay(asking(8, orThrow(SignerPayment::parse(second.body)).state), "caller");
    QCOMPARE(third.status, 200);
    QCOMPARE(hook.asked(), asked);
}

void SignerServerTest::theWebhookThatCannotBeAskedRefuses()
{
    Webhook hook;
    const auto with = [&](ServerOptions &options) {
        options.webhook.url = QUrl(hook.server.origin() + QStringLiteral("/authorize"));
        options.webhook.timeout = std::chrono::milliseconds(300);
    };
    const Fixture fixture(with);
    hook.say("{}", 200);
    QCOMPARE(fixture.pay(asking(8)).status, 500);
    hook.say(R"({"status":200})", 418);
    QCOMPARE(fixture.pay(asking(8)).status, 500);
    {
        const std::scoped_lock lock(hook.mutex);
        hook.silent = true;
    }
    const auto late = fixture.pay(asking(8));
    QCOMPARE(late.status, 500);
    QCOMPARE(wordsIn(late), QStringLiteral("Internal Server Error"));
    // Nor does it sign jobs for whom nobody vouches.
    QCOMPARE(fixture.post(livepeer::signer_route::Job, R"({"request":"{}","parameters":"{}"})").status, 500);
    hook.server.stop();
    QCOMPARE(fixture.pay(asking(8)).status, 500);
}

void SignerServerTest::theWebhookTellsCallersApart()
{
    Webhook hook;
    const Fixture fixture([&](ServerOptions &options) {
        options.webhook.url = QUrl(hook.server.origin() + QStringLiteral("/authorize"));
        options.cap = Wei(16 * Gwei);
    });
    hook.say(R"({"status":200,"auth_id":"one"})");
    const auto first = fixture.pay(asking(8), "a");
    QCOMPARE(first.status, 200);
    QCOMPARE(fixture.pay(asking(8), "b").status, 200); // another bearer of the same account
    QCOMPARE(fixture.pay(asking(8), "c").status, 483);
    hook.say(R"({"status":200,"auth_id":"two"})");
    QCOMPARE(fixture.pay(asking(8), "d").status, 200);
    // A chain stays with the account that began it.
    QCOMPARE(fixture.pay(asking(1, orThrow(SignerPayment::parse(first.body)).state), "a").status, 500);
}

void SignerServerTest::theListOfOrchestratorsIsPassedOn()
{
    Webhook list; // any server will do
    list.say(R"([{"address":"https://a","capabilities":["byoc/x","live-video-to-video/noop"],"score":1},{"address":"https://b","capabilities":["byoc/y"]},{"address":"https://c"}])");
    const Fixture fixture([&](ServerOptions &options) { options.discovery = QUrl(list.server.origin() + QStringLiteral("/list")); });
    const auto addresses = [&](const QString &query) {
        QStringList found;
        const auto answer = fixture.client->send("GET", QStringLiteral("/discover-orchestrators") + query);
        for (const Json &entry : Json::parse(answer.body).valueOr(Json()).items())
            found.append(entry.value(QStringLiteral("address")).toString());
        return found.join(QLatin1Char(' '));
    };
    QCOMPARE(addresses(QString()), QStringLiteral("https://a https://b https://c"));
    QCOMPARE(addresses(QStringLiteral("?caps=byoc/x&caps=byoc/y")), QStringLiteral("https://a https://b"));
    QCOMPARE(addresses(QStringLiteral("?caps=byoc%2Fy")), QStringLiteral("https://b"));
    QCOMPARE(addresses(QStringLiteral("?caps=nothing")), QString());
    // What it would not sign for is not offered.
    Webhook priced;
    priced.say(R"([{"address":"https://dear","runners":[{"price_info":{"price":11,"currency":"wei","unit":"seconds"}}]},{"address":"https://both","runners":[{"price_info":{"price":11,"unit":"seconds"}},{"price_info":{"price":10,"unit":"seconds"}}]}])");
    const Fixture strict([&](ServerOptions &options) {
        options.discovery = QUrl(priced.server.origin() + QStringLiteral("/list"));
        options.rules.maxPrice.insert(QStringLiteral("live"), Rational(10));
    });
    const Json offered = orThrow(Json::parse(strict.client->send("GET", QStringLiteral("/discover-orchestrators")).body));
    QCOMPARE(offered.size(), 1);
    QCOMPARE(offered.at(0).value(QStringLiteral("runners")).size(), 1);
    list.server.stop();
    QCOMPARE(addresses(QStringLiteral("?caps=byoc/y")), QStringLiteral("https://b")); // kept
    const Fixture cold([&](ServerOptions &options) { options.discovery = QUrl(list.server.origin() + QStringLiteral("/list")); });
    QCOMPARE(cold.client->send("GET", QStringLiteral("/discover-orchestrators")).status, 503);
}

void SignerServerTest::aTakenPortIsAnError()
{
    const Fixture fixture;
    ServerOptions options;
    options.port = quint16(fixture.url.port());
    IoThread io;
    Server second(io, PrivateKey::generate(), options, std::make_shared<MemoryBudgetBook>());
    QCOMPARE(second.listen().error().kind(), Error::Kind::Network);
}

QTEST_GUILESS_MAIN(SignerServerTest)
#include "tst_signer_server.moc"
