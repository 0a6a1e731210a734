#include "sluice/gateway/job_news.h"

#include "sluice/base/json.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr QByteArrayView Beginning = R"({"worker":{)";
/// Streams beyond these are not told apart.
constexpr qint64 MostStreams = 64;
constexpr qsizetype MostWeiDigits = 40;

JobNews::Event eventOf(const QString &word)
{
    if (word == QLatin1String("begun"))
        return JobNews::Event::Begun;
    if (word == QLatin1String("text"))
        return JobNews::Event::Text;
    return word == QLatin1String("ended") ? JobNews::Event::Ended : JobNews::Event::None;
}

/// An amount that is one; what a worker says is a stranger's.
QString weiIn(const Json &news, const char *name)
{
    const QString text = news.value(QString::fromLatin1(name)).toString();
    const bool digits = !text.isEmpty() && text.size() <= MostWeiDigits && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits ? text : QString();
}

std::optional<qint64> countIn(const Json &news, const char *name)
{
    const auto count = news.value(QString::fromLatin1(name)).toInt64();
    return count && *count >= 0 ? count : std::nullopt;
}

} // namespace

std::optional<JobNews> readJobNews(QByteArrayView utf8)
{
    if (!utf8.startsWith(Beginning))
        return std::nullopt;
    const auto json = Json::parse(utf8);
    if (!json || json->size() != 1)
        return std::nullopt;
    const Json told = json->value(QStringLiteral("worker"));
    JobNews news;
    news.jobId = told.value(QStringLiteral("job")).toString().left(100);
    news.place = countIn(told, "place");
    news.stream = int(std::min(countIn(told, "stream").value_or(0), MostStreams));
    news.streams = int(std::min(countIn(told, "of").value_or(0), MostStreams));
    news.event = eventOf(told.value(QStringLiteral("event")).toString());
    news.provider = told.value(QStringLiteral("provider")).toString().left(200);
    news.model = told.value(QStringLiteral("model")).toString().left(200);
    news.text = told.value(QStringLiteral("message")).toString();
    news.promptTokens = countIn(told, "prompt_tokens");
    news.completionTokens = countIn(told, "completion_tokens");
    news.paidWei = weiIn(told, "paid_wei");
    news.chargedWei = weiIn(told, "charged_wei");
    news.runId = told.value(QStringLiteral("run_id")).toString().left(100);
    return news;
}

} // namespace sluice
