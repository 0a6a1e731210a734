#pragma once

#include "sluice/forms/field_editor_p.h"

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace sluice::ui {

class JsonFieldEditor;

/// One field with everything around it: title, limits, "set" switch, description, and its issue right below.
///
/// A value that the field's own editor cannot show is edited as JSON in its place, untouched.
class FieldRow final : public QWidget {
    Q_OBJECT
public:
    /// Bare rows leave title and description to their parent.
    enum class Dress { Full, Bare };

    FieldRow(const FieldSpec &spec, Dress dress, QWidget *parent);

    [[nodiscard]] const FieldSpec &spec() const { return m_spec; }
    void setValue(const std::optional<Json> &value);
    [[nodiscard]] std::optional<Json> value() const;

    /// Names the controls for people who cannot see where they stand ("Role of message 2").
    void setSubject(const QString &subject);
    /// Underlines a letter of the title and makes Alt+letter go to the control.
    void setMnemonic(QChar letter);

    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const;
    void collectFileNames(const QString &pointer, QHash<QString, QString> &names) const;
    bool showIssue(const QStringList &path, const QString &message, bool touchedOnly);
    void clearIssues();
    [[nodiscard]] QString shownIssue() const;
    QWidget *controlAt(const QStringList &path);
    [[nodiscard]] FieldEditor *editor() const { return m_editor; }

Q_SIGNALS:
    void edited();

private:
    void makeHeader(QVBoxLayout *column);
    void makeFooter(QVBoxLayout *column, Dress dress);
    void setIssue(const QString &message);
    void setSwitch(bool on);
    void useJson(const std::optional<Json> &value);
    void useForm();
    void touched();
    [[nodiscard]] FieldEditor *active() const;
    static void name(QWidget *control, const QString &text, const QString &description);

    FieldSpec m_spec;
    FieldEditor *m_editor;
    JsonFieldEditor *m_json = nullptr;
    QVBoxLayout *m_column;
    QLabel *m_title = nullptr;
    QCheckBox *m_switch = nullptr;
    QLabel *m_note = nullptr;
    QWidget *m_issueLine = nullptr;
    QLabel *m_issueIcon = nullptr;
    QLabel *m_issue = nullptr;
    QString m_subject;
    bool m_usesJson = false;
    bool m_explicitNull = false;
    bool m_touched = false;
};

} // namespace sluice::ui
