#include "sluice/base/charset.h"

#include <QtCore/QList>
#include <QtCore/QStringDecoder>

#include <array>
#include <cerrno>
#include <iconv.h>

namespace sluice {

namespace {

std::optional<QString> utf8Text(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless); // a cut character at the end is an error, too
    QString text = decoder(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

/// By the system's own tables, which know what servers name; Qt's decoder knows the Unicode forms and Latin-1 only.
std::optional<QString> converted(QByteArrayView bytes, const QByteArray &charset)
{
    const iconv_t converter = ::iconv_open("UTF-8", charset.constData());
    if (converter == reinterpret_cast<iconv_t>(-1)) // NOLINT: the interface's own mark
        return std::nullopt;
    QByteArray utf8;
    auto *in = const_cast<char *>(bytes.data()); // not written to
    std::size_t left = std::size_t(bytes.size());
    bool good = true;
    std::array<char, 8192> piece{};
    while (good && left > 0) {
        char *out = piece.data();
        std::size_t room = piece.size();
        good = ::iconv(converter, &in, &left, &out, &room) != std::size_t(-1) || errno == E2BIG;
        utf8.append(piece.data(), qsizetype(piece.size() - room));
    }
    ::iconv_close(converter);
    return good ? utf8Text(utf8) : std::nullopt;
}

} // namespace

QByteArray charsetOf(QByteArrayView contentType)
{
    const QList<QByteArray> parameters = contentType.toByteArray().split(';');
    for (qsizetype i = 1; i < parameters.size(); ++i) {
        const qsizetype equals = parameters[i].indexOf('=');
        if (equals < 0 || parameters[i].left(equals).trimmed().toLower() != "charset")
            continue;
        QByteArray name = parameters[i].mid(equals + 1).trimmed().toLower();
        if (name.size() > 1 && name.startsWith('"') && name.endsWith('"'))
            name = name.mid(1, name.size() - 2).trimmed();
        // What stands after a slash are orders to the converter.
        const bool plain = name.size() <= 40 && !name.contains('/') && !name.contains('\0');
        return plain ? name : QByteArray();
    }
    return {};
}

std::optional<QString> textOf(QByteArrayView bytes, QByteArrayView contentType)
{
    const QByteArray charset = charsetOf(contentType);
    if (charset.isEmpty() || charset == "utf-8" || charset == "utf8" || charset == "us-ascii")
        return utf8Text(bytes);
    return converted(bytes, charset);
}

} // namespace sluice
