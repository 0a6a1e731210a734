#include "serving.h"
#include "text.h"
#include "worker_client.h"

#include "sluice/llmworker/provider.h"
#include "sluice/llmworker/server.h"
#include "sluice/net/host_guard.h"
#include "sluice/net/io_thread.h"

namespace sluice::ctl {

using namespace llmworker;

namespace {

CommandLine serveLine()
{
    CommandLine line(QStringLiteral("worker serve"), QStringLiteral("[options]"),
        Text::tr("Is an LLM worker until Ctrl-C: takes jobs over websockets at /ws/ and runs them one after the other."));
    line.addOption({QStringLiteral("address")}, Text::tr("Address to listen on; default: LISTEN_ADDRESS, else 127.0.0.1. At any other one, whoever reaches it spends what your keys and profile pay for."), QStringLiteral("IP"));
    line.addOption({QStringLiteral("port")}, Text::tr("Port, 0 for a free one; default: LISTEN_PORT, else 8001."), QStringLiteral("N"));
    line.addOption({QStringLiteral("host")}, Text::tr("A name by which clients reach this server besides its addresses; may be repeated."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("workers")}, Text::tr("Jobs at a time; default 1."), QStringLiteral("N"));
    line.addOption({QStringLiteral("p"), QStringLiteral("profile")},
        Text::tr("The capabilities of this profile as the provider \"local\", paid within its limits; the model in a template's settings names the capability."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("max-waiting")}, Text::tr("Jobs that may wait; a further one fails at once. Default: as many as fit into 256 MiB."), QStringLiteral("N"));
    line.addOption({QStringLiteral("queue")}, Text::tr("Keep the queue in this file, so that jobs that wait survive a restart."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("replay")}, Text::tr("Give the text so far to who listens with \"replay\":true."));
    line.addOption({QStringLiteral("cancel")}, Text::tr("Take the message {\"type\":\"cancel\",\"job_id\":…}."));
    line.addOption({QStringLiteral("list-jobs")}, Text::tr("Take the message {\"type\":\"jobs\"}; it tells everybody every job's id."));
    line.addOption({QStringLiteral("tell-streams")}, Text::tr("Tell who asks with \"tell_streams\":true what each stream of a template says, takes and costs."));
    line.addJson();
    line.addNote(Text::tr("The first line of standard output says where it listens: an address, or with --json {\"event\":\"ready\",\"url\":…,\"listens_on\":…}."));
    line.addNote(Text::tr("Environment, and a file .env: LISTEN_ADDRESS, LISTEN_PORT, OPENAI_API_KEY, OPENAI_BASE_URL, VLLM_URI, VLLM_API_KEY."));
    line.addExample(QStringLiteral("VLLM_URI=http://localhost:11434/v1 sluicectl worker serve --port 8001"), Text::tr("Models of a server on this machine, as the provider \"vllm\"."));
    return line;
}

ServerOptions optionsFrom(const CommandLine &line, const Environment &environment)
{
    ServerOptions options;
    options.address = line.has(QStringLiteral("address")) ? line.value(QStringLiteral("address"))
                                                        : environment.address;
    options.port = quint16(line.number(QStringLiteral("port"), environment.port, 0, 65535));
    options.hosts = line.values(QStringLiteral("host"));
    options.workers = int(line.number(QStringLiteral("workers"), 1, 1, 1000));
    options.maxWaiting = int(line.number(QStringLiteral("max-waiting"), 0, 1, 1'000'000));
    options.queueFile = line.value(QStringLiteral("queue"));
    options.replay = line.has(QStringLiteral("replay"));
    options.cancel = line.has(QStringLiteral("cancel"));
    options.listJobs = line.has(QStringLiteral("list-jobs"));
    options.tellStreams = line.has(QStringLiteral("tell-streams"));
    return options;
}

} // namespace

QCoro::Task<int> workerServe(QStringList arguments, OpenProfile open)
{
    CommandLine line = serveLine();
    if (const auto code = line.parse(arguments, 0, 0))
        co_return *code;
    const Environment environment = workerEnvironment();
    const ServerOptions options = optionsFrom(line, environment);
    Providers providers = environment.providers();
    std::shared_ptr<ServedProfile> served;
    const QString profile = line.value(QStringLiteral("profile"));
    if (!profile.isEmpty()) {
        served = co_await open(profile);
        providers.emplace(QStringLiteral("local"), served->provider());
    }
    IoThread io;
    Server server(io, options, providers);
    const QUrl url = orThrow(server.listen());
    const Json more{{QStringLiteral("listens_on"), options.address}};
    writeReady(line.json(), url.toString(), more);
    if (!isLoopbackAddress(options.address))
        writeErr(Text::tr("It listens on %1, port %2, and asks nobody for a key: whoever reaches that address spends what your keys and profile pay for. "
                          "With --address 127.0.0.1 only this machine reaches it.").arg(options.address).arg(url.port()));
    QCoro::Task<int> serving = serveUntilStopped(&server, served);
    co_return co_await serving;
}

} // namespace sluice::ctl
