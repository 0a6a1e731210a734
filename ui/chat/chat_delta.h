#pragma once

#include "sluice/gateway/run_result.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace sluice::ui {

/// Where an answer says it found something.
struct ChatSource {
    QString title;   ///< falls back to the url
    QString url;     ///< empty when the source has no address
    QString excerpt; ///< what was found, if told
    bool operator==(const ChatSource &) const = default;
};

/// What one event of a chat stream says. Members that the event did not mention stay empty.
struct ChatDelta {
    QString text;
    QString finishReason;
    QList<ChatSource> sources;
    std::optional<qint64> completionTokens; ///< as the server counted them, so far
    std::optional<QString> error;           ///< the stream's own report of a failure, in its words
    bool known = true; ///< false for a JSON object without any member that this reader knows
    bool operator==(const ChatDelta &) const = default;
};

/// Reads one event of a chat stream, whatever dialect it speaks: OpenAI chunks (`choices[0].delta.content`,
/// `choices[0].text`, `choices[0].message.content`), `{"token": …}`, `{"text": …}`, `{"content": …}`,
/// `{"response": …}`, JSON strings, error objects and plain text (client-sdk.md 3.5).
///
/// Pure and tolerant: what is no JSON is the text itself. Uses nlohmann's SAX interface, as this runs per token.
[[nodiscard]] ChatDelta parseChatDelta(const StreamEvent &event);
[[nodiscard]] ChatDelta parseChatDelta(QByteArrayView utf8);

} // namespace sluice::ui
