#pragma once

#include "sluice/net/asio_wait.h"
#include "sluice/zerog/agent_options.h"

#include <QtCore/QObject>
#include <QtCore/QThread>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace sluice::zerog {

/// Keeps a second agent from the same state, which each has in memory, too: two of them would charge twice. The kernel takes it back with the
/// process, however that ends.
class StateLock final {
public:
    /// Waits a moment for one that is just ending. Storage when it is held, or cannot be.
    [[nodiscard]] static Expected<std::unique_ptr<StateLock>> take(const QString &stateFile);
    ~StateLock();
    StateLock(const StateLock &) = delete;
    StateLock &operator=(const StateLock &) = delete;

private:
    explicit StateLock(int file)
        : m_file(file)
    {
    }
    const int m_file;
};

/// A ledger on a thread of its own, asked by coroutines of the I/O thread.
class LedgerDesk final {
public:
    LedgerDesk() = default;
    ~LedgerDesk() { stop(); }
    LedgerDesk(const LedgerDesk &) = delete;
    LedgerDesk &operator=(const LedgerDesk &) = delete;

    /// Opens the ledger; blocks until then.
    [[nodiscard]] Expected<void> start(const LedgerMaker &maker);
    /// From now on whoever asks is told Canceled; on the thread that asks.
    void close() { m_closed = true; }
    /// Waits until what was asked is answered. After close(), before the I/O thread stops. Harmless twice.
    void stop();

    /// What `work` gives; what it throws is thrown here. Name `work` before the co_await expression (DESIGN.md 3). A coroutine that is
    /// cancelled meanwhile drops the answer; what it asked for happens nevertheless.
    template <typename T> boost::asio::awaitable<T> ask(std::function<QCoro::Task<T>(Ledger &)> work)
    {
        const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
        if (m_closed)
            throw Error(Error::Kind::Canceled, QStringLiteral("the agent is stopping"));
        struct State {
            explicit State(const boost::asio::any_io_executor &its)
                : executor(its)
                , event(its)
            {
            }
            const boost::asio::any_io_executor executor;
            AsyncEvent event;
            std::optional<Expected<T, Error>> found;
        };
        const auto state = std::make_shared<State>(executor);
        const std::function<void(Expected<T, Error>)> done = [weak = std::weak_ptr(state)](Expected<T, Error> found) {
            const auto waiting = weak.lock();
            if (!waiting)
                return;
            boost::asio::post(waiting->executor, [waiting, found = std::move(found)]() mutable {
                waiting->found.emplace(std::move(found));
                waiting->event.notify();
            });
        };
        post([this, work = std::move(work), done] { carry<T>(this, work, done); });
        while (!state->found)
            co_await state->event.wait();
        co_return orThrow(std::move(*state->found));
    }

private:
    template <typename T> static QCoro::Task<void> carry(LedgerDesk *desk, std::function<QCoro::Task<T>(Ledger &)> work, std::function<void(Expected<T, Error>)> done)
    {
        ++desk->m_pending;
        std::optional<Expected<T, Error>> found;
        try {
            QCoro::Task<T> running = work(*desk->m_ledger);
            T value = co_await running;
            found.emplace(std::move(value));
        } catch (const Error &error) {
            found.emplace(unexpected(error));
        } catch (const std::exception &other) {
            found.emplace(unexpected(Error(Error::Kind::Internal, QString::fromUtf8(other.what()))));
        }
        done(std::move(*found));
        --desk->m_pending;
        desk->endWhenIdle();
    }
    void post(std::function<void()> work);
    void endWhenIdle();

    bool m_closed = false; ///< of the thread that asks
    QThread m_thread;
    std::unique_ptr<QObject> m_there; ///< lives on the thread
    std::unique_ptr<Ledger> m_ledger; ///< of the thread
    int m_pending = 0;                ///< of the thread
    bool m_ending = false;            ///< of the thread
};

/// `{MEMBER,"wallet","lockTime","now"}`: what an agent tells of its ledger and of its owner's part in it, and nothing else says.
[[nodiscard]] boost::asio::awaitable<Json> ledgerJson(LedgerDesk &desk, QString member, Address owner);

} // namespace sluice::zerog
