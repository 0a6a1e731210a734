#include "sluice/trickle/subscriber_core_p.h"

#include "sluice/base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace sluice::trickle {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Type = SubscriberEvent::Type;

namespace {

/// A channel that stays behind what was asked for has a publisher that began anew (trickle.md 1.8).
constexpr auto RestartedAfter = 2s;
/// After a failure it is tried again at once, then with growing pauses.
constexpr std::chrono::milliseconds FirstPause = 25ms;
/// Weight of useless answers after which the reader asks ever more slowly: a server that answers like that has hardly a channel there.
constexpr int OddAnswers = 3;
constexpr int HeaviestOdds = OddAnswers + 8;
/// A number that goes back weighs more than one that goes on makes good, or else going to and fro would never slow a reader down.
constexpr int WeightOfBack = 2;
constexpr std::chrono::milliseconds LongestPause = 2s;
/// A server that was there for so long was not lost.
constexpr auto GoodWhile = 100ms;
/// Segments begun after the one being read, from which on a reader is behind: the next one may just have begun.
constexpr qint64 LaggingSegments = 2;

// Whether asking again may help.
bool passes(const Error &error)
{
    using Kind = Error::Kind;
    return error.kind() != Kind::TlsChanged && error.kind() != Kind::InvalidInput && error.kind() != Kind::TooLarge;
}

} // namespace

asio::awaitable<void> SubscriberCore::run()
{
    std::optional<Error> failure;
    try {
        co_await follow();
    } catch (const Error &error) {
        failure = error;
    }
    drop(m_current);
    drop(m_ahead);
    m_connections.clear();
    abandonResumed();
    if (failure && failure->kind() != Error::Kind::Canceled)
        qCInfo(logTrickle).noquote() << "Reading" << shown(m_options.channel) << "ended:" << failure->describe();
    SubscriberEvent end(Type::End);
    end.error = failure;
    emitEvent(std::move(end));
}

// Returns at the end of the channel.
asio::awaitable<void> SubscriberCore::follow()
{
    m_current = get(m_options.start);
    for (;;) {
        co_await awaitHead();
        const RequestPtr request = m_current;
        if (request->state == State::Failed) {
            co_await failed(*request->error);
        } else if (request->status == 404) {
            if (m_everFound)
                co_return;
            throw Error(Error::Kind::TrickleTerminal, QStringLiteral("The channel %1 does not exist.").arg(shown(m_options.channel)))
                .withRequest("GET", m_options.channel)
                .withHttp(404, {});
        } else if (request->status == 200 && request->answer.closed) {
            co_return;
        } else if (request->status == 200) {
            co_await segmentFound();
        } else if (request->status == SegmentNotHeld && request->answer.latest) {
            co_await notHeld();
        } else {
            const QString what = QStringLiteral("%1 answered %2.").arg(shown(m_options.channel)).arg(request->status);
            const Error error(Error::Kind::Http, what);
            co_await failed(error);
        }
    }
}

// Waits until the current request is answered or has failed, renewing it now and then.
asio::awaitable<void> SubscriberCore::awaitHead()
{
    for (;;) {
        checkStopped();
        if (m_current->state == State::Answered || m_current->state == State::Failed)
            co_return;
        if (m_current->state == State::Connecting) {
            co_await waitEvent(std::nullopt);
            continue;
        }
        const auto due = m_current->opened + m_options.parkedRefresh;
        if (Clock::now() >= due) {
            change([](SubscriberStats &stats) { ++stats.refreshes; });
            const RequestPtr old = m_current;
            m_current = get(old->seq);
            drop(old);
            continue;
        }
        co_await waitEvent(due);
    }
}

