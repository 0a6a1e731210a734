#include "peers/outcome.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/async.h"
#include "sluice/livepeer/choice.h"
#include "sluice/store/settings_table.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;
using namespace sluice::livepeer;
using test::outcomeOf;

namespace {

QUrl server(int number)
{
    return QUrl(QStringLiteral("https://o%1.example:8935").arg(number));
}

QList<QUrl> servers(int count)
{
    QList<QUrl> all;
    for (int i = 0; i < count; ++i)
        all.append(server(i));
    return all;
}

Probed terms(qint64 price, int latency = 30, std::optional<qint64> available = 1)
{
    Probed said;
    said.price = PriceInfo{price, 1};
    said.latency = std::chrono::milliseconds(latency);
    said.available = available;
    return said;
}

/// A network of servers that say what a test wants, and how many were asked at a time.
class Network final : public CandidateProbe {
public:
    QCoro::Task<Probed> probe(QUrl asked, CallContext context) override
    {
        ++running;
        most = std::max(most, running);
        order.append(asked);
        const Pause pause(std::chrono::milliseconds(5), context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
        --running;
        context.check();
        if (broken)
            throw *broken;
        co_return said.value(asked, terms(10));
    }

    QMap<QUrl, Probed> said;
    std::optional<Error> broken;
    QList<QUrl> order;
    int running = 0;
    int most = 0;
};

struct Setup {
    std::shared_ptr<UserData> data = UserData::inMemory();
    std::shared_ptr<CandidateBook> book = std::make_shared<CandidateBook>(data);
    std::shared_ptr<Network> network = std::make_shared<Network>();
    Choice choice(const QList<QUrl> &all, bool best = true, bool pinned = false) const
    {
        Choice::Options options;
        options.name = QStringLiteral("byoc/echo");
        options.book = book;
        options.probe = network;
        options.best = best;
        options.pinned = pinned;
        return Choice(all, options);
    }
};

QList<QUrl> allOf(Choice &choice)
{
    const auto all = outcomeOf(choice.rest(CallContext()));
    return all ? *all : QList<QUrl>();
}

RankedFacts facts(std::optional<qint64> price, std::optional<int> latency, std::optional<qint64> available = std::nullopt, qint64 taken = 0, qint64 passedOver = 0)
{
    RankedFacts one;
    if (price)
        one.price = Rational(*price);
    if (latency)
        one.latency = std::chrono::milliseconds(*latency);
    one.available = available;
    one.taken = taken;
    one.passedOver = passedOver;
    return one;
}

} // namespace

/// Which of several servers a call goes to: the ranking, the questions before it, and the rules that a person sets.
class ChoiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cheaperQuickerAndSteadierOnesComeFirst_data();
    void cheaperQuickerAndSteadierOnesComeFirst();
    void differencesOfMillisecondsDoNotCount();
    void pricesBeyond64BitsAreComparedExactly();
    void aListIsAskedInItsOrderAndNobodyBefore();
    void fiveAreAskedAtATimeAndTheNextFiveWhenThoseAreUsedUp();
    void thoseThatDoNotAnswerAreNotGivenOutAndSayWhy();
    void termsAreNotAskedForTwiceWithinAMinute();
    void aSignerThatIsAwayIsNoServersFault();
    void aCancelledQuestionEndsTheChoice();
    void howCallsWentIsRememberedAndCounts();
    void whatIsStoredIsBounded();
    void aPinnedOneThatIsAwayIsSaid();
    void rulesKeepOriginsAndRefuseWhatIsNone();
};

void ChoiceTest::cheaperQuickerAndSteadierOnesComeFirst_data()
{
    QTest::addColumn<QList<RankedFacts>>("all");
    QTest::addColumn<QList<qsizetype>>("order");
    using All = QList<RankedFacts>;
    using Order = QList<qsizetype>;
    QTest::newRow("cheaper") << All{facts(20, 50), facts(10, 50)} << Order{1, 0};
    QTest::newRow("quicker") << All{facts(10, 200), facts(10, 50)} << Order{1, 0};
    QTest::newRow("steadier") << All{facts(10, 50, {}, 1, 9), facts(10, 50, {}, 9, 1)} << Order{1, 0};
    QTest::newRow("as listed where nothing differs") << All{facts(10, 50), facts(10, 50), facts(10, 50)} << Order{0, 1, 2};
    QTest::newRow("much cheaper beats a little quicker") << All{facts(100, 40), facts(10, 60)} << Order{1, 0};
    QTest::newRow("one that fails always loses to a dearer one") << All{facts(10, 50, {}, 0, 60), facts(12, 50, {}, 60, 0)} << Order{1, 0};
    QTest::newRow("full ones later") << All{facts(1, 20, 0), facts(100, 900, 1)} << Order{1, 0};
    QTest::newRow("who does not tell is not full") << All{facts(1, 20, 0), facts(100, 900)} << Order{1, 0};
    QTest::newRow("free of charge is the cheapest") << All{facts(1, 50), facts(0, 50)} << Order{1, 0};
    QTest::newRow("a known price before none") << All{facts({}, 50), facts(1'000'000, 50)} << Order{1, 0};
    RankedFacts away = facts(1, 20);
    away.away = true;
    QTest::newRow("away last") << All{away, facts(100, 900, 0)} << Order{1, 0};
    QTest::newRow("none") << All{} << Order{};
}

