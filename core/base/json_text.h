#pragma once

#include "sluice/base/json.h"

namespace sluice {

/// Json::dump() of what is part of a longer text: behind what `out` has already.
void appendJson(QByteArray &out, const Json &json);
/// A text as JSON, in its quotes, the same way.
void appendJson(QByteArray &out, const QString &text);

} // namespace sluice
