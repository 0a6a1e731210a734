#pragma once

#include <QtCore/QFlags>
#include <QtCore/QString>

namespace sluice {

/// What a picture's file tells beside the picture, in the order in which a person wants to know it.
enum class PrivateDetail {
    Position = 1 << 0,  ///< where it was taken: coordinates, or the name of a place
    Serial = 1 << 1,    ///< of the camera or its lens
    Owner = 1 << 2,     ///< names of people: owner, author, who is seen
    Time = 1 << 3,      ///< when it was taken or changed
    Device = 1 << 4,    ///< make and model
    Software = 1 << 5,  ///< the program that wrote it
    Texts = 1 << 6,     ///< titles, comments, keywords, a prompt
    Preview = 1 << 7,   ///< a small picture, which may show what was cut off later
    Settings = 1 << 8,  ///< exposure and the like
    Attached = 1 << 9,  ///< bytes behind the picture or of unknown parts: a film, further pictures
    Further = 1 << 10,  ///< anything else, read or not
};
Q_DECLARE_FLAGS(PrivateDetails, PrivateDetail)
Q_DECLARE_OPERATORS_FOR_FLAGS(PrivateDetails)

/// "position, camera serial number, time", in the language of the program; empty for none.
[[nodiscard]] QString inWords(PrivateDetails details);

} // namespace sluice
