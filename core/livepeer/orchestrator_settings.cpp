#include "sluice/livepeer/orchestrator_settings.h"

#include "sluice/crypto/private_key.h"
#include "sluice/livepeer/network_access.h"
#include "sluice/livepeer/signer_login.h"

#include <QtCore/QCoreApplication>

namespace sluice {

namespace {

const QString OrchUrls = QStringLiteral("orch_urls");
const QString DiscoveryUrl = QStringLiteral("discovery_url");
const QString SignerUrl = QStringLiteral("signer_url");
const QString IssuerUrl = QStringLiteral("issuer_url");
const QString ClientId = QStringLiteral("client_id");
const QString Audience = QStringLiteral("audience");
const QString GatewayUrl = QStringLiteral("gateway_url");
const QString PrecedenceKey = QStringLiteral("precedence");
const QString Token = QStringLiteral("/token");
const QString SenderKey = QStringLiteral("/sender_key");
const QString SignerKey = QStringLiteral("/signer_key");
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

/// The words of the form; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::OrchestratorSettings)
};

Unexpected<Error> refuse(const QString &field, const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(field));
}

} // namespace

BackendSettings OrchestratorSettings::toSettings() const
{
    BackendSettings settings;
    if (!orchUrls.isEmpty()) {
        Json list = Json::array();
        for (const QString &url : orchUrls)
            list.append(url);
        settings.values.insert(OrchUrls, list);
    }
    put(settings, DiscoveryUrl, discoveryUrl);
    put(settings, SignerUrl, signerUrl);
    put(settings, IssuerUrl, issuerUrl);
    put(settings, ClientId, clientId);
    put(settings, Audience, audience);
    put(settings, GatewayUrl, gatewayUrl);
    if (precedence == Precedence::Shipped10)
        settings.values.insert(PrecedenceKey, Shipped);
    if (!token.isEmpty())
        settings.secrets.insert(Token, token);
    if (!senderKey.isEmpty())
        settings.secrets.insert(SenderKey, senderKey);
    if (!signerLogin.isEmpty())
        settings.secrets.insert(livepeer::SignerLoginSecret, signerLogin);
    put(settings, SignerHeaders, signerHeaders);
    put(settings, DiscoveryHeaders, discoveryHeaders);
    return settings;
}

OrchestratorSettings OrchestratorSettings::from(const BackendSettings &settings)
{
    OrchestratorSettings result;
    for (const Json &url : settings.values.value(OrchUrls).items())
        result.orchUrls.append(url.toString());
    result.discoveryUrl = settings.text(DiscoveryUrl);
    result.signerUrl = settings.text(SignerUrl);
    result.issuerUrl = settings.text(IssuerUrl);
    result.clientId = settings.text(ClientId);
    result.audience = settings.text(Audience);
    result.signerLogin = settings.secret(livepeer::SignerLoginSecret);
    result.gatewayUrl = settings.text(GatewayUrl);
    if (settings.text(PrecedenceKey) == Shipped)
        result.precedence = Precedence::Shipped10;
    result.token = settings.secret(Token);
    result.senderKey = settings.secret(SenderKey);
    result.signerHeaders = headersIn(settings, SignerHeaders);
    if (const Secret key = settings.secret(SignerKey); !key.isEmpty()) {
        QByteArray bearer = "Bearer " + key.expose().toByteArray();
        result.signerHeaders.append({"Authorization", Secret::take(bearer)});
    }
    result.discoveryHeaders = headersIn(settings, DiscoveryHeaders);
    return result;
}

