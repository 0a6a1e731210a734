#pragma once

#include "sluice/chat/chat_turn.h"

#include <QtWidgets/QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace sluice::ui {

class AttachmentTray;

/// Where a person writes: grows with its text up to eight lines. Ctrl+Enter sends, Esc stops. Where the capability takes pictures, they
/// are pasted, dropped or chosen. Up in an empty one asks for the last question, to edit it.
class ChatComposer final : public QFrame {
    Q_OBJECT
public:
    explicit ChatComposer(QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    [[nodiscard]] QList<ChatAttachment> attachments() const;
    void setAttachments(const QList<ChatAttachment> &attachments);
    /// Words and pictures.
    void clear();
    /// Off until it is set: then pictures are not taken and there is no button for them.
    void setTakesPictures(bool takes);
    [[nodiscard]] bool takesPictures() const { return m_takesPictures; }
    [[nodiscard]] AttachmentTray &tray() const { return *m_tray; }
    /// While an answer is coming the button stops it; writing goes on.
    void setBusy(bool busy);
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// What is written takes the place of a question that was asked: it is said, and Esc gives it up.
    void setEditing(bool editing);
    [[nodiscard]] bool isEditing() const { return m_editing; }
    [[nodiscard]] QPlainTextEdit *editor() const { return m_editor; }

public Q_SLOTS:
    /// Sends what is written, unless there is nothing, a picture is still being read, or an answer is on its way.
    void submit();
    void choosePictures();

Q_SIGNALS:
    void submitted(const QString &text);
    void stopRequested();
    void editLastRequested();
    void editCanceled();
    /// The words or the pictures.
    void textChanged();
    /// A picture that cannot be sent.
    void problem(const sluice::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void refresh();
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] bool handleKey(QKeyEvent *event);

    QWidget *m_editStrip;
    AttachmentTray *m_tray;
    QPlainTextEdit *m_editor;
    QToolButton *m_pictures;
    QPushButton *m_button;
    bool m_busy = false;
    bool m_editing = false;
    bool m_takesPictures = false;
};

} // namespace sluice::ui
