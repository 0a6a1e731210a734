#pragma once

#include "sluice/forms/field_editor_p.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace sluice::ui {

/// A string on one line; also masked ones.
class TextEditor final : public FieldEditor {
    Q_OBJECT
public:
    TextEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    QLineEdit *m_edit;
};

/// A string of several lines, growing with its text.
class TextAreaEditor final : public FieldEditor {
    Q_OBJECT
public:
    TextAreaEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitHeight();

    QPlainTextEdit *m_edit;
};

/// One of several values of any type. Never stores a value that was not chosen.
class ChoiceEditor final : public FieldEditor {
    Q_OBJECT
public:
    ChoiceEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    int indexOf(const Json &value) const;

    QComboBox *m_combo;
    bool m_hasUnset = false;
};

/// True or false; with a third state "not set" when the schema allows null.
class BooleanEditor final : public FieldEditor {
    Q_OBJECT
public:
    BooleanEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;
    bool showsTitle() const override { return true; }

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    QCheckBox *m_box;
};

/// Some of several values, each at most once: a check box each.
class SetEditor final : public FieldEditor {
    Q_OBJECT
public:
    SetEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;
    QWidget *named() override { return this; }

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    void toggled(int choice, bool on);

    QList<QCheckBox *> m_boxes;
};

/// Any JSON, as text: for what no form can show. Wrong text stays where it is and is named.
class JsonFieldEditor final : public FieldEditor {
    Q_OBJECT
public:
    JsonFieldEditor(const FieldSpec &spec, QWidget *parent);
    QWidget *control() override;
    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const override;

protected:
    bool accepts(const std::optional<Json> &) const override { return true; }
    void display(const std::optional<Json> &value) override;

private:
    QPlainTextEdit *m_edit;
    QString m_problem;
};

} // namespace sluice::ui
