#pragma once

#include "sluice/net/io_thread.h"

#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice {

/// A bad network: passes TCP connections on to a port of this machine, and spoils them as a test says.
///
/// It works on bytes, so that TLS passes through untouched, and on a thread of its own. Functions from any other thread; a fault
/// acts on connections that stand and on those to come, and lasts until heal() unless it says otherwise.
class FaultProxy final {
public:
    enum class Way { Up, Down }; ///< to the server, to the client

    FaultProxy();
    /// Resets what still stands.
    ~FaultProxy();
    FaultProxy(const FaultProxy &) = delete;
    FaultProxy &operator=(const FaultProxy &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url() const;
    /// Where new connections lead. Before that they are refused.
    void forwardTo(quint16 port);

    /// Resets (RST) every connection, once.
    void reset();
    /// Resets the connection that carries the last of the next `bytes` bytes that way, in the middle of them, once.
    void resetAfter(Way way, qint64 bytes);
    /// Every byte arrives that much later, in both directions.
    void delay(std::chrono::milliseconds time);
    /// Nothing passes for that long; all of it comes afterwards.
    void silence(std::chrono::milliseconds time);
    /// All connections together carry no more than that in each direction, with little room on the way.
    void throttle(qint64 bytesPerSecond);
    /// New connections are reset at once.
    void refuse();
    void heal();

    struct Counts {
        int accepted = 0;
        int open = 0;
        int resets = 0; ///< by a fault
        qint64 up = 0;  ///< bytes
        qint64 down = 0;
    };
    [[nodiscard]] Counts counts();

private:
    class Core;
    void onThread(const std::function<void()> &work);

    IoThread m_io;
    quint16 m_port = 0;
    std::shared_ptr<Core> m_core;
};

} // namespace sluice
