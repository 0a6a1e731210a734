#pragma once

#include "sluice/base/error.h"

#include <boost/multiprecision/cpp_int.hpp>

namespace sluice::detail {

/// A decimal amount without sign, at most 80 digits (more than 256 bits hold). Throws InvalidInput otherwise.
[[nodiscard]] boost::multiprecision::cpp_int parseWei(const QString &text);
[[nodiscard]] QString weiText(const boost::multiprecision::cpp_int &wei);

} // namespace sluice::detail
