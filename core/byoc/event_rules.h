#pragma once

#include "sluice/net/sse_parser.h"

namespace sluice::byoc {

/// One thing that a stream gave, after the network's own rules were applied.
struct StreamItem {
    enum class Kind {
        Event,
        Balance,             ///< `text`: wei with up to three decimals, as written
        Done,                ///< `data: [DONE]` was seen; nothing after it counts
        Eof,                 ///< the connection ended without it
        InsufficientBalance, ///< the orchestrator ended the stream for lack of credit
        WorkerError,         ///< an `event: error`, or `{"error": …}` with no words after it; `event`: that one, `text`: what it said
    };
    Kind kind = Kind::Event;
    SseEvent event;
    QString text;

    /// Whether nothing follows.
    [[nodiscard]] bool isEnd() const { return kind != Kind::Event && kind != Kind::Balance; }
    bool operator==(const StreamItem &) const = default;
};

/// What an event that tells of a failure says: one of the type `error`, or a JSON object that is nothing but an error (`error`,
/// FastAPI's `detail`). Empty for all others; `"error": null` is none.
[[nodiscard]] QString failureIn(const SseEvent &event);

/// What a BYOC stream means (client-sdk.md 3.5, byoc.md 4.6). Pure and incremental; feed bytes as they come.
///
/// Gives exactly one end, as its last item: at the `[DONE]` line, whatever blanks stand around the mark and even when no blank
/// line follows; at the orchestrator's "insufficient balance"; at an event of the type `error`; or from finish(). What is fed
/// after it is ignored.
class EventRules {
public:
    explicit EventRules(SseParser::Limits limits = {});

    /// TooLarge from the parser's bounds.
    [[nodiscard]] Expected<QList<StreamItem>> feed(QByteArrayView bytes);
    /// The connection ended.
    [[nodiscard]] Expected<QList<StreamItem>> finish();
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    [[nodiscard]] qsizetype findDone(QByteArrayView bytes);
    void lineEnded(QByteArrayView line);
    void take(const SseEvent &event, QList<StreamItem> &items);
    void releaseTail(QList<StreamItem> &items);
    void fail(const SseEvent &event, QList<StreamItem> &items);
    void end(StreamItem::Kind kind, QList<StreamItem> &items);

    SseParser m_parser;
    std::optional<SseEvent> m_tail; // a balance or error object that may be the last before the end
    QByteArray m_line;              // the start of the line that is being received, as far as it matters
    bool m_skipLf = false;
    bool m_blockHasData = false;
    bool m_doneLine = false;
    bool m_ended = false;
};

} // namespace sluice::byoc
