#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QSemaphore>

#include <atomic>
#include <thread>

namespace sluice::ctl {

/// Standard input as it comes, without holding up the event loop: a thread of its own reads. Each line must be acknowledged with
/// taken(), so that a slow receiver slows the reader.
class StdinLines final : public QObject {
    Q_OBJECT
public:
    explicit StdinLines(QObject *parent = nullptr);
    ~StdinLines() override;

    /// Begins to read. `whole`: pieces as they come instead of lines.
    void start(bool whole = false);
    void taken() { m_room.release(); }

Q_SIGNALS:
    /// With its newline, if it had one; longer than 1 MiB comes in pieces.
    void line(const QByteArray &bytes);
    void ended();

private:
    void read(bool whole);
    bool give(const QByteArray &bytes);

    QSemaphore m_room{256};
    std::atomic<bool> m_stopping = false;
    std::thread m_thread;
};

} // namespace sluice::ctl
