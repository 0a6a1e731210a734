#include "sluice/snippets/literals_p.h"

namespace sluice {

QString shellWord(const QString &text)
{
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

namespace detail {

QString shellDelimiter(const QString &text)
{
    QString delimiter = QStringLiteral("JSON");
    for (int i = 1; text.contains(delimiter); ++i)
        delimiter = QStringLiteral("JSON_%1").arg(i);
    return delimiter;
}

} // namespace detail
} // namespace sluice
