#include "sluice/byoc/answer_shape.h"

#include "sluice/base/charset.h"
#include "sluice/base/json.h"

#include <algorithm>
#include <utility>

namespace sluice::byoc {

namespace {

constexpr QByteArrayView ByteOrderMark("\xEF\xBB\xBF");

bool isJsonDocument(QByteArrayView text)
{
    const bool maybe = text.startsWith('{') || text.startsWith('[');
    return maybe && Json::parse(text.toByteArray(), {text.size() + 1, 64}).hasValue();
}

/// A line that only an event stream begins with.
bool isEventField(QByteArrayView line)
{
    for (const QByteArrayView field : {"data:", "event:", "id:", "retry:"}) {
        if (line.startsWith(field))
            return true;
    }
    return line.startsWith(':');
}

StreamItem eventOf(const QString &data)
{
    return {StreamItem::Kind::Event, {data, {}, {}, {}}, {}};
}

} // namespace

AnswerShape::AnswerShape(QByteArray contentType, SseParser::Limits limits)
    : m_contentType(std::move(contentType))
    , m_limits(limits)
    , m_rules(limits)
{
}

Error AnswerShape::tooLarge() const
{
    return Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(m_limits.maxEventBytes))
        .withAdvice(QStringLiteral("Raise the call's limit for answers."));
}

/// By its first line that is not blank; as long as none is complete it stays unknown.
void AnswerShape::recognise()
{
    QByteArrayView rest(m_held);
    if (rest.startsWith(ByteOrderMark))
        rest = rest.sliced(ByteOrderMark.size());
    for (;;) {
        const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c == '\n' || c == '\r'; });
        if (end == rest.end())
            return;
        const QByteArrayView line = rest.first(end - rest.begin());
        rest = rest.sliced(line.size() + 1);
        if (line.trimmed().isEmpty())
            continue;
        m_shape = isEventField(line) ? Shape::Events : isJsonDocument(line.trimmed()) ? Shape::Lines : Shape::Whole;
        return;
    }
}

Expected<QList<StreamItem>> AnswerShape::fromRules(Expected<QList<StreamItem>> items)
{
    m_ended = m_rules.ended();
    return items;
}

Expected<QList<StreamItem>> AnswerShape::feed(QByteArrayView bytes)
{
    if (m_ended)
        return QList<StreamItem>();
    if (m_shape == Shape::Events)
        return fromRules(m_rules.feed(bytes));
    m_held += bytes;
    if (m_shape == Shape::Unknown)
        recognise();
    if (m_shape == Shape::Events)
        return fromRules(m_rules.feed(std::exchange(m_held, {})));
    if (m_shape == Shape::Lines)
        return takeLines();
    if (m_held.size() > m_limits.maxEventBytes) {
        m_ended = true;
        return unexpected(tooLarge());
    }
    return QList<StreamItem>();
}

Expected<QList<StreamItem>> AnswerShape::takeLines()
{
    QList<StreamItem> items;
    qsizetype start = 0;
    for (qsizetype end = m_held.indexOf('\n'); end >= 0 && !m_ended; end = m_held.indexOf('\n', start)) {
        takeLine(QByteArrayView(m_held).sliced(start, end - start), items);
        start = end + 1;
    }
    m_held.remove(0, start);
    if (m_held.size() <= m_limits.maxLineBytes)
        return items;
    m_ended = true;
    return unexpected(tooLarge());
}

void AnswerShape::takeLine(QByteArrayView line, QList<StreamItem> &items)
{
    line = line.trimmed();
    if (line.startsWith(ByteOrderMark))
        line = line.sliced(ByteOrderMark.size());
    if (line.isEmpty() || m_ended)
        return;
    StreamItem item = eventOf(QString::fromUtf8(line));
    const QString failure = failureIn(item.event);
    items.append(item);
    if (failure.isEmpty())
        return;
    m_ended = true;
    items.last() = {StreamItem::Kind::WorkerError, item.event, failure};
}

Expected<QList<StreamItem>> AnswerShape::finish()
{
    if (m_ended)
        return QList<StreamItem>();
    if (m_shape == Shape::Events)
        return fromRules(m_rules.finish());
    if (m_shape == Shape::Lines) {
        QList<StreamItem> items;
        takeLine(std::exchange(m_held, {}), items);
        if (!m_ended)
            items.append({StreamItem::Kind::Eof, {}, {}});
        m_ended = true;
        return items;
    }
    return takeWhole();
}

Expected<QList<StreamItem>> AnswerShape::takeWhole()
{
    m_ended = true;
    const QByteArrayView bytes = QByteArrayView(m_held).trimmed();
    if (bytes.isEmpty())
        return QList<StreamItem>{{StreamItem::Kind::Eof, {}, {}}};
    if (isEventField(bytes)) {
        m_shape = Shape::Events;
        auto items = m_rules.feed(m_held);
        const auto last = m_rules.finish();
        if (items && last)
            items->append(*last);
        return last ? items : last;
    }
    m_shape = Shape::Whole;
    const auto text = textOf(m_held, m_contentType);
    const bool binary = !text || text->contains(QChar(0));
    if (binary) {
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The answer is %1, not an event stream.")
                                                           .arg(m_contentType.isEmpty() ? QStringLiteral("without a content type") : QString::fromLatin1(m_contentType)))
                              .withAdvice(QStringLiteral("Its bytes are kept in the history. This capability answers at once; call it with run instead of stream.")));
    }
    StreamItem item = eventOf(text->trimmed());
    if (const QString failure = failureIn(item.event); !failure.isEmpty())
        return QList<StreamItem>{{StreamItem::Kind::WorkerError, item.event, failure}};
    // Whole by its framing: nothing is missing.
    return QList<StreamItem>{item, {StreamItem::Kind::Done, {}, {}}};
}

} // namespace sluice::byoc
