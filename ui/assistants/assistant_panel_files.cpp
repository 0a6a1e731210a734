// What becomes of a template: kept in the profile, tried, deleted, shared as a file and taken from one.
#include "sluice/assistants/assistant_panel.h"

#include "sluice/assistants/assistant_draft.h"
#include "sluice/assistants/prompt_preview.h"
#include "sluice/forms/input_editor.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QSaveFile>
#include <QtGui/QDragEnterEvent>
#include <QtGui/QDropEvent>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>

#include <algorithm>
#include <utility>

namespace sluice::ui {

namespace {

QStringList filesIn(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

QString AssistantPanel::freeName(const QString &wanted, const QList<assistants::Named> &beside) const
{
    const auto taken = [&](const QString &name) {
        return find(name) || std::any_of(beside.begin(), beside.end(), [&](const assistants::Named &one) { return one.name == name; });
    };
    QString name = wanted.left(assistants::MaxName);
    for (int i = 2; taken(name); ++i)
        name = wanted.left(assistants::MaxName - 10) + QStringLiteral(" (%1)").arg(i);
    return name;
}

void AssistantPanel::save()
{
    beginSaving();
}

bool AssistantPanel::beginSaving()
{
    if (!m_hasDraft)
        return false;
    if (const auto problem = m_editor->problem()) {
        m_editor->setTab(InputEditor::Tab::Json);
        fail(*problem);
        return false;
    }
    const QString name = m_draft->name().trimmed();
    if (const auto named = assistants::checkName(name); !named) {
        fail(named.error());
        m_name->setFocus(Qt::OtherFocusReason);
        return false;
    }
    if (const auto fits = assistants::check(m_draft->value()); !fits) {
        const auto waiting = std::exchange(m_afterwards, {});
        fail(fits.error());
        m_editor->showError(fits.error());
        m_afterwards = waiting;
        return false;
    }
    if (name != m_draft->savedName() && find(name)) {
        const auto waiting = m_afterwards;
        say(tr("There is an assistant “%1” already.").arg(name), tr("Replace it"), [this, waiting] {
            m_afterwards = waiting;
            keep(m_draft->savedName());
        });
        m_name->setFocus(Qt::OtherFocusReason);
        return true;
    }
    keep(m_draft->savedName());
    return true;
}

void AssistantPanel::keep(const QString &replaced)
{
    assistants::Change change;
    change.kept = assistants::Named(m_draft->name().trimmed(), m_draft->value());
    // What the network brings cannot be renamed, only be copied.
    change.replaced = m_session.keepsAssistant(replaced) ? replaced : QString();
    m_session.changeAssistants({change}, this, [this, kept = *change.kept](const std::optional<Error> &error) {
        if (error) {
            fail(*error);
            return;
        }
        const bool same = m_draft->name().trimmed() == kept.name && m_draft->value() == kept.assistant;
        if (m_draft->name() != kept.name && same)
            m_draft->setName(kept.name);
        m_name->setText(m_draft->name());
        if (same)
            m_draft->markSaved();
        this->kept(kept.name);
    });
}

void AssistantPanel::kept(const QString &name)
{
    const auto then = std::exchange(m_afterwards, {});
    say(tr("“%1” is saved, and a capability of this profile.").arg(name));
    if (then)
        then();
}

void AssistantPanel::remove()
{
    const QString name = m_draft->savedName();
    if (name.isEmpty()) {
        const auto go = [this] {
            m_hasDraft = false;
            reload();
        };
        if (!holdsBack(go))
            go();
        return;
    }
    const auto former = find(name);
    assistants::Change change;
    change.replaced = name;
    m_session.changeAssistants({change}, this, [this, name, former](const std::optional<Error> &error) {
        if (error) {
            fail(*error);
            return;
        }
        m_hasDraft = false;
        reload();
        say(tr("“%1” was deleted.").arg(name), tr("Undo"), [this, former] {
            assistants::Change back;
            back.kept = former;
            m_session.changeAssistants({back}, this, [this, former](const std::optional<Error> &problem) {
                if (problem)
                    fail(*problem);
                else if (!holdsBack([this, former] { load(*former); }))
                    load(*former);
            });
        });
    });
}

void AssistantPanel::tryIt()
{
    const auto go = [this] { Q_EMIT chatRequested(m_draft->savedName(), m_preview->query(), m_preview->history()); };
    if (!m_hasDraft)
        return;
    if (!m_draft->isDirty()) {
        go();
        return;
    }
    m_afterwards = go;
    if (!beginSaving())
        m_afterwards = {}; // a later Save only saves
}

void AssistantPanel::share(bool all)
{
    QString file = all ? QStringLiteral("assistants") : m_draft->name().trimmed();
    for (QChar &c : file) {
        if (!c.isLetterOrNumber() && c != QLatin1Char('.') && c != QLatin1Char(' '))
            c = QLatin1Char('-');
    }
    auto *dialog = new QFileDialog(window(), tr("Share assistants"), file + QStringLiteral(".json"), tr("JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, all](const QString &chosen) { shareTo(chosen, all); });
    dialog->open();
}

void AssistantPanel::shareTo(const QString &file, bool all)
{
    const QList<assistants::Named> shared = all ? m_session.assistants() : QList<assistants::Named>{{m_draft->name().trimmed(), m_draft->value()}};
    const QByteArray text = assistants::write(shared);
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit())
        say(tr("%n assistant(s) stand in %1.", nullptr, int(shared.size())).arg(QFileInfo(file).fileName()));
    else
        fail(Error(Error::Kind::Storage, tr("%1 cannot be written: %2").arg(file, out.errorString())));
}

void AssistantPanel::import()
{
    auto *dialog = new QFileDialog(window(), tr("Import assistants"), QString(), tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &AssistantPanel::importFrom);
    dialog->open();
}

void AssistantPanel::importFrom(const QStringList &files)
{
    QList<assistants::Named> found;
    for (const QString &name : files) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            fail(Error(Error::Kind::Storage, tr("%1 cannot be read: %2").arg(name, file.errorString())));
            return;
        }
        const auto read = assistants::read(file.read(assistants::MaxFileBytes + 1), name);
        if (!read) {
            Error error = read.error();
            fail(error.withMessage(QStringLiteral("%1: %2").arg(QFileInfo(name).fileName(), error.message())));
            return;
        }
        for (const assistants::Named &one : *read)
            found.append(assistants::Named(freeName(one.name, found), one.assistant));
    }
    QList<assistants::Change> changes;
    for (const assistants::Named &one : std::as_const(found)) {
        assistants::Change change;
        change.kept = one;
        changes.append(change);
    }
    if (changes.isEmpty())
        return;
    m_session.changeAssistants(changes, this, [this, found](const std::optional<Error> &error) {
        if (error) {
            fail(*error);
            return;
        }
        say(tr("%n assistant(s) came in, and are capabilities of this profile.", nullptr, int(found.size())));
        if (!m_hasDraft || !m_draft->isDirty())
            load(found.first());
    });
}

void AssistantPanel::dragEnterEvent(QDragEnterEvent *event)
{
    if (!filesIn(event->mimeData()).isEmpty() && assistants::hasWorker(m_session.inUse()))
        event->acceptProposedAction();
}

void AssistantPanel::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    importFrom(filesIn(event->mimeData()));
}

} // namespace sluice::ui
