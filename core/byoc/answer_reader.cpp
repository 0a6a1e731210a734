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

/// Of an answer in an encoding that is not supported. Its bytes are kept.
Error packedError(const JobAnswer &answer, const QByteArray &encoding)
{
    return whileReading(Error(Error::Kind::Protocol, QStringLiteral("The answer is packed with \"%1\", though nobody asked for it, and cannot be unpacked here.")
                                                         .arg(QString::fromLatin1(encoding.left(40))))
                            .withAdvice(QStringLiteral("Its bytes are kept in the history as they came. A proxy on the way packs it: ask whoever runs it not to, or to use gzip.")), answer);
}

/// A node reads its worker's stream line by line and hangs up at one that is too long, without a word to the client.
Error brokeOff(Error error)
{
    if (error.kind() != Error::Kind::Network)
        return error;
    return error.withAdvice(QStringLiteral("What came so far is kept. Orchestrators pass a stream on line by line and break off at a line of more than "
                                           "64 KiB: if the worker sends pictures or other large data in one event, let it send an address or smaller "
                                           "pieces, or call it with run. The orchestrator's log has the reason."));
}

} // namespace

Error insufficientBalanceError(const JobAnswer &answer)
{
    return whileReading(Error(Error::Kind::InsufficientBalance, QStringLiteral("The orchestrator ended the stream because its balance for this sender is used up."))
                            .withAdvice(QStringLiteral("What came so far is kept. A longer timeout pays for more time.")), answer);
}

Error workerFailedError(const JobAnswer &answer, const QString &told)
{
    return whileReading(Error(Error::Kind::Http, QStringLiteral("The worker failed during the stream: %1").arg(told))
                            .withAdvice(QStringLiteral("What came so far is kept.")), answer);
}

namespace {

/// Throws when the items end in a failure.
void failOn(const QList<StreamItem> &items, const JobAnswer &answer)
{
    if (items.isEmpty())
        return;
    if (items.last().kind == StreamItem::Kind::InsufficientBalance)
        throw insufficientBalanceError(answer);
    if (items.last().kind == StreamItem::Kind::WorkerError)
        throw workerFailedError(answer, items.last().text);
}

} // namespace

QCoro::Task<QByteArray> readAnswer(JobAnswer answer, qsizetype maxBytes, std::shared_ptr<QByteArray> received)
{
    if (!received)
        received = std::make_shared<QByteArray>();
    QByteArray &body = *received;
    EventRules rules({maxBytes, maxBytes});
    const QByteArray unknown = answer.stream->unknownEncoding();
    const bool events = answer.isEventStream() && unknown.isEmpty();
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
        failOn(*items, answer);
        if (rules.ended())
            break;
    }
    if (events) {
        const auto last = rules.finish();
        failOn(last.valueOr(QList<StreamItem>()), answer);
    }
    answer.stream->close();
    if (!unknown.isEmpty() && !body.isEmpty())
        throw packedError(answer, unknown);
    if (body.isEmpty() && answer.throughGateway && !headers::contains(answer.headers, header::OrchestratorUrl))
        throw nobodyServed(answer);
    co_return body;
}

EventReader::EventReader(JobAnswer answer, std::chrono::milliseconds idle, SseParser::Limits limits)
    : m_answer(std::move(answer))
    , m_idle(idle)
    , m_limits(limits)
    , m_rules(limits)
{
    if (!m_answer.isEventStream())
        m_other.emplace(headers::value(m_answer.headers, "Content-Type"), limits);
}

QCoro::Task<StreamItem> EventReader::next()
{
    // Blank lines and comments do not wind this up again: only an event does.
    const QDeadlineTimer limit = m_idle.count() > 0 ? QDeadlineTimer(m_idle) : QDeadlineTimer(QDeadlineTimer::Forever);
    while (m_ready.empty()) {
        const auto items = co_await moreItems(limit);
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
        if (m_other ? m_other->ended() : m_rules.ended())
            m_answer.stream->release();
    }
    StreamItem item = std::move(m_ready.front());
    m_ready.pop_front();
    co_return item;
}

/// What the next bytes, or the end, complete.
QCoro::Task<Expected<QList<StreamItem>>> EventReader::moreItems(QDeadlineTimer limit)
{
    const QByteArray unknown = m_answer.stream->unknownEncoding();
    QByteArray bytes;
    try {
        bytes = co_await m_answer.stream->read(limit);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Timeout && limit.hasExpired())
            throw whileReading(Error(Error::Kind::Timeout, QStringLiteral("No event came for %1 s.").arg(m_idle.count() / 1000.0)), m_answer);
        throw whileReading(brokeOff(error), m_answer);
    }
    m_anything = m_anything || !bytes.isEmpty();
    const bool keep = !unknown.isEmpty() || (m_other && m_other->shape() != AnswerShape::Shape::Events && m_other->shape() != AnswerShape::Shape::Lines);
    if (keep && m_received.size() + bytes.size() <= m_limits.maxEventBytes)
        m_received += bytes;
    if (!unknown.isEmpty()) {
        if (bytes.isEmpty())
            throw packedError(m_answer, unknown);
        co_return QList<StreamItem>();
    }
    if (bytes.isEmpty() && !m_anything && m_answer.throughGateway && !headers::contains(m_answer.headers, header::OrchestratorUrl))
        throw nobodyServed(m_answer);
    if (bytes.isEmpty() && m_other)
        co_return m_other->finish();
    if (bytes.isEmpty())
        co_return m_rules.finish();
    if (m_other)
        co_return m_other->feed(bytes);
    co_return m_rules.feed(bytes);
}

} // namespace sluice::byoc
