#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace sluice {

/// One dispatched server-sent event (client-sdk.md 3.5).
struct SseEvent {
    QString data;                 ///< `data` lines joined with LF
    std::optional<QString> event; ///< null when the event had no `event` field
    std::optional<QString> id;    ///< the `id` field of this event, not the last one seen before it
    std::optional<int> retry;     ///< milliseconds, from a `retry` field within this event
    bool operator==(const SseEvent &) const = default;
};

/// Incremental parser of an event stream by the rules of WHATWG; pure, no I/O.
///
/// Feed bytes as they come, cut anywhere. It does not know `[DONE]`; that is the protocol's business. A block without
/// data gives no event, and its other fields go with it. Invalid UTF-8 becomes U+FFFD, per complete line.
class SseParser {
public:
    struct Limits {
        qsizetype maxLineBytes = 1024 * 1024;      ///< of one line, without its end
        qsizetype maxEventBytes = 4 * 1024 * 1024; ///< of the lines that make up one event
    };
    SseParser();
    explicit SseParser(Limits limits);

    /// The events that `bytes` completed. TooLarge names the bound; events completed before it are given first, then
    /// every further call gives the error.
    [[nodiscard]] Expected<QList<SseEvent>> feed(QByteArrayView bytes);
    /// At the end of the stream: the event that a missing blank line left undispatched, if it has data. A browser
    /// would drop it; gateways end right after the `[DONE]` line. The parser is then as new.
    [[nodiscard]] Expected<std::optional<SseEvent>> finish();

private:
    void takeLine(QByteArrayView line);
    void takeField(QByteArrayView name, QByteArrayView value);
    void dispatch();
    void fail(const QString &what, qsizetype limit);

    Limits m_limits;
    QByteArray m_partial;       // the start of a line whose end has not come
    bool m_start = true;        // a byte order mark may still come
    bool m_skipLf = false;      // the last byte was CR
    bool m_hasData = false;
    qsizetype m_eventBytes = 0;
    SseEvent m_event;
    QList<SseEvent> m_ready;
    std::optional<Error> m_error;
};

} // namespace sluice
