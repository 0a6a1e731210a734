#pragma once

#include "sluice/backend/named_capability.h"

#include <QtCore/QHash>
#include <QtWidgets/QDialog>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace sluice::ui {

class SchemaField;
class Session;

/// Names a capability that the network does not list, or changes one: what is wrong stands at its field while it is typed.
class CapabilityDialog final : public QDialog {
    Q_OBJECT
public:
    /// `edited`: the one to change; else a new one, whose name may be filled in. `session` must outlive the dialog.
    CapabilityDialog(Session &session, const std::optional<NamedCapability> &edited, const QString &name = {}, QWidget *parent = nullptr);

    /// What stands in the fields; InvalidInput names the member at fault.
    [[nodiscard]] Expected<NamedCapability> capability() const;
    [[nodiscard]] SchemaField &schema() const { return *m_schema; }
    /// Keeps it in the profile and closes, or shows what is wrong and stays.
    void save();

Q_SIGNALS:
    /// It is being kept under this name.
    void saved(const QString &name);

private:
    void makeFields();
    void fill(const NamedCapability &capability);
    void judge();
    [[nodiscard]] Expected<Json> example() const;
    [[nodiscard]] QLabel *addField(const QString &label, QWidget *field, const QString &hint);
    void say(QLabel *remark, QWidget *field, const QString &text, bool wrong);

    Session &m_session;
    QString m_replaced; ///< name of the edited one
    QList<Verb> m_verbOrder;
    NamedCapability m_kept; ///< what has no field of its own stays
    QFormLayout *m_form;
    QLineEdit *m_name;
    QLabel *m_nameRemark = nullptr;
    QHash<int, QCheckBox *> m_verbs;
    QWidget *m_kinds;
    QLabel *m_kindsRemark = nullptr;
    QLineEdit *m_path;
    QLabel *m_pathRemark = nullptr;
    QLineEdit *m_description;
    SchemaField *m_schema;
    QPlainTextEdit *m_example;
    QLabel *m_exampleRemark = nullptr;
    bool m_touched = false; ///< an empty name is told only after something was typed or saved
};

} // namespace sluice::ui
