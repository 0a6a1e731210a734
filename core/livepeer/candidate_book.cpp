#include "sluice/livepeer/candidate_book.h"

#include "sluice/backend/selection_rules.h"
#include "sluice/backend/user_data.h"
#include "sluice/base/log.h"
#include "sluice/base/task.h"
#include "sluice/store/settings_table.h"

#include <vector>

namespace sluice::livepeer {

namespace {

const QString KeyPrefix = QStringLiteral("candidates/");
/// Beyond it the older half counts half: what a server did long ago says little about it now.
constexpr qint64 MostCounted = 64;
constexpr qsizetype MostReason = 300;
constexpr qsizetype MostServers = 2000;

Json toJson(const Experience &one)
{
    Json json{{QStringLiteral("taken"), one.taken}, {QStringLiteral("passed_over"), one.passedOver}};
    if (one.tookLast)
        json.insert(QStringLiteral("took_last"), *one.tookLast);
    if (!one.reason.isEmpty())
        json.insert(QStringLiteral("reason"), one.reason);
    json.insert(QStringLiteral("at"), one.at.toUTC().toString(Qt::ISODateWithMs));
    return json;
}

Experience fromJson(const Json &json)
{
    const auto count = [&json](const char *key) { return std::clamp<qint64>(json.value(QLatin1String(key)).toInt64().value_or(0), 0, MostCounted); };
    Experience one;
    one.taken = count("taken");
    one.passedOver = count("passed_over");
    if (const Json last = json.value(QStringLiteral("took_last")); last.isBool())
        one.tookLast = last.toBool();
    one.reason = json.value(QStringLiteral("reason")).toString().left(MostReason);
    one.at = QDateTime::fromString(json.value(QStringLiteral("at")).toString(), Qt::ISODateWithMs);
    return one;
}

Experience with(Experience one, bool took, const QString &reason, const QDateTime &at)
{
    ++(took ? one.taken : one.passedOver);
    if (one.taken + one.passedOver > MostCounted) {
        one.taken /= 2;
        one.passedOver /= 2;
    }
    one.tookLast = took;
    one.reason = took ? QString() : reason.left(MostReason);
    one.at = at;
    return one;
}

/// On its own: a call does not wait until it is written down how it went.
QCoro::Task<void> store(std::shared_ptr<UserData> data, QString server, bool took, QString reason, QDateTime at)
{
    const std::function<Json(const std::optional<Json> &)> change = [=](const std::optional<Json> &stored) {
        return toJson(with(stored ? fromJson(*stored) : Experience(), took, reason, at));
    };
    try {
        co_await data->settings().change(KeyPrefix + server, change);
    } catch (const Error &error) {
        qCInfo(logStore, "How a call went at %s could not be kept: %s", qUtf8Printable(server), qUtf8Printable(error.message()));
    }
}

} // namespace

QCoro::Task<QList<Probed>> probeAll(std::shared_ptr<CandidateProbe> probe, QList<QUrl> servers, qsizetype atOnce, CallContext context)
{
    QList<Probed> all;
    std::vector<QCoro::Task<Probed>> running;
    std::optional<Error> failure; // of one that all others would meet: thrown when nobody is under way any more
    for (qsizetype i = 0; i < servers.size(); ++i) {
        running.push_back(probe->probe(servers[i], context));
        if (qsizetype(running.size()) < atOnce && i + 1 < servers.size())
            continue;
        for (auto &task : running) {
            Probed said;
            try {
                said = co_await task;
            } catch (const Error &error) {
                failure = error;
            }
            all.append(said);
        }
        running.clear();
        if (failure)
            throw *failure;
    }
    co_return all;
}

CandidateBook::CandidateBook(std::shared_ptr<UserData> data)
    : m_data(std::move(data))
{
}

QCoro::Task<void> CandidateBook::load()
{
    if (std::exchange(m_loaded, true))
        co_return;
    try {
        const auto rows = co_await m_data->settings().all(KeyPrefix);
        for (const auto &[key, json] : rows.mid(0, MostServers))
            m_experience.try_emplace(key.mid(KeyPrefix.size()), fromJson(json)); // what happened meanwhile is newer
    } catch (const Error &error) {
        qCInfo(logStore, "How earlier calls went could not be read: %s", qUtf8Printable(error.message()));
    }
}

void CandidateBook::saw(const QString &name, const QUrl &server, const Probed &said)
{
    Seen &seen = m_seen[{name, serverOf(server).toString()}];
    seen.said = said;
    seen.age.start();
}

std::optional<Probed> CandidateBook::fresh(const QString &name, const QUrl &server) const
{
    const auto seen = m_seen.find({name, serverOf(server).toString()});
    if (seen == m_seen.end() || seen->second.age.hasExpired(FreshFor.count()))
        return std::nullopt;
    return seen->second.said;
}

Experience CandidateBook::experience(const QUrl &server) const
{
    const auto known = m_experience.find(serverOf(server).toString());
    return known == m_experience.end() ? Experience() : known->second;
}

void CandidateBook::took(const QUrl &server)
{
    note(server, true, QString());
}

void CandidateBook::passedOver(const QUrl &server, const QString &reason)
{
    note(server, false, reason);
}

void CandidateBook::note(const QUrl &server, bool took, const QString &reason)
{
    const QString key = serverOf(server).toString();
    if (key.isEmpty())
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Experience &one = m_experience[key];
    one = with(one, took, reason, now);
    toFuture(store(m_data, key, took, reason, now));
}

RankedFacts CandidateBook::facts(const QUrl &server, const std::optional<Probed> &said) const
{
    RankedFacts facts;
    const Experience past = experience(server);
    facts.taken = past.taken;
    facts.passedOver = past.passedOver;
    if (!said)
        return facts;
    facts.away = said->failure.has_value();
    if (facts.away)
        return facts;
    if (said->price && said->price->isValid())
        facts.price = said->price->asRational();
    facts.latency = said->latency;
    facts.available = said->available;
    return facts;
}

} // namespace sluice::livepeer
