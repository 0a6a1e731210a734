#pragma once

#include "call_handle_p.h"

#include "sluice/gateway/gateway.h"

namespace sluice::execution {

/// Finds out whose capability this is, where only asking tells. Throws NotRouted when it is several backends'. Once for each call, by beginRecord()
/// unless it was before.
QCoro::Task<void> findBackend(std::shared_ptr<CallHandle::State> state);
/// Settles the call's backend, and stores it as running, without its secrets. Asks the network for the schema that tells them first, if it is not known;
/// without a listing, names decide. Gives what is known of the capability.
QCoro::Task<BackendCall> beginRecord(std::shared_ptr<CallHandle::State> state);
/// The exception being handled, as an Error; what is none of ours is a defect.
[[nodiscard]] Error currentError();
/// Writes the end of a call down: no more is spent for it, and what went wrong, if anything did, is what history keeps. Gives the error as it
/// may be told.
QCoro::Task<std::optional<Error>> endRecord(std::shared_ptr<CallHandle::State> state, std::optional<Error> failure, int status, QByteArray contentType, std::optional<QByteArray> result);

/// The whole of `run`, recorded in every outcome.
QCoro::Task<RunResult> run(std::shared_ptr<CallHandle::State> state);

/// The whole of `sign`.
QCoro::Task<SignedRequest> sign(std::shared_ptr<CallHandle::State> state, QString streamId);

} // namespace sluice::execution
