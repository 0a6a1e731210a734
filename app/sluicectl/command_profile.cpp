#include "await.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "profile_connect.h"
#include "render.h"
#include "text.h"

#include "sluice/backend/backend.h"
#include "sluice/gateway/backends.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

using Secrets = Profile::Secrets;

/// "sandbox", or what it reaches: orchestrators paid by itself, a gateway, and other backends by their ids.
QString kindWord(const Profile &profile)
{
    QStringList words;
    if (profile.local)
        words.append(QStringLiteral("sandbox"));
    for (auto it = profile.backends.cbegin(); it != profile.backends.cend(); ++it) {
        if (it.key() != Call().backend)
            words.append(it.key());
        else if (!profile.local)
            words.prepend(profile.throughGateway() ? QStringLiteral("gateway") : QStringLiteral("direct"));
    }
    return words.join(QLatin1Char('+'));
}

/// The addresses that its settings name.
QString whereTo(const Profile &profile)
{
    QStringList places;
    if (profile.local)
        places.append(Text::tr("this machine"));
    for (const Json &settings : profile.backends) {
        for (const Json::Member &setting : settings.members()) {
            for (const Json &one : setting.second.isArray() ? setting.second.items() : QList<Json>{setting.second}) {
                if (one.toString().contains(QLatin1String("://")))
                    places.append(one.toString());
            }
        }
    }
    return places.join(QLatin1Char(' '));
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
        row << profile.name << kindWord(profile) << whereTo(profile);
        rows.append(row);
    }
    writeText(table(rows));
}

/// "openai.base_url=TEXT": the backend, the pointer of the setting, and the text.
struct Setting {
    QString backend;
    QString name;
    QString text;
};

Setting settingFrom(const QString &written, const QString &option)
{
    const QString place = written.section(QLatin1Char('='), 0, 0);
    const Setting setting{place.section(QLatin1Char('.'), 0, 0), place.section(QLatin1Char('.'), 1), written.section(QLatin1Char('='), 1)};
    if (setting.backend.isEmpty() || setting.name.isEmpty() || setting.text.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1 \"%2\" is not BACKEND.SETTING=VALUE.").arg(option, written.left(200)));
    const QList<BackendKind> kinds = backends::kinds();
    QStringList ids;
    for (const BackendKind &kind : kinds) {
        if (kind.sharesSettingsOf.isEmpty())
            ids.append(kind.id);
    }
    if (!ids.contains(setting.backend))
        throw Error(Error::Kind::InvalidInput, Text::tr("--%1: there is no backend \"%2\".").arg(option, setting.backend))
            .withAdvice(Text::tr("There are: %1.").arg(ids.join(QStringLiteral(", "))));
    return setting;
}

Json settingsSchemaOf(const QString &backend)
{
    for (const BackendKind &kind : backends::kinds()) {
        if (kind.id == backend)
            return kind.settingsSchema;
    }
    return {};
}

/// Nothing is kept that nobody would read: most likely it is mistyped.
void requireName(const Setting &setting, const QStringList &known, const QString &message)
{
    if (known.contains(setting.name))
        return;
    const QString near = closest(setting.name, known);
    QStringList advice;
    if (!near.isEmpty())
        advice.append(Text::tr("Did you mean \"%1\"?").arg(near));
    if (!known.isEmpty())
        advice.append(Text::tr("There are: %1.").arg(known.join(QStringLiteral(", "))));
    throw Error(Error::Kind::InvalidInput, message.arg(setting.backend, setting.name.left(200))).withAdvice(advice.join(QLatin1Char(' ')));
}

