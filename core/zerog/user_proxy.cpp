#include "user_agent_p.h"

#include "sluice/net/origin.h"
#include "sluice/zerog/call_headers.h"
#include "sluice/zerog/counting.h"
#include "sluice/zerog/request_hash.h"

namespace sluice::zerog {

namespace {

constexpr int MostAttempts = 512;
constexpr int MostNonces = 64;
constexpr std::chrono::seconds ServiceAge{5};
constexpr std::chrono::milliseconds ShortWait{700};
constexpr qsizetype MaxRefusal = 1024 * 1024;
const QString Prefix = QStringLiteral("User: ");

/// The longest answer that a provider is believed to have given where this agent did not see its end: more than models answer, in words, or than
/// is passed on at once, in bytes. A provider could cut every answer and name any number.
U256 mostInDoubt(ServiceType type)
{
    return type == ServiceType::Storage ? U256(64 * 1024 * 1024) : U256(100'000);
}

QByteArray proxyPath(const QString &service, const QByteArray &suffix)
{
    return "/v1/proxy/" + QUrl::toPercentEncoding(service) + suffix;
}

} // namespace

/// Nobody leads this agent to itself: each round would be another paid call.
bool UserCore::isOwn(const QUrl &target) const
{
    const auto origin = Origin::of(target);
    return origin && origin->port() == m_ownPort && origin->reach() == Origin::Reach::Loopback;
}

/// Writes down how a call ended, before the client hears of it.
class UserKeeper final : public AnswerKeeper {
public:
    UserKeeper(UserCore &core, const UserCall &call)
        : m_core(core)
        , m_call(call)
    {
    }
    awaitable<void> counted(U256 count) override
    {
        ProviderAccount &account = m_core.m_accounts.at(m_call.provider);
        account.done(m_call.request.nonce, count);
        m_core.note(account, m_call, UserCall::State::Done, QString(), count);
        co_await m_core.m_journal->settled();
    }
    awaitable<void> notCounted(AnswerEnd end, QString why) override
    {
        ProviderAccount &account = m_core.m_accounts.at(m_call.provider);
        const bool cut = end == AnswerEnd::Cut;
        if (cut)
            account.unknown(m_call.request.nonce);
        else
            account.failed(m_call.request.nonce);
        m_core.note(account, m_call, cut ? UserCall::State::Unknown : UserCall::State::Failed, why, std::nullopt);
        co_await m_core.m_journal->settled();
    }

private:
    UserCore &m_core;
    const UserCall m_call;
};

void UserCore::note(const ProviderAccount &account, const UserCall &call, UserCall::State state, const QString &error, const std::optional<U256> &units)
{
    ProviderAccount counters = account.counters();
    const Address provider = call.provider;
    const U256 nonce = call.request.nonce;
    m_journal->add([counters = std::move(counters), provider, nonce, state, error, units](Sql &sql) {
        user_store::setState(sql, provider, nonce, state, error, units);
        user_store::putAccount(sql, counters);
    });
    m_landed.notify();
}

awaitable<UserCore::LookedUp> UserCore::serviceAt(Address provider, QString name, bool fresh)
{
    const auto key = std::make_pair(provider, name);
    const auto young = [this, &key] {
        const auto it = m_services.find(key);
        return it != m_services.end() && std::chrono::steady_clock::now() - it->second.since < ServiceAge;
    };
    std::optional<AsyncLock::Turn> turn;
    if (fresh || !young())
        turn = co_await m_looking.take(); // the others then find what the first one found
    if (!fresh && young())
        co_return m_services.at(key).found;
    const qint64 lookedAt = now();
    std::function<QCoro::Task<Settled<Service>>(Ledger &)> work = [provider, name](Ledger &ledger) { return ledger.service(provider, name); };
    const Settled<Service> found = co_await m_ledger.ask(std::move(work));
    if (!found) {
        m_services.erase(key);
        throw Error(Error::Kind::InvalidInput, QStringLiteral("get service from contract: %1").arg(found.error().toText()));
    }
    LookedUp looked;
    looked.service = *found;
    looked.at = lookedAt;
    m_services[key] = CachedService{looked, std::chrono::steady_clock::now()};
    co_return looked;
}

awaitable<ProviderAccount *> UserCore::callAccount(Address provider)
{
    if (!m_onLedger.contains(provider)) {
        const Settled<Account> there = co_await accountAt(provider);
        if (!there)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("get provider account: record not found: %1").arg(there.error().toText()));
        ProviderAccount &account = m_accounts[provider];
        account.provider = provider;
        account.nonce = std::max(account.nonce, there->nonce);
        m_onLedger[provider] = true;
    }
    co_return &m_accounts.at(provider);
}

awaitable<void> UserCore::serveCall(ServerRequest &request, ServerResponse &response, Address provider, QString service, QByteArray suffix)
{
    OutgoingCall call;
    call.provider = provider;
    call.service = service;
    call.suffix = suffix;
    call.head = callersHeaders(request.headers);
    call.body = orThrow(forwardedBody(request.body));
    request.dropBody();
    for (int i = 0; i < MostAttempts; ++i) {
        const bool answered = co_await attempt(call, response);
        if (answered)
            co_return;
    }
    co_await answerError(response, Prefix + QStringLiteral("the provider refused %1 requests for this call, each for its nonce or the length of an earlier answer").arg(MostAttempts));
}

awaitable<bool> UserCore::attempt(OutgoingCall &call, ServerResponse &response)
{
    const LookedUp looked = co_await serviceAt(call.provider, call.service, false);
    const Service &service = looked.service;
    const auto type = serviceType(service.type);
    if (!type)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("known service type")); // the original's words
    const U256 count = orThrow(inputCount(*type, call.body));
    ProviderAccount *account = co_await callAccount(call.provider);
    const QUrl target = orThrow(targetUrl(service.url, proxyPath(call.service, call.suffix)));
    if (isOwn(target))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("the provider says that its service is at %1, which is this agent itself").arg(service.url.left(200)));
    call.mostInDoubt = mostInDoubt(*type);
    // Connected first: from the nonce on nothing may come between that lets another call overtake this one.
    std::unique_ptr<AsioExchange> exchange;
    std::optional<Error> unreachable;
    try {
        exchange = co_await m_connections.take(target);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled || call.refreshed)
            throw;
        unreachable = error;
    }
    if (unreachable) { // nothing was sent; it may have moved
        call.refreshed = true;
        (void)co_await serviceAt(call.provider, call.service, true);
        co_return false;
    }

    // Of the time of the look: prices that changed since then cannot be charged for it (4.3).
    UserCall sent = account->begin(service, count, looked.at, call.declared);
    signRequest(sent.request, call.provider, m_options.key);
    ProviderAccount counters = account->counters();
    m_journal->add([sent, counters = std::move(counters)](Sql &sql) {
        user_store::putCall(sql, sent);
        user_store::putAccount(sql, counters);
    });
    std::optional<Error> failure;
    std::optional<QByteArray> refused;
    bool left = false;
    try {
        co_await m_journal->settled();
        Headers head = metadataHeaders(sent.request);
        head += call.head;
        QByteArray body = call.body;
        left = true;
        co_await exchange->sendOneOfMany("POST", target, std::move(head), std::move(body), AnswerPatience);
        co_await exchange->receiveHead(AnswerPatience);
        if (exchange->status() == 400)
            refused = co_await collectBody(*exchange, response, MaxRefusal, m_options.aloneTime);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        failure = error;
    }
    if (failure) {
        const UserCall::State state = left ? UserCall::State::Unknown : UserCall::State::Failed;
        if (left)
            account->unknown(sent.request.nonce);
        else
            account->failed(sent.request.nonce);
        note(*account, sent, state, failure->message(), std::nullopt);
        m_services.erase(std::make_pair(call.provider, call.service));
        throw *failure;
    }
    if (refused) {
        QByteArray body = std::move(*refused);
        const Headers head = exchange->headers();
        m_connections.put(target, std::move(exchange));
        const bool again = co_await afterRefusal(call, *account, sent, body);
        if (again)
            co_return false;
        Headers back = answersHeaders(head, 400);
        co_await response.send(400, std::move(back), std::move(body));
        co_return true;
    }
    UserKeeper keeper(*this, sent);
    co_await relayAnswer(*exchange, response, *type, keeper, Prefix, m_options.aloneTime);
    m_connections.put(target, std::move(exchange));
    co_return true;
}

