// 0G in the tour: a chat and a file through the user agent, the accounts that pay for them, and the provider's side.
#include "tour.h"

#include "sluice/accounts/accounts_panel.h"
#include "sluice/accounts/amount_bar.h"
#include "sluice/accounts/cell_table.h"
#include "sluice/accounts/paying_view.h"
#include "sluice/accounts/selling_view.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/forms/input_editor.h"
#include "sluice/gateway/gateway.h"
#include "sluice/results/result_view.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/form_page.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

namespace sluice {

using namespace ui;

namespace {

/// Presses what the message offers.
void agree(const AccountsPanel &panel)
{
    for (auto *button : panel.message().findChildren<QPushButton *>()) {
        if (button->isVisibleTo(&panel.message()))
            button->click();
    }
}

} // namespace

QCoro::Task<void> Tour::storageSteps()
{
    const BackendSettings settings = m_session.inUse().backends.value(QStringLiteral("zerog"));
    if (!pick(QStringLiteral("%1@%2").arg(settings.text(QStringLiteral("storage_service")), settings.text(QStringLiteral("provider")))))
        co_return;
    auto *page = qobject_cast<FormPage *>(m_window.currentPage());
    if (!page)
        co_return;
    for (const CapabilityExample &example : page->capability().examples) {
        if (example.input.value(QStringLiteral("method")).toString() == QLatin1String("zgs_uploadSegment"))
            page->input().setValue(example.input);
    }
    const auto ended = [page] { return page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded && !page->result().data().body.isEmpty(); };
    page->run();
    co_await step(QStringLiteral("storage-upload"), ended);
    if (!page->currentRun())
        co_return;
    const auto answer = Json::parse(page->currentRun()->result().content);
    const Json root = answer ? answer->find(QStringLiteral("/result/root")).value_or(Json()) : Json();
    Json download{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")}, {QStringLiteral("id"), 1}, {QStringLiteral("method"), QStringLiteral("zgs_downloadSegment")}};
    download.insert(QStringLiteral("params"), Json::array({root, Json(0), Json(1)}));
    page->input().setValue(download);
    page->run();
    co_await step(QStringLiteral("storage-download"), [page, ended] { return ended() && page->result().data().body == "Hello, storage!"; });
}

QCoro::Task<void> Tour::accountSteps()
{
    // A sandbox without 0G has none of this.
    if (!m_session.gateway() || m_session.gateway()->accountBackends().isEmpty())
        co_return;
    const BackendSettings settings = m_session.inUse().backends.value(QStringLiteral("zerog"));
    const QString provider = settings.text(QStringLiteral("provider"));
    if (pick(QStringLiteral("%1@%2").arg(settings.text(QStringLiteral("service")), provider))) {
        auto *page = qobject_cast<ChatPage *>(m_window.currentPage());
        ChatPane &chat = page->chat();
        chat.composer().setText(QStringLiteral("How does a payment ticket work?"));
        page->run();
        co_await step(QStringLiteral("zerog-chat"), [&chat, page] { return !chat.isBusy() && page->currentRun()->state() == RunController::State::Succeeded; });
    }
    co_await storageSteps();
    AccountsPanel *panel = m_window.showAccounts();
    const PayingView &paying = panel->paying();
    co_await step(QStringLiteral("accounts"), [&paying] { return paying.requests().cells().rowCount() >= 3 && paying.services().cells().rowCount() == 2; });
    paying.tabs().setCurrentIndex(PayingView::Requests);
    co_await step(QStringLiteral("accounts-requests"), [&paying] { return paying.requests().isVisible(); });
    panel->deposit(provider);
    panel->amountBar().field().setText(QStringLiteral("0.05"));
    co_await step(QStringLiteral("accounts-deposit"), [panel] { return panel->amountBar().button().isEnabled(); });
    panel->amountBar().button().click();
    co_await step(QStringLiteral("accounts-deposit-asked"), [panel] { return panel->message().isVisible(); });
    agree(*panel);
    co_await step(QStringLiteral("accounts-deposited"), [panel] { return !panel->isBusy() && panel->message().severity() == InlineMessage::Severity::Success; });
    panel->askBack(provider);
    panel->amountBar().unit().setCurrentIndex(1);
    panel->amountBar().field().setText(QStringLiteral("12345"));
    panel->amountBar().button().click();
    agree(*panel);
    co_await step(QStringLiteral("accounts-refund"), [&paying] { return paying.refunds().cells().rowCount() == 1 && paying.refunds().isVisible(); });
    panel->message().clear();
    panel->showSelling();
    SellingView &selling = panel->selling();
    co_await step(QStringLiteral("selling"), [&selling] { return selling.isVisible() && selling.calls().cells().rowCount() >= 3; });
    selling.tabs().setCurrentIndex(SellingView::Calls);
    co_await step(QStringLiteral("selling-calls"), [&selling] { return selling.calls().isVisible(); });
    // Unless the agent has done it by itself just now.
    if (selling.settleButton().isEnabled()) {
        selling.settleButton().click();
        co_await step(QStringLiteral("selling-settle"), [panel] { return panel->message().isVisible(); });
        agree(*panel);
    } else {
        selling.tabs().setCurrentIndex(SellingView::Settlements);
    }
    co_await step(QStringLiteral("selling-settled"), [&selling, panel] { return !panel->isBusy() && selling.settlements().cells().rowCount() > 0 && selling.settlements().isVisible(); });
}

} // namespace sluice
