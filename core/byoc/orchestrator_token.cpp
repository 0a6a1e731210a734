#include "orchestrator_p.h"

#include "sluice/payments/balance_text.h"

namespace sluice::byoc {

namespace {

/// The member forms of the JSON samples of 2025 (byoc.md 10), which clients still meet.
void writeAsStrings(Json &token)
{
    const Json price = token.value(QStringLiteral("price"));
    const auto asText = [](const Json &number) {
        return Json(QString::fromLatin1(number.isNull() ? QByteArray("0") : number.numberText()));
    };
    token.insert(QStringLiteral("price"),
        Json{{QStringLiteral("price_per_unit"), asText(price.value(QStringLiteral("pricePerUnit")))},
            {QStringLiteral("pixels_per_unit"), asText(price.value(QStringLiteral("pixelsPerUnit")))}});
    if (token.contains(QStringLiteral("balance")))
        token.insert(QStringLiteral("balance"), asText(token.value(QStringLiteral("balance"))));
}

} // namespace

Expected<std::pair<TokenCredentials, Address>, Refusal> Orchestrator::Server::verifiedCredentials(const Headers &headers) const
{
    const QByteArray value = headers::value(headers, header::Sender);
    if (value.isEmpty())
        return unexpected(Refusal{400, "Must have eth address and signature on address in Livepeer-Eth-Address header"});
    const Refusal invalid{400, "Invalid eth address header "};
    const auto credentials = TokenCredentials::fromHeader(value);
    if (!credentials)
        return unexpected(invalid);
    const auto address = Address::fromHex(credentials->addr);
    if (!isSignature(credentials->sig, address, credentials->signingBytes()))
        return unexpected(invalid);
    return std::pair(*credentials, address ? *address : Address());
}

Expected<PriceInfo> Orchestrator::Server::priceFor(const Address &sender, qint64 pricePerSecond)
{
    PriceInfo price{options.offChain ? 0 : pricePerSecond, 1};
    if (!options.autoAdjustPrice || price.isFree())
        return price;
    // Overhead 1 + 1 / multiplier, where a ticket's face value is `multiplier` times what redeeming it costs.
    const FaceValueTerms &terms = recipient.config().terms;
    const auto faceValue = faceValueFor(terms, recipient.maxFloat(sender));
    if (!faceValue)
        return unexpected(faceValue.error());
    const Wei redeeming = terms.gasPrice * terms.redeemGas;
    const Rational adjusted = price.asRational() * Rational(*faceValue + redeeming, *faceValue);
    price.pricePerUnit = floorOf(adjusted).convert_to<qint64>();
    return price;
}

Expected<QByteArray, Refusal> Orchestrator::Server::tokenFor(const Headers &headers)
{
    const auto sender = verifiedCredentials(headers);
    if (!sender)
        return unexpected(sender.error());
    const auto &[credentials, address] = *sender;
    const QString name = QString::fromUtf8(headers::value(headers, header::Capability));
    if (name.isEmpty())
        return unexpected(Refusal{400, "Job capabilities not provided, must provide comma separated capabilities in "
                                       "Livepeer-Capability header"});

    const auto capability = table.find(name);
    const auto price = priceFor(address, capability ? capability->pricePerSecond : 0);
    if (!price) {
        const QByteArray reason = price.error().message().toUtf8();
        return unexpected(Refusal{reason == "insufficient sender reserve" ? 503 : 400, "Could not get price err=" + reason});
    }
    JobToken token;
    token.sender = credentials;
    if (!options.offChain) {
        const auto params = recipient.issue(address, *price);
        if (!params)
            return unexpected(Refusal{400, "Could not get ticket params err=" + params.error().message().toUtf8()});
        token.ticketParams = *params;
    }
    token.balance = balance_text::token(recipient.ledger().balance(address, name).value_or(Rational()));
    token.price = *price;
    token.serviceAddr = serviceAddr();
    token.availableCapacity = capability ? capability->available() : 0;
    Json json = token.toJson();
    if (has(Quirk::StringPrices))
        writeAsStrings(json);
    return json.dump();
}

Awaitable<void> Orchestrator::Server::handleToken(ServerRequest request, ServerResponse &response)
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    const auto token = tokenFor(request.headers);
    if (!token)
        co_await refuse(token.error(), response);
    else
        co_await response.send(200, jsonHeaders(), *token + '\n');
}

} // namespace sluice::byoc
