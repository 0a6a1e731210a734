#pragma once

namespace sluice {

/// Keeps what this process has in memory to itself: no core dump, and no other process of the same user may look into it
/// (ptrace, /proc/PID/mem, /proc/PID/environ). First thing in main(), before any secret is read and any file is opened: a standard stream
/// that is closed becomes /dev/null, so that none of the program's own files gets its number and what is meant for it.
///
/// A child begins without it after exec and calls it for itself. Not under the address and thread sanitizers, whose leak check
/// looks into its own process the same way.
void hardenProcess();

/// Opens /dev/null in place of a closed standard stream, so that no file of the program's own takes its number. hardenProcess() does it, too;
/// a program that links libraries which open files while they are loaded does it before they do.
void openStandardStreams();

} // namespace sluice
