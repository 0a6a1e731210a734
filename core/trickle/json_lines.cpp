#include "sluice/trickle/json_lines.h"

#include <QtCore/QDateTime>

namespace sluice::trickle {

namespace {

constexpr qsizetype ShownBytes = 60;

Error notARecord(QByteArrayView text, const QString &why)
{
    return Error(Error::Kind::InvalidInput,
        QStringLiteral("A record beginning “%1” cannot be read: %2")
            .arg(QString::fromUtf8(text.first(std::min(text.size(), ShownBytes))), why));
}

} // namespace

QByteArray mimeType(JsonStyle style)
{
    return style == JsonStyle::Lines ? "application/jsonl" : "application/json";
}

JsonStyle styleOf(const QByteArray &mimeType)
{
    const QByteArray type = mimeType.split(';').constFirst().trimmed().toLower();
    for (const char *lines : {"application/jsonl", "application/x-jsonl", "application/jsonlines", "application/x-jsonlines", "application/x-ndjson", "application/ndjson"}) {
        if (type == lines)
            return JsonStyle::Lines;
    }
    return JsonStyle::Message;
}

bool isKeepalive(const Json &value)
{
    return value.isObject() && value.size() == 1 && value.value(QStringLiteral("keep")).toString() == QLatin1String("alive");
}

QByteArray streamStopped(const QString &reason)
{
    return Json{{QStringLiteral("type"), QStringLiteral("stream_stopped")},
        {QStringLiteral("timestamp"), QDateTime::currentMSecsSinceEpoch()}, {QStringLiteral("reason"), reason}}
        .dump();
}

JsonSegmentParser::JsonSegmentParser(JsonStyle style)
    : JsonSegmentParser(style, Limits())
{
}

JsonSegmentParser::JsonSegmentParser(JsonStyle style, Limits limits)
    : m_style(style)
    , m_limits(limits)
{
}

JsonSegmentParser::Result JsonSegmentParser::feed(QByteArrayView bytes)
{
    Result result;
    while (m_style == JsonStyle::Lines) {
        const qsizetype lineEnd = bytes.indexOf('\n');
        if (lineEnd < 0)
            break;
        append(bytes.first(lineEnd), result);
        take(m_pending, result);
        m_pending.clear();
        m_skipping = false;
        bytes = bytes.sliced(lineEnd + 1);
    }
    append(bytes, result);
    return result;
}

JsonSegmentParser::Result JsonSegmentParser::finish()
{
    Result result;
    take(m_pending, result);
    m_pending.clear();
    m_skipping = false;
    return result;
}

void JsonSegmentParser::append(QByteArrayView bytes, Result &result)
{
    if (m_skipping)
        return;
    if (m_pending.size() + bytes.size() > m_limits.maxRecordBytes) {
        m_skipping = true;
        m_pending.clear();
        result.problems.append(
            Error(Error::Kind::TooLarge, QStringLiteral("A record is larger than the %1 bytes that are allowed; it is left out.").arg(m_limits.maxRecordBytes)));
        return;
    }
    m_pending.append(bytes);
}

void JsonSegmentParser::take(QByteArrayView text, Result &result) const
{
    const QByteArrayView record = text.trimmed();
    if (record.isEmpty())
        return;
    Json::Limits limits;
    limits.maxBytes = m_limits.maxRecordBytes;
    limits.maxDepth = m_limits.maxDepth;
    const Expected<Json> value = Json::parse(record, limits);
    if (!value) {
        result.problems.append(notARecord(record, value.error().message()));
        return;
    }
    const QList<Json> items = value->isArray() ? value->items() : QList<Json>{*value};
    for (const Json &item : items) {
        if (!item.isObject())
            result.problems.append(notARecord(record, QStringLiteral("it is no object.")));
        else if (!isKeepalive(item))
            result.records.append(item);
    }
}

} // namespace sluice::trickle
