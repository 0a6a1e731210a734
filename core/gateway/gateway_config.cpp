#include "sluice/gateway/gateway_config.h"

#include "sluice/base/secret_environment.h"
#include "sluice/net/oauth_wire.h"

#include <QtCore/QFile>
#include <QtCore/QtGlobal>

#include <algorithm>

namespace sluice {

namespace {

bool isHexKey(QByteArrayView text)
{
    if (text.startsWith("0x"))
        text = text.sliced(2);
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

/// What the variable holds, or the first line of the file that it names. Anything else stays as it is, so that the first
/// call can say that it is no key.
Secret keyFrom(const Secret &value)
{
    if (value.isEmpty() || isHexKey(value.expose()))
        return value;
    QFile file(QFile::decodeName(value.expose().toByteArray()));
    if (!file.open(QIODevice::ReadOnly))
        return value;
    QByteArray line = file.readLine(1024);
    Secret key(QByteArrayView(line).trimmed());
    cleanse(line.data(), std::size_t(line.size()));
    return key;
}

} // namespace

QList<Secret> GatewayConfig::secrets() const
{
    QList<Secret> all = toSettings().secrets.values();
    if (const auto login = oauth::Login::fromSecret(signerLogin)) // the tokens are secrets without what stands around them
        all << login->tokens.access << login->tokens.refresh;
    all.removeIf([](const Secret &secret) { return secret.isEmpty(); });
    for (const BackendSettings &settings : backends)
        all += settings.secrets.values();
    return all;
}

GatewayConfig GatewayConfig::fromEnvironment()
{
    GatewayConfig config;
    config.token = secretVariable("LIVEPEER_TOKEN");
    config.signerUrl = qEnvironmentVariable("LIVEPEER_SIGNER_URL");
    if (const Secret authorization = secretVariable("LIVEPEER_SIGNER_AUTH"); !authorization.isEmpty())
        config.signerHeaders.append({"Authorization", authorization});
    config.gatewayUrl = qEnvironmentVariable("LIVEPEER_GATEWAY_URL");
    if (const QString orchestrators = qEnvironmentVariable("LIVEPEER_ORCH_URL"); !orchestrators.isEmpty())
        config.orchUrls.append(orchestrators);
    config.senderKey = keyFrom(secretVariable("SLUICE_SENDER_KEY"));
    return config;
}

} // namespace sluice
