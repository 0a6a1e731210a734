#include "go_body_p.h"

#include <QtCore/QString>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace sluice::zerog::detail {

namespace {

constexpr char32_t replacement = 0xfffd;

void appendUtf8(QByteArray &to, char32_t c)
{
    if (c < 0x80) {
        to.append(char(c));
    } else if (c < 0x800) {
        to.append(char(0xc0 | (c >> 6))).append(char(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        to.append(char(0xe0 | (c >> 12))).append(char(0x80 | ((c >> 6) & 0x3f))).append(char(0x80 | (c & 0x3f)));
    } else {
        to.append(char(0xf0 | (c >> 18))).append(char(0x80 | ((c >> 12) & 0x3f))).append(char(0x80 | ((c >> 6) & 0x3f))).append(char(0x80 | (c & 0x3f)));
    }
}

/// The character at `at`, and how many bytes it takes; a byte that begins none is U+FFFD and one byte long, as Go decodes.
std::pair<char32_t, qsizetype> characterAt(QByteArrayView text, qsizetype at)
{
    const auto byte = [&](qsizetype offset) { return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return {first, 1};
    const qsizetype length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
    if (length == 0)
        return {replacement, 1};
    char32_t c = first & (0xffU >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {replacement, 1};
        c = (c << 6) | (byte(i) & 0x3f);
    }
    const bool tooLong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (tooLong || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff)
        return {replacement, 1};
    return {c, length};
}

/// Text in UTF-8 as a JSON string of Go's, with its HTML escapes.
void appendQuoted(QByteArray &to, QByteArrayView text)
{
    static constexpr char digits[] = "0123456789abcdef";
    to.append('"');
    for (qsizetype at = 0; at < text.size();) {
        const auto [c, length] = characterAt(text, at);
        at += length;
        switch (c) {
        case '"': to.append("\\\""); continue;
        case '\\': to.append("\\\\"); continue;
        case '\b': to.append("\\b"); continue;
        case '\f': to.append("\\f"); continue;
        case '\n': to.append("\\n"); continue;
        case '\r': to.append("\\r"); continue;
        case '\t': to.append("\\t"); continue;
        default: break;
        }
        if (c < 0x20 || c == '<' || c == '>' || c == '&')
            to.append("\\u00").append(digits[c >> 4]).append(digits[c & 0xf]);
        else if (c == 0x2028 || c == 0x2029)
            to.append(c == 0x2028 ? "\\u2028" : "\\u2029");
        else
            appendUtf8(to, c);
    }
    to.append('"');
}

/// Whether a literal out of binary64's range is too large (and not too small, which is 0).
bool isTooLarge(QByteArrayView literal)
{
    const qsizetype mark = std::min(literal.indexOf('e') < 0 ? literal.size() : literal.indexOf('e'), literal.indexOf('E') < 0 ? literal.size() : literal.indexOf('E'));
    const QByteArrayView mantissa = literal.first(mark);
    if (mark < literal.size())
        return literal[mark + 1] != '-';
    return !mantissa.startsWith("0.") && !mantissa.startsWith("-0.");
}

/// As Go's encoding/json writes a float64.
QByteArray goNumber(double value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    const QByteArrayView text(buffer, end.ptr - buffer); // "-d.ddde+XX"
    const qsizetype mark = text.lastIndexOf('e');
    int exponent = 0;
    const char *exponentAt = buffer + mark + (text[mark + 1] == '+' ? 2 : 1);
    std::from_chars(exponentAt, buffer + text.size(), exponent);
    const bool negative = text.startsWith('-');
    QByteArray digits = text.first(mark).toByteArray().mid(negative ? 1 : 0);
    digits.remove(1, digits.size() > 1 ? 1 : 0);
    QByteArray result = negative ? "-" : "";
    const double magnitude = std::fabs(value);
    if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21)) {
        result += digits.first(1);
        if (digits.size() > 1)
            result += '.' + digits.mid(1);
        return result + 'e' + (exponent < 0 ? '-' : '+') + QByteArray::number(std::abs(exponent));
    }
    if (exponent < 0)
        return result + "0." + QByteArray(-exponent - 1, '0') + digits;
    if (digits.size() <= exponent + 1)
        return result + digits + QByteArray(exponent + 1 - digits.size(), '0');
    return result + digits.first(exponent + 1) + '.' + digits.mid(exponent + 1);
}

/// One pass over the text, which is written anew as it goes.
class Rewriter {
public:
    Rewriter(QByteArrayView text, const GoBodyOptions &options) : m_text(text), m_options(options) {}

    Expected<QByteArray> object()
    {
        skipSpace();
        if (peek() != '{')
            fail(m_at >= m_text.size() ? QStringLiteral("the body is empty") : QStringLiteral("the body must be a JSON object"));
        QByteArray out;
        out.reserve(m_text.size() + 16);
        if (!m_failure)
            value(out, 0);
        if (m_failure)
            return unexpected(Error(Error::Kind::InvalidInput, *m_failure).withAdvice(QStringLiteral("Send one JSON object.")));
        return out;
    }

private:
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipSpace()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }
    void fail(const QString &why)
    {
        if (!m_failure)
            m_failure = QStringLiteral("%1 (at byte %2)").arg(why).arg(m_at);
    }

    void value(QByteArray &out, int depth)
    {
        if (depth > m_options.maxDepth)
            return fail(QStringLiteral("the body is nested deeper than %1").arg(m_options.maxDepth));
        skipSpace();
        switch (peek()) {
        case '{': return members(out, depth);
        case '[': return items(out, depth);
        case '"': {
            QByteArray text;
            string(text);
            if (!m_failure)
                appendQuoted(out, text);
            return;
        }
        case 't': return word(out, "true");
        case 'f': return word(out, "false");
        case 'n': return word(out, "null");
        default: return number(out);
        }
    }

    void word(QByteArray &out, QByteArrayView expected)
    {
        if (m_text.sliced(m_at).startsWith(expected)) {
            m_at += expected.size();
            out.append(expected);
        } else {
            fail(QStringLiteral("the body is no JSON"));
        }
    }

    /// After an item: whether another one follows. Fails when neither a comma nor `close` is there.
    bool another(char close)
    {
        skipSpace();
        const char c = peek();
        if (c != ',' && c != close)
            fail(m_at >= m_text.size() ? QStringLiteral("the JSON ends too early") : QStringLiteral("the body is no JSON"));
        ++m_at;
        return !m_failure && c == ',';
    }

    void items(QByteArray &out, int depth)
    {
        ++m_at;
        out.append('[');
        skipSpace();
        if (peek() == ']') {
            ++m_at;
        } else {
            value(out, depth + 1);
            while (!m_failure && another(']')) {
                out.append(',');
                value(out, depth + 1);
            }
        }
        out.append(']');
    }

    struct Member {
        QByteArray key;
        QByteArray value;
    };

    void members(QByteArray &out, int depth)
    {
        ++m_at;
        std::vector<Member> all;
        skipSpace();
        if (peek() == '}') {
            ++m_at;
        } else {
            do {
                skipSpace();
                Member member;
                if (peek() == '"')
                    string(member.key);
                else
                    fail(QStringLiteral("the body is no JSON: a key is expected"));
                skipSpace();
                if (!m_failure && peek() != ':')
                    fail(QStringLiteral("the body is no JSON: a colon is expected"));
                ++m_at;
                if (!m_failure)
                    value(member.value, depth + 1);
                all.push_back(std::move(member));
            } while (!m_failure && another('}'));
        }
        if (!m_failure)
            write(out, all);
    }

    static void write(QByteArray &out, std::vector<Member> &all)
    {
        std::stable_sort(all.begin(), all.end(), [](const Member &a, const Member &b) {
            // By bytes: QByteArray's own order is that of char, which may be signed.
            return std::lexicographical_compare(a.key.begin(), a.key.end(), b.key.begin(), b.key.end(),
                [](char x, char y) { return static_cast<unsigned char>(x) < static_cast<unsigned char>(y); });
        });
        out.append('{');
        bool first = true;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i + 1 < all.size() && all[i + 1].key == all[i].key)
                continue; // the last one of a name counts
            if (!first)
                out.append(',');
            first = false;
            appendQuoted(out, all[i].key);
            out.append(':').append(all[i].value);
        }
        out.append('}');
    }

    /// The four digits of a \u escape at `at`, or nothing.
    [[nodiscard]] std::optional<char32_t> escapedUnit(qsizetype at) const
    {
        if (at + 6 > m_text.size() || m_text[at] != '\\' || m_text[at + 1] != 'u')
            return std::nullopt;
        unsigned unit = 0;
        const char *end = m_text.data() + at + 6;
        const auto read = std::from_chars(m_text.data() + at + 2, end, unit, 16);
        if (read.ec != std::errc() || read.ptr != end || m_text[at + 2] == '-')
            return std::nullopt;
        return char32_t(unit);
    }

    void escape(QByteArray &into)
    {
        const char c = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        static constexpr std::pair<char, char> plain[] = {{'"', '"'}, {'\\', '\\'}, {'/', '/'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}};
        for (const auto &[letter, meaning] : plain) {
            if (c == letter) {
                into.append(meaning);
                m_at += 2;
                return;
            }
        }
        const auto unit = escapedUnit(m_at);
        if (!unit)
            return fail(QStringLiteral("the body is no JSON: an unknown escape"));
        m_at += 6;
        if (*unit < 0xd800 || *unit > 0xdfff)
            return appendUtf8(into, *unit);
        const auto second = *unit < 0xdc00 ? escapedUnit(m_at) : std::nullopt;
        if (second && *second >= 0xdc00 && *second <= 0xdfff) {
            m_at += 6;
            return appendUtf8(into, 0x10000 + ((*unit - 0xd800) << 10) + (*second - 0xdc00));
        }
        appendUtf8(into, replacement);
    }

    /// The text of a string in UTF-8.
    void string(QByteArray &into)
    {
        ++m_at;
        while (!m_failure) {
            if (m_at >= m_text.size())
                return fail(QStringLiteral("the JSON ends too early"));
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return;
            }
            if (c == '\\') {
                escape(into);
            } else if (static_cast<unsigned char>(c) < 0x20) {
                fail(QStringLiteral("the body is no JSON: a control character in a text"));
            } else {
                const auto [character, length] = characterAt(m_text, m_at);
                appendUtf8(into, character);
                m_at += length;
            }
        }
    }

    qsizetype digitsFrom(qsizetype at) const
    {
        while (at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9')
            ++at;
        return at;
    }

    /// Where the number that begins here ends; -1 when none does.
    [[nodiscard]] qsizetype numberEnd() const
    {
        const auto charAt = [this](qsizetype at) { return at < m_text.size() ? m_text[at] : '\0'; };
        qsizetype at = m_at + (peek() == '-' ? 1 : 0);
        if (charAt(at) == '0')
            ++at;
        else if (const qsizetype end = digitsFrom(at); end > at)
            at = end;
        else
            return -1;
        if (charAt(at) == '.') {
            const qsizetype end = digitsFrom(at + 1);
            if (end == at + 1)
                return -1;
            at = end;
        }
        if (charAt(at) == 'e' || charAt(at) == 'E') {
            qsizetype begin = at + 1;
            if (charAt(begin) == '+' || charAt(begin) == '-')
                ++begin;
            const qsizetype end = digitsFrom(begin);
            if (end == begin)
                return -1;
            at = end;
        }
        return at;
    }

    void number(QByteArray &out)
    {
        const qsizetype end = numberEnd();
        if (end < 0)
            return fail(m_at >= m_text.size() ? QStringLiteral("the JSON ends too early") : QStringLiteral("the body is no JSON"));
        const QByteArrayView literal = m_text.sliced(m_at, end - m_at);
        if (m_options.keepNumbers) {
            out.append(literal);
        } else {
            double value = 0;
            const auto read = std::from_chars(literal.data(), literal.data() + literal.size(), value);
            if (read.ec == std::errc::result_out_of_range) {
                if (isTooLarge(literal))
                    return fail(QStringLiteral("the number %1 is beyond binary64").arg(QString::fromLatin1(literal.first(std::min<qsizetype>(literal.size(), 40)))));
                value = literal.startsWith('-') ? -0.0 : 0.0;
            }
            out.append(goNumber(value));
        }
        m_at = end;
    }

    QByteArrayView m_text;
    GoBodyOptions m_options;
    qsizetype m_at = 0;
    std::optional<QString> m_failure;
};

} // namespace

Expected<QByteArray> rewrittenAsGo(QByteArrayView text, const GoBodyOptions &options)
{
    return Rewriter(text, options).object();
}

} // namespace sluice::zerog::detail
