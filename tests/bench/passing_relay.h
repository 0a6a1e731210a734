#pragma once

#include <QtCore/QtGlobal>

namespace sluice::bench {

/// Passes bytes both ways between whoever connects and a port of this machine, one process, one thread, two system calls a piece: what a
/// second hop costs here when it looks at nothing. Prints its own port, goes on until it is killed; its return value is an exit code.
[[nodiscard]] int passBytes(quint16 to);

} // namespace sluice::bench
