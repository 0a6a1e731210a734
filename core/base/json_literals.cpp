#include "json_literals_p.h"

namespace sluice {

namespace {

constexpr char NoJson = '\x01'; // no token begins with it

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

void JsonLiterals::show()
{
    if (m_at >= m_text.size())
        return;
    m_shown = m_text.at(m_at);
    m_next = m_at + 1;
    if (m_inString) {
        m_inString = m_escaped || m_shown != '"';
        m_escaped = !m_escaped && m_shown == '\\';
        return;
    }
    if (m_shown == '"') {
        m_inString = true;
    } else if (m_shown == '-' || isDigit(m_shown)) {
        const qsizetype end = numberEnd(m_at);
        if (end > m_at)
            m_literals.push_back(m_text.sliced(m_at, end - m_at));
        m_shown = end > m_at ? '0' : NoJson;
        m_next = std::max(m_next, end);
    }
}

/// Behind the number that begins there (RFC 8259, section 6), or -1 when there is none.
qsizetype JsonLiterals::numberEnd(qsizetype from) const
{
    qsizetype at = from;
    const auto is = [&](char c) { return at < m_text.size() && m_text.at(at) == c; };
    const auto digits = [&] {
        const qsizetype begin = at;
        while (at < m_text.size() && isDigit(m_text.at(at)))
            ++at;
        return at > begin;
    };
    at += is('-');
    if (is('0'))
        ++at;
    else if (!digits())
        return -1;
    if (is('.') && (++at, !digits()))
        return -1;
    if (is('e') || is('E')) {
        ++at;
        at += is('+') || is('-');
        if (!digits())
            return -1;
    }
    // Only these may follow a value; another character would make a second number of what is left, as in 1.5.2.
    static constexpr QByteArrayView after(",]} \t\r\n:");
    return at == m_text.size() || after.contains(m_text.at(at)) ? at : -1;
}

} // namespace sluice
