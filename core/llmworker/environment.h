#pragma once

#include "sluice/base/secret.h"
#include "sluice/llmworker/provider.h"
#include "sluice/llmworker/server_options.h"

#include <QtCore/QUrl>

#include <functional>

namespace sluice::llmworker {

/// What the original's environment variables say (llm-worker.md 1). A value.
struct Environment {
    Environment() = default; // no aggregate: see DESIGN.md 3
    /// LISTEN_ADDRESS. Where it is not set this machine only, unlike the original: whoever reaches a worker spends its keys' money.
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 8001;                          ///< LISTEN_PORT
    QUrl openAiBase{QStringLiteral("https://api.openai.com/v1")}; ///< OPENAI_BASE_URL
    Secret openAiKey;                             ///< OPENAI_API_KEY
    QUrl vllmBase;                                ///< VLLM_URI
    Secret vllmKey;                               ///< VLLM_API_KEY
    QUrl worker{QStringLiteral("ws://localhost:8001/ws/")}; ///< LLM_WORKER_URI, for clients

    /// `variable` gives a variable of the process, empty when it is not set; `dotEnv` is the content of a file `.env`, which counts less.
    /// Config names the variable that does not fit.
    [[nodiscard]] static Expected<Environment> read(const std::function<Secret(const char *name)> &variable, const QByteArray &dotEnv);

    /// The original's two.
    [[nodiscard]] Providers providers() const;
};

} // namespace sluice::llmworker
