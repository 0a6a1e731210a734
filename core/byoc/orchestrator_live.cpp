#include "orchestrator_live_p.h"

#include "sluice/base/log.h"
#include "sluice/net/work_aside.h"
#include "sluice/payments/balance_text.h"

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxStreamIdLength = 128;
constexpr qsizetype MaxStartBodyBytes = 1024 * 1024;

Refusal refusal(int status, const QByteArray &text)
{
    return Refusal{status, text};
}

/// What is wrong with a stream id: it becomes one part of a path, and a part of the names of channels.
std::optional<QByteArray> whyNotAnId(const QString &id)
{
    if (id.isEmpty())
        return "The job's id names the stream and is empty";
    if (id.size() > MaxStreamIdLength)
        return "The stream id has more than " + QByteArray::number(MaxStreamIdLength) + " characters";
    // A leading underscore would keep the channels from being swept; dots alone are a path of their own.
    const bool allowed = std::all_of(id.begin(), id.end(), [](QChar c) {
        return c.unicode() < 0x7f && (c.isLetterOrNumber() || QStringLiteral("-._~").contains(c));
    });
    if (!allowed || id.startsWith(u'_') || id.startsWith(u'.'))
        return "The stream id may hold letters, digits, '-', '.', '_' and '~', and begins with neither '.' nor '_'";
    return std::nullopt;
}

/// The stream that a stop, an update or a payment means.
QString streamIdOf(const JobHeader &header)
{
    const auto request = Json::parse(header.request.toUtf8());
    const QString id = request ? member(*request, QStringLiteral("stream_id")).toString() : QString();
    return id.isEmpty() ? header.id : id;
}

Refusal worded(StreamRoute route, Refusal refused)
{
    const char *what = route == StreamRoute::Stop ? "stop stream" : route == StreamRoute::Update ? "update stream" : "process payment";
    refused.status = 400;
    refused.text = QByteArray("Failed to ") + what + ", request not valid err=" + refused.text;
    return refused;
}

/// What the client says to the worker, beside what the orchestrator does. Its keys win (byoc.md 5.2), except for the channels: whoever could
/// name those would have the worker send requests anywhere.
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

Headers balanceField(const QByteArray &balance)
{
    return {{header::Balance, balance}};
}

Expected<StreamFlags> StreamFlags::parse(const QString &parameters)
{
    const auto json = Json::parse(parameters.toUtf8());
    if (!json)
        return unexpected(json.error());
    if (!json->isObject() && !json->isNull())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("json: the parameters are not an object")));
    StreamFlags flags;
    const std::pair<const char *, bool *> known[] = {{"enable_video_ingress", &flags.videoIngress},
        {"enable_video_egress", &flags.videoEgress}, {"enable_data_output", &flags.dataOutput}};
    for (const auto &[name, target] : known) {
        const Json value = member(*json, QString::fromLatin1(name));
        if (!value.isNull() && !value.isBool())
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("json: %1 is not a boolean").arg(QLatin1String(name))));
        *target = value.toBool();
    }
    return flags;
}

Awaitable<void> Orchestrator::Server::handleLive(QByteArray route, ServerRequest request, ServerResponse &response)
{
    if (route == "start")
        co_await handleStreamStart(std::move(request), response);
    else if (route == "stop")
        co_await handleStreamStop(std::move(request), response);
    else if (route == "update")
        co_await handleStreamUpdate(std::move(request), response);
    else if (route == "payment")
        co_await handleStreamPayment(std::move(request), response);
    else
        co_await response.sendText(404, "404 page not found");
}

