#pragma once

#include <QtCore/QByteArrayView>

namespace sluice {

/// What kind of file some bytes are, as far as their beginning tells. A value; both texts live for ever.
struct FileKind {
    const char *extension; ///< without a dot; "bin" for what is not known
    const char *mediaType; ///< "application/octet-stream" for what is not known

    [[nodiscard]] static FileKind of(QByteArrayView bytes);
};

} // namespace sluice
