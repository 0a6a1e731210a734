#pragma once

#include "sluice/snippets/snippet.h"
#include "sluice/codeview/snippet_needs.h"

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
    /// Chooses a language and brings it to the front; its id is of SnippetGenerator. It stays until another is chosen: calls that it
    /// cannot say are answered with the reason, and with one that can.
    void setLanguage(const QString &id);
    /// The language in front: the one that was chosen, or until then one that runs with the first call's profile.
    [[nodiscard]] QString language() const;
    /// The language that was chosen, to be remembered; empty while none was.
    [[nodiscard]] QString chosenLanguage() const;
    /// Where the copied environment takes its values from, besides the addresses that the code itself suggests.
    void setEnvironmentValues(EnvironmentValues values);
    /// The lines that "Copy environment" gives; empty while there is no code.
    [[nodiscard]] QString environment() const;
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
    void showSnippet(const Snippet &snippet);
    void showProblem(const QString &title, const QString &text, const QString &action = {});
    void showNeeds(const Snippet &snippet);
    void save();

    std::optional<SnippetContext> m_context;
    Snippet m_snippet;
    QTabBar *m_tabs;
    StateView *m_states;
    CodeEditor *m_editor;
    QString m_chosen;
    QString m_backend = Call().backend;
    QString m_offered;
    EnvironmentValues m_values;
    InlineMessage *m_message;
    ElidedLabel *m_needs;
    ElidedLabel *m_environment;
    CopyButton *m_copyEnvironment;
    CopyButton *m_copy;
    QToolButton *m_save;
    QToolButton *m_enlarge;
    QTimer *m_later;
};

} // namespace sluice::ui
