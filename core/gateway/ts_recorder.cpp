#include "ts_recorder_p.h"

namespace sluice {

namespace {

/// How many bytes may wait for a slow disk.
constexpr qsizetype MaxWaitingBytes = 64 * 1024 * 1024;

} // namespace

Expected<std::shared_ptr<TsRecorder>> TsRecorder::open(const QString &fileName)
{
    auto file = LateFile::open(fileName);
    if (!file)
        return unexpected(Error(file.error()).withMessage(QStringLiteral("The recording %1").arg(file.error().message())));
    return std::shared_ptr<TsRecorder>(new TsRecorder(std::move(*file)));
}

TsRecorder::TsRecorder(std::unique_ptr<LateFile> file)
    : m_file(std::move(file))
    , m_thread([this] { work(); })
{
}

TsRecorder::~TsRecorder()
{
    close();
}

void TsRecorder::segmentStart()
{
    const std::lock_guard lock(m_mutex);
    m_started = true;
}

bool TsRecorder::write(const QByteArray &bytes)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_started || m_closing)
            return true;
        if (m_failed || m_waitingBytes + bytes.size() > MaxWaitingBytes) {
            m_failed = true; // a file with a hole would play as garbage
            return false;
        }
        m_waitingBytes += bytes.size();
        m_waiting.push_back(bytes);
    }
    m_changed.notify_one();
    return true;
}

Error TsRecorder::problem() const
{
    const std::lock_guard lock(m_mutex);
    const QString reason = m_reason.isEmpty() ? QStringLiteral("the disk is too slow") : m_reason;
    return Error(Error::Kind::Storage, QStringLiteral("The recording of what is received stopped: %1.").arg(reason))
        .withAdvice(QStringLiteral("What was written before is kept. Choose a place with more room."));
}

void TsRecorder::close()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_closing, true))
            return;
    }
    m_changed.notify_one();
    m_thread.join();
    m_file.reset();
}

void TsRecorder::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
        if (m_waiting.empty())
            return;
        const QByteArray bytes = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= bytes.size();
        lock.unlock();
        const std::optional<QString> problem = m_file->write(bytes);
        lock.lock();
        if (problem && m_reason.isEmpty())
            m_reason = *problem;
        m_failed = m_failed || problem;
    }
}

} // namespace sluice
