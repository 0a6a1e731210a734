#include "client_fixture_p.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/keccak.h"
#include "sluice/payments/signed_messages.h"

#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::byoc;
using sluice::test::ScriptedOrchestrator;

namespace {

QUrl refusingAddress()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()));
}

bool isLegacy(const JobHeader &job)
{
    const auto sender = orThrow(Address::fromHex(job.sender));
    return verifyHashed(sender, job.legacySigningBytes(), orThrow(decodeSignature(job.sig))).hasValue();
}

bool isV1(const JobHeader &job)
{
    const auto sender = orThrow(Address::fromHex(job.sender));
    return verifyHashed(sender, orThrow(job.v1SigningBytes()), orThrow(decodeSignature(job.sig))).hasValue();
}

} // namespace

class ByocClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_22_paysExactCeilings_data();
    void byoc_22_paysExactCeilings();
    void byoc_22_refusesWhatSixHundredTicketsCannotCover();
    void byoc_23_aFreeJobCarriesNoPayment();
    void byoc_23_ticketParametersGoBackByteForByte();
    void byoc_24_postsToTheServiceAddress();
    void byoc_25_sendsTheAddressAsItWasSigned();
    void byoc_26_jobHeaderIsAlwaysComplete();
    void byoc_27_inputSizeDoesNotChangeTheHeaders();
    void byoc_31_transientRefusalsGoOn_data();
    void byoc_31_transientRefusalsGoOn();
    void byoc_31_finalRefusalsEndTheSearch_data();
    void byoc_31_finalRefusalsEndTheSearch();
    void byoc_31_refusedConnectionGoesOn();
    void byoc_32_nothingIsTriedElsewhereAfterAPayment_data();
    void byoc_32_nothingIsTriedElsewhereAfterAPayment();
    void byoc_33_insufficientBalanceTopsUpOnce();
    void byoc_33_secondInsufficientBalanceIsFinal();
    void byoc_33_expiredParametersGetANewTokenOnce();
    void byoc_34_otherSignatureIsTriedOnceAndRemembered();
    void byoc_34_aThirdSignatureIsNotTried();
    void byoc_37_jobThroughAGatewayIsUnsignedAndPinned();
    void byoc_37_emptySuccessOfAGatewayIsNoOrchestrator();
    void sdk_09_onlyTransientRefusalsReachTheSecond();
    void sdk_10_everyRejectionIsListed();
    void payments_10_spendLimitStopsBeforeAnythingIsSent();
    void fullOrchestratorsAreTriedLast();
    void unusableTokensGoOnToTheNext();
    void badPathsAndTextsAreRefusedLocally();
    void workersFieldErrorNamesTheField();
};

void ByocClientTest::byoc_22_paysExactCeilings_data()
{
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("balance");
    QTest::addColumn<int>("timeout");
    QTest::addColumn<int>("tickets");
    // One ticket is worth a hair more than 8e9 wei.
    QTest::newRow("one minute") << Price << 0LL << 60 << 1;
    QTest::newRow("less than a minute pays a minute") << 400'000'000LL << 0LL << 10 << 3;
    QTest::newRow("five minutes are paid two at a time") << Price << 0LL << 300 << 2;
    QTest::newRow("exactly three tickets") << 400'000'000LL << 0LL << 60 << 3;
    QTest::newRow("covered") << Price << 6'000'000'000LL << 60 << 0;
    QTest::newRow("one wei short") << Price << 5'999'999'999LL << 60 << 1;
    QTest::newRow("the balance counts") << Price << 7'000'000'000LL << 120 << 1;
    QTest::newRow("debt is paid too") << Price << -10'000'000'000LL << 60 << 2;
    QTest::newRow("never more than 600") << 79'999'999'999LL << 0LL << 6000 << 600;
    QTest::newRow("a debt that nobody here made is not paid") << 1'000'000'000LL << -1'000'000'000'000LL << 60 << -1;
}

