#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace sluice::media {

/// The clock of every latency measurement; only goes forward, comparable between threads of this machine.
using SteadyTime = std::chrono::steady_clock::time_point;

[[nodiscard]] inline SteadyTime steadyNow()
{
    return std::chrono::steady_clock::now();
}

/// The stations of one picture on its way, in the order in which they are passed (trickle.md section 6).
enum class Stage { Captured, Encoded, Sent, Received, Decoded, Shown };
inline constexpr std::size_t stageCount = 6;

/// When a picture passed which station. A plain value that travels with the frame or the chunk.
class StageStamps {
public:
    void set(Stage stage, SteadyTime at = steadyNow()) { m_at[std::size_t(stage)] = at; }
    [[nodiscard]] std::optional<SteadyTime> at(Stage stage) const { return m_at[std::size_t(stage)]; }
    /// Takes over what `other` knows and this one does not.
    void merge(const StageStamps &other)
    {
        for (std::size_t i = 0; i < stageCount; ++i) {
            if (!m_at[i])
                m_at[i] = other.m_at[i];
        }
    }

private:
    std::array<std::optional<SteadyTime>, stageCount> m_at;
};

} // namespace sluice::media
