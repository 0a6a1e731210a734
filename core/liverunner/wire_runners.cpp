#include "wire_p.h"

#include "sluice/liverunner/wire.h"

#include <QtCore/QSet>
#include <QtCore/QUrl>

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxUrlCharacters = 2048;
constexpr qsizetype MaxRunnersInFile = 1000;
constexpr qsizetype MaxSessionIds = 4096;

Error refused(const QString &what, const char *field)
{
    return Error(Error::Kind::InvalidInput, what).withField(QLatin1Char('/') + QLatin1String(field));
}

bool isTrimmed(const QString &text)
{
    return text == text.trimmed();
}

bool isAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return text.size() <= MaxUrlCharacters && url.isValid() && !url.host().isEmpty()
        && (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

/// The checks that come before the words of a heartbeat.
Expected<void> checkPlace(const RunnerDescription &runner)
{
    if (!isAddress(runner.runnerUrl))
        return unexpected(refused(QStringLiteral("invalid runner_url"), "runner_url"));
    if (runner.app.isEmpty() || !isTrimmed(runner.app) || runner.app.size() > MaxIdCharacters)
        return unexpected(refused(QStringLiteral("app must be trimmed"), "app"));
    if (runner.metadata.toUtf8().size() > MaxMetadataBytes)
        return unexpected(refused(QStringLiteral("metadata must be at most 1024 bytes"), "metadata"));
    if (runner.metadata.contains(QChar::ReplacementCharacter))
        return unexpected(refused(QStringLiteral("metadata must not contain Unicode replacement character U+FFFD"), "metadata"));
    return {};
}

Expected<void> checkTerms(const RunnerDescription &runner, bool onChain)
{
    if (runner.capacity < 0)
        return unexpected(refused(QStringLiteral("capacity must be >= 0"), "capacity"));
    if (onChain)
        return runner.price.value_or(RegisteredPrice()).check();
    return {};
}

std::optional<RegisteredPrice> priceIn(MemberReader &reader)
{
    const Json value = reader.object("price_info");
    if (value.isNull())
        return std::nullopt;
    MemberReader members(value, Error::Kind::InvalidInput);
    RegisteredPrice price;
    price.currency = members.text("currency");
    price.unit = members.text("unit");
    const Json amount = members.any("price");
    if (amount.isNumber())
        price.price = amount.numberText();
    else if (amount.isString())
        price.price = amount.toString().toUtf8();
    else if (!amount.isNull())
        members.refuse("price", "number", amount);
    if (members.fault())
        reader.refuse("price_info", "{price, currency, unit}", value);
    return price;
}

/// What heartbeats and files share; `mode` as it was written.
RunnerDescription descriptionIn(MemberReader &reader, QString &mode)
{
    RunnerDescription runner;
    runner.runnerUrl = reader.text("runner_url");
    runner.app = reader.text("app");
    mode = reader.text("mode");
    runner.capacity = reader.integer("capacity");
    if (runner.capacity == 0)
        runner.capacity = 1;
    runner.price = priceIn(reader);
    runner.proxy = reader.flag("proxy");
    runner.version = reader.text("version");
    runner.metadata = reader.text("metadata");
    runner.gpu = gpuIn(reader);
    return runner;
}

Error wrongMode()
{
    return refused(QStringLiteral("mode must be \"persistent\" or \"single-shot\""), "mode");
}

void describe(const RunnerDescription &runner, Json &json)
{
    json.insert(QStringLiteral("runner_url"), runner.runnerUrl);
    json.insert(QStringLiteral("app"), runner.app);
    json.insert(QStringLiteral("mode"), modeText(runner.mode));
    json.insert(QStringLiteral("capacity"), runner.capacity);
    if (runner.price)
        json.insert(QStringLiteral("price_info"), runner.price->toJson());
    if (runner.proxy)
        json.insert(QStringLiteral("proxy"), true);
    if (!runner.version.isEmpty())
        json.insert(QStringLiteral("version"), runner.version);
    if (!runner.metadata.isEmpty())
        json.insert(QStringLiteral("metadata"), runner.metadata);
    if (runner.gpu)
        json.insert(QStringLiteral("gpu"), runner.gpu->toJson());
}

Expected<void> checkHealth(const StaticRunner &entry, qint64 status)
{
    if (entry.healthUrl.isEmpty())
        return unexpected(refused(QStringLiteral("health_url is required"), "health_url"));
    if (!isAddress(entry.healthUrl) && !entry.healthUrl.startsWith(QLatin1Char('/')))
        return unexpected(refused(QStringLiteral("invalid health_url"), "health_url"));
    if (status < 100 || status > 599)
        return unexpected(refused(QStringLiteral("healthy_status_code must be a valid HTTP status code"), "healthy_status_code"));
    return {};
}

Expected<StaticRunner> entryIn(const Json &json, bool onChain)
{
    MemberReader reader(json, Error::Kind::InvalidInput);
    if (!json.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("is no object")));
    StaticRunner entry;
    QString mode;
    entry.label = reader.text("label");
    const QString routing = reader.text("routing");
    entry.runner = descriptionIn(reader, mode);
    entry.healthUrl = reader.text("health_url");
    const qint64 status = reader.integer("healthy_status_code", 200);
    if (reader.fault())
        return unexpected(*reader.fault());
    if (entry.label.isEmpty() || !isTrimmed(entry.label) || entry.label.size() > MaxIdCharacters)
        return unexpected(refused(QStringLiteral("label is required and must be trimmed"), "label"));
    if (!routing.isEmpty() && routing != QLatin1String("runner-id") && routing != QLatin1String("label"))
        return unexpected(refused(QStringLiteral("routing must be \"runner-id\" or \"label\""), "routing"));
    entry.routedByLabel = routing == QLatin1String("label");
    if (entry.routedByLabel && entry.label.contains(QLatin1Char('/')))
        return unexpected(refused(QStringLiteral("label cannot contain / when routing is \"label\""), "label"));
    if (const auto placed = checkPlace(entry.runner); !placed)
        return unexpected(placed.error());
    if (!modeOf(mode))
        return unexpected(wrongMode());
    entry.runner.mode = *modeOf(mode);
    if (const auto terms = checkTerms(entry.runner, onChain); !terms)
        return unexpected(terms.error());
    if (const auto healthy = checkHealth(entry, status); !healthy)
        return unexpected(healthy.error());
    entry.healthyStatus = int(status);
    return entry;
}

} // namespace

