#pragma once

#include "sluice/store/database.h"

namespace sluice {

/// The file that window and command line share: runs, tickets, nonces, spending, pins, settings.
///
/// `path` empty means the user's own, $XDG_DATA_HOME/sluice/sluice.db; its folder is made. Errors as Database::open.
[[nodiscard]] Expected<std::shared_ptr<Database>> openUserStore(const QString &path = {});

/// Where openUserStore() looks when it is given no path.
[[nodiscard]] QString defaultUserStorePath();

/// Every component of that file.
[[nodiscard]] QList<Schema> userSchemas();

} // namespace sluice
