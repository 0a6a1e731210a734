#include "backend_p.h"

#include "sluice/base/charset.h"
#include "sluice/net/sse_parser.h"

#include <deque>

namespace sluice::liverunner {

namespace {

const QString DoneMark = QStringLiteral("[DONE]");

/// What an event tells of a failure: one of the type `error`, or a JSON object that is nothing but an error. Empty for all others.
QString failureIn(const SseEvent &event)
{
    const auto json = event.data.contains(QLatin1String("error")) || event.event ? Json::parse(event.data.toUtf8()) : Expected<Json>(Json());
    const Json error = json && json->isObject() && (json->size() == 1 || event.event == QLatin1String("error")) ? json->value(QStringLiteral("error")) : Json();
    if (error.isString() && !error.toString().isEmpty())
        return error.toString();
    if (error.isObject())
        return error.value(QStringLiteral("message")).toString(QString::fromUtf8(error.dump()));
    return event.event == QLatin1String("error") ? event.data : QString();
}

/// The answer of a single-shot app, event by event, kept paid while it lasts. One that is no stream of events is given as one event.
class RunnerEvents final : public EventSource {
public:
    RunnerEvents(std::shared_ptr<Access> access, const BackendCall &call, AppAnswer answer, std::shared_ptr<CallSink> sink)
        : m_access(std::move(access))
        , m_answer(std::move(answer))
        , m_sink(std::move(sink))
        , m_idle(m_access->network->services().timing().streamIdleTimeout)
        , m_most(call.call.limits.maxAnswerBytes)
        , m_contentType(headers::value(m_answer.headers, "Content-Type"))
        , m_parser({m_most, m_most})
        , m_isStream(headers::mediaType(m_answer.headers) == "text/event-stream")
        , m_funding(fundingOf(m_answer.payments, m_sink))
    {
    }

    [[nodiscard]] int status() const override { return m_answer.status; }
    [[nodiscard]] QByteArray contentType() const override { return m_contentType; }
    [[nodiscard]] QUrl servedBy() const override { return m_answer.offer.orchestrator; }
    [[nodiscard]] bool isOtherShape() const override { return !m_isStream; }

    QCoro::Task<Item> next() override
    {
        // Comments and blank lines do not wind this up again: only an event does.
        const QDeadlineTimer limit = m_idle.count() > 0 ? QDeadlineTimer(m_idle) : QDeadlineTimer(QDeadlineTimer::Forever);
        try {
            while (m_ready.empty())
                co_await readOn(limit);
        } catch (Error &error) {
            m_answer.stream->close();
            if (!m_held.isEmpty())
                m_sink->keepReceived(m_contentType, m_held);
            throw error.withRequest("POST", m_answer.url).withPaymentSent(m_answer.paid());
        }
        const Item item = m_ready.front();
        m_ready.pop_front();
        if (item.kind == Item::Kind::Done)
            m_answer.stream->release();
        co_return item;
    }

    QCoro::Task<void> close() override
    {
        m_answer.stream->close();
        if (const auto funding = std::exchange(m_funding, nullptr)) {
            co_await funding->end();
            m_answer.payments->end();
        }
    }

private:
    QCoro::Task<void> readOn(QDeadlineTimer limit)
    {
        const QByteArray bytes = co_await m_answer.stream->read(limit);
        if (bytes.isEmpty())
            takeEnd();
        else if (m_isStream)
            takeEvents(orThrow(m_parser.feed(bytes)));
        else
            hold(bytes);
        if (m_ready.empty() && limit.hasExpired())
            throw Error(Error::Kind::Timeout, QStringLiteral("No event came for %1 s.").arg(double(m_idle.count()) / 1000));
    }

    void hold(const QByteArray &bytes)
    {
        if (m_held.size() + bytes.size() > m_most)
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(m_most));
        m_held += bytes;
    }

    void takeEvents(const QList<SseEvent> &events)
    {
        for (const SseEvent &event : events) {
            if (!m_ended)
                take(event);
        }
    }

    void take(const SseEvent &event)
    {
        Item item;
        item.event = {event.data, event.event, event.id, event.retry};
        item.kind = Item::Kind::Event;
        if (event.data.trimmed() == DoneMark) {
            item.kind = Item::Kind::Done;
            m_ended = true;
        } else if (const QString told = failureIn(event); !told.isEmpty()) {
            item.kind = Item::Kind::Failed;
            item.error = Error(Error::Kind::Http, QStringLiteral("The app failed during the stream: %1").arg(told))
                             .withAdvice(QStringLiteral("What came so far is kept.")).withRequest("POST", m_answer.url).withPaymentSent(m_answer.paid());
            m_ended = true;
        }
        m_ready.push_back(item);
    }

    void takeEnd()
    {
        Item end;
        if (m_isStream) {
            if (const auto last = orThrow(m_parser.finish()))
                takeEvents({*last});
            if (m_ended)
                return;
            end.kind = Item::Kind::Eof;
        } else {
            const auto text = textOf(m_held, m_contentType);
            if (!text)
                throw Error(Error::Kind::Protocol, QStringLiteral("The answer to a stream is no text but %1.").arg(m_contentType.isEmpty() ? QStringLiteral("bytes of no named type") : QString::fromLatin1(m_contentType.left(80))))
                    .withAdvice(QStringLiteral("Call it with run."));
            Item whole;
            whole.kind = Item::Kind::Event;
            whole.event.data = *text;
            m_ready.push_back(whole);
            end.kind = Item::Kind::Done;
        }
        m_ended = true;
        m_ready.push_back(end);
    }

    std::shared_ptr<Access> m_access;
    AppAnswer m_answer;
    std::shared_ptr<CallSink> m_sink;
    const std::chrono::milliseconds m_idle;
    const qsizetype m_most;
    const QByteArray m_contentType;
    SseParser m_parser;
    const bool m_isStream;
    QByteArray m_held; ///< of an answer that is no stream
    bool m_ended = false;
    std::deque<Item> m_ready;
    std::shared_ptr<livepeer::CallFunding> m_funding;
};

} // namespace

std::shared_ptr<EventSource> makeEventSource(std::shared_ptr<Access> access, const BackendCall &call, AppAnswer answer, std::shared_ptr<CallSink> sink)
{
    return std::make_shared<RunnerEvents>(std::move(access), call, std::move(answer), std::move(sink));
}

} // namespace sluice::liverunner
