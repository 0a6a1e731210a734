#include "orchestrator_p.h"

#include <QtCore/QUrlQuery>

namespace sluice::byoc {

namespace {

constexpr int MaxTickets = 2000;

ListedCapability listed(const RegisteredCapability &capability, bool isFree)
{
    ListedCapability entry;
    entry.name = capability.registration.name;
    entry.description = capability.registration.description;
    entry.capacity = capability.registration.capacity;
    entry.available = capability.available();
    // What a token would say: whole wei per second, whatever the worker registered.
    entry.pricePerUnit = isFree ? 0 : capability.pricePerSecond;
    entry.priceScaling = 1;
    entry.currency = QStringLiteral("wei");
    entry.about = capability.registration.about;
    return entry;
}

Json healthOf(const QList<RegisteredCapability> &capabilities)
{
    qint64 jobs = 0;
    for (const RegisteredCapability &capability : capabilities)
        jobs += capability.load;
    return Json{{QStringLiteral("status"), QStringLiteral("ok")},
        {QStringLiteral("capabilities"), qint64(capabilities.size())}, {QStringLiteral("jobs"), jobs}};
}

} // namespace

Awaitable<void> Orchestrator::Server::handleCapabilities(const ServerRequest &request, ServerResponse &response)
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    QList<ListedCapability> entries;
    const QList<RegisteredCapability> all = table.all();
    for (const RegisteredCapability &capability : all)
        entries.append(listed(capability, options.offChain));
    co_await sendJson(listingToJson(entries), response);
}

Awaitable<void> Orchestrator::Server::handleDiscovery(const ServerRequest &request, ServerResponse &response)
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    const QStringList wanted
        = QUrlQuery(QString::fromLatin1(request.query)).allQueryItemValues(QStringLiteral("caps"), QUrl::FullyDecoded);
    DiscoveredOrchestrator self;
    self.address = serviceAddr();
    const QList<RegisteredCapability> all = table.all();
    for (const RegisteredCapability &capability : all)
        self.capabilities.append(QStringLiteral("byoc/") + capability.registration.name);
    QList<DiscoveredOrchestrator> others;
    if (options.mounted && options.mounted->discovered)
        others = options.mounted->discovered();
    for (const DiscoveredOrchestrator &other : std::as_const(others)) {
        if (other.address == url.toString())
            self.capabilities += other.capabilities;
    }
    others.removeIf([this](const DiscoveredOrchestrator &other) { return other.address == url.toString(); });
    QList<DiscoveredOrchestrator> found = others;
    found.prepend(self);
    found.removeIf([&wanted](const DiscoveredOrchestrator &one) {
        const auto offers = [&one](const QString &cap) { return one.capabilities.contains(cap); };
        return !wanted.isEmpty() && std::none_of(wanted.begin(), wanted.end(), offers);
    });
    co_await sendJson(discoveryToJson(found), response);
}

Awaitable<void> Orchestrator::Server::handleTickets(const ServerRequest &request, ServerResponse &response)
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    if (!journal) {
        co_await response.sendText(404, "This orchestrator keeps no journal of tickets");
        co_return;
    }
    const auto sender = verifiedCredentials(request.headers);
    if (!sender) {
        co_await refuse(sender.error(), response);
        co_return;
    }
    co_await sendJson(outcomesToJson(journal->outcomes(sender->second, chain.latestL1Block(), MaxTickets)), response);
}

Awaitable<void> Orchestrator::Server::handleHealth(const ServerRequest &request, ServerResponse &response)
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    co_await sendJson(healthOf(table.all()), response);
}

} // namespace sluice::byoc
