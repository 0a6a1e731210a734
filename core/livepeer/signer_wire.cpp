#include "sluice/livepeer/signer_wire.h"

#include "sluice/base/bytes.h"
#include "sluice/base/json_text.h"
#include "sluice/livepeer/go_json.h"
#include "sluice/payments/balance_text.h"

namespace sluice::livepeer {

namespace {

constexpr int MaxDepth = 16;
constexpr qsizetype MaxText = 2000;

Unexpected<Error> refuse(const QString &text, Error::Kind kind = Error::Kind::InvalidInput)
{
    return unexpected(Error(kind, text));
}

QString base64(const QByteArray &data)
{
    return QString::fromLatin1(bytes::toBase64(data));
}

/// A text, or empty where it is absent or null.
Expected<QString> textIn(const Json &json, const QString &name)
{
    const Json value = member(json, name);
    if (!value.isNull() && !value.isString())
        return refuse(QStringLiteral("%1 must be a string").arg(name));
    return value.toString();
}

Expected<QByteArray> bytesIn(const Json &json, const QString &name)
{
    const auto text = textIn(json, name);
    if (!text)
        return unexpected(text.error());
    auto decoded = bytes::fromBase64(text->toLatin1());
    if (!decoded || text->toLatin1() != text->toUtf8())
        return refuse(QStringLiteral("%1 is no base64").arg(name));
    return std::move(*decoded);
}

Expected<qint64> integerIn(const Json &json, const QString &name)
{
    const Json value = member(json, name);
    if (value.isNull())
        return qint64(0);
    const auto number = value.toInt64();
    if (!number)
        return refuse(QStringLiteral("%1 must be an integer").arg(name));
    return *number;
}

Expected<Json> objectIn(QByteArrayView body, qsizetype bound)
{
    if (body.size() > bound)
        return refuse(QStringLiteral("the body has %1 bytes, at most %2 are read").arg(body.size()).arg(bound), Error::Kind::TooLarge);
    const auto json = Json::parse(body, {bound, MaxDepth});
    if (!json)
        return refuse(QStringLiteral("invalid JSON: %1").arg(json.error().message()));
    if (!json->isObject())
        return refuse(QStringLiteral("the body is no JSON object"));
    return *json;
}

Expected<std::optional<PriceCeiling>> ceilingIn(const Json &json)
{
    const Json value = member(json, QStringLiteral("maxPrice"));
    if (value.isNull())
        return std::optional<PriceCeiling>();
    if (!value.isObject())
        return refuse(QStringLiteral("maxPrice must be an object"));
    const Json price = member(value, QStringLiteral("price"));
    // Written in any way that JSON has, but for exponents, which would let a short text stand for a number without end.
    const auto number = balance_text::parse(price.numberText());
    if (!price.isNumber() || !number || *number <= 0)
        return refuse(QStringLiteral("maxPrice.price must be a positive decimal number"));
    const QString currency = member(value, QStringLiteral("currency")).toString();
    if (currency.compare(QLatin1String("wei"), Qt::CaseInsensitive) != 0)
        return refuse(QStringLiteral("maxPrice.currency must be wei"));
    const QString unit = member(value, QStringLiteral("unit")).toString();
    if (unit.isEmpty())
        return refuse(QStringLiteral("maxPrice.unit is missing"));
    return std::optional(PriceCeiling{*number, unit});
}

} // namespace

Json SignedState::toJson() const
{
    return Json{{QStringLiteral("State"), base64(state)}, {QStringLiteral("Sig"), base64(signature)}};
}

Expected<SignedState> SignedState::fromJson(const Json &json)
{
    if (!json.isObject())
        return refuse(QStringLiteral("state must be an object"));
    auto state = bytesIn(json, QStringLiteral("State"));
    auto signature = bytesIn(json, QStringLiteral("Sig"));
    if (!state || !signature)
        return unexpected(state ? signature.error() : state.error());
    if (state->size() > MaxStateBytes || signature->size() > MaxStateBytes)
        return refuse(QStringLiteral("state has more than %1 bytes").arg(MaxStateBytes), Error::Kind::TooLarge);
    return SignedState{std::move(*state), std::move(*signature)};
}

Json SignerPaymentRequest::toJson() const
{
    Json json{{QStringLiteral("orchestrator"), base64(orchestrator)}};
    const auto add = [&json](const QString &key, const QString &text) {
        if (!text.isEmpty())
            json.insert(key, text);
    };
    add(QStringLiteral("type"), type);
    add(QStringLiteral("ManifestID"), manifestId);
    if (state)
        json.insert(QStringLiteral("state"), state->toJson());
    add(QStringLiteral("app"), app);
    if (inPixels != 0)
        json.insert(QStringLiteral("inPixels"), inPixels);
    if (maxPrice)
        json.insert(QStringLiteral("maxPrice"),
            Json{{QStringLiteral("price"), Json::number(toFixed(maxPrice->price, 18).toLatin1())}, {QStringLiteral("currency"), "wei"},
                {QStringLiteral("unit"), maxPrice->unit}});
    add(QStringLiteral("capabilities"), capabilities.isEmpty() ? QString() : base64(capabilities));
    add(QStringLiteral("capability"), capability);
    return json;
}

Expected<SignerPaymentRequest> SignerPaymentRequest::parse(QByteArrayView body)
{
    const auto json = objectIn(body, MaxSignerRequestBytes);
    if (!json)
        return unexpected(json.error());
    SignerPaymentRequest request;
    std::optional<Error> fault;
    const auto take = [&fault](auto read, auto &into) {
        if (!fault && read)
            into = std::move(*read);
        else if (!fault)
            fault = read.error();
    };
    take(bytesIn(*json, QStringLiteral("orchestrator")), request.orchestrator);
    take(textIn(*json, QStringLiteral("type")), request.type);
    take(textIn(*json, QStringLiteral("ManifestID")), request.manifestId);
    take(textIn(*json, QStringLiteral("app")), request.app);
    take(integerIn(*json, QStringLiteral("inPixels")), request.inPixels);
    take(ceilingIn(*json), request.maxPrice);
    take(bytesIn(*json, QStringLiteral("capabilities")), request.capabilities);
    take(textIn(*json, QStringLiteral("capability")), request.capability);
    if (fault)
        return unexpected(*fault);
    const Json state = member(*json, QStringLiteral("state"));
    if (!state.isNull()) {
        auto read = SignedState::fromJson(state);
        if (!read)
            return unexpected(read.error());
        // Go's zero value of a state is no state.
        if (!read->state.isEmpty() || !read->signature.isEmpty())
            request.state = std::move(*read);
    }
    for (const QString *text : {&request.type, &request.manifestId, &request.app, &request.capability}) {
        if (text->size() > MaxText)
            return refuse(QStringLiteral("a text has more than %1 characters").arg(MaxText));
    }
    return request;
}

Json SignerPayment::toJson() const
{
    return Json{{QStringLiteral("payment"), QString::fromLatin1(payment)}, {QStringLiteral("segCreds"), QString::fromLatin1(segment)},
        {QStringLiteral("state"), state.toJson()}};
}

QByteArray SignerPayment::toText() const
{
    QByteArray out;
    out.reserve(payment.size() + segment.size() + 2 * (state.state.size() + state.signature.size()) + 100);
    const auto add = [&out](const char *before, const QString &text) {
        out += before;
        appendJson(out, text);
    };
    add("{\"payment\":", QString::fromLatin1(payment));
    add(",\"segCreds\":", QString::fromLatin1(segment));
    add(",\"state\":{\"State\":", base64(state.state));
    add(",\"Sig\":", base64(state.signature));
    return out + "}}";
}

Expected<SignerPayment> SignerPayment::parse(QByteArrayView body)
{
    const auto refused = [](const QString &what) {
        return refuse(QStringLiteral("The signer's answer is no payment: %1.").arg(what), Error::Kind::Protocol);
    };
    const auto json = objectIn(body, MaxSignerAnswerBytes);
    if (!json)
        return refused(json.error().message());
    SignerPayment answer;
    answer.payment = member(*json, QStringLiteral("payment")).toString().toLatin1();
    answer.segment = member(*json, QStringLiteral("segCreds")).toString().toLatin1();
    auto state = SignedState::fromJson(member(*json, QStringLiteral("state")));
    if (!state)
        return refused(state.error().message());
    if (answer.payment.isEmpty() || answer.segment.isEmpty() || state->state.isEmpty())
        return refused(QStringLiteral("payment, segCreds or state is missing"));
    answer.state = std::move(*state);
    return answer;
}

Json SignerJobRequest::toJson() const
{
    if (isLegacy())
        return Json{{QStringLiteral("request"), request}, {QStringLiteral("parameters"), parameters}};
    return Json{{QStringLiteral("id"), id}, {QStringLiteral("capability"), capability}, {QStringLiteral("request"), request},
        {QStringLiteral("parameters"), parameters}, {QStringLiteral("timeout_seconds"), timeoutSeconds}};
}

Expected<SignerJobRequest> SignerJobRequest::parse(QByteArrayView body)
{
    const auto json = objectIn(body, MaxSignerRequestBytes);
    if (!json)
        return unexpected(json.error());
    const auto id = textIn(*json, QStringLiteral("id"));
    const auto capability = textIn(*json, QStringLiteral("capability"));
    const auto request = textIn(*json, QStringLiteral("request"));
    const auto parameters = textIn(*json, QStringLiteral("parameters"));
    const auto timeout = integerIn(*json, QStringLiteral("timeout_seconds"));
    for (const auto *one : {&id, &capability, &request, &parameters}) {
        if (!*one)
            return unexpected(one->error());
    }
    if (!timeout)
        return unexpected(timeout.error());
    return SignerJobRequest{*id, *capability, *request, *parameters, *timeout};
}

Expected<SignedBy> SignedBy::parse(QByteArrayView body, const QString &accountKey)
{
    const auto json = objectIn(body, MaxSignerAnswerBytes);
    SignedBy answer;
    if (json) {
        answer.account = member(*json, accountKey).toString();
        answer.signature = member(*json, QStringLiteral("signature")).toString();
    }
    if (answer.account.isEmpty() || answer.signature.isEmpty())
        return refuse(QStringLiteral("The signer's answer has no %1 or no signature.").arg(accountKey), Error::Kind::Protocol);
    return answer;
}

QByteArray signerErrorBody(const QString &message)
{
    return Json{{QStringLiteral("error"), Json{{QStringLiteral("message"), message}}}}.dump();
}

QString signerErrorText(QByteArrayView body)
{
    const auto json = Json::parse(body.first(std::min<qsizetype>(body.size(), 64 * 1024)), {64 * 1024, MaxDepth});
    const auto said = json ? json->find(QStringLiteral("/error/message")) : std::nullopt;
    const QString text = said && said->isString() ? said->toString() : QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), MaxText)));
    return text.left(MaxText).trimmed();
}

} // namespace sluice::livepeer
