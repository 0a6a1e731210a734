#pragma once

#include "orchestrator_context_p.h"

#include "sluice/byoc/orchestrator_capabilities.h"

#include <memory>

namespace sluice::byoc {

/// The workers of an orchestrator: `/capability/register` and `unregister` (byoc.md 2), `/capabilities` and `/health`. Lives on the I/O thread.
class Registry : public std::enable_shared_from_this<Registry> {
public:
    explicit Registry(SharedContext context);

    Awaitable<void> handleRegister(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleUnregister(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleCapabilities(ServerRequest request, ServerResponse &response) const;
    Awaitable<void> handleHealth(ServerRequest request, ServerResponse &response) const;

    /// Nothing when the name is unknown. Succeeds on a full capability (byoc.md 4.7).
    [[nodiscard]] std::optional<CapabilityTable::Slot> reserve(const QString &name) { return m_table.reserve(name); }
    [[nodiscard]] std::optional<RegisteredCapability> find(const QString &name) const { return m_table.find(name); }
    [[nodiscard]] QList<RegisteredCapability> all() const { return m_table.all(); }
    /// Takes a worker off that cannot be used any more, not a later registration of its name.
    void removeFailed(const RegisteredCapability &capability) { m_table.remove(capability.registration.name, capability.generation); }
    /// As discovery writes them: "byoc/<name>".
    [[nodiscard]] QStringList discovered() const;

private:
    /// A POST with the secret; any other was answered.
    Awaitable<bool> admits(const ServerRequest &request, ServerResponse &response) const;
    void fetchDescription(const QString &name, quint64 generation);

    const SharedContext m_context;
    CapabilityTable m_table;
};

} // namespace sluice::byoc
