#include "../byoc/orchestrator_fixture_p.h"
#include "../lv2v/lv2v_fixture.h"
#include "peers/outcome.h"
#include "peers/signer_peer.h"

#include "sluice/backend/user_data.h"
#include "sluice/byoc/client.h"
#include "sluice/livepeer/signer_pool.h"
#include "sluice/signer/server.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace std::chrono_literals;
using test::ScriptedSigner;

namespace {

/// A client whose signers are these, and everything it needs besides.
struct Client {
    explicit Client(const QList<QUrl> &signers)
        : pool(http, *data, limits, accesses(signers))
        , terms(http, trust, pool, livepeer::TermsClient::Options())
        , byoc(http, pool, byoc::Client::Options())
    {
    }
    static QList<SignerAccess> accesses(const QList<QUrl> &urls)
    {
        QList<SignerAccess> list;
        for (const QUrl &url : urls)
            list.append(SignerAccess{url, {}});
        return list;
    }
    Expected<byoc::JobAnswer> run(const QUrl &orchestrator, std::chrono::seconds timeout = 60s)
    {
        byoc::Job job;
        job.capability = QStringLiteral("work");
        job.path = QStringLiteral("predict");
        job.body = "{}";
        job.timeout = timeout;
        job.acceptedPrice = Rational(Wei("1000000000000"));
        return test::outcomeOf(byoc.submit(job, {orchestrator}, observer, CallContext()));
    }

    /// Counts what leaves.
    struct Observer final : byoc::JobObserver {
        void tokenReceived(const QUrl &, const byoc::JobToken &) override { ++tokens; }
        QCoro::Task<void> ticketsPrepared(QUrl, QList<SentTicket>) override { co_return; }
        QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool left) override
        {
            if (left)
                sent += tickets;
            co_return;
        }
        int tokens = 0;
        QList<SentTicket> sent;
    };
    std::shared_ptr<UserData> data = UserData::inMemory();
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    SpendLimits limits{{}, data->spending(QStringLiteral("purse"))};
    livepeer::SignerPool pool;
    livepeer::TermsClient terms;
    byoc::Client byoc;
    std::shared_ptr<Observer> observer = std::make_shared<Observer>();
};

/// The real signer.
struct RealSigner {
    explicit RealSigner(signer::ServerOptions options = {})
        : server(io, key, std::move(options), std::make_shared<signer::MemoryBudgetBook>())
        , url(orThrow(server.listen()))
    {
    }
    IoThread io;
    PrivateKey key = PrivateKey::generate();
    signer::Server server;
    QUrl url;
};

std::pair<int, QByteArray> refusal(int status, const char *words)
{
    return {status, livepeer::signerErrorBody(QString::fromLatin1(words))};
}

} // namespace

/// Payments of a real signer at real orchestrators, which verify each ticket and every signature; and signers that fail on the way.
class SignerOrchestratorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_15_getOrchestratorTakesTheSignersSignature();
    void liveVideoIsPaidFromStartToEnd();
    void aByocJobIsPaid();
    void sdk_23_usedUpTermsAreAskedForAtMostThreeTimes();
    void payments_18_figuresOf481And483ReachTheCaller();
    void payments_19_theNextSignerTakesOverBeforeAPayment();
    void payments_19_andNeverAfterOne();
    void aSignerThatDiesWhileLiveVideoRunsPaysNothingTwice();
};

void SignerOrchestratorsTest::payments_15_getOrchestratorTakesTheSignersSignature()
{
    lv2v::OrchestratorFixture orchestrator;
    const RealSigner signer;
    orchestrator.fund(signer.key.address());
    Client client({signer.url});
    const auto info = test::outcomeOf(client.terms.info(orchestrator.rpc, QStringLiteral("noop"), false, CallContext()));
    QVERIFY2(info, info ? "" : qPrintable(info.error().describe()));
    QVERIFY(info->ticketParams);
}

