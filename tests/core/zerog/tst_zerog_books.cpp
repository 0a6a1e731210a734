#include "sluice/zerog/provider_book.h"
#include "sluice/zerog/user_book.h"

#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::zerog;
using Step = OutputDecision::Step;

namespace {

const U256 most = 100'000; // that is believed of an answer whose end was not seen

Request request(int nonce, int input, int previous)
{
    Request made;
    made.nonce = nonce;
    made.serviceName = QStringLiteral("llama7b");
    made.inputCount = input;
    made.previousOutputCount = previous;
    made.createdAt = 1000;
    return made;
}

Service service()
{
    Service made;
    made.name = QStringLiteral("llama7b");
    made.type = QStringLiteral("chatbot");
    made.inputPrice = 1;
    made.outputPrice = 2;
    made.updatedAt = 900;
    return made;
}

ProviderUser userWith(int lockBalance)
{
    ProviderUser user;
    user.lockBalance = lockBalance;
    return user;
}

QString refusal(const ProviderUser &user, const Request &made, int own)
{
    const auto refused = refusedByBook(made, own, feeOf(service(), made.inputCount, made.previousOutputCount), user);
    return refused ? refused->text : QString();
}

QByteArray refused(const QString &text)
{
    return Json{{QStringLiteral("error"), QStringLiteral("Provider proxy: handle proxied service, validate request: ") + text}}.dump();
}

} // namespace

/// What the agents decide, without agents.
class TestZerogBooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneCallAfterTheOtherHasOneStoredValue();
    void callsSideBySidePayEachAnswerOnce();
    void aFailedCallGivesBackWhatItDeclared();
    void zerog_52_whatIsSettledNeverOvertakesACall();
    void feesAreReservedAndReleased();
    void timesAreNearAndAfterTheService();
    void anAmountNeverWraps();
    void zerog_51_onlyWhatWasCountedIsSigned();
    void anAnswerOnItsWayIsWaitedFor();
    void aCallInDoubtIsBelievedOnce();
    void requestsAreNewerThanTheService();
    void refusalsAreRead_data();
    void refusalsAreRead();
};

void TestZerogBooks::oneCallAfterTheOtherHasOneStoredValue()
{
    ProviderUser user = userWith(1000);
    QCOMPARE(user.requiredOutput(), U256(0));
    user.reserve(request(1, 5, 0), 5);
    user.served(1, U256(7));
    QCOMPARE(refusal(user, request(2, 1, 6), 1), QStringLiteral("invalid previousOutputCount, expected 7, but received 6"));
    QCOMPARE(refusal(user, request(2, 1, 7), 1), QString());
    QCOMPARE(refusal(user, request(2, 1, 8), 1), QString());
    user.reserve(request(2, 1, 8), 17);
    user.served(2, U256(4));
    QCOMPARE(user.requiredOutput(), U256(4));
    QCOMPARE(user.lastOutput, std::optional(U256(4)));
    QCOMPARE(user.lastServed, std::optional(U256(2)));
}

