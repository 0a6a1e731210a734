#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <optional>

namespace sluice {

/// What an event of a worker's job says beside the answer's words (sluice-extensions.md 7.2): its id, its place in the queue, what one of its
/// streams does. Members that it does not mention stay empty. A value; its texts are the worker's own, and plain.
struct JobNews {
    JobNews() = default; // no aggregate: see DESIGN.md 3
    enum class Event { None, Begun, Text, Ended };

    QString jobId;
    std::optional<qint64> place; ///< of those that wait, from 1; 0: it waits no more
    int stream = 0;              ///< from 1; 0: it is about none
    int streams = 0;             ///< how many there are, when one begins
    Event event = Event::None;
    QString provider;            ///< when it begins: who is asked
    QString model;
    QString text;                ///< a piece of the answer of a stream before the last; the last one's is the answer itself
    std::optional<qint64> promptTokens; ///< when it has ended, as far as the worker knows
    std::optional<qint64> completionTokens;
    QString paidWei;             ///< decimal; empty: not told
    QString chargedWei;          ///< decimal; empty: not told
    QString runId;               ///< in the history of who paid
    bool operator==(const JobNews &) const = default;
};

/// Nothing for an event that is none.
[[nodiscard]] std::optional<JobNews> readJobNews(QByteArrayView utf8);

} // namespace sluice
