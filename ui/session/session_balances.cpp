#include "session_p.h"

#include "sluice/base/follow.h"
#include "sluice/base/log.h"

namespace sluice::ui {

void Session::refreshBalances()
{
    QList<CapabilityId> ids;
    for (const CapabilityInfo &info : std::as_const(d->capabilities))
        ids << info.id();
    d->askBalances(ids);
}

void Session::Private::askBalances(const QList<CapabilityId> &ids)
{
    if (!gateway || ids.isEmpty())
        return;
    follow(
        gateway->balances(ids), q,
        [this, mine = generation](const QList<Gateway::Balance> &said) {
            if (mine != generation)
                return;
            for (const Gateway::Balance &balance : said) {
                if (balance.wei)
                    takeBalance(balance.id, balance.orchestrator, *balance.wei);
            }
        },
        [](const Error &error) {
            // The last word stays, with its time beside it; the log says why there is no newer one.
            qCWarning(logUi, "Balances are unknown: %s", qUtf8Printable(error.describe()));
        });
}

void Session::Private::takeBalance(const CapabilityId &capability, const QUrl &orchestrator, const QString &wei)
{
    balances.put(capability, orchestrator, wei, QDateTime::currentDateTimeUtc());
    Q_EMIT q->balanceChanged(capability);
}

/// What somebody looks at, and what may be forgotten meanwhile.
void Session::Private::lookAtBalances()
{
    if (state != State::Ready)
        return;
    QList<CapabilityId> ids = balances.filled();
    if (watched && !ids.contains(*watched) && q->capability(*watched)) {
        const auto word = balances.of(*watched);
        const auto age = word ? word->at.msecsTo(QDateTime::currentDateTimeUtc()) : balanceTimer.interval();
        if (age >= balanceTimer.interval())
            ids << *watched;
    }
    askBalances(ids);
}

std::optional<BalanceBook::Word> Session::balance(const CapabilityId &capability) const
{
    return d->balances.of(capability);
}

void Session::watchBalance(const std::optional<CapabilityId> &capability)
{
    if (capability == d->watched)
        return;
    d->watched = capability;
    if (!capability)
        return;
    const auto word = d->balances.of(*capability);
    if (word && word->at.msecsTo(QDateTime::currentDateTimeUtc()) >= d->balanceTimer.interval())
        d->askBalances({*capability});
}

void Session::setBalanceInterval(std::chrono::milliseconds interval)
{
    d->balanceTimer.start(interval);
}

} // namespace sluice::ui
