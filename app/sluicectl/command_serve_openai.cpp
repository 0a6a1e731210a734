#include "command_line.h"
#include "serving.h"
#include "text.h"

#include "sluice/openai/http_upstream.h"
#include "sluice/openai/server.h"

namespace sluice::ctl {

namespace {

CommandLine openAiLine()
{
    CommandLine line(QStringLiteral("serve openai"), QStringLiteral("(--gateway URL | --upstream URL | --profile NAME) [options]"),
        Text::tr("Serves OpenAI's API on this machine until Ctrl-C: every program that knows OpenAI reaches what stands behind it."));
    line.addOption({QStringLiteral("gateway")}, Text::tr("A Livepeer AI gateway: its pipelines behind OpenAI's routes."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("upstream")}, Text::tr("Another OpenAI-compatible server."), QStringLiteral("URL"));
    line.addOption({QStringLiteral("p"), QStringLiteral("profile")}, Text::tr("The capabilities of this profile, paid within its limits; a request's model names the capability."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("address")}, Text::tr("IP address to listen on; default: 127.0.0.1. Any other one needs --api-key-env."), QStringLiteral("IP"));
    line.addOption({QStringLiteral("port")}, Text::tr("Port; default: a free one."), QStringLiteral("N"));
    line.addOption({QStringLiteral("host")},
        Text::tr("A name by which clients reach this server besides the addresses of this machine; may be repeated."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("api-key-env")}, Text::tr("Environment variable with the key that callers must bring."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("upstream-key-env")}, Text::tr("Environment variable with the key for the gateway or upstream."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("llm-path")}, Text::tr("Path of the gateway's older chat form, where it is not /llm."), QStringLiteral("PATH"));
    line.addOption({QStringLiteral("base64")}, Text::tr("Pictures come inside the answer where a request does not say."));
    line.addOption({QStringLiteral("compat")}, Text::tr("Chats become the gateway's older form exactly as livepeer-openai-api-middleware makes it."));
    line.addJson();
    line.addNote(Text::tr("The first line of standard output says where it listens: an address, or with --json {\"event\":\"ready\",\"url\":…,\"base_url\":…}."));
    line.addExample(QStringLiteral("sluicectl serve openai --gateway http://127.0.0.1:9935 --port 8080"), Text::tr("A gateway for the openai libraries: OPENAI_BASE_URL=http://127.0.0.1:8080/v1"));
    return line;
}

Secret keyFrom(const CommandLine &line, const QString &option)
{
    return line.has(option) ? variableNamed(line.value(option), option) : Secret();
}

openai::HttpUpstreamOptions httpUpstreamFrom(const CommandLine &line)
{
    openai::HttpUpstreamOptions behind;
    behind.isOpenAi = line.has(QStringLiteral("upstream"));
    const QString option = behind.isOpenAi ? QStringLiteral("upstream") : QStringLiteral("gateway");
    behind.base = line.httpUrl(option);
    behind.apiKey = keyFrom(line, QStringLiteral("upstream-key-env"));
    if (line.has(QStringLiteral("llm-path")))
        behind.legacyPath = line.value(QStringLiteral("llm-path")).toUtf8();
    if (line.has(QStringLiteral("compat")))
        behind.dialect = openai::Dialect::Legacy;
    return behind;
}

} // namespace

QCoro::Task<int> serveOpenAi(QStringList arguments, OpenProfile open)
{
    CommandLine line = openAiLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const QString gateway = line.value(QStringLiteral("gateway"));
    const QString upstream = line.value(QStringLiteral("upstream"));
    const QString profile = line.value(QStringLiteral("profile"));
    if (int(gateway.isEmpty()) + int(upstream.isEmpty()) + int(profile.isEmpty()) != 2)
        co_return line.refuse(Text::tr("Say what stands behind it: one of --gateway URL, --upstream URL and --profile NAME."));
    std::shared_ptr<ServedProfile> served;
    std::shared_ptr<openai::Upstream> behind;
    if (!profile.isEmpty()) {
        served = co_await open(profile);
        behind = served->upstream();
    } else {
        behind = openai::makeHttpUpstream(httpUpstreamFrom(line));
    }
    openai::ServerOptions options;
    if (line.has(QStringLiteral("address")))
        options.address = line.value(QStringLiteral("address"));
    options.port = quint16(line.number(QStringLiteral("port"), 0, 1, 65535));
    options.hosts = line.values(QStringLiteral("host"));
    options.apiKey = keyFrom(line, QStringLiteral("api-key-env"));
    options.imagesAsBase64 = line.has(QStringLiteral("base64"));
    if (line.has(QStringLiteral("compat")))
        options.mapping = openai::Mapping::Compat;
    IoThread io;
    openai::Server server(io, options, behind);
    const QUrl url = orThrow(server.listen());
    const QString base = url.toString() + QStringLiteral("/v1");
    const Json more{{QStringLiteral("base_url"), base}};
    writeReady(line.json(), url.toString(), more, base);
    QCoro::Task<int> serving = serveUntilStopped(&server, served);
    co_return co_await serving;
}

} // namespace sluice::ctl
