#pragma once

#include "sluice/base/expected.h"
#include "sluice/chat/chat_turn.h"
#include "sluice/pictures/outgoing_picture.h"

class QImage;

namespace sluice::ui {

/// What a picture must be to be sent with a message. Pictures go as `data:` URIs (openai.md 6.1).
namespace picture_intake {

inline constexpr int mostPictures = 10;                  ///< in one message
inline constexpr qint64 mostFileBytes = 20 * 1024 * 1024; ///< of a file, before it is made smaller
inline constexpr qint64 mostSentBytes = 2 * 1024 * 1024;  ///< larger ones are written anew, smaller if need be
inline constexpr qint64 mostWholeBytes = 10 * 1024 * 1024; ///< of a file that a person wants to send with everything in it
inline constexpr int longestSide = 2048;                  ///< in pixels; larger pictures are made smaller

/// A picture that was taken for a message.
struct Taken {
    ChatAttachment attachment;           ///< as it is sent: nothing private is told beside the picture
    std::optional<ChatAttachment> whole; ///< the file as it is, where that is another one and can be sent
    PrivateDetails takenOut;             ///< what the file told and `attachment` does not
    bool unread = false;                 ///< `attachment` is the file as it is, and it could not be looked through
};

/// A picture as it will be sent, upright and bounded; what was changed about its pixels stands in its name. PNG, JPEG, GIF and WebP that fit
/// keep theirs. InvalidInput for anything that is no such picture, TooLarge past the bounds. Takes time: not for the GUI thread.
[[nodiscard]] Expected<Taken> fromBytes(const QByteArray &bytes, const QString &name);
[[nodiscard]] Expected<Taken> fromFile(const QString &path);
/// From the clipboard, which holds no file.
[[nodiscard]] Expected<Taken> fromImage(const QImage &image, const QString &name);

} // namespace picture_intake
} // namespace sluice::ui
