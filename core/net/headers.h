#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <utility>

namespace sluice {

/// HTTP header fields in the order they were sent or received; names compare without case.
using Headers = QList<std::pair<QByteArray, QByteArray>>;

namespace headers {

/// More fields than this are refused in both directions.
inline constexpr qsizetype MaxFields = 1000;

/// The first value of `name`, or empty.
[[nodiscard]] QByteArray value(const Headers &headers, QByteArrayView name);
/// Every value of `name`, in order.
[[nodiscard]] QList<QByteArray> values(const Headers &headers, QByteArrayView name);
[[nodiscard]] bool contains(const Headers &headers, QByteArrayView name);
/// Replaces every field of that name by one.
void set(Headers &headers, const QByteArray &name, const QByteArray &value);
void remove(Headers &headers, QByteArrayView name);
/// `Content-Type` without parameters, trimmed and in lower case ("text/event-stream"); empty when absent.
[[nodiscard]] QByteArray mediaType(const Headers &headers);
/// A list with just this `Content-Type`. (g++ 12 cannot compile a braced list inside a co_await expression.)
[[nodiscard]] Headers contentType(const QByteArray &type);
/// Bytes that the fields take on the wire.
[[nodiscard]] qsizetype byteSize(const Headers &headers);
/// True when a comma-separated list in any field of that name holds `token`.
[[nodiscard]] bool hasToken(const Headers &headers, QByteArrayView name, QByteArrayView token);
/// InvalidInput when a name is no HTTP token, a value holds CR, LF or NUL, or there are too many fields.
/// What passes cannot smuggle a second header or request.
[[nodiscard]] Expected<void> check(const Headers &headers);

} // namespace headers
} // namespace sluice
