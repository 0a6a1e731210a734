#include "work_desk_p.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>

namespace asio = boost::asio;

namespace sluice::aigateway {

namespace {

asio::awaitable<std::optional<PipelineOutput>> done(WorkDesk::Work work, CancelToken cancel, std::chrono::milliseconds time)
{
    CallContext context;
    context.cancel = std::move(cancel);
    context.deadline = QDeadlineTimer(time);
    context.check();
    co_return work(context);
}

struct Count {
    explicit Count(int &open)
        : count(open)
    {
        ++count;
    }
    ~Count() { --count; }
    int &count;
};

} // namespace

WorkDesk::WorkDesk(const Limits &limits)
    : m_limits(limits)
    , m_threads(std::size_t(limits.running))
{
}

WorkDesk::~WorkDesk()
{
    finish();
}

void WorkDesk::finish()
{
    stop();
    m_threads.join();
}

asio::awaitable<PipelineOutput> WorkDesk::run(Work work, CancelSource cancel)
{
    if (m_alive.token().isCanceled())
        throw Error(Error::Kind::Canceled, QStringLiteral("The gateway stops."));
    if (m_open >= m_limits.running + m_limits.waiting)
        throw Error(Error::Kind::NoOrchestrator, QStringLiteral("%1 requests run or wait already.").arg(m_open));
    const Count counted(m_open);
    const Subscription link = m_alive.token().onCancel([cancel]() mutable { cancel.cancel(); });
    auto begun = done(std::move(work), cancel.token(), m_limits.time);
    // It ends by itself, soon after it was cancelled. Asio's own cancellation would be delivered on another of the threads.
    auto uncancelled = asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable_t<asio::any_io_executor>());
    std::optional<PipelineOutput> output = co_await asio::co_spawn(m_threads.get_executor(), std::move(begun), std::move(uncancelled));
    co_return std::move(*output);
}

} // namespace sluice::aigateway
