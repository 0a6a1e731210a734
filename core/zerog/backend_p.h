#pragma once

#include "signature_checks_p.h"

#include "sluice/backend/remote_network.h"
#include "sluice/zerog/sent_call.h"
#include "sluice/backend/sales_desk.h"
#include "sluice/zerog/provider_client.h"
#include "sluice/zerog/user_client.h"

namespace sluice::zerog {

inline const QString BackendId = QStringLiteral("zerog");

[[nodiscard]] CapabilityInfo infoOf(const Service &service, const QUrl &agent);
/// What is read of an accepted call.
struct ServiceAnswer {
    ServiceAnswer() = default;
    std::shared_ptr<HttpStream> stream;
    std::shared_ptr<CallSink> sink;
    QUrl url;
    QUrl agent;
    qint64 maxBytes = 0;
    std::chrono::milliseconds idle{0};
};
[[nodiscard]] std::shared_ptr<EventSource> makeEventSource(const ServiceAnswer &answer);

/// The settings of a chain in a schema's properties, and what is wrong with them.
void addChainSettings(Json &properties);
[[nodiscard]] Expected<void> checkChainSettings(const BackendSettings &settings);
/// The network that these settings name; null where they name no chain. The wallet is theirs, else the user of `agent`, which may
/// be null.
[[nodiscard]] std::unique_ptr<RemoteNetwork> makeNetwork(HttpClient &http, const BackendSettings &settings, std::shared_ptr<UserClient> agent);

/// 0G serving: calls in backend.cpp, accounts and sales in backend_books.cpp.
class ZerogBackend final : public Backend, public RemoteAccounts, public SalesDesk {
public:
    ZerogBackend(BackendServices &services, const BackendSettings &settings);

    [[nodiscard]] QString id() const override { return BackendId; }
    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override;
    QCoro::Task<BackendListing> list(QStringList named, CallContext context) override;
    QCoro::Task<QList<CapabilityInfo>> lookUp(QString name, CallContext context) override;
    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;
    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;

    // RemoteAccounts
    QCoro::Task<AccountBook> accounts(CallContext context) override;
    QCoro::Task<QList<AccountCall>> calls(int most, CallContext context) override;
    QCoro::Task<void> openAccount(QString provider, QString amount, CallContext context) override;
    QCoro::Task<void> deposit(QString provider, QString amount, CallContext context) override;
    QCoro::Task<void> askRefund(QString provider, QString amount, CallContext context) override;
    QCoro::Task<void> processRefunds(CallContext context) override;
    [[nodiscard]] RemoteNetwork *network() override { return m_network.get(); }

    // SalesDesk
    [[nodiscard]] bool sells() const override { return m_sales != nullptr; }
    QCoro::Task<SalesBook> sales(int mostCalls, CallContext context) override;
    QCoro::Task<SettlementOutcome> settle(CallContext context) override;

private:
    QCoro::Task<NamedService> serviceOf(Call call, CallContext context);
    QCoro::Task<ServiceAnswer> submit(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);

    std::shared_ptr<UserClient> m_client;
    std::shared_ptr<ProviderClient> m_sales; ///< null where the settings name none
    std::unique_ptr<RemoteNetwork> m_network; ///< null where the settings name no chain
    SignatureChecks m_checks;
    std::chrono::milliseconds m_idle;
    std::optional<Error> m_fault;
};

} // namespace sluice::zerog
