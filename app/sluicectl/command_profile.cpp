#include "await.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/gateway/secret_store.h"

namespace sluice::ctl {

namespace {

QString kindWord(Profile::Kind kind)
{
    switch (kind) {
    case Profile::Kind::Sandbox:
        return QStringLiteral("sandbox");
    case Profile::Kind::Gateway:
        return QStringLiteral("gateway");
    case Profile::Kind::Direct:
        break;
    }
    return QStringLiteral("direct");
}

QString whereTo(const Profile &profile)
{
    if (profile.kind == Profile::Kind::Sandbox)
        return Text::tr("this machine");
    if (profile.kind == Profile::Kind::Gateway)
        return profile.gatewayUrl;
    return profile.orchUrls.isEmpty() ? profile.discoveryUrl : profile.orchUrls.join(QLatin1Char(' '));
}

void printList(const CommandLine &line, const QList<Profile> &profiles, const QString &current)
{
    if (line.json()) {
        Json list = Json::array();
        for (const Profile &profile : profiles) {
            Json json = profile.toJson();
            json.insert(QStringLiteral("current"), profile.name == current);
            list.append(json);
        }
        writeOut(list.dump() + '\n');
        return;
    }
    QList<QStringList> rows;
    rows.append(Text::tr(" |NAME|KIND|WHERE").split(QLatin1Char('|')));
    for (const Profile &profile : profiles) {
        QStringList row(profile.name == current ? QStringLiteral("*") : QStringLiteral(" "));
        row << profile.name << kindWord(profile.kind) << whereTo(profile);
        rows.append(row);
    }
    writeText(table(rows));
}

Profile profileFrom(const CommandLine &line, const QString &name)
{
    Profile profile;
    profile.name = name;
    profile.orchUrls = line.values(QStringLiteral("orchestrator"));
    profile.discoveryUrl = line.value(QStringLiteral("discovery"));
    profile.gatewayUrl = line.value(QStringLiteral("gateway"));
    profile.kind = profile.gatewayUrl.isEmpty() ? Profile::Kind::Direct : Profile::Kind::Gateway;
    profile.maxSpendPerCallWei = weiOption(line, QStringLiteral("max-per-call"));
    profile.maxSpendPerSessionWei = weiOption(line, QStringLiteral("max-per-session"));
    profile.maxSpendPerDayWei = weiOption(line, QStringLiteral("max-per-day"));
    const int sources = int(!profile.orchUrls.isEmpty()) + int(!profile.discoveryUrl.isEmpty()) + int(!profile.gatewayUrl.isEmpty());
    if (sources != 1)
        throw Error(Error::Kind::InvalidInput, Text::tr("A profile needs one of --orchestrator, --discovery and --gateway."));
    orThrow(profile.checkAddresses());
    // What can be written down can be read back: the same checks as for a stored one.
    return orThrow(Profile::fromJson(profile.toJson()));
}

QCoro::Task<void> add(const CommandLine *line, ProfileStore *profiles, QString name)
{
    const Profile profile = profileFrom(*line, name);
    SecretStore secrets;
    if (line->has(QStringLiteral("key")))
        co_await settled(secrets.write(Profile::senderKeyEntry(name), readSenderKey(line->value(QStringLiteral("key")))));
    co_await settled(profiles->saveSettings(profile));
    if (secrets.isPersistent() == std::optional(false))
        writeErr(Text::tr("There is no keychain here, so the key was not kept: set SLUICE_SENDER_KEY, or give --key with each call."));
}

QCoro::Task<void> removeProfile(ProfileStore *profiles, QString name)
{
    if (name == QLatin1String("sandbox"))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The profile \"sandbox\" is always there and cannot be removed."));
    co_await settled(profiles->remove(name));
    SecretStore secrets;
    co_await settled(secrets.remove(Profile::tokenEntry(name)));
    co_await settled(secrets.remove(Profile::senderKeyEntry(name)));
}

QCoro::Task<void> requireKnown(ProfileStore *profiles, QString name)
{
    const QList<Profile> known = co_await settled(profiles->list());
    QStringList names;
    for (const Profile &profile : known)
        names.append(profile.name);
    if (!names.contains(name))
        throw Error(Error::Kind::InvalidInput, Text::tr("There is no profile \"%1\".").arg(name))
            .withAdvice(Text::tr("There are: %1.").arg(names.join(QStringLiteral(", "))));
}

} // namespace

QCoro::Task<int> profileCommand(QStringList arguments)
{
    CommandLine line(QStringLiteral("profile"), QStringLiteral("[list | use NAME | add NAME | remove NAME] [options]"),
        Text::tr("Named networks, shared with the window. \"sandbox\" is always there and runs on this machine.\n"
                 "Keys stand in the system's keychain, never in a file of this program. Amounts: \"0.01 ETH\", \"8 gwei\" or a number of wei."));
    line.addOption({QStringLiteral("orchestrator")}, Text::tr("add: call this orchestrator; may be repeated."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("discovery")}, Text::tr("add: find orchestrators here."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("gateway")}, Text::tr("add: call through this BYOC gateway, which signs and pays."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("key")}, Text::tr("add: file with the key that signs and pays; goes to the keychain."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("max-per-call")}, Text::tr("add: spend limit of one call."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("max-per-session")}, Text::tr("add: spend limit of one session."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("max-per-day")}, Text::tr("add: spend limit of one day, UTC."), QStringLiteral("AMOUNT"));
    line.addJson();
    line.addExample(QStringLiteral("sluicectl profile add mine --orchestrator https://host:8935 --key key.txt --max-per-day \"0.01 ETH\""),
        Text::tr("An orchestrator, a key and a limit."));
    line.addExample(QStringLiteral("sluicectl profile use mine"), Text::tr("What run and stream use from now on, and the window."));
    if (const auto code = line.parse(arguments, 0, 2))
        co_return *code;
    const QString action = line.arguments().value(0, QStringLiteral("list"));
    const QString name = line.arguments().value(1);
    if ((action == QLatin1String("list")) != name.isEmpty())
        co_return line.refuse(name.isEmpty() ? Text::tr("%1 needs the name of a profile.").arg(action) : Text::tr("list takes no name."));
    ProfileStore profiles(openUserData());
    if (action == QLatin1String("use")) {
        co_await requireKnown(&profiles, name);
        co_await settled(profiles.setCurrent(name));
    } else if (action == QLatin1String("add")) {
        co_await add(&line, &profiles, name);
    } else if (action == QLatin1String("remove")) {
        co_await requireKnown(&profiles, name);
        co_await removeProfile(&profiles, name);
    } else if (action != QLatin1String("list")) {
        co_return line.refuse(Text::tr("\"%1\" is none of list, use, add, remove.").arg(action));
    }
    const QList<Profile> known = co_await settled(profiles.list());
    const QString current = co_await settled(profiles.current());
    printList(line, known, current);
    co_return ExitOk;
}

} // namespace sluice::ctl
