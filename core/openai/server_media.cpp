#include "server_exchange_p.h"

#include "media_forms_p.h"

#include "sluice/base/file_text.h"

#include <QDateTime>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxMediaBytes = 64 * 1024 * 1024;
constexpr qsizetype MaxAnswerBytes = 256 * 1024 * 1024;

/// The JSON of a pipeline's answer; nothing when that has been answered otherwise.
awaitable<std::optional<Json>> pipelineAnswer(ServerExchange &exchange, UpstreamRequest request)
{
    std::optional<Json> found;
    const auto answer = co_await exchange.ask(std::move(request), MaxAnswerBytes);
    if (!answer)
        co_return found;
    if (!*answer) {
        co_await exchange.refuse(answer->error());
        co_return found;
    }
    const UpstreamAnswer &upstream = **answer;
    if (upstream.status != 200) {
        const UpstreamFailure failure = upstreamError(upstream.status, upstream.body, upstream.retryAfter, false);
        co_await exchange.refuse(failure);
        co_return found;
    }
    const auto json = Json::parse(upstream.body);
    if (!json || !json->isObject()) {
        const UpstreamFailure failure(ApiError::badGateway(QStringLiteral("The upstream answered nothing that can be used.")), true);
        co_await exchange.refuse(failure);
        co_return found;
    }
    found = *json;
    co_return found;
}

/// The bytes behind an address that a pipeline gave; nothing when that has been answered.
awaitable<std::optional<QByteArray>> fetched(ServerExchange &exchange, QString url)
{
    std::optional<QByteArray> bytes;
    std::optional<UpstreamFailure> failure;
    if (url.startsWith(QLatin1String("data:"))) {
        const auto file = fileInText(url);
        if (file)
            bytes = *file;
        else
            failure = UpstreamFailure(ApiError::badGateway(QStringLiteral("What the upstream made cannot be read: %1").arg(file.error().message())), true);
    } else {
        UpstreamRequest request = exchange.upstreamRequest(url.toUtf8());
        request.method = "GET";
        request.fromOrigin = true;
        auto answer = co_await exchange.ask(std::move(request), MaxMediaBytes);
        if (!answer)
            co_return bytes;
        if (!*answer)
            failure = answer->error();
        else if ((**answer).status != 200)
            failure = UpstreamFailure(ApiError::badGateway(QStringLiteral("What the upstream made could not be fetched: it answered %1.").arg((**answer).status)), true);
        else
            bytes = std::move((**answer).body);
    }
    if (failure) {
        failure->accepted = true; // made, and paid for
        co_await exchange.refuse(*failure);
    }
    co_return bytes;
}

awaitable<void> answerImages(ServerExchange &exchange, Json answer, bool base64)
{
    const QStringList urls = media::imagesIn(answer);
    if (urls.isEmpty()) {
        const UpstreamFailure failure(ApiError::badGateway(QStringLiteral("The upstream answered without a picture.")), true);
        co_await exchange.refuse(failure);
        co_return;
    }
    Json data = Json::array();
    for (const QString &url : urls) {
        if (!base64) {
            data.append(Json{{QStringLiteral("url"), media::absolute(url, exchange.ownOrigin())}});
            continue;
        }
        const std::optional<QByteArray> bytes = co_await fetched(exchange, url);
        if (!bytes)
            co_return;
        data.append(Json{{QStringLiteral("b64_json"), QString::fromLatin1(bytes->toBase64())}});
    }
    const Json whole{{QStringLiteral("created"), QDateTime::currentSecsSinceEpoch()}, {QStringLiteral("data"), data}};
    co_await exchange.answerJson(whole);
}

/// Reads the body and asks whether the upstream has this route itself, which is then passed on. True when nothing is left to do.
awaitable<bool> answeredByUpstream(ServerExchange &exchange, QByteArray route, QString *model)
{
    const bool read = co_await exchange.readBody();
    if (!read)
        co_return true;
    *model = media::modelOf(exchange.request());
    exchange.setModel(*model);
    const auto dialect = co_await exchange.upstream().dialect(*model);
    if (!dialect) {
        co_await exchange.refuse(dialect.error());
        co_return true;
    }
    if (*dialect != Dialect::OpenAi)
        co_return false;
    co_await passOn(exchange, exchange.upstreamRequest(route));
    co_return true;
}

/// To a pipeline, as one of the forms made it.
UpstreamRequest toPipeline(ServerExchange &exchange, const media::PipelineRequest &made)
{
    UpstreamRequest request = exchange.upstreamRequest(made.path);
    request.headers = headers::contentType(made.contentType);
    request.body = made.body;
    exchange.request().dropBody();
    return request;
}

} // namespace

awaitable<void> serveImages(ServerExchange &exchange, QByteArray route)
{
    QString model;
    const bool done = co_await answeredByUpstream(exchange, route, &model);
    if (done)
        co_return;
    const bool edits = route == "/images/edits";
    const auto made = edits ? media::imageEdit(exchange.request(), exchange.context().options.imagesAsBase64)
                            : media::imageGeneration(exchange.request(), exchange.context().options.imagesAsBase64);
    if (!made) {
        co_await exchange.refuse(made.error());
        co_return;
    }
    UpstreamRequest request = toPipeline(exchange, made->request);
    const std::optional<Json> answer = co_await pipelineAnswer(exchange, std::move(request));
    if (answer)
        co_await answerImages(exchange, *answer, made->base64);
}

awaitable<void> serveTranscription(ServerExchange &exchange, QByteArray route)
{
    QString model;
    const bool done = co_await answeredByUpstream(exchange, route, &model);
    if (done)
        co_return;
    const auto made = media::transcription(exchange.request());
    if (!made) {
        co_await exchange.refuse(made.error());
        co_return;
    }
    UpstreamRequest request = toPipeline(exchange, made->request);
    const std::optional<Json> answer = co_await pipelineAnswer(exchange, std::move(request));
    if (!answer)
        co_return;
    if (!answer->value(QStringLiteral("text")).isString()) {
        const UpstreamFailure failure(ApiError::badGateway(QStringLiteral("The upstream answered without a text.")), true);
        co_await exchange.refuse(failure);
        co_return;
    }
    QByteArray body = media::transcript(*answer, *made);
    QByteArray type = media::transcriptType(made->format);
    co_await exchange.answer(200, std::move(type), std::move(body));
}

awaitable<void> serveSpeech(ServerExchange &exchange, QByteArray route)
{
    QString model;
    const bool done = co_await answeredByUpstream(exchange, route, &model);
    if (done)
        co_return;
    const auto made = media::speech(exchange.request());
    if (!made) {
        co_await exchange.refuse(made.error());
        co_return;
    }
    UpstreamRequest request = toPipeline(exchange, made->request);
    const std::optional<Json> answer = co_await pipelineAnswer(exchange, std::move(request));
    if (!answer)
        co_return;
    const QString url = answer->value(QStringLiteral("audio")).value(QStringLiteral("url")).toString();
    if (url.isEmpty()) {
        const UpstreamFailure failure(ApiError::badGateway(QStringLiteral("The upstream answered without sound.")), true);
        co_await exchange.refuse(failure);
        co_return;
    }
    std::optional<QByteArray> sound = co_await fetched(exchange, url);
    if (!sound)
        co_return;
    QByteArray type = "audio/wav";
    if (made->raw) {
        *sound = media::samplesOf(*sound);
        type = "audio/pcm";
    }
    QByteArray bytes = std::move(*sound);
    co_await exchange.answer(200, std::move(type), std::move(bytes));
}

} // namespace sluice::openai
