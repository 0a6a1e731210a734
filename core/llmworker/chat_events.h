#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"
#include "sluice/net/sse_parser.h"

#include <QtCore/QStringList>

namespace sluice::llmworker {

/// The events of a streamed chat completion as fragments of a job (llm-worker.md 10). Pure, incremental, bounded.
class ChatEvents {
public:
    /// The fragments in `bytes`, cut anywhere. An error's message is the job's failure; fragments before it are given first, then every
    /// further call gives it. After `[DONE]` nothing more is read.
    [[nodiscard]] Expected<QStringList> feed(QByteArrayView bytes);
    /// At the clean end of the body: what was still to come.
    [[nodiscard]] Expected<QStringList> finish();
    [[nodiscard]] bool isDone() const { return m_done; }

private:
    Expected<void> take(const SseEvent &event, QStringList &out);
    Expected<void> takeDelta(const Json &delta, QStringList &out);
    void takeCall(const Json &call, QStringList &out);
    Expected<QStringList> takeAll(const QList<SseEvent> &events);

    SseParser m_parser;
    std::optional<QString> m_call; ///< the arguments of a legacy function call so far
    std::optional<Error> m_error;
    bool m_done = false;
};

} // namespace sluice::llmworker
