#include "sluice/live/live_lines_view.h"

#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr auto kPoll = std::chrono::milliseconds(50);
// What a job may say between two looks; the oldest goes.
constexpr qsizetype kWaiting = 1 << 20;

QPlainTextEdit *editor(const QString &name)
{
    auto *edit = new QPlainTextEdit;
    edit->setFrameShape(QFrame::NoFrame);
    edit->setFont(Theme::font(Theme::Type::Mono));
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setAccessibleName(name);
    edit->setTabChangesFocus(true);
    return edit;
}

QWidget *half(const QString &title, QPlainTextEdit *edit, QWidget *trailing)
{
    auto *box = new QWidget;
    auto *header = new SectionHeader(title);
    if (trailing)
        header->addTrailing(trailing);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(edit, 1);
    return box;
}
} // namespace

LiveLinesView::LiveLinesView(QWidget *parent)
    : QWidget(parent)
    , m_input(editor(tr("Lines to send")))
    , m_output(editor(tr("What came back")))
    , m_send(new QPushButton(Theme::icon(QStringLiteral("send")), tr("S&end")))
{
    m_input->setPlaceholderText(tr("Write or paste lines, then press Ctrl+Enter."));
    m_input->installEventFilter(this);
    m_output->setReadOnly(true);
    m_output->setMaximumBlockCount(ShownLines);
    m_send->setAccessibleName(tr("Send the lines"));
    m_send->setToolTip(tr("Send these lines as one segment (Ctrl+Enter)"));
    connect(m_send, &QPushButton::clicked, this, &LiveLinesView::send);
    m_poll.setInterval(kPoll);
    connect(&m_poll, &QTimer::timeout, this, &LiveLinesView::flush);
    auto *sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->addWidget(half(tr("Lines in"), m_input, m_send));
    sides->addWidget(half(tr("Lines out"), m_output, nullptr));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sides);
    setFocusProxy(m_input);
    setOpen(false);
}

std::function<void(const QByteArray &)> LiveLinesView::receiver() const
{
    return [mailbox = m_mailbox](const QByteArray &bytes) {
        const std::lock_guard lock(mailbox->mutex);
        mailbox->bytes += bytes;
        if (mailbox->bytes.size() > kWaiting)
            mailbox->bytes.remove(0, mailbox->bytes.size() - kWaiting);
    };
}

void LiveLinesView::setOpen(bool open)
{
    m_send->setEnabled(open);
    if (open)
        m_poll.start();
    else
        m_poll.stop();
    flush();
}

void LiveLinesView::send()
{
    const QString text = m_input->toPlainText();
    if (text.isEmpty() || !m_send->isEnabled())
        return;
    m_input->clear();
    Q_EMIT sendRequested(text.endsWith(QLatin1Char('\n')) ? text.toUtf8() : text.toUtf8() + '\n');
}

void LiveLinesView::setInput(const QString &text)
{
    m_input->setPlainText(text);
}

void LiveLinesView::clearOutput()
{
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->bytes.clear();
    }
    m_decoder.resetState();
    m_output->clear();
}

QString LiveLinesView::output() const
{
    return m_output->toPlainText();
}

void LiveLinesView::flush()
{
    QByteArray bytes;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        bytes = std::exchange(m_mailbox->bytes, {});
    }
    if (bytes.isEmpty())
        return;
    const QString text = m_decoder.decode(bytes);
    QScrollBar *bar = m_output->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 1;
    QTextCursor cursor(m_output->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text);
    if (atEnd)
        bar->setValue(bar->maximum());
}

bool LiveLinesView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() == Qt::ControlModifier) {
            send();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice::ui
