#include "sluice/llmworker/format.h"

#include "format_p.h"

#include "sluice/llmworker/python_text.h"

#include <algorithm>
#include <utility>

namespace sluice::llmworker {

namespace {

Unexpected<Error> wrong(const QString &text)
{
    return unexpected(Error(Error::Kind::InvalidInput, text));
}

/// One `{…}` taken apart.
struct Field {
    QStringView name;
    QStringView spec;
    QChar conversion;       ///< null: none
    bool nested = false;    ///< the spec has fields of its own
};

/// Non-negative, or nothing for what is no number; TooLarge for one that no list is long enough for.
Expected<std::optional<qint64>> indexIn(QStringView text)
{
    if (text.isEmpty())
        return std::optional<qint64>();
    qint64 value = 0;
    for (const QChar c : text) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9'))
            return std::optional<qint64>();
        if (value > 100'000'000'000'000'000)
            return wrong(QStringLiteral("Too many decimal digits in format string"));
        value = value * 10 + (c.unicode() - u'0');
    }
    return std::optional(value);
}

/// Reads the fields of one text and writes them with their values.
class Formatter {
public:
    explicit Formatter(const PromptValues &values)
        : m_values(values)
    {
    }

    /// Of the outermost text, where the brace stands that was read last.
    [[nodiscard]] qsizetype lastBrace() const { return m_brace; }

    Expected<QString> format(QStringView text, int levels)
    {
        const bool outermost = std::exchange(m_outermost, false);
        if (levels == 0)
            return wrong(QStringLiteral("Max string recursion exceeded"));
        QString out;
        qsizetype at = 0;
        while (at < text.size()) {
            const qsizetype mark = std::find_if(text.begin() + at, text.end(), [](QChar c) { return c == u'{' || c == u'}'; }) - text.begin();
            out += text.sliced(at, mark - at);
            if (mark == text.size())
                break;
            const QChar brace = text[mark];
            if (outermost)
                m_brace = mark;
            at = mark + 1;
            const bool doubled = at < text.size() && text[at] == brace;
            if (doubled) {
                out += brace;
                ++at;
                continue;
            }
            if (brace == u'}')
                return wrong(QStringLiteral("Single '}' encountered in format string"));
            if (at == text.size())
                return wrong(QStringLiteral("Single '{' encountered in format string"));
            const auto field = fieldAt(text, at);
            if (!field)
                return unexpected(field.error());
            const auto value = written(*field, levels);
            if (!value)
                return unexpected(value.error());
            if (out.size() + value->size() > MaxExpanded)
                return wrong(QStringLiteral("The expanded text has more than %1 characters.").arg(MaxExpanded));
            out += *value;
        }
        return out;
    }

private:
    /// The field whose brace was just read; `at` is then behind it.
    Expected<Field> fieldAt(QStringView text, qsizetype &at)
    {
        Field field;
        const qsizetype begin = at;
        QChar end;
        while (at < text.size() && end.isNull()) {
            const QChar c = text[at++];
            if (c == u'{')
                return wrong(QStringLiteral("unexpected '{' in field name"));
            if (c == u'[') {
                while (at < text.size() && text[at] != u']')
                    ++at;
            } else if (c == u'}' || c == u':' || c == u'!') {
                end = c;
            }
        }
        if (end.isNull())
            return wrong(QStringLiteral("expected '}' before end of string"));
        field.name = text.sliced(begin, at - 1 - begin);
        if (end == u'}')
            return field;
        if (end == u'!') {
            if (at == text.size())
                return wrong(QStringLiteral("end of string while looking for conversion specifier"));
            field.conversion = text[at++];
            if (at < text.size()) {
                const QChar next = text[at++];
                if (next == u'}')
                    return field;
                if (next != u':')
                    return wrong(QStringLiteral("expected ':' after conversion specifier"));
            }
        }
        return withSpec(text, at, field);
    }

    Expected<Field> withSpec(QStringView text, qsizetype &at, Field field)
    {
        const qsizetype begin = at;
        int open = 1;
        while (at < text.size()) {
            const QChar c = text[at++];
            if (c == u'{') {
                field.nested = true;
                ++open;
            } else if (c == u'}' && --open == 0) {
                field.spec = text.sliced(begin, at - 1 - begin);
                return field;
            }
        }
        return wrong(QStringLiteral("unmatched '{' in format spec"));
    }

    Expected<QString> written(const Field &field, int levels)
    {
        auto value = valueOf(field.name);
        if (!value)
            return unexpected(value.error());
        if (!field.conversion.isNull()) {
            auto converted = conversionOf(*value, field.conversion);
            if (!converted)
                return converted;
            value = Json(*converted);
        }
        QString spec = field.spec.toString();
        if (field.nested) {
            auto inner = format(field.spec, levels - 1);
            if (!inner)
                return inner;
            spec = *inner;
        }
        if (value->isString())
            return laidOut(value->toString(), spec);
        if (!spec.isEmpty())
            return wrong(QStringLiteral("unsupported format string passed to %1.__format__").arg(typeOf(*value)));
        return python::repr(*value);
    }

