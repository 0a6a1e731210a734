#include "sluice/base/disk_space.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <sys/statvfs.h>

namespace sluice {

namespace {
/// A database that grows by less than this asks for it in one piece: its pages, and the index beside its log.
constexpr unsigned long long FewPages = 64 * 1024;
} // namespace

bool isDiskFull(const QString &fileName)
{
    struct statvfs room {};
    if (::statvfs(QFile::encodeName(QFileInfo(fileName).absolutePath()).constData(), &room) != 0 || room.f_blocks == 0)
        return false;
    const unsigned long long left = static_cast<unsigned long long>(room.f_bavail) * room.f_frsize;
    // Some file systems have no fixed number of files, and tell none.
    return left < FewPages || (room.f_files > 0 && room.f_favail == 0);
}

} // namespace sluice
