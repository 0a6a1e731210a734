// The jobs of the profile's workers in the window: their tab, and what opens one of them.
#include "sluice/shell/main_window.h"

#include "sluice/jobs/jobs_panel.h"
#include "sluice/shell/workbench_page.h"

#include <QtGui/QAction>
#include <QtWidgets/QTabWidget>

namespace sluice::ui {

JobsPanel *MainWindow::showJobs()
{
    m_enlargeCode->setChecked(false);
    if (m_jobsPanel && m_tabs->indexOf(m_jobsPanel) >= 0) {
        m_tabs->setCurrentWidget(m_jobsPanel);
    } else {
        m_jobsPanel = new JobsPanel(m_session);
        connect(m_jobsPanel, &JobsPanel::runRequested, this, &MainWindow::openJobRun);
        connect(m_jobsPanel, &JobsPanel::attachmentRequested, this, [this](const Call &call, const QString &title) { openRunTab(call, title, {})->replay(); });
        addTab(m_jobsPanel, tr("Jobs"));
    }
    m_jobsPanel->focusContent();
    return m_jobsPanel;
}

void MainWindow::openJobRun(const QString &runId)
{
    // Where it is going on, if it is; what the history has of it ends where it was written down last.
    for (int i = 0; i < m_tabs->count(); ++i) {
        const auto *page = qobject_cast<WorkbenchPage *>(m_tabs->widget(i));
        if (page && page->runId() == runId) {
            m_tabs->setCurrentIndex(i);
            return;
        }
    }
    openRun(runId);
}

} // namespace sluice::ui