Expected<void> RunnerDescription::check(bool onChain) const
{
    const auto placed = checkPlace(*this);
    return placed ? checkTerms(*this, onChain) : placed;
}

Json Heartbeat::toJson() const
{
    Json json = Json::object();
    describe(runner, json);
    insertTexts(json, "session_ids", sessionIds);
    if (!runnerId.isEmpty())
        json.insert(QStringLiteral("runner_id"), runnerId);
    if (!label.isEmpty())
        json.insert(QStringLiteral("label"), label);
    json.insert(QStringLiteral("status"), status.isEmpty() ? QStringLiteral("ready") : status);
    return json;
}

Expected<Heartbeat> Heartbeat::parse(QByteArrayView body, bool onChain)
{
    const auto json = parseObject(body, MaxHeartbeatBytes, Error::Kind::InvalidInput);
    if (!json)
        return unexpected(json.error());
    MemberReader reader(*json, Error::Kind::InvalidInput);
    Heartbeat heartbeat;
    QString mode;
    heartbeat.runner = descriptionIn(reader, mode);
    heartbeat.runnerId = reader.text("runner_id").trimmed();
    heartbeat.status = reader.text("status");
    heartbeat.label = reader.text("label");
    heartbeat.sessionIds = reader.texts("session_ids");
    if (reader.fault())
        return unexpected(*reader.fault());
    if (heartbeat.runnerId.size() > MaxIdCharacters)
        return unexpected(refused(QStringLiteral("runner_id must be at most %1 characters").arg(MaxIdCharacters), "runner_id"));
    if (heartbeat.sessionIds.size() > MaxSessionIds)
        return unexpected(refused(QStringLiteral("session_ids cannot contain more than %1 entries").arg(MaxSessionIds), "session_ids"));
    if (const auto placed = checkPlace(heartbeat.runner); !placed)
        return unexpected(placed.error());
    if (heartbeat.status != heartbeat.status.trimmed().toLower())
        return unexpected(refused(QStringLiteral("status must be lowercase and trimmed"), "status"));
    if (!modeOf(mode))
        return unexpected(wrongMode());
    heartbeat.runner.mode = *modeOf(mode);
    if (const auto terms = checkTerms(heartbeat.runner, onChain); !terms)
        return unexpected(terms.error());
    return heartbeat;
}

