#include "sluice/sandbox/capabilities/motion_finder.h"

#include <algorithm>
#include <cmath>

namespace sluice::sandbox {

namespace {

constexpr int CellsAcross = 64;
constexpr int MaxRegions = 16;
/// How quickly a cell gets used to what it shows: at once where nothing is happening, slowly where something moves, so that what
/// passes leaves no trace.
constexpr float Calm = 0.2F;
constexpr float Moving = 0.02F;
/// After so many pictures without change a cell counts as still, whatever it used to show: what stands does not move, and the place
/// that something has left does not either.
constexpr int StillPictures = 12;
constexpr float StillShare = 0.3F; ///< of the threshold

} // namespace

void MotionFinder::measure(const media::Frame &frame)
{
    m_now.resize(std::size_t(m_columns) * std::size_t(m_rows));
    const std::uint8_t *const luma = frame.plane(0);
    for (int row = 0; row < m_rows; ++row) {
        for (int column = 0; column < m_columns; ++column) {
            int sum = 0;
            int count = 0;
            const int right = std::min((column + 1) * m_cell, m_width);
            const int bottom = std::min((row + 1) * m_cell, m_height);
            for (int y = row * m_cell; y < bottom; y += 2) {
                const std::uint8_t *const line = luma + qsizetype(y) * frame.stride(0);
                for (int x = column * m_cell; x < right; x += 2) {
                    sum += line[x];
                    ++count;
                }
            }
            m_now[std::size_t(row * m_columns + column)] = float(sum) / float(std::max(1, count));
        }
    }
}

MotionRegion MotionFinder::grow(int start)
{
    int left = m_columns;
    int right = 0;
    int top = m_rows;
    int bottom = 0;
    int cells = 0;
    m_stack.assign(1, start);
    m_active[std::size_t(start)] = 0;
    while (!m_stack.empty()) {
        const int cell = m_stack.back();
        m_stack.pop_back();
        const int column = cell % m_columns;
        const int row = cell / m_columns;
        left = std::min(left, column);
        right = std::max(right, column);
        top = std::min(top, row);
        bottom = std::max(bottom, row);
        ++cells;
        // A gap of one cell does not part a region.
        for (int y = std::max(0, row - 2); y <= std::min(m_rows - 1, row + 2); ++y) {
            for (int x = std::max(0, column - 2); x <= std::min(m_columns - 1, column + 2); ++x) {
                char &active = m_active[std::size_t(y * m_columns + x)];
                if (std::exchange(active, 0))
                    m_stack.push_back(y * m_columns + x);
            }
        }
    }
    return {left * m_cell, top * m_cell, std::min((right + 1) * m_cell, m_width) - left * m_cell,
        std::min((bottom + 1) * m_cell, m_height) - top * m_cell, cells};
}

QList<MotionRegion> MotionFinder::regions(const media::Frame &frame)
{
    const bool fresh = frame.width() != m_width || frame.height() != m_height;
    if (fresh) {
        m_width = frame.width();
        m_height = frame.height();
        m_cell = std::max(4, m_width / CellsAcross);
        m_columns = (m_width + m_cell - 1) / m_cell;
        m_rows = (m_height + m_cell - 1) / m_cell;
    }
    measure(frame);
    if (fresh) {
        m_usual = m_now;
        m_before = m_now;
        m_still.assign(m_now.size(), 0);
        return {};
    }
    const float threshold = float(42 - 38 * std::clamp(m_settings.sensitivity, 0.0, 1.0));
    m_active.resize(m_now.size());
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        const float difference = m_now[i] - m_usual[i];
        m_still[i] = std::abs(m_now[i] - m_before[i]) < StillShare * threshold ? std::min(m_still[i] + 1, StillPictures) : 0;
        const bool active = std::abs(difference) > threshold && m_still[i] < StillPictures;
        m_active[i] = active ? 1 : 0;
        m_usual[i] += difference * (active ? Moving : Calm);
    }
    m_before = m_now;
    const int least = std::max(1, int(m_settings.minArea * double(m_now.size())));
    QList<MotionRegion> found;
    for (int i = 0; i < int(m_active.size()); ++i) {
        if (!m_active[std::size_t(i)])
            continue;
        const MotionRegion region = grow(i);
        if (region.cells >= least)
            found.append(region);
    }
    std::stable_sort(found.begin(), found.end(), [](const MotionRegion &a, const MotionRegion &b) { return a.cells > b.cells; });
    return found.mid(0, MaxRegions);
}

} // namespace sluice::sandbox
