#include "peers/signer_peer.h"

#include "sluice/base/bytes.h"
#include "sluice/livepeer/messages.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/signed_messages.h"
#include "sluice/payments/ticket.h"
#include "sluice/signer/state_memory.h"
#include "sluice/signer/webhook.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::signer;
using livepeer::SignerPayment;
using livepeer::SignerPaymentRequest;
using test::TestTerms;

namespace {

const PrivateKey &key()
{
    static const PrivateKey one = orThrow(PrivateKey::fromHex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"));
    return one;
}

Moment now(qint64 seconds = 0)
{
    static const qint64 begun = QDateTime::currentSecsSinceEpoch();
    Moment moment;
    moment.nanoseconds = (begun + seconds) * 1'000'000'000;
    moment.self = key().address();
    moment.freshId = QStringLiteral("0a1b2c3d");
    moment.chain.latestL1Block = 20'000'000;
    return moment;
}

SignerPaymentRequest asking(const TestTerms &terms = {}, const QString &type = QStringLiteral("live"))
{
    SignerPaymentRequest request;
    request.orchestrator = livepeer::encodeInfo(terms.info());
    request.type = type;
    request.manifestId = QStringLiteral("manifest");
    return request;
}

Expected<Plan, Refusal> plan(const SignerPaymentRequest &request, const Moment &moment = now(), const Rules &rules = {})
{
    return planPayment(request.toJson().dump(), rules, moment);
}

SignerPayment signedFirst(const SignerPaymentRequest &request = asking())
{
    const auto planned = plan(request);
    if (!planned)
        throw Error(Error::Kind::Internal, planned.error().message);
    return signPayment(*planned, key());
}

WirePayment paymentIn(const SignerPayment &answer)
{
    return orThrow(parsePaymentHeader(answer.payment));
}

/// As a signer answers: status and words.
std::pair<int, QString> said(const Expected<Plan, Refusal> &planned)
{
    return planned ? std::pair(200, QString()) : std::pair(planned.error().status, planned.error().message);
}

} // namespace

/// What a signer decides, without a socket.
class SignerDecisionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_15_theAddressIsSignedAsOrchestratorsCheckIt();
    void payments_15_jobsAreSignedInBothForms();
    void payments_15_aJobWithoutItsNamesIsRefused();
    void payments_16_theStateIsSignedAndGoesOn();
    void payments_16_aChangedOrForeignStateIsRefused();
    void payments_16_aRememberedStateIsJudgedAsOneThatIsChecked();
    void statesAreRememberedUpToABound();
    void payments_16_rememberedTermsAreJudgedAsOnesThatAreRead();
    void termsAreRememberedByTheirExactBytes();
    void theAnswersTextIsItsJson();
    void payments_16_theStateIsWrittenAsThePageHasIt();
    void payments_16_aCapabilitysPriceIsForJobsAndNotForVideo();
    void payments_16_atMostAHundredTicketsACall();
    void payments_16_noncesGoOnWithTheSameParametersAndBeginAnewWithOthers();
    void payments_17_answersFollowTheTable_data();
    void payments_17_answersFollowTheTable();
    void payments_17_theSmallestCeilingCounts();
    void payments_17_usedUpTermsAreSentBack();
    void vectorsOfTheSignersCharge();
    void ticketsAreGoodForTheirOrchestrator();
    void theFeeFollowsTheFirstPrice();
    void timesAreReadAsGoWritesThem();
    void statesThatAreNoneAreRefused_data();
    void statesThatAreNoneAreRefused();
    void theWebhooksWordCounts();
};

void SignerDecisionTest::payments_15_theAddressIsSignedAsOrchestratorsCheckIt()
{
    const auto answer = orThrow(livepeer::SignedBy::parse(signAddress(key()), QStringLiteral("address")));
    QCOMPARE(answer.account, QStringLiteral("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"));
    // The sample of payments.md 9.
    QCOMPARE(answer.signature, QStringLiteral("0x662f6ce6e23e70c7db9bdcc7b0d91bdf58d8743ba347ab0b9aa060154644c55122dd6afcc20a6cba9cab1d565a6b1dc36be9a9314e0317b943f8b0f1a726e2971b"));
}

