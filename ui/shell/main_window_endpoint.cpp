// The local endpoint in the window: its tab, its place in the status strip, and what becomes of it when the window closes.
#include "sluice/shell/main_window.h"

#include "sluice/base/follow.h"
#include "sluice/endpointview/endpoint_indicator.h"
#include "sluice/endpointview/endpoint_panel.h"
#include "sluice/gateway/history.h"
#include "sluice/session/endpoint_host.h"
#include "sluice/session/session.h"
#include "sluice/shell/status_strip.h"
#include "sluice/widgets/inline_message.h"

#include <QtGui/QAction>
#include <QtWidgets/QApplication>
#include <QtWidgets/QTabWidget>

namespace sluice::ui {

void MainWindow::makeEndpoint()
{
    m_endpoint = new EndpointHost(m_session, settingsPath(), this);
    auto *indicator = new EndpointIndicator(*m_endpoint);
    m_status->addIndicator(indicator);
    connect(indicator, &QToolButton::clicked, this, &MainWindow::showEndpoint);
    // Whoever closed its tab learns it all the same.
    connect(m_endpoint, &EndpointHost::stopped, this, [this](const QString &why) {
        if (!m_endpointPanel)
            m_status->showNotice(tr("the local endpoint stopped"), why);
    });
    connect(m_message, &InlineMessage::dismissed, this, [this] { m_askedToClose = false; });
}

EndpointPanel *MainWindow::showEndpoint()
{
    m_enlargeCode->setChecked(false);
    if (m_endpointPanel && m_tabs->indexOf(m_endpointPanel) >= 0) {
        m_tabs->setCurrentWidget(m_endpointPanel);
    } else {
        m_endpointPanel = new EndpointPanel(*m_endpoint);
        connect(m_endpointPanel, &EndpointPanel::runRequested, this, &MainWindow::openRun);
        addTab(m_endpointPanel, tr("Local endpoint"));
    }
    m_endpointPanel->focusContent();
    return m_endpointPanel;
}

void MainWindow::openRun(const QString &id)
{
    follow(
        m_session.history().byId(id), this,
        [this](const std::optional<RunRecord> &record) {
            if (record)
                showPast(*record);
            else
                showMessage(Error(Error::Kind::InvalidInput, tr("The history no longer has this run.")));
        },
        [this](const Error &error) { showMessage(error); });
}

bool MainWindow::staysForCalls()
{
    const int running = m_endpoint->endpoint().running();
    if (running == 0 || m_askedToClose || qApp->isSavingSession()) {
        m_endpoint->stop();
        return false;
    }
    m_askedToClose = true; // closing once more needs no word
    m_message->showMessage(InlineMessage::Severity::Warning, tr("%n call(s) of other programs still run through the local endpoint and would end with the window.", nullptr, running));
    m_message->setAction(tr("End them and close"));
    m_remedy = [this] { close(); };
    return true;
}

} // namespace sluice::ui
