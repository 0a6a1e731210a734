#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace sluice::ui {

/// Paints one capability in two lines: name and verbs; price, free slots and latency. A favourite has a star, which others show under the
/// pointer; above the first row of a group stands what the group is.
class CapabilityDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

    /// Of the row at `rect`, what belongs to the capability itself: without the caption above it.
    [[nodiscard]] static QRect body(const QRect &rect, const QModelIndex &index);
    /// Where its star is to be pressed.
    [[nodiscard]] static QRect star(const QRect &rect, const QModelIndex &index, Qt::LayoutDirection direction);
};

} // namespace sluice::ui
