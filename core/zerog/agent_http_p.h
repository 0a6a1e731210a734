#pragma once

#include "sluice/net/asio_exchange.h"
#include "sluice/net/asio_wait.h"
#include "sluice/net/http_server.h"
#include "sluice/zerog/entities.h"

#include <map>
#include <vector>

/// What both agents need of HTTP.
namespace sluice::zerog {

/// The whole path of a request, cut at its slashes and unpacked; the rest, from the slash behind the parts that were asked for, as it was
/// received. Nothing when a part is no UTF-8.
struct AgentPath {
    QStringList parts; ///< all of them
    QByteArray rest;   ///< behind the first `kept` ones: empty, or with its leading slash
};
[[nodiscard]] AgentPath agentPath(const QByteArray &path, int kept);

[[nodiscard]] boost::asio::awaitable<void> answerJson(ServerResponse &response, int status, Json json);
[[nodiscard]] boost::asio::awaitable<void> answerEmpty(ServerResponse &response, int status);
/// 400 with `{"error":"<text>"}`.
[[nodiscard]] boost::asio::awaitable<void> answerError(ServerResponse &response, QString text, int status = 400);
/// 405 with what would be allowed, or 404.
[[nodiscard]] boost::asio::awaitable<void> answerUnknown(ServerResponse &response, QByteArray allowed);
/// The shape of what the server itself refuses.
[[nodiscard]] std::pair<Headers, QByteArray> agentRefusal(const RefusedRequest &refused);
/// A JSON object, within bounds; InvalidInput otherwise.
[[nodiscard]] Expected<Json> bodyObject(const QByteArray &body);
/// `processed=true|false` of a query; nothing when it does not say.
[[nodiscard]] std::optional<bool> processedFilter(const QByteArray &query);

/// `latest=N` of a query: of a list, the last N alone; nothing when it does not say.
[[nodiscard]] std::optional<int> latestFilter(const QByteArray &query);

/// What of a caller's headers goes on: neither the signed call's own (2.2), nor those of the connection; of several with one name the first.
[[nodiscard]] Headers callersHeaders(const Headers &headers);
/// What of an answer goes back: not those of the connection, and not Content-Length. Of what is no success no place to go to either: no agent
/// leads its caller away from the service.
[[nodiscard]] Headers answersHeaders(const Headers &headers, int status);

/// Where a call goes: a base URL and what comes behind it, as it was received. InvalidInput when that is no http or https address.
[[nodiscard]] Expected<QUrl> targetUrl(const QString &base, const QByteArray &suffix, const QByteArray &query = {});

/// Connections whose answer was read to its end, by origin, for the next calls; kept for a second at most, which is less than servers do. On the
/// I/O thread.
class AgentConnections final {
public:
    /// One that stands, or a new one that was connected. Throws Error; nothing was sent then.
    boost::asio::awaitable<std::unique_ptr<AsioExchange>> take(QUrl url);
    void put(const QUrl &url, std::unique_ptr<AsioExchange> exchange);
    void clear();

private:
    struct Kept {
        std::unique_ptr<AsioExchange> exchange;
        std::chrono::steady_clock::time_point since;
    };
    void dropOld();
    std::map<QString, std::vector<Kept>> m_kept;
    std::optional<Alarm> m_alarm;
};

} // namespace sluice::zerog
