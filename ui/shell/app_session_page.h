#pragma once

#include "sluice/shell/workbench_page.h"

namespace sluice::ui {

class AppSessionPane;

/// The workbench of an app that is called through sessions.
class AppSessionPage final : public WorkbenchPage {
    Q_OBJECT
public:
    AppSessionPage(Session &session, const CapabilityInfo &capability, QWidget *parent = nullptr);
    /// Ends the session, whose cost would not be seen any more.
    ~AppSessionPage() override;

    [[nodiscard]] Call call() const override;
    void load(const Call &call) override;
    void showPast(const PastRun &past) override;
    void run() override;
    [[nodiscard]] AppSessionPane &pane() const { return *m_pane; }

protected:
    void showFailure(const Error &error) override;

private:
    AppSessionPane *m_pane;
};

} // namespace sluice::ui
