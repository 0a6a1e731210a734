#include "await.h"
#include "commands.h"
#include "execution.h"
#include "interrupt.h"
#include "render.h"
#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/gateway/json_forms.h"
#include "sluice/store/run_history.h"

#include <QtCore/QStringDecoder>

namespace sluice::ctl {

namespace {

Json parsed(const QString &text)
{
    return Json::parse(text.toUtf8()).valueOr(Json());
}

Json maybeWei(const std::optional<QString> &amount)
{
    return amount ? Json(wholeWei(*amount)) : Json();
}

Json summary(const RunRecord &run)
{
    return Json{
        {QStringLiteral("id"), run.id},
        {QStringLiteral("started_at"), run.startedAt.toString(Qt::ISODateWithMs)},
        {QStringLiteral("finished_at"), run.finishedAt.isValid() ? Json(run.finishedAt.toString(Qt::ISODateWithMs)) : Json()},
        {QStringLiteral("profile"), run.profile},
        {QStringLiteral("backend"), run.backend.isEmpty() ? Json() : Json(run.backend)},
        {QStringLiteral("capability"), run.capability},
        {QStringLiteral("verb"), run.verb},
        {QStringLiteral("orchestrator"), run.orchestrator},
        {QStringLiteral("title"), run.title},
        {QStringLiteral("state"), runStateName(run.state)},
        {QStringLiteral("http_status"), run.httpStatus},
        {QStringLiteral("content_type"), run.resultContentType},
        {QStringLiteral("bytes"), run.resultSize},
        {QStringLiteral("events"), run.events},
        {QStringLiteral("tickets"), run.ticketCount},
        {QStringLiteral("paid_wei"), run.paidWei},
        {QStringLiteral("balance_before_wei"), maybeWei(run.balanceBefore)},
        {QStringLiteral("balance_after_wei"), maybeWei(run.balanceAfter)},
        {QStringLiteral("pinned"), run.pinned},
        {QStringLiteral("note"), run.note},
    };
}

Json whole(const RunRecord &run)
{
    Json json = summary(run);
    json.insert(QStringLiteral("call"), parsed(run.call));
    json.insert(QStringLiteral("error"), parsed(run.errorJson));
    json.insert(QStringLiteral("trace"), parsed(run.traceJson));
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(run.resultBytes);
    if (decoder.hasError())
        json.insert(QStringLiteral("result_base64"), QString::fromLatin1(bytes::toBase64(run.resultBytes)));
    else
        json.insert(QStringLiteral("result"), text);
    json.insert(QStringLiteral("result_truncated"), run.resultTruncated);
    return json;
}

/// The run whose id begins with `id`.
RunRecord recordOf(UserData &data, const QString &id)
{
    if (const auto exact = data.history().byIdSync(id))
        return *exact;
    QList<RunRecord> found = data.history().pageSync({}, 0, 10'000).rows;
    found.removeIf([&id](const RunRecord &run) { return !run.id.startsWith(id); });
    if (found.size() == 1)
        return *data.history().byIdSync(found.first().id);
    throw Error(Error::Kind::InvalidInput, found.isEmpty() ? Text::tr("There is no run \"%1\".").arg(id)
                                                           : Text::tr("%1 runs begin with \"%2\".").arg(found.size()).arg(id))
        .withAdvice(Text::tr("`sluicectl history` lists them."));
}

int list(const CommandLine &line, UserData &data)
{
    const qint64 limit = line.number(QStringLiteral("limit"), 20, 1, 100'000);
    const RunHistory::Page page = data.history().pageSync(line.value(QStringLiteral("filter")), 0, limit);
    if (line.json()) {
        Json runs = Json::array();
        for (const RunRecord &run : page.rows)
            runs.append(summary(run));
        writeOut(runs.dump() + '\n');
        return ExitOk;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("ID|WHEN|CAPABILITY|VERB|STATE|PAID|WHAT").split(QLatin1Char('|')));
    for (const RunRecord &run : page.rows) {
        QStringList row(run.id.left(8));
        row << run.startedAt.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) << run.capability << run.verb
            << runStateName(run.state) << humanWei(run.paidWei) << run.title.left(50);
        rows.append(row);
    }
    writeText(table(rows));
    writeErr(Text::tr("%1 of %2 runs.").arg(page.rows.size()).arg(page.total));
    return ExitOk;
}

int show(const CommandLine &line, UserData &data, const QString &id)
{
    const RunRecord run = recordOf(data, id);
    writeOut(whole(run).dump(line.json() ? -1 : 2) + '\n');
    return ExitOk;
}

QCoro::Task<int> exportRuns(const CommandLine *line, std::shared_ptr<UserData> data)
{
    const QString filter = line->value(QStringLiteral("filter"));
    QString cursor;
    for (;;) {
        const RunHistory::ExportPiece piece = co_await data->history().exportJsonLines(filter, cursor);
        writeOut(piece.lines);
        requireOutput();
        if (Interrupt::instance().happened())
            co_return ExitCanceled;
        if (piece.done)
            co_return ExitOk;
        cursor = piece.cursor;
    }
}

QCoro::Task<int> replay(const CommandLine *line, std::shared_ptr<UserData> data, QString id)
{
    const RunRecord run = recordOf(*data, id);
    Call call = orThrow(Call::fromJson(orThrow(Json::parse(run.call.toUtf8()))));
    if (const QStringList masked = call.secretPointers + call.secretParameters; !masked.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("This call had secrets in %1, which the history does not keep.").arg(masked.join(QStringLiteral(", "))))
            .withAdvice(Text::tr("Make it anew with its whole input; `sluicectl history show %1` shows the rest of it.").arg(id));
    const auto connection = co_await Connection::open(line, data);
    call.profile = connection->profileName();
    Presentation presentation;
    presentation.json = line->json();
    co_return co_await execute(std::move(call), connection, std::move(presentation));
}

} // namespace

QCoro::Task<int> historyCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("history"), QStringLiteral("[list | show ID | export | replay ID] [options]"),
        Text::tr("Earlier calls, of this program and of the window. An ID may be shortened to its beginning."));
    line.addOption({QStringLiteral("n"), QStringLiteral("limit")}, Text::tr("list: how many at most; default 20."), QStringLiteral("N"));
    line.addOption({QStringLiteral("filter")}, Text::tr("list, export: only runs that hold every one of these words."), QStringLiteral("WORDS"));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl history --filter docs-chat"), Text::tr("The last twenty runs of docs-chat."));
    line.addExample(QStringLiteral("sluicectl history export > runs.jsonl"), Text::tr("Everything, one JSON object per line, oldest first."));
    line.addExample(QStringLiteral("sluicectl history replay 1f3a"), Text::tr("The same call once more; it is paid for once more."));
    if (const auto code = line.parse(arguments, 0, 2))
        co_return *code;
    const QString action = line.arguments().value(0, QStringLiteral("list"));
    const QString id = line.arguments().value(1);
    const QStringList actions{QStringLiteral("list"), QStringLiteral("show"), QStringLiteral("export"), QStringLiteral("replay")};
    if (!actions.contains(action))
        co_return line.refuse(Text::tr("\"%1\" is none of list, show, export, replay.").arg(action));
    const bool wantsId = action == QLatin1String("show") || action == QLatin1String("replay");
    if (wantsId == id.isEmpty())
        co_return line.refuse(wantsId ? Text::tr("%1 needs the ID of a run.").arg(action) : Text::tr("%1 takes no ID.").arg(action));
    const auto data = action == QLatin1String("replay") ? openUserData() : openUserDataToRead();
    if (action == QLatin1String("list"))
        co_return list(line, *data);
    if (action == QLatin1String("show"))
        co_return show(line, *data, id);
    if (action == QLatin1String("export"))
        co_return co_await exportRuns(&line, data);
    co_return co_await replay(&line, data, id);
}

} // namespace sluice::ctl