void TestZerogBooks::callsSideBySidePayEachAnswerOnce()
{
    ProviderUser user = userWith(100'000);
    for (int nonce = 1; nonce <= 3; ++nonce)
        user.reserve(request(nonce, 1, 0), 1);
    user.served(1, U256(7));
    QCOMPARE(user.requiredOutput(), U256(0)); // two others are under way, and their caller may not have seen it
    user.served(2, U256(9));
    QCOMPARE(user.requiredOutput(), U256(7)); // more answers than calls under way: now it must declare one
    user.reserve(request(4, 1, 9), 19);
    QCOMPARE(user.requiredOutput(), U256(0));
    user.served(3, U256(2));
    user.served(4, U256(1));
    QCOMPARE(user.unpaid, (QList<U256>{7, 2, 1}));
    user.reserve(request(5, 1, 7), 15);
    QCOMPARE(user.unpaid, (QList<U256>{2, 1}));
}

void TestZerogBooks::aFailedCallGivesBackWhatItDeclared()
{
    ProviderUser user = userWith(1000);
    user.reserve(request(1, 5, 0), 5);
    user.served(1, U256(7));
    user.reserve(request(2, 1, 7), 15);
    QCOMPARE(user.unsettledFee(), Wei(20));
    const ProviderRow failed = user.failed(2, QStringLiteral("503"));
    QCOMPARE(failed.state, ProviderRow::State::Failed);
    QCOMPARE(user.unsettledFee(), Wei(5));
    QCOMPARE(user.requiredOutput(), U256(7));
    QCOMPARE(user.lastServed, std::optional(U256(1)));
    QVERIFY(!refusal(user, request(2, 1, 7), 1).isEmpty()); // its nonce is used up all the same
}

void TestZerogBooks::zerog_52_whatIsSettledNeverOvertakesACall()
{
    ProviderUser user = userWith(1000);
    for (int nonce : {3, 5, 8, 9})
        user.reserve(request(nonce, 1, 0), 1);
    user.served(3, U256(1));
    user.served(8, U256(1));
    QCOMPARE(user.settleable().size(), 1);
    user.served(5, U256(1));
    QCOMPARE(user.settleable().size(), 3);
    QCOMPARE(user.settledUpTo(8), qsizetype(3));
    QCOMPARE(user.unsettledFee(), Wei(1));
    user.failed(9, QString());
    QCOMPARE(user.unsettledFee(), Wei(0));
    QVERIFY(user.settleable().isEmpty());
}

void TestZerogBooks::feesAreReservedAndReleased()
{
    ProviderUser user = userWith(20);
    QCOMPARE(refusal(user, request(1, 21, 0), 21), QStringLiteral("insufficient balance, total fee of 21 exceeds the available balance of 20"));
    QCOMPARE(refusal(user, request(1, 20, 0), 20), QString());
    user.reserve(request(1, 20, 0), 20);
    QVERIFY(refusal(user, request(2, 1, 0), 1).startsWith(QStringLiteral("insufficient balance")));
    user.failed(1, QString());
    QCOMPARE(refusal(user, request(2, 1, 0), 1), QString());
    user.reserve(request(2, 1, 0), 1);
    user.served(2, U256(1));
    QCOMPARE(user.rejected(2, QStringLiteral("InvalidRequest(0)")).state, ProviderRow::State::Rejected);
    QCOMPARE(user.unsettledFee(), Wei(0));
}

void TestZerogBooks::timesAreNearAndAfterTheService()
{
    QVERIFY(!refusedForTime(request(1, 1, 0), service(), 1000));
    QVERIFY(!refusedForTime(request(1, 1, 0), service(), 700));
    QVERIFY(refusedForTime(request(1, 1, 0), service(), 699));
    QVERIFY(!refusedForTime(request(1, 1, 0), service(), 1300));
    QVERIFY(refusedForTime(request(1, 1, 0), service(), 1301));
    Service changed = service();
    changed.updatedAt = 1000; // in the same second: the ledger would not take it
    QVERIFY(refusedForTime(request(1, 1, 0), changed, 1000));
}

void TestZerogBooks::anAmountNeverWraps()
{
    Service dear = service();
    dear.inputPrice = maxU256();
    dear.outputPrice = maxU256();
    const U256 most = (U256(1) << 63) - 1;
    const Wei fee = feeOf(dear, most, most);
    QCOMPARE(fee, Wei(maxU256()) * Wei(most) * 2);
    ProviderUser user;
    user.lockBalance = maxU256();
    const auto refused = refusedByBook(request(1, 1, 0), 1, fee, user);
    QVERIFY(refused && refused->forBalance);
}

void TestZerogBooks::zerog_51_onlyWhatWasCountedIsSigned()
{
    ProviderAccount account;
    QCOMPARE(account.decide(1'000'000, 0, most).step, Step::Refuse);
    const UserCall call = account.begin(service(), 3, 1000, std::nullopt);
    QCOMPARE(call.request.nonce, U256(1));
    QCOMPARE(call.request.previousOutputCount, U256(0));
    account.done(1, 7);
    QCOMPARE(account.decide(7, 0, most).step, Step::Sign);
    QCOMPARE(account.decide(8, 0, most).step, Step::Refuse);
    QCOMPARE(account.decide(0, 0, most).step, Step::Sign);
}

void TestZerogBooks::anAnswerOnItsWayIsWaitedFor()
{
    ProviderAccount account;
    (void)account.begin(service(), 1, 1000, std::nullopt);
    account.done(1, 7);
    QCOMPARE(account.begin(service(), 1, 1000, std::nullopt).request.previousOutputCount, U256(7));
    QCOMPARE(account.nextOutput(), U256(0)); // it is declared by the call under way
    QCOMPARE(account.decide(9, 0, most).step, Step::Wait);
    QCOMPARE(account.decide(7, 0, most).step, Step::WaitShortly); // another of that length, or the one before: soon it is known
    QCOMPARE(account.decide(7, 3, most).step, Step::Sign);
    account.failed(2);
    QCOMPARE(account.nextOutput(), U256(7));
}

void TestZerogBooks::aCallInDoubtIsBelievedOnce()
{
    ProviderAccount account;
    (void)account.begin(service(), 1, 1000, std::nullopt);
    account.done(1, 7);
    (void)account.begin(service(), 1, 1000, std::nullopt);
    account.unknown(2);
    QCOMPARE(account.nextOutput(), U256(0)); // paid with the call that nobody knows of; if not, the provider asks for it
    QCOMPARE(account.decide(7, 0, most).step, Step::Sign);
    QCOMPARE(account.decide(12, 0, most).step, Step::SignInDoubt);
    // Whoever cuts its answers does not get whatever it names for them.
    QCOMPARE(account.decide(most, 0, most).step, Step::SignInDoubt);
    QCOMPARE(account.decide(U256(most + 1), 0, most).step, Step::Refuse);
    QCOMPARE(account.resolveOne(), U256(2));
    QCOMPARE(account.decide(12, 0, most).step, Step::Refuse);
}

void TestZerogBooks::requestsAreNewerThanTheService()
{
    ProviderAccount account;
    Service fresh = service();
    fresh.updatedAt = 1000;
    QCOMPARE(account.begin(fresh, 1, 1000, std::nullopt).request.createdAt, qint64(1001));
    QCOMPARE(account.begin(fresh, 1, 1005, std::nullopt).request.createdAt, qint64(1005));
}

void TestZerogBooks::refusalsAreRead_data()
{
    using Kind = ProviderRefusal::Kind;
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const QByteArray &body, Kind kind, const char *value) { QTest::newRow(name) << body << int(kind) << QString::fromLatin1(value); };
    row("nonce", refused(QStringLiteral("invalid nonce, received nonce 3 not greater than the previous nonce: 41")), Kind::Nonce, "41");
    row("a nonce that leads to the end", refused(QStringLiteral("invalid nonce, received nonce 3 not greater than the previous nonce: 9223372036854775806")), Kind::Nonce, "0");
    row("output", refused(QStringLiteral("invalid previousOutputCount, expected 7, but received 0")), Kind::PreviousOutput, "7");
    row("output of no number", refused(QStringLiteral("invalid previousOutputCount, expected x, but received 0")), Kind::Other, "0");
    row("service", refused(QStringLiteral("service updated, the request was created at 1, the service was updated at 2")), Kind::ServiceChanged, "0");
    row("balance", refused(QStringLiteral("insufficient balance, total fee of 1 exceeds the available balance of 0")), Kind::Other, "0");
    row("a service's own", R"({"error":"invalid nonce, received nonce 3 not greater than the previous nonce: 41"})", Kind::Other, "0");
    row("an object", R"({"error":{"message":"invalid nonce, "}})", Kind::Other, "0");
    row("no JSON", "invalid nonce, ", Kind::Other, "0");
    row("nothing", "", Kind::Other, "0");
}

void TestZerogBooks::refusalsAreRead()
{
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QString, value);
    const ProviderRefusal read = providerRefusal(body);
    QCOMPARE(int(read.kind), kind);
    QCOMPARE(toDecimal(read.value), value);
}

QTEST_GUILESS_MAIN(TestZerogBooks)
#include "tst_zerog_books.moc"