void SignerDecisionTest::payments_15_jobsAreSignedInBothForms()
{
    livepeer::SignerJobRequest job{QStringLiteral("id"), QStringLiteral("text-reversal"), QStringLiteral("{\"a\":1}"), QStringLiteral("{}"), 60};
    const auto v1 = signJob(job.toJson().dump(), key());
    QVERIFY(v1);
    auto answer = orThrow(livepeer::SignedBy::parse(*v1, QStringLiteral("sender")));
    QCOMPARE(answer.account, key().address().toChecksum());
    const QByteArray flat = signed_messages::byocV1(job.id, job.capability, job.request, job.parameters, 60);
    QVERIFY(verifyHashed(key().address(), flat, orThrow(Signature::fromHex(answer.signature.toLatin1())).bytes()));
    job = {{}, {}, job.request, job.parameters, 0};
    const auto legacy = signJob(job.toJson().dump(), key());
    QVERIFY(legacy);
    answer = orThrow(livepeer::SignedBy::parse(*legacy, QStringLiteral("sender")));
    QVERIFY(verifyHashed(key().address(), signed_messages::byocLegacy(job.request, job.parameters), orThrow(Signature::fromHex(answer.signature.toLatin1())).bytes()));
}

void SignerDecisionTest::payments_15_aJobWithoutItsNamesIsRefused()
{
    for (const char *body : {"{}", R"({"id":"x","request":"{}","parameters":"{}","timeout_seconds":1})", R"({"capability":"x","timeout_seconds":1})"})
        QCOMPARE(signJob(body, key()).error().message, QStringLiteral("sign-byoc-job requires non-empty id and capability"));
    for (const char *body : {R"({"id":"x","capability":"y","request":"{}"})", R"({"id":"x","capability":"y","timeout_seconds":-1})"})
        QCOMPARE(signJob(body, key()).error().message, QStringLiteral("sign-byoc-job requires positive timeout_seconds"));
    for (const char *body : {"", "[]", "{", R"({"id":1})", R"({"id":"x","capability":"y","timeout_seconds":"60"})", R"({"id":"x","capability":"y","timeout_seconds":4294967296})"})
        QCOMPARE(signJob(body, key()).error().status, 400);
}

