#include "sluice/chat/picture_intake.h"

#include "sluice/base/file_text.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtGui/QImageReader>
#include <QtGui/QImageWriter>

#include <algorithm>
#include <array>

namespace sluice::ui::picture_intake {

namespace {

constexpr int jpegQuality = 90;
/// Decoded it takes four bytes a pixel.
constexpr qint64 mostPixels = 100'000'000;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::PictureIntake)
};

/// What chat servers take, by the reader's name of the format.
QByteArray mediaTypeOf(const QByteArray &format)
{
    static constexpr std::array<std::pair<const char *, const char *>, 4> known{{{"png", "image/png"}, {"jpeg", "image/jpeg"}, {"gif", "image/gif"}, {"webp", "image/webp"}}};
    for (const auto &[name, type] : known) {
        if (format == name)
            return type;
    }
    return {};
}

Error tooLarge(const QString &name, const QString &size, const QString &bound)
{
    return Error(Error::Kind::TooLarge, Texts::tr("%1 is too large to be sent: %2, where %3 is the most.").arg(name, size, bound))
        .withAdvice(Texts::tr("Make it smaller with another program first."));
}

Error noPicture(const QString &name, const QString &why)
{
    return Error(Error::Kind::InvalidInput, Texts::tr("%1 is no picture that can be sent: %2.").arg(name, why))
        .withAdvice(Texts::tr("PNG, JPEG, GIF and WebP can be sent."));
}

/// Of a file whose beginning cannot be read as a picture here.
Error unreadable(const QByteArray &bytes, const QString &name)
{
    const PictureFormat format = pictureFormat(bytes);
    if (!isHeif(format))
        return noPicture(name, Texts::tr("it cannot be read as one"));
    return Error(Error::Kind::InvalidInput, Texts::tr("%1 is a picture in the format %2, which cannot be read here, nor by most models.").arg(name, nameOf(format)))
        .withAdvice(Texts::tr("Export the picture as JPEG, and add that file."));
}

ChatAttachment attached(const QByteArray &mediaType, const QByteArray &bytes, const QString &name)
{
    return ChatAttachment::picture(dataUri(mediaType, bytes), name);
}

/// As JPEG, or as PNG where something can be seen through; the reason in words when it cannot be written.
Expected<QByteArray> written(const QImage &image, const QString &name)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, image.hasAlphaChannel() ? "png" : "jpeg");
    if (!image.hasAlphaChannel())
        writer.setQuality(jpegQuality);
    if (!writer.write(image))
        return unexpected(noPicture(name, writer.errorString()));
    return bytes;
}

Expected<picture_intake::Taken> writtenAnew(QImage image, const QString &name)
{
    constexpr int smallestSide = 256;
    const QSize before = image.size();
    if (std::max(before.width(), before.height()) > longestSide)
        image = image.scaled(longestSide, longestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    auto bytes = written(image, name);
    while (bytes && bytes->size() > mostSentBytes && std::max(image.width(), image.height()) > smallestSide) {
        image = image.scaled(image.size() * 3 / 4, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        bytes = written(image, name);
    }
    if (!bytes)
        return unexpected(bytes.error());
    const QString told = image.size() == before
        ? name
        : Texts::tr("%1, made smaller from %2 × %3 to %4 × %5").arg(name).arg(before.width()).arg(before.height()).arg(image.width()).arg(image.height());
    const QByteArray mediaType = image.hasAlphaChannel() ? "image/png" : "image/jpeg";
    // Qt takes comments over from one file into the other.
    const OutgoingPicture picture = OutgoingPicture::from(*bytes, QString::fromLatin1(mediaType));
    return picture_intake::Taken{attached(mediaType, picture.bytes, told), {}, picture.details, false};
}

} // namespace

Expected<Taken> fromBytes(const QByteArray &bytes, const QString &name)
{
    if (bytes.size() > mostFileBytes)
        return unexpected(tooLarge(name, QLocale().formattedDataSize(bytes.size()), QLocale().formattedDataSize(mostFileBytes)));
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (!reader.canRead())
        return unexpected(unreadable(bytes, name));
    const QByteArray mediaType = mediaTypeOf(reader.format());
    const QSize size = reader.size();
    if (size.isValid() && qint64(size.width()) * size.height() > mostPixels)
        return unexpected(tooLarge(name, Texts::tr("%1 × %2 pixels").arg(size.width()).arg(size.height()), Texts::tr("%n million pixel(s)", nullptr, int(mostPixels / 1'000'000))));
    const bool turned = reader.transformation() != QImageIOHandler::TransformationNone;
    const bool wide = !size.isValid() || std::max(size.width(), size.height()) > longestSide;
    const QImage image = reader.read(); // also what goes as it is: half a picture would be refused later, and paid
    if (image.isNull())
        return unexpected(noPicture(name, reader.errorString()));
    const OutgoingPicture picture = OutgoingPicture::from(bytes, QStringLiteral("image/") + QString::fromLatin1(reader.format()));
    const bool keepsPixels = !mediaType.isEmpty() && !turned && !wide && picture.bytes.size() <= mostSentBytes;
    Expected<Taken> taken = keepsPixels ? Taken{attached(mediaType, picture.bytes, name), {}, {}, picture.look == OutgoingPicture::Look::NotLookedThrough} : writtenAnew(image, name);
    if (!taken)
        return taken;
    taken->takenOut |= picture.details;
    if (taken->takenOut && !mediaType.isEmpty() && bytes.size() <= mostWholeBytes)
        taken->whole = attached(mediaType, bytes, name);
    return taken;
}

Expected<Taken> fromFile(const QString &path)
{
    const QString name = QFileInfo(path).fileName().left(100);
    const QFileInfo info(path);
    if (!info.isFile())
        return unexpected(noPicture(name, Texts::tr("it is no file")));
    if (info.size() > mostFileBytes)
        return unexpected(tooLarge(name, QLocale().formattedDataSize(info.size()), QLocale().formattedDataSize(mostFileBytes)));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unexpected(noPicture(name, file.errorString()));
    return fromBytes(file.read(mostFileBytes + 1), name);
}

Expected<Taken> fromImage(const QImage &image, const QString &name)
{
    if (image.isNull())
        return unexpected(noPicture(name, Texts::tr("it is empty")));
    return writtenAnew(image, name);
}

} // namespace sluice::ui::picture_intake
