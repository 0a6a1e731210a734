#include "sluice/shell/past_run_bar.h"

#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

namespace sluice::ui {

PastRunBar::PastRunBar(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_title(new ElidedLabel(title))
    , m_replay(new QPushButton(Theme::icon(QStringLiteral("rotate-ccw")), tr("&Replay")))
{
    setAccessibleName(title);
    m_title->setCopyable(false);
    m_title->setElideMode(Qt::ElideRight);
    auto *use = new QPushButton(tr("&Use this input"));
    use->setToolTip(tr("Go on from here: the tab becomes one for new calls. What is typed in other tabs stays."));
    m_replay->setToolTip(tr("Run the same call again, in this tab"));
    auto *close = new QPushButton(tr("C&lose"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::Two, space::Half, space::Two, space::Half);
    layout->setSpacing(space::One);
    layout->addWidget(m_title, 1);
    layout->addWidget(use);
    layout->addWidget(m_replay);
    layout->addWidget(close);
    for (QPushButton *button : {use, m_replay, close})
        button->setAccessibleName(button->text().remove(QLatin1Char('&')));
    connect(use, &QPushButton::clicked, this, &PastRunBar::useRequested);
    connect(m_replay, &QPushButton::clicked, this, &PastRunBar::replayRequested);
    connect(close, &QPushButton::clicked, this, &PastRunBar::closeRequested);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PastRunBar::setRunning(bool running)
{
    m_replay->setEnabled(!running);
}

void PastRunBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::tint(Theme::Role::Info));
}

} // namespace sluice::ui