/// What --set and --secret say of any backend. A value that is JSON is that, anything else a text.
Secrets readSettings(const CommandLine &line, Profile &profile)
{
    for (const QString &written : line.values(QStringLiteral("set"))) {
        const Setting setting = settingFrom(written, QStringLiteral("set"));
        for (const SecretSetting &secret : secretSettings(settingsSchemaOf(setting.backend))) {
            if (secret.pointer.mid(1) == setting.name)
                throw Error(Error::Kind::InvalidInput, Text::tr("%1.%2 is a secret, which others could read on a command line.").arg(setting.backend, setting.name))
                    .withAdvice(Text::tr("Give it in a file: --secret %1.%2=FILE.").arg(setting.backend, setting.name));
        }
        requireName(setting, settingNames(settingsSchemaOf(setting.backend)), Text::tr("%1 has no setting \"%2\"."));
        const auto json = Json::parse(setting.text.toUtf8());
        Json values = profile.backends.value(setting.backend, Json::object());
        values.insert(setting.name, json && !json->isString() ? *json : Json(setting.text));
        profile.backends.insert(setting.backend, values);
    }
    Secrets secrets;
    for (const QString &written : line.values(QStringLiteral("secret"))) {
        const Setting setting = settingFrom(written, QStringLiteral("secret"));
        if (!profile.backends.contains(setting.backend))
            profile.backends.insert(setting.backend, Json::object());
        const QString pointer = QStringLiteral("/%1/%2").arg(setting.backend, setting.name);
        QStringList known;
        for (const SecretSetting &one : secretSettings(settingsSchemaOf(setting.backend)))
            known.append(one.pointer.mid(1));
        requireName(setting, known, Text::tr("%1 has no secret \"%2\"."));
        secrets.insert(pointer, readSecretFile(setting.text));
    }
    return secrets;
}

Profile profileFrom(const CommandLine &line, const QString &name, Secrets &secrets)
{
    Profile profile;
    profile.name = name;
    profile.local = false;
    OrchestratorSettings livepeer;
    livepeer.orchUrls = line.values(QStringLiteral("orchestrator"));
    livepeer.discoveryUrl = line.value(QStringLiteral("discovery"));
    livepeer.gatewayUrl = line.value(QStringLiteral("gateway"));
    livepeer.signerUrl = line.values(QStringLiteral("signer")).join(QLatin1Char(','));
    const int sources = int(!livepeer.orchUrls.isEmpty()) + int(!livepeer.discoveryUrl.isEmpty()) + int(!livepeer.gatewayUrl.isEmpty());
    if (sources == 1 || (sources == 0 && !livepeer.signerUrl.isEmpty()))
        profile.setLivepeer(livepeer);
    secrets = readSettings(line, profile);
    if (line.has(QStringLiteral("key")))
        secrets.insert(QStringLiteral("/byoc/sender_key"), readSenderKey(line.value(QStringLiteral("key"))));
    if (line.has(QStringLiteral("key")) && !livepeer.signerUrl.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("--key and --signer are two who would pay: name one of them."));
    profile.maxSpendPerCallWei = weiOption(line, QStringLiteral("max-per-call"));
    profile.maxSpendPerSessionWei = weiOption(line, QStringLiteral("max-per-session"));
    profile.maxSpendPerDayWei = weiOption(line, QStringLiteral("max-per-day"));
    if (sources > 1 || profile.backends.isEmpty())
        throw Error(Error::Kind::InvalidInput, Text::tr("A profile needs one of --orchestrator, --discovery, --signer and --gateway."))
            .withAdvice(Text::tr("Or the settings of another backend: --set BACKEND.SETTING=VALUE."));
    orThrow(profile.check(secrets));
    // What can be written down can be read back: the same checks as for a stored one.
    return orThrow(Profile::fromJson(profile.toJson()));
}

/// What became of a secret where there is no keychain, and what can be done instead.
QString notKept(const QString &pointer)
{
    if (pointer == QLatin1String("/byoc/sender_key"))
        return Text::tr("There is no keychain here, so the key was not kept: set SLUICE_SENDER_KEY, or give --key with each call.");
    if (pointer == QLatin1String("/byoc/signer_key"))
        return Text::tr("There is no keychain here, so the signer key was not kept: set LIVEPEER_SIGNER_AUTH=\"Bearer KEY\" for each call.");
    if (pointer == QLatin1String("/byoc/token"))
        return Text::tr("There is no keychain here, so the token was not kept: set LIVEPEER_TOKEN for each call and name no profile.");
    return Text::tr("There is no keychain here, so %1 was not kept, and calls go without it.").arg(pointer.mid(1).replace(QLatin1Char('/'), QLatin1Char('.')));
}