    static Expected<QString> conversionOf(const Json &value, QChar conversion)
    {
        if (conversion == u'r')
            return python::repr(value);
        if (conversion == u's')
            return python::str(value);
        if (conversion == u'a')
            return python::repr(value, true);
        if (conversion.unicode() > 32 && conversion.unicode() < 127)
            return wrong(QStringLiteral("Unknown conversion specifier %1").arg(conversion));
        return wrong(QStringLiteral("Unknown conversion specifier \\x%1").arg(QString::number(conversion.unicode(), 16)));
    }

    static QString typeOf(const Json &value)
    {
        if (value.isArray())
            return QStringLiteral("list");
        if (value.isObject())
            return QStringLiteral("dict");
        return value.isString() ? QStringLiteral("str") : QStringLiteral("NoneType");
    }

    Expected<Json> valueOf(QStringView name)
    {
        const qsizetype end = std::find_if(name.begin(), name.end(), [](QChar c) { return c == u'[' || c == u'.'; }) - name.begin();
        const QStringView first = name.first(end);
        const auto index = indexIn(first);
        if (!index)
            return unexpected(index.error());
        if (first.isEmpty() || *index)
            return wrong(QStringLiteral("Replacement index %1 out of range for positional args tuple").arg(index->value_or(0)));
        auto value = named(first.toString());
        qsizetype at = end;
        while (value && at < name.size())
            value = part(*value, name, at);
        return value;
    }

    Expected<Json> named(const QString &name) const
    {
        if (name == QLatin1String("query"))
            return Json(m_values.query);
        if (name == QLatin1String("previous_stream_output"))
            return Json(m_values.previousStreamOutput);
        if (name == QLatin1String("files_collection_id"))
            return m_values.filesCollectionId ? Json(*m_values.filesCollectionId) : Json();
        if (name == QLatin1String("rag_output"))
            return Json();
        if (name == QLatin1String("history"))
            return historyToJson(m_values.history);
        return wrong(python::repr(name));
    }

    /// What `.name` or `[key]` at `at` gives of a value.
    static Expected<Json> part(const Json &value, QStringView name, qsizetype &at)
    {
        const QChar kind = name[at++];
        const qsizetype begin = at;
        if (kind == u'.') {
            while (at < name.size() && name[at] != u'[' && name[at] != u'.')
                ++at;
            if (at == begin)
                return wrong(QStringLiteral("Empty attribute in format string"));
            return wrong(QStringLiteral("%1 object has no attribute %2").arg(python::repr(typeOf(value)), python::repr(name.sliced(begin, at - begin).toString())));
        }
        if (kind != u'[')
            return wrong(QStringLiteral("Only '.' or '[' may follow ']' in format field specifier"));
        while (at < name.size() && name[at] != u']')
            ++at;
        if (at == name.size())
            return wrong(QStringLiteral("Missing ']' in format string"));
        const QStringView key = name.sliced(begin, at - begin);
        ++at;
        if (key.isEmpty())
            return wrong(QStringLiteral("Empty attribute in format string"));
        return item(value, key);
    }

    static Expected<Json> item(const Json &value, QStringView key)
    {
        const auto index = indexIn(key);
        if (!index)
            return unexpected(index.error());
        if (value.isObject()) {
            const QString name = key.toString();
            if (*index)
                return wrong(QString::number(**index));
            return value.contains(name) ? Expected<Json>(value.value(name)) : wrong(python::repr(name));
        }
        if (value.isArray()) {
            if (!*index)
                return wrong(QStringLiteral("list indices must be integers or slices, not str"));
            return **index < value.size() ? Expected<Json>(value.at(qsizetype(**index))) : wrong(QStringLiteral("list index out of range"));
        }
        if (!value.isString())
            return wrong(QStringLiteral("'NoneType' object is not subscriptable"));
        if (!*index)
            return wrong(QStringLiteral("string indices must be integers, not 'str'"));
        const QList<uint> points = value.toString().toUcs4();
        if (**index >= points.size())
            return wrong(QStringLiteral("string index out of range"));
        const char32_t point = points.at(qsizetype(**index));
        return Json(QString::fromUcs4(&point, 1));
    }

    const PromptValues &m_values;
    qsizetype m_brace = 0;
    bool m_outermost = true;
};

} // namespace

Expected<QString> expanded(const QString &content, const PromptValues &values, qsizetype *fault)
{
    Formatter formatter(values);
    auto text = formatter.format(content, 2);
    if (!text && fault)
        *fault = formatter.lastBrace();
    return text;
}

} // namespace sluice::llmworker
