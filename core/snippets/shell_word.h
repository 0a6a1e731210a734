#pragma once

#include <QtCore/QString>

namespace sluice {

/// One word of a POSIX shell, in single quotes.
[[nodiscard]] QString shellWord(const QString &text);

} // namespace sluice
