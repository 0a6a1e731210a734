#pragma once

namespace sluice {

/// Returns when what aside() ran until now has let go of everything: a result has long arrived when the thread that made it still drops its
/// hold on the I/O thread's context. Called before a context goes; not on one of those threads.
void waitForAside();

} // namespace sluice
