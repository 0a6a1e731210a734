#include "peers/outcome.h"
#include "peers/signer_peer.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/bytes.h"
#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/signer_pool.h"
#include "sluice/payments/ticket_sender.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::livepeer;
using test::ScriptedSigner;
using test::TestTerms;

namespace {

const Wei Ev = 8'000'000'000;

/// A purse without a key and the signer that pays from it.
struct Client {
    explicit Client(const QUrl &signerUrl, std::chrono::milliseconds timeout = std::chrono::seconds(10))
        : signer(http, options(signerUrl, timeout))
    {
    }
    static RemoteSigner::Options options(const QUrl &url, std::chrono::milliseconds timeout)
    {
        RemoteSigner::Options made;
        made.origin = url;
        made.timeout = timeout;
        made.headers = {{"Authorization", Secret("Bearer key")}};
        return made;
    }
    static TicketOrder order(const TestTerms &terms = {}, qint64 seconds = 60, const QString &type = {})
    {
        TicketOrder made;
        made.params = terms.params();
        made.price = PriceInfo{terms.pricePerUnit, terms.pixelsPerUnit};
        made.needed = made.price.fee(Wei(seconds));
        made.minimum = made.needed;
        made.callId = QStringLiteral("call");
        made.acceptedPrice = Rational(Wei(1'000'000'000'000));
        made.signer.terms = encodeInfo(terms.info());
        made.signer.chain = QStringLiteral("job");
        made.signer.type = type;
        return made;
    }
    Expected<PreparedPayment> pay(const TicketOrder &order) { return test::outcomeOf(sender.prepare(order, CallContext())); }

    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    RemoteSigner signer;
    MemoryNonceStore nonces;
    MemorySpendBook book;
    SpendLimits limits{{}, book};
    TicketSender sender{signer, nonces, limits};
};

std::pair<int, QByteArray> refusal(int status, const char *words)
{
    return {status, signerErrorBody(QString::fromLatin1(words))};
}

/// The payment changed in one respect and signed anew, as a lying signer would.
void rewrite(SignerPayment &answer, const PrivateKey &key, const std::function<void(WirePayment &)> &change)
{
    WirePayment payment = orThrow(parsePaymentHeader(answer.payment));
    change(payment);
    for (TicketSenderParams &ticket : payment.tickets) {
        const Ticket made = Ticket::make(*payment.ticketParams, payment.expirationParams.value_or(ExpirationParams()), *payment.sender, ticket.senderNonce);
        ticket.signature = signMessage(key, made.hash().bytes()).toByteArray();
    }
    answer.payment = paymentHeader(payment);
}

} // namespace

/// A client whose key is another program's: what it takes from a signer, and what it does not.
class SignerClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paymentsAreWhatWasOrdered();
    void chainsGoOnWithTheirState();
    void largePaymentsComeInSeveralCalls();
    void aSignerThatCountsTheTimeIsBounded();
    void theOwnLimitsHoldBeforeTheSignerIsAsked();
    void payments_18_answersBecomeErrorsThatSayWhatToDo_data();
    void payments_18_answersBecomeErrorsThatSayWhatToDo();
    void sdk_23_nothingDueIsNoError();
    void sdk_23_usedUpTermsAreAskedForAnewWithTheSameState();
    void liesAreNotSent_data();
    void liesAreNotSent();
    void numbersBeyond256BitsAreNotSent_data();
    void numbersBeyond256BitsAreNotSent();
    void anAccountThatItCannotSignForIsNone_data();
    void anAccountThatItCannotSignForIsNone();
    void aSignerThatHangsIsGivenUp();
    void aSignerThatDiesBetweenTwoPaymentsIsAnError();
    void aLostStateBeginsAChainByUnits();
    void jobsAreCheckedBeforeTheyAreSent();
    void bareHashesAreNotSigned();
    void payments_19_theNextSignerIsAskedWhereOneCannotBeHad();
    void payments_19_aSignerThatFailedIsPassedOverForAWhile();
    void credentialsGoToTheirSignerAlone();
};

