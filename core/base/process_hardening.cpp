#include "sluice/base/process_hardening.h"

#include <cerrno>
#include <fcntl.h>
#include <initializer_list>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLUICE_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLUICE_SANITIZED
#endif

namespace sluice {

void openStandardStreams()
{
    // In order: the lowest number that is free is the one that open() gives.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        // Whoever closed it wants nothing of it, so that there is nobody to tell where this fails.
        if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            (void)::open("/dev/null", O_RDWR); // NOLINT: a child is to have it
    }
}

void hardenProcess()
{
    openStandardStreams();
    // Failures cannot be mended here, and the program is of use without them.
    const rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
#ifndef SLUICE_SANITIZED
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace sluice
