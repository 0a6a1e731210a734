#include "sluice/openai/stop_filter.h"

#include <algorithm>
#include <utility>

namespace sluice::openai {

// Knuth, Morris and Pratt's search, one for each stop text, side by side.
StopFilter::StopFilter(const QStringList &stops)
{
    for (const QString &text : stops) {
        Stop stop;
        stop.text = text;
        stop.fallback.fill(0, text.size() + 1);
        for (qsizetype end = 1; end < text.size(); ++end) {
            qsizetype length = stop.fallback.at(end);
            while (length > 0 && text.at(length) != text.at(end))
                length = stop.fallback.at(length);
            stop.fallback[end + 1] = text.at(length) == text.at(end) ? length + 1 : 0;
        }
        m_stops.append(stop);
    }
}

void StopFilter::Stop::step(QChar next)
{
    while (length > 0 && text.at(length) != next)
        length = fallback.at(length);
    if (text.at(length) == next)
        ++length;
}

QString StopFilter::feed(const QString &text)
{
    if (m_matched || m_stops.isEmpty())
        return m_matched ? QString() : text;
    const QString all = m_held + text;
    for (qsizetype at = m_held.size(); at < all.size(); ++at) {
        qsizetype longest = 0;
        for (Stop &stop : m_stops) {
            stop.step(all.at(at));
            if (stop.length == stop.text.size())
                longest = std::max(longest, stop.length);
        }
        if (longest == 0)
            continue;
        m_matched = true;
        m_held.clear();
        return all.left(at + 1 - longest);
    }
    qsizetype keep = 0;
    for (const Stop &stop : std::as_const(m_stops))
        keep = std::max(keep, stop.length);
    m_held = all.right(keep);
    return all.chopped(keep);
}

QString StopFilter::finish()
{
    return std::exchange(m_held, {});
}

} // namespace sluice::openai
