#include "lv2v_fixture.h"

#include "sluice/crypto/keccak.h"
#include "sluice/livepeer/messages.h"
#include "sluice/lv2v/wire.h"
#include "sluice/livepeer/reaction.h"
#include "sluice/payments/payment_codec.h"

using namespace sluice;
using namespace sluice::lv2v;
using namespace std::chrono_literals;

namespace {

/// Signs with another key than it says.
class WrongSigner final : public Signer {
public:
    [[nodiscard]] Address address() const override { return m_shown.address(); }
    QCoro::Task<Signature> signHash(Hash32 inner) override
    {
        co_return signMessage(m_used, inner.bytes());
    }

private:
    PrivateKey m_shown = PrivateKey::generate();
    PrivateKey m_used = PrivateKey::generate();
};

QByteArray startBody(const QString &model = QStringLiteral("noop"))
{
    StartRequest request;
    request.modelId = model;
    return request.toJson().dump();
}

/// What a client sends, part by part, so that a test may spoil one.
struct ByHand {
    ByHand(OrchestratorFixture &orchestrator, ClientFixture &payer, const QString &model = QStringLiteral("noop"))
        : fixture(orchestrator)
        , client(payer)
        , info(orThrow(payer.info(orchestrator.rpc, model)))
    {
        payment.ticketParams = info.ticketParams;
        payment.sender = client.sender.address();
        payment.expirationParams = info.ticketParams->expirationParams;
        payment.expectedPrice = info.price;
        addTickets(8);
        segment.manifestId = "00000001";
        segment.hash = SegmentCredentials::emptySegmentHash();
        segment.profiles = "invalid";
        segment.authToken = info.authToken;
        sign();
    }
    void addTickets(quint32 count)
    {
        for (quint32 nonce = 1; nonce <= count; ++nonce) {
            const Ticket ticket = Ticket::make(*payment.ticketParams, *payment.expirationParams, client.sender.address(), nonce);
            const Signature signature = orThrow(test::outcomeOf(client.signer.signHash(ticket.hash())));
            payment.tickets.append({nonce, signature.toByteArray()});
        }
    }
    void sign()
    {
        const Hash32 message = keccak256(orThrow(segment.signingBytes()));
        segment.signature = orThrow(test::outcomeOf(client.signer.signHash(message))).toByteArray();
    }
    ClientFixture::Answer send(const QByteArray &body = startBody(), const QString &route = QStringLiteral("/live-video-to-video"))
    {
        QUrl url = fixture.service;
        url.setPath(route);
        const Headers fields{{header::Payment, paymentText.isNull() ? paymentHeader(payment) : paymentText},
            {header::Segment, segmentText.isNull() ? segmentHeader(segment) : segmentText}, {"Content-Type", "application/json"}};
        return client.post(url, fields, body);
    }

    OrchestratorFixture &fixture;
    ClientFixture &client;
    OrchestratorInfo info;
    WirePayment payment;
    SegmentCredentials segment;
    QByteArray paymentText;
    QByteArray segmentText;
};

} // namespace

Q_DECLARE_METATYPE(std::function<void(ByHand &)>)

/// What is refused, by whom, and how the client says so.
class Lv2vRefusalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStatusOfTheTableIsATypedErrorWithAdvice_data();
    void everyStatusOfTheTableIsATypedErrorWithAdvice();
    void aRequestByHandIsTaken();
    void spoiledCredentialsAreRefusedInTheirOrder_data();
    void spoiledCredentialsAreRefusedInTheirOrder();
    void anExpiredTokenIsRefused();
    void payments_11_spoiledPaymentsAreRefused_data();
    void payments_11_spoiledPaymentsAreRefused();
    void payments_14_aFirstPaymentWithoutTicketsIsRefused();
    void ticketsOfACheaperModelDoNotPayADearerOne();
    void badRequestsAreNamed();
    void aWrongSignatureGetsNoTerms();
    void aChangedKeyIsAnErrorAndNothingIsSent();
    void aFullOrchestratorRefusesBeforeAndAfterThePayment();
    void anUnfundedSenderIsToldWhatIsMissing();
    void aFailingWorkerIsARefusalThatWasPaidFor();
    void theNextOrchestratorIsTriedWhileNothingWasPaid();
    void afterAPaymentNoOtherOrchestratorIsTried();
    void anOrchestratorThatKeepsRefusingGetsNoMoreTickets();
    void aPaymentForNobodysJobIsRefused();
    void anHttpServerIsNoOrchestrator();
};

