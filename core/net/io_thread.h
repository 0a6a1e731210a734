#pragma once

#include <functional>
#include <future>
#include <memory>

// Only declared, so that users of these clients need not have Asio.
namespace boost::asio {
class io_context;
}

namespace sluice {

/// Owns one Asio context and the one thread that runs it: all servers and streaming bodies run there.
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
    [[nodiscard]] boost::asio::io_context &context();
    /// True on the I/O thread itself.
    [[nodiscard]] bool isCurrent() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Runs `question` on the I/O thread and returns its result; blocks until then. Not from that thread itself.
template <typename F> auto askOn(IoThread &io, F question)
{
    std::promise<decltype(question())> promise;
    auto answer = promise.get_future();
    io.post([&] { promise.set_value(question()); });
    return answer.get();
}

} // namespace sluice
