#include "sluice/net/sse_parser.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace sluice {

namespace {

constexpr QByteArrayView ByteOrderMark("\xEF\xBB\xBF");

const char *find(const char *begin, const char *end, char wanted)
{
    if (begin == end)
        return end;
    const void *hit = std::memchr(begin, wanted, static_cast<std::size_t>(end - begin));
    return hit ? static_cast<const char *>(hit) : end;
}

// QString::fromUtf8() would swallow a byte order mark, which only the start of the stream may lose.
QString decoded(QByteArrayView value)
{
    if (value.startsWith(ByteOrderMark)) [[unlikely]]
        return QChar(QChar::ByteOrderMark) + QString::fromUtf8(value);
    return QString::fromUtf8(value);
}

std::optional<int> digits(QByteArrayView value)
{
    const bool onlyDigits = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const int number = onlyDigits ? value.toByteArray().toInt(&fits) : 0;
    return fits ? std::optional(number) : std::nullopt;
}

} // namespace

SseParser::SseParser()
    : SseParser(Limits{})
{
}

SseParser::SseParser(Limits limits)
    : m_limits(limits)
{
}

Expected<QList<SseEvent>> SseParser::feed(QByteArrayView bytes)
{
    const char *at = bytes.begin();
    const char *const end = bytes.end();
    if (m_skipLf && at != end) {
        at += *at == '\n' ? 1 : 0;
        m_skipLf = false;
    }
    // Each of the two is searched again only once passed, so that no byte is looked at more than twice.
    const char *lf = find(at, end, '\n');
    const char *cr = find(at, end, '\r');
    while (!m_error) {
        if (lf < at)
            lf = find(at, end, '\n');
        if (cr < at)
            cr = find(at, end, '\r');
        const char *const stop = std::min(lf, cr);
        const QByteArrayView piece(at, stop);
        if (m_partial.size() + piece.size() > m_limits.maxLineBytes) {
            fail(QStringLiteral("A line"), m_limits.maxLineBytes);
            break;
        }
        if (stop == end) {
            m_partial.append(piece);
            break;
        }
        if (m_partial.isEmpty()) {
            takeLine(piece);
        } else {
            m_partial.append(piece);
            const QByteArray line = std::exchange(m_partial, {});
            takeLine(line);
        }
        at = stop + 1;
        if (*stop == '\r') {
            if (at == end)
                m_skipLf = true;
            else if (*at == '\n')
                ++at;
        }
    }
    if (m_error && m_ready.isEmpty())
        return unexpected(*m_error);
    return std::exchange(m_ready, {});
}

Expected<std::optional<SseEvent>> SseParser::finish()
{
    if (!m_error && !m_partial.isEmpty())
        takeLine(std::exchange(m_partial, {}));
    if (m_error)
        return unexpected(*m_error);
    dispatch();
    std::optional<SseEvent> last;
    if (!m_ready.isEmpty())
        last = m_ready.takeLast();
    *this = SseParser(m_limits);
    return last;
}

void SseParser::takeLine(QByteArrayView line)
{
    if (std::exchange(m_start, false) && line.startsWith(ByteOrderMark))
        line = line.sliced(ByteOrderMark.size());
    if (line.isEmpty()) {
        dispatch();
        return;
    }
    const char *const colon = find(line.begin(), line.end(), ':');
    if (colon == line.begin())
        return;
    if (colon == line.end()) {
        takeField(line, {});
        return;
    }
    const char *const value = colon + 1;
    const bool space = value != line.end() && *value == ' ';
    takeField({line.begin(), colon}, {space ? value + 1 : value, line.end()});
}

void SseParser::takeField(QByteArrayView name, QByteArrayView value)
{
    const bool isData = name == QByteArrayView("data");
    if (!isData && name != QByteArrayView("event") && name != QByteArrayView("id") && name != QByteArrayView("retry"))
        return;
    m_eventBytes += name.size() + value.size() + 1;
    if (m_eventBytes > m_limits.maxEventBytes) {
        fail(QStringLiteral("An event"), m_limits.maxEventBytes);
        return;
    }
    if (isData) {
        if (m_hasData)
            m_event.data += QLatin1Char('\n') + decoded(value);
        else
            m_event.data = decoded(value);
        m_hasData = true;
    } else if (name.front() == 'e') {
        // An empty type means the default one, which here is none.
        m_event.event = value.isEmpty() ? std::nullopt : std::optional(decoded(value));
    } else if (name.front() == 'i') {
        if (!value.contains('\0'))
            m_event.id = decoded(value);
    } else if (const std::optional<int> retry = digits(value)) {
        m_event.retry = retry;
    }
}

void SseParser::dispatch()
{
    m_eventBytes = 0;
    if (std::exchange(m_hasData, false))
        m_ready.append(std::exchange(m_event, {}));
    else
        m_event = {};
}

void SseParser::fail(const QString &what, qsizetype limit)
{
    m_partial.clear();
    m_error = Error(Error::Kind::TooLarge,
        QStringLiteral("%1 of the event stream is longer than the %2 bytes that are allowed.").arg(what).arg(limit));
}

} // namespace sluice
