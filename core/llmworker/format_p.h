#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"

#include <QtCore/QString>

namespace sluice::llmworker {

/// A text laid out as `format(text, spec)` does it: fill, align, width and precision, counted in characters. InvalidInput as Python says it.
[[nodiscard]] Expected<QString> laidOut(const QString &text, const QString &spec);

} // namespace sluice::llmworker
