#include "sluice/aigateway/sent_call.h"

namespace sluice::aigateway {

Expected<PipelineRequest> requestFor(const Pipeline &pipeline, const Json &input, const QString &model)
{
    const auto sent = sentFor(pipeline, input, model);
    if (!sent)
        return unexpected(sent.error());
    return sent->written();
}

} // namespace sluice::aigateway
