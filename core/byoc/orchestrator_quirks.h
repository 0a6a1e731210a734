#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QFlags>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::byoc {

/// Defects of upstream orchestrators and habits of older releases that a client has to survive (byoc.md 4.2, 4.6, 10, 14).
///
/// Off unless a test asks for them.
enum class Quirk : quint32 {
    DropBadPayment = 1u << 0,     ///< a bad or refused payment closes the connection without an answer
    EndlessBlankLines = 1u << 1,  ///< after the worker's last line, empty lines until `timeout_seconds` have passed
    LeakSlots = 1u << 2,          ///< slots are not given back where 4.7 says that upstream leaks them
    MisleadingTimeout = 1u << 3,  ///< a worker timeout is told as "removing capability … context canceled"
    OldStatuses = 1u << 4,        ///< refusals of section 4.2 with the statuses and texts of v0.8.6 … v0.8.8
    StringPrices = 1u << 5,       ///< tokens with `price_per_unit` and `balance` as strings (section 10)
    V1Signatures = 1u << 6,       ///< only the V1 job signature is accepted (section 1.3)
};
Q_DECLARE_FLAGS(Quirks, Quirk)

/// From a comma list such as "drop-bad-payment,leak-slots"; InvalidInput names an unknown word and lists the known ones.
[[nodiscard]] Expected<Quirks> quirksFromText(const QString &list);
/// The words that quirksFromText() knows, in the order of the enumeration.
[[nodiscard]] QStringList quirkNames();

} // namespace sluice::byoc

Q_DECLARE_OPERATORS_FOR_FLAGS(sluice::byoc::Quirks)
