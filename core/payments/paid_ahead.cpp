#include "sluice/payments/paid_ahead.h"

#include "sluice/base/log.h"
#include "sluice/payments/ticket_counts.h"

#include <QtCore/QSet>

#include <map>

namespace sluice {

namespace {

using std::chrono::microseconds;

/// Orchestrators forget a balance that rested for ten minutes or somewhat longer (payments.md 3.1).
constexpr std::chrono::minutes Rest{10};
/// Each of the two payments that MostSecondsAhead allows is for a minute.
constexpr qint64 MinuteSeconds = MostSecondsAhead / 2;
constexpr qint64 MustStayCoveredSeconds = MinuteSeconds + 23;
/// Tickets so fine that rounding a minute up to whole ones adds no more than a sixth.
constexpr qint64 FineTicketsInAMinute = 6;

class MemoryAheadBook final : public AheadBook {
public:
    explicit MemoryAheadBook(const Clock &clock)
        : m_clock(clock)
    {
    }
    Rational total(const QString &account) override
    {
        const auto it = m_sums.find(account);
        return it == m_sums.end() || m_clock.monotonic() - it->second.touched > Rest ? Rational(0) : it->second.wei;
    }
    void add(const QString &account, const Rational &wei) override
    {
        Sum &sum = m_sums[account];
        sum.wei = total(account) + wei;
        sum.touched = m_clock.monotonic();
        if (wei > 0)
            sum.paid = sum.touched;
    }
    void forget(const QString &account, const Rational &most) override
    {
        const auto it = m_sums.find(account);
        if (it != m_sums.end() && m_clock.monotonic() - it->second.paid > Rest)
            it->second.wei = std::min(it->second.wei, most);
    }

private:
    struct Sum {
        Rational wei;
        microseconds touched{0};
        microseconds paid{0};
    };
    const Clock &m_clock;
    std::map<QString, Sum> m_sums;
};

} // namespace

struct PaidAhead::Accounts {
    std::map<QString, QSet<const Use *>> running;
};

std::shared_ptr<PaidAhead> PaidAhead::make(AheadBook *book, const Clock &clock)
{
    return std::shared_ptr<PaidAhead>(new PaidAhead(book, clock));
}

PaidAhead::PaidAhead(AheadBook *book, const Clock &clock)
    : m_clock(clock)
    , m_own(book ? nullptr : std::make_unique<MemoryAheadBook>(clock))
    , m_book(book ? book : m_own.get())
    , m_accounts(std::make_unique<Accounts>())
{
}

PaidAhead::~PaidAhead() = default;

void PaidAhead::addQuietly(const QString &account, const Rational &wei) noexcept
{
    try {
        m_book->add(account, wei);
    } catch (const std::exception &error) {
        // The sum is then too high, which is the safe side; there is no caller to throw to.
        qCWarning(logPayments) << "What was used could not be written down:" << error.what();
    }
}

Rational PaidAhead::costOf(const Use &use) const
{
    const auto elapsed = std::chrono::ceil<std::chrono::seconds>(m_clock.monotonic() - use.m_start);
    return use.m_perSecond * std::max<qint64>(1, elapsed.count());
}

/// What the uses that did not end yet cost so far.
Rational PaidAhead::running(const QString &account) const
{
    Rational sum;
    if (const auto it = m_accounts->running.find(account); it != m_accounts->running.end()) {
        for (const Use *use : it->second)
            sum += costOf(*use);
    }
    return sum;
}

Rational PaidAhead::ahead(const QString &account) const
{
    return m_book->total(account) - running(account);
}

void PaidAhead::forgotten(const QString &account)
{
    m_book->forget(account, running(account));
}

PaidAhead::Hold PaidAhead::hold(const std::shared_ptr<PaidAhead> &book, const QString &account, const Rational &wei)
{
    Hold hold;
    if (account.isEmpty())
        return hold;
    book->m_book->add(account, wei);
    hold.m_book = book;
    hold.m_account = account;
    hold.m_wei = wei;
    return hold;
}

PaidAhead::Hold &PaidAhead::Hold::operator=(Hold &&other) noexcept
{
    std::swap(m_book, other.m_book);
    std::swap(m_account, other.m_account);
    std::swap(m_wei, other.m_wei);
    return *this;
}

PaidAhead::Hold::~Hold()
{
    if (m_book)
        m_book->addQuietly(m_account, -m_wei);
}

void PaidAhead::Hold::commit()
{
    m_book.reset();
}

PaidAhead::Use::Use(std::shared_ptr<PaidAhead> book, QString account, Rational perSecond)
    : m_book(std::move(book))
    , m_account(std::move(account))
    , m_perSecond(std::move(perSecond))
    , m_start(m_book->m_clock.monotonic())
{
    m_book->m_accounts->running[m_account].insert(this);
}

PaidAhead::Use::~Use()
{
    const auto book = m_book;
    if (!book)
        return;
    const Rational cost = book->costOf(*this);
    cancel();
    book->addQuietly(m_account, -cost);
}

void PaidAhead::Use::cancel()
{
    if (const auto book = std::exchange(m_book, nullptr))
        book->m_accounts->running[m_account].remove(this);
}

Rational mostPaidAhead(const PriceInfo &price, const Wei &unitsPerSecond, const Rational &ev)
{
    const Rational twoMinutes = price.fee(unitsPerSecond * MostSecondsAhead);
    if (ev <= 0)
        return twoMinutes;
    const Rational minute = price.fee(unitsPerSecond * MinuteSeconds);
    if (ev * FineTicketsInAMinute <= minute)
        return ev * 2 * ticketsToCover(minute, ev);
    return std::max(twoMinutes, Rational(price.fee(unitsPerSecond * MustStayCoveredSeconds) + ev));
}

Wei ticketsWithinTwoMinutes(const PriceInfo &price, const Wei &unitsPerSecond, const Rational &ev, const Rational &ahead)
{
    if (ev <= 0)
        return 0;
    const Wei left = floorOf((mostPaidAhead(price, unitsPerSecond, ev) - ahead) / ev);
    return left > 0 ? left : Wei(0);
}

} // namespace sluice
