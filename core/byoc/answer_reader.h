#pragma once

#include "sluice/byoc/event_rules.h"
#include "sluice/byoc/job.h"

#include <deque>

namespace sluice::byoc {

/// Reads an accepted job's whole answer; of an event stream, what came up to its end. The connection is then closed.
///
/// Errors: TooLarge beyond `maxBytes`, Timeout when the body is slower than the job's time and ten seconds more,
/// NoOrchestrator for a gateway's empty answer (byoc.md 6), InsufficientBalance, Network. They know whether the job was paid.
[[nodiscard]] QCoro::Task<QByteArray> readAnswer(JobAnswer answer, qsizetype maxBytes);

/// Reads an event stream item by item. Dropping it closes the connection.
class EventReader {
public:
    /// `idle`: longest wait for the next event, zero for none; what is no event does not count. Protocol error when the
    /// answer is no event stream.
    EventReader(JobAnswer answer, std::chrono::milliseconds idle, SseParser::Limits limits);

    /// The next item; after one that isEnd() none may be asked for. Errors as readAnswer(), without InsufficientBalance, which
    /// is an item.
    [[nodiscard]] QCoro::Task<StreamItem> next();
    void close();

private:
    JobAnswer m_answer;
    std::chrono::milliseconds m_idle;
    EventRules m_rules;
    std::deque<StreamItem> m_ready;
};

/// The error for a stream that ended for lack of credit.
[[nodiscard]] Error insufficientBalanceError(const JobAnswer &answer);

} // namespace sluice::byoc
