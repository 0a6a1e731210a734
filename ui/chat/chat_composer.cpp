#include "sluice/chat/chat_composer.h"

#include "sluice/chat/attachment_tray.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QMimeData>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr int mostLines = 8;

/// Gives pictures that are pasted or dropped to the tray instead of writing their names.
class MessageEditor final : public QPlainTextEdit {
public:
    MessageEditor(const ChatComposer &composer, AttachmentTray &tray, QWidget *parent)
        : QPlainTextEdit(parent)
        , m_composer(composer)
        , m_tray(tray)
    {
    }

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override
    {
        return (m_composer.takesPictures() && AttachmentTray::holdsPictures(*source)) || QPlainTextEdit::canInsertFromMimeData(source);
    }
    void insertFromMimeData(const QMimeData *source) override
    {
        if (!m_composer.takesPictures() || !m_tray.take(*source))
            QPlainTextEdit::insertFromMimeData(source);
    }

private:
    const ChatComposer &m_composer;
    AttachmentTray &m_tray;
};

} // namespace

ChatComposer::ChatComposer(QWidget *parent)
    : QFrame(parent)
    , m_editStrip(new QWidget(this))
    , m_tray(new AttachmentTray(this))
    , m_editor(new MessageEditor(*this, *m_tray, this))
    , m_pictures(new QToolButton(this))
    , m_button(new QPushButton(this))
{
    m_editor->setObjectName(QStringLiteral("chatInput"));
    m_editor->setPlaceholderText(tr("Write a message"));
    m_editor->setAccessibleName(tr("Message"));
    m_editor->setAccessibleDescription(tr("Ctrl+Enter sends, Esc stops the answer, Up in an empty message edits the last question"));
    m_editor->setTabChangesFocus(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_editor->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_editor->installEventFilter(this);
    m_button->setObjectName(QStringLiteral("chatSend"));
    m_button->setMinimumHeight(space::Control);
    m_button->setAutoDefault(false);
    Theme::makePrimary(m_button);
    m_pictures->setObjectName(QStringLiteral("addPictures"));
    m_pictures->setAutoRaise(true);
    m_pictures->setIcon(Theme::icon(QStringLiteral("image"), Theme::Role::Muted));
    m_pictures->setToolTip(tr("Add pictures… They can be pasted and dropped, too."));
    m_pictures->setAccessibleName(tr("Add pictures…"));
    m_pictures->hide();

    auto *hint = new QLabel(tr("Ctrl+Enter sends · Esc stops"), this);
    hint->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(hint, Theme::Role::Muted);

    m_editStrip->setObjectName(QStringLiteral("editStrip"));
    auto *editing = new QLabel(tr("Another version of a question that was asked"), m_editStrip);
    editing->setFont(Theme::font(Theme::Type::SmallStrong11));
    auto *giveUp = new QToolButton(m_editStrip);
    giveUp->setObjectName(QStringLiteral("cancelEdit"));
    giveUp->setAutoRaise(true);
    giveUp->setIcon(Theme::icon(QStringLiteral("x"), Theme::Role::Muted));
    giveUp->setToolTip(tr("Leave the question as it is (Esc)"));
    giveUp->setAccessibleName(tr("Leave the question as it is"));
    auto *strip = new QHBoxLayout(m_editStrip);
    strip->setContentsMargins(0, 0, 0, 0);
    strip->addWidget(editing);
    strip->addStretch(1);
    strip->addWidget(giveUp);
    m_editStrip->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(space::One);
    row->addWidget(m_pictures);
    row->addWidget(hint);
    row->addStretch(1);
    row->addWidget(m_button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::One, space::One, space::One, space::One);
    column->setSpacing(space::Half);
    column->addWidget(m_editStrip);
    column->addWidget(m_tray);
    column->addWidget(m_editor);
    column->addLayout(row);

    connect(giveUp, &QToolButton::clicked, this, &ChatComposer::editCanceled);
    connect(m_pictures, &QToolButton::clicked, this, &ChatComposer::choosePictures);
    connect(m_tray, &AttachmentTray::problem, this, &ChatComposer::problem);
    connect(m_tray, &AttachmentTray::changed, this, [this] {
        refresh();
        Q_EMIT textChanged();
    });
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_busy)
            Q_EMIT stopRequested();
        else
            submit();
    });
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        refresh();
        Q_EMIT textChanged();
    });
    setFocusProxy(m_editor);
    fit();
    refresh();
}

