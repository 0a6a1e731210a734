#pragma once

#include "sluice/widgets/theme.h"

#include <QtGui/QIconEngine>

namespace sluice::ui {

/// Renders a bundled SVG in the colour that its role has at that moment.
class ThemeIconEngine final : public QIconEngine {
public:
    ThemeIconEngine(QString name, Theme::Role role)
        : m_name(std::move(name))
        , m_role(role)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QString key() const override { return QStringLiteral("SluiceIcon"); }
    QString iconName() override { return m_name; }
    QIconEngine *clone() const override { return new ThemeIconEngine(*this); }
    bool isNull() override { return m_name.isEmpty(); }

private:
    QPixmap render(const QSize &pixels, QIcon::Mode mode) const;

    QString m_name;
    Theme::Role m_role;
};

} // namespace sluice::ui
