#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace sluice::ui {

/// Paints one capability in two lines: name and verbs; price, free slots and latency.
class CapabilityDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sluice::ui
