#include "provider_agent_p.h"

#include "sluice/zerog/call_headers.h"
#include "sluice/zerog/counting.h"
#include "sluice/zerog/request_hash.h"

namespace sluice::zerog {

namespace {

const QString Prefix = QStringLiteral("Provider proxy: handle proxied service, ");

Unexpected<CallRefusal> refuse(const QString &text)
{
    return unexpected(CallRefusal{text});
}

bool leadsUp(const QByteArray &suffix)
{
    const QList<QByteArray> parts = QByteArray::fromPercentEncoding(suffix).split('/');
    return parts.contains("..") || parts.contains(".");
}

} // namespace

/// Writes down how an accepted call ended, before its caller hears of it.
class ProviderKeeper final : public AnswerKeeper {
public:
    ProviderKeeper(ProviderCore &core, const Request &request)
        : m_core(core)
        , m_user(request.user)
        , m_nonce(request.nonce)
    {
    }
    awaitable<void> counted(U256 count) override
    {
        const std::optional<U256> known = count;
        co_await m_core.markServed(m_user, m_nonce, known);
    }
    awaitable<void> notCounted(AnswerEnd, QString why) override { co_await m_core.release(m_user, m_nonce, why); }

private:
    ProviderCore &m_core;
    const Address m_user;
    const U256 m_nonce;
};

void ProviderCore::journalUser(const ProviderUser &user)
{
    m_journal->add([state = user.counters()](Sql &sql) { provider_store::putUser(sql, state); });
}

awaitable<void> ProviderCore::markServed(Address address, U256 nonce, std::optional<U256> count)
{
    ProviderUser &user = m_users.at(address);
    user.served(nonce, count);
    m_journal->add([address, nonce](Sql &sql) { provider_store::setState(sql, address, nonce, ProviderRow::State::Served, QString()); });
    journalUser(user);
    co_await m_journal->settled();
}

void ProviderCore::releaseNow(const Address &address, const U256 &nonce, const QString &why)
{
    ProviderUser &user = m_users.at(address);
    user.failed(nonce, why);
    m_journal->add([address, nonce, why](Sql &sql) { provider_store::setState(sql, address, nonce, ProviderRow::State::Failed, why); });
    journalUser(user);
}

awaitable<void> ProviderCore::release(Address address, U256 nonce, QString why)
{
    releaseNow(address, nonce, why);
    co_await m_journal->settled();
}

awaitable<std::optional<QString>> ProviderCore::meetUser(Address user)
{
    std::optional<QString> problem;
    if (m_users.contains(user))
        co_return problem;
    const Address provider = self();
    std::function<QCoro::Task<Settled<Account>>(Ledger &)> work = [user, provider](Ledger &ledger) { return ledger.account(user, provider); };
    const Settled<Account> account = co_await m_ledger.ask(std::move(work));
    if (account)
        takeAccount(*account);
    else
        problem = QStringLiteral("validate request: get account from contract: %1").arg(refusalText(account.error()));
    co_return problem;
}

awaitable<void> ProviderCore::refreshBalance(Address user)
{
    const Address provider = self();
    std::function<QCoro::Task<Settled<Account>>(Ledger &)> work = [user, provider](Ledger &ledger) { return ledger.account(user, provider); };
    const Settled<Account> account = co_await m_ledger.ask(std::move(work));
    if (account)
        takeAccount(*account);
}

awaitable<Expected<IncomingCall, CallRefusal>> ProviderCore::checked(const ServerRequest &request)
{
    const AgentPath path = agentPath(request.path, 3);
    const QString route = path.parts.value(2);
    const OwnService *service = serviceOf(route);
    if (!service && m_services.contains(route))
        co_return refuse(QStringLiteral("route is deleted"));
    if (!service)
        co_return refuse(QStringLiteral("get service: get service from db: record not found"));
    const auto type = serviceType(service->onLedger.type);
    if (!type)
        co_return refuse(QStringLiteral("prepare request extractor: unknown service type"));
    const auto read = requestFromHeaders(request.headers);
    if (!read)
        co_return refuse(QStringLiteral("get model.request from HTTP request: ") + read.error().message());
    IncomingCall call;
    call.request = *read;
    call.type = *type;
    call.suffix = path.rest;
    call.flush = request.method == "POST" && path.rest == "/settle-fee" && request.body.isEmpty();
    if (call.request.serviceName != route)
        co_return refuse(QStringLiteral("get service: Service-Name is \"%1\", the path says \"%2\"").arg(call.request.serviceName.left(200), route.left(200)));
    if (leadsUp(path.rest))
        co_return refuse(QStringLiteral("the path must not lead out of the service"));
    const std::optional<QString> unknown = co_await meetUser(call.request.user);
    if (unknown)
        co_return refuse(*unknown);
    if (const auto valid = verifyRequest(self(), call.request); !valid)
        co_return refuse(QStringLiteral("validate request: ") + valid.error().message());
    if (!call.flush) {
        const auto count = inputCount(call.type, request.body);
        if (!count)
            co_return refuse(QStringLiteral("validate request: get input count: ") + count.error().message());
        call.ownCount = *count;
    }
    co_return call;
}

awaitable<std::optional<CallRefusal>> ProviderCore::reserve(IncomingCall &call)
{
    std::optional<CallRefusal> refused;
    for (int look = 0;; ++look) {
        while (m_held)
            co_await m_released.wait();
        const OwnService *service = serviceOf(call.request.serviceName); // it may have changed while this waited
        if (!service) {
            refused = CallRefusal{QStringLiteral("route is deleted")};
            co_return refused;
        }
        ProviderUser &user = m_users.at(call.request.user);
        const Wei fee = feeOf(service->onLedger, call.request.inputCount, call.request.previousOutputCount);
        refused = refusedForTime(call.request, service->onLedger, now());
        if (!refused)
            refused = refusedByBook(call.request, call.ownCount, fee, user);
        if (!refused) {
            const ProviderRow row = user.reserve(call.request, fee);
            m_journal->add([row](Sql &sql) { provider_store::putRow(sql, row); });
            if (row.claimed)
                journalUser(user);
            co_return refused;
        }
        if (!refused->forBalance || look > 0)
            break;
        co_await refreshBalance(call.request.user); // a charge since the last look
    }
    refused->text.prepend(QStringLiteral("validate request: "));
    co_return refused;
}

awaitable<void> ProviderCore::serveProxy(ServerRequest &request, ServerResponse &response)
{
    auto call = co_await checked(request);
    std::optional<CallRefusal> refused;
    if (!call)
        refused = call.error();
    else
        refused = co_await reserve(*call);
    if (refused) {
        co_await answerError(response, Prefix + refused->text);
        co_return;
    }
    std::optional<Error> unsafe;
    try {
        co_await m_journal->settled(); // accepted, whatever happens from here on
    } catch (const Error &error) {
        unsafe = error;
    }
    if (unsafe) {
        releaseNow(call->request.user, call->request.nonce, QStringLiteral("it could not be written down"));
        co_await answerError(response, Prefix + QStringLiteral("create request in db: ") + unsafe->message());
        co_return;
    }
    if (call->flush) {
        const std::optional<U256> nothing;
        co_await markServed(call->request.user, call->request.nonce, nothing);
        co_await answerEmpty(response, 202);
        co_return;
    }
    co_await forward(*call, request, response);
}

awaitable<void> ProviderCore::forward(IncomingCall &call, ServerRequest &request, ServerResponse &response)
{
    const OwnService *service = serviceOf(call.request.serviceName); // it stays as it is while a call is reserved
    const auto target = targetUrl(service ? service->target : QString(), call.suffix, request.query);
    std::unique_ptr<AsioExchange> exchange;
    std::optional<Error> failure;
    if (!target)
        failure = target.error();
    try {
        if (target) {
            exchange = co_await m_connections.take(*target);
            Headers head = callersHeaders(request.headers);
            QByteArray body = std::exchange(request.body, {});
            co_await exchange->sendOneOfMany(request.method, *target, std::move(head), std::move(body), AnswerPatience);
            request.dropBody();
            co_await exchange->receiveHead(AnswerPatience);
        }
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        failure = error;
    }
    if (failure) {
        const QString why = QStringLiteral("the service could not be asked: %1").arg(failure->message());
        co_await release(call.request.user, call.request.nonce, why);
        co_await answerError(response, Prefix + why);
        co_return;
    }
    ProviderKeeper keeper(*this, call.request);
    co_await relayAnswer(*exchange, response, call.type, keeper, Prefix, m_options.aloneTime);
    m_connections.put(*target, std::move(exchange));
}

} // namespace sluice::zerog
