#include "peers/openai_server.h"

namespace sluice::test {

using boost::asio::awaitable;

OpenAiServer::OpenAiServer()
    : m_server(std::make_unique<HttpServer>(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); }))
{
    orThrow(m_server->listen());
}

OpenAiServer::~OpenAiServer()
{
    m_server->stop();
}

QUrl OpenAiServer::url() const
{
    return QUrl(m_server->origin());
}

BackendSettings OpenAiServer::settings(const QByteArray &key) const
{
    BackendSettings settings;
    settings.values.insert(QStringLiteral("base_url"), url().toString() + QStringLiteral("/v1"));
    if (!key.isEmpty())
        settings.secrets.insert(QStringLiteral("/api_key"), Secret(key));
    return settings;
}

void OpenAiServer::then(Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_script.push_back(std::move(answer));
}

void OpenAiServer::setPage(const QByteArray &path, Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_pages.insert(path, std::move(answer));
}

QList<ServerRequest> OpenAiServer::posts() const
{
    const std::lock_guard lock(m_mutex);
    return m_posts;
}

QList<ServerRequest> OpenAiServer::gets() const
{
    const std::lock_guard lock(m_mutex);
    return m_gets;
}

QByteArray OpenAiServer::events(const QList<QByteArray> &datas)
{
    QByteArray stream;
    for (const QByteArray &data : datas)
        stream += "data: " + data + "\n\n";
    return stream;
}

awaitable<void> OpenAiServer::handle(ServerRequest request, ServerResponse &response)
{
    Answer answer;
    {
        const std::lock_guard lock(m_mutex);
        if (request.method == "POST") {
            m_posts.append(request);
            answer = ScriptedOrchestrator::json(200, R"({"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]})");
            if (!m_script.empty()) {
                answer = m_script.front();
                m_script.pop_front();
            }
        } else {
            m_gets.append(request);
            answer = m_pages.value(request.path, ScriptedOrchestrator::text(404, "404 page not found"));
        }
    }
    auto watch = response.onClosed([hangups = m_hangups] { ++*hangups; });
    co_await answer(request, response);
    watch.reset();
}

} // namespace sluice::test
