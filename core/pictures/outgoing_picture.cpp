#include "sluice/pictures/outgoing_picture.h"

#include <QtCore/QCoreApplication>

namespace sluice {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(sluice::OutgoingPicture)
};

} // namespace

OutgoingPicture OutgoingPicture::from(const QByteArray &file, const QString &mediaType)
{
    OutgoingPicture picture;
    picture.format = pictureFormat(file);
    picture.bytes = file;
    if (picture.format == PictureFormat::None) {
        picture.look = mediaType.startsWith(QLatin1String("image/")) ? Look::NotLookedThrough : Look::NoPicture;
        return picture;
    }
    auto found = lookThrough(file);
    if (!found) {
        picture.look = Look::NotLookedThrough;
        return picture;
    }
    picture.details = found->found;
    picture.look = !found->found ? Look::NothingPrivate : found->without ? Look::TakenOut : Look::StaysIn;
    if (found->without)
        picture.bytes = *std::move(found->without);
    return picture;
}

QString OutgoingPicture::told() const
{
    switch (look) {
    case Look::NoPicture:
    case Look::NothingPrivate: return {};
    case Look::TakenOut: return Texts::tr("Taken out: %1").arg(inWords(details));
    case Look::StaysIn: return Texts::tr("Still in it, as it cannot be taken out of %1: %2").arg(nameOf(format), inWords(details));
    case Look::NotLookedThrough: return Texts::tr("Could not be looked through for a position or other private details; it is sent as it is");
    }
    return {};
}

QString OutgoingPicture::toldOfWhole() const
{
    return look == Look::TakenOut ? Texts::tr("Sent with everything in it: %1").arg(inWords(details)) : told();
}

QString OutgoingPicture::formatAdvice() const
{
    if (!isHeif(format))
        return {};
    return Texts::tr("Few capabilities can read %1. If it is refused, export the picture as JPEG.").arg(nameOf(format));
}

} // namespace sluice
