#pragma once

#include "sluice/shell/workbench_page.h"

namespace sluice::ui {

class ChatPane;

/// The workbench of a capability that holds a conversation.
class ChatPage final : public WorkbenchPage {
    Q_OBJECT
public:
    ChatPage(Session &session, const CapabilityInfo &capability, QWidget *parent = nullptr);

    [[nodiscard]] Call call() const override;
    void load(const Call &call) override;
    void showPast(const PastRun &past) override;
    /// Sends what stands in the composer.
    void run() override;
    void runAgain() override;

    [[nodiscard]] ChatPane &chat() const { return *m_chat; }

protected:
    void showFailure(const Error &error) override;

private:
    [[nodiscard]] Call baseCall() const;
    void execute(const Call &call);

    ChatPane *m_chat;
};

} // namespace sluice::ui
