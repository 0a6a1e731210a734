#include "sluice/snippets/liverunner_code_p.h"

#include "sluice/snippets/plan_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>

namespace sluice::detail {

QString appPath(const SnippetContext &context)
{
    QString path = context.call.path;
    if (path.isEmpty() && context.capability)
        path = context.capability->path;
    while (path.startsWith(QLatin1Char('/')))
        path.remove(0, 1);
    const qsizetype mark = path.indexOf(QLatin1Char('?'));
    QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(path.left(mark), "!$&'()*+,;=:@/"));
    if (mark < 0)
        return encoded;
    QUrl query;
    query.setQuery(path.mid(mark + 1), QUrl::TolerantMode);
    return encoded + QLatin1Char('?') + query.query(QUrl::FullyEncoded);
}

QString whyNoAppCode(const SnippetContext &context)
{
    if (context.call.capability.isEmpty())
        return QCoreApplication::translate("Snippets", "Pick a capability first.");
    if (!context.profile.local && context.profile.throughGateway())
        return QCoreApplication::translate("Snippets", "Apps on live runners are reached at orchestrators, not through gateways.");
    if (!isPlain(context.call.capability) || !isPlain(context.call.path))
        return QCoreApplication::translate("Snippets", "The app's name or its path holds control characters.");
    return {};
}

} // namespace sluice::detail
