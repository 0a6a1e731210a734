#include "model_server.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sluice::test {

namespace {

HttpServerOptions manyConnections()
{
    HttpServerOptions options;
    options.maxConnections = 4000;
    options.maxConnectionsPerPeer = 4000;
    return options;
}

boost::asio::awaitable<void> wait(std::chrono::milliseconds time)
{
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

} // namespace

ModelServer::ModelServer()
    : m_server(std::make_unique<HttpServer>(m_io, manyConnections(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); }))
{
    orThrow(m_server->listen());
}

ModelServer::~ModelServer()
{
    release();
    m_server->stop();
}

void ModelServer::play(const QString &model, const Script &script)
{
    const std::lock_guard lock(m_mutex);
    m_scripts.insert(model, script);
}

void ModelServer::say(const QString &model, const QStringList &fragments)
{
    Script script;
    for (const QString &fragment : fragments)
        script.pieces.append(event(fragment));
    script.pieces.append("data: [DONE]\n\n");
    play(model, script);
}

void ModelServer::release()
{
    const std::lock_guard lock(m_mutex);
    m_released = true;
}

QList<Json> ModelServer::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

int ModelServer::askedFor(const QString &model) const
{
    int count = 0;
    for (const Json &body : asked())
        count += body.value(QStringLiteral("model")).toString() == model ? 1 : 0;
    return count;
}

void ModelServer::forget()
{
    const std::lock_guard lock(m_mutex);
    m_asked.clear();
    m_released = false;
}

QByteArray ModelServer::event(const QString &content)
{
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + Json(content).dump() + "},\"finish_reason\":null}]}\n\n";
}

boost::asio::awaitable<void> ModelServer::handle(ServerRequest request, ServerResponse &response)
{
    const auto body = Json::parse(request.body);
    if (request.path != "/v1/chat/completions" || !body) {
        co_await response.sendText(404, "no such place");
        co_return;
    }
    const QString model = body->value(QStringLiteral("model")).toString();
    Script script;
    {
        const std::lock_guard lock(m_mutex);
        m_asked.append(*body);
        if (m_scripts.contains(model)) {
            script = m_scripts.value(model);
            m_scripts[model].failures = std::max(0, script.failures - 1);
        } else {
            const QList<Json> messages = body->value(QStringLiteral("messages")).items();
            script.pieces = {event(messages.isEmpty() ? QString() : messages.last().value(QStringLiteral("content")).toString()), "data: [DONE]\n\n"};
        }
    }
    if (script.failures > 0) {
        co_await response.sendText(400, "not yet");
        co_return;
    }
    co_await play(std::move(script), response);
}

boost::asio::awaitable<void> ModelServer::play(Script script, ServerResponse &response)
{
    const Headers type = headers::contentType(script.type);
    if (script.status != 200) {
        QByteArray whole = script.pieces.join();
        co_await response.send(script.status, type, std::move(whole));
        co_return;
    }
    co_await response.begin(200, type);
    for (qsizetype i = 0; i < std::max<qsizetype>(1, script.pieces.size()); ++i) {
        if (i > 0 && script.pause.count() > 0)
            co_await wait(script.pause);
        bool held = script.held && i + 1 >= script.pieces.size();
        while (held) {
            co_await wait(std::chrono::milliseconds(5));
            const std::lock_guard lock(m_mutex);
            held = !m_released;
        }
        if (i < script.pieces.size()) {
            QByteArray piece = script.pieces.at(i);
            co_await response.write(std::move(piece));
        }
    }
    if (script.cut)
        response.abort();
    else
        co_await response.end();
}

} // namespace sluice::test
