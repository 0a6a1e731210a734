#include "sluice/snippets/code_points_p.h"
#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/shared_code_p.h"

namespace sluice::detail {

namespace {

QString indent(int depth)
{
    return QString(depth * 4, QLatin1Char(' '));
}

QString escaped(char32_t point)
{
    switch (point) {
    case '"': return QStringLiteral("\\\"");
    case '\\': return QStringLiteral("\\\\");
    case '\n': return QStringLiteral("\\n");
    case '\r': return QStringLiteral("\\r");
    case '\t': return QStringLiteral("\\t");
    default: break;
    }
    if (!isHidden(point))
        return fromCodePoint(point);
    if (point <= 0xff)
        return QStringLiteral("\\x") + hex(point, 2);
    return point <= 0xffff ? QStringLiteral("\\u") + hex(point, 4) : QStringLiteral("\\U") + hex(point, 8);
}

} // namespace

QString pythonString(const QString &text)
{
    QString out(QLatin1Char('"'));
    eachCodePoint(text, [&](char32_t point) { out += escaped(point); });
    return out + QLatin1Char('"');
}

QString pythonLiteral(const Json &json, const Substitute &substitute, int depth)
{
    switch (json.type()) {
    case Json::Type::Null: return QStringLiteral("None");
    case Json::Type::Bool: return json.toBool() ? QStringLiteral("True") : QStringLiteral("False");
    // Every JSON number is a Python number with the same meaning; integers have no limit there.
    case Json::Type::Number: return QString::fromLatin1(json.numberText());
    case Json::Type::String: {
        const auto code = substitute ? substitute(json.toString()) : std::nullopt;
        return code ? *code : pythonString(json.toString());
    }
    case Json::Type::Array: {
        if (json.items().isEmpty())
            return QStringLiteral("[]");
        QString out = QStringLiteral("[\n");
        for (const Json &item : json.items())
            out += indent(depth + 1) + pythonLiteral(item, substitute, depth + 1) + QStringLiteral(",\n");
        return out + indent(depth) + QLatin1Char(']');
    }
    case Json::Type::Object: {
        if (json.members().isEmpty())
            return QStringLiteral("{}");
        QString out = QStringLiteral("{\n");
        for (const auto &[key, value] : json.members())
            out += indent(depth + 1) + pythonString(key) + QStringLiteral(": ") + pythonLiteral(value, substitute, depth + 1) + QStringLiteral(",\n");
        return out + indent(depth) + QLatin1Char('}');
    }
    }
    return {};
}

QStringList pythonFiles(const Body &body)
{
    QStringList lines;
    for (const Hole &hole : body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
    }
    return lines;
}

} // namespace sluice::detail
