#pragma once

#include "sluice/store/database.h"
#include "sluice/zerog/user_book.h"

/// The user agent's tables. Functions of a job on the database's thread.
namespace sluice::zerog::user_store {

[[nodiscard]] Schema schema();

/// All accounts, at the start: calls that were under way become unknown ones (rule 12).
[[nodiscard]] QList<ProviderAccount> load(Sql &sql);

/// Everything of an account but its calls.
void putAccount(Sql &sql, const ProviderAccount &account);
/// Adds or replaces it.
void putCall(Sql &sql, const UserCall &call);
void setState(Sql &sql, const Address &provider, const U256 &nonce, UserCall::State state, const QString &error, const std::optional<U256> &units);
/// All calls, or the latest ones, in the order of their beginning, and the sum of their fees.
[[nodiscard]] Json calls(Sql &sql, std::optional<int> latest);

} // namespace sluice::zerog::user_store
