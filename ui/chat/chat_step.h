#pragma once

#include "sluice/base/json.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace sluice::ui {

/// One stream of a worker's template, within the answer that they make together. What nobody told or measured stays absent.
struct ChatStep {
    QString name;     ///< of the model or capability that is asked
    QString provider;
    QString text;     ///< of a stream before the last; the last one's is the answer's own
    bool isOpen = false;
    std::chrono::milliseconds begunAt{0};                ///< since the question
    std::optional<std::chrono::milliseconds> firstToken; ///< since its own beginning
    std::optional<std::chrono::milliseconds> duration;
    qint64 chunks = 0;                                   ///< pieces with words
    std::optional<qint64> tokens;                        ///< as the worker counted them
    std::optional<qint64> promptTokens;
    QString paidWei;    ///< decimal; as the worker tells it
    QString chargedWei; ///< likewise; what it took of a balance
    QString runId;      ///< in the history of who paid

    /// What it cost: the tickets, or where credit was left from before what it took of that. Empty: not told; a balance that was read before
    /// the work was done tells nothing, either.
    [[nodiscard]] QString costWei() const;
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static ChatStep fromJson(const Json &json);
    bool operator==(const ChatStep &) const = default;
};

/// All of them together; empty while none told.
[[nodiscard]] QString costOf(const QList<ChatStep> &steps);

} // namespace sluice::ui