void SignerClientTest::paymentsAreWhatWasOrdered()
{
    const ScriptedSigner peer;
    Client client(peer.url());
    const TestTerms terms;
    const auto payment = client.pay(Client::order(terms));
    QVERIFY2(payment, payment ? "" : qPrintable(payment.error().describe()));
    QCOMPARE(payment->tickets().size(), 8); // 60 gwei in tickets of 8
    QCOMPARE(payment->totalEv(), terms.params().expectedValue() * 8);
    QCOMPARE(client.sender.address(), peer.key().address());
    QCOMPARE(client.limits.spending().reserved, Wei(8 * Ev));
    const WirePayment sent = orThrow(parsePaymentHeader(payment->header()));
    QCOMPARE(sent.sender, std::optional(peer.key().address()));
    QCOMPARE(sent.tickets.size(), 8);
    QVERIFY(!payment->segment().isEmpty());
    QCOMPARE(headers::value(peer.requests().last().headers, "Authorization"), QByteArray("Bearer key"));
}

void SignerClientTest::chainsGoOnWithTheirState()
{
    const ScriptedSigner peer;
    Client client(peer.url());
    QVERIFY(client.pay(Client::order({}, 60)));
    // 4 gwei are left over of the first minute: counted, as the signer counts them, so that what is ordered is what comes.
    const auto second = client.pay(Client::order({}, 60));
    QVERIFY2(second, second ? "" : qPrintable(second.error().describe()));
    QCOMPARE(second->tickets().size(), 8);
    QCOMPARE(second->tickets().first().ticket.senderNonce, quint32(9));
    const auto request = orThrow(SignerPaymentRequest::parse(peer.requests().last().body));
    QVERIFY(request.state);
    client.sender.forgetChain(QStringLiteral("job"));
    TestTerms fresh;
    fresh.rand = "two";
    QVERIFY(client.pay(Client::order(fresh, 8)));
    QVERIFY(!orThrow(SignerPaymentRequest::parse(peer.requests().last().body)).state);
}

void SignerClientTest::largePaymentsComeInSeveralCalls()
{
    const ScriptedSigner peer;
    Client client(peer.url());
    TicketOrder order = Client::order({}, 2000); // 250 tickets
    const auto payment = client.pay(order);
    QVERIFY2(payment, payment ? "" : qPrintable(payment.error().describe()));
    QCOMPARE(payment->tickets().size(), 250);
    QCOMPARE(peer.payments(), 3);
    QSet<quint32> numbers;
    const WirePayment together = orThrow(parsePaymentHeader(payment->header()));
    for (const TicketSenderParams &ticket : together.tickets)
        numbers.insert(ticket.senderNonce);
    QCOMPARE(numbers.size(), 250);
}

void SignerClientTest::aSignerThatCountsTheTimeIsBounded()
{
    const ScriptedSigner peer;
    Client client(peer.url());
    TestTerms pixels;
    pixels.pricePerUnit = 1'000'000'000;
    pixels.pixelsPerUnit = 27'648'000; // a gwei a second
    TicketOrder order = Client::order(pixels, 27'648'000 * 60, QStringLiteral("lv2v"));
    order.unitsPerSecond = 27'648'000;
    const auto first = client.pay(order);
    QVERIFY2(first, first ? "" : qPrintable(first.error().describe()));
    QCOMPARE(first->tickets().size(), 8); // a minute, as this client counts it
    const auto request = orThrow(SignerPaymentRequest::parse(peer.requests().last().body));
    QCOMPARE(request.type, QStringLiteral("lv2v"));
    QCOMPARE(request.inPixels, 0);
    // A chain that begins anew is a minute again: more than five seconds' worth are not sent.
    client.sender.forgetChain(QStringLiteral("job"));
    TicketOrder small = Client::order(pixels, 27'648'000 * 5, QStringLiteral("lv2v"));
    small.unitsPerSecond = 27'648'000;
    const auto second = client.pay(small);
    QVERIFY(!second);
    QCOMPARE(second.error().kind(), Error::Kind::Signer);
    QCOMPARE(client.limits.spending().reserved, Wei(8 * Ev)); // the first one's
}

