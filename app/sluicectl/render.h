#pragma once

#include "sluice/base/error.h"
#include "sluice/base/json.h"
#include "sluice/backend/capability_info.h"
#include "sluice/backend/run_result.h"

/// How values look on a terminal and as JSON. The JSON names are stable.
namespace sluice::ctl {

class CallFailure;

[[nodiscard]] Json toJson(const CapabilityInfo &capability);
[[nodiscard]] Json toJson(const QStringList &texts);
/// The whole answer. The body stands as `json`, as `text` when it is UTF-8, else as `content_base64`.
[[nodiscard]] Json toJson(const RunResult &result);

/// An error for people on standard error, or `{"type":"error","ok":false,"error":{…}}` on standard output.
void printError(const Error &error, bool json);
/// The same of a call that failed, with its run and what it paid: `run_id` and `payment` beside the error.
void printError(const CallFailure &failure, bool json);

/// "run,stream".
[[nodiscard]] QString verbsText(const CapabilityInfo &capability);
/// The first line of a description, no longer than a table has room for; "…" where there is more of it.
[[nodiscard]] QString summaryOf(const QString &description);
/// "8 gwei", "0.0000012 ETH": exact, in the unit that reads best; "unknown" for nothing.
[[nodiscard]] QString humanWei(const QString &wei);
/// The whole part of an exact fraction "a/b".
[[nodiscard]] QString wholePart(const QString &fraction);
/// "paid 8 gwei with 1 ticket, balance 2 gwei".
[[nodiscard]] QString paymentLine(const Payment &payment);
/// Columns aligned, two spaces between; the first row is the heading.
[[nodiscard]] QString table(const QList<QStringList> &rows);

} // namespace sluice::ctl
