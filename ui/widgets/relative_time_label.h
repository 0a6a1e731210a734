#pragma once

#include <QtCore/QDateTime>
#include <QtWidgets/QLabel>

namespace sluice::ui {

/// "just now", "5 min ago", "yesterday 14:03"; the exact time is in the tooltip. Keeps itself up to date while visible.
class RelativeTimeLabel final : public QLabel {
    Q_OBJECT
public:
    explicit RelativeTimeLabel(QWidget *parent = nullptr);

    void setTime(const QDateTime &time);
    [[nodiscard]] QDateTime time() const { return m_time; }

    /// The words for `time` as seen at `now`; also for times to come ("in 5 min").
    [[nodiscard]] static QString words(const QDateTime &time, const QDateTime &now);
    /// Local time with seconds and the offset from UTC.
    [[nodiscard]] static QString exact(const QDateTime &time);

protected:
    void timerEvent(QTimerEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    QDateTime m_time;
    int m_timer = 0;
};

} // namespace sluice::ui
