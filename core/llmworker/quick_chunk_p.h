#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <optional>

namespace sluice::llmworker {

/// What an ordinary chunk of a chat says: nearly all of a fast model's are such, and reading one whole takes several times as long.
struct QuickChunk {
    QString content;
    bool isNull = true; ///< it has no content
};

/// Nothing for a chunk that is not ordinary (an error, a function call, members twice, no JSON): that is read whole.
[[nodiscard]] std::optional<QuickChunk> readQuickly(QByteArrayView json);

} // namespace sluice::llmworker
