#include "profile_connect.h"

#include "await.h"
#include "output.h"
#include "text.h"

#include "sluice/base/async.h"
#include "sluice/gateway/device_login.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

/// Finishes when the login is in another state than the one before; Ctrl-C cancels it.
QFuture<void> untilAnother(DeviceLogin *login)
{
    const Completion<void> over;
    QObject::connect(login, &DeviceLogin::stateChanged, login, [over] { over.finish(); });
    return over.future();
}

QCoro::Task<void> step(DeviceLogin *login)
{
    const QFuture<void> another = untilAnother(login);
    co_await settled(another);
    if (login->state() == DeviceLogin::State::Failed)
        throw login->error();
    if (login->state() == DeviceLogin::State::Canceled)
        throw Error(Error::Kind::Canceled, QStringLiteral("The sign-in was cancelled."));
}

QCoro::Task<Profile> named(ProfileStore *profiles, QString name)
{
    const QFuture<QList<Profile>> listed = profiles->list();
    const QList<Profile> all = co_await settled(listed);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Profile &one) { return one.name == name; });
    if (found == all.end())
        throw Error(Error::Kind::InvalidInput, Text::tr("There is no profile \"%1\".").arg(name));
    co_return *found;
}

} // namespace

QCoro::Task<void> connectProfile(ProfileStore *profiles, QString name, bool json)
{
    const Profile profile = co_await named(profiles, name);
    const OrchestratorSettings settings = profile.livepeer();
    if (settings.issuerUrl.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("The profile \"%1\" names no clearinghouse to sign in at.").arg(name))
            .withAdvice(Text::tr("Name one: sluicectl profile add NAME --signer URL --set byoc.issuer_url=URL --set byoc.client_id=ID"));
    DeviceLogin::Request request;
    request.issuer = settings.issuerUrl;
    request.clientId = settings.clientId;
    request.audience = settings.audience;
    DeviceLogin login(request);
    login.start();
    co_await step(&login);
    if (json)
        writeOut(Json{{QStringLiteral("user_code"), login.userCode()}, {QStringLiteral("verification_uri"), login.page().toString(QUrl::FullyEncoded)},
                     {QStringLiteral("verification_uri_complete"), login.pageWithCode().toString(QUrl::FullyEncoded)},
                     {QStringLiteral("ends_at"), login.endsAt().toUTC().toString(Qt::ISODate)}}.dump()
            + '\n');
    else
        writeErr(Text::tr("Open %1\nand enter the code  %2\nIt holds until %3; Ctrl-C gives up.")
                     .arg(login.page().toString(QUrl::FullyEncoded), login.userCode(), login.endsAt().toLocalTime().toString(QStringLiteral("HH:mm"))));
    co_await step(&login);
    const QFuture<void> kept = profiles->saveSecret(name, DeviceLogin::pointer(), login.login());
    co_await settled(kept);
    if (profiles->secretsPersist() == std::optional(false))
        writeErr(Text::tr("Signed in, but there is no keychain here, so the sign-in was not kept."));
    else
        writeErr(Text::tr("Signed in. It is kept in the keychain and renewed by itself."));
}

QCoro::Task<void> disconnectProfile(ProfileStore *profiles, QString name)
{
    const Profile profile = co_await named(profiles, name);
    const QFuture<void> gone = profiles->saveSecret(profile.name, DeviceLogin::pointer(), Secret());
    co_await settled(gone);
}

} // namespace sluice::ctl
