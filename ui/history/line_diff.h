#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace sluice::ui {

/// One row of two texts side by side.
struct DiffRow {
    enum class Kind { Same, Removed, Added, Changed };
    Kind kind = Kind::Same;
    QString left;  ///< empty for Added
    QString right; ///< empty for Removed
    bool operator==(const DiffRow &) const = default;
};

/// Aligns two texts line by line with as many equal lines as possible. Texts that differ in more lines than are
/// worth comparing (about 2000 × 2000) are set side by side as they are.
[[nodiscard]] QList<DiffRow> diffLines(const QStringList &left, const QStringList &right);

} // namespace sluice::ui
