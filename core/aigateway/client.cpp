#include "sluice/aigateway/client.h"

#include "sluice/aigateway/refusal.h"
#include "sluice/base/async.h"
#include "sluice/base/file_kind.h"
#include "sluice/base/file_text.h"
#include "sluice/net/origin_policy.h"
#include "sluice/openai/api_error.h"

#include <QCoro/QCoroFuture>

#include <algorithm>

namespace sluice::aigateway {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype MaxErrorBytes = 64 * 1024;
constexpr qsizetype MaxQuestionBytes = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds FirstPause = 250ms;
constexpr std::chrono::milliseconds LongestPause = 5000ms;
/// In a row; a job that was paid for is not given up for one lost answer.
constexpr int MaxLostAnswers = 4;

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

/// One that a gateway between may give while all is well behind it.
bool isPassing(const Error &error)
{
    return error.kind() == Error::Kind::Network || error.kind() == Error::Kind::NoOrchestrator || error.httpStatus() >= 500;
}

} // namespace

Client::Client(HttpClient &http, QUrl gateway, Secret apiKey, std::chrono::milliseconds connectTimeout)
    : m_http(http)
    , m_gateway(std::move(gateway))
    , m_apiKey(std::move(apiKey))
    , m_connectTimeout(connectTimeout)
{
}

QUrl Client::urlOf(const QString &path) const
{
    QUrl url = m_gateway;
    QString base = url.path();
    if (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    url.setPath(base + QLatin1Char('/') + path);
    return url;
}

HttpRequest Client::requestTo(const QByteArray &method, const QUrl &url) const
{
    HttpRequest request;
    request.method = method;
    request.url = url;
    request.connectTimeout = m_connectTimeout;
    request.maxBodyBytes = MaxQuestionBytes;
    const auto target = Origin::of(url);
    const auto own = Origin::of(m_gateway);
    if (!m_apiKey.isEmpty() && target && own && *target == *own)
        request.headers.emplaceBack("Authorization", "Bearer " + m_apiKey.expose().toByteArray());
    return request;
}

QCoro::Task<std::shared_ptr<HttpStream>> Client::open(PipelineRequest request, Headers further, CallContext context)
{
    HttpRequest http = requestTo("POST", urlOf(request.path));
    http.headers.emplaceBack("Content-Type", request.contentType);
    http.headers += further;
    http.body = request.body;
    const auto sent = http.sent;
    std::shared_ptr<HttpStream> stream;
    try {
        stream = co_await m_http.open(http, context);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Network && sent->load())
            throw unansweredError(error).withRequest("POST", http.url);
        throw;
    }
    co_return stream;
}

QCoro::Task<QByteArray> Client::bodyOf(std::shared_ptr<HttpStream> stream, PipelineRequest request, qsizetype maxBytes, std::shared_ptr<QByteArray> received)
{
    const QUrl url = urlOf(request.path);
    if (!isSuccess(stream->status())) {
        const QByteArray said = co_await stream->readAll(MaxErrorBytes);
        throw refusedError(stream->status(), said, hasKey()).withRequest("POST", url);
    }
    for (;;) {
        QByteArray bytes;
        try {
            bytes = co_await stream->read();
        } catch (Error &error) {
            if (error.url().isEmpty())
                error.withRequest("POST", url);
            throw error;
        }
        if (bytes.isEmpty())
            break;
        if (received->size() + bytes.size() > maxBytes) {
            stream->close();
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(maxBytes))
                .withAdvice(QStringLiteral("Raise the call's limit for answers."))
                .withRequest("POST", url);
        }
        *received += bytes;
    }
    co_return *received;
}

QCoro::Task<HttpResponse> Client::get(QString path, CallContext context)
{
    const HttpRequest request = requestTo("GET", urlOf(path));
    const HttpResponse response = co_await m_http.send(request, context);
    co_return response;
}

QCoro::Task<HttpResponse> Client::ask(PipelineRequest question, CallContext context)
{
    HttpRequest request = requestTo("POST", urlOf(question.path));
    request.headers.emplaceBack("Content-Type", question.contentType);
    request.body = question.body;
    const HttpResponse response = co_await m_http.send(request, context);
    co_return response;
}

QCoro::Task<MediaFile> Client::fetch(QString url, qsizetype maxBytes, CallContext context)
{
    MediaFile file;
    if (url.startsWith(QLatin1String("data:"), Qt::CaseInsensitive)) {
        const auto content = fileInText(url);
        if (!content)
            throw Error(Error::Kind::Protocol, QStringLiteral("The gateway's answer holds a file that cannot be read: %1").arg(content.error().message()));
        file.content = *content;
    } else {
        file.url = mediaUrl(m_gateway, url);
        const OriginPolicy policy(orThrow(Origin::of(m_gateway)));
        orThrow(policy.check(file.url, OriginPolicy::Scope::AnyHost, QStringLiteral("file")));
        HttpRequest request = requestTo("GET", file.url);
        request.maxBodyBytes = maxBytes;
        const HttpResponse response = co_await m_http.send(request, context);
        if (response.status != 200)
            throw Error(Error::Kind::Http, QStringLiteral("The result was made, but its file cannot be fetched: %1").arg(openai::readApiError(response.status, response.body).message))
                .withAdvice(QStringLiteral("A gateway keeps the last twelve files of a request for a short time only. The call was paid for."))
                .withRequest("GET", file.url)
                .withHttp(response.status, response.body);
        file.content = response.body;
        file.contentType = headers::mediaType(response.headers);
    }
    const bool isNamed = !file.contentType.isEmpty() && file.contentType != "application/octet-stream" && file.contentType != "text/plain";
    if (!isNamed)
        file.contentType = FileKind::of(file.content).mediaType;
    if (file.content.isEmpty())
        throw Error(Error::Kind::Protocol, QStringLiteral("The result's file is empty.")).withRequest("GET", file.url);
    co_return file;
}

QCoro::Task<Json> Client::resultOf(QString path, QString requestId, CallContext context)
{
    PipelineRequest question;
    question.path = path;
    question.contentType = "application/json";
    question.body = Json{{QStringLiteral("request_id"), requestId}}.dump();
    int lost = 0;
    for (std::chrono::milliseconds length = FirstPause;; length = std::min(LongestPause, length * 3 / 2)) {
        const Pause pause(length, context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
        context.check();
        std::optional<VideoProgress> progress;
        try {
            const HttpResponse response = co_await ask(question, context);
            if (!isSuccess(response.status))
                throw refusedError(response.status, response.body, hasKey()).withRequest("POST", urlOf(path));
            progress = orThrow(readProgress(response.body));
        } catch (const Error &error) {
            if (!isPassing(error) || ++lost > MaxLostAnswers)
                throw;
            continue;
        }
        lost = 0;
        if (progress->complete)
            co_return std::as_const(progress->result);
    }
}

} // namespace sluice::aigateway
