#include "peers/outcome.h"

#include "sluice/gateway/gateway.h"
#include "sluice/backend/user_data.h"
#include "sluice/media/frame.h"
#include "sluice/media/test_pattern.h"
#include "sluice/sandbox/sandbox_network.h"
#include "sluice/store/run_history.h"
#include "sluice/store/ticket_log.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>

using namespace sluice;
using namespace std::chrono_literals;

namespace {

/// The sandbox and a gateway to it, in this process.
struct Network {
    explicit Network(const std::function<void(SandboxOptions &)> &change = {})
    {
        SandboxOptions options;
        options.stateFile = folder.filePath(QStringLiteral("sandbox.sqlite"));
        if (change)
            change(options);
        sandbox = std::make_unique<SandboxNetwork>(options);
        ready = orThrow(test::outcomeOf(sandbox->start()));
        GatewayConfig config;
        config.orchUrls = {ready.value(QStringLiteral("orchestrator")).toString()};
        config.senderKey = Secret(QByteArrayView(ready.value(QStringLiteral("sender_key")).toString().toLatin1()));
        data = UserData::inMemory();
        gateway = std::make_unique<Gateway>(config, data);
    }
    [[nodiscard]] static Call call(const QString &capability, const QString &model = {})
    {
        Call made;
        made.capability = capability;
        made.model = model;
        made.verb = Verb::Live;
        made.input = Json::object();
        return made;
    }

    QTemporaryDir folder;
    std::unique_ptr<SandboxNetwork> sandbox;
    Json ready;
    std::shared_ptr<UserData> data;
    std::unique_ptr<Gateway> gateway;
};

std::shared_ptr<media::VideoSource> pattern()
{
    return std::make_shared<media::TestPatternSource>(media::VideoFormat{320, 240, 15});
}

} // namespace

/// The sandbox's own live-video-to-video through the Gateway: real runner, real video, real tickets.
class Lv2vSandboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theReadyLineNamesTheAddress();
    void theCatalogListsTheModelsAtTheirPrice();
    void videoGoesThereAndBackAndIsPaid();
    void parametersGoDownTheControlChannel();
    void refusedParametersEndTheStart();
    void anUnknownModelIsRefused();
    void discoveryLeadsToTheAddress();
    void sdk_08_otherVerbsAreNotRouted();
    void sdk_21_closingTwiceIsHarmless();
};

void Lv2vSandboxTest::theReadyLineNamesTheAddress()
{
    const Network network;
    const QUrl url(network.ready.value(QStringLiteral("lv2v")).toString());
    QCOMPARE(url.scheme(), QStringLiteral("https"));
    QCOMPARE(url.host(), QStringLiteral("127.0.0.1"));
    QCOMPARE(url, QUrl(network.ready.value(QStringLiteral("orchestrator")).toString())); // one port for HTTP and gRPC
}

