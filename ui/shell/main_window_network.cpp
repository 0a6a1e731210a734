// The servers of the profile's network in the window: who takes calls, and why.
#include "sluice/shell/main_window.h"

#include "sluice/network/network_panel.h"
#include "sluice/shell/workbench_page.h"

#include <QtGui/QAction>
#include <QtWidgets/QTabWidget>

namespace sluice::ui {

NetworkPanel *MainWindow::showNetwork()
{
    m_enlargeCode->setChecked(false);
    // Of the capability in front, if there is one.
    const WorkbenchPage *page = currentPage();
    const std::optional<CapabilityId> wanted = page && page->isOfOneCapability() ? std::optional(page->capability().id()) : std::nullopt;
    if (m_networkPanel && m_tabs->indexOf(m_networkPanel) >= 0) {
        m_tabs->setCurrentWidget(m_networkPanel);
    } else {
        m_networkPanel = new NetworkPanel(m_session);
        addTab(m_networkPanel, tr("Servers"));
    }
    if (wanted)
        m_networkPanel->setCapability(*wanted);
    m_networkPanel->focusContent();
    return m_networkPanel;
}

} // namespace sluice::ui
