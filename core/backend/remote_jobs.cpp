#include "sluice/backend/remote_jobs.h"

namespace sluice {

namespace {
const QString JobId = QStringLiteral("job_id");
}

bool isAttachment(const Call &call)
{
    return call.input.isObject() && call.input.value(JobId).isString() && !call.input.contains(QStringLiteral("messages"))
        && !call.input.contains(QStringLiteral("query"));
}

QString attachedJob(const Call &call)
{
    return call.input.value(JobId).toString();
}

} // namespace sluice
