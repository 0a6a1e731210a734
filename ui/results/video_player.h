#pragma once

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

#include <memory>

class QLabel;
class QToolButton;

namespace sluice::ui {

/// A video, shown again and again without its sound. Decoded aside from the GUI thread, by FFmpeg, so that what plays does not depend
/// on what the desktop has installed. While nobody sees it, it stands still.
class VideoPlayer final : public QWidget {
    Q_OBJECT
public:
    explicit VideoPlayer(QWidget *parent = nullptr);
    ~VideoPlayer() override;

    /// A file of any format of video; nothing ends the one before.
    void setBytes(const QByteArray &bytes);
    [[nodiscard]] bool isPlaying() const;
    /// As it is on the screen now; null before the first one.
    [[nodiscard]] QImage picture() const;
    /// How many pictures have been shown of this video.
    [[nodiscard]] int shownPictures() const;
    /// Why it cannot be played; empty when it can, or is still being opened.
    [[nodiscard]] QString problem() const { return m_problem; }

public Q_SLOTS:
    void playOrPause();

Q_SIGNALS:
    /// The first picture is there, or it is known why there is none.
    void ready();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Playing;
    class Screen;
    void begin(std::unique_ptr<Playing> playing);
    void fail(const QString &problem);
    void takePicture();
    void applyPause();

    std::unique_ptr<Playing> m_playing;
    int m_request = 0;
    QString m_problem;
    bool m_paused = false;
    Screen *m_screen;
    QToolButton *m_play;
    QLabel *m_facts;
};

} // namespace sluice::ui
