#pragma once

#include "sluice/live/live_source.h"
#include "sluice/live/live_state.h"
#include "sluice/live/video_geometry.h"
#include "sluice/media/camera_source.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QActionGroup;
class QComboBox;
class QPushButton;
class QToolButton;

namespace sluice::ui {

class Badge;

/// The bar above the video: what to send, start, pause and stop, how to see it, snapshot and recording.
class LiveControls final : public QWidget {
    Q_OBJECT
public:
    explicit LiveControls(QWidget *parent = nullptr);

    void setCameras(const QList<media::CameraInfo> &cameras);
    void setSource(const LiveSource &source);
    [[nodiscard]] const LiveSource &source() const { return m_source; }
    void setArrangement(VideoArrangement arrangement);
    void setState(LiveState state);
    /// While it runs: for how long no picture has come; 0 when they come.
    void setQuiet(std::chrono::seconds quiet);
    /// Jobs that are not video have no source and no pictures.
    void setRaw(bool raw);
    /// Whether there is a picture to save, and which recordings run.
    void setPicture(bool any);
    void setRecording(bool input, bool output);

Q_SIGNALS:
    void sourceChosen(const sluice::ui::LiveSource &source);
    void startRequested();
    void stopRequested();
    void pauseRequested();
    void arrangementChosen(sluice::ui::VideoArrangement arrangement);
    void fullScreenRequested();
    void snapshotRequested();
    void recordInputRequested(bool on);
    void recordOutputRequested(bool on);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void showRecordingTime();
    /// `always`: also where there is no room for it.
    void showState(const QString &text, Theme::Role role, bool always);
    void makeSources();
    void makeTransport();
    void makeView();
    void fillSources();
    void fillFormats();
    void fitFormat();
    void chooseSource(int index);
    void chooseFormat(int index);
    void chooseFile();
    [[nodiscard]] QToolButton *tool(const QString &icon, const QString &name, const QString &keys = {});

    QList<media::CameraInfo> m_cameras;
    LiveSource m_source;
    QComboBox *m_sources;
    QComboBox *m_formats;
    QPushButton *m_start;
    QPushButton *m_stop;
    QToolButton *m_pause;
    Badge *m_state;
    QList<QToolButton *> m_arrangements;
    QToolButton *m_fullScreen = nullptr;
    QToolButton *m_snapshot = nullptr;
    QToolButton *m_record = nullptr;
    QAction *m_recordInput = nullptr;
    QAction *m_recordOutput = nullptr;
    QTimer m_recording; ///< runs while something is recorded, a tick a second
    QElapsedTimer m_recordingSince;
    bool m_stateAlways = false; ///< the state shows whatever the room
    bool m_raw = false;
};

} // namespace sluice::ui
