// What strangers answer before a call: who offers something, sign-in servers, a chain's node; and the rules that a file holds. Reading never crashes, and
// what is taken keeps what is promised of it.

#include "sluice/backend/selection_rules.h"
#include "sluice/livepeer/chain_account.h"
#include "sluice/livepeer/discovery_wire.h"
#include "sluice/net/oauth_wire.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace sluice;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isVisible(const Secret &token)
{
    const QByteArrayView text = token.expose();
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

void signIns(QByteArrayView input)
{
    const QUrl issuer(QStringLiteral("https://house.example"));
    if (const auto code = oauth::parseDeviceCode(input, issuer)) {
        require(code->userCode.size() >= 1 && code->userCode.size() <= 64 && !code->deviceCode.isEmpty() && isVisible(code->deviceCode));
        require(code->verificationUri.scheme() == QLatin1String("https") && code->verificationUri.userInfo().isEmpty());
        require(code->verificationUriComplete.isEmpty() || code->verificationUriComplete.scheme() == QLatin1String("https"));
        require(code->expiresIn.count() >= 1 && code->expiresIn.count() <= 86'400 && code->interval.count() >= 1 && code->interval.count() <= 60);
    }
    if (const auto tokens = oauth::parseTokens(input, QDateTime::fromSecsSinceEpoch(0, Qt::UTC), Secret())) {
        require(!tokens->access.isEmpty() && isVisible(tokens->access) && isVisible(tokens->refresh));
        oauth::Login login;
        login.issuer = issuer;
        login.tokenEndpoint = issuer;
        login.tokens = *tokens;
        const auto again = oauth::Login::fromSecret(login.toSecret());
        require(again && again->tokens.access == tokens->access && again->tokens.refresh == tokens->refresh);
    }
    if (const auto endpoints = oauth::parseMetadata(input, issuer))
        require(endpoints->device.scheme() == QLatin1String("https") && endpoints->token.scheme() == QLatin1String("https"));
    require(oauth::parseRefusal(input).code.size() <= 4000);
    (void)oauth::Login::fromSecret(Secret(input));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    signIns(input);
    if (const auto found = livepeer::parseDiscovery(input)) {
        for (const livepeer::DiscoveredOrchestrator &one : *found)
            require(!one.address.isEmpty());
    }
    (void)livepeer::parseAccount(input, livepeer::ChainAccess());
    const auto json = Json::parse(input, Json::Limits{1 << 16, 16});
    if (!json)
        return 0;
    if (const auto rules = SelectionRules::fromJson(*json)) {
        const auto again = SelectionRules::fromJson(rules->toJson());
        require(again && *again == *rules && rules->excluded.size() <= SelectionRules::MaxExcluded);
    }
    return 0;
}
