#include "sluice/chat/data_pictures_p.h"

namespace sluice::ui {

namespace {
constexpr qsizetype longestName = 500;
constexpr qsizetype largestPicture = 48 * 1024 * 1024; ///< in base64
const QLatin1String opening("![");
const QLatin1String address("data:image/");
} // namespace

DataPictures::Taken DataPictures::take(const QString &text)
{
    Taken taken;
    m_held += text;
    while (m_uriAt >= 0 ? takePicture(taken) : findPicture(taken)) { }
    return taken;
}

QString DataPictures::finish()
{
    m_uriAt = -1;
    return std::exchange(m_held, QString());
}

/// Reads on to the end of an address. True when there is more to look at.
bool DataPictures::takePicture(Taken &taken)
{
    const qsizetype end = m_held.indexOf(u')', m_scanned);
    if (end < 0 && m_held.size() < largestPicture) {
        m_scanned = m_held.size();
        return false;
    }
    const qsizetype after = end < 0 ? m_held.size() : end + 1;
    if (end < 0) {
        taken.words += m_held; // too large to be one
    } else {
        const QString uri = m_held.mid(m_uriAt, end - m_uriAt).section(u' ', 0, 0);
        taken.pictures.append(ChatAttachment::picture(uri, m_name.simplified()));
    }
    m_held.remove(0, after);
    m_uriAt = -1;
    return !m_held.isEmpty();
}

/// Looks for the next beginning of one. True when there is more to look at.
bool DataPictures::findPicture(Taken &taken)
{
    const qsizetype start = m_held.indexOf(opening);
    if (start < 0) {
        const qsizetype kept = m_held.endsWith(u'!') ? 1 : 0;
        taken.words += m_held.left(m_held.size() - kept);
        m_held = m_held.right(kept);
        return false;
    }
    taken.words += m_held.left(start);
    m_held.remove(0, start);
    const qsizetype close = m_held.indexOf(QLatin1String("]("), 2);
    const QString begun = close < 0 ? QString() : m_held.mid(close + 2, address.size());
    const bool tooLong = (close < 0 ? m_held.size() : close) > longestName;
    if (!tooLong && (close < 0 || (begun.size() < address.size() && address.startsWith(begun))))
        return false; // what comes next tells
    if (tooLong || begun != address) {
        taken.words += opening;
        m_held.remove(0, opening.size());
        return true;
    }
    m_name = m_held.mid(2, close - 2);
    m_uriAt = close + 2;
    m_scanned = m_uriAt;
    return true;
}

} // namespace sluice::ui
