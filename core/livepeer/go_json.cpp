#include "sluice/livepeer/go_json.h"

namespace sluice::livepeer {

Json member(const Json &object, const QString &name)
{
    if (object.contains(name))
        return object.value(name);
    for (const auto &[key, value] : object.members()) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

} // namespace sluice::livepeer
