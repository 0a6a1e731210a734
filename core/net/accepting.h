#pragma once

#include "sluice/base/expected.h"
#include "sluice/net/io_thread.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <QtCore/QString>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace sluice {

/// What every server of the I/O thread does with its connections: accepts them, counts them, and ends when the last of them has. A base of the
/// part of a server that lives as long as something of it runs there. What is virtual, entered() and left() belong to the I/O thread.
class Accepting {
public:
    explicit Accepting(IoThread &io);
    virtual ~Accepting() = default;
    Accepting(const Accepting &) = delete;
    Accepting &operator=(const Accepting &) = delete;

    /// Binds; the port. Network.
    [[nodiscard]] Expected<quint16> bind(const QString &address, quint16 port);
    /// Begins to accept; `self` is this.
    void begin(std::shared_ptr<Accepting> self);
    /// Stops accepting, has all connections ended and waits until they have; false when one of them does not within ten seconds. Harmless
    /// twice, and before begin(). Not from the I/O thread.
    [[nodiscard]] bool stop(const std::shared_ptr<Accepting> &self);

    [[nodiscard]] IoThread &io() const { return m_io; }

protected:
    /// A new connection: serve it or drop it. What is served calls entered() now and left() at its end.
    virtual void serve(boost::asio::ip::tcp::socket socket) = 0;
    /// No further one can be accepted, for want of file descriptors most likely: true when one was given up.
    virtual bool makeRoom() { return false; }
    /// Ends those that are open.
    virtual void endAll() = 0;
    /// The last has ended, and no other comes.
    virtual void ended() { }

    void entered() { ++m_open; }
    void left();

private:
    boost::asio::awaitable<void> acceptAll();
    void stopOnThread();
    void tellIfEnded();

    IoThread &m_io;
    boost::asio::ip::tcp::acceptor m_acceptor;
    bool m_begun = false; // of the thread that begins and stops

    // On the I/O thread only.
    std::size_t m_open = 0;
    bool m_accepting = false;
    bool m_stopping = false;

    std::mutex m_mutex;
    std::condition_variable m_endedChanged;
    bool m_ended = false;
};

} // namespace sluice
