#pragma once

#include "sluice/llmworker/prompt.h"

#include <boost/asio/awaitable.hpp>

#include <QtCore/QStringList>

#include <map>
#include <memory>
#include <optional>

namespace sluice::llmworker {

/// What an answer took, as far as its provider knows.
struct AnswerFigures {
    AnswerFigures() = default; // no aggregate: see DESIGN.md 3
    std::optional<qint64> promptTokens;
    std::optional<qint64> completionTokens;
    std::optional<QString> paidWei;    ///< decimal; with tickets for this answer
    std::optional<QString> chargedWei; ///< decimal; what it took of the balance, where the server tells
    QString runId;                     ///< in the history of who asked
};

/// A model's answer as it comes. Used on the I/O thread; dropping it ends the call.
class Answer {
public:
    virtual ~Answer() = default;
    /// The next fragments, at least one (which may be an empty text); none at the clean end. Throws Error whose message is the job's failure.
    virtual boost::asio::awaitable<QStringList> next() = 0;
    /// After its end.
    virtual boost::asio::awaitable<AnswerFigures> figures() { co_return AnswerFigures(); }
};

/// Asks models for a server's jobs. Used on the I/O thread, by several jobs at once; cancelling a coroutine ends what it began.
class Provider {
public:
    virtual ~Provider() = default;
    /// Why nothing can be asked at all, such as a key that is missing: found out before the first step of a job runs.
    [[nodiscard]] virtual Expected<void> ready() const { return {}; }
    /// Returns when the answer has begun. Throws Error whose message is the job's failure. `messages` are expanded.
    virtual boost::asio::awaitable<std::shared_ptr<Answer>> ask(ModelSettings settings, QList<Message> messages) = 0;
};

/// By the name that templates have for them: "openai", "vllm", "local". The insert `history_summary` asks "openai".
using Providers = std::map<QString, std::shared_ptr<Provider>>;

} // namespace sluice::llmworker
