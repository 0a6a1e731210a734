#pragma once

#include "sluice/backend/capability_info.h"
#include "sluice/gateway/profile.h"
#include "sluice/gateway/past_run.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtWidgets/QMainWindow>

#include <functional>
#include <memory>

class QKeyEvent;
class QMenu;
class QSplitter;
class QTabWidget;

namespace sluice {
struct PastRun;
class Error;
struct RunRecord;
}

namespace sluice::ui {

class AccountsPanel;
class AssistantPanel;
class CodeView;
class CommandPalette;
class EndpointHost;
class EndpointPanel;
class HistoryPanel;
class InlineMessage;
class JobsPanel;
class NetworkPanel;
class Inspector;
class PickerPanel;
class PlacesSplitter;
class RunController;
class Session;
class SideBySidePage;
class StateView;
class StatusStrip;
class WorkbenchPage;

/// The one window: four places that never move (DESIGN.md 5). Composition and commands only; each panel knows its work.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// `session` must outlive the window.
    explicit MainWindow(Session &session, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// `wanted` is "light", "dark", "system" or empty, which means what was chosen last.
    [[nodiscard]] static Theme::Mode themeMode(const QString &wanted);

    /// Opens the capability as soon as the network has listed it, fills in `input` where one is given, and runs it.
    void runWhenListed(const QString &capability, const std::optional<Json> &input);
    /// Opens the capability's tab or brings it to the front.
    WorkbenchPage *openCapability(const CapabilityInfo &capability);
    [[nodiscard]] WorkbenchPage *currentPage() const;
    /// A tab in which several capabilities answer the same question; from a chat, its capability comes first and its question along.
    SideBySidePage *openSideBySide();
    [[nodiscard]] PickerPanel &picker() const { return *m_picker; }
    [[nodiscard]] Inspector &inspector() const { return *m_inspector; }
    [[nodiscard]] CodeView &codeView() const { return *m_code; }
    [[nodiscard]] HistoryPanel &history() const { return *m_history; }
    [[nodiscard]] CommandPalette &palette() const { return *m_palette; }
    [[nodiscard]] StatusStrip &statusStrip() const { return *m_status; }
    void showPalette();
    /// The tab of the local endpoint, opened where there is none.
    EndpointPanel *showEndpoint();
    /// The tab in which assistants are written, opened where there is none; with a name, that one is in it.
    AssistantPanel *showAssistants(const QString &name = {});
    /// The tab of the jobs at the profile's workers, opened where there is none.
    JobsPanel *showJobs();
    /// The tab of the servers that may take calls, opened where there is none; of the capability in front.
    NetworkPanel *showNetwork();
    /// The tab of the accounts at providers, opened where there is none.
    AccountsPanel *showAccounts();
    [[nodiscard]] EndpointHost &endpoint() const { return *m_endpoint; }
    /// Sizes and places of the panels as they were left; written when the window closes.
    [[nodiscard]] static QString settingsPath();
    /// `wanted` within `room`: no larger, and moved as little as needed.
    [[nodiscard]] static QRect fitted(QRect wanted, const QRect &room);

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makePlaces();
    void makeActions();
    QAction *addCommand(QMenu *menu, const QString &text, const QKeySequence &keys, std::function<void(bool)> slot);
    void makePlaceActions(QMenu *view);
    void makeHelp();
    void showAbout();
    void restorePlaces();
    void savePlaces() const;
    /// Only the workbench and the capabilities, or what was there before.
    void setRoomy(bool on);
    /// Live video in front has room while it runs, unless a person decided otherwise.
    void updateRoom();
    void makeCommands();
    void connectPanels();
    void restoreLayout();
    void saveLayout() const;
    [[nodiscard]] bool isCommand(const QKeyEvent &key) const;
    void showCall();
    /// What the command for favourites would do now.
    void showFavourite();
    void showCode();
    /// What the call in front gave here, beside the code.
    void showOwnAnswer();
    void showRun(RunController *run);
    void inspectPast(const PastRun &past);
    void inspectNothing();
    void showPast(const RunRecord &record);
    void openPast(const PastRun &past);
    void replay(const Call &call);
    [[nodiscard]] WorkbenchPage *makePage(const CapabilityInfo &capability);
    [[nodiscard]] SideBySidePage *makeSideBySide();
    void connectPage(WorkbenchPage *page);
    void copyCode();
    void showTabMenu(const QPoint &position);
    void addTab(QWidget *page, const QString &title);
    /// A page in a tab of its own for a run of the history, so that it overwrites nothing.
    WorkbenchPage *openRunTab(const Call &call, const QString &title, const QString &runId);
    /// As the network lists it, or what the call itself tells of it.
    [[nodiscard]] CapabilityInfo describedBy(const Call &call) const;
    /// The keyboard goes with the tab that comes to the front, unless it is elsewhere in the window.
    void moveFocusToPage();
    void showPurse();
    void showSpending();
    void offerNewKey(const Error &error);
    /// Above the workbench; `remedy` is what the action does.
    void showMessage(const Error &error, const QString &action = {}, std::function<void()> remedy = {});
    /// On the first connection: what was open last, or something that is ready to run.
    void openFirst();
    void runWanted();
    void showNotOffered(const QString &capability);
    void showProfileMenu(const QPoint &position);
    /// A new one where none is given.
    void editProfile(const std::optional<Profile> &profile);
    /// New facts about what the tabs show.
    void updatePages();
    void replacePage(int index, const CapabilityInfo &capability);
    void closeTab(int index);
    void makeEndpoint();
    void openRun(const QString &id);
    void makeAssistants(QMenu *menu);
    void tryAssistant(const QString &name, const QString &query, const Json &history);
    /// Its page, where it still goes on.
    void openJobRun(const QString &runId);
    /// True when the window stays for now, because calls of other programs would end with it: a person is asked.
    [[nodiscard]] bool staysForCalls();
    /// The same for an assistant that is not saved, in this tab or in any; `then` follows when it may be lost.
    [[nodiscard]] bool staysForAssistant(const QWidget *page, std::function<void()> then);

    Session &m_session;
    QSplitter *m_rows = nullptr;
    PlacesSplitter *m_upper = nullptr;
    QList<QAction *> m_places; ///< that can be put away, in the order of their keys
    QList<QAction *> m_putAway; ///< while there is room for the workbench
    QAction *m_room = nullptr;
    QAction *m_roomForLive = nullptr;
    bool m_roomByItself = false;
    const QWidget *m_roomWithout = nullptr; ///< the page whose job goes on without it; compared only
    QAction *m_enlargeCode = nullptr; ///< the code has the whole height while it is on
    QSplitter *m_lower = nullptr;
    PickerPanel *m_picker = nullptr;
    QTabWidget *m_tabs = nullptr;
    StateView *m_workbench = nullptr;
    InlineMessage *m_message = nullptr;
    Inspector *m_inspector = nullptr;
    CodeView *m_code = nullptr;
    HistoryPanel *m_history = nullptr;
    StatusStrip *m_status = nullptr;
    EndpointHost *m_endpoint = nullptr;
    QPointer<EndpointPanel> m_endpointPanel;
    QPointer<AssistantPanel> m_assistants;
    QPointer<JobsPanel> m_jobsPanel;
    QPointer<NetworkPanel> m_networkPanel;
    QPointer<AccountsPanel> m_accountsPanel;
    bool m_askedToClose = false;
    CommandPalette *m_palette = nullptr;
    QAction *m_run = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_switchVerb = nullptr;
    QAction *m_favourite = nullptr;
    std::function<void()> m_remedy;
    bool m_openedFirst = false;
    struct Wanted {
        QString capability;
        std::optional<Json> input;
    };
    std::optional<Wanted> m_wanted; ///< to be run on the first connection
    /// Pages that show a run of the history, and which.
    QHash<const QWidget *, PastRun> m_past;
    RunController *m_shownRun = nullptr;
    std::unique_ptr<QObject> m_runContext;
};

} // namespace sluice::ui
