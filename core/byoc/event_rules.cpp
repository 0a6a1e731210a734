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

const QString ErrorEvent = QStringLiteral("error");
constexpr qsizetype MaxFailureText = 500;

/// What may stand beside an error without being an answer.
bool besideAnError(const QString &name)
{
    static const QStringList names{QStringLiteral("code"), QStringLiteral("status"), QStringLiteral("status_code"), QStringLiteral("type"),
        QStringLiteral("param"), QStringLiteral("object"), QStringLiteral("id"), QStringLiteral("request_id"), QStringLiteral("event"),
        QStringLiteral("created"), QStringLiteral("model"), QStringLiteral("timestamp"), QStringLiteral("message"), QStringLiteral("detail")};
    return names.contains(name);
}

QString messageOf(const Json &error)
{
    if (error.isString())
        return error.toString();
    if (!error.isObject())
        return {};
    for (const QString &name : {QStringLiteral("message"), QStringLiteral("detail"), QStringLiteral("error"), QStringLiteral("msg")}) {
        if (const QString text = messageOf(error.value(name)); !text.isEmpty())
            return text;
    }
    return error.size() > 0 ? QString::fromUtf8(error.dump()) : QString();
}

/// Events without content, which may come after a failure and before the end.
bool isSilent(const SseEvent &event)
{
    const QString data = event.data.trimmed();
    if (data.isEmpty() || data == QLatin1String("null"))
        return true;
    if (!data.startsWith(QLatin1Char('{')) || data.size() > MaxTailBytes)
        return false;
    const auto json = Json::parse(data.toUtf8());
    if (!json)
        return false;
    const Json choices = json->value(QStringLiteral("choices"));
    return choices.size() == 0 && (json->contains(QStringLiteral("usage")) || json->contains(QStringLiteral("choices")));
}

} // namespace

QString failureIn(const SseEvent &event)
{
    const QString data = event.data.trimmed();
    const bool typed = event.event == ErrorEvent;
    const bool maybe = data.startsWith(QLatin1Char('{')) && data.size() <= 16 * MaxTailBytes && (typed || data.contains(QLatin1String("\"error\"")) || data.contains(QLatin1String("\"detail\"")));
    const auto json = maybe ? Json::parse(data.toUtf8()) : Expected<Json>(Json());
    if (typed) {
        const QString told = json && json->isObject() ? messageOf(*json) : data;
        return told.isEmpty() ? QStringLiteral("unspecified error") : told.left(MaxFailureText);
    }
    if (!json || !json->isObject())
        return {};
    const auto &members = json->members();
    const bool onlyError = std::all_of(members.begin(), members.end(), [](const auto &member) { return member.first == ErrorEvent || besideAnError(member.first); });
    const Json error = json->value(ErrorEvent);
    const bool namesItself = json->value(QStringLiteral("object")).toString() == ErrorEvent || json->value(QStringLiteral("type")).toString() == ErrorEvent;
    const bool detail = members.size() == 1 && json->value(QStringLiteral("detail")).isString();
    const bool tells = error.isString() || error.isObject();
    if (!onlyError || !(tells || namesItself || detail))
        return {};
    return messageOf(tells ? error : *json).left(MaxFailureText);
}

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
    m_doneLine = !m_blockHasData && value.trimmed() == "[DONE]";
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
    } else if (!event.event && event.data.trimmed() == DoneMark) {
        end(StreamItem::Kind::Done, items);
    } else if (event.event == ErrorEvent) {
        releaseTail(items);
        fail(event, items);
    } else if (m_tail && balanceIn(*m_tail).isEmpty() && (isSilent(event) || !balanceIn(event).isEmpty())) {
        items.append({StreamItem::Kind::Event, event, {}}); // no word after the failure, which stays the last
    } else {
        releaseTail(items);
        if (!balanceIn(event).isEmpty() || !failureIn(event).isEmpty())
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

void EventRules::fail(const SseEvent &event, QList<StreamItem> &items)
{
    items.append({StreamItem::Kind::WorkerError, event, failureIn(event)});
    m_tail.reset();
    m_ended = true;
}

void EventRules::end(StreamItem::Kind kind, QList<StreamItem> &items)
{
    if (m_tail) {
        const QString balance = balanceIn(*m_tail);
        if (balance.isEmpty()) {
            const SseEvent last = *m_tail;
            fail(last, items);
            return;
        }
        items.append({StreamItem::Kind::Balance, *m_tail, balance});
        m_tail.reset();
    }
    items.append({kind, {}, {}});
    m_ended = true;
}

} // namespace sluice::byoc
