#pragma once

#include "sluice/codeview/run_pane.h"
#include "sluice/codeview/snippet_needs.h"
#include "sluice/snippets/snippet.h"

#include <QtWidgets/QWidget>

class QTabBar;
class QTimer;
class QToolButton;

namespace sluice::ui {

class CodeEditor;
class CopyButton;
class ElidedLabel;
class InlineMessage;
class StateView;

/// The call in front as code, in each language. Follows every keystroke; holds no secret; can be saved and run as it is.
class CodeView final : public QWidget {
    Q_OBJECT
public:
    explicit CodeView(QWidget *parent = nullptr);

    /// Shows this call after a moment without further changes.
    void setContext(const SnippetContext &context);
    /// Nothing is in front that has code: what was shown would be of something else.
    void setNoCall();
    /// Chooses a language and brings it to the front; its id is of SnippetGenerator. It stays until another is chosen: for calls that it
    /// cannot say its tab says why, and has them in the first one that can.
    void setLanguage(const QString &id);
    /// The language in front: the one that was chosen, or until then one that runs with the first call's profile.
    [[nodiscard]] QString language() const;
    /// The language that was chosen, to be remembered; empty while none was.
    [[nodiscard]] QString chosenLanguage() const;
    /// Where a sandbox's environment takes its values from, besides the addresses that the code itself suggests. No other profile's does.
    void setEnvironmentValues(EnvironmentValues values);
    /// What the playground got for the call in front, to stand beside what the code gives.
    void setOwnAnswer(const OwnAnswer &answer);
    /// Runs the code in front as a process, where something here runs it; outside of a sandbox a person is asked first.
    void runHere();
    [[nodiscard]] const RunPane &runPane() const { return *m_pane; }
    /// The lines that "Copy environment" gives; empty while there is no code.
    [[nodiscard]] QString environment() const;
    /// The language of the code that is shown, which is another one where that in front cannot say the call.
    [[nodiscard]] QString shownLanguage() const { return m_shown; }
    /// The code as shown; empty while there is none.
    [[nodiscard]] QString code() const;
    /// Copies the code of the call in front, at once; false where there is none, and the view says why.
    bool copyNow();
    /// True while a change is not shown yet.
    [[nodiscard]] bool isPending() const;
    /// Shows whether the view has been given more room, which its owner does.
    void setEnlarged(bool on);

Q_SIGNALS:
    void languageChanged(const QString &id);
    /// The person wants more room for the code, or no longer.
    void enlargeRequested(bool on);

private:
    void choose(const QString &id);
    void bringToFront(const QString &id);
    void showLanguagesOf(const QString &backend);
    void generate();
    void showSnippet(const Snippet &snippet, const QString &language);
    /// The call in the first language that can say it, with the reason why that in front cannot.
    void showInstead(const Error &reason);
    void showProblem(const QString &title, const QString &text);
    void showEnvironment(const Snippet &snippet);
    [[nodiscard]] QWidget *makeCode();
    void makeRunButton();
    [[nodiscard]] EnvironmentValues valuesHere() const;
    void lookForProgram();
    void updateRun();
    void start();
    void showNeeds(const Snippet &snippet);
    void save();

    std::optional<SnippetContext> m_context;
    Snippet m_snippet;
    QTabBar *m_tabs;
    StateView *m_states;
    CodeEditor *m_editor;
    QString m_chosen;
    QString m_backend = Call().backend;
    QString m_shown;
    bool m_asks = false; ///< the message asks whether to run, outside of a sandbox
    std::optional<programs::Need> m_need;
    std::optional<programs::Found> m_found;
    EnvironmentValues m_values;
    InlineMessage *m_message;
    ElidedLabel *m_needs;
    ElidedLabel *m_environment;
    CopyButton *m_copyEnvironment;
    CopyButton *m_copy;
    QToolButton *m_save;
    QToolButton *m_enlarge;
    QTimer *m_later;
    RunPane *m_pane;
    QToolButton *m_run;
};

} // namespace sluice::ui
