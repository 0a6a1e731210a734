#include "sluice/zerog/json_rpc.h"

#include "sluice/base/bytes.h"

namespace sluice::zerog {

namespace {

constexpr qsizetype shownText = 300;

Error rpcError(const QString &message)
{
    return Error(Error::Kind::Rpc, message);
}

std::optional<QByteArray> hexIn(const Json &value)
{
    const QString text = value.toString();
    if (!text.startsWith(QLatin1String("0x")))
        return std::nullopt;
    const auto data = bytes::fromHex(text.toLatin1());
    return data ? std::optional(*data) : std::nullopt;
}

/// geth and its kin give the data itself; development chains wrap it.
std::optional<QByteArray> revertDataIn(const Json &data)
{
    if (const auto direct = hexIn(data))
        return direct;
    if (!data.isObject())
        return std::nullopt;
    for (const char *name : {"data", "result", "return"}) {
        if (const auto inner = hexIn(data.value(QLatin1String(name))))
            return inner;
    }
    for (const Json::Member &member : data.members()) {
        if (const auto inner = hexIn(member.second.value(QStringLiteral("return"))))
            return inner;
    }
    return std::nullopt;
}

} // namespace

QByteArray rpcRequest(qint64 id, const QString &method, const QList<Json> &params)
{
    return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", Json::array(params)}}.dump();
}

Expected<RpcAnswer> rpcAnswer(QByteArrayView body, qint64 id)
{
    Json::Limits limits;
    limits.maxBytes = RpcClient::MaxAnswerBytes;
    limits.maxMemory = 8 * RpcClient::MaxAnswerBytes;
    const auto json = Json::parse(body, limits);
    if (!json)
        return unexpected(rpcError(QStringLiteral("The node's answer is no JSON: %1").arg(json.error().message())));
    if (json->value(QStringLiteral("id")).toInt64() != id)
        return unexpected(rpcError(QStringLiteral("The node answered another question than was asked.")));
    RpcAnswer answer;
    const Json error = json->value(QStringLiteral("error"));
    if (error.isObject()) {
        answer.code = error.value(QStringLiteral("code")).toInt64().value_or(0);
        answer.message = error.value(QStringLiteral("message")).toString().left(shownText);
        answer.revertData = revertDataIn(error.value(QStringLiteral("data")));
        return answer;
    }
    if (!error.isNull() || !json->contains(QStringLiteral("result")))
        return unexpected(rpcError(QStringLiteral("The node's answer has neither a result nor an error.")));
    answer.result = json->value(QStringLiteral("result"));
    return answer;
}

Expected<U256> quantity(const Json &value, const QString &what)
{
    const QString text = value.toString();
    const auto number = text.startsWith(QLatin1String("0x")) && text.size() <= 66 ? u256FromHex(text) : Expected<U256>(unexpected(rpcError({})));
    if (!number)
        return unexpected(rpcError(QStringLiteral("The node's %1 is no quantity: “%2”.").arg(what, QString::fromUtf8(value.dump().left(80)))));
    return *number;
}

Expected<QByteArray> rpcData(const Json &value, const QString &what)
{
    const auto data = hexIn(value);
    if (!data)
        return unexpected(rpcError(QStringLiteral("The node's %1 is no data: “%2”.").arg(what, QString::fromUtf8(value.dump().left(80)))));
    return *data;
}

RpcClient::RpcClient(HttpClient &http, QUrl url, qsizetype maxAnswerBytes)
    : m_http(http)
    , m_url(std::move(url))
    , m_shown(m_url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo))
    , m_maxAnswerBytes(maxAnswerBytes)
{
}

QCoro::Task<RpcAnswer> RpcClient::ask(QString method, QList<Json> params, CallContext context)
{
    const qint64 id = ++m_id;
    HttpRequest request;
    request.method = "POST";
    request.url = m_url;
    request.headers = headers::contentType("application/json");
    request.body = rpcRequest(id, method, params);
    request.maxBodyBytes = m_maxAnswerBytes;
    HttpResponse response;
    std::optional<Error> failure;
    try {
        response = co_await m_http.send(request, context);
    } catch (const Error &error) {
        failure = error;
    }
    if (failure)
        throw failure->withRequest("POST", m_shown);
    // Some nodes put their error into a 4xx or 5xx.
    auto answer = rpcAnswer(response.body, id);
    if (!answer) {
        Error error = answer.error();
        if (response.status != 200)
            error = Error(Error::Kind::Http, QStringLiteral("The node answered %1.").arg(response.status)).withHttp(response.status, response.body);
        throw error.withRequest("POST", m_shown).withAdvice(QStringLiteral("Check that the address is a JSON-RPC endpoint of an Ethereum-like chain."));
    }
    co_return *std::move(answer);
}

QCoro::Task<Json> RpcClient::call(QString method, QList<Json> params, CallContext context)
{
    QCoro::Task<RpcAnswer> asking = ask(method, params, context);
    const RpcAnswer answer = co_await asking;
    if (!answer.result)
        throw rpcError(QStringLiteral("The node refused %1: %2 (%3).").arg(method, answer.message).arg(answer.code)).withRequest("POST", m_shown);
    co_return *answer.result;
}

} // namespace sluice::zerog
