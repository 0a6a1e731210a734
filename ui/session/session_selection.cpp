// Which of several servers the profile's calls go to: kept in the profile, and in force at once.
#include "session_p.h"

#include "sluice/base/follow.h"
#include "sluice/gateway/gateway.h"

namespace sluice::ui {

SelectionRules Session::selection() const
{
    return d->profile.selection;
}

void Session::changeSelection(const std::function<SelectionRules(const SelectionRules &)> &change, QObject *context, std::function<void(const Error &)> failed)
{
    const QPointer<QObject> asking(context);
    follow(
        d->profileStore.changeSelection(d->profile.name, change), this,
        [this](const Profile &changed) {
            const bool inFront = changed.name == d->profile.name;
            if (inFront && d->gateway)
                d->gateway->setSelection(changed.selection);
            if (inFront)
                d->inUse.selection = changed.selection;
            d->take(changed);
            if (inFront)
                Q_EMIT selectionChanged();
        },
        [asking, failed](const Error &error) {
            if (asking)
                failed(error);
        });
}

QFuture<Secret> Session::readSecret(const QString &profile, const QString &pointer) const
{
    return d->profileStore.readSecret(profile, pointer);
}

} // namespace sluice::ui
