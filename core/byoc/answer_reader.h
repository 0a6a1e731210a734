#pragma once

#include "sluice/byoc/answer_shape.h"
#include "sluice/byoc/job.h"

#include <deque>

namespace sluice::byoc {

/// Reads an accepted job's whole answer; of an event stream, what came up to its end. The connection is then closed.
///
/// Errors: TooLarge beyond `maxBytes`, Timeout when the body is slower than the job's time and ten seconds more,
/// NoOrchestrator for a gateway's empty answer (byoc.md 6), InsufficientBalance, Http when an event stream tells of a failure,
/// Protocol when its encoding is not supported, Network. They say whether the job was paid.
/// `received`, when given, holds what came so far, also after an error: it was paid for.
[[nodiscard]] QCoro::Task<QByteArray> readAnswer(JobAnswer answer, qsizetype maxBytes, std::shared_ptr<QByteArray> received = nullptr);

/// Reads an event stream item by item. Dropping it closes the connection.
class EventReader {
public:
    /// `idle`: longest wait for the next event, zero for none; what is no event does not count.
    EventReader(JobAnswer answer, std::chrono::milliseconds idle, SseParser::Limits limits);

    /// The next item; after one that isEnd() none may be asked for. Errors as readAnswer(), without InsufficientBalance and the
    /// stream's own failures, which are items. An answer that is no event stream is given as events all the same (AnswerShape).
    [[nodiscard]] QCoro::Task<StreamItem> next();
    /// True when the answer was not the stream that was asked for: something else, or labelled so.
    [[nodiscard]] bool isOtherShape() const { return m_other.has_value(); }
    /// Of an answer that is no event stream: what came so far, for whom an error has nothing else to keep.
    [[nodiscard]] const QByteArray &received() const { return m_received; }

private:
    QCoro::Task<Expected<QList<StreamItem>>> moreItems(QDeadlineTimer limit);

    JobAnswer m_answer;
    std::chrono::milliseconds m_idle;
    SseParser::Limits m_limits;
    EventRules m_rules;
    std::optional<AnswerShape> m_other;
    QByteArray m_received;
    bool m_anything = false;
    std::deque<StreamItem> m_ready;
};

/// The error for a stream that ended for lack of credit.
[[nodiscard]] Error insufficientBalanceError(const JobAnswer &answer);
/// The error for a stream in which the worker told of a failure.
[[nodiscard]] Error workerFailedError(const JobAnswer &answer, const QString &told);

} // namespace sluice::byoc
