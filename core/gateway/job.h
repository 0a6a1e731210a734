#pragma once

#include "sluice/backend/run_result.h"
#include "sluice/gateway/call_handle.h"

#include <memory>
#include <optional>

namespace sluice {

struct PastRun;

/// A call that outlives its caller (Gateway::submit()): it goes on when this handle and its Gateway are gone, as long as the program
/// turns its event loop, and is found again by its id, also by a later program. A value; belongs to the thread of its Gateway.
class Job {
public:
    enum class Status {
        Running,
        Succeeded,
        Failed,
        Canceled,
        Interrupted, ///< its program ended before it did, and its backend cannot take it up again
    };

    /// Of the run in history.
    [[nodiscard]] QString id() const;
    [[nodiscard]] Status status() const;
    /// The answer when it is there, of a stream all its events as they stood on the wire; of one that ended in an earlier program what
    /// history kept. Otherwise the future's exception, which of an interrupted one says so. Cancelling the future lets the job be.
    [[nodiscard]] QFuture<RunResult> wait() const;
    /// What was paid, and who served it; nothing for a job of an earlier program, whose result tells.
    [[nodiscard]] std::optional<CallHandle> call() const;
    /// Ends it, if it runs. Idempotent.
    void cancel();

    /// Private to the library.
    struct Data;

private:
    friend class Gateway;
    explicit Job(std::shared_ptr<Data> data);
    std::shared_ptr<Data> d;
};

} // namespace sluice
