#pragma once

#include "sluice/backend/capability_info.h"
#include "sluice/live/live_link.h"
#include "sluice/live/live_source.h"
#include "sluice/live/live_state.h"
#include "sluice/live/video_geometry.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <chrono>
#include <functional>
#include <memory>

class QSettings;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace sluice::ui {
class ElidedLabel;
class InlineMessage;
class InputEditor;
}

namespace sluice::media {
class CameraWatcher;
}

namespace sluice::ui {

class LiveControls;
class LiveDataModel;
class LiveEventsModel;
class LiveLinesView;
class LivePlots;
class LiveStagesModel;
class LiveUpdatesModel;
class ParameterUpdater;
class VideoView;

/// The workbench of a live capability: a source goes in, what comes back stands beside it, parameters change it while it runs.
///
/// It opens no job itself: openRequested() asks its owner for one, who answers with attach() or refuse(). GUI thread; never blocks.
class LivePane final : public QWidget {
    Q_OBJECT
public:
    explicit LivePane(QWidget *parent = nullptr);
    ~LivePane() override;

    void setCapability(const CapabilityInfo &info);
    /// What the form holds: `Call::input` of the job.
    [[nodiscard]] Json parameters() const;
    [[nodiscard]] QStringList secretPointers() const;
    /// Names of the files among the parameters, by JSON pointer.
    [[nodiscard]] QHash<QString, QString> fileNames() const;
    /// Of those, the pointers of pictures that hold less than the person's own file.
    [[nodiscard]] QStringList cleanedFiles() const;
    void setParameters(const Json &parameters);

    [[nodiscard]] const LiveSource &source() const;
    /// Takes effect at once when a job is open.
    void setSource(const LiveSource &source);
    void setArrangement(VideoArrangement arrangement);
    /// Source, format and arrangement as they were left.
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

    [[nodiscard]] LiveState state() const { return m_state; }
    /// Checks the parameters, opens the source, then asks for a job. While one is open, sends the lines of a job that is not video.
    void start();
    /// The job that openRequested() asked for.
    void attach(std::unique_ptr<LiveLink> link);
    /// There is no job, and why.
    void refuse(const Error &error);
    void stop();
    void togglePause();
    void toggleFullScreen();
    /// Saves the newest output picture as PNG, in its own size, on another thread; the message says how it went.
    void saveSnapshot(const QString &fileName);
    /// Writes what is sent or received to a file; an empty name stops.
    void record(LiveSession::Channel channel, const QString &fileName);

    [[nodiscard]] VideoView &video() const { return *m_video; }
    [[nodiscard]] LiveLinesView &lines() const { return *m_lines; }
    [[nodiscard]] LiveControls &controls() const { return *m_controls; }
    [[nodiscard]] InputEditor &input() const { return *m_input; }
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    [[nodiscard]] LiveEventsModel &events() const { return *m_events; }
    [[nodiscard]] LiveDataModel &data() const { return *m_data; }
    [[nodiscard]] LiveUpdatesModel &updates() const { return *m_updates; }
    [[nodiscard]] LiveStagesModel &stages() const { return *m_stages; }
    [[nodiscard]] LivePlots &plots() const { return *m_plots; }
    /// Brings measurements, events or data to the front.
    enum class Tab { Parameters, Measurements, Events, Data };
    void showTab(Tab tab);

Q_SIGNALS:
    void openRequested();
    void stateChanged(sluice::ui::LiveState state);
    /// A person changed the parameters.
    void parametersChanged();
    /// save() has something new to keep.
    void preferencesChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeParts();
    void makeTabs();
    void connectParts();
    void watchCameras();
    void setState(LiveState state);
    void showWords();
    void withSource(std::function<void(std::shared_ptr<media::VideoSource>)> use);
    void forgetJob();
    void chooseSource(const LiveSource &source);
    void useTestPattern();
    void onTrouble(const Error &error);
    void onLinkState(LiveLink::State state);
    void onFailed(const Error &error);
    void onShown(qint64 pts);
    void onParameters();
    void connectLink();
    /// The job is over; `state` is how.
    void detach(LiveState state);
    void readStats();
    void watchPictures(const LiveStats &stats);
    void askSnapshot();
    void writeSnapshot(const media::Frame &frame, const QString &fileName);
    void askRecord(LiveSession::Channel channel, bool on);
    void showRecording();
    /// In the log, and `above` the pictures as well.
    void tellRecorded(LiveSession::Channel channel, const QString &fileName, bool above);
    /// With a way to its folder.
    void tellSaved(const QString &word, const QString &fileName);
    void tell(const Error &error, const QString &action, std::function<void()> remedy);

    CapabilityInfo m_capability;
    LiveState m_state = LiveState::Idle;
    VideoArrangement m_arrangement = VideoArrangement::SideBySide;
    std::unique_ptr<LiveLink> m_link;
    std::shared_ptr<media::VideoSource> m_sending;
    std::unique_ptr<media::CameraWatcher> m_cameraWatcher;
    std::function<void()> m_remedy;
    int m_sourceRequest = 0; ///< newer requests make older answers moot
    bool m_sawPicture = false;
    qint64 m_pictures = 0;         ///< that came so far
    QElapsedTimer m_sincePicture;  ///< since that number changed, or since something else explains why it does not
    std::chrono::seconds m_quiet{0}; ///< for how long no picture has come; 0 while they come
    QString m_inputFile;     ///< recordings under way
    QString m_outputFile;
    QTimer m_statsTimer;

    LiveControls *m_controls;
    InlineMessage *m_message;
    QStackedWidget *m_stage;
    VideoView *m_video;
    LiveLinesView *m_lines;
    ElidedLabel *m_figures;
    QSplitter *m_rows;
    QTabWidget *m_tabs;
    InputEditor *m_input;
    LivePlots *m_plots;
    LiveEventsModel *m_events;
    LiveDataModel *m_data;
    LiveUpdatesModel *m_updates;
    LiveStagesModel *m_stages;
    ParameterUpdater *m_updater;
};

} // namespace sluice::ui
