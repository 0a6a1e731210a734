#include "gateway_fixture.h"

#include "sluice/gateway/profile_store.h"
#include "sluice/net/pin_store.h"

#include <QtCore/QTemporaryDir>

using namespace sluice;
using namespace sluice::test;

namespace {

const QString Echo = QStringLiteral("echo");

QByteArray listOf(const QList<QUrl> &orchestrators)
{
    Json list = Json::array();
    for (const QUrl &url : orchestrators)
        list.append(Json{{QStringLiteral("address"), url.toString()}, {QStringLiteral("capabilities"), Json::array({Json(QStringLiteral("byoc/echo"))})}});
    return list.dump();
}

/// Orchestrators that a discovery service names.
struct Network {
    explicit Network(int count)
    {
        for (int i = 0; i < count; ++i) {
            orchestrators.push_back(std::make_unique<ScriptedOrchestrator>());
            orchestrators.back()->setPrice(Price);
        }
        discovery.setPage("/list", ScriptedOrchestrator::json(200, listOf(urls())));
    }
    [[nodiscard]] QList<QUrl> urls() const
    {
        QList<QUrl> all;
        for (const auto &one : orchestrators)
            all.append(one->url());
        return all;
    }
    [[nodiscard]] GatewayConfig config() const
    {
        GatewayConfig config;
        config.senderKey = Secret(SenderKey);
        config.discoveryUrl = discovery.url().toString() + QStringLiteral("/list");
        return config;
    }
    [[nodiscard]] int jobs() const
    {
        int all = 0;
        for (const auto &one : orchestrators)
            all += int(one->jobs().size());
        return all;
    }
    std::vector<std::unique_ptr<ScriptedOrchestrator>> orchestrators;
    ScriptedOrchestrator discovery;
};

/// An address at which nobody listens.
QUrl nobody()
{
    ScriptedOrchestrator gone;
    return gone.url();
}

CandidateReport reportOf(Gateway &gateway)
{
    const auto report = settled(gateway.candidates({QStringLiteral("byoc"), Echo, QString()}));
    if (!report)
        qWarning("%s", qUtf8Printable(report.error().describe()));
    return report ? *report : CandidateReport();
}

} // namespace

/// Which of several orchestrators a call goes to, from the outside: price, pins, exclusions, and what is told of it.
class GatewaySelectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aListIsAskedInItsOrderWhateverItCosts();
    void ofThoseThatDiscoveryNamesTheCheapestIsAsked();
    void theNextBestTakesWhatTheBestDoesNot();
    void theListingNamesThePriceOfTheOneThatIsAskedFirst();
    void aPinnedOneTakesTheCallWhateverOthersCost();
    void aPinnedOneThatIsAwayIsAnErrorAndNobodyElse_data();
    void aPinnedOneThatIsAwayIsAnErrorAndNobodyElse();
    void aPinnedOneThatOffersNothingIsAnError();
    void excludedOnesAreNotAsked();
    void allExcludedIsAnErrorThatSaysSo();
    void rulesHoldFromTheNextCallOn();
    void theReportSaysWhatEachAsksAndWhy();
    void theReportPaysNothing();
    void aGatewayChoosesItself();
    void sdk_33_runnersThatDiscoveryNamesAreNotAskedForTheirSchema();
    void sdk_34_noStreamIsStartedThroughAGatewayWhateverItsName();
    void rulesAreKeptInTheProfile();
};

void GatewaySelectionTest::aListIsAskedInItsOrderWhateverItCosts()
{
    ScriptedOrchestrator dear;
    ScriptedOrchestrator cheap;
    dear.setPrice(Price * 2);
    cheap.setPrice(Price);
    GatewayConfig config = directConfig({dear.url(), cheap.url()});
    Gateway gateway(config);
    QVERIFY(settled(gateway.run(callTo(Echo))));
    QCOMPARE(dear.jobs().size(), 1);
    // A person can have it otherwise.
    SelectionRules rules;
    rules.order = SelectionRules::Order::Best;
    gateway.setSelection(rules);
    QVERIFY(settled(gateway.run(callTo(Echo))));
    QCOMPARE(cheap.jobs().size(), 1);
}

void GatewaySelectionTest::ofThoseThatDiscoveryNamesTheCheapestIsAsked()
{
    Network network(3);
    network.orchestrators[0]->setPrice(Price * 3);
    network.orchestrators[1]->setPrice(Price * 2);
    Gateway gateway(network.config());
    QVERIFY(settled(gateway.run(callTo(Echo))));
    QCOMPARE(network.orchestrators[2]->jobs().size(), 1);
    QCOMPARE(network.jobs(), 1);
}

