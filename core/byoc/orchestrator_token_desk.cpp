#include "orchestrator_token_desk_p.h"

#include "sluice/payments/balance_text.h"

namespace sluice::byoc {

namespace {

constexpr int MaxTickets = 2000;

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

TokenDesk::TokenDesk(SharedContext context, std::shared_ptr<const Registry> registry)
    : m_context(std::move(context))
    , m_registry(std::move(registry))
{
}

Expected<std::pair<TokenCredentials, Address>, HttpRefusal> TokenDesk::verifiedCredentials(const Headers &headers) const
{
    const QByteArray value = headers::value(headers, header::Sender);
    if (value.isEmpty())
        return unexpected(HttpRefusal{400, "Must have eth address and signature on address in Livepeer-Eth-Address header"});
    const HttpRefusal invalid{400, "Invalid eth address header "};
    const auto credentials = TokenCredentials::fromHeader(value);
    if (!credentials)
        return unexpected(invalid);
    const auto address = Address::fromHex(credentials->addr);
    if (!m_context->isSignature(credentials->sig, address, credentials->signingBytes()))
        return unexpected(invalid);
    return std::pair(*credentials, address ? *address : Address());
}

Expected<PriceInfo> TokenDesk::priceFor(const Address &sender, qint64 pricePerSecond) const
{
    PriceInfo price{m_context->options.offChain ? 0 : pricePerSecond, 1};
    if (!m_context->options.autoAdjustPrice || price.isFree())
        return price;
    // Overhead 1 + 1 / multiplier, where a ticket's face value is `multiplier` times what redeeming it costs.
    const FaceValueTerms &terms = m_context->recipient.config().terms;
    const auto faceValue = faceValueFor(terms, m_context->recipient.maxFloat(sender));
    if (!faceValue)
        return unexpected(faceValue.error());
    const Wei redeeming = terms.gasPrice * terms.redeemGas;
    const Rational adjusted = price.asRational() * Rational(*faceValue + redeeming, *faceValue);
    price.pricePerUnit = floorOf(adjusted).convert_to<qint64>();
    return price;
}

Expected<QByteArray, HttpRefusal> TokenDesk::tokenFor(const Headers &headers) const
{
    const auto sender = verifiedCredentials(headers);
    if (!sender)
        return unexpected(sender.error());
    const auto &[credentials, address] = *sender;
    const QString name = QString::fromUtf8(headers::value(headers, header::Capability));
    if (name.isEmpty())
        return unexpected(HttpRefusal{400, "Job capabilities not provided, must provide comma separated capabilities in "
                                       "Livepeer-Capability header"});

    const auto capability = m_registry->find(name);
    const auto price = priceFor(address, capability ? capability->pricePerSecond : 0);
    if (!price) {
        const QByteArray reason = price.error().message().toUtf8();
        return unexpected(HttpRefusal{reason == "insufficient sender reserve" ? 503 : 400, "Could not get price err=" + reason});
    }
    JobToken token;
    token.sender = credentials;
    if (!m_context->options.offChain) {
        const auto params = m_context->recipient.issue(address, *price);
        if (!params)
            return unexpected(HttpRefusal{400, "Could not get ticket params err=" + params.error().message().toUtf8()});
        token.ticketParams = *params;
    }
    token.balance = balance_text::token(m_context->recipient.ledger().balance(address, name).value_or(Rational()));
    token.price = *price;
    token.serviceAddr = m_context->node.serviceAddr();
    token.availableCapacity = capability ? capability->available() : 0;
    Json json = token.toJson();
    if (m_context->has(Quirk::StringPrices))
        writeAsStrings(json);
    return json.dump();
}

Awaitable<void> TokenDesk::handleToken(ServerRequest request, ServerResponse &response) const
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

Awaitable<void> TokenDesk::handleTickets(ServerRequest request, ServerResponse &response) const
{
    if (request.method != "GET") {
        co_await refuseMethod(response);
        co_return;
    }
    TicketJournal *const journal = m_context->journal;
    if (!journal) {
        co_await response.sendText(404, "This orchestrator keeps no journal of tickets");
        co_return;
    }
    const auto sender = verifiedCredentials(request.headers);
    if (!sender) {
        co_await refuse(sender.error(), response);
        co_return;
    }
    co_await sendJson(outcomesToJson(journal->outcomes(sender->second, m_context->chain.latestL1Block(), MaxTickets)), response);
}

} // namespace sluice::byoc
