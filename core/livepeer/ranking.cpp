#include "sluice/livepeer/ranking.h"

#include <algorithm>

namespace sluice::livepeer {

namespace {

constexpr int Whole = 1000;
constexpr int PriceShare = 500;
constexpr int SuccessShare = 300;
constexpr int LatencyShare = 200;
/// Below it a measurement says more about the moment than about the way.
constexpr std::chrono::milliseconds Grain{20};

/// `least` as a share of `value`, in thousandths of `share`; all of it where both are nothing.
int shareOf(const Rational &least, const Rational &value, int share)
{
    if (value <= 0)
        return share;
    return static_cast<int>(floorOf(least * share / value));
}

int successOf(const RankedFacts &facts)
{
    const qint64 asked = std::max<qint64>(0, facts.taken) + std::max<qint64>(0, facts.passedOver);
    // As if one call had gone each way before: a single one proves little.
    return int((std::max<qint64>(0, facts.taken) + 1) * SuccessShare / (asked + 2));
}

int groupOf(const RankedFacts &facts)
{
    if (facts.away)
        return 2;
    return facts.available && *facts.available < 1 ? 1 : 0;
}

std::chrono::milliseconds counted(const RankedFacts &facts)
{
    return std::max(Grain, facts.latency.value_or(Grain));
}

} // namespace

QList<int> merits(const QList<RankedFacts> &all)
{
    std::optional<Rational> cheapest;
    std::optional<std::chrono::milliseconds> quickest;
    for (const RankedFacts &one : all) {
        if (one.away)
            continue;
        if (one.price && (!cheapest || *one.price < *cheapest))
            cheapest = one.price;
        if (one.latency && (!quickest || counted(one) < *quickest))
            quickest = counted(one);
    }
    QList<int> result;
    for (const RankedFacts &one : all) {
        int merit = successOf(one);
        if (one.price && cheapest)
            merit += shareOf(*cheapest, *one.price, PriceShare);
        if (one.latency && quickest)
            merit += shareOf(Rational(quickest->count()), Rational(counted(one).count()), LatencyShare);
        result.append(std::min(merit, Whole));
    }
    return result;
}

QList<qsizetype> bestFirst(const QList<RankedFacts> &all)
{
    const QList<int> merit = merits(all);
    QList<qsizetype> order;
    for (qsizetype i = 0; i < all.size(); ++i)
        order.append(i);
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        const int groups[] = {groupOf(all[a]), groupOf(all[b])};
        return groups[0] != groups[1] ? groups[0] < groups[1] : merit[a] > merit[b];
    });
    return order;
}

} // namespace sluice::livepeer
