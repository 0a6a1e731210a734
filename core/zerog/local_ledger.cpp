#include "sluice/zerog/local_ledger.h"

#include "ledger_book_p.h"
#include "sluice/store/database.h"
#include "sluice/zerog/ledger_rules.h"
#include "sluice/zerog/neuron.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QThreadPool>

namespace sluice::zerog {

using detail::LedgerBook;
using detail::Refused;

namespace {

/// Requests that one thread checks in one go: a signature takes some fifty microseconds.
constexpr qsizetype signaturesAtOnce = 256;

/// Everything of one moment, without keeping others from writing.
template <typename F> auto reading(Sql &sql, F body)
{
    sql.exec(QStringLiteral("BEGIN"));
    try {
        auto result = body();
        sql.exec(QStringLiteral("COMMIT"));
        return result;
    } catch (...) {
        sql.exec(QStringLiteral("ROLLBACK"));
        throw;
    }
}

using Validity = QList<QList<bool>>;

/// The signatures of some requests of one trace, on a thread of the pool.
QFuture<QList<bool>> checkAside(const Address &provider, const RequestTrace &part)
{
    auto promise = std::make_shared<QPromise<QList<bool>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, provider, part] {
        promise->addResult(rules::validSignatures(provider, part));
        promise->finish();
    });
    return promise->future();
}

/// Which requests are signed as they must be. Nothing of the ledger is held meanwhile, and the calling thread goes on.
QCoro::Task<Validity> validity(Address provider, QList<RequestTrace> traces)
{
    QList<QList<QFuture<QList<bool>>>> parts;
    for (const RequestTrace &trace : traces) {
        QList<QFuture<QList<bool>>> ofTrace;
        for (qsizetype at = 0; at < trace.requests.size(); at += signaturesAtOnce)
            ofTrace.append(checkAside(provider, RequestTrace(trace.requests.mid(at, signaturesAtOnce))));
        parts.append(ofTrace);
    }
    Validity all;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        QList<bool> ofTrace;
        for (qsizetype j = 0; j < parts.at(i).size(); ++j) {
            const QFuture<QList<bool>> part = parts.at(i).at(j);
            ofTrace += co_await part;
        }
        all.append(ofTrace);
    }
    co_return all;
}

} // namespace

class LocalLedger::Private {
public:
    Private(std::shared_ptr<Database> database, const Clock *clock)
        : m_database(std::move(database))
        , m_clock(clock)
    {
    }

    /// `body(book)` of one moment.
    template <typename F> QCoro::Task<std::invoke_result_t<F, LedgerBook &>> view(F body)
    {
        return m_database->run([clock = m_clock, body = std::move(body)](Sql &sql) {
            return reading(sql, [&] {
                LedgerBook book(sql, clock->now().toSecsSinceEpoch());
                return body(book);
            });
        });
    }

    /// `body(book)` as one transaction; what it refuses is undone.
    template <typename F> QCoro::Task<Settled<std::invoke_result_t<F, LedgerBook &>>> call(F body)
    {
        using T = std::invoke_result_t<F, LedgerBook &>;
        return m_database->run([clock = m_clock, body = std::move(body)](Sql &sql) -> Settled<T> {
            try {
                return sql.transaction([&]() -> Settled<T> {
                    LedgerBook book(sql, clock->now().toSecsSinceEpoch());
                    if constexpr (std::is_void_v<T>) {
                        body(book);
                        return {};
                    } else {
                        return body(book);
                    }
                });
            } catch (const Refused &refused) {
                return unexpected(refused.refusal);
            }
        });
    }

private:
    std::shared_ptr<Database> m_database;
    const Clock *m_clock;
};

LocalLedger::LocalLedger(std::shared_ptr<Private> p)
    : m_p(std::move(p))
{
}

LocalLedger::~LocalLedger() = default;

Expected<std::unique_ptr<LocalLedger>> LocalLedger::open(const QString &path, Options options)
{
    Database::Options opening;
    opening.busyTimeoutMs = options.busyTimeoutMs;
    auto database = Database::open(path, {LedgerBook::schema()}, opening);
    if (!database)
        return unexpected(database.error());
    return std::unique_ptr<LocalLedger>(new LocalLedger(std::make_shared<Private>(*std::move(database), options.clock)));
}

Expected<std::unique_ptr<LocalLedger>> LocalLedger::open(const QString &path)
{
    return open(path, Options());
}

QCoro::Task<Settled<void>> LocalLedger::initialize(Genesis genesis)
{
    return m_p->call([genesis](LedgerBook &book) { book.initialize(genesis); });
}