asio::awaitable<void> SubscriberCore::segmentFound()
{
    const RequestPtr request = m_current;
    m_everFound = true;
    m_aheadSince.reset();
    m_repeated = -1;
    if (!request->answer.seq && request->seq < 0) {
        const Error error(Error::Kind::Protocol, QStringLiteral("%1 did not say which segment it gives.").arg(shown(m_options.channel)));
        co_await failed(error);
        co_return;
    }
    const qint64 seq = request->answer.seq.value_or(request->seq);
    const bool again = seq == m_last && seq != m_resumed;
    const bool isBack = seq <= m_last && seq != m_resumed;
    if (m_resumed >= 0 && seq != m_resumed)
        abandonResumed();
    if (!m_ahead || m_ahead->seq != seq + 1) {
        drop(m_ahead);
        m_ahead = get(seq + 1);
    }
    const qint64 lag = request->answer.latest ? std::max<qint64>(*request->answer.latest - 1 - seq, 0) : 0;
    change([&](SubscriberStats &stats) {
        stats.seq = seq;
        stats.lag = lag;
    });
    if (lagsForTooLong(lag)) {
        jump();
        co_return;
    }
    if (!request->answer.seq || isBack)
        co_await backOff(isBack ? WeightOfBack : 1);
    if (again)
        co_await pause(m_options.aheadDelay); // an emptied segment at the edge answers at once, again and again
    co_await readBody(seq);
}

asio::awaitable<void> SubscriberCore::readBody(qint64 seq)
{
    const RequestPtr request = m_current;
    const auto entered = Clock::now();
    qint64 position = 0;
    bool begun = m_resumed == seq;
    std::optional<Error> cut;
    Alarm silence(m_io.context().get_executor());
    for (;;) {
        co_await waitForRoom();
        QByteArray bytes;
        try {
            if (m_options.bodyTimeout.count() > 0)
                silence.arm(m_options.bodyTimeout, [exchange = request->exchange] { exchange->close(); });
            bytes = co_await request->exchange->read();
        } catch (const Error &error) {
            cut = error;
        }
        silence.disarm();
        checkStopped();
        if (cut || bytes.isEmpty() || m_isLate)
            break;
        if (!std::exchange(begun, true))
            beginSegment(seq);
        // What a cut left unread comes after what was given already.
        const qint64 known = std::clamp<qint64>(m_resumed == seq ? m_given - position : 0, 0, bytes.size());
        position += bytes.size();
        if (m_options.maxSegmentBytes > 0 && position > m_options.maxSegmentBytes)
            throw Error(Error::Kind::TooLarge,
                QStringLiteral("Segment %1 of %2 is larger than the %3 bytes that are allowed.").arg(seq).arg(shown(m_options.channel)).arg(m_options.maxSegmentBytes));
        QByteArray fresh = bytes.mid(known);
        co_await giveBytes(seq, std::move(fresh));
    }
    m_late.disarm();
    if (std::exchange(m_isLate, false)) {
        m_resumed = begun ? seq : -1;
        jump();
        co_return;
    }
    if (cut) {
        m_resumed = begun ? seq : -1;
        m_given = std::max(position, m_given);
        change([](SubscriberStats &stats) { ++stats.resumed; });
        drop(m_ahead);
        m_ahead.reset();
        m_current = std::make_shared<SubscriberRequest>(seq); // what failed() asks for again
        m_current->waited = Clock::now() - entered > GoodWhile;
        co_await failed(*cut);
        co_return;
    }
    m_resumed = -1;
    m_given = 0;
    m_failingSince.reset();
    m_connections.keep(request->exchange);
    if (begun) {
        endSegment(seq, true);
        // A new highest number clears the weight; old numbers reduce it one by one.
        if (request->answer.seq)
            m_odd = seq > m_highest ? 0 : std::max(m_odd - 1, 0);
        m_highest = std::max(m_highest, seq);
    } else {
        change([](SubscriberStats &stats) { ++stats.emptySegments; });
        co_await backOff(1);
    }
    m_last = seq;
    m_current = m_ahead;
    m_ahead.reset();
}

