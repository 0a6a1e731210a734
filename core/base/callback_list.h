#pragma once

#include "sluice/base/subscription.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace sluice {

/// Callbacks that any thread may add, call and take off again.
///
/// Taking one off (by dropping its Subscription) waits until it does not run on another thread any more, so that what the
/// callback uses may go right after it; as std::stop_callback does. Dropped from within itself, on the same thread,
/// it does not wait. A subscription must not be dropped under a lock that its callback takes.
class CallbackList {
public:
    CallbackList()
        : m_state(std::make_shared<State>())
    {
    }

    /// The subscription may outlive the list.
    [[nodiscard]] Subscription add(std::function<void()> callback);
    /// Calls each one that is there now, on this thread and outside any lock: it may add, drop and call.
    void call();
    /// The same, and takes each off as it begins.
    void callOnce();

private:
    struct Entry {
        std::function<void()> callback;
        std::map<std::thread::id, int> running; ///< how often it is on each thread's stack
        bool spent = false;                     ///< begun by callOnce(), which calls it no second time
    };
    struct State {
        void call(bool once);
        void remove(int id);

        std::mutex mutex;
        std::condition_variable ended;
        std::map<int, std::shared_ptr<Entry>> entries;
        int nextId = 0;
    };
    std::shared_ptr<State> m_state;
};

} // namespace sluice