void SignerDecisionTest::payments_16_theStateIsSignedAndGoesOn()
{
    const SignerPayment first = signedFirst();
    QVERIFY(verify(key().address(), first.state.state, first.state.signature));
    const ChainState state = orThrow(ChainState::decode(first.state.state));
    QCOMPARE(state.sequenceNumber, quint64(0));
    QCOMPARE(state.type, QStringLiteral("live"));
    QCOMPARE(state.initialPricePerUnit, 1'000'000'000);
    SignerPaymentRequest next = asking();
    next.state = first.state;
    const auto planned = plan(next, now(30));
    QVERIFY2(planned, qPrintable(planned ? QString() : planned.error().message));
    QCOMPARE(planned->state.sequenceNumber, quint64(1));
    QCOMPARE(planned->state.stateId, state.stateId);
    // 10 s first, then 30: fees of 10 and 30 gwei, whole tickets of 8 gwei, what is left over counts.
    QCOMPARE(orThrow(ChainState::decode(first.state.state)).senderNonce, quint32(2));
    QCOMPARE(planned->count, 3);
    QVERIFY(planned->state.balance >= 0 && planned->state.balance < Rational(8'000'000'000));
}

void SignerDecisionTest::payments_16_aChangedOrForeignStateIsRefused()
{
    const SignerPayment first = signedFirst();
    const auto with = [&](const livepeer::SignedState &state, const QString &type = QStringLiteral("live")) {
        SignerPaymentRequest request = asking({}, type);
        request.state = state;
        return request;
    };
    livepeer::SignedState changed = first.state;
    changed.state.replace("\"SequenceNumber\":0", "\"SequenceNumber\":9");
    QCOMPARE(said(plan(with(changed), now(30))), std::pair(400, QStringLiteral("invalid sig")));
    livepeer::SignedState foreign = first.state;
    foreign.signature = signMessage(PrivateKey::generate(), foreign.state).toByteArray();
    QCOMPARE(said(plan(with(foreign), now(30))), std::pair(400, QStringLiteral("invalid sig")));
    livepeer::SignedState nonsense;
    nonsense.state = "{\"StateID\":1}";
    nonsense.signature = signMessage(key(), nonsense.state).toByteArray();
    QVERIFY(said(plan(with(nonsense), now(30))).second.startsWith(QStringLiteral("invalid state")));
    QCOMPARE(said(plan(with(first.state, QStringLiteral("fixed")), now(30))), std::pair(400, QStringLiteral("job type mismatch")));
    SignerPaymentRequest app = with(first.state);
    app.app = QStringLiteral("another");
    QCOMPARE(said(plan(app, now(30))), std::pair(400, QStringLiteral("app mismatch")));
    SignerPaymentRequest nameless = with(first.state);
    nameless.manifestId.clear();
    QCOMPARE(said(plan(nameless, now(30))), std::pair(400, QStringLiteral("missing manifestID")));
    TestTerms other;
    other.orchestrator = "another";
    SignerPaymentRequest elsewhere = with(first.state);
    elsewhere.orchestrator = livepeer::encodeInfo(other.info());
    QCOMPARE(said(plan(elsewhere, now(30))), std::pair(400, QStringLiteral("orchestratorAddress mismatch")));
}

void SignerDecisionTest::payments_16_aRememberedStateIsJudgedAsOneThatIsChecked()
{
    const auto first = plan(asking());
    QVERIFY(first);
    StateMemory memory;
    SignerPaymentRequest next = asking();
    next.state = signPayment(*first, key()).state;
    memory.add(*next.state, first->state);
    const auto known = memory.find(*next.state);
    QVERIFY(known);
    QCOMPARE(*known, orThrow(ChainState::decode(next.state->state))); // what a check would have found
    for (const qint64 later : {0, 30, 100'000}) { // nothing due, due, expired
        const auto checked = plan(next, now(later));
        const auto remembered = planPayment(next, Rules(), now(later), {known, nullptr});
        QCOMPARE(said(remembered), said(checked));
        if (checked) {
            QCOMPARE(remembered->state, checked->state);
            QCOMPARE(remembered->cost, checked->cost);
            QCOMPARE(signPayment(*remembered, key()).toJson().dump(), signPayment(*checked, key()).toJson().dump());
        }
    }
    // Its content is judged all the same.
    next.app = QStringLiteral("another");
    QCOMPARE(said(planPayment(next, Rules(), now(30), {known, nullptr})), std::pair(400, QStringLiteral("app mismatch")));
}

void SignerDecisionTest::statesAreRememberedUpToABound()
{
    StateMemory memory(2);
    const auto numbered = [](int i) { return livepeer::SignedState{"state " + QByteArray::number(i), "signature"}; };
    for (int i = 0; i < 3; ++i) {
        ChainState state;
        state.sequenceNumber = quint64(i);
        memory.add(numbered(i), state);
        memory.add(numbered(i), state); // once is enough
    }
    QVERIFY(!memory.find(numbered(0)));
    QCOMPARE(memory.find(numbered(1))->sequenceNumber, quint64(1));
    QCOMPARE(memory.find(numbered(2))->sequenceNumber, quint64(2));
}

void SignerDecisionTest::payments_16_rememberedTermsAreJudgedAsOnesThatAreRead()
{
    TestTerms dear;
    dear.pricePerUnit = 100'000'000'000'000;
    TestTerms old;
    old.tokenSeconds = 60;
    TestTerms worthless;
    worthless.ticketEv = 0;
    for (const TestTerms &terms : {TestTerms(), dear, old, worthless}) {
        const SignerPaymentRequest request = asking(terms);
        const auto known = std::make_shared<const Terms>(orThrow(Terms::decode(request.orchestrator)));
        const auto read = plan(request);
        const auto remembered = planPayment(request, Rules(), now(), {std::nullopt, known});
        QCOMPARE(said(remembered), said(read));
        if (read)
            QCOMPARE(signPayment(*remembered, key()).toText(), signPayment(*read, key()).toText());
    }
    QVERIFY(plan(asking()));
}

void SignerDecisionTest::termsAreRememberedByTheirExactBytes()
{
    TermsMemory memory;
    TestTerms terms;
    const auto add = [&] {
        const QByteArray bytes = livepeer::encodeInfo(terms.info());
        memory.add(bytes, std::make_shared<const Terms>(orThrow(Terms::decode(bytes))));
        return bytes;
    };
    const QByteArray first = add();
    QCOMPARE(memory.find(first)->ev, terms.info().ticketParams->expectedValue());
    QByteArray changed = first;
    changed.back() = char(changed.back() ^ 1);
    QVERIFY(!memory.find(changed));
    QVERIFY(!memory.find(first.chopped(1)));
    for (int i = 0; i < 600; ++i) { // more than are kept
        terms.rand = QByteArray::number(i);
        add();
    }
    QVERIFY(!memory.find(first));
    QVERIFY(memory.find(add()));
}

void SignerDecisionTest::theAnswersTextIsItsJson()
{
    SignerPayment answer = signedFirst();
    QCOMPARE(answer.toText(), answer.toJson().dump());
    answer.payment = "\"quoted\"";
    QCOMPARE(answer.toText(), answer.toJson().dump());
}

void SignerDecisionTest::payments_16_theStateIsWrittenAsThePageHasIt()
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/payment_vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Json vectors = orThrow(Json::parse(file.readAll()));
    const Json cases = vectors.find(QStringLiteral("/groups/signer_state")).value_or(Json());
    QVERIFY(cases.size() > 0);
    for (const Json &one : cases.items()) {
        const QByteArray text = one.value(QStringLiteral("state_utf8")).toString().toUtf8();
        const auto state = ChainState::decode(text);
        QVERIFY2(state, text.constData());
        QCOMPARE(state->encode(), text);
    }
}

void SignerDecisionTest::payments_16_aCapabilitysPriceIsForJobsAndNotForVideo()
{
    TestTerms cheap;
    cheap.pricePerUnit = 1;
    livepeer::OrchestratorInfo info = cheap.info();
    info.byocPrices.insert(QStringLiteral("text-analysis"), PriceInfo{700, 1});
    SignerPaymentRequest request = asking(cheap, QStringLiteral("byoc"));
    request.orchestrator = livepeer::encodeInfo(info);
    request.capability = QStringLiteral("text-analysis");
    QCOMPARE(plan(request)->price.asRational(), Rational(700));
    // The published client pays for a job as for video and names the capability: a price per second is none per pixel.
    request.type = QStringLiteral("lv2v");
    QCOMPARE(plan(request)->price.asRational(), Rational(1));
}

void SignerDecisionTest::payments_16_atMostAHundredTicketsACall()
{
    SignerPaymentRequest request = asking({}, QString());
    request.inPixels = 800;
    QCOMPARE(plan(request)->count, 100);
    request.inPixels = 801;
    QCOMPARE(said(plan(request)), std::pair(400, QStringLiteral("numTickets 101 exceeds maximum of 100")));
    request.inPixels = std::numeric_limits<qint64>::max();
    QCOMPARE(said(plan(request)).first, 400);
}

void SignerDecisionTest::payments_16_noncesGoOnWithTheSameParametersAndBeginAnewWithOthers()
{
    const SignerPayment first = signedFirst();
    SignerPaymentRequest same = asking();
    same.state = first.state;
    const auto next = plan(same, now(30));
    QCOMPARE(next->firstNonce, quint32(3));
    TestTerms fresh;
    fresh.rand = "two";
    SignerPaymentRequest other = asking(fresh);
    other.state = first.state;
    QCOMPARE(plan(other, now(30))->firstNonce, quint32(1));
    // What an orchestrator takes for one set of parameters ends at 600: then new ones are wanted.
    ChainState late = orThrow(ChainState::decode(first.state.state));
    late.senderNonce = 599;
    livepeer::SignedState state;
    state.state = late.encode();
    state.signature = signMessage(key(), state.state).toByteArray();
    same.state = state;
    QCOMPARE(said(plan(same, now(30))).first, 480);
    other.state = state;
    QCOMPARE(said(plan(other, now(30))).first, 200);
}

void SignerDecisionTest::payments_17_answersFollowTheTable_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const SignerPaymentRequest &request, int status, const char *words) {
        QTest::newRow(name) << request.toJson().dump() << status << QString::fromLatin1(words);
    };
    const auto raw = [](const char *name, const QByteArray &body, const char *words) { QTest::newRow(name) << body << 400 << QString::fromLatin1(words); };
    raw("no JSON", "{", "invalid JSON");
    raw("no object", "[]", "no JSON object");
    raw("nothing", "{}", "missing orchestrator");
    raw("no base64", R"({"orchestrator":"!"})", "orchestrator is no base64");
    raw("no protobuf", R"({"orchestrator":"/////w=="})", "invalid orchestrator");
    raw("a state of another shape", R"({"orchestrator":"","state":5})", "state must be an object");
    SignerPaymentRequest request = asking();
    livepeer::OrchestratorInfo info = TestTerms().info();
    info.price.reset();
    request.orchestrator = livepeer::encodeInfo(info);
    row("no price", request, 400, "missing or zero priceInfo");
    info.price = PriceInfo{0, 1};
    request.orchestrator = livepeer::encodeInfo(info);
    row("price 0", request, 400, "missing or zero priceInfo");
    info.price = PriceInfo{5, 0};
    request.orchestrator = livepeer::encodeInfo(info);
    row("price over 0", request, 400, "missing or zero priceInfo");
    info = TestTerms().info();
    info.ticketParams.reset();
    request.orchestrator = livepeer::encodeInfo(info);
    row("no parameters", request, 400, "missing ticketParams in OrchestratorInfo");
    info = TestTerms().info();
    info.authToken.reset();
    request.orchestrator = livepeer::encodeInfo(info);
    row("no token", request, 400, "remote signer could not check whether to refresh session: missing auth token");
    TestTerms dear;
    dear.faceValue = 8'000'000'000;
    row("a certain win", asking(dear), 400, "remote signer could not check whether to refresh session: ticket faceValue too low");
    TestTerms old;
    old.expirationBlock = 20'000'001;
    row("parameters that expired", asking(old), 480, "refresh session for remote signer");
    TestTerms late;
    late.tokenSeconds = 60;
    row("a token that expires", asking(late), 480, "refresh session for remote signer");
    row("an unknown type", asking({}, QStringLiteral("minute")), 400, "invalid job type");
    row("no unit", asking({}, QString()), 400, "missing billable unit or job type");
    SignerPaymentRequest negative = asking({}, QString());
    negative.inPixels = -5;
    row("less than nothing", negative, 400, "missing billable unit or job type");
    SignerPaymentRequest typeless = asking({}, QString());
    typeless.inPixels = 10;
    typeless.maxPrice = livepeer::PriceCeiling{Rational(1), QStringLiteral("seconds")};
    row("a ceiling without a type", typeless, 400, "maxPrice");
    SignerPaymentRequest unit = asking();
    unit.maxPrice = livepeer::PriceCeiling{Rational(1), QStringLiteral("fixed")};
    row("a ceiling of another unit", unit, 400, "maxPrice");
    unit.maxPrice->unit = QStringLiteral("seconds");
    row("above the caller's ceiling", unit, 481, "orchestrator price 1000000000 exceeds request maxPrice ceiling 1");
    SignerPaymentRequest capabilities = asking();
    capabilities.capabilities = "\xff\xff";
    row("capabilities that are none", capabilities, 400, "invalid capabilities");
    row("a good one", asking(), 200, "");
}

void SignerDecisionTest::payments_17_answersFollowTheTable()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, words);
    const auto planned = planPayment(body, {}, now());
    QCOMPARE(said(planned).first, status);
    QVERIFY2(said(planned).second.contains(words), qPrintable(said(planned).second));
}

