#pragma once

#include "sluice/backend/capability_info.h"
#include "sluice/sidebyside/comparison_model.h"

#include <QtWidgets/QFrame>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace sluice {
class Error;
}

namespace sluice::ui {

class ChatChoices;
class ChatPane;
struct ChatAttachment;
class RunController;
class Session;

/// One of the conversations beside each other: which capability answers, its parameters, and what it said.
///
/// It asks what it is told to, each time as a run of its own; what goes wrong stays in it.
class ConversationColumn final : public QFrame {
    Q_OBJECT
public:
    /// `session` and `choices` must outlive the column. `number` counts from one, for people.
    ConversationColumn(Session &session, ChatChoices &choices, int number, QWidget *parent = nullptr);
    /// What nobody sees any more is stopped, and paid for no longer.
    ~ConversationColumn() override;

    void setNumber(int number);
    /// A capability of the network, now or as soon as it is listed. Another one than before begins the conversation anew;
    /// nothing changes while an answer is coming.
    void choose(const CapabilityId &id);
    /// What was chosen, whether the network offers it now or not.
    [[nodiscard]] std::optional<CapabilityId> chosen() const { return m_chosen; }
    /// What answers here, if the network offers it now.
    [[nodiscard]] const std::optional<CapabilityInfo> &capability() const { return m_capability; }
    /// The network was listed anew.
    void takeCapabilities();

    void setInstructions(const QString &prompt);
    void setDraft(const QString &text, const QList<ChatAttachment> &attachments);
    void setTimeout(std::chrono::seconds timeout) { m_timeout = timeout; }
    /// Asks what stands in the draft. False where nothing can be asked here now.
    bool ask();
    void stop();
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] bool isReady() const { return m_capability.has_value() && !isBusy(); }
    /// Empties the conversation; the column offers to undo that.
    void clear();

    /// What would be asked now, or where nothing is written what was asked last: what is shown as code.
    [[nodiscard]] Call call() const;
    /// The conversation so far, to go on with elsewhere.
    [[nodiscard]] Call conversation() const;
    /// The last run, or null.
    [[nodiscard]] RunController *run() const { return m_run; }
    [[nodiscard]] ComparedAnswer answer() const;
    [[nodiscard]] ChatPane &chat() const { return *m_chat; }
    [[nodiscard]] QComboBox &chooser() const { return *m_chooser; }

    /// The column whose code and payments the window shows.
    void setCurrent(bool current);
    void setRemovable(bool removable);

Q_SIGNALS:
    void chosenChanged();
    /// call() is different now.
    void callChanged();
    /// Its answer moved on, or ended.
    void answerChanged();
    /// Its own composer, which nobody sees, holds other words now: an example, or a question to be asked in another version.
    void draftOffered();
    void codeRequested();
    void tabRequested();
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QWidget *makeBar();
    void execute(const Call &call);
    void offerPrice(const Error &error);
    void showCapability();
    void showBusy();
    [[nodiscard]] QString name() const;

    Session &m_session;
    ChatChoices &m_choices;
    QComboBox *m_chooser = nullptr;
    QToolButton *m_stop = nullptr;
    QToolButton *m_more = nullptr;
    QAction *m_code = nullptr;
    QAction *m_tab = nullptr;
    QAction *m_remove = nullptr;
    QLabel *m_problem;
    ChatPane *m_chat;
    QPushButton *m_acceptPrice;
    std::optional<CapabilityId> m_chosen;
    std::optional<CapabilityInfo> m_capability;
    CapabilityInfo m_described; ///< as the conversation has it; kept while the network is away, with the parameters that were set
    QString m_lastName; ///< of what was chosen, for when the network no longer offers it
    RunController *m_run = nullptr;
    QString m_priceToAccept;
    std::chrono::seconds m_timeout{60};
    bool m_current = false;
    bool m_taking = false; ///< the draft comes from outside
};

} // namespace sluice::ui
