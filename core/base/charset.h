#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <optional>

namespace sluice {

/// The `charset` parameter of a content type, in lower case and without quotes; empty when there is none.
[[nodiscard]] QByteArray charsetOf(QByteArrayView contentType);

/// The text that `bytes` are, by the charset that `contentType` names; UTF-8 where it names none. A byte order mark is no part
/// of it. Nothing when the bytes are not that, or the charset is unknown.
[[nodiscard]] std::optional<QString> textOf(QByteArrayView bytes, QByteArrayView contentType);

} // namespace sluice
