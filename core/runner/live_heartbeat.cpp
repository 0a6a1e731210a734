#include "sluice/runner/live_heartbeat_p.h"

#include "sluice/base/c_numeric.h"

#include <QtCore/QRegularExpression>

namespace sluice {

namespace {

Error unsound(const QString &what)
{
    return Error(Error::Kind::Config, QStringLiteral("The app cannot be registered: %1.").arg(what));
}

bool isHttp(const QUrl &url)
{
    return url.isValid() && (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https")) && !url.host().isEmpty();
}

} // namespace

Expected<void> LiveAppConfig::check() const
{
    static const QRegularExpression number(QStringLiteral("\\A[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?\\z"));
    static const QRegularExpression notZero(QStringLiteral("\\A[0.]*[1-9]"));
    static const QRegularExpression id(QStringLiteral("\\A[A-Za-z0-9_-]{1,200}\\z"));
    if (!isHttp(orchestrator))
        return unexpected(unsound(QStringLiteral("the orchestrator's address “%1” is no http(s) address").arg(orchestrator.toString())));
    if (!isHttp(QUrl(runnerUrl, QUrl::StrictMode)))
        return unexpected(unsound(QStringLiteral("its own address “%1” is no absolute http(s) address").arg(runnerUrl.left(200))));
    if (app.isEmpty() || app.trimmed() != app)
        return unexpected(unsound(QStringLiteral("its name “%1” is empty, or has blanks around it").arg(app.left(200))));
    if (capacity < 1)
        return unexpected(unsound(QStringLiteral("its capacity is %1, and it takes at least one session").arg(capacity)));
    if (metadata.toUtf8().size() > live_heartbeat::MaxMetadataBytes || metadata.contains(QChar(0xfffd)) || !metadata.isValidUtf16())
        return unexpected(unsound(QStringLiteral("its metadata has %1 bytes, or characters that are none; up to %2 bytes of UTF-8 are taken").arg(metadata.toUtf8().size()).arg(live_heartbeat::MaxMetadataBytes)));
    if (!price.isEmpty() && (!number.match(price).hasMatch() || !notZero.match(price).hasMatch()))
        return unexpected(unsound(QStringLiteral("its price “%1” is no positive decimal number of dollars").arg(price.left(80))));
    if (priceUnit != QLatin1String("hour") && priceUnit != QLatin1String("720p") && priceUnit != QLatin1String("fixed"))
        return unexpected(unsound(QStringLiteral("its price is per “%1”, and it must be hour, 720p or fixed").arg(priceUnit.left(80))));
    if (!runnerId.isEmpty() && !id.match(runnerId).hasMatch())
        return unexpected(unsound(QStringLiteral("its id “%1” has other characters than letters, digits, - and _").arg(runnerId.left(80))));
    if (secret.isEmpty())
        return unexpected(unsound(QStringLiteral("there is no secret of the orchestrator's")));
    return {};
}

namespace live_heartbeat {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

Error unfit(const QString &what)
{
    return Error(Error::Kind::Protocol, QStringLiteral("The orchestrator's answer to a heartbeat does not fit: %1.").arg(what));
}

} // namespace

Json body(const LiveAppConfig &config, const QString &runnerId, const QStringList &sessionIds)
{
    Json ids = Json::array();
    for (const QString &id : sessionIds)
        ids.append(id);
    // Each one is whole: what is left out is cleared.
    Json json{{key("runner_url"), config.runnerUrl}, {key("app"), config.app}, {key("mode"), config.singleShot ? "single-shot" : "persistent"}, {key("capacity"), config.capacity},
        {key("session_ids"), ids}, {key("runner_id"), runnerId}, {key("version"), config.version}, {key("status"), "ready"}};
    if (!config.price.isEmpty())
        json.insert(key("price_info"), Json{{key("price"), config.price}, {key("currency"), "usd"}, {key("unit"), config.priceUnit}});
    if (!config.metadata.isEmpty())
        json.insert(key("metadata"), config.metadata);
    if (config.proxy)
        json.insert(key("proxy"), true);
    return json;
}

std::optional<std::chrono::milliseconds> duration(const QString &text)
{
    static const QRegularExpression part(QStringLiteral("\\G([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h)"));
    qsizetype at = 0;
    double seconds = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = part.match(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        const QString unit = match.captured(2);
        double factor = 1;
        if (unit == QLatin1String("h"))
            factor = 3600;
        else if (unit == QLatin1String("m"))
            factor = 60;
        else if (unit == QLatin1String("ms"))
            factor = 1e-3;
        else if (unit != QLatin1String("s"))
            factor = unit == QLatin1String("ns") ? 1e-9 : 1e-6;
        seconds += QByteArray(match.captured(1).toLatin1()).toDouble() * factor;
        at = match.capturedEnd();
    }
    if (at == 0 || seconds > 24 * 3600)
        return std::nullopt;
    return std::chrono::milliseconds(qint64(seconds * 1000));
}

Expected<Answer> parseAnswer(QByteArrayView bytes)
{
    Json::Limits limits;
    limits.maxBytes = MaxAnswerBytes;
    const auto json = Json::parse(bytes, limits);
    if (!json || !json->isObject())
        return unexpected(unfit(QStringLiteral("it is no JSON object")));
    Answer answer;
    answer.runnerId = json->value(key("runner_id")).toString();
    if (answer.runnerId.isEmpty())
        return unexpected(unfit(QStringLiteral("it names no runner_id")));
    if (const QString base = json->value(key("orchestrator")).toString(); !base.isEmpty()) {
        answer.orchestrator = QUrl(base, QUrl::StrictMode);
        if (!isHttp(answer.orchestrator))
            return unexpected(unfit(QStringLiteral("its address for further calls is none")));
    }
    if (const auto interval = duration(json->value(key("heartbeat_interval")).toString()); interval && interval->count() > 0)
        answer.interval = *interval;
    answer.secret = json->value(key("heartbeat_secret")).toString().toUtf8();
    answer.events = QUrl(json->value(key("o2r")).value(key("url")).toString(), QUrl::StrictMode);
    if (const Json ids = json->value(key("session_ids")); ids.isArray()) {
        answer.sessionIds.emplace();
        for (const Json &id : ids.items())
            answer.sessionIds->append(id.toString());
    }
    return answer;
}

} // namespace live_heartbeat
} // namespace sluice
