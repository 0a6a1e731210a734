#pragma once

#include "agent_core_p.h"
#include "agent_relay_p.h"
#include "provider_store_p.h"

#include "sluice/net/async_lock.h"
#include "sluice/zerog/provider_agent.h"

#include <map>

namespace sluice::zerog {

using provider_store::OwnService;

/// A call that passed the checks which need no look at what is owed.
struct IncomingCall {
    IncomingCall() = default;
    Request request;
    U256 ownCount = 0;
    ServiceType type = ServiceType::Chatbot;
    QByteArray suffix; ///< behind the service's name, as received
    bool flush = false; ///< pays the last answer, and asks the service nothing (rule 7)
};

/// All of a provider agent behind its sockets.
class ProviderCore final : public AgentCore, public std::enable_shared_from_this<ProviderCore> {
public:
    ProviderCore(IoThread &io, ProviderAgentOptions options);

    [[nodiscard]] Expected<void> open() override;
    /// Brings ledger and state together, settles, and lets requests in.
    awaitable<void> begin(QString publicUrl) override;
    void end() override;

private:
    // provider_agent.cpp
    awaitable<void> route(ServerRequest &request, ServerResponse &response) override;
    awaitable<void> routeOther(ServerRequest &request, ServerResponse &response, QString what);
    awaitable<void> routeService(ServerRequest &request, ServerResponse &response, QStringList parts);
    awaitable<void> routeUser(ServerRequest &request, ServerResponse &response, QStringList parts);
    awaitable<void> listUsers(ServerResponse &response);
    awaitable<void> showUser(ServerResponse &response, QString address);
    awaitable<void> listRequests(ServerResponse &response, QByteArray query);
    awaitable<void> listSettlements(ServerResponse &response, QByteArray query);
    awaitable<void> showLedger(ServerResponse &response);
    awaitable<void> answerSettle(ServerResponse &response);
    [[nodiscard]] qint64 now() const { return m_options.clock->now().toSecsSinceEpoch(); }
    [[nodiscard]] Address self() const { return m_options.key.address(); }

    // provider_services.cpp
    awaitable<void> registerService(ServerRequest &request, ServerResponse &response);
    awaitable<void> updateService(ServerRequest &request, ServerResponse &response, QString name);
    awaitable<void> deleteService(ServerResponse &response, QString name);
    awaitable<void> listServices(ServerResponse &response);
    /// To the ledger and back, with calls held meanwhile. Throws Error with what the ledger says.
    awaitable<void> publish(OwnService service);
    awaitable<void> unpublish(QString name);
    awaitable<void> pushServices();
    /// Reserved calls, and served ones that no settlement has looked at.
    [[nodiscard]] bool hasUnsettled() const;
    [[nodiscard]] const OwnService *serviceOf(const QString &name) const;

    // provider_proxy.cpp
    awaitable<void> serveProxy(ServerRequest &request, ServerResponse &response);
    awaitable<Expected<IncomingCall, CallRefusal>> checked(const ServerRequest &request);
    /// Sections 3.6 to 3.10, and the row; nothing awaits between the last look and the reservation.
    awaitable<std::optional<CallRefusal>> reserve(IncomingCall &call);
    awaitable<void> forward(IncomingCall &call, ServerRequest &request, ServerResponse &response);
    void releaseNow(const Address &user, const U256 &nonce, const QString &why);
    awaitable<void> release(Address user, U256 nonce, QString why);
    awaitable<void> markServed(Address user, U256 nonce, std::optional<U256> count);
    /// Known from the ledger, or why not.
    awaitable<std::optional<QString>> meetUser(Address user);
    awaitable<void> refreshBalance(Address user);
    void journalUser(const ProviderUser &user);
    friend class ProviderKeeper;

    // provider_settlement.cpp
    /// Why nothing could be settled; nothing when all was done that can be.
    awaitable<std::optional<QString>> settle(QString trigger);
    awaitable<std::optional<QString>> settleNow(QString trigger);
    /// What may be settled now, a trace for each user.
    [[nodiscard]] QList<RequestTrace> unsettled() const;
    awaitable<QList<RequestTrace>> sorted(QList<RequestTrace> traces);
    /// What can be settled of a trace that the ledger refuses; none when nothing.
    RequestTrace quarantine(const RequestTrace &trace, const Refusal &refusal);
    void markSettled(const QList<RequestTrace> &traces);
    awaitable<void> syncAccounts();
    void takeAccount(const Account &account);
    awaitable<void> riskTick();
    void armRisk();
    void armForce();
    void spawn(std::function<awaitable<void>()> work);

    const ProviderAgentOptions m_options;
    QString m_publicUrl;
    QMap<QString, OwnService> m_services;
    std::map<Address, ProviderUser> m_users; ///< whoever was met stays
    AsyncLock m_changes;    ///< of services
    AsyncLock m_settling;
    bool m_held = true;     ///< calls wait: it starts, or a service changes
    AsyncEvent m_released;
    bool m_started = false;
    Alarm m_riskAlarm;
    Alarm m_forceAlarm;
};

/// How the ledger's answer reads in a sentence.
[[nodiscard]] QString refusalText(const Refusal &refusal);

} // namespace sluice::zerog
