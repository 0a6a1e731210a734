#include "await.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/backend/candidates.h"
#include "sluice/payments/amount.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

CommandLine networkLine()
{
    CommandLine line(QStringLiteral("network"), QStringLiteral("[CAPABILITY] [options]"),
        Text::tr("Lists the servers that may take the calls of a capability, each asked for its terms: price, latency, free slots, how calls went,\n"
                 "and why it is asked first or not at all. One may be pinned, others excluded; that is kept in the profile and holds for later calls.\n"
                 "Nothing is paid."));
    line.addOption({QStringLiteral("pin")}, Text::tr("From now on calls go to this server and to no other."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("unpin")}, Text::tr("Take the pin off."));
    line.addOption({QStringLiteral("exclude")}, Text::tr("No call goes to this server from now on; may be repeated."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("include")}, Text::tr("Take an excluded server in again; may be repeated."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("order")}, Text::tr("In which order servers are asked: automatic (best where the servers were discovered, else as listed), listed or best."), QStringLiteral("ORDER"));
    Connection::addOptions(line);
    line.addJson();
    line.addNote(Text::tr("Prices of --json are wei per second, whole or as a fraction (\"20/3\"); latencies are milliseconds."));
    line.addNote(Text::tr("Without a capability, the first that can be had from several servers is shown."));
    line.addExample(QStringLiteral("sluicectl network text-analysis --pin https://orch.example:8935"), Text::tr("One server, whatever others cost."));
    return line;
}

QString standingName(const Candidate &one)
{
    using Standing = Candidate::Standing;
    switch (one.standing) {
    case Standing::First:
        return QStringLiteral("first");
    case Standing::Next:
        return QStringLiteral("next");
    case Standing::Full:
        return QStringLiteral("full");
    case Standing::Away:
        return QStringLiteral("away");
    case Standing::Excluded:
        return QStringLiteral("excluded");
    case Standing::NotPinned:
        break;
    }
    return QStringLiteral("not_pinned");
}

QString basisName(CandidateReport::Basis basis)
{
    using Basis = CandidateReport::Basis;
    return basis == Basis::Pinned ? QStringLiteral("pinned") : basis == Basis::Best ? QStringLiteral("best") : QStringLiteral("listed");
}

std::optional<Rational> perSecond(const Candidate &one)
{
    if (!one.price || one.price->pixelsPerUnit <= 0)
        return std::nullopt;
    return Rational(Wei(one.price->pricePerUnit), Wei(one.price->pixelsPerUnit));
}

Json asJson(const Candidate &one)
{
    Json json{{QStringLiteral("server"), one.server.toString()}, {QStringLiteral("standing"), standingName(one)}, {QStringLiteral("rank"), one.rank},
        {QStringLiteral("pinned"), one.isPinned}, {QStringLiteral("taken"), one.taken}, {QStringLiteral("passed_over"), one.passedOver}};
    if (const auto price = perSecond(one))
        json.insert(QStringLiteral("wei_per_second"), toText(*price));
    if (one.capacity)
        json.insert(QStringLiteral("capacity"), *one.capacity);
    if (one.available)
        json.insert(QStringLiteral("available"), *one.available);
    if (one.latency && one.trouble.isEmpty())
        json.insert(QStringLiteral("latency_ms"), qint64(one.latency->count()));
    if (!one.trouble.isEmpty())
        json.insert(QStringLiteral("trouble"), one.trouble);
    if (one.tookLast) {
        json.insert(QStringLiteral("took_last"), *one.tookLast);
        json.insert(QStringLiteral("last_at"), one.lastAt.toUTC().toString(Qt::ISODate));
    }
    if (!one.lastReason.isEmpty())
        json.insert(QStringLiteral("last_reason"), one.lastReason);
    return json;
}

QString why(const Candidate &one)
{
    using Standing = Candidate::Standing;
    switch (one.standing) {
    case Standing::First:
        return one.isPinned ? Text::tr("pinned") : Text::tr("asked first");
    case Standing::Next:
        return one.isPinned ? Text::tr("pinned") : Text::tr("asked as number %1").arg(one.rank);
    case Standing::Full:
        return Text::tr("tells no free slot");
    case Standing::Away:
        return Text::tr("away: %1").arg(one.trouble.left(200));
    case Standing::Excluded:
        return Text::tr("excluded by you");
    case Standing::NotPinned:
        break;
    }
    return Text::tr("not asked: another one is pinned");
}

void print(const CandidateReport &report, bool json)
{
    if (json) {
        Json candidates = Json::array();
        for (const Candidate &one : report.candidates)
            candidates.append(asJson(one));
        Json all{{QStringLiteral("backend"), report.capability.backend}, {QStringLiteral("capability"), report.capability.name}, {QStringLiteral("order"), basisName(report.basis)},
            {QStringLiteral("discovered"), report.byDiscovery}, {QStringLiteral("candidates"), candidates}};
        if (!report.missingPin.isEmpty())
            all.insert(QStringLiteral("missing_pin"), report.missingPin.toString());
        writeOut(all.dump() + '\n');
        return;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("SERVER|PRICE|LATENCY|FREE|TAKEN|WHY").split(QLatin1Char('|')));
    for (const Candidate &one : report.candidates) {
        const auto price = perSecond(one);
        const qint64 asked = one.taken + one.passedOver;
        QStringList row(one.server.toString());
        row << (price ? Text::tr("%1/s").arg(amount::human(*price)) : QStringLiteral("-"));
        row << (one.latency && one.trouble.isEmpty() ? Text::tr("%1 ms").arg(one.latency->count()) : QStringLiteral("-"));
        row << (one.available ? QString::number(*one.available) : QStringLiteral("-"));
        row << (asked > 0 ? QStringLiteral("%1/%2").arg(one.taken).arg(asked) : QStringLiteral("-"));
        row << why(one);
        rows.append(row);
    }
    writeText(table(rows));
    if (!report.missingPin.isEmpty())
        writeErr(Text::tr("%1 is pinned and is none of these servers: calls fail until it is unpinned.").arg(report.missingPin.toString()));
    if (report.candidates.isEmpty())
        writeErr(Text::tr("No server is known that offers %1.").arg(report.capability.name));
}

