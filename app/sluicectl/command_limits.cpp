#include "await.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/crypto/address.h"
#include "sluice/backend/user_data.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/purse_limits.h"

#include <array>

namespace sluice::ctl {

namespace {

struct Option {
    const char *name;
    std::optional<Wei> PurseLimits::*member;
};
constexpr std::array<Option, 4> Options{{{"per-call", &PurseLimits::perCall}, {"per-day", &PurseLimits::perDay},
    {"face-value", &PurseLimits::faceValue}, {"unseen-price", &PurseLimits::unseenPrice}}};

void print(const QString &sender, const PurseLimits &limits, bool json)
{
    if (json) {
        Json object = limits.toJson();
        object.insert(QStringLiteral("sender"), sender);
        writeOut(object.dump() + '\n');
        return;
    }
    const auto shown = [](const std::optional<Wei> &wei) { return humanWei(toDecimal(wei.value_or(Wei(0)))); };
    QList<QStringList> rows;
    rows.append({Text::tr("LIMIT"), Text::tr("AT MOST")});
    rows.append({Text::tr("one call"), shown(limits.perCall)});
    rows.append({Text::tr("one day (UTC)"), shown(limits.perDay)});
    rows.append({Text::tr("one winning ticket"), shown(limits.faceValue)});
    rows.append({Text::tr("a second, where no price was shown"), shown(limits.unseenPrice)});
    writeOut((Text::tr("Sender: %1\n").arg(sender) + table(rows)).toUtf8());
}

/// The key whose purse is meant: named, or that of the connection.
QCoro::Task<QString> senderOf(const CommandLine *line, std::shared_ptr<UserData> data)
{
    if (line->has(QStringLiteral("sender"))) {
        const Address address = orThrow(Address::fromHex(line->value(QStringLiteral("sender"))));
        co_return address.toChecksum();
    }
    const auto connection = co_await Connection::open(line, data);
    const QString sender = connection->gateway().senderAddress();
    co_await connection->close();
    if (sender.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("There is no key here whose limits could be meant."))
            .withAdvice(Text::tr("Name its address with --sender, or use a profile that has a key."));
    co_return sender;
}

} // namespace

QCoro::Task<int> limitsCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("limits"), QStringLiteral("show|set [options]"),
        Text::tr("Shows or sets what may be spent with a key, whatever profile, address or program uses it.\n"
                 "Amounts: \"0.01 ETH\", \"8 gwei\" or a number of wei."));
    Connection::addOptions(line);
    line.addOption({QStringLiteral("sender")}, Text::tr("The key's address, instead of the current profile's key."), QStringLiteral("ADDRESS"));
    line.addOption({QStringLiteral("per-call")}, Text::tr("Expected value of the tickets of one call."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("per-day")}, Text::tr("The same for one day (UTC), over all programs."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("face-value")}, Text::tr("What one winning ticket may take out of the deposit."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("unseen-price")}, Text::tr("Price per second where the network lists none."), QStringLiteral("AMOUNT"));
    line.addJson();
    line.addExample(QStringLiteral("sluicectl limits show"), Text::tr("Of the current profile's key."));
    line.addExample(QStringLiteral("sluicectl limits set --per-day \"0.1 ETH\""), Text::tr("What is not named stays as it is."));
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    const QString action = line.arguments().value(0);
    if (action != QLatin1String("show") && action != QLatin1String("set"))
        throw Error(Error::Kind::InvalidInput, Text::tr("\"%1\" is neither show nor set.").arg(action));
    PurseLimits wanted;
    for (const Option &option : Options) {
        if (const auto wei = weiOption(line, QLatin1String(option.name)))
            wanted.*option.member = orThrow(weiFromDecimal(*wei));
    }
    const bool sets = action == QLatin1String("set");
    if (sets == (wanted == PurseLimits()))
        throw Error(Error::Kind::InvalidInput, sets ? Text::tr("Nothing says which limit to set.") : Text::tr("show only shows."))
            .withAdvice(Text::tr("Use `sluicectl limits set` with --per-call, --per-day, --face-value or --unseen-price."));
    const auto data = openUserData();
    const QString sender = co_await senderOf(&line, data);
    PurseLimits limits = data->purseLimits(sender);
    if (sets) {
        limits = wanted.orElse(limits);
        data->setPurseLimits(sender, limits);
    }
    print(sender, limits, line.json());
    co_return ExitOk;
}

} // namespace sluice::ctl
