#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"
#include "sluice/forms/field_issue.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtWidgets/QWidget>

#include <memory>
#include <optional>

class QAction;
class QMenu;
class QStackedWidget;
class QTabBar;
class QTimer;
class QToolButton;

namespace sluice::ui {

class InlineMessage;
class JsonEditor;
class JsonText;
class SchemaForm;

/// A sample input for the examples menu.
struct InputExample {
    QString title;
    Json input;
};

/// The input of a call: a form tab and a JSON tab over one value, without loss (client-sdk.md statements 25 to 28).
///
/// Text that is no JSON (yet) stays in the JSON tab and is named there; value() is then the last one that was right
/// and problem() says what stands in the way. Without a schema there is the JSON tab alone, and it says why.
class InputEditor final : public QWidget {
    Q_OBJECT
public:
    enum class Tab { Form, Json };
    Q_ENUM(Tab)

    explicit InputEditor(QWidget *parent = nullptr);
    ~InputEditor() override;

    /// Null = no schema is known. `origin` says where it came from, for the label. The value becomes its defaults.
    void setSchema(const Json &schema, const QString &origin = {});
    void setExamples(const QList<InputExample> &examples);

    [[nodiscard]] Json value() const { return m_value; }
    /// Shows it in both tabs; says nothing in valueChanged().
    void setValue(const Json &value);

    /// Nothing, or why value() is not what the person sees: the JSON text has an error.
    [[nodiscard]] std::optional<Error> problem() const;
    /// Every reason not to send the input, shown at the fields or above the JSON text; the first gets the focus.
    QList<FieldIssue> validate();
    /// Shows what a server said, at the fields it named. False when it named none: then show the error elsewhere.
    bool showError(const Error &error);
    void showIssues(const QList<FieldIssue> &issues);
    void clearIssues();

    /// Where value() has secrets; see SchemaForm::secretPointers().
    [[nodiscard]] QStringList secretPointers() const;
    /// Names of the files that a person put into the value, by JSON pointer.
    [[nodiscard]] QHash<QString, QString> fileNames() const;
    /// Of those, the pointers of pictures that hold less than the person's own file; see SnippetContext::cleanedFiles.
    [[nodiscard]] QStringList cleanedFiles() const;

    void setTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    /// The schema's defaults again; a message offers to undo it.
    void resetToDefaults();
    [[nodiscard]] SchemaForm *form() const { return m_form; }
    [[nodiscard]] JsonEditor *jsonEditor() const { return m_json; }

Q_SIGNALS:
    /// A person changed the value: by a field, by text, by an example, by reset or by undo.
    void valueChanged(const sluice::Json &value);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeHeader();
    void makeMenu();
    void readText();
    void writeText();
    void showText(const Json &value);
    void replace(const Json &value, const QString &what);
    void undo();
    void showTextProblem();

    Json m_schema;
    Json m_value;
    Json m_undoValue;
    QList<InputExample> m_examples;
    std::unique_ptr<JsonText> m_text;
    std::optional<Error> m_textError;
    QStringList m_duplicates;
    bool m_textStale = true;   ///< the JSON tab has not been written since the value changed
    bool m_canUndo = false;
    bool m_hasSchema = false;

    QTabBar *m_tabs;
    QToolButton *m_examplesButton;
    QToolButton *m_menuButton;
    QAction *m_omit = nullptr;
    QMenu *m_examplesMenu;
    QWidget *m_messages = nullptr;
    InlineMessage *m_message;     ///< undo and what a server said
    InlineMessage *m_textMessage; ///< about the JSON text
    QStackedWidget *m_stack;
    SchemaForm *m_form;
    JsonEditor *m_json;
    QTimer *m_parseTimer;
};

} // namespace sluice::ui
