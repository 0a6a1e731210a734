#include "sluice/trickle/publisher_core_p.h"

#include "sluice/base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sluice::trickle {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto RetryDelay = 250ms;
constexpr auto MaxBackoff = 2'000ms;
constexpr auto GoodWhile = 100ms;
/// Of a segment that may have to be sent again: what the server holds of it is read back and compared.
constexpr qsizetype MaxReadBack = 32 * 1024 * 1024;
/// Two segments travel on two connections, and one that overtakes the other would set the expected number back (trickle.md
/// 1.2, S4). So one that just began is waited for before the next begins.
constexpr auto ShortSegment = 500ms;

std::optional<qint64> nextOf(const AsioHttpResponse &answer)
{
    if (const auto latest = readSegmentHeaders(answer.headers).latest)
        return latest;
    const auto number = parseSequence(answer.body.trimmed());
    return number && *number >= 0 ? std::optional(*number) : std::nullopt;
}

// How many of the pieces are in what the server holds. A last line counts without its line end too, because readers take it
// for a record (trickle.md 4).
qsizetype piecesIn(QByteArrayView held, const std::vector<QByteArray> &pieces)
{
    qsizetype count = 0;
    for (const QByteArray &piece : pieces) {
        const bool cutLine = piece.endsWith('\n') && held == QByteArrayView(piece).chopped(1);
        if (!cutLine && !held.startsWith(piece))
            break;
        held = cutLine ? QByteArrayView() : held.sliced(piece.size());
        ++count;
        if (held.isEmpty())
            break;
    }
    return count;
}

} // namespace

asio::awaitable<void> PublisherCore::run()
{
    std::optional<Error> failure;
    try {
        co_await publish();
    } catch (const Error &error) {
        failure = error;
    }
    if (failure) {
        drop(m_current);
        drop(m_ahead);
        noteTerminal(*failure);
    }
    while (!isClosing())
        co_await m_event.wait();
    co_await shutDown();
}

asio::awaitable<void> PublisherCore::publish()
{
    co_await resolveStart();
    for (;;) {
        const bool more = co_await waitForSegment();
        if (!more)
            co_return;
        co_await sendSegment();
    }
}

asio::awaitable<void> PublisherCore::resolveStart()
{
    const auto until = Clock::now() + m_options.startTimeout;
    const QUrl url = segmentUrl(m_options.channel, "next");
    for (;;) {
        std::optional<Error> failure;
        AsioHttpResponse answer;
        try {
            answer = co_await ask("GET", url, m_options.connectTimeout);
        } catch (const Error &error) {
            failure = error;
        }
        const auto next = !failure && answer.status == 200 ? nextOf(answer) : std::nullopt;
        if (next) {
            m_current = open(*next, true);
            change([&](PublisherStats &stats) { stats.seq = *next; });
            co_return;
        }
        if (!failure && answer.status == 404) {
            m_gone = true;
            throw terminal(QStringLiteral("The channel %1 does not exist.").arg(shown(m_options.channel))).withHttp(404, answer.body);
        }
        if (!failure)
            failure = Error(Error::Kind::Http, QStringLiteral("%1 answered %2 to the question for the next segment.").arg(shown(url)).arg(answer.status));
        if (failure->kind() == Error::Kind::TlsChanged || failure->kind() == Error::Kind::InvalidInput)
            throw *failure;
        if (Clock::now() >= until || isClosing())
            throw terminal(QStringLiteral("The channel %1 could not be opened: ").arg(shown(m_options.channel)) + failure->message());
        co_await pause(RetryDelay);
    }
}

// Keeps the request for the next segment open until there is something to send on it; false when there never will be.
asio::awaitable<bool> PublisherCore::waitForSegment()
{
    for (;;) {
        if (m_ending)
            throw *m_ending;
        if (m_discarding)
            discardSegment();
        const auto item = front();
        if (item && !item->isBoundary())
            co_return true;
        if (item) {
            pop();
            continue;
        }
        if (isClosing())
            co_return false;
        const auto until = renewIdleRequest();
        co_await wait(until);
    }
}

// Renews the waiting request when that is due; gives the time to look again.
std::optional<PublisherCore::Clock::time_point> PublisherCore::renewIdleRequest()
{
    const auto now = Clock::now();
    checkTerminal(*m_current);
    if (m_current->state == State::Connecting)
        return std::nullopt;
    if (m_current->state == State::Open) {
        reportReady();
        const auto due = std::max(m_current->opened, m_current->exchange->lastHeard()) + m_options.parkedRefresh;
        if (now < due)
            return due;
        qCDebug(logTrickle) << "Renewing the waiting request of" << shown(m_options.channel);
        reopen();
        return std::nullopt;
    }
    if (!m_reopenAt) {
        // At once the first time, then with growing pauses.
        m_backoff = now - m_current->opened > MaxBackoff ? 0ms : std::clamp(2 * m_backoff, 100ms, MaxBackoff);
        m_reopenAt = now + m_backoff;
    }
    if (now < *m_reopenAt)
        return m_reopenAt;
    m_reopenAt.reset();
    if (m_current->state == State::Answered && m_current->status == 200)
        advance(); // the segment was closed before its first byte
    else
        reopen();
    return std::nullopt;
}

