#include "backend_p.h"

#include "sluice/aigateway/refusal.h"

namespace sluice::aigateway {

namespace {

const QString Listing = QStringLiteral("capabilities");
const QString NetworkCapabilities = QStringLiteral("getNetworkCapabilities");
const QString Health = QStringLiteral("healthz");

bool isPage(const HttpResponse &response)
{
    return headers::mediaType(response.headers).contains("html");
}

Error notAGateway(const QUrl &url, const HttpResponse &seen)
{
    return Error(Error::Kind::NoOrchestrator, QStringLiteral("%1 answers, but not as an AI gateway.").arg(url.authority()))
        .withAdvice(QStringLiteral("Check host and port: a gateway's is usually 9935. One of your own has these paths only with HTTP ingest on (-httpIngest)."))
        .withRequest("GET", url)
        .withHttp(seen.status, isPage(seen) ? QByteArray() : seen.body);
}

/// Nothing when a gateway answers at that address; it tells no more than that.
QCoro::Task<void> checkGateway(std::shared_ptr<Access> access, CallContext context)
{
    const HttpResponse health = co_await access->client->get(Health, context);
    if (health.status == 200 && !isPage(health))
        co_return;
    // A hosted one need not have that. This throws where a key is wanted.
    try {
        const LlmSign sign = co_await access->dialects.ask(access->client, context);
        if (sign == LlmSign::Gateway || sign == LlmSign::Legacy)
            co_return;
    } catch (const Error &error) {
        if (error.httpStatus() != 404 && error.httpStatus() != 405)
            throw;
    }
    throw notAGateway(access->client->urlOf(Health), health);
}

/// What the gateway tells at one of its lists; nothing when it has none there.
QCoro::Task<std::optional<QList<CapabilityInfo>>> toldAt(std::shared_ptr<Access> access, QString path, CallContext context)
{
    const HttpResponse response = co_await access->client->get(path, context);
    if (response.status == 401 || response.status == 403)
        throw refusedError(response.status, response.body, access->client->hasKey()).withRequest("GET", access->client->urlOf(path));
    std::optional<QList<CapabilityInfo>> told;
    if (response.status != 200)
        co_return told;
    const QUrl gateway = access->client->gateway();
    const auto infos = path == Listing ? readListing(response.body, gateway) : readNetworkCapabilities(response.body, gateway);
    if (infos)
        told = *infos;
    co_return told;
}

} // namespace

QCoro::Task<BackendListing> listed(std::shared_ptr<Access> access, CallContext context)
{
    const CallContext asked = context.within(access->askTimeout);
    BackendListing listing;
    const QStringList lists{Listing, NetworkCapabilities};
    for (const QString &path : lists) {
        const auto told = co_await toldAt(access, path, asked);
        if (!told)
            continue;
        listing.capabilities = *told;
        listing.complete = true;
        break;
    }
    if (!listing.complete) {
        co_await checkGateway(access, asked);
        // It lists nothing, and may offer every one of them.
        for (const Pipeline &pipeline : pipelines()) {
            CapabilityInfo info = infoOf(pipeline, access->client->gateway());
            info.listed = false;
            listing.capabilities.append(info);
        }
    }
    listing.reached.append(access->client->gateway());
    co_return listing;
}

} // namespace sluice::aigateway
