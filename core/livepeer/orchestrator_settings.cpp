#include "sluice/livepeer/orchestrator_settings.h"

namespace sluice {

namespace {

const QString Orchestrators = QStringLiteral("orchestrators");
const QString Discovery = QStringLiteral("discovery");
const QString Signer = QStringLiteral("signer");
const QString GatewayKey = QStringLiteral("gateway");
const QString PrecedenceKey = QStringLiteral("precedence");
const QString Token = QStringLiteral("/token");
const QString SenderKey = QStringLiteral("/sender_key");
const QString SignerHeaders = QStringLiteral("/signer_headers/");
const QString DiscoveryHeaders = QStringLiteral("/discovery_headers/");
const QString Shipped = QStringLiteral("shipped-1.0");

void put(BackendSettings &settings, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        settings.values.insert(key, text);
}

/// Their order counts as little as a header's does, so that a map may hold them.
void put(BackendSettings &settings, const QString &prefix, const SecretHeaders &headers)
{
    for (const auto &[name, value] : headers)
        settings.secrets.insert(prefix + QString::fromLatin1(name), value);
}

SecretHeaders headersIn(const BackendSettings &settings, const QString &prefix)
{
    SecretHeaders headers;
    for (auto it = settings.secrets.lowerBound(prefix); it != settings.secrets.cend() && it.key().startsWith(prefix); ++it)
        headers.append({it.key().mid(prefix.size()).toLatin1(), it.value()});
    return headers;
}

Json textField(const char *title, const char *description, const char *format = nullptr)
{
    Json field{{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("title"), QString::fromUtf8(title)},
        {QStringLiteral("description"), QString::fromUtf8(description)}};
    if (format)
        field.insert(QStringLiteral("format"), QString::fromUtf8(format));
    return field;
}

} // namespace

BackendSettings OrchestratorSettings::toSettings() const
{
    BackendSettings settings;
    if (!orchUrls.isEmpty()) {
        Json list = Json::array();
        for (const QString &url : orchUrls)
            list.append(url);
        settings.values.insert(Orchestrators, list);
    }
    put(settings, Discovery, discoveryUrl);
    put(settings, Signer, signerUrl);
    put(settings, GatewayKey, gatewayUrl);
    if (precedence == Precedence::Shipped10)
        settings.values.insert(PrecedenceKey, Shipped);
    if (!token.isEmpty())
        settings.secrets.insert(Token, token);
    if (!senderKey.isEmpty())
        settings.secrets.insert(SenderKey, senderKey);
    put(settings, SignerHeaders, signerHeaders);
    put(settings, DiscoveryHeaders, discoveryHeaders);
    return settings;
}

OrchestratorSettings OrchestratorSettings::from(const BackendSettings &settings)
{
    OrchestratorSettings result;
    for (const Json &url : settings.values.value(Orchestrators).items())
        result.orchUrls.append(url.toString());
    result.discoveryUrl = settings.text(Discovery);
    result.signerUrl = settings.text(Signer);
    result.gatewayUrl = settings.text(GatewayKey);
    if (settings.text(PrecedenceKey) == Shipped)
        result.precedence = Precedence::Shipped10;
    result.token = settings.secret(Token);
    result.senderKey = settings.secret(SenderKey);
    result.signerHeaders = headersIn(settings, SignerHeaders);
    result.discoveryHeaders = headersIn(settings, DiscoveryHeaders);
    return result;
}

Json OrchestratorSettings::schema()
{
    const Json addresses{{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("title"), QStringLiteral("Orchestrators")},
        {QStringLiteral("description"), QStringLiteral("Addresses in order of preference: https://host:8935")},
        {QStringLiteral("items"), Json{{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("format"), QStringLiteral("uri")}}}};
    const Json properties{{Orchestrators, addresses},
        {Discovery, textField("Discovery", "Address of a service that lists orchestrators", "uri")},
        {Signer, textField("Signer", "Address of a remote signer", "uri")},
        {GatewayKey, textField("Gateway", "Address of a BYOC gateway that signs and pays; then nothing else is needed", "uri")},
        {QStringLiteral("token"), textField("Token", "Token bundle of a clearinghouse", "password")},
        {QStringLiteral("sender_key"), textField("Sender key", "Private key that signs and pays: 64 hex digits", "password")}};
    return Json{{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("properties"), properties}};
}

} // namespace sluice
