#include "sluice/endpointview/endpoint_panel.h"

#include "sluice/endpointview/endpoint_call_model.h"
#include "sluice/endpointview/endpoint_calls.h"
#include "sluice/endpointview/endpoint_lines.h"
#include "sluice/session/endpoint_host.h"
#include "sluice/session/session.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/status_dot.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

EndpointPanel::EndpointPanel(EndpointHost &host, QWidget *parent)
    : QWidget(parent)
    , m_host(host)
    , m_dot(new StatusDot)
    , m_state(new QLabel)
    , m_button(new QPushButton)
    , m_lead(new QLabel)
    , m_limits(new QLabel)
    , m_message(new InlineMessage)
    , m_lines(new EndpointLines(host))
    , m_calls(new EndpointCalls(host.endpoint()))
{
    setAccessibleName(tr("Local endpoint"));
    for (QLabel *label : {m_lead, m_limits}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setFont(Theme::font(Theme::Type::Small11));
        Theme::setTextRole(label, Theme::Role::Muted);
    }
    m_message->hide();
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(space::Two, space::One, space::Two, space::One);
    upper->setSpacing(space::One);
    upper->addWidget(makeHeader());
    upper->addWidget(m_lead);
    upper->addWidget(m_lines);
    upper->addWidget(m_limits);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addLayout(upper);
    layout->addWidget(m_calls, 1);
    connect(m_calls, &EndpointCalls::runRequested, this, &EndpointPanel::runRequested);
    connect(m_button, &QPushButton::clicked, this, &EndpointPanel::toggle);
    connect(&m_host, &EndpointHost::stateChanged, this, &EndpointPanel::showState);
    connect(&m_host, &EndpointHost::failed, this, &EndpointPanel::showFailure);
    connect(&m_host, &EndpointHost::stopped, this, [this](const QString &why) { m_message->showMessage(InlineMessage::Severity::Warning, why); });
    connect(&m_host.session(), &Session::stateChanged, this, &EndpointPanel::showState);
    connect(&m_host.session(), &Session::profileChanged, this, &EndpointPanel::showState);
    connect(&m_host.session(), &Session::spendingChanged, this, &EndpointPanel::showLimits);
    m_host.loadKey();
    showState();
}

QWidget *EndpointPanel::makeHeader()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::One);
    auto *title = new QLabel(tr("Local endpoint"));
    title->setFont(Theme::font(Theme::Type::Heading15));
    Theme::setTextRole(m_state, Theme::Role::Muted);
    Theme::makePrimary(m_button);
    layout->addWidget(title);
    layout->addWidget(m_dot);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_button);
    return row;
}

void EndpointPanel::focusContent()
{
    if (m_host.isRunning() && m_calls->model().rowCount() > 0)
        m_calls->table().setFocus(Qt::OtherFocusReason);
    else
        m_button->setFocus(Qt::OtherFocusReason);
}

void EndpointPanel::toggle()
{
    m_message->clear();
    if (m_host.isRunning() || m_host.isStarting())
        m_host.stop();
    else
        m_host.start();
}

void EndpointPanel::showState()
{
    const bool running = m_host.isRunning();
    const bool starting = m_host.isStarting();
    const QString words = running ? tr("running") : starting ? tr("starting…") : tr("stopped");
    m_state->setText(words);
    m_dot->setStatus(running ? Theme::Role::Success : starting ? Theme::Role::Warning : Theme::Role::Muted,
        running ? StatusDot::Shape::Filled : starting ? StatusDot::Shape::Half : StatusDot::Shape::Hollow, words);
    m_button->setText(running || starting ? tr("S&top") : tr("&Start"));
    m_button->setAccessibleName(running || starting ? tr("Stop the endpoint") : tr("Start the endpoint"));
    m_button->setEnabled(running || starting || m_host.session().gateway());
    const QString profile = running ? m_host.endpoint().profile() : m_host.session().profile().name;
    m_lead->setText(profile.isEmpty() ? tr("Once the window is connected, every program for OpenAI's API on this machine can reach its network here.")
                                      : tr("Programs for OpenAI's API on this machine reach “%1” here. Their calls are paid within its limits and kept in the history.").arg(profile));
    showLimits();
}

void EndpointPanel::showLimits()
{
    const auto spending = m_host.session().spending();
    if (!spending) {
        m_limits->setText(tr("Nothing is paid from here: this network's calls are free, or its gateway pays them."));
        return;
    }
    const auto amount = [](const QString &wei) { return AmountLabel::humanWei(wei, 4); };
    QStringList limits;
    if (spending->callLimitWei)
        limits.append(tr("at most %1 per call").arg(amount(*spending->callLimitWei)));
    if (spending->sessionLimitWei)
        limits.append(tr("%1 of %2 spent in this session").arg(amount(spending->sessionWei), amount(*spending->sessionLimitWei)));
    if (spending->dayLimitWei)
        limits.append(tr("%1 of %2 spent today").arg(amount(spending->todayWei), amount(*spending->dayLimitWei)));
    m_limits->setText(tr("Limits: %1").arg(limits.join(QStringLiteral(" · "))));
}

void EndpointPanel::showFailure(const Error &error)
{
    showState();
    m_message->showError(error);
}

} // namespace sluice::ui
