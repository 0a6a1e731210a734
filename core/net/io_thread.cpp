#include "sluice/net/io_thread.h"

#include "sluice/base/log.h"

#include <boost/asio/post.hpp>

#include <QtCore/QString>

namespace sluice {

IoThread::IoThread()
    : m_work(boost::asio::make_work_guard(m_context))
    , m_thread([this] { run(); })
{
}

IoThread::~IoThread()
{
    stop();
}

void IoThread::stop()
{
    m_context.stop();
    if (m_thread.joinable())
        m_thread.join();
}

void IoThread::post(std::function<void()> work)
{
    boost::asio::post(m_context, std::move(work));
}

void IoThread::run()
{
    while (!m_context.stopped()) {
        try {
            m_context.run();
        } catch (const std::exception &error) {
            qCCritical(logNet, "An exception reached the I/O thread: %s", error.what());
        }
    }
}

} // namespace sluice
