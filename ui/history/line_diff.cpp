#include "sluice/history/line_diff.h"

#include <algorithm>
#include <vector>

namespace sluice::ui {

namespace {

constexpr qsizetype mostCells = 4'000'000;

/// Sets lines that were taken away beside those that came in their place.
void pairUp(QList<DiffRow> &rows, QStringList &removed, QStringList &added)
{
    const qsizetype both = std::min(removed.size(), added.size());
    for (qsizetype i = 0; i < both; ++i)
        rows.append({DiffRow::Kind::Changed, removed[i], added[i]});
    for (qsizetype i = both; i < removed.size(); ++i)
        rows.append({DiffRow::Kind::Removed, removed[i], {}});
    for (qsizetype i = both; i < added.size(); ++i)
        rows.append({DiffRow::Kind::Added, {}, added[i]});
    removed.clear();
    added.clear();
}

/// The middle of two texts whose ends are alike, by the longest common subsequence.
void diffMiddle(QList<DiffRow> &rows, const QStringList &left, const QStringList &right)
{
    QStringList removed;
    QStringList added;
    const qsizetype n = left.size();
    const qsizetype m = right.size();
    if (n * m > mostCells) {
        removed = left;
        added = right;
        pairUp(rows, removed, added);
        return;
    }
    std::vector<int> length(size_t((n + 1) * (m + 1)), 0);
    const auto at = [&](qsizetype i, qsizetype j) -> int & { return length[size_t(i * (m + 1) + j)]; };
    for (qsizetype i = n - 1; i >= 0; --i) {
        for (qsizetype j = m - 1; j >= 0; --j)
            at(i, j) = left[i] == right[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && left[i] == right[j]) {
            pairUp(rows, removed, added);
            rows.append({DiffRow::Kind::Same, left[i++], right[j++]});
        } else if (j >= m || (i < n && at(i + 1, j) >= at(i, j + 1))) {
            removed << left[i++];
        } else {
            added << right[j++];
        }
    }
    pairUp(rows, removed, added);
}

} // namespace

QList<DiffRow> diffLines(const QStringList &left, const QStringList &right)
{
    const qsizetype shorter = std::min(left.size(), right.size());
    qsizetype head = 0;
    while (head < shorter && left[head] == right[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
        ++tail;
    QList<DiffRow> rows;
    for (qsizetype i = 0; i < head; ++i)
        rows.append({DiffRow::Kind::Same, left[i], right[i]});
    diffMiddle(rows, left.mid(head, left.size() - head - tail), right.mid(head, right.size() - head - tail));
    for (qsizetype i = tail; i > 0; --i)
        rows.append({DiffRow::Kind::Same, left[left.size() - i], right[right.size() - i]});
    return rows;
}

} // namespace sluice::ui