void PublisherCore::reportReady()
{
    if (std::exchange(m_ready, true))
        return;
    const std::scoped_lock lock(m_callbackMutex);
    const auto callback = m_callbacks.ready;
    if (callback)
        callback(m_current->seq);
}

// One segment, or what remains of one that could not be sent whole. Helpers that return false have handled the failure.
asio::awaitable<void> PublisherCore::sendSegment()
{
    m_sent.clear();
    m_sentBytes = 0;
    m_askedForNewer = false;
    m_retried = false;
    m_reopenAt.reset();
    change([](PublisherStats &stats) { ++stats.segmentsStarted; });
    co_await waitForSlot();
    const bool opened = co_await ensureOpen();
    if (!opened)
        co_return;
    const bool sent = co_await sendChunks();
    if (sent)
        co_await endSegment();
}

asio::awaitable<void> PublisherCore::waitForSlot()
{
    const auto until = m_ends.size() < HeldSegments ? Clock::now() : m_ends.front() + m_options.hold;
    while (Clock::now() < until)
        co_await wait(until);
}

// False when the segment was given up.
asio::awaitable<bool> PublisherCore::ensureOpen()
{
    for (;;) {
        checkTerminal(*m_current);
        if (m_current->state == State::Open) {
            reportReady();
            if (!resends())
                m_failingSince.reset();
            co_return true;
        }
        if (m_current->state == State::Connecting) {
            co_await wait(std::nullopt);
            continue;
        }
        if (m_current->state == State::Answered && m_current->status == 200 && !std::exchange(m_retried, true)) {
            advance();
            continue;
        }
        const Error error = failureOf(*m_current);
        if (resends()) {
            checkResendLimit(error);
            if (m_retried)
                co_await pause(RetryDelay);
        } else if (m_retried) {
            const bool goesOn = co_await retryDuringOutage(error);
            if (!goesOn)
                co_return false;
        }
        m_retried = true;
        change([](PublisherStats &stats) { ++stats.retries; });
        reopen();
    }
}

// Waits a little before the next try to connect; false when the segment was given up instead.
asio::awaitable<bool> PublisherCore::retryDuringOutage(Error error)
{
    if (m_options.outage.count() <= 0 || isClosing()) {
        giveUp(error, false);
        co_return false;
    }
    if (!m_failingSince)
        m_failingSince = Clock::now();
    const auto passed = Clock::now() - *m_failingSince;
    if (passed >= m_options.outage) {
        const qint64 seconds = std::chrono::round<std::chrono::seconds>(passed).count();
        throw Error(Error::Kind::Network, QStringLiteral("Nothing could be sent to %1 for %2 s. ").arg(shown(m_options.channel)).arg(seconds) + error.message())
            .withRequest("POST", m_options.channel);
    }
    co_await pause(OutageDelay);
    bool newerQueued = false;
    const auto item = front(&newerQueued);
    if (!item || !fellBehind(*item, newerQueued))
        co_return true;
    giveUpLate();
    co_return false;
}

// Whether newer pictures are worth more than this one, and there are some.
bool PublisherCore::fellBehind(const PublisherItem &item, bool newerQueued)
{
    if (m_options.maxLag.count() <= 0 || Clock::now() - item.queued <= m_options.maxLag)
        return false;
    if (newerQueued || std::exchange(m_askedForNewer, true))
        return newerQueued;
    const std::scoped_lock lock(m_callbackMutex);
    const auto callback = m_callbacks.behind;
    if (callback)
        callback();
    return false;
}

// True at the segment's end.
asio::awaitable<bool> PublisherCore::sendChunks()
{
    for (;;) {
        if (m_ending)
            throw *m_ending;
        checkTerminal(*m_current);
        if (m_ahead)
            checkTerminal(*m_ahead);
        if (m_current->state != State::Open) {
            co_await interrupted();
            co_return false;
        }
        bool newerQueued = false;
        const auto item = front(&newerQueued);
        if (!item && isClosing())
            co_return true;
        if (!item) {
            co_await wait(std::nullopt);
            continue;
        }
        if (item->isBoundary()) {
            pop();
            co_return true;
        }
        if (fellBehind(*item, newerQueued)) {
            giveUpLate();
            co_return false;
        }
        pop();
        const bool sent = co_await sendChunk(*item);
        if (!sent)
            co_return false;
    }
}

