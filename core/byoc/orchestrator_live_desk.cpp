#include "orchestrator_live_desk_p.h"

#include "sluice/base/log.h"
#include "sluice/net/work_aside.h"
#include "sluice/payments/balance_text.h"

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxStartBodyBytes = 1024 * 1024;

/// The stream that a stop, an update or a payment means.
QString streamIdOf(const JobHeader &header)
{
    const auto request = Json::parse(header.request.toUtf8());
    const QString id = request ? member(*request, QStringLiteral("stream_id")).toString() : QString();
    return id.isEmpty() ? header.id : id;
}

/// The client's start merged into the orchestrator's. The client's keys win (byoc.md 5.2), except for the channels: a client that could name
/// those could make the worker send requests anywhere.
Json mergedStart(const Json &own, const Json &client)
{
    Json whole = own;
    for (const auto &[name, value] : client.members()) {
        // Without case, as workers in Go read them.
        const bool channel = std::any_of(std::begin(streamChannels), std::end(streamChannels),
            [&name](const StreamChannelNames &names) { return name.compare(QLatin1String(names.workerKey), Qt::CaseInsensitive) == 0; });
        if (!channel)
            whole.insert(name, value);
    }
    return whole;
}

/// The worker's `Content-Type` for the client, if it said one.
Headers relayedType(const Headers &fields)
{
    return headers::contains(fields, "Content-Type") ? headers::contentType(headers::value(fields, "Content-Type")) : Headers();
}

QByteArray workerType(const Headers &fields)
{
    return headers::contains(fields, "Content-Type") ? headers::value(fields, "Content-Type") : QByteArray("application/json");
}

} // namespace

LiveDesk::LiveDesk(SharedContext context, std::shared_ptr<Registry> registry, std::shared_ptr<JobDesk> jobs, std::shared_ptr<LiveStreams> streams)
    : m_context(std::move(context))
    , m_registry(std::move(registry))
    , m_jobs(std::move(jobs))
    , m_streams(std::move(streams))
{
}

HttpRefusal LiveDesk::worded(Route route, HttpRefusal refused)
{
    const char *what = route == Route::Stop ? "stop stream" : route == Route::Update ? "update stream" : "process payment";
    refused.status = 400;
    refused.text = QByteArray("Failed to ") + what + ", request not valid err=" + refused.text;
    return refused;
}

Json LiveDesk::startMembers(const LiveStream &stream) const
{
    Json whole{{QStringLiteral("gateway_request_id"), stream.id}};
    const QUrl base(m_context->workerAddr() + QStringLiteral("/ai/trickle"));
    for (const StreamChannelNames &names : streamChannels) {
        if (stream.has(names.channel))
            whole.insert(QString::fromLatin1(names.workerKey), trickle::channelUrl(base, stream.channelName(names)).toString());
    }
    return whole;
}

Headers LiveDesk::startHeaders(const LiveStream &stream, const Rational &balance) const
{
    Headers fields = balanceField(balance_text::header(balance));
    const QUrl base(m_context->node.serviceAddr() + QStringLiteral("/ai/trickle"));
    for (const StreamChannelNames &names : streamChannels) {
        if (stream.has(names.channel))
            fields.emplaceBack(names.responseHeader, trickle::channelUrl(base, stream.channelName(names)).toEncoded());
    }
    return fields;
}

Awaitable<void> LiveDesk::handleStart(ServerRequest request, ServerResponse &response)
{
    const auto header = m_jobs->verified(request.headers);
    if (header && !co_await response.readBody(request, MaxStartBodyBytes))
        co_return;
    auto job = header ? m_jobs->accept(*header, request.headers) : unexpected(header.error());
    if (!job) {
        HttpRefusal refused = job.error();
        refused.status = refused.insufficientBalance ? 402 : 400;
        qCInfo(logByoc, "stream refused with %d: %s", refused.status, refused.text.constData());
        co_await refuse(refused, response);
        co_return;
    }
    Json::Limits limits;
    limits.maxBytes = MaxStartBodyBytes;
    const auto body = co_await parseAside(request.body, limits);
    if (!body || !body->isObject()) {
        co_await response.sendText(400, "Invalid JSON body");
        co_return;
    }
    const auto opened = m_streams->open(*job);
    if (!opened) {
        co_await refuse(opened.error(), response);
        co_return;
    }
    const std::shared_ptr<LiveStream> stream = *opened;
    const auto start = std::chrono::steady_clock::now();
    const std::chrono::milliseconds timeout = job->timeout();
    const auto merge = [members = startMembers(*stream), client = *body] { return mergedStart(members, client).dump(); };
    QByteArray whole = co_await aside(request.body.size(), merge);
    request.dropBody();
    const QByteArray type = workerType(request.headers);
    WorkerAnswer worker = co_await tellWorker(m_registry, stream->capability, QStringLiteral("/stream/start"), stream->id, std::move(whole), type, timeout);
    const Rational balance = job->charge(start, m_context->recipient);
    co_await answerStart(stream, std::move(worker), balance, response);
}

