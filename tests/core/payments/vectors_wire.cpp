#include "vector_case.h"

#include "sluice/base/bytes.h"
#include "sluice/payments/abi.h"
#include "sluice/payments/payment_codec.h"
#include "sluice/payments/sdk_token.h"
#include "sluice/payments/signed_messages.h"

using namespace sluice;

namespace {

U256 decimal(const VectorCase &c, const char *key)
{
    return orThrow(u256FromDecimal(c.text(key)));
}

ExpirationParams expirationOf(const VectorCase &c)
{
    return {c.integer("creation_round"), c.hash("creation_round_block_hash")};
}

TicketParams ticketParamsOf(const VectorCase &c)
{
    TicketParams params;
    params.recipient = c.address("recipient");
    params.faceValue = decimal(c, "face_value");
    params.winProb = c.hexNumber("win_prob");
    params.recipientRandHash = c.hash("recipient_rand_hash");
    params.seed = c.hexNumber("seed");
    params.expirationBlock = decimal(c, "expiration_block");
    if (c.has("expiration_params"))
        params.expirationParams = expirationOf(c.object("expiration_params"));
    return params;
}

WirePayment paymentOf(const VectorCase &c)
{
    WirePayment payment;
    if (c.has("ticket_params"))
        payment.ticketParams = ticketParamsOf(c.object("ticket_params"));
    if (c.has("sender"))
        payment.sender = c.address("sender");
    if (c.has("expiration_params"))
        payment.expirationParams = expirationOf(c.object("expiration_params"));
    for (const Json &item : c.json().value(QStringLiteral("ticket_sender_params")).items()) {
        const VectorCase ticket(item);
        payment.tickets.append({static_cast<quint32>(ticket.integer("sender_nonce")), ticket.bytes("sig")});
    }
    if (c.has("expected_price"))
        payment.expectedPrice = c.object("expected_price").price();
    return payment;
}

void checkPayment(const VectorCase &c)
{
    const WirePayment payment = paymentOf(c.object("message"));
    same("encoded", encodePayment(payment), c.bytes("encoded_hex"));
    same("header", paymentHeader(payment), c.text("header_base64").toLatin1());
    const auto decoded = orThrow(parsePaymentHeader(c.text("header_base64").toLatin1()));
    same("decoded equals", decoded == payment, true);
    same("encoded again", encodePayment(decoded), c.bytes("encoded_hex"));
}

void checkOrchestratorRequest(const VectorCase &c)
{
    const QByteArray message = signed_messages::orchestratorRequest(c.key().address());
    OrchestratorRequest request{c.address("address"), signHashed(c.key(), message).toByteArray(), {}, c.flag("ignore_capacity_check")};
    same("signature", request.signature, c.bytes("sig"));
    if (c.has("capability")) {
        const auto id = static_cast<quint32>(c.integer("capability"));
        CapabilityRequest capabilities;
        capabilities.capacities.insert(id, 1);
        if (c.has("model"))
            capabilities.models.insert(id, {c.text("model")});
        if (c.has("bitstring"))
            capabilities.bitstring = capabilityBitstring({id});
        request.capabilities = capabilities;
    }
    same("encoded", encodeOrchestratorRequest(request), c.bytes("encoded_hex"));
}

void checkMinimalBigEndian(const VectorCase &c)
{
    same("bytes", toMinimalBytes(decimal(c, "decimal")), c.bytes("wire_hex"));
    same("number", toDecimal(orThrow(fromMinimalBytes(c.bytes("wire_hex")))), c.text("decimal"));
}

void checkBitstring(const VectorCase &c)
{
    QList<quint32> ids;
    for (const Json &id : c.json().value(QStringLiteral("capabilities")).items())
        ids.append(static_cast<quint32>(id.toInt64().value_or(0)));
    QStringList words;
    for (const quint64 word : capabilityBitstring(ids))
        words.append(QString::number(word));
    QStringList expected;
    for (const Json &word : c.json().value(QStringLiteral("bitstring_u64")).items())
        expected.append(word.toString());
    same("words", words.join(QLatin1Char(' ')), expected.join(QLatin1Char(' ')));
}

void checkJobToken(const VectorCase &c)
{
    const Json token = orThrow(Json::parse(c.text("json").toUtf8()));
    const PrivateKey key = c.key();
    const QString address = key.address().toChecksum();
    const Json credentials{{QStringLiteral("addr"), address}, {QStringLiteral("sig"), signHashed(key, address.toLatin1()).toHex()}};
    same("request header", bytes::toBase64(credentials.dump()), c.text("request_header_base64").toLatin1());
    same("echo", token.value(QStringLiteral("sender_address")).dump(), credentials.dump());

    if (c.has("recipient")) {
        const TicketParams params = orThrow(TicketParams::fromJson(token.value(QStringLiteral("ticket_params"))));
        same("recipient", params.recipient.toLower(), c.text("recipient"));
        same("face value", toDecimal(params.faceValue.value()), c.text("face_value"));
        same("win prob", toDecimal(params.winProb.value()), toDecimal(c.hexNumber("win_prob_hex")));
        same("rand hash", params.recipientRandHash.toHex(), c.text("recipient_rand_hash"));
        same("seed", toDecimal(params.seed.value()), toDecimal(c.hexNumber("seed_hex")));
        same("expiration", toDecimal(params.expirationBlock.value()), toDecimal(c.wei("expiration_block")));
        same("expiration params", params.expirationParams == expirationOf(c), true);
        same("params again", params.toJson().dump(), token.value(QStringLiteral("ticket_params")).dump());
    }
    const PriceInfo price = orThrow(priceFromJson(token.value(QStringLiteral("price"))));
    same("price", price == c.price(), true);
    same("price again", priceToJson(price).dump(), token.value(QStringLiteral("price")).dump());
    same("balance", QString::number(token.value(QStringLiteral("balance")).toInt64().value_or(0)), QString::number(c.integer("balance")));
    same("service", token.value(QStringLiteral("service_addr")).toString(), c.text("service_addr"));
    same("capacity", QString::number(token.value(QStringLiteral("available_capacity")).toInt64().value_or(0)),
         QString::number(c.integer("available_capacity")));
}

QStringList topLevel(const QString &types)
{
    QStringList out{QString()};
    int depth = 0;
    for (const QChar c : types) {
        depth += c == QLatin1Char('(') ? 1 : c == QLatin1Char(')') ? -1 : 0;
        if (c == QLatin1Char(',') && depth == 0)
            out.append(QString());
        else
            out.last() += c;
    }
    return out;
}

abi::Value abiValue(const QString &type, const Json &json);

QList<abi::Value> abiTuple(const QString &types, const Json &json)
{
    QList<abi::Value> values;
    const QStringList members = topLevel(types);
    same("arguments", QString::number(json.size()), QString::number(members.size()));
    for (qsizetype i = 0; i < members.size(); ++i)
        values.append(abiValue(members[i], json.at(i)));
    return values;
}

abi::Value abiValue(const QString &type, const Json &json)
{
    if (type.startsWith(QLatin1Char('(')))
        return abi::Tuple{abiTuple(type.mid(1, type.size() - 2), json)};
    const QString text = json.toString();
    if (type == QStringLiteral("bytes"))
        return {orThrow(bytes::fromHex(text.toLatin1()))};
    return {text.startsWith(QStringLiteral("0x")) ? orThrow(u256FromHex(text)) : orThrow(u256FromDecimal(text))};
}

void checkAbiCall(const VectorCase &c)
{
    const QString signature = c.text("signature");
    const qsizetype open = signature.indexOf(QLatin1Char('('));
    const QString types = signature.mid(open + 1, signature.size() - open - 2);
    same("selector", abi::selector(signature.toLatin1()), c.bytes("selector"));
    same("calldata", abi::call(signature.toLatin1(), abi::Tuple{abiTuple(types, c.json().value(QStringLiteral("args")))}), c.bytes("calldata_hex"));
}

void checkSenderInfo(const VectorCase &c)
{
    const SenderFunds funds = orThrow(abi::decodeSenderInfo(c.bytes("return_hex")));
    same("deposit", toDecimal(funds.deposit), c.text("deposit"));
    same("withdraw round", QString::number(funds.withdrawRound), c.text("withdraw_round"));
    same("reserve", toDecimal(funds.reserve), c.text("reserve_funds_remaining"));
    same("claimed", toDecimal(funds.claimedInCurrentRound), c.text("reserve_claimed_in_current_round"));
}

/// The parsed token as JSON again, with the keys that were there.
Json headersJson(const QList<std::pair<QString, Secret>> &headers)
{
    Json json = Json::object();
    for (const auto &[name, value] : headers)
        json.insert(name, QString::fromUtf8(value.expose()));
    return json;
}

void checkSdkToken(const VectorCase &c)
{
    const auto token = SdkToken::parse(c.text("token").toUtf8());
    same("valid", token.hasValue(), c.flag("valid"));
    if (!token) {
        same("error", token.error().message(), c.text("error"));
        return;
    }
    Json parsed = Json::object();
    if (token->orchestrators) {
        Json list = Json::array();
        for (const QString &url : *token->orchestrators)
            list.append(url);
        parsed.insert(QStringLiteral("orchestrators"), list);
    }
    if (token->signer)
        parsed.insert(QStringLiteral("signer"), *token->signer);
    if (token->signerHeaders)
        parsed.insert(QStringLiteral("signer_headers"), headersJson(*token->signerHeaders));
    if (token->discovery)
        parsed.insert(QStringLiteral("discovery"), *token->discovery);
    if (token->discoveryHeaders)
        parsed.insert(QStringLiteral("discovery_headers"), headersJson(*token->discoveryHeaders));
    const Json written = c.object("parsed").json();
    Json expected = written;
    for (const auto &[key, value] : written.members()) {
        if (value.isNull())
            expected.remove(key);
    }
    same("parsed", parsed.equivalent(expected), true);
}

} // namespace

QMap<QString, VectorCheck> wireChecks()
{
    return {{"payment_protobuf", checkPayment},
            {"orchestrator_request_protobuf", checkOrchestratorRequest},
            {"minimal_big_endian", checkMinimalBigEndian},
            {"capability_bitstring", checkBitstring},
            {"job_token", checkJobToken},
            {"abi_call", checkAbiCall},
            {"get_sender_info_return", checkSenderInfo},
            {"sdk_token", checkSdkToken}};
}
