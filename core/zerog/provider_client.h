#pragma once

#include "sluice/zerog/agent_client.h"

namespace sluice::zerog {

/// Speaks to a provider agent as its owner (zerog-serving.md 1.3), as AgentClient says.
class ProviderClient final : public AgentClient {
public:
    ProviderClient(HttpClient &http, QUrl base, const CallTiming &timing);

    QCoro::Task<QList<UserAccount>> users(CallContext context);
    /// The agent's own words of each of the latest calls, oldest first; 0: of all. `openOnly`: of those that are not settled. Agents of others tell all.
    QCoro::Task<QList<Json>> calls(int most, bool openOnly, CallContext context);
    /// The agent's own words of its latest settlements, oldest first; none from an agent that keeps no list.
    QCoro::Task<QList<Json>> settlements(int most, CallContext context);
    QCoro::Task<void> settle(CallContext context);
};

} // namespace sluice::zerog