awaitable<bool> UserCore::afterRefusal(OutgoingCall &call, ProviderAccount &account, const UserCall &sent, QByteArray body)
{
    const ProviderRefusal refusal = providerRefusal(body);
    account.failed(sent.request.nonce);
    note(account, sent, UserCall::State::Failed, QString::fromUtf8(body.left(500)), std::nullopt);
    call.declared.reset();
    using Kind = ProviderRefusal::Kind;
    if (refusal.kind == Kind::Nonce && ++call.noncesRefused < MostNonces) {
        account.nonce = std::max(account.nonce, refusal.value);
        co_return true;
    }
    if (refusal.kind == Kind::ServiceChanged && !std::exchange(call.refreshed, true)) {
        (void)co_await serviceAt(call.provider, call.service, true);
        co_return true;
    }
    if (refusal.kind == Kind::PreviousOutput) {
        using Step = OutputDecision::Step;
        const auto waited = call.waitingSince ? std::chrono::steady_clock::now() - *call.waitingSince : std::chrono::steady_clock::duration::zero();
        const Step step = account.decide(refusal.value, int(waited / ShortWait), call.mostInDoubt).step;
        if (step == Step::Wait || step == Step::WaitShortly) {
            Alarm alarm(m_io.context().get_executor());
            if (step == Step::WaitShortly)
                alarm.arm(ShortWait, [this] { m_landed.notify(); });
            if (step == Step::WaitShortly && !call.waitingSince)
                call.waitingSince = std::chrono::steady_clock::now();
            // One answer is for one call: those that find none go on waiting.
            do {
                co_await m_landed.wait();
            } while (account.unpaid.isEmpty() && !account.flying.empty() && (step == Step::Wait || std::chrono::steady_clock::now() - *call.waitingSince < ShortWait));
        }
        if (step == Step::SignInDoubt) {
            UserCall believed;
            believed.provider = call.provider;
            believed.request.nonce = account.resolveOne();
            const QString shown = QStringLiteral("the provider says that its answer had %1; this was believed once").arg(toDecimal(refusal.value));
            note(account, believed, UserCall::State::Resolved, shown, std::nullopt);
        }
        if (step == Step::Sign || step == Step::SignInDoubt)
            call.declared = refusal.value;
        co_return step != Step::Refuse;
    }
    co_await m_journal->settled();
    co_return false;
}

} // namespace sluice::zerog
