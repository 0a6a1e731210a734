#pragma once

#include "sluice/openai/chat_request.h"
#include "sluice/openai/dialect.h"

namespace sluice {
class MultipartForm;
}

namespace sluice::openai {

/// What a gateway's `/llm` of the legacy form takes (openai.md 3). A value.
struct LegacyForm {
    LegacyForm() = default; // no aggregate: see DESIGN.md 3
    QString prompt;
    std::optional<QString> history; ///< a JSON list
    QString modelId;
    std::optional<QString> systemMsg;
    std::optional<QByteArray> temperature; ///< as it is written
    std::optional<qint64> maxTokens;
    bool stream = false;

    /// The fields that are sent, in the order of sending.
    [[nodiscard]] QList<std::pair<QByteArray, QByteArray>> fields() const;
    [[nodiscard]] MultipartForm form() const;
};

} // namespace sluice::openai
