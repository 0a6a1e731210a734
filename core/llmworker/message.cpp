#include "sluice/llmworker/message.h"

#include <algorithm>

namespace sluice::llmworker {

namespace {

const QString Type = QStringLiteral("type");
const QString Id = QStringLiteral("id");
const QString JobId = QStringLiteral("job_id");
const QString MessageKey = QStringLiteral("message");
const QString Query = QStringLiteral("query");
const QString AssistantKey = QStringLiteral("assistant");
const QString History = QStringLiteral("history");
const QString Replay = QStringLiteral("replay");
const QString TellStreams = QStringLiteral("tell_streams");

/// As Python's reader: its recursion ends there, and its integers.
constexpr int MaxDepth = 201;
constexpr qsizetype MaxIntegerDigits = 4300;
/// What a server says may repeat what it was sent, with every byte escaped.
constexpr qsizetype MaxServerMessageBytes = 4 * MaxMessageBytes;

Unexpected<Error> refused(const QString &message, const QString &field = {})
{
    Error error(Error::Kind::InvalidInput, message);
    if (!field.isEmpty())
        error.withField(QLatin1Char('/') + field);
    return unexpected(error);
}

/// With the place of the whole in front of the place in the part.
Unexpected<Error> within(const QString &pointer, Error error)
{
    return unexpected(error.withField(pointer + error.field()));
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// What Python's reader takes beyond JSON, as JSON that nothing reads: NaN, Infinity and numbers that are too large for a double become
/// null. Nothing for an integer of more digits than it takes.
class PythonNumbers {
public:
    explicit PythonNumbers(QByteArrayView text)
        : m_text(text)
    {
    }

    /// Empty, and not `changed`, when the text can stay as it is.
    std::optional<QByteArray> rewritten(bool &changed)
    {
        changed = false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"')
                skipString();
            else if (c == 'N' || c == 'I' || (c == '-' && m_text.sliced(m_at).startsWith("-I")))
                takeWord();
            else if (isDigit(c)) {
                if (!takeNumber())
                    return std::nullopt;
            } else
                ++m_at;
        }
        changed = m_changed;
        if (m_changed)
            m_out += m_text.sliced(m_kept);
        return m_out;
    }

private:
    void skipString()
    {
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
        ++m_at;
    }

    void takeWord()
    {
        for (const QByteArrayView word : {QByteArrayView("NaN"), QByteArrayView("Infinity"), QByteArrayView("-Infinity")}) {
            if (m_text.sliced(m_at).startsWith(word))
                return replace(m_at, m_at + word.size());
        }
        ++m_at;
    }

    bool takeNumber()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && isDigit(m_text[m_at]))
            ++m_at;
        const bool integer = m_at >= m_text.size() || (m_text[m_at] != '.' && m_text[m_at] != 'e' && m_text[m_at] != 'E');
        if (integer)
            return m_at - begin <= MaxIntegerDigits;
        while (m_at < m_text.size() && (isDigit(m_text[m_at]) || QByteArrayView(".eE+-").contains(m_text[m_at])))
            ++m_at;
        bool finite = false;
        const double value = m_text.sliced(begin, m_at - begin).toByteArray().toDouble(&finite);
        if (!finite && (value > 1 || value < -1)) // out of range upwards; a malformed one stays for the parser to refuse
            replace(begin, m_at);
        return true;
    }

    void replace(qsizetype begin, qsizetype end)
    {
        // A sign in front belongs to the number.
        if (begin > m_kept && m_text[begin - 1] == '-')
            --begin;
        m_out += m_text.sliced(m_kept, begin - m_kept);
        m_out += "null";
        m_kept = end;
        m_at = end;
        m_changed = true;
    }

    QByteArrayView m_text;
    QByteArray m_out;
    qsizetype m_at = 0;
    qsizetype m_kept = 0;
    bool m_changed = false;
};

