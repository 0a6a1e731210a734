#pragma once

#include <QtCore/QBuffer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <chrono>
#include <memory>

class QAudioSink;
class QLabel;
class QSlider;
class QToolButton;

namespace sluice::media {
struct Sound;
}

namespace sluice::ui {

/// A sound: play, pause, go to a place, save. Decoded aside from the GUI thread, by FFmpeg, so that what plays does not depend on what the
/// desktop has installed. Nothing sounds by itself.
class SoundPlayer final : public QWidget {
    Q_OBJECT
public:
    explicit SoundPlayer(QWidget *parent = nullptr);
    ~SoundPlayer() override;

    /// A file of any format of sound; nothing ends the one before.
    void setBytes(const QByteArray &bytes);
    /// Zero until it is decoded.
    [[nodiscard]] std::chrono::milliseconds duration() const;
    /// Why it cannot be played; empty when it can, or is still being decoded.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isPlaying() const;

public Q_SLOTS:
    void playOrPause();

Q_SIGNALS:
    /// The sound can be played, or it is known why not.
    void ready();

private:
    void take(const media::Sound &sound);
    void fail(const QString &problem);
    void goTo(int milliseconds);
    [[nodiscard]] bool start();
    void stop();
    void showPlace();
    void save();

    QByteArray m_bytes;
    QBuffer m_samples;
    std::unique_ptr<QAudioSink> m_sink;
    QTimer m_tick;
    int m_request = 0;
    qint64 m_from = 0; ///< where the sink began, in bytes
    QString m_problem;
    bool m_cut = false;
    QToolButton *m_play;
    QSlider *m_place;
    QLabel *m_time;
    QToolButton *m_save;
};

} // namespace sluice::ui