QCoro::Task<Json> LocalLedger::snapshot()
{
    return m_p->view([](LedgerBook &book) {
        QList<Json::Member> wallets;
        for (const auto &[address, amount] : book.wallets())
            wallets.append({address.toChecksum(), neuron::quoted(amount)});
        QList<Json> accounts;
        for (const Account &account : book.accounts({}, {}))
            accounts.append(account.toLedgerJson());
        QList<Json> services;
        for (const Service &service : book.services())
            services.append(service.toJson(Service::Keys::Ledger));
        return Json{{"lockTime", book.lockTime()}, {"wallets", Json::object(wallets)}, {"accounts", Json::array(accounts)}, {"services", Json::array(services)}};
    });
}

QCoro::Task<qint64> LocalLedger::now()
{
    return m_p->view([](LedgerBook &book) { return book.now(); });
}

QCoro::Task<qint64> LocalLedger::lockTime()
{
    return m_p->view([](LedgerBook &book) { return book.lockTime(); });
}

QCoro::Task<Settled<Account>> LocalLedger::account(Address user, Address provider)
{
    return m_p->view([=](LedgerBook &book) -> Settled<Account> {
        if (auto account = book.account(user, provider))
            return *std::move(account);
        return unexpected(Refusal::ofAccount(Refusal::Kind::AccountNotexists, user, provider));
    });
}

QCoro::Task<QList<Account>> LocalLedger::accounts(std::optional<Address> user, std::optional<Address> provider)
{
    return m_p->view([=](LedgerBook &book) { return book.accounts(user, provider); });
}

QCoro::Task<Settled<Service>> LocalLedger::service(Address provider, QString name)
{
    return m_p->view([=](LedgerBook &book) -> Settled<Service> {
        if (auto service = book.service(provider, name))
            return *std::move(service);
        return unexpected(Refusal::ofService(provider, name));
    });
}

QCoro::Task<QList<Service>> LocalLedger::services()
{
    return m_p->view([](LedgerBook &book) { return book.services(); });
}

QCoro::Task<Wei> LocalLedger::walletBalance(Address wallet)
{
    return m_p->view([=](LedgerBook &book) { return book.wallet(wallet).value_or(0); });
}

QCoro::Task<LedgerEvents> LocalLedger::events(quint64 since, int limit)
{
    return m_p->view([=](LedgerBook &book) { return book.events(since, limit); });
}

QCoro::Task<QList<TraceOutlook>> LocalLedger::outlook(Address provider, QList<RequestTrace> traces)
{
    const std::shared_ptr<Private> p = m_p;
    QCoro::Task<Validity> checking = validity(provider, traces);
    const Validity valid = co_await checking;
    QCoro::Task<QList<TraceOutlook>> looking = p->view([=](LedgerBook &book) { return book.outlook(provider, traces, valid); });
    co_return co_await looking;
}

QCoro::Task<Settled<void>> LocalLedger::depositFund(PrivateKey caller, Address provider, U256 value)
{
    return m_p->call([user = caller.address(), provider, value](LedgerBook &book) { book.depositFund(user, provider, value); });
}

QCoro::Task<Settled<Refund>> LocalLedger::requestRefund(PrivateKey caller, Address provider, U256 amount)
{
    return m_p->call([user = caller.address(), provider, amount](LedgerBook &book) { return book.requestRefund(user, provider, amount); });
}

QCoro::Task<Settled<void>> LocalLedger::processRefund(PrivateKey caller, Address provider, QList<quint64> indices)
{
    return m_p->call([user = caller.address(), provider, indices](LedgerBook &book) { book.processRefund(user, provider, indices); });
}

QCoro::Task<Settled<void>> LocalLedger::addOrUpdateService(PrivateKey caller, Service service)
{
    return m_p->call([provider = caller.address(), service](LedgerBook &book) { book.addOrUpdateService(provider, service); });
}

QCoro::Task<Settled<void>> LocalLedger::removeService(PrivateKey caller, QString name)
{
    return m_p->call([provider = caller.address(), name](LedgerBook &book) { book.removeService(provider, name); });
}

QCoro::Task<Settled<Settlement>> LocalLedger::settleFees(PrivateKey caller, QList<RequestTrace> traces)
{
    const Address provider = caller.address();
    const std::shared_ptr<Private> p = m_p;
    QCoro::Task<Validity> checking = validity(provider, traces);
    const Validity valid = co_await checking;
    QCoro::Task<Settled<Settlement>> settling = p->call([=](LedgerBook &book) { return book.settleFees(provider, traces, valid); });
    co_return co_await settling;
}

QCoro::Task<Settled<void>> LocalLedger::updateLockTime(PrivateKey caller, qint64 seconds)
{
    return m_p->call([owner = caller.address(), seconds](LedgerBook &book) { book.updateLockTime(owner, seconds); });
}

} // namespace sluice::zerog
