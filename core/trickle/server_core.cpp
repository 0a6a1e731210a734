#include "sluice/trickle/server_core_p.h"

#include "sluice/base/json.h"
#include "sluice/base/log.h"

namespace sluice::trickle {

namespace asio = boost::asio;

namespace {

constexpr char ChangesChannel[] = "_changes";
constexpr char Terminated[] = "terminated";

Headers sequenceHeaders(qint64 seq)
{
    Headers fields;
    headers::set(fields, header::Seq, QByteArray::number(seq));
    return fields;
}

} // namespace

ServerCore::ServerCore(IoThread &io, ServerOptions options)
    : m_io(io)
    , m_options(std::move(options))
    , m_sweepTimer(io.context())
{
    if (m_options.changefeed)
        create(ChangesChannel, "application/json");
}

void ServerCore::start()
{
    if (!m_ended)
        scheduleSweep();
}

void ServerCore::shutDown()
{
    m_ended = true;
    m_sweepTimer.cancel();
    for (const auto &[name, channel] : m_channels)
        channel->end();
    m_channels.clear();
    segmentListeners->clear();
    removalListeners->clear();
}

std::shared_ptr<Channel> ServerCore::create(const QByteArray &name, const QByteArray &mimeType)
{
    if (m_ended || name.isEmpty() || m_channels.contains(name) || int(m_channels.size()) >= m_options.maxChannels)
        return nullptr;
    const auto channel = std::make_shared<Channel>(m_io.context().get_executor(), name, mimeType);
    channel->onSegmentBegin = [listeners = std::weak_ptr(segmentListeners), name](qint64 seq) {
        const auto alive = listeners.lock();
        const auto all = alive ? *alive : Listeners<const QByteArray &, qint64>();
        for (const auto &[id, callback] : all)
            callback(name, seq);
    };
    m_channels.emplace(name, channel);
    announce("added", name);
    return channel;
}

bool ServerCore::remove(const QByteArray &name)
{
    const auto found = m_channels.find(name);
    if (found == m_channels.end())
        return false;
    const QByteArray removed = name; // the caller's may be the key
    const auto channel = found->second;
    m_channels.erase(found);
    channel->end();
    announce("removed", removed);
    const auto listeners = *removalListeners;
    for (const auto &[id, callback] : listeners)
        callback(removed);
    return true;
}

std::shared_ptr<Channel> ServerCore::find(const QByteArray &name) const
{
    const auto found = m_channels.find(name);
    return found == m_channels.end() ? nullptr : found->second;
}

void ServerCore::announce(const char *what, const QByteArray &name)
{
    const auto changes = find(ChangesChannel);
    if (!m_options.changefeed || !changes)
        return;
    const Json names = Json::array({Json(QString::fromUtf8(name))});
    const Json change{{QString::fromLatin1(what), names}};
    const auto segment = changes->openForWrite(NextSegment, false);
    changes->append(segment, change.dump(), true);
    segment->close();
}

void ServerCore::scheduleSweep()
{
    m_sweepTimer.expires_after(m_options.sweepPeriod);
    m_sweepTimer.async_wait([weak = weak_from_this()](const boost::system::error_code &error) {
        const auto self = weak.lock();
        if (error || !self || self->m_ended)
            return;
        self->sweep();
        self->scheduleSweep();
    });
}

void ServerCore::sweep()
{
    const auto now = Channel::Clock::now();
    QList<QByteArray> idle;
    for (const auto &[name, channel] : m_channels) {
        if (!name.startsWith('_') && now - channel->touched() > m_options.idleTimeout)
            idle.append(name);
    }
    for (const QByteArray &name : idle) {
        qCInfo(logTrickle) << "Channel" << name << "was idle and is removed.";
        remove(name);
    }
}

asio::awaitable<void> ServerCore::handle(ServerRequest request, ServerResponse &response)
{
    const auto route = parseRoute(m_options.basePath, request.path);
    if (!route) {
        co_await response.sendText(404, "404 page not found");
        co_return;
    }
    const QByteArray method = request.method;
    Route to = *route;
    if (method == "POST" && !to.hasSegment)
        co_await createByRequest(std::move(to), std::move(request), response);
    else if (method == "POST")
        co_await post(std::move(to), std::move(request), response);
    else if (method == "DELETE" && !to.hasSegment)
        co_await removeByRequest(std::move(to), std::move(request), response);
    else if (method == "DELETE")
        co_await closeSegment(std::move(to), response);
    else if (to.hasSegment && (method == "GET" || method == "HEAD"))
        co_await get(std::move(to), response, method == "HEAD");
    else {
        Headers fields = headers::contentType("text/plain; charset=utf-8");
        headers::set(fields, "Allow", to.hasSegment ? "DELETE, GET, HEAD, POST" : "DELETE, POST");
        co_await response.send(405, std::move(fields), "Method Not Allowed\n");
    }
}

std::optional<HttpRefusal> ServerCore::ask(const ChannelHook &hook, const QByteArray &channel, const ServerRequest &request) const
{
    if (!hook)
        return std::nullopt;
    std::optional<HttpRefusal> refusal;
    try {
        refusal = hook(channel, request);
    } catch (const std::exception &error) {
        qCWarning(logTrickle) << "The hook for channel" << channel << "failed:" << error.what();
        return HttpRefusal{500, "Server error"};
    }
    if (refusal && (refusal->status < 400 || refusal->status > 499))
        refusal->status = 400;
    return refusal;
}

asio::awaitable<std::shared_ptr<Channel>> ServerCore::createFor(
    QByteArray name, QByteArray mimeType, ServerRequest request, ServerResponse &response)
{
    const auto refusal = ask(m_options.beforeCreate, name, request);
    if (refusal) {
        response.closeAfter();
        co_await response.sendText(refusal->status, refusal->text);
        co_return nullptr;
    }
    const auto channel = create(name, mimeType);
    if (!channel) {
        response.closeAfter();
        co_await response.sendText(503, "Too many streams");
    }
    co_return channel;
}

asio::awaitable<void> ServerCore::createByRequest(Route route, ServerRequest request, ServerResponse &response)
{
    if (!find(route.channel)) {
        if (!m_options.autocreate) {
            response.closeAfter();
            co_await response.sendText(404, "Stream not found");
            co_return;
        }
        QByteArray mimeType = headers::value(request.headers, header::ExpectContent);
        const auto channel = co_await createFor(route.channel, std::move(mimeType), std::move(request), response);
        if (!channel)
            co_return;
    }
    Headers none;
    co_await response.send(200, std::move(none), QByteArray());
}

asio::awaitable<void> ServerCore::removeByRequest(Route route, ServerRequest request, ServerResponse &response)
{
    if (!find(route.channel)) {
        co_await response.sendText(400, "Invalid stream");
        co_return;
    }
    const auto refusal = ask(m_options.beforeDelete, route.channel, request);
    if (refusal) {
        co_await response.sendText(refusal->status, refusal->text);
        co_return;
    }
    remove(route.channel);
    Headers none;
    co_await response.send(200, std::move(none), QByteArray());
}

asio::awaitable<void> ServerCore::closeSegment(Route route, ServerResponse &response)
{
    const auto channel = find(route.channel);
    const auto seq = parseSequence(route.segment);
    if (!channel) {
        co_await response.sendText(404, "Stream not found");
    } else if (!seq) {
        co_await response.sendText(400, "Invalid idx");
    } else if (!channel->closeSegment(*seq)) {
        co_await response.sendText(400, "Nonexistent segment");
    } else {
        Headers none;
        co_await response.send(200, std::move(none), QByteArray());
    }
}

asio::awaitable<void> ServerCore::post(Route route, ServerRequest request, ServerResponse &response)
{
    auto channel = find(route.channel);
    if (!channel && !m_options.autocreate) {
        response.closeAfter();
        co_await response.sendText(404, "Stream not found");
        co_return;
    }
    const bool reset = !headers::value(request.headers, header::Reset).isEmpty();
    if (!channel) {
        QByteArray mimeType = headers::value(request.headers, "Content-Type");
        channel = co_await createFor(route.channel, std::move(mimeType), std::move(request), response);
        if (!channel)
            co_return;
    }
    const auto seq = parseSequence(route.segment);
    if (!seq || *seq < NextSegment) {
        co_await response.sendText(400, "Invalid idx");
        co_return;
    }
    auto segment = channel->openForWrite(*seq, reset);
    if (segment->isClosed()) {
        qCInfo(logTrickle) << "Segment" << segment->seq() << "of channel" << route.channel << "was closed before; what is posted to it is discarded.";
        co_await release(std::move(channel), std::move(segment), response);
        co_return;
    }
    co_await receive(std::move(channel), std::move(segment), response);
}

asio::awaitable<void> ServerCore::receive(std::shared_ptr<Channel> channel, std::shared_ptr<Segment> segment, ServerResponse &response)
{
    using State = BodyPiece::State;
    Alarm keepalive(m_io.context().get_executor());
    bool due = false;
    bool begun = false;
    const Subscription closed = segment->onClose([&response] { response.interruptRead(); });
    for (;;) {
        if (!begun) {
            keepalive.arm(m_options.keepalive, [&response, &due] {
                due = true;
                response.interruptRead();
            });
        }
        BodyPiece piece = co_await response.readSome();
        if (!begun && segment->isClosed() && piece.state != State::Failed) {
            co_await release(std::move(channel), std::move(segment), response);
            co_return;
        }
        if (piece.state == State::Failed) {
            response.closeAfter();
            co_await response.sendText(500, "Server error");
            co_return;
        }
        if (piece.state == State::End)
            break;
        if (piece.state == State::Interrupted) {
            if (!begun && std::exchange(due, false))
                co_await response.sendContinue();
            continue;
        }
        if (segment->size() + piece.bytes.size() > m_options.maxSegmentBytes) {
            segment->close();
            co_await response.sendText(413, "The segment is larger than " + QByteArray::number(m_options.maxSegmentBytes) + " bytes");
            co_return;
        }
        channel->append(segment, piece.bytes, !std::exchange(begun, true));
        keepalive.disarm();
    }
    co_await postEnded(std::move(channel), std::move(segment), !begun, response);
}

asio::awaitable<void> ServerCore::postEnded(
    std::shared_ptr<Channel> channel, std::shared_ptr<Segment> segment, bool empty, ServerResponse &response)
{
    Headers fields = sequenceHeaders(segment->seq());
    if (empty) {
        channel->endEmpty(segment);
        response.closeAfter();
        if (channel->isEnded())
            headers::set(fields, header::Closed, Terminated);
    }
    segment->close();
    co_await response.send(200, std::move(fields), QByteArray());
}

asio::awaitable<void> ServerCore::release(std::shared_ptr<Channel> channel, std::shared_ptr<Segment> segment, ServerResponse &response)
{
    channel->released(segment);
    response.closeAfter();
    Headers fields = sequenceHeaders(segment->seq());
    if (channel->isEnded())
        headers::set(fields, header::Closed, Terminated);
    co_await response.send(200, std::move(fields), QByteArray());
}

asio::awaitable<void> ServerCore::get(Route route, ServerResponse &response, bool headOnly)
{
    auto channel = find(route.channel);
    if (!channel) {
        co_await response.sendText(404, "Stream not found");
        co_return;
    }
    if (route.segment == "next") {
        co_await getNext(std::move(channel), response);
        co_return;
    }
    const auto seq = parseSequence(route.segment);
    if (!seq || *seq < CurrentSegment) {
        co_await response.sendText(400, "Invalid idx");
        co_return;
    }
    FoundSegment found = channel->openForRead(*seq);
    if (!found.segment) {
        Headers fields = headers::contentType("text/plain; charset=utf-8");
        headers::set(fields, header::Latest, QByteArray::number(channel->next()));
        headers::set(fields, header::Seq, QByteArray::number(*seq));
        co_await response.send(SegmentNotHeld, std::move(fields), "Entry not found\n");
        co_return;
    }
    co_await send(std::move(channel), std::move(found), response, headOnly);
}

asio::awaitable<void> ServerCore::getNext(std::shared_ptr<Channel> channel, ServerResponse &response)
{
    const QByteArray next = QByteArray::number(channel->next());
    Headers fields = headers::contentType("text/plain");
    headers::set(fields, header::Latest, next);
    co_await response.send(200, std::move(fields), next);
}

asio::awaitable<void> ServerCore::send(
    std::shared_ptr<Channel> channel, FoundSegment found, ServerResponse &response, bool headOnly)
{
    SegmentReader reader(found.segment, !headOnly && response.sendsPages());
    const Subscription gone = response.onClosed([segment = found.segment] { segment->wake(); });
    while (!reader.hasBytes() && !reader.atEnd() && !response.isClosed())
        co_await reader.segment()->changed();
    if (response.isClosed())
        co_return;

    Headers fields = headers::contentType(channel->mimeType());
    headers::set(fields, header::Seq, QByteArray::number(found.seq));
    const bool empty = !reader.hasBytes();
    if (empty || !found.atEdge)
        headers::set(fields, header::Latest, QByteArray::number(channel->next()));
    if (empty) {
        if (channel->isEnded())
            headers::set(fields, header::Closed, Terminated);
        co_await response.send(200, std::move(fields), QByteArray());
        co_return;
    }
    co_await response.begin(200, std::move(fields));
    while (!headOnly && !response.isClosed() && !reader.atEnd()) {
        PageRange pages = reader.takePages();
        QByteArrayList pieces = pages.size > 0 ? QByteArrayList() : reader.take();
        if (pages.size > 0)
            co_await response.write(std::move(pages));
        else if (!pieces.isEmpty())
            co_await response.write(std::move(pieces));
        else
            co_await reader.segment()->changed();
    }
    co_await response.end();
}

} // namespace sluice::trickle
