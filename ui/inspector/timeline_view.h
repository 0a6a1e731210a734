#pragma once

#include "sluice/inspector/timeline_geometry.h"

#include <QtWidgets/QAbstractScrollArea>

namespace sluice::ui {

/// Where a call's time went: one bar per step. Up and Down move through the steps; the words say what is painted.
class TimelineView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TimelineView(QWidget *parent = nullptr);
    void setSpans(const QList<TraceSpan> &spans);
    [[nodiscard]] const QList<TraceSpan> &spans() const { return m_spans; }
    /// What a step is called for people.
    [[nodiscard]] static QString stepName(const QString &name);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    [[nodiscard]] TimelineGeometry geometryNow() const;
    [[nodiscard]] QString describe(int index) const;
    void setCurrent(int index);
    void paintRow(QPainter &painter, const TimelineGeometry::Bar &bar, int index) const;
    void updateScrollBar();

    QList<TraceSpan> m_spans;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace sluice::ui
