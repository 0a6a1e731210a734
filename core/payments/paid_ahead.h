#pragma once

#include "sluice/base/clock.h"
#include "sluice/payments/price.h"

#include <memory>

namespace sluice {

/// Where a PaidAhead keeps its sums, so that they outlive the program. May be shared by programs; called from one thread. Throws Storage.
class AheadBook {
public:
    virtual ~AheadBook() = default;
    /// Paid minus used, in wei; 0 for an account that nothing was added to for ten minutes.
    virtual Rational total(const QString &account) = 0;
    /// More than 0 is a payment, less is use.
    virtual void add(const QString &account, const Rational &wei) = 0;
    /// At an account that nothing was paid to for ten minutes, what is more than `most` counts no longer. At once, whoever else writes.
    virtual void forget(const QString &account, const Rational &most) = 0;
};

/// How far this client has paid ahead of what it used, by its own count: paid minus time used times price. No balance that an
/// orchestrator reports overrules it, so that one which always says 0 gets what the time justifies and no more.
///
/// An account is one capability at one orchestrator, as the orchestrator counts it (payments.md 3.1). One that rested for ten minutes
/// begins anew, because orchestrators forget such balances. What touches the account here need not touch it there (a stream that ends
/// before its first debit), so one that says it has nothing is believed ten minutes after the last payment: forgotten(). Lives on one
/// thread; amounts are wei.
class PaidAhead {
public:
    /// Money that counts as paid until this is dropped; for good once it is committed.
    class Hold {
    public:
        Hold() = default;
        Hold(Hold &&) noexcept = default;
        Hold &operator=(Hold &&other) noexcept;
        ~Hold();
        void commit();

    private:
        friend class PaidAhead;
        std::shared_ptr<PaidAhead> m_book;
        QString m_account;
        Rational m_wei;
    };
    /// A use that began when it was made and ends when it is dropped; each begun second costs `perSecond`.
    class Use {
    public:
        Use(std::shared_ptr<PaidAhead> book, QString account, Rational perSecond);
        ~Use();
        Use(const Use &) = delete;
        Use &operator=(const Use &) = delete;
        /// Nothing was used after all: the job was refused.
        void cancel();

    private:
        friend class PaidAhead;
        std::shared_ptr<PaidAhead> m_book;
        QString m_account;
        Rational m_perSecond;
        std::chrono::microseconds m_start;
    };

    /// `book` and `clock` must outlive it and everything made of it; without a book it remembers by itself.
    [[nodiscard]] static std::shared_ptr<PaidAhead> make(AheadBook *book = nullptr, const Clock &clock = Clock::system());
    ~PaidAhead();

    /// Paid minus used; negative when less was paid than used.
    [[nodiscard]] Rational ahead(const QString &account) const;
    /// The orchestrator says that it has nothing of what was paid. Where the last payment is ten minutes old, nothing is ahead from now
    /// on; earlier it cannot have forgotten. So one that lies gets two minutes' price for nothing in ten minutes, at most.
    void forgotten(const QString &account);
    [[nodiscard]] static Hold hold(const std::shared_ptr<PaidAhead> &book, const QString &account, const Rational &wei);

private:
    struct Accounts;
    PaidAhead(AheadBook *book, const Clock &clock);
    /// For those that may not throw.
    void addQuietly(const QString &account, const Rational &wei) noexcept;
    [[nodiscard]] Rational costOf(const Use &use) const;
    [[nodiscard]] Rational running(const QString &account) const;

    const Clock &m_clock;
    std::unique_ptr<AheadBook> m_own;
    AheadBook *m_book;
    std::unique_ptr<Accounts> m_accounts;
};

/// Seconds of price that are paid ahead of use at most, at one place: two minutes.
inline constexpr qint64 MostSecondsAhead = 120;

/// The most that may be paid ahead, in wei: MostSecondsAhead of price, so that one refused payment of a minute can be made again. Whole
/// tickets round each minute up; coarse ones (more than ten seconds each) do not, but one is allowed on top of what must stay covered: the
/// minute that an orchestrator demands, and one debit of a live job (byoc.md 5.4).
[[nodiscard]] Rational mostPaidAhead(const PriceInfo &price, const Wei &unitsPerSecond, const Rational &ev);

/// The most tickets that may be sent now, so that no more than mostPaidAhead() is; tickets that were refused count, as they may be lost.
[[nodiscard]] Wei ticketsWithinTwoMinutes(const PriceInfo &price, const Wei &unitsPerSecond, const Rational &ev, const Rational &ahead);

} // namespace sluice
