#include "sluice/byoc/answer_reader.h"

namespace sluice::byoc {

namespace {

/// A failure after the job was accepted: the money for it, if any, is gone.
Error whileReading(Error error, const JobAnswer &answer)
{
    if (error.url().isEmpty())
        error.withRequest("POST", answer.url);
    return error.withPaymentSent(answer.paid);
}

Error tooSlow(const JobAnswer &answer)
{
    return whileReading(Error(Error::Kind::Timeout, QStringLiteral("The answer began but was not complete in time."))
                            .withAdvice(QStringLiteral("Give the call a longer timeout.")), answer);
}

Error nobodyServed(const JobAnswer &answer)
{
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("The gateway answered %1 with nothing in it: every orchestrator it tried failed.")
                     .arg(answer.status))
        .withAdvice(QStringLiteral("Try again later, or another gateway.")).withRequest("POST", answer.url);
}

} // namespace

Error insufficientBalanceError(const JobAnswer &answer)
{
    return whileReading(Error(Error::Kind::InsufficientBalance, QStringLiteral("The orchestrator ended the stream because its balance for this sender is used up."))
                            .withAdvice(QStringLiteral("What came so far is kept. A longer timeout pays for more time.")), answer);
}

QCoro::Task<QByteArray> readAnswer(JobAnswer answer, qsizetype maxBytes)
{
    QByteArray body;
    EventRules rules;
    const bool events = answer.isEventStream();
    for (;;) {
        QByteArray bytes;
        try {
            bytes = co_await answer.stream->read(answer.deadline);
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Timeout && answer.deadline.hasExpired())
                throw tooSlow(answer);
            throw whileReading(error, answer);
        }
        if (bytes.isEmpty())
            break;
        if (body.size() + bytes.size() > maxBytes) {
            answer.stream->close();
            throw whileReading(Error(Error::Kind::TooLarge,
                QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(maxBytes))
                                   .withAdvice(QStringLiteral("Raise the call's limit for answers.")), answer);
        }
        body += bytes;
        if (!events)
            continue;
        const auto items = rules.feed(bytes);
        if (!items)
            throw whileReading(items.error(), answer);
        if (!items->isEmpty() && items->last().kind == StreamItem::Kind::InsufficientBalance)
            throw insufficientBalanceError(answer);
        if (rules.ended())
            break;
    }
    answer.stream->close();
    if (body.isEmpty() && answer.throughGateway && !headers::contains(answer.headers, header::OrchestratorUrl))
        throw nobodyServed(answer);
    co_return body;
}

EventReader::EventReader(JobAnswer answer, std::chrono::milliseconds idle, SseParser::Limits limits)
    : m_answer(std::move(answer))
    , m_idle(idle)
    , m_rules(limits)
{
    if (m_answer.isEventStream())
        return;
    m_answer.stream->close();
    const QByteArray type = headers::mediaType(m_answer.headers);
    if (m_answer.throughGateway && !headers::contains(m_answer.headers, header::OrchestratorUrl))
        throw nobodyServed(m_answer);
    throw whileReading(Error(Error::Kind::Protocol, QStringLiteral("The answer is %1, not an event stream.")
                                 .arg(type.isEmpty() ? QStringLiteral("without a content type") : QString::fromLatin1(type)))
                           .withAdvice(QStringLiteral("This capability answers at once; call it with run instead of stream.")), m_answer);
}

QCoro::Task<StreamItem> EventReader::next()
{
    // Blank lines and comments do not wind this up again: only an event does.
    const QDeadlineTimer limit = m_idle.count() > 0 ? QDeadlineTimer(m_idle) : QDeadlineTimer(QDeadlineTimer::Forever);
    while (m_ready.empty()) {
        QByteArray bytes;
        try {
            bytes = co_await m_answer.stream->read(limit);
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Timeout && limit.hasExpired())
                throw whileReading(Error(Error::Kind::Timeout, QStringLiteral("No event came for %1 s.").arg(m_idle.count() / 1000.0)), m_answer);
            throw whileReading(error, m_answer);
        }
        const auto items = bytes.isEmpty() ? m_rules.finish() : m_rules.feed(bytes);
        if (!items) {
            m_answer.stream->close();
            throw whileReading(items.error(), m_answer);
        }
        for (const StreamItem &item : *items)
            m_ready.push_back(item);
        if (m_ready.empty() && limit.hasExpired()) {
            m_answer.stream->close();
            throw whileReading(Error(Error::Kind::Timeout, QStringLiteral("No event came for %1 s.").arg(m_idle.count() / 1000.0)), m_answer);
        }
        if (m_rules.ended())
            m_answer.stream->release();
    }
    StreamItem item = std::move(m_ready.front());
    m_ready.pop_front();
    co_return item;
}

void EventReader::close()
{
    m_answer.stream->close();
}

} // namespace sluice::byoc
