#include "sluice/zerog/call_headers.h"

#include "sluice/base/bytes.h"

#include <QtCore/QDateTime>

namespace sluice::zerog {

namespace {

constexpr char kAddress[] = "Address";
constexpr char kNonce[] = "Nonce";
constexpr char kServiceName[] = "Service-Name";
constexpr char kInputCount[] = "Token-Count";
constexpr char kPreviousOutputCount[] = "Previous-Output-Token-Count";
constexpr char kCreatedAt[] = "Created-At";
constexpr char kSignature[] = "Signature";

constexpr qsizetype maxTextBytes = 512;
constexpr qsizetype maxDigits = 19;

Unexpected<Error> refuse(const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message));
}

/// What a header says, for an error: bounded and in one line.
QString shown(QByteArrayView value)
{
    return QString::fromUtf8(value.first(std::min<qsizetype>(value.size(), 80))).simplified();
}

Expected<QByteArray> textOf(const Headers &headers, const char *name)
{
    const QByteArray value = headers::value(headers, name);
    if (value.isEmpty())
        return refuse(QStringLiteral("%1: missing Header").arg(QLatin1String(name)));
    if (value.size() > maxTextBytes)
        return refuse(QStringLiteral("%1: more than %2 bytes").arg(QLatin1String(name)).arg(maxTextBytes));
    return value;
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Expected<U256> numberOf(const Headers &headers, const char *name, const char *what)
{
    const auto text = textOf(headers, name);
    if (!text)
        return unexpected(text.error());
    bool fits = false;
    const qint64 number = isDigits(*text) && text->size() <= maxDigits ? text->toLongLong(&fits) : 0;
    if (!fits)
        return refuse(QStringLiteral("parse %1 %2: 1 to 19 digits up to 9223372036854775807 are expected").arg(QLatin1String(what), shown(*text)));
    return U256(number);
}

/// Takes what stands at the front; false when it does not.
bool skip(QByteArrayView &text, QByteArrayView expected)
{
    if (!text.startsWith(expected))
        return false;
    text = text.sliced(expected.size());
    return true;
}

std::optional<int> digits(QByteArrayView &text, qsizetype count)
{
    if (text.size() < count || !isDigits(text.first(count)))
        return std::nullopt;
    const int number = text.first(count).toInt();
    text = text.sliced(count);
    return number;
}

} // namespace

const QList<QByteArray> &metadataHeaderNames()
{
    static const QList<QByteArray> names{kAddress, kNonce, kServiceName, kInputCount, kPreviousOutputCount, kCreatedAt, kSignature};
    return names;
}

bool isMetadataHeader(QByteArrayView name)
{
    const auto &names = metadataHeaderNames();
    return std::any_of(names.begin(), names.end(), [name](const QByteArray &one) { return one.compare(name, Qt::CaseInsensitive) == 0; });
}

Headers withoutMetadata(const Headers &headers)
{
    Headers kept;
    std::copy_if(headers.begin(), headers.end(), std::back_inserter(kept), [](const auto &field) { return !isMetadataHeader(field.first); });
    return kept;
}

Headers metadataHeaders(const Request &request)
{
    return Headers{{kAddress, request.user.toChecksum().toLatin1()}, {kNonce, toDecimal(request.nonce).toLatin1()}, {kServiceName, request.serviceName.toUtf8()},
        {kInputCount, toDecimal(request.inputCount).toLatin1()}, {kPreviousOutputCount, toDecimal(request.previousOutputCount).toLatin1()},
        {kCreatedAt, createdAtText(request.createdAt)}, {kSignature, bytes::toHex0x(request.signature).toLatin1()}};
}

