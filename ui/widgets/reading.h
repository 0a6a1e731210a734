#pragma once

#include <QtCore/QRect>
#include <QtCore/QString>

class QPainter;

namespace sluice::ui {

/// From which side `text` reads: its first strong letter decides, whatever the window's direction is. Text without letters
/// (amounts, times, ids) reads from the left everywhere.
[[nodiscard]] Qt::LayoutDirection readingOf(const QString &text);

/// The flags for QPainter::drawText that hang `text` on the side that `flags` mean in a layout of `direction`, and let it read by
/// its own letters. Otherwise an English sentence in a mirrored window ends in its full stop at the left.
[[nodiscard]] int readingFlags(int flags, Qt::LayoutDirection direction, const QString &text);

/// QPainter::drawText with readingFlags() and the painter's direction.
void drawReading(QPainter &painter, const QRect &rect, int flags, const QString &text);

/// Lets windows begin at the side where the user's language begins. Numbers, sizes, dates and their words are in the language of the
/// texts: the user's where the window is `translated` into it, English otherwise. Before the first widget.
void followUserLocale(bool translated);
/// From which side windows are laid out. The application itself stays left to right: what paints by itself (the code editor, plots)
/// would otherwise reverse what it writes.
[[nodiscard]] Qt::LayoutDirection windowDirection();

} // namespace sluice::ui
