#include "await.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

namespace sluice::ctl {

namespace {

Json toJson(const QString &sender, const QList<Gateway::Balance> &balances)
{
    Json list = Json::array();
    for (const Gateway::Balance &balance : balances) {
        list.append(Json{{QStringLiteral("orchestrator"), balance.orchestrator.toString()},
            {QStringLiteral("capability"), balance.capability}, {QStringLiteral("wei"), balance.wei ? Json(*balance.wei) : Json()},
            {QStringLiteral("price_per_second"), balance.price ? Json(balance.price->pricePerUnit) : Json()},
            {QStringLiteral("available"), balance.availableCapacity ? Json(*balance.availableCapacity) : Json()}});
    }
    return Json{{QStringLiteral("sender"), sender}, {QStringLiteral("balances"), list}};
}

} // namespace

QCoro::Task<int> balanceCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("balance"), QStringLiteral("[NAME…] [options]"),
        Text::tr("Shows what is left of what you paid, per orchestrator and capability. Pays nothing.\n"
                 "Orchestrators forget a balance that nothing was added to or taken from for 10 to 20 minutes."));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl balance"), Text::tr("For every capability of the current profile's network."));
    line.addExample(QStringLiteral("sluicectl balance docs-chat --json"), Text::tr("For one, for scripts."));
    if (const auto code = line.parse(arguments, 0, 100))
        co_return *code;
    const auto connection = co_await Connection::open(&line, openUserData());
    QStringList names = line.arguments();
    if (names.isEmpty()) {
        const QList<CapabilityInfo> all = co_await settled(connection->gateway().capabilities());
        for (const CapabilityInfo &capability : all) {
            if (capability.backend == QLatin1String("byoc")) // live video has a purse for each job
                names.append(capability.name);
        }
    }
    if (names.isEmpty())
        writeErr(Text::tr("This network has no list of its own, and nothing is named here. Say for what: sluicectl balance NAME."));
    else if (connection->profile().throughGateway())
        writeErr(Text::tr("Calls go through a gateway, which pays from its own purse; it does not show it."));
    const QList<Gateway::Balance> balances = co_await settled(connection->gateway().balances(names));
    const QString sender = connection->gateway().senderAddress();
    co_await connection->close();
    if (line.json()) {
        writeOut(toJson(sender, balances).dump() + '\n');
        co_return ExitOk;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("CAPABILITY|BALANCE|ORCHESTRATOR").split(QLatin1Char('|')));
    for (const Gateway::Balance &balance : balances) {
        QStringList row(balance.capability);
        row << humanWei(balance.wei.value_or(QString())) << balance.orchestrator.toString();
        rows.append(row);
    }
    writeText(Text::tr("Sender: %1\n").arg(sender.isEmpty() ? Text::tr("none") : sender) + table(rows));
    co_return ExitOk;
}

} // namespace sluice::ctl
