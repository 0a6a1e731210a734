#pragma once

#include <QtCore/QString>

namespace sluice {

/// Untrusted text as a terminal, a log or a label may show it: control characters (C0 but tab and line end, DEL, C1) and
/// characters that turn the direction of what follows are written out ("\x1b", "\u202e"), so that nothing in it is a command.
[[nodiscard]] QString visibleText(const QString &text);

} // namespace sluice
