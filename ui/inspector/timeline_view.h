#pragma once

#include "sluice/inspector/timeline_geometry.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QWidget>

namespace sluice::ui {

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

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
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
    double m_labelWidth = 0; ///< kept free for names
    TimelineGeometry m_geometry;
    int m_current = -1;
    int m_hover = -1;
};

} // namespace sluice::ui
