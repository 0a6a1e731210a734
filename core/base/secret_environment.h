#pragma once

#include "sluice/base/secret.h"

#include <QtCore/QProcessEnvironment>

namespace sluice {

/// Takes the variables that hold secrets of ours (SLUICE_SENDER_KEY, LIVEPEER_TOKEN, LIVEPEER_SIGNER_AUTH, SLUICE_LLM_KEY, SLUICE_ZEROG_KEY) out of the
/// environment: they are kept as Secrets, their text is overwritten where the system gave it (so that /proc/PID/environ
/// has it no more) and the variables are unset. For a program's main(), before it starts threads. A library that is used
/// in another program does not do this by itself.
void takeSecretEnvironment();

/// What the variable holds now, or held when takeSecretEnvironment() took it. Blanks around it are left out. Thread-safe.
[[nodiscard]] Secret secretVariable(const char *name);

/// The environment for a child process: without every variable whose name looks like that of a secret.
[[nodiscard]] QProcessEnvironment environmentForChildren();

} // namespace sluice
