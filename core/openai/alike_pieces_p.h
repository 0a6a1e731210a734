#pragma once

#include "sluice/openai/chat_face.h"
#include "sluice/openai/stream_transform.h"

namespace sluice::openai {

/// The short way for pieces that differ from the one before in nothing but their text, as nearly all of a stream do: what stands around the
/// text was read, transformed and written once, and is repeated. Everything else goes through the transform. Pure; for one call of one stream.
class AlikePieces {
public:
    /// `face` must write pieces of the same form alike (ChatFace::repeats()).
    AlikePieces(const ChatRequest &request, Dialect dialect, StreamTransform &transform, ChatFace &face);

    /// What goes on for the events that `bytes` begins with, as far as they are alike; `bytes` becomes the rest, for the transform.
    [[nodiscard]] QByteArray take(QByteArrayView &bytes);
    /// To be told what the transform was fed and what it gave.
    void learn(QByteArrayView bytes, const QList<ChatEvent> &events);

private:
    /// What stands around the text of a piece, in what comes and in what goes.
    struct Form {
        QByteArray before, after;
        QByteArray outBefore, outAfter;
    };
    [[nodiscard]] std::optional<Form> formOf(QByteArrayView event, const ChatEvent &made);
    [[nodiscard]] std::optional<Form> proven(QByteArrayView event, const QByteArray &written, const QByteArray &text, qsizetype at);

    StreamTransform &m_transform;
    ChatFace &m_face;
    std::optional<Form> m_form;
    bool m_off = false;
    bool m_between = false; ///< what came last ended with a whole event
    int m_credit = 16; ///< for looking at further forms, which takes twice as long as an event; what comes in alike ones earns it
};

} // namespace sluice::openai
