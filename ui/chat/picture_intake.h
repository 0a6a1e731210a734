#pragma once

#include "sluice/base/expected.h"
#include "sluice/chat/chat_turn.h"

class QImage;

namespace sluice::ui {

/// What a picture must be to be sent with a message. Pictures go as `data:` URIs (openai.md 6.1).
namespace picture_intake {

inline constexpr int mostPictures = 10;                  ///< in one message
inline constexpr qint64 mostFileBytes = 20 * 1024 * 1024; ///< of a file, before it is made smaller
inline constexpr qint64 mostSentBytes = 2 * 1024 * 1024;  ///< larger ones are written anew, smaller if need be
inline constexpr int longestSide = 2048;                  ///< in pixels; larger pictures are made smaller

/// A picture as it will be sent, upright and bounded; what was changed about it stands in its name. PNG, JPEG, GIF and WebP that fit
/// go as they are. InvalidInput for anything that is no such picture, TooLarge past the bounds. Takes time: not for the GUI thread.
[[nodiscard]] Expected<ChatAttachment> fromBytes(const QByteArray &bytes, const QString &name);
[[nodiscard]] Expected<ChatAttachment> fromFile(const QString &path);
/// From the clipboard, which holds no file.
[[nodiscard]] Expected<ChatAttachment> fromImage(const QImage &image, const QString &name);

} // namespace picture_intake
} // namespace sluice::ui
