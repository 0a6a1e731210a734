#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"
#include "sluice/base/trace.h"
#include "sluice/backend/call_payment.h"

namespace sluice {

/// The JSON forms that history keeps and `sluicectl --json` prints. Members without a value are left out; stable.

/// An amount of wei in whole digits, rounded down: orchestrators write balances with three decimals within a stream, ledgers as fractions
/// ("7/2"). What is no number stays as it is.
[[nodiscard]] QString wholeWei(const QString &amount);
/// `{kind, message, advice, method, url, http_status, body, field, rejections: [{url, reason}], payment_sent}`
[[nodiscard]] Json errorToJson(const Error &error);
/// The inverse; an unknown kind becomes Internal.
[[nodiscard]] Error errorFromJson(const Json &json);
/// `[{name, detail, start_us, end_us, failed}]`
[[nodiscard]] Json traceToJson(const QList<TraceSpan> &spans);
[[nodiscard]] QList<TraceSpan> traceFromJson(const Json &json);
/// `{paid_wei, balance_before_wei, balance_after_wei, charged_wei, tickets: [{nonce, face_value_wei, …}]}`
[[nodiscard]] Json paymentToJson(const Payment &payment);

} // namespace sluice
