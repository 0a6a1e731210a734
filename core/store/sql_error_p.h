#pragma once

#include "sluice/base/error.h"

#include <QtSql/QSqlError>

namespace sluice::detail {

/// SQLite's primary result code of an error (extended codes cut to it); 0 when there is none.
[[nodiscard]] int sqliteCode(const QSqlError &error);

/// What SQLite refused of the file at `path`, as a sentence with advice. `doing` reads like "read the runs".
[[nodiscard]] Error storageError(const QSqlError &error, const QString &doing, const QString &path);

inline constexpr int kSqliteBusy = 5;
inline constexpr int kSqliteCorrupt = 11;
inline constexpr int kSqliteNotADatabase = 26;

} // namespace sluice::detail
