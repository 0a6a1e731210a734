#include "sluice/payments/spend_limits.h"

#include "sluice/base/callback_list.h"
#include "sluice/base/log.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/asked_price.h"

#include <QtCore/QHash>

namespace sluice {

SpendBook::Session SpendBook::session() const
{
    const std::scoped_lock lock(m_sessionMutex);
    return m_session;
}

bool SpendBook::reserveInSession(const Wei &amount, const std::optional<Wei> &limit)
{
    const std::scoped_lock lock(m_sessionMutex);
    if (limit && m_session.spent + m_session.reserved + amount > *limit)
        return false;
    m_session.reserved += amount;
    return true;
}

void SpendBook::commitInSession(const Wei &amount)
{
    const std::scoped_lock lock(m_sessionMutex);
    m_session.reserved -= amount;
    m_session.spent += amount;
}

void SpendBook::releaseInSession(const Wei &amount)
{
    const std::scoped_lock lock(m_sessionMutex);
    m_session.reserved -= amount;
}

Wei MemorySpendBook::total(QDate utcDay)
{
    const std::scoped_lock lock(m_mutex);
    return m_totals.value(utcDay);
}

bool MemorySpendBook::addWithin(QDate utcDay, const Wei &amount, const std::optional<Wei> &limit)
{
    const std::scoped_lock lock(m_mutex);
    const Wei total = m_totals.value(utcDay) + amount;
    if (limit && total > *limit)
        return false;
    m_totals[utcDay] = total;
    return true;
}

void MemorySpendBook::subtract(QDate utcDay, const Wei &amount)
{
    const std::scoped_lock lock(m_mutex);
    Wei &total = m_totals[utcDay];
    total = total > amount ? Wei(total - amount) : Wei(0);
}

PurseLimits MemorySpendBook::limits()
{
    const std::scoped_lock lock(m_mutex);
    return m_limits;
}

void MemorySpendBook::setLimits(const PurseLimits &limits)
{
    const std::scoped_lock lock(m_mutex);
    m_limits = limits;
}

struct SpendLimits::State {
    State(Limits initial, SpendBook &spendBook, const Clock &spendClock)
        : limits(std::move(initial))
        , book(&spendBook)
        , clock(&spendClock)
    {
    }

    [[nodiscard]] QDate today() const { return clock->now().toUTC().date(); }
    /// The stricter of this object's and the purse's. Throws Storage.
    [[nodiscard]] Limits inForce() const;
    void notify() { changed.call(); }

    std::mutex mutex;
    Limits limits;
    SpendBook *book;
    const Clock *clock;
    QHash<QString, Wei> calls; ///< committed and reserved, by call

    CallbackList changed;
};

SpendLimits::Limits SpendLimits::State::inForce() const
{
    const PurseLimits own{limits.perCall, limits.perDay, limits.faceValue, std::nullopt};
    const PurseLimits both = own.stricter(book->limits());
    return {both.perCall, limits.perSession, both.perDay, both.faceValue};
}

namespace {

QString words(const Wei &wei)
{
    return amount::human(Rational(wei)) + QStringLiteral(" (") + amount::exact(Rational(wei)) + QLatin1Char(')');
}

/// `option` of `sluicectl limits set` raises it; empty: it is no purse's.
Unexpected<Error> overLimit(const QString &which, const Wei &limit, const Wei &spent, const Wei &asked, const QString &setting,
    const QString &option = {})
{
    const QString needed = toDecimal(Wei(spent + asked)) + QStringLiteral(" wei");
    const QString how = option.isEmpty() ? QString() : QStringLiteral(" (sluicectl limits set %1 \"%2\")").arg(option, needed);
    return {Error(Error::Kind::SpendLimit,
                  QStringLiteral("Nothing was signed: this payment of %1 would pass the limit of %2 %3; %4 of it are spent or reserved already.")
                      .arg(words(asked), words(limit), which, words(spent)))
                .withAdvice(QStringLiteral("Raise “%1” to at least %2%3, or lower the call's timeout so that it costs less.")
                                .arg(setting, needed, how))};
}

} // namespace

SpendLimits::SpendLimits(Limits limits, SpendBook &book, const Clock &clock)
    : m_state(std::make_shared<State>(std::move(limits), book, clock))
{
}

SpendLimits::~SpendLimits() = default;

SpendLimits::Limits SpendLimits::limits() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->limits;
}

SpendLimits::Limits SpendLimits::inForce() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->inForce();
}

Expected<void> SpendLimits::checkFaceValue(const Wei &faceValue) const
try {
    const std::optional<Wei> most = inForce().faceValue;
    if (!most || faceValue <= *most)
        return {};
    return unexpected(
        Error(Error::Kind::SpendLimit,
            QStringLiteral("Nothing was signed: one winning ticket of this orchestrator would take %1 out of the deposit, and the limit for one ticket is %2.")
                .arg(words(faceValue), words(*most)))
            .withAdvice(QStringLiteral("Raise “limit per ticket” to at least %1 wei (sluicectl limits set --face-value \"%1 wei\") if you trust it, or use another orchestrator.")
                            .arg(toDecimal(faceValue))));
} catch (const Error &error) {
    return unexpected(error);
}