Expected<Json> parsed(QByteArrayView text, qsizetype maxBytes = MaxMessageBytes)
{
    if (text.startsWith("\xef\xbb\xbf"))
        return refused(QStringLiteral("A message begins with a byte order mark."));
    Json::Limits limits;
    limits.maxBytes = maxBytes;
    limits.maxDepth = MaxDepth;
    bool changed = false;
    const auto rewritten = PythonNumbers(text).rewritten(changed);
    if (!rewritten)
        return refused(QStringLiteral("A number has more than %1 digits.").arg(MaxIntegerDigits));
    return changed ? Json::parse(*rewritten, limits) : Json::parse(text, limits);
}

Expected<QString> textIn(const Json &json, const QString &key)
{
    const Json value = json.value(key);
    if (!value.isString())
        return refused(QStringLiteral("\"%1\" is missing or no text.").arg(key), key);
    return value.toString();
}

template <typename T> Expected<ClientMessage> widened(Expected<T> message)
{
    if (!message)
        return unexpected(message.error());
    return ClientMessage(*std::move(message));
}

Expected<QString> jobIdIn(const Json &json)
{
    return textIn(json, JobId);
}

} // namespace

Json AddRequest::toJson() const
{
    Json json{{Type, "add"}, {Id, id}, {Query, query}, {AssistantKey, assistant.toJson()}, {History, historyToJson(history)}};
    if (tellStreams)
        json.insert(TellStreams, true);
    return json;
}

Expected<AddRequest> AddRequest::fromJson(const Json &json)
{
    AddRequest add;
    const auto id = textIn(json, Id);
    const auto query = textIn(json, Query);
    if (!id || !query)
        return unexpected(id ? query.error() : id.error());
    add.id = *id;
    add.query = *query;
    auto assistant = Assistant::fromJson(json.value(AssistantKey));
    if (!assistant)
        return within(QStringLiteral("/assistant"), assistant.error());
    add.assistant = *std::move(assistant);
    if (json.contains(History)) {
        auto history = historyFromJson(json.value(History));
        if (!history)
            return within(QStringLiteral("/history"), history.error());
        add.history = *std::move(history);
    }
    add.tellStreams = json.value(TellStreams).toBool();
    return add;
}

Json ListenRequest::toJson() const
{
    Json json{{Type, "listen"}, {JobId, jobId}};
    if (replay)
        json.insert(Replay, true);
    if (tellStreams)
        json.insert(TellStreams, true);
    return json;
}

Expected<ListenRequest> ListenRequest::fromJson(const Json &json)
{
    const auto jobId = jobIdIn(json);
    if (!jobId)
        return unexpected(jobId.error());
    ListenRequest listen;
    listen.jobId = *jobId;
    listen.replay = json.value(Replay).toBool();
    listen.tellStreams = json.value(TellStreams).toBool();
    return listen;
}

Json CancelRequest::toJson() const
{
    return Json{{Type, "cancel"}, {JobId, jobId}};
}

Expected<CancelRequest> CancelRequest::fromJson(const Json &json)
{
    const auto jobId = jobIdIn(json);
    if (!jobId)
        return unexpected(jobId.error());
    return CancelRequest{*jobId};
}

Json JobsRequest::toJson() const
{
    return Json{{Type, "jobs"}};
}

Expected<ClientMessage> parseClientMessage(QByteArrayView text)
{
    const auto json = parsed(text);
    if (!json)
        return unexpected(json.error());
    if (!json->isObject())
        return refused(QStringLiteral("A message is an object."));
    const auto type = textIn(*json, Type);
    if (!type)
        return unexpected(type.error());
    if (*type == QLatin1String("add"))
        return widened(AddRequest::fromJson(*json));
    if (*type == QLatin1String("listen"))
        return widened(ListenRequest::fromJson(*json));
    if (*type == QLatin1String("cancel"))
        return widened(CancelRequest::fromJson(*json));
    if (*type == QLatin1String("jobs"))
        return ClientMessage(JobsRequest());
    return refused(QStringLiteral("There is no message of the type \"%1\".").arg(type->left(40)), Type);
}