QCoro::Task<void> add(const CommandLine *line, ProfileStore *profiles, QString name)
{
    Secrets secrets;
    const Profile profile = profileFrom(*line, name, secrets);
    const QList<Profile> known = co_await settled(profiles->list());
    co_await settled(profiles->saveSettings(profile, secrets));
    if (std::any_of(known.begin(), known.end(), [&](const Profile &one) { return one.name == name; }))
        writeErr(Text::tr("Replaced: \"%1\" was there already. Its addresses, settings and limits are now what you said; secrets that you gave none for, what you named\n"
                          "in it and its choice of servers stay.").arg(name));
    if (profiles->secretsPersist() != std::optional(false))
        co_return;
    for (auto it = secrets.cbegin(); it != secrets.cend(); ++it)
        writeErr(notKept(it.key()));
}

QCoro::Task<void> removeProfile(ProfileStore *profiles, QString name)
{
    const bool isSandbox = name == QLatin1String("sandbox");
    Profile untouched;
    untouched.name = name;
    const QList<Profile> known = co_await settled(profiles->list());
    if (isSandbox && known.contains(untouched))
        throw Error(Error::Kind::InvalidInput, Text::tr("The profile \"sandbox\" is always there and cannot be removed."));
    co_await settled(profiles->remove(name));
    if (isSandbox)
        writeErr(Text::tr("The profile \"sandbox\" is as it was at first."));
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
    CommandLine line(QStringLiteral("profile"), QStringLiteral("[list | use NAME | add NAME | remove NAME | connect NAME | disconnect NAME] [options]"),
        Text::tr("Named networks, shared with the window. \"sandbox\" is always there and runs on this machine.\n"
                 "Keys stand in the system's keychain, never in a file of this program. Amounts: \"0.01 ETH\", \"8 gwei\" or a number of wei."));
    line.addOption({QStringLiteral("orchestrator")}, Text::tr("add: call this orchestrator; may be repeated."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("discovery")}, Text::tr("add: find orchestrators here."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("gateway")}, Text::tr("add: call through this BYOC gateway, which signs and pays."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("key")}, Text::tr("add: file with the key that signs and pays; goes to the keychain."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("signer")}, Text::tr("add: a remote signer signs and pays; may be repeated: the next one where one cannot be had."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("set")}, Text::tr("add: a setting of a backend; may be repeated."), QStringLiteral("BACKEND.SETTING=VALUE"));
    line.addOption({QStringLiteral("secret")}, Text::tr("add: file with a secret of a backend; goes to the keychain. May be repeated."), QStringLiteral("BACKEND.SETTING=FILE"));
    line.addOption({QStringLiteral("max-per-call")}, Text::tr("add: spend limit of one call."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("max-per-session")}, Text::tr("add: spend limit of one session."), QStringLiteral("AMOUNT"));
    line.addOption({QStringLiteral("max-per-day")}, Text::tr("add: spend limit of one day, UTC."), QStringLiteral("AMOUNT"));
    line.addJson();
    line.addExample(QStringLiteral("sluicectl profile add mine --orchestrator https://host:8935 --key key.txt --max-per-day \"0.01 ETH\""),
        Text::tr("An orchestrator, a key and a limit."));
    line.addExample(QStringLiteral("sluicectl profile use mine"), Text::tr("What run and stream use from now on, and the window."));
    line.addExample(QStringLiteral("sluicectl profile connect mine"), Text::tr("Sign in at its clearinghouse with a browser: byoc.issuer_url and byoc.client_id say where."));
    if (const auto code = line.parse(arguments, 0, 2))
        co_return *code;
    const QString action = line.arguments().value(0, QStringLiteral("list"));
    const QString name = line.arguments().value(1);
    const QStringList actions = QStringLiteral("list use add remove connect disconnect").split(QLatin1Char(' '));
    if (!actions.contains(action))
        co_return line.refuse(Text::tr("\"%1\" is none of %2.").arg(action, actions.join(QStringLiteral(", "))));
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
    } else if (action == QLatin1String("connect")) {
        co_await connectProfile(&profiles, name, line.json());
        co_return ExitOk;
    } else if (action == QLatin1String("disconnect")) {
        co_await disconnectProfile(&profiles, name);
    }
    const QList<Profile> known = co_await settled(profiles.list());
    const QString current = co_await settled(profiles.current());
    printList(line, known, current);
    co_return ExitOk;
}

} // namespace sluice::ctl
