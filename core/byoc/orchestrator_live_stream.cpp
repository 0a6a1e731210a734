#include "orchestrator_live_stream_p.h"

namespace sluice::byoc {

namespace {
constexpr qsizetype MaxStreamIdLength = 128;
} // namespace

Expected<StreamFlags> StreamFlags::parse(const QString &parameters)
{
    const auto json = Json::parse(parameters.toUtf8());
    if (!json)
        return unexpected(json.error());
    if (!json->isObject() && !json->isNull())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("json: the parameters are not an object")));
    StreamFlags flags;
    const std::pair<const char *, bool *> known[] = {{"enable_video_ingress", &flags.videoIngress},
        {"enable_video_egress", &flags.videoEgress}, {"enable_data_output", &flags.dataOutput}};
    for (const auto &[name, target] : known) {
        const Json value = member(*json, QString::fromLatin1(name));
        if (!value.isNull() && !value.isBool())
            return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("json: %1 is not a boolean").arg(QLatin1String(name))));
        *target = value.toBool();
    }
    return flags;
}

std::optional<QByteArray> whyNotAStreamId(const QString &id)
{
    if (id.isEmpty())
        return "The job's id names the stream and is empty";
    if (id.size() > MaxStreamIdLength)
        return "The stream id has more than " + QByteArray::number(MaxStreamIdLength) + " characters";
    // A leading underscore would keep the channels from being swept; dots alone are a path of their own.
    const bool allowed = std::all_of(id.begin(), id.end(), [](QChar c) {
        return c.unicode() < 0x7f && (c.isLetterOrNumber() || QStringLiteral("-._~").contains(c));
    });
    if (!allowed || id.startsWith(u'_') || id.startsWith(u'.'))
        return "The stream id may hold letters, digits, '-', '.', '_' and '~', and begins with neither '.' nor '_'";
    return std::nullopt;
}

} // namespace sluice::byoc