void GatewaySelectionTest::theNextBestTakesWhatTheBestDoesNot()
{
    Network network(3);
    network.orchestrators[0]->setPrice(Price * 3);
    network.orchestrators[1]->setPrice(Price * 2);
    network.orchestrators[2]->setTokenAnswer(ScriptedOrchestrator::drop());
    Gateway gateway(network.config());
    const auto result = settled(gateway.run(callTo(Echo)));
    QVERIFY2(result, result ? "" : qPrintable(result.error().describe()));
    QCOMPARE(result->servedBy, network.orchestrators[1]->url());
    const CandidateReport report = reportOf(gateway);
    QCOMPARE(report.candidates.first().server, network.orchestrators[1]->url());
    QCOMPARE(report.candidates.first().tookLast, std::optional(true));
    QCOMPARE(report.candidates.last().server, network.orchestrators[2]->url());
    QCOMPARE(report.candidates.last().standing, Candidate::Standing::Away);
    QCOMPARE(report.candidates.last().tookLast, std::optional(false));
    QVERIFY(!report.candidates.last().trouble.isEmpty());
}

void GatewaySelectionTest::theListingNamesThePriceOfTheOneThatIsAskedFirst()
{
    Network network(2);
    network.orchestrators[0]->setPrice(Price * 2);
    Gateway gateway(network.config());
    const auto info = settled(gateway.describe(Echo));
    QVERIFY2(info, info ? "" : qPrintable(info.error().describe()));
    QCOMPARE(info->price->pricePerUnit, Price);
    QCOMPARE(info->orchestrators.first(), network.orchestrators[1]->url());
}

void GatewaySelectionTest::aPinnedOneTakesTheCallWhateverOthersCost()
{
    Network network(3);
    network.orchestrators[1]->setPrice(Price * 5);
    GatewayConfig config = network.config();
    config.selection.pin(network.orchestrators[1]->url());
    Gateway gateway(config);
    QVERIFY(settled(gateway.run(callTo(Echo))));
    QCOMPARE(network.orchestrators[1]->jobs().size(), 1);
    QCOMPARE(network.orchestrators[0]->tokenRequests().size(), 0);
}

void GatewaySelectionTest::aPinnedOneThatIsAwayIsAnErrorAndNobodyElse_data()
{
    QTest::addColumn<bool>("discovered");
    QTest::newRow("of a list") << false;
    QTest::newRow("of a discovery service") << true;
}

void GatewaySelectionTest::aPinnedOneThatIsAwayIsAnErrorAndNobodyElse()
{
    QFETCH(bool, discovered);
    Network network(1);
    const QUrl away = nobody();
    GatewayConfig config = discovered ? network.config() : directConfig({away, network.urls().first()});
    if (discovered)
        network.discovery.setPage("/list", ScriptedOrchestrator::json(200, listOf({network.urls().first(), away})));
    config.selection.pin(away);
    Gateway gateway(config);
    for (const Verb verb : {Verb::Run, Verb::Stream, Verb::Live}) {
        std::optional<Error> error;
        if (verb == Verb::Run) {
            const auto result = settled(gateway.run(callTo(Echo)));
            error = result ? std::nullopt : std::optional(result.error());
        } else if (verb == Verb::Stream) {
            const auto stream = gateway.stream(callTo(Echo, verb));
            const auto next = settled(stream->next());
            error = next ? std::nullopt : std::optional(next.error());
        } else {
            const auto session = gateway.live(callTo(Echo, verb));
            const auto ready = settled(session->ready());
            error = ready ? std::nullopt : std::optional(ready.error());
        }
        QVERIFY(error);
        QCOMPARE(error->kind(), Error::Kind::NoOrchestrator);
        QVERIFY2(error->message().contains(QStringLiteral("pinned")) && error->message().contains(away.toString()), qPrintable(error->message()));
        QVERIFY(error->advice().contains(QStringLiteral("pin")));
    }
    QCOMPARE(network.jobs(), 0);
}

