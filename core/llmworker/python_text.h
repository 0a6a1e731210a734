#pragma once

#include "sluice/base/json.h"

#include <QtCore/QString>

/// Values as Python writes them, because failure texts of the original are such (llm-worker.md 6). Pure.
namespace sluice::llmworker::python {

/// `repr` of a text: single quotes, or double ones when it holds a ' and no "; what is not printable is escaped. With `ascii`, all that is
/// not ASCII is, too.
[[nodiscard]] QString repr(const QString &text, bool ascii = false);
/// `repr` of a JSON value as Python reads it: `{'a': True, 'b': None}`.
[[nodiscard]] QString repr(const Json &value, bool ascii = false);
/// `str` of it: a text as it is, anything else as repr().
[[nodiscard]] QString str(const Json &value);

} // namespace sluice::llmworker::python
