#include "job_record_p.h"

#include "job_desk_p.h"

namespace sluice::llmworker {

namespace {

/// Code units of one job.
constexpr qsizetype MaxKept = 8 * 1024 * 1024;
/// For the rest of a message of which only its text is counted.
constexpr qsizetype NewsOverhead = 200;

const QString StreamKey = QStringLiteral("stream");
const QString EventKey = QStringLiteral("event");
const QString TextKey = QStringLiteral("message");

void again(Listener &listener, Json message)
{
    message.insert(QStringLiteral("replay"), true);
    listener.tell(message.dump());
}

} // namespace

void JobRecord::grow(qsizetype size)
{
    m_size += size;
    if (!m_kept || m_size <= MaxKept)
        return;
    m_kept = false;
    m_text = {};
    m_streams = {};
    m_size = 0;
}

void JobRecord::addText(const QString &fragment)
{
    if (!m_kept)
        return;
    m_text += fragment;
    grow(fragment.size());
}

void JobRecord::addNews(const Json &message)
{
    const qint64 number = message.value(StreamKey).toInt64().value_or(0);
    if (!m_kept || number <= 0)
        return;
    while (m_streams.size() < number)
        m_streams.emplace_back();
    Told &told = m_streams[number - 1];
    const QString event = message.value(EventKey).toString();
    if (event == QLatin1String("text")) {
        const QString text = message.value(TextKey).toString();
        told.text += text;
        grow(text.size());
        return;
    }
    (event == QLatin1String("begun") ? told.begun : told.ended) = message;
    grow(NewsOverhead);
}

void JobRecord::replayTo(Listener &listener, bool streams) const
{
    if (!m_kept)
        return;
    const auto answer = [&] { listener.tell(RunningWriter(m_jobId).writeReplay(m_text)); };
    bool answered = false;
    for (qsizetype i = 0; streams && i < m_streams.size(); ++i) {
        const Told &told = m_streams.at(i);
        if (told.begun)
            again(listener, *told.begun);
        if (!told.text.isEmpty())
            again(listener, Json{{QStringLiteral("type"), "stream"}, {QStringLiteral("job_id"), m_jobId}, {StreamKey, qint64(i + 1)}, {EventKey, "text"}, {TextKey, told.text}});
        // The last one's text is the answer, and stands between its beginning and its end.
        const bool last = told.begun && told.begun->value(QStringLiteral("of")).toInt64() == i + 1;
        if (last && !std::exchange(answered, true))
            answer();
        if (told.ended)
            again(listener, *told.ended);
    }
    if (!answered)
        answer();
}

} // namespace sluice::llmworker
