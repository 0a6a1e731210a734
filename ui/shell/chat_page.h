#pragma once

#include "sluice/shell/workbench_page.h"

#include <QtCore/QTimer>

namespace sluice::ui {

class ChatPane;

/// The workbench of a capability that holds a conversation. It is kept, with all its branches, and stands there again after a restart;
/// what a run of the history or a replay shows in a tab of its own is not.
class ChatPage final : public WorkbenchPage {
    Q_OBJECT
public:
    ChatPage(Session &session, const CapabilityInfo &capability, QWidget *parent = nullptr);
    ~ChatPage() override;

    [[nodiscard]] Call call() const override;
    [[nodiscard]] Call wholeConversation() const;
    void load(const Call &call) override;
    void showPast(const PastRun &past) override;
    /// Sends what stands in the composer.
    void run() override;
    void runAgain() override;

    /// It follows a job instead of asking something.
    [[nodiscard]] bool isAttached() const { return m_attachment.has_value(); }
    [[nodiscard]] ChatPane &chat() const { return *m_chat; }

protected:
    void showFailure(const Error &error) override;

private:
    [[nodiscard]] Call baseCall() const;
    void execute(const Call &call);
    void bringBack();
    void keepSoon();
    void keep();

    /// Words in place of a question.
    [[nodiscard]] QString attachmentWords() const;

    ChatPane *m_chat;
    std::optional<Call> m_attachment; ///< the call that follows a job
    QString m_profile; ///< that the conversation belongs to
    QTimer m_keeping;
    bool m_keeps = false;
    bool m_saidTooLarge = false;
};

} // namespace sluice::ui
