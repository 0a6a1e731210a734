#include "sluice/payments/purse_limits.h"

#include <array>

namespace sluice {

namespace {

constexpr std::array<std::pair<const char *, std::optional<Wei> PurseLimits::*>, 4> Members{{{"per_call_wei", &PurseLimits::perCall},
    {"per_day_wei", &PurseLimits::perDay}, {"face_value_wei", &PurseLimits::faceValue}, {"unseen_price_wei", &PurseLimits::unseenPrice}}};

} // namespace

PurseLimits PurseLimits::defaults()
{
    const Wei gwei = 1'000'000'000;
    const Wei milliEther = gwei * 1'000'000;
    return {milliEther * 5, milliEther * 50, milliEther * 250, gwei * 100};
}

PurseLimits PurseLimits::orElse(const PurseLimits &others) const
{
    PurseLimits result = *this;
    for (const auto &[name, member] : Members) {
        if (!(result.*member))
            result.*member = others.*member;
    }
    return result;
}

PurseLimits PurseLimits::stricter(const PurseLimits &others) const
{
    PurseLimits result = orElse(others);
    for (const auto &[name, member] : Members) {
        if (others.*member && *(others.*member) < *(result.*member))
            result.*member = others.*member;
    }
    return result;
}

Json PurseLimits::toJson() const
{
    Json json = Json::object();
    for (const auto &[name, member] : Members) {
        if (this->*member)
            json.insert(QLatin1String(name), toDecimal(*(this->*member)));
    }
    return json;
}

Expected<PurseLimits> PurseLimits::fromJson(const Json &json)
{
    PurseLimits limits;
    for (const auto &[name, member] : Members) {
        const Json value = json.value(QLatin1String(name));
        if (value.isNull())
            continue;
        const auto wei = weiFromDecimal(value.toString());
        if (!wei || *wei < 0)
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The limit %1 is no amount of wei.").arg(QLatin1String(name)))
                                  .withField(QLatin1Char('/') + QLatin1String(name))
                                  .withAdvice(QStringLiteral("Write it as a whole decimal number, as text.")));
        limits.*member = *wei;
    }
    return limits;
}

} // namespace sluice
