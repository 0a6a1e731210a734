#include "backend_p.h"
#include "keys_p.h"

#include "sluice/base/charset.h"
#include "sluice/net/sse_parser.h"

#include <QtCore/QMap>

#include <algorithm>
#include <deque>

namespace sluice::openai {

namespace {

const QString DoneMark = QStringLiteral("[DONE]");

/// The answer to a call of the verb `stream`, event by event: up to exactly `[DONE]`, or to the server's closing. One that is no stream is
/// given as one event.
class ServerEvents final : public EventSource {
public:
    explicit ServerEvents(const AnswerReading &reading)
        : m_reading(reading)
        , m_contentType(headers::value(reading.stream->headers(), "Content-Type"))
        , m_parser({reading.maxBytes, reading.maxBytes})
    {
        const QByteArray type = headers::mediaType(reading.stream->headers());
        if (type == "text/event-stream")
            m_shape = Shape::Events;
        else if (type == "application/json")
            m_shape = Shape::Whole;
    }

    [[nodiscard]] int status() const override { return m_reading.stream->status(); }
    [[nodiscard]] QByteArray contentType() const override { return m_contentType; }
    [[nodiscard]] QUrl servedBy() const override { return m_reading.client->settings().base; }
    [[nodiscard]] bool isOtherShape() const override { return m_shape == Shape::Whole; }

    QCoro::Task<Item> next() override
    {
        // Comments and blank lines do not wind this up again: only an event does.
        const QDeadlineTimer limit = m_reading.idle.count() > 0 ? QDeadlineTimer(m_reading.idle) : QDeadlineTimer(QDeadlineTimer::Forever);
        try {
            while (m_ready.empty())
                co_await readOn(limit);
        } catch (const Error &error) {
            m_reading.stream->close();
            if (!m_held.isEmpty())
                m_reading.sink->keepReceived(m_contentType, m_held);
            throw m_reading.client->hidden(error, m_reading.url);
        }
        const Item item = m_ready.front();
        m_ready.pop_front();
        if (item.kind == Item::Kind::Done)
            m_reading.stream->release();
        else if (item.kind == Item::Kind::Failed)
            m_reading.stream->close();
        co_return item;
    }

private:
    enum class Shape { Unknown, Events, Whole };

    QCoro::Task<void> readOn(QDeadlineTimer limit)
    {
        const QByteArray bytes = co_await m_reading.stream->read(limit);
        if (bytes.isEmpty()) {
            takeClosing();
        } else if (m_shape == Shape::Events) {
            takeEvents(orThrow(m_parser.feed(bytes)));
        } else {
            hold(bytes);
        }
        if (m_ready.empty() && limit.hasExpired())
            throw Error(Error::Kind::Timeout, QStringLiteral("No event came for %1 s.").arg(double(m_reading.idle.count()) / 1000));
    }

    /// Of an answer that is not labelled as events; its first byte tells whether it is some.
    void hold(const QByteArray &bytes)
    {
        m_held += bytes;
        if (m_held.size() > m_reading.maxBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(m_reading.maxBytes));
        const QByteArray start = m_held.left(64).trimmed();
        if (m_shape != Shape::Unknown || start.isEmpty())
            return;
        m_shape = start.startsWith("data") || start.startsWith("event") || start.startsWith(':') || start.startsWith("id") || start.startsWith("retry") ? Shape::Events : Shape::Whole;
        if (m_shape == Shape::Events)
            takeEvents(orThrow(m_parser.feed(std::exchange(m_held, {}))));
    }

    void takeEvents(const QList<SseEvent> &events)
    {
        for (const SseEvent &event : events) {
            if (m_ended)
                return;
            takeEvent(event);
        }
    }