void ChoiceTest::cheaperQuickerAndSteadierOnesComeFirst()
{
    QFETCH(QList<RankedFacts>, all);
    QFETCH(QList<qsizetype>, order);
    QCOMPARE(bestFirst(all), order);
    for (const int merit : merits(all))
        QVERIFY(merit >= 0 && merit <= 1000);
}

void ChoiceTest::differencesOfMillisecondsDoNotCount()
{
    QCOMPARE(bestFirst({facts(10, 19), facts(10, 1)}), (QList<qsizetype>{0, 1}));
}

void ChoiceTest::pricesBeyond64BitsAreComparedExactly()
{
    RankedFacts dear = facts({}, 50);
    dear.price = Rational(Wei("340282366920938463463374607431768211457"));
    RankedFacts less = dear;
    less.price = Rational(Wei("340282366920938463463374607431768211457"), Wei(2));
    QCOMPARE(bestFirst({dear, less}), (QList<qsizetype>{1, 0}));
}

void ChoiceTest::aListIsAskedInItsOrderAndNobodyBefore()
{
    const Setup setup;
    setup.network->said.insert(server(2), terms(1));
    Choice choice = setup.choice(servers(3), false);
    QCOMPARE(allOf(choice), servers(3));
    QVERIFY(setup.network->order.isEmpty());
}

void ChoiceTest::fiveAreAskedAtATimeAndTheNextFiveWhenThoseAreUsedUp()
{
    const Setup setup;
    setup.network->said.insert(server(3), terms(1));
    setup.network->said.insert(server(6), terms(1)); // the best of all, and yet of the second batch
    Choice choice = setup.choice(servers(7));
    QList<QUrl> given;
    for (int i = 0; i < 5; ++i) {
        given.append(*outcomeOf(choice.next(CallContext())).value());
        QCOMPARE(setup.network->order.size(), 5);
    }
    QCOMPARE(setup.network->most, 5);
    QCOMPARE(given.first(), server(3));
    QCOMPARE(*outcomeOf(choice.next(CallContext())).value(), server(6));
    QCOMPARE(setup.network->order.size(), 7);
    QCOMPARE(*outcomeOf(choice.next(CallContext())).value(), server(5));
    QVERIFY(!outcomeOf(choice.next(CallContext())).value());
}

void ChoiceTest::thoseThatDoNotAnswerAreNotGivenOutAndSayWhy()
{
    const Setup setup;
    Probed away;
    away.failure = Error(Error::Kind::Network, QStringLiteral("connection refused"));
    setup.network->said.insert(server(0), away);
    Choice choice = setup.choice(servers(2));
    QCOMPARE(allOf(choice), QList<QUrl>{server(1)});
    QCOMPARE(choice.rejections(), (QList<Rejection>{{server(0), QStringLiteral("connection refused")}}));
    QCOMPARE(setup.book->experience(server(0)).passedOver, 1);
}

void ChoiceTest::termsAreNotAskedForTwiceWithinAMinute()
{
    const Setup setup;
    Choice first = setup.choice(servers(3));
    QCOMPARE(allOf(first).size(), 3);
    Choice second = setup.choice(servers(4));
    QCOMPARE(allOf(second).size(), 4);
    QCOMPARE(setup.network->order.size(), 4);
}

void ChoiceTest::aSignerThatIsAwayIsNoServersFault()
{
    const Setup setup;
    setup.network->broken = Error(Error::Kind::Signer, QStringLiteral("the signer is away"));
    Choice choice = setup.choice(servers(3));
    const auto next = outcomeOf(choice.next(CallContext()));
    QVERIFY(!next);
    QCOMPARE(next.error().kind(), Error::Kind::Signer);
    QVERIFY(choice.rejections().isEmpty());
    QCOMPARE(setup.network->running, 0); // nobody is left behind
}

void ChoiceTest::aCancelledQuestionEndsTheChoice()
{
    const Setup setup;
    Choice choice = setup.choice(servers(3));
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    source.cancel();
    QCOMPARE(outcomeOf(choice.next(context)).error().kind(), Error::Kind::Canceled);
    QVERIFY(setup.network->order.isEmpty());
}

