#pragma once

#include "sluice/snippets/snippet.h"
#include "sluice/snippets/snippet_generator.h"

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
    /// Chooses a language and brings it to the front; its id is of SnippetGenerator. Calls that it cannot say are shown
    /// in the first language that can, until it is chosen again for them.
    void setLanguage(const QString &id);
    /// The language in front.
    [[nodiscard]] QString language() const;
    /// The language that was chosen, to be remembered.
    [[nodiscard]] QString chosenLanguage() const;
    /// The code as shown; empty while there is none.
    [[nodiscard]] QString code() const;
    /// True while a change is not shown yet.
    [[nodiscard]] bool isPending() const;
    /// Shows whether the view has been given more room; whoever holds it does that.
    void setEnlarged(bool on);

Q_SIGNALS:
    void languageChanged(const QString &id);
    /// The person wants more room for the code, or no longer.
    void enlargeRequested(bool on);

private:
    void choose(const QString &id);
    void turn();
    void bringToFront(const QString &id);
    void generate();
    void showSnippet(const Snippet &snippet);
    void showProblem(const QString &title, const QString &text, const QString &action = {});
    /// Finds a language that can say this call.
    void offerOther();
    void save();
    [[nodiscard]] const SnippetGenerator &generator() const;

    std::optional<SnippetContext> m_context;
    Snippet m_snippet;
    QTabBar *m_tabs;
    StateView *m_states;
    CodeEditor *m_editor;
    QString m_chosen;
    bool m_insists = false; ///< m_chosen was asked for although the call may not be possible in it
    QString m_offered;
    InlineMessage *m_message;
    ElidedLabel *m_environment;
    CopyButton *m_copy;
    QToolButton *m_save;
    QToolButton *m_enlarge;
    QTimer *m_later;
};

} // namespace sluice::ui