QUrl serverFrom(const QString &text, const QString &option)
{
    const QUrl server = serverOf(QUrl(text, QUrl::StrictMode));
    if (server.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1 \"%2\" is not an http or https URL.").arg(option, text.left(200)))
            .withAdvice(Text::tr("Write it whole, e.g. https://127.0.0.1:8935."));
    return server;
}

/// What the options change; nothing when they change nothing.
std::optional<std::function<SelectionRules(const SelectionRules &)>> changeFrom(const CommandLine &line)
{
    const bool pins = line.has(QStringLiteral("pin"));
    const bool unpins = line.has(QStringLiteral("unpin"));
    if (pins && unpins)
        throw Error(Error::Kind::InvalidInput, Text::tr("--pin and --unpin exclude each other."));
    QUrl pinned;
    if (pins)
        pinned = serverFrom(line.value(QStringLiteral("pin")), QStringLiteral("pin"));
    QList<std::pair<QUrl, bool>> excluded;
    for (const QString &text : line.values(QStringLiteral("exclude")))
        excluded.append({serverFrom(text, QStringLiteral("exclude")), true});
    for (const QString &text : line.values(QStringLiteral("include")))
        excluded.append({serverFrom(text, QStringLiteral("include")), false});
    std::optional<SelectionRules::Order> order;
    if (line.has(QStringLiteral("order"))) {
        const auto read = SelectionRules::fromJson(Json{{QStringLiteral("order"), line.value(QStringLiteral("order"))}});
        if (!read)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("--order: %1").arg(read.error().message()));
        order = read->order;
    }
    if (!pins && !unpins && excluded.isEmpty() && !order)
        return std::nullopt;
    return [=](const SelectionRules &stored) {
        SelectionRules rules = stored;
        for (const auto &[server, out] : excluded)
            orThrow(rules.exclude(server, out));
        if (pins || unpins)
            rules.pin(pinned);
        rules.order = order.value_or(rules.order);
        return rules;
    };
}

/// The one that was named, or the first that has a choice.
CapabilityId chosen(const QString &name, const QList<CapabilityInfo> &all, const Gateway &gateway)
{
    if (!name.isEmpty())
        return capabilityNamed(name, all, gateway).id();
    const auto found = std::find_if(all.begin(), all.end(), [&](const CapabilityInfo &info) { return gateway.hasCandidates(info.backend); });
    if (found == all.end())
        throw Error(Error::Kind::NotRouted, Text::tr("Nothing that this profile offers can be had from several servers."))
            .withAdvice(Text::tr("Name a capability; those of Livepeer's orchestrators can."));
    return found->id();
}

/// Into the profile, and for what is shown now.
QCoro::Task<void> keep(std::shared_ptr<Connection> connection, std::function<SelectionRules(const SelectionRules &)> change)
{
    ProfileStore profiles(openUserData());
    const QFuture<Profile> changed = profiles.changeSelection(connection->profileName(), change);
    const Profile profile = co_await settled(changed);
    connection->gateway().setSelection(profile.selection);
}

} // namespace

QCoro::Task<int> networkCommand(QStringList arguments)
{
    CommandLine line = networkLine();
    if (const auto code = line.parse(arguments, 0, 1))
        co_return *code;
    const auto change = changeFrom(line);
    const auto connection = co_await Connection::open(&line, openUserData());
    Gateway &gateway = connection->gateway();
    if (change && connection->profileName().isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("Pins and exclusions are kept in a profile, and the command line named the network itself."))
            .withAdvice(Text::tr("Name one: --profile NAME."));
    // A pin shuts all others out, so that it is kept only where the network answers. What lets servers in or leaves one out may be meant for
    // the very server that is away.
    const bool pins = line.has(QStringLiteral("pin"));
    if (change && !pins)
        co_await keep(connection, *change);
    const QFuture<QList<CapabilityInfo>> listed = gateway.capabilities();
    std::optional<Error> silent;
    QList<CapabilityInfo> all;
    try {
        all = co_await settled(listed);
    } catch (const Error &error) {
        silent = error;
    }
    if (silent && change)
        silent->withAdvice((silent->advice() + QLatin1Char('\n') + (pins ? Text::tr("Nothing was pinned.") : Text::tr("The change is kept in the profile all the same."))).trimmed());
    if (silent)
        throw *silent;
    if (pins)
        co_await keep(connection, *change);
    const CapabilityId id = chosen(line.arguments().value(0), all, gateway);
    const QFuture<CandidateReport> asked = gateway.candidates(id);
    const CandidateReport report = co_await settled(asked);
    print(report, line.json());
    co_await connection->close();
    co_return ExitOk;
}

} // namespace sluice::ctl
