#pragma once

#include "sluice/results/result_data.h"

namespace sluice::ui {

/// How a body is best shown.
enum class BodyKind { Empty, Json, Image, Markdown, Text, Binary };

/// By content type first, then by the schema's `x-output`, then by the bytes themselves: JSON is often mislabelled as
/// text/plain on this network (client-sdk.md 3.6).
[[nodiscard]] BodyKind bodyKind(const ResultData &data);

/// True when the bytes are UTF-8 without control characters other than white space.
[[nodiscard]] bool looksLikeText(QByteArrayView bytes);

/// A file name to save the body as, with an extension that fits.
[[nodiscard]] QString suggestedFileName(const ResultData &data);

} // namespace sluice::ui
