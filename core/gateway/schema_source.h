#pragma once

#include "sluice/base/json.h"

#include <QtCore/QFuture>
#include <QtCore/QUrl>

#include <memory>

namespace sluice {

class UserData;

/// Where the schema of a capability's input comes from when no network lists it.
namespace schema_source {

inline constexpr qsizetype MaxBytes = 1024 * 1024;

/// The schema in a document: a JSON Schema as it is; the `input_schema` of a listing's entry or of a worker's /schema; or, of an
/// OpenAPI description, the body of the POST at `path` (the only one where there is just one), with the components it refers to.
/// InvalidInput says what the document is instead; TooLarge beyond MaxBytes.
[[nodiscard]] Expected<Json> schemaIn(QByteArrayView document, const QString &path);

/// Reads a document from an http(s) address and gives the schema in it. 10 s; cancelling the future closes the connection. A host on
/// this machine may have a certificate of its own, any other is verified. Belongs to a thread with an event loop.
QFuture<Json> fetch(const QUrl &address, const QString &path, std::shared_ptr<UserData> data);

} // namespace schema_source
} // namespace sluice
