#pragma once

#include "sluice/backend/call_sink.h"
#include "sluice/base/call_context.h"
#include "sluice/livepeer/live_funding.h"

#include <QCoro/QCoroTask>

#include <QtCore/QFuture>

#include <functional>

namespace sluice::livepeer {

/// Keeps one call paid while it lasts: looks, pays, and looks again when it is time. (What a session pays ahead is the Gateway's to see to, through
/// LiveJob::pay().) Begins when it is made; lives on the calls' thread.
class CallFunding {
public:
    /// One look, with a payment where one is due. Throws what may go better next time.
    using Pay = std::function<QCoro::Task<Funds>(CallContext)>;
    struct Options {
        Options() = default; // no aggregate: see DESIGN.md 3
        std::chrono::milliseconds first{0};     ///< until the first look
        std::chrono::milliseconds retry{1'000}; ///< after one that failed
        QString what;                           ///< that ends without money, in a sentence: "stream"
        /// Whether the call needs nothing further; null: not before it ends. One that costs nothing never does.
        std::function<bool(const Funds &funds)> enough;
    };

    /// `pay` holds what it needs. Once nothing further can be paid, a sentence goes to the call's notes.
    CallFunding(Pay pay, std::shared_ptr<CallSink> sink, Options options);
    /// No further look begins.
    ~CallFunding();
    CallFunding(const CallFunding &) = delete;
    CallFunding &operator=(const CallFunding &) = delete;

    /// No further payment, and the one on its way is over. Awaited once.
    QCoro::Task<void> end();

private:
    static QCoro::Task<void> run(Pay pay, std::shared_ptr<CallSink> sink, Options options, CallContext context);

    CancelSource m_over;
    QFuture<void> m_running;
};

} // namespace sluice::livepeer
