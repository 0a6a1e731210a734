#include "stream_funding_p.h"

#include "sluice/backend/user_data.h"

namespace sluice::byoc {

std::unique_ptr<livepeer::CallFunding> fundingOf(
    std::shared_ptr<Access> access, const BackendCall &call, const JobAnswer &answer, std::shared_ptr<CallSink> sink)
{
    // A start pays for as long as the stream may last, up to MostSecondsAhead.
    const bool covered = call.call.timeout.count() <= MostSecondsAhead;
    if (covered || answer.throughGateway || !answer.price || !answer.isEventStream())
        return nullptr;
    StreamJob job = paidStreamJob(call, sink->runId());
    job.streamId = sink->runId();
    const auto client = std::make_shared<StreamClient>(access->client, job, std::make_shared<SinkObserver>(sink), streamOptions(*access));
    client->accompany(answer);

    livepeer::CallFunding::Options options;
    options.first = access->timing().livePaymentInterval;
    options.retry = options.first;
    options.what = QStringLiteral("stream");
    options.enough = [access, limit = job.timeout, begun = access->network->services().data().clock().monotonic()](const StreamFunds &funds) {
        const auto since = access->network->services().data().clock().monotonic() - begun;
        return funds.secondsAhead >= (limit - std::chrono::floor<std::chrono::seconds>(since)).count();
    };
    // Its client's orchestrators are the access's.
    const auto pay = [access, client](CallContext context) { return client->pay(std::move(context)); };
    return std::make_unique<livepeer::CallFunding>(pay, std::move(sink), std::move(options));
}

} // namespace sluice::byoc
