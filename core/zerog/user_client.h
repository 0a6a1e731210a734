#pragma once

#include "sluice/zerog/agent_client.h"

namespace sluice::zerog {

/// Speaks to a user agent (zerog-serving.md 1.3), as AgentClient says.
class UserClient final : public AgentClient {
public:
    UserClient(HttpClient &http, QUrl base, const CallTiming &timing);

    /// Where calls of this service go; `suffix` begins with a slash or is empty.
    [[nodiscard]] QUrl callUrl(const Address &provider, const QString &service, const QString &suffix) const;

    QCoro::Task<QList<Account>> accounts(CallContext context);
    /// The agent's own words of each of its latest calls, oldest first; 0: of all. Agents of others tell all.
    QCoro::Task<QList<Json>> calls(int most, CallContext context);

    QCoro::Task<void> create(Address provider, U256 amount, CallContext context);
    QCoro::Task<void> charge(Address provider, U256 amount, CallContext context);
    QCoro::Task<void> refund(Address provider, U256 amount, CallContext context);
    /// Has the refunds that are due paid now. NotRouted from an agent of others, which has no such path.
    QCoro::Task<void> processRefunds(CallContext context);

    /// A call of a service: gives the answer once it has begun, with a status of 200 to 299; the agent's refusal for all others.
    QCoro::Task<std::shared_ptr<HttpStream>> open(QUrl url, QByteArray body, QByteArray accept, std::chrono::milliseconds answerTimeout, CallContext context);
};

} // namespace sluice::zerog
