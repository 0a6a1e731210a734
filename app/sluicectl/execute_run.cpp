#include "await.h"
#include "call_check.h"
#include "call_failure.h"
#include "call_options.h"
#include "execution.h"
#include "out_target.h"
#include "render.h"
#include "text.h"

#include "sluice/base/charset.h"
#include "sluice/gateway/stored_events.h"

#include <unistd.h>

namespace sluice::ctl {

namespace {

/// The answer as text, by its own charset; nothing when it is none.
std::optional<QString> textIn(const RunResult &result)
{
    const bool events = result.contentType.toLower().startsWith("text/event-stream");
    const auto words = events ? wordsOfEvents(result.content) : std::nullopt;
    return words ? words : textOf(result.content, result.contentType);
}

void printContent(const RunResult &result)
{
    const bool terminal = ::isatty(STDOUT_FILENO) != 0;
    if (result.isJson) {
        writeOut(result.json.dump(terminal ? 2 : -1) + '\n');
        return;
    }
    const auto text = textIn(result);
    if (!text && terminal) {
        writeErr(Text::tr("The answer is %1 bytes of %2, not shown on a terminal; use --out FILE.")
                     .arg(result.content.size())
                     .arg(QString::fromLatin1(result.contentType)));
        return;
    }
    if (!text) {
        writeOut(result.content);
        return;
    }
    writeOut(text->toUtf8());
    if (terminal && !text->endsWith(QLatin1Char('\n')))
        writeOut("\n");
}

QString keptAdvice(const QString &runId)
{
    return Text::tr("The answer is kept in the history: `sluicectl history show %1`.").arg(runId.left(8));
}

/// Who gave the answer: the orchestrator, or the gateway where nobody else is named.
QString hostOf(const RunResult &result)
{
    return result.servedBy.host().isEmpty() ? result.askedAt.host() : result.servedBy.host();
}

/// Of programs that were begun at once, each in turn may have the network that goes with it while the others still need it.
constexpr int MostRounds = 10;

/// Whether a call failed before any worker could have heard of it: while its terms were asked for, or because a network that ends knows no
/// workers any more. A payment that came with it was not looked at then (byoc.md 4.2).
bool wasNeverBegun(const Error &error)
{
    const bool noWorker = error.httpStatus() == 503 && error.body().startsWith("No capacity available");
    return noWorker || (error.method() == "GET" && !error.paymentSent());
}

} // namespace

QCoro::Task<int> executeRun(Call call, std::shared_ptr<Connection> connection, Presentation presentation)
{
    std::optional<OutTarget> target;
    if (!presentation.outFile.isEmpty())
        co_await target.emplace(presentation.outFile).prepare();
    const CheckedCall checked{call, false};
    if (!presentation.noCheck)
        co_await checkCall(checked, connection);
    const RunCall running = connection->gateway().run(call);
    RunResult result;
    std::optional<CallFailure> failure;
    try {
        const QFuture<RunResult> future(running);
        result = co_await settled(future);
    } catch (const Error &error) {
        failure.emplace(error, running);
    }
    co_await connection->close();
    if (failure)
        throw *failure;

    if (target) {
        try {
            target->write(result.content);
        } catch (Error &error) {
            throw error.withAdvice(keptAdvice(result.runId)).withPaymentSent(!result.payment.tickets.isEmpty());
        }
    }
    if (presentation.json)
        writeOut(toJson(result).dump() + '\n');
    else if (!target)
        printContent(result);
    requireOutput(keptAdvice(result.runId));
    if (presentation.json)
        co_return ExitOk;
    for (const QString &note : result.notes)
        writeErr(note);
    writeErr(Text::tr("%1 %2 from %3: %4.")
                 .arg(QString::number(result.status), QString::fromLatin1(result.contentType), hostOf(result), paymentLine(result.payment)));
    co_return ExitOk;
}

QCoro::Task<int> executeLine(const CommandLine *line, Verb verb)
{
    Call call = callFrom(*line, verb);
    Presentation presentation;
    presentation.json = line->json();
    presentation.noCheck = line->has(QStringLiteral("no-check"));
    presentation.raw = line->has(QStringLiteral("raw"));
    if (line->has(QStringLiteral("out")))
        presentation.outFile = line->value(QStringLiteral("out"));
    const auto connection = co_await Connection::open(line, openUserData());
    call.profile = connection->profileName();
    co_return co_await execute(std::move(call), connection, std::move(presentation));
}

QCoro::Task<int> execute(Call call, std::shared_ptr<Connection> connection, Presentation presentation)
{
    for (int round = 1;; ++round) {
        try {
            // Named before the co_await: DESIGN.md 3.
            QCoro::Task<int> making = call.verb == Verb::Stream ? executeStream(call, connection, presentation) : executeRun(call, connection, presentation);
            const int code = co_await making;
            co_return code;
        } catch (const Error &error) {
            if (round > MostRounds || !Connection::whyNetworkGone() || !wasNeverBegun(error))
                throw;
        }
        writeErr(Text::tr("The local network has ended before the call was begun: another program ran it. It is begun again."));
        co_await connection->openAgain();
    }
}

} // namespace sluice::ctl
