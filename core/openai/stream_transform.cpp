#include "sluice/openai/stream_transform.h"

#include "compat_stream_p.h"
#include "keys_p.h"
#include "upstream_stream_p.h"

#include "sluice/openai/stop_filter.h"

#include <QtCore/QMap>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace sluice::openai {

namespace {

/// How far one choice has been told.
struct ChoiceState {
    bool begun = false;
    bool finished = false;
    StopFilter filter;
};

struct Call {
    explicit Call(UpstreamStream upstream)
        : stream(std::move(upstream))
    {
    }
    UpstreamStream stream;
    QMap<int, ChoiceState> choices; ///< by the upstream's index
    Usage usage;
    Json extra = Json::object(); ///< of a chunk that has nothing else but usage
    bool ended = false;
};

bool isBlank(const Json &content)
{
    return content.isNull() || (content.isString() && content.toString().isEmpty());
}

} // namespace

class StreamTransform::Private {
public:
    Private(const ChatRequest &request, Dialect dialect, const AnswerIdentity &identity, Mapping mapping)
        : m_identity(identity)
        , m_dialect(dialect)
        , m_usageWanted(request.includeUsage)
        , m_stops(dialect == Dialect::OpenAi ? QStringList() : request.stop)
    {
        if (mapping == Mapping::Compat)
            original.emplace(identity);
        const int count = dialect == Dialect::OpenAi || original ? 1 : request.n;
        for (int i = 0; i < count; ++i)
            calls.emplace_back(UpstreamStream(request, dialect, identity));
    }

    QList<ChatEvent> take(int number, const QList<UpstreamItem> &items);

    std::optional<CompatStream> original;
    std::vector<Call> calls;
    bool ended = false;

private:
    void adopt(const ChatChunk &chunk);
    void takeChunk(int number, const ChatChunk &chunk);
    void takeChoice(int number, const ChatChunk &chunk, const ChatChunk::Choice &choice);
    ChoiceState &stateOf(Call &call, int index);
    void begin(int number, int index, const Json &delta);
    void finish(int number, int index, const QString &reason, const ChatChunk::Choice &last, const Json &extra);
    void emitDelta(int number, int index, const Json &delta, const Json &choiceExtra, const Json &extra);
    void emitChunk(const ChatChunk &chunk);
    void endCall(int number);
    void endStream(ChatEvent::Kind kind, const ApiError &error = {});
    [[nodiscard]] int outIndex(int number, int index) const { return calls.size() > 1 ? number : index; }

    AnswerIdentity m_identity;
    Dialect m_dialect;
    bool m_usageWanted;
    QStringList m_stops;
    bool m_adopted = false;
    QList<ChatEvent> m_out;
};

QList<ChatEvent> StreamTransform::Private::take(int number, const QList<UpstreamItem> &items)
{
    for (const UpstreamItem &item : items) {
        Call &call = calls[std::size_t(number)];
        if (ended || call.ended)
            break;
        switch (item.kind) {
        case UpstreamItem::Kind::Chunk:
            takeChunk(number, item.chunk);
            break;
        case UpstreamItem::Kind::Complete:
            endCall(number);
            break;
        case UpstreamItem::Kind::Incomplete:
            endStream(ChatEvent::Kind::Incomplete, item.error);
            break;
        case UpstreamItem::Kind::Failed:
            endStream(ChatEvent::Kind::Failed, item.error);
            break;
        }
    }
    return std::exchange(m_out, {});
}

/// The first chunk names the whole answer, whatever later ones say.
void StreamTransform::Private::adopt(const ChatChunk &chunk)
{
    if (std::exchange(m_adopted, true))
        return;
    m_identity.id = chunk.id;
    m_identity.created = chunk.created;
    if (m_dialect == Dialect::OpenAi)
        m_identity.model = chunk.model;
}

void StreamTransform::Private::takeChunk(int number, const ChatChunk &chunk)
{
    Call &call = calls[std::size_t(number)];
    if (chunk.usage)
        call.usage = *chunk.usage;
    if (chunk.choices.isEmpty())
        call.extra = chunk.extra;
    else
        adopt(chunk);
    for (const ChatChunk::Choice &choice : chunk.choices)
        takeChoice(number, chunk, choice);
    const bool stopped = std::any_of(call.choices.cbegin(), call.choices.cend(), [](const ChoiceState &state) { return state.filter.matched(); });
    if (stopped)
        endCall(number); // a gateway has one choice, and what it still sends is not wanted
}

ChoiceState &StreamTransform::Private::stateOf(Call &call, int index)
{
    if (!call.choices.contains(index))
        call.choices[index].filter = StopFilter(m_stops);
    return call.choices[index];
}

