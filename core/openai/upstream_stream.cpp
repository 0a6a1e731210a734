#include "upstream_stream_p.h"

#include "keys_p.h"

#include <algorithm>
#include <utility>

namespace sluice::openai {

namespace {

constexpr SseParser::Limits EventLimits{4 * 1024 * 1024, 4 * 1024 * 1024};
constexpr qsizetype MaxWholeBytes = 64 * 1024 * 1024;
const QString DoneMark = QStringLiteral("[DONE]");

/// By what it says: the dialects differ in their members.
bool isLegacy(const Json &event)
{
    return !event.contains(keys::Choices) && (event.contains(keys::Chunk) || event.contains(keys::TokensUsed) || event.contains(keys::Done));
}

QByteArray mediaType(const QByteArray &contentType)
{
    return contentType.left(contentType.indexOf(';')).trimmed().toLower();
}

ApiError cutShort()
{
    return ApiError::badGateway(QStringLiteral("The upstream's answer ended before it was complete."));
}

/// A message as the one piece that it is: its calls of tools are numbered there.
Json deltaOf(Json message)
{
    const Json calls = message.value(keys::ToolCalls);
    if (!calls.isArray())
        return message;
    Json numbered = Json::array();
    for (qsizetype i = 0; i < calls.items().size(); ++i) {
        Json call{{keys::Index, i}};
        for (const auto &[key, value] : calls.items().at(i).members())
            call.insert(key, value);
        numbered.append(call);
    }
    message.insert(keys::ToolCalls, numbered);
    return message;
}

/// The chunk that says all that a whole answer says.
ChatChunk chunkOf(const ChatAnswer &answer)
{
    ChatChunk chunk;
    chunk.id = answer.id;
    chunk.created = answer.created;
    chunk.model = answer.model;
    chunk.usage = answer.usage;
    chunk.extra = answer.extra;
    for (const ChatAnswer::Choice &one : answer.choices) {
        ChatChunk::Choice choice;
        choice.index = one.index;
        choice.delta = deltaOf(one.message);
        choice.finishReason = one.finishReason;
        choice.extra = one.extra;
        chunk.choices.append(choice);
    }
    return chunk;
}

} // namespace

UpstreamStream::UpstreamStream(const ChatRequest &request, Dialect dialect, const AnswerIdentity &identity)
    : m_request(request)
    , m_dialect(dialect)
    , m_identity(identity)
    , m_parser(EventLimits)
{
}

void UpstreamStream::begin(int status, const QByteArray &contentType, const QByteArray &retryAfter)
{
    m_answer.status = status;
    m_answer.contentType = contentType;
    m_answer.retryAfter = retryAfter;
    const QByteArray type = mediaType(contentType);
    if (status < 200 || status > 299 || type == "application/json")
        m_shape = Shape::Whole;
    else if (type == "text/event-stream")
        m_shape = Shape::Events;
}

QList<UpstreamItem> UpstreamStream::feed(QByteArrayView bytes)
{
    if (m_ended)
        return {};
    if (m_shape == Shape::Events) {
        takeEvents(m_parser.feed(bytes));
    } else {
        m_answer.body.append(bytes);
        recognise();
        if (m_shape == Shape::Whole && m_answer.body.size() > MaxWholeBytes)
            end(UpstreamItem::Kind::Failed, ApiError::badGateway(QStringLiteral("The upstream's answer has more than %1 bytes.").arg(MaxWholeBytes)));
    }
    return std::exchange(m_ready, {});
}

/// By the first byte that is no blank.
void UpstreamStream::recognise()
{
    if (m_shape != Shape::Unknown)
        return;
    const auto first = std::find_if(m_answer.body.cbegin(), m_answer.body.cend(), [](char c) { return c != ' ' && c != '\r' && c != '\n' && c != '\t'; });
    if (first == m_answer.body.cend())
        return;
    m_shape = *first == '{' ? Shape::Whole : Shape::Events;
    if (m_shape == Shape::Events)
        takeEvents(m_parser.feed(std::exchange(m_answer.body, {})));
}

QList<UpstreamItem> UpstreamStream::finish()
{
    if (!m_ended) {
        if (m_shape == Shape::Whole || m_shape == Shape::Unknown)
            takeWhole();
        else
            endAtClose();
    }
    return std::exchange(m_ready, {});
}

void UpstreamStream::takeWhole()
{
    const auto answer = transformAnswer(m_request, m_answer, m_dialect, m_identity);
    if (!answer) {
        end(UpstreamItem::Kind::Failed, answer.error());
        return;
    }
    give(chunkOf(*answer));
    end(UpstreamItem::Kind::Complete);
}

void UpstreamStream::takeEvents(const Expected<QList<SseEvent>> &events)
{
    if (!events) {
        end(UpstreamItem::Kind::Failed, ApiError::badGateway(events.error().message()));
        return;
    }
    for (const SseEvent &event : *events)
        takeEvent(event);
}

void UpstreamStream::takeEvent(const SseEvent &event)
{
    if (m_ended || event.data.isEmpty())
        return;
    if (event.data == DoneMark) {
        if (m_finished.isEmpty())
            end(UpstreamItem::Kind::Failed, ApiError::badGateway(QStringLiteral("The upstream's stream ended with nothing in it.")));
        else
            end(UpstreamItem::Kind::Complete);
        return;
    }
    const auto json = Json::parse(event.data.toUtf8());
    if (event.event == QLatin1String("error")) {
        const QByteArray said = event.data.toUtf8();
        const auto failure = json ? errorIn(*json) : std::nullopt;
        end(UpstreamItem::Kind::Failed, failure ? *failure : readApiError(502, said));
        return;
    }
    if (!json) {
        end(UpstreamItem::Kind::Failed, ApiError::badGateway(QStringLiteral("The upstream's stream has an event that is no JSON.")));
        return;
    }
    const auto chunk = transformStreamChunk(*json, m_identity);
    if (!chunk) {
        end(UpstreamItem::Kind::Failed, chunk.error());
        return;
    }
    if (isLegacy(*json))
        m_dialect = Dialect::Legacy;
    else if (json->contains(keys::Choices) && m_dialect == Dialect::Legacy)
        m_dialect = Dialect::Gateway;
    if (*chunk)
        give(**chunk);
    // A gateway sends no mark behind its last piece, and may leave the connection open.
    if (m_dialect != Dialect::OpenAi && answerIsWhole())
        end(UpstreamItem::Kind::Complete);
}

bool UpstreamStream::answerIsWhole() const
{
    return !m_finished.isEmpty() && std::all_of(m_finished.cbegin(), m_finished.cend(), [](bool finished) { return finished; });
}

void UpstreamStream::give(const ChatChunk &chunk)
{
    for (const ChatChunk::Choice &choice : chunk.choices)
        m_finished[choice.index] = m_finished.value(choice.index) || choice.finishReason.has_value();
    UpstreamItem item;
    item.chunk = chunk;
    m_ready.append(item);
}

void UpstreamStream::end(UpstreamItem::Kind kind, const ApiError &error)
{
    m_ended = true;
    UpstreamItem item;
    item.kind = kind;
    item.error = error;
    m_ready.append(item);
}

void UpstreamStream::endAtClose()
{
    // What was left without its blank line counts when it is whole by itself.
    const auto last = m_parser.finish();
    if (last && *last && ((*last)->data == DoneMark || Json::parse((*last)->data.toUtf8())))
        takeEvent(**last);
    if (m_ended)
        return;
    if (answerIsWhole())
        end(UpstreamItem::Kind::Complete);
    else
        end(UpstreamItem::Kind::Incomplete, cutShort());
}

} // namespace sluice::openai
