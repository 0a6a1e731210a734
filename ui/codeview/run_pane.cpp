#include "sluice/codeview/run_pane.h"

#include "sluice/base/json.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QLocale>
#include <QtCore/QTimer>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

/// Of the answer beside it; the result view has all of it.
constexpr qsizetype ShownAnswerBytes = programs::ProgramRun::MaxOutputBytes;

QPlainTextEdit *textBox(const QString &name)
{
    auto *box = new QPlainTextEdit;
    box->setReadOnly(true);
    box->setTabChangesFocus(true);
    box->setFrameShape(QFrame::NoFrame);
    box->setAccessibleName(name);
    box->setFont(Theme::font(Theme::Type::MonoSmall));
    box->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    return box;
}

QWidget *column(const QString &title, QPlainTextEdit *box)
{
    auto *whole = new QWidget;
    auto *layout = new QVBoxLayout(whole);
    layout->setContentsMargins(space::One, 0, 0, 0);
    layout->setSpacing(0);
    auto *label = new QLabel(title);
    label->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(label, Theme::Role::Muted);
    layout->addWidget(label);
    layout->addWidget(box, 1);
    return whole;
}

QString noText(qsizetype bytes)
{
    return RunPane::tr("%n byte(s) that are no text", nullptr, int(bytes));
}

/// Bytes as text, where they are some.
QString readable(const QByteArray &bytes)
{
    return bytes.contains('\0') ? noText(bytes.size()) : QString::fromUtf8(bytes);
}

void setText(QPlainTextEdit &box, const QString &text)
{
    if (box.toPlainText() == text)
        return;
    const bool atEnd = box.verticalScrollBar()->value() == box.verticalScrollBar()->maximum();
    box.setPlainText(text);
    if (atEnd)
        box.verticalScrollBar()->setValue(box.verticalScrollBar()->maximum());
}

QString seconds(std::chrono::milliseconds time)
{
    return RunPane::tr("%1 s").arg(QLocale().toString(double(time.count()) / 1000.0, 'f', 1));
}

} // namespace

RunPane::RunPane(QWidget *parent)
    : QWidget(parent)
    , m_status(new ElidedLabel)
    , m_stop(new QToolButton)
    , m_close(new QToolButton)
    , m_output(textBox(tr("Output of the code")))
    , m_own(textBox(tr("The playground's own answer")))
    , m_clock(new QTimer(this))
{
    setAccessibleName(tr("The code, run here"));
    m_status->setFont(Theme::font(Theme::Type::Small11));
    m_status->setElideMode(Qt::ElideRight);
    m_status->setCopyable(false);
    m_stop->setIcon(Theme::icon(QStringLiteral("square")));
    m_stop->setText(tr("Stop"));
    m_stop->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_stop->setAccessibleName(tr("Stop the code"));
    m_stop->setObjectName(QStringLiteral("stopCode"));
    connect(m_stop, &QToolButton::clicked, this, &RunPane::stop);
    m_close->setIcon(Theme::icon(QStringLiteral("x")));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close the output"));
    m_close->setToolTip(tr("Close the output; code that still runs is ended"));
    connect(m_close, &QToolButton::clicked, this, [this] {
        m_run.reset();
        m_clock->stop();
        Q_EMIT runningChanged(false);
        Q_EMIT closeRequested();
    });
    m_clock->setInterval(std::chrono::milliseconds(500));
    connect(m_clock, &QTimer::timeout, this, &RunPane::showStatus);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::One, 0, space::Half, 0);
    head->addWidget(m_status, 1);
    head->addWidget(m_stop);
    head->addWidget(m_close);
    auto *columns = new QHBoxLayout;
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(space::Half);
    columns->addWidget(column(tr("Output of the code"), m_output), 1);
    columns->addWidget(column(tr("The playground's own answer"), m_own), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(columns, 1);
}

RunPane::~RunPane() = default;