// The server answered, or the connection broke, in the middle of a segment.
asio::awaitable<void> PublisherCore::interrupted()
{
    if (m_current->state == State::Answered && m_current->status == 200 && !resends()) {
        // The segment is over for the server; what remains goes into the next one.
        report(m_current->seq, m_current->bytes, std::nullopt);
        advance();
        co_return;
    }
    const Error error = failureOf(*m_current);
    co_await failed(error, false);
}

asio::awaitable<bool> PublisherCore::sendChunk(PublisherItem item)
{
    const RequestPtr request = m_current;
    const qsizetype size = item.bytes.size();
    if (resends())
        remember(item.bytes);
    std::optional<Error> failure;
    try {
        co_await request->exchange->writeChunk(item.bytes, m_options.chunkTimeout);
    } catch (const Error &error) {
        failure = error;
    }
    if (!failure) {
        if (request->bytes == 0)
            request->begun = Clock::now();
        request->consumed = true;
        request->bytes += size;
        const auto delay = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - item.queued);
        change([&](PublisherStats &stats) {
            stats.bytesSent += size;
            ++stats.chunksSent;
            stats.lastQueueDelay = delay;
            stats.maxQueueDelay = std::max(stats.maxQueueDelay, delay);
        });
        if (!m_ahead)
            m_ahead = open(request->seq + 1, false);
        co_return true;
    }
    if (failure->kind() == Error::Kind::Timeout) {
        request->consumed = true; // as far as the kernel got with it
        change([](PublisherStats &stats) { ++stats.chunkTimeouts; });
    } else if (request->state == State::Open) {
        co_await pause(20ms); // the answer that explains it may be on its way
    }
    checkTerminal(*request);
    const bool answered = request->state == State::Answered;
    if (!answered) {
        request->error = failure;
        request->state = State::Failed;
    }
    if (!resends() && (answered ? request->status == 200 : !request->consumed && !m_retried)) {
        // Nothing of it was consumed: again, on a new connection or in the next segment.
        const std::vector<PublisherItem> again{item};
        putBack(again);
        if (answered) {
            co_await interrupted();
            co_return false;
        }
        m_retried = true;
        change([](PublisherStats &stats) { ++stats.retries; });
        reopen();
        co_return co_await ensureOpen();
    }
    if (!resends())
        countDropped(size);
    const Error error = failureOf(*request);
    co_await failed(error, false);
    co_return false;
}

asio::awaitable<void> PublisherCore::endSegment()
{
    const RequestPtr request = m_current;
    request->bodyDone = true;
    std::optional<Error> failure;
    try {
        co_await request->exchange->endBody(m_options.chunkTimeout);
    } catch (const Error &error) {
        failure = error;
    }
    if (failure && request->state == State::Open) {
        request->error = failure;
        request->state = State::Failed;
    }
    if (!resends()) {
        ++m_finishing;
        if (Clock::now() - request->begun < ShortSegment) {
            co_await finishInBackground(request);
            advance();
            co_return;
        }
        asio::co_spawn(m_io.context(), [self = shared_from_this(), request] { return self->finishInBackground(request); }, asio::detached);
        advance();
        co_return;
    }
    co_await awaitAnswer(request);
    checkTerminal(*request);
    if (request->state == State::Answered && request->status == 200) {
        m_failingSince.reset();
        report(request->seq, request->bytes, std::nullopt);
        advance();
        co_return;
    }
    const Error error = failureOf(*request);
    co_await failed(error, true);
}

asio::awaitable<void> PublisherCore::awaitAnswer(RequestPtr request)
{
    const auto until = Clock::now() + m_options.answerTimeout;
    while (request->state == State::Open && Clock::now() < until)
        co_await wait(until);
}

asio::awaitable<void> PublisherCore::finishInBackground(RequestPtr request)
{
    co_await awaitAnswer(request);
    --m_finishing; // incremented by the caller
    try {
        checkTerminal(*request);
        if (request->state == State::Answered && request->status == 200) {
            m_failures = 0;
            report(request->seq, request->bytes, std::nullopt);
        } else {
            const Error error = failureOf(*request);
            drop(request);
            deleteSegment(request->seq);
            report(request->seq, request->bytes, error);
            countFailure(*request, error);
        }
    } catch (const Error &error) {
        m_ending = error;
    }
    m_event.notify();
}

asio::awaitable<void> PublisherCore::failed(Error error, bool ended)
{
    if (resends())
        co_await recover(std::move(error), ended);
    else
        giveUp(error, ended);
}

void PublisherCore::giveUp(const Error &error, bool ended)
{
    const RequestPtr request = m_current;
    abandon(error, ended);
    countFailure(*request, error);
}

