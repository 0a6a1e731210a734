#pragma once

#include "sluice/store/database.h"

namespace sluice {

/// The file that window and command line share: runs, tickets, nonces, spending, pins, settings.
///
/// Makes the folder (for its owner only) when it is missing; ":memory:" is private to the process. Errors as Database::open.
[[nodiscard]] Expected<std::shared_ptr<Database>> openUserStore(const QString &path);

/// Every component of that file.
[[nodiscard]] QList<Schema> userSchemas();

} // namespace sluice
