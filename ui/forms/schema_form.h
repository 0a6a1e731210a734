#pragma once

#include "sluice/base/json.h"
#include "sluice/forms/field_issue.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

#include <memory>

class QScrollArea;
class QTimer;

namespace sluice {
class SchemaValidator;
}

namespace sluice::ui {

class FieldRow;
struct FieldSpec;

/// A form built from a JSON Schema (client-sdk.md 4.3) that edits one JSON value without loss.
///
/// Unknown keys, the order of keys and the text of numbers stay as they were; a value for which the form has no place
/// is edited as JSON at its field. Any schema gives a form; the worst one gives one JSON field.
class SchemaForm final : public QWidget {
    Q_OBJECT
public:
    explicit SchemaForm(QWidget *parent = nullptr);
    ~SchemaForm() override;

    /// Builds the form anew; the value becomes defaults().
    void setSchema(const Json &schema);
    [[nodiscard]] const Json &schema() const { return m_schema; }

    [[nodiscard]] const Json &value() const { return m_value; }
    /// Shows the value; says nothing in valueChanged().
    void setValue(const Json &value);
    /// The untouched input: every default of the schema, in form order.
    [[nodiscard]] Json defaults() const;

    /// Leaves optional keys out while they hold the schema's default. Changes the value at once.
    void setOmitDefaults(bool omit);

    /// What is wrong now, without showing it.
    [[nodiscard]] QList<FieldIssue> issues() const;
    /// The same, shown at the fields; the first one gets the focus.
    QList<FieldIssue> validate();
    /// Shows what a server said about a field, until the field is edited. An unknown pointer shows at its nearest parent.
    void showIssue(const QString &pointer, const QString &message);
    void clearIssues();
    /// What is shown at the field now; empty when nothing is.
    [[nodiscard]] QString shownIssue(const QString &pointer) const;
    void focusField(const QString &pointer);
    /// What it takes to show all of it at its present width.
    [[nodiscard]] int contentHeight() const;

    /// Where the value has fields that hold secrets: they never reach history, snippets or logs.
    [[nodiscard]] QStringList secretPointers() const;
    /// Names of the files that a person put into the value, by JSON pointer.
    [[nodiscard]] QHash<QString, QString> fileNames() const;
    /// Of those, the pointers of pictures that hold less than the person's own file.
    [[nodiscard]] QStringList cleanedFiles() const;

Q_SIGNALS:
    /// A person changed the value.
    void valueChanged(const sluice::Json &value);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitLeast();
    void edited();
    void showLiveIssues();
    void showAt(const FieldIssue &issue, bool touchedOnly);

    Json m_schema;
    Json m_value;
    std::unique_ptr<FieldSpec> m_spec;
    std::unique_ptr<SchemaValidator> m_validator;
    QList<FieldIssue> m_serverIssues;
    QScrollArea *m_scroll;
    FieldRow *m_root = nullptr;
    QTimer *m_liveCheck;
    bool m_omitDefaults = false;
};

} // namespace sluice::ui
