#pragma once

#include "sluice/net/asio_http_client.h"
#include "sluice/net/io_thread.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <QtTest/QTest>

namespace sluice::test {

/// Asks while this thread's event loop runs, as a Gateway on it needs; status 0 and why when the connection was dropped.
inline AsioHttpResponse answerTo(IoThread &client, AsioHttpRequest request)
{
    auto future = boost::asio::co_spawn(client.context(), asioSend(std::move(request)), boost::asio::use_future);
    if (!QTest::qWaitFor([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 20'000))
        qFatal("no answer");
    try {
        return future.get();
    } catch (const Error &error) {
        AsioHttpResponse dropped;
        dropped.body = error.message().toUtf8();
        return dropped;
    }
}

} // namespace sluice::test
