#include "sluice/llmworker/python_text.h"

#include <QtCore/QChar>
#include <QtCore/QList>

#include <charconv>

namespace sluice::llmworker::python {

namespace {

bool isPrintable(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Separator_Space:
        return point == U' ';
    default:
        return true;
    }
}

QString escaped(char32_t point)
{
    const QString digits = QString::number(uint(point), 16);
    if (point < 0x100)
        return QStringLiteral("\\x") + digits.rightJustified(2, QLatin1Char('0'));
    if (point < 0x10000)
        return QStringLiteral("\\u") + digits.rightJustified(4, QLatin1Char('0'));
    return QStringLiteral("\\U") + digits.rightJustified(8, QLatin1Char('0'));
}

/// As Python writes a float: shortest digits that read back, with a point or an exponent.
QString number(const Json &value)
{
    if (value.isInteger())
        return QString::fromLatin1(value.numberText());
    char text[64];
    const double real = value.toDouble();
    const auto plain = std::to_chars(text, text + sizeof text, real);
    QString result = QString::fromLatin1(text, plain.ptr - text);
    if (!result.contains(QLatin1Char('.')) && !result.contains(QLatin1Char('e')) && !result.contains(QLatin1Char('n')))
        result += QStringLiteral(".0");
    return result;
}

} // namespace

QString repr(const QString &text, bool ascii)
{
    const QChar quote = text.contains(QLatin1Char('\'')) && !text.contains(QLatin1Char('"')) ? QLatin1Char('"') : QLatin1Char('\'');
    QString result(quote);
    const QList<uint> points = text.toUcs4();
    for (const uint one : points) {
        const char32_t point = one;
        if (point == U'\\' || point == quote.unicode()) {
            result += QLatin1Char('\\');
            result += QChar(ushort(point));
        } else if (point == U'\n') {
            result += QStringLiteral("\\n");
        } else if (point == U'\r') {
            result += QStringLiteral("\\r");
        } else if (point == U'\t') {
            result += QStringLiteral("\\t");
        } else if (!isPrintable(point) || (ascii && point > 0x7e)) {
            result += escaped(point);
        } else {
            result += QString::fromUcs4(&point, 1);
        }
    }
    result += quote;
    return result;
}

QString repr(const Json &value, bool ascii)
{
    QStringList parts;
    switch (value.type()) {
    case Json::Type::Null:
        return QStringLiteral("None");
    case Json::Type::Bool:
        return value.toBool() ? QStringLiteral("True") : QStringLiteral("False");
    case Json::Type::Number:
        return number(value);
    case Json::Type::String:
        return repr(value.toString(), ascii);
    case Json::Type::Array:
        for (const Json &item : value.items())
            parts.append(repr(item, ascii));
        return QLatin1Char('[') + parts.join(QStringLiteral(", ")) + QLatin1Char(']');
    case Json::Type::Object:
        break;
    }
    for (const Json::Member &member : value.members())
        parts.append(repr(member.first, ascii) + QStringLiteral(": ") + repr(member.second, ascii));
    return QLatin1Char('{') + parts.join(QStringLiteral(", ")) + QLatin1Char('}');
}

QString str(const Json &value)
{
    return value.isString() ? value.toString() : repr(value);
}

} // namespace sluice::llmworker::python