Expected<Request> requestFromHeaders(const Headers &headers)
{
    Request request;
    const auto address = textOf(headers, kAddress);
    if (!address)
        return unexpected(address.error());
    const auto user = Address::fromHex(QString::fromUtf8(*address));
    if (!user)
        return refuse(QStringLiteral("parse address %1: 0x and 40 hex digits are expected").arg(shown(*address)));
    request.user = *user;

    const auto name = textOf(headers, kServiceName);
    if (!name)
        return unexpected(name.error());
    request.serviceName = QString::fromUtf8(*name);
    // What was signed must be what is stored: bytes that are no text cannot be.
    if (request.serviceName.toUtf8() != *name)
        return refuse(QStringLiteral("parse service name: it is no UTF-8"));

    const std::tuple<const char *, const char *, U256 *> numbers[] = {{kNonce, "nonce", &request.nonce}, {kInputCount, "inputCount", &request.inputCount},
        {kPreviousOutputCount, "previousOutputCount", &request.previousOutputCount}};
    for (const auto &[header, what, into] : numbers) {
        const auto number = numberOf(headers, header, what);
        if (!number)
            return unexpected(number.error());
        *into = *number;
    }
    const auto created = textOf(headers, kCreatedAt);
    if (!created)
        return unexpected(created.error());
    const auto seconds = createdAtFromText(*created);
    if (!seconds)
        return unexpected(seconds.error());
    request.createdAt = *seconds;

    const auto signature = textOf(headers, kSignature);
    if (!signature)
        return unexpected(signature.error());
    const auto raw = bytes::fromHex(*signature);
    if (!raw || !signature->startsWith("0x"))
        return refuse(QStringLiteral("parse signature: 0x and 130 hex digits are expected"));
    request.signature = *raw;
    return request;
}

QByteArray createdAtText(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")).toLatin1() + " +0000 UTC";
}

Expected<qint64> createdAtFromText(QByteArrayView text)
{
    const auto bad = [text] { return refuse(QStringLiteral("parse createdAt %1: a time such as 2024-08-22 06:38:52 +0000 UTC is expected").arg(shown(text))); };
    QByteArrayView rest = text;
    const auto year = digits(rest, 4);
    const auto month = skip(rest, "-") ? digits(rest, 2) : std::nullopt;
    const auto day = skip(rest, "-") ? digits(rest, 2) : std::nullopt;
    const auto hour = skip(rest, " ") ? digits(rest, 2) : std::nullopt;
    const auto minute = skip(rest, ":") ? digits(rest, 2) : std::nullopt;
    const auto second = skip(rest, ":") ? digits(rest, 2) : std::nullopt;
    if (!year || !month || !day || !hour || !minute || !second)
        return bad();
    if (skip(rest, ".")) {
        qsizetype count = 0;
        while (count < rest.size() && rest[count] >= '0' && rest[count] <= '9')
            ++count;
        if (count == 0 || count > 9)
            return bad();
        rest = rest.sliced(count);
    }
    if (!skip(rest, " ") || rest.isEmpty())
        return bad();
    const bool west = rest.front() == '-';
    if (!west && rest.front() != '+')
        return bad();
    rest = rest.sliced(1);
    const auto offsetHours = digits(rest, 2);
    const auto offsetMinutes = digits(rest, 2);
    // A word such as UTC or CST, or the offset once more ("+08"): it says nothing that the offset does not.
    if (!offsetHours || !offsetMinutes || *offsetHours > 24 || *offsetMinutes > 59 || !skip(rest, " ") || rest.isEmpty() || rest.size() > 6
        || !std::all_of(rest.begin(), rest.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-'; }))
        return bad();
    const QDateTime local(QDate(*year, *month, *day), QTime(*hour, *minute, *second), Qt::UTC);
    if (!local.isValid() || !QTime::isValid(*hour, *minute, *second))
        return bad();
    const qint64 offset = *offsetHours * 3600 + *offsetMinutes * 60;
    const qint64 seconds = local.toSecsSinceEpoch() - (west ? -offset : offset);
    if (seconds < 0)
        return bad();
    return seconds;
}

} // namespace sluice::zerog
