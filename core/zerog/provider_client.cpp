#include "sluice/zerog/provider_client.h"

namespace sluice::zerog {

ProviderClient::ProviderClient(HttpClient &http, QUrl base, const CallTiming &timing)
    : AgentClient(http, std::move(base), timing, QStringLiteral("provider"))
{
}

QCoro::Task<QList<UserAccount>> ProviderClient::users(CallContext context)
{
    const QString path = QStringLiteral("/v1/user");
    const QList<Json> items = co_await list(path, QString(), context);
    co_return readAll<UserAccount>(items, at(path));
}

QCoro::Task<QList<Json>> ProviderClient::calls(int most, bool openOnly, CallContext context)
{
    const QString path = QStringLiteral("/v1/request");
    QStringList query;
    if (openOnly)
        query.append(QStringLiteral("processed=false"));
    if (most > 0)
        query.append(QStringLiteral("latest=%1").arg(most));
    const QList<Json> items = co_await list(path, query.join(QLatin1Char('&')), context);
    co_return items;
}

QCoro::Task<QList<Json>> ProviderClient::settlements(int most, CallContext context)
{
    const QString path = QStringLiteral("/v1/settlement");
    QList<Json> items;
    try {
        const QString query = QStringLiteral("latest=%1").arg(most);
        items = co_await list(path, query, context);
    } catch (const Error &error) {
        if (error.httpStatus() != 404)
            throw; // an agent of others has no such path, and that is no fault
    }
    co_return std::as_const(items);
}

QCoro::Task<void> ProviderClient::settle(CallContext context)
{
    const QString path = QStringLiteral("/v1/settle");
    const Json none;
    co_await post(path, none, context);
}

} // namespace sluice::zerog