void Lv2vRefusalsTest::everyStatusOfTheTableIsATypedErrorWithAdvice_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("reaction");
    const auto row = [](const char *name, int status, const char *body, Kind kind, Reaction reaction) {
        QTest::newRow(name) << status << QByteArray(body) << int(kind) << int(reaction);
    };
    row("bad JSON", 400, "invalid character 'x'", Kind::Http, Reaction::Final);
    row("expired parameters", 400, "TicketParams expired\n", Kind::Payment, Reaction::NewInfo);
    row("nonce", 400, "invalid ticket senderNonce: already seen", Kind::Payment, Reaction::NextOrchestrator);
    row("ticket signature", 400, "invalid ticket signature", Kind::Payment, Reaction::Final);
    row("balance", 400, "Insufficient balance", Kind::InsufficientBalance, Reaction::Final);
    row("payment", 402, "illegal base64 data", Kind::Payment, Reaction::Final);
    row("signature", 403, "ErrSegSig", Kind::Http, Reaction::Final);
    row("token", 403, "expired auth token", Kind::Http, Reaction::NewInfo);
    row("capabilities", 403, "incompatible capabilities", Kind::Http, Reaction::NextOrchestrator);
    row("capped", 403, "OrchestratorCapped", Kind::Http, Reaction::NextOrchestrator);
    row("no slot", 503, "insufficient capacity", Kind::Http, Reaction::NextOrchestrator);
    row("runner", 500, "runner failed", Kind::Http, Reaction::NextOrchestrator);
    row("runner's words", 500, "the runner lost a ticket", Kind::Http, Reaction::NextOrchestrator);
    row("nothing", 200, "", Kind::Protocol, Reaction::Deliver);
    row("no route", 404, "404 page not found", Kind::Http, Reaction::NextOrchestrator);
}

void Lv2vRefusalsTest::everyStatusOfTheTableIsATypedErrorWithAdvice()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(int, reaction);
    const QUrl url(QStringLiteral("https://o.example/live-video-to-video"));
    const Error error = refusal(QStringLiteral("The start of the job"), url, status, body);
    QCOMPARE(int(error.kind()), kind);
    QCOMPARE(error.httpStatus(), status);
    QCOMPARE(error.url(), url);
    QVERIFY(!error.advice().isEmpty());
    QVERIFY(error.message().contains(QString::number(status)));
    QCOMPARE(int(reactionTo(status, body)), reaction);
}

void Lv2vRefusalsTest::aRequestByHandIsTaken()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    const auto answer = ByHand(fixture, client).send();
    QVERIFY2(answer.status == 200, answer.body.constData());
    QVERIFY(StartAnswer::parse(answer.body, fixture.service));
}

void Lv2vRefusalsTest::spoiledCredentialsAreRefusedInTheirOrder_data()
{
    using Spoil = std::function<void(ByHand &)>;
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *text, const Spoil &spoil) { QTest::newRow(name) << spoil << QByteArray(text); };
    row("no base64", "ErrorSegEncoding", [](ByHand &it) { it.segmentText = "not base64!"; });
    row("no protobuf", "", [](ByHand &it) { it.segmentText = "/////w=="; });
    row("duration", "invalid duration", [](ByHand &it) { it.segment.duration = -1; });
    row("another manifest than signed", "ErrSegSig", [](ByHand &it) { it.segment.manifestId = "00000002"; });
    row("another's signature", "ErrSegSig", [](ByHand &it) { it.payment.sender = PrivateKey::generate().address(); });
    row("no sender", "ErrSegSig", [](ByHand &it) { it.payment.sender.reset(); });
    row("short signature", "ErrSegSig", [](ByHand &it) { it.segment.signature.chop(1); });
    row("short hash", "ErrSegSig", [](ByHand &it) { it.segment.hash.chop(1); });
    row("another model", "incompatible capabilities", [](ByHand &it) { it.segment.models = {QStringLiteral("sdxl")}; });
    row("another capability", "incompatible capabilities", [](ByHand &it) { it.segment.otherCapabilities = {27}; });
    row("no token", "missing auth token", [](ByHand &it) { it.segment.authToken.reset(); });
    row("another session", "invalid auth token", [](ByHand &it) { it.segment.authToken->sessionId = QStringLiteral("another"); });
    row("a longer life", "invalid auth token", [](ByHand &it) { it.segment.authToken->expiration += 3600; });
}

