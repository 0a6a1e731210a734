#pragma once

#include "sluice/base/json.h"
#include "sluice/media/encoder.h"
#include "sluice/media/stage.h"
#include "sluice/net/asio_tls.h"
#include "sluice/net/http_server.h"
#include "sluice/trickle/server.h"

#include <QtCore/QUrl>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace sluice::bench {

/// The value that `share` of the values do not pass (nearest rank); nothing without values.
[[nodiscard]] inline std::optional<double> percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const auto rank = std::size_t(std::ceil(share * double(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

[[nodiscard]] inline double milliseconds(std::chrono::steady_clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Processor time that this thread has taken.
[[nodiscard]] inline double threadCpuMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Measured values from any thread.
class Samples final {
public:
    void add(double value)
    {
        const std::lock_guard lock(m_mutex);
        m_values.push_back(value);
    }
    [[nodiscard]] std::vector<double> values() const
    {
        const std::lock_guard lock(m_mutex);
        return m_values;
    }
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_values.clear();
    }

private:
    mutable std::mutex m_mutex;
    std::vector<double> m_values;
};

/// A number with so many digits after the point, or null.
[[nodiscard]] inline Json rounded(std::optional<double> value, int digits = 2)
{
    const double scale = std::pow(10, digits);
    return value ? Json(std::round(*value * scale) / scale) : Json();
}

/// One line of the report.
inline void printLine(const Json &line)
{
    std::printf("%s\n", line.dump().constData());
    std::fflush(stdout);
}

/// A trickle server on loopback with an I/O thread of its own; channels come into being when they are used.
class LoopbackServer final {
public:
    explicit LoopbackServer(bool tls)
        : m_server(m_io, [] {
            trickle::ServerOptions options;
            options.autocreate = true;
            return options;
        }())
    {
        HttpServerOptions options;
        if (tls)
            options.tls = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
        options.streamsBody = [this](const ServerRequest &head) { return m_server.streamsBody(head); };
        m_http = std::make_unique<HttpServer>(m_io, std::move(options),
            [this](ServerRequest request, ServerResponse &response) { return m_server.handle(std::move(request), response); });
        orThrow(m_http->listen());
    }
    ~LoopbackServer() { m_http->stop(); }
    LoopbackServer(const LoopbackServer &) = delete;
    LoopbackServer &operator=(const LoopbackServer &) = delete;

    /// The address of a channel that exists.
    [[nodiscard]] QUrl channel(const QByteArray &name)
    {
        std::promise<void> made;
        m_io.post([&] {
            m_server.create(name, "video/mp2t");
            made.set_value();
        });
        made.get_future().wait();
        return QUrl(m_http->origin() + QLatin1Char('/') + QString::fromUtf8(name));
    }
    /// Processor time that the server's thread has taken.
    [[nodiscard]] double cpuMs()
    {
        std::promise<double> taken;
        m_io.post([&] { taken.set_value(threadCpuMs()); });
        return taken.get_future().get();
    }

private:
    IoThread m_io;
    trickle::Server m_server;
    std::unique_ptr<HttpServer> m_http;
};

} // namespace sluice::bench
