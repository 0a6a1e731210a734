#include "sluice/gateway/network_access.h"

#include "sluice/gateway/token_bundle.h"

namespace sluice {

namespace {

/// An http(s) address; "https" where the scheme is missing.
Expected<QUrl> httpUrl(const QString &text, const QString &what)
{
    const QString trimmed = text.trimmed();
    const QUrl url(trimmed.contains(QStringLiteral("://")) ? trimmed : QStringLiteral("https://") + trimmed, QUrl::StrictMode);
    const bool http = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    if (!url.isValid() || url.host().isEmpty() || !http)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("“%1” is no address of %2.").arg(trimmed.left(200), what))
                              .withAdvice(QStringLiteral("An address looks like https://host:8935.")));
    return url;
}

Expected<QUrl> origin(const QString &text, const QString &what)
{
    auto url = httpUrl(text, what);
    if (!url)
        return url;
    return url->adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

struct DiscoverySource {
    QString url;
    QList<std::pair<QByteArray, QByteArray>> headers;
};

} // namespace

Expected<QList<QUrl>> orchestratorOrigins(const QStringList &addresses)
{
    QList<QUrl> origins;
    for (const QString &entry : addresses) {
        for (const QString &address : entry.split(QLatin1Char(','))) {
            if (address.trimmed().isEmpty())
                continue;
            auto url = origin(address, QStringLiteral("an orchestrator"));
            if (!url)
                return unexpected(url.error());
            if (!origins.contains(*url))
                origins.append(*url);
        }
    }
    return origins;
}

Expected<NetworkAccess> NetworkAccess::from(const GatewayConfig &config)
{
    TokenBundle bundle;
    if (!config.token.isEmpty()) {
        auto parsed = parseTokenBundle(config.token.expose());
        if (!parsed)
            return unexpected(parsed.error());
        bundle = *parsed;
    }
    const bool tokenFirst = config.precedence == GatewayConfig::Precedence::Shipped10;
    NetworkAccess access;

    if (!config.gatewayUrl.trimmed().isEmpty()) {
        auto url = httpUrl(config.gatewayUrl, QStringLiteral("a gateway"));
        if (!url)
            return unexpected(url.error());
        access.gateway = url->adjusted(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    }

    const bool explicitSigner = !config.signerUrl.trimmed().isEmpty();
    const bool useBundleSigner = !bundle.signer.isEmpty() && (tokenFirst || !explicitSigner);
    if (explicitSigner || useBundleSigner) {
        auto url = origin(useBundleSigner ? bundle.signer : config.signerUrl, QStringLiteral("a signer"));
        if (!url)
            return unexpected(url.error());
        access.signer = *url;
        const bool bundleHeaders = !bundle.signerHeaders.isEmpty() && (tokenFirst || config.signerHeaders.isEmpty());
        access.signerHeaders = bundleHeaders ? bundle.signerHeaders : config.signerHeaders;
    }

    const QStringList lists[] = {tokenFirst ? bundle.orchestrators : config.orchUrls, tokenFirst ? config.orchUrls : bundle.orchestrators};
    for (const QStringList &list : lists) {
        auto origins = orchestratorOrigins(list);
        if (!origins)
            return unexpected(origins.error());
        if (!origins->isEmpty()) {
            access.orchestrators = *origins;
            return access;
        }
    }

    const DiscoverySource explicitSource{config.discoveryUrl.trimmed(), config.discoveryHeaders};
    const DiscoverySource bundleSource{bundle.discovery, bundle.discoveryHeaders};
    for (const DiscoverySource &source : {tokenFirst ? bundleSource : explicitSource, tokenFirst ? explicitSource : bundleSource}) {
        if (source.url.isEmpty())
            continue;
        auto url = httpUrl(source.url, QStringLiteral("a discovery service"));
        if (!url)
            return unexpected(url.error());
        access.discovery = *url;
        access.discoveryHeaders = source.headers;
        return access;
    }
    if (!access.signer.isEmpty()) {
        access.discovery = access.signer;
        access.discovery.setPath(QStringLiteral("/discover-orchestrators"));
        access.discoveryHeaders = access.signerHeaders;
        return access;
    }
    if (access.gateway.isEmpty())
        return unexpected(Error(Error::Kind::Config, QStringLiteral("Nothing says where the network is."))
                              .withAdvice(QStringLiteral("Set an orchestrator, a discovery URL, a signer, a gateway or a token.")));
    return access;
}

} // namespace sluice
