#include "await.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

namespace sluice::ctl {

namespace {

QString verbsOf(const CapabilityInfo &capability)
{
    QStringList names;
    for (const Verb verb : capability.verbs)
        names.append(verbName(verb));
    return names.join(QLatin1Char(','));
}

QString priceOf(const CapabilityInfo &capability)
{
    if (!capability.price)
        return Text::tr("unknown");
    if (capability.price->pricePerUnit == 0)
        return Text::tr("free");
    QString text = humanWei(QString::number(capability.price->pricePerUnit)) + QLatin1Char('/');
    if (capability.price->pixelsPerUnit != 1)
        text += QString::number(capability.price->pixelsPerUnit) + QLatin1Char(' ');
    return text + capability.price->unit;
}

QString slotsOf(const CapabilityInfo &capability)
{
    if (!capability.capacity)
        return capability.availableCapacity ? QString::number(*capability.availableCapacity) : Text::tr("unknown");
    return Text::tr("%1 of %2").arg(capability.availableCapacity.value_or(0)).arg(*capability.capacity);
}

} // namespace

QCoro::Task<int> capabilitiesCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("capabilities"), QStringLiteral("[options]"),
        Text::tr("Lists what the network offers now: verb, price, free slots. Pays nothing."));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl capabilities"), Text::tr("Of the current profile's network."));
    line.addExample(QStringLiteral("sluicectl capabilities --orchestrator https://host:8935 --json"),
        Text::tr("Of one orchestrator, with schemas and examples."));
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const auto connection = co_await Connection::open(&line, openUserData());
    const QList<CapabilityInfo> all = co_await settled(connection->gateway().capabilities());
    co_await connection->close();
    if (line.json()) {
        Json list = Json::array();
        for (const CapabilityInfo &capability : all)
            list.append(toJson(capability));
        writeOut(list.dump() + '\n');
        co_return ExitOk;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("NAME|VERB|PRICE|FREE|WHAT IT DOES").split(QLatin1Char('|')));
    for (const CapabilityInfo &capability : all) {
        QStringList row(capability.name);
        row << verbsOf(capability) << priceOf(capability) << slotsOf(capability)
            << capability.description.section(QLatin1Char('\n'), 0, 0).left(80);
        rows.append(row);
    }
    writeOut(table(rows).toUtf8());
    co_return ExitOk;
}

} // namespace sluice::ctl
