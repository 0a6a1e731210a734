#include "sluice/signer/webhook.h"

#include "sluice/base/log.h"
#include "sluice/payments/balance_text.h"

#include <boost/asio/awaitable.hpp>

namespace sluice::signer {

namespace {

constexpr qsizetype MaxAnswerBytes = 64 * 1024;
constexpr qsizetype MaxReason = 1000;

Unexpected<Refusal> refuse(int status, const QString &message)
{
    return {Refusal{status, message, {}}};
}

/// As Go writes header names: "Signer-Auth-Id".
QString canonical(const QByteArray &name)
{
    QByteArray text = name.toLower();
    bool upper = true;
    for (char &c : text) {
        if (upper && c >= 'a' && c <= 'z')
            c = char(c - 'a' + 'A');
        upper = c == '-';
    }
    return QString::fromLatin1(text);
}

} // namespace

QByteArray webhookQuestion(const Headers &callersHeaders, const QByteArray &state)
{
    Json fields = Json::object();
    for (const auto &[name, value] : callersHeaders) {
        const QString key = canonical(name);
        Json values = fields.value(key);
        values.append(QString::fromUtf8(value));
        fields.insert(key, values);
    }
    const auto parsed = Json::parse(state);
    return Json{{QStringLiteral("headers"), fields}, {QStringLiteral("state"), parsed ? *parsed : Json::object()}}.dump();
}

Expected<WebhookAnswer, Refusal> readWebhookAnswer(int httpStatus, QByteArrayView body)
{
    if (httpStatus != 200)
        return refuse(500, QStringLiteral("the auth webhook answered %1").arg(httpStatus));
    const auto json = Json::parse(body, {MaxAnswerBytes, 16});
    const auto status = json && json->isObject() ? json->value(QStringLiteral("status")).toInt64() : std::nullopt;
    if (!status || *status <= 0)
        return refuse(500, QStringLiteral("the auth webhook's answer has no status"));
    if (*status != 200) {
        if (*status < 400 || *status > 599)
            return refuse(500, QStringLiteral("the auth webhook's status %1 is no refusal").arg(*status));
        const QString reason = json->value(QStringLiteral("reason")).toString().left(MaxReason);
        return refuse(int(*status), reason.isEmpty() ? QStringLiteral("signer auth rejected request with status %1").arg(*status) : reason);
    }
    WebhookAnswer answer;
    answer.expiry = std::max<qint64>(0, json->value(QStringLiteral("expiry")).toInt64().value_or(0));
    answer.authId = json->value(QStringLiteral("auth_id")).toString().left(MaxReason);
    const Json price = json->value(QStringLiteral("maxPrice"));
    if (!price.isNull()) {
        // The same shape as a request's, or its price alone.
        const Json number = price.isObject() ? price.value(QStringLiteral("price")) : price;
        const auto read = balance_text::parse(number.numberText());
        if (!number.isNumber() || !read || *read <= 0)
            return refuse(502, QStringLiteral("the auth webhook's maxPrice is no price"));
        answer.maxPrice = *read;
    }
    return answer;
}

boost::asio::awaitable<Expected<WebhookAnswer, Refusal>> askWebhook(WebhookOptions options, QByteArray question)
{
    AsioHttpRequest request;
    request.url = options.url;
    request.headers = options.headers;
    request.headers.emplaceBack("Content-Type", "application/json");
    request.body = std::move(question);
    request.tls = options.tls;
    request.connectTimeout = options.timeout;
    request.headerTimeout = options.timeout;
    request.totalTimeout = options.timeout;
    request.maxBodyBytes = MaxAnswerBytes;
    AsioHttpResponse response;
    QString failure;
    try {
        response = co_await asioSend(std::move(request));
    } catch (const Error &error) {
        failure = error.message();
    }
    if (!failure.isEmpty()) {
        qCWarning(logPayments, "The auth webhook could not be asked: %s", qUtf8Printable(failure));
        const Expected<WebhookAnswer, Refusal> refused = refuse(500, QStringLiteral("the auth webhook could not be asked: ") + failure);
        co_return refused;
    }
    co_return readWebhookAnswer(response.status, response.body);
}

} // namespace sluice::signer
