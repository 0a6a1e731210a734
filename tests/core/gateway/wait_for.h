#pragma once

#include <QtCore/QFuture>
#include <QtTest/QTest>

#include <type_traits>

namespace sluice {

/// Runs the event loop until the future has finished: its value.
template <typename T> T waitFor(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }))
        qFatal("the future did not finish");
    future.waitForFinished();
    if constexpr (!std::is_void_v<T>)
        return future.result();
}

} // namespace sluice
