#pragma once

#include <QtCore/QString>

namespace sluice {

/// Whether the file system that holds this file, or would hold it, has no room left for a few pages, or for one more file. False where it does
/// not tell. What a failed write meant: the error of a library that sits between often says less.
[[nodiscard]] bool isDiskFull(const QString &fileName);

} // namespace sluice
