#pragma once

#include "orchestrator_registry_p.h"

namespace sluice::byoc {

/// Tokens and what became of tickets: `/process/token` (byoc.md 3) and `/payments/tickets` (sluice-extensions.md 1.3). Lives on the I/O thread.
class TokenDesk {
public:
    TokenDesk(SharedContext context, std::shared_ptr<const Registry> registry);

    Awaitable<void> handleToken(ServerRequest request, ServerResponse &response) const;
    Awaitable<void> handleTickets(ServerRequest request, ServerResponse &response) const;

    /// What a second costs this sender; Payment "insufficient sender reserve" with autoAdjustPrice.
    [[nodiscard]] Expected<PriceInfo> priceFor(const Address &sender, qint64 pricePerSecond) const;

private:
    [[nodiscard]] Expected<QByteArray, HttpRefusal> tokenFor(const Headers &headers) const;
    [[nodiscard]] Expected<std::pair<TokenCredentials, Address>, HttpRefusal> verifiedCredentials(const Headers &headers) const;

    const SharedContext m_context;
    const std::shared_ptr<const Registry> m_registry;
};

} // namespace sluice::byoc
