#pragma once

#include "sluice/net/asio_wait.h"
#include "sluice/store/database.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <vector>

namespace sluice::zerog {

/// An agent's own state on the disk, written by the I/O thread without waiting for the disk: changes that come while one transaction is under
/// way go into the next one together. What is in memory is written in the order in which it changed.
class Journal final : public std::enable_shared_from_this<Journal> {
public:
    using Change = std::function<void(Sql &)>;

    Journal(std::shared_ptr<Database> database, boost::asio::any_io_executor executor);

    /// Goes into the next transaction, soon. One that fails is tried again with the next.
    void add(Change change);
    /// Returns when all that was added so far is safe from a kill. Throws Storage when it is not. Coroutines go on in the order of asking.
    boost::asio::awaitable<void> settled();
    /// What `job` finds, behind all that was added so far. Name it before the co_await expression.
    template <typename T> boost::asio::awaitable<T> read(std::function<T(Sql &)> job)
    {
        co_await settled();
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        struct State {
            explicit State(const boost::asio::any_io_executor &its)
                : event(its)
            {
            }
            AsyncEvent event;
            std::optional<Expected<T, Error>> found;
        };
        const auto state = std::make_shared<State>(executor);
        const QFuture<void> asked = m_database->submit([weak = std::weak_ptr(state), executor, job = std::move(job)](Sql &sql) {
            std::optional<Expected<T, Error>> found;
            try {
                found.emplace(job(sql));
            } catch (const Error &error) {
                found.emplace(unexpected(error));
            }
            if (auto waiting = weak.lock()) {
                boost::asio::post(executor, [waiting = std::move(waiting), found = std::move(*found)]() mutable {
                    waiting->found.emplace(std::move(found));
                    waiting->event.notify();
                });
            }
        });
        while (!state->found)
            co_await state->event.wait();
        co_return orThrow(std::move(*state->found));
    }
    /// Writes what is left; blocks. After the last use on the I/O thread.
    void finish();

private:
    struct Batch {
        explicit Batch(const boost::asio::any_io_executor &executor)
            : event(executor)
        {
        }
        std::vector<Change> changes;
        AsyncEvent event;
        bool done = false;
        std::optional<Error> failure;
    };
    void flush();
    void ended(const std::optional<Error> &failure);

    const std::shared_ptr<Database> m_database;
    const boost::asio::any_io_executor m_executor;
    std::shared_ptr<Batch> m_next;
    std::shared_ptr<Batch> m_flying;
    bool m_flushPosted = false;
};

} // namespace sluice::zerog
