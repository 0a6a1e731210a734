#include "peers/moved_clock.h"
#include "peers/outcome.h"
#include "peers/scripted_orchestrator.h"

#include "sluice/backend/user_data.h"
#include "sluice/payments/ticket_sender.h"
#include "sluice/store/settings_table.h"

#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cstdio>

using namespace sluice;

namespace {

constexpr int Histories = 10'000;

/// Signs nothing: what may be signed is judged before.
class FixedSigner final : public Signer {
public:
    [[nodiscard]] Address address() const override { return {}; }
    QCoro::Task<Signature> signHash(Hash32) override { co_return Signature(); }
};

/// One program, with whatever profile, that uses the purse: its own limits, its own calls, its own view of the shared file.
struct Program {
    Program(UserData &data, const QString &purse, const SpendLimits::Limits &own)
        : gate(own, data.spending(purse), clock)
    {
    }
    test::MovedClock clock;
    MemoryNonceStore nonces;
    SpendLimits gate;
    FixedSigner signer;
    TicketSender sender{signer, nonces, gate, {}, PaidAhead::make(nullptr, clock)};
    QMap<QString, Wei> sentByCall;
};

class Random {
public:
    explicit Random(quint32 seed)
        : m_generator(seed)
    {
    }
    int below(int n) { return int(m_generator.bounded(n)); }
    bool one(int in) { return below(in) == 0; }

private:
    QRandomGenerator m_generator;
};

/// What an orchestrator may say, honest or not.
TicketOrder orderOf(Random &random, quint32 salt)
{
    TicketOrder order;
    order.params = test::exampleTicketParams(salt); // worth 8e9 wei each, 8e11 when it wins
    if (random.one(4))
        order.params.faceValue = WireUint(U256(Wei(Wei(800'000'000'000) << random.below(60))));
    order.price.pricePerUnit = 1LL << random.below(36);
    order.needed = Rational(Wei(order.price.pricePerUnit) * random.below(400));
    if (random.one(5))
        order.needed = Rational(Wei(1) << random.below(90)); // a balance far below zero, says the orchestrator
    order.minimum = std::min(order.needed, Rational(Wei(order.price.pricePerUnit) * 60));
    order.partly = random.one(2);
    order.callId = QStringLiteral("call-%1").arg(random.below(3));
    order.account = QStringLiteral("account-%1").arg(random.below(2));
    if (random.one(2))
        order.acceptedPrice = Rational(Wei(1) << random.below(36));
    return order;
}

PurseLimits limitsOf(Random &random)
{
    const Wei ticket = 8'000'000'000;
    return {ticket * random.below(40), ticket * random.below(100), Wei(800'000'000'000) << random.below(30), Wei(1) << random.below(36)};
}

/// Spends from the purse until it is killed, and says what it sent.
int spendForEver(const QStringList &arguments)
{
    const auto data = orThrow(UserData::open(arguments.value(2)));
    Program program(*data, arguments.value(3), {});
    Random random(arguments.value(4).toUInt());
    for (int i = 0;; ++i) {
        auto reservation = program.gate.reserve(Wei(1 + random.below(1000)), QStringLiteral("call-%1").arg(i));
        if (!reservation)
            continue;
        if (random.one(3))
            continue; // given back
        const QByteArray line = toDecimal(reservation->amount()).toLatin1() + '\n';
        reservation->commit();
        std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
        std::fflush(stdout);
    }
}

} // namespace

/// A purse's limits, whoever uses it and whatever happens.
class PurseHistoriesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_10_tenThousandHistoriesNeverPassALimit();
    void payments_10_killedProgramsNeverPassTheDaysLimit();
    void aPurseHasLimitsBeforeAnybodySetAny();
    void aRaisedLimitHelpsEveryProgramAtOnce();
    void limitsOfOldProfilesMoveToThePurse();
};

void PurseHistoriesTest::payments_10_tenThousandHistoriesNeverPassALimit()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sluice.sqlite"));
    const std::array<std::shared_ptr<UserData>, 2> data{orThrow(UserData::open(path)), orThrow(UserData::open(path))};
    int sent = 0;
    int refused = 0;
    for (int history = 0; history < Histories; ++history) {
        Random random{quint32(history)};
        const QString purse = QStringLiteral("purse-%1").arg(history);
        PurseLimits limits = limitsOf(random);
        data[0]->setPurseLimits(purse, limits);
        std::vector<std::unique_ptr<Program>> programs;
        Wei today = 0;
        for (int step = 3 + random.below(4); step > 0; --step) {
            if (programs.size() < 3 && (programs.empty() || random.one(2))) {
                SpendLimits::Limits own;
                if (random.one(3))
                    own.perDay = Wei(8'000'000'000) * random.below(200); // a profile's, which never raises the purse's
                programs.push_back(std::make_unique<Program>(*data[size_t(random.below(2))], purse, own));
            }
            if (random.one(6)) {
                limits = limitsOf(random);
                data[size_t(random.below(2))]->setPurseLimits(purse, limits);
            }
            Program &program = *programs[size_t(random.below(int(programs.size())))];
            program.clock.advance(std::chrono::seconds(random.below(30)));
            const TicketOrder order = orderOf(random, quint32(random.below(1 << 30)));
            auto payment = test::outcomeOf(program.sender.prepare(order, CallContext()));
            if (!payment) {
                ++refused;
                continue;
            }
            if (payment->isEmpty())
                continue;
            const Wei amount = spendAmount(payment->totalEv());
            const int end = random.below(4);
            if (end == 0)
                continue; // never sent
            if (end == 1) {
                new PreparedPayment(std::move(*payment)); // NOLINT: the program dies here, and nobody gives anything back
                continue;
            }
            payment->markSent();
            ++sent;
            today += amount;
            program.sentByCall[order.callId] += amount;
            const Rational price(Wei(order.price.pricePerUnit));
            const Rational ticket = order.params.expectedValue();
            // Fine tickets round each minute up to whole ones; of coarse ones, one may stand on what must stay covered.
            const Rational twoMinutes = ticket <= price * 10 ? Rational(ticket * 2 * ceilOf(price * 60 / ticket))
                                                             : std::max(Rational(price * 120), Rational(price * 83 + ticket));
            QVERIFY2(program.sender.ahead()->ahead(order.account) <= twoMinutes, qPrintable(QStringLiteral("history %1").arg(history)));
            QVERIFY2(today <= *limits.perDay, qPrintable(QStringLiteral("history %1: %2 of %3").arg(history).arg(toDecimal(today), toDecimal(*limits.perDay))));
            QVERIFY2(program.sentByCall[order.callId] <= *limits.perCall, qPrintable(QStringLiteral("history %1").arg(history)));
            QVERIFY(Wei(order.params.faceValue.value()) <= *limits.faceValue);
            QVERIFY(Rational(Wei(order.price.pricePerUnit)) <= order.acceptedPrice.value_or(Rational(*limits.unseenPrice)));
        }
        const Wei booked = data[1]->spending(purse).total(programs.front()->clock.now().date());
        QVERIFY2(booked >= today, qPrintable(QStringLiteral("history %1").arg(history)));
    }
    qInfo("%d payments sent, %d refused", sent, refused);
    QVERIFY(sent > Histories / 10);
    QVERIFY(refused > Histories / 10);
}

void PurseHistoriesTest::payments_10_killedProgramsNeverPassTheDaysLimit()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sluice.sqlite"));
    const auto data = orThrow(UserData::open(path));
    const QString purse = QStringLiteral("0xKILLED");
    const Wei limit = 60'000;
    PurseLimits limits = PurseLimits::defaults();
    limits.perDay = limit;
    data->setPurseLimits(purse, limits);
    const QDate before = test::MovedClock().now().date();
    Wei said = 0;
    QRandomGenerator random(7);
    for (int round = 0; round < 6; ++round) {
        std::array<QProcess, 3> children;
        for (QProcess &child : children) {
            child.setProcessChannelMode(QProcess::SeparateChannels);
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--spend"), path, purse, QString::number(random.generate())});
        }
        for (QProcess &child : children) {
            QVERIFY(child.waitForStarted());
            // Killed amid its work, wherever that is: after the first payments, or when nothing is left to spend.
            child.waitForReadyRead(500);
            child.waitForReadyRead(int(random.bounded(1, 20)));
            child.kill();
        }
        for (QProcess &child : children) {
            QVERIFY(child.waitForFinished());
            QByteArray out = child.readAllStandardOutput();
            out.truncate(out.lastIndexOf('\n') + 1);
            for (const QByteArray &line : out.split('\n')) {
                if (!line.isEmpty())
                    said += orThrow(weiFromDecimal(QString::fromLatin1(line)));
            }
        }
        const Wei total = data->spending(purse).total(before);
        QVERIFY2(total <= limit, qPrintable(toDecimal(total)));
        QVERIFY2(said <= total, qPrintable(toDecimal(said)));
    }
    QVERIFY(said > 0);
}

void PurseHistoriesTest::aPurseHasLimitsBeforeAnybodySetAny()
{
    const auto data = UserData::inMemory();
    const PurseLimits limits = data->purseLimits(QStringLiteral("0xNEW"));
    QCOMPARE(limits, PurseLimits::defaults());
    QVERIFY(limits.perCall && limits.perDay && limits.faceValue && limits.unseenPrice);
    Program program(*data, QStringLiteral("0xNEW"), {});
    QVERIFY(!program.gate.reserve(*limits.perCall + 1, QStringLiteral("one")));
    QVERIFY(program.gate.reserve(*limits.perCall, QStringLiteral("one")));
    const auto huge = program.gate.checkFaceValue(pow(Wei(10), 24));
    QVERIFY(!huge);
    QVERIFY2(huge.error().advice().contains(QStringLiteral("sluicectl limits set --face-value")), qPrintable(huge.error().advice()));
}

void PurseHistoriesTest::aRaisedLimitHelpsEveryProgramAtOnce()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sluice.sqlite"));
    const auto one = orThrow(UserData::open(path));
    const auto other = orThrow(UserData::open(path));
    const QString purse = QStringLiteral("0xSHARED");
    PurseLimits limits = PurseLimits::defaults();
    limits.perDay = Wei(100);
    one->setPurseLimits(purse, limits);
    Program first(*one, purse, {});
    Program second(*other, purse, {});
    auto held = first.gate.reserve(Wei(60), QStringLiteral("a"));
    QVERIFY(held);
    held->commit();
    const auto stopped = second.gate.reserve(Wei(41), QStringLiteral("b"));
    QVERIFY(!stopped);
    QVERIFY2(stopped.error().advice().contains(QStringLiteral("sluicectl limits set --per-day \"101 wei\"")), qPrintable(stopped.error().advice()));
    limits.perDay = Wei(101);
    one->setPurseLimits(purse, limits);
    QVERIFY(second.gate.reserve(Wei(41), QStringLiteral("b")));
}

void PurseHistoriesTest::limitsOfOldProfilesMoveToThePurse()
{
    const auto data = UserData::inMemory();
    const QString purse = QStringLiteral("0xOLD");
    const auto store = [&](const char *name, const char *text) {
        data->settings().setSync(QStringLiteral("profile/") + QLatin1String(name), orThrow(Json::parse(text)));
        data->adoptProfileLimits(QLatin1String(name), purse);
    };
    store("a", R"({"name":"a","kind":"direct","max_spend_per_call_wei":"500","max_spend_per_day_wei":"900","max_spend_per_session_wei":"7"})");
    QCOMPARE(*data->purseLimits(purse).perCall, Wei(500));
    QCOMPARE(*data->purseLimits(purse).perDay, Wei(900));
    const Json kept = *data->settings().getSync(QStringLiteral("profile/a"));
    QVERIFY(!kept.contains(QStringLiteral("max_spend_per_call_wei")) && !kept.contains(QStringLiteral("max_spend_per_day_wei")));
    QCOMPARE(kept.value(QStringLiteral("max_spend_per_session_wei")).toString(), QStringLiteral("7"));
    // The stricter wins, and a generous one raises nothing.
    store("b", R"({"name":"b","kind":"direct","max_spend_per_call_wei":"400","max_spend_per_day_wei":"99999999999999999999999"})");
    QCOMPARE(*data->purseLimits(purse).perCall, Wei(400));
    QCOMPARE(*data->purseLimits(purse).perDay, Wei(900));
    // What a person writes into a profile now is what is meant.
    store("b", R"({"name":"b","kind":"direct","purse_per_call_wei":"600"})");
    QCOMPARE(*data->purseLimits(purse).perCall, Wei(600));
    QCOMPARE(*data->purseLimits(purse).perDay, Wei(900));
    store("c", R"({"name":"c","kind":"direct","max_spend_per_call_wei":"no number"})");
    QCOMPARE(*data->purseLimits(purse).perCall, Wei(600));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == QLatin1String("--spend"))
        return spendForEver(application.arguments());
    PurseHistoriesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_purse_histories.moc"
