#include "sluice/trickle/json_channel.h"

#include "sluice/net/work_aside.h"

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace sluice::trickle {

namespace {

PublisherOptions publisherOptions(const JsonWriterOptions &options)
{
    PublisherOptions result = options.publisher;
    result.mimeType = mimeType(options.style);
    result.onFailure = PublisherOptions::OnFailure::Resend;
    result.maxQueuedBytes = options.maxQueuedBytes;
    result.maxLag = std::chrono::milliseconds(0);
    return result;
}

/// What may wait for a large record to be parsed.
constexpr qsizetype MaxWaitingBytes = 4 * 1024 * 1024;
constexpr char Keepalive[] = R"({"keep":"alive"})";

} // namespace

class JsonWriter::Impl final : public std::enable_shared_from_this<JsonWriter::Impl> {
public:
    Impl(IoThread &io, JsonWriterOptions options, Publisher::Callbacks callbacks)
        : m_io(io)
        , m_options(std::move(options))
        , m_publisher(std::make_unique<Publisher>(io, publisherOptions(m_options), std::move(callbacks)))
        , m_timer(io.context())
    {
    }

    void start();
    Expected<void> send(const Json &record);
    QFuture<void> close();
    /// Ends the callbacks, and the timer's work with the publisher.
    void end();
    [[nodiscard]] const Publisher &publisher() const { return *m_publisher; }

private:
    // Both with the mutex held. The timer is armed on the I/O thread, so each arming has a number and the last one counts.
    void arm(std::chrono::milliseconds time);
    void expired();

    IoThread &m_io;
    const JsonWriterOptions m_options;
    std::mutex m_mutex; ///< keeps a record and the end of its segment together
    std::unique_ptr<Publisher> m_publisher;
    boost::asio::steady_timer m_timer;
    int m_armed = 0;
    bool m_lineOpen = false;
    bool m_closed = false;
};

void JsonWriter::Impl::start()
{
    const std::scoped_lock lock(m_mutex);
    if (m_options.style == JsonStyle::Message)
        arm(m_options.keepalive);
}

void JsonWriter::Impl::arm(std::chrono::milliseconds time)
{
    ++m_armed;
    if (time.count() <= 0)
        return;
    m_io.post([weak = weak_from_this(), time, number = m_armed] {
        const auto self = weak.lock();
        if (!self)
            return;
        self->m_timer.expires_after(time);
        self->m_timer.async_wait([weak, number](const boost::system::error_code &error) {
            const auto alive = weak.lock();
            if (error || !alive)
                return;
            const std::scoped_lock lock(alive->m_mutex);
            if (number == alive->m_armed && !alive->m_closed)
                alive->expired();
        });
    });
}

void JsonWriter::Impl::expired()
{
    if (m_options.style == JsonStyle::Lines) {
        m_publisher->nextSegment();
        m_lineOpen = false;
        return;
    }
    if (m_publisher->write(Keepalive))
        m_publisher->nextSegment();
    arm(m_options.keepalive);
}

Expected<void> JsonWriter::Impl::send(const Json &record)
{
    QByteArray text = record.dump();
    if (m_options.style == JsonStyle::Lines)
        text += '\n';
    const qsizetype size = text.size();
    const std::scoped_lock lock(m_mutex);
    if (m_closed)
        return unexpected(Error(Error::Kind::TrickleTerminal, QStringLiteral("The channel was closed here; nothing more can be sent.")));
    if (!m_publisher->write(std::move(text))) {
        if (const auto ended = m_publisher->terminalError())
            return unexpected(*ended);
        return unexpected(Error(Error::Kind::TooLarge,
            QStringLiteral("A record of %1 bytes does not fit: %2 of at most %3 bytes wait to be sent.")
                .arg(size)
                .arg(m_publisher->stats().bytesQueued)
                .arg(m_options.maxQueuedBytes))
                              .withAdvice(QStringLiteral("Send it again later, or send less often.")));
    }
    if (m_options.style == JsonStyle::Message) {
        m_publisher->nextSegment();
        arm(m_options.keepalive);
    } else if (!std::exchange(m_lineOpen, true)) {
        arm(m_options.rotateAfter);
    }
    return {};
}

QFuture<void> JsonWriter::Impl::close()
{
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    return m_publisher->close();
}

void JsonWriter::Impl::end()
{
    std::unique_ptr<Publisher> publisher;
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        publisher = std::move(m_publisher);
    }
    // Destroyed without the lock: it waits for a running callback, which may be sending.
}

JsonWriter::JsonWriter(IoThread &io, JsonWriterOptions options, Publisher::Callbacks callbacks)
    : m_impl(std::make_shared<Impl>(io, std::move(options), std::move(callbacks)))
{
    m_impl->start();
}

JsonWriter::~JsonWriter()
{
    m_impl->end();
}

Expected<void> JsonWriter::send(const Json &record)
{
    return m_impl->send(record);
}

QFuture<void> JsonWriter::close()
{
    return m_impl->close();
}

PublisherStats JsonWriter::stats() const
{
    return m_impl->publisher().stats();
}

std::optional<Error> JsonWriter::terminalError() const
{
    return m_impl->publisher().terminalError();
}

