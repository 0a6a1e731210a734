#include "sluice/base/late_file.h"

#include <QtCore/QFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {

namespace {

constexpr mode_t UsualMode = 0666; // less the user's mask

bool isRegular(int file)
{
    struct stat status {};
    return ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

} // namespace

LateFile::LateFile(QString path, int file, bool made)
    : m_path(std::move(path))
    , m_file(file)
    , m_made(made)
{
}

Expected<std::unique_ptr<LateFile>> LateFile::open(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY;
    int file = ::open(name.constData(), flags | O_CREAT | O_EXCL, UsualMode);
    const bool made = file >= 0;
    if (file < 0 && errno == EEXIST)
        file = ::open(name.constData(), flags);
    if (file < 0)
        return unexpected(Error(Error::Kind::Storage, QStringLiteral("%1 cannot be written: %2.").arg(path, qt_error_string(errno)))
                              .withAdvice(QStringLiteral("Choose a folder that exists and may be written to.")));
    return std::unique_ptr<LateFile>(new LateFile(path, file, made));
}

LateFile::~LateFile()
{
    ::close(m_file);
    if (m_made && !m_begun)
        QFile::remove(m_path);
}

std::optional<QString> LateFile::write(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return std::nullopt;
    if (!m_begun && isRegular(m_file) && ::ftruncate(m_file, 0) != 0)
        return qt_error_string(errno);
    m_begun = true;
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count = ::write(m_file, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (count < 0 && errno != EINTR)
            return qt_error_string(errno);
        done += std::max<ssize_t>(0, count);
    }
    return std::nullopt;
}

} // namespace sluice