void GatewaySelectionTest::aPinnedOneThatOffersNothingIsAnError()
{
    Network network(2);
    GatewayConfig config = network.config();
    config.selection.pin(QUrl(QStringLiteral("https://elsewhere.example:8935")));
    Gateway gateway(config);
    const auto result = settled(gateway.run(callTo(Echo)));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::NoOrchestrator);
    QVERIFY(result.error().message().contains(QStringLiteral("elsewhere.example")));
    QCOMPARE(network.jobs(), 0);
    const CandidateReport report = reportOf(gateway);
    QCOMPARE(report.missingPin, config.selection.pinned);
    for (const Candidate &one : report.candidates)
        QCOMPARE(one.standing, Candidate::Standing::NotPinned);
}

void GatewaySelectionTest::excludedOnesAreNotAsked()
{
    Network network(3);
    GatewayConfig config = network.config();
    QVERIFY(config.selection.exclude(network.orchestrators[0]->url(), true));
    Gateway gateway(config);
    network.orchestrators[1]->then(ScriptedOrchestrator::text(503, "no"));
    network.orchestrators[2]->then(ScriptedOrchestrator::text(503, "no"));
    network.orchestrators[1]->then(ScriptedOrchestrator::text(503, "no"));
    network.orchestrators[2]->then(ScriptedOrchestrator::text(503, "no"));
    QVERIFY(!settled(gateway.run(callTo(Echo))));
    QCOMPARE(network.orchestrators[0]->jobs().size(), 0);
    QCOMPARE(network.orchestrators[0]->tokenRequests().size(), 0);
}

void GatewaySelectionTest::allExcludedIsAnErrorThatSaysSo()
{
    Network network(2);
    GatewayConfig config = network.config();
    for (const QUrl &url : network.urls())
        QVERIFY(config.selection.exclude(url, true));
    Gateway gateway(config);
    const auto result = settled(gateway.run(callTo(Echo)));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::NoOrchestrator);
    QVERIFY2(result.error().message().contains(QStringLiteral("excluded")), qPrintable(result.error().message()));
    QCOMPARE(network.jobs(), 0);
}

void GatewaySelectionTest::rulesHoldFromTheNextCallOn()
{
    ScriptedOrchestrator first;
    ScriptedOrchestrator second;
    Gateway gateway(directConfig({first.url(), second.url()}));
    QVERIFY(settled(gateway.run(callTo(Echo))));
    SelectionRules rules;
    rules.pin(second.url());
    gateway.setSelection(rules);
    QCOMPARE(gateway.selection(), rules);
    QVERIFY(settled(gateway.run(callTo(Echo))));
    gateway.setSelection({});
    QVERIFY(settled(gateway.run(callTo(Echo))));
    QCOMPARE(first.jobs().size(), 2);
    QCOMPARE(second.jobs().size(), 1);
}

void GatewaySelectionTest::theReportSaysWhatEachAsksAndWhy()
{
    Network network(4);
    network.orchestrators[0]->setPrice(Price * 2);
    network.orchestrators[1]->setCapacity(0);
    network.orchestrators[3]->setTokenAnswer(ScriptedOrchestrator::text(500, "<b>broken</b>"));
    GatewayConfig config = network.config();
    QVERIFY(config.selection.exclude(network.orchestrators[2]->url(), true));
    Gateway gateway(config);
    const CandidateReport report = reportOf(gateway);
    QVERIFY(report.byDiscovery);
    QCOMPARE(report.basis, CandidateReport::Basis::Best);
    QCOMPARE(report.candidates.size(), 4);
    const auto of = [&](int i) {
        return *std::find_if(report.candidates.begin(), report.candidates.end(), [&](const Candidate &one) { return one.server == network.orchestrators[std::size_t(i)]->url(); });
    };
    QCOMPARE(of(0).standing, Candidate::Standing::First);
    QCOMPARE(of(0).rank, 1);
    QCOMPARE(of(0).price->pricePerUnit, Price * 2);
    QVERIFY(of(0).latency);
    QCOMPARE(of(1).standing, Candidate::Standing::Full);
    QCOMPARE(of(1).available, std::optional(0));
    QCOMPARE(of(2).standing, Candidate::Standing::Excluded);
    QCOMPARE(of(2).rank, 0);
    QCOMPARE(of(2).price->pricePerUnit, Price); // known all the same
    QCOMPARE(of(3).standing, Candidate::Standing::Away);
    QVERIFY2(of(3).trouble.contains(QStringLiteral("500")), qPrintable(of(3).trouble));
}

void GatewaySelectionTest::theReportPaysNothing()
{
    Network network(2);
    const auto data = UserData::inMemory();
    Gateway gateway(network.config(), data);
    QCOMPARE(reportOf(gateway).candidates.size(), 2);
    QCOMPARE(network.jobs(), 0);
    QVERIFY(latestRun(*data).id.isEmpty());
}

