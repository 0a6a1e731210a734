#include "sluice/sandbox/sandbox_services.h"

#include "sluice/base/error.h"
#include "sluice/sandbox/services/aigateway_service.h"
#include "sluice/sandbox/services/byoc_service.h"
#include "sluice/sandbox/services/capabilities_service.h"
#include "sluice/sandbox/services/liverunner_service.h"
#include "sluice/sandbox/services/llmworker_service.h"
#include "sluice/sandbox/services/lv2v_service.h"
#include "sluice/sandbox/services/openai_service.h"
#include "sluice/sandbox/services/signer_service.h"
#include "sluice/sandbox/services/zerog_service.h"

namespace sluice {

namespace {

QString joined(const QStringList &ids)
{
    return ids.join(QStringLiteral(", "));
}

QStringList idsOf(const SandboxServices &services)
{
    QStringList ids;
    for (const auto &service : services)
        ids.append(service->id());
    return ids;
}

Error leftOut(const SandboxService &service, const QString &need, const SandboxServices &chosen, const SandboxOptions &options)
{
    QString remedy = QStringLiteral("--only ") + (idsOf(chosen) + QStringList(need)).join(QLatin1Char(','));
    if (!options.without.isEmpty())
        remedy = QStringLiteral("--without ") + (options.without + QStringList(service.id())).join(QLatin1Char(','));
    return Error(Error::Kind::Config, QStringLiteral("The service \"%1\" needs \"%2\", which is left out.").arg(service.id(), need))
        .withAdvice(options.without.isEmpty() ? QStringLiteral("Start both: %1.").arg(remedy) : QStringLiteral("Leave out both: %1.").arg(remedy));
}

void checkNames(const QStringList &given, const QStringList &known)
{
    for (const QString &id : given) {
        if (!known.contains(id))
            throw Error(Error::Kind::Config, QStringLiteral("There is no service \"%1\".").arg(id))
                .withAdvice(QStringLiteral("There are: %1.").arg(joined(known)));
    }
}

} // namespace

SandboxServices sandboxServices()
{
    SandboxServices all;
    all.push_back(std::make_unique<ByocService>());
    all.push_back(std::make_unique<CapabilitiesService>());
    all.push_back(std::make_unique<Lv2vService>());
    all.push_back(std::make_unique<LiveRunnerService>());
    all.push_back(std::make_unique<AiGatewayService>());
    all.push_back(std::make_unique<OpenAiService>());
    all.push_back(std::make_unique<LlmWorkerService>());
    all.push_back(std::make_unique<SignerService>());
    all.push_back(std::make_unique<ZerogService>());
    return all;
}

SandboxServices chosenServices(SandboxServices all, const SandboxOptions &options)
{
    const QStringList known = idsOf(all);
    checkNames(options.only, known);
    checkNames(options.without, known);
    SandboxServices chosen;
    SandboxServices others;
    for (auto &service : all) {
        const bool wanted = (options.only.isEmpty() || options.only.contains(service->id())) && !options.without.contains(service->id());
        (wanted ? chosen : others).push_back(std::move(service));
    }
    if (chosen.empty())
        throw Error(Error::Kind::Config, QStringLiteral("No service is left to start."))
            .withAdvice(QStringLiteral("There are: %1.").arg(joined(known)));
    const QStringList ids = idsOf(chosen);
    for (const auto &service : chosen) {
        for (const QString &need : service->needs()) {
            if (!ids.contains(need))
                throw leftOut(*service, need, chosen, options);
        }
    }
    QStringList used;
    for (const auto &service : chosen)
        used += service->ownOptions(options);
    for (const auto &service : others) {
        for (const QString &option : service->ownOptions(options)) {
            if (!used.contains(option))
                throw Error(Error::Kind::Config, QStringLiteral("--%1 is for the service \"%2\", which is left out.").arg(option, service->id()));
        }
    }
    return chosen;
}

} // namespace sluice
