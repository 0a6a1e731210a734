#include "sluice/chat/step_bubble_p.h"

#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/chat_view.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/duration_text.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {
constexpr int kMostHeight = 240; ///< of the words; beyond it they scroll
constexpr int kLeastHeight = 24;
constexpr int kLine = 3;
} // namespace

StepBubble::StepBubble(QWidget *parent)
    : QWidget(parent)
    , m_number(new QLabel(this))
    , m_name(new ElidedLabel(this))
    , m_figures(new QLabel(this))
    , m_cost(new AmountLabel(this))
    , m_copy(new CopyButton(this))
    , m_words(new ChatTranscript(this))
    , m_view(new ChatView(*m_words, this, ChatView::Kind::Document))
{
    setObjectName(QStringLiteral("stepBubble"));
    for (QLabel *label : {m_number, m_figures}) {
        label->setTextFormat(Qt::PlainText);
        label->setFont(Theme::font(Theme::Type::Small11));
        Theme::setTextRole(label, Theme::Role::Muted);
    }
    m_figures->setObjectName(QStringLiteral("stepFigures"));
    m_figures->setMinimumWidth(1); // a narrow window cuts it; all of it is in the tooltip
    m_name->setCopyable(false);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_cost->setSubject(tr("Told by the worker as the cost of this stream"));
    m_cost->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_cost, Theme::Role::Paid);
    m_copy->setSubject(tr("what this stream said"));
    m_view->setAccessibleName(tr("What the stream said"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::One);
    row->addWidget(m_number);
    row->addWidget(m_name);
    row->addWidget(m_figures);
    row->addWidget(m_cost);
    row->addStretch(1);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::Two, space::Half, space::One, space::Half);
    column->setSpacing(space::Half);
    column->addLayout(row);
    column->addWidget(m_view);
    m_view->hide();
    connect(m_view, &ChatView::linkActivated, this, &StepBubble::linkActivated);
    connect(m_view, &ChatView::copied, this, &StepBubble::copied);
    connect(m_view, &ChatView::contentHeightChanged, this, &StepBubble::fit, Qt::QueuedConnection);
    connect(m_copy, &CopyButton::copied, this, &StepBubble::copied);
    connect(m_cost, &AmountLabel::copied, this, &StepBubble::copied);
}

StepBubble::~StepBubble() = default;

void StepBubble::show(const ChatStep &step, int number, int count)
{
    m_number->setText(tr("%1 of %2", "which stream of a template").arg(number).arg(count));
    m_name->setText(step.name);
    const QString figures = figuresOf(step);
    m_figures->setText(figures);
    m_figures->setToolTip(explanationOf(step));
    const QString cost = step.costWei();
    m_cost->setVisible(!cost.isEmpty());
    if (!cost.isEmpty() && std::exchange(m_costShown, cost) != cost)
        m_cost->setWei(cost);
    setAccessibleName(tr("Stream %1 of %2: %3, %4", "number, count, name, figures").arg(number).arg(count).arg(step.name, figures));
    setAccessibleDescription(m_figures->toolTip());
    m_copy->setVisible(!step.isOpen && !step.text.isEmpty());
    m_copy->setContent(step.text);
    showWords(step);
}

void StepBubble::showWords(const ChatStep &step)
{
    if (step.text.isEmpty()) {
        m_view->hide();
        return;
    }
    if (!step.text.startsWith(m_shown)) {
        m_words->clear();
        m_shown.clear();
        m_closed = false;
    }
    if (m_shown.isEmpty() && !m_closed)
        m_words->beginAnswer();
    ChatDelta more;
    more.text = step.text.mid(m_shown.size());
    if (!m_closed && !more.text.isEmpty())
        m_words->append(more);
    m_shown = step.text;
    const bool ends = !step.isOpen && !std::exchange(m_closed, true);
    if (ends)
        m_words->finishAnswer();
    m_view->setVisible(true);
    fit();
    if (ends)
        m_view->verticalScrollBar()->setValue(0); // while it came, its latest words were seen; from now on it is read
}

/// As high as its words, up to a bound.
void StepBubble::fit()
{
    if (m_view->isHidden())
        return;
    const int height = std::clamp(m_view->contentHeight(), kLeastHeight, kMostHeight);
    if (m_view->minimumHeight() == height && m_view->maximumHeight() == height)
        return;
    m_view->setFixedHeight(height);
    updateGeometry();
}

void StepBubble::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StepBubble::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::color(Theme::Role::Border), 1));
    painter.setBrush(Theme::color(Theme::Role::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::Radius, space::Radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRect(1, space::Radius, kLine, height() - 2 * space::Radius), Theme::color(Theme::Role::Accent));
}

QString StepBubble::figuresOf(const ChatStep &step)
{
    QStringList parts;
    if (step.isOpen && !step.firstToken)
        parts << tr("waiting for the first words");
    if (step.firstToken)
        parts << tr("first after %1").arg(durationText(*step.firstToken));
    if (step.tokens)
        parts << tr("%1 tokens").arg(QLocale().toString(*step.tokens));
    else if (step.chunks > 0)
        parts << tr("~%1 tokens").arg(QLocale().toString(step.chunks));
    if (step.duration)
        parts << durationText(*step.duration);
    if (!step.isOpen && step.costWei().isEmpty())
        parts << tr("cost %1").arg(QStringLiteral("—"));
    return parts.join(QStringLiteral(" · "));
}

QString StepBubble::explanationOf(const ChatStep &step)
{
    const QString unmeasured = tr("not measured");
    const QString untold = tr("not told");
    const auto wei = [&untold](const QString &amount) { return amount.isEmpty() ? untold : tr("%1 wei").arg(amount); };
    QStringList lines{tr("Asked: %1, by the provider %2").arg(step.name, step.provider),
        tr("First words after: %1").arg(step.firstToken ? durationText(*step.firstToken) : unmeasured),
        tr("In all: %1").arg(step.duration ? durationText(*step.duration) : unmeasured),
        step.tokens ? tr("Tokens of the answer: %1, as the worker counted them").arg(QLocale().toString(*step.tokens))
                    : tr("Tokens of the answer: not told; each piece of the stream is taken for one: %1").arg(step.chunks),
        tr("Paid with tickets: %1").arg(wei(step.paidWei)), tr("Taken from the balance: %1").arg(wei(step.chargedWei))};
    if (!step.runId.isEmpty())
        lines << tr("Run of the history: %1").arg(step.runId);
    return lines.join(QLatin1Char('\n'));
}

} // namespace sluice::ui
