#include "sluice/base/process_hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLUICE_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLUICE_SANITIZED
#endif

namespace sluice {

void hardenProcess()
{
    // Failures cannot be mended here, and the program is of use without them.
    const rlimit none{0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
#ifndef SLUICE_SANITIZED
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace sluice
