#include "sluice/base/visible_text.h"

#include <algorithm>

namespace sluice {

namespace {

bool isCommand(QChar c)
{
    const char16_t code = c.unicode();
    if (code < 0x20)
        return code != u'\n' && code != u'\t';
    const bool control = code >= 0x7f && code < 0xa0;
    const bool turnsDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return control || turnsDirection || code == 0x2028 || code == 0x2029;
}

} // namespace

QString visibleText(const QString &text)
{
    if (std::none_of(text.begin(), text.end(), isCommand))
        return text;
    QString shown;
    shown.reserve(text.size() + 16);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (!isCommand(c)) {
            shown += c;
        } else if (c == QLatin1Char('\r')) {
            // A line end of Windows is one; alone it would let the rest of the line overwrite its start.
            if (i + 1 == text.size() || text[i + 1] != QLatin1Char('\n'))
                shown += QLatin1String("\\r");
        } else if (c.unicode() < 0x100) {
            shown += QStringLiteral("\\x%1").arg(c.unicode(), 2, 16, QLatin1Char('0'));
        } else {
            shown += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        }
    }
    return shown;
}

} // namespace sluice