void SignerDecisionTest::payments_17_theSmallestCeilingCounts()
{
    Rules rules;
    rules.maxPrice.insert(QString(), Rational(2'000'000'000));
    QCOMPARE(said(plan(asking(), now(), rules)).first, 200);
    rules.maxPrice.insert(QStringLiteral("live"), Rational(1'000'000'000)); // equality passes
    QCOMPARE(said(plan(asking(), now(), rules)).first, 200);
    rules.maxPrice.insert(QStringLiteral("live"), Rational(1'999'999'999, 2));
    QCOMPARE(said(plan(asking(), now(), rules)),
        std::pair(481, QStringLiteral("orchestrator price 1000000000 exceeds configured maximum price ceiling 1999999999/2")));
    SignerPaymentRequest lower = asking();
    lower.maxPrice = livepeer::PriceCeiling{Rational(7), QStringLiteral("seconds")};
    QVERIFY(said(plan(lower, now(), rules)).second.contains(QStringLiteral("request maxPrice ceiling 7")));
    // A session's price can only fall.
    const SignerPayment first = signedFirst();
    TestTerms dearer;
    dearer.pricePerUnit = 1'000'000'001;
    SignerPaymentRequest next = asking(dearer);
    next.state = first.state;
    QCOMPARE(said(plan(next, now(30))), std::pair(481, QStringLiteral("orchestrator price 1000000001 exceeds initial session price ceiling 1000000000")));
}

void SignerDecisionTest::payments_17_usedUpTermsAreSentBack()
{
    TestTerms late;
    late.tokenSeconds = 100;
    const auto refused = plan(asking(late));
    QCOMPARE(refused.error().status, 480);
    QCOMPARE(refused.error().orchestratorUrl, QStringLiteral("https://127.0.0.1:8935"));
    // And nothing due is 482: what was paid covers what elapsed.
    TestTerms coarse;
    coarse.ticketEv = 100'000'000'000;
    coarse.faceValue = 100'000'000'000'000;
    const SignerPayment first = signedFirst(asking(coarse));
    ChainState rich = orThrow(ChainState::decode(first.state.state));
    rich.balance = Rational(Wei("1000000000000"));
    livepeer::SignedState state;
    state.state = rich.encode();
    state.signature = signMessage(key(), state.state).toByteArray();
    SignerPaymentRequest next = asking(coarse);
    next.state = state;
    QCOMPARE(said(plan(next, now(30))), std::pair(482, QStringLiteral("no tickets")));
}

void SignerDecisionTest::vectorsOfTheSignersCharge()
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/payment_vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Json vectors = orThrow(Json::parse(file.readAll()));
    const Json cases = vectors.find(QStringLiteral("/groups/signer_payment")).value_or(Json());
    int tried = 0;
    for (const Json &one : cases.items()) {
        const auto text = [&one](const char *name) { return one.value(QLatin1String(name)).toString(); };
        const auto number = [&one](const char *name) { return one.value(QLatin1String(name)).toInt64().value_or(0); };
        livepeer::OrchestratorInfo info = TestTerms().info();
        info.ticketParams->faceValue = orThrow(u256FromDecimal(text("face_value")));
        info.ticketParams->winProb = orThrow(u256FromHex(text("win_prob_hex")));
        info.price = PriceInfo{number("price_per_unit"), number("pixels_per_unit")};
        SignerPaymentRequest request = asking({}, text("type"));
        request.orchestrator = livepeer::encodeInfo(info);
        request.inPixels = number("in_pixels");
        const Json elapsed = one.value(QStringLiteral("elapsed_seconds"));
        if (!elapsed.isNull()) {
            ChainState before;
            before.stateId = QStringLiteral("x");
            before.orchestratorAddress = info.address->toLower();
            before.balance = orThrow(rationalFromText(text("prior_balance")));
            before.initialPricePerUnit = info.price->pricePerUnit;
            before.initialPixelsPerUnit = info.price->pixelsPerUnit;
            before.type = text("type");
            const QString seconds = elapsed.isString() ? elapsed.toString() : QString::fromLatin1(elapsed.numberText());
            const qsizetype point = seconds.indexOf(QLatin1Char('.'));
            const QString whole = point < 0 ? seconds : seconds.left(point);
            const QString rest = (point < 0 ? QString() : seconds.mid(point + 1)).leftJustified(9, QLatin1Char('0')).left(9);
            before.lastUpdate = now().nanoseconds - whole.toLongLong() * 1'000'000'000 - rest.toLongLong();
            livepeer::SignedState state;
            state.state = before.encode();
            state.signature = signMessage(key(), state.state).toByteArray();
            request.state = state;
        } else if (text("prior_balance") != QLatin1String("0")) {
            continue; // a first call has no balance
        }
        Rules rules;
        rules.tickets.maxTicketEv = Wei("1000000000000000000000");
        rules.tickets.maxTotalEv = Wei("1000000000000000000000000");
        const auto planned = plan(request, now(), rules);
        const QByteArray id = text("id").toUtf8();
        if (said(planned).first == 400 && number("http_status") != 400 && said(planned).second.contains(QStringLiteral("priceInfo")))
            continue; // at price 0 the signer is not called at all
        QVERIFY2(said(planned).first == number("http_status"), (id + ": " + said(planned).second.toUtf8()).constData());
        ++tried;
        if (!planned)
            continue;
        QCOMPARE(planned->count, int(number("num_tickets")));
        QCOMPARE(toText(planned->state.balance), text("new_balance"));
    }
    QVERIFY2(tried >= 5, QByteArray::number(tried).constData());
}

void SignerDecisionTest::ticketsAreGoodForTheirOrchestrator()
{
    const TestTerms terms;
    const SignerPayment answer = signedFirst(asking(terms));
    const WirePayment payment = paymentIn(answer);
    QCOMPARE(payment.sender, std::optional(key().address()));
    QCOMPARE(payment.expectedPrice->asRational(), Rational(1'000'000'000));
    QVERIFY(payment.expirationParams == terms.params().expirationParams);
    QCOMPARE(payment.tickets.size(), 2);
    quint32 nonce = 1;
    for (const TicketSenderParams &one : payment.tickets) {
        QCOMPARE(one.senderNonce, nonce);
        const Ticket ticket = Ticket::make(terms.params(), *payment.expirationParams, key().address(), nonce++);
        QVERIFY(verify(key().address(), ticket.hash().bytes(), one.signature));
    }
    const auto segment = orThrow(livepeer::decodeSegment(orThrow(bytes::fromBase64(answer.segment))));
    QCOMPARE(segment.manifestId, QByteArray("manifest"));
    QCOMPARE(segment.profiles, QByteArray("invalid"));
    QVERIFY(segment.authToken == terms.info().authToken || segment.authToken->token == "token");
    QVERIFY(verifyHashed(key().address(), orThrow(segment.signingBytes()), segment.signature));
}

void SignerDecisionTest::theFeeFollowsTheFirstPrice()
{
    const SignerPayment first = signedFirst();
    TestTerms cheaper;
    cheaper.pricePerUnit = 1;
    SignerPaymentRequest next = asking(cheaper);
    next.state = first.state;
    const auto planned = plan(next, now(80));
    QVERIFY(planned);
    QCOMPARE(planned->count, 10); // 80 s at the first price, less what was left over
    QCOMPARE(paymentIn(signPayment(*planned, key())).expectedPrice->pricePerUnit, 1);
}

void SignerDecisionTest::timesAreReadAsGoWritesThem()
{
    QCOMPARE(toRfc3339(0), QStringLiteral("1970-01-01T00:00:00Z"));
    for (qint64 seconds = 0; seconds < 7'000'000'000; seconds += 12'345'678) // into the year 2191, over leap days
        QCOMPARE(toRfc3339(seconds * 1'000'000'000), QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) + QLatin1Char('Z'));
    for (const char *text : {"2026-01-02T03:04:05.000000006Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.1Z", "1970-01-01T00:00:00.999999999Z"})
        QCOMPARE(toRfc3339(orThrow(fromRfc3339(QString::fromLatin1(text)))), QString::fromLatin1(text));
    QCOMPARE(orThrow(fromRfc3339(QStringLiteral("2026-01-02T05:04:05+02:00"))), orThrow(fromRfc3339(QStringLiteral("2026-01-02T03:04:05Z"))));
    for (const char *text : {"", "now", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05.0000000001Z", "2026-13-02T03:04:05Z",
             "9999-01-02T03:04:05Z", "2026-01-02T03:04:05+2:00", "0001-01-01T00:00:00Z"})
        QVERIFY2(!fromRfc3339(QString::fromLatin1(text)), text);
}

void SignerDecisionTest::statesThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("a balance without end") << QByteArray("\"Balance\":\"0\"") << QByteArray("\"Balance\":\"" + QByteArray(2000, '9') + "\"");
    QTest::newRow("over zero") << QByteArray("\"Balance\":\"0\"") << QByteArray("\"Balance\":\"1/0\"");
    QTest::newRow("a float") << QByteArray("\"Balance\":\"0\"") << QByteArray("\"Balance\":\"1e9\"");
    QTest::newRow("a nonce beyond 32 bits") << QByteArray("\"SenderNonce\":0") << QByteArray("\"SenderNonce\":4294967296");
    QTest::newRow("a negative nonce") << QByteArray("\"SenderNonce\":0") << QByteArray("\"SenderNonce\":-1");
    QTest::newRow("a number beyond 2^256") << QByteArray("\"SequenceNumber\":0") << QByteArray("\"SequenceNumber\":" + QByteArray(90, '9'));
    QTest::newRow("no id") << QByteArray("\"StateID\":\"x\"") << QByteArray("\"StateID\":\"\"");
    QTest::newRow("no time") << QByteArray("1970") << QByteArray("197x");
    QTest::newRow("cut") << QByteArray("\"AuthID\":\"\"}") << QByteArray("\"AuthID\":\"\"");
}

void SignerDecisionTest::statesThatAreNoneAreRefused()
{
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, to);
    ChainState state;
    state.stateId = QStringLiteral("x");
    QByteArray text = state.encode();
    QVERIFY(ChainState::decode(text));
    QVERIFY(text.contains(change));
    text.replace(change, to);
    QVERIFY(!ChainState::decode(text));
}

void SignerDecisionTest::theWebhooksWordCounts()
{
    const auto read = [](int status, const char *body) { return readWebhookAnswer(status, body); };
    QCOMPARE(read(200, R"({"status":200,"expiry":5,"auth_id":"a:b","maxPrice":{"price":1.5,"currency":"wei"}})")->authId, QStringLiteral("a:b"));
    QCOMPARE(*read(200, R"({"status":200,"maxPrice":1.5})")->maxPrice, Rational(3, 2));
    QCOMPARE(read(200, R"({"status":483,"reason":"empty"})").error().status, 483);
    QCOMPARE(read(200, R"({"status":483,"reason":"empty"})").error().message, QStringLiteral("empty"));
    QCOMPARE(read(200, R"({"status":403})").error().message, QStringLiteral("signer auth rejected request with status 403"));
    QCOMPARE(read(200, R"({"status":200,"maxPrice":"much"})").error().status, 502);
    for (const char *body : {"{}", "[]", "", R"({"status":0})", R"({"status":-200})", R"({"status":"200"})", R"({"status":99})"})
        QCOMPARE(read(200, body).error().status, 500);
    QCOMPARE(read(201, R"({"status":200})").error().status, 500);
    const Json question = orThrow(Json::parse(webhookQuestion({{"authorization", "Bearer x"}, {"x-a", "1"}, {"X-A", "2"}}, ChainState().encode())));
    QCOMPARE(question.find(QStringLiteral("/headers/Authorization/0"))->toString(), QStringLiteral("Bearer x"));
    QCOMPARE(question.find(QStringLiteral("/headers/X-A"))->size(), 2);
    QVERIFY(question.find(QStringLiteral("/state/StateID")));
}

QTEST_GUILESS_MAIN(SignerDecisionTest)
#include "tst_signer_decision.moc"
