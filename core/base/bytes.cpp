#include "sluice/base/bytes.h"

#include <array>

namespace sluice::bytes {

namespace {

constexpr quint8 NoDigit = 0xff;

/// What each character stands for in base64. Qt's decoder asks for every character which kind it is, which takes several times as long.
constexpr std::array<quint8, 256> base64Digits()
{
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<quint8, 256> digits{};
    digits.fill(NoDigit);
    for (quint8 i = 0; i < 64; ++i)
        digits[static_cast<unsigned char>(alphabet[i])] = i;
    return digits;
}

} // namespace

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
    static constexpr std::array<quint8, 256> digits = base64Digits();
    const auto refuse = [] {
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("Not base64: the standard alphabet with padding is required.")));
    };
    if (text.size() % 4 != 0)
        return refuse();
    const qsizetype padding = text.endsWith("==") ? 2 : text.endsWith('=') ? 1 : 0;
    const qsizetype size = text.size() / 4 * 3;
    QByteArray decoded(size, Qt::Uninitialized);
    char *to = decoded.data();
    quint8 seen = 0;
    for (qsizetype at = 0; at < text.size(); at += 4) {
        quint32 bits = 0;
        for (qsizetype i = at; i < at + 4; ++i) {
            const quint8 digit = i < text.size() - padding ? digits[static_cast<unsigned char>(text[i])] : 0;
            seen |= digit;
            bits = bits << 6 | (digit & 63);
        }
        *to++ = char(bits >> 16);
        *to++ = char(bits >> 8);
        *to++ = char(bits);
    }
    if (seen & ~63)
        return refuse();
    decoded.truncate(size - padding);
    return decoded;
}

QString shortened(const QString &id, int head, int tail)
{
    if (id.size() <= head + tail + 1)
        return id;
    return id.left(head) + QChar(0x2026) + id.right(tail);
}

} // namespace sluice::bytes
