// Which orchestrators may take the jobs of a capability, and what they ask.
#include "backend_p.h"

#include <QtCore/QElapsedTimer>

namespace sluice::byoc {

namespace {

using livepeer::Probed;

/// By a token, which names price and free slots and costs nothing.
class TokenProbe final : public livepeer::CandidateProbe {
public:
    TokenProbe(Client &client, QString capability)
        : m_client(client)
        , m_capability(std::move(capability))
    {
    }
    QCoro::Task<Probed> probe(QUrl server, CallContext context) override
    {
        Probed said;
        QElapsedTimer timer;
        timer.start();
        std::optional<Error> failure;
        try {
            const JobToken token = co_await m_client.token(server, m_capability, context);
            said = probedFrom(token, std::chrono::milliseconds(timer.elapsed()));
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure)
            co_return said;
        using Kind = Error::Kind;
        const Kind kind = failure->kind();
        if (kind == Kind::Canceled || kind == Kind::Signer || kind == Kind::Config || kind == Kind::Storage)
            throw *failure; // whoever is asked next
        said.failure = failure;
        co_return said;
    }

private:
    Client &m_client; // of the backend, which outlives what it gives out
    QString m_capability;
};

} // namespace

Probed probedFrom(const JobToken &token, std::chrono::milliseconds latency)
{
    Probed said;
    said.price = token.price;
    said.available = token.availableCapacity;
    said.latency = latency;
    return said;
}

std::shared_ptr<livepeer::CandidateProbe> Access::probeFor(const QString &capability)
{
    return std::make_shared<TokenProbe>(client, capability);
}

QCoro::Task<CandidateReport> catalog::candidates(std::shared_ptr<Access> access, CapabilityInfo capability, CallContext context)
{
    access->network->check();
    if (access->throughGateway())
        throw Error(Error::Kind::NotRouted, QStringLiteral("Calls go through the gateway %1, which chooses by itself.").arg(access->network->access().gateway.toString()))
            .withAdvice(QStringLiteral("With a profile that goes to orchestrators directly, they are listed here."));
    // As a call asks: an orchestrator that discovery names for this very capability.
    const QList<QUrl> servers = co_await access->orchestratorsFor(capability.name, context);
    const QString name = livepeer::ByocPrefix + capability.name;
    const std::shared_ptr<livepeer::CandidateProbe> probe = access->probeFor(capability.name);
    CandidateReport report = co_await access->network->report(servers, name, probe, context);
    report.capability = capability.id();
    co_return report;
}

} // namespace sluice::byoc
