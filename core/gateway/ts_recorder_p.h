#pragma once

#include "sluice/base/late_file.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace sluice {

/// Writes a stream's segments to a file, from the first whole one on, without blocking the stream: a thread of its own writes.
/// Thread-safe.
class TsRecorder final {
public:
    /// Storage when the file cannot be written. What stood in it goes with the first byte that comes.
    [[nodiscard]] static Expected<std::shared_ptr<TsRecorder>> open(const QString &fileName);
    /// close()s.
    ~TsRecorder();
    TsRecorder(const TsRecorder &) = delete;
    TsRecorder &operator=(const TsRecorder &) = delete;

    /// A segment begins: what follows is kept.
    void segmentStart();
    /// False when the bytes were not kept although they should be: the disk is too slow or full.
    bool write(const QByteArray &bytes);
    /// Why bytes were not kept. Storage.
    [[nodiscard]] Error problem() const;
    /// Writes what waits and closes the file. Blocks until then.
    void close();

private:
    explicit TsRecorder(std::unique_ptr<LateFile> file);
    void work();

    std::unique_ptr<LateFile> m_file;
    QString m_reason; ///< the system's, when a write failed
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QByteArray> m_waiting;
    qsizetype m_waitingBytes = 0;
    bool m_started = false;
    bool m_closing = false;
    bool m_failed = false;
    std::thread m_thread;
};

} // namespace sluice