void ByocClientTest::byoc_22_paysExactCeilings()
{
    QFETCH(qint64, price);
    QFETCH(qint64, balance);
    QFETCH(int, timeout);
    QFETCH(int, tickets);
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(price);
    orchestrator.setBalance(balance);
    Fixture fixture;
    const auto answer = fixture.submit(textJob(std::chrono::seconds(timeout)), {orchestrator.url()});
    if (tickets < 0) {
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind(), Error::Kind::InsufficientBalance);
        QCOMPARE(fixture.observer->prepared, 0);
        QCOMPARE(orchestrator.jobs().size(), 0);
        return;
    }
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().describe()));
    QCOMPARE(answer->paid, tickets > 0);
    const auto seen = orchestrator.jobs().value(0);
    QCOMPARE(seen.payment.has_value(), tickets > 0);
    QCOMPARE(fixture.observer->settledSent, tickets);
    QCOMPARE(fixture.observer->prepared, tickets);
    if (!seen.payment)
        return;
    QCOMPARE(seen.payment->tickets.size(), tickets);
    QCOMPARE(seen.payment->sender->toChecksum(), fixture.signer.address().toChecksum());
    quint32 nonce = 1;
    for (const TicketSenderParams &ticket : seen.payment->tickets) {
        QCOMPARE(ticket.senderNonce, nonce);
        const Ticket signedTicket = Ticket::make(*seen.payment->ticketParams, *seen.payment->expirationParams, fixture.signer.address(), nonce++);
        QVERIFY(verify(fixture.signer.address(), signedTicket.hash().bytes(), ticket.signature));
    }
}

void ByocClientTest::byoc_22_refusesWhatSixHundredTicketsCannotCover()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(100'000'000'000); // 60 s cost 750 tickets
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Payment);
    QCOMPARE(orchestrator.jobs().size(), 0);
    QVERIFY(fixture.limits.spending().reserved == 0);
}

void ByocClientTest::byoc_23_aFreeJobCarriesNoPayment()
{
    ScriptedOrchestrator orchestrator;
    Fixture fixture;
    QVERIFY(fixture.submit(textJob(), {orchestrator.url()}));
    QVERIFY(!headers::contains(orchestrator.jobs().at(0).request.headers, header::Payment));
}

void ByocClientTest::byoc_23_ticketParametersGoBackByteForByte()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    QVERIFY(fixture.submit(textJob(), {orchestrator.url()}));
    const WirePayment payment = *orchestrator.jobs().at(0).payment;
    QVERIFY(payment.ticketParams == test::exampleTicketParams(0));
    QVERIFY(payment.expirationParams == test::exampleTicketParams(0).expirationParams);
    const PriceInfo price{Price, 1};
    QVERIFY(payment.expectedPrice == price);
}

void ByocClientTest::byoc_24_postsToTheServiceAddress()
{
    ScriptedOrchestrator probed;
    ScriptedOrchestrator serving;
    probed.setServiceAddress(serving.url().toString());
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {probed.url()});
    QVERIFY(answer);
    QCOMPARE(probed.jobs().size(), 0);
    QCOMPARE(serving.jobs().size(), 1);
    QCOMPARE(serving.jobs().at(0).request.path, QByteArray("/process/request/reverse"));
}

void ByocClientTest::byoc_25_sendsTheAddressAsItWasSigned()
{
    ScriptedOrchestrator orchestrator;
    Fixture fixture;
    QVERIFY(fixture.submit(textJob(), {orchestrator.url()}));
    const auto request = orchestrator.tokenRequests().at(0);
    QCOMPARE(headers::value(request.headers, header::Capability), Capability.toUtf8());
    const auto credentials = orThrow(TokenCredentials::fromHeader(headers::value(request.headers, header::Sender)));
    // The signature of the published vector for this key, over this very spelling.
    QCOMPARE(credentials.addr, QStringLiteral("0xA83Cc3117bfe5153D236F958500E39b397610082"));
    QVERIFY(verifyHashed(fixture.signer.address(), credentials.addr.toLatin1(), orThrow(decodeSignature(credentials.sig))));
    QVERIFY(!verifyHashed(fixture.signer.address(), credentials.addr.toLower().toLatin1(), orThrow(decodeSignature(credentials.sig))));
}