void SignerClientTest::theOwnLimitsHoldBeforeTheSignerIsAsked()
{
    const ScriptedSigner peer;
    Client client(peer.url());
    client.limits.setLimits({Wei(7 * Ev), std::nullopt, std::nullopt});
    QCOMPARE(client.pay(Client::order()).error().kind(), Error::Kind::SpendLimit);
    QCOMPARE(peer.payments(), 0);
    client.limits.setLimits({});
    TicketOrder dear = Client::order();
    dear.acceptedPrice = Rational(1);
    QCOMPARE(client.pay(dear).error().kind(), Error::Kind::PriceExceeded);
    TicketOrder doubled = Client::order();
    doubled.initialPrice = PriceInfo{400'000'000, 1};
    QCOMPARE(client.pay(doubled).error().kind(), Error::Kind::Payment);
    QCOMPARE(peer.payments(), 0);
}

void SignerClientTest::payments_18_answersBecomeErrorsThatSayWhatToDo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("advice");
    const auto row = [](int status, Error::Kind kind, const char *advice) { QTest::addRow("%d", status) << status << int(kind) << QString::fromLatin1(advice); };
    row(480, Error::Kind::SignerRefresh, "new ones");
    row(481, Error::Kind::PriceExceeded, "another orchestrator");
    row(483, Error::Kind::InsufficientBalance, "Top up");
    row(401, Error::Kind::Signer, "signer's key in the profile");
    row(403, Error::Kind::Signer, "scope");
    row(404, Error::Kind::Signer, "cannot do that");
    row(400, Error::Kind::Signer, "Start the job again");
    row(500, Error::Kind::Signer, "another one");
    row(503, Error::Kind::Signer, "billing");
}

void SignerClientTest::payments_18_answersBecomeErrorsThatSayWhatToDo()
{
    QFETCH(int, status);
    QFETCH(int, kind);
    QFETCH(QString, advice);
    ScriptedSigner peer;
    peer.answerPayments([status](int, const QByteArray &) { return std::optional(refusal(status, "spent 12345 of 12346 wei")); });
    Client client(peer.url());
    const auto payment = client.pay(Client::order());
    QVERIFY(!payment);
    QCOMPARE(int(payment.error().kind()), kind);
    QCOMPARE(payment.error().httpStatus(), status);
    QVERIFY2(payment.error().advice().contains(advice), qPrintable(payment.error().advice()));
    QVERIFY(payment.error().message().contains(QStringLiteral("12345"))); // the figures
    QVERIFY(!payment.error().describe().contains(QStringLiteral("Bearer")));
    QCOMPARE(peer.payments(), 1);
    QCOMPARE(client.limits.spending().reserved, Wei(0));
    QCOMPARE(client.limits.spending().today, Wei(0));
}

void SignerClientTest::sdk_23_nothingDueIsNoError()
{
    ScriptedSigner peer;
    peer.answerPayments([](int, const QByteArray &) { return std::optional(refusal(482, "no tickets")); });
    Client client(peer.url());
    const auto payment = client.pay(Client::order());
    QVERIFY(payment);
    QVERIFY(payment->isEmpty());
    QCOMPARE(client.limits.spending().reserved, Wei(0));
}

