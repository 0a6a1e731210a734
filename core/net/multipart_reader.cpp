#include "sluice/net/multipart_reader.h"

#include "sluice/net/headers.h"

#include <algorithm>

namespace sluice::multipart {

namespace {

constexpr qsizetype MaxBoundary = 70; // RFC 2046 5.1.1

Error broken(const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("The form cannot be read: %1").arg(what));
}

/// The text between quotes at the start, in which a backslash takes the next quote or backslash as it is; what follows is left in `text`.
QByteArray takeQuoted(QByteArrayView &text)
{
    QByteArray value;
    qsizetype at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\'))
            ++at;
        value += text[at];
    }
    text = text.sliced(std::min(text.size(), at + 1));
    return value;
}

/// The parameter of that name in "form-data; name=x; filename=\"y\"".
std::optional<QByteArray> parameter(QByteArrayView header, QByteArrayView wanted)
{
    qsizetype semicolon = header.indexOf(';');
    while (semicolon >= 0) {
        header = header.sliced(semicolon + 1);
        const qsizetype equals = header.indexOf('=');
        if (equals < 0)
            break;
        const QByteArray name = header.first(equals).trimmed().toByteArray().toLower();
        header = header.sliced(equals + 1).trimmed();
        QByteArray value;
        if (header.startsWith('"')) {
            value = takeQuoted(header);
            semicolon = header.indexOf(';');
        } else {
            semicolon = header.indexOf(';');
            value = header.first(semicolon < 0 ? header.size() : semicolon).trimmed().toByteArray();
        }
        if (name == wanted)
            return value;
    }
    return std::nullopt;
}

Expected<MultipartPart> partOf(QByteArrayView head)
{
    MultipartPart part;
    bool isNamed = false;
    while (!head.isEmpty()) {
        const qsizetype end = head.indexOf("\r\n");
        const QByteArrayView line = head.first(end < 0 ? head.size() : end);
        head = end < 0 ? QByteArrayView() : head.sliced(end + 2);
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            return unexpected(broken(QStringLiteral("a part has a header without a colon.")));
        const QByteArray name = line.first(colon).trimmed().toByteArray().toLower();
        const QByteArrayView value = line.sliced(colon + 1).trimmed();
        if (name == "content-type")
            part.contentType = value.toByteArray();
        if (name != "content-disposition")
            continue;
        const auto fieldName = parameter(value, "name");
        isNamed = value.toByteArray().toLower().startsWith("form-data") && fieldName;
        part.name = fieldName.value_or(QByteArray());
        part.fileName = parameter(value, "filename");
    }
    if (!isNamed)
        return unexpected(broken(QStringLiteral("a part has no name.")));
    return part;
}

} // namespace

std::optional<QByteArray> boundaryOf(QByteArrayView contentType)
{
    const Headers one{{"Content-Type", contentType.toByteArray()}};
    if (headers::mediaType(one) != "multipart/form-data")
        return std::nullopt;
    const auto boundary = parameter(contentType, "boundary");
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (!boundary || boundary->isEmpty() || boundary->size() > MaxBoundary || std::any_of(boundary->begin(), boundary->end(), isControl))
        return std::nullopt;
    return boundary;
}

Expected<QList<MultipartPart>> read(const QByteArray &body, const QByteArray &boundary, const Limits &limits)
{
    const QByteArray delimiter = "\r\n--" + boundary;
    QList<MultipartPart> parts;
    // The first delimiter may stand at the very beginning, without its line end.
    qsizetype at = body.startsWith(QByteArrayView(delimiter).sliced(2)) ? delimiter.size() - 2 : -1;
    if (at < 0) {
        const qsizetype first = body.indexOf(delimiter);
        if (first < 0)
            return unexpected(broken(QStringLiteral("its boundary is not in it.")));
        at = first + delimiter.size();
    }
    const QByteArrayView all(body);
    for (;;) {
        if (all.sliced(at).startsWith("--"))
            return parts;
        const qsizetype line = body.indexOf("\r\n", at);
        if (line < 0 || !all.sliced(at, line - at).trimmed().isEmpty())
            return unexpected(broken(QStringLiteral("it is cut short, or a boundary is followed by something else.")));
        if (parts.size() == limits.maxParts)
            return unexpected(broken(QStringLiteral("it has more than %1 parts.").arg(limits.maxParts)));
        const QByteArrayView rest = all.sliced(line + 2);
        const qsizetype headEnd = rest.first(std::min(rest.size(), limits.maxHeaderBytes)).indexOf("\r\n\r\n");
        if (headEnd < 0)
            return unexpected(broken(QStringLiteral("the headers of a part have no end within %1 bytes.").arg(limits.maxHeaderBytes)));
        auto part = partOf(rest.first(headEnd));
        if (!part)
            return unexpected(part.error());
        const qsizetype start = line + 2 + headEnd + 4;
        // An empty part's delimiter begins with the line end of its headers.
        const qsizetype end = body.indexOf(delimiter, start - 2);
        if (end < 0)
            return unexpected(broken(QStringLiteral("it is cut short within “%1”.").arg(QString::fromUtf8(part->name.left(60)))));
        part->bytes = end < start ? QByteArrayView() : all.sliced(start, end - start);
        parts.append(*part);
        at = end + delimiter.size();
    }
}

} // namespace sluice::multipart
