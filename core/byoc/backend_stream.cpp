#include "backend_p.h"
#include "stream_funding_p.h"

#include "sluice/byoc/answer_reader.h"

namespace sluice::byoc {

namespace {

/// The answer of an accepted job, event by event, kept paid while it lasts.
class ByocEventSource final : public EventSource {
public:
    ByocEventSource(std::shared_ptr<Access> access, const BackendCall &call, JobAnswer answer, std::shared_ptr<CallSink> sink)
        : m_answer(std::move(answer))
        , m_sink(std::move(sink))
        , m_contentType(headers::value(m_answer.headers, "Content-Type"))
        , m_reader(m_answer, access->timing().streamIdleTimeout, limitsOf(call))
        , m_funding(fundingOf(access, call, m_answer, m_sink))
    {
        if (const QString note = packedNote(m_answer); !note.isEmpty())
            m_sink->note(note);
    }

    [[nodiscard]] int status() const override { return m_answer.status; }
    [[nodiscard]] QByteArray contentType() const override { return m_contentType; }
    [[nodiscard]] QUrl servedBy() const override { return m_answer.orchestrator; }
    [[nodiscard]] bool isOtherShape() const override { return m_reader.isOtherShape(); }

    QCoro::Task<Item> next() override
    {
        Item item;
        if (!std::exchange(m_balanceTold, true) && !m_answer.balance().isEmpty()) {
            item.kind = Item::Kind::Balance;
            item.text = QString::fromLatin1(m_answer.balance());
            co_return item;
        }
        try {
            const StreamItem read = co_await m_reader.next();
            take(item, read);
        } catch (const Error &) {
            m_sink->keepReceived(m_contentType, m_reader.received());
            throw;
        }
        co_return item;
    }

    QCoro::Task<void> close() override
    {
        if (const std::shared_ptr<livepeer::CallFunding> funding = std::move(m_funding))
            co_await funding->end();
    }

private:
    static SseParser::Limits limitsOf(const BackendCall &call)
    {
        const qsizetype bound = call.call.limits.maxAnswerBytes;
        return {bound, bound};
    }

    void take(Item &item, const StreamItem &read) const
    {
        item.event = {read.event.data, read.event.event, read.event.id, read.event.retry};
        switch (read.kind) {
        case StreamItem::Kind::Event:
            item.kind = Item::Kind::Event;
            break;
        case StreamItem::Kind::Balance:
            item.kind = Item::Kind::Balance;
            item.text = read.text;
            break;
        case StreamItem::Kind::InsufficientBalance:
            throw insufficientBalanceError(m_answer);
        case StreamItem::Kind::WorkerError:
            item.kind = Item::Kind::Failed;
            item.error = workerFailedError(m_answer, read.text);
            break;
        case StreamItem::Kind::Done:
            item.kind = Item::Kind::Done;
            break;
        case StreamItem::Kind::Eof:
            item.kind = Item::Kind::Eof;
            break;
        }
    }

    JobAnswer m_answer;
    std::shared_ptr<CallSink> m_sink;
    QByteArray m_contentType;
    EventReader m_reader;
    std::unique_ptr<livepeer::CallFunding> m_funding;
    bool m_balanceTold = false;
};

} // namespace

std::shared_ptr<EventSource> makeEventSource(std::shared_ptr<Access> access, BackendCall call, JobAnswer answer, std::shared_ptr<CallSink> sink)
{
    return std::make_shared<ByocEventSource>(std::move(access), call, std::move(answer), std::move(sink));
}

} // namespace sluice::byoc
