#include "agent_http_p.h"

#include "sluice/zerog/call_headers.h"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <array>

namespace sluice::zerog {

using boost::asio::awaitable;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds KeepTime{1'000};
constexpr std::chrono::milliseconds ConnectTimeout{10'000};
constexpr std::size_t MostKept = 128; ///< of one origin

/// Of one connection, and none of the next one's business (RFC 9110 7.6.1), and what our client writes itself.
bool isOfConnection(const QByteArray &name)
{
    static const std::array<QByteArray, 12> names{"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "host", "content-length", "expect"};
    return std::find(names.begin(), names.end(), name.toLower()) != names.end();
}

Headers jsonHeaders()
{
    return headers::contentType("application/json; charset=utf-8");
}

QString originOf(const QUrl &url)
{
    return url.scheme() + QStringLiteral("://") + url.authority();
}

/// Without what the Connection header names, too.
Headers withoutHops(const Headers &all)
{
    Headers kept;
    for (const auto &field : all) {
        if (!isOfConnection(field.first) && !headers::hasToken(all, "Connection", field.first))
            kept.append(field);
    }
    return kept;
}

} // namespace

AgentPath agentPath(const QByteArray &path, int kept)
{
    AgentPath found;
    qsizetype begin = 1;
    while (path.startsWith('/') && begin <= path.size()) {
        const qsizetype slash = path.indexOf('/', begin);
        const qsizetype end = slash < 0 ? path.size() : slash;
        found.parts.append(QString::fromUtf8(QByteArray::fromPercentEncoding(path.mid(begin, end - begin))));
        if (found.parts.size() == kept)
            found.rest = path.mid(end);
        begin = end + 1;
        if (slash < 0)
            break;
    }
    return found;
}

awaitable<void> answerJson(ServerResponse &response, int status, Json json)
{
    Headers head = jsonHeaders();
    QByteArray body = json.dump();
    co_await response.send(status, std::move(head), std::move(body));
}

awaitable<void> answerEmpty(ServerResponse &response, int status)
{
    Headers none;
    QByteArray empty;
    co_await response.send(status, std::move(none), std::move(empty));
}

awaitable<void> answerError(ServerResponse &response, QString text, int status)
{
    co_await answerJson(response, status, errorJson(text));
}

awaitable<void> answerUnknown(ServerResponse &response, QByteArray allowed)
{
    if (allowed.isEmpty()) {
        co_await answerError(response, QStringLiteral("There is nothing at this path."), 404);
        co_return;
    }
    Headers head = jsonHeaders();
    headers::set(head, "Allow", allowed);
    QByteArray body = errorJson(QStringLiteral("This path takes %1.").arg(QString::fromLatin1(allowed))).dump();
    co_await response.send(405, std::move(head), std::move(body));
}

std::pair<Headers, QByteArray> agentRefusal(const RefusedRequest &refused)
{
    return {jsonHeaders(), errorJson(QString::fromUtf8(refused.sentence)).dump()};
}

Expected<Json> bodyObject(const QByteArray &body)
{
    Json::Limits limits;
    limits.maxBytes = 1024 * 1024;
    limits.maxDepth = 16;
    auto json = Json::parse(body, limits);
    if (!json)
        return unexpected(json.error());
    if (!json->isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("the body is no JSON object")));
    return std::move(*json);
}

std::optional<bool> processedFilter(const QByteArray &query)
{
    const QList<QByteArray> fields = query.split('&');
    if (fields.contains("processed=true"))
        return true;
    if (fields.contains("processed=false"))
        return false;
    return std::nullopt;
}

std::optional<int> latestFilter(const QByteArray &query)
{
    for (const QByteArray &field : query.split('&')) {
        if (!field.startsWith("latest="))
            continue;
        bool ok = false;
        const int number = field.mid(7).toInt(&ok);
        if (!ok || number < 1)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("latest must be a number above 0"));
        return number;
    }
    return std::nullopt;
}

Headers callersHeaders(const Headers &all)
{
    const Headers candidates = withoutHops(withoutMetadata(all));
    Headers kept;
    for (const auto &field : candidates) {
        if (!headers::contains(kept, field.first))
            kept.append(field);
    }
    return kept;
}

Headers answersHeaders(const Headers &all, int status)
{
    Headers kept = withoutHops(all);
    if (status != 200)
        headers::remove(kept, "Location");
    return kept;
}

Expected<QUrl> targetUrl(const QString &base, const QByteArray &suffix, const QByteArray &query)
{
    QString text = base.trimmed();
    while (text.endsWith(QLatin1Char('/')))
        text.chop(1);
    QUrl url(text, QUrl::StrictMode);
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasFragment() || url.hasQuery())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("\"%1\" is not an http or https URL").arg(base.left(200))));
    if (!suffix.isEmpty())
        url.setPath(url.path(QUrl::FullyEncoded) + QString::fromUtf8(suffix), QUrl::TolerantMode);
    if (!query.isEmpty())
        url.setQuery(QString::fromUtf8(query), QUrl::TolerantMode);
    if (!url.isValid())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("the path cannot be part of an address")));
    return url;
}

awaitable<std::unique_ptr<AsioExchange>> AgentConnections::take(QUrl url)
{
    dropOld();
    std::vector<Kept> &kept = m_kept[originOf(url)];
    while (!kept.empty()) {
        std::unique_ptr<AsioExchange> exchange = std::move(kept.back().exchange);
        kept.pop_back();
        if (exchange->isQuiet())
            co_return exchange;
    }
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    auto exchange = std::make_unique<AsioExchange>(executor, url, nullptr, AsioAnswerBounds());
    co_await exchange->connect(ConnectTimeout);
    co_return exchange;
}

void AgentConnections::put(const QUrl &url, std::unique_ptr<AsioExchange> exchange)
{
    std::vector<Kept> &kept = m_kept[originOf(url)];
    if (!exchange->isReusable() || kept.size() >= MostKept)
        return;
    exchange->limit(std::chrono::milliseconds::zero());
    if (!m_alarm)
        m_alarm.emplace(exchange->executor());
    kept.push_back({std::move(exchange), Clock::now()});
    if (kept.size() == 1)
        m_alarm->arm(KeepTime, [this] { dropOld(); });
}

void AgentConnections::dropOld()
{
    const auto now = Clock::now();
    bool any = false;
    for (auto &[origin, kept] : m_kept) {
        std::erase_if(kept, [now](const Kept &one) { return now - one.since >= KeepTime; });
        any = any || !kept.empty();
    }
    if (any)
        m_alarm->arm(KeepTime, [this] { dropOld(); });
    else
        m_kept.clear();
}

void AgentConnections::clear()
{
    m_kept.clear();
    m_alarm.reset();
}

} // namespace sluice::zerog
