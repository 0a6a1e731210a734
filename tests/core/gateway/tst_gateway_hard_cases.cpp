#include "gateway_fixture.h"

#include "sluice/net/self_signed.h"
#include "sluice/net/tls_trust.h"
#include "sluice/payments/ticket.h"

#include <QtCore/QSet>
#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;

using Answer = ScriptedOrchestrator::Answer;

namespace {

constexpr auto OneTicket = "8000000000";

/// One thing that goes wrong, and what must be known of it afterwards.
struct Case {
    QList<Answer> answers;
    Error::Kind kind;
    QString words;  ///< that the message or the advice contains
    int jobs;       ///< requests that the orchestrator may see
    QString callLimit; ///< wei; empty for none
    bool dead = false; ///< nobody listens
    std::chrono::seconds timeout{0};
};

QString wordsOf(const Error &error)
{
    return error.message() + u' ' + error.advice() + u' ' + QString::fromUtf8(error.body());
}

/// The error that ended the call.
std::optional<Error> failureOf(Gateway &gateway, const Call &call)
{
    if (call.verb == Verb::Run) {
        const auto result = settled(gateway.run(call));
        return result ? std::nullopt : std::optional(result.error());
    }
    const auto stream = gateway.stream(call);
    std::optional<Error> error;
    bool ended = false;
    QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [](const StreamEvent &) {});
    QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), [&](const Error &e) { error = e; });
    QObject::connect(stream.get(), &StreamResponse::finished, stream.get(), [&] { ended = true; });
    if (!QTest::qWaitFor([&] { return ended; }, 20000))
        return Error(Error::Kind::Internal, QStringLiteral("the stream did not end"));
    return error;
}

} // namespace

Q_DECLARE_METATYPE(Case)

/// Every way in which a paid call goes wrong: a typed error with a sentence, the run in the history, and in the ticket log
/// exactly the tickets that the other side saw, each once.
class GatewayHardCasesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFailureIsTypedOnRecordAndPaidOnce_data();
    void everyFailureIsTypedOnRecordAndPaidOnce();
    void changedKeyIsOnRecordAndSendsNothing();
};

void GatewayHardCasesTest::everyFailureIsTypedOnRecordAndPaidOnce_data()
{
    using S = ScriptedOrchestrator;
    using Kind = Error::Kind;
    QTest::addColumn<Case>("what");
    QTest::addColumn<Verb>("verb");
    const QByteArray two = "data: one\n\ndata: two\n\n";
    const Answer used = S::text(402, "Insufficient balance");
    const Answer expired = S::text(400, "TicketParams expired");
    const std::pair<const char *, Case> both[] = {
        {"dead orchestrator", {{}, Kind::Network, QStringLiteral("refused"), 0, {}, true}},
        {"balance used up", {{used, used}, Kind::InsufficientBalance, QStringLiteral("balance"), 2, {}}},
        {"spend limit", {{}, Kind::SpendLimit, QStringLiteral("limit"), 0, QStringLiteral("7999999999")}},
        {"wrong price", {{S::text(400, "invalid expected price")}, Kind::Payment, QStringLiteral("price"), 1, {}}},
        {"expired ticket parameters", {{expired, expired}, Kind::Payment, QStringLiteral("expired"), 2, {}}},
        {"bad signature", {{S::text(400, "invalid ticket signature")}, Kind::Payment, QStringLiteral("signature"), 1, {}}},
        {"worker answers 500", {{S::text(500, "out of memory")}, Kind::Http, QStringLiteral("out of memory"), 1, {}}},
        {"worker hangs", {{S::hang()}, Kind::Timeout, QStringLiteral("No answer came"), 1, {}, false, std::chrono::seconds(1)}},
        {"connection cut before an answer", {{S::drop()}, Kind::Network, QStringLiteral("may be spent"), 1, {}}},
    };
    for (const auto &[name, what] : both) {
        QTest::addRow("run: %s", name) << what << Verb::Run;
        QTest::addRow("stream: %s", name) << what << Verb::Stream;
    }
    QTest::newRow("stream: cut after two events") << Case{{S::events(two, S::drop())}, Kind::Network, QStringLiteral("cut its answer short"), 1, {}} << Verb::Stream;
}

