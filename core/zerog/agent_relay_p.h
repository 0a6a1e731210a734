#pragma once

#include "sluice/net/asio_exchange.h"
#include "sluice/net/http_server.h"
#include "sluice/zerog/counting.h"

namespace sluice::zerog {

/// How an answer of a service ended for who pays for it.
enum class AnswerEnd {
    NotOk,        ///< a status other than 200: relayed, not charged
    NotCountable, ///< 200 with nothing that can be counted: answered with 400, not charged
    Cut,          ///< it broke off, or ended before it was complete
};

/// What an agent does about an answer while it is relayed. Each is awaited before what it is told of leaves to the caller; exactly one of
/// them is called, once.
class AnswerKeeper {
public:
    virtual ~AnswerKeeper() = default;
    virtual boost::asio::awaitable<void> counted(U256 count) = 0;
    virtual boost::asio::awaitable<void> notCounted(AnswerEnd end, QString why) = 0;
};

/// Relays the answer whose head `exchange` has received to `response`, and counts it (zerog-serving.md 2.6, 2.7). A caller that leaves does
/// not end it: it is read to its end and counted, for `alone` at the most. `errorPrefix` stands before sentences of our own.
[[nodiscard]] boost::asio::awaitable<void> relayAnswer(AsioExchange &exchange, ServerResponse &response, ServiceType type, AnswerKeeper &keeper, QString errorPrefix,
    std::chrono::milliseconds alone);

/// The whole body of an answer, within `most` bytes. Throws Error; Timeout when `response`'s caller has left and it does not end.
[[nodiscard]] boost::asio::awaitable<QByteArray> collectBody(AsioExchange &exchange, ServerResponse &response, qsizetype most, std::chrono::milliseconds alone);

/// From one piece of an answer to the next, and to its head.
inline constexpr std::chrono::milliseconds AnswerPatience{600'000};

} // namespace sluice::zerog
