#pragma once

#include "call_recorder_p.h"
#include "gateway_core_p.h"

#include "sluice/gateway/live_session.h"

#include <map>

namespace sluice {

/// One backend's way to run a live job. Lives on the session's thread; outlives the tasks it gave out.
class LiveTransport {
public:
    struct Started {
        Started() = default; // no aggregate: g++ 12 destroys twice what a co_await expression makes of one
        QString streamId;
        QUrl servedBy;
        std::map<LiveSession::Channel, QUrl> channels;
        Json raw;
        QByteArray balance; ///< as the orchestrator wrote it
        bool rawSegments = false; ///< no MPEG-TS in the media channels
    };
    /// What a look at the balance came to.
    struct Funding {
        Funding() = default;
        std::chrono::milliseconds next{0}; ///< until the next look
        bool paid = false;                 ///< tickets were sent and taken
        QByteArray balance;                ///< as the orchestrator wrote it after a payment
        std::optional<Error> refused;      ///< a payment was due and could not be made
        qint64 secondsLeft = 0;            ///< that are paid for
        bool usedUp = false;               ///< what is left does not cover the next debit
        std::optional<qint64> disputedSeconds; ///< that are paid by this program's own count, where the orchestrator says that too few are
    };

    virtual ~LiveTransport() = default;
    /// Runs the job; throws why it does not.
    virtual QCoro::Task<Started> start(CallContext context) = 0;
    virtual QCoro::Task<void> update(Json parameters, CallContext context) = 0;
    /// Whether changed parameters go down the control channel instead of through update().
    [[nodiscard]] virtual bool updatesOnControl() const { return false; }
    /// Throws what may go better the next time.
    virtual QCoro::Task<Funding> pay(CallContext context) = 0;
    /// Ends the job. Harmless when it does not run.
    virtual QCoro::Task<void> stop(CallContext context) = 0;
};

/// What a client says of its funds; one debit takes `debitSeconds` of price.
template <typename Funds> [[nodiscard]] LiveTransport::Funding fundingFrom(const Funds &funds, qint64 debitSeconds)
{
    LiveTransport::Funding funding;
    funding.next = funds.next;
    funding.paid = funds.paid;
    funding.balance = funds.balance;
    funding.refused = funds.refused;
    funding.secondsLeft = funds.secondsAhead;
    funding.usedUp = funds.refused && funds.secondsAhead < debitSeconds;
    return funding;
}

/// BYOC streams on an orchestrator (byoc.md 5).
[[nodiscard]] std::unique_ptr<LiveTransport> byocLiveTransport(std::shared_ptr<GatewayCore> core, Call call,
    std::shared_ptr<CallRecorder> recorder);

/// live-video-to-video on an orchestrator (trickle.md 5).
[[nodiscard]] std::unique_ptr<LiveTransport> lv2vLiveTransport(std::shared_ptr<GatewayCore> core, Call call,
    std::shared_ptr<CallRecorder> recorder);

} // namespace sluice
