#include "format_p.h"

#include "sluice/llmworker/format.h"

#include <algorithm>

namespace sluice::llmworker {

namespace {

Unexpected<Error> wrong(const QString &text)
{
    return unexpected(Error(Error::Kind::InvalidInput, text));
}

bool isAlign(uint c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`
struct Spec {
    uint fill = ' ';
    uint align = '<';
    bool aligned = false;
    qsizetype width = 0;
    std::optional<qsizetype> precision;
};

class SpecReader {
public:
    explicit SpecReader(const QString &text)
        : m_text(text)
        , m_points(text.toUcs4())
    {
    }

    /// In the order in which Python looks: first what the whole means, then whether a text can have it.
    Expected<Spec> read()
    {
        readAlign();
        if (has('+') || has('-') || has(' '))
            m_sign = m_points.at(m_at++);
        m_negativeZero = take('z');
        m_alternate = take('#');
        if (has('0') && !m_filled) {
            m_spec.fill = '0';
            ++m_at;
        }
        const auto width = number();
        if (!width)
            return unexpected(width.error());
        m_spec.width = width->value_or(0);
        const uint grouping = has(',') || has('_') ? m_points.at(m_at++) : 0;
        if (grouping && (has(',') || has('_')))
            return wrong(m_points.at(m_at) == grouping ? QStringLiteral("Cannot specify '%1' with '%1'.").arg(QChar(ushort(grouping))) : QStringLiteral("Cannot specify both ',' and '_'."));
        if (take('.')) {
            const auto precision = number();
            if (!precision)
                return unexpected(precision.error());
            if (!*precision)
                return wrong(QStringLiteral("Format specifier missing precision"));
            m_spec.precision = **precision;
        }
        return readType(grouping);
    }

private:
    void readAlign()
    {
        if (m_points.size() > 1 && isAlign(m_points.at(1))) {
            m_spec.fill = m_points.at(0);
            m_spec.align = m_points.at(1);
            m_filled = true;
            m_at = 2;
        } else if (!m_points.isEmpty() && isAlign(m_points.at(0))) {
            m_spec.align = m_points.at(0);
            m_at = 1;
        }
    }

    Expected<Spec> readType(uint grouping)
    {
        if (m_points.size() - m_at > 1)
            return wrong(QStringLiteral("Invalid format specifier '%1' for object of type 'str'").arg(m_text));
        const char32_t type = m_at < m_points.size() ? m_points.at(m_at) : U's';
        const QString name = type > 32 && type < 128 ? QString(QChar(char16_t(type))) : QStringLiteral("\\x") + QString::number(uint(type), 16);
        if (grouping && !groups(type, grouping))
            return wrong(QStringLiteral("Cannot specify '%1' with '%2'.").arg(QChar(ushort(grouping))).arg(name));
        if (type != U's')
            return wrong(QStringLiteral("Unknown format code '%1' for object of type 'str'").arg(name));
        if (m_sign)
            return wrong(m_sign == ' ' ? QStringLiteral("Space not allowed in string format specifier") : QStringLiteral("Sign not allowed in string format specifier"));
        if (m_negativeZero)
            return wrong(QStringLiteral("Negative zero coercion (z) not allowed in string format specifier"));
        if (m_alternate)
            return wrong(QStringLiteral("Alternate form (#) not allowed in string format specifier"));
        if (m_spec.align == '=')
            return wrong(QStringLiteral("'=' alignment not allowed in string format specifier"));
        return m_spec;
    }

    /// Numbers of these kinds may have their digits grouped.
    static bool groups(char32_t type, uint grouping)
    {
        return QStringView(u"deEfFgG%").contains(QChar(char16_t(type & 0xffff))) || (grouping == '_' && QStringView(u"boxX").contains(QChar(char16_t(type & 0xffff))));
    }

    [[nodiscard]] bool has(char c) const { return m_at < m_points.size() && m_points.at(m_at) == uint(c); }
    bool take(char c)
    {
        const bool there = has(c);
        m_at += there ? 1 : 0;
        return there;
    }

    Expected<std::optional<qsizetype>> number()
    {
        std::optional<qsizetype> value;
        while (m_at < m_points.size() && m_points.at(m_at) >= '0' && m_points.at(m_at) <= '9') {
            if (value.value_or(0) > 100'000'000'000'000'000)
                return wrong(QStringLiteral("Too many decimal digits in format string"));
            value = value.value_or(0) * 10 + qsizetype(m_points.at(m_at++) - '0');
        }
        return value;
    }

    QString m_text;
    QList<uint> m_points;
    qsizetype m_at = 0;
    uint m_sign = 0; ///< 0: none
    bool m_negativeZero = false;
    bool m_alternate = false;
    bool m_filled = false;
    Spec m_spec;
};

} // namespace

Expected<QString> laidOut(const QString &text, const QString &spec)
{
    if (spec.isEmpty())
        return text;
    const auto wanted = SpecReader(spec).read();
    if (!wanted)
        return unexpected(wanted.error());
    QList<uint> points = text.toUcs4();
    if (wanted->precision && *wanted->precision < points.size())
        points.resize(*wanted->precision);
    const qsizetype missing = std::max<qsizetype>(0, wanted->width - points.size());
    if (missing > MaxExpanded)
        return wrong(QStringLiteral("The expanded text has more than %1 characters.").arg(MaxExpanded));
    const qsizetype before = wanted->align == '>' ? missing : wanted->align == '^' ? missing / 2 : 0;
    const QList<uint> left(before, wanted->fill);
    const QList<uint> right(missing - before, wanted->fill);
    const QList<uint> all = left + points + right;
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(all.constData()), all.size());
}

} // namespace sluice::llmworker