void ByocClientTest::byoc_26_jobHeaderIsAlwaysComplete()
{
    ScriptedOrchestrator orchestrator;
    Fixture fixture;
    QVERIFY(fixture.submit(textJob(std::chrono::seconds(7)), {orchestrator.url()}));
    QVERIFY(fixture.submit(textJob(std::chrono::seconds(7)), {orchestrator.url()}));
    const JobHeader first = orchestrator.jobs().at(0).job;
    const JobHeader second = orchestrator.jobs().at(1).job;
    QVERIFY(!first.id.isEmpty());
    QVERIFY(first.id != second.id);
    QCOMPARE(first.parameters, QStringLiteral("{}"));
    QCOMPARE(first.request, QStringLiteral("{}"));
    QCOMPARE(first.timeoutSeconds, 7);
    QCOMPARE(first.capability, Capability);
    QVERIFY(isLegacy(first));
}

void ByocClientTest::byoc_27_inputSizeDoesNotChangeTheHeaders()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    Fixture fixture;
    Job job = textJob();
    job.callId = QStringLiteral("same-length-1");
    QVERIFY(fixture.submit(job, {orchestrator.url()}));
    job.callId = QStringLiteral("same-length-2");
    job.body = QByteArray(10 * 1024 * 1024, 'x');
    QVERIFY(fixture.submit(job, {orchestrator.url()}));
    const auto size = [&](int index) {
        Headers list = orchestrator.jobs().at(index).request.headers;
        headers::remove(list, "Content-Length");
        return headers::byteSize(list);
    };
    QCOMPARE(size(0), size(1));
    QCOMPARE(orchestrator.jobs().at(1).request.body.size(), 10 * 1024 * 1024);
}

void ByocClientTest::byoc_31_transientRefusalsGoOn_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {408, 429, 500, 502, 503, 504})
        QTest::newRow(qPrintable(QString::number(status))) << status;
}

void ByocClientTest::byoc_31_transientRefusalsGoOn()
{
    QFETCH(int, status);
    ScriptedOrchestrator first;
    ScriptedOrchestrator second;
    first.then(ScriptedOrchestrator::text(status, "not now"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {first.url(), second.url()});
    QVERIFY(answer);
    QCOMPARE(answer->orchestrator, second.url());
    QCOMPARE(first.jobs().size(), 1);
    QCOMPARE(second.jobs().size(), 1);
}

void ByocClientTest::byoc_31_finalRefusalsEndTheSearch_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("jobs");
    QTest::newRow("400") << 400 << 1;
    QTest::newRow("403") << 403 << 2; // older nodes answer a signature of the other format with it
    QTest::newRow("404") << 404 << 1;
    QTest::newRow("422") << 422 << 1;
}

void ByocClientTest::byoc_31_finalRefusalsEndTheSearch()
{
    QFETCH(int, status);
    QFETCH(int, jobs);
    ScriptedOrchestrator first;
    ScriptedOrchestrator second;
    for (int i = 0; i < 3; ++i)
        first.then(ScriptedOrchestrator::text(status, "no"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {first.url(), second.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::Http);
    QCOMPARE(answer.error().httpStatus(), status);
    QVERIFY(!answer.error().paymentSent());
    QCOMPARE(first.jobs().size(), jobs);
    QCOMPARE(second.requestCount(), 0);
}

void ByocClientTest::byoc_31_refusedConnectionGoesOn()
{
    ScriptedOrchestrator second;
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {refusingAddress(), second.url()});
    QVERIFY(answer);
    QCOMPARE(answer->orchestrator, second.url());
}

void ByocClientTest::byoc_32_nothingIsTriedElsewhereAfterAPayment_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("dropped connection") << QStringLiteral("drop");
    QTest::newRow("503") << QStringLiteral("503");
    QTest::newRow("worker failed") << QStringLiteral("500");
}

