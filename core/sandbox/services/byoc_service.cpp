#include "sluice/sandbox/services/byoc_service.h"

#include "sluice/sandbox/sandbox_host.h"

namespace sluice {

QStringList ByocService::ownOptions(const SandboxOptions &options) const
{
    return options.quirks.isEmpty() ? QStringList() : QStringList(QStringLiteral("quirks"));
}

void ByocService::mount(SandboxHost &host)
{
    const auto quirks = byoc::quirksFromText(host.options().quirks);
    if (!quirks)
        throw Error(Error::Kind::Config, quirks.error().message()).withAdvice(quirks.error().advice());
    byoc::OrchestratorOptions chosen;
    chosen.secret = Secret(host.secret());
    chosen.quirks = *quirks;
    chosen.offChain = host.options().offChain;
    chosen.workersAreHere = true;
    chosen.takesV1 = true;
    m_orchestrator = std::make_unique<byoc::Orchestrator>(
        host.node(), host.channels(), host.recipient(), host.chain(), std::move(chosen), &host.store());
    m_orchestrator->listIn(host.discovery());
}

QCoro::Task<Json> ByocService::start(SandboxHost &host)
{
    Json settings{
        {QStringLiteral("orchestrator"), host.node().url().toString()},
        {QStringLiteral("fingerprint"), host.fingerprint()},
        {QStringLiteral("sender_key"), QString::fromLatin1(host.senderKey().secret().expose().toByteArray().toHex())},
        {QStringLiteral("secret"), QString::fromLatin1(host.secret())},
    };
    co_return settings;
}

QFuture<void> ByocService::stop()
{
    if (m_orchestrator)
        m_orchestrator->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
