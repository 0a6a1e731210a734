// Assistants in the tour: one is written, seen expanded, wrong for a moment, saved, and deleted again.
#include "tour.h"

#include "sluice/assistants/assistant_draft.h"
#include "sluice/assistants/assistant_panel.h"
#include "sluice/assistants/prompt_preview.h"
#include "sluice/forms/input_editor.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/state_view.h"

namespace sluice {

using namespace ui;

QCoro::Task<void> Tour::assistantSteps()
{
    AssistantPanel *panel = m_window.showAssistants();
    const auto isSaid = [panel](const QString &text) { return panel->preview().text().contains(text); };
    // Two streams, of which the second one has what the first one says.
    const QList<assistants::Named> examples = assistants::examples();
    const QString question = assistants::sampleQuestions(examples.first().assistant).value(0);
    panel->create(examples.first());
    // Named, because of g++ 12: see DESIGN.md 3.
    const std::function<bool()> isExpanded = [panel, isSaid, question] { return panel->states().state() == StateView::State::Content && isSaid(question); };
    const bool shown = co_await step(QStringLiteral("assistant-new"), isExpanded);
    if (!shown)
        co_return;
    const QString place = QStringLiteral("/streams/1/messages/1/content");
    panel->editor().setTab(InputEditor::Tab::Json);
    panel->draft().setValue(panel->draft().value().replaced(place, Json("{previous_stream}")));
    panel->draft().undo();
    panel->draft().redo();
    const std::function<bool()> isNamed = [isSaid, place] { return isSaid(place) && isSaid(QStringLiteral("{previous_stream}")); };
    co_await step(QStringLiteral("assistant-fault"), isNamed);
    panel->draft().undo();
    panel->editor().setTab(InputEditor::Tab::Form);
    panel->save();
    const CapabilityId id{assistants::Backend, panel->draft().name(), QString()};
    const std::function<bool()> isThere = [this, id] { return m_session.capability(id).has_value(); };
    co_await step(QStringLiteral("assistant-saved"), isThere);
    panel->remove();
    const std::function<bool()> isGone = [isThere] { return !isThere(); };
    co_await step(QStringLiteral("assistant-deleted"), isGone);
}

} // namespace sluice
