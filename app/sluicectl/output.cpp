#include "output.h"

#include "text.h"

#include "sluice/base/visible_text.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice::ctl {

namespace {

constexpr int LookMs = 200;
Output *s_instance = nullptr;

/// Zero, or what went wrong. Waits where the other side is slow.
int writeAll(int file, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(file, bytes.constData() + done, std::size_t(bytes.size() - done));
        if (count >= 0) {
            done += count;
        } else if (errno == EAGAIN) {
            pollfd room{file, POLLOUT, 0};
            ::poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

Output::Output(QObject *parent)
    : QObject(parent)
{
    s_instance = this;
    m_look.setInterval(LookMs);
    connect(&m_look, &QTimer::timeout, this, [this] {
        pollfd out{STDOUT_FILENO, 0, 0};
        if (::poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP)) != 0)
            fail(EPIPE);
    });
}

Output::~Output()
{
    s_instance = nullptr;
}

Output &Output::instance()
{
    return *s_instance;
}

void Output::write(const QByteArray &bytes)
{
    if (m_failure || bytes.isEmpty())
        return;
    const bool terminal = ::isatty(STDOUT_FILENO) != 0;
    if (const int error = writeAll(STDOUT_FILENO, terminal ? visibleText(QString::fromUtf8(bytes)).toUtf8() : bytes))
        fail(error);
}

void Output::watchReader()
{
    struct stat status {};
    const bool mayGo = ::fstat(STDOUT_FILENO, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
    if (mayGo && !m_failure)
        m_look.start();
}

void Output::fail(int error)
{
    if (m_failure)
        return;
    m_look.stop();
    const bool gone = error == EPIPE;
    m_failure = Error(Error::Kind::Storage, gone ? Text::tr("Nobody reads the output any more.")
                                                 : Text::tr("The output cannot be written: %1.").arg(QString::fromLocal8Bit(std::strerror(error))));
    if (gone)
        QMetaObject::invokeMethod(this, &Output::readerGone, Qt::QueuedConnection);
}

void writeOut(const QByteArray &bytes)
{
    Output::instance().write(bytes);
}

void writeText(const QString &text)
{
    writeOut(visibleText(text).toUtf8());
}

void writeErr(const QString &line)
{
    writeErrPiece(line + QLatin1Char('\n'));
}

void writeErrPiece(const QString &piece)
{
    writeAll(STDERR_FILENO, visibleText(piece).toUtf8());
}

void requireOutput(const QString &advice)
{
    std::optional<Error> failure = Output::instance().failure();
    if (failure)
        throw failure->withAdvice(advice);
}

} // namespace sluice::ctl
