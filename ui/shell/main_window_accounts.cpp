// The accounts from which the profile's calls are paid, in the window: their tab.
#include "sluice/shell/main_window.h"

#include "sluice/accounts/accounts_panel.h"

#include <QtGui/QAction>
#include <QtWidgets/QTabWidget>

namespace sluice::ui {

AccountsPanel *MainWindow::showAccounts()
{
    m_enlargeCode->setChecked(false);
    if (m_accountsPanel && m_tabs->indexOf(m_accountsPanel) >= 0) {
        m_tabs->setCurrentWidget(m_accountsPanel);
    } else {
        m_accountsPanel = new AccountsPanel(m_session);
        addTab(m_accountsPanel, tr("Accounts"));
    }
    m_accountsPanel->focusContent();
    return m_accountsPanel;
}

} // namespace sluice::ui
