#include "sluice/zerog/agent_client.h"

#include "sluice/net/error_body.h"

namespace sluice::zerog {

namespace {

constexpr qsizetype MaxListBytes = 64 * 1024 * 1024;
constexpr qsizetype MaxErrorBytes = 64 * 1024;
/// Of what moves money: on a chain it waits for blocks.
constexpr std::chrono::minutes ActionTimeout{3};

/// A ledger's file lets a wallet that nobody funded go below zero.
Expected<Wei> walletOf(const Json &value)
{
    return weiFromDecimal(value.isString() ? value.toString() : QString::fromLatin1(value.numberText()));
}

} // namespace

AgentClient::AgentClient(HttpClient &http, QUrl base, const CallTiming &timing, QString kind)
    : m_http(http)
    , m_base(std::move(base))
    , m_timing(timing)
    , m_kind(std::move(kind))
{
}

QUrl AgentClient::at(const QString &path) const
{
    QUrl url = m_base;
    QString root = m_base.path(QUrl::FullyEncoded);
    while (root.endsWith(QLatin1Char('/')))
        root.chop(1);
    url.setPath(root + path, QUrl::TolerantMode);
    return url;
}

Error AgentClient::noAgent(const QUrl &url) const
{
    return Error(Error::Kind::Protocol, QStringLiteral("What answers at %1 is no %2 agent of 0G serving.").arg(url.host(), m_kind))
        .withAdvice(QStringLiteral("Start one with sluicectl zerog %1, and write its address into the profile.").arg(m_kind))
        .withRequest("GET", url);
}

Error AgentClient::unreadable(const QUrl &url, const Error &why) const
{
    return Error(Error::Kind::Protocol, QStringLiteral("The %1 agent's list has something that cannot be read: %2").arg(m_kind, why.message())).withRequest("GET", url);
}

Error AgentClient::refused(const QByteArray &method, const QUrl &url, int status, const QByteArray &body) const
{
    const ErrorBody said = readErrorBody(body);
    const QString words = said.text.isEmpty() ? QStringLiteral("nothing that says why") : said.text;
    Error::Kind kind = Error::Kind::Http;
    QString advice;
    if (words.contains(QLatin1String("insufficient balance"))) {
        kind = Error::Kind::InsufficientBalance;
        advice = QStringLiteral("Deposit more at this provider.");
    } else if (words.contains(QLatin1String("exceeds the refundable balance"))) {
        kind = Error::Kind::InsufficientBalance;
        advice = QStringLiteral("At most the balance less what was asked back already can be asked back.");
    } else if (words.contains(QLatin1String("InsufficientFunds("))) {
        kind = Error::Kind::InsufficientBalance;
        advice = QStringLiteral("The wallet does not hold so much.");
    } else if (words.contains(QLatin1String("AccountNotexists("))) {
        kind = Error::Kind::InsufficientBalance;
        advice = QStringLiteral("Open an account at this provider first.");
    } else if (words.contains(QLatin1String("ServiceNotexist")) || words.contains(QLatin1String("route is deleted"))) {
        advice = QStringLiteral("Refresh the list of capabilities: the provider may have taken the service off.");
    } else if (status == 403 && words.contains(QLatin1String("only this machine"))) {
        advice = QStringLiteral("A %1 agent tells its books to its own machine alone: use its address there, or a tunnel to it.").arg(m_kind);
    }
    Error error(kind, QStringLiteral("The %1 agent at %2 answered %3: %4").arg(m_kind, url.authority()).arg(status).arg(words));
    return error.withAdvice(advice).withHttp(status, body).withField(said.field).withRequest(method, url);
}

QCoro::Task<Json> AgentClient::get(QString path, QString query, CallContext context)
{
    HttpRequest request;
    request.url = at(path);
    if (!query.isEmpty())
        request.url.setQuery(query);
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

QCoro::Task<QList<Json>> AgentClient::list(QString path, QString query, CallContext context)
{
    const Json json = co_await get(path, query, context);
    const auto items = itemsOf(json);
    if (!items)
        throw noAgent(at(path));
    co_return *items;
}

QCoro::Task<void> AgentClient::post(QString path, Json body, CallContext context)
{
    HttpRequest request;
    request.method = "POST";
    request.url = at(path);
    if (!body.isNull()) {
        request.headers = headers::contentType("application/json");
        request.body = body.dump();
    }
    request.trust = TlsTrust::policyFor(request.url);
    request.connectTimeout = m_timing.connectTimeout;
    const QUrl url = request.url;
    const CallContext bounded = context.within(ActionTimeout);
    const HttpResponse response = co_await m_http.send(request, bounded);
    if (response.status < 200 || response.status > 299)
        throw refused("POST", url, response.status, response.body.left(MaxErrorBytes));
}

QCoro::Task<QList<Service>> AgentClient::services(CallContext context)
{
    const QString path = QStringLiteral("/v1/service");
    const QList<Json> items = co_await list(path, QString(), context);
    co_return readAll<Service>(items, at(path));
}

QCoro::Task<std::optional<LedgerView>> AgentClient::ledger(CallContext context)
{
    std::optional<LedgerView> view;
    try {
        const QString path = QStringLiteral("/v1/ledger");
        const QString none;
        const Json json = co_await get(path, none, context);
        const auto owner = Address::fromHex(json.value(m_kind).toString());
        const auto wallet = walletOf(json.value(QStringLiteral("wallet")));
        if (!owner || !wallet)
            throw noAgent(at(path));
        LedgerView told;
        told.owner = *owner;
        told.wallet = *wallet;
        told.lockTime = json.value(QStringLiteral("lockTime")).toInt64().value_or(0);
        told.now = json.value(QStringLiteral("now")).toInt64().value_or(0);
        view = told;
    } catch (const Error &error) {
        if (error.httpStatus() != 404)
            throw; // an agent of others has no such path, and that is no fault
    }
    co_return view;
}

} // namespace sluice::zerog