ServerMessage ServerMessage::respAdd(const QString &id, const QString &jobId)
{
    ServerMessage message;
    message.kind = Kind::RespAdd;
    message.id = id;
    message.jobId = jobId;
    return message;
}

ServerMessage ServerMessage::done(const QString &jobId)
{
    ServerMessage message;
    message.kind = Kind::Done;
    message.jobId = jobId;
    return message;
}

ServerMessage ServerMessage::failed(const QString &jobId, const QString &text)
{
    ServerMessage message;
    message.kind = Kind::Failed;
    message.jobId = jobId;
    message.message = text;
    return message;
}

QByteArray ServerMessage::dump() const
{
    switch (kind) {
    case Kind::RespAdd:
        return Json{{Type, "resp_add"}, {Id, id}, {JobId, jobId}}.dump();
    case Kind::Running:
        if (replay)
            return RunningWriter(jobId).writeReplay(message);
        return Json{{Type, "running"}, {JobId, jobId}, {MessageKey, message}}.dump();
    case Kind::Done:
        return Json{{Type, "done"}, {JobId, jobId}}.dump();
    case Kind::Failed:
        return Json{{Type, "failed"}, {JobId, jobId}, {MessageKey, message}}.dump();
    case Kind::Pending:
        return Json{{Type, "pending"}, {JobId, jobId}}.dump();
    case Kind::Stream:
    case Kind::Jobs:
    case Kind::Extensions:
    case Kind::Other:
        break;
    }
    return json.dump();
}

Expected<ServerMessage> ServerMessage::parse(QByteArrayView text)
{
    const auto json = parsed(text, MaxServerMessageBytes);
    if (!json)
        return unexpected(json.error());
    const auto type = textIn(*json, Type);
    if (!type)
        return unexpected(type.error());
    ServerMessage message;
    message.json = *json;
    if (*type == QLatin1String("jobs") || *type == QLatin1String("extensions")) {
        message.kind = *type == QLatin1String("jobs") ? Kind::Jobs : Kind::Extensions;
        return message;
    }
    if (*type == QLatin1String("stream")) {
        message.kind = Kind::Stream;
        message.jobId = json->value(JobId).toString();
        return message;
    }
    const bool saysText = *type == QLatin1String("running") || *type == QLatin1String("failed");
    if (*type == QLatin1String("resp_add"))
        message.kind = Kind::RespAdd;
    else if (saysText)
        message.kind = *type == QLatin1String("running") ? Kind::Running : Kind::Failed;
    else if (*type == QLatin1String("done"))
        message.kind = Kind::Done;
    else if (*type == QLatin1String("pending"))
        message.kind = Kind::Pending;
    else
        return message;
    message.json = Json();
    const auto jobId = jobIdIn(*json);
    if (!jobId)
        return unexpected(jobId.error());
    message.jobId = *jobId;
    if (message.kind == Kind::RespAdd) {
        const auto id = textIn(*json, Id);
        if (!id)
            return unexpected(id.error());
        message.id = *id;
    }
    if (saysText) {
        const auto said = textIn(*json, MessageKey);
        if (!said)
            return unexpected(said.error());
        message.message = *said;
        message.replay = json->value(Replay).toBool();
    }
    return message;
}

RunningWriter::RunningWriter(const QString &jobId)
    : m_begin("{\"type\":\"running\",\"job_id\":" + Json(jobId).dump() + ",\"message\":")
{
}

QByteArray RunningWriter::write(const QString &fragment) const
{
    QByteArray text;
    text.reserve(m_begin.size() + fragment.size() + 8);
    text += m_begin;
    text += Json(fragment).dump();
    text += '}';
    return text;
}

QByteArray RunningWriter::writeReplay(const QString &text) const
{
    return write(text).chopped(1) + ",\"replay\":true}";
}

} // namespace sluice::llmworker