void SignerOrchestratorsTest::liveVideoIsPaidFromStartToEnd()
{
    lv2v::OrchestratorFixture orchestrator;
    orchestrator.offer(QStringLiteral("noop"), 1, 80'000'000'000); // ten tickets a second would be too many: see below
    orchestrator.offer(QStringLiteral("dear"), 1, 8'000'000'000);  // one ticket a second
    const RealSigner signer;
    orchestrator.fund(signer.key.address());
    Client client({signer.url});
    const auto notes = std::make_shared<lv2v::Notes>();
    lv2v::JobRequest request;
    request.model = QStringLiteral("dear");
    request.callId = QStringLiteral("call");
    request.acceptedPrice = Rational(Wei(8'000'000'000));
    lv2v::JobClient::Options options;
    options.paymentInterval = 50ms;
    lv2v::JobClient job(client.terms, request, notes, options);
    const auto started = test::outcomeOf(job.start({orchestrator.rpc}, CallContext()));
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    QCOMPARE(notes->prepared, QList<int>{60});
    const QString manifest = started->job.manifestId;
    QVERIFY(orchestrator.balance(signer.key.address(), manifest) >= Rational(Wei(60) * lv2v::OrchestratorFixture::Ev));
    // As time goes by the signer counts it by itself; whole tickets come when they are due.
    QTRY_VERIFY_WITH_TIMEOUT((void(test::outcomeOf(job.pay(CallContext()))), notes->prepared.size() >= 3), 30000);
    QCOMPARE(notes->settledUnsent, 0);
    QVERIFY(orchestrator.balance(signer.key.address(), manifest) >= Rational(Wei(62) * lv2v::OrchestratorFixture::Ev));
    // One that would need more than a hundred tickets at once says so.
    request.model = QStringLiteral("noop");
    request.acceptedPrice = Rational(Wei(80'000'000'000));
    lv2v::JobClient tooDear(client.terms, request, notes, options);
    const auto refused = test::outcomeOf(tooDear.start({orchestrator.rpc}, CallContext()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Signer);
    QVERIFY2(refused.error().message().contains(QStringLiteral("exceeds maximum of 100")), qPrintable(refused.error().message()));
}

void SignerOrchestratorsTest::aByocJobIsPaid()
{
    byoc::OrchestratorFixture orchestrator;
    QCOMPARE(orchestrator.registerWork(Json{{QStringLiteral("price_per_unit"), qint64(4'000'000'000)}}).status, 200);
    const RealSigner signer;
    orchestrator.fund(signer.key.address());
    Client client({signer.url});
    const auto answer = client.run(orchestrator.orchestrator->url());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().describe()));
    QCOMPARE(answer->status, 200);
    QVERIFY(answer->paid);
    QCOMPARE(client.observer->sent.size(), 30); // a minute of 4 gwei a second in tickets of 8
    for (const SentTicket &ticket : client.observer->sent)
        QCOMPARE(ticket.ticket.sender, signer.key.address());
    QVERIFY(client.limits.spending().session > 0);
}

void SignerOrchestratorsTest::sdk_23_usedUpTermsAreAskedForAtMostThreeTimes()
{
    byoc::OrchestratorFixture orchestrator;
    QCOMPARE(orchestrator.registerWork().status, 200);
    ScriptedSigner signer;
    orchestrator.fund(signer.key().address());
    signer.answerPayments([](int n, const QByteArray &) { return n < 3 ? std::optional(refusal(480, "refresh session for remote signer")) : std::nullopt; });
    Client client({signer.url()});
    const auto answer = client.run(orchestrator.orchestrator->url());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().describe()));
    QCOMPARE(signer.payments(), 4);
    QCOMPARE(client.observer->tokens, 4); // new terms each time
    ScriptedSigner stubborn;
    orchestrator.fund(stubborn.key().address());
    stubborn.answerPayments([](int, const QByteArray &) { return std::optional(refusal(480, "refresh session for remote signer")); });
    Client other({stubborn.url()});
    const auto refused = other.run(orchestrator.orchestrator->url());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Payment);
    QCOMPARE(stubborn.payments(), 4);
    QVERIFY(other.observer->sent.isEmpty());
    QCOMPARE(other.limits.spending().today, Wei(0));
}

void SignerOrchestratorsTest::payments_18_figuresOf481And483ReachTheCaller()
{
    byoc::OrchestratorFixture orchestrator;
    QCOMPARE(orchestrator.registerWork().status, 200);
    signer::ServerOptions strict;
    strict.rules.maxPrice.insert(QString(), Rational(5));
    const RealSigner signer(strict);
    orchestrator.fund(signer.key.address());
    Client client({signer.url});
    const auto dear = client.run(orchestrator.orchestrator->url());
    QCOMPARE(dear.error().kind(), Error::Kind::PriceExceeded);
    QVERIFY2(dear.error().message().contains(QStringLiteral("orchestrator price 100000000 exceeds configured maximum price ceiling 5")), qPrintable(dear.error().message()));
    signer::ServerOptions poor;
    poor.cap = Wei(1);
    const RealSigner capped(poor);
    const RealSigner rich;
    orchestrator.fund(capped.key.address());
    orchestrator.fund(rich.key.address());
    Client second({capped.url, rich.url});
    const auto spent = second.run(orchestrator.orchestrator->url());
    QCOMPARE(spent.error().kind(), Error::Kind::InsufficientBalance);
    QVERIFY2(spent.error().message().contains(QStringLiteral("0 of 1 wei are spent")), qPrintable(spent.error().message()));
    QVERIFY(second.observer->sent.isEmpty()); // and no other signer pays instead
}

void SignerOrchestratorsTest::payments_19_theNextSignerTakesOverBeforeAPayment()
{
    byoc::OrchestratorFixture orchestrator;
    QCOMPARE(orchestrator.registerWork().status, 200);
    ScriptedSigner dead;
    dead.die();
    ScriptedSigner liar;
    liar.changePayments([](livepeer::SignerPayment &answer, const signer::Plan &) { answer.payment = "bm9uZQ=="; });
    const RealSigner good;
    orchestrator.fund(liar.key().address());
    orchestrator.fund(good.key.address());
    Client client({dead.url(), liar.url(), good.url});
    const auto answer = client.run(orchestrator.orchestrator->url());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().describe()));
    QCOMPARE(liar.payments(), 1);
    QVERIFY(!client.observer->sent.isEmpty());
    for (const SentTicket &ticket : client.observer->sent)
        QCOMPARE(ticket.ticket.sender, good.key.address());
}

void SignerOrchestratorsTest::payments_19_andNeverAfterOne()
{
    lv2v::OrchestratorFixture orchestrator;
    orchestrator.offer(QStringLiteral("dear"), 1, 8'000'000'000);
    ScriptedSigner first;
    const RealSigner second;
    orchestrator.fund(first.key().address());
    orchestrator.fund(second.key.address());
    Client client({first.url(), second.url});
    // The start is refused after the payment left: nobody else pays for it again.
    orchestrator.workerStatus = 500;
    const auto notes = std::make_shared<lv2v::Notes>();
    lv2v::JobRequest request;
    request.model = QStringLiteral("dear");
    request.callId = QStringLiteral("call");
    request.acceptedPrice = Rational(Wei(8'000'000'000));
    lv2v::JobClient job(client.terms, request, notes);
    const auto refused = test::outcomeOf(job.start({orchestrator.rpc}, CallContext()));
    QVERIFY(!refused);
    QVERIFY(refused.error().paymentSent());
    QCOMPARE(notes->settledSent, 60); // the first minute, once
    QCOMPARE(first.payments(), 1);
}

void SignerOrchestratorsTest::aSignerThatDiesWhileLiveVideoRunsPaysNothingTwice()
{
    lv2v::OrchestratorFixture orchestrator;
    orchestrator.offer(QStringLiteral("dear"), 1, 8'000'000'000);
    ScriptedSigner first;
    const RealSigner second;
    orchestrator.fund(first.key().address());
    orchestrator.fund(second.key.address());
    Client client({first.url(), second.url});
    const auto notes = std::make_shared<lv2v::Notes>();
    lv2v::JobRequest request;
    request.model = QStringLiteral("dear");
    request.callId = QStringLiteral("call");
    request.acceptedPrice = Rational(Wei(8'000'000'000));
    lv2v::JobClient::Options options;
    options.paymentInterval = 50ms;
    lv2v::JobClient job(client.terms, request, notes, options);
    const auto started = test::outcomeOf(job.start({orchestrator.rpc}, CallContext()));
    QVERIFY2(started, started ? "" : qPrintable(started.error().describe()));
    const Wei paid = client.limits.spending().session;
    first.die();
    // Each look says why nothing is paid, and the other signer is not asked.
    std::optional<Error> why;
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
        const auto funds = test::outcomeOf(job.pay(CallContext()));
        if (!funds)
            why = funds.error();
        return why.has_value();
    }()), 30000);
    QCOMPARE(why->kind(), Error::Kind::Signer);
    QCOMPARE(client.limits.spending().session, paid);
    QCOMPARE(client.limits.spending().reserved, Wei(0));
    QCOMPARE(notes->prepared, QList<int>{60});
}

QTEST_GUILESS_MAIN(SignerOrchestratorsTest)
#include "tst_signer_orchestrators.moc"
