#pragma once

#include "sluice/backend/capability_info.h"

#include <QtCore/QHash>
#include <QtWidgets/QWidget>

#include <functional>
#include <memory>

namespace sluice {
struct PastRun;
}

namespace sluice::ui {
class Badge;
class ClampedText;
class ElidedLabel;
class PastRunBar;
}

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace sluice::ui {

class RunController;
class Session;

/// One tab of the workbench: a capability, the call being prepared, and its answer.
class WorkbenchPage : public QWidget {
    Q_OBJECT
public:
    [[nodiscard]] const CapabilityInfo &capability() const { return m_capability; }
    /// False for a page that compares several; capability() is then of the one in front, if any.
    [[nodiscard]] virtual bool isOfOneCapability() const { return true; }
    /// The call as it stands now; what the code view prints and run() executes.
    [[nodiscard]] virtual Call call() const = 0;
    /// Names of the files in the call's input, by JSON pointer.
    [[nodiscard]] virtual QHash<QString, QString> fileNames() const { return {}; }
    /// JSON pointers of those files of which the call holds less than the person's own file does.
    [[nodiscard]] virtual QStringList cleanedFiles() const { return {}; }
    /// Fills the page from a call, e.g. from history.
    virtual void load(const Call &call) = 0;
    /// Shows a run from history: its call, and its answer as far as it was kept.
    virtual void showPast(const PastRun &past) = 0;
    /// Moves the keyboard to where one begins to type.
    virtual void focusContent() { setFocus(Qt::OtherFocusReason); }
    /// Puts a bar above the page: that it shows a run of the history and is a tab of its own, and what can be done with it.
    /// `call` is what Replay makes; `id` is the run's, or empty.
    void markAsRun(const QString &title, const Call &call, const QString &id);
    /// Makes the call that the history has, whatever was changed on the page since.
    void replay();
    /// False again once the person has taken the input for a call of their own.
    [[nodiscard]] bool isRunOfHistory() const { return m_bar != nullptr; }
    [[nodiscard]] QString shownRunId() const { return m_shownRunId; }
    /// Of the call that was made last here; empty before one.
    [[nodiscard]] QString runId() const;
    /// Starts the call; says at the field what does not fit instead when there is something.
    virtual void run() = 0;
    /// The same call once more, after a failure.
    virtual void runAgain() { run(); }
    virtual void stop();
    [[nodiscard]] virtual bool isRunning() const;
    /// Whether the capability answers in both ways, at once (run) and as it comes (stream).
    [[nodiscard]] bool offersVerbs() const;
    /// The other of the two for the calls from now on; nothing where there is only one.
    void switchVerb();
    /// The run this page shows, or null.
    [[nodiscard]] virtual RunController *currentRun() const { return m_run; }
    /// New facts about the same capability (price, free slots).
    void updateCapability(const CapabilityInfo &capability);

Q_SIGNALS:
    void callChanged();
    /// Another way of calling was chosen. callChanged() follows.
    void verbChosen();
    void runningChanged(bool running);
    /// The page is an ordinary one from now on.
    void takenAsInput();
    void closeRequested();

protected:
    /// Its schema, path or examples are others than before: a person named it anew, or the network says more.
    virtual void takeCapability(const CapabilityInfo &) {}
    WorkbenchPage(Session &session, CapabilityInfo capability, QWidget *parent);

    /// Who starts and stops the call: buttons of the header, or the page's own.
    enum class Buttons { InHeader, Own };
    /// Title, badges, timeout, Run and Stop, the description, and what a call costs.
    [[nodiscard]] QWidget *makeHeader(Buttons buttons);
    /// For calls that have no end to wait for. After makeHeader().
    void hideTimeout();
    /// Follows `run` so that the buttons and isRunning() are right. The session owns it.
    void follow(RunController *run);
    [[nodiscard]] std::chrono::seconds timeout() const;
    void setTimeout(std::chrono::seconds timeout);
    /// How calls are made: as chosen in the header, at first the verb that the capability names first.
    [[nodiscard]] Verb verb() const;
    void setVerb(Verb verb);
    Session &session() const { return m_session; }
    /// Where a page puts a failure that belongs to no field.
    virtual void showFailure(const Error &error) = 0;
    void resizeEvent(QResizeEvent *event) override;
    /// Calls `then` as soon as the session is connected, and connects it when nobody does; where that fails, says so and what
    /// to do. For calls that found no connection.
    void whenConnected(std::function<void()> then);
    /// The call waits for its connection.
    virtual void showWaiting(const QString &) {}

private:
    void showFacts();
    void showVerbs();
    /// Asks whether a price above the one that was shown shall be paid; nothing for any other failure.
    void offerPrice(const Error &error);
    /// What matters least goes first where the page is narrow or low.
    void fitHeader();

    Session &m_session;
    CapabilityInfo m_capability;
    RunController *m_run = nullptr;
    ElidedLabel *m_title = nullptr;
    Badge *m_verb = nullptr;
    QComboBox *m_verbs = nullptr; ///< in the badge's place where there is a choice
    Badge *m_price = nullptr;
    Badge *m_slots = nullptr;
    ClampedText *m_description = nullptr;
    ElidedLabel *m_estimate = nullptr;
    QLabel *m_timeoutLabel = nullptr;
    QSpinBox *m_timeout = nullptr;
    PastRunBar *m_bar = nullptr;
    QString m_shownRunId;
    Call m_shownCall;
    std::unique_ptr<QObject> m_waiting; ///< while the call waits for a connection
    QPushButton *m_runButton = nullptr;
    QPushButton *m_stopButton = nullptr;
    QPushButton *m_acceptPrice = nullptr;
    QMetaObject::Connection m_accepting;
    Buttons m_buttons = Buttons::InHeader;
    bool m_hasTimeout = true;
};

} // namespace sluice::ui
