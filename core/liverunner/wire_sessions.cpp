#include "wire_p.h"

#include "sluice/liverunner/wire.h"
#include "sluice/livepeer/signer_wire.h"

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxRequestBytes = 64 * 1024;

Error protocol(const QString &message)
{
    return Error(Error::Kind::Protocol, message);
}

Error refused(const QString &what, const char *field)
{
    return Error(Error::Kind::InvalidInput, what).withField(QLatin1Char('/') + QLatin1String(field));
}

/// The items of `channels`, of which there must be 1 to 25.
Expected<QList<Json>> channelItems(QByteArrayView body)
{
    const auto json = parseObject(body, MaxRequestBytes, Error::Kind::InvalidInput);
    if (!json)
        return unexpected(json.error());
    const Json channels = livepeer::member(*json, QStringLiteral("channels"));
    if (!channels.isNull() && !channels.isArray())
        return unexpected(refused(QStringLiteral("channels is no array"), "channels"));
    if (channels.size() == 0)
        return unexpected(refused(QStringLiteral("channels is required"), "channels"));
    if (channels.size() > MaxChannelsPerRequest)
        return unexpected(refused(QStringLiteral("channels cannot contain more than %1 entries").arg(MaxChannelsPerRequest), "channels"));
    return channels.items();
}

} // namespace

Json ChannelAnswer::toJson() const
{
    Json json{{QStringLiteral("name"), name}, {QStringLiteral("channel_name"), channelName}, {QStringLiteral("url"), url}};
    if (!internalUrl.isEmpty())
        json.insert(QStringLiteral("internal_url"), internalUrl);
    json.insert(QStringLiteral("mime_type"), mimeType);
    return json;
}

Expected<ChannelAnswer> ChannelAnswer::fromJson(const Json &json)
{
    MemberReader reader(json, Error::Kind::Protocol);
    ChannelAnswer channel;
    channel.name = reader.text("name");
    channel.channelName = reader.text("channel_name");
    channel.url = reader.text("url").trimmed();
    channel.internalUrl = reader.text("internal_url").trimmed();
    channel.mimeType = reader.text("mime_type");
    if (reader.fault())
        return unexpected(*reader.fault());
    if (!json.isObject() || channel.url.isEmpty())
        return unexpected(protocol(QStringLiteral("The orchestrator's answer has a channel without url.")));
    return channel;
}

Json SessionAnswer::toJson() const
{
    return Json{{QStringLiteral("session_id"), sessionId}, {QStringLiteral("app_url"), appUrl}, {QStringLiteral("control_url"), controlUrl}};
}

Expected<SessionAnswer> SessionAnswer::parse(QByteArrayView body)
{
    const auto json = parseObject(body, MaxAnswerBytes, Error::Kind::Protocol);
    if (!json)
        return unexpected(json.error());
    MemberReader reader(*json, Error::Kind::Protocol);
    SessionAnswer answer;
    const std::pair<const char *, QString &> texts[]
        = {{"session_id", answer.sessionId}, {"app_url", answer.appUrl}, {"control_url", answer.controlUrl}};
    for (const auto &[name, target] : texts) {
        target = reader.text(name).trimmed();
        if (reader.fault())
            return unexpected(*reader.fault());
        if (target.isEmpty())
            return unexpected(protocol(QStringLiteral("The orchestrator reserved a session without %1.").arg(QLatin1String(name))));
    }
    return answer;
}

Json Challenge::toJson() const
{
    Json json{{QStringLiteral("payment_params"), QString::fromLatin1(paymentParams)}, {QStringLiteral("orchestrator"), orchestrator},
        {QStringLiteral("manifest_id"), manifestId}};
    if (!paymentUrl.isEmpty())
        json.insert(QStringLiteral("payment_url"), paymentUrl);
    return json;
}

Expected<Challenge> Challenge::parse(QByteArrayView body)
{
    const auto json = parseObject(body, MaxChallengeBytes, Error::Kind::Protocol);
    const QString told = body.size() > MaxChallengeBytes ? QString() : livepeer::signerErrorText(body).left(400);
    const auto none = [&told] {
        return unexpected(protocol(told.isEmpty() ? QStringLiteral("A payment is asked for, without saying how.")
                                                  : QStringLiteral("A payment is asked for, but not with a challenge: %1").arg(told)));
    };
    if (!json)
        return none();
    MemberReader reader(*json, Error::Kind::Protocol);
    Challenge challenge;
    challenge.paymentParams = reader.text("payment_params").trimmed().toLatin1();
    challenge.orchestrator = reader.text("orchestrator").trimmed();
    challenge.manifestId = reader.text("manifest_id").trimmed();
    challenge.paymentUrl = reader.text("payment_url").trimmed();
    if (reader.fault() || challenge.paymentParams.isEmpty() || challenge.manifestId.isEmpty() || challenge.manifestId.size() > MaxIdCharacters)
        return none();
    return challenge;
}

