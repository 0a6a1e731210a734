// The servers of the network in the tour: who takes calls, and why.
#include "tour.h"

#include "sluice/network/candidate_model.h"
#include "sluice/network/network_panel.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/state_view.h"

namespace sluice {

using namespace ui;

QCoro::Task<void> Tour::networkSteps()
{
    NetworkPanel *panel = m_window.showNetwork();
    co_await step(QStringLiteral("servers"), [panel] { return panel->states().state() == StateView::State::Content; });
    panel->select(panel->model().candidate(0).server);
    panel->togglePin();
    co_await step(QStringLiteral("servers-pinned"), [panel] { return panel->model().rowCount() > 0 && panel->model().candidate(0).isPinned; });
    panel->togglePin();
    co_await step(QStringLiteral("servers-again"), [panel] { return panel->model().rowCount() > 0 && !panel->model().candidate(0).isPinned; });
}

} // namespace sluice
