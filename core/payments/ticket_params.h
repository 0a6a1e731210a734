#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/hash32.h"
#include "sluice/payments/price.h"
#include "sluice/payments/wire_uint.h"

#include <optional>

namespace sluice {

/// The round that tickets are created in, and the hash of its L1 block (payments.md 2.3).
struct ExpirationParams {
    qint64 creationRound = 0;
    /// Absent when the peer left the field out; that is not the same bytes as 32 zeros.
    std::optional<Hash32> creationRoundBlockHash;

    [[nodiscard]] Hash32 blockHash() const { return creationRoundBlockHash.value_or(Hash32()); }
    bool operator==(const ExpirationParams &) const = default;

    /// `{"creation_round":..,"creation_round_block_hash":"b64"}`, zero values left out.
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<ExpirationParams> fromJson(const Json &json);
};

/// What an orchestrator hands a sender to make tickets with (payments.md 1 and 2). Encodes to the bytes it came from.
struct TicketParams {
    Address recipient;
    WireUint faceValue;
    WireUint winProb;
    Hash32 recipientRandHash;
    WireUint seed;
    WireUint expirationBlock;
    std::optional<ExpirationParams> expirationParams;

    /// faceValue * winProb / MAX.
    [[nodiscard]] Rational expectedValue() const;
    bool operator==(const TicketParams &) const = default;

    /// The `/process/token` form: snake_case keys, bytes as padded base64, empty ones left out (byoc.md 3).
    [[nodiscard]] Json toJson() const;
    /// Refuses wrong types, wrong lengths and bad base64 with the field's pointer; unknown keys are ignored.
    [[nodiscard]] static Expected<TicketParams> fromJson(const Json &json);
};

/// `{"pricePerUnit":n,"pixelsPerUnit":n}`; a price of 0 leaves its key out (byoc.md 3).
[[nodiscard]] Json priceToJson(const PriceInfo &price);
/// Also takes `price_per_unit`, `pixels_per_unit` and integers written as strings (byoc_24). Absent price is 0,
/// absent divisor 1; a negative price, a divisor below 1 or a fraction is InvalidInput.
[[nodiscard]] Expected<PriceInfo> priceFromJson(const Json &json);

} // namespace sluice
