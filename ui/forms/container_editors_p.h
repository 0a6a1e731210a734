#pragma once

#include "sluice/forms/field_editor_p.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace sluice::ui {

class FieldRow;
class SectionHeader;

/// An object: one row per property in schema order. Keys that the schema does not name stay where they are.
class ObjectEditor final : public FieldEditor {
    Q_OBJECT
public:
    ObjectEditor(const FieldSpec &spec, QWidget *parent);

    QWidget *control() override;
    QWidget *named() override { return this; }
    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const override;
    void collectFileNames(const QString &pointer, QHash<QString, QString> &names) const override;
    bool showIssue(const QStringList &path, const QString &message, bool touchedOnly) override;
    void clearIssues() override;
    QWidget *controlAt(const QStringList &path) override;

    [[nodiscard]] FieldRow *row(const QString &key) const;
    [[nodiscard]] const QList<FieldRow *> &rows() const { return m_rows; }
    /// Alt+letter for each row, as far as letters go.
    void assignMnemonics();
    void setOmitDefaults(bool omit);

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void rowEdited(FieldRow *row);
    void showUnknownKeys(const Json &value);
    [[nodiscard]] std::optional<Json> shownFor(const FieldSpec &property, const std::optional<Json> &whole) const;

    QList<FieldRow *> m_rows;
    SectionHeader *m_advancedHeader = nullptr;
    QLabel *m_unknown;
    bool m_omitDefaults = false;
};

/// An array: one row per item, with buttons to add, move and remove.
class ListEditor final : public FieldEditor {
    Q_OBJECT
public:
    ListEditor(const FieldSpec &spec, QWidget *parent);

    QWidget *control() override;
    QWidget *named() override { return this; }
    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const override;
    void collectFileNames(const QString &pointer, QHash<QString, QString> &names) const override;
    bool showIssue(const QStringList &path, const QString &message, bool touchedOnly) override;
    void clearIssues() override;
    QWidget *controlAt(const QStringList &path) override;

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    struct Item {
        QWidget *frame = nullptr;
        QLabel *number = nullptr;
        FieldRow *row = nullptr;
        QToolButton *up = nullptr;
        QToolButton *down = nullptr;
        QToolButton *remove = nullptr;
    };

    Item makeItem();
    [[nodiscard]] qsizetype indexOf(const QWidget *frame) const;
    void setCount(qsizetype count);
    void renumber();
    void itemEdited(QWidget *frame);
    void add();
    void remove(QWidget *frame);
    void move(QWidget *frame, int by);
    void change(QList<Json> items, qsizetype focus);

    QVBoxLayout *m_column;
    QList<Item> m_items;
    QToolButton *m_add;
};

/// One of several schemas: a selector and the form that belongs to the choice.
class UnionEditor final : public FieldEditor {
    Q_OBJECT
public:
    UnionEditor(const FieldSpec &spec, QWidget *parent);

    QWidget *control() override;
    void collectIssues(const QString &pointer, QList<FieldIssue> &issues) const override;
    void collectFileNames(const QString &pointer, QHash<QString, QString> &names) const override;
    bool showIssue(const QStringList &path, const QString &message, bool touchedOnly) override;
    void clearIssues() override;
    QWidget *controlAt(const QStringList &path) override;

protected:
    bool accepts(const std::optional<Json> &value) const override;
    void display(const std::optional<Json> &value) override;

private:
    [[nodiscard]] int variantFor(const Json &value) const;
    void choose(int variant);
    void show(int variant);
    FieldRow *rowFor(int variant);
    [[nodiscard]] FieldRow *current() const;

    QComboBox *m_selector;
    QVBoxLayout *m_column;
    QList<FieldRow *> m_variantRows; ///< made when first shown
    int m_variant = -1;
};

} // namespace sluice::ui
