#pragma once

#include "sluice/gateway/capability_info.h"

#include <QtWidgets/QWidget>

namespace sluice {
class Badge;
}

class QLabel;
class QPushButton;
class QSpinBox;

namespace sluice::ui {

class RunController;
class Session;
struct PastRun;

/// One tab of the workbench: a capability, the call being prepared, and its answer.
class WorkbenchPage : public QWidget {
    Q_OBJECT
public:
    [[nodiscard]] const CapabilityInfo &capability() const { return m_capability; }
    /// The call as it stands now; what the code view prints and run() executes.
    [[nodiscard]] virtual Call call() const = 0;
    /// Fills the page from a call, e.g. from history.
    virtual void load(const Call &call) = 0;
    /// Shows a run from history: its call, and its answer as far as it was kept.
    virtual void showPast(const PastRun &past) = 0;
    /// Starts the call; says at the field what does not fit instead when there is something.
    virtual void run() = 0;
    void stop();
    [[nodiscard]] bool isRunning() const;
    /// The run this page shows, or null.
    [[nodiscard]] RunController *currentRun() const { return m_run; }
    /// New facts about the same capability (price, free slots).
    void updateCapability(const CapabilityInfo &capability);

Q_SIGNALS:
    void callChanged();
    void runningChanged(bool running);

protected:
    WorkbenchPage(Session &session, CapabilityInfo capability, QWidget *parent);

    /// Title, badges, description, and the line with timeout, estimate, Run and Stop.
    [[nodiscard]] QWidget *makeHeader();
    /// Follows `run` so that the buttons and isRunning() are right. The session owns it.
    void follow(RunController *run);
    [[nodiscard]] std::chrono::seconds timeout() const;
    void setTimeout(std::chrono::seconds timeout);
    Session &session() const { return m_session; }
    /// Where a page puts a failure that belongs to no field.
    virtual void showFailure(const Error &error) = 0;
    /// The session has no connection: says so and what to do.
    void showNotConnected();

private:
    void showFacts();

    Session &m_session;
    CapabilityInfo m_capability;
    RunController *m_run = nullptr;
    QLabel *m_title = nullptr;
    Badge *m_verb = nullptr;
    Badge *m_price = nullptr;
    Badge *m_slots = nullptr;
    QLabel *m_description = nullptr;
    QLabel *m_estimate = nullptr;
    QSpinBox *m_timeout = nullptr;
    QPushButton *m_runButton = nullptr;
    QPushButton *m_stopButton = nullptr;
};

} // namespace sluice::ui
