#pragma once

#include "sluice/backend/backend.h"
#include "sluice/openai/client.h"
#include "sluice/openai/endpoint.h"

namespace sluice::openai {

inline const QString BackendId = QStringLiteral("openai");

/// What is read of one accepted call.
struct AnswerReading {
    AnswerReading() = default;
    std::shared_ptr<Client> client; ///< names the key that no error may show
    std::shared_ptr<HttpStream> stream;
    std::shared_ptr<CallSink> sink;
    QUrl url;
    Endpoint endpoint;
    qint64 maxBytes = 0;
    std::chrono::milliseconds idle{0}; ///< longest wait for an event; zero for none
};

[[nodiscard]] std::shared_ptr<EventSource> makeEventSource(const AnswerReading &reading);

} // namespace sluice::openai
