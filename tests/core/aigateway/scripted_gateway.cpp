#include "scripted_gateway.h"

#include "sluice/base/expected.h"

namespace sluice::test {

ScriptedGateway::Answer ScriptedGateway::closing()
{
    Answer answer;
    answer.closes = true;
    return answer;
}

ScriptedGateway::Answer ScriptedGateway::breaking(const QByteArray &body, const QByteArray &type)
{
    Answer answer(200, body, type);
    answer.breaks = true;
    return answer;
}

ScriptedGateway::Answer ScriptedGateway::hanging(const QByteArray &body, const QByteArray &type)
{
    Answer answer(200, body, type);
    answer.hangs = true;
    return answer;
}

ScriptedGateway::ScriptedGateway()
    : m_server(std::make_unique<HttpServer>(m_io, HttpServerOptions(),
          [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); }))
{
    orThrow(m_server->listen());
}

void ScriptedGateway::answer(const QByteArray &path, const QList<Answer> &answers)
{
    const std::lock_guard lock(m_mutex);
    m_answers.insert(path, answers);
}

QList<ServerRequest> ScriptedGateway::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

QList<ServerRequest> ScriptedGateway::asked(const QByteArray &path) const
{
    QList<ServerRequest> some = asked();
    some.removeIf([&](const ServerRequest &one) { return one.path != path; });
    return some;
}

int ScriptedGateway::left() const
{
    const std::lock_guard lock(m_mutex);
    return m_left;
}

ScriptedGateway::Answer ScriptedGateway::next(const ServerRequest &request)
{
    const std::lock_guard lock(m_mutex);
    ServerRequest kept = request;
    kept.bodyShare.reset();
    m_asked.append(kept);
    QList<Answer> &answers = m_answers[request.path];
    if (answers.isEmpty())
        return Answer(404, "404 page not found\n", "text/plain; charset=utf-8");
    return answers.size() > 1 ? answers.takeFirst() : answers.first();
}

boost::asio::awaitable<void> ScriptedGateway::handle(ServerRequest request, ServerResponse &response)
{
    const Answer answer = next(request);
    if (answer.closes) {
        response.abort();
        co_return;
    }
    const Headers type = answer.type.isEmpty() ? Headers() : headers::contentType(answer.type);
    if (!answer.breaks && !answer.hangs) {
        co_await response.send(answer.status, type, answer.body);
        co_return;
    }
    co_await response.begin(answer.status, type);
    co_await response.write(answer.body);
    if (answer.breaks) {
        response.abort();
        co_return;
    }
    co_await response.closed();
    const std::lock_guard lock(m_mutex);
    ++m_left;
}

GatewayConfig aiConfig(const QUrl &baseUrl, const QByteArray &apiKey)
{
    GatewayConfig config;
    BackendSettings settings;
    settings.values = Json{{QStringLiteral("base_url"), baseUrl.toString()}};
    if (!apiKey.isEmpty())
        settings.secrets.insert(QStringLiteral("/api_key"), Secret(apiKey));
    config.backends.insert(QStringLiteral("aigateway"), settings);
    return config;
}

Call aiCall(const QString &pipeline, const Json &input, Verb verb)
{
    Call call;
    call.backend = QStringLiteral("aigateway");
    call.capability = pipeline;
    call.verb = verb;
    call.input = input;
    return call;
}

QByteArray tinyPng()
{
    return QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=");
}

Error errorOf(const Expected<RunResult> &run)
{
    return run ? Error(Error::Kind::Internal, QStringLiteral("it succeeded")) : run.error();
}

} // namespace sluice::test
