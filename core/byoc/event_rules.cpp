#include "sluice/byoc/event_rules.h"

#include "sluice/base/json.h"

#include <algorithm>
#include <utility>

namespace sluice::byoc {

namespace {

// Long enough to recognise "data: [DONE]" and to tell any other line from it.
constexpr qsizetype LineHead = 64;
constexpr qsizetype MaxTailBytes = 4096;

const QString InsufficientBalanceEvent = QStringLiteral("insufficient balance");
const QString DoneMark = QStringLiteral("[DONE]");

/// The only member of an object that has exactly this one, or null.
Json onlyMember(const QString &data, const QString &name)
{
    if (!data.startsWith(QLatin1Char('{')) || data.size() > MaxTailBytes || !data.contains(name))
        return {};
    const auto json = Json::parse(data.toUtf8());
    return json && json->size() == 1 ? json->value(name) : Json();
}

QString balanceIn(const SseEvent &event)
{
    if (event.event)
        return {};
    return QString::fromLatin1(onlyMember(event.data, QStringLiteral("balance")).numberText());
}

QString workerErrorIn(const SseEvent &event)
{
    const Json error = onlyMember(event.data, QStringLiteral("error"));
    return error.isObject() ? error.value(QStringLiteral("message")).toString() : error.toString();
}

} // namespace

EventRules::EventRules(SseParser::Limits limits)
    : m_parser(limits)
{
}

/// Follows the lines; the number of bytes up to and including a `[DONE]` line's end, or all of them.
qsizetype EventRules::findDone(QByteArrayView bytes)
{
    qsizetype start = 0;
    while (start < bytes.size()) {
        if (std::exchange(m_skipLf, false) && bytes[start] == '\n') {
            ++start;
            continue;
        }
        const auto end = std::find_if(bytes.begin() + start, bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        const qsizetype length = end - bytes.begin() - start;
        if (m_line.size() < LineHead)
            m_line += bytes.sliced(start, std::min(length, LineHead - m_line.size()));
        start += length;
        if (start == bytes.size())
            break;
        m_skipLf = bytes[start] == '\r';
        ++start;
        lineEnded(m_line);
        m_line.clear();
        if (m_doneLine)
            return start;
    }
    return bytes.size();
}

void EventRules::lineEnded(QByteArrayView line)
{
    if (line.isEmpty()) {
        m_blockHasData = false;
        return;
    }
    if (!line.startsWith("data") || (line.size() > 4 && line[4] != ':'))
        return;
    QByteArrayView value = line.sliced(std::min<qsizetype>(5, line.size()));
    if (value.startsWith(' '))
        value = value.sliced(1);
    m_doneLine = !m_blockHasData && value == "[DONE]";
    m_blockHasData = true;
}

Expected<QList<StreamItem>> EventRules::feed(QByteArrayView bytes)
{
    QList<StreamItem> items;
    if (m_ended)
        return items;
    const QByteArrayView upToDone = bytes.first(findDone(bytes));
    auto events = m_parser.feed(upToDone);
    if (!events) {
        m_ended = true;
        return unexpected(events.error());
    }
    for (const SseEvent &event : *events) {
        take(event, items);
        if (m_ended)
            return items;
    }
    if (m_doneLine)
        end(StreamItem::Kind::Done, items);
    return items;
}

Expected<QList<StreamItem>> EventRules::finish()
{
    QList<StreamItem> items;
    if (m_ended)
        return items;
    auto last = m_parser.finish();
    if (!last) {
        m_ended = true;
        return unexpected(last.error());
    }
    if (*last)
        take(**last, items);
    if (!m_ended)
        end(StreamItem::Kind::Eof, items);
    return items;
}

void EventRules::take(const SseEvent &event, QList<StreamItem> &items)
{
    if (event.event == InsufficientBalanceEvent) {
        releaseTail(items);
        end(StreamItem::Kind::InsufficientBalance, items);
    } else if (!event.event && event.data == DoneMark) {
        end(StreamItem::Kind::Done, items);
    } else {
        releaseTail(items);
        if (!balanceIn(event).isEmpty() || !workerErrorIn(event).isEmpty())
            m_tail = event;
        else
            items.append({StreamItem::Kind::Event, event, {}});
    }
}

/// Something came after it, so it was an ordinary event.
void EventRules::releaseTail(QList<StreamItem> &items)
{
    if (m_tail)
        items.append({StreamItem::Kind::Event, *m_tail, {}});
    m_tail.reset();
}

void EventRules::end(StreamItem::Kind kind, QList<StreamItem> &items)
{
    if (m_tail) {
        const QString balance = balanceIn(*m_tail);
        if (balance.isEmpty()) {
            items.append({StreamItem::Kind::WorkerError, *m_tail, workerErrorIn(*m_tail)});
            m_tail.reset();
            m_ended = true;
            return;
        }
        items.append({StreamItem::Kind::Balance, *m_tail, balance});
        m_tail.reset();
    }
    items.append({kind, {}, {}});
    m_ended = true;
}

} // namespace sluice::byoc