void ByocClientTest::byoc_32_nothingIsTriedElsewhereAfterAPayment()
{
    QFETCH(QString, how);
    ScriptedOrchestrator first;
    ScriptedOrchestrator second;
    first.setPrice(Price);
    first.then(how == QStringLiteral("drop") ? ScriptedOrchestrator::drop() : ScriptedOrchestrator::text(how.toInt(), "failed"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {first.url(), second.url()});
    QVERIFY(!answer);
    QVERIFY(answer.error().paymentSent());
    QCOMPARE(second.requestCount(), 0);
    QCOMPARE(first.jobs().size(), 1);
    QCOMPARE(fixture.observer->settledSent, 1);
    QCOMPARE(fixture.limits.spending().session, Wei(8'000'000'000));
    if (how == QStringLiteral("drop")) {
        QCOMPARE(answer.error().kind(), Error::Kind::Network);
        QVERIFY2(answer.error().message().contains(QStringLiteral("payment may be spent")), qPrintable(answer.error().message()));
    }
}

void ByocClientTest::byoc_33_insufficientBalanceTopsUpOnce()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.setBalance(6'000'000'000); // outdated: the next token tells the truth
    orchestrator.then(ScriptedOrchestrator::text(400, "Insufficient balance for request"));
    int tokens = 0;
    orchestrator.onToken([&] { ++tokens; });
    Fixture fixture;
    // The first job carries no payment; the second pays what the second token says is missing.
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(answer);
    QCOMPARE(tokens, 2);
    QCOMPARE(orchestrator.jobs().size(), 2);
    QVERIFY(!orchestrator.jobs().at(0).payment);
    QCOMPARE(orchestrator.jobs().at(0).job.id, orchestrator.jobs().at(1).job.id);
}

void ByocClientTest::byoc_33_secondInsufficientBalanceIsFinal()
{
    ScriptedOrchestrator orchestrator;
    ScriptedOrchestrator other;
    orchestrator.setPrice(Price);
    for (int i = 0; i < 3; ++i)
        orchestrator.then(ScriptedOrchestrator::text(402, "Insufficient balance"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url(), other.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::InsufficientBalance);
    QVERIFY(answer.error().paymentSent());
    QCOMPARE(orchestrator.jobs().size(), 2);
    QCOMPARE(orchestrator.tokenRequests().size(), 2);
    // Two different payments, each under its own token's parameters.
    QVERIFY(orchestrator.jobs().at(0).payment->ticketParams->recipientRandHash != orchestrator.jobs().at(1).payment->ticketParams->recipientRandHash);
    QCOMPARE(other.requestCount(), 0);
}

void ByocClientTest::byoc_33_expiredParametersGetANewTokenOnce()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    for (int i = 0; i < 2; ++i)
        orchestrator.then(ScriptedOrchestrator::text(400, "TicketParams expired"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(orchestrator.jobs().size(), 2);
    QCOMPARE(orchestrator.tokenRequests().size(), 2);

    ScriptedOrchestrator recovering;
    recovering.setPrice(Price);
    recovering.then(ScriptedOrchestrator::text(400, "TicketParams expired"));
    QVERIFY(fixture.submit(textJob(), {recovering.url()}));
    QCOMPARE(recovering.tokenRequests().size(), 2);
}

void ByocClientTest::byoc_34_otherSignatureIsTriedOnceAndRemembered()
{
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(Price);
    orchestrator.then(ScriptedOrchestrator::text(400, "Could not verify job creds"));
    Fixture fixture;
    QVERIFY(fixture.submit(textJob(), {orchestrator.url()}));
    QCOMPARE(orchestrator.jobs().size(), 2);
    QVERIFY(isLegacy(orchestrator.jobs().at(0).job));
    QVERIFY(isV1(orchestrator.jobs().at(1).job));
    // The refused payment was not looked at: the same tickets go again, and count once.
    QVERIFY(orchestrator.jobs().at(0).payment == orchestrator.jobs().at(1).payment);
    QCOMPARE(fixture.limits.spending().session, Wei(8'000'000'000));
    QCOMPARE(orchestrator.tokenRequests().size(), 1);

    QVERIFY(fixture.submit(textJob(), {orchestrator.url()}));
    QCOMPARE(orchestrator.jobs().size(), 3);
    QVERIFY(isV1(orchestrator.jobs().at(2).job));
}

void ByocClientTest::byoc_34_aThirdSignatureIsNotTried()
{
    ScriptedOrchestrator orchestrator;
    for (int i = 0; i < 3; ++i)
        orchestrator.then(ScriptedOrchestrator::text(400, "Could not verify job creds"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(orchestrator.jobs().size(), 2);
    QVERIFY(!answer.error().advice().isEmpty());
}

void ByocClientTest::byoc_37_jobThroughAGatewayIsUnsignedAndPinned()
{
    ScriptedOrchestrator gateway;
    gateway.then(ScriptedOrchestrator::text(400, "No orchestrators found for capability text-reversal"));
    const Headers served{{"Content-Type", "text/plain; charset=utf-8"}, {"X-Orchestrator-Url", "https://b:8935"}, {"Livepeer-Balance", "7"}};
    gateway.then(ScriptedOrchestrator::plain(200, served, "{\"reversed\":\"cba\"}"));
    Fixture fixture;
    const QStringList pins{QStringLiteral("https://a:8935"), QStringLiteral("https://b:8935")};
    const JobAnswer answer = orThrow(test::outcomeOf(fixture.client.submitThroughGateway(textJob(), gateway.url(), pins, {})));
    QCOMPARE(answer.orchestrator, QUrl(QStringLiteral("https://b:8935")));
    QVERIFY(!answer.paid);
    QCOMPARE(orThrow(read(answer)), QByteArray("{\"reversed\":\"cba\"}"));
    QCOMPARE(gateway.jobs().size(), 2);
    QCOMPARE(gateway.tokenRequests().size(), 0);
    for (int i = 0; i < 2; ++i) {
        const auto seen = gateway.jobs().at(i);
        QVERIFY(!seen.payment);
        QVERIFY(seen.job.sig.isEmpty());
        QVERIFY(seen.job.sender.isEmpty());
        const QString expected = QStringLiteral("{\"orchestrators\":{\"include\":[\"%1\"]}}").arg(pins[i]);
        QCOMPARE(seen.job.parameters, expected);
    }
}

void ByocClientTest::byoc_37_emptySuccessOfAGatewayIsNoOrchestrator()
{
    ScriptedOrchestrator gateway;
    gateway.then(ScriptedOrchestrator::plain(200, {}, {}));
    Fixture fixture;
    const JobAnswer answer = orThrow(test::outcomeOf(fixture.client.submitThroughGateway(textJob(), gateway.url(), {}, {})));
    const auto body = read(answer);
    QVERIFY(!body);
    QCOMPARE(body.error().kind(), Error::Kind::NoOrchestrator);
    QCOMPARE(gateway.jobs().at(0).job.parameters, QStringLiteral("{}"));
}

void ByocClientTest::sdk_09_onlyTransientRefusalsReachTheSecond()
{
    ScriptedOrchestrator first;
    ScriptedOrchestrator second;
    ScriptedOrchestrator third;
    first.then(ScriptedOrchestrator::text(400, "no"));
    Fixture fixture;
    QVERIFY(!fixture.submit(textJob(), {first.url(), second.url(), third.url()}));
    QCOMPARE(second.requestCount() + third.requestCount(), 0);
    first.then(ScriptedOrchestrator::text(503, "No capacity available for capability"));
    QVERIFY(fixture.submit(textJob(), {first.url(), second.url(), third.url()}));
    QCOMPARE(second.jobs().size(), 1);
    QCOMPARE(third.requestCount(), 0);
}

void ByocClientTest::sdk_10_everyRejectionIsListed()
{
    ScriptedOrchestrator busy;
    ScriptedOrchestrator broken;
    const QUrl absent = refusingAddress();
    busy.then(ScriptedOrchestrator::text(503, "No capacity available for capability"));
    broken.setTokenAnswer(ScriptedOrchestrator::text(500, "out of order"));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {busy.url(), absent, broken.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::NoOrchestrator);
    QCOMPARE(answer.error().httpStatus(), 0);
    QCOMPARE(answer.error().rejections().size(), 3);
    QCOMPARE(answer.error().rejections().at(0).url, busy.url());
    QCOMPARE(answer.error().rejections().at(1).url, absent);
    QCOMPARE(answer.error().rejections().at(2).url, broken.url());
    QVERIFY(answer.error().rejections().at(2).reason.contains(QStringLiteral("out of order")));
}

void ByocClientTest::payments_10_spendLimitStopsBeforeAnythingIsSent()
{
    ScriptedOrchestrator orchestrator;
    ScriptedOrchestrator other;
    orchestrator.setPrice(Price);
    Fixture fixture;
    Job job = textJob();
    job.maxSpend = Wei(7'999'999'999);
    const auto answer = fixture.submit(job, {orchestrator.url(), other.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind(), Error::Kind::SpendLimit);
    QVERIFY(!answer.error().paymentSent());
    QCOMPARE(orchestrator.jobs().size(), 0);
    QCOMPARE(other.requestCount(), 0);
    job.maxSpend = Wei(8'000'000'000);
    QVERIFY(fixture.submit(job, {orchestrator.url(), other.url()}));
}

void ByocClientTest::fullOrchestratorsAreTriedLast()
{
    ScriptedOrchestrator full;
    ScriptedOrchestrator free;
    full.setCapacity(0);
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {full.url(), free.url()});
    QVERIFY(answer);
    QCOMPARE(answer->orchestrator, free.url());
    free.setTokenAnswer(ScriptedOrchestrator::text(500, "gone"));
    const auto second = fixture.submit(textJob(), {full.url(), free.url()});
    QVERIFY(second);
    QCOMPARE(second->orchestrator, full.url());
}

void ByocClientTest::unusableTokensGoOnToTheNext()
{
    ScriptedOrchestrator html;
    ScriptedOrchestrator huge;
    ScriptedOrchestrator good;
    html.setTokenAnswer(ScriptedOrchestrator::text(200, "<html>"));
    huge.setTokenAnswer(ScriptedOrchestrator::json(200, QByteArray(1'000'000, ' ')));
    Fixture fixture;
    QVERIFY(fixture.submit(textJob(), {html.url(), huge.url(), good.url()}));
    const auto alone = fixture.submit(textJob(), {html.url()});
    QVERIFY(!alone);
    QCOMPARE(alone.error().kind(), Error::Kind::Protocol);
}

void ByocClientTest::badPathsAndTextsAreRefusedLocally()
{
    ScriptedOrchestrator orchestrator;
    Fixture fixture;
    for (const QString &path : {QStringLiteral("a?b=1"), QStringLiteral("/a"), QStringLiteral("a//b"), QStringLiteral("../a"), QStringLiteral("a#b")}) {
        Job job = textJob();
        job.path = path;
        const auto answer = fixture.submit(job, {orchestrator.url()});
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind(), Error::Kind::InvalidInput);
        QCOMPARE(answer.error().field(), QStringLiteral("/path"));
    }
    Job job = textJob();
    job.request = QStringLiteral("[]");
    QCOMPARE(fixture.submit(job, {orchestrator.url()}).error().kind(), Error::Kind::InvalidInput);
    QCOMPARE(orchestrator.requestCount(), 0);
    job = textJob();
    job.path = QStringLiteral("größe/a b");
    QVERIFY(fixture.submit(job, {orchestrator.url()}));
    QCOMPARE(orchestrator.jobs().at(0).request.path, QByteArray("/process/request/gr%C3%B6%C3%9Fe/a%20b"));
}

void ByocClientTest::workersFieldErrorNamesTheField()
{
    ScriptedOrchestrator orchestrator;
    const Headers balance{{"Livepeer-Balance", "5"}};
    orchestrator.then(ScriptedOrchestrator::json(422, "{\"detail\":[{\"loc\":[\"body\",\"messages\",0,\"role\"],\"msg\":\"is missing\"}]}", balance));
    Fixture fixture;
    const auto answer = fixture.submit(textJob(), {orchestrator.url()});
    QVERIFY(!answer);
    QCOMPARE(answer.error().field(), QStringLiteral("/messages/0/role"));
    QVERIFY(answer.error().message().contains(QStringLiteral("is missing")));
}

QTEST_GUILESS_MAIN(ByocClientTest)
#include "tst_byoc_client.moc"