void SignerClientTest::sdk_23_usedUpTermsAreAskedForAnewWithTheSameState()
{
    ScriptedSigner peer;
    Client client(peer.url());
    QVERIFY(client.pay(Client::order({}, 8)));
    peer.answerPayments([](int n, const QByteArray &) { return n == 1 ? std::optional(refusal(480, "refresh session")) : std::nullopt; });
    QCOMPARE(client.pay(Client::order({}, 8)).error().kind(), Error::Kind::SignerRefresh);
    TestTerms fresh;
    fresh.rand = "two";
    QVERIFY(client.pay(Client::order(fresh, 8)));
    const auto requests = peer.requests();
    const auto stateOf = [&](qsizetype back) { return orThrow(SignerPaymentRequest::parse(requests[requests.size() - back].body)).state; };
    QVERIFY(stateOf(1));
    QVERIFY(stateOf(1) == stateOf(2));
}

void SignerClientTest::liesAreNotSent_data()
{
    QTest::addColumn<int>("lie");
    const char *names[] = {"another recipient", "another face value", "another probability", "another sender", "a doubled price", "no price", "another round", "a number twice", "numbers used before",
        "a number beyond 600", "too many tickets", "no tickets", "a bad signature", "a short signature", "no payment", "no state", "another job's credentials", "unsigned credentials", "another token"};
    for (int i = 0; i < int(std::size(names)); ++i)
        QTest::newRow(names[i]) << i;
}

void SignerClientTest::liesAreNotSent()
{
    QFETCH(int, lie);
    ScriptedSigner peer;
    Client client(peer.url());
    QVERIFY(client.pay(Client::order({}, 8))); // number 1
    const Wei before = client.limits.spending().today;
    peer.changePayments([&peer, lie](SignerPayment &answer, const signer::Plan &) {
        const PrivateKey &key = peer.key();
        const auto changed = [&](const std::function<void(WirePayment &)> &change) { rewrite(answer, key, change); };
        switch (lie) {
        case 0: changed([](WirePayment &p) { p.ticketParams->recipient = PrivateKey::generate().address(); }); break;
        case 1: changed([](WirePayment &p) { p.ticketParams->faceValue = WireUint(p.ticketParams->faceValue.value() * 2); }); break;
        case 2: changed([](WirePayment &p) { p.ticketParams->winProb = WireUint(maxU256()); }); break;
        case 3: rewrite(answer, PrivateKey::generate(), [](WirePayment &p) { p.sender = PrivateKey::generate().address(); }); break;
        case 4: changed([](WirePayment &p) { p.expectedPrice->pricePerUnit *= 2; }); break;
        case 5: changed([](WirePayment &p) { p.expectedPrice.reset(); }); break;
        case 6: changed([](WirePayment &p) { p.expirationParams->creationRound += 1; }); break;
        case 7: changed([](WirePayment &p) { p.tickets.append(p.tickets.last()); }); break;
        case 8: changed([](WirePayment &p) { p.tickets.first().senderNonce = 1; }); break;
        case 9: changed([](WirePayment &p) { p.tickets.first().senderNonce = 601; }); break;
        case 10:
            changed([](WirePayment &p) {
                for (quint32 nonce = 10; nonce < 60; ++nonce)
                    p.tickets.append({nonce, QByteArray()});
            });
            break;
        case 11: changed([](WirePayment &p) { p.tickets.clear(); }); break;
        case 12: rewrite(answer, PrivateKey::generate(), [](WirePayment &) {}); break;
        case 13: {
            WirePayment payment = orThrow(parsePaymentHeader(answer.payment));
            payment.tickets.first().signature.chop(1);
            answer.payment = paymentHeader(payment);
            break;
        }
        case 14: answer.payment = "bm9uZQ=="; break;
        case 15: answer.state = SignedState(); break;
        default: {
            SegmentCredentials segment = orThrow(decodeSegment(orThrow(bytes::fromBase64(answer.segment))));
            if (lie == 16)
                segment.manifestId = "another";
            if (lie == 18)
                segment.authToken->token = "another";
            segment.signature = lie == 17 ? QByteArray() : signHashed(key, orThrow(segment.signingBytes())).toByteArray();
            answer.segment = segmentHeader(segment);
        }
        }
    });
    const auto payment = client.pay(Client::order({}, 8));
    QVERIFY(!payment);
    QCOMPARE(payment.error().kind(), Error::Kind::Signer);
    QVERIFY(!payment.error().advice().isEmpty() || lie == 15);
    QCOMPARE(client.limits.spending().today, before); // nothing of it counts as spent
    // It is asked for nothing further in this call, which would use up what the caller has there.
    const int asked = peer.payments();
    QCOMPARE(client.pay(Client::order({}, 8)).error().kind(), Error::Kind::Payment);
    QCOMPARE(peer.payments(), asked);
}

