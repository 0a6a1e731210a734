#include "sluice/snippets/aigateway_code_p.h"
#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/shared_code_p.h"

namespace sluice::detail {

namespace {

/// The library has fetched the files that the answer names.
QStringList saving(const AiGatewayCode &code)
{
    const QString name = code.list.isEmpty() ? QStringLiteral("QStringLiteral(%1)").arg(cppString(code.mediaName))
                                             : QStringLiteral("QStringLiteral(%1).arg(++number)").arg(cppString(code.mediaName));
    QStringList lines{QStringLiteral("    gateway.run(call)"), QStringLiteral("        .then(&app, [finish](const sluice::RunResult &result) {")};
    if (!code.list.isEmpty())
        lines << QStringLiteral("            int number = 0;");
    return lines << QStringLiteral("            for (const sluice::ResultFile &made : result.files) {") << QStringLiteral("                QFile file(%1);").arg(name)
                 << QStringLiteral("                if (!file.open(QIODevice::WriteOnly) || file.write(made.content) != made.content.size()) {")
                 << QStringLiteral("                    std::fprintf(stderr, \"%s: %s\\n\", qPrintable(file.fileName()), qPrintable(file.errorString()));")
                 << QStringLiteral("                    return finish(1);") << QStringLiteral("                }")
                 << QStringLiteral("                std::puts(qPrintable(file.fileName()));") << QStringLiteral("            }") << QStringLiteral("            finish(0);")
                 << QStringLiteral("        })") << QStringLiteral("        .onFailed(&app, [finish](const sluice::Error &error) {")
                 << QStringLiteral("            std::fprintf(stderr, \"%s\\n\", qPrintable(error.describe()));") << QStringLiteral("            finish(1);")
                 << QStringLiteral("        });");
}

} // namespace

QString AiGatewayCpp::whyNot(const SnippetContext &context) const
{
    return whyNoAiGatewayCode(context);
}

Snippet AiGatewayCpp::generate(const SnippetContext &context) const
{
    const AiGatewayCode code(context);
    const bool media = code.output == AiGatewayCode::Output::Media;
    CppProgram program;
    program.comment = code.comment();
    program.includes = {QStringLiteral("base/secret_environment.h"), QStringLiteral("gateway/gateway.h")};
    program.body = Body::from(context, aiGatewayFiles(code.sent)); // the library adds what belongs to it
    if (media && !program.body.has(Hole::Kind::File))
        program.qtIncludes = {QStringLiteral("QFile")};
    program.environment = code.environment;
    program.required = requiredNames(program.environment);
    program.call = cppCall(context.call, code.timeout, true);
    program.gateway = {QStringLiteral("    sluice::BackendSettings server;"),
        QStringLiteral("    server.values.insert(QStringLiteral(\"base_url\"), qEnvironmentVariable(\"LIVEPEER_AI_GATEWAY_URL\"));"),
        QStringLiteral("    server.secrets.insert(QStringLiteral(\"/api_key\"), sluice::secretVariable(\"LIVEPEER_AI_GATEWAY_KEY\"));"),
        QStringLiteral("    sluice::GatewayConfig config;"), QStringLiteral("    config.backends.insert(QStringLiteral(\"aigateway\"), server);"),
        QStringLiteral("    sluice::Gateway gateway(config);")};
    program.reading = code.stream ? cppStreaming() : media ? saving(code) : cppRunning();
    return cppProgram(program, code.version);
}

} // namespace sluice::detail
