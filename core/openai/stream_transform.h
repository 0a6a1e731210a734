#pragma once

#include "sluice/openai/answer_identity.h"
#include "sluice/openai/chat_event.h"
#include "sluice/openai/chat_request.h"

#include <memory>

namespace sluice::openai {

/// Turns the bytes of an upstream's stream, cut anywhere, into OpenAI's events for any transport (openai.md 6.3): the role first, the end of
/// each choice last, usage as it was asked for, one id and one time throughout, stop texts applied towards a gateway. Pure; no socket.
///
/// The last event is the only one that isEnd(): Complete at the upstream's own mark of its end (then the upstream may be closed, whatever
/// else it has to say), Incomplete when it closed before, Failed for all else. An answer that is no stream is given as one.
class StreamTransform {
public:
    /// Towards a gateway, a request with `n` takes as many calls of the upstream; each is fed here under its number.
    StreamTransform(const ChatRequest &request, Dialect dialect, const AnswerIdentity &identity, Mapping mapping = Mapping::Semantic);
    ~StreamTransform();
    StreamTransform(StreamTransform &&) noexcept;
    StreamTransform &operator=(StreamTransform &&) noexcept;
    /// One that goes on from here by itself.
    [[nodiscard]] StreamTransform copy() const;

    /// How many calls of the upstream there are to be.
    [[nodiscard]] int calls() const;
    /// The head of a call's answer. Without it, the answer is taken for a 200 whose bytes tell what they are.
    void begin(int status, const QByteArray &contentType, const QByteArray &retryAfter = {}, int call = 0);
    [[nodiscard]] QList<ChatEvent> feed(QByteArrayView bytes, int call = 0);
    /// The body of a call's answer ended.
    [[nodiscard]] QList<ChatEvent> finish(int call = 0);

    /// Nothing more is wanted of this call's upstream.
    [[nodiscard]] bool callEnded(int call) const;
    /// The last event was given.
    [[nodiscard]] bool ended() const;

private:
    class Private;
    explicit StreamTransform(std::unique_ptr<Private> same);
    std::unique_ptr<Private> d;
};

} // namespace sluice::openai