class JsonReader::Impl final : public std::enable_shared_from_this<JsonReader::Impl> {
public:
    Impl(IoThread &io, JsonReaderOptions options, Callbacks callbacks)
        : m_io(io)
        , m_options(std::move(options))
        , m_callbacks(std::move(callbacks))
    {
    }

    /// On the I/O thread.
    void take(const SubscriberEvent &event);
    /// No callback runs or will run once this returns, and nothing is parsed. Not on the I/O thread.
    void silence();

private:
    using Type = SubscriberEvent::Type;

    void handle(const SubscriberEvent &event);
    /// Bytes of a segment, or its end.
    void read(const SubscriberEvent &event);
    boost::asio::awaitable<void> readAside(SubscriberEvent event);
    void give(const JsonSegmentParser::Result &result) const;
    void problem(const Error &error) const
    {
        if (m_callbacks.problem)
            m_callbacks.problem(error);
    }

    IoThread &m_io;
    const JsonReaderOptions m_options;
    const Callbacks m_callbacks;
    std::mutex m_mutex; ///< held while callbacks run
    std::condition_variable m_parsed;
    bool m_silent = false;
    bool m_isParsing = false; ///< elsewhere; what comes meanwhile waits
    std::optional<JsonSegmentParser> m_parser;
    std::deque<SubscriberEvent> m_waiting;
    qsizetype m_waitingBytes = 0;
};

void JsonReader::Impl::give(const JsonSegmentParser::Result &result) const
{
    for (const Error &error : result.problems)
        problem(error);
    for (const Json &record : result.records) {
        if (m_callbacks.record)
            m_callbacks.record(record);
    }
}

void JsonReader::Impl::take(const SubscriberEvent &event)
{
    if (!m_isParsing) {
        handle(event);
        return;
    }
    SubscriberEvent waiting = event;
    if (m_waitingBytes + event.bytes.size() > MaxWaitingBytes) {
        waiting.bytes.clear();
        waiting.complete = false; // which says that bytes are missing
    }
    m_waitingBytes += waiting.bytes.size();
    m_waiting.push_back(std::move(waiting));
}

void JsonReader::Impl::silence()
{
    using namespace std::chrono_literals;
    std::unique_lock lock(m_mutex);
    m_silent = true;
    m_parsed.wait_for(lock, 10s, [this] { return !m_isParsing || m_io.context().stopped(); });
}

void JsonReader::Impl::handle(const SubscriberEvent &event)
{
    const std::scoped_lock lock(m_mutex);
    if (m_silent)
        return;
    switch (event.type) {
    case Type::SegmentBegin:
        m_parser.emplace(m_options.style.value_or(styleOf(event.mimeType)), m_options.limits);
        break;
    case Type::Bytes:
    case Type::SegmentEnd:
        if (m_parser)
            read(event);
        break;
    case Type::Gap:
        problem(Error(Error::Kind::TrickleSegment,
            event.next > event.seq ? QStringLiteral("%1 segments were missed: the reader was too slow or away.").arg(event.next - event.seq)
                                   : QStringLiteral("The writer of the channel began anew at segment %1.").arg(event.next)));
        break;
    case Type::End:
        if (m_callbacks.ended)
            m_callbacks.ended(event.error);
        break;
    }
}

void JsonReader::Impl::read(const SubscriberEvent &event)
{
    if (event.type == Type::Bytes && !event.complete) {
        m_parser.reset();
        problem(Error(Error::Kind::TooLarge, QStringLiteral("Records come faster than they can be read; the rest of segment %1 is left out.").arg(event.seq)));
    } else if (m_parser->pendingBytes() + event.bytes.size() > MaxBytesOnIoThread) {
        m_isParsing = true;
        boost::asio::co_spawn(m_io.context(), [self = shared_from_this(), event] { return self->readAside(event); }, boost::asio::detached);
    } else if (event.type == Type::Bytes) {
        give(m_parser->feed(event.bytes));
    } else {
        give(m_parser->finish());
        m_parser.reset();
    }
}

boost::asio::awaitable<void> JsonReader::Impl::readAside(SubscriberEvent event)
{
    const auto parser = std::make_shared<JsonSegmentParser>(std::move(*m_parser));
    const qsizetype bytes = parser->pendingBytes() + event.bytes.size();
    const auto work = [parser, event] { return event.type == Type::Bytes ? parser->feed(event.bytes) : parser->finish(); };
    const JsonSegmentParser::Result result = co_await aside(bytes, work);
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_silent)
            give(result);
        m_isParsing = false;
        m_parser.reset();
        if (event.type == Type::Bytes)
            m_parser.emplace(std::move(*parser));
    }
    m_parsed.notify_all();
    while (!m_isParsing && !m_waiting.empty()) {
        const SubscriberEvent next = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= next.bytes.size();
        handle(next);
    }
}

JsonReader::JsonReader(IoThread &io, JsonReaderOptions options, Callbacks callbacks)
    : m_impl(std::make_shared<Impl>(io, options, std::move(callbacks)))
    , m_subscriber(std::make_unique<Subscriber>(io, options.subscriber, [impl = m_impl](const SubscriberEvent &event) { impl->take(event); }))
{
}

JsonReader::~JsonReader()
{
    m_subscriber.reset();
    m_impl->silence();
}

void JsonReader::stop()
{
    m_subscriber->stop();
}

SubscriberStats JsonReader::stats() const
{
    return m_subscriber->stats();
}

} // namespace sluice::trickle
