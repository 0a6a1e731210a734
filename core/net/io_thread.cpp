#include "sluice/net/io_thread.h"

#include "sluice/base/log.h"
#include "sluice/net/aside_rest_p.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <QtCore/QString>

#include <csignal>
#include <thread>

namespace sluice {

class IoThread::Private {
public:
    void run();

    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread{[this] { run(); }};
};

void IoThread::Private::run()
{
    // A client that is gone is an error; sendfile(2) cannot be told, as send(2) can, to raise no signal for it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    while (!context.stopped()) {
        try {
            context.run();
        } catch (const std::exception &error) {
            qCCritical(logNet, "An exception reached the I/O thread: %s", error.what());
        }
    }
}

IoThread::IoThread()
    : d(std::make_unique<Private>())
{
}

IoThread::~IoThread()
{
    stop();
    waitForAside();
}

void IoThread::stop()
{
    d->context.stop();
    if (d->thread.joinable())
        d->thread.join();
}

void IoThread::post(std::function<void()> work)
{
    boost::asio::post(d->context, std::move(work));
}

boost::asio::io_context &IoThread::context()
{
    return d->context;
}

bool IoThread::isCurrent() const
{
    return std::this_thread::get_id() == d->thread.get_id();
}

} // namespace sluice