void ChoiceTest::howCallsWentIsRememberedAndCounts()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("data.sqlite"));
    {
        Setup setup;
        setup.data = *UserData::open(path);
        setup.book = std::make_shared<CandidateBook>(setup.data);
        Choice choice = setup.choice(servers(2), false);
        for (int i = 0; i < 3; ++i)
            choice.passedOver(server(0), Error(Error::Kind::Http, QStringLiteral("no room")));
        choice.took(server(1));
        QTRY_COMPARE(setup.data->settings().getSync(QStringLiteral("candidates/https://o0.example:8935")).value_or(Json()).value(QStringLiteral("passed_over")).toInt64(), std::optional<qint64>(3));
        QTRY_VERIFY(setup.data->settings().getSync(QStringLiteral("candidates/https://o1.example:8935")));
    }
    Setup later;
    later.data = *UserData::open(path);
    later.book = std::make_shared<CandidateBook>(later.data);
    Choice choice = later.choice(servers(2));
    QCOMPARE(allOf(choice), (QList<QUrl>{server(1), server(0)}));
    const Experience past = later.book->experience(server(0));
    QCOMPARE(past.passedOver, 3);
    QCOMPARE(past.tookLast, std::optional(false));
    QCOMPARE(past.reason, QStringLiteral("no room"));
    QCOMPARE(later.book->experience(server(1)).tookLast, std::optional(true));
}

void ChoiceTest::whatIsStoredIsBounded()
{
    const Setup setup;
    for (int i = 0; i < 1000; ++i)
        setup.book->took(server(0));
    QVERIFY(setup.book->experience(server(0)).taken <= 64);
    setup.book->passedOver(server(0), QString(100'000, QLatin1Char('x')));
    QVERIFY(setup.book->experience(server(0)).reason.size() <= 300);
    setup.book->took(QUrl(QStringLiteral("file:///etc/passwd")));
    QCOMPARE(setup.book->experience(QUrl(QStringLiteral("file:///etc/passwd"))).taken, 0);
}

void ChoiceTest::aPinnedOneThatIsAwayIsSaid()
{
    const Setup setup;
    const Choice pinned = setup.choice({server(0)}, false, true);
    const Error away(Error::Kind::Network, QStringLiteral("The connection was refused."));
    const Error told = pinned.soleFailure(away);
    QCOMPARE(told.kind(), Error::Kind::NoOrchestrator);
    QVERIFY2(told.message().contains(QStringLiteral("o0.example")) && told.message().contains(QStringLiteral("pinned")) && told.message().contains(away.message()), qPrintable(told.message()));
    QCOMPARE(told.rejections().size(), 1);
    // What a person has to decide, or what was paid, is told as it is.
    QCOMPARE(pinned.soleFailure(Error(Error::Kind::TlsChanged, QStringLiteral("changed"))).kind(), Error::Kind::TlsChanged);
    QCOMPARE(pinned.soleFailure(Error(away).withPaymentSent()).kind(), Error::Kind::Network);
    QCOMPARE(setup.choice({server(0)}, false).soleFailure(away).kind(), Error::Kind::Network);
}

void ChoiceTest::rulesKeepOriginsAndRefuseWhatIsNone()
{
    SelectionRules rules;
    rules.pin(QUrl(QStringLiteral("HTTPS://O1.Example:443/path?x=1")));
    QCOMPARE(rules.pinned, QUrl(QStringLiteral("https://o1.example")));
    QVERIFY(rules.isPinned(QUrl(QStringLiteral("https://o1.example/other"))));
    QVERIFY(!rules.isPinned(QUrl(QStringLiteral("http://o1.example"))));
    QVERIFY(rules.exclude(QUrl(QStringLiteral("https://o1.example:443")), true));
    QVERIFY(rules.pinned.isEmpty()); // nobody is both
    QVERIFY(rules.isExcluded(QUrl(QStringLiteral("https://o1.example"))));
    rules.order = SelectionRules::Order::Best;
    const auto read = SelectionRules::fromJson(orThrow(Json::parse(rules.toJson().dump())));
    QVERIFY(read && *read == rules);
    rules.pin(QUrl(QStringLiteral("https://o1.example")));
    QVERIFY(!rules.isExcluded(QUrl(QStringLiteral("https://o1.example"))));
    QVERIFY(!rules.exclude(QUrl(QStringLiteral("ftp://x")), true));
    for (const char *bad : {"[]", "{\"pinned\":7}", "{\"pinned\":\"javascript:alert(1)\"}", "{\"excluded\":{}}", "{\"excluded\":[\"\"]}", "{\"order\":\"worst\"}"})
        QVERIFY2(!SelectionRules::fromJson(orThrow(Json::parse(bad))), bad);
    for (int i = 0; i < SelectionRules::MaxExcluded; ++i)
        QVERIFY(rules.exclude(server(i), true));
    QVERIFY(!rules.exclude(server(1000), true));
}

QTEST_GUILESS_MAIN(ChoiceTest)
#include "tst_livepeer_choice.moc"
