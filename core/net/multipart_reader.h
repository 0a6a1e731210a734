#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <optional>

namespace sluice {

/// A part of a form that came in.
struct MultipartPart {
    QByteArray name;
    std::optional<QByteArray> fileName; ///< of a file; as its sender wrote it, which is no path to be trusted
    QByteArray contentType;             ///< empty when none was said
    QByteArrayView bytes;               ///< in the body that was read
};

/// Reads the body of a `multipart/form-data` request (RFC 7578); pure. MultipartForm writes them.
namespace multipart {

struct Limits {
    qsizetype maxParts = 64;
    qsizetype maxHeaderBytes = 8 * 1024; ///< of one part
};

/// The boundary that a Content-Type names; nothing when it is no form, or names none that may be.
[[nodiscard]] std::optional<QByteArray> boundaryOf(QByteArrayView contentType);

/// The parts in order, whose bytes lie in `body`. InvalidInput for a body that is cut short, that breaks the form or a bound.
[[nodiscard]] Expected<QList<MultipartPart>> read(const QByteArray &body, const QByteArray &boundary, const Limits &limits);
[[nodiscard]] inline Expected<QList<MultipartPart>> read(const QByteArray &body, const QByteArray &boundary)
{
    return read(body, boundary, Limits());
}

} // namespace multipart
} // namespace sluice
