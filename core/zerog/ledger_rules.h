#pragma once

#include "sluice/zerog/ledger.h"

#include <functional>

/// The contract's rules on values, with the hardening of section 7 (zerog-serving.md 4.3, 4.4). Pure: whoever keeps the accounts loads
/// one, applies a rule, and stores what came out when it was not refused. A refused account is as it was.
namespace sluice::zerog::rules {

/// balance += value. Panic beyond 256 bits.
[[nodiscard]] Settled<void> deposit(Account &account, const U256 &value);
/// A new open refund. InsufficientBalance when less than `amount` is free.
[[nodiscard]] Settled<Refund> requestRefund(Account &account, const U256 &amount, qint64 now);
/// What is paid out, all or nothing. RefundInvalid, RefundProcessed, RefundLocked (until createdAt + lockTime; at that second it is free).
[[nodiscard]] Settled<U256> processRefund(Account &account, const QList<quint64> &indices, qint64 now, qint64 lockTime);

/// Which of the requests are signed as they must be; the costly part of a settlement, which needs nothing of the ledger.
[[nodiscard]] QList<bool> validSignatures(const Address &provider, const RequestTrace &trace);
/// The provider's service of that name, or nothing.
using ServiceOf = std::function<std::optional<Service>(const QString &name)>;
/// What the account's user pays for the trace. Takes it from what is free, then from the newest open refunds (statement 38), and raises
/// the nonce. `valid` is validSignatures() of the same trace.
[[nodiscard]] Settled<Wei> settle(Account &account, const RequestTrace &trace, const QList<bool> &valid, const ServiceOf &serviceOf);

/// Whether pendingRefund is the sum of the open refunds and no more than the balance.
[[nodiscard]] bool isSound(const Account &account);

} // namespace sluice::zerog::rules
