#include "agent_journal_p.h"

#include "sluice/base/log.h"

namespace sluice::zerog {

using boost::asio::awaitable;

Journal::Journal(std::shared_ptr<Database> database, boost::asio::any_io_executor executor)
    : m_database(std::move(database))
    , m_executor(std::move(executor))
    , m_next(std::make_shared<Batch>(m_executor))
{
}

void Journal::add(Change change)
{
    m_next->changes.push_back(std::move(change));
    if (std::exchange(m_flushPosted, true))
        return;
    boost::asio::post(m_executor, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->m_flushPosted = false;
            self->flush();
        }
    });
}

awaitable<void> Journal::settled()
{
    const std::shared_ptr<Batch> batch = m_next->changes.empty() ? m_flying : m_next;
    if (!batch)
        co_return;
    if (!m_flushPosted)
        flush(); // what failed before
    while (!batch->done)
        co_await batch->event.wait();
    if (batch->failure)
        throw *batch->failure;
}

void Journal::flush()
{
    if (m_flying || m_next->changes.empty())
        return;
    const std::shared_ptr<Batch> batch = std::exchange(m_next, std::make_shared<Batch>(m_executor));
    m_flying = batch;
    // The events of a batch are of the I/O thread: the other one gets the changes alone.
    const auto changes = std::make_shared<const std::vector<Change>>(batch->changes);
    const auto write = [changes](Sql &sql) {
        for (const Change &change : *changes)
            change(sql);
    };
    m_database->submitTransaction(write, [weak = weak_from_this(), executor = m_executor](const std::optional<Error> &failure) {
        boost::asio::post(executor, [weak, failure] {
            if (const auto self = weak.lock())
                self->ended(failure);
        });
    });
}

void Journal::ended(const std::optional<Error> &failure)
{
    const std::shared_ptr<Batch> batch = std::exchange(m_flying, nullptr);
    batch->done = true;
    batch->failure = failure;
    if (failure) {
        qCWarning(logNet) << "The agent's state could not be written:" << failure->describe();
        // What is in memory goes on from there, so the disk must see it before what comes later.
        const bool others = !m_next->changes.empty();
        m_next->changes.insert(m_next->changes.begin(), batch->changes.begin(), batch->changes.end());
        if (others)
            flush();
    } else {
        flush();
    }
    batch->event.notify();
}

void Journal::finish()
{
    const std::shared_ptr<Batch> batch = std::exchange(m_next, std::make_shared<Batch>(m_executor));
    try {
        m_database->transactionSync([&](Sql &sql) {
            for (const Change &change : batch->changes)
                change(sql);
        });
    } catch (const Error &error) {
        qCWarning(logNet) << "The agent's state could not be written:" << error.describe();
    }
}

} // namespace sluice::zerog