Json OrchestratorSettings::schema()
{
    Json list{{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("title"), Words::tr("Orchestrators")},
        {QStringLiteral("description"), Words::tr("Asked in this order.")}};
    list.insert(QStringLiteral("items"), settings_schema::address(Words::tr("Orchestrator"), {}, QStringLiteral("https://orch.example:8935")));
    const Json own{{OrchUrls, list},
        {DiscoveryUrl, settings_schema::address(Words::tr("Discovery URL"), Words::tr("Where orchestrators are listed."), QStringLiteral("https://…"))},
        {QStringLiteral("token"), settings_schema::secret(Words::tr("Token"), Words::tr("A base64 token bundle; stored in the keychain."), Words::tr("token"),
             Words::tr("Without it the services that it names are not used."))},
        {QStringLiteral("sender_key"), settings_schema::secret(Words::tr("Sender key"), Words::tr("64 hex digits of the key that signs and pays; stored in the keychain."),
             Words::tr("sender key"), Words::tr("Without it nothing is signed or paid."))}};
    const Json bySigner{{OrchUrls, list}, own.members()[1],
        {SignerUrl, settings_schema::address(Words::tr("Signer URL"), Words::tr("Who signs and pays. Several, separated by commas: the next one is asked where one cannot be had."),
             QStringLiteral("https://signer.example"))},
        {QStringLiteral("signer_key"), settings_schema::secret(Words::tr("Signer key"), Words::tr("What the signer knows you by: sent as a bearer, to the signers alone; stored in the keychain."),
             Words::tr("signer key"), Words::tr("Without it a signer that asks for one signs nothing."))},
        {IssuerUrl, settings_schema::address(Words::tr("Clearinghouse"), Words::tr("Where you sign in with a browser instead of having a key."), QStringLiteral("https://clearinghouse.example"))},
        {ClientId, settings_schema::text(Words::tr("Client id"), Words::tr("How the clearinghouse knows this program; its operator tells it."))},
        {Audience, settings_schema::text(Words::tr("Audience"), Words::tr("What the sign-in is for, where the clearinghouse asks for it."))},
        own.members()[2]};
    const Json through{{GatewayUrl, settings_schema::address(Words::tr("Gateway URL"), Words::tr("The BYOC gateway that calls go through."),
                            QStringLiteral("http://gateway.example:9935"))}};
    const QString object = QStringLiteral("object");
    const Json variants = Json::array({
        Json{{QStringLiteral("type"), object}, {QStringLiteral("title"), Words::tr("Orchestrators, paid with my own key")},
            {QStringLiteral("properties"), own}},
        Json{{QStringLiteral("type"), object}, {QStringLiteral("title"), Words::tr("Orchestrators, paid by a remote signer")},
            {QStringLiteral("properties"), bySigner}, {QStringLiteral("required"), Json::array({Json(SignerUrl)})}},
        Json{{QStringLiteral("type"), object}, {QStringLiteral("title"), Words::tr("A gateway that signs and pays")},
            {QStringLiteral("properties"), through}, {QStringLiteral("required"), Json::array({Json(GatewayUrl)})}}});
    const Json oneLine{{OrchUrls, Json::array({Json(QString())})}}; // to write the first address into
    // What no form shows, and is kept all the same.
    const Json stored = Json::array({Json(livepeer::SignerLoginSecret.mid(1))});
    return Json{{QStringLiteral("title"), QStringLiteral("Livepeer")}, {QStringLiteral("anyOf"), variants}, {QStringLiteral("default"), oneLine},
        {QStringLiteral("x-stored-secrets"), stored}, {QStringLiteral("x-unshown"), Json::array({Json(PrecedenceKey)})}};
}

Expected<void> OrchestratorSettings::check(const BackendSettings &settings, bool secretsKept)
{
    const OrchestratorSettings wanted = from(settings);
    if (!wanted.senderKey.isEmpty() && !PrivateKey::fromHex(wanted.senderKey.expose()))
        return refuse(SenderKey, Words::tr("The sender key has 64 hex digits; this one does not."));
    const bool named = !wanted.orchUrls.isEmpty() || !wanted.discoveryUrl.isEmpty() || !wanted.gatewayUrl.isEmpty() || !wanted.signerUrl.isEmpty();
    if (!wanted.issuerUrl.isEmpty()) {
        if (const auto issuer = oauth::secureUrl(wanted.issuerUrl, Words::tr("a clearinghouse")); !issuer)
            return refuse(QLatin1Char('/') + IssuerUrl, issuer.error().message());
        if (wanted.signerUrl.isEmpty() && wanted.token.isEmpty() && !secretsKept)
            return refuse(QLatin1Char('/') + SignerUrl, Words::tr("A clearinghouse's sign-in is good for its signer: name that, too."));
    }
    if (!named && wanted.token.isEmpty() && !secretsKept)
        return refuse(QLatin1Char('/') + OrchUrls, Words::tr("Name an orchestrator, a discovery URL, or give a token that does."));
    return {};
}

std::optional<QString> OrchestratorSettings::payer(const BackendSettings &settings)
{
    const OrchestratorSettings wanted = from(settings);
    if (!wanted.gatewayUrl.isEmpty())
        return std::nullopt;
    const auto key = PrivateKey::fromHex(wanted.senderKey.expose());
    if (key)
        return key->address().toChecksum();
    const auto access = NetworkAccess::from(wanted);
    return access && !access->signers.isEmpty() ? access->signers.first().origin.toString() : QString();
}

} // namespace sluice
