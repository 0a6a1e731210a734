#pragma once

#include "sluice/base/json.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QList>
#include <QtCore/QObject>

namespace sluice::ui {

/// A template that is being edited: its name and its JSON, what of it is saved, and every step back and forth.
class AssistantDraft final : public QObject {
    Q_OBJECT
public:
    explicit AssistantDraft(QObject *parent = nullptr);

    /// Begins with another one; the steps of the former are forgotten. `saved`: it stands in the profile under this name.
    void open(const QString &name, const Json &value, bool saved);
    /// It stands in the profile as it is now.
    void markSaved();
    /// It stands in no profile any more.
    void markUnsaved();

    [[nodiscard]] const QString &name() const { return m_now.name; }
    [[nodiscard]] const Json &value() const { return m_now.value; }
    /// Under which it is saved; empty for a new one.
    [[nodiscard]] const QString &savedName() const { return m_savedName; }
    [[nodiscard]] bool isDirty() const { return m_savedName.isEmpty() || m_now != m_saved; }

    /// A person's change. One text that is typed on is one step, as long as no pause comes between.
    void setName(const QString &name);
    void setValue(const Json &value);
    [[nodiscard]] bool canUndo() const { return !m_back.isEmpty(); }
    [[nodiscard]] bool canRedo() const { return !m_forth.isEmpty(); }
    void undo();
    void redo();

Q_SIGNALS:
    /// Another step is shown: the editor has to follow.
    void stepped();
    /// What isDirty(), canUndo() or canRedo() say.
    void changed();

private:
    struct State {
        QString name;
        Json value;
        bool operator==(const State &) const = default;
    };
    void change(const State &next, const QString &place);

    State m_now;
    State m_saved;
    QString m_savedName;
    QList<State> m_back;
    QList<State> m_forth;
    QString m_place; ///< which text the last step changed; empty: another kind of change
    QElapsedTimer m_since;
};

} // namespace sluice::ui
