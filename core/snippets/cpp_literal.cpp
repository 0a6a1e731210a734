#include "sluice/snippets/code_points_p.h"
#include "sluice/snippets/literals_p.h"

namespace sluice::detail {

namespace {

// Compilers promise 65,536 characters for a whole literal and less for a piece (MSVC: 16,380 bytes).
constexpr qsizetype kPieceChars = 100;
constexpr qsizetype kRawChars = 15'000;

QString octal(uchar byte)
{
    // Always three digits, so that a digit after it is not swallowed.
    return QStringLiteral("\\%1").arg(int(byte), 3, 8, QLatin1Char('0'));
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
    if (point < 0x20 || point == 0x7f)
        return octal(uchar(point));
    if (point < 0x7f)
        return fromCodePoint(point);
    if (point < 0xa0) {
        // No universal character names below this; its two bytes of UTF-8 instead.
        return octal(uchar(0xc0 | (point >> 6))) + octal(uchar(0x80 | (point & 0x3f)));
    }
    // A lone surrogate has no UTF-8 at all.
    if (point >= 0xd800 && point <= 0xdfff)
        return QStringLiteral("\\ufffd");
    return point <= 0xffff ? QStringLiteral("\\u") + hex(point, 4) : QStringLiteral("\\U") + hex(point, 8);
}

} // namespace

QString cppString(const QString &text)
{
    QString out(QLatin1Char('"'));
    qsizetype pieceStart = 0;
    eachCodePoint(text, [&](char32_t point) {
        if (out.size() - pieceStart >= kPieceChars) {
            out += QLatin1String("\"\n    \"");
            pieceStart = out.size();
        }
        // "??" begins a trigraph.
        out += point == '?' && out.endsWith(QLatin1Char('?')) ? QStringLiteral("\\?") : escaped(point);
    });
    return out + QLatin1Char('"');
}

QString cppRawString(const QString &ascii, const QString &joint)
{
    QString delimiter = QStringLiteral("json");
    for (int i = 1; ascii.contains(QLatin1Char(')') + delimiter); ++i)
        delimiter = QStringLiteral("json%1").arg(i);
    QStringList pieces;
    for (qsizetype at = 0; at < ascii.size() || pieces.isEmpty(); at += kRawChars)
        pieces << QStringLiteral("R\"%1(").arg(delimiter) + ascii.mid(at, kRawChars) + QStringLiteral(")%1\"").arg(delimiter);
    return pieces.join(joint);
}

} // namespace sluice::detail
