#include "passed_stream_p.h"

#include "keys_p.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxEventBytes = 4 * 1024 * 1024;
constexpr SseParser::Limits EventLimits{MaxEventBytes, MaxEventBytes};
const QString SequenceNumber = QStringLiteral("sequence_number");

ApiError cutShort()
{
    return ApiError::badGateway(QStringLiteral("The upstream's answer ended before it was complete."));
}

Json parsed(const QString &data)
{
    const auto json = Json::parse(data.toUtf8());
    return json ? *json : Json();
}

QString typeOf(const SseEvent &event)
{
    return event.event ? *event.event : parsed(event.data).value(keys::Type).toString();
}

} // namespace

PassedStream::PassedStream(const QByteArray &route)
    : m_kind(kindOf(route))
    , m_parser(EventLimits)
{
}

PassedStream::Kind PassedStream::kindOf(const QByteArray &route)
{
    if (route == "/completions" || route == "/chat/completions")
        return Kind::Completions;
    if (route == "/responses")
        return Kind::Responses;
    return route.startsWith("/images/") || route.startsWith("/audio/") ? Kind::Typed : Kind::Native;
}

ApiError PassedStream::nothing()
{
    return ApiError::badGateway(QStringLiteral("The upstream's stream ended with nothing in it."));
}

QByteArray PassedStream::feed(QByteArrayView bytes)
{
    if (m_ended)
        return {};
    m_held.append(bytes);
    const auto events = m_parser.feed(bytes);
    QByteArray whole = takeWhole();
    if (!events || m_held.size() > MaxEventBytes) {
        const QString why = events ? QStringLiteral("An event of the upstream's stream is larger than %1 bytes.").arg(MaxEventBytes) : events.error().message();
        return whole + failure(ApiError::badGateway(why));
    }
    for (const SseEvent &event : *events)
        note(event);
    m_begun = m_begun || !whole.isEmpty();
    return whole;
}

QByteArray PassedStream::takeWhole()
{
    for (; m_scanned < m_held.size(); ++m_scanned) {
        const char c = m_held.at(m_scanned);
        const bool lineEnd = c == '\n' || c == '\r';
        if (c == '\n' && std::exchange(m_afterCr, false)) {
            if (m_whole == m_scanned)
                ++m_whole; // the second half of a line's end
            continue;
        }
        m_afterCr = c == '\r';
        if (!lineEnd) {
            m_comment = m_lineEmpty ? c == ':' : m_comment;
            m_lineEmpty = false;
            continue;
        }
        m_inEvent = !m_lineEmpty && (m_inEvent || !m_comment);
        if (!m_inEvent)
            m_whole = m_scanned + 1;
        m_lineEmpty = true;
    }
    QByteArray whole = m_held.left(m_whole);
    m_held.remove(0, m_whole);
    m_scanned -= m_whole;
    m_whole = 0;
    return whole;
}

void PassedStream::note(const SseEvent &event)
{
    m_last = event.data;
    if (event.data == QLatin1String("[DONE]")) {
        m_marked = m_ended = true;
        return;
    }
    if (m_kind == Kind::Completions) {
        noteCompletions(event);
    } else if (m_kind == Kind::Responses) {
        static const std::array<QLatin1String, 4> last{QLatin1String("response.completed"), QLatin1String("response.failed"), QLatin1String("response.incomplete"), QLatin1String("error")};
        m_marked = m_marked || std::find(last.begin(), last.end(), typeOf(event)) != last.end();
        m_ended = m_ended || m_marked;
    } else if (m_kind == Kind::Typed) {
        const QString type = typeOf(event); // of several pictures each has a last one
        m_marked = m_marked || type.endsWith(QLatin1String(".done")) || type.endsWith(QLatin1String(".completed")) || type == QLatin1String("error");
    }
}

void PassedStream::noteCompletions(const SseEvent &event)
{
    // Most pieces say `"finish_reason":null`, and need no closer look.
    const qsizetype at = event.data.indexOf(QLatin1String("\"finish_reason\""));
    const bool mayFinish = at >= 0 && !event.data.mid(at, 40).remove(QLatin1Char(' ')).startsWith(QLatin1String("\"finish_reason\":null"));
    if (!mayFinish && event.event != QLatin1String("error") && !event.data.contains(QLatin1String("\"error\"")))
        return;
    const Json json = parsed(event.data);
    m_marked = m_marked || event.event == QLatin1String("error") || errorIn(json);
    for (const Json &choice : json.value(keys::Choices).items())
        m_finished = m_finished || !choice.value(keys::FinishReason).toString().isEmpty();
}

QByteArray PassedStream::finish(bool cut)
{
    QByteArray rest;
    if (m_ended)
        return rest;
    // What was left without its blank line counts when it is whole by itself.
    const auto last = m_parser.finish();
    if (last && *last && ((*last)->data == QLatin1String("[DONE]") || !parsed((*last)->data).isNull())) {
        note(**last);
        const bool lineEnd = m_held.endsWith('\n') || m_held.endsWith('\r');
        rest = std::exchange(m_held, {}) + (lineEnd ? "\n" : "\n\n");
    }
    m_begun = m_begun || !rest.isEmpty();
    const bool left = m_kind == Kind::Native && !cut;
    if (m_ended || m_marked || left) {
        m_ended = true;
        return rest;
    }
    if (m_kind == Kind::Completions && m_finished) {
        m_ended = true;
        return rest + "data: [DONE]\n\n";
    }
    return rest + failure(cutShort());
}

QByteArray PassedStream::failure(const ApiError &error)
{
    m_ended = true;
    m_problem = error.message;
    Json told = error.toJson();
    if (m_kind != Kind::Responses)
        return "data: " + told.dump() + "\n\n";
    // As that API tells it, and as the libraries know it of the others.
    const qint64 number = parsed(m_last).value(SequenceNumber).toInt64().value_or(-1) + 1;
    told.insert(keys::Type, QStringLiteral("error"));
    told.insert(keys::Code, error.type);
    told.insert(keys::Message, error.message);
    told.insert(keys::Param, Json());
    told.insert(SequenceNumber, number);
    return "event: error\ndata: " + told.dump() + "\n\n";
}

} // namespace sluice::openai
