// The assistants of an LLM worker in the window: the tab in which they are written, and the ways there.
#include "sluice/shell/main_window.h"

#include "sluice/assistants/assistant_panel.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/session/session.h"
#include "sluice/shell/workbench_page.h"

#include <QtGui/QAction>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTabWidget>

namespace sluice::ui {

void MainWindow::makeAssistants(QMenu *menu)
{
    auto *action = new QAction(tr("&Edit assistants…"), this);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    connect(action, &QAction::triggered, this, [this] { showAssistants(); });
    menu->addSeparator();
    menu->addAction(action);
    connect(m_picker, &PickerPanel::assistantRequested, this, [this](const QString &name) { showAssistants(name); });
}

AssistantPanel *MainWindow::showAssistants(const QString &name)
{
    m_enlargeCode->setChecked(false);
    if (m_assistants && m_tabs->indexOf(m_assistants) >= 0) {
        m_tabs->setCurrentWidget(m_assistants);
    } else {
        m_assistants = new AssistantPanel(m_session);
        connect(m_assistants, &AssistantPanel::chatRequested, this, &MainWindow::tryAssistant);
        connect(m_assistants, &AssistantPanel::profileRequested, this, [this] { editProfile(m_session.profile()); });
        addTab(m_assistants, tr("Assistants"));
    }
    m_assistants->open(name);
    m_assistants->focusContent();
    return m_assistants;
}

void MainWindow::tryAssistant(const QString &name, const QString &query, const Json &history)
{
    const CapabilityId id{assistants::Backend, name, QString()};
    CapabilityInfo info = CapabilityInfo::unlisted(id);
    if (const auto listed = m_session.capability(id)) {
        info = *listed;
    } else {
        // Saved just now: it is listed in a moment.
        auto *waiting = new QObject(this);
        connect(&m_session, &Session::capabilitiesChanged, waiting, [this, waiting, name, query, history, id] {
            if (!m_session.capability(id))
                return;
            QObject::disconnect(&m_session, nullptr, waiting, nullptr);
            waiting->deleteLater();
            tryAssistant(name, query, history);
        });
        connect(&m_session, &Session::profileChanged, waiting, &QObject::deleteLater);
        return;
    }
    WorkbenchPage *page = openCapability(info);
    Call call = page->call();
    QList<Json> before = call.input.value(QStringLiteral("messages")).items();
    if (history.size() > 0) {
        // As one of the history: the capability's own conversation stays as it is.
        call.input = assistants::chatInput(query, history);
        page = openRunTab(call, tr("Tried"), {});
    } else {
        // What stands in the composer gives way to the question, and what was said goes on.
        if (!before.isEmpty() && before.last().value(QStringLiteral("role")).toString() == QLatin1String("user"))
            before.removeLast();
        call.input = assistants::chatInput(query, Json::array(before));
    }
    page->load(call);
    page->focusContent();
}

bool MainWindow::staysForAssistant(const QWidget *page, std::function<void()> then)
{
    if (!m_assistants || (page && page != m_assistants) || qApp->isSavingSession() || !m_assistants->holdsBack(std::move(then)))
        return false;
    m_tabs->setCurrentWidget(m_assistants);
    return true;
}

} // namespace sluice::ui
