#include "sluice/base/bytes.h"

namespace sluice::bytes {

QByteArray toHex(QByteArrayView data)
{
    return data.toByteArray().toHex();
}

QString toHex0x(QByteArrayView data)
{
    return QStringLiteral("0x") + QString::fromLatin1(toHex(data));
}

Expected<QByteArray> fromHex(QByteArrayView text)
{
    if (text.startsWith("0x") || text.startsWith("0X"))
        text = text.sliced(2);
    if (text.size() % 2 != 0)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("Hex text has an odd number of digits (%1).").arg(text.size())));
    for (const char c : text) {
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (!digit)
            return unexpected(Error(Error::Kind::InvalidInput,
                QStringLiteral("Hex text has a character that is no hex digit.")));
    }
    return QByteArray::fromHex(text.toByteArray());
}

QByteArray toBase64(QByteArrayView data)
{
    return data.toByteArray().toBase64();
}

Expected<QByteArray> fromBase64(QByteArrayView text)
{
    const auto refuse = [] {
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("Not base64: the standard alphabet with padding is required.")));
    };
    if (text.size() % 4 != 0)
        return refuse();
    auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return refuse();
    return std::move(decoded.decoded);
}

QString shortened(const QString &id, int head, int tail)
{
    if (id.size() <= head + tail + 1)
        return id;
    return id.left(head) + QChar(0x2026) + id.right(tail);
}

} // namespace sluice::bytes