void Lv2vRefusalsTest::spoiledCredentialsAreRefusedInTheirOrder()
{
    QFETCH(std::function<void(ByHand &)>, spoil);
    QFETCH(QByteArray, text);
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    ByHand request(fixture, client);
    spoil(request);
    const auto answer = request.send();
    QCOMPARE(answer.status, 403);
    QVERIFY2(answer.body.startsWith(text), answer.body.constData());
    QCOMPARE(fixture.workerRequests().size(), 0);
    QCOMPARE(fixture.channels(), QStringList());
}

void Lv2vRefusalsTest::anExpiredTokenIsRefused()
{
    OrchestratorOptions options;
    options.tokenLife = 0s;
    OrchestratorFixture fixture(options);
    ClientFixture client(fixture);
    const auto answer = ByHand(fixture, client).send();
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.body.trimmed(), "expired auth token");
    // The client asks for a new one once, then says what is wrong.
    JobClient job = client.job();
    const auto failed = client.start(job, {fixture.rpc});
    QVERIFY(!failed);
    QCOMPARE(failed.error().httpStatus(), 403);
    QCOMPARE(client.notes->infos, 2);
}

void Lv2vRefusalsTest::payments_11_spoiledPaymentsAreRefused_data()
{
    using Spoil = std::function<void(ByHand &)>;
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, int status, const char *text, const Spoil &spoil) {
        QTest::newRow(name) << spoil << status << QByteArray(text);
    };
    row("no base64", 402, "", [](ByHand &it) { it.paymentText = "not base64!"; });
    row("price not as issued", 400, "invalid recipientRand", [](ByHand &it) { it.payment.expectedPrice->pricePerUnit += 1; });
    row("no price", 400, "invalid expected price", [](ByHand &it) { it.payment.expectedPrice.reset(); });
    row("signature", 400, "invalid ticket signature", [](ByHand &it) { it.payment.tickets.first().signature[3] ^= 1; });
    row("nonce twice", 400, "invalid ticket senderNonce: already seen", [](ByHand &it) { it.addTickets(1); });
    row("expired", 400, "TicketParams expired", [](ByHand &it) { it.fixture.chain.block += 41; });
}

void Lv2vRefusalsTest::payments_11_spoiledPaymentsAreRefused()
{
    QFETCH(std::function<void(ByHand &)>, spoil);
    QFETCH(int, status);
    QFETCH(QByteArray, text);
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    ByHand request(fixture, client);
    spoil(request);
    const auto answer = request.send();
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.startsWith(text), answer.body.constData());
    QCOMPARE(fixture.workerRequests().size(), 0);
}

void Lv2vRefusalsTest::payments_14_aFirstPaymentWithoutTicketsIsRefused()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    ByHand request(fixture, client);
    request.payment.ticketParams.reset();
    request.payment.tickets.clear();
    for (const bool free : {false, true}) {
        if (free)
            request.payment.expectedPrice = PriceInfo{0, 1};
        const auto answer = request.send();
        QCOMPARE(answer.status, 400);
    }
    QCOMPARE(fixture.workerRequests().size(), 0);
}

