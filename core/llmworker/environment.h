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
    QString address = QStringLiteral("0.0.0.0"); ///< LISTEN_ADDRESS
    bool addressGiven = false;                    ///< whether it is set
    quint16 port = 8001;                          ///< LISTEN_PORT
    QUrl openAiBase{QStringLiteral("https://api.openai.com/v1")}; ///< OPENAI_BASE_URL
    Secret openAiKey;                             ///< OPENAI_API_KEY
    QUrl vllmBase;                                ///< VLLM_URI
    Secret vllmKey;                               ///< VLLM_API_KEY
    QUrl worker{QStringLiteral("ws://localhost:8001/ws/")}; ///< LLM_WORKER_URI, for clients

    /// `variable` gives a variable of the process, empty when it is not set; `dotEnv` is the content of a file `.env`, which counts less.
    /// Config names the variable that does not fit.
    [[nodiscard]] static Expected<Environment> read(const std::function<Secret(const char *name)> &variable, const QByteArray &dotEnv);

    /// Where to listen. As the original does, unless a purse pays for whoever comes (`paysForCallers`): then this machine only, until somebody
    /// names an address.
    [[nodiscard]] QString listenAddress(bool paysForCallers) const;
    /// The original's two.
    [[nodiscard]] Providers providers() const;
};

} // namespace sluice::llmworker
