#include "sluice/base/callback_list.h"

#include <QtCore/QScopeGuard>

#include <vector>

namespace sluice {

void CallbackList::State::call(bool once)
{
    std::vector<std::pair<int, std::shared_ptr<Entry>>> todo;
    {
        const std::scoped_lock lock(mutex);
        todo.assign(entries.begin(), entries.end());
    }
    const auto self = std::this_thread::get_id();
    for (const auto &[id, entry] : todo) {
        {
            const std::scoped_lock lock(mutex);
            // Taken off meanwhile, or begun by another call.
            if (!entries.contains(id) || entry->spent)
                continue;
            entry->spent = once;
            ++entry->running[self];
        }
        const auto over = qScopeGuard([this, &entry = entry, id = id, self, once] {
            const std::scoped_lock lock(mutex);
            if (--entry->running[self] == 0)
                entry->running.erase(self);
            if (once)
                entries.erase(id);
            ended.notify_all();
        });
        entry->callback();
    }
}

void CallbackList::State::remove(int id)
{
    std::unique_lock lock(mutex);
    const auto found = entries.find(id);
    if (found == entries.end())
        return;
    const std::shared_ptr<Entry> entry = found->second;
    entries.erase(found);
    const auto self = std::this_thread::get_id();
    ended.wait(lock, [&] { return entry->running.size() == entry->running.count(self); });
}

void CallbackList::call()
{
    const auto state = m_state; // a callback may be the end of this list
    state->call(false);
}

void CallbackList::callOnce()
{
    const auto state = m_state;
    state->call(true);
}

Subscription CallbackList::add(std::function<void()> callback)
{
    auto entry = std::make_shared<Entry>();
    entry->callback = std::move(callback);
    const std::scoped_lock lock(m_state->mutex);
    const int id = m_state->nextId++;
    m_state->entries.emplace(id, std::move(entry));
    return Subscription([weak = std::weak_ptr(m_state), id] {
        if (const auto state = weak.lock())
            state->remove(id);
    });
}

} // namespace sluice
