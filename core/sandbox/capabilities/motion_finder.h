#pragma once

#include "sluice/media/frame.h"

#include <QtCore/QList>

#include <vector>

namespace sluice::sandbox {

/// A part of the picture in which something moves, in pixels.
struct MotionRegion {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    int cells = 0; ///< of its area that changed
    bool operator==(const MotionRegion &) const = default;
};

/// Finds moving parts in a row of pictures: brightness is averaged over cells, each cell is compared with what it used to be, and
/// neighbouring cells that differ make a region. For one thread.
class MotionFinder final {
public:
    struct Settings {
        double sensitivity = 0.6; ///< 0 to 1: the smaller, the larger the change that counts
        double minArea = 0.002;   ///< share of the picture that a region covers at least
    };

    void setSettings(Settings settings) { m_settings = settings; }
    /// The regions of this picture, largest first, at most 16. The first picture of a size has none.
    [[nodiscard]] QList<MotionRegion> regions(const media::Frame &frame);
    /// Side of a cell in pixels.
    [[nodiscard]] int cellSize() const { return m_cell; }

private:
    void measure(const media::Frame &frame);
    [[nodiscard]] MotionRegion grow(int start);

    Settings m_settings;
    int m_cell = 8;
    int m_columns = 0;
    int m_rows = 0;
    int m_width = 0;
    int m_height = 0;
    std::vector<float> m_now;
    std::vector<float> m_before;
    std::vector<float> m_usual;
    std::vector<int> m_still; ///< pictures without change
    std::vector<char> m_active;
    std::vector<int> m_stack;
};

} // namespace sluice::sandbox