void GatewaySelectionTest::aGatewayChoosesItself()
{
    const ScriptedOrchestrator through;
    GatewayConfig config;
    config.gatewayUrl = through.url().toString();
    Gateway gateway(config);
    const auto report = settled(gateway.candidates({QStringLiteral("byoc"), Echo, QString()}));
    QVERIFY(!report);
    QCOMPARE(report.error().kind(), Error::Kind::NotRouted);
    const auto other = settled(gateway.candidates({QStringLiteral("openai"), Echo, QString()}));
    QCOMPARE(other.error().kind(), Error::Kind::NotRouted);
    QVERIFY(gateway.hasCandidates(QStringLiteral("byoc")) && !gateway.hasCandidates(QStringLiteral("openai")));
}

void GatewaySelectionTest::sdk_33_runnersThatDiscoveryNamesAreNotAskedForTheirSchema()
{
    Network network(1);
    ScriptedOrchestrator runner;
    const Json single{{QStringLiteral("url"), runner.url().toString() + QStringLiteral("/apps/hello/app")}, {QStringLiteral("app"), "acme/hello"}, {QStringLiteral("mode"), "single-shot"}};
    const Json entry{{QStringLiteral("address"), network.urls().first().toString()}, {QStringLiteral("capabilities"), Json::array({Json(QStringLiteral("byoc/echo"))})},
        {QStringLiteral("runners"), Json::array({single})}};
    network.discovery.setPage("/list", ScriptedOrchestrator::json(200, Json::array({entry}).dump()));
    Gateway gateway(network.config());
    QVERIFY(settled(gateway.capabilities()));
    QVERIFY(settled(gateway.describe(Echo)));
    (void)settled(gateway.describe(QStringLiteral("acme/hello")));
    QCOMPARE(reportOf(gateway).candidates.size(), 1);
    QVERIFY(settled(gateway.run(callTo(Echo))));
    QCOMPARE(runner.requestCount(), 0);
}

void GatewaySelectionTest::sdk_34_noStreamIsStartedThroughAGatewayWhateverItsName()
{
    const ScriptedOrchestrator through;
    GatewayConfig config;
    config.gatewayUrl = through.url().toString();
    Gateway gateway(config);
    for (const char *name : {"demo-out", "demo"}) {
        Call call = callTo(Echo, Verb::Live);
        call.parameters = Json{{QStringLiteral("stream_name"), QString::fromLatin1(name)}};
        const auto session = gateway.live(call);
        const auto ready = settled(session->ready());
        QVERIFY(!ready);
        QCOMPARE(ready.error().kind(), Error::Kind::NotRouted);
    }
    for (const auto &job : through.jobs())
        QVERIFY2(!job.request.path.contains("stream"), job.request.path.constData());
    QCOMPARE(through.jobs().size(), 0);
}

void GatewaySelectionTest::rulesAreKeptInTheProfile()
{
    const auto data = UserData::inMemory();
    ProfileStore store(data);
    const QUrl server(QStringLiteral("https://o.example:8935"));
    const auto changed = settled(store.changeSelection(QStringLiteral("sandbox"), [server](const SelectionRules &stored) {
        SelectionRules rules = stored;
        rules.pin(server);
        return rules;
    }));
    QVERIFY2(changed, changed ? "" : qPrintable(changed.error().describe()));
    QCOMPARE(changed->selection.pinned, server);
    // What the dialog saves leaves it alone.
    Profile edited = *changed;
    edited.selection = {};
    QVERIFY(settled(store.saveSettings(edited)));
    const auto all = settled(store.list());
    QCOMPARE(all->first().selection.pinned, server);
    GatewayConfig config;
    all->first().applyTo(config);
    QCOMPARE(config.selection.pinned, server);
    QVERIFY(!settled(store.changeSelection(QStringLiteral("nobody's"), [](const SelectionRules &rules) { return rules; })));
    QVERIFY(!settled(store.changeSelection(QStringLiteral("sandbox"), [](const SelectionRules &) -> SelectionRules { throw Error(Error::Kind::InvalidInput, QStringLiteral("no")); })));
    QCOMPARE(settled(store.list())->first().selection.pinned, server);
}

QTEST_GUILESS_MAIN(GatewaySelectionTest)
#include "tst_gateway_selection.moc"
