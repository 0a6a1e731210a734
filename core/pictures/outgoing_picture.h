#pragma once

#include "sluice/pictures/picture_details.h"

namespace sluice {

/// A file that was chosen to be sent, as far as it is a picture: what goes out of it by default, and what a person is told about that.
/// The file itself is never changed. A value.
struct OutgoingPicture {
    enum class Look {
        NoPicture,
        NothingPrivate,
        TakenOut,         ///< `bytes` are the file without `details`
        StaysIn,          ///< `details` cannot be taken out of a file of this format
        NotLookedThrough, ///< broken, or of a format that is not known here; `details` are not known
    };
    Look look = Look::NoPicture;
    PictureFormat format = PictureFormat::None;
    PrivateDetails details;
    QByteArray bytes; ///< what is sent by default

    /// Takes time with large files, about a millisecond for each megabyte. `mediaType` tells a picture of an unknown format from any other file.
    [[nodiscard]] static OutgoingPicture from(const QByteArray &file, const QString &mediaType);

    /// One sentence at the file: "Taken out: position, time". Empty where there is nothing to tell.
    [[nodiscard]] QString told() const;
    /// The same when a person wants the file sent as it is.
    [[nodiscard]] QString toldOfWhole() const;
    /// HEIC and AVIF, which hardly any capability reads; empty for others.
    [[nodiscard]] QString formatAdvice() const;
};

} // namespace sluice
