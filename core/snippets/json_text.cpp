#include "sluice/snippets/json_text_p.h"

#include "sluice/snippets/code_points_p.h"

namespace sluice::detail {

namespace {

struct Style {
    bool asciiOnly;
    bool lines;
};

QString string(const QString &text, bool asciiOnly)
{
    QString out(QLatin1Char('"'));
    eachCodePoint(text, [&](char32_t point) {
        switch (point) {
        case '"': out += QLatin1String("\\\""); break;
        case '\\': out += QLatin1String("\\\\"); break;
        case '\n': out += QLatin1String("\\n"); break;
        case '\r': out += QLatin1String("\\r"); break;
        case '\t': out += QLatin1String("\\t"); break;
        default: out += isHidden(point) || (asciiOnly && point > 0x7e) ? utf16Escape(point) : fromCodePoint(point);
        }
    });
    return out + QLatin1Char('"');
}

void write(QString &out, const Json &json, const Style &style, int depth);

/// The items between their brackets, one per line when the style says so.
template <typename List, typename F>
void list(QString &out, const List &items, const char *brackets, const Style &style, int depth, F item)
{
    out += QLatin1Char(brackets[0]);
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (i > 0)
            out += QLatin1Char(',');
        if (style.lines)
            out += QLatin1Char('\n') + QString((depth + 1) * 2, QLatin1Char(' '));
        item(items.at(i));
    }
    if (style.lines && !items.isEmpty())
        out += QLatin1Char('\n') + QString(depth * 2, QLatin1Char(' '));
    out += QLatin1Char(brackets[1]);
}

void write(QString &out, const Json &json, const Style &style, int depth)
{
    switch (json.type()) {
    case Json::Type::String: out += string(json.toString(), style.asciiOnly); return;
    case Json::Type::Array:
        list(out, json.items(), "[]", style, depth, [&](const Json &item) { write(out, item, style, depth + 1); });
        return;
    case Json::Type::Object:
        list(out, json.members(), "{}", style, depth, [&](const Json::Member &member) {
            out += string(member.first, style.asciiOnly) + (style.lines ? QStringLiteral(": ") : QStringLiteral(":"));
            write(out, member.second, style, depth + 1);
        });
        return;
    default: out += QString::fromLatin1(json.dump()); return;
    }
}

} // namespace

QString jsonText(const Json &json, bool asciiOnly)
{
    QString out;
    write(out, json, {asciiOnly, true}, 0);
    return out;
}

QString jsonLine(const Json &json)
{
    QString out;
    write(out, json, {false, false}, 0);
    return out;
}

} // namespace sluice::detail
