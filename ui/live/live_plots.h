#pragma once

#include "sluice/gateway/live_session.h"

#include <QtWidgets/QWidget>

namespace sluice {
namespace media {
struct LatencySnapshot;
}
}

namespace sluice::ui {

class LivePlot;

/// What a running job measures, over the last minute: latency, frame rates, bitrate, drops, spend.
class LivePlots final : public QWidget {
    Q_OBJECT
public:
    explicit LivePlots(QWidget *parent = nullptr);

    /// Call it at a steady pace: the plots' time axis is the number of values.
    void append(const LiveStats &stats);
    void clear();
    /// How often append() was called since clear().
    [[nodiscard]] int samples() const { return m_samples; }
    /// The newest numbers in one line: "p50 21 ms · p95 38 ms · 30.0 → 29.9 fps · 1.8 Mbit/s · 0 dropped · 12 gwei/min".
    [[nodiscard]] QString summary() const { return m_summary; }
    /// Plots without pictures in and out would stay empty; they are left out.
    void setRaw(bool raw);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    [[nodiscard]] static QString summaryOf(const LiveStats &stats);

    LivePlot *m_latency;
    LivePlot *m_rate;
    LivePlot *m_bitrate;
    LivePlot *m_drops;
    LivePlot *m_spend;
    QString m_summary;
    int m_samples = 0;
    int m_columns = 0;
    bool m_raw = false;
};

} // namespace sluice::ui