void SignerClientTest::numbersBeyond256BitsAreNotSent_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<int>("bytes");
    for (const int field : {2, 3, 5, 6}) { // face_value, win_prob, seed, expiration_block
        QTest::addRow("field %d, 2^256", field) << field << 33;
        QTest::addRow("field %d, far beyond", field) << field << 5000;
    }
}

void SignerClientTest::numbersBeyond256BitsAreNotSent()
{
    QFETCH(int, field);
    QFETCH(int, bytes);
    ScriptedSigner peer;
    peer.changePayments([field, bytes](SignerPayment &answer, const signer::Plan &) {
        // A protobuf by hand: Payment { ticket_params = 1 { <field> = 1 followed by zeros } }.
        const auto varint = [](int value) {
            QByteArray out;
            for (; value >= 128; value >>= 7)
                out.append(char((value & 127) | 128));
            out.append(char(value));
            return out;
        };
        const QByteArray number = QByteArray(1, 1) + QByteArray(bytes - 1, 0);
        const QByteArray params = QByteArray(1, char((field << 3) | 2)) + varint(bytes) + number;
        answer.payment = bytes::toBase64(QByteArray(1, char((1 << 3) | 2)) + varint(int(params.size())) + params);
    });
    Client client(peer.url());
    const auto payment = client.pay(Client::order());
    QVERIFY(!payment);
    QCOMPARE(payment.error().kind(), Error::Kind::Signer);
    QCOMPARE(client.limits.spending().today, Wei(0));
}

void SignerClientTest::anAccountThatItCannotSignForIsNone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a page") << 200 << QByteArray("<html>hello</html>");
    QTest::newRow("nothing") << 200 << QByteArray();
    QTest::newRow("no signature") << 200 << QByteArray(R"({"address":"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"})");
    QTest::newRow("another's address") << 200
                                       << QByteArray(R"({"address":"0x2c7536E3605D9C16a7a3D7b1898e529396a65c24","signature":"0x662f6ce6e23e70c7db9bdcc7b0d91bdf58d8743ba347ab0b9aa060154644c55122dd6afcc20a6cba9cab1d565a6b1dc36be9a9314e0317b943f8b0f1a726e2971b"})");
    QTest::newRow("refused") << 401 << QByteArray(R"({"error":{"message":"no"}})");
    QTest::newRow("without end") << 200 << QByteArray(1024 * 1024, ' ');
}

void SignerClientTest::anAccountThatItCannotSignForIsNone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    ScriptedSigner peer;
    peer.answerRoute(signer_route::Address, status, body);
    Client client(peer.url());
    const auto payment = client.pay(Client::order());
    QVERIFY(!payment);
    QCOMPARE(payment.error().kind(), Error::Kind::Signer);
    QVERIFY(!payment.error().advice().isEmpty());
    QCOMPARE(peer.payments(), 0);
    QVERIFY(client.sender.address().isZero());
}