Expected<std::shared_ptr<LiveStream>, Refusal> Orchestrator::Server::openStream(AcceptedJob &job)
{
    const auto flags = StreamFlags::parse(job.header.parameters);
    if (!flags) {
        if (has(Quirk::LeakSlots))
            job.slot.leak();
        return unexpected(refusal(400, flags.error().message().toUtf8()));
    }
    if (const auto wrong = whyNotAnId(job.header.id))
        return unexpected(refusal(400, *wrong));

    const auto stream = std::make_shared<LiveStream>(io.context().get_executor());
    stream->id = job.header.id;
    stream->flags = *flags;
    stream->sender = job.sender;
    stream->capabilityName = job.header.capability;
    stream->capability = job.capability;
    stream->price = job.price;
    // One stream's control channel has the name of another's input when that one is called "…-control".
    bool taken = streams.contains(stream->id);
    for (const StreamChannelNames &names : streamChannels)
        taken = taken || (stream->has(names.channel) && trickle->channel(stream->channelName(names)));
    if (taken)
        return unexpected(refusal(500, "Error adding stream to external capabilities"));
    for (const StreamChannelNames &names : streamChannels) {
        if (!stream->has(names.channel))
            continue;
        if (!trickle->create(stream->channelName(names), names.mimeType)) {
            closeStream(stream, {});
            return unexpected(refusal(503, "Too many streams"));
        }
        stream->channels.append(stream->channelName(names));
    }
    stream->slot = std::move(job.slot);
    streams.emplace(stream->id, stream);
    return stream;
}

Json Orchestrator::Server::startMembers(const LiveStream &stream) const
{
    Json whole{{QStringLiteral("gateway_request_id"), stream.id}};
    const QUrl base(workerAddr() + QStringLiteral("/ai/trickle"));
    for (const StreamChannelNames &names : streamChannels) {
        if (stream.has(names.channel))
            whole.insert(QString::fromLatin1(names.workerKey), trickle::channelUrl(base, stream.channelName(names)).toString());
    }
    return whole;
}

Headers Orchestrator::Server::startHeaders(const LiveStream &stream, const Rational &balance) const
{
    Headers fields = balanceField(balance_text::header(balance));
    const QUrl base(serviceAddr() + QStringLiteral("/ai/trickle"));
    for (const StreamChannelNames &names : streamChannels) {
        if (stream.has(names.channel))
            fields.emplaceBack(names.responseHeader, trickle::channelUrl(base, stream.channelName(names)).toEncoded());
    }
    return fields;
}

