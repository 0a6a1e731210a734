#pragma once

#include "sluice/widgets/theme.h"

#include <QtWidgets/QWidget>

namespace sluice::ui {

/// A dot beside a text that says the same. Filled, hollow or half so that it also reads without colour.
class StatusDot final : public QWidget {
    Q_OBJECT
public:
    enum class Shape { Filled, Hollow, Half };
    Q_ENUM(Shape)

    explicit StatusDot(QWidget *parent = nullptr);

    /// `words` say what the dot means; they are its tooltip and accessible name.
    void setStatus(Theme::Role role, Shape shape, const QString &words);
    [[nodiscard]] Shape shape() const { return m_shape; }

    [[nodiscard]] QSize sizeHint() const override { return {12, 12}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// The same dot in an item delegate, centred in `rect`.
    static void paint(QPainter &painter, const QRect &rect, Theme::Role role, Shape shape);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme::Role m_role = Theme::Role::Muted;
    Shape m_shape = Shape::Hollow;
};

} // namespace sluice::ui
