#include "await.h"
#include "call_check.h"
#include "call_failure.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "exit_code.h"
#include "output.h"
#include "text.h"

#include "sluice/base/async.h"
#include "sluice/gateway/gateway.h"

#include <QCoro/QCoroFuture>

namespace sluice::ctl {

namespace {

CommandLine sessionLine()
{
    CommandLine line(QStringLiteral("session"), QStringLiteral("APP [--path PATH] [options]"),
        Text::tr("Reserves a session with an app of a live runner, pays for it while it lasts, and stops it at the end.\n"
                 "With --path the app is called and its answer goes to standard output; without, the session stays until Ctrl-C.\n"
                 "Everything else goes to standard error; --json writes all of it to standard output."));
    line.addOption({QStringLiteral("path")}, Text::tr("Where the app is called, with its query; may be repeated: one call after the other."), QStringLiteral("PATH"));
    line.addOption({QStringLiteral("method")}, Text::tr("Method of these calls; default POST."), QStringLiteral("METHOD"));
    line.addOption({QStringLiteral("i"), QStringLiteral("input")}, Text::tr("Their body: JSON, @FILE, or -; default {}."), QStringLiteral("JSON|@FILE"));
    line.addOption({QStringLiteral("content-type")}, Text::tr("Of that body; default application/json."), QStringLiteral("TYPE"));
    line.addOption({QStringLiteral("seconds")}, Text::tr("Keep the session for so long after the calls."), QStringLiteral("SECONDS"));
    line.addOption({QStringLiteral("t"), QStringLiteral("timeout")}, Text::tr("Seconds for the reservation, and for each call; default 60."), QStringLiteral("SECONDS"));
    line.addOption({QStringLiteral("max-spend")}, Text::tr("Largest expected value of tickets that the session may send, as \"0.01 ETH\" or a number of wei."), QStringLiteral("AMOUNT"));
    addMaxPriceOption(line);
    addNoCheckOption(line);
    Connection::addOptions(line);
    line.addJson();
    line.addNote(Text::tr("With --json one line is written for the session, one for each answer, and one for what was paid; \"type\" says which it is."));
    line.addNote(Text::tr("An answer of 4xx or 5xx is printed like any other; its status goes to standard error, the calls after it are made,\n"
                          "and the program ends with 1."));
    line.addExample(QStringLiteral("sluicectl session acme/echo --path echo --input '{\"text\":\"hello\"}'"), Text::tr("One call within a session."));
    line.addExample(QStringLiteral("sluicectl session acme/cam"), Text::tr("Holds the session open; its address is for other programs."));
    return line;
}

void tell(bool json, const QString &words, const Json &record)
{
    if (json)
        writeOut(record.dump() + '\n');
    else
        writeErr(words);
}

bool isFailure(const AppReply &reply)
{
    return reply.status >= 400;
}

void tellAnswer(bool json, const AppReply &reply)
{
    if (isFailure(reply))
        writeErr(Text::tr("%1 answered %2.").arg(reply.url.path()).arg(reply.status));
    if (!json) {
        writeOut(reply.body);
        return;
    }
    Json record{{QStringLiteral("type"), QStringLiteral("answer")}, {QStringLiteral("answer"), reply.status}, {QStringLiteral("url"), reply.url.toString()}, {QStringLiteral("content_type"), QString::fromLatin1(reply.contentType)}};
    const auto body = Json::parse(reply.body);
    record.insert(QStringLiteral("body"), body ? *body : Json(QString::fromUtf8(reply.body)));
    writeOut(record.dump() + '\n');
}

QList<AppCall> callsOf(const CommandLine &line, std::chrono::seconds timeout)
{
    QList<AppCall> calls;
    AppCall call;
    call.method = line.has(QStringLiteral("method")) ? line.value(QStringLiteral("method")).toUpper().toLatin1() : QByteArray("POST");
    call.body = line.has(QStringLiteral("input")) ? readArgument(line.value(QStringLiteral("input")), QStringLiteral("input")) : QByteArray(call.method == "GET" ? "" : "{}");
    if (line.has(QStringLiteral("content-type")))
        call.contentType = line.value(QStringLiteral("content-type")).toLatin1();
    call.timeout = timeout;
    const QStringList paths = line.values(QStringLiteral("path"));
    for (const QString &path : paths) {
        call.path = path;
        calls.append(call);
    }
    return calls;
}

/// Until Ctrl-C, until `seconds` are over, or until the session ends by itself.
QCoro::Task<void> hold(LiveSession &session, std::chrono::seconds seconds)
{
    const Completion<void> over;
    QObject guard;
    QObject::connect(&session, &LiveSession::stateChanged, &guard, [&over](LiveSession::State state) {
        if (state != LiveSession::State::Ready)
            over.finish();
    });
    if (seconds.count() > 0)
        QTimer::singleShot(seconds, &guard, [&over] { over.finish(); });
    if (session.state() != LiveSession::State::Ready)
        co_return;
    const QFuture<void> end = endOrInterruption(over.future());
    co_await end;
}

} // namespace

QCoro::Task<int> sessionCommand(QStringList arguments)
{
    CommandLine line = sessionLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    Call call = callWithout(line, Verb::Live);
    call.input = Json::object();
    const QList<AppCall> calls = callsOf(line, call.timeout);
    const std::chrono::seconds seconds(line.number(QStringLiteral("seconds"), 0, 1, 7 * 24 * 3600));
    const bool json = line.json();
    const auto connection = co_await Connection::open(&line, openUserData());
    call.profile = connection->profileName();
    if (call.backend == Call().backend)
        call.backend = QStringLiteral("liverunner");
    const CheckedCall checked{call, false};
    if (!line.has(QStringLiteral("no-check")))
        co_await checkCall(checked, connection);
    const std::unique_ptr<LiveSession> session = connection->gateway().live(call);
    std::optional<Error> failure;
    bool appFailed = false;
    QObject::connect(session.get(), &LiveSession::failed, session.get(), [&failure](const Error &error) { failure = error; });
    QObject::connect(session.get(), &LiveSession::warning, session.get(), [json](const QString &sentence) { tell(json, sentence, Json{{QStringLiteral("type"), QStringLiteral("warning")}, {QStringLiteral("warning"), sentence}}); });
    try {
        co_await settled(session->ready());
        tell(json, Text::tr("session %1 at %2").arg(session->streamId(), session->appUrl().toString()),
            Json{{QStringLiteral("type"), QStringLiteral("session")}, {QStringLiteral("session"), session->streamId()}, {QStringLiteral("app_url"), session->appUrl().toString()}, {QStringLiteral("served_by"), session->servedBy().toString()}});
        for (const AppCall &one : calls) {
            const AppReply reply = co_await settled(session->request(one));
            tellAnswer(json, reply);
            appFailed = appFailed || isFailure(reply);
        }
        if (calls.isEmpty() || seconds.count() > 0)
            co_await hold(*session, seconds);
    } catch (const Error &error) {
        if (!failure)
            failure = error;
    }
    const QFuture<void> closed = session->close();
    co_await closed;
    const QFuture<void> kept = session->recorded();
    co_await kept;
    const Payment payment = session->payment();
    tell(json, Text::tr("paid %1 wei").arg(payment.paidWei), Json{{QStringLiteral("type"), QStringLiteral("paid")}, {QStringLiteral("paid_wei"), payment.paidWei}, {QStringLiteral("run_id"), session->runId()}});
    co_await connection->close();
    if (failure)
        throw CallFailure(*failure, *session);
    requireOutput();
    co_return appFailed ? ExitFailed : ExitOk;
}

} // namespace sluice::ctl
