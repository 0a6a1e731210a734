#include "sluice/gateway/capability_info.h"

#include "sluice/lv2v/wire.h"

namespace sluice {

bool CapabilityInfo::isChat() const
{
    const Json messages = inputSchema.value(QStringLiteral("properties")).value(QStringLiteral("messages"));
    return messages.value(QStringLiteral("type")).toString() == QStringLiteral("array");
}

CapabilityInfo CapabilityInfo::unlisted(const QString &name)
{
    CapabilityInfo info;
    info.name = name;
    info.title = name;
    info.listed = false;
    info.live.data = true; // nobody says which channels it has; an unused one costs nothing
    info.verbs = {Verb::Run, Verb::Stream};
    const QString liveVideo = lv2v::Pipeline + QLatin1Char('/');
    if (name.startsWith(liveVideo)) {
        info.backend = QStringLiteral("lv2v");
        info.model = name.mid(liveVideo.size());
        info.verbs = {Verb::Live};
    }
    return info;
}

} // namespace sluice
