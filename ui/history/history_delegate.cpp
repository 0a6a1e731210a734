#include "sluice/history/history_delegate.h"

#include "sluice/history/history_model.h"
#include "sluice/widgets/reading.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QIcon>
#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

namespace sluice::ui {

namespace {
constexpr int kRowHeight = 48;

struct StateLook {
    QString icon;
    Theme::Role role;
};

/// An address says as much shortened; the tooltip has it whole.
QString withShortAddresses(QString text)
{
    static const QRegularExpression address(QStringLiteral("\\b(0x[0-9A-Fa-f]{4})[0-9A-Fa-f]{32}([0-9A-Fa-f]{4})\\b"));
    return text.replace(address, QStringLiteral("\\1…\\2"));
}

StateLook lookOf(RunRecord::State state)
{
    switch (state) {
    case RunRecord::State::Running: return {QStringLiteral("loader-circle"), Theme::Role::Accent};
    case RunRecord::State::Succeeded: return {QStringLiteral("circle-check"), Theme::Role::Success};
    case RunRecord::State::Failed: return {QStringLiteral("circle-x"), Theme::Role::Failed};
    case RunRecord::State::Canceled: return {QStringLiteral("square"), Theme::Role::Muted};
    case RunRecord::State::Interrupted: return {QStringLiteral("triangle-alert"), Theme::Role::Warning};
    case RunRecord::State::Signed: return {QStringLiteral("key"), Theme::Role::Muted};
    }
    return {QStringLiteral("circle"), Theme::Role::Muted};
}
} // namespace

void HistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto record = index.data(HistoryModel::RecordRole).value<RunRecord>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setLayoutDirection(option.direction);
    const QRect card = option.rect.adjusted(space::Half, 1, -space::Half, -1);
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(
            Theme::color(option.state & QStyle::State_Selected ? Theme::Role::Selection : Theme::Role::Hover));
        painter->drawRoundedRect(card, space::Radius, space::Radius);
    }
    // Everything below is placed as if from the left, and mirrored where the window is.
    const auto placed = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    const QRect inner = card.adjusted(space::One, space::Half, -space::One, -space::Half);
    const StateLook look = lookOf(record.state);
    const QRect icon(inner.left(), inner.top() + 2, space::Icon, space::Icon);
    Theme::icon(look.icon, look.role).paint(painter, placed(icon));
    const int left = icon.right() + space::One;
    const QRect upper(left, inner.top(), inner.right() - left, inner.height() / 2);
    const QRect lower(left, upper.bottom() + 1, upper.width(), inner.height() - upper.height());

    painter->setFont(Theme::font(Theme::Type::Small11));
    painter->setPen(Theme::color(Theme::Role::Muted));
    const QString when = RelativeTimeLabel::words(record.startedAt, QDateTime::currentDateTimeUtc());
    const int whenWidth = painter->fontMetrics().horizontalAdvance(when);
    drawReading(*painter, placed(upper), Qt::AlignVCenter | Qt::AlignRight, when);
    const QString facts = record.title.isEmpty() || record.title == record.capability
        ? index.data(HistoryModel::FactsRole).toString()
        : withShortAddresses(HistoryModel::nameText(record)) + QStringLiteral("  ·  ") + index.data(HistoryModel::FactsRole).toString();
    drawReading(*painter, placed(lower), Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(facts, Qt::ElideRight, lower.width()));

    painter->setFont(Theme::font(Theme::Type::Body13));
    painter->setPen(Theme::color(Theme::Role::Text));
    const int room = upper.width() - whenWidth - space::Two;
    const QString title = (record.pinned ? QStringLiteral("★ ") : QString()) + index.data().toString();
    drawReading(*painter, placed(QRect(upper.left(), upper.top(), room, upper.height())), Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(title, Qt::ElideRight, room));
    painter->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, kRowHeight};
}

} // namespace sluice::ui
