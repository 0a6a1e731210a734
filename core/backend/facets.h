#pragma once

#include "sluice/backend/balance.h"
#include "sluice/backend/capability_info.h"
#include "sluice/backend/remote_jobs.h"
#include "sluice/backend/signed_request.h"
#include "sluice/base/call_context.h"
#include "sluice/base/subscription.h"

#include <QCoro/QCoroTask>
#include <QtCore/QList>
#include <QtCore/QUrl>

#include <functional>
#include <memory>
#include <optional>

/// What only some backends offer, and panels ask for.
namespace sluice {

class CallSink;
struct BackendCall;

/// A key that pays: what it spent, its credit here and there, and what became of its tickets.
class Purse {
public:
    virtual ~Purse() = default;
    /// Whose purse it is: the EIP-55 address of the key that signs and pays, or the address of the remote signer that has it; empty without either.
    [[nodiscard]] virtual QString address() const = 0;
    /// Nothing without a key. Reads the user's data.
    [[nodiscard]] virtual std::optional<Spending> spending() const = 0;
    /// `changed` may be called on any thread.
    [[nodiscard]] virtual Subscription onSpendingChanged(std::function<void()> changed) = 0;
    /// The credit for these capabilities wherever they are known to be offered. Never pays.
    virtual QCoro::Task<QList<Balance>> balances(QList<CapabilityInfo> capabilities, CallContext context) = 0;
    /// Asks for what became of tickets sent and stores it; the number that changed.
    virtual QCoro::Task<int> refreshOutcomes(CallContext context) = 0;
};

/// Signs and pays calls that another program sends.
class RequestSigner {
public:
    virtual ~RequestSigner() = default;
    /// `streamId`: of a live job that runs already and is to be paid for; empty for a new one. The tickets count as spent. `payment` and
    /// `tlsPin` are filled in by the caller.
    virtual QCoro::Task<SignedRequest> sign(BackendCall call, QString streamId, std::shared_ptr<CallSink> sink, CallContext context) = 0;
};

/// Jobs at servers that work them off one after the other, and go on with them when their caller is gone.
class RemoteJobs {
public:
    virtual ~RemoteJobs() = default;
    /// What waits and runs there, as far as it is told, and what was given from here. A server that does not list is no failure: the answer
    /// says so. Never pays.
    virtual QCoro::Task<RemoteJobList> listJobs(CallContext context) = 0;
    /// Ends a job, begun or not. NotRouted where that cannot be; a job that is not there any more is none to end.
    virtual QCoro::Task<void> cancelJob(QString id, CallContext context) = 0;
    /// The call that follows a job, from here or elsewhere: as a stream, its events from now on and before them, where the server keeps it, the
    /// text so far. A run like any other; ending it leaves the job alone. Most servers tell one listener: whoever listened hears no more.
    [[nodiscard]] virtual Call attachment(const QString &id) const = 0;
};

} // namespace sluice
