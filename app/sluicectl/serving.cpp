#include "serving.h"

#include "output.h"

namespace sluice::ctl {

void writeReady(bool json, const QString &url, const Json &more, const QString &address)
{
    if (!json) {
        writeOut((address.isEmpty() ? url : address).toUtf8() + '\n');
        return;
    }
    Json ready{{QStringLiteral("event"), QStringLiteral("ready")}, {QStringLiteral("url"), url}};
    for (const Json::Member &member : more.members())
        ready.insert(member.first, member.second);
    writeOut(ready.dump() + '\n');
}

} // namespace sluice::ctl
