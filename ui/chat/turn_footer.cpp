#include "sluice/chat/turn_footer_p.h"

#include "sluice/chat/branch_switch_p.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

#include <utility>

namespace sluice::ui {

namespace {

QString milliseconds(std::chrono::milliseconds time)
{
    if (time.count() < 1000)
        return TurnFooter::tr("%1 ms").arg(time.count());
    return TurnFooter::tr("%1 s").arg(QLocale().toString(double(time.count()) / 1000.0, 'f', 1));
}

} // namespace

namespace {

/// Says as much as there is room for, and that there is more.
class FiguresLabel final : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.setLayoutDirection(layoutDirection());
        painter.drawText(contentsRect(), int(Qt::AlignVCenter | Qt::AlignLeading), fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
    }
};

} // namespace

TurnFooter::TurnFooter(QWidget *parent)
    : QWidget(parent)
    , m_branches(new BranchSwitch(this))
    , m_figures(new FiguresLabel(this))
    , m_paid(new AmountLabel(this))
    , m_copy(new CopyButton(this))
    , m_retry(new QToolButton(this))
{
    m_figures->setTextFormat(Qt::PlainText);
    m_figures->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_figures, Theme::Role::Muted);
    m_paid->setSubject(tr("Paid for this answer"));
    m_paid->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_paid, Theme::Role::Paid);
    m_copy->setSubject(tr("this answer"));
    m_retry->setObjectName(QStringLiteral("askAgain"));
    m_figures->setObjectName(QStringLiteral("figures"));
    m_figures->setMinimumWidth(1); // a narrow window cuts it; all of it is in the tooltip
    m_retry->setAutoRaise(true);
    m_retry->setIcon(Theme::icon(QStringLiteral("rotate-ccw"), Theme::Role::Muted));
    m_retry->setToolTip(tr("Ask again: this answer stays as another version"));
    m_retry->setAccessibleName(tr("Ask again"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::One);
    row->addWidget(m_branches);
    row->addWidget(m_figures);
    row->addWidget(m_paid);
    row->addStretch(1);
    row->addWidget(m_retry);
    row->addWidget(m_copy);

    connect(m_retry, &QToolButton::clicked, this, &TurnFooter::retryRequested);
    m_branches->listenTo({m_retry, m_copy});
    connect(m_branches, &BranchSwitch::versionChosen, this, &TurnFooter::versionChosen);
    connect(m_copy, &CopyButton::copied, this, &TurnFooter::copied);
    connect(m_paid, &AmountLabel::copied, this, &TurnFooter::copied);
}

namespace {

QString count(const std::optional<qint64> &number)
{
    return number ? QLocale().toString(*number) : QStringLiteral("—");
}

QString rateOf(const ChatFigures &figures)
{
    const auto rate = figures.tokensPer10Seconds();
    return rate ? TurnFooter::tr("%1 tokens/s").arg(QLocale().toString(double(*rate) / 10.0, 'f', 1)) : QString();
}

} // namespace

QString TurnFooter::figuresOf(const ChatTurn &turn, std::chrono::milliseconds waited)
{
    const ChatFigures &figures = turn.figures;
    if (turn.state == ChatTurn::State::Waiting && turn.place > 0)
        return tr("Number %1 in the queue · %2", "place, time waited").arg(QLocale().toString(turn.place), milliseconds(waited));
    if (turn.state == ChatTurn::State::Waiting)
        return tr("Waiting for the first words · %1").arg(milliseconds(waited));
    QStringList parts;
    if (turn.state == ChatTurn::State::Stopped)
        parts << tr("Stopped");
    if (!turn.isOpen() && !turn.isEmpty())
        parts << tr("%1 in", "tokens of the question").arg(count(figures.promptTokens));
    if (figures.shownTokens() > 0) {
        const QString said = QLocale().toString(figures.shownTokens());
        QString tokens = figures.tokens ? tr("%1 tokens").arg(said) : tr("~%1 tokens").arg(said);
        if (figures.reasoningTokens)
            tokens += QLatin1Char(' ') + tr("(%1 thought)").arg(count(figures.reasoningTokens));
        parts << tokens;
    }
    if (const QString rate = rateOf(figures); !rate.isEmpty())
        parts << rate;
    if (figures.firstToken)
        parts << tr("first after %1").arg(milliseconds(*figures.firstToken));
    if (figures.duration.count() > 0 && !turn.isOpen())
        parts << milliseconds(figures.duration);
    if (figures.paidWei.isEmpty() && !turn.isOpen() && !turn.isEmpty())
        parts << tr("cost %1").arg(QStringLiteral("—"));
    return parts.join(QStringLiteral(" · "));
}

QString TurnFooter::explanationOf(const ChatTurn &turn)
{
    const ChatFigures &figures = turn.figures;
    const QString untold = tr("not told");
    const auto told = [&untold](const std::optional<qint64> &number) { return number ? count(number) : untold; };
    const QString unmeasured = figures.past ? tr("not kept in the history") : tr("not measured");
    const QString rate = rateOf(figures);
    QStringList lines{tr("Tokens of the question: %1").arg(told(figures.promptTokens)),
        figures.tokens ? tr("Tokens of the answer: %1, as the server counted them").arg(count(figures.tokens))
                       : tr("Tokens of the answer: not told; each piece of the stream is taken for one: %1").arg(figures.chunks),
        tr("Of these thought, not said: %1").arg(told(figures.reasoningTokens))};
    if (figures.totalTokens && !figures.tokens)
        lines << tr("Tokens in all: %1").arg(count(figures.totalTokens));
    lines << tr("First words after: %1").arg(figures.firstToken ? milliseconds(*figures.firstToken) : unmeasured)
          << tr("Rate from the first words to the last: %1").arg(rate.isEmpty() ? unmeasured : rate)
          << tr("In all: %1").arg(figures.duration.count() > 0 ? milliseconds(figures.duration) : unmeasured)
          << tr("Paid: %1").arg(figures.paidWei.isEmpty() ? tr("not known") : AmountLabel::humanWei(figures.paidWei));
    return lines.join(QLatin1Char('\n'));
}

void TurnFooter::show(const ChatTurn &turn, const ConversationTree::Versions &versions, bool busy, std::chrono::milliseconds waited)
{
    m_branches->show(versions, !busy);
    const QString words = figuresOf(turn, waited);
    if (m_figures->text() != words) {
        m_figures->setText(words);
        m_figures->setAccessibleName(words);
    }
    const bool open = turn.isOpen();
    m_paid->setVisible(!turn.figures.paidWei.isEmpty());
    if (!turn.figures.paidWei.isEmpty() && std::exchange(m_paidShown, turn.figures.paidWei) != turn.figures.paidWei)
        m_paid->setWei(turn.figures.paidWei);
    m_retry->setVisible(!open);
    m_retry->setEnabled(!busy);
    m_copy->setVisible(!open && !turn.text.isEmpty());
    if (open)
        return;
    m_figures->setToolTip(turn.isEmpty() ? QString() : explanationOf(turn));
    m_figures->setAccessibleDescription(m_figures->toolTip());
    m_copy->setContent(turn.text);
}

} // namespace sluice::ui
