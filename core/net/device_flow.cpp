#include "sluice/net/device_flow.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"

#include <QCoro/QCoroFuture>

#include <algorithm>

namespace sluice::oauth {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr char DeviceGrant[] = "urn:ietf:params:oauth:grant-type:device_code";
constexpr seconds SlowerBy{5};   // RFC 8628, 3.5
constexpr seconds Slowest{120};  // between two questions, whatever goes wrong

struct Posted {
    Posted() = default; // no aggregate: DESIGN.md 3
    int status = 0;
    QByteArray body;
    ~Posted() { cleanse(body.data(), std::size_t(body.size())); }
    Posted(Posted &&) = default;
    Posted &operator=(Posted &&) = default;
};

QCoro::Task<Posted> post(HttpClient *http, QUrl url, QByteArray body, milliseconds connectTimeout, CallContext context)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = headers::contentType("application/x-www-form-urlencoded");
    request.headers.emplaceBack("Accept", "application/json");
    request.body = std::move(body);
    request.trust = TrustPolicy::SystemCas;
    request.connectTimeout = connectTimeout;
    request.maxBodyBytes = MaxAnswerBytes;
    HttpResponse response = co_await http->send(request, std::move(context));
    Posted posted;
    posted.status = response.status;
    posted.body = std::move(response.body);
    co_return posted;
}

/// What a refusal says, for a person.
Error refused(const QString &what, const QUrl &url, int status, const QByteArray &body)
{
    const Refusal said = parseRefusal(body);
    QString reason = said.description.isEmpty() ? said.code : said.description;
    if (reason.isEmpty())
        reason = QStringLiteral("no reason given.");
    Error error(status >= 500 ? Error::Kind::Http : Error::Kind::Signer, QStringLiteral("%1: the sign-in server answered %2: %3").arg(what).arg(status).arg(reason));
    if (said.code == QLatin1String("invalid_client") || said.code == QLatin1String("unauthorized_client"))
        error.withAdvice(QStringLiteral("Check the client id: the server does not know it, or does not allow this way to sign in with it."));
    else if (said.code == QLatin1String("invalid_scope"))
        error.withAdvice(QStringLiteral("The server does not give the scope to sign jobs to this client; ask its operator."));
    else if (status == 404)
        error.withAdvice(QStringLiteral("There is no sign-in by code at this address; check the clearinghouse's address."));
    return error.withRequest("POST", url).withHttp(status, QByteArray()); // the body may hold more than its reason
}

/// Whether a question is worth another one later.
bool mayPass(const Error &error)
{
    return error.kind() == Error::Kind::Network || error.kind() == Error::Kind::Timeout;
}

} // namespace

DeviceFlow::DeviceFlow(HttpClient &http, Options options)
    : m_http(http)
    , m_options(std::move(options))
{
}

QCoro::Task<std::optional<Endpoints>> DeviceFlow::metadataAt(QUrl url, CallContext context)
{
    HttpRequest request;
    request.url = url;
    request.headers.emplaceBack("Accept", "application/json");
    request.trust = TrustPolicy::SystemCas;
    request.connectTimeout = m_options.connectTimeout;
    request.maxBodyBytes = MaxAnswerBytes;
    const HttpResponse response = co_await m_http.send(request, context.within(m_options.timeout));
    std::optional<Endpoints> found;
    if (response.status != 200)
        co_return found;
    auto parsed = parseMetadata(response.body, m_options.issuer);
    if (!parsed)
        throw Error(parsed.error()).withRequest("GET", url).withHttp(response.status, response.body);
    found = *parsed;
    co_return found;
}