void PublisherCore::giveUpLate()
{
    const Error late(Error::Kind::TrickleSegment,
        QStringLiteral("Segment %1 of %2 fell behind and was given up for a newer one.").arg(m_current->seq).arg(shown(m_options.channel)));
    abandon(late, false, true);
}

// The rest of the segment is dropped. A number that no byte went to is kept for the next segment: its readers still wait for it.
void PublisherCore::abandon(const Error &error, bool ended, bool late)
{
    const RequestPtr request = m_current;
    report(request->seq, request->bytes, error, late);
    m_discarding = !ended;
    if (request->consumed) {
        drop(request);
        deleteSegment(request->seq);
        advance();
    }
}

void PublisherCore::countFailure(const PublisherRequest &request, const Error &error)
{
    // Where outages are waited for, a connection that worked for a while and then broke does not count.
    const bool worked = request.error && request.error->kind() == Error::Kind::Network && request.consumed && Clock::now() - request.begun > GoodWhile;
    if (worked && m_options.outage.count() > 0)
        return;
    if (++m_failures >= m_options.maxFailures)
        throw terminal(QStringLiteral("%1 segments in a row could not be sent to %2. ").arg(m_failures).arg(shown(m_options.channel)) + error.message());
}

void PublisherCore::checkResendLimit(const Error &error)
{
    if (!m_failingSince)
        m_failingSince = Clock::now();
    if (Clock::now() - *m_failingSince >= m_options.resendFor)
        throw terminal(QStringLiteral("Nothing could be sent to %1 for too long. ").arg(shown(m_options.channel)) + error.message());
}

void PublisherCore::remember(const QByteArray &chunk)
{
    m_sentBytes += chunk.size();
    if (m_sentBytes <= MaxReadBack)
        m_sent.push_back(chunk);
    else
        m_sent.clear();
}

// Asks the server what it holds and puts the rest back to the front of the queue, to go into the next segment.
asio::awaitable<void> PublisherCore::recover(Error error, bool ended)
{
    const RequestPtr request = m_current;
    drop(request);
    checkResendLimit(error);
    if (m_sentBytes > MaxReadBack)
        throw terminal(QStringLiteral("Segment %1 of %2 broke off after more than %3 bytes, too many to find out which of them arrived; shorter "
                                      "segments can be sent again. %4")
                           .arg(request->seq).arg(shown(m_options.channel)).arg(MaxReadBack).arg(error.message()));
    change([](PublisherStats &stats) { ++stats.retries; });
    const qsizetype delivered = co_await deliveredChunks(request->seq, error);
    std::vector<PublisherItem> rest;
    for (std::size_t i = std::size_t(delivered); i < m_sent.size(); ++i)
        rest.push_back({m_sent[i]});
    qCInfo(logTrickle).noquote() << error.message() << "The server holds" << delivered << "of" << m_sent.size() << "pieces; the rest goes into the next segment.";
    const bool whole = ended && rest.empty();
    if (ended && !whole)
        rest.push_back({});
    report(request->seq, request->bytes, whole ? std::nullopt : std::optional(error));
    putBack(std::move(rest));
    advance();
}

// How many of the pieces sent in this segment arrived. It is closed first, so that its content is final.
asio::awaitable<qsizetype> PublisherCore::deliveredChunks(qint64 seq, Error cause)
{
    const QUrl url = segmentUrl(m_options.channel, QByteArray::number(seq));
    for (;;) {
        std::optional<Error> failure;
        AsioHttpResponse closed;
        AsioHttpResponse held;
        try {
            closed = co_await ask("DELETE", url, m_options.answerTimeout);
            if (closed.status == 200)
                held = co_await ask("GET", url, m_options.answerTimeout);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure && (closed.status == 404 || held.status == 404)) {
            m_gone = true;
            throw terminal(QStringLiteral("The channel %1 does not exist any more.").arg(shown(m_options.channel))).withHttp(404, {});
        }
        if (!failure && (closed.status == 400 || held.status == 200 || held.status == SegmentNotHeld)) {
            co_return held.status == 200 ? piecesIn(held.body, m_sent) : 0;
        }
        checkResendLimit(failure.value_or(cause));
        co_await pause(RetryDelay);
    }
}

asio::awaitable<void> PublisherCore::shutDown()
{
    const auto until = Clock::now() + m_options.answerTimeout;
    while (m_finishing > 0 && Clock::now() < until)
        co_await wait(until);
    if (m_options.deleteOnClose && !m_gone) {
        const QUrl channel = m_options.channel;
        const QString whole;
        co_await remove(channel, whole);
    }
    drop(m_current);
    drop(m_ahead);
    m_connections.clear();
    const std::scoped_lock lock(m_mutex);
    m_closed.finish();
}

} // namespace sluice::trickle
