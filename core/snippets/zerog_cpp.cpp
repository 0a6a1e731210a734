#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/zerog_code_p.h"

namespace sluice::detail {

QString ZerogCpp::whyNot(const SnippetContext &context) const
{
    return whyNoZerogCode(context);
}

Snippet ZerogCpp::generate(const SnippetContext &context) const
{
    const ZerogCode code(context);
    CppProgram program;
    program.comment = code.comment();
    program.includes = {QStringLiteral("gateway/gateway.h")};
    program.body = Body::from(context); // the library adds what belongs to it
    program.environment = code.environment;
    program.required = requiredNames(program.environment);
    program.call = cppCall(context.call, code.timeout, true);
    program.gateway = {QStringLiteral("    sluice::BackendSettings agent;"),
        QStringLiteral("    agent.values.insert(QStringLiteral(\"user_agent\"), qEnvironmentVariable(\"%1\"));").arg(QLatin1String(ZerogAddress)),
        QStringLiteral("    sluice::GatewayConfig config;"), QStringLiteral("    config.backends.insert(QStringLiteral(\"zerog\"), agent);"),
        QStringLiteral("    sluice::Gateway gateway(config);")};
    program.reading = code.stream ? cppStreaming() : cppRunning();
    return cppProgram(program, code.version);
}

} // namespace sluice::detail