void StreamTransform::Private::takeChoice(int number, const ChatChunk &chunk, const ChatChunk::Choice &choice)
{
    ChoiceState &state = stateOf(calls[std::size_t(number)], choice.index);
    if (state.finished)
        return;
    const bool last = choice.finishReason.has_value();
    Json delta = choice.delta;
    if (!std::exchange(state.begun, true)) {
        const bool alone = delta.value(keys::Role).isString() && isBlank(delta.value(keys::Content));
        begin(number, choice.index, alone ? delta : Json::object());
        if (alone)
            delta = Json::object();
    }
    delta.remove(keys::Role);
    const QString given = state.filter.feed(choice.text());
    if (!isBlank(delta.value(keys::Content)) && delta.value(keys::Content).isString())
        delta.insert(keys::Content, given);
    if (isBlank(delta.value(keys::Content)))
        delta.remove(keys::Content);
    if (delta.size() > 0)
        emitDelta(number, choice.index, delta, last ? Json::object() : choice.extra, last ? Json::object() : chunk.extra);
    if (state.filter.matched())
        finish(number, choice.index, keys::Stop, {}, Json::object());
    else if (last)
        finish(number, choice.index, *choice.finishReason, choice, chunk.extra);
}

void StreamTransform::Private::begin(int number, int index, const Json &delta)
{
    Json first = delta;
    first.insert(keys::Role, "assistant");
    if (!first.contains(keys::Content))
        first.insert(keys::Content, QString());
    emitDelta(number, index, first, Json::object(), Json::object());
}

void StreamTransform::Private::finish(int number, int index, const QString &reason, const ChatChunk::Choice &last, const Json &extra)
{
    ChoiceState &state = stateOf(calls[std::size_t(number)], index);
    if (const QString rest = state.filter.finish(); !rest.isEmpty())
        emitDelta(number, index, Json{{keys::Content, rest}}, Json::object(), Json::object());
    state.finished = true;
    ChatChunk chunk;
    ChatChunk::Choice choice;
    choice.index = outIndex(number, index);
    choice.finishReason = reason;
    choice.extra = last.extra;
    chunk.choices.append(choice);
    chunk.extra = extra;
    emitChunk(chunk);
}

void StreamTransform::Private::emitDelta(int number, int index, const Json &delta, const Json &choiceExtra, const Json &extra)
{
    ChatChunk chunk;
    ChatChunk::Choice choice;
    choice.index = outIndex(number, index);
    choice.delta = delta;
    choice.extra = choiceExtra;
    chunk.choices.append(choice);
    chunk.extra = extra;
    emitChunk(chunk);
}

void StreamTransform::Private::emitChunk(const ChatChunk &chunk)
{
    ChatEvent event;
    event.chunk = chunk;
    event.chunk.id = m_identity.id;
    event.chunk.created = m_identity.created;
    event.chunk.model = m_identity.model;
    event.chunk.usageWanted = m_usageWanted;
    m_out.append(event);
}

void StreamTransform::Private::endCall(int number)
{
    Call &call = calls[std::size_t(number)];
    if (std::exchange(call.ended, true))
        return;
    if (call.choices.isEmpty())
        stateOf(call, 0);
    const QList<int> indexes = call.choices.keys();
    for (const int index : indexes) {
        ChoiceState &state = call.choices[index];
        if (!std::exchange(state.begun, true))
            begin(number, index, Json::object());
        if (!state.finished)
            finish(number, index, keys::Stop, {}, Json::object());
    }
    if (std::all_of(calls.begin(), calls.end(), [](const Call &one) { return one.ended; }))
        endStream(ChatEvent::Kind::Complete);
}

void StreamTransform::Private::endStream(ChatEvent::Kind kind, const ApiError &error)
{
    if (kind == ChatEvent::Kind::Complete && m_usageWanted) {
        ChatChunk chunk;
        chunk.usage = calls.front().usage;
        for (std::size_t i = 1; i < calls.size(); ++i)
            *chunk.usage += calls[i].usage;
        chunk.extra = calls.front().extra;
        emitChunk(chunk);
    }
    ended = true;
    for (Call &call : calls)
        call.ended = true;
    ChatEvent last;
    last.kind = kind;
    last.error = error;
    m_out.append(last);
}

StreamTransform::StreamTransform(const ChatRequest &request, Dialect dialect, const AnswerIdentity &identity, Mapping mapping)
    : d(std::make_unique<Private>(request, dialect, identity, mapping))
{
}

StreamTransform::StreamTransform(std::unique_ptr<Private> same)
    : d(std::move(same))
{
}

StreamTransform StreamTransform::copy() const
{
    return StreamTransform(std::make_unique<Private>(*d));
}

StreamTransform::~StreamTransform() = default;
StreamTransform::StreamTransform(StreamTransform &&) noexcept = default;
StreamTransform &StreamTransform::operator=(StreamTransform &&) noexcept = default;

int StreamTransform::calls() const
{
    return int(d->calls.size());
}

void StreamTransform::begin(int status, const QByteArray &contentType, const QByteArray &retryAfter, int call)
{
    d->calls.at(std::size_t(call)).stream.begin(status, contentType, retryAfter);
}

QList<ChatEvent> StreamTransform::feed(QByteArrayView bytes, int call)
{
    if (d->original)
        return d->original->feed(bytes);
    return d->take(call, d->calls.at(std::size_t(call)).stream.feed(bytes));
}

QList<ChatEvent> StreamTransform::finish(int call)
{
    if (d->original)
        return d->original->finish();
    return d->take(call, d->calls.at(std::size_t(call)).stream.finish());
}

bool StreamTransform::callEnded(int call) const
{
    return d->original ? d->original->ended() : d->calls.at(std::size_t(call)).ended;
}

bool StreamTransform::ended() const
{
    return d->original ? d->original->ended() : d->ended;
}

} // namespace sluice::openai
