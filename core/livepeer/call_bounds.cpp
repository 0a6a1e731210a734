#include "sluice/livepeer/call_bounds.h"

namespace sluice::livepeer {

std::optional<Wei> spendLimitOf(const Call &call)
{
    if (!call.limits.maxSpendWei)
        return std::nullopt;
    const auto limit = weiFromDecimal(*call.limits.maxSpendWei);
    if (!limit || *limit < 0)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The call's spend limit “%1” is no amount of wei.").arg(*call.limits.maxSpendWei))
            .withField(QStringLiteral("/limits/max_spend_wei"));
    return *limit;
}

std::optional<Rational> acceptedPriceOf(const BackendCall &backendCall)
{
    const Call &call = backendCall.call;
    if (call.limits.maxPricePerSecond) {
        const auto price = rationalFromText(*call.limits.maxPricePerSecond);
        if (!price || *price < 0)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("The call's price limit “%1” is no amount of wei per second.").arg(*call.limits.maxPricePerSecond))
                .withField(QStringLiteral("/limits/max_price_per_second"));
        return *price;
    }
    const std::optional<CapabilityInfo> &info = backendCall.info;
    if (!info || !info->price || info->price->unit != QLatin1String("second") || info->price->pixelsPerUnit < 1)
        return std::nullopt;
    return Rational(Wei(info->price->pricePerUnit), Wei(info->price->pixelsPerUnit));
}

} // namespace sluice::livepeer
