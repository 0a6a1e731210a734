#include "remote_job_list_p.h"

namespace sluice::remote_jobs {

QCoro::Task<RemoteJobList> list(std::shared_ptr<GatewayCore> core, CallContext context)
{
    RemoteJobList all;
    for (const auto &backend : core->backends()) {
        RemoteJobs *facet = backend->remoteJobs();
        if (!facet)
            continue;
        const RemoteJobList there = co_await facet->listJobs(context);
        all.jobs += there.jobs;
        all.silent += there.silent;
        all.isWhole = all.isWhole && there.isWhole;
        all.canCancel = all.canCancel && there.canCancel;
        all.replays = all.replays && there.replays;
        if (!all.trouble)
            all.trouble = there.trouble;
    }
    co_return all;
}

QCoro::Task<void> cancel(std::shared_ptr<GatewayCore> core, QString backend, QString id, CallContext context)
{
    Backend *there = core->find(backend);
    RemoteJobs *facet = there ? there->remoteJobs() : nullptr;
    if (!facet)
        throw Error(Error::Kind::NotRouted, QStringLiteral("The backend “%1” has no jobs in a queue here.").arg(backend));
    co_await facet->cancelJob(id, context);
}

} // namespace sluice::remote_jobs
