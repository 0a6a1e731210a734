#pragma once

#include "sluice/base/clock.h"
#include "sluice/base/subscription.h"
#include "sluice/payments/purse_limits.h"

#include <QtCore/QDate>
#include <QtCore/QMap>

#include <memory>
#include <mutex>
#include <optional>

namespace sluice {

/// What one purse paid: day totals that outlive the program, and this program's own total. Day totals may be shared by several
/// programs; called from any thread, one call at a time per SpendLimits. Throws Storage.
class SpendBook {
public:
    virtual ~SpendBook() = default;
    virtual Wei total(QDate utcDay) = 0;
    /// Adds in one step unless the day's total would pass `limit`; whether it was added.
    virtual bool addWithin(QDate utcDay, const Wei &amount, const std::optional<Wei> &limit) = 0;
    /// Takes back what was added but not spent; never below 0.
    virtual void subtract(QDate utcDay, const Wei &amount) = 0;
    /// What the purse's holder allows, as it is now: another program may have changed it.
    virtual PurseLimits limits() = 0;

    /// What this program took from the purse, through whichever SpendLimits: connecting anew begins no new session.
    struct Session {
        Wei spent;    ///< committed
        Wei reserved; ///< held by reservations that are neither committed nor dropped
    };
    [[nodiscard]] Session session() const;
    /// Adds to what is reserved unless both together would pass `limit`; whether it was added. Thread-safe, as those below.
    [[nodiscard]] bool reserveInSession(const Wei &amount, const std::optional<Wei> &limit);
    void commitInSession(const Wei &amount);
    void releaseInSession(const Wei &amount);

private:
    mutable std::mutex m_sessionMutex;
    Session m_session;
};

/// A book for this run only. Thread-safe.
class MemorySpendBook final : public SpendBook {
public:
    Wei total(QDate utcDay) override;
    bool addWithin(QDate utcDay, const Wei &amount, const std::optional<Wei> &limit) override;
    void subtract(QDate utcDay, const Wei &amount) override;
    PurseLimits limits() override;
    void setLimits(const PurseLimits &limits);

private:
    std::mutex m_mutex;
    QMap<QDate, Wei> m_totals;
    PurseLimits m_limits; ///< none
};

/// The one gate in front of everything that signs: per call, per session, per day, per ticket (payments.md statement 10). What the
/// book's purse allows holds always; the limits of this object may be stricter.
///
/// Amounts are wei of expected value. A reservation counts against every limit, and is in the book, from the moment
/// it is made: a program that dies between signing and sending has counted too much, never too little. Thread-safe.
class SpendLimits {
public:
    struct Limits {
        std::optional<Wei> perCall;    ///< nullopt: no limit
        std::optional<Wei> perSession; ///< since the book was opened, which is once per program
        std::optional<Wei> perDay;     ///< UTC day
        std::optional<Wei> faceValue{}; ///< of one ticket
        bool operator==(const Limits &) const = default;
    };
    struct Spending {
        Wei session;  ///< committed by this program
        Wei reserved; ///< held by reservations that are neither committed nor dropped
        Wei today;    ///< the book's total of today, reservations included
    };
    class Reservation;

    /// `book` and `clock` must outlive this object and its reservations.
    SpendLimits(Limits limits, SpendBook &book, const Clock &clock = Clock::system());
    ~SpendLimits();

    /// Of this object alone.
    [[nodiscard]] Limits limits() const;
    /// With the purse's. Throws Storage.
    [[nodiscard]] Limits inForce() const;
    /// SpendLimit when one ticket takes more out of the deposit than is allowed, whatever the deposit is.
    [[nodiscard]] Expected<void> checkFaceValue(const Wei &faceValue) const;
    /// PriceExceeded above what the caller accepted, or for an unseen price, above what the purse allows then. Wei per second.
    [[nodiscard]] Expected<void> checkPrice(const Rational &askedPerSecond, const std::optional<Rational> &accepted) const;
    void setLimits(Limits limits);
    [[nodiscard]] Spending spending() const;
    /// Committed and reserved under that call.
    [[nodiscard]] Wei spentByCall(const QString &callId) const;
    /// Forgets a finished call's own total; the session's and the day's stay.
    void forgetCall(const QString &callId);

    /// Holds `amount` back for `callId`. SpendLimit says which limit stands in the way, what is spent, what was asked and
    /// how to raise it. `callLimit` is this call's own ceiling besides perCall. Storage when the book fails.
    [[nodiscard]] Expected<Reservation> reserve(const Wei &amount, const QString &callId,
                                                const std::optional<Wei> &callLimit = std::nullopt);

    /// Called after every change, on the thread that made it, without any lock held.
    [[nodiscard]] Subscription onChanged(std::function<void()> callback);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Money held back for a payment that is not sent yet. Dropped uncommitted, it gives the money back.
class SpendLimits::Reservation {
public:
    Reservation() = default; ///< holds nothing
    Reservation(Reservation &&) noexcept = default;
    Reservation &operator=(Reservation &&other) noexcept;
    ~Reservation();

    [[nodiscard]] Wei amount() const { return m_amount; }
    [[nodiscard]] bool isOpen() const { return m_state != nullptr; }
    /// The payment was sent: counts for good. Harmless the second time.
    void commit();

private:
    friend class SpendLimits;
    void release() noexcept;
    std::shared_ptr<State> m_state;
    Wei m_amount;
    QString m_callId;
    QDate m_day;
};

/// An expected value as the whole wei that it counts for: rounded up, except for the excess (below a millionth of a
/// wei) that rounding win probabilities up leaves above a whole number (payments.md 2.2).
[[nodiscard]] Wei spendAmount(const Rational &expectedValue);

} // namespace sluice
