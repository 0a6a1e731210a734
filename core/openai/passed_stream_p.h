#pragma once

#include "sluice/net/sse_parser.h"
#include "sluice/openai/api_error.h"

#include <QtCore/QByteArray>

#include <optional>

namespace sluice::openai {

/// An upstream's events on their way to a caller as they are: whole ones only, and never without an end that says how it went. Pure.
class PassedStream {
public:
    /// By the route that was asked.
    explicit PassedStream(const QByteArray &route);

    /// What goes on of the next bytes: all events that are whole now.
    [[nodiscard]] QByteArray feed(QByteArrayView bytes);
    /// What goes on at the end of the upstream's answer, which `cut` says came too soon.
    [[nodiscard]] QByteArray finish(bool cut);
    /// The same when it was ended here, for a reason that is told; what is not whole does not go on.
    [[nodiscard]] QByteArray fail(const ApiError &error) { return m_ended ? QByteArray() : failure(error); }
    /// Nothing more is wanted of the upstream.
    [[nodiscard]] bool ended() const { return m_ended; }
    /// Whether anything went on so far.
    [[nodiscard]] bool begun() const { return m_begun; }
    /// Why it did not end as it should, as the caller was told; empty when it did.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// What is said where nothing went on.
    [[nodiscard]] static ApiError nothing();

private:
    enum class Kind {
        Completions, ///< ends with [DONE]
        Responses,   ///< ends with one of some events
        Typed,       ///< the other routes of OpenAI's, whose last events are called …done or …completed
        Native,      ///< a gateway's own, which are left as they are
    };
    [[nodiscard]] static Kind kindOf(const QByteArray &route);
    /// The bytes up to where the last whole event, or a comment between events, ends.
    [[nodiscard]] QByteArray takeWhole();
    void note(const SseEvent &event);
    void noteCompletions(const SseEvent &event);
    [[nodiscard]] QByteArray failure(const ApiError &error);

    Kind m_kind;
    SseParser m_parser;
    QByteArray m_held; ///< of an event that is not whole
    qsizetype m_scanned = 0;
    qsizetype m_whole = 0;    ///< so much of what is held can go
    bool m_lineEmpty = true;  ///< nothing of the line was seen
    bool m_comment = false;   ///< the line is one
    bool m_inEvent = false;   ///< since the last blank line came what is no comment
    bool m_afterCr = false;
    bool m_marked = false;    ///< the upstream said how it ended
    bool m_finished = false;  ///< of completions: a choice did, before the mark
    bool m_ended = false;
    bool m_begun = false;
    QString m_problem;
    QString m_last; ///< the data of the last event
};

} // namespace sluice::openai
