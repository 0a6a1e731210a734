#include "orchestrator_live_p.h"

#include "sluice/base/log.h"
#include "sluice/payments/balance_text.h"

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

Awaitable<Orchestrator::Server::WorkerAnswer> Orchestrator::Server::tellWorker(const RegisteredCapability &capability, QString path,
    QString streamId, QByteArray body, QByteArray contentType, std::chrono::milliseconds timeout)
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
        table.remove(capability.registration.name, capability.generation);
    co_return answer;
}

Awaitable<void> Orchestrator::Server::answerStart(
    std::shared_ptr<LiveStream> stream, WorkerAnswer worker, Rational balance, ServerResponse &response)
{
    if (worker.status == 0 || worker.status >= 400) {
        if (worker.status == 0) // it may have taken the job all the same
            endStream(stream, {});
        else
            closeStream(stream, {});
        if (worker.status == 0 || worker.status == 401) {
            co_await response.sendText(500, worker.status == 0 ? "Error sending request to worker" : "Orchestrator worker failure");
            co_return;
        }
        Headers fields = balanceField(balance_text::header(balance));
        headers::set(fields, "Content-Type", headers::value(worker.headers, "Content-Type"));
        co_await response.send(worker.status, std::move(fields), worker.body);
        co_return;
    }
    if (stream->closed) {
        endStream(stream, {}); // stopped before it had begun
        co_await response.sendText(500, "The stream ended while it was being started");
        co_return;
    }
    stream->running = true;
    stream->lastSign = std::chrono::steady_clock::now();
    stream->nextDebit = stream->lastSign + options.liveDebitInterval;
    scheduleLiveCheck(stream);
    qCInfo(logByoc, "stream %s of %s runs", qUtf8Printable(stream->id), qUtf8Printable(stream->capabilityName));
    Headers fields = startHeaders(*stream, balance);
    if (!co_await response.send(200, std::move(fields), {}))
        endStream(stream, QStringLiteral("the client is gone"));
}

} // namespace sluice::byoc
