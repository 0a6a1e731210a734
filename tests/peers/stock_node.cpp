#include "peers/stock_node.h"

#include "sluice/crypto/signature.h"

namespace sluice::test {

using boost::asio::awaitable;

namespace {

constexpr qsizetype RoutePrefix = 17; // "/process/request/"

bool isSignedBy(const QString &address, QByteArrayView message, const QString &signature)
{
    const auto signer = Address::fromHex(address);
    const auto sig = Signature::fromHex(signature.toLatin1());
    return signer && sig && verifyHashed(*signer, message, sig->toByteArray());
}

QString jobLine(const ServerRequest &request, const byoc::JobHeader &job)
{
    return QString::fromLatin1(request.path.mid(RoutePrefix)) + QLatin1Char(' ') + job.capability;
}

} // namespace

namespace stock_worker {

StockWorker reverse()
{
    return [](const ServerRequest &request, ServerResponse &response) -> awaitable<void> {
        const auto input = Json::parse(request.body);
        QString text = input ? input->value(QStringLiteral("text")).toString() : QString();
        std::reverse(text.begin(), text.end());
        const Json answer{{QStringLiteral("reversed"), text}, {QStringLiteral("path"), QString::fromLatin1(request.path.mid(RoutePrefix))}};
        const Headers fields{{"Content-Type", "application/json"}};
        co_await response.send(200, fields, answer.dump());
    };
}

StockWorker chat(const QByteArrayList &words)
{
    QByteArray events;
    for (const QByteArray &word : words)
        events += "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word + " \"}}]}\n\n";
    events += "data: [DONE]\n\n";
    return ScriptedOrchestrator::events(events);
}

} // namespace stock_worker

StockOrchestrator::~StockOrchestrator()
{
    stopServing();
}

void StockOrchestrator::registerCapability(const QByteArray &name, StockWorker worker, qint64 capacity)
{
    const std::lock_guard lock(m_registry);
    m_capabilities[name] = Registered{std::move(worker), capacity};
}

void StockOrchestrator::wantSignatures(bool on)
{
    const std::lock_guard lock(m_registry);
    m_signatures = on;
}

QStringList StockOrchestrator::jobs() const
{
    const std::lock_guard lock(m_registry);
    return m_jobs;
}

std::optional<StockOrchestrator::Registered> StockOrchestrator::registered(const QByteArray &name) const
{
    const std::lock_guard lock(m_registry);
    const auto found = m_capabilities.find(name);
    return found == m_capabilities.end() ? std::nullopt : std::optional(found->second);
}

std::optional<QByteArray> StockOrchestrator::refusalOf(const byoc::JobHeader &header) const
{
    bool signatures = false;
    {
        const std::lock_guard lock(m_registry);
        signatures = m_signatures;
    }
    if (signatures && !isSignedBy(header.sender, header.legacySigningBytes(), header.sig))
        return QByteArray("Could not verify job creds");
    if (header.timeoutSeconds == 0)
        return QByteArray("no timeout_seconds set with request, timeout_seconds is required");
    if (!registered(header.capability.toUtf8()))
        return QByteArray("No capacity available for capability");
    return std::nullopt;
}

awaitable<void> StockOrchestrator::token(const ServerRequest &request, ServerResponse &response)
{
    const QByteArray sender = headers::value(request.headers, byoc::header::Sender);
    const QByteArray capability = headers::value(request.headers, byoc::header::Capability);
    const auto credentials = byoc::TokenCredentials::fromHeader(sender);
    bool signatures = false;
    {
        const std::lock_guard lock(m_registry);
        signatures = m_signatures;
    }
    const auto known = registered(capability);
    if (request.method != "GET") {
        co_await response.sendText(405, "Method not allowed");
    } else if (sender.isEmpty()) {
        co_await response.sendText(400, "Must have eth address and signature on address in Livepeer-Eth-Address header");
    } else if (!credentials || (signatures && !isSignedBy(credentials->addr, credentials->signingBytes(), credentials->sig))) {
        co_await response.sendText(400, "Invalid eth address header ");
    } else if (capability.isEmpty()) {
        co_await response.sendText(400, "Job capabilities not provided, must provide comma separated capabilities in Livepeer-Capability header");
    } else if (!known) {
        // A token is given all the same; it knows neither price nor slots.
        byoc::JobToken token;
        token.sender = *credentials;
        token.serviceAddr = url().toString();
        const Headers fields{{"Content-Type", "application/json"}};
        co_await response.send(200, fields, token.toJson().dump() + '\n');
    } else {
        co_await LiveOrchestrator::token(request, response);
    }
}

awaitable<void> StockOrchestrator::other(const ServerRequest &request, ServerResponse &response)
{
    if (!request.path.startsWith("/process/request/")) {
        co_await response.sendText(404, "404 page not found");
        co_return;
    }
    const auto job = byoc::JobHeader::fromHeader(headers::value(request.headers, byoc::header::Job));
    if (request.method != "POST") {
        co_await response.sendText(405, "Method not allowed");
        co_return;
    }
    if (!job) {
        co_await response.sendText(400, "Could not verify job creds");
        co_return;
    }
    if (const auto refused = refusalOf(*job)) {
        co_await response.sendText(refused->startsWith("No capacity") ? 503 : 400, *refused);
        co_return;
    }
    book(headers::value(request.headers, byoc::header::Payment));
    const auto known = registered(job->capability.toUtf8());
    {
        const std::lock_guard lock(m_registry);
        m_jobs.append(jobLine(request, *job));
    }
    if (known->worker)
        co_await known->worker(request, response);
    else
        co_await response.sendText(404, "404 page not found\n");
}

StockGateway::StockGateway()
{
    m_server = std::make_unique<HttpServer>(m_io, HttpServerOptions(),
        [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    orThrow(m_server->listen());
}

StockGateway::~StockGateway()
{
    m_server->stop();
}

QUrl StockGateway::url() const
{
    return QUrl(m_server->origin());
}

void StockGateway::registerCapability(const QByteArray &name, StockWorker worker)
{
    const std::lock_guard lock(m_mutex);
    m_capabilities[name] = std::move(worker);
}

QStringList StockGateway::jobs() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs;
}

awaitable<void> StockGateway::handle(ServerRequest request, ServerResponse &response)
{
    if (!request.path.startsWith("/process/request/")) {
        co_await response.sendText(404, "404 page not found");
        co_return;
    }
    if (request.method != "POST") {
        co_await response.sendText(405, "Method not allowed");
        co_return;
    }
    const auto job = byoc::JobHeader::fromHeader(headers::value(request.headers, byoc::header::Job));
    if (!job) {
        co_await response.sendText(400, "Unable to parse job request, err=" + job.error().message().toUtf8());
        co_return;
    }
    StockWorker worker;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_capabilities.find(job->capability.toUtf8());
        if (found != m_capabilities.end()) {
            worker = found->second;
            m_jobs.append(jobLine(request, *job));
        }
    }
    if (worker)
        co_await worker(request, response);
    else
        co_await response.sendText(400, "No orchestrators found for capability " + job->capability.toUtf8());
}

} // namespace sluice::test
