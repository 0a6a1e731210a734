#pragma once

#include "sluice/base/json.h"

namespace sluice::sandbox {

/// Makes the events of one streamed chat completion, as OpenAI's API shapes them.
class ChatChunks final {
public:
    explicit ChatChunks(QString model);

    [[nodiscard]] Json role() const;                        ///< the first: the assistant begins
    [[nodiscard]] Json content(const QString &text) const;  ///< some more of the answer
    [[nodiscard]] Json finish(const QString &reason) const; ///< the last: "stop"

private:
    [[nodiscard]] Json chunk(const Json &delta, const Json &reason) const;

    QString m_id;
    QString m_model;
    qint64 m_created;
};

/// The events of a streamed completion as one `chat.completion`. Null content for no events.
[[nodiscard]] Json collectedCompletion(const QList<QByteArray> &events, const QString &model);

/// Schema of a `messages` array: role and content, ending with what the user asks.
[[nodiscard]] Json messagesSchema();

} // namespace sluice::sandbox
