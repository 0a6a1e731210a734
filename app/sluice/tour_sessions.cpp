// An app of a live runner in the tour: a session is reserved, paid for, called and stopped.
#include "tour.h"

#include "sluice/live/app_session_pane.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/app_session_page.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/inline_message.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

namespace sluice {

using namespace ui;

QCoro::Task<void> Tour::sessionSteps()
{
    // A sandbox without live runners has none.
    QString app;
    for (const CapabilityInfo &info : m_session.capabilities()) {
        if (info.hasSessions())
            app = info.name;
    }
    if (app.isEmpty())
        co_return;
    // Named, because of g++ 12: see DESIGN.md 3.
    const std::function<bool()> picked = [this, app] { return pick(app); };
    co_await step(QStringLiteral("session-none"), picked);
    auto *page = qobject_cast<AppSessionPage *>(m_window.currentPage());
    if (!page)
        co_return;
    AppSessionPane &pane = page->pane();
    page->run();
    const bool open = co_await step(QStringLiteral("session-open"), [&pane, page] { return pane.isOpen() && !page->currentRun()->payment().tickets.isEmpty(); });
    if (!open)
        co_return;
    pane.path().setText(QStringLiteral("v1/chat/completions"));
    pane.body().setPlainText(QStringLiteral("{\n  \"messages\": [\n    {\"role\": \"user\", \"content\": \"What does a gateway do?\"}\n  ]\n}"));
    pane.send();
    co_await step(QStringLiteral("session-answer"), [&pane] { return pane.lastStatus() == 200; });
    pane.askToStop();
    co_await step(QStringLiteral("session-stop-asked"), [&pane] { return pane.message().isVisible(); });
    page->stop();
    co_await step(QStringLiteral("session-stopped"), [page] { return !page->isRunning(); });
}

} // namespace sluice
