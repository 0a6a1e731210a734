#include "sluice/store/process_identity_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QList>

namespace sluice::detail {

namespace {

QByteArray readSmall(const QString &path)
{
    constexpr qint64 kMax = 4096;
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(kMax) : QByteArray();
}

/// Boot id and start time in ticks (field 22 of /proc/PID/stat), or empty when there is no such process any more.
QString startOf(qint64 pid)
{
    const QByteArray stat = readSmall(QStringLiteral("/proc/%1/stat").arg(pid));
    // The second field is the program's name in brackets, which may itself hold brackets and blanks.
    const qsizetype afterName = stat.lastIndexOf(')');
    const QList<QByteArray> fields = stat.mid(afterName + 2).split(' ');
    constexpr qsizetype kState = 0;
    constexpr qsizetype kStartTime = 19;
    if (afterName < 0 || fields.size() <= kStartTime || fields.at(kState) == "Z" || fields.at(kState) == "X")
        return {};
    static const QByteArray boot = readSmall(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed();
    return QString::fromLatin1(boot + ':' + fields.at(kStartTime));
}

} // namespace

const ProcessIdentity &ProcessIdentity::own()
{
    static const ProcessIdentity identity{QCoreApplication::applicationPid(), startOf(QCoreApplication::applicationPid())};
    return identity;
}

bool ProcessIdentity::isAlive() const
{
    return !started.isEmpty() && startOf(pid) == started;
}

} // namespace sluice::detail