void Lv2vRefusalsTest::ticketsOfACheaperModelDoNotPayADearerOne()
{
    OrchestratorFixture fixture;
    fixture.offer(QStringLiteral("dear"), 1, 2 * OrchestratorFixture::PerSecond);
    ClientFixture client(fixture);
    const auto answer = ByHand(fixture, client).send(startBody(QStringLiteral("dear")));
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.startsWith("invalid expected price"));
}

void Lv2vRefusalsTest::badRequestsAreNamed()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    ByHand request(fixture, client);
    QCOMPARE(request.send("{").status, 400);
    QCOMPARE(request.send("{}").status, 400);
    QVERIFY(request.send("{}").body.contains("model_id"));
    QCOMPARE(request.send("{\"model_id\":\"noop\",\"params\":[]}").status, 400);
    QCOMPARE(request.send("{\"model_id\":7}").status, 400);
    QCOMPARE(request.send(startBody(QStringLiteral("sdxl"))).status, 403);
    QCOMPARE(fixture.workerRequests().size(), 0);
}

void Lv2vRefusalsTest::aWrongSignatureGetsNoTerms()
{
    OrchestratorFixture fixture;
    ClientFixture client;
    WrongSigner signer;
    TicketSender sender(signer, client.nonces, client.limits);
    TermsClient liar(client.http, client.trust, &sender);
    const auto info = test::outcomeOf(liar.info(fixture.rpc, QStringLiteral("noop"), false, CallContext()));
    QVERIFY(!info);
    QCOMPARE(info.error().kind(), Error::Kind::Rpc);
    QVERIFY2(info.error().message().contains(QStringLiteral("sig check failed")), qPrintable(info.error().message()));
}

void Lv2vRefusalsTest::aChangedKeyIsAnErrorAndNothingIsSent()
{
    ClientFixture client;
    quint16 port = 0;
    {
        OrchestratorFixture fixture;
        QVERIFY(client.info(fixture.rpc, QString()));
        port = quint16(fixture.rpc.port());
    }
    OrchestratorFixture another({}, port);
    QCOMPARE(another.rpc.port(), int(port));
    const auto refused = client.info(another.rpc, QString());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::TlsChanged);
    QCOMPARE(refused.error().url().authority(), another.rpc.authority());
    const auto change = client.trust.pendingChange(TlsTrust::hostPort(another.rpc));
    QVERIFY(change);
    client.trust.accept(change->hostPort, change->newFingerprint);
    QVERIFY(client.info(another.rpc, QString()));
}

void Lv2vRefusalsTest::aFullOrchestratorRefusesBeforeAndAfterThePayment()
{
    OrchestratorFixture fixture; // one slot
    ClientFixture client(fixture);
    ByHand request(fixture, client);
    JobClient first = client.job();
    QVERIFY(client.start(first, {fixture.rpc}));

    JobClient second = client.job();
    const auto refused = client.start(second, {fixture.rpc});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Rpc);
    QVERIFY(refused.error().message().contains(QStringLiteral("OrchestratorCapped")));
    QVERIFY(refused.error().advice().contains(QStringLiteral("slots")));
    QVERIFY(!refused.error().paymentSent());
    QVERIFY(client.info(fixture.rpc, QStringLiteral("noop"), true)); // for those who have a job already

    const auto answer = request.send();
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body.trimmed(), "insufficient capacity");
}

void Lv2vRefusalsTest::anUnfundedSenderIsToldWhatIsMissing()
{
    OrchestratorFixture fixture;
    ClientFixture client;
    const auto refused = client.info(fixture.rpc);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Rpc);
    QVERIFY(refused.error().message().contains(QStringLiteral("insufficient sender reserve")));
    QVERIFY(refused.error().advice().contains(QStringLiteral("reserve")));
}

void Lv2vRefusalsTest::aFailingWorkerIsARefusalThatWasPaidFor()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    fixture.workerStatus = 500;
    JobClient job = client.job();
    const auto failed = client.start(job, {fixture.rpc});
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind(), Error::Kind::Http);
    QCOMPARE(failed.error().httpStatus(), 500);
    QVERIFY(failed.error().message().contains(QStringLiteral("the worker has no GPU")));
    QVERIFY(failed.error().paymentSent());
    QCOMPARE(fixture.channels(), QStringList());
    QTRY_COMPARE(fixture.orchestrator->jobs(), QStringList());

    fixture.workerStatus = 503;
    JobClient again = client.job();
    const auto busy = client.start(again, {fixture.rpc});
    QVERIFY(!busy);
    QCOMPARE(busy.error().httpStatus(), 503);
}

