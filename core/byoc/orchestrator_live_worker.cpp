#include "orchestrator_live_worker_p.h"

#include "sluice/base/log.h"
#include "sluice/net/asio_http_client.h"

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxWorkerAnswerBytes = 16 * 1024 * 1024;

AsioHttpRequest workerRequest(const RegisteredCapability &capability, const QString &path, const QString &streamId, QByteArray body,
    const QByteArray &contentType, std::chrono::milliseconds timeout)
{
    AsioHttpRequest request;
    request.method = "POST";
    request.url = QUrl(capability.registration.url + path);
    request.headers = {{"Content-Type", contentType}, {"X-Stream-Id", streamId.toUtf8()}};
    if (!capability.registration.token.isEmpty())
        request.headers.emplaceBack("Authorization", "Bearer " + capability.registration.token.toUtf8());
    request.body = std::move(body);
    request.headerTimeout = timeout;
    request.totalTimeout = timeout;
    request.maxBodyBytes = MaxWorkerAnswerBytes;
    return request;
}

} // namespace

Awaitable<WorkerAnswer> tellWorker(std::shared_ptr<Registry> registry, const RegisteredCapability &capability, QString path, QString streamId,
    QByteArray body, QByteArray contentType, std::chrono::milliseconds timeout)
{
    WorkerAnswer answer;
    if (capability.registration.url.isEmpty())
        co_return answer;
    AsioHttpRequest request = workerRequest(capability, path, streamId, std::move(body), contentType, timeout);
    try {
        AsioHttpResponse response = co_await asioSend(std::move(request));
        answer.status = response.status;
        answer.headers = std::move(response.headers);
        answer.body = std::move(response.body);
    } catch (const Error &error) {
        qCWarning(logByoc, "%s of %s: %s", qUtf8Printable(path), qUtf8Printable(capability.registration.name), qUtf8Printable(error.describe()));
    }
    if (answer.status == 401)
        registry->removeFailed(capability);
    co_return answer;
}

} // namespace sluice::byoc
