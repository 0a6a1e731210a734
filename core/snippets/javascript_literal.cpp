#include "sluice/snippets/code_points_p.h"
#include "sluice/snippets/literals_p.h"

#include <algorithm>

namespace sluice::detail {

namespace {

QString indent(int depth)
{
    return QString(depth * 2, QLatin1Char(' '));
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// True when JavaScript prints the number as it was written. Conservative: a doubtful one counts as lost.
bool numberSurvives(QByteArray text)
{
    constexpr qsizetype kExactDigits = 15; // every decimal of so many digits goes through a double and back
    if (text == "-0")
        return false;
    if (text.startsWith('-'))
        text.remove(0, 1);
    const qsizetype dot = text.indexOf('.');
    const QByteArray whole = text.left(dot < 0 ? text.size() : dot);
    if (!isDigits(whole) || whole.size() > kExactDigits)
        return false;
    if (dot < 0)
        return true;
    const QByteArray fraction = text.mid(dot + 1);
    // 1.0 would come back as 1, 0.0000001 as 1e-7.
    return isDigits(fraction) && !fraction.endsWith('0') && whole.size() + fraction.size() <= kExactDigits
        && (whole != "0" || !fraction.startsWith("000000"));
}

bool keySurvives(const QString &key)
{
    // A whole number as a key moves to the front of its object; __proto__ is no property at all.
    return key != QLatin1String("__proto__") && !isDigits(key.toLatin1());
}

QString key(const QString &name)
{
    const auto plain = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; };
    const bool word = !name.isEmpty() && std::all_of(name.begin(), name.end(), [&](QChar c) { return plain(c) || (c >= u'0' && c <= u'9'); })
        && plain(name.front());
    return word ? name : javascriptString(name);
}

} // namespace

QString javascriptString(const QString &text)
{
    QString out(QLatin1Char('"'));
    eachCodePoint(text, [&](char32_t point) {
        switch (point) {
        case '"': out += QLatin1String("\\\""); break;
        case '\\': out += QLatin1String("\\\\"); break;
        case '\n': out += QLatin1String("\\n"); break;
        case '\r': out += QLatin1String("\\r"); break;
        case '\t': out += QLatin1String("\\t"); break;
        // Neither </script> nor <!-- may appear where the code is put into a page.
        case '/': out += out.endsWith(QLatin1Char('<')) ? QStringLiteral("\\/") : QStringLiteral("/"); break;
        case '!': out += out.endsWith(QLatin1Char('<')) ? QStringLiteral("\\x21") : QStringLiteral("!"); break;
        default: out += isHidden(point) ? utf16Escape(point) : fromCodePoint(point);
        }
    });
    return out + QLatin1Char('"');
}

QString javascriptLiteral(const Json &json, const Substitute &substitute, int depth)
{
    switch (json.type()) {
    case Json::Type::String: {
        const auto code = substitute ? substitute(json.toString()) : std::nullopt;
        return code ? *code : javascriptString(json.toString());
    }
    case Json::Type::Array: {
        if (json.items().isEmpty())
            return QStringLiteral("[]");
        QString out = QStringLiteral("[\n");
        for (const Json &item : json.items())
            out += indent(depth + 1) + javascriptLiteral(item, substitute, depth + 1) + QStringLiteral(",\n");
        return out + indent(depth) + QLatin1Char(']');
    }
    case Json::Type::Object: {
        if (json.members().isEmpty())
            return QStringLiteral("{}");
        QString out = QStringLiteral("{\n");
        for (const auto &[name, value] : json.members())
            out += indent(depth + 1) + key(name) + QStringLiteral(": ") + javascriptLiteral(value, substitute, depth + 1) + QStringLiteral(",\n");
        return out + indent(depth) + QLatin1Char('}');
    }
    default: return QString::fromLatin1(json.dump());
    }
}

bool survivesJavascript(const Json &json)
{
    switch (json.type()) {
    case Json::Type::Number: return numberSurvives(json.numberText());
    case Json::Type::Array: return std::all_of(json.items().begin(), json.items().end(), survivesJavascript);
    case Json::Type::Object:
        return std::all_of(json.members().begin(), json.members().end(),
                           [](const Json::Member &member) { return keySurvives(member.first) && survivesJavascript(member.second); });
    default: return true;
    }
}

} // namespace sluice::detail
