#pragma once

#include "sluice/backend/named_capability.h"

#include <QtCore/QObject>

class QMenu;
class QWidget;

namespace sluice::ui {

class CapabilityDialog;
class InlineMessage;
class Session;

/// What a person does with the capabilities that they name: add, edit, remove (and take that back), share as a file, import.
class CapabilityKeeper final : public QObject {
    Q_OBJECT
public:
    /// Dialogs stand over `owner`; what was done is said in `message`. Both, and `session`, must outlive it.
    CapabilityKeeper(Session &session, InlineMessage &message, QWidget *owner);

    /// Opens the dialog; `name` is filled in. The dialog is given for tests and deletes itself.
    CapabilityDialog *add(const QString &name = {});
    /// Also for one that only the network lists: what is chosen here then goes before what the network says.
    CapabilityDialog *edit(const QString &name);
    void remove(const QString &name);
    /// Asks for a file and writes these, or all when empty.
    void share(const QStringList &names = {});
    void shareTo(const QString &file, const QStringList &names);
    void import();
    void importFrom(const QString &file);
    /// The actions that fit the capability, which may be empty.
    void fillMenu(QMenu &menu, const QString &name);

Q_SIGNALS:
    /// A capability is being kept under this name and will be listed.
    void named(const QString &name);

private:
    CapabilityDialog *show(const std::optional<NamedCapability> &edited, const QString &name);
    [[nodiscard]] std::optional<NamedCapability> find(const QString &name) const;

    Session &m_session;
    InlineMessage &m_message;
    QWidget *m_owner;
    std::optional<NamedCapability> m_removed;
};

} // namespace sluice::ui
