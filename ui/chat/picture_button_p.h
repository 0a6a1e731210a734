#pragma once

#include "sluice/chat/chat_turn.h"

#include <QtGui/QImage>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

/// A small picture; a click or Enter opens it in a window of its own. Its bytes are read and decoded aside from the GUI thread.
class PictureButton final : public QToolButton {
    Q_OBJECT
public:
    PictureButton(const ChatAttachment &picture, QSize bounds, const QString &name, QWidget *parent);

    /// Nothing could be decoded; the button says why.
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] bool isReady() const { return !m_thumbnail.isNull(); }

Q_SIGNALS:
    /// Its size is another one: the picture has been decoded.
    void sizeChanged();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void take(const QImage &thumbnail, QSize whole, const QString &problem);
    void open();

    ChatAttachment m_picture;
    QSize m_bounds;
    QString m_name;
    QImage m_thumbnail;
    bool m_broken = false;
};

} // namespace sluice::ui
