#include "sluice/gateway/local_servers.h"

#include "sluice/base/async.h"
#include "sluice/base/task.h"
#include "sluice/net/http_client.h"
#include "sluice/openai/endpoint.h"
#include "sluice/openai/local_servers.h"

namespace sluice::local_servers {

namespace {

/// What a look needs for as long as it runs.
struct Looker {
    Looker()
        : trust(pins)
        , http(trust)
    {
    }
    MemoryPinStore pins;
    TlsTrust trust;
    HttpClient http;
};

QCoro::Task<Found> found(std::shared_ptr<Looker> looker, QList<openai::LocalPlace> places, CallContext context)
{
    const openai::LocalFindings findings = co_await openai::findLocalServers(looker->http, places, context);
    Found result;
    result.others = findings.others;
    for (const openai::LocalPlace &place : std::as_const(places))
        result.asked.append(place.port);
    for (const openai::LocalServer &one : findings.servers) {
        Server server;
        server.baseUrl = one.base;
        server.product = one.product;
        server.certain = one.certain;
        server.version = one.version;
        server.wantsKey = one.wantsKey;
        server.isSluice = one.certain && one.product == QLatin1String("Sluice");
        for (const openai::ListedModel &model : one.models)
            server.models.append(model.id);
        for (const QString &model : std::as_const(server.models)) {
            if (openai::Endpoint::of(model).kind == openai::Endpoint::Kind::Chat)
                server.chatModels.append(model);
        }
        result.servers.append(server);
    }
    co_return result;
}

} // namespace

QFuture<Found> find(const QString &ports)
{
    const QString named = ports.isEmpty() ? qEnvironmentVariable("SLUICE_LOCAL_PORTS") : ports;
    const auto places = named.isEmpty() ? Expected<QList<openai::LocalPlace>>(openai::localPlaces()) : openai::localPlacesFrom(named);
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    if (!places) {
        const Completion<Found> refused;
        refused.fail(places.error());
        return refused.future();
    }
    return toFuture(found(std::make_shared<Looker>(), *places, context), source);
}

Json settingsOf(const Server &server)
{
    return Json{{QStringLiteral("base_url"), server.baseUrl.toString()}};
}

} // namespace sluice::local_servers
