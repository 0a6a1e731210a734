#pragma once

#include "sluice/base/clock.h"
#include "sluice/payments/recipient_store.h"

#include <chrono>
#include <mutex>

namespace sluice {

/// The orchestrator's purses: one exact balance per (sender, balance id) (payments.md 3.1). Thread-safe.
///
/// The balance id of BYOC is the capability's name.
class Ledger {
public:
    /// `store` and `clock` must outlive this object. `lock` is shared with the other users of the store.
    Ledger(RecipientStore &store, const Clock &clock, std::shared_ptr<std::recursive_mutex> lock,
           std::chrono::seconds idleTime = std::chrono::minutes(10));

    /// Nothing when there is no entry, or it was idle for its time.
    [[nodiscard]] std::optional<Rational> balance(const Address &sender, const QString &id) const;
    /// Adds and gives the new balance; makes the entry when there is none.
    Rational credit(const Address &sender, const QString &id, const Rational &amount);
    /// Takes away and gives the new balance, which may be negative.
    Rational debit(const Address &sender, const QString &id, const Rational &amount);

    /// The live rule of 3.3: takes `fee` if the balance covers it; else takes nothing and gives InsufficientBalance
    /// "insufficient balance, mid=<id>, fee=<f>, balance=<b>".
    [[nodiscard]] Expected<Rational> accountUnits(const Address &sender, const QString &id, const Rational &fee);
    /// Whether the balance reaches one ticket's expected value: the entry check of 3.3.
    [[nodiscard]] bool sufficientFor(const Address &sender, const QString &id, const Rational &amount) const;

    /// The price frozen by the first payment, if any (3.4).
    [[nodiscard]] std::optional<PriceInfo> fixedPrice(const Address &sender, const QString &id) const;
    /// Freezes the price unless one is frozen already; makes the entry when there is none.
    void fixPrice(const Address &sender, const QString &id, const PriceInfo &price);

    /// Drops what was idle for its time, credit and fixed price included. An idle entry is already invisible before.
    void sweep();

private:
    [[nodiscard]] std::optional<BalanceEntry> entry(const Address &sender, const QString &id) const;
    Rational change(const Address &sender, const QString &id, const Rational &amount);

    RecipientStore *m_store;
    const Clock *m_clock;
    std::shared_ptr<std::recursive_mutex> m_lock;
    std::chrono::seconds m_idleTime;
};

} // namespace sluice