void GatewayHardCasesTest::everyFailureIsTypedOnRecordAndPaidOnce()
{
    QFETCH(Case, what);
    QFETCH(Verb, verb);
    auto orchestrator = std::make_unique<ScriptedOrchestrator>();
    orchestrator->setPrice(Price);
    for (const Answer &answer : what.answers)
        orchestrator->then(answer);
    const QUrl url = orchestrator->url();
    if (what.dead)
        orchestrator.reset();
    GatewayConfig config = directConfig({url});
    if (!what.callLimit.isEmpty())
        config.maxSpendPerCallWei = what.callLimit;
    const auto data = UserData::inMemory();
    Gateway gateway(config, data);
    Call call = callTo(QStringLiteral("c"), verb);
    if (what.timeout.count() > 0)
        call.timeout = what.timeout;

    const auto error = failureOf(gateway, call);
    QVERIFY(error);
    QVERIFY2(error->kind() == what.kind, qPrintable(error->kindName() + QStringLiteral(": ") + wordsOf(*error)));
    QVERIFY2(wordsOf(*error).contains(what.words, Qt::CaseInsensitive), qPrintable(wordsOf(*error)));

    QTRY_COMPARE(latestRun(*data).state, RunRecord::State::Failed);
    const RunRecord record = latestRun(*data);
    QCOMPARE(data->history().pageSync(QString(), 0, 10).total, 1);
    QCOMPARE(orThrow(Json::parse(record.errorJson.toUtf8())).value(QStringLiteral("kind")).toString(), error->kindName());

    // What left this machine is what arrived: no ticket more, none twice.
    QCOMPARE(orchestrator ? int(orchestrator->jobs().size()) : 0, what.jobs);
    qsizetype arrived = 0;
    if (orchestrator) {
        for (const auto &job : orchestrator->jobs())
            arrived += job.payment ? job.payment->tickets.size() : 0;
    }
    QCOMPARE(arrived, what.jobs); // each payment is one ticket here
    QSet<QString> sent;
    for (const TicketRow &ticket : data->tickets().byRunSync(record.id)) {
        if (ticket.state == TicketRow::State::Sent)
            sent.insert(ticket.ticketHash);
    }
    QCOMPARE(sent.size(), arrived);
    QCOMPARE(data->tickets().totalsSync().sent, arrived);
    QCOMPARE(record.paidWei, QString::number(QByteArray(OneTicket).toLongLong() * arrived));
    QCOMPARE(error->paymentSent(), arrived > 0);
}

void GatewayHardCasesTest::changedKeyIsOnRecordAndSendsNothing()
{
    ScriptedOrchestrator orchestrator(orThrow(makeSelfSigned(QStringLiteral("127.0.0.1"))));
    orchestrator.setPrice(Price);
    const auto data = UserData::inMemory();
    TlsTrust earlier(data->pins());
    earlier.accept(TlsTrust::hostPort(orchestrator.url()), QString(64, QLatin1Char('0')));
    Gateway gateway(directConfig({orchestrator.url()}), data);
    for (const Verb verb : {Verb::Run, Verb::Stream}) {
        const auto error = failureOf(gateway, callTo(QStringLiteral("c"), verb));
        QVERIFY(error);
        QCOMPARE(error->kind(), Error::Kind::TlsChanged);
        const RunRecord record = latestRun(*data);
        QCOMPARE(record.state, RunRecord::State::Failed);
        QCOMPARE(record.verb, verbName(verb));
        QCOMPARE(orThrow(Json::parse(record.errorJson.toUtf8())).value(QStringLiteral("kind")).toString(), error->kindName());
    }
    QCOMPARE(orchestrator.requestCount(), 0);
    QCOMPARE(data->tickets().totalsSync().sent, 0);
}

QTEST_GUILESS_MAIN(GatewayHardCasesTest)
#include "tst_gateway_hard_cases.moc"
