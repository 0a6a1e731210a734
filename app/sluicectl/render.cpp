#include "render.h"

#include "command_line.h"
#include "call_failure.h"
#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/base/charset.h"
#include "sluice/crypto/u256.h"
#include "sluice/gateway/json_forms.h"

namespace sluice::ctl {

namespace {

Json maybe(const QString &text)
{
    return text.isEmpty() ? Json() : Json(text);
}

/// Moves the decimal point of a whole number `places` to the left and drops trailing zeros.
QString shifted(QString digits, int places)
{
    const bool negative = digits.startsWith(QLatin1Char('-'));
    if (negative)
        digits.remove(0, 1);
    digits = digits.rightJustified(places + 1, QLatin1Char('0'));
    QString fraction = digits.right(places);
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    QString text = digits.left(digits.size() - places);
    if (!fraction.isEmpty())
        text += QLatin1Char('.') + fraction;
    return negative ? QLatin1Char('-') + text : text;
}

} // namespace

QString summaryOf(const QString &description)
{
    constexpr qsizetype widest = 80;
    const QString line = description.section(QLatin1Char('\n'), 0, 0);
    if (line.size() <= widest)
        return line;
    const qsizetype blank = line.lastIndexOf(QLatin1Char(' '), widest - 1);
    return line.left(blank > widest / 2 ? blank : widest - 1) + QChar(0x2026);
}

QString verbsText(const CapabilityInfo &capability)
{
    QStringList names;
    for (const Verb verb : capability.verbs)
        names.append(verbName(verb));
    return names.join(QLatin1Char(','));
}

Json toJson(const CapabilityInfo &capability)
{
    Json verbs = Json::array();
    for (const Verb verb : capability.verbs)
        verbs.append(verbName(verb));
    Json orchestrators = Json::array();
    for (const QUrl &url : capability.orchestrators)
        orchestrators.append(url.toString());
    Json examples = Json::array();
    for (const CapabilityExample &example : capability.examples)
        examples.append(Json{{QStringLiteral("title"), example.title}, {QStringLiteral("input"), example.input}});
    Json price;
    if (capability.price) {
        price = Json{{QStringLiteral("price_per_unit"), capability.price->pricePerUnit},
            {QStringLiteral("pixels_per_unit"), capability.price->pixelsPerUnit},
            {QStringLiteral("unit"), capability.price->unit}};
    }
    return Json{
        {QStringLiteral("name"), capability.name},
        {QStringLiteral("backend"), capability.backend},
        {QStringLiteral("model"), maybe(capability.model)},
        {QStringLiteral("title"), maybe(capability.title)},
        {QStringLiteral("description"), maybe(capability.description)},
        {QStringLiteral("version"), maybe(capability.version)},
        {QStringLiteral("verbs"), verbs},
        {QStringLiteral("path"), capability.path},
        {QStringLiteral("price"), price},
        {QStringLiteral("capacity"), capability.capacity ? Json(*capability.capacity) : Json()},
        {QStringLiteral("available"), capability.availableCapacity ? Json(*capability.availableCapacity) : Json()},
        {QStringLiteral("latency_ms"), capability.latency ? Json(qint64(capability.latency->count())) : Json()},
        {QStringLiteral("orchestrators"), orchestrators},
        {QStringLiteral("input_schema"), capability.inputSchema},
        {QStringLiteral("output_schema"), capability.outputSchema},
        {QStringLiteral("schema_origin"), maybe(capability.schemaOrigin)},
        {QStringLiteral("listed"), capability.listed},
        {QStringLiteral("named"), capability.named},
        {QStringLiteral("examples"), examples},
    };
}

Json toJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.append(text);
    return list;
}

Json toJson(const RunResult &result)
{
    Json json{
        {QStringLiteral("ok"), true},
        {QStringLiteral("run_id"), result.runId},
        {QStringLiteral("status"), result.status},
        {QStringLiteral("content_type"), QString::fromLatin1(result.contentType)},
        {QStringLiteral("bytes"), qint64(result.content.size())},
        {QStringLiteral("served_by"), result.servedBy.toString()},
    };
    if (result.isJson) {
        json.insert(QStringLiteral("json"), result.json);
    } else {
        if (const auto text = textOf(result.content, result.contentType))
            json.insert(QStringLiteral("text"), *text);
        else
            json.insert(QStringLiteral("content_base64"), QString::fromLatin1(bytes::toBase64(result.content)));
    }
    // What named the file that the content is.
    if (!result.isJson && !result.json.isNull())
        json.insert(QStringLiteral("json"), result.json);
    json.insert(QStringLiteral("notes"), toJson(result.notes));
    json.insert(QStringLiteral("payment"), paymentToJson(result.payment));
    json.insert(QStringLiteral("trace"), traceToJson(result.trace));
    return json;
}

void printError(const CallFailure &failure, bool json)
{
    if (json && !Output::instance().failure()) {
        writeOut(Json{{QStringLiteral("type"), QStringLiteral("error")}, {QStringLiteral("ok"), false}, {QStringLiteral("error"), errorToJson(failure)}, {QStringLiteral("run_id"), failure.runId()},
                     {QStringLiteral("payment"), paymentToJson(failure.payment())}}.dump() + '\n');
        return;
    }
    printError(static_cast<const Error &>(failure), json);
    if (failure.paymentSent())
        writeErr(Text::tr("Run %1: %2.").arg(failure.runId().left(8), paymentLine(failure.payment())));
}

QString humanWei(const QString &wei)
{
    QString whole = wei;
    // Orchestrators write balances with three decimals within a stream.
    if (const qsizetype point = whole.indexOf(QLatin1Char('.')); point >= 0) {
        while (whole.endsWith(QLatin1Char('0')))
            whole.chop(1);
        if (whole.endsWith(QLatin1Char('.')))
            whole.chop(1);
    }
    if (whole.isEmpty())
        return Text::tr("unknown");
    const auto amount = weiFromDecimal(whole);
    if (!amount)
        return whole + QStringLiteral(" wei");
    const qsizetype digits = toDecimal(abs(*amount)).size();
    if (digits > 15)
        return shifted(whole, 18) + QStringLiteral(" ETH");
    if (digits > 6)
        return shifted(whole, 9) + QStringLiteral(" gwei");
    return whole + QStringLiteral(" wei");
}

QString wholePart(const QString &fraction)
{
    const auto value = rationalFromText(fraction);
    return value ? toDecimal(floorOf(*value)) : fraction;
}

QString paymentLine(const Payment &payment)
{
    QStringList parts;
    if (payment.tickets.isEmpty())
        parts.append(Text::tr("no ticket sent"));
    else if (payment.tickets.size() == 1)
        parts.append(Text::tr("paid %1 with 1 ticket").arg(humanWei(payment.paidWei)));
    else
        parts.append(Text::tr("paid %1 with %2 tickets").arg(humanWei(payment.paidWei)).arg(payment.tickets.size()));
    if (payment.chargedWei)
        parts.append(Text::tr("charged %1").arg(humanWei(*payment.chargedWei)));
    if (payment.balanceAfter)
        parts.append(Text::tr("balance %1").arg(humanWei(*payment.balanceAfter)));
    return parts.join(QStringLiteral(", "));
}

QString table(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths.append(0);
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? row[i].leftJustified(widths[i] + 2) : row[i];
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += line + QLatin1Char('\n');
    }
    return text;
}

} // namespace sluice::ctl
