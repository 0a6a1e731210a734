#include "sluice/backend/selection_rules.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

const QString Pinned = QStringLiteral("pinned");
const QString Excluded = QStringLiteral("excluded");
const QString OrderKey = QStringLiteral("order");
const std::array<QString, 3> orderNames{QStringLiteral("automatic"), QStringLiteral("listed"), QStringLiteral("best")};

Unexpected<Error> refuse(const QString &field, const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field));
}

Expected<QUrl> serverIn(const Json &json, const QString &field)
{
    const QUrl server = serverOf(QUrl(json.toString(), QUrl::StrictMode));
    if (server.isEmpty())
        return refuse(field, QStringLiteral("“%1” is no address of a server.").arg(json.toString().left(200)));
    return server;
}

} // namespace

QUrl serverOf(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    const bool https = scheme == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || (!https && scheme != QLatin1String("http")))
        return {};
    QUrl server;
    server.setScheme(scheme);
    server.setHost(url.host().toLower());
    const int port = url.port(https ? 443 : 80);
    if (port != (https ? 443 : 80))
        server.setPort(port);
    return server;
}

bool SelectionRules::isPinned(const QUrl &server) const
{
    return !pinned.isEmpty() && serverOf(server) == pinned;
}

bool SelectionRules::isExcluded(const QUrl &server) const
{
    return excluded.contains(serverOf(server));
}

void SelectionRules::pin(const QUrl &server)
{
    pinned = serverOf(server);
    excluded.removeAll(pinned);
}

Expected<void> SelectionRules::exclude(const QUrl &server, bool out)
{
    const QUrl one = serverOf(server);
    if (one.isEmpty())
        return refuse(Excluded, QStringLiteral("“%1” is no address of a server.").arg(server.toString().left(200)));
    if (!out) {
        excluded.removeAll(one);
        return {};
    }
    if (!excluded.contains(one) && excluded.size() >= MaxExcluded)
        return refuse(Excluded, QStringLiteral("A profile excludes at most %1 servers.").arg(MaxExcluded));
    if (pinned == one)
        pinned.clear();
    if (!excluded.contains(one))
        excluded.append(one);
    return {};
}

Json SelectionRules::toJson() const
{
    Json json = Json::object();
    if (!pinned.isEmpty())
        json.insert(Pinned, pinned.toString());
    if (!excluded.isEmpty()) {
        Json list = Json::array();
        for (const QUrl &server : excluded)
            list.append(server.toString());
        json.insert(Excluded, list);
    }
    if (order != Order::Automatic)
        json.insert(OrderKey, orderNames[std::size_t(order)]);
    return json;
}

Expected<SelectionRules> SelectionRules::fromJson(const Json &json)
{
    SelectionRules rules;
    if (json.isNull())
        return rules;
    if (!json.isObject())
        return refuse(QString(), QStringLiteral("What servers calls go to is a JSON object."));
    if (const Json pinned = json.value(Pinned); !pinned.isNull()) {
        const auto server = serverIn(pinned, Pinned);
        if (!server)
            return unexpected(server.error());
        rules.pinned = *server;
    }
    const Json excluded = json.value(Excluded);
    if (!excluded.isNull() && (!excluded.isArray() || excluded.size() > MaxExcluded))
        return refuse(Excluded, QStringLiteral("The excluded servers are a list of at most %1.").arg(MaxExcluded));
    for (const Json &one : excluded.items()) {
        const auto server = serverIn(one, Excluded);
        if (!server)
            return unexpected(server.error());
        if (!rules.excluded.contains(*server))
            rules.excluded.append(*server);
    }
    const QString order = json.value(OrderKey).toString(orderNames[0]);
    const auto known = std::find(orderNames.begin(), orderNames.end(), order);
    if (known == orderNames.end())
        return refuse(OrderKey, QStringLiteral("The order is automatic, listed or best, not “%1”.").arg(order.left(200)));
    rules.order = Order(known - orderNames.begin());
    return rules;
}

} // namespace sluice