Json HeartbeatAnswer::toJson() const
{
    Json json{{QStringLiteral("runner_id"), runnerId}, {QStringLiteral("orchestrator"), orchestrator},
        {QStringLiteral("heartbeat_interval"), durationText(interval)}, {QStringLiteral("heartbeat_ttl"), durationText(ttl)}};
    if (!secret.isEmpty())
        json.insert(QStringLiteral("heartbeat_secret"), QString::fromLatin1(secret));
    if (o2r)
        json.insert(QStringLiteral("o2r"), o2r->toJson());
    insertTexts(json, "session_ids", sessionIds);
    return json;
}

Expected<HeartbeatAnswer> HeartbeatAnswer::parse(QByteArrayView body)
{
    const auto json = parseObject(body, MaxAnswerBytes, Error::Kind::Protocol);
    if (!json)
        return unexpected(json.error());
    MemberReader reader(*json, Error::Kind::Protocol);
    HeartbeatAnswer answer;
    answer.runnerId = reader.text("runner_id").trimmed();
    answer.orchestrator = reader.text("orchestrator").trimmed();
    const QString interval = reader.text("heartbeat_interval");
    const QString ttl = reader.text("heartbeat_ttl");
    answer.secret = reader.text("heartbeat_secret").trimmed().toUtf8();
    answer.sessionIds = reader.texts("session_ids");
    const Json channel = reader.object("o2r");
    if (reader.fault())
        return unexpected(*reader.fault());
    if (answer.runnerId.isEmpty() || answer.runnerId.size() > MaxIdCharacters)
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The orchestrator's answer to a heartbeat has no runner_id of at most %1 characters.").arg(MaxIdCharacters)));
    const std::pair<const QString &, std::chrono::nanoseconds &> times[] = {{interval, answer.interval}, {ttl, answer.ttl}};
    for (const auto &[text, time] : times) {
        const auto read = text.isEmpty() ? Expected<std::chrono::nanoseconds>(std::chrono::nanoseconds()) : parseDuration(text);
        if (!read)
            return unexpected(read.error());
        time = *read;
    }
    if (!channel.isNull()) {
        const auto read = ChannelAnswer::fromJson(channel);
        if (!read)
            return unexpected(read.error());
        answer.o2r = *read;
    }
    return answer;
}

QString StaticRunner::healthAddress() const
{
    if (!healthUrl.startsWith(QLatin1Char('/')))
        return healthUrl;
    QUrl url(runner.runnerUrl);
    QString base = url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo).toString(QUrl::FullyEncoded);
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    return base + healthUrl;
}

Expected<QList<StaticRunner>> parseRunnersFile(QByteArrayView text, bool onChain)
{
    const auto json = parseObject(text, MaxRunnersFileBytes, Error::Kind::InvalidInput);
    if (!json)
        return unexpected(json.error());
    const Json runners = livepeer::member(*json, QStringLiteral("runners"));
    if (!runners.isNull() && !runners.isArray())
        return unexpected(refused(QStringLiteral("runners is no array"), "runners"));
    if (runners.size() > MaxRunnersInFile)
        return unexpected(refused(QStringLiteral("runners cannot contain more than %1 entries").arg(MaxRunnersInFile), "runners"));
    QList<StaticRunner> entries;
    QSet<QString> labels;
    for (qsizetype i = 0; i < runners.size(); ++i) {
        const auto fail = [i](const Error &error) {
            return unexpected(Error(error).withMessage(QStringLiteral("runners[%1]: %2").arg(i).arg(error.message()))
                                  .withField(QStringLiteral("/runners/%1%2").arg(i).arg(error.field())));
        };
        const auto entry = entryIn(runners.at(i), onChain);
        if (!entry)
            return fail(entry.error());
        if (labels.contains(entry->label))
            return fail(refused(QStringLiteral("duplicate label \"%1\"").arg(entry->label), "label"));
        labels.insert(entry->label);
        entries.append(*entry);
    }
    return entries;
}

} // namespace sluice::liverunner