void Lv2vSandboxTest::theCatalogListsTheModelsAtTheirPrice()
{
    const Network network([](SandboxOptions &options) { options.prices = {{QStringLiteral("noop"), 12'345}}; });
    QFuture<QList<CapabilityInfo>> listing = network.gateway->capabilities();
    QTRY_VERIFY_WITH_TIMEOUT(listing.isFinished(), 20000);
    QStringList models;
    for (const CapabilityInfo &info : listing.result()) {
        if (info.backend != QLatin1String("lv2v"))
            continue;
        models.append(info.model);
        QCOMPARE(info.name, QStringLiteral("live-video-to-video/") + info.model);
        QCOMPARE(info.verbs, QList<Verb>{Verb::Live});
        if (info.model == QLatin1String("noop")) {
            QCOMPARE(*info.price, (PriceQuote{12'345, 1, QStringLiteral("second")}));
            QCOMPARE(*info.capacity, 4);
            QCOMPARE(*info.availableCapacity, 4);
        }
    }
    models.sort();
    QCOMPARE(models, (QStringList{QStringLiteral("noop"), QStringLiteral("video-filter")}));
}

void Lv2vSandboxTest::videoGoesThereAndBackAndIsPaid()
{
    const Network network;
    const auto session = network.gateway->live(Network::call(QStringLiteral("live-video-to-video"), QStringLiteral("noop")));
    std::atomic<int> frames{0};
    session->setFrameHandler([&frames](const media::Frame &) { ++frames; });
    QSignalSpy events(session.get(), &LiveSession::event);
    session->publish(pattern());
    QTRY_VERIFY2_WITH_TIMEOUT(session->state() != LiveSession::State::Starting, "the session did not start", 20000);
    QCOMPARE(session->state(), LiveSession::State::Ready);
    QTRY_VERIFY_WITH_TIMEOUT(frames > 10, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!events.isEmpty(), 15000);
    QCOMPARE(session->streamId().size(), 8);
    QCOMPARE(session->servedBy(), QUrl(network.ready.value(QStringLiteral("orchestrator")).toString()));
    QVERIFY(session->channelUrl(LiveSession::Channel::Data).isEmpty());
    const Payment payment = session->payment();
    QCOMPARE(payment.tickets.size(), 1); // a minute costs less than a ticket
    QVERIFY(payment.balanceAfter.has_value());
    QFuture<void> closed = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), 15000);
    QCOMPARE(session->state(), LiveSession::State::Closed);

    const QList<TicketRow> tickets = orThrow(test::outcomeOf(network.data->tickets().latest(0, 10)));
    QCOMPARE(tickets.size(), 1);
    QCOMPARE(tickets.first().state, TicketRow::State::Sent);
    QCOMPARE(tickets.first().orchestrator, network.ready.value(QStringLiteral("orchestrator")).toString());
    // What became of it is told where BYOC's tickets are told of.
    QFuture<int> outcomes = network.gateway->refreshTicketOutcomes();
    QTRY_VERIFY_WITH_TIMEOUT(outcomes.isFinished(), 10000);
    QCOMPARE(outcomes.result(), 1);
    const auto page = network.data->history().pageSync(QString(), 0, 1);
    QCOMPARE(page.rows.size(), 1);
    QCOMPARE(page.rows.first().state, RunRecord::State::Succeeded);
    const Call stored = orThrow(Call::fromJson(orThrow(Json::parse(network.data->history().byIdSync(page.rows.first().id)->call.toUtf8()))));
    QCOMPARE(stored.backend, QStringLiteral("lv2v"));
    QCOMPARE(stored.capability, QStringLiteral("live-video-to-video/noop")); // as the catalog names it, so that it is found again
}

void Lv2vSandboxTest::parametersGoDownTheControlChannel()
{
    const Network network;
    const auto session = network.gateway->live(Network::call(QStringLiteral("live-video-to-video/video-filter")));
    QStringList types;
    QList<Json> updates;
    QObject::connect(session.get(), &LiveSession::event, session.get(), [&](const Json &event) {
        if (event.dump().contains("params_updated"))
            updates.append(event);
    });
    session->publish(pattern());
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Ready, 20000);
    QFuture<void> update = session->update(Json{{QStringLiteral("filter"), "edges"}});
    QTRY_VERIFY_WITH_TIMEOUT(update.isFinished(), 5000);
    update.waitForFinished(); // throws what went wrong
    QTRY_VERIFY_WITH_TIMEOUT(!updates.isEmpty(), 10000);
    QVERIFY(updates.last().dump().contains("edges"));
    QFuture<void> closed = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), 15000);
}

void Lv2vSandboxTest::refusedParametersEndTheStart()
{
    const Network network;
    Call call = Network::call(QStringLiteral("live-video-to-video/video-filter"));
    call.input = Json{{QStringLiteral("filter"), "no such filter"}};
    const auto session = network.gateway->live(call);
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Failed, 20000);
    QFuture<void> ready = session->ready();
    try {
        ready.waitForFinished();
        QFAIL("it started");
    } catch (const Error &error) {
        QCOMPARE(error.httpStatus(), 500);
        QVERIFY(error.message().contains(QStringLiteral("filter")));
        QVERIFY(error.paymentSent());
    }
}

void Lv2vSandboxTest::anUnknownModelIsRefused()
{
    const Network network;
    const auto session = network.gateway->live(Network::call(QStringLiteral("live-video-to-video/sdxl")));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Failed, 20000);
    QCOMPARE(session->payment().paidWei, QStringLiteral("0"));
}

void Lv2vSandboxTest::discoveryLeadsToTheAddress()
{
    const Network network;
    GatewayConfig config;
    config.discoveryUrl = network.ready.value(QStringLiteral("orchestrator")).toString() + QStringLiteral("/discover-orchestrators");
    config.senderKey = Secret(QByteArrayView(network.ready.value(QStringLiteral("sender_key")).toString().toLatin1()));
    Gateway gateway(config, network.data);
    const auto session = gateway.live(Network::call(QStringLiteral("live-video-to-video/noop")));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Ready, 20000);
    QFuture<void> closed = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), 15000);
}

void Lv2vSandboxTest::sdk_08_otherVerbsAreNotRouted()
{
    const Network network;
    QFuture<RunResult> run = network.gateway->run(QStringLiteral("live-video-to-video/noop"), Json::object());
    QTRY_VERIFY_WITH_TIMEOUT(run.isFinished(), 10000);
    try {
        run.waitForFinished();
        QFAIL("it ran");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::NotRouted);
        QVERIFY(!error.advice().isEmpty());
    }
}

void Lv2vSandboxTest::sdk_21_closingTwiceIsHarmless()
{
    const Network network;
    const auto session = network.gateway->live(Network::call(QStringLiteral("live-video-to-video/noop")));
    QTRY_COMPARE_WITH_TIMEOUT(session->state(), LiveSession::State::Ready, 20000);
    QFuture<void> first = session->close();
    QFuture<void> second = session->close();
    QTRY_VERIFY_WITH_TIMEOUT(first.isFinished() && second.isFinished(), 15000);
    QCOMPARE(session->state(), LiveSession::State::Closed);
}

QTEST_GUILESS_MAIN(Lv2vSandboxTest)
#include "tst_lv2v_sandbox.moc"
