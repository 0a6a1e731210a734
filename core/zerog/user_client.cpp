#include "sluice/zerog/user_client.h"

#include "sluice/zerog/neuron.h"
#include "sluice/zerog/sent_call.h"

namespace sluice::zerog {

namespace {
constexpr qsizetype MaxErrorBytes = 64 * 1024;
} // namespace

UserClient::UserClient(HttpClient &http, QUrl base, const CallTiming &timing)
    : AgentClient(http, std::move(base), timing, QStringLiteral("user"))
{
}

QUrl UserClient::callUrl(const Address &provider, const QString &service, const QString &suffix) const
{
    return at(callPath(provider, service, suffix));
}

QCoro::Task<QList<Account>> UserClient::accounts(CallContext context)
{
    const QString path = QStringLiteral("/v1/provider");
    const QList<Json> items = co_await list(path, QString(), context);
    co_return readAll<Account>(items, at(path));
}

QCoro::Task<QList<Json>> UserClient::calls(int most, CallContext context)
{
    const QString path = QStringLiteral("/v1/request");
    QString query;
    if (most > 0)
        query = QStringLiteral("latest=%1").arg(most);
    const QList<Json> items = co_await list(path, query, context);
    co_return items;
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

QCoro::Task<void> UserClient::processRefunds(CallContext context)
{
    const QString path = QStringLiteral("/v1/refund/process");
    const Json none;
    try {
        co_await post(path, none, context);
    } catch (const Error &error) {
        if (error.httpStatus() != 404 && error.httpStatus() != 405)
            throw;
        throw Error(Error::Kind::NotRouted, QStringLiteral("This user agent pays refunds by itself alone, at times of its own."))
            .withAdvice(QStringLiteral("Wait for it: it looks every few minutes."));
    }
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
