#include "await.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/store/ticket_log.h"

namespace sluice::ctl {

namespace {

QString stateName(TicketRow::State state)
{
    switch (state) {
    case TicketRow::State::Sent:
        return QStringLiteral("sent");
    case TicketRow::State::Unsent:
        return QStringLiteral("unsent");
    case TicketRow::State::Prepared:
        break;
    }
    return QStringLiteral("prepared");
}

Json wonJson(TicketRow::Won won)
{
    return won == TicketRow::Won::Unknown ? Json() : Json(won == TicketRow::Won::Yes);
}

QString wonText(TicketRow::Won won)
{
    return won == TicketRow::Won::Unknown ? Text::tr("?") : won == TicketRow::Won::Yes ? Text::tr("won") : Text::tr("lost");
}

Json toJson(const TicketRow &ticket)
{
    return Json{
        {QStringLiteral("created_at"), ticket.createdAt.toString(Qt::ISODateWithMs)},
        {QStringLiteral("run_id"), ticket.runId},
        {QStringLiteral("orchestrator"), ticket.orchestrator},
        {QStringLiteral("capability"), ticket.capability},
        {QStringLiteral("sender"), ticket.sender},
        {QStringLiteral("recipient"), ticket.recipient},
        {QStringLiteral("nonce"), qint64(ticket.nonce)},
        {QStringLiteral("face_value_wei"), ticket.faceValue},
        {QStringLiteral("win_probability"), ticket.winProb},
        {QStringLiteral("expected_value_wei"), ticket.expectedValue},
        {QStringLiteral("recipient_rand_hash"), ticket.recipientRandHash},
        {QStringLiteral("ticket_hash"), ticket.ticketHash},
        {QStringLiteral("signature"), ticket.signature},
        {QStringLiteral("state"), stateName(ticket.state)},
        {QStringLiteral("won"), wonJson(ticket.won)},
    };
}

} // namespace

QCoro::Task<int> ticketsCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("tickets"), QStringLiteral("[options]"),
        Text::tr("Lists the tickets that were signed here, newest first, and what became of them. A ticket is a lottery ticket:\n"
                 "its expected value pays, its face value is taken from your deposit only when it wins."));
    line.addOption({QStringLiteral("n"), QStringLiteral("limit")}, Text::tr("How many at most; default 20."), QStringLiteral("N"));
    line.addOption({QStringLiteral("refresh")}, Text::tr("Ask the network first which of them won."));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl tickets --refresh"), Text::tr("The last twenty, and whether they won."));
    line.addExample(QStringLiteral("sluicectl tickets --limit 1000 --json"), Text::tr("All that is known of each."));
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const qint64 limit = line.number(QStringLiteral("limit"), 20, 1, 100'000);
    const auto data = openUserData();
    if (line.has(QStringLiteral("refresh"))) {
        const auto connection = co_await Connection::open(&line, data);
        co_await settled(connection->gateway().refreshTicketOutcomes());
        co_await connection->close();
    }
    const QList<TicketRow> tickets = data->tickets().latestSync(0, limit);
    const TicketLog::Totals totals = data->tickets().totalsSync();
    if (line.json()) {
        Json list = Json::array();
        for (const TicketRow &ticket : tickets)
            list.append(toJson(ticket));
        writeOut(list.dump() + '\n');
        co_return ExitOk;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("WHEN|CAPABILITY|NONCE|WORTH|FACE VALUE|STATE|RESULT").split(QLatin1Char('|')));
    for (const TicketRow &ticket : tickets) {
        QStringList row(ticket.createdAt.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
        // The expected value is a fraction just above a whole number; the whole number is shown.
        const QString worth = ticket.expectedValue.contains(QLatin1Char('/')) ? wholePart(ticket.expectedValue) : ticket.expectedValue;
        row << ticket.capability << QString::number(ticket.nonce) << humanWei(worth) << humanWei(ticket.faceValue)
            << stateName(ticket.state) << wonText(ticket.won);
        rows.append(row);
    }
    writeText(table(rows));
    writeErr(Text::tr("%1 sent in all, %2 known to have won.").arg(totals.sent).arg(totals.won));
    co_return ExitOk;
}

} // namespace sluice::ctl
