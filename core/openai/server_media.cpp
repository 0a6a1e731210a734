#include "server_exchange_p.h"

#include "media_forms_p.h"

#include "sluice/base/file_text.h"
#include "sluice/net/work_aside.h"

#include <QDateTime>

#include <functional>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxMediaBytes = 64 * 1024 * 1024;
constexpr qsizetype MaxAnswerBytes = 256 * 1024 * 1024;
constexpr Json::Limits AnswerLimits{MaxAnswerBytes, 64, 2 * MaxAnswerBytes};

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
    const auto json = co_await parseAside(upstream.body, AnswerLimits);
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
        const auto decode = [url] { return fileInText(url); };
        const auto file = co_await aside(url.size(), decode);
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
    qsizetype size = 0;
    for (const QString &url : urls) {
        if (!base64) {
            data.append(Json{{QStringLiteral("url"), media::absolute(url, exchange.ownOrigin())}});
            continue;
        }
        const std::optional<QByteArray> bytes = co_await fetched(exchange, url);
        if (!bytes)
            co_return;
        const auto encode = [picture = *bytes] { return QString::fromLatin1(picture.toBase64()); };
        const QString text = co_await aside(bytes->size(), encode);
        data.append(Json{{QStringLiteral("b64_json"), text}});
        size += text.size();
    }
    const Json whole{{QStringLiteral("created"), QDateTime::currentSecsSinceEpoch()}, {QStringLiteral("data"), data}};
    const auto write = [whole] { return whole.dump(); };
    QByteArray body = co_await aside(size, write);
    co_await exchange.answer(200, "application/json", std::move(body));
}

/// The request's body, read aside where it is long: it would hold up the pieces of everybody else's streams.
awaitable<media::Incoming> readIncoming(ServerExchange &exchange)
{
    const QByteArray body = exchange.request().body;
    const Headers fields = exchange.request().headers;
    const auto read = [fields, body] { return media::Incoming(fields, body); };
    co_return co_await aside(body.size(), read);
}

/// The request, unless it has been answered: by the upstream, where that has this route itself, or as one that came to nothing.
awaitable<std::optional<media::Incoming>> incomingFor(ServerExchange &exchange, QByteArray route)
{
    std::optional<media::Incoming> incoming;
    const bool read = co_await exchange.readBody();
    if (!read)
        co_return incoming;
    incoming = co_await readIncoming(exchange);
    exchange.setModel(incoming->model());
    const auto dialect = co_await exchange.upstream().dialect(incoming->model());
    if (dialect && *dialect != Dialect::OpenAi)
        co_return incoming;
    incoming.reset();
    if (dialect)
        co_await passOn(exchange, exchange.upstreamRequest(route));
    else
        co_await exchange.refuse(dialect.error());
    co_return incoming;
}

/// What `make` makes of the request, aside as well; nothing when that has been refused.
template <typename Made> awaitable<std::optional<Made>> made(ServerExchange &exchange, QByteArray route, std::function<Expected<Made, ApiError>(const media::Incoming &)> make)
{
    std::optional<Made> result;
    std::optional<media::Incoming> incoming = co_await incomingFor(exchange, std::move(route));
    if (!incoming)
        co_return result;
    const auto work = [request = std::move(*incoming), make] { return make(request); };
    auto form = co_await aside(exchange.request().body.size(), work);
    if (form)
        result = std::move(*form);
    else
        co_await exchange.refuse(form.error());
    co_return result;
}

/// To a pipeline, as one of the forms made it.
UpstreamRequest toPipeline(ServerExchange &exchange, media::PipelineRequest made)
{
    UpstreamRequest request = exchange.upstreamRequest(made.path);
    request.headers = headers::contentType(made.contentType);
    request.body = std::move(made.body);
    exchange.request().dropBody();
    return request;
}

} // namespace

awaitable<void> serveImages(ServerExchange &exchange, QByteArray route)
{
    const bool edits = route == "/images/edits";
    const bool base64 = exchange.context().options.imagesAsBase64;
    const std::function<Expected<media::ImageRequest, ApiError>(const media::Incoming &)> make = [edits, base64](const media::Incoming &incoming) { return edits ? media::imageEdit(incoming, base64) : media::imageGeneration(incoming, base64); };
    auto form = co_await made<media::ImageRequest>(exchange, route, make);
    if (!form)
        co_return;
    UpstreamRequest request = toPipeline(exchange, std::move(form->request));
    const std::optional<Json> answer = co_await pipelineAnswer(exchange, std::move(request));
    if (answer)
        co_await answerImages(exchange, *answer, form->base64);
}

awaitable<void> serveTranscription(ServerExchange &exchange, QByteArray route)
{
    const std::function<Expected<media::TranscriptionRequest, ApiError>(const media::Incoming &)> make = &media::transcription;
    auto form = co_await made<media::TranscriptionRequest>(exchange, route, make);
    if (!form)
        co_return;
    UpstreamRequest request = toPipeline(exchange, std::move(form->request));
    const std::optional<Json> answer = co_await pipelineAnswer(exchange, std::move(request));
    if (!answer)
        co_return;
    if (!answer->value(QStringLiteral("text")).isString()) {
        const UpstreamFailure failure(ApiError::badGateway(QStringLiteral("The upstream answered without a text.")), true);
        co_await exchange.refuse(failure);
        co_return;
    }
    QByteArray body = media::transcript(*answer, *form);
    QByteArray type = media::transcriptType(form->format);
    co_await exchange.answer(200, std::move(type), std::move(body));
}

awaitable<void> serveSpeech(ServerExchange &exchange, QByteArray route)
{
    const std::function<Expected<media::SpeechRequest, ApiError>(const media::Incoming &)> make = &media::speech;
    auto form = co_await made<media::SpeechRequest>(exchange, route, make);
    if (!form)
        co_return;
    UpstreamRequest request = toPipeline(exchange, std::move(form->request));
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
    if (form->raw) {
        *sound = media::samplesOf(*sound);
        type = "audio/pcm";
    }
    QByteArray bytes = std::move(*sound);
    co_await exchange.answer(200, std::move(type), std::move(bytes));
}

} // namespace sluice::openai
