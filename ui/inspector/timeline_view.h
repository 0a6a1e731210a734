#pragma once

#include "sluice/inspector/timeline_geometry.h"
<<<<<<< HEAD

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
=======
#include "sluice/widgets/theme.h"

#include <QtWidgets/QWidget>

namespace sluice {

/// A waterfall of a call's steps. Up and Down choose a step, whose exact times are then told; hovering tells them too.
class TimelineView final : public QWidget {
    Q_OBJECT
public:
    explicit TimelineView(QWidget *parent = nullptr);

    /// `now` is the time since the call began, for steps that still run.
    void setSpans(const QList<TraceSpan> &spans, std::chrono::microseconds now);
    [[nodiscard]] const QList<TraceSpan> &spans() const { return m_spans; }
    [[nodiscard]] const TimelineGeometry &geometryOfBars() const { return m_geometry; }
    [[nodiscard]] int currentRow() const { return m_current; }
    void setCurrentRow(int row);
    /// Name, place, begin, end and length of a step, exact.
    [[nodiscard]] static QString describe(const TraceSpan &span);
    /// The name of a step for people; unknown words stay as they are.
    [[nodiscard]] static QString titleOf(const QString &name);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentRowChanged(int row);
>>>>>>> panes

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
<<<<<<< HEAD
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
=======
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    void relayout();
    void describeAll();
    void paintBar(QPainter &painter, const TimelineBar &bar) const;
    [[nodiscard]] static Theme::Role roleOf(const TraceSpan &span);

    QList<TraceSpan> m_spans;
    std::chrono::microseconds m_now{0};
    TimelineGeometry m_geometry;
    int m_current = -1;
    int m_hover = -1;
};

} // namespace sluice
>>>>>>> panes
