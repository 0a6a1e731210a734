#pragma once

#include "sluice/livepeer/orchestrator_info.h"
#include "sluice/net/http_client.h"
#include "sluice/payments/sender_source.h"
#include "sluice/payments/signer.h"

#include <map>
#include <memory>

namespace sluice {
class TicketSender;
}

namespace sluice::livepeer {

class RpcClient;

/// Asks orchestrators for their terms (payments.md 1.1, 1.2): price, ticket parameters, auth token, models.
///
/// Lives on one thread together with `http`, `trust` and who pays, which must outlive it, and outlives the tasks it gave out. The
/// key of an https server is pinned at its first use, as everywhere; a changed one is TlsChanged and nothing is sent.
class TermsClient {
public:
    struct Options {
        Options() = default;
        std::chrono::milliseconds probeTimeout{5'000};
        std::chrono::milliseconds rpcTimeout{5'000};
    };
    /// `sender` may be null: then nothing is signed, which only nodes without a chain accept.
    TermsClient(HttpClient &http, TlsTrust &trust, TicketSender *sender);
    TermsClient(HttpClient &http, TlsTrust &trust, TicketSender *sender, Options options);
    TermsClient(HttpClient &http, TlsTrust &trust, SenderSource &senders, Options options);
    ~TermsClient();
    TermsClient(const TermsClient &) = delete;
    TermsClient &operator=(const TermsClient &) = delete;

    /// Terms for `model`; with an empty one the listing of all models with their prices. Full orchestrators refuse unless
    /// `ignoreCapacity`. Never pays. Throws Rpc, Network, Timeout, Canceled, TlsChanged, Protocol, Signer.
    QCoro::Task<OrchestratorInfo> info(QUrl orchestrator, QString model, bool ignoreCapacity, CallContext context);
    /// The same for this sender, or for nobody: ticket parameters are good for whom they were asked for.
    QCoro::Task<OrchestratorInfo> infoFor(TicketSender *sender, QUrl orchestrator, QString model, bool ignoreCapacity, CallContext context);

    [[nodiscard]] HttpClient &http() const { return m_http; }
    [[nodiscard]] SenderSource &senders() const { return *m_senders; }

private:
    HttpClient &m_http;
    TlsTrust &m_trust;
    std::unique_ptr<SenderSource> m_own; ///< where a sender was given
    SenderSource *m_senders;
    Options m_options;
    std::map<Address, QByteArray> m_signatures; ///< they never change, so each is made once
    std::unique_ptr<RpcClient> m_rpc;
};

} // namespace sluice::livepeer
