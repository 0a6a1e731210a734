#include "sluice/livepeer/network_access.h"

#include "sluice/payments/sdk_token.h"

#include <QtNetwork/QHostAddress>

#include <algorithm>

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

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    const int usual = a.scheme() == QLatin1String("http") ? 80 : 443;
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port(usual) == b.port(usual);
}

struct DiscoverySource {
    QString url;
    SecretHeaders headers;
};

SecretHeaders headersOf(const std::optional<QList<std::pair<QString, Secret>>> &given)
{
    SecretHeaders list;
    for (const auto &[name, value] : given.value_or(QList<std::pair<QString, Secret>>()))
        list.append({name.toUtf8(), value});
    return list;
}

/// Nothing, or the error for secret headers over plain HTTP.
std::optional<Error> overPlainHttp(const QUrl &url, const SecretHeaders &headers, bool bySignIn, const QString &what)
{
    const bool here = url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    if ((headers.isEmpty() && !bySignIn) || url.scheme() != QLatin1String("http") || here)
        return std::nullopt;
    return Error(Error::Kind::Config, QStringLiteral("%1 is %2 over plain HTTP, and its headers are secret: they were not sent.").arg(url.toString(), what))
        .withAdvice(QStringLiteral("Use its https address, or leave the headers out."));
}

/// The token's content, or an empty one when there is no token.
Expected<SdkToken> unpacked(const Secret &token)
{
    if (token.isEmpty())
        return SdkToken();
    auto parsed = SdkToken::parse(token.expose());
    // Nothing in it that is known: a bundle of a later kind, which must not pass for an empty one.
    if (parsed && !parsed->orchestrators && !parsed->signer && !parsed->discovery)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("The token names neither orchestrators nor a signer nor a discovery service."))
                              .withAdvice(QStringLiteral("Bundles of issuers are not supported yet; ask for a token with those fields.")));
    return parsed;
}

/// The settings' signers or the token's, each with the headers that were given for it.
Expected<QList<SignerAccess>> signersFrom(const OrchestratorSettings &config, const SdkToken &token, bool tokenFirst)
{
    const QString what = QStringLiteral("a signer");
    const QString tokenSigner = token.signer.value_or(QString()).trimmed();
    QStringList named;
    for (const QString &one : config.signerUrl.split(QLatin1Char(','))) {
        if (!one.trimmed().isEmpty())
            named.append(one.trimmed());
    }
    const SecretHeaders &configHeaders = config.signerHeaders;
    const SecretHeaders tokenHeaders = headersOf(token.signerHeaders);
    const bool useToken = !tokenSigner.isEmpty() && (tokenFirst || named.isEmpty());
    QList<QUrl> ofConfig;
    for (const QString &one : std::as_const(named)) {
        const auto url = origin(one, what);
        if (!url)
            return unexpected(url.error());
        ofConfig.append(*url);
    }
    const auto ofToken = origin(tokenSigner, what);
    if (useToken && !ofToken)
        return unexpected(ofToken.error());
    QList<SignerAccess> signers;
    for (const QUrl &url : useToken ? QList<QUrl>{*ofToken} : std::as_const(ofConfig)) {
        // A credential belongs to the address that it was given for, and is sent to no other.
        const bool tokenHeadersFit = !tokenSigner.isEmpty() && ofToken && sameOrigin(*ofToken, url);
        const auto same = [&url](const QUrl &one) { return sameOrigin(one, url); };
        const bool configHeadersFit = ofConfig.isEmpty() || std::any_of(ofConfig.begin(), ofConfig.end(), same);
        SignerAccess access{url, {}};
        if (tokenHeadersFit && !tokenHeaders.isEmpty() && (tokenFirst || configHeaders.isEmpty() || !configHeadersFit))
            access.headers = tokenHeaders;
        else if (configHeadersFit)
            access.headers = configHeaders;
        // A person signs in for the signers that the profile names beside the clearinghouse.
        access.bySignIn = !useToken && !config.signerLogin.isEmpty();
        if (const auto refused = overPlainHttp(url, access.headers, access.bySignIn, what))
            return unexpected(*refused);
        signers.append(access);
    }
    return signers;
}

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

Expected<NetworkAccess> NetworkAccess::from(const OrchestratorSettings &config)
{
    const auto token = unpacked(config.token);
    if (!token)
        return unexpected(token.error());
    const QStringList tokenOrchestrators = token->orchestrators.value_or(QStringList());
    const bool tokenFirst = config.precedence == OrchestratorSettings::Precedence::Shipped10;
    NetworkAccess access;

    if (!config.gatewayUrl.trimmed().isEmpty()) {
        auto url = httpUrl(config.gatewayUrl, QStringLiteral("a gateway"));
        if (!url)
            return unexpected(url.error());
        access.gateway = url->adjusted(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    }

    auto signers = signersFrom(config, *token, tokenFirst);
    if (!signers)
        return unexpected(signers.error());
    access.signers = std::move(*signers);

    const QStringList lists[] = {tokenFirst ? tokenOrchestrators : config.orchUrls, tokenFirst ? config.orchUrls : tokenOrchestrators};
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
    const DiscoverySource tokenSource{token->discovery.value_or(QString()).trimmed(), headersOf(token->discoveryHeaders)};
    for (const DiscoverySource &source : {tokenFirst ? tokenSource : explicitSource, tokenFirst ? explicitSource : tokenSource}) {
        if (source.url.isEmpty())
            continue;
        auto url = httpUrl(source.url, QStringLiteral("a discovery service"));
        if (!url)
            return unexpected(url.error());
        if (const auto refused = overPlainHttp(*url, source.headers, false, QStringLiteral("a discovery service")))
            return unexpected(*refused);
        access.discovery = *url;
        access.discoveryHeaders = source.headers;
        return access;
    }
    if (!access.signers.isEmpty()) {
        access.discovery = access.signers.first().origin;
        access.discovery.setPath(QStringLiteral("/discover-orchestrators"));
        access.discoveryHeaders = access.signers.first().headers;
        access.discoveryBySignIn = access.signers.first().bySignIn;
        return access;
    }
    if (access.gateway.isEmpty())
        return unexpected(Error(Error::Kind::Config, QStringLiteral("Nothing says where the network is."))
                              .withAdvice(QStringLiteral("Set an orchestrator, a discovery URL, a signer, a gateway or a token.")));
    return access;
}

} // namespace sluice
