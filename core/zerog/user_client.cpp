#include "sluice/zerog/user_client.h"

#include "sluice/net/error_body.h"
#include "sluice/zerog/neuron.h"
#include "sluice/zerog/sent_call.h"

namespace sluice::zerog {

namespace {

constexpr qsizetype MaxListBytes = 64 * 1024 * 1024;
constexpr qsizetype MaxErrorBytes = 64 * 1024;

Error noAgent(const QUrl &url)
{
    return Error(Error::Kind::Protocol, QStringLiteral("What answers at %1 is no user agent of 0G serving.").arg(url.host()))
        .withAdvice(QStringLiteral("Start one with sluicectl zerog user, and write its address into the profile."))
        .withRequest("GET", url);
}

/// The items of a list, each read by `read`.
template <typename T> QList<T> readAll(const Json &list, const QUrl &url, Expected<T> (*read)(const Json &))
{
    const auto items = itemsOf(list);
    if (!items)
        throw noAgent(url);
    QList<T> all;
    for (const Json &item : *items) {
        const Expected<T> one = read(item);
        if (!one)
            throw Error(Error::Kind::Protocol, QStringLiteral("The user agent's list has something that cannot be read: %1").arg(one.error().message())).withRequest("GET", url);
        all.append(*one);
    }
    return all;
}

} // namespace

UserClient::UserClient(HttpClient &http, QUrl base, const CallTiming &timing)
    : m_http(http)
    , m_base(std::move(base))
    , m_timing(timing)
{
}

QUrl UserClient::at(const QString &path) const
{
    QUrl url = m_base;
    QString root = m_base.path(QUrl::FullyEncoded);
    while (root.endsWith(QLatin1Char('/')))
        root.chop(1);
    url.setPath(root + path, QUrl::TolerantMode);
    return url;
}

QUrl UserClient::callUrl(const Address &provider, const QString &service, const QString &suffix) const
{
    return at(callPath(provider, service, suffix));
}

Error UserClient::refused(const QByteArray &method, const QUrl &url, int status, const QByteArray &body)
{
    const ErrorBody said = readErrorBody(body);
    const QString words = said.text.isEmpty() ? QStringLiteral("nothing that says why") : said.text;
    Error::Kind kind = Error::Kind::Http;
    QString advice;
    if (words.contains(QLatin1String("insufficient balance"))) {
        kind = Error::Kind::InsufficientBalance;
        advice = QStringLiteral("Deposit more at this provider.");
    } else if (words.contains(QLatin1String("record not found")) && words.contains(QLatin1String("AccountNotexists"))) {
        kind = Error::Kind::InsufficientBalance;
        advice = QStringLiteral("Open an account at this provider first.");
    } else if (words.contains(QLatin1String("ServiceNotexist")) || words.contains(QLatin1String("route is deleted"))) {
        advice = QStringLiteral("Refresh the list of capabilities: the provider may have taken the service off.");
    }
    Error error(kind, QStringLiteral("The user agent at %1 answered %2: %3").arg(url.authority()).arg(status).arg(words));
    return error.withAdvice(advice).withHttp(status, body).withField(said.field).withRequest(method, url);
}

QCoro::Task<Json> UserClient::get(QString path, CallContext context)
{
    HttpRequest request;
    request.url = at(path);
    request.trust = TlsTrust::policyFor(request.url);
    request.connectTimeout = m_timing.connectTimeout;
    request.maxBodyBytes = MaxListBytes;
    const QUrl url = request.url;
    const CallContext bounded = context.within(m_timing.discoveryTimeout);
    const HttpResponse response = co_await m_http.send(request, bounded);
    if (response.status != 200)
        throw refused("GET", url, response.status, response.body.left(MaxErrorBytes));
    Json::Limits limits;
    limits.maxBytes = MaxListBytes;
    limits.maxMemory = 512 * 1024 * 1024;
    const auto json = Json::parse(response.body, limits);
    if (!json || !json->isObject())
        throw noAgent(url);
    co_return *json;
}

QCoro::Task<void> UserClient::post(QString path, Json body, CallContext context)
{
    HttpRequest request;
    request.method = "POST";
    request.url = at(path);
    request.headers = headers::contentType("application/json");
    request.body = body.dump();
    request.trust = TlsTrust::policyFor(request.url);
    request.connectTimeout = m_timing.connectTimeout;
    const QUrl url = request.url;
    const HttpResponse response = co_await m_http.send(request, context);
    if (response.status < 200 || response.status > 299)
        throw refused("POST", url, response.status, response.body.left(MaxErrorBytes));
}

QCoro::Task<QList<Service>> UserClient::services(CallContext context)
{
    const QString path = QStringLiteral("/v1/service");
    const Json list = co_await get(path, context);
    co_return readAll<Service>(list, at(path), &Service::fromJson);
}

QCoro::Task<QList<Account>> UserClient::accounts(CallContext context)
{
    const QString path = QStringLiteral("/v1/provider");
    const Json list = co_await get(path, context);
    co_return readAll<Account>(list, at(path), &Account::fromJson);
}

QCoro::Task<QList<Json>> UserClient::calls(CallContext context)
{
    const QString path = QStringLiteral("/v1/request");
    const Json list = co_await get(path, context);
    const auto items = itemsOf(list);
    if (!items)
        throw noAgent(at(path));
    co_return *items;
}

QCoro::Task<std::optional<UserClient::LedgerView>> UserClient::ledger(CallContext context)
{
    std::optional<LedgerView> view;
    try {
        const QString path = QStringLiteral("/v1/ledger");
        const Json json = co_await get(path, context);
        LedgerView told;
        told.user = json.value(QStringLiteral("user")).toString();
        told.lockTime = json.value(QStringLiteral("lockTime")).toInt64().value_or(0);
        told.now = json.value(QStringLiteral("now")).toInt64().value_or(0);
        view = told;
    } catch (const Error &error) {
        if (error.httpStatus() != 404)
            throw; // an agent of others has no such path, and that is no fault
    }
    co_return view;
}

QCoro::Task<void> UserClient::create(Address provider, U256 amount, CallContext context)
{
    const Json body{{QStringLiteral("provider"), provider.toChecksum()}, {QStringLiteral("balance"), neuron::number(amount)}};
    const QString path = QStringLiteral("/v1/provider");
    co_await post(path, body, context);
}

QCoro::Task<void> UserClient::charge(Address provider, U256 amount, CallContext context)
{
    const Json body{{QStringLiteral("balance"), neuron::number(amount)}};
    const QString path = QStringLiteral("/v1/provider/%1/charge").arg(provider.toChecksum());
    co_await post(path, body, context);
}

QCoro::Task<void> UserClient::refund(Address provider, U256 amount, CallContext context)
{
    const Json body{{QStringLiteral("amount"), neuron::number(amount)}};
    const QString path = QStringLiteral("/v1/provider/%1/refund").arg(provider.toChecksum());
    co_await post(path, body, context);
}

QCoro::Task<std::shared_ptr<HttpStream>> UserClient::open(QUrl url, QByteArray body, QByteArray accept, std::chrono::milliseconds answerTimeout, CallContext context)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = headers::contentType("application/json");
    headers::set(request.headers, "Accept", accept);
    request.body = body;
    request.trust = TlsTrust::policyFor(url);
    request.connectTimeout = m_timing.connectTimeout;
    request.answerTimeout = answerTimeout;
    const std::shared_ptr<HttpStream> stream = co_await m_http.open(request, context);
    if (stream->status() >= 200 && stream->status() <= 299)
        co_return stream;
    const QByteArray said = co_await stream->readAll(MaxErrorBytes);
    throw refused("POST", url, stream->status(), said);
}

} // namespace sluice::zerog