void SubscriberCore::beginSegment(qint64 seq)
{
    m_given = 0;
    if (m_last >= 0 && seq != m_last + 1) {
        SubscriberEvent gap(Type::Gap, m_last + 1);
        gap.next = seq;
        change([&](SubscriberStats &stats) {
            ++stats.gaps;
            stats.segmentsMissed += std::max<qint64>(seq - m_last - 1, 0);
        });
        emitEvent(std::move(gap));
    }
    m_last = seq;
    SubscriberEvent begin(Type::SegmentBegin, seq);
    begin.mimeType = headers::value(m_current->exchange->headers(), "Content-Type");
    emitEvent(std::move(begin));
}

// As much at a time as there is room for, so that what waits keeps its bound however much one read brought.
asio::awaitable<void> SubscriberCore::giveBytes(qint64 seq, QByteArray bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype room = co_await waitForRoom();
        QByteArray rest = bytes.mid(room);
        bytes.truncate(room);
        m_failingSince.reset();
        change([&](SubscriberStats &stats) { stats.bytes += bytes.size(); });
        SubscriberEvent event(Type::Bytes, seq);
        event.bytes = std::exchange(bytes, std::move(rest));
        emitEvent(std::move(event));
    }
}

void SubscriberCore::endSegment(qint64 seq, bool complete)
{
    change([&](SubscriberStats &stats) {
        ++stats.segments;
        stats.incompleteSegments += complete ? 0 : 1;
    });
    SubscriberEvent event(Type::SegmentEnd, seq);
    event.complete = complete;
    emitEvent(std::move(event));
}

// A reader that is behind for a moment catches up by itself.
bool SubscriberCore::lagsForTooLong(qint64 segments)
{
    if (segments < LaggingSegments || m_options.maxLag.count() <= 0) {
        m_lagsSince.reset();
        return false;
    }
    if (!m_lagsSince)
        m_lagsSince = Clock::now();
    return Clock::now() - *m_lagsSince > m_options.maxLag;
}

// Leaves the current segment for the newest one.
void SubscriberCore::jump()
{
    qCDebug(logTrickle).noquote() << "Reading" << shown(m_options.channel) << "fell behind and goes on with the newest segment.";
    change([](SubscriberStats &stats) { ++stats.jumps; });
    m_lagsSince.reset();
    abandonResumed();
    restartAt(CurrentSegment);
}

// The rest of a segment that was cut cannot be had any more.
void SubscriberCore::abandonResumed()
{
    if (m_resumed >= 0)
        endSegment(std::exchange(m_resumed, -1), false);
    m_given = 0;
}

asio::awaitable<void> SubscriberCore::notHeld()
{
    const qint64 wanted = m_current->seq;
    const qint64 latest = *m_current->answer.latest;
    m_everFound = true;
    m_failingSince.reset();
    change([](SubscriberStats &stats) { ++stats.notHeld; });
    abandonResumed();
    m_connections.keep(m_current->exchange);
    if (latest >= wanted) {
        co_await backOff(1);
        if (std::exchange(m_repeated, wanted) == wanted)
            co_await pause(m_options.aheadDelay);
        m_aheadSince.reset();
        restartAt(latest);
        co_return;
    }
    if (!m_aheadSince)
        m_aheadSince = Clock::now();
    co_await pause(m_options.aheadDelay);
    if (Clock::now() - *m_aheadSince < RestartedAfter) {
        restartAt(wanted);
        co_return;
    }
    m_aheadSince.reset();
    restartAt(std::max<qint64>(latest - 1, 0));
}

asio::awaitable<void> SubscriberCore::backOff(int weight)
{
    m_odd = std::min(m_odd + weight, HeaviestOdds);
    if (m_odd > OddAnswers)
        co_await pause(std::min(LongestPause, FirstPause * (1 << (m_odd - OddAnswers))));
}

