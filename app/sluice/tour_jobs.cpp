// The LLM worker in the tour: a template with two streams, and the queue that its jobs wait in.
#include "tour.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/gateway/gateway.h"
#include "sluice/jobs/job_list_model.h"
#include "sluice/jobs/jobs_panel.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/state_view.h"

#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

namespace sluice {

using namespace ui;

QCoro::Task<void> Tour::jobSteps()
{
    // A sandbox without a worker has none of this.
    if (!m_session.gateway() || !m_session.gateway()->hasRemoteJobs())
        co_return;
    JobsPanel *panel = m_window.showJobs();
    co_await step(QStringLiteral("jobs-none"), [panel] { return panel->states().state() == StateView::State::Empty; });
    const JobListModel &model = panel->model();
    Call call;
    call.backend = QStringLiteral("llmworker");
    call.capability = QStringLiteral("docs-assistant");
    call.verb = Verb::Stream;
    std::vector<std::unique_ptr<StreamResponse>> before;
    for (const char *question : {"What is a face value?", "How does a ticket pay for a call, and when does it win?", "What is an orchestrator?"}) {
        const Json message{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), question}};
        call.input = Json{{QStringLiteral("messages"), Json::array({message})}};
        before.push_back(m_session.gateway()->stream(call));
        QObject::connect(before.back().get(), &StreamResponse::event, panel, [] {}); // read, as somebody would
    }
    co_await step(QStringLiteral("jobs-three"), [&model] { return model.rowCount() == 3; });
    if (pick(QStringLiteral("docs-assistant"))) {
        auto *page = qobject_cast<ChatPage *>(m_window.currentPage());
        ChatPane &chat = page->chat();
        chat.composer().setText(QStringLiteral("What is a manifest?"));
        page->run();
        co_await step(QStringLiteral("job-waits"), [&chat] { return chat.transcript().turns().last().place > 0; });
        m_window.showJobs();
        co_await step(QStringLiteral("jobs-waiting"), [&model] { return model.rowCount() == 4 && (model.job(1).place > 0 || model.job(0).place > 0); });
        panel->table().setCurrentIndex(model.index(0, 0));
        co_await step(QStringLiteral("jobs-text"), [&model] { return !model.job(0).text.isEmpty(); });
        co_await step(QStringLiteral("jobs-ended"), [&model] { return model.rowCount() == 4 && model.job(0).isOver(); });
    }
    if (!pick(QStringLiteral("answer-and-measure")))
        co_return;
    auto *page = qobject_cast<ChatPage *>(m_window.currentPage());
    ChatPane &chat = page->chat();
    chat.composer().setText(QStringLiteral("How does a payment ticket work?"));
    page->run();
    co_await step(QStringLiteral("template-streams"), [&chat] {
        const QList<ChatTurn> &turns = chat.transcript().turns();
        return !turns.isEmpty() && turns.last().steps.value(0).text.size() > 200;
    });
    co_await step(QStringLiteral("template-answer"), [&chat, page] { return !chat.isBusy() && page->currentRun()->state() == RunController::State::Succeeded; });
    QScrollBar *bar = chat.view().verticalScrollBar();
    bar->setValue(0);
    co_await step(QStringLiteral("template-costs"), [&chat, bar] { return bar->value() == 0 && !chat.transcript().turns().last().steps.value(1).costWei().isEmpty(); });
}

} // namespace sluice
