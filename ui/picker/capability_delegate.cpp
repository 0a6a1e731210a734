#include "sluice/picker/capability_delegate.h"

#include "sluice/picker/capability_model.h"
#include "sluice/widgets/badge.h"
#include "sluice/widgets/reading.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QtMath>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolTip>

namespace sluice::ui {

namespace {
constexpr int kRowHeight = 56;
constexpr int kDot = 8;
constexpr int kCaption = 24;
constexpr int kStar = 13;

Theme::Role healthRole(CapabilityModel::Health health)
{
    switch (health) {
    case CapabilityModel::Health::Good: return Theme::Role::Success;
    case CapabilityModel::Health::Full: return Theme::Role::Warning;
    case CapabilityModel::Health::Unknown: return Theme::Role::Muted;
    }
    return Theme::Role::Muted;
}

QPainterPath starPath(const QRectF &box)
{
    constexpr int Points = 5;
    constexpr double Inner = 0.45;
    QPolygonF outline;
    for (int i = 0; i < 2 * Points; ++i) {
        const double angle = M_PI * i / Points - M_PI / 2;
        const double radius = box.width() / 2 * (i % 2 == 0 ? 1 : Inner);
        outline << box.center() + QPointF(radius * qCos(angle), radius * qSin(angle));
    }
    QPainterPath path;
    path.addPolygon(outline);
    path.closeSubpath();
    return path;
}

void paintStar(QPainter &painter, const QRect &rect, bool favourite)
{
    QRectF box(0, 0, kStar, kStar);
    box.moveCenter(QRectF(rect).center());
    const QColor colour = Theme::color(favourite ? Theme::Role::Accent : Theme::Role::Muted);
    painter.setPen(QPen(colour, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(favourite ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawPath(starPath(box));
}

/// Everything is placed as if from the left, and mirrored where the window is.
QRect cardOf(const QRect &body)
{
    return body.adjusted(space::Half, 2, -space::Half, -2);
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
    const QRect row = body(option.rect, index);
    const auto placed = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    if (row.top() > option.rect.top()) {
        const QRect caption(option.rect.left() + space::One + space::Half, option.rect.top(), option.rect.width() - space::Three, row.top() - option.rect.top());
        painter->setFont(Theme::font(Theme::Type::SmallStrong11));
        painter->setPen(Theme::color(Theme::Role::Muted));
        drawReading(*painter, placed(caption), Qt::AlignVCenter | Qt::AlignLeft, index.data(CapabilityModel::CaptionRole).toString());
    }
    const QRect card = cardOf(row);
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

    const QRect inner = card.adjusted(space::One, space::Half, -space::One, -space::Half);
    const QRect upper(inner.left(), inner.top(), inner.width(), inner.height() / 2);
    const QRect lower(inner.left(), upper.bottom() + 1, inner.width(), inner.height() - upper.height());

    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::color(healthRole(index.data(CapabilityModel::HealthRole).value<CapabilityModel::Health>())));
    painter->drawEllipse(placed(QRect(upper.left(), upper.center().y() - kDot / 2 + 1, kDot, kDot)));

    // The name is what people look for: where both do not fit, the badge says the first verb only, and the page and the screen reader all.
    const QFontMetrics nameMetrics(Theme::font(Theme::Type::BodyStrong13));
    const int wanted = nameMetrics.horizontalAdvance(index.data().toString()) + kDot + 2 * space::One;
    QString verbs = CapabilityModel::verbText(info);
    if (wanted + Badge::widthFor(verbs) > upper.width() && !info.verbs.isEmpty())
        verbs = verbName(info.verbs.first());
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
    const bool favourite = index.data(CapabilityModel::FavouriteRole).toBool();
    const QRect facts(textLeft, lower.top(), lower.right() - space::Two - space::Half - textLeft, lower.height());
    drawReading(*painter, placed(facts), Qt::AlignVCenter | Qt::AlignLeft,
        secondLine(index, info, painter->fontMetrics(), facts.width()));
    if (favourite || option.state.testFlag(QStyle::State_MouseOver))
        paintStar(*painter, star(option.rect, index, option.direction), favourite);
    painter->restore();
}

QSize CapabilityDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {0, index.data(CapabilityModel::CaptionRole).toString().isEmpty() ? kRowHeight : kRowHeight + kCaption};
}

bool CapabilityDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !star(option.rect, index, option.direction).contains(event->pos()))
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(),
        index.data(CapabilityModel::FavouriteRole).toBool() ? tr("Remove from the favourites (Ctrl+D)") : tr("Add to the favourites (Ctrl+D)"), view);
    return true;
}

QRect CapabilityDelegate::body(const QRect &rect, const QModelIndex &index)
{
    return rect.adjusted(0, index.data(CapabilityModel::CaptionRole).toString().isEmpty() ? 0 : kCaption, 0, 0);
}

QRect CapabilityDelegate::star(const QRect &rect, const QModelIndex &index, Qt::LayoutDirection direction)
{
    const QRect card = cardOf(body(rect, index));
    const int half = card.height() / 2;
    return QStyle::visualRect(direction, rect, QRect(card.right() - space::Three - space::Half, card.top() + half, space::Three + space::Half, half));
}

} // namespace sluice::ui
