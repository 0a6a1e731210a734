#include "peers/oauth_server.h"

#include "sluice/base/json.h"

#include <QtCore/QUrlQuery>

namespace sluice::test {

namespace {

std::pair<int, QByteArray> refusal(const char *code)
{
    return {400, Json{{QStringLiteral("error"), QString::fromLatin1(code)}}.dump()};
}

QMap<QByteArray, QByteArray> fieldsOf(QByteArray body)
{
    QMap<QByteArray, QByteArray> fields;
    for (const QByteArray &pair : body.replace('+', ' ').split('&'))
        fields.insert(QByteArray::fromPercentEncoding(pair.left(pair.indexOf('='))), QByteArray::fromPercentEncoding(pair.mid(pair.indexOf('=') + 1)));
    return fields;
}

} // namespace

OAuthServer::OAuthServer(Options options)
    : m_options(options)
{
    m_server = std::make_unique<HttpServer>(m_io, HttpServerOptions(), [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
    orThrow(m_server->listen());
    m_issuer = m_server->origin();
}

OAuthServer::~OAuthServer()
{
    m_server->stop();
}

void OAuthServer::approve()
{
    const std::scoped_lock lock(m_mutex);
    m_approved = true;
}

void OAuthServer::deny()
{
    const std::scoped_lock lock(m_mutex);
    m_denied = true;
}

void OAuthServer::answerNext(QList<std::pair<int, QByteArray>> answers)
{
    const std::scoped_lock lock(m_mutex);
    m_next = std::move(answers);
}

void OAuthServer::answerRoute(const QByteArray &path, int status, const QByteArray &body)
{
    const std::scoped_lock lock(m_mutex);
    m_routes.insert(path, {status, body});
}

bool OAuthServer::isGood(const QByteArray &access) const
{
    const std::scoped_lock lock(m_mutex);
    return m_good.contains(access);
}

void OAuthServer::withdraw()
{
    const std::scoped_lock lock(m_mutex);
    m_good.clear();
}

void OAuthServer::endSession()
{
    const std::scoped_lock lock(m_mutex);
    m_good.clear();
    m_refresh = "ended";
}

QList<QByteArray> OAuthServer::paths() const
{
    const std::scoped_lock lock(m_mutex);
    return m_paths;
}

QList<QMap<QByteArray, QByteArray>> OAuthServer::tokenRequests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_tokenRequests;
}

QMap<QByteArray, QByteArray> OAuthServer::deviceRequest() const
{
    const std::scoped_lock lock(m_mutex);
    return m_deviceRequest;
}

int OAuthServer::renewals() const
{
    const std::scoped_lock lock(m_mutex);
    return m_renewals;
}

QByteArray OAuthServer::freshTokens()
{
    ++m_given;
    const QByteArray access = "access-" + QByteArray::number(m_given);
    m_refresh = "refresh-" + QByteArray::number(m_given);
    m_good.append(access);
    Json json{{QStringLiteral("access_token"), QString::fromLatin1(access)}, {QStringLiteral("token_type"), "Bearer"},
        {QStringLiteral("refresh_token"), QString::fromLatin1(m_refresh)}, {QStringLiteral("scope"), "openid sign:job offline_access"}};
    if (m_options.tokenSeconds > 0)
        json.insert(QStringLiteral("expires_in"), m_options.tokenSeconds);
    return json.dump();
}

std::pair<int, QByteArray> OAuthServer::tokenAnswer(const QMap<QByteArray, QByteArray> &fields)
{
    if (!m_next.isEmpty())
        return m_next.takeFirst();
    if (fields.value("client_id") != "sluice")
        return {401, Json{{QStringLiteral("error"), "invalid_client"}}.dump()};
    if (fields.value("grant_type") == "refresh_token") {
        if (fields.value("refresh_token") != m_refresh)
            return refusal("invalid_grant");
        ++m_renewals;
        return {200, freshTokens()};
    }
    if (fields.value("grant_type") != "urn:ietf:params:oauth:grant-type:device_code" || fields.value("device_code") != m_deviceCode || m_deviceCode.isEmpty())
        return refusal("invalid_grant");
    if (m_denied)
        return refusal("access_denied");
    if (!m_approved)
        return refusal("authorization_pending");
    m_deviceCode.clear();
    return {200, freshTokens()};
}

std::pair<int, QByteArray> OAuthServer::answered(const ServerRequest &request)
{
    if (const auto fixed = m_routes.constFind(request.path); fixed != m_routes.cend()) {
        if (request.path == "/oauth/token")
            m_tokenRequests.append(fieldsOf(request.body));
        return *fixed;
    }
    if (request.path == "/.well-known/oauth-authorization-server" && m_options.metadata)
        return {200, Json{{QStringLiteral("issuer"), m_issuer}, {QStringLiteral("device_authorization_endpoint"), m_issuer + QStringLiteral("/device")},
                         {QStringLiteral("token_endpoint"), m_issuer + QStringLiteral("/oauth/token")}}.dump()};
    if (request.method == "POST" && (request.path == "/device" || request.path == "/oauth/device/code")) {
        m_deviceRequest = fieldsOf(request.body);
        if (m_deviceRequest.value("client_id") != "sluice")
            return {401, Json{{QStringLiteral("error"), "invalid_client"}, {QStringLiteral("error_description"), "Nobody knows this client."}}.dump()};
        m_deviceCode = "device code of this request";
        m_deviceCode.replace(' ', '-');
        const QString page = m_issuer + QStringLiteral("/activate");
        Json json{{QStringLiteral("device_code"), QString::fromLatin1(m_deviceCode)}, {QStringLiteral("user_code"), QString::fromLatin1(userCode())},
            {QStringLiteral("verification_uri"), page}, {QStringLiteral("expires_in"), m_options.expiresIn}, {QStringLiteral("interval"), m_options.interval}};
        if (m_options.complete)
            json.insert(QStringLiteral("verification_uri_complete"), page + QStringLiteral("?user_code=") + QString::fromLatin1(userCode()));
        return {200, json.dump()};
    }
    if (request.method == "POST" && request.path == "/oauth/token") {
        m_tokenRequests.append(fieldsOf(request.body));
        return tokenAnswer(m_tokenRequests.last());
    }
    return {404, "{\"error\":\"not_found\"}"};
}

boost::asio::awaitable<void> OAuthServer::handle(ServerRequest request, ServerResponse &response)
{
    std::pair<int, QByteArray> answer;
    {
        const std::scoped_lock lock(m_mutex);
        m_paths.append(request.path);
        answer = answered(request);
    }
    if (answer.first == 0) {
        co_await response.closed();
        co_return;
    }
    const Headers fields = headers::contentType("application/json");
    co_await response.send(answer.first, fields, std::move(answer.second));
}

} // namespace sluice::test
