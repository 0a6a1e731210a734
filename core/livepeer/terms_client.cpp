#include "sluice/livepeer/terms_client.h"

#include "rpc_client_p.h"

#include "sluice/livepeer/messages.h"
#include "sluice/payments/ticket_sender.h"

namespace sluice::livepeer {

TermsClient::TermsClient(HttpClient &http, TlsTrust &trust, TicketSender *sender)
    : TermsClient(http, trust, sender, Options())
{
}

TermsClient::TermsClient(HttpClient &http, TlsTrust &trust, TicketSender *sender, Options options)
    : m_http(http)
    , m_trust(trust)
    , m_own(std::make_unique<OneSender>(sender))
    , m_senders(m_own.get())
    , m_options(options)
    , m_rpc(std::make_unique<RpcClient>())
{
}

TermsClient::TermsClient(HttpClient &http, TlsTrust &trust, SenderSource &senders, Options options)
    : m_http(http)
    , m_trust(trust)
    , m_senders(&senders)
    , m_options(options)
    , m_rpc(std::make_unique<RpcClient>())
{
}

TermsClient::~TermsClient() = default;

QCoro::Task<OrchestratorInfo> TermsClient::info(QUrl orchestrator, QString model, bool ignoreCapacity, CallContext context)
{
    TicketSender *sender = co_await m_senders->pick(context);
    co_return co_await infoFor(sender, orchestrator, model, ignoreCapacity, context);
}

QCoro::Task<OrchestratorInfo> TermsClient::infoFor(TicketSender *sender, QUrl orchestrator, QString model, bool ignoreCapacity, CallContext context)
{
    InfoRequest request;
    if (sender) {
        QByteArray &known = m_signatures[sender->address()];
        if (known.isEmpty()) {
            const Signature signature = co_await sender->signer().signAddress(context);
            m_signatures[sender->address()] = signature.toByteArray();
        }
        request.address = sender->address();
        request.signature = m_signatures[sender->address()];
    }
    if (!model.isEmpty())
        request.models = QStringList(model);
    request.ignoreCapacity = ignoreCapacity;
    std::optional<ProbedServer> server;
    if (orchestrator.scheme() != QLatin1String("http")) {
        ProbedServer probed = co_await probeTls(m_trust, orchestrator, m_options.probeTimeout, context);
        server = std::move(probed);
    }
    const QByteArray message = encodeInfoRequest(request);
    const QByteArray answer = co_await m_rpc->getOrchestrator(orchestrator, server, message, m_options.rpcTimeout, context);
    auto info = decodeInfo(answer);
    if (!info)
        throw Error(info.error()).withRequest("POST", orchestrator)
            .withAdvice(QStringLiteral("The orchestrator may be of another version; use another one."));
    if (info->price && !info->price->isValid())
        throw Error(Error::Kind::Protocol, QStringLiteral("%1 asks a price of %2/%3 wei per pixel, which is none.")
                                               .arg(TlsTrust::hostPort(orchestrator)).arg(info->price->pricePerUnit).arg(info->price->pixelsPerUnit))
            .withRequest("POST", orchestrator).withAdvice(QStringLiteral("Use another orchestrator."));
    info->raw = answer;
    co_return std::move(*info);
}

} // namespace sluice::livepeer
