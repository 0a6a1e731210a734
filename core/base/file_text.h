#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice {

/// The bytes of a file that stands in a JSON text: base64 (white space in it does not count), or a data URI of that. InvalidInput for all else.
[[nodiscard]] Expected<QByteArray> fileInText(const QString &text);

/// The data URI of a file.
[[nodiscard]] QString dataUri(const QByteArray &mediaType, const QByteArray &file);

} // namespace sluice
