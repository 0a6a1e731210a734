#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

namespace sluice::detail {

QString CppLibrary::whyNot(const SnippetContext &context) const
{
    if (!isLiveVideo(context.call))
        return whyNoCode(context);
    // What stands in BYOC's way stands in its way too.
    SnippetContext other = context;
    other.call.backend = QStringLiteral("byoc");
    return whyNoCode(other);
}

Snippet CppLibrary::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    const CapabilityInfo::LiveChannels channels = context.capability ? context.capability->live : CapabilityInfo::LiveChannels();
    CppProgram program;
    program.comment = plan.backend;
    program.includes = {QStringLiteral("gateway/gateway.h")};
    program.body = plan.body;
    program.environment = plan.environment();
    for (const SnippetVariable &variable : std::as_const(program.environment))
        program.required << variable.name;
    program.call = cppCall(context.call, plan.timeout, false);
    program.gateway = {QStringLiteral("    sluice::Gateway gateway(sluice::GatewayConfig::fromEnvironment());")};
    program.reading = plan.stream ? cppStreaming() : cppRunning();
    if (plan.live) {
        program.includes += liveCppIncludes(channels);
        program.qtIncludes = {QStringLiteral("QTimer")};
        program.reading = liveCpp(channels);
    }
    return cppProgram(program, plan.version);
}

} // namespace sluice::detail
