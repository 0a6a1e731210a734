#include "await.h"
#include "commands.h"
#include "connection.h"
#include "find_local.h"
#include "render.h"
#include "text.h"

namespace sluice::ctl {

namespace {

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

void print(const QList<CapabilityInfo> &all, bool json)
{
    if (json) {
        Json list = Json::array();
        for (const CapabilityInfo &capability : all)
            list.append(toJson(capability));
        writeOut(list.dump() + '\n');
        return;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("NAME|VERB|PRICE|FREE|WHAT IT DOES").split(QLatin1Char('|')));
    for (const CapabilityInfo &capability : all) {
        QStringList row(capability.name);
        row << verbsText(capability) << priceOf(capability) << slotsOf(capability)
            << (capability.named ? Text::tr("(named by you) ") : QString()) + summaryOf(capability.description);
        rows.append(row);
    }
    writeText(table(rows));
}

} // namespace

QCoro::Task<int> capabilitiesCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("capabilities"), QStringLiteral("[options]"),
        Text::tr("Lists what the network offers now, as far as it tells, and what you named: verb, price, free slots. Pays nothing."));
    Connection::addOptions(line);
    line.addOption({QStringLiteral("find-local")},
        Text::tr("Look for servers of language models on this machine instead (Ollama, LM Studio, llama.cpp, vLLM, Jan, GPT4All), and say how to add them."));
    line.addJson();
    line.addNote(Text::tr("--find-local asks each of the usual ports of 127.0.0.1 once; SLUICE_LOCAL_PORTS names others, such as \"5000,Ollama=11500\"."));
    line.addExample(QStringLiteral("sluicectl capabilities"), Text::tr("Of the current profile's network."));
    line.addExample(QStringLiteral("sluicectl capabilities --orchestrator https://host:8935 --json"),
        Text::tr("Of one orchestrator, with schemas and examples."));
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    if (line.has(QStringLiteral("find-local"))) {
        const bool json = line.json();
        co_return co_await findLocal(json);
    }
    const auto connection = co_await Connection::open(&line, openUserData());
    QList<CapabilityInfo> all;
    std::optional<Error> silent;
    try {
        all = co_await settled(connection->gateway().capabilities());
    } catch (const Error &error) {
        silent = error;
    }
    if (silent)
        all = connection->namedWithout(*silent);
    const bool listed = silent || connection->gateway().listsCapabilities();
    co_await connection->close();
    print(all, line.json());
    if (silent) {
        printError(*silent, false);
        co_return exitCodeFor(*silent);
    }
    if (!listed && !line.json())
        writeErr(Text::tr("This network answers but has no list of its own, as most nodes. Any name may be called: sluicectl run NAME …\n"
                          "To keep one here, with its path and schema: sluicectl capability add NAME"));
    co_return ExitOk;
}

} // namespace sluice::ctl