void Lv2vRefusalsTest::theNextOrchestratorIsTriedWhileNothingWasPaid()
{
    OrchestratorFixture full;
    OrchestratorFixture good;
    ClientFixture client;
    full.fund(client.sender.address());
    good.fund(client.sender.address());
    JobClient first = client.job();
    QVERIFY(client.start(first, {full.rpc}));
    const QUrl nobody(QStringLiteral("https://127.0.0.1:1"));
    JobClient job = client.job();
    const auto started = client.start(job, {nobody, full.rpc, good.rpc});
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    QCOMPARE(started->orchestrator, good.rpc);

    JobClient none = client.job();
    const auto failed = client.start(none, {nobody, full.rpc});
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind(), Error::Kind::NoOrchestrator);
    QCOMPARE(failed.error().rejections().size(), 2);
    QCOMPARE(failed.error().rejections().first().url, nobody);
}

void Lv2vRefusalsTest::afterAPaymentNoOtherOrchestratorIsTried()
{
    OrchestratorFixture bad;
    OrchestratorFixture good;
    ClientFixture client;
    bad.fund(client.sender.address());
    good.fund(client.sender.address());
    bad.workerStatus = 500;
    JobClient job = client.job();
    const auto failed = client.start(job, {bad.rpc, good.rpc});
    QVERIFY(!failed);
    QCOMPARE(failed.error().httpStatus(), 500);
    QCOMPARE(good.workerRequests().size(), 0);
}

void Lv2vRefusalsTest::anOrchestratorThatKeepsRefusingGetsNoMoreTickets()
{
    OrchestratorFixture fixture;
    fixture.offer(QStringLiteral("dear"), 1, 5 * OrchestratorFixture::Ev);
    ClientFixture client(fixture);
    JobClient::Options options;
    options.paymentInterval = 50ms;
    JobClient job = client.job(QStringLiteral("dear"), options);
    const auto started = client.start(job, {fixture.rpc});
    QVERIFY(started);
    // The job ends behind the client's back, which goes on paying for it.
    QVERIFY(fixture.onIo([&] { return fixture.trickle->remove(started->job.manifestId.toLatin1() + "-out"); }));
    QTRY_COMPARE(fixture.orchestrator->jobs(), QStringList());
    QTRY_VERIFY_WITH_TIMEOUT([&] {
        const auto funds = client.pay(job);
        return funds && funds->refused && funds->refused->kind() == Error::Kind::Payment;
    }(), 10000);
    const qsizetype payments = client.notes->prepared.size();
    QCOMPARE(payments, 3); // at the start and two that were refused
    const auto funds = client.pay(job);
    QVERIFY(funds && funds->refused);
    QCOMPARE(client.notes->prepared.size(), payments);
}

void Lv2vRefusalsTest::aPaymentForNobodysJobIsRefused()
{
    OrchestratorFixture fixture;
    ClientFixture client(fixture);
    ByHand request(fixture, client);
    const auto answer = request.send({}, QStringLiteral("/payment"));
    QCOMPARE(answer.status, 400);
    QCOMPARE(fixture.balance(client.sender.address(), QStringLiteral("00000001")), Rational(0));
}

void Lv2vRefusalsTest::anHttpServerIsNoOrchestrator()
{
    OrchestratorFixture fixture;
    ClientFixture client;
    const auto info = client.info(fixture.service); // TLS, but HTTP/1.1 only
    QVERIFY(!info);
    QCOMPARE(info.error().kind(), Error::Kind::Protocol);
    QVERIFY(info.error().message().contains(QStringLiteral("gRPC")));
}

QTEST_GUILESS_MAIN(Lv2vRefusalsTest)
#include "tst_lv2v_refusals.moc"
