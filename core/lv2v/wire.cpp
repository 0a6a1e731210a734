#include "sluice/lv2v/wire.h"

#include "sluice/net/origin.h"

#include <limits>
#include <numeric>

namespace sluice::lv2v {

namespace {

constexpr qsizetype MaxAnswerBytes = 64 * 1024;
constexpr qsizetype MaxIdCharacters = 256;

Unexpected<Error> protocol(const QString &message)
{
    return unexpected(Error(Error::Kind::Protocol, message));
}

QString shown(const Json &value)
{
    return QString::fromUtf8(value.dump().left(80));
}

/// One channel's address, at the orchestrator: another host is one that only the worker is meant to use (byoc.md 5.1). Absent and empty
/// mean that the job has it not.
Expected<QUrl> channelIn(const Json &json, const char *name, const QUrl &origin)
{
    const Json value = json.value(QLatin1String(name));
    if (value.isNull() || (value.isString() && value.toString().isEmpty()))
        return QUrl();
    if (!value.isString())
        return protocol(QStringLiteral("The orchestrator's %1 is no text: %2.").arg(QLatin1String(name), shown(value)));
    const QUrl url = origin.resolved(QUrl(value.toString(), QUrl::StrictMode));
    if (!Origin::of(url))
        return protocol(QStringLiteral("The orchestrator's %1 “%2” is no channel's address.").arg(QLatin1String(name), value.toString().left(200)));
    const auto own = Origin::of(origin);
    return (own ? own->hosting(url) : url).adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
}

Expected<QString> textIn(const Json &json, const char *name)
{
    const Json value = json.value(QLatin1String(name));
    if (value.isNull())
        return QString();
    if (!value.isString() || value.toString().size() > MaxIdCharacters)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("`%1` is no text of at most %2 characters: %3.")
                                                               .arg(QLatin1String(name)).arg(MaxIdCharacters).arg(shown(value)))
                              .withField(QLatin1Char('/') + QLatin1String(name)));
    return value.toString();
}

} // namespace

Json StartRequest::toJson() const
{
    Json json{{QStringLiteral("model_id"), modelId}};
    if (!params.isNull())
        json.insert(QStringLiteral("params"), params);
    if (!gatewayRequestId.isEmpty())
        json.insert(QStringLiteral("gateway_request_id"), gatewayRequestId);
    if (!streamId.isEmpty())
        json.insert(QStringLiteral("stream_id"), streamId);
    return json;
}

Expected<StartRequest> StartRequest::fromJson(const Json &json)
{
    if (!json.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The body is no JSON object.")));
    StartRequest request;
    const std::pair<const char *, QString *> texts[] = {{"model_id", &request.modelId},
        {"gateway_request_id", &request.gatewayRequestId}, {"stream_id", &request.streamId}};
    for (const auto &[name, target] : texts) {
        auto text = textIn(json, name);
        if (!text)
            return unexpected(text.error());
        *target = std::move(*text);
    }
    if (request.modelId.isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("`model_id` is missing.")).withField(QStringLiteral("/model_id")));
    request.params = json.value(QStringLiteral("params"));
    if (!request.params.isNull() && !request.params.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("`params` is no JSON object: %1.").arg(shown(request.params)))
                              .withField(QStringLiteral("/params")));
    return request;
}

Json StartAnswer::toJson() const
{
    Json json = Json::object();
    const std::pair<const char *, const QUrl *> urls[] = {{"publish_url", &publish}, {"subscribe_url", &subscribe},
        {"control_url", &control}, {"events_url", &events}};
    for (const auto &[name, url] : urls) {
        if (!url->isEmpty())
            json.insert(QLatin1String(name), url->toString(QUrl::FullyEncoded));
    }
    json.insert(QStringLiteral("manifest_id"), manifestId);
    return json;
}

Expected<StartAnswer> StartAnswer::parse(QByteArrayView body, const QUrl &origin)
{
    if (body.size() > MaxAnswerBytes)
        return unexpected(Error(Error::Kind::TooLarge, QStringLiteral("The answer to start has %1 bytes; at most %2 are read.")
                                                           .arg(body.size()).arg(MaxAnswerBytes)));
    const auto json = Json::parse(body, {MaxAnswerBytes, 16});
    if (!json || !json->isObject())
        return protocol(QStringLiteral("The answer to start is no JSON object: “%1”.").arg(QString::fromUtf8(body.first(std::min<qsizetype>(body.size(), 80)))));
    StartAnswer answer;
    const Json id = json->value(QStringLiteral("manifest_id"));
    if (!id.isString() || id.toString().isEmpty() || id.toString().size() > MaxIdCharacters)
        return protocol(QStringLiteral("The orchestrator started the job without a manifest_id, which payments need."));
    answer.manifestId = id.toString();
    const std::tuple<const char *, QUrl *, bool> urls[] = {{"publish_url", &answer.publish, true}, {"subscribe_url", &answer.subscribe, true},
        {"control_url", &answer.control, false}, {"events_url", &answer.events, false}};
    for (const auto &[name, target, needed] : urls) {
        const auto url = channelIn(*json, name, origin);
        if (!url)
            return unexpected(url.error());
        if (needed && url->isEmpty())
            return protocol(QStringLiteral("The orchestrator started the job without %1.").arg(QLatin1String(name)));
        *target = *url;
    }
    return answer;
}

Wei pixelsFor(std::chrono::milliseconds time)
{
    return Wei(std::max<qint64>(0, time.count())) * PixelsPerSecond / 1000;
}

std::optional<PriceInfo> perSecond(const PriceInfo &perPixel)
{
    if (!perPixel.isValid())
        return std::nullopt;
    const Rational price = perPixel.asRational() * PixelsPerSecond;
    const Wei above = numerator(price);
    const Wei below = denominator(price);
    constexpr qint64 max = std::numeric_limits<qint64>::max();
    if (above > max || below > max)
        return std::nullopt;
    return PriceInfo{static_cast<qint64>(above), static_cast<qint64>(below)};
}

} // namespace sluice::lv2v
