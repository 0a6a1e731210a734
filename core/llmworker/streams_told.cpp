#include "streams_told_p.h"

namespace sluice::llmworker {

namespace {

/// Of one job. A worker that tells of more is not asked what it told before.
constexpr qsizetype MostStreams = 1000;

} // namespace

bool StreamsTold::isNews(Json &news)
{
    const QString text = QStringLiteral("message");
    const bool replayed = news.value(QStringLiteral("replay")).toBool();
    news.remove(QStringLiteral("replay"));
    const qint64 number = news.value(QStringLiteral("stream")).toInt64().value_or(0);
    if (!m_streams.contains(number) && m_streams.size() >= MostStreams)
        return !replayed;
    Told &told = m_streams[number];
    const QString event = news.value(QStringLiteral("event")).toString();
    if (event == QLatin1String("begun"))
        return !std::exchange(told.begun, true) || !replayed;
    if (event == QLatin1String("ended"))
        return !std::exchange(told.ended, true) || !replayed;
    const QString said = news.value(text).toString();
    if (!replayed) {
        told.text += said;
        return true;
    }
    // A worker whose text does not begin with what it told before is believed in what it told first.
    if (!said.startsWith(told.text) || said.size() == told.text.size())
        return false;
    news.insert(text, said.mid(told.text.size()));
    told.text = said;
    return true;
}

} // namespace sluice::llmworker