asio::awaitable<void> SubscriberCore::failed(Error error)
{
    checkStopped();
    change([](SubscriberStats &stats) { ++stats.failures; });
    const auto now = Clock::now();
    if (m_current->waited)
        m_failingSince.reset(); // the network was there in the meantime
    const bool first = !m_failingSince;
    if (first)
        m_failingSince = now;
    if (!passes(error) || now - *m_failingSince >= m_options.giveUpAfter)
        throw error;
    qCDebug(logTrickle).noquote() << "Reading" << shown(m_options.channel) << "failed and is tried again:" << error.message();
    if (!first)
        co_await pause(m_backoff);
    m_backoff = first ? std::min(FirstPause, m_options.retryDelay) : std::min(2 * m_backoff, m_options.retryDelay);
    restartAt(m_current->seq);
}

SubscriberCore::RequestPtr SubscriberCore::get(qint64 seq)
{
    const auto request = std::make_shared<SubscriberRequest>(seq);
    change([](SubscriberStats &stats) { ++stats.requests; });
    asio::co_spawn(m_io.context(), [self = shared_from_this(), request] { return self->serve(request); }, asio::detached);
    return request;
}

// Asks for one segment and waits for the answer's head; its body is read by run().
asio::awaitable<void> SubscriberCore::serve(RequestPtr request)
{
    try {
        const auto exchange = co_await m_connections.take();
        request->exchange = exchange;
        if (request->released) {
            exchange->close();
            co_return;
        }
        const QUrl url = segmentUrl(m_options.channel, QByteArray::number(request->seq));
        const Headers fields = m_options.headers;
        co_await exchange->begin("GET", url, fields, AsioExchange::Body::None);
        request->state = State::Waiting;
        request->opened = Clock::now();
        m_event.notify();
        co_await exchange->receiveHead();
        request->status = exchange->status();
        request->answer = readSegmentHeaders(exchange->headers());
        if (request->status != 200) {
            QByteArray ignored("x"); // the next answer lies behind this one's body
            while (!ignored.isEmpty())
                ignored = co_await exchange->read();
        }
        request->state = State::Answered;
        if (m_options.maxLag.count() > 0 && request == m_ahead && request->status == 200 && !request->answer.closed)
            m_late.arm(m_options.maxLag, [this, reading = m_current] {
                m_isLate = reading == m_current && reading->exchange;
                if (m_isLate)
                    reading->exchange->close(); // ends a read that waits
            });
    } catch (const Error &error) {
        request->waited = request->state == State::Waiting && Clock::now() - request->opened > GoodWhile;
        request->error = error;
        request->state = State::Failed;
    }
    m_event.notify();
}

void SubscriberCore::drop(const RequestPtr &request)
{
    if (!request)
        return;
    request->released = true;
    if (request->exchange)
        request->exchange->close();
}

void SubscriberCore::restartAt(qint64 seq)
{
    drop(m_current);
    drop(m_ahead);
    m_ahead.reset();
    m_current = get(seq);
}

void SubscriberCore::checkStopped() const
{
    if (m_stopped)
        throw Error(Error::Kind::Canceled, QStringLiteral("Cancelled."));
}

asio::awaitable<void> SubscriberCore::waitEvent(std::optional<Clock::time_point> until)
{
    Alarm alarm(m_io.context().get_executor());
    if (until) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now());
        alarm.arm(std::max(left, 0ms), [this] { m_event.notify(); });
    }
    co_await m_event.wait();
}

asio::awaitable<void> SubscriberCore::pause(std::chrono::milliseconds time)
{
    const auto until = Clock::now() + time;
    while (Clock::now() < until) {
        checkStopped();
        co_await waitEvent(until);
    }
}

// Waits until events may hold more bytes, and tells how many more.
asio::awaitable<qsizetype> SubscriberCore::waitForRoom()
{
    for (;;) {
        checkStopped();
        {
            const std::scoped_lock lock(m_mutex);
            const qsizetype room = roomLocked();
            m_wasFull = room <= 0;
            if (!m_wasFull)
                co_return room;
        }
        co_await waitEvent(std::nullopt);
    }
}

} // namespace sluice::trickle
