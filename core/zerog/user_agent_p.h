#pragma once

#include "agent_core_p.h"
#include "agent_relay_p.h"
#include "user_store_p.h"

#include "sluice/net/async_lock.h"
#include "sluice/zerog/user_agent.h"

#include <map>

namespace sluice::zerog {

/// A call of a client on its way to a provider.
struct OutgoingCall {
    OutgoingCall() = default;
    Address provider;
    QString service;
    QByteArray suffix;
    Headers head;    ///< the client's
    QByteArray body; ///< as it is counted and sent
    std::optional<U256> declared; ///< the previous output to sign instead of our own
    int noncesRefused = 0;
    std::optional<std::chrono::steady_clock::time_point> waitingSince; ///< whether an answer is on its way
    bool refreshed = false;       ///< the service was looked up for this call
    U256 mostInDoubt = 0;         ///< what the provider is believed of an answer whose end was not seen
};

/// All of a user agent behind its socket.
class UserCore final : public AgentCore, public std::enable_shared_from_this<UserCore> {
public:
    UserCore(IoThread &io, UserAgentOptions options);

    [[nodiscard]] Expected<void> open() override;
    /// The sweep for refunds begins.
    awaitable<void> begin(QString publicUrl) override;
    void end() override;

private:
    // user_agent.cpp
    awaitable<void> route(ServerRequest &request, ServerResponse &response) override;
    awaitable<void> routeProvider(ServerRequest &request, ServerResponse &response, QStringList parts);
    awaitable<void> routeService(ServerRequest &request, ServerResponse &response, Address provider);
    awaitable<void> listServices(ServerResponse &response);
    awaitable<void> listRequests(ServerResponse &response, QByteArray query);
    awaitable<void> showLedger(ServerResponse &response);
    awaitable<void> describe(ServerResponse &response, Address provider, QString name);
    [[nodiscard]] qint64 now() const { return m_options.clock->now().toSecsSinceEpoch(); }
    [[nodiscard]] Address self() const { return m_options.key.address(); }

    // user_accounts.cpp
    awaitable<void> listAccounts(ServerResponse &response);
    awaitable<void> showAccount(ServerResponse &response, Address provider);
    awaitable<void> createAccount(ServerRequest &request, ServerResponse &response);
    awaitable<void> charge(ServerRequest &request, ServerResponse &response, Address provider);
    awaitable<void> refund(ServerRequest &request, ServerResponse &response, Address provider);
    awaitable<void> listRefunds(ServerResponse &response, QByteArray query);
    awaitable<Settled<Account>> accountAt(Address provider);
    awaitable<QList<Account>> accounts();
    awaitable<void> deposit(Address provider, U256 amount);
    awaitable<void> answerProcessRefunds(ServerResponse &response);
    /// Pays what is due; why some of it was refused, if any was.
    awaitable<std::optional<QString>> sweep();
    awaitable<std::optional<QString>> processRefunds(Address provider, QList<quint64> indices);
    void armSweep();

    // user_proxy.cpp
    struct LookedUp {
        LookedUp() = default;
        Service service;
        qint64 at = 0; ///< seconds, when the look began
    };
    [[nodiscard]] bool isOwn(const QUrl &target) const;
    awaitable<void> serveCall(ServerRequest &request, ServerResponse &response, Address provider, QString service, QByteArray suffix);
    /// True when it was answered; false: again.
    awaitable<bool> attempt(OutgoingCall &call, ServerResponse &response);
    awaitable<bool> afterRefusal(OutgoingCall &call, ProviderAccount &account, const UserCall &sent, QByteArray body);
    /// From the ledger, or as it was a moment ago. Throws Error.
    awaitable<LookedUp> serviceAt(Address provider, QString name, bool fresh);
    /// Throws Error when the ledger has none.
    awaitable<ProviderAccount *> callAccount(Address provider);
    void note(const ProviderAccount &account, const UserCall &call, UserCall::State state, const QString &error, const std::optional<U256> &units);
    friend class UserKeeper;

    const UserAgentOptions m_options;
    struct CachedService {
        LookedUp found;
        std::chrono::steady_clock::time_point since;
    };
    std::map<std::pair<Address, QString>, CachedService> m_services;
    std::map<Address, ProviderAccount> m_accounts; ///< whoever was called stays
    std::map<Address, bool> m_onLedger;            ///< accounts that were seen there
    AsyncLock m_looking;
    AsyncLock m_money;   ///< deposits and refunds, one at a time
    AsyncEvent m_landed; ///< some call ended
    Alarm m_sweepAlarm;
    int m_ownPort = 0;
};

} // namespace sluice::zerog
