#pragma once

#include "sluice/crypto/abi.h"
#include "sluice/payments/sender_funds.h"

/// What the ticket broker answers (payments.md 7). Pure.
namespace sluice::abi {

/// The four words that getSenderInfo returns; Rpc when there are not exactly four.
[[nodiscard]] Expected<SenderFunds> decodeSenderInfo(QByteArrayView returned);

} // namespace sluice::abi
