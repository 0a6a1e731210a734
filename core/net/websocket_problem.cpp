#include "sluice/net/websocket_problem.h"

#include <QtCore/QRegularExpression>

namespace sluice {

QString websocketProblem(const QString &errorString)
{
    static const QRegularExpression unhandled(QStringLiteral("Unhandled http status code: (\\d{3})"));
    if (const auto match = unhandled.match(errorString); match.hasMatch())
        return QStringLiteral("it answered with HTTP %1 and opened no websocket").arg(match.captured(1));
    static const QRegularExpression within(QStringLiteral("^QWebSocketPrivate::\\w+: "));
    QString words = errorString.trimmed();
    words.remove(within);
    while (words.endsWith(QLatin1Char('.')))
        words.chop(1);
    // As Qt says of a socket that was given up here, or whose end no reason came with.
    const bool unsaid = words.isEmpty() || words == QLatin1String("Unknown error");
    return unsaid ? QStringLiteral("no answer") : words;
}

} // namespace sluice
