#include "sluice/net/origin_policy.h"

namespace sluice {

namespace {

QString placeOf(Origin::Reach reach)
{
    return reach == Origin::Reach::Loopback ? QStringLiteral("this machine") : QStringLiteral("a private network");
}

} // namespace

OriginPolicy::OriginPolicy(Origin source, QList<Origin> allowed)
    : m_source(std::move(source))
    , m_allowed(std::move(allowed))
{
}

Expected<void> OriginPolicy::check(const QUrl &url, Scope scope, const QString &what) const
{
    const Expected<Origin> target = Origin::of(url);
    if (!target)
        return unexpected(target.error());
    const auto refuse = [&](const QString &reason, const QString &advice) {
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("%1 names the %2 %3, %4. Nothing was sent there.")
                                                           .arg(m_source.toString(), what, target->toString(), reason))
                              .withAdvice(advice));
    };
    if (*target == m_source)
        return {};
    if (m_source.isEncrypted() && !target->isEncrypted())
        return refuse(QStringLiteral("which is not encrypted although its own address is"),
            QStringLiteral("Whoever runs it has to offer it over https; if the network between is yours, use its http address in the profile."));
    if (m_allowed.contains(*target))
        return {};
    // This machine has many names.
    const bool bothHere = target->reach() == Origin::Reach::Loopback && m_source.reach() == Origin::Reach::Loopback;
    const bool sameHost = bothHere || target->host() == m_source.host();
    if (scope == Scope::SameOrigin)
        return refuse(QStringLiteral("which is another server than its own"),
            QStringLiteral("Use that address in the profile if you know that it belongs to the same orchestrator."));
    if (sameHost)
        return {};
    // Reach is ordered by distance: a source must not name hosts that are nearer to this machine than itself.
    if (target->reach() < m_source.reach())
        return refuse(QStringLiteral("which lies on ") + placeOf(target->reach()) + QStringLiteral(" although it does not itself"),
            QStringLiteral("Add that address to the profile if you know that it is right."));
    if (scope == Scope::SameHost)
        return refuse(QStringLiteral("which is another host than its own"),
            QStringLiteral("Add that address to the profile if you trust it as well."));
    return {};
}

} // namespace sluice
