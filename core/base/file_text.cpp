#include "sluice/base/file_text.h"

#include "sluice/base/bytes.h"

namespace sluice {

namespace {

/// Longer than any head that a data URI needs.
constexpr qsizetype MaxHead = 200;

} // namespace

Expected<QByteArray> fileInText(const QString &text)
{
    QByteArray encoded = text.toLatin1();
    if (encoded.left(5).toLower() == "data:") {
        const qsizetype comma = encoded.indexOf(',');
        if (comma < 0 || comma > MaxHead || !encoded.left(comma).toLower().endsWith(";base64"))
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The data URI is not of the form data:TYPE;base64,…")));
        encoded = encoded.mid(comma + 1);
    }
    for (const char space : {'\n', '\r', ' ', '\t'})
        encoded.replace(space, QByteArray());
    Expected<QByteArray> file = bytes::fromBase64(encoded);
    if (!file)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The file is no base64: %1").arg(file.error().message()))
                              .withAdvice(QStringLiteral("Give the file's bytes as base64, or as a data URI.")));
    return file;
}

QString dataUri(const QByteArray &mediaType, const QByteArray &file)
{
    return QStringLiteral("data:%1;base64,%2").arg(QString::fromLatin1(mediaType), QString::fromLatin1(bytes::toBase64(file)));
}

} // namespace sluice
