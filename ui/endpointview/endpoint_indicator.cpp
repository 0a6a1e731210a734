#include "sluice/endpointview/endpoint_indicator.h"

#include "sluice/session/endpoint_host.h"
#include "sluice/widgets/theme.h"

namespace sluice::ui {

EndpointIndicator::EndpointIndicator(EndpointHost &host, QWidget *parent)
    : QToolButton(parent)
    , m_host(host)
{
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(Theme::icon(QStringLiteral("plug"), Theme::Role::Accent));
    setFont(Theme::font(Theme::Type::Small11));
    connect(&m_host, &EndpointHost::stateChanged, this, &EndpointIndicator::showState);
    connect(&m_host.endpoint(), &LocalEndpoint::callBegan, this, &EndpointIndicator::showState);
    connect(&m_host.endpoint(), &LocalEndpoint::callChanged, this, &EndpointIndicator::showState);
    showState();
}

void EndpointIndicator::showState()
{
    setVisible(m_host.isRunning());
    const int running = m_host.endpoint().running();
    const QString port = QString::number(m_host.endpoint().baseUrl().port());
    const QString words = running == 0 ? tr("endpoint :%1").arg(port) : tr("endpoint :%1 · %n running", nullptr, running).arg(port);
    if (text() == words)
        return;
    setText(words);
    setAccessibleName(tr("Local endpoint at port %1, %n call(s) running", nullptr, running).arg(port));
    setToolTip(tr("Other programs reach this network at %1. Click to see their calls.").arg(m_host.endpoint().baseUrl().toString()));
}

} // namespace sluice::ui
