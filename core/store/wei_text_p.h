#pragma once

#include "sluice/base/error.h"

#include <QtCore/QStringList>

#include <boost/multiprecision/cpp_int.hpp>

namespace sluice::detail {

/// A decimal amount without sign, at most 80 digits (more than 256 bits hold). Throws InvalidInput otherwise.
[[nodiscard]] boost::multiprecision::cpp_int parseWei(const QString &text);
/// The sum of exact amounts ("12" or "25/2") as whole wei: rounded up, except for an excess below a millionth of a wei that
/// rounded win probabilities leave. Throws InvalidInput for what is no amount.
[[nodiscard]] QString wholeSum(const QStringList &amounts);
[[nodiscard]] QString weiText(const boost::multiprecision::cpp_int &wei);

} // namespace sluice::detail
