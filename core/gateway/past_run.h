#pragma once

#include "sluice/base/error.h"
#include "sluice/backend/call.h"
#include "sluice/backend/run_result.h"

#include <QtCore/QDateTime>
#include <QtCore/QFuture>

#include <memory>
#include <optional>

namespace sluice {

struct RunRecord;
struct TicketRow;

/// Ticket rows as panels show them; each signature is checked again.
[[nodiscard]] QList<TicketView> ticketViews(const QList<TicketRow> &rows);

/// A run read back from history, in the types that panels show.
struct PastRun {
    QString id;
    Call call;
    RunResult result;             ///< content is what was kept of it
    std::optional<Error> error;
    bool isSigned = false; ///< another program sent the call: nothing is known of its answer
    QDateTime startedAt;
    std::chrono::milliseconds duration{0};

    /// Storage when the stored call cannot be read.
    [[nodiscard]] static Expected<PastRun> from(const RunRecord &record, const QList<TicketRow> &tickets);
};

class UserData;

namespace past_run {

/// A complete record of history (History::byId()) with its tickets. Storage when the stored call cannot be read.
[[nodiscard]] QFuture<PastRun> read(std::shared_ptr<UserData> data, const RunRecord &record);
/// What the ticket log says of a run now, e.g. after outcomes became known.
[[nodiscard]] QFuture<QList<TicketView>> tickets(std::shared_ptr<UserData> data, const QString &runId);

} // namespace past_run
} // namespace sluice
