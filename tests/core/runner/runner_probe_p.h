#pragma once

#include "sluice/net/asio_http_client.h"
#include "sluice/net/io_thread.h"
#include "sluice/runner/runner_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <functional>

namespace sluice {

inline QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// A capability whose work the test writes.
class Scripted final : public PredictCapability {
public:
    using Work = std::function<PredictResult(const Json &, const RunContext &)>;
    explicit Scripted(Work work, QString capabilityName = QStringLiteral("echo"), int slots = 2)
        : m_work(std::move(work))
        , m_name(std::move(capabilityName))
        , m_slots(slots)
    {
    }
    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QString description() const override { return QStringLiteral("Gives back what it gets."); }
    [[nodiscard]] QString version() const override { return QStringLiteral("1.2.3"); }
    [[nodiscard]] CapabilityPrice price() const override { return {100'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return m_slots; }
    [[nodiscard]] Json inputSchema() const override
    {
        return orThrow(Json::parse(R"({"type":"object","required":["text"],"properties":{
            "text":{"type":"string","minLength":1},"times":{"type":"integer","minimum":1,"maximum":9,"default":1},
            "items":{"type":"array","items":{"type":"object","properties":{"n":{"type":"number"}}}}}})"));
    }
    [[nodiscard]] Json outputSchema() const override { return orThrow(Json::parse(R"({"type":"object","x-output":{"type":"json"}})")); }
    [[nodiscard]] QList<Example> examples() const override { return {{QStringLiteral("One word"), Json{{key("text"), "hi"}}}}; }
    [[nodiscard]] PredictResult predict(const Json &input, const RunContext &context) override { return m_work(input, context); }

private:
    Work m_work;
    QString m_name;
    int m_slots;
};

/// The same for a stream.
class ScriptedStream final : public StreamCapability {
public:
    using Work = std::function<void(const Json &, EventSink &, const RunContext &)>;
    explicit ScriptedStream(Work work)
        : m_work(std::move(work))
    {
    }
    [[nodiscard]] QString name() const override { return QStringLiteral("ticker"); }
    [[nodiscard]] QString description() const override { return QStringLiteral("Sends what the test says."); }
    [[nodiscard]] QString version() const override { return QStringLiteral("1"); }
    [[nodiscard]] CapabilityPrice price() const override { return {100'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] Json inputSchema() const override { return orThrow(Json::parse(R"({"type":"object"})")); }
    [[nodiscard]] Json outputSchema() const override { return orThrow(Json::parse(R"({"x-output":{"type":"text_stream"}})")); }
    [[nodiscard]] QString path() const override { return QStringLiteral("v1/chat/completions"); }
    void generate(const Json &input, EventSink &sink, const RunContext &context) override { m_work(input, sink, context); }
    [[nodiscard]] Json collected(const QList<QByteArray> &events) const override { return Json{{key("count"), qint64(events.size())}}; }

private:
    Work m_work;
};

/// A plain HTTP client for tests that block.
class Probe {
public:
    AsioHttpResponse send(const QByteArray &method, const QString &url, const QByteArray &body = {}, Headers headers = {})
    {
        AsioHttpRequest request;
        request.method = method;
        request.url = QUrl(url);
        request.headers = std::move(headers);
        request.body = body;
        return boost::asio::co_spawn(m_io.context(), asioSend(std::move(request)), boost::asio::use_future).get();
    }
    /// Opens a call and leaves it open; dropping the answer hangs up.
    std::shared_ptr<AsioHttpStream> open(const QString &url, const QByteArray &body)
    {
        AsioHttpRequest request;
        request.url = QUrl(url);
        request.body = body;
        return boost::asio::co_spawn(m_io.context(), asioOpen(std::move(request)), boost::asio::use_future).get();
    }
    /// Begins a call without waiting for anything.
    std::future<AsioHttpResponse> begin(const QString &url, const QByteArray &body)
    {
        AsioHttpRequest request;
        request.url = QUrl(url);
        request.body = body;
        return boost::asio::co_spawn(m_io.context(), asioSend(std::move(request)), boost::asio::use_future);
    }
    QByteArray read(const std::shared_ptr<AsioHttpStream> &stream)
    {
        return boost::asio::co_spawn(m_io.context(), stream->read(), boost::asio::use_future).get();
    }
    void close(std::shared_ptr<AsioHttpStream> &stream)
    {
        std::promise<void> done;
        m_io.post([&] {
            stream->close();
            stream.reset();
            done.set_value();
        });
        done.get_future().wait();
    }

private:
    IoThread m_io;
};

inline Json jsonOf(const AsioHttpResponse &response)
{
    return orThrow(Json::parse(response.body));
}

} // namespace sluice
