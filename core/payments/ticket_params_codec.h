#pragma once

#include "sluice/payments/ticket_params.h"

namespace sluice {

/// The message `net.TicketParams` (payments.md 1), which travels inside others.
[[nodiscard]] QByteArray encodeTicketParams(const TicketParams &params);
/// Protocol for bytes that are none and for fields of wrong length; TooLarge beyond 128 KiB.
[[nodiscard]] Expected<TicketParams> decodeTicketParams(QByteArrayView bytes);

} // namespace sluice
