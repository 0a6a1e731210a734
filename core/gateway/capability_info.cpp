#include "sluice/gateway/capability_info.h"

namespace sluice {

bool CapabilityInfo::isChat() const
{
    const Json messages = inputSchema.value(QStringLiteral("properties")).value(QStringLiteral("messages"));
    return messages.value(QStringLiteral("type")).toString() == QStringLiteral("array");
}

} // namespace sluice
