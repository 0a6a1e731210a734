#pragma once

#include "sluice/results/result_data.h"

namespace sluice::ui {

/// How a body is best shown.
enum class BodyKind { Empty, Json, Image, Sound, Video, Markdown, Text, Binary };

/// By content type first, then by the schema's `x-output`, then by the bytes themselves: JSON is often mislabelled as
/// text/plain on this network (client-sdk.md 3.6).
[[nodiscard]] BodyKind bodyKind(const ResultData &data);

/// The body as text, by the charset that its content type names; nothing when it is none.
[[nodiscard]] std::optional<QString> bodyText(const ResultData &data);

/// The format of a picture that can be shown, by its first bytes ("png", "jpeg", "gif", "webp", "bmp"); empty for others. Workers
/// often send pictures as application/octet-stream.
[[nodiscard]] QByteArray pictureFormat(QByteArrayView bytes);

/// True when the bytes are UTF-8 without control characters other than white space.
[[nodiscard]] bool looksLikeText(QByteArrayView bytes);

/// What bytes without a preview are, in words: "PDF document (application/pdf)", by their first bytes when the content
/// type does not say.
[[nodiscard]] QString bodyDescription(const ResultData &data);

/// A file name to save the body as, with an extension that fits.
[[nodiscard]] QString suggestedFileName(const ResultData &data);

} // namespace sluice::ui
