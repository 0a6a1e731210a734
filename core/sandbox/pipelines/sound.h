#pragma once

#include "sluice/base/call_context.h"

#include <QtCore/QByteArray>

namespace sluice::sandbox {

/// Longer recordings are refused.
inline constexpr int MaxSoundSeconds = 300;

/// Any sound file that FFmpeg reads as a WAV file of 16,000 samples a second, one channel, 16 bits. InvalidInput for what is no sound or is
/// damaged at its beginning, TooLarge beyond MaxSoundSeconds. Blocking, thread-safe.
[[nodiscard]] QByteArray speechWav(const QByteArray &file, const CallContext &context);

} // namespace sluice::sandbox
