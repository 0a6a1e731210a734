#include "sluice/backend/capability_info.h"

namespace sluice {

bool CapabilityInfo::isChat() const
{
    const Json messages = inputSchema.value(QStringLiteral("properties")).value(QStringLiteral("messages"));
    return messages.value(QStringLiteral("type")).toString() == QStringLiteral("array");
}

CapabilityInfo CapabilityInfo::unlisted(const CapabilityId &id)
{
    CapabilityInfo info;
    info.backend = id.backend;
    info.name = id.name;
    info.model = id.model;
    info.modelChosen = !id.model.isEmpty();
    info.title = id.name;
    info.listed = false;
    info.live.data = true; // its channels are unknown; an unused one costs nothing
    info.verbs = {Verb::Run, Verb::Stream};
    return info;
}

} // namespace sluice
