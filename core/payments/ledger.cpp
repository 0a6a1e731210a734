#include "sluice/payments/ledger.h"

namespace sluice {

Ledger::Ledger(RecipientStore &store, const Clock &clock, std::shared_ptr<std::recursive_mutex> lock, std::chrono::seconds idleTime)
    : m_store(&store)
    , m_clock(&clock)
    , m_lock(std::move(lock))
    , m_idleTime(idleTime)
{
}

std::optional<BalanceEntry> Ledger::entry(const Address &sender, const QString &id) const
{
    auto found = m_store->balance(sender, id);
    if (found && found->touched.addSecs(m_idleTime.count()) < m_clock->now())
        return std::nullopt;
    return found;
}

std::optional<Rational> Ledger::balance(const Address &sender, const QString &id) const
{
    const std::scoped_lock lock(*m_lock);
    const auto found = entry(sender, id);
    return found ? std::optional(found->balance) : std::nullopt;
}

Rational Ledger::change(const Address &sender, const QString &id, const Rational &amount)
{
    const std::scoped_lock lock(*m_lock);
    BalanceEntry changed = entry(sender, id).value_or(BalanceEntry());
    changed.balance += amount;
    changed.touched = m_clock->now();
    m_store->setBalance(sender, id, changed);
    return changed.balance;
}

Rational Ledger::credit(const Address &sender, const QString &id, const Rational &amount)
{
    return change(sender, id, amount);
}

Rational Ledger::debit(const Address &sender, const QString &id, const Rational &amount)
{
    return change(sender, id, Rational(-amount));
}

Expected<Rational> Ledger::accountUnits(const Address &sender, const QString &id, const Rational &fee)
{
    const std::scoped_lock lock(*m_lock);
    const auto held = balance(sender, id);
    if (!held || *held < fee)
        return unexpected(Error(Error::Kind::InsufficientBalance,
            QStringLiteral("insufficient balance, mid=%1, fee=%2, balance=%3")
                .arg(id, toText(fee), held ? toText(*held) : QStringLiteral("nil"))));
    return debit(sender, id, fee);
}

bool Ledger::sufficientFor(const Address &sender, const QString &id, const Rational &amount) const
{
    return balance(sender, id).value_or(Rational(0)) >= amount;
}

std::optional<PriceInfo> Ledger::fixedPrice(const Address &sender, const QString &id) const
{
    const std::scoped_lock lock(*m_lock);
    const auto found = entry(sender, id);
    return found ? found->fixedPrice : std::nullopt;
}

void Ledger::fixPrice(const Address &sender, const QString &id, const PriceInfo &price)
{
    const std::scoped_lock lock(*m_lock);
    BalanceEntry changed = entry(sender, id).value_or(BalanceEntry());
    if (changed.fixedPrice)
        return;
    changed.fixedPrice = price;
    if (!changed.touched.isValid())
        changed.touched = m_clock->now();
    m_store->setBalance(sender, id, changed);
}

void Ledger::sweep()
{
    const std::scoped_lock lock(*m_lock);
    m_store->dropBalancesBefore(m_clock->now().addSecs(-m_idleTime.count()));
}

} // namespace sluice