void RunPane::run(const programs::Interpreter &interpreter, const programs::Code &code)
{
    m_run = std::make_unique<programs::ProgramRun>();
    m_program = QDir::toNativeSeparators(interpreter.path) + QLatin1Char(' ') + code.fileName;
    connect(m_run.get(), &programs::ProgramRun::outputChanged, this, &RunPane::showOutput);
    connect(m_run.get(), &programs::ProgramRun::ended, this, [this] {
        m_clock->stop();
        showOutput();
        m_output->verticalScrollBar()->setValue(0); // what it printed, before what it said beside that
        showStatus();
        Q_EMIT runningChanged(false);
    });
    m_output->clear();
    m_run->start(interpreter, code);
    m_clock->start();
    showStatus();
    Q_EMIT runningChanged(true);
}

void RunPane::stop()
{
    if (m_run)
        m_run->stop();
    showStatus();
}

bool RunPane::isRunning() const
{
    return m_run && m_run->state() == programs::ProgramRun::State::Running;
}

void RunPane::setOwnAnswer(const OwnAnswer &answer)
{
    m_answer = answer;
    if (!answer.isThere)
        setText(*m_own, tr("None yet: run the call above, and its answer stands here."));
    else if (!answer.isText)
        setText(*m_own, noText(answer.content.size()));
    else
        setText(*m_own, readable(answer.content.left(ShownAnswerBytes)));
    showStatus();
}

void RunPane::setComparable(bool comparable)
{
    m_comparable = comparable;
    showStatus();
}

QString RunPane::shownOutput() const
{
    return m_output->toPlainText();
}

QString RunPane::shownAnswer() const
{
    return m_own->toPlainText();
}

QString RunPane::status() const
{
    return m_status->text();
}

void RunPane::showOutput()
{
    QString text = readable(m_run->output());
    if (!m_run->errors().isEmpty())
        text += (text.isEmpty() || text.endsWith(QLatin1Char('\n')) ? QString() : QStringLiteral("\n")) + tr("Standard error:") + QLatin1Char('\n')
            + readable(m_run->errors());
    if (m_run->dropped() > 0)
        text += QLatin1Char('\n') + tr("… and %1 more that are not kept").arg(QLocale().formattedDataSize(m_run->dropped()));
    setText(*m_output, text);
}

QString RunPane::ending() const
{
    if (!m_run->problem().isEmpty())
        return m_run->problem();
    QStringList facts{m_run->wasStopped() ? tr("Stopped after %1").arg(seconds(m_run->time()))
                                          : tr("Ended with %1 after %2").arg(m_run->exitCode()).arg(seconds(m_run->time()))};
    QStringList files;
    for (const programs::WrittenFile &file : m_run->written())
        files.append(QStringLiteral("%1 (%2)").arg(file.name, QLocale().formattedDataSize(file.bytes)));
    if (!files.isEmpty())
        facts.append(tr("wrote %1").arg(files.join(QStringLiteral(", "))));
    if (const QString same = comparison(); !same.isEmpty())
        facts.append(same);
    return facts.join(QStringLiteral(" · "));
}

QString RunPane::comparison() const
{
    if (!m_comparable || !m_answer.isThere || m_run->exitCode() != 0 || m_run->wasStopped() || m_run->dropped() > 0)
        return {};
    const QString same = tr("the same answer as the playground's");
    for (const programs::WrittenFile &written : m_run->written()) {
        QFile file(QDir(m_run->folder()).filePath(written.name));
        if (written.bytes == m_answer.content.size() && file.open(QIODevice::ReadOnly) && file.readAll() == m_answer.content)
            return same;
    }
    if (m_run->output() == m_answer.content)
        return same;
    const auto own = Json::parse(m_answer.content);
    const auto other = Json::parse(m_run->output());
    if (!own || !other)
        return {};
    return *own == *other ? same : tr("another answer than the playground's");
}

void RunPane::showStatus()
{
    const bool running = isRunning();
    m_stop->setVisible(running);
    m_stop->setEnabled(running && !m_run->wasStopped());
    if (!m_run)
        m_status->setText({});
    else if (running)
        m_status->setText((m_run->wasStopped() ? tr("Stopping · %1") : tr("Running · %1")).arg(seconds(m_run->time())));
    else
        m_status->setText(ending());
    m_status->setToolTip(m_status->text() + QLatin1Char('\n') + m_program);
    const bool failed = m_run && !running && (m_run->exitCode() != 0 || !m_run->problem().isEmpty());
    Theme::setTextRole(m_status, failed ? Theme::Role::Warning : Theme::Role::Text);
}

} // namespace sluice::ui
