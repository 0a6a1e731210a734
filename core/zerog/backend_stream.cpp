#include "backend_p.h"

#include "sluice/net/error_body.h"
#include "sluice/net/sse_parser.h"

#include <deque>

namespace sluice::zerog {

namespace {

/// The answer to a call of the verb `stream`, event by event up to `[DONE]`; one that is no stream is given as one event.
class ServiceEvents final : public EventSource {
public:
    explicit ServiceEvents(const ServiceAnswer &answer)
        : m_answer(answer)
        , m_contentType(headers::value(answer.stream->headers(), "Content-Type"))
        , m_events(headers::mediaType(answer.stream->headers()) == "text/event-stream")
        , m_parser({answer.maxBytes, answer.maxBytes})
    {
    }

    [[nodiscard]] int status() const override { return m_answer.stream->status(); }
    [[nodiscard]] QByteArray contentType() const override { return m_contentType; }
    [[nodiscard]] QUrl servedBy() const override { return m_answer.agent; }
    [[nodiscard]] bool isOtherShape() const override { return !m_events; }

    QCoro::Task<Item> next() override
    {
        const QDeadlineTimer limit = m_answer.idle.count() > 0 ? QDeadlineTimer(m_answer.idle) : QDeadlineTimer(QDeadlineTimer::Forever);
        try {
            while (m_ready.empty()) {
                const QByteArray bytes = co_await m_answer.stream->read(limit);
                take(bytes);
            }
        } catch (const Error &error) {
            m_answer.stream->close();
            if (!m_whole.isEmpty())
                m_answer.sink->keepReceived(m_contentType, m_whole);
            throw Error(error).withRequest("POST", m_answer.url);
        }
        const Item item = m_ready.front();
        m_ready.pop_front();
        if (item.isEnd())
            m_answer.stream->release();
        co_return item;
    }

private:
    void take(const QByteArray &bytes)
    {
        if (!m_events) {
            takeWhole(bytes);
        } else if (!bytes.isEmpty()) {
            const QList<SseEvent> events = orThrow(m_parser.feed(bytes));
            for (const SseEvent &event : events)
                takeEvent(event);
        } else {
            if (const auto last = orThrow(m_parser.finish()))
                takeEvent(*last);
            if (!m_ended)
                end(m_finished ? Item::Kind::Done : Item::Kind::Eof);
        }
    }

    void takeEvent(const SseEvent &event)
    {
        if (m_ended)
            return;
        if (event.data == QLatin1String("[DONE]")) {
            end(Item::Kind::Done);
            return;
        }
        Item item;
        item.kind = Item::Kind::Event;
        item.event = {event.data, event.event, event.id, event.retry};
        const auto json = Json::parse(event.data.toUtf8());
        if (json && !json->value(QStringLiteral("error")).isNull()) {
            item.kind = Item::Kind::Failed;
            item.error = Error(Error::Kind::Http, QStringLiteral("The service failed: %1").arg(readErrorBody(event.data.toUtf8()).text)).withRequest("POST", m_answer.url);
            m_ended = true;
        } else if (json) {
            const Json reason = json->find(QStringLiteral("/choices/0/finish_reason")).value_or(Json());
            m_finished = m_finished || !reason.isNull();
        }
        m_ready.push_back(item);
    }

    void takeWhole(const QByteArray &bytes)
    {
        m_whole += bytes;
        if (m_whole.size() > m_answer.maxBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(m_answer.maxBytes));
        if (!bytes.isEmpty())
            return;
        Item item;
        item.kind = Item::Kind::Event;
        item.event.data = QString::fromUtf8(m_whole);
        m_ready.push_back(item);
        end(Item::Kind::Done);
    }

    void end(Item::Kind kind)
    {
        Item item;
        item.kind = kind;
        m_ended = true;
        m_ready.push_back(item);
    }

    ServiceAnswer m_answer;
    QByteArray m_contentType;
    const bool m_events;
    SseParser m_parser;
    QByteArray m_whole;
    bool m_finished = false;
    bool m_ended = false;
    std::deque<Item> m_ready;
};

} // namespace

std::shared_ptr<EventSource> makeEventSource(const ServiceAnswer &answer)
{
    return std::make_shared<ServiceEvents>(answer);
}

} // namespace sluice::zerog
