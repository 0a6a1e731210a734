#pragma once

#include "sluice/widgets/theme.h"

#include <QtCore/QList>
#include <QtWidgets/QWidget>

#include <functional>
#include <optional>

namespace sluice::ui {

/// One or two measures over the last minute: lines on one scale from zero, their newest values in words above.
///
/// Painted by hand: at two repaints a second for five of them a chart library's scene would cost more than the video beside it.
class LivePlot final : public QWidget {
    Q_OBJECT
public:
    struct Series {
        QString name; ///< empty for the only one
        Theme::Role role = Theme::Role::Accent;
    };
    /// Values that are kept.
    static constexpr int Capacity = 120;

    LivePlot(const QString &title, const QString &unit, const QList<Series> &series, QWidget *parent = nullptr);

    /// One value per series, in their order; nothing leaves a gap.
    void append(const QList<std::optional<double>> &values);
    void clear();
    /// Stands in the title's place, and values without their names, where both do not fit with them: "p50 / p95, ms".
    void setNarrowTitle(const QString &title) { m_narrowTitle = title; }
    /// How the newest value reads; by default with one decimal below ten and none above.
    void setFormatter(std::function<QString(double)> formatter);
    [[nodiscard]] const QList<std::optional<double>> &values(int series) const { return m_values.at(series); }
    /// "p50 21 ms, p95 38 ms".
    [[nodiscard]] QString summary() const;

    [[nodiscard]] QSize sizeHint() const override { return {96, 88}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {72, 56}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();
    [[nodiscard]] QString valueText(double value) const;
    /// The end of the scale: the next 1, 2 or 5 times a power of ten.
    [[nodiscard]] double top() const;
    void paintHead(QPainter &painter, const QRect &head) const;
    [[nodiscard]] QString newestText(qsizetype series) const;
    /// True when the newest values fit into that width with their names. Small numbers count as long ones, so that it does not change often.
    [[nodiscard]] bool hasRoomForNames(int width) const;
    void paintLine(QPainter &painter, const QRectF &area, int series, double top) const;

    QString m_title;
    QString m_narrowTitle;
    QString m_unit;
    QList<Series> m_series;
    QList<QList<std::optional<double>>> m_values;
    std::function<QString(double)> m_formatter;
};

} // namespace sluice::ui