Awaitable<void> LiveDesk::answerStart(
    std::shared_ptr<LiveStream> stream, WorkerAnswer worker, Rational balance, ServerResponse &response)
{
    if (worker.status == 0 || worker.status >= 400) {
        if (worker.status == 0) // it may have taken the job all the same
            m_streams->end(stream, {});
        else
            m_streams->close(stream, {});
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
        m_streams->end(stream, {}); // stopped before it had begun
        co_await response.sendText(500, "The stream ended while it was being started");
        co_return;
    }
    m_streams->run(stream);
    qCInfo(logByoc, "stream %s of %s runs", qUtf8Printable(stream->id), qUtf8Printable(stream->capabilityName));
    Headers fields = startHeaders(*stream, balance);
    if (!co_await response.send(200, std::move(fields), {}))
        m_streams->end(stream, QStringLiteral("the client is gone"));
}

Expected<std::shared_ptr<LiveStream>, HttpRefusal> LiveDesk::streamOf(const JobHeader &header) const
{
    auto stream = m_streams->find(streamIdOf(header));
    if (stream && (stream->sender != JobDesk::senderOf(header) || stream->capabilityName != header.capability))
        return unexpected(HttpRefusal{400, "the stream is another sender's or another capability's"});
    return stream;
}

Expected<LiveDesk::StreamCall, HttpRefusal> LiveDesk::streamCall(const JobHeader &header, const Headers &headers, Route route)
{
    auto found = streamOf(header);
    const bool isTheirs = found && *found;
    auto job = m_jobs->acceptForRunning(header, headers, isTheirs ? std::optional((*found)->capability) : std::nullopt);
    if (!job && route == Route::Stop && job.error().insufficientBalance && isTheirs) {
        // A sender whose balance ran out may still stop a stream of theirs.
        AcceptedJob own;
        own.header = header;
        own.sender = JobDesk::senderOf(header);
        own.capability = m_registry->find(header.capability).value_or(RegisteredCapability());
        job = std::move(own);
    }
    if (!job)
        return unexpected(worded(route, job.error()));
    // What was paid is booked by now, so a payment is not refused any more.
    if (!found && route != Route::Payment)
        return unexpected(worded(route, found.error()));
    StreamCall call;
    call.job = std::move(*job);
    call.id = streamIdOf(call.job.header);
    if (found)
        call.stream = std::move(*found);
    return call;
}

Awaitable<std::optional<LiveDesk::StreamCall>> LiveDesk::receive(
    ServerRequest &request, ServerResponse &response, Route route)
{
    const auto header = m_jobs->verified(request.headers);
    if (!header) {
        const HttpRefusal refused = worded(route, header.error());
        co_await refuse(refused, response);
        co_return std::nullopt;
    }
    if (!co_await response.readBody(request, MaxStartBodyBytes))
        co_return std::nullopt;
    auto call = streamCall(*header, request.headers, route);
    if (!call) {
        co_await refuse(call.error(), response);
        co_return std::nullopt;
    }
    co_return std::move(*call);
}

Awaitable<void> LiveDesk::handleStop(ServerRequest request, ServerResponse &response)
{
    const auto call = co_await receive(request, response, Route::Stop);
    if (!call)
        co_return;
    const std::shared_ptr<LiveStream> stream = call->stream;
    if (stream) {
        // The worker may still write to its channels while it ends, at no charge.
        m_streams->suspend(stream);
    }
    const QByteArray type = workerType(request.headers);
    const WorkerAnswer worker
        = co_await tellWorker(m_registry, call->worker(), QStringLiteral("/stream/stop"), call->id, request.body, type, m_context->options.farewellTimeout);
    if (stream)
        m_streams->close(stream, QStringLiteral("stopped by the client"));
    Headers fields = relayedType(worker.headers);
    const int status = worker.status != 0 ? worker.status : 200;
    co_await response.send(status, std::move(fields), worker.body);
}

Awaitable<void> LiveDesk::handleUpdate(ServerRequest request, ServerResponse &response)
{
    const auto call = co_await receive(request, response, Route::Update);
    if (!call)
        co_return;
    if (call->stream)
        call->stream->lastSign = std::chrono::steady_clock::now();
    const std::chrono::milliseconds timeout = call->job.timeout();
    const WorkerAnswer worker
        = co_await tellWorker(m_registry, call->worker(), QStringLiteral("/stream/params"), call->id, request.body, "application/json", timeout);
    if (worker.status == 0) {
        co_await response.sendText(500, "Error sending request to worker");
    } else if (worker.status == 401) {
        co_await response.sendText(500, "Orchestrator worker failure");
    } else {
        Headers fields = relayedType(worker.headers);
        co_await response.send(worker.status, std::move(fields), worker.body);
    }
}

Awaitable<void> LiveDesk::handlePayment(ServerRequest request, ServerResponse &response)
{
    const auto call = co_await receive(request, response, Route::Payment);
    if (!call)
        co_return;
    if (call->stream)
        call->stream->lastSign = std::chrono::steady_clock::now();
    Headers fields = balanceField(QByteArray::number(balance_text::token(call->job.balance(m_context->recipient))));
    co_await response.send(200, std::move(fields), {});
}

} // namespace sluice::byoc
