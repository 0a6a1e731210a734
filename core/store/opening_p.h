#pragma once

#include "sluice/store/schema.h"
#include "sluice/store/sql.h"

#include <memory>

namespace sluice::detail {

/// Opens the file on the calling thread, checks that it is ours and sound, and brings its schemas up to date.
/// Throws Storage and leaves the file as it is otherwise.
std::unique_ptr<Sql> openConnection(const QString &connectionName, const QString &path, int busyTimeoutMs, const QList<Schema> &schemas);

/// What SQLite finds wrong, at most ten lines; empty when the file is sound. `quick` leaves indexes out.
QStringList integrityFaults(Sql &sql, bool quick);

/// The error for a file that cannot be trusted.
Error damaged(const QString &path, const QString &found);

} // namespace sluice::detail
