#include "sluice/sidebyside/cost_ahead.h"

#include "sluice/payments/amount.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::CostAhead)
};

/// What a limit leaves of what was spent; never below zero. Nothing where there is no limit.
std::optional<Wei> left(const std::optional<QString> &limit, const QString &spent)
{
    if (!limit)
        return std::nullopt;
    const auto most = weiFromDecimal(*limit);
    const auto gone = weiFromDecimal(spent.isEmpty() ? QStringLiteral("0") : spent);
    if (!most || !gone)
        return std::nullopt;
    return *gone >= *most ? Wei(0) : Wei(*most - *gone);
}

} // namespace

std::optional<Rational> mostOfOneCall(const CapabilityInfo &capability, std::chrono::seconds timeout)
{
    if (!capability.price || capability.price->pixelsPerUnit <= 0 || capability.price->pricePerUnit < 0)
        return std::nullopt;
    if (capability.price->pricePerUnit == 0)
        return Rational(0);
    if (capability.price->unit == QLatin1String("call"))
        return Rational(Wei(capability.price->pricePerUnit), Wei(capability.price->pixelsPerUnit));
    if (capability.price->unit != QLatin1String("second"))
        return std::nullopt;
    // It is paid for as long as it may last, or for the credit that it must begin with.
    const qint64 seconds = std::max<qint64>(capability.creditSeconds, timeout.count());
    return Rational(Wei(capability.price->pricePerUnit) * seconds, Wei(capability.price->pixelsPerUnit));
}

void CostAhead::add(const QString &name, const std::optional<Rational> &most)
{
    if (!most) {
        m_unknown << name;
        return;
    }
    ++m_known;
    m_sum += *most;
    m_dearest = std::max(m_dearest, *most);
}

QString CostAhead::text() const
{
    if (isEmpty())
        return {};
    const QString names = QLocale().createSeparatedList(m_unknown);
    if (m_known == 0)
        return Words::tr("What this costs is not said by the network: %1.", "names of capabilities").arg(names);
    const QString sum = m_sum == 0 ? Words::tr("The next answers are free.")
                                   : Words::tr("The next answers cost at most %1 together.").arg(amount::human(m_sum));
    return m_unknown.isEmpty() ? sum : Words::tr("%1 Not counted, because the network names no price: %2.", "sentence, names of capabilities").arg(sum, names);
}

QString CostAhead::beyond(const Spending &spending) const
{
    if (const auto most = left(spending.callLimitWei, {}); most && m_dearest > Rational(*most))
        return Words::tr("The limit for one call, %1, is below that: a call stops where it is reached.").arg(amount::human(Rational(*most)));
    const auto day = left(spending.dayLimitWei, spending.todayWei);
    const auto session = left(spending.sessionLimitWei, spending.sessionWei);
    if (day && m_sum > Rational(*day))
        return Words::tr("Today's limit leaves %1: what goes beyond it is not paid.").arg(amount::human(Rational(*day)));
    if (session && m_sum > Rational(*session))
        return Words::tr("The session's limit leaves %1: what goes beyond it is not paid.").arg(amount::human(Rational(*session)));
    return {};
}

} // namespace sluice::ui
