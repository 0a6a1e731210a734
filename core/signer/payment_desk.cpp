#include "payment_desk_p.h"

#include "sluice/net/work_aside.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

namespace sluice::signer {

namespace asio = boost::asio;

namespace {

/// So few are signed in the time that it takes to wake another thread for them, and some more.
constexpr int FewTickets = 4;

} // namespace

/// One payment on its way from thread to thread; one of them has it at a time.
struct PaymentDesk::Work {
    Plan plan;
    BudgetBook::Entry entry;
    Outcome outcome;
    std::exception_ptr failure;
    std::function<void(Work &)> resume; ///< the coroutine that waits for it
};

PaymentDesk::PaymentDesk(PrivateKey key, std::shared_ptr<BudgetBook> book, StateMemory &memory)
    : m_key(std::move(key))
    , m_book(std::move(book))
    , m_memory(memory)
{
}

PaymentDesk::~PaymentDesk()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return m_underWay == 0; });
}

asio::awaitable<PaymentDesk::Outcome> PaymentDesk::pay(Plan plan, BudgetBook::Entry entry)
{
    const auto work = std::make_shared<Work>();
    work->plan = std::move(plan);
    work->entry = std::move(entry);
    const auto started = [this, work](auto handler) {
        const auto executor = asio::get_associated_executor(handler);
        // Given away with the last step, so that the coroutine is never another thread's to destroy.
        work->resume = [executor, held = std::make_shared<decltype(handler)>(std::move(handler))](Work &mine) mutable {
            asio::post(executor, [held = std::move(held), failure = mine.failure, outcome = std::move(mine.outcome)]() mutable {
                std::move (*held)(failure, std::move(outcome));
            });
        };
        begin(work);
    };
    const asio::use_awaitable_t<> token;
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, Outcome)>(started, token);
}

void PaymentDesk::begin(const std::shared_ptr<Work> &work)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_underWay;
    }
    m_book->takeThen(work->entry, [this, work](const Expected<BudgetBook::Answer> &booked, bool mayStay) {
        if (booked)
            work->outcome.booked = *booked;
        else
            work->failure = std::make_exception_ptr(booked.error());
        const bool isTaken = booked && booked->verdict == BudgetBook::Verdict::Taken;
        const auto signing = [this, work] {
            sign(*work);
            finish(work);
        };
        if (!isTaken)
            finish(work);
        else if (mayStay && work->plan.count <= FewTickets)
            signing();
        else
            asio::post(asideThreads(), signing);
    });
}

void PaymentDesk::sign(Work &work)
{
    try {
        const livepeer::SignerPayment made = signPayment(work.plan, m_key);
        work.outcome.answer = made.toText();
        m_memory.add(made.state, work.plan.state);
    } catch (...) {
        work.failure = std::current_exception();
    }
}

void PaymentDesk::finish(const std::shared_ptr<Work> &work)
{
    const auto resume = std::exchange(work->resume, nullptr);
    resume(*work);
    const std::scoped_lock lock(m_mutex);
    --m_underWay;
    m_ended.notify_all();
}

} // namespace sluice::signer
