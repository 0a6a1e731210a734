#include "listing_p.h"

#include "sluice/base/log.h"

#include <algorithm>
#include <climits>

namespace sluice::byoc::listing {

namespace {

/// A token is asked for under this name where no capability is known; any name is answered (byoc.md 3).
const QString AnyName = QStringLiteral("sluice-hello");
constexpr qsizetype MaxProbeBytes = 64 * 1024;

QList<Verb> verbsOf(const QStringList &names)
{
    QList<Verb> verbs;
    for (const QString &name : names) {
        if (const auto verb = verbFromName(name); verb && !verbs.contains(*verb))
            verbs.append(*verb);
    }
    return verbs.isEmpty() ? QList<Verb>{Verb::Run, Verb::Stream} : verbs;
}

CapabilityInfo infoFrom(const ListedCapability &listed, const QUrl &origin)
{
    CapabilityInfo info;
    info.name = listed.name;
    info.title = listed.name;
    info.model = listed.about.modelId;
    info.description = listed.description;
    info.version = listed.about.version;
    info.verbs = verbsOf(listed.about.verbs);
    info.verbsTold = !listed.about.verbs.isEmpty();
    info.path = listed.about.path;
    const bool wei = listed.currency.isEmpty() || listed.currency == QStringLiteral("wei");
    if (listed.pricePerUnit && wei)
        info.price = PriceQuote{*listed.pricePerUnit, listed.priceScaling, QStringLiteral("second")};
    if (listed.capacity)
        info.capacity = int(std::min<qint64>(*listed.capacity, INT_MAX));
    if (listed.available)
        info.availableCapacity = int(std::min<qint64>(*listed.available, INT_MAX));
    info.inputSchema = listed.about.inputSchema;
    info.outputSchema = listed.about.outputSchema;
    if (!info.inputSchema.isNull())
        info.schemaOrigin = origin.authority();
    if (listed.about.live)
        info.live = {listed.about.live->videoIn, listed.about.live->videoOut, listed.about.live->data, listed.about.live->raw};
    for (const ListedExample &example : listed.about.examples)
        info.examples.append({example.title, example.input});
    info.orchestrators = {origin};
    info.creditSeconds = MinimumCoveredSeconds;
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

/// One of which the network says no more than the name.
CapabilityInfo nameOnly(const QString &name, const QUrl &origin)
{
    CapabilityInfo info = CapabilityInfo::unlisted({BackendId, name, QString()});
    info.listed = true;
    info.orchestrators = {origin};
    info.creditSeconds = MinimumCoveredSeconds;
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

/// The BYOC names that an orchestrator tells in discovery's form, itself or by a discovery service.
void addNames(Told &told, const QStringList &names)
{
    for (const QString &name : names) {
        if (name.startsWith(livepeer::ByocPrefix) && name.size() > livepeer::ByocPrefix.size())
            told.capabilities.append(nameOnly(name.mid(livepeer::ByocPrefix.size()), told.origin));
    }
}

void addPrices(Told &told, const QMap<QString, PriceInfo> &prices)
{
    for (auto it = prices.cbegin(); it != prices.cend(); ++it) {
        const auto same = std::find_if(told.capabilities.begin(), told.capabilities.end(), [&](const CapabilityInfo &one) { return one.name == it.key(); });
        if (same == told.capabilities.end() && told.complete)
            continue; // its own list is the newer word
        CapabilityInfo &info = same == told.capabilities.end() ? told.capabilities.emplaceBack(nameOnly(it.key(), told.origin)) : *same;
        if (!info.price)
            info.price = PriceQuote{it->pricePerUnit, it->pixelsPerUnit, QStringLiteral("second")};
    }
}

bool isHtml(const QByteArray &contentType)
{
    return contentType.contains("html");
}

Error notANode(const QUrl &url, const QString &what, const QString &advice, const Error &seen)
{
    return Error(Error::Kind::NoOrchestrator, what).withAdvice(advice).withRequest("GET", url).withHttp(seen.httpStatus(), seen.body());
}

/// Nothing when the refusal of a token shows that an orchestrator refused it, else why it is none (byoc.md 3).
std::optional<Error> judgeTokenRefusal(const QUrl &origin, const Error &refused)
{
    const QString host = origin.authority();
    const bool http = refused.kind() == Error::Kind::Http || refused.kind() == Error::Kind::Payment;
    if (http && refused.httpStatus() == 400 && refused.body().contains("request not allowed"))
        return notANode(origin, QStringLiteral("%1 is a gateway, not an orchestrator.").arg(host),
            QStringLiteral("Use it as a gateway: sluicectl --gateway, or the kind “gateway” in the profile."), refused);
    if (http && (refused.httpStatus() == 400 || refused.httpStatus() == 503) && !refused.body().trimmed().startsWith('<'))
        return std::nullopt;
    if (http || refused.kind() == Error::Kind::Protocol)
        return notANode(origin, QStringLiteral("%1 answers, but not as an orchestrator: /process/token gave %2.").arg(host).arg(refused.httpStatus()),
            QStringLiteral("Check host and port: an orchestrator's is usually 8935. A gateway's (usually 9935) is used as a gateway."), refused);
    return refused; // no answer, a changed key, …
}

QCoro::Task<std::optional<Error>> whyNoOrchestrator(std::shared_ptr<Access> access, QUrl origin, QString name, CallContext context)
{
    std::optional<Error> refusal;
    try {
        co_await access->client.token(origin, name, context);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        refusal = judgeTokenRefusal(origin, error);
    }
    co_return refusal;
}

} // namespace

QCoro::Task<Told> listOf(std::shared_ptr<Access> access, QUrl origin, CallContext context)
{
    Told told;
    told.origin = origin;
    try {
        const auto listed = co_await access->client.capabilities(origin, context);
        told.complete = true;
        for (const ListedCapability &one : listed)
            told.capabilities.append(infoFrom(one, origin));
    } catch (const Error &error) {
        told.error = error;
    }
    // A node that answers but has no list may still say its names the other way.
    if (told.error && told.error->httpStatus() != 0) {
        try {
            const auto found = co_await access->network->toldBy(origin, context);
            for (const livepeer::DiscoveredOrchestrator &orchestrator : found)
                addNames(told, orchestrator.capabilities);
            told.complete = true;
            told.error.reset();
        } catch (const Error &error) {
            qCDebug(logByoc, "%s has no list of capabilities: %s", qUtf8Printable(origin.authority()), qUtf8Printable(error.message()));
        }
    }
    co_return told;
}

QCoro::Task<Told> of(std::shared_ptr<Access> access, QUrl origin, QString anyName, CallContext context)
{
    Told told = co_await listOf(access, origin, context);
    const bool reached = !told.error || told.error->httpStatus() != 0;
    if (!reached || access->throughGateway())
        co_return told;
    const QList<livepeer::NodeTerms> terms = co_await access->network->termsOf(origin, told.complete, context);
    for (const livepeer::NodeTerms &node : terms)
        addPrices(told, node.info.byocPrices);
    if (!told.complete)
        addNames(told, access->network->discoveredNames(origin));
    if (told.error && !terms.isEmpty())
        told.error.reset();
    if (told.error) {
        const QString name = anyName.isEmpty() ? AnyName : anyName;
        told.error = co_await whyNoOrchestrator(access, origin, name, context);
    }
    co_return told;
}

QCoro::Task<void> checkGateway(std::shared_ptr<Access> access, CallContext context)
{
    // Jobs are posted; their route refuses a GET, and Go's router says in plain text what it does not have (byoc.md 6).
    const QUrl gateway = access->network->access().gateway;
    HttpRequest request;
    request.url = gateway;
    request.url.setPath(gateway.path() + QStringLiteral("/process/request/"));
    request.trust = TrustPolicy::SystemCas;
    request.connectTimeout = access->timing().connectTimeout;
    request.maxBodyBytes = MaxProbeBytes;
    const HttpResponse response = co_await access->network->services().http().send(request, context.within(access->timing().discoveryTimeout));
    const QByteArray type = headers::value(response.headers, "Content-Type");
    const bool refusesGet = response.status == 405 || response.status == 400 || response.status == 401 || response.status == 403;
    const bool plain = response.status == 404 && (type.isEmpty() || type.startsWith("text/plain"));
    if (refusesGet || (plain && !isHtml(type)))
        co_return;
    throw Error(Error::Kind::NoOrchestrator, QStringLiteral("%1 answers, but not as a gateway: /process/request/ gave %2 %3.")
                                                 .arg(gateway.authority()).arg(response.status).arg(QString::fromLatin1(type)).trimmed())
        .withAdvice(QStringLiteral("Check host and port: a gateway's is usually 9935. An orchestrator's address (usually 8935) is used as an orchestrator."))
        .withRequest("GET", request.url).withHttp(response.status, response.body);
}

} // namespace sluice::byoc::listing
