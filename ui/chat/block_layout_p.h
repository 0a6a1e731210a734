#pragma once

#include "sluice/chat/markdown_block.h"

#include <QtCore/QPointF>
#include <QtCore/QRectF>
#include <QtGui/QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace sluice::ui {

/// A place between two characters of a laid-out piece.
struct TextSpot {
    int item = 0;
    int offset = 0;
    auto operator<=>(const TextSpot &) const = default;
};

/// Items of one piece, laid out for a width with the theme's fonts and colours as they are now.
class BlockLayout {
public:
    /// `first` leaves out the room above; nothing precedes it.
    BlockLayout(QList<MarkdownItem> items, qreal width, bool first);
    ~BlockLayout();
    BlockLayout(const BlockLayout &) = delete;
    BlockLayout &operator=(const BlockLayout &) = delete;

    [[nodiscard]] qreal height() const { return m_height; }
    /// The widest line, for a bubble that hugs its text.
    [[nodiscard]] qreal usedWidth() const { return m_usedWidth; }
    [[nodiscard]] const QList<MarkdownItem> &items() const { return m_items; }
    /// Whether an item reads from the right: by its first strong letter, a table by its own first; without any as the
    /// item before. Code never does.
    [[nodiscard]] bool isRightToLeft(int item) const { return m_placed[size_t(item)].rightToLeft; }
    /// The lines of an item as they are laid out; null for a rule. Owned by the layout.
    [[nodiscard]] const QTextLayout *textOf(int item) const { return m_placed[size_t(item)].text.get(); }

    /// Paints at `origin`; what lies between the two spots is shown as selected (equal spots: nothing is).
    void paint(QPainter &painter, const QPointF &origin, const QRectF &clip, TextSpot from, TextSpot to) const;
    /// The spot nearest to a point of this piece.
    [[nodiscard]] TextSpot spotAt(const QPointF &point) const;
    /// True when the point lies on words, not beside them.
    [[nodiscard]] bool isText(const QPointF &point) const;
    /// The link under the point, or empty.
    [[nodiscard]] QString linkAt(const QPointF &point) const;
    [[nodiscard]] TextSpot end() const;

    struct Link {
        int item = 0;
        int run = 0;
        QString target;
    };
    [[nodiscard]] QList<Link> links() const;
    /// Where a link's first line is.
    [[nodiscard]] QRectF linkRect(const Link &link) const;
    /// Where the button of a code block that begins in this piece goes, one rectangle per block, with its item.
    [[nodiscard]] QList<std::pair<int, QRectF>> codeCorners() const;

private:
    struct Placed {
        QRectF box; ///< with its background
        std::unique_ptr<QTextLayout> text;
        QPointF origin;
        bool rightToLeft = false; ///< begins at the right, with its bullet and quote bars
    };

    void findReading();

    qreal placeText(int index, qreal x, qreal y, qreal width);
    qreal placeCode(int index, qreal x, qreal y, qreal width);
    qsizetype placeTable(qsizetype index, qreal x, qreal &y, qreal width);
    [[nodiscard]] qreal leftOf(const MarkdownItem &item) const;
    void paintBehind(QPainter &painter, const QPointF &origin, size_t index) const;

    QList<MarkdownItem> m_items;
    std::vector<Placed> m_placed;
    qreal m_height = 0;
    qreal m_usedWidth = 0;
    qreal m_width = 0;
};

} // namespace sluice::ui
