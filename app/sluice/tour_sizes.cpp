// The window at the least and at a large size in the tour.
#include "tour.h"

#include "sluice/accounts/accounts_panel.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/workbench_page.h"

namespace sluice {

using namespace ui;

QCoro::Task<void> Tour::smallSteps()
{
    const QSize small(1024, 640);
    m_window.resize(small);
    co_await step(QStringLiteral("small-form"), [this, small] { return m_window.size() == small; });
    co_await step(QStringLiteral("small-chat"), [this, small] { return m_window.size() == small && pick(QStringLiteral("docs-chat")); });
    co_await step(QStringLiteral("small-side-by-side"),
        [this, small] { return m_window.size() == small && pick(QStringLiteral("text-analysis")) && m_window.openSideBySide(); });
    co_await step(QStringLiteral("small-live"), [this, small] { return m_window.size() == small && pick(QStringLiteral("video-filter")); });
}

QCoro::Task<void> Tour::wideSteps()
{
    const QSize wide(2560, 1440);
    m_window.resize(wide);
    co_await step(QStringLiteral("wide-form"), [this, wide] { return m_window.size() == wide && pick(QStringLiteral("text-analysis")); });
    co_await step(QStringLiteral("wide-chat"), [this] { return pick(QStringLiteral("docs-chat")); });
    co_await step(QStringLiteral("wide-side-by-side"), [this] { return pick(QStringLiteral("text-analysis")) && m_window.openSideBySide(); });
    co_await step(QStringLiteral("wide-live"), [this] { return pick(QStringLiteral("video-filter")); });
    co_await step(QStringLiteral("wide-servers"), [this] { return m_window.showNetwork() != nullptr; });
    co_await step(QStringLiteral("wide-accounts"), [this] { return m_window.showAccounts() != nullptr; });
}

} // namespace sluice
