#include "sluice/widgets/reading.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

namespace sluice::ui {

namespace {

Qt::LayoutDirection s_windowDirection = Qt::LeftToRight;

} // namespace

Qt::LayoutDirection readingOf(const QString &text)
{
    return text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight;
}

int readingFlags(int flags, Qt::LayoutDirection direction, const QString &text)
{
    const int sides = int(QStyle::visualAlignment(direction, Qt::Alignment(flags) & (Qt::AlignHorizontal_Mask | Qt::AlignVertical_Mask)));
    const int rest = flags & ~int(Qt::AlignHorizontal_Mask | Qt::AlignVertical_Mask | Qt::TextForceLeftToRight | Qt::TextForceRightToLeft);
    return sides | rest | (readingOf(text) == Qt::RightToLeft ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight);
}

void drawReading(QPainter &painter, const QRect &rect, int flags, const QString &text)
{
    painter.drawText(rect, readingFlags(flags, painter.layoutDirection(), text), text);
}

Qt::LayoutDirection windowDirection()
{
    return s_windowDirection;
}

void followUserLocale(bool translated)
{
    const QLocale user;
    if (!translated && user.language() != QLocale::C)
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    s_windowDirection = user.textDirection();
}

} // namespace sluice::ui
