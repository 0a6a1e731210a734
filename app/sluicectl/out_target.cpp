#include "out_target.h"

#include "interrupt.h"
#include "output.h"
#include "text.h"

#include <QCoro/QCoroTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sluice::ctl {

namespace {

using namespace std::chrono_literals;

constexpr auto LookForReader = 100ms;

/// The number of an open file that the path is another name of.
std::optional<int> openFileNamed(const QString &path)
{
    if (path == QLatin1String("/dev/stdout"))
        return STDOUT_FILENO;
    if (path == QLatin1String("/dev/stderr"))
        return STDERR_FILENO;
    for (const QString &folder : {QStringLiteral("/dev/fd/"), QStringLiteral("/proc/self/fd/")}) {
        bool isNumber = false;
        const int number = path.startsWith(folder) ? path.mid(folder.size()).toInt(&isNumber) : -1;
        if (isNumber && number >= 0)
            return number;
    }
    return std::nullopt;
}

Error refused(const QString &path, const QString &why)
{
    return Error(Error::Kind::InvalidInput, Text::tr("--out %1 cannot be written: %2.").arg(path, why))
        .withAdvice(Text::tr("Nothing was sent. Choose a file in a folder that may be written to, a pipe or a device."));
}

QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

} // namespace

OutTarget::OutTarget(QString path)
    : m_path(std::move(path))
{
}

OutTarget::~OutTarget()
{
    if (m_file >= 0)
        ::close(m_file);
}

/// As open(): negative with errno set.
int OutTarget::openStream() const
{
    if (const auto number = openFileNamed(m_path))
        return ::dup(*number);
    // A named pipe without a reader would hold the program up here.
    return ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

QCoro::Task<void> OutTarget::prepare()
{
    struct stat status {};
    const bool exists = ::stat(QFile::encodeName(m_path).constData(), &status) == 0;
    if (openFileNamed(m_path) || (exists && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))) {
        m_kind = Kind::Stream;
        bool told = false;
        for (m_file = openStream(); m_file < 0; m_file = openStream()) {
            if (errno != ENXIO || !S_ISFIFO(status.st_mode))
                throw refused(m_path, reason(errno));
            if (!std::exchange(told, true))
                writeErr(Text::tr("Waiting for a reader of %1.").arg(m_path));
            co_await QCoro::sleepFor(LookForReader);
            if (Interrupt::instance().happened())
                throw Error(Error::Kind::Canceled, Text::tr("Cancelled before anything was sent."));
        }
        if (!openFileNamed(m_path))
            ::fcntl(m_file, F_SETFL, ::fcntl(m_file, F_GETFL) & ~O_NONBLOCK);
        co_return;
    }
    const QFileInfo file(m_path);
    const QFileInfo folder(file.absolutePath());
    if (file.isDir())
        throw refused(m_path, Text::tr("it is a folder"));
    if (!folder.isDir())
        throw refused(m_path, Text::tr("there is no folder %1").arg(file.absolutePath()));
    if (exists ? !file.isWritable() : !folder.isWritable())
        throw refused(m_path, reason(EACCES));
}

void OutTarget::write(const QByteArray &bytes)
{
    const auto failed = [this](const QString &why) {
        return Error(Error::Kind::Storage, Text::tr("%1 cannot be written: %2.").arg(m_path, why));
    };
    if (m_kind == Kind::File) {
        QSaveFile file(m_path);
        file.setDirectWriteFallback(true); // a file may be writable in a folder that is not
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            throw failed(file.errorString());
        return;
    }
    const Interrupt::AtOnce slowReader;
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(m_file, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            throw failed(errno == EPIPE ? Text::tr("nobody reads it any more") : reason(errno));
        done += std::max<ssize_t>(0, count);
    }
}

} // namespace sluice::ctl
