#pragma once

#include "sluice/livepeer/orchestrator_info.h"
#include "sluice/net/http_client.h"
#include "sluice/payments/signer.h"

#include <memory>

namespace sluice {
class TicketSender;
}

namespace sluice::livepeer {

class RpcClient;

/// Asks orchestrators for their terms (payments.md 1.1, 1.2): price, ticket parameters, auth token, models.
///
/// Lives on one thread together with `http`, `trust` and `sender`, which must outlive it, and outlives the tasks it gave out. The
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
    ~TermsClient();
    TermsClient(const TermsClient &) = delete;
    TermsClient &operator=(const TermsClient &) = delete;

    /// Terms for `model`; with an empty one the listing of all models with their prices. Full orchestrators refuse unless
    /// `ignoreCapacity`. Never pays. Throws Rpc, Network, Timeout, Canceled, TlsChanged, Protocol, Signer.
    QCoro::Task<OrchestratorInfo> info(QUrl orchestrator, QString model, bool ignoreCapacity, CallContext context);

    [[nodiscard]] HttpClient &http() const { return m_http; }
    [[nodiscard]] TicketSender *sender() const { return m_sender; }

private:
    QCoro::Task<QByteArray> requestSignature();

    HttpClient &m_http;
    TlsTrust &m_trust;
    TicketSender *m_sender;
    Options m_options;
    QByteArray m_signature; ///< never changes, so it is made once
    std::unique_ptr<RpcClient> m_rpc;
};

} // namespace sluice::livepeer