QString ChatComposer::text() const
{
    return m_editor->toPlainText();
}

void ChatComposer::setText(const QString &text)
{
    m_editor->setPlainText(text);
    m_editor->moveCursor(QTextCursor::End);
}

QList<ChatAttachment> ChatComposer::attachments() const
{
    return m_tray->attachments();
}

void ChatComposer::setAttachments(const QList<ChatAttachment> &attachments)
{
    m_tray->setAttachments(attachments);
}

void ChatComposer::clear()
{
    m_editor->clear();
    m_tray->setAttachments({});
}

void ChatComposer::setTakesPictures(bool takes)
{
    m_takesPictures = takes;
    m_pictures->setVisible(takes);
}

void ChatComposer::setEditing(bool editing)
{
    m_editing = editing;
    m_editStrip->setVisible(editing);
}

void ChatComposer::choosePictures()
{
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Pictures for the message"), {}, tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp *.heic *.heif *.avif)"));
    m_tray->addFiles(paths);
}

bool ChatComposer::isEmpty() const
{
    return text().trimmed().isEmpty() && m_tray->attachments().isEmpty();
}

void ChatComposer::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void ChatComposer::submit()
{
    if (!m_busy && !isEmpty() && !m_tray->isReading())
        Q_EMIT submitted(text().trimmed());
}

void ChatComposer::refresh()
{
    if (m_busy) {
        m_button->setText(tr("Stop"));
        m_button->setIcon(Theme::icon(QStringLiteral("square"), Theme::Role::OnAccent));
        m_button->setToolTip(tr("Stop the answer (Esc); what has come so far is kept"));
        m_button->setEnabled(true);
    } else {
        m_button->setText(tr("Send"));
        m_button->setIcon(Theme::icon(QStringLiteral("send"), Theme::Role::OnAccent));
        m_button->setToolTip(m_tray->isReading() ? tr("A picture is still being read") : tr("Send the message (Ctrl+Enter)"));
        m_button->setEnabled(!isEmpty() && !m_tray->isReading());
    }
    m_button->setAccessibleName(m_button->text());
}

void ChatComposer::fit()
{
    const int line = m_editor->fontMetrics().lineSpacing();
    const auto lines = int(std::ceil(m_editor->document()->size().height()));
    const int margins = int(2 * m_editor->document()->documentMargin()) + 2 * m_editor->frameWidth() + 2;
    m_editor->setFixedHeight(std::clamp(lines, 1, mostLines) * line + margins);
}

bool ChatComposer::handleKey(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (event->modifiers() & Qt::ControlModifier) != 0) {
        submit();
        return true;
    }
    if (event->key() == Qt::Key_Escape && (m_busy || m_editing)) {
        if (m_busy)
            Q_EMIT stopRequested();
        else
            Q_EMIT editCanceled();
        return true;
    }
    // Up does nothing else in an empty message.
    if (event->key() == Qt::Key_Up && (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier && text().isEmpty() && m_tray->attachments().isEmpty() && !m_busy) {
        Q_EMIT editLastRequested();
        return true;
    }
    return false;
}

bool ChatComposer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::KeyPress && handleKey(static_cast<QKeyEvent *>(event)))
        return true;
    if (watched == m_editor && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    return QFrame::eventFilter(watched, event);
}

void ChatComposer::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fit();
}

void ChatComposer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = m_editor->hasFocus();
    painter.setPen(QPen(Theme::color(focused ? Theme::Role::Accent : Theme::Role::ControlBorder), 1));
    painter.setBrush(Theme::color(Theme::Role::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::One, space::One);
}

} // namespace sluice::ui
