#include "sluice/node/discovery.h"

#include "sluice/base/json.h"
#include "sluice/node/node.h"

#include <QtCore/QUrlQuery>

namespace sluice {

class Discovery::Route {
public:
    explicit Route(const Node &where)
        : node(where)
    {
    }
    [[nodiscard]] Json found(const QStringList &wanted) const;
    boost::asio::awaitable<void> answer(ServerRequest request, ServerResponse &response) const;

    const Node &node;
    QList<std::function<QStringList()>> lists; ///< constant once the node listens
    QList<std::pair<QString, std::function<Json()>>> members; ///< likewise
};

Json Discovery::Route::found(const QStringList &wanted) const
{
    QStringList offered;
    for (const auto &list : lists)
        offered += list();
    const auto isOffered = [&offered](const QString &capability) { return offered.contains(capability); };
    if (!wanted.isEmpty() && std::none_of(wanted.begin(), wanted.end(), isOffered))
        return Json::array();
    Json names = Json::array();
    for (const QString &name : std::as_const(offered))
        names.append(name);
    Json self{{QStringLiteral("address"), node.serviceAddr()}, {QStringLiteral("score"), 1}, {QStringLiteral("capabilities"), names}};
    for (const auto &[name, value] : members) {
        if (const Json told = value(); !told.isNull())
            self.insert(name, told);
    }
    Json entries = Json::array();
    entries.append(self);
    return entries;
}

boost::asio::awaitable<void> Discovery::Route::answer(ServerRequest request, ServerResponse &response) const
{
    if (request.method != "GET") {
        co_await response.sendText(405, "Method not allowed");
        co_return;
    }
    const QStringList wanted
        = QUrlQuery(QString::fromLatin1(request.query)).allQueryItemValues(QStringLiteral("caps"), QUrl::FullyDecoded);
    const Headers fields = headers::contentType("application/json");
    QByteArray body = found(wanted).dump() + '\n';
    co_await response.send(200, fields, std::move(body));
}

Discovery::Discovery(Node &node)
    : m_route(std::make_shared<Route>(node))
{
    node.router().mount("/discover-orchestrators",
        [route = m_route](ServerRequest request, ServerResponse &response) { return route->answer(std::move(request), response); });
}

void Discovery::tell(const QString &member, std::function<Json()> value)
{
    m_route->members.emplaceBack(member, std::move(value));
}

void Discovery::list(std::function<QStringList()> capabilities)
{
    m_route->lists.append(std::move(capabilities));
}

} // namespace sluice
