#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <thread>

namespace sluice {

/// Owns one Asio context and the one thread that runs it: all servers and streaming bodies live there.
///
/// Because there is one thread, what runs on it needs no locks among itself. An exception that escapes a posted function is logged and
/// does not stop the thread.
class IoThread final {
public:
    /// Starts the thread.
    IoThread();
    /// Stops it.
    ~IoThread();
    IoThread(const IoThread &) = delete;
    IoThread &operator=(const IoThread &) = delete;

    /// Ends the loop and joins; what is still pending is destroyed, unrun. Harmless twice. Not from the thread itself.
    void stop();
    /// Runs `work` on the thread; callable from any thread.
    void post(std::function<void()> work);
    [[nodiscard]] boost::asio::io_context &context() { return m_context; }
    /// True on the I/O thread itself.
    [[nodiscard]] bool isCurrent() const { return std::this_thread::get_id() == m_thread.get_id(); }

private:
    void run();

    boost::asio::io_context m_context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::thread m_thread;
};

} // namespace sluice
