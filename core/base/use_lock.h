#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QString>

#include <functional>
#include <memory>

namespace sluice {

/// That this process uses what a file stands for: any number of processes at once, and none any more as soon as it has ended, however that was.
/// Whoever provides it may find out that nobody does, with nobody coming in between. The file stays, empty.
class UseLock final {
public:
    /// One user more, until the result goes. Null while somebody is in whenUnused(): ask again. Storage when the file cannot be made.
    [[nodiscard]] static Expected<std::unique_ptr<UseLock>> share(const QString &path);
    /// Calls `action`, if there is one, when nobody uses it, and keeps new users off meanwhile; false when somebody does. A file that cannot be
    /// made has no users.
    static bool whenUnused(const QString &path, const std::function<void()> &action = {});
    ~UseLock();
    UseLock(const UseLock &) = delete;
    UseLock &operator=(const UseLock &) = delete;

private:
    explicit UseLock(int file);
    int m_file;
};

} // namespace sluice
