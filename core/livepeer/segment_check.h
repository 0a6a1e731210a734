#pragma once

#include "sluice/livepeer/orchestrator_info.h"

namespace sluice::livepeer {

/// The value of `Livepeer-Segment`; the error is what to refuse with, by 403 (payments.md 2.7).
[[nodiscard]] Expected<SegmentCredentials, QByteArray> readSegmentHeader(QByteArrayView value);
/// The first checks of payments.md 2.7: nothing, or the words to refuse with. `signatures`: whether they count, as they do on a chain.
[[nodiscard]] std::optional<QByteArray> whySegmentRefused(const SegmentCredentials &credentials, const Address &sender, bool signatures);

} // namespace sluice::livepeer
