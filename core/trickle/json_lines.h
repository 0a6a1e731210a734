#pragma once

#include "sluice/base/json.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace sluice::trickle {

/// How JSON lies in a channel's segments (trickle.md 4).
enum class JsonStyle {
    Message, ///< `application/json`: one value per segment
    Lines,   ///< `application/jsonl`: any number of lines per segment
};

/// The MIME type of a style.
[[nodiscard]] QByteArray mimeType(JsonStyle style);
/// Lines for "application/jsonl" and its usual spellings (x-jsonlines, ndjson), Message for everything else.
[[nodiscard]] JsonStyle styleOf(const QByteArray &mimeType);
/// Exactly {"keep":"alive"}.
[[nodiscard]] bool isKeepalive(const Json &value);

/// The last record of an events channel, so that a client learns why the job ended (sluice-extensions.md).
[[nodiscard]] QByteArray streamStopped(const QString &reason);

/// Takes a segment's bytes as they come and gives the JSON records in them. Pure.
///
/// Records are objects; the items of an array count as records each (pytrickle sends batches so); keepalives are left out.
/// A record that is no JSON, or neither object nor array, becomes a problem and the next one is read.
class JsonSegmentParser final {
public:
    struct Limits {
        Limits() = default;
        qsizetype maxRecordBytes = 1024 * 1024; ///< one line, or one whole message
        int maxDepth = 64;
    };
    struct Result {
        QList<Json> records;
        QList<Error> problems; ///< InvalidInput, TooLarge
    };

    explicit JsonSegmentParser(JsonStyle style);
    JsonSegmentParser(JsonStyle style, Limits limits);
    /// The records that are complete with these bytes.
    [[nodiscard]] Result feed(QByteArrayView bytes);
    /// The segment's end: what is left is a record too. Ready for the next segment afterwards.
    [[nodiscard]] Result finish();
    /// Bytes of a record that is not complete yet.
    [[nodiscard]] qsizetype pendingBytes() const { return m_pending.size(); }

private:
    void take(QByteArrayView text, Result &result) const;
    void append(QByteArrayView bytes, Result &result);

    JsonStyle m_style;
    Limits m_limits;
    QByteArray m_pending;
    bool m_skipping = false; ///< the rest of a record that is too large
};

} // namespace sluice::trickle
