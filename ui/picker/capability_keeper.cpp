#include "sluice/picker/capability_keeper.h"

#include "sluice/picker/capability_dialog.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace sluice::ui {

CapabilityKeeper::CapabilityKeeper(Session &session, InlineMessage &message, QWidget *owner)
    : QObject(owner)
    , m_session(session)
    , m_message(message)
    , m_owner(owner)
{
    connect(&m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message.clear();
        if (const auto removed = std::exchange(m_removed, std::nullopt))
            m_session.nameCapabilities({*removed});
    });
    connect(&m_session, &Session::profileChanged, this, [this] {
        m_removed.reset();
        m_message.clear();
    });
}

std::optional<NamedCapability> CapabilityKeeper::find(const QString &name) const
{
    const QList<NamedCapability> all = m_session.profile().capabilities;
    const auto found = std::find_if(all.begin(), all.end(), [&](const NamedCapability &one) { return one.name == name; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

CapabilityDialog *CapabilityKeeper::show(const std::optional<NamedCapability> &edited, const QString &name)
{
    auto *dialog = new CapabilityDialog(m_session, edited, name, m_owner->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CapabilityDialog::saved, this, [this](const QString &saved) {
        m_message.clear();
        Q_EMIT named(saved);
    });
    dialog->open();
    return dialog;
}

CapabilityDialog *CapabilityKeeper::add(const QString &name)
{
    return show(std::nullopt, name.trimmed());
}

CapabilityDialog *CapabilityKeeper::edit(const QString &name)
{
    if (const auto known = find(name))
        return show(known, name);
    return add(name);
}

void CapabilityKeeper::remove(const QString &name)
{
    const auto known = find(name);
    if (!known)
        return;
    m_session.forgetCapability(name);
    m_removed = known;
    m_message.showMessage(InlineMessage::Severity::Info, tr("“%1” was removed.").arg(name));
    m_message.setAction(tr("Undo"));
}

void CapabilityKeeper::share(const QStringList &names)
{
    const QString file = (names.size() == 1 ? QString(names.first()).replace(QLatin1Char('/'), QLatin1Char('-')) : QStringLiteral("capabilities")) + QStringLiteral(".json");
    auto *dialog = new QFileDialog(m_owner->window(), tr("Share capabilities"), file, tr("JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, names](const QString &chosen) { shareTo(chosen, names); });
    dialog->open();
}

void CapabilityKeeper::shareTo(const QString &file, const QStringList &names)
{
    QList<NamedCapability> shared;
    for (const NamedCapability &one : m_session.profile().capabilities) {
        if (names.isEmpty() || names.contains(one.name))
            shared.append(one);
    }
    QSaveFile out(file);
    const QByteArray text = capability_file::write(shared);
    m_removed.reset();
    m_message.setAction({});
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit())
        m_message.showMessage(InlineMessage::Severity::Success, tr("%n capabilities stand in %1.", nullptr, int(shared.size())).arg(QFileInfo(file).fileName()));
    else
        m_message.showError(Error(Error::Kind::Storage, tr("%1 cannot be written: %2").arg(file, out.errorString())));
}

void CapabilityKeeper::import()
{
    auto *dialog = new QFileDialog(m_owner->window(), tr("Import capabilities"), QString(), tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CapabilityKeeper::importFrom);
    dialog->open();
}

void CapabilityKeeper::importFrom(const QString &name)
{
    m_removed.reset();
    m_message.setAction({});
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        m_message.showError(Error(Error::Kind::Storage, tr("%1 cannot be read: %2").arg(name, file.errorString())));
        return;
    }
    const auto read = capability_file::read(file.read(capability_file::MaxBytes + 1));
    if (!read) {
        m_message.showError(read.error());
        return;
    }
    m_session.nameCapabilities(*read);
    m_message.showMessage(InlineMessage::Severity::Success, tr("%n capabilities came from %1.", nullptr, int(read->size())).arg(QFileInfo(name).fileName()));
}

void CapabilityKeeper::fillMenu(QMenu &menu, const QString &name)
{
    const bool named = !name.isEmpty() && find(name);
    if (named) {
        menu.addAction(Theme::icon(QStringLiteral("pencil")), tr("&Edit “%1”…").arg(name), this, [this, name] { edit(name); });
        menu.addAction(Theme::icon(QStringLiteral("upload")), tr("&Share “%1”…").arg(name), this, [this, name] { share({name}); });
        menu.addAction(Theme::icon(QStringLiteral("trash-2")), tr("&Remove “%1”").arg(name), this, [this, name] { remove(name); });
        menu.addSeparator();
    } else if (!name.isEmpty()) {
        menu.addAction(Theme::icon(QStringLiteral("pencil")), tr("&Give “%1” a path or schema of your own…").arg(name), this, [this, name] { edit(name); });
        menu.addSeparator();
    }
    menu.addAction(Theme::icon(QStringLiteral("plus")), tr("&Add a capability…"), this, [this] { add(); });
    menu.addAction(Theme::icon(QStringLiteral("download")), tr("&Import capabilities…"), this, [this] { import(); });
    QAction *all = menu.addAction(Theme::icon(QStringLiteral("upload")), tr("Share a&ll that you named…"), this, [this] { share(); });
    all->setEnabled(!m_session.profile().capabilities.isEmpty());
}

} // namespace sluice::ui
