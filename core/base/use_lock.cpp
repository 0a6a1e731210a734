#include "sluice/base/use_lock.h"

#include <QtCore/QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace sluice {

namespace {

/// Not for programs that this one starts: a lock lasts as long as anybody has the file open.
int openedAt(const QString &path)
{
    return ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

} // namespace

UseLock::UseLock(int file)
    : m_file(file)
{
}

UseLock::~UseLock()
{
    ::close(m_file);
}

Expected<std::unique_ptr<UseLock>> UseLock::share(const QString &path)
{
    const int file = openedAt(path);
    if (file < 0)
        return unexpected(Error(Error::Kind::Storage, QStringLiteral("%1 cannot be written: %2.").arg(path, qt_error_string(errno)))
                              .withAdvice(QStringLiteral("Make its folder writable for you, or choose another file.")));
    std::unique_ptr<UseLock> lock(new UseLock(file));
    if (::flock(file, LOCK_SH | LOCK_NB) != 0)
        lock.reset();
    return lock;
}

bool UseLock::whenUnused(const QString &path, const std::function<void()> &action)
{
    const int file = openedAt(path);
    const UseLock alone(file); // closing what was never opened does nothing
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0)
        return false;
    if (action)
        action();
    return true;
}

} // namespace sluice
