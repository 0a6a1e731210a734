// The templates of a profile's LLM worker: kept in the profile, and capabilities at once.
#include "session_p.h"

#include "sluice/base/follow.h"
#include "sluice/base/log.h"
#include "sluice/gateway/gateway.h"

namespace sluice::ui {

QList<assistants::Named> Session::assistants() const
{
    return assistants::of(d->inUse);
}

bool Session::keepsAssistant(const QString &name) const
{
    const QList<assistants::Named> own = assistants::of(d->profile);
    return std::any_of(own.begin(), own.end(), [&](const assistants::Named &one) { return one.name == name; });
}

void Session::changeAssistants(const QList<assistants::Change> &changes, QObject *context, std::function<void(const std::optional<Error> &)> done)
{
    const QPointer<QObject> asking(context);
    const auto tell = [asking, done](const std::optional<Error> &error) {
        if (asking)
            done(error);
    };
    follow(
        d->profileStore.changeAssistants(d->profile.name, changes), this,
        [this, tell](const Profile &changed) {
            d->takeAssistants(changed);
            tell(std::nullopt);
        },
        [tell](const Error &error) { tell(error); });
}

void Session::Private::takeAssistants(const Profile &changed)
{
    const bool inFront = profile.name == changed.name;
    GatewayConfig config = inUse;
    if (network && inFront)
        config.backends = network->config().backends; // the profile's own stand over the network's
    changed.applyTo(config);
    BackendSettings &settings = config.backends[assistants::Backend];
    const BackendSettings now = inUse.backends.value(assistants::Backend);
    for (auto it = inUse.backends.cbegin(); it != inUse.backends.cend() && inFront; ++it)
        config.backends[it.key()].secrets = it->secrets;
    // What the connection added to what the profile says.
    for (const auto &[key, value] : now.values.members()) {
        if (!settings.values.contains(key))
            settings.values.insert(key, value);
    }
    if (inFront && gateway && !worker.isRunning()) {
        if (const auto started = worker.start(config); !started)
            qCWarning(logUi, "Templates of this profile's own capabilities go to its worker: %s", qUtf8Printable(started.error().describe()));
        worker.setGateway(gateway.get());
    }
    const bool taken = inFront && gateway && gateway->updateBackend(assistants::Backend, config.backends.value(assistants::Backend));
    if (taken)
        inUse = config;
    take(changed);
    if (inFront && gateway && !taken)
        q->switchProfile(changed.name);
}

} // namespace sluice::ui