QCoro::Task<Endpoints> DeviceFlow::endpoints(CallContext context)
{
    if (m_endpoints)
        co_return std::as_const(*m_endpoints); // QCoro moves what is named here
    const QUrl base = m_options.issuer.adjusted(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    QUrl rfc = base; // RFC 8414, 3: before the issuer's own path
    rfc.setPath(QStringLiteral("/.well-known/oauth-authorization-server") + base.path(QUrl::FullyEncoded), QUrl::StrictMode);
    QUrl openId = base;
    openId.setPath(base.path(QUrl::FullyEncoded) + QStringLiteral("/.well-known/openid-configuration"), QUrl::StrictMode);
    std::optional<Endpoints> found = co_await metadataAt(rfc, context);
    if (!found)
        found = co_await metadataAt(openId, context);
    m_endpoints = found ? *found : usualEndpoints(base);
    co_return std::as_const(*m_endpoints);
}

QCoro::Task<DeviceCode> DeviceFlow::begin(CallContext context)
{
    orThrow(secureUrl(m_options.issuer.toString(QUrl::FullyEncoded), QStringLiteral("a clearinghouse")));
    if (m_options.clientId.isEmpty())
        throw Error(Error::Kind::Config, QStringLiteral("The sign-in needs a client id: by it the clearinghouse knows this program."))
            .withAdvice(QStringLiteral("The clearinghouse's operator tells it, beside the address."));
    const Endpoints at = co_await endpoints(context);
    QList<std::pair<QByteArray, QByteArray>> fields{{"client_id", m_options.clientId.toUtf8()}, {"scope", m_options.scope.toUtf8()}};
    if (!m_options.audience.isEmpty())
        fields.append({"audience", m_options.audience.toUtf8()});
    const QByteArray body = form(fields);
    const CallContext limited = context.within(m_options.timeout);
    const Posted answer = co_await post(&m_http, at.device, body, m_options.connectTimeout, limited);
    if (answer.status != 200)
        throw refused(QStringLiteral("No code was given"), at.device, answer.status, answer.body);
    auto code = parseDeviceCode(answer.body, m_options.issuer);
    if (!code)
        throw Error(code.error()).withRequest("POST", at.device);
    co_return *code;
}

QCoro::Task<Login> DeviceFlow::wait(DeviceCode code, CallContext context)
{
    const Endpoints at = co_await endpoints(context);
    const QDeadlineTimer end(milliseconds(m_options.second * code.expiresIn.count()));
    const Error tooLate = Error(Error::Kind::Timeout, QStringLiteral("The code %1 was not used in time.").arg(code.userCode)).withAdvice(QStringLiteral("Ask for a new one."));
    seconds interval = code.interval;
    for (;;) {
        const milliseconds pause = m_options.second * interval.count();
        // No question after the end: the server has forgotten the code by then.
        const bool last = !end.isForever() && end.remainingTimeAsDuration() <= pause;
        const Pause waiting(last ? std::chrono::duration_cast<milliseconds>(end.remainingTimeAsDuration()) : pause, context.cancel);
        const QFuture<void> over = waiting.over();
        co_await over;
        context.check();
        if (last || end.hasExpired())
            throw tooLate;
        const QByteArray deviceCode = code.deviceCode.expose().toByteArray();
        const QByteArray body = form({{"grant_type", DeviceGrant}, {"device_code", deviceCode}, {"client_id", m_options.clientId.toUtf8()}});
        std::optional<Error> failure;
        Posted answer;
        const CallContext limited = context.within(m_options.timeout);
        try {
            answer = co_await post(&m_http, at.token, body, m_options.connectTimeout, limited);
        } catch (const Error &error) {
            failure = error;
        }
        context.check();
        if (failure && !mayPass(*failure))
            throw *failure;
        const Refusal said = answer.status == 200 ? Refusal() : parseRefusal(answer.body);
        if (failure || answer.status >= 500 || answer.status == 429) {
            interval = std::min(Slowest, interval * 2);
            qCInfo(logNet, "The sign-in server %s cannot be had; it is asked again in %lld s.", qUtf8Printable(at.token.host()), static_cast<long long>(interval.count()));
        } else if (answer.status == 200) {
            auto tokens = parseTokens(answer.body, QDateTime::currentDateTimeUtc(), Secret());
            if (!tokens)
                throw Error(tokens.error()).withRequest("POST", at.token);
            Login login;
            login.issuer = m_options.issuer;
            login.tokenEndpoint = at.token;
            login.clientId = m_options.clientId;
            login.tokens = *tokens;
            co_return login;
        } else if (said.code == QLatin1String("slow_down")) {
            interval = std::min(Slowest, interval + SlowerBy);
        } else if (said.code == QLatin1String("expired_token")) {
            throw Error(tooLate);
        } else if (said.code == QLatin1String("access_denied")) {
            throw Error(Error::Kind::Signer, QStringLiteral("The sign-in was refused at %1.").arg(m_options.issuer.host()))
                .withAdvice(QStringLiteral("Ask for a new code if that was not meant.")).withRequest("POST", at.token).withHttp(answer.status, QByteArray());
        } else if (said.code != QLatin1String("authorization_pending")) {
            throw refused(QStringLiteral("The sign-in failed"), at.token, answer.status, answer.body);
        }
    }
}

QCoro::Task<Login> renewed(HttpClient *http, Login login, CallContext context)
{
    const QString host = login.issuer.host();
    const Error ended = Error(Error::Kind::Signer, QStringLiteral("The sign-in at %1 has ended.").arg(host))
                            .withAdvice(QStringLiteral("Sign in again: in the profile's dialog, or with sluicectl profile connect."));
    if (login.tokens.refresh.isEmpty())
        throw ended;
    const QByteArray refresh = login.tokens.refresh.expose().toByteArray();
    const QByteArray body = form({{"grant_type", "refresh_token"}, {"refresh_token", refresh}, {"client_id", login.clientId.toUtf8()}});
    const milliseconds connectTimeout{10'000};
    const Posted answer = co_await post(http, login.tokenEndpoint, body, connectTimeout, context);
    if (answer.status != 200) {
        const Refusal said = parseRefusal(answer.body);
        if (said.code == QLatin1String("invalid_grant"))
            throw Error(ended).withRequest("POST", login.tokenEndpoint).withHttp(answer.status, QByteArray());
        throw refused(QStringLiteral("The sign-in could not be renewed"), login.tokenEndpoint, answer.status, answer.body);
    }
    auto tokens = parseTokens(answer.body, QDateTime::currentDateTimeUtc(), login.tokens.refresh);
    if (!tokens)
        throw Error(tokens.error()).withRequest("POST", login.tokenEndpoint);
    login.tokens = *tokens;
    co_return login;
}

} // namespace sluice::oauth
