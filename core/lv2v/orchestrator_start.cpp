#include "sluice/livepeer/rpc_log.h"
#include "orchestrator_p.h"

#include "sluice/livepeer/messages.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/work_aside.h"
#include "sluice/payments/balance_text.h"

#include <QtCore/QRandomGenerator>

namespace sluice::lv2v {

namespace {

constexpr qsizetype MaxStartBodyBytes = 1024 * 1024;
constexpr qsizetype MaxWorkerAnswerBytes = 1024 * 1024;
constexpr qsizetype MaxRelayedBytes = 2000;

/// The channels of a job (trickle.md 0).
struct ChannelName {
    const char *suffix;
    const char *mimeType;
    const char *workerKey;
};
constexpr ChannelName channelNames[] = {
    {"", "video/MP2T", "subscribe_url"},
    {"-out", "video/MP2T", "publish_url"},
    {"-control", "application/json", "control_url"},
    {"-events", "application/json", "events_url"},
};

QString randomManifest()
{
    return QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
}

Unexpected<HttpRefusal> refused(int status, const QByteArray &text)
{
    return unexpected(HttpRefusal{status, text});
}

} // namespace

QUrl Orchestrator::Server::channelUrl(const Job &job, const char *suffix) const
{
    QUrl base = m_service;
    base.setPath(m_service.path() + QStringLiteral("/ai/trickle"));
    return trickle::channelUrl(base, job.channel(suffix));
}

Expected<void, HttpRefusal> Orchestrator::Server::takePayment(const PaidRequest &paid, const QString &balanceId, const PriceInfo &price)
{
    const PaymentOutcome outcome = recipient.process(paid.payment, balanceId, price, [&](const PaymentOutcome &taken) {
        if (options.note)
            options.note(paid.payment, taken);
    });
    if (!outcome.ok())
        return refused(400, outcome.error.toUtf8());
    return {};
}

Expected<std::shared_ptr<Job>, HttpRefusal> Orchestrator::Server::accept(const PaidRequest &paid, const StartRequest &wanted)
{
    const auto model = models.constFind(wanted.modelId);
    if (model == models.cend())
        return refused(403, "incompatible capabilities");
    if (inUse(model->name) >= model->capacity)
        return refused(503, "insufficient capacity");
    const auto job = std::make_shared<Job>(io.context().get_executor());
    job->sender = paid.sender;
    job->model = *model;
    do {
        job->manifest = randomManifest();
    } while (jobs.contains(job->manifest) || m_channels->channel(job->channel("")));
    // Ticket parameters are bound to their price, so those of a cheaper model would pass the checks of the tickets.
    const auto &expected = paid.payment.expectedPrice;
    if (expected && expected->isValid() && expected->asRational() < model->price.asRational())
        return refused(400, "invalid expected price sent with payment err=\"the price of the model is higher\"");
    if (const auto taken = takePayment(paid, job->manifest, model->price); !taken)
        return unexpected(taken.error());
    job->rate = recipient.ledger().fixedPrice(paid.sender, job->manifest).value_or(model->price);
    if (!job->rate.isFree() && !recipient.ledger().sufficientFor(paid.sender, job->manifest, recipient.config().terms.ticketEv))
        return refused(400, "Insufficient balance");
    return job;
}

Expected<void, HttpRefusal> Orchestrator::Server::openChannels(Job &job)
{
    for (const ChannelName &name : channelNames) {
        if (!m_channels->create(job.channel(name.suffix), name.mimeType))
            return refused(503, "insufficient capacity");
        job.channels.append(job.channel(name.suffix));
    }
    return {};
}

Json Orchestrator::Server::workerBody(const Job &job, const StartRequest &wanted) const
{
    Json body{{QStringLiteral("manifest_id"), job.manifest}, {QStringLiteral("model_id"), job.model.name},
        {QStringLiteral("gateway_request_id"), wanted.gatewayRequestId.isEmpty() ? job.manifest : wanted.gatewayRequestId}};
    if (!wanted.streamId.isEmpty())
        body.insert(QStringLiteral("stream_id"), wanted.streamId);
    for (const ChannelName &name : channelNames)
        body.insert(QString::fromLatin1(name.workerKey), channelUrl(job, name.suffix).toString());
    body.insert(QStringLiteral("params"), wanted.params.isNull() ? Json::object() : wanted.params);
    return body;
}

StartAnswer Orchestrator::Server::answerFor(const Job &job) const
{
    StartAnswer answer;
    answer.manifestId = job.manifest;
    answer.publish = channelUrl(job, "");
    answer.subscribe = channelUrl(job, "-out");
    answer.control = channelUrl(job, "-control");
    answer.events = channelUrl(job, "-events");
    return answer;
}

Headers Orchestrator::Server::balanceOf(const Job &job, const QByteArray &type)
{
    const Rational left = recipient.ledger().balance(job.sender, job.manifest).value_or(Rational());
    return {{"Content-Type", type}, {header::Balance, balance_text::header(left)}};
}

Awaitable<Orchestrator::Server::WorkerAnswer> Orchestrator::Server::tellWorker(std::shared_ptr<Job> job, QString path, QByteArray body,
    std::chrono::milliseconds timeout)
{
    AsioHttpRequest request;
    request.url = job->model.worker;
    request.url.setPath(request.url.path(QUrl::FullyEncoded) + path, QUrl::StrictMode);
    request.headers = {{"Content-Type", "application/json"}, {"X-Stream-Id", job->manifest.toUtf8()}};
    if (!job->model.workerToken.isEmpty())
        request.headers.emplaceBack("Authorization", "Bearer " + job->model.workerToken);
    request.body = std::move(body);
    request.headerTimeout = timeout;
    request.totalTimeout = timeout;
    request.maxBodyBytes = MaxWorkerAnswerBytes;
    WorkerAnswer answer;
    try {
        AsioHttpResponse response = co_await asioSend(std::move(request));
        answer.status = response.status;
        answer.body = std::move(response.body);
    } catch (const Error &error) {
        qCWarning(logLv2v, "%s of %s: %s", qUtf8Printable(path), qUtf8Printable(job->model.name), qUtf8Printable(error.describe()));
    }
    co_return answer;
}

Awaitable<void> Orchestrator::Server::handleStart(ServerRequest request, ServerResponse &response)
{
    const auto paid = verified(request.headers);
    if (!paid) {
        co_await response.sendText(paid.error().status, paid.error().text);
        co_return;
    }
    Json::Limits limits;
    limits.maxBytes = MaxStartBodyBytes;
    if (!co_await response.readBody(request, MaxStartBodyBytes))
        co_return;
    const auto body = co_await parseAside(std::move(request.body), limits);
    const auto wanted = body ? StartRequest::fromJson(*body) : unexpected(body.error());
    if (!wanted) {
        co_await response.sendText(400, wanted.error().message().toUtf8());
        co_return;
    }
    const auto accepted = accept(*paid, *wanted);
    if (!accepted) {
        qCInfo(logLv2v, "a job is refused with %d: %s", accepted.error().status, accepted.error().text.constData());
        co_await response.sendText(accepted.error().status, accepted.error().text);
        co_return;
    }
    const std::shared_ptr<Job> job = *accepted;
    jobs.emplace(job->manifest, job);
    if (const auto opened = openChannels(*job); !opened) {
        closeJob(job, {});
        co_await response.sendText(opened.error().status, opened.error().text);
        co_return;
    }
    QByteArray startBody = workerBody(*job, *wanted).dump();
    const WorkerAnswer worker = co_await tellWorker(job, QStringLiteral("/stream/start"), std::move(startBody), options.workerTimeout);
    if (worker.status < 200 || worker.status >= 300 || job->closed) {
        endJob(job, {}); // it may have taken the job all the same
        const bool busy = worker.status == 503;
        // Named before the co_await: DESIGN.md 3.
        const QByteArray why = worker.status == 0 ? QByteArray("no answer from the runner") : worker.body.left(MaxRelayedBytes);
        const QByteArray text = busy ? QByteArray("insufficient capacity") : QByteArray("the runner did not start the job: ") + why;
        const int status = busy ? 503 : 500;
        co_await response.sendText(status, text);
        co_return;
    }
    job->running = true;
    job->lastDebit = std::chrono::steady_clock::now();
    qCInfo(logLv2v, "job %s of %s runs", qUtf8Printable(job->manifest), qUtf8Printable(job->model.name));
    Headers fields = balanceOf(*job, "application/json");
    QByteArray answer = answerFor(*job).toJson().dump();
    const bool delivered = co_await response.send(200, std::move(fields), std::move(answer));
    if (!delivered)
        endJob(job, QStringLiteral("the client is gone"));
}

Awaitable<void> Orchestrator::Server::handlePayment(ServerRequest request, ServerResponse &response)
{
    const auto paid = verified(request.headers);
    if (!paid) {
        co_await response.sendText(paid.error().status, paid.error().text);
        co_return;
    }
    const auto found = jobs.find(QString::fromUtf8(paid->credentials.manifestId));
    if (found == jobs.end() || found->second->sender != paid->sender) {
        // Upstream credits it; but nothing here would ever use it up.
        co_await response.sendText(400, "there is no job of this sender with that manifest id");
        co_return;
    }
    const std::shared_ptr<Job> job = found->second;
    if (const auto taken = takePayment(*paid, job->manifest, job->rate); !taken) {
        co_await response.sendText(taken.error().status, taken.error().text);
        co_return;
    }
    OrchestratorInfo info;
    info.transcoder = m_service.toString();
    info.address = recipient.config().recipient;
    info.price = job->rate;
    info.authToken = paid->credentials.authToken;
    if (!options.offChain) {
        const auto params = recipient.issue(paid->sender, job->rate);
        if (!params) {
            co_await response.sendText(500, "Internal Server Error");
            co_return;
        }
        info.ticketParams = *params;
    }
    Headers fields = balanceOf(*job, "application/x-protobuf");
    QByteArray result = encodePaymentResult(info);
    co_await response.send(200, std::move(fields), std::move(result));
}

} // namespace sluice::lv2v
