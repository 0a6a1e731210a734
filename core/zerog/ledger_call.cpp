#include "sluice/zerog/ledger_call.h"

#include "sluice/zerog/local_ledger.h"
#include "sluice/zerog/neuron.h"
#include "sluice/zerog/request_hash.h"

namespace sluice::zerog {

namespace {

constexpr qint64 maxRefunds = 10'000;

Error invalid(const QString &message)
{
    return Error(Error::Kind::InvalidInput, message);
}

/// The arguments of one call, by place or by name.
class Arguments {
public:
    Arguments(const Json &request, const QStringList &names)
        : m_args(request.value(QStringLiteral("args")))
        , m_value(request.value(QStringLiteral("value")))
        , m_names(names)
    {
        if (!m_args.isArray() && !m_args.isObject() && !m_args.isNull())
            throw invalid(QStringLiteral("args must be a list, or an object by name."));
        if (m_args.isArray() && m_args.size() != names.size())
            throw invalid(QStringLiteral("%1 arguments are expected (%2), not %3.").arg(names.size()).arg(names.join(QStringLiteral(", "))).arg(m_args.size()));
    }

    [[nodiscard]] Json json(const char *name) const
    {
        const QString wanted = QLatin1String(name);
        return m_args.isArray() ? m_args.at(m_names.indexOf(wanted)) : memberOf(m_args, wanted);
    }
    [[nodiscard]] QString text(const char *name) const
    {
        const Json value = json(name);
        if (!value.isString())
            throw invalid(QStringLiteral("%1 must be a text.").arg(QLatin1String(name)));
        return value.toString();
    }
    [[nodiscard]] Address address(const char *name) const
    {
        const auto address = Address::fromHex(text(name));
        if (!address)
            throw invalid(QStringLiteral("%1 must be an address: 0x and 40 hex digits.").arg(QLatin1String(name)));
        return *address;
    }
    [[nodiscard]] U256 amount(const char *name) const { return orThrow(neuron::fromJson(json(name), QLatin1String(name))); }
    [[nodiscard]] qint64 seconds(const char *name) const
    {
        const U256 value = amount(name);
        if (value > U256(std::numeric_limits<qint64>::max()))
            throw invalid(QStringLiteral("%1 is too large.").arg(QLatin1String(name)));
        return qint64(value);
    }
    [[nodiscard]] QList<quint64> indices(const char *name) const
    {
        const Json list = json(name);
        if (!list.isArray() || list.size() > maxRefunds)
            throw invalid(QStringLiteral("%1 must be a list of at most %2 numbers.").arg(QLatin1String(name)).arg(maxRefunds));
        QList<quint64> indices;
        for (const Json &one : list.items()) {
            const U256 index = orThrow(neuron::fromJson(one, QLatin1String(name)));
            // Beyond any refund that there can be, and the contract says so.
            indices.append(index > U256(std::numeric_limits<qint64>::max()) ? quint64(std::numeric_limits<qint64>::max()) : quint64(index));
        }
        return indices;
    }
    /// What is sent along; 0 where nothing is said.
    [[nodiscard]] U256 value() const { return m_value.isNull() ? U256(0) : orThrow(neuron::fromJson(m_value, QStringLiteral("value"))); }

private:
    Json m_args;
    Json m_value;
    QStringList m_names;
};

Json done(const Json &result = {})
{
    return Json{{"ok", true}, {"result", result}};
}

Json refused(const Refusal &refusal)
{
    return Json{{"ok", false}, {"error", refusal.toText()}};
}

Json outcome(const Settled<void> &settled)
{
    return settled ? done() : refused(settled.error());
}

template <typename T, typename F> Json outcome(const Settled<T> &settled, F toJson)
{
    return settled ? done(toJson(*settled)) : refused(settled.error());
}

template <typename T, typename F> Json listOf(const QList<T> &all, F toJson)
{
    QList<Json> items;
    for (const T &one : all)
        items.append(toJson(one));
    return Json::array(items);
}

const auto accountJson = [](const Account &account) { return account.toLedgerJson(); };
const auto serviceJson = [](const Service &service) { return service.toJson(Service::Keys::Ledger); };
const auto settlementJson = [](const Settlement &settlement) {
    return Json{{"total", neuron::quoted(settlement.total)}, {"amounts", listOf(settlement.amounts, [](const Wei &amount) { return neuron::quoted(amount); })}};
};

struct Call {
    const char *name;
    QStringList arguments;
    QCoro::Task<Json> (*run)(std::shared_ptr<Ledger>, PrivateKey, Arguments);
};

QCoro::Task<Json> depositFund(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    co_return outcome(co_await ledger->depositFund(caller, args.address("provider"), args.value()));
}

QCoro::Task<Json> requestRefund(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    const Settled<Refund> refund = co_await ledger->requestRefund(caller, args.address("provider"), args.amount("amount"));
    co_return outcome(refund, [](const Refund &one) { return one.toLedgerJson(); });
}

QCoro::Task<Json> processRefund(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    co_return outcome(co_await ledger->processRefund(caller, args.address("provider"), args.indices("indices")));
}

QCoro::Task<Json> addOrUpdateService(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    Service service;
    service.name = args.text("name");
    service.type = args.text("serviceType");
    service.url = args.text("url");
    service.inputPrice = args.amount("inputPrice");
    service.outputPrice = args.amount("outputPrice");
    co_return outcome(co_await ledger->addOrUpdateService(caller, service));
}

QCoro::Task<Json> removeService(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    co_return outcome(co_await ledger->removeService(caller, args.text("name")));
}

QCoro::Task<Json> settleFees(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    const Json list = args.json("traces");
    if (!list.isArray())
        throw invalid(QStringLiteral("traces must be a list of {\"requests\":[…]}."));
    QList<RequestTrace> traces;
    for (const Json &one : list.items())
        traces.append(orThrow(RequestTrace::fromJson(one)));
    const Settled<Settlement> settlement = co_await ledger->settleFees(caller, traces);
    co_return outcome(settlement, settlementJson);
}

QCoro::Task<Json> getAccount(std::shared_ptr<Ledger> ledger, PrivateKey, Arguments args)
{
    const Settled<Account> account = co_await ledger->account(args.address("user"), args.address("provider"));
    co_return outcome(account, accountJson);
}

QCoro::Task<Json> getAllAccounts(std::shared_ptr<Ledger> ledger, PrivateKey, Arguments)
{
    const std::optional<Address> any;
    const QList<Account> accounts = co_await ledger->accounts(any, any);
    co_return done(listOf(accounts, accountJson));
}

QCoro::Task<Json> getService(std::shared_ptr<Ledger> ledger, PrivateKey, Arguments args)
{
    const Settled<Service> service = co_await ledger->service(args.address("provider"), args.text("name"));
    co_return outcome(service, serviceJson);
}

QCoro::Task<Json> getAllServices(std::shared_ptr<Ledger> ledger, PrivateKey, Arguments)
{
    const QList<Service> services = co_await ledger->services();
    co_return done(listOf(services, serviceJson));
}

QCoro::Task<Json> lockTime(std::shared_ptr<Ledger> ledger, PrivateKey, Arguments)
{
    const qint64 seconds = co_await ledger->lockTime();
    co_return done(Json(seconds));
}

/// A view in which the caller is the provider (4.1).
QCoro::Task<Json> verify(std::shared_ptr<Ledger>, PrivateKey caller, Arguments args)
{
    const Request request = orThrow(Request::fromJson(args.json("request")));
    co_return done(Json(verifyRequest(caller.address(), request).hasValue()));
}

QCoro::Task<Json> updateLockTime(std::shared_ptr<Ledger> ledger, PrivateKey caller, Arguments args)
{
    co_return outcome(co_await ledger->updateLockTime(caller, args.seconds("lockTime")));
}

QCoro::Task<Json> initialize(std::shared_ptr<Ledger> ledger, PrivateKey, Arguments args)
{
    LocalLedger::Genesis genesis;
    genesis.lockTime = args.seconds("lockTime");
    genesis.owner = args.address("owner");
    const auto local = std::dynamic_pointer_cast<LocalLedger>(ledger);
    // A contract is set up when it is deployed.
    if (!local)
        co_return refused(Refusal(Refusal::Kind::AlreadyInitialized));
    co_return outcome(co_await local->initialize(genesis));
}

const QList<Call> &calls()
{
    static const QList<Call> all{
        {"depositFund", {QStringLiteral("provider")}, depositFund},
        {"requestRefund", {QStringLiteral("provider"), QStringLiteral("amount")}, requestRefund},
        {"processRefund", {QStringLiteral("provider"), QStringLiteral("indices")}, processRefund},
        {"addOrUpdateService",
            {QStringLiteral("name"), QStringLiteral("serviceType"), QStringLiteral("url"), QStringLiteral("inputPrice"), QStringLiteral("outputPrice")}, addOrUpdateService},
        {"removeService", {QStringLiteral("name")}, removeService},
        {"settleFees", {QStringLiteral("traces")}, settleFees},
        {"getAccount", {QStringLiteral("user"), QStringLiteral("provider")}, getAccount},
        {"getAllAccounts", {}, getAllAccounts},
        {"getService", {QStringLiteral("provider"), QStringLiteral("name")}, getService},
        {"getAllServices", {}, getAllServices},
        {"lockTime", {}, lockTime},
        {"verify", {QStringLiteral("request")}, verify},
        {"updateLockTime", {QStringLiteral("lockTime")}, updateLockTime},
        {"initialize", {QStringLiteral("lockTime"), QStringLiteral("owner")}, initialize},
    };
    return all;
}

} // namespace

QStringList callNames()
{
    QStringList names;
    for (const Call &call : calls())
        names.append(QLatin1String(call.name));
    return names;
}

QCoro::Task<Json> callByName(std::shared_ptr<Ledger> ledger, PrivateKey caller, Json request)
{
    const QString method = request.value(QStringLiteral("method")).toString();
    for (const Call &call : calls()) {
        if (method != QLatin1String(call.name))
            continue;
        Arguments arguments(request, call.arguments);
        if (arguments.value() != 0 && method != QLatin1String("depositFund"))
            throw invalid(QStringLiteral("%1 takes no value; only depositFund is paid.").arg(method));
        QCoro::Task<Json> running = call.run(ledger, caller, arguments);
        co_return co_await running;
    }
    throw invalid(QStringLiteral("There is no function “%1”.").arg(method.left(60))).withAdvice(QStringLiteral("There are: %1.").arg(callNames().join(QStringLiteral(", "))));
}

} // namespace sluice::zerog
