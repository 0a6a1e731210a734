#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"

namespace sluice::aigateway {

/// The error for an answer that is no success (openai.md 4.4). A 503 is NoOrchestrator, and no proof that nothing was paid; all others are Http. `keySent`: a
/// key went with the request.
[[nodiscard]] Error refusedError(int status, const QByteArray &body, bool keySent);

/// The error for a request that left and whose connection was closed without any answer, which is how some gateways end a call for which
/// they found nobody (openai.md 4.4).
[[nodiscard]] Error unansweredError(const Error &cause);

/// The error of an asynchronous job, by `result.error`.
[[nodiscard]] Error jobFailed(const Json &error);

} // namespace sluice::aigateway