    void takeEvent(const SseEvent &event)
    {
        m_anything = true;
        Item item;
        item.event = {event.data, event.event, event.id, event.retry};
        if (event.data == DoneMark) {
            item.kind = Item::Kind::Done;
            end(item);
            return;
        }
        item.kind = Item::Kind::Event;
        if (const auto failure = failureIn(event)) {
            item.kind = Item::Kind::Failed;
            item.error = m_reading.client->failed(m_reading.url, *failure);
            end(item);
            return;
        }
        m_ready.push_back(item);
        // OpenAI's Responses have a mark of their own.
        if (event.event == QLatin1String("response.completed")) {
            Item done;
            done.kind = Item::Kind::Done;
            end(done);
        }
    }

    /// Looks at what the event says of its answer's end, and whether it tells of a failure.
    std::optional<ApiError> failureIn(const SseEvent &event)
    {
        const bool named = event.event == QLatin1String("error");
        if (!named && !event.data.contains(QLatin1String("\"error\"")) && !event.data.contains(keys::FinishReason))
            return std::nullopt;
        const QByteArray data = event.data.toUtf8();
        const auto json = Json::parse(data);
        const auto said = json ? errorIn(*json) : std::nullopt;
        if (named && !said)
            return readApiError(0, data);
        if (json && !said)
            noteReasons(json->value(keys::Choices));
        return said;
    }

    void noteReasons(const Json &choices)
    {
        for (const Json &choice : choices.items()) {
            const int index = int(choice.value(keys::Index).toInt64().value_or(0));
            m_finished[index] = m_finished.value(index) || !choice.value(keys::FinishReason).toString().isEmpty();
        }
    }

    void takeClosing()
    {
        if (m_shape != Shape::Events) {
            takeWhole();
            return;
        }
        if (const auto last = orThrow(m_parser.finish()))
            takeEvent(*last);
        if (m_ended)
            return;
        if (!m_anything)
            throw Error(Error::Kind::Protocol, QStringLiteral("The server answered %1 with a stream that has nothing in it.").arg(status()));
        const bool whole = !m_finished.isEmpty() && std::all_of(m_finished.cbegin(), m_finished.cend(), [](bool finished) { return finished; });
        Item item;
        item.kind = whole ? Item::Kind::Done : Item::Kind::Eof;
        end(item);
    }

    void takeWhole()
    {
        m_shape = Shape::Whole;
        if (m_held.trimmed().isEmpty())
            throw Error(Error::Kind::Protocol, QStringLiteral("The server answered %1 with nothing in it.").arg(status()));
        if (const auto page = m_reading.client->pageInstead(m_reading.url, m_held))
            throw Error(*page);
        const auto json = Json::parse(m_held);
        const auto said = json ? errorIn(*json) : std::nullopt;
        if (said)
            throw m_reading.client->failed(m_reading.url, *said);
        const auto text = textOf(m_held, m_contentType);
        if (!text)
            throw Error(Error::Kind::Protocol, QStringLiteral("The answer to a stream is no text but %1.").arg(m_contentType.isEmpty() ? QStringLiteral("bytes of no named type") : QString::fromLatin1(m_contentType.left(80))))
                .withAdvice(QStringLiteral("Call it with run."));
        Item item;
        item.kind = Item::Kind::Event;
        item.event.data = *text;
        m_ready.push_back(item);
        Item done;
        done.kind = Item::Kind::Done;
        end(done);
    }

    void end(const Item &item)
    {
        m_ended = true;
        m_ready.push_back(item);
    }

    AnswerReading m_reading;
    QByteArray m_contentType;
    SseParser m_parser;
    Shape m_shape = Shape::Unknown;
    QByteArray m_held;          ///< of an answer that is no stream
    QMap<int, bool> m_finished; ///< the choices that told of their end, and whether it was there
    bool m_anything = false;
    bool m_ended = false;
    std::deque<Item> m_ready;
};

} // namespace

std::shared_ptr<EventSource> makeEventSource(const AnswerReading &reading)
{
    return std::make_shared<ServerEvents>(reading);
}

} // namespace sluice::openai
