#include "stdin_lines.h"

#include <array>
#include <poll.h>
#include <unistd.h>

namespace sluice::ctl {

namespace {

constexpr qsizetype MaxLine = 1024 * 1024;
constexpr int LookMs = 100;

} // namespace

StdinLines::StdinLines(QObject *parent)
    : QObject(parent)
{
}

StdinLines::~StdinLines()
{
    m_stopping = true;
    if (m_thread.joinable())
        m_thread.join();
}

void StdinLines::start(bool whole)
{
    m_thread = std::thread([this, whole] { read(whole); });
}

/// False when it is being stopped.
bool StdinLines::give(const QByteArray &bytes)
{
    while (!m_room.tryAcquire(1, LookMs)) {
        if (m_stopping)
            return false;
    }
    Q_EMIT line(bytes); // queued: the taker lives on another thread
    return true;
}

void StdinLines::read(bool whole)
{
    QByteArray pending;
    std::array<char, 64 * 1024> buffer{};
    while (!m_stopping) {
        pollfd in{STDIN_FILENO, POLLIN, 0};
        if (::poll(&in, 1, LookMs) <= 0)
            continue;
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count <= 0)
            break;
        pending.append(buffer.data(), count);
        if (whole) {
            if (!give(std::exchange(pending, {})))
                return;
            continue;
        }
        qsizetype newline = 0;
        while ((newline = pending.indexOf('\n')) >= 0 || pending.size() > MaxLine) {
            const qsizetype length = newline >= 0 ? newline + 1 : MaxLine;
            if (!give(pending.left(length)))
                return;
            pending.remove(0, length);
        }
    }
    if (m_stopping || (!pending.isEmpty() && !give(pending)))
        return;
    Q_EMIT ended();
}

} // namespace sluice::ctl