Expected<void> SpendLimits::checkPrice(const Rational &asked, const std::optional<Rational> &accepted) const
try {
    std::optional<Rational> most = accepted;
    if (!most) {
        const std::scoped_lock lock(m_state->mutex);
        if (const auto unseen = m_state->book->limits().unseenPrice)
            most = Rational(*unseen);
    }
    if (!most || asked <= *most)
        return {};
    return unexpected(priceExceeded(asked, *most, accepted.has_value()));
} catch (const Error &error) {
    return unexpected(error);
}

void SpendLimits::setLimits(Limits limits)
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->limits = std::move(limits);
    }
    m_state->notify();
}

SpendLimits::Spending SpendLimits::spending() const
{
    const std::scoped_lock lock(m_state->mutex);
    const SpendBook::Session session = m_state->book->session();
    return {session.spent, session.reserved, m_state->book->total(m_state->today())};
}

Wei SpendLimits::spentByCall(const QString &callId) const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->calls.value(callId);
}

void SpendLimits::forgetCall(const QString &callId)
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->calls.remove(callId);
}

Expected<SpendLimits::Reservation> SpendLimits::reserve(const Wei &amount, const QString &callId, const std::optional<Wei> &callLimit)
{
    if (amount < 0)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("A payment cannot be negative (%1 wei).").arg(toDecimal(amount))));
    Reservation reservation;
    try {
        const std::scoped_lock lock(m_state->mutex);
        State &state = *m_state;
        const Wei byCall = state.calls.value(callId);
        if (callLimit && byCall + amount > *callLimit)
            return overLimit(QStringLiteral("that this call sets for itself"), *callLimit, byCall, amount, QStringLiteral("max spend of the call"));
        const Limits limits = state.inForce();
        if (limits.perCall && byCall + amount > *limits.perCall)
            return overLimit(QStringLiteral("per call"), *limits.perCall, byCall, amount, QStringLiteral("spend limit per call"), QStringLiteral("--per-call"));
        if (!state.book->reserveInSession(amount, limits.perSession)) {
            const SpendBook::Session session = state.book->session();
            return overLimit(QStringLiteral("per session"), limits.perSession.value_or(Wei(0)), session.spent + session.reserved, amount,
                             QStringLiteral("spend limit per session"));
        }
        const QDate day = state.today();
        const std::optional<Wei> &perDay = limits.perDay;
        bool fits = false;
        try {
            fits = state.book->addWithin(day, amount, perDay);
        } catch (...) {
            state.book->releaseInSession(amount);
            throw;
        }
        if (!fits) {
            state.book->releaseInSession(amount);
            return overLimit(QStringLiteral("per day"), perDay.value_or(Wei(0)), state.book->total(day), amount, QStringLiteral("spend limit per day"), QStringLiteral("--per-day"));
        }
        state.calls[callId] = byCall + amount;
        reservation.m_state = m_state;
        reservation.m_amount = amount;
        reservation.m_callId = callId;
        reservation.m_day = day;
    } catch (const Error &error) {
        return unexpected(error);
    }
    m_state->notify();
    return reservation;
}

Subscription SpendLimits::onChanged(std::function<void()> callback)
{
    return m_state->changed.add(std::move(callback));
}

SpendLimits::Reservation &SpendLimits::Reservation::operator=(Reservation &&other) noexcept
{
    if (this != &other) {
        release();
        m_state = std::move(other.m_state);
        m_amount = other.m_amount;
        m_callId = std::move(other.m_callId);
        m_day = other.m_day;
    }
    return *this;
}

SpendLimits::Reservation::~Reservation()
{
    release();
}

void SpendLimits::Reservation::commit()
{
    const auto state = std::exchange(m_state, nullptr);
    if (!state)
        return;
    {
        const std::scoped_lock lock(state->mutex);
        state->book->commitInSession(m_amount);
    }
    state->notify();
}

void SpendLimits::Reservation::release() noexcept
{
    const auto state = std::exchange(m_state, nullptr);
    if (!state)
        return;
    {
        const std::scoped_lock lock(state->mutex);
        state->book->releaseInSession(m_amount);
        if (const auto call = state->calls.find(m_callId); call != state->calls.end())
            *call -= m_amount;
        try {
            state->book->subtract(m_day, m_amount);
        } catch (const std::exception &error) {
            // The day's total is then too high, which is the safe side; there is no caller to throw to.
            qCWarning(logPayments) << "A dropped reservation stays in today's spending:" << error.what();
        }
    }
    state->notify();
}

Wei spendAmount(const Rational &expectedValue)
{
    const Wei floored = floorOf(expectedValue);
    const Wei parts = denominator(expectedValue);
    const Wei rest = numerator(expectedValue) - floored * parts; // of so many parts of a wei
    return rest == 0 || (floored > 0 && rest * 1'000'000 < parts) ? floored : Wei(floored + 1);
}

} // namespace sluice
