#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/openai_code_p.h"
#include "sluice/snippets/shared_code_p.h"

namespace sluice::detail {

QString OpenAiCpp::whyNot(const SnippetContext &context) const
{
    return whyNoOpenAiCode(context);
}

Snippet OpenAiCpp::generate(const SnippetContext &context) const
{
    const OpenAiCode code(context);
    CppProgram program;
    program.comment = code.comment();
    program.includes = {QStringLiteral("base/secret_environment.h"), QStringLiteral("gateway/gateway.h")};
    program.body = Body::from(context); // the library adds what belongs to it
    program.environment = code.environment;
    program.required = requiredNames(program.environment);
    program.call = cppCall(context.call, code.timeout, true);
    program.gateway = {QStringLiteral("    sluice::BackendSettings server;"),
        QStringLiteral("    server.values.insert(QStringLiteral(\"base_url\"), qEnvironmentVariable(\"OPENAI_BASE_URL\"));")};
    if (code.organization)
        program.gateway << QStringLiteral("    server.values.insert(QStringLiteral(\"organization\"), qEnvironmentVariable(\"OPENAI_ORG_ID\"));");
    if (code.stream && !code.streamUsage)
        program.gateway << QStringLiteral("    server.values.insert(QStringLiteral(\"stream_usage\"), false);");
    program.gateway << QStringLiteral("    server.secrets.insert(QStringLiteral(\"/api_key\"), sluice::secretVariable(\"OPENAI_API_KEY\"));")
                    << QStringLiteral("    sluice::GatewayConfig config;") << QStringLiteral("    config.backends.insert(QStringLiteral(\"openai\"), server);")
                    << QStringLiteral("    sluice::Gateway gateway(config);");
    program.reading = code.stream ? cppStreaming() : cppRunning();
    return cppProgram(program, code.version);
}

} // namespace sluice::detail
