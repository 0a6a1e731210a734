#include "sluice/livepeer/discovery.h"

#include "sluice/livepeer/go_json.h"

namespace sluice::livepeer {

namespace {

constexpr int MaxDepth = 32;

} // namespace

Expected<QList<DiscoveredOrchestrator>> parseDiscovery(QByteArrayView body)
{
    const auto refuse = [](const QString &found) {
        return unexpected(Error(Error::Kind::Discovery, QStringLiteral("Discovery answered %1.").arg(found))
                              .withAdvice(QStringLiteral("A discovery URL answers a JSON array of objects with `address`.")));
    };
    if (body.size() > MaxDiscoveryBytes)
        return refuse(QStringLiteral("%1 bytes; at most %2 are read").arg(body.size()).arg(MaxDiscoveryBytes));
    const auto json = Json::parse(body, {MaxDiscoveryBytes, MaxDepth});
    if (body.trimmed().isEmpty())
        return refuse(QStringLiteral("nothing"));
    if (!json) {
        QString why = json.error().message();
        while (why.endsWith(QLatin1Char('.')))
            why.chop(1);
        return refuse(QStringLiteral("something that is not JSON: %1").arg(why));
    }
    if (!json->isArray())
        return refuse(QStringLiteral("something that is no JSON array"));
    QList<DiscoveredOrchestrator> orchestrators;
    for (const Json &entry : json->items()) {
        DiscoveredOrchestrator orchestrator;
        orchestrator.address = member(entry, QStringLiteral("address")).toString().trimmed();
        if (orchestrator.address.isEmpty())
            continue;
        orchestrator.score = member(entry, QStringLiteral("score")).toDouble(1);
        const Json capabilities = member(entry, QStringLiteral("capabilities"));
        for (const Json &name : capabilities.items()) {
            if (name.isString())
                orchestrator.capabilities.append(name.toString());
        }
        orchestrators.append(orchestrator);
    }
    return orchestrators;
}

QCoro::Task<QList<DiscoveredOrchestrator>> discover(HttpClient &http, DiscoveryService service, CallContext context)
{
    HttpRequest request;
    request.url = service.url;
    request.headers = service.headers;
    request.trust = service.trust;
    request.connectTimeout = service.connectTimeout;
    request.maxBodyBytes = MaxDiscoveryBytes;
    const HttpResponse response = co_await http.send(request, context.within(service.timeout));
    if (response.status != 200)
        throw Error(Error::Kind::Http, QStringLiteral("The answer was %1 %2").arg(response.status)
                        .arg(QString::fromUtf8(response.body.left(500)).trimmed()))
            .withRequest("GET", service.url).withHttp(response.status, response.body);
    auto found = parseDiscovery(response.body);
    if (!found)
        throw Error(found.error()).withRequest("GET", service.url);
    co_return *found;
}

} // namespace sluice::livepeer
