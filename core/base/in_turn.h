#pragma once

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>
#include <QtCore/QFuture>
#include <QtCore/QPromise>

#include <memory>

namespace sluice {

/// Lets one coroutine at a time do something; the others wait. Used from one thread.
class InTurn {
public:
    /// One coroutine's turn, until it is destroyed; that may be after the InTurn is gone. Move-only.
    class Turn {
    public:
        explicit Turn(std::shared_ptr<QPromise<void>> over)
            : m_over(std::move(over))
        {
        }
        ~Turn()
        {
            if (m_over)
                m_over->finish();
        }
        Turn(Turn &&other) noexcept = default;
        Turn &operator=(Turn &&other) = delete;

    private:
        std::shared_ptr<QPromise<void>> m_over;
    };

    QCoro::Task<Turn> take()
    {
        while (m_current && !m_current->future().isFinished()) {
            const QFuture<void> other = m_current->future();
            co_await other;
        }
        m_current = std::make_shared<QPromise<void>>();
        m_current->start();
        co_return Turn(m_current);
    }

private:
    std::shared_ptr<QPromise<void>> m_current;
};

} // namespace sluice