void SignerClientTest::aSignerThatHangsIsGivenUp()
{
    ScriptedSigner peer;
    peer.answerPayments([](int, const QByteArray &) { return std::optional(std::pair<int, QByteArray>(0, {})); });
    Client client(peer.url(), std::chrono::milliseconds(300));
    const auto late = client.pay(Client::order());
    QCOMPARE(late.error().kind(), Error::Kind::Signer);
    QCOMPARE(client.limits.spending().reserved, Wei(0));
    // And a caller who does not want to wait any longer is let go at once.
    Client patient(peer.url(), std::chrono::minutes(1));
    CallContext context;
    CancelSource source;
    context.cancel = source.token();
    QTimer::singleShot(50, &patient.http, [source]() mutable { source.cancel(); });
    QElapsedTimer timer;
    timer.start();
    const auto canceled = test::outcomeOf(patient.sender.prepare(Client::order(), context));
    QCOMPARE(canceled.error().kind(), Error::Kind::Canceled);
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(patient.limits.spending().today, Wei(0));
}

void SignerClientTest::aSignerThatDiesBetweenTwoPaymentsIsAnError()
{
    ScriptedSigner peer;
    Client client(peer.url());
    auto first = client.pay(Client::order({}, 8));
    QVERIFY(first);
    first->markSent();
    peer.die();
    const auto second = client.pay(Client::order({}, 8));
    QVERIFY(!second);
    QCOMPARE(second.error().kind(), Error::Kind::Signer);
    QVERIFY(second.error().message().contains(peer.url().toString()));
    QCOMPARE(client.limits.spending().session, Ev); // the first one, once
    QCOMPARE(client.limits.spending().today, Ev);
}

void SignerClientTest::aLostStateBeginsAChainByUnits()
{
    ScriptedSigner peer;
    Client client(peer.url());
    TestTerms pixels;
    pixels.pixelsPerUnit = 27'648'000;
    const auto order = [&](int seconds, const char *rand) {
        TestTerms fresh = pixels;
        fresh.rand = rand;
        TicketOrder made = Client::order(fresh, 27'648'000LL * seconds, QStringLiteral("lv2v"));
        made.unitsPerSecond = 27'648'000;
        made.signerSlack = made.price.fee(Wei(27'648'000 * 5));
        return made;
    };
    QVERIFY(client.pay(order(60, "one")));
    peer.answerPayments([](int n, const QByteArray &) { return n == 1 ? std::optional(refusal(400, "invalid state")) : std::nullopt; });
    QCOMPARE(client.pay(order(8, "two")).error().kind(), Error::Kind::Signer);
    // A chain that the signer counts would begin with a minute, which nobody owes.
    const auto next = client.pay(order(8, "three"));
    QVERIFY2(next, next ? "" : qPrintable(next.error().describe()));
    QCOMPARE(next->tickets().size(), 1);
    const auto request = orThrow(SignerPaymentRequest::parse(peer.requests().last().body));
    QCOMPARE(request.type, QString());
    QCOMPARE(request.inPixels, 27'648'000 * 8);
    QVERIFY(!request.state);
}

void SignerClientTest::jobsAreCheckedBeforeTheyAreSent()
{
    ScriptedSigner peer;
    Client client(peer.url());
    SignableJob job{QStringLiteral("id"), QStringLiteral("text-reversal"), QStringLiteral("{}"), QStringLiteral("{\"a\":1}"), 60};
    for (const bool v1 : {true, false})
        QVERIFY(test::outcomeOf(client.sender.signJob(job, v1, CallContext())));
    const auto legacy = orThrow(SignerJobRequest::parse(peer.requests().last().body));
    QVERIFY(legacy.isLegacy());
    // A signature over another job.
    SignableJob other = job;
    other.parameters = QStringLiteral("{}");
    const auto answer = signer::signJob(SignerJobRequest{{}, {}, other.request, other.parameters, 0}.toJson().dump(), peer.key());
    peer.answerRoute(signer_route::Job, 200, *answer);
    QCOMPARE(test::outcomeOf(client.sender.signJob(job, false, CallContext())).error().kind(), Error::Kind::Signer);
    peer.answerRoute(signer_route::Job, 404, "404 page not found");
    const Error missing = test::outcomeOf(client.sender.signJob(job, false, CallContext())).error();
    QCOMPARE(missing.kind(), Error::Kind::Signer);
    QVERIFY(missing.advice().contains(QStringLiteral("go-livepeer")));
}

