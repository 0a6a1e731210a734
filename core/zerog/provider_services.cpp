#include "provider_agent_p.h"

namespace sluice::zerog {

const OwnService *ProviderCore::serviceOf(const QString &name) const
{
    const auto it = m_services.constFind(name);
    return it == m_services.constEnd() || it->deleted ? nullptr : &*it;
}

bool ProviderCore::hasUnsettled() const
{
    for (const auto &[address, user] : m_users) {
        for (const auto &[nonce, row] : user.open) {
            if (row.state == ProviderRow::State::Reserved || row.error.isEmpty())
                return true;
        }
    }
    return false;
}

awaitable<void> ProviderCore::listServices(ServerResponse &response)
{
    QList<Json> items;
    for (const OwnService &service : std::as_const(m_services)) {
        if (!service.deleted)
            items.prepend(service.toJson()); // by name, descending
    }
    co_await answerJson(response, 200, listJson(items));
}

namespace {

/// A body of POST or PUT, whole and with an address that can be called.
Expected<OwnService> serviceFrom(const QByteArray &body)
{
    const auto json = bodyObject(body);
    if (!json)
        return unexpected(json.error());
    const auto service = Service::fromRegistration(*json);
    if (!service)
        return unexpected(service.error());
    if (const auto target = targetUrl(service->url, {}); !target)
        return unexpected(target.error());
    OwnService own;
    own.onLedger = *service;
    own.target = service->url;
    return own;
}

} // namespace

awaitable<void> ProviderCore::registerService(ServerRequest &request, ServerResponse &response)
{
    const auto service = serviceFrom(request.body);
    if (!service) {
        co_await answerError(response, QStringLiteral("Provider: register service: %1").arg(service.error().message()));
        co_return;
    }
    const AsyncLock::Turn turn = co_await m_changes.take();
    if (serviceOf(service->onLedger.name)) {
        co_await answerError(response, QStringLiteral("Provider: register service: service already exists"));
        co_return;
    }
    co_await publish(*service);
    co_await answerEmpty(response, 204);
}

awaitable<void> ProviderCore::updateService(ServerRequest &request, ServerResponse &response, QString name)
{
    const auto service = serviceFrom(request.body);
    if (!service) {
        co_await answerError(response, QStringLiteral("Provider: update service: %1").arg(service.error().message()));
        co_return;
    }
    if (service->onLedger.name != name) {
        co_await answerError(response, QStringLiteral("Provider: update field: [name] not allowed"));
        co_return;
    }
    const AsyncLock::Turn turn = co_await m_changes.take();
    QString problem;
    if (!serviceOf(name))
        problem = QStringLiteral("Provider: update service: get service from db: record not found");
    else if (hasUnsettled())
        problem = QStringLiteral("Provider: update service: unsettled requests exist, can not update service");
    if (!problem.isEmpty()) {
        co_await answerError(response, problem);
        co_return;
    }
    co_await publish(*service);
    co_await answerEmpty(response, 202);
}

awaitable<void> ProviderCore::deleteService(ServerResponse &response, QString name)
{
    const AsyncLock::Turn turn = co_await m_changes.take();
    QString problem;
    if (!serviceOf(name))
        problem = QStringLiteral("Provider: delete service: get service from db: record not found");
    else if (hasUnsettled())
        problem = QStringLiteral("Provider: delete service: unsettled requests exist, can not delete service");
    if (!problem.isEmpty()) {
        co_await answerError(response, problem);
        co_return;
    }
    co_await unpublish(name);
    co_await answerEmpty(response, 202);
}

namespace {

/// Calls wait while it is kept.
class Hold final {
public:
    Hold(bool &held, AsyncEvent &released)
        : m_held(held)
        , m_before(std::exchange(held, true))
        , m_released(released)
    {
    }
    ~Hold()
    {
        m_held = m_before;
        m_released.notify();
    }
    Hold(const Hold &) = delete;
    Hold &operator=(const Hold &) = delete;

private:
    bool &m_held;
    const bool m_before;
    AsyncEvent &m_released;
};

Error ledgerSays(const char *what, const Refusal &refusal)
{
    return Error(Error::Kind::Protocol, QStringLiteral("%1: %2").arg(QLatin1String(what), refusalText(refusal)));
}

} // namespace

awaitable<void> ProviderCore::publish(OwnService service)
{
    const Hold hold(m_held, m_released);
    service.onLedger.url = m_publicUrl;
    service.onLedger.provider = self();
    const Service wanted = service.onLedger;
    const PrivateKey key = m_options.key;
    std::function<QCoro::Task<Settled<void>>(Ledger &)> change = [key, wanted](Ledger &ledger) { return ledger.addOrUpdateService(key, wanted); };
    const Settled<void> done = co_await m_ledger.ask(std::move(change));
    if (!done)
        throw ledgerSays("add service in contract", done.error());
    const Address provider = self();
    std::function<QCoro::Task<Settled<Service>>(Ledger &)> look = [provider, wanted](Ledger &ledger) { return ledger.service(provider, wanted.name); };
    const Settled<Service> kept = co_await m_ledger.ask(std::move(look));
    if (!kept)
        throw ledgerSays("get service from contract", kept.error());
    service.onLedger = *kept;
    service.deleted = false;
    m_services.insert(kept->name, service);
    m_journal->add([service](Sql &sql) { provider_store::putService(sql, service); });
    co_await m_journal->settled();
}

awaitable<void> ProviderCore::unpublish(QString name)
{
    const Hold hold(m_held, m_released);
    const PrivateKey key = m_options.key;
    std::function<QCoro::Task<Settled<void>>(Ledger &)> change = [key, name](Ledger &ledger) { return ledger.removeService(key, name); };
    const Settled<void> done = co_await m_ledger.ask(std::move(change));
    if (!done && done.error().kind() != Refusal::Kind::ServiceNotexist)
        throw ledgerSays("remove service from contract", done.error());
    const auto it = m_services.find(name);
    if (it == m_services.end())
        co_return;
    it->deleted = true;
    const OwnService gone = *it;
    m_journal->add([gone](Sql &sql) { provider_store::putService(sql, gone); });
    co_await m_journal->settled();
}

awaitable<void> ProviderCore::pushServices()
{
    const AsyncLock::Turn turn = co_await m_changes.take();
    std::function<QCoro::Task<QList<Service>>(Ledger &)> look = [](Ledger &ledger) { return ledger.services(); };
    const QList<Service> listed = co_await m_ledger.ask(std::move(look));
    QMap<QString, Service> there;
    for (const Service &service : listed) {
        if (service.provider == self())
            there.insert(service.name, service);
    }
    const QMap<QString, OwnService> mine = m_services;
    for (const OwnService &own : mine) {
        if (own.deleted)
            continue;
        const Service onLedger = there.take(own.onLedger.name);
        const Service &wanted = own.onLedger;
        const bool same = onLedger.type == wanted.type && onLedger.inputPrice == wanted.inputPrice && onLedger.outputPrice == wanted.outputPrice
            && onLedger.url == m_publicUrl;
        if (!same)
            co_await publish(own);
        else
            m_services[wanted.name].onLedger = onLedger; // its time may be another than a kill let us write
    }
    // What was being registered or deleted when it was killed: nobody knows where such a service is.
    for (const Service &orphan : there)
        co_await unpublish(orphan.name);
}

} // namespace sluice::zerog
