#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QString>

/// Strict text encodings of bytes. Qt's own decoders skip junk; these refuse it (client-sdk.md 2.6).
namespace sluice::bytes {

/// Lower-case hex without prefix.
[[nodiscard]] QByteArray toHex(QByteArrayView data);
/// Lower-case hex with "0x".
[[nodiscard]] QString toHex0x(QByteArrayView data);
/// Hex of even length, upper or lower case, with or without "0x"; nothing else.
[[nodiscard]] Expected<QByteArray> fromHex(QByteArrayView text);

/// RFC 4648 standard alphabet with padding.
[[nodiscard]] QByteArray toBase64(QByteArrayView data);
/// RFC 4648 standard alphabet, padding required, no white space; nothing else.
[[nodiscard]] Expected<QByteArray> fromBase64(QByteArrayView text);

/// "0x1234…cdef": the ends of a long identifier, for display.
[[nodiscard]] QString shortened(const QString &id, int head = 6, int tail = 4);

} // namespace sluice::bytes