Json RefreshRequest::toJson() const
{
    return Json{{QStringLiteral("sender"), sender}, {QStringLiteral("manifest_id"), manifestId}};
}

Expected<RefreshRequest> RefreshRequest::parse(QByteArrayView body)
{
    const auto json = parseObject(body, MaxRequestBytes, Error::Kind::InvalidInput);
    if (!json)
        return unexpected(json.error());
    MemberReader reader(*json, Error::Kind::InvalidInput);
    RefreshRequest request;
    request.sender = reader.text("sender").trimmed();
    request.manifestId = reader.text("manifest_id").trimmed();
    if (reader.fault())
        return unexpected(*reader.fault());
    return request;
}

Json ChannelsRequest::toJson() const
{
    Json list = Json::array();
    for (const Wanted &one : channels)
        list.append(Json{{QStringLiteral("name"), one.name}, {QStringLiteral("mime_type"), one.mimeType}});
    return Json{{QStringLiteral("channels"), list}};
}

Expected<ChannelsRequest> ChannelsRequest::parse(QByteArrayView body)
{
    const auto items = channelItems(body);
    if (!items)
        return unexpected(items.error());
    ChannelsRequest request;
    for (const Json &item : *items) {
        MemberReader reader(item, Error::Kind::InvalidInput);
        Wanted wanted;
        if (!item.isObject())
            reader.refuse("channels", "array of objects", item);
        wanted.name = reader.text("name");
        wanted.mimeType = reader.text("mime_type");
        if (reader.fault())
            return unexpected(*reader.fault());
        request.channels.append(wanted);
    }
    return request;
}

Expected<QString> channelPart(const QString &name)
{
    if (name.isEmpty())
        return unexpected(refused(QStringLiteral("trickle channel name is required"), "channels"));
    QString part = name;
    part.replace(QLatin1Char('/'), QLatin1Char('-'));
    const auto isPlain = [](QChar c) {
        return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('A') && c <= QLatin1Char('Z'))
            || (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('_') || c == QLatin1Char('-');
    };
    if (part.size() > MaxIdCharacters || !std::all_of(part.begin(), part.end(), isPlain))
        return unexpected(
            refused(QStringLiteral("trickle channel name may only contain alphanumerics, underscores, or hyphens"), "channels"));
    return part;
}

Expected<QStringList> parseDeletedChannels(QByteArrayView body)
{
    const auto items = channelItems(body);
    if (!items)
        return unexpected(items.error());
    QStringList names;
    for (const Json &item : *items) {
        if (!item.isString())
            return unexpected(refused(QStringLiteral("channels is no array of names"), "channels"));
        names.append(item.toString());
    }
    return names;
}

Expected<QList<ChannelAnswer>> parseChannelsAnswer(QByteArrayView body)
{
    const auto json = parseObject(body, MaxAnswerBytes, Error::Kind::Protocol);
    if (!json)
        return unexpected(json.error());
    const Json list = livepeer::member(*json, QStringLiteral("channels"));
    if (!list.isArray())
        return unexpected(protocol(QStringLiteral("The orchestrator's answer names no channels.")));
    QList<ChannelAnswer> channels;
    for (const Json &one : list.items()) {
        const auto channel = ChannelAnswer::fromJson(one);
        if (!channel)
            return unexpected(channel.error());
        channels.append(*channel);
    }
    return channels;
}

Json channelsToJson(const QList<ChannelAnswer> &channels)
{
    Json list = Json::array();
    for (const ChannelAnswer &channel : channels)
        list.append(channel.toJson());
    return Json{{QStringLiteral("channels"), list}};
}

Expected<QString> parseProxyRequest(QByteArrayView body)
{
    if (body.trimmed().isEmpty())
        return QString();
    const auto json = parseObject(body, MaxRequestBytes, Error::Kind::InvalidInput);
    if (!json)
        return unexpected(json.error());
    MemberReader reader(*json, Error::Kind::InvalidInput);
    const QString target = reader.text("target_url").trimmed();
    if (reader.fault())
        return unexpected(*reader.fault());
    return target;
}

Json ProxyAnswer::toJson() const
{
    return Json{{QStringLiteral("proxy_id"), proxyId}, {QStringLiteral("url"), url}};
}

Expected<ProxyAnswer> ProxyAnswer::parse(QByteArrayView body)
{
    const auto json = parseObject(body, MaxAnswerBytes, Error::Kind::Protocol);
    if (!json)
        return unexpected(json.error());
    MemberReader reader(*json, Error::Kind::Protocol);
    ProxyAnswer answer;
    answer.proxyId = reader.text("proxy_id").trimmed();
    answer.url = reader.text("url").trimmed();
    if (reader.fault())
        return unexpected(*reader.fault());
    if (answer.proxyId.isEmpty() || answer.url.isEmpty())
        return unexpected(protocol(QStringLiteral("The orchestrator made a proxy without proxy_id or url.")));
    return answer;
}

} // namespace sluice::liverunner
