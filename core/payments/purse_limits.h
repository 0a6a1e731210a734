#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/u256.h"

#include <optional>

namespace sluice {

/// What the holder of a key allows to be spent with it, whatever profile, address or program uses the key. Amounts are wei; what is
/// absent is not bounded here.
struct PurseLimits {
    std::optional<Wei> perCall;   ///< of expected value
    std::optional<Wei> perDay;    ///< of expected value, per UTC day
    std::optional<Wei> faceValue; ///< of one ticket: what a winning one takes out of the deposit
    /// Wei per second that a call may cost whose price was not shown to a person.
    std::optional<Wei> unseenPrice;

    bool operator==(const PurseLimits &) const = default;

    /// For a key whose holder said nothing: 0.005 ETH a call, 0.05 ETH a day, tickets of at most 0.25 ETH, 100 gwei a second unseen.
    [[nodiscard]] static PurseLimits defaults();
    /// These where they say something, otherwise `others`.
    [[nodiscard]] PurseLimits orElse(const PurseLimits &others) const;
    /// The lower of both, each.
    [[nodiscard]] PurseLimits stricter(const PurseLimits &others) const;

    /// `{"per_call_wei":"…","per_day_wei":"…","face_value_wei":"…","unseen_price_wei":"…"}`; what is absent is left out.
    [[nodiscard]] Json toJson() const;
    /// InvalidInput names the member that is no amount.
    [[nodiscard]] static Expected<PurseLimits> fromJson(const Json &json);
};

} // namespace sluice
