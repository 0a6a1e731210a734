#include "sluice/assistants/assistant_draft.h"

#include "sluice/forms/field_issue.h"

#include <optional>

namespace sluice::ui {

namespace {

constexpr qsizetype MostSteps = 200;
constexpr qint64 PauseMs = 1500;

/// Where the only text or number stands that two values differ in; nothing when more is different, or the shape is.
std::optional<QString> onlyChange(const Json &a, const Json &b, const QString &pointer = {})
{
    if (a == b)
        return QString();
    if (a.type() != b.type() || a.size() != b.size())
        return std::nullopt;
    std::optional<QString> found;
    const auto take = [&](const Json &x, const Json &y, const QString &place) {
        if (x == y)
            return true;
        const auto inner = found ? std::nullopt : onlyChange(x, y, place);
        found = inner;
        return inner.has_value();
    };
    if (!a.isArray() && !a.isObject())
        return pointer;
    for (qsizetype i = 0; i < a.items().size(); ++i) {
        if (!take(a.items().at(i), b.items().at(i), pointerTo(pointer, i)))
            return std::nullopt;
    }
    for (qsizetype i = 0; i < a.members().size(); ++i) {
        if (a.members().at(i).first != b.members().at(i).first || !take(a.members().at(i).second, b.members().at(i).second, pointerTo(pointer, a.members().at(i).first)))
            return std::nullopt;
    }
    return found;
}

} // namespace

AssistantDraft::AssistantDraft(QObject *parent)
    : QObject(parent)
{
    m_since.start();
}

void AssistantDraft::open(const QString &name, const Json &value, bool saved)
{
    m_now = {name, value};
    m_saved = m_now;
    m_savedName = saved ? name : QString();
    m_back.clear();
    m_forth.clear();
    m_place.clear();
    Q_EMIT stepped();
    Q_EMIT changed();
}

void AssistantDraft::markSaved()
{
    m_saved = m_now;
    m_savedName = m_now.name;
    m_place.clear();
    Q_EMIT changed();
}

void AssistantDraft::markUnsaved()
{
    m_savedName.clear();
    Q_EMIT changed();
}

void AssistantDraft::setName(const QString &name)
{
    change({name, m_now.value}, QStringLiteral("name"));
}

void AssistantDraft::setValue(const Json &value)
{
    change({m_now.name, value}, onlyChange(m_now.value, value).value_or(QString()));
}

void AssistantDraft::change(const State &next, const QString &place)
{
    if (next == m_now)
        return;
    const bool goesOn = !place.isEmpty() && place == m_place && !m_back.isEmpty() && m_since.elapsed() < PauseMs;
    if (!goesOn) {
        m_back.append(m_now);
        if (m_back.size() > MostSteps)
            m_back.removeFirst();
    }
    m_place = place;
    m_since.restart();
    m_forth.clear();
    m_now = next;
    Q_EMIT changed();
}

void AssistantDraft::undo()
{
    if (!canUndo())
        return;
    m_forth.append(m_now);
    m_now = m_back.takeLast();
    m_place.clear();
    Q_EMIT stepped();
    Q_EMIT changed();
}

void AssistantDraft::redo()
{
    if (!canRedo())
        return;
    m_back.append(m_now);
    m_now = m_forth.takeLast();
    m_place.clear();
    Q_EMIT stepped();
    Q_EMIT changed();
}

} // namespace sluice::ui
