#pragma once

#include "sluice/base/error.h"
#include "sluice/chat/picture_intake.h"

#include <QtWidgets/QWidget>

#include <functional>

class QHBoxLayout;
class QImage;
class QMimeData;

namespace sluice::ui {

class TakenOutLine;

/// The pictures that go with the message that is being written: small, each with a button that takes it away again. Files are read and
/// made ready aside from the GUI thread, without what they tell beside the picture; a line says what was taken out, and a box in it sends
/// the files as they are. Hidden while there are none.
class AttachmentTray final : public QWidget {
    Q_OBJECT
public:
    explicit AttachmentTray(QWidget *parent = nullptr);

    [[nodiscard]] const QList<ChatAttachment> &attachments() const { return m_attachments; }
    void setAttachments(const QList<ChatAttachment> &attachments);
    /// Some are still being read.
    [[nodiscard]] bool isReading() const { return m_reading > 0; }

    void addFiles(const QStringList &paths);
    void addImage(const QImage &image);
    /// Takes the pictures that were pasted or dropped. False when there are none in it.
    bool take(const QMimeData &offered);
    /// Whether something pasted or dropped holds pictures: an image, or files that are named as some.
    [[nodiscard]] static bool holdsPictures(const QMimeData &offered);

Q_SIGNALS:
    void changed();
    /// A picture that cannot be sent, and why.
    void problem(const sluice::Error &error);

private:
    void read(std::function<Expected<picture_intake::Taken>()> make);
    [[nodiscard]] bool hasRoom();
    /// What is sent, of the pictures and the box.
    void choose();
    void showAll();
    void showLine();

    QList<picture_intake::Taken> m_pictures;
    QList<ChatAttachment> m_attachments; ///< what is sent of each
    QList<QWidget *> m_items;
    QHBoxLayout *m_row;
    TakenOutLine *m_line;
    int m_reading = 0;
    int m_generation = 0; ///< what was asked to be read before the tray was set anew is dropped
};

} // namespace sluice::ui
