#pragma once

#include <QtCore/QString>

namespace sluice::detail {

/// A process, told apart from a later one that got the same number: by when it started, in which boot.
struct ProcessIdentity {
    qint64 pid = 0;
    QString started;
    bool operator==(const ProcessIdentity &) const = default;

    [[nodiscard]] static const ProcessIdentity &own();
    /// False once it ended (a zombie has ended).
    [[nodiscard]] bool isAlive() const;
};

} // namespace sluice::detail
