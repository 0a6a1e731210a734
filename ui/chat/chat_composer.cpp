#include "sluice/chat/chat_composer.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {
constexpr int mostLines = 8;
}

ChatComposer::ChatComposer(QWidget *parent)
    : QFrame(parent)
    , m_editor(new QPlainTextEdit(this))
    , m_button(new QPushButton(this))
{
    m_editor->setObjectName(QStringLiteral("chatInput"));
    m_editor->setPlaceholderText(tr("Write a message"));
    m_editor->setAccessibleName(tr("Message"));
    m_editor->setAccessibleDescription(tr("Ctrl+Enter sends, Esc stops the answer"));
    m_editor->setTabChangesFocus(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_editor->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_editor->installEventFilter(this);
    m_button->setObjectName(QStringLiteral("chatSend"));
    m_button->setMinimumHeight(space::Control);
    m_button->setAutoDefault(false);
    Theme::makePrimary(m_button);

    auto *hint = new QLabel(tr("Ctrl+Enter sends · Esc stops"), this);
    hint->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(hint, Theme::Role::Muted);

    auto *row = new QHBoxLayout;
    row->setSpacing(space::One);
    row->addWidget(hint);
    row->addStretch(1);
    row->addWidget(m_button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::One, space::One, space::One, space::One);
    column->setSpacing(space::Half);
    column->addWidget(m_editor);
    column->addLayout(row);

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

void ChatComposer::clear()
{
    m_editor->clear();
}

void ChatComposer::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void ChatComposer::submit()
{
    const QString words = text().trimmed();
    if (m_busy || words.isEmpty())
        return;
    Q_EMIT submitted(words);
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
        m_button->setToolTip(tr("Send the message (Ctrl+Enter)"));
        m_button->setEnabled(!text().trimmed().isEmpty());
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

bool ChatComposer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && (key->modifiers() & Qt::ControlModifier) != 0) {
            submit();
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_busy) {
            Q_EMIT stopRequested();
            return true;
        }
    }
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
