#include "sluice/picker/capability_delegate.h"

#include "sluice/picker/capability_model.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/reading.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

namespace sluice::ui {

namespace {
constexpr int kRowHeight = 56;
constexpr int kDot = 8;

Theme::Role healthRole(CapabilityModel::Health health)
{
    switch (health) {
    case CapabilityModel::Health::Good: return Theme::Role::Success;
    case CapabilityModel::Health::Full: return Theme::Role::Warning;
    case CapabilityModel::Health::Unknown: return Theme::Role::Muted;
    }
    return Theme::Role::Muted;
}

/// As many facts as fit, the most important first; the tooltip has them all. Half a fact would be worse than none.
QString secondLine(const QModelIndex &index, const CapabilityInfo &info, const QFontMetrics &metrics, int width)
{
    QStringList parts{CapabilityModel::shortPriceText(info), index.data(CapabilityModel::AvailabilityRole).toString()};
    if (info.named && !info.price && !info.availableCapacity)
        parts.prepend(CapabilityModel::provenanceText(info)); // all else is unknown
    else if (info.named)
        parts.append(CapabilityModel::provenanceText(info));
    if (info.latency)
        parts << CapabilityModel::tr("%1 ms").arg(info.latency->count());
    const QString separator = QStringLiteral(" · ");
    while (parts.size() > 1 && metrics.horizontalAdvance(parts.join(separator)) > width)
        parts.removeLast();
    return metrics.elidedText(parts.join(separator), Qt::ElideRight, width);
}
} // namespace

void CapabilityDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto info = index.data(CapabilityModel::InfoRole).value<CapabilityInfo>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setLayoutDirection(option.direction);
    const QRect card = option.rect.adjusted(space::Half, 2, -space::Half, -2);
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::color(
            option.state & QStyle::State_Selected ? Theme::Role::Selection : Theme::Role::Hover));
        painter->drawRoundedRect(card, space::Radius, space::Radius);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Selected)) {
        painter->setPen(QPen(Theme::color(Theme::Role::Accent), 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), space::Radius, space::Radius);
    }

    // Everything below is placed as if from the left, and mirrored where the window is.
    const auto placed = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    const QRect inner = card.adjusted(space::One, space::Half, -space::One, -space::Half);
    const QRect upper(inner.left(), inner.top(), inner.width(), inner.height() / 2);
    const QRect lower(inner.left(), upper.bottom() + 1, inner.width(), inner.height() - upper.height());

    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::color(healthRole(index.data(CapabilityModel::HealthRole).value<CapabilityModel::Health>())));
    painter->drawEllipse(placed(QRect(upper.left(), upper.center().y() - kDot / 2 + 1, kDot, kDot)));

    const QString verbs = CapabilityModel::verbText(info);
    const int badge = Badge::widthFor(verbs);
    Badge::paint(*painter, placed(QRect(upper.right() - badge + 1, upper.top(), badge, upper.height())), verbs,
        Theme::Role::Accent);

    const int textLeft = upper.left() + kDot + space::One;
    painter->setFont(Theme::font(Theme::Type::BodyStrong13));
    painter->setPen(Theme::color(Theme::Role::Text));
    const QRect name(textLeft, upper.top(), upper.right() - badge - space::One - textLeft, upper.height());
    drawReading(*painter, placed(name), Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, name.width()));

    painter->setFont(Theme::font(Theme::Type::Small11));
    painter->setPen(Theme::color(Theme::Role::Muted));
    const QRect facts(textLeft, lower.top(), lower.right() - textLeft, lower.height());
    drawReading(*painter, placed(facts), Qt::AlignVCenter | Qt::AlignLeft,
        secondLine(index, info, painter->fontMetrics(), facts.width()));
    painter->restore();
}

QSize CapabilityDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, kRowHeight};
}

} // namespace sluice::ui
