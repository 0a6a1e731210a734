#include "sluice/snippets/code_points_p.h"

namespace sluice::detail {

bool isHidden(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default: break;
    }
    // Blanks that look like others, and what no text holds.
    return point == 0xa0 || point == 0x202f || point == 0x205f || point == 0x180e || (point & 0xfffe) == 0xfffe
        || (point >= 0xfff0 && point <= 0xfffb);
}

QString fromCodePoint(char32_t point)
{
    return point <= 0xffff ? QString(QChar(char16_t(point))) : QString::fromUcs4(&point, 1);
}

QString hex(char32_t value, int digits)
{
    return QStringLiteral("%1").arg(quint32(value), digits, 16, QLatin1Char('0'));
}

QString utf16Escape(char32_t point)
{
    if (point <= 0xffff)
        return QStringLiteral("\\u") + hex(point, 4);
    return QStringLiteral("\\u") + hex(QChar::highSurrogate(point), 4) + QStringLiteral("\\u") + hex(QChar::lowSurrogate(point), 4);
}

} // namespace sluice::detail