void SignerClientTest::bareHashesAreNotSigned()
{
    const ScriptedSigner peer;
    Client client(peer.url());
    QCOMPARE(test::outcomeOf(client.signer.signHash(Hash32())).error().kind(), Error::Kind::Signer);
}

void SignerClientTest::payments_19_theNextSignerIsAskedWhereOneCannotBeHad()
{
    ScriptedSigner dead;
    dead.die();
    ScriptedSigner strict;
    strict.answerRoute(signer_route::Address, 401, signerErrorBody(QStringLiteral("no")));
    const ScriptedSigner good;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient http(trust);
    const auto data = UserData::inMemory();
    SpendLimits limits({}, data->spending(QStringLiteral("purse")));
    SignerPool pool(http, *data, limits, {{dead.url(), {}}, {strict.url(), {}}, {good.url(), {}}});
    TicketSender *sender = orThrow(test::outcomeOf(pool.pick(CallContext())));
    QCOMPARE(sender->address(), good.key().address());
    QCOMPARE(pool.accounts(), QStringList(good.key().address().toChecksum()));
    // None at all: every one of them is named.
    SignerPool none(http, *data, limits, {{dead.url(), {}}, {strict.url(), {}}});
    const Error error = test::outcomeOf(none.pick(CallContext())).error();
    QCOMPARE(error.kind(), Error::Kind::Signer);
    QCOMPARE(error.rejections().size(), 2);
    SignerPool one(http, *data, limits, {{dead.url(), {}}});
    QVERIFY(test::outcomeOf(one.pick(CallContext())).error().message().contains(dead.url().toString()));
}

void SignerClientTest::payments_19_aSignerThatFailedIsPassedOverForAWhile()
{
    const ScriptedSigner first;
    const ScriptedSigner second;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient http(trust);
    const auto data = UserData::inMemory();
    SpendLimits limits({}, data->spending(QStringLiteral("purse")));
    SignerPool pool(http, *data, limits, {{first.url(), {}}, {second.url(), {}}});
    TicketSender *sender = orThrow(test::outcomeOf(pool.pick(CallContext())));
    QCOMPARE(sender->address(), first.key().address());
    const Error why(Error::Kind::Signer, QStringLiteral("It lied."));
    QVERIFY(pool.passOver(sender, why));
    TicketSender *next = orThrow(test::outcomeOf(pool.pick(CallContext())));
    QCOMPARE(next->address(), second.key().address());
    QVERIFY(!pool.passOver(next, why)); // both rest: there is nobody else to ask for this call
    QVERIFY(test::outcomeOf(pool.pick(CallContext()))); // a later call may try them all the same
}

void SignerClientTest::credentialsGoToTheirSignerAlone()
{
    const ScriptedSigner first;
    ScriptedSigner second;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient http(trust);
    const auto data = UserData::inMemory();
    SpendLimits limits({}, data->spending(QStringLiteral("purse")));
    SignerPool pool(http, *data, limits, {{first.url(), {{"Authorization", Secret("Bearer one")}}}, {second.url(), {{"Authorization", Secret("Bearer two")}}}});
    TicketSender *sender = orThrow(test::outcomeOf(pool.pick(CallContext())));
    QVERIFY(pool.passOver(sender, Error(Error::Kind::Signer, QStringLiteral("gone"))));
    QVERIFY(test::outcomeOf(pool.pick(CallContext())));
    QCOMPARE(headers::value(first.requests().first().headers, "Authorization"), QByteArray("Bearer one"));
    QCOMPARE(headers::value(second.requests().first().headers, "Authorization"), QByteArray("Bearer two"));
}

QTEST_GUILESS_MAIN(SignerClientTest)
#include "tst_signer_client.moc"
