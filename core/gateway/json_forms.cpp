#include "sluice/gateway/json_forms.h"

#include "sluice/crypto/u256.h"

#include <algorithm>

namespace sluice {

namespace {

void insertText(Json &json, const QString &key, const QString &value)
{
    if (!value.isEmpty())
        json.insert(key, value);
}

Json ticketToJson(const TicketView &ticket)
{
    Json json{{QStringLiteral("nonce"), qint64(ticket.nonce)}, {QStringLiteral("face_value_wei"), ticket.faceValueWei},
        {QStringLiteral("win_prob"), ticket.winProbability}, {QStringLiteral("win_odds"), ticket.winOdds},
        {QStringLiteral("expected_value_wei"), ticket.expectedValueWei}, {QStringLiteral("recipient"), ticket.recipient},
        {QStringLiteral("sender"), ticket.sender}, {QStringLiteral("recipient_rand_hash"), ticket.recipientRandHash},
        {QStringLiteral("ticket_hash"), ticket.ticketHash}, {QStringLiteral("signature"), ticket.signature},
        {QStringLiteral("signature_verified"), ticket.signatureVerified}, {QStringLiteral("sent"), ticket.sent}};
    if (ticket.won)
        json.insert(QStringLiteral("won"), *ticket.won);
    return json;
}

} // namespace

QString wholeWei(const QString &amount)
{
    const qsizetype point = amount.indexOf(QLatin1Char('.'));
    const auto whole = weiFromDecimal(point < 0 ? amount : amount.left(point));
    const QString part = point < 0 ? QString() : amount.mid(point + 1);
    const bool digits = std::all_of(part.begin(), part.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    if (point >= 0 && whole && digits) {
        const bool below = amount.startsWith(QLatin1Char('-')) && part.count(QLatin1Char('0')) < part.size();
        return toDecimal(below ? Wei(*whole - 1) : *whole);
    }
    const auto fraction = rationalFromText(amount);
    return fraction ? toDecimal(floorOf(*fraction)) : amount;
}

Json errorToJson(const Error &error)
{
    Json json{{QStringLiteral("kind"), error.kindName()}, {QStringLiteral("message"), error.message()}};
    insertText(json, QStringLiteral("advice"), error.advice());
    insertText(json, QStringLiteral("method"), QString::fromLatin1(error.method()));
    insertText(json, QStringLiteral("url"), error.url().toString());
    if (error.httpStatus() != 0)
        json.insert(QStringLiteral("http_status"), error.httpStatus());
    insertText(json, QStringLiteral("body"), QString::fromUtf8(error.body()));
    insertText(json, QStringLiteral("field"), error.field());
    if (!error.rejections().isEmpty()) {
        Json list = Json::array();
        const QList<Rejection> rejections = error.rejections();
        for (const Rejection &rejection : rejections)
            list.append(Json{{QStringLiteral("url"), rejection.url.toString()}, {QStringLiteral("reason"), rejection.reason}});
        json.insert(QStringLiteral("rejections"), list);
    }
    json.insert(QStringLiteral("payment_sent"), error.paymentSent());
    return json;
}

Error errorFromJson(const Json &json)
{
    const auto text = [&json](const char *key) { return json.value(QString::fromLatin1(key)).toString(); };
    Error error(Error::kindFromName(text("kind")), text("message"));
    error.withAdvice(text("advice"))
        .withField(text("field"))
        .withRequest(text("method").toLatin1(), QUrl(text("url")))
        .withHttp(int(json.value(QStringLiteral("http_status")).toInt64().value_or(0)), text("body").toUtf8())
        .withPaymentSent(json.value(QStringLiteral("payment_sent")).toBool());
    QList<Rejection> rejections;
    const Json list = json.value(QStringLiteral("rejections"));
    for (const Json &item : list.items())
        rejections.append({QUrl(item.value(QStringLiteral("url")).toString()), item.value(QStringLiteral("reason")).toString()});
    return error.withRejections(rejections);
}

Json traceToJson(const QList<TraceSpan> &spans)
{
    Json list = Json::array();
    for (const TraceSpan &span : spans) {
        Json json{{QStringLiteral("name"), span.name}};
        insertText(json, QStringLiteral("detail"), span.detail);
        json.insert(QStringLiteral("start_us"), qint64(span.start.count()));
        if (span.end)
            json.insert(QStringLiteral("end_us"), qint64(span.end->count()));
        if (span.failed)
            json.insert(QStringLiteral("failed"), true);
        list.append(json);
    }
    return list;
}

QList<TraceSpan> traceFromJson(const Json &json)
{
    QList<TraceSpan> spans;
    for (const Json &entry : json.items()) {
        TraceSpan span;
        span.name = entry.value(QStringLiteral("name")).toString();
        span.detail = entry.value(QStringLiteral("detail")).toString();
        span.start = std::chrono::microseconds(entry.value(QStringLiteral("start_us")).toInt64().value_or(0));
        if (const auto end = entry.value(QStringLiteral("end_us")).toInt64())
            span.end = std::chrono::microseconds(*end);
        span.failed = entry.value(QStringLiteral("failed")).toBool();
        spans.append(span);
    }
    return spans;
}

Json paymentToJson(const Payment &payment)
{
    Json json{{QStringLiteral("paid_wei"), payment.paidWei}};
    const std::pair<QString, const std::optional<QString> &> amounts[] = {{QStringLiteral("balance_before_wei"), payment.balanceBefore},
        {QStringLiteral("balance_after_wei"), payment.balanceAfter}, {QStringLiteral("charged_wei"), payment.chargedWei}};
    for (const auto &[key, amount] : amounts) {
        if (amount)
            json.insert(key, wholeWei(*amount));
    }
    Json tickets = Json::array();
    for (const TicketView &ticket : payment.tickets)
        tickets.append(ticketToJson(ticket));
    json.insert(QStringLiteral("tickets"), tickets);
    return json;
}

} // namespace sluice
