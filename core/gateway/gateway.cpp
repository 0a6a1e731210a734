#include "sluice/gateway/gateway.h"

#include "account_desk_p.h"
#include "call_execution_p.h"
#include "catalog_p.h"
#include "job_p.h"
#include "live_session_p.h"
#include "remote_job_list_p.h"
#include "stream_response_p.h"

#include "sluice/backend/candidate_source.h"
#include "sluice/gateway/backends.h"
#include "sluice/net/tls_trust.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sluice {

namespace {

/// Keeps the scope alive while the task runs; its cancellation hangs on it.
template <typename T> QCoro::Task<T> within(std::shared_ptr<CallScope> scope, QCoro::Task<T> task)
{
    const auto held = scope;
    co_return co_await task;
}

} // namespace

class Gateway::Private {
public:
    explicit Private(std::shared_ptr<GatewayCore> shared)
        : core(std::move(shared))
    {
    }

    std::shared_ptr<GatewayCore> core;
    Subscription spending;

    [[nodiscard]] std::shared_ptr<CallHandle::State> handleFor(const Call &call) const
    {
        return std::make_shared<CallHandle::State>(core, call, core->alive().token());
    }
    static QCoro::Task<Job> found(std::shared_ptr<Job::Data> job) { co_return Job(std::move(job)); }
    static QCoro::Task<Job> past(std::shared_ptr<GatewayCore> core, QString id)
    {
        const std::shared_ptr<Job::Data> job = co_await jobs::fromHistory(std::move(core), std::move(id));
        co_return Job(job);
    }
    /// What `begin` makes of the context of a new question, as a future.
    template <typename Begin> auto asked(Begin begin) const
    {
        CancelSource source;
        const auto scope = scopeFor(source);
        return toFuture(within(scope, begin(scope->context)), source);
    }
    [[nodiscard]] std::shared_ptr<CallScope> scopeFor(const CancelSource &source) const
    {
        return std::make_shared<CallScope>(core->alive().token(), source);
    }
};

namespace {

Call shortForm(const QString &capability, const Json &input, const RunOptions &options, Verb verb)
{
    Call call;
    call.backend.clear();
    call.capability = capability;
    call.input = input;
    call.verb = verb;
    call.model = options.model;
    call.path = options.path;
    call.timeout = options.timeout;
    call.limits = options.limits;
    return call;
}

} // namespace

Gateway::Gateway(GatewayConfig config, std::shared_ptr<UserData> data, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::make_shared<GatewayCore>(std::move(config), std::move(data))))
{
    connect(&d->core->services().trust(), &TlsTrust::firstUse, this, &Gateway::hostPinned);
    if (Purse *purse = d->core->purse()) {
        // Reservations may be given back on other threads.
        d->spending = purse->onSpendingChanged([this] { QMetaObject::invokeMethod(this, &Gateway::spendingChanged, Qt::QueuedConnection); });
    }
}

Gateway::~Gateway()
{
    d->spending.reset();
    d->core->alive().cancel();
}

RunCall Gateway::run(const Call &call)
{
    Call made = call;
    made.verb = Verb::Run;
    if (call.verb == Verb::Live)
        made.verb = Verb::Live;
    const auto state = d->handleFor(made);
    return RunCall(toFuture(execution::run(state), state->scope.source), state);
}

RunCall Gateway::run(const QString &capability, const Json &input, const RunOptions &options)
{
    return run(shortForm(capability, input, options, Verb::Run));
}

std::unique_ptr<StreamResponse> Gateway::stream(const Call &call)
{
    Call made = call;
    if (call.verb == Verb::Run)
        made.verb = Verb::Stream;
    return std::unique_ptr<StreamResponse>(new StreamResponse(std::make_shared<StreamResponse::Private>(d->handleFor(made))));
}

std::unique_ptr<StreamResponse> Gateway::stream(const QString &capability, const Json &input, const RunOptions &options)
{
    return stream(shortForm(capability, input, options, Verb::Stream));
}

std::unique_ptr<LiveSession> Gateway::live(const Call &call)
{
    Call made = call;
    made.verb = Verb::Live;
    return std::unique_ptr<LiveSession>(new LiveSession(std::make_shared<LiveSession::Private>(d->handleFor(made))));
}

Job Gateway::submit(const Call &call)
{
    return Job(jobs::start(d->core, call));
}

QList<Job> Gateway::jobs() const
{
    QList<Job> all;
    for (const auto &job : jobs::running(d->core->data().get()))
        all.append(Job(job));
    return all;
}

QFuture<Job> Gateway::job(const QString &id)
{
    for (const auto &job : jobs::running(d->core->data().get())) {
        if (job->id == id)
            return toFuture(Private::found(job));
    }
    return toFuture(Private::past(d->core, id));
}

bool Gateway::hasRemoteJobs() const
{
    return std::any_of(d->core->backends().begin(), d->core->backends().end(), [](const auto &backend) { return backend->remoteJobs() != nullptr; });
}

QFuture<RemoteJobList> Gateway::remoteJobs()
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, remote_jobs::list(d->core, scope->context)), source);
}

QFuture<void> Gateway::cancelRemoteJob(const QString &backend, const QString &id)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, remote_jobs::cancel(d->core, backend, id, scope->context)), source);
}

Call Gateway::attachment(const QString &backend, const QString &id) const
{
    Backend *there = d->core->find(backend);
    if (RemoteJobs *facet = there ? there->remoteJobs() : nullptr)
        return facet->attachment(id);
    Call call; // which fails with the backend that there is not
    call.backend = backend;
    call.capability = QStringLiteral("job");
    call.verb = Verb::Stream;
    return call;
}

