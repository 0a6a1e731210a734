#include "await.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/snippets/shell_word.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

QString typeOf(const Json &property)
{
    const Json values = property.value(QStringLiteral("enum"));
    if (values.isArray()) {
        constexpr qsizetype widest = 44; // or the descriptions stand far off at the right
        const auto all = values.items();
        QString words;
        for (const Json &value : all) {
            const QString word = QString::fromUtf8(value.dump());
            if (!words.isEmpty() && words.size() + word.size() > widest)
                return words + Text::tr(" | … (%1 in all)").arg(all.size());
            words += (words.isEmpty() ? QString() : QStringLiteral(" | ")) + word;
        }
        return words;
    }
    const Json type = property.value(QStringLiteral("type"));
    return type.isString() ? type.toString() : QString::fromUtf8(type.dump());
}

QString propertiesText(const Json &schema)
{
    QStringList required;
    const Json names = schema.value(QStringLiteral("required"));
    for (const Json &name : names.items())
        required.append(name.toString());
    QList<QStringList> rows;
    const Json properties = schema.value(QStringLiteral("properties"));
    for (const auto &[name, property] : properties.members()) {
        QStringList row(QStringLiteral("  ") + name);
        row << typeOf(property) << (required.contains(name) ? Text::tr("required") : QString())
            << property.value(QStringLiteral("description")).toString();
        rows.append(row);
    }
    return table(rows);
}

/// The value with long texts, such as pictures in base64, cut for reading.
Json shortened(const Json &value)
{
    constexpr qsizetype longest = 120;
    if (value.isString() && value.toString().size() > longest)
        return Json(value.toString().left(longest / 2) + QChar(0x2026));
    if (value.isArray()) {
        Json copy = Json::array();
        for (const Json &item : value.items())
            copy.append(shortened(item));
        return copy;
    }
    if (value.isObject()) {
        Json copy = Json::object();
        for (const auto &[key, member] : value.members())
            copy.insert(key, shortened(member));
        return copy;
    }
    return value;
}

QString priceText(const PriceQuote &price, qint64 inAdvance)
{
    const QString amount = humanWei(QString::number(price.pricePerUnit));
    return inAdvance > 0 ? Text::tr("\nPrice: %1 per %2, at least %3 of them in advance.\n").arg(amount, price.unit).arg(inAdvance)
                         : Text::tr("\nPrice: %1 per %2.\n").arg(amount, price.unit);
}

/// `reached`: somebody could be asked.
QString description(const CapabilityInfo &capability, bool throughGateway, bool reached)
{
    QString text = capability.name;
    if (!capability.version.isEmpty())
        text += QLatin1Char(' ') + capability.version;
    if (!capability.description.isEmpty())
        text += QStringLiteral("\n\n") + capability.description;
    text += QLatin1Char('\n');
    if (!capability.listed)
        text += !reached ? Text::tr("\nNamed by you.\n") : capability.named ? Text::tr("\nNamed by you; the network does not list it.\n")
                                 : Text::tr("\nThe network has no list that names it. To keep its path and schema here: sluicectl capability add %1\n").arg(capability.name);
    if (!reached)
        text += Text::tr("Nobody could be asked for its price or free slots.\n");
    else if (throughGateway && !capability.price)
        text += Text::tr("A gateway says neither price nor free slots beforehand.\n");
    else if (!capability.listed && !capability.price && !capability.availableCapacity)
        text += Text::tr("No orchestrator says a price or a free slot for it: it may not be registered there now.\n");
    if (capability.price)
        text += priceText(*capability.price, capability.creditSeconds);
    if (capability.inputSchema.isNull())
        text += Text::tr("\nNobody says what input it wants.\n");
    else
        text += Text::tr("\nInput (the whole schema with --json):\n") + propertiesText(capability.inputSchema);
    const QString verb = capability.verbs.isEmpty() ? QStringLiteral("run") : verbName(capability.verbs.first());
    if (!capability.examples.isEmpty())
        text += Text::tr("\nExamples:\n");
    for (const CapabilityExample &example : capability.examples) {
        const QString input = shellWord(QString::fromUtf8(shortened(example.input).dump()));
        text += QStringLiteral("  # %1\n  sluicectl %2 %3 --input %4\n").arg(example.title, verb, capability.name, input);
    }
    return text;
}

} // namespace

QCoro::Task<int> describeCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("describe"), QStringLiteral("NAME [options]"),
        Text::tr("Shows one capability: what it does, what input it wants, what it costs, examples that run. Of one that the network does not\n"
                 "list it shows what you said (sluicectl capability) and what an orchestrator asks for it. Pays nothing."));
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl describe image-filter"), Text::tr("For people."));
    line.addExample(QStringLiteral("sluicectl describe image-filter --json"), Text::tr("With the JSON Schemas of input and output."));
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    const auto connection = co_await Connection::open(&line, openUserData());
    const QString name = line.arguments().first();
    CapabilityInfo capability;
    std::optional<Error> silent;
    try {
        capability = co_await settled(connection->gateway().describe(name));
    } catch (const Error &error) {
        silent = error;
    }
    if (silent) {
        const QList<CapabilityInfo> named = connection->namedWithout(*silent);
        const auto own = std::find_if(named.begin(), named.end(), [&](const CapabilityInfo &one) { return one.name == name; });
        if (own == named.end())
            throw *silent;
        capability = *own;
    } else if (connection->gateway().isAbsent(capability.id())) {
        // It has a list, and the name stands not in it: most likely it is mistyped.
        const QList<CapabilityInfo> all = co_await settled(connection->gateway().capabilities());
        capability = capabilityNamed(name, all);
    }
    const bool throughGateway = connection->profile().throughGateway();
    co_await connection->close();
    if (line.json())
        writeOut(toJson(capability).dump() + '\n');
    else
        writeText(description(capability, throughGateway, !silent));
    if (silent) {
        printError(*silent, false);
        co_return exitCodeFor(*silent);
    }
    co_return ExitOk;
}

} // namespace sluice::ctl