Awaitable<void> Orchestrator::Server::handleStreamStart(ServerRequest request, ServerResponse &response)
{
    const auto header = verifiedJob(request.headers);
    if (header && !co_await response.readBody(request, MaxStartBodyBytes))
        co_return;
    auto job = header ? accept(*header, request.headers) : unexpected(header.error());
    if (!job) {
        Refusal refused = job.error();
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
    const auto opened = openStream(*job);
    if (!opened) {
        co_await refuse(opened.error(), response);
        co_return;
    }
    const std::shared_ptr<LiveStream> stream = *opened;
    const auto start = std::chrono::steady_clock::now();
    const std::chrono::milliseconds timeout = std::chrono::seconds(std::min<qint64>(job->header.timeoutSeconds, 7 * 24 * 3600));
    const auto merge = [members = startMembers(*stream), client = *body] { return mergedStart(members, client).dump(); };
    QByteArray whole = co_await aside(request.body.size(), merge);
    request.dropBody();
    const QByteArray type = workerType(request.headers);
    WorkerAnswer worker = co_await tellWorker(stream->capability, QStringLiteral("/stream/start"), stream->id, std::move(whole), type, timeout);
    const Rational balance = charge(*job, start);
    co_await answerStart(stream, std::move(worker), balance, response);
}

Expected<std::shared_ptr<LiveStream>, Refusal> Orchestrator::Server::streamOf(const AcceptedJob &job) const
{
    const auto found = streams.find(streamIdOf(job.header));
    if (found == streams.end())
        return std::shared_ptr<LiveStream>();
    if (found->second->sender != job.sender || found->second->capabilityName != job.header.capability)
        return unexpected(refusal(400, "the stream is another sender's or another capability's"));
    return found->second;
}

const RegisteredCapability &Orchestrator::Server::StreamCall::worker() const
{
    return stream ? stream->capability : job.capability;
}

Expected<Orchestrator::Server::StreamCall, Refusal> Orchestrator::Server::streamCall(
    const JobHeader &header, const Headers &headers, StreamRoute route)
{
    auto job = accept(header, headers, false);
    if (!job && route == StreamRoute::Stop && job.error().insufficientBalance) {
        // One whose money ran out may still stop what is his.
        AcceptedJob own;
        own.header = header;
        own.sender = senderOf(own.header);
        own.capability = table.find(own.header.capability).value_or(RegisteredCapability());
        if (const auto mine = streamOf(own); mine && *mine)
            job = std::move(own);
    }
    if (!job)
        return unexpected(worded(route, job.error()));
    auto found = streamOf(*job);
    // What was paid is booked by now, so a payment is not refused any more.
    if (!found && route != StreamRoute::Payment)
        return unexpected(worded(route, found.error()));
    StreamCall call;
    call.job = std::move(*job);
    call.id = streamIdOf(call.job.header);
    if (found)
        call.stream = std::move(*found);
    return call;
}

Awaitable<std::optional<Orchestrator::Server::StreamCall>> Orchestrator::Server::receiveStreamCall(
    ServerRequest &request, ServerResponse &response, StreamRoute route)
{
    const auto header = verifiedJob(request.headers);
    if (!header) {
        const Refusal refused = worded(route, header.error());
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

Awaitable<void> Orchestrator::Server::handleStreamStop(ServerRequest request, ServerResponse &response)
{
    const auto call = co_await receiveStreamCall(request, response, StreamRoute::Stop);
    if (!call)
        co_return;
    const std::shared_ptr<LiveStream> stream = call->stream;
    if (stream) {
        // No debit falls while the worker takes its leave; its last words still find their channels.
        stream->running = false;
        stream->alarm.disarm();
    }
    const QByteArray type = workerType(request.headers);
    const WorkerAnswer worker
        = co_await tellWorker(call->worker(), QStringLiteral("/stream/stop"), call->id, request.body, type, options.farewellTimeout);
    if (stream)
        closeStream(stream, QStringLiteral("stopped by the client"));
    Headers fields = relayedType(worker.headers);
    const int status = worker.status != 0 ? worker.status : 200;
    co_await response.send(status, std::move(fields), worker.body);
}

Awaitable<void> Orchestrator::Server::handleStreamUpdate(ServerRequest request, ServerResponse &response)
{
    const auto call = co_await receiveStreamCall(request, response, StreamRoute::Update);
    if (!call)
        co_return;
    if (call->stream)
        call->stream->lastSign = std::chrono::steady_clock::now();
    const std::chrono::milliseconds timeout = std::chrono::seconds(std::min<qint64>(call->job.header.timeoutSeconds, 7 * 24 * 3600));
    const WorkerAnswer worker
        = co_await tellWorker(call->worker(), QStringLiteral("/stream/params"), call->id, request.body, "application/json", timeout);
    if (worker.status == 0) {
        co_await response.sendText(500, "Error sending request to worker");
    } else if (worker.status == 401) {
        co_await response.sendText(500, "Orchestrator worker failure");
    } else {
        Headers fields = relayedType(worker.headers);
        co_await response.send(worker.status, std::move(fields), worker.body);
    }
}

Awaitable<void> Orchestrator::Server::handleStreamPayment(ServerRequest request, ServerResponse &response)
{
    const auto call = co_await receiveStreamCall(request, response, StreamRoute::Payment);
    if (!call)
        co_return;
    if (call->stream)
        call->stream->lastSign = std::chrono::steady_clock::now();
    Headers fields = balanceField(QByteArray::number(balance_text::token(balanceOf(call->job))));
    co_await response.send(200, std::move(fields), {});
}

} // namespace sluice::byoc
