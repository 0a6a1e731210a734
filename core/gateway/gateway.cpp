#include "sluice/gateway/gateway.h"

#include "call_execution_p.h"
#include "catalog_p.h"
#include "live_session_p.h"
#include "stream_response_p.h"

#include "sluice/crypto/u256.h"
#include "sluice/payments/spend_limits.h"

#include <QtCore/QRegularExpression>

namespace sluice {

class Gateway::Private {
public:
    explicit Private(std::shared_ptr<GatewayCore> shared)
        : core(std::move(shared))
    {
    }

    std::shared_ptr<GatewayCore> core;
    Subscription spending;

    [[nodiscard]] std::shared_ptr<CallScope> scopeFor(const CancelSource &source) const
    {
        return std::make_shared<CallScope>(core->alive().token(), source);
    }
};

namespace {

/// Keeps the scope alive while the task runs; its cancellation hangs on it.
template <typename T> QCoro::Task<T> within(std::shared_ptr<CallScope> scope, QCoro::Task<T> task)
{
    const auto held = scope;
    co_return co_await task;
}

Call shortForm(const QString &capability, const Json &input, const RunOptions &options, Verb verb)
{
    Call call;
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
    connect(&d->core->trust(), &TlsTrust::firstUse, this, &Gateway::hostPinned);
    if (SpendLimits *limits = d->core->limits()) {
        // Reservations may be given back on other threads.
        d->spending = limits->onChanged([this] { QMetaObject::invokeMethod(this, &Gateway::spendingChanged, Qt::QueuedConnection); });
    }
}

Gateway::~Gateway()
{
    d->spending.reset();
    d->core->alive().cancel();
}

QFuture<RunResult> Gateway::run(const Call &call)
{
    Call made = withLiveVideoNamed(call);
    made.verb = Verb::Run;
    if (call.verb == Verb::Live)
        made.verb = Verb::Live;
    CancelSource source;
    return toFuture(execution::run(d->core, made, d->scopeFor(source)), source);
}

QFuture<RunResult> Gateway::run(const QString &capability, const Json &input, const RunOptions &options)
{
    return run(shortForm(capability, input, options, Verb::Run));
}

std::unique_ptr<StreamResponse> Gateway::stream(const Call &call)
{
    Call made = withLiveVideoNamed(call);
    if (call.verb == Verb::Run)
        made.verb = Verb::Stream;
    return std::unique_ptr<StreamResponse>(new StreamResponse(std::make_shared<StreamResponse::Private>(d->core, made)));
}

std::unique_ptr<StreamResponse> Gateway::stream(const QString &capability, const Json &input, const RunOptions &options)
{
    return stream(shortForm(capability, input, options, Verb::Stream));
}

std::unique_ptr<LiveSession> Gateway::live(const Call &call)
{
    Call made = withLiveVideoNamed(call);
    made.verb = Verb::Live;
    return std::unique_ptr<LiveSession>(new LiveSession(std::make_shared<LiveSession::Private>(d->core, made)));
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

QFuture<CapabilityInfo> Gateway::describe(const QString &capability)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::about(d->core, capability, scope->context)), source);
}

void Gateway::setNamedCapabilities(const QList<NamedCapability> &capabilities)
{
    d->core->setNamed(capabilities);
}

QFuture<QList<Gateway::Balance>> Gateway::balances(const QStringList &capabilities)
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::balances(d->core, capabilities, scope->context)), source);
}

QString Gateway::senderAddress() const
{
    return d->core->senderAddress();
}

QFuture<Gateway::SignedRequest> Gateway::sign(const Call &call, const QString &streamId)
{
    CancelSource source;
    return toFuture(execution::sign(d->core, withLiveVideoNamed(call), streamId, d->scopeFor(source)), source);
}

QFuture<int> Gateway::refreshTicketOutcomes()
{
    CancelSource source;
    const auto scope = d->scopeFor(source);
    return toFuture(within(scope, catalog::refreshOutcomes(d->core, scope->context)), source);
}

std::optional<Gateway::Spending> Gateway::spending() const
{
    SpendLimits *limits = d->core->limits();
    if (!limits)
        return std::nullopt;
    const SpendLimits::Spending spent = limits->spending();
    const SpendLimits::Limits bounds = limits->inForce();
    const auto text = [](const std::optional<Wei> &wei) { return wei ? std::optional(toDecimal(*wei)) : std::nullopt; };
    return Spending{toDecimal(spent.session), toDecimal(spent.today), text(bounds.perSession), text(bounds.perDay), text(bounds.perCall),
        text(bounds.faceValue)};
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
    if (!form.match(fingerprint).hasMatch() || !d->core->trust().pendingChange(hostPort))
        return false;
    d->core->trust().accept(hostPort, fingerprint);
    return true;
}

} // namespace sluice