std::unique_ptr<StreamResponse> Gateway::attach(const QString &backend, const QString &id)
{
    return stream(attachment(backend, id));
}

QStringList Gateway::accountBackends() const
{
    return account_desk::paying(*d->core);
}

QFuture<AccountBook> Gateway::accounts(const QString &backend)
{
    return d->asked([&](const CallContext &context) { return account_desk::accounts(d->core, backend, context); });
}

QFuture<QList<AccountCall>> Gateway::accountCalls(const QString &backend, int most)
{
    return d->asked([&](const CallContext &context) { return account_desk::calls(d->core, backend, most, context); });
}

QFuture<void> Gateway::depositAt(const QString &backend, const QString &provider, const QString &amount)
{
    return d->asked([&](const CallContext &context) { return account_desk::deposit(d->core, backend, provider, amount, context); });
}

QFuture<void> Gateway::askRefund(const QString &backend, const QString &provider, const QString &amount)
{
    return d->asked([&](const CallContext &context) { return account_desk::askRefund(d->core, backend, provider, amount, context); });
}

QFuture<void> Gateway::processRefunds(const QString &backend)
{
    return d->asked([&](const CallContext &context) { return account_desk::processRefunds(d->core, backend, context); });
}

bool Gateway::hasNetworkBook(const QString &backend) const
{
    return account_desk::hasNetwork(*d->core, backend);
}

QFuture<NetworkBook> Gateway::networkBook(const QString &backend)
{
    return d->asked([&](const CallContext &context) { return account_desk::network(d->core, backend, context); });
}

QStringList Gateway::salesBackends() const
{
    return account_desk::selling(*d->core);
}

QFuture<SalesBook> Gateway::sales(const QString &backend, int mostCalls)
{
    return d->asked([&](const CallContext &context) { return account_desk::sales(d->core, backend, mostCalls, context); });
}

QFuture<SettlementOutcome> Gateway::settleSales(const QString &backend)
{
    return d->asked([&](const CallContext &context) { return account_desk::settle(d->core, backend, context); });
}

QFuture<QList<CapabilityInfo>> Gateway::capabilities()
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::list(d->core, scope->context)), source);
}

bool Gateway::listsCapabilities() const
{
    return d->core->isListed();
}

bool Gateway::isAbsent(const CapabilityId &id) const
{
    return d->core->isAbsent(id);
}

QFuture<CapabilityInfo> Gateway::describe(const CapabilityId &id)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::about(d->core, id, scope->context)), source);
}

QFuture<CapabilityInfo> Gateway::describe(const QString &capability)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::aboutName(d->core, capability, scope->context)), source);
}

void Gateway::setNamedCapabilities(const QList<NamedCapability> &capabilities)
{
    d->core->setNamed(capabilities);
}

bool Gateway::updateBackend(const QString &backend, const BackendSettings &settings)
{
    Backend *running = d->core->find(backend);
    return running && running->takeSettings(settings);
}

QFuture<CandidateReport> Gateway::candidates(const CapabilityId &id)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::candidates(d->core, id, scope->context)), source);
}

bool Gateway::hasCandidates(const QString &backend) const
{
    Backend *there = d->core->find(backend);
    return there && CandidateSource::of(*there);
}

SelectionRules Gateway::selection() const
{
    return d->core->services().selection();
}

void Gateway::setSelection(const SelectionRules &rules)
{
    d->core->services().setSelection(rules);
}

QFuture<QList<Gateway::Balance>> Gateway::balances(const QList<CapabilityId> &capabilities)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::balances(d->core, capabilities, scope->context)), source);
}

QFuture<QList<Gateway::Balance>> Gateway::balances(const QStringList &capabilities)
{
    QList<CapabilityId> ids;
    for (const QString &name : capabilities)
        ids.append(d->core->idOf(name));
    return balances(ids);
}

QString Gateway::senderAddress() const
{
    Purse *purse = d->core->purse();
    return purse ? purse->address() : QString();
}

QFuture<Gateway::SignedRequest> Gateway::sign(const Call &call, const QString &streamId)
{
    const auto state = d->handleFor(call);
    return toFuture(execution::sign(state, streamId), state->scope.source);
}

QFuture<int> Gateway::refreshTicketOutcomes()
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::refreshOutcomes(d->core, scope->context)), source);
}

std::optional<Gateway::Spending> Gateway::spending() const
{
    Purse *purse = d->core->purse();
    return purse ? purse->spending() : std::nullopt;
}

QString Gateway::changedKey(const Error &error)
{
    if (error.kind() != Error::Kind::TlsChanged)
        return {};
    // The error is what the person sees, so that its words are the one source.
    static const QRegularExpression newKey(QStringLiteral("now it is ([0-9a-f]{64})\\b"));
    return newKey.match(error.message()).captured(1);
}

bool Gateway::acceptChangedKey(const QUrl &orchestrator, const QString &fingerprint)
{
    static const QRegularExpression form(QStringLiteral("\\A[0-9a-f]{64}\\z"));
    const QString hostPort = TlsTrust::hostPort(orchestrator);
    if (!form.match(fingerprint).hasMatch() || !d->core->services().trust().pendingChange(hostPort))
        return false;
    d->core->services().trust().accept(hostPort, fingerprint);
    return true;
}

} // namespace sluice
