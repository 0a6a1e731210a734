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

    /// What goes on for the events that `bytes` begins with, as far as they are alike; `bytes` becomes the rest, for the transform. Called with
    /// nothing before the transform is told of the end.
    [[nodiscard]] QByteArray take(QByteArrayView &bytes);
    /// To be told what the transform was fed and what it gave.
    void learn(QByteArrayView bytes, const QList<ChatEvent> &events);

private:
    /// An event as what never changes in it and the places between that do: one text, and numbers that are told at the end or not at all.
    struct Form {
        QList<QByteArray> parts; ///< one more than there are places
        qsizetype text = 0;      ///< which of the places is the text's
        QByteArray before, after; ///< what goes on around the text
    };
    struct Match {
        QByteArrayView text;
        qsizetype size = 0; ///< of the whole event; 0: it is of another form
    };
    [[nodiscard]] static Match match(const Form &form, QByteArrayView bytes);
    [[nodiscard]] std::optional<Form> formOf(const QByteArray &event, const ChatEvent &made);
    /// What the transform would make of it, written down; nothing when that is not one piece with this text.
    [[nodiscard]] std::optional<QByteArray> written(const QByteArray &event, const QByteArray &text);

    StreamTransform &m_transform;
    ChatFace &m_face;
    std::optional<Form> m_form;
    QByteArray m_owed;      ///< the last event that went the short way: the transform has to hear of its numbers
    bool m_off = false;
    bool m_between = false; ///< what came last ended with a whole event
    int m_credit = 16; ///< for looking at further forms, which takes some events' time; what comes in alike ones earns it
};

} // namespace sluice::openai
