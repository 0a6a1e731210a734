#include "go_text_p.h"

#include "numbers_p.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sluice::openai::go {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// How many bytes the character at `at` has; 0 when there is none.
qsizetype characterAt(QByteArrayView text, qsizetype at)
{
    const auto byte = [&](qsizetype i) { return at + i < text.size() ? uchar(text[at + i]) : uchar(0); };
    const auto within = [&](qsizetype i, int from, int to) { return byte(i) >= from && byte(i) <= to; };
    const uchar first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return within(1, 0x80, 0xBF) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF)
        return within(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && within(2, 0x80, 0xBF) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return within(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
    return 0;
}

/// The unit of the escape `\uXXXX` at `at`; nothing when there is none.
std::optional<ushort> escapeAt(QByteArrayView text, qsizetype at)
{
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return std::nullopt;
    ushort unit = 0;
    const char *const end = text.data() + at + 6;
    const auto read = std::from_chars(text.data() + at + 2, end, unit, 16);
    return read.ptr == end && read.ec == std::errc() ? std::optional(unit) : std::nullopt;
}

void appendUnit(QByteArray &out, ushort unit)
{
    out += "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
}

} // namespace

QByteArray string(const QString &text)
{
    QByteArray out("\"");
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            out += QStringView(text).mid(i, 2).toUtf8();
            ++i;
        } else if (c.isSurrogate()) {
            out += "\\ufffd";
        } else if (c == u'"' || c == u'\\') {
            out.append('\\').append(char(c.unicode()));
        } else if (c == u'\n' || c == u'\r' || c == u'\t') {
            out += c == u'\n' ? "\\n" : c == u'\r' ? "\\r" : "\\t";
        } else if (c < u' ' || c == u'<' || c == u'>' || c == u'&' || c.unicode() == 0x2028 || c.unicode() == 0x2029) {
            appendUnit(out, c.unicode());
        } else {
            out += QString(c).toUtf8();
        }
    }
    return out + '"';
}

QByteArray text(const Json &json)
{
    QByteArrayList parts;
    if (json.isArray()) {
        for (const Json &item : json.items())
            parts.append(text(item));
        return '[' + parts.join(',') + ']';
    }
    if (json.isObject()) {
        for (const auto &[key, value] : json.members())
            parts.append(string(key) + ':' + text(value));
        return '{' + parts.join(',') + '}';
    }
    return json.isString() ? string(json.toString()) : json.dump();
}

QByteArray sixDecimals(float number)
{
    if (std::isinf(number))
        return number > 0 ? "+Inf" : "-Inf";
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed, 6);
    return {buffer.data(), written.ptr - buffer.data()};
}

QByteArrayView firstValue(QByteArrayView text)
{
    qsizetype at = 0;
    while (at < text.size() && isBlank(text[at]))
        ++at;
    const qsizetype start = at;
    int depth = 0;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (depth == 0 && isBlank(c)) {
            break;
        }
        if (!quoted && depth == 0 && (c == '}' || c == ']' || c == '"'))
            return text.sliced(start, at + 1 - start);
    }
    return text.sliced(start, std::min(at, text.size()) - start);
}

QByteArray readable(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype length = characterAt(text, at);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            ++at;
        } else if (const auto unit = escapeAt(text, at)) {
            const auto next = escapeAt(text, at + 6);
            const bool pair = QChar::isHighSurrogate(*unit) && next && QChar::isLowSurrogate(*next);
            const bool half = QChar::isSurrogate(*unit) && !pair;
            out.append(half ? QByteArrayView("\\ufffd") : text.sliced(at, pair ? 12 : 6));
            at += pair ? 12 : 6;
        } else {
            // What a backslash escapes goes with it, so that `\\ud800` is no escape of a character.
            const qsizetype taken = text[at] == '\\' && at + 1 < text.size() && uchar(text[at + 1]) < 0x80 ? 2 : length;
            out.append(text.sliced(at, taken));
            at += taken;
        }
    }
    return out;
}

QString kindOf(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Null: return QStringLiteral("null");
    case Json::Type::Bool: return QStringLiteral("bool");
    case Json::Type::Number: return QStringLiteral("number ") + QString::fromLatin1(value.numberText().left(40));
    case Json::Type::String: return QStringLiteral("string");
    case Json::Type::Array: return QStringLiteral("array");
    case Json::Type::Object: return QStringLiteral("object");
    }
    return {};
}

QString mismatch(const QString &kind, const QString &structName, const QString &field, const QString &type)
{
    return QStringLiteral("json: cannot unmarshal %1 into Go struct field %2.%3 of type %4").arg(kind, structName, field, type);
}

QString decode(const Json &object, const QString &structName, const QString &path, const QList<Field> &fields)
{
    QString first;
    for (const auto &[key, value] : object.members()) {
        const auto named = [&, &name = key](Qt::CaseSensitivity cased) {
            return std::find_if(fields.begin(), fields.end(), [&](const Field &field) { return name.compare(QLatin1String(field.name), cased) == 0; });
        };
        auto field = named(Qt::CaseSensitive);
        if (field == fields.end())
            field = named(Qt::CaseInsensitive);
        if (field == fields.end() || value.isNull())
            continue;
        const QString wrong = field->take(value);
        if (first.isEmpty() && !wrong.isEmpty())
            first = wrong.startsWith(QLatin1String("json: ")) ? wrong : mismatch(wrong, structName, path + QLatin1String(field->name), QLatin1String(field->type));
    }
    return first;
}

Field textField(const char *name, QString &into)
{
    return {name, "string", [&into](const Json &value) {
                if (!value.isString())
                    return value.isNumber() ? QStringLiteral("number") : kindOf(value);
                into = value.toString();
                return QString();
            }};
}

Field integerField(const char *name, qint64 &into)
{
    return {name, "int", [&into](const Json &value) {
                const auto number = value.toInt64();
                if (!number)
                    return kindOf(value);
                into = *number;
                return QString();
            }};
}

Field floatField(const char *name, double &into)
{
    return {name, "float64", [&into](const Json &value) {
                const auto number = doubleOf(value);
                if (!number)
                    return kindOf(value);
                into = *number;
                return QString();
            }};
}

Field boolField(const char *name, bool &into)
{
    return {name, "bool", [&into](const Json &value) {
                if (!value.isBool())
                    return value.isNumber() ? QStringLiteral("number") : kindOf(value);
                into = value.toBool();
                return QString();
            }};
}

} // namespace sluice::openai::go
