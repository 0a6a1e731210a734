#pragma once

#include "sluice/openai/answer_identity.h"
#include "sluice/openai/chat_answer.h"
#include "sluice/openai/chat_chunk.h"
#include "sluice/openai/chat_request.h"
#include "sluice/openai/dialect.h"
#include "sluice/openai/legacy_form.h"
#include "sluice/openai/upstream_answer.h"

namespace sluice::openai {

/// The transformation between OpenAI's chat and what a Livepeer gateway speaks, as functions on values (openai.md 2.6). Nothing here
/// knows a socket: the caller sends what it is given, by whatever transport, and feeds what comes back.
///
/// @code
/// using namespace sluice::openai;
/// const auto request = ChatRequest::parse(body);                          // 400 for the caller when it does not fit
/// const auto form = transformRequest(*request, Mapping::Semantic);        // to POST GATEWAY/llm as form->form()
///
/// // One answer:
/// const auto identity = AnswerIdentity::fresh(request->model);
/// const auto answer = transformAnswer(*request, upstream, Dialect::Legacy, identity);
/// send(answer ? answer->toJson() : answer.error().toJson());
///
/// // Or a stream, over server-sent events, a websocket or anything else:
/// StreamTransform transform(*request, Dialect::Legacy, identity);
/// while (!transform.ended()) {
///     const QByteArray bytes = read();                                    // cut anywhere; empty at the end
///     for (const ChatEvent &event : bytes.isEmpty() ? transform.finish() : transform.feed(bytes))
///         write(event.sse());                                             // or event.data() without the framing
/// }                                                                       // the last event says how it ended
/// @endcode
///
/// The fourth of the functions is StreamTransform (stream_transform.h); transformStreamChunk() is one step of it.

/// The legacy form of a chat. Semantic: 400 for what the form cannot say (ChatRequest::refusedByLlm()) and for a chat that does not end
/// with the user. Compat: a first message becomes the system's whatever its role, and 500 without words for no message at all, where the
/// original dies.
[[nodiscard]] Expected<LegacyForm, ApiError> transformRequest(const ChatRequest &request, Mapping mapping = Mapping::Semantic);

/// The same for the gateway of today: JSON for `POST /llm` (openai.md 4.1), always with the four members that it insists on.
[[nodiscard]] Expected<Json, ApiError> transformToGateway(const ChatRequest &request);

/// What is sent to a gateway of that dialect for a chat. A value.
struct GatewayBody {
    GatewayBody() = default; // no aggregate: see DESIGN.md 3
    QByteArray contentType;
    QByteArray body;
};
/// By transformRequest() or transformToGateway(), written out. `dialect`: Legacy or Gateway.
[[nodiscard]] Expected<GatewayBody, ApiError> gatewayBody(const ChatRequest &request, Dialect dialect, Mapping mapping = Mapping::Semantic);

/// OpenAI's answer of an upstream's, by what it holds rather than by what the dialect says. An error answer, and a 200 that is none
/// (nothing in it, `choices` null or empty, no `response`), is an error with the status to pass on. Towards a gateway, stop texts are
/// applied here. Compat: whatever the status, an object is an answer.
[[nodiscard]] Expected<ChatAnswer, ApiError> transformAnswer(const ChatRequest &request, const UpstreamAnswer &answer, Dialect dialect,
    const AnswerIdentity &identity, Mapping mapping = Mapping::Semantic);

/// OpenAI's chunk of one event's JSON of an upstream; nothing for one that says nothing. Compat: always one, and the marker of a legacy
/// stream's end is its text. 502 for what is no chunk, and with an upstream's own words for one that tells of a failure.
[[nodiscard]] Expected<std::optional<ChatChunk>, ApiError> transformStreamChunk(const Json &event, const AnswerIdentity &identity,
    Mapping mapping = Mapping::Semantic);

} // namespace sluice::openai
