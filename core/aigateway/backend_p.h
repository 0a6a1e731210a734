#pragma once

#include "sluice/aigateway/client.h"
#include "sluice/aigateway/dialect.h"
#include "sluice/aigateway/listing.h"
#include "sluice/backend/backend.h"

namespace sluice::aigateway {

/// What the backend's parts share. Lives on the Gateway's thread; tasks keep it.
struct Access {
    std::shared_ptr<Client> client;
    Dialects dialects;
    std::chrono::milliseconds askTimeout{5'000}; ///< of questions that cost nothing
    std::chrono::milliseconds idle{0};           ///< longest wait for the next event of a stream; 0: any
};

/// What the gateway offers. Http when it wants a key, NoOrchestrator when somebody else answers there.
QCoro::Task<BackendListing> listed(std::shared_ptr<Access> access, CallContext context);

/// One whole call of a pipeline.
QCoro::Task<RunResult> runPipeline(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);

/// One whole answer of `/llm`, as an OpenAI chat completion, whatever the dialect.
QCoro::Task<RunResult> runChat(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);
/// The same as a stream of OpenAI's events.
QCoro::Task<std::shared_ptr<EventSource>> streamChat(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);

} // namespace sluice::aigateway
