#include "sluice/chat/turn_footer_p.h"

#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {

QString milliseconds(std::chrono::milliseconds time)
{
    if (time.count() < 1000)
        return TurnFooter::tr("%1 ms").arg(time.count());
    return TurnFooter::tr("%1 s").arg(QLocale().toString(double(time.count()) / 1000.0, 'f', 1));
}

} // namespace

TurnFooter::TurnFooter(QWidget *parent)
    : QWidget(parent)
    , m_figures(new QLabel(this))
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
    m_retry->setAutoRaise(true);
    m_retry->setIcon(Theme::icon(QStringLiteral("rotate-ccw"), Theme::Role::Muted));
    m_retry->setToolTip(tr("Ask again: replaces this answer"));
    m_retry->setAccessibleName(tr("Ask again"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::One);
    row->addWidget(m_figures);
    row->addWidget(m_paid);
    row->addStretch(1);
    row->addWidget(m_retry);
    row->addWidget(m_copy);

    connect(m_retry, &QToolButton::clicked, this, &TurnFooter::retryRequested);
    connect(m_copy, &CopyButton::copied, this, &TurnFooter::copied);
    connect(m_paid, &AmountLabel::copied, this, &TurnFooter::copied);
}

QString TurnFooter::figuresOf(const ChatTurn &turn)
{
    const ChatFigures &figures = turn.figures;
    if (turn.state == ChatTurn::State::Waiting)
        return tr("Waiting for the first words · %1").arg(milliseconds(figures.duration));
    QStringList parts;
    if (turn.state == ChatTurn::State::Stopped)
        parts << tr("Stopped");
    if (figures.shownTokens() > 0) {
        const QString count = QLocale().toString(figures.shownTokens());
        parts << (figures.tokens ? tr("%1 tokens").arg(count) : tr("~%1 tokens").arg(count));
    }
    if (const auto rate = figures.tokensPer10Seconds())
        parts << tr("%1 tokens/s").arg(QLocale().toString(double(*rate) / 10.0, 'f', 1));
    if (figures.firstToken)
        parts << tr("first after %1").arg(milliseconds(*figures.firstToken));
    if (figures.duration.count() > 0 && !turn.isOpen())
        parts << milliseconds(figures.duration);
    return parts.join(QStringLiteral(" · "));
}

QString TurnFooter::explanationOf(const ChatTurn &turn)
{
    if (turn.figures.shownTokens() == 0)
        return {};
    return turn.figures.tokens ? tr("Tokens as the server counted them. The rate runs from the first words to the last.")
                               : tr("The server did not count its tokens: each piece of the stream is taken for one. "
                                    "The rate runs from the first words to the last.");
}

void TurnFooter::show(const ChatTurn &turn, bool last)
{
    const QString words = figuresOf(turn);
    if (m_figures->text() != words) {
        m_figures->setText(words);
        m_figures->setAccessibleName(words);
        m_figures->setToolTip(explanationOf(turn));
    }
    m_paid->setVisible(!turn.figures.paidWei.isEmpty());
    if (!turn.figures.paidWei.isEmpty() && m_paid->exact() != turn.figures.paidWei)
        m_paid->setWei(turn.figures.paidWei);
    const bool open = turn.isOpen();
    m_retry->setVisible(last && !open);
    m_copy->setVisible(!open && !turn.text.isEmpty());
    if (!open)
        m_copy->setContent(turn.text);
}

} // namespace sluice::ui
