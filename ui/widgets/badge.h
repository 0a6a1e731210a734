#pragma once

#include "sluice/widgets/theme.h"

#include <QtWidgets/QWidget>

namespace sluice::ui {

/// A small rounded label: a verb, a price, a state. Colour never carries the meaning alone; the text does.
class Badge final : public QWidget {
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);
    Badge(const QString &text, Theme::Role role, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    void setRole(Theme::Role role);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// Paints the same badge in an item delegate; returns its width. `rect` gives left edge and vertical centre.
    static int paint(QPainter &painter, const QRect &rect, const QString &text, Theme::Role role);
    [[nodiscard]] static int widthFor(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Theme::Role m_role = Theme::Role::Muted;
};

} // namespace sluice::ui
