#pragma once

#include <QtCore/QString>

#include <chrono>

namespace sluice::ui {

/// How long something took, for people: "850 ms", "12.3 s", "47 min 23 s", "2 h 5 min", "3 d 4 h".
[[nodiscard]] QString durationText(std::chrono::milliseconds time);

} // namespace sluice::ui
