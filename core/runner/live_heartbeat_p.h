#pragma once

#include "sluice/base/json.h"
#include "sluice/runner/live_registration.h"

#include <optional>

/// What a runner and its orchestrator say to each other about a registration (live-runner.md 3). Pure; the runner knows no protocol's room.
namespace sluice::live_heartbeat {

inline constexpr qsizetype MaxAnswerBytes = 64 * 1024;
inline constexpr qsizetype MaxMetadataBytes = 1024;

[[nodiscard]] Json body(const LiveAppConfig &config, const QString &runnerId, const QStringList &sessionIds);

struct Answer {
    Answer() = default; // no aggregate: see DESIGN.md 3
    QString runnerId;
    QUrl orchestrator; ///< empty: none named
    std::chrono::milliseconds interval{5'000};
    QByteArray secret; ///< empty: it stays
    QUrl events;       ///< the o2r channel; empty: there is none new
    std::optional<QStringList> sessionIds;
};
/// Protocol for what is no answer.
[[nodiscard]] Expected<Answer> parseAnswer(QByteArrayView bytes);
/// Go's duration ("1m0s", "1.5s", "500ms"); nothing for other texts.
[[nodiscard]] std::optional<std::chrono::milliseconds> duration(const QString &text);

} // namespace sluice::live_heartbeat
