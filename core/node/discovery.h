#pragma once

#include "sluice/base/json.h"

#include <QtCore/QStringList>

#include <functional>
#include <memory>

namespace sluice {

class Node;

/// `GET /discover-orchestrators` (payments.md 6, sluice-extensions.md 1.2): the node itself as the one entry, with what its protocols offer now.
class Discovery final {
public:
    /// Mounts its route. `node` must outlive this object, whose answers last as long as the node.
    explicit Discovery(Node &node);

    /// A protocol's capabilities under the names that discovery gives them, "byoc/<name>"; asked for on the I/O thread, until the node stops.
    void list(std::function<QStringList()> capabilities);
    /// What else a protocol says of the node, as a member of its entry; null leaves it out. Asked for in the same way.
    void tell(const QString &member, std::function<Json()> value);

private:
    class Route;
    std::shared_ptr<Route> m_route;
};

} // namespace sluice
