#include "call_execution_p.h"

#include "catalog_p.h"

#include "sluice/base/charset.h"
#include "sluice/base/log.h"
#include "sluice/net/tls_trust.h"

namespace sluice::execution {

namespace {

/// Of the answer; larger ones are bytes, not text to be parsed.
constexpr qsizetype MaxJsonBytes = 16 * 1024 * 1024;
constexpr qsizetype MaxJsonMemory = 512 * 1024 * 1024; // the answer was asked for: what it costs is the caller's to bear

/// Also in another charset than UTF-8, where the answer names one, and behind a byte order mark.
std::optional<Json> jsonIn(QByteArray content, const QByteArray &contentType)
{
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
    const QByteArray charset = charsetOf(contentType);
    if (!charset.isEmpty() && !charset.startsWith("utf-8") && content.size() <= MaxJsonBytes)
        content = textOf(content, contentType).value_or(QString()).toUtf8();
    else if (content.startsWith(byteOrderMark))
        content.remove(0, byteOrderMark.size());
    const QByteArray start = content.left(64).trimmed();
    if (start.isEmpty() || content.size() > MaxJsonBytes || !QByteArray("{[\"-0123456789tfn").contains(start[0]))
        return std::nullopt;
    const auto json = Json::parse(content, {MaxJsonBytes, 64, MaxJsonMemory});
    return json ? std::optional(*json) : std::nullopt;
}

/// The key that curl is to insist on; empty where the system's authorities vouch for the host.
QString curlPin(TlsTrust &trust, const QUrl &url)
{
    const QString pinned = trust.pinned(TlsTrust::hostPort(url));
    if (pinned.isEmpty() || pinned == TlsTrust::VerifiedBySystem)
        return {};
    return QStringLiteral("sha256//") + QString::fromLatin1(QByteArray::fromHex(pinned.toLatin1()).toBase64());
}

} // namespace

QCoro::Task<void> findBackend(std::shared_ptr<CallHandle::State> state)
{
    if (std::exchange(state->backendFound, true))
        co_return;
    const Call given = state->call;
    state->call.backend = co_await catalog::backendOf(state->core, given, state->saysNoBackend, state->scope.context);
    state->recorder->settle(state->call);
    if (!state->saysNoBackend || state->call.backend != Call().backend)
        co_return;
    QStringList others = state->core->listedBy(given.capability);
    others.removeAll(state->call.backend);
    if (!others.isEmpty())
        state->recorder->note(QStringLiteral("%1 is the name of a capability of %2, too; this call goes to %3, as every call that names no backend. To call the other, name its backend (%2).")
                                  .arg(given.capability, others.join(QStringLiteral(", ")), state->call.backend));
}

QCoro::Task<BackendCall> beginRecord(std::shared_ptr<CallHandle::State> state)
{
    const std::shared_ptr<GatewayCore> core = state->core;
    const CallContext context = state->scope.context;
    BackendCall ready;
    std::optional<Error> undecided;
    try {
        co_await findBackend(state);
    } catch (const Error &error) {
        undecided = error;
    }
    ready.call = state->call;
    ready.info = core->known(ready.call.id());
    try {
        (void)core->backendFor(ready.call); // a call that goes nowhere asks nothing either
        if (!ready.info && !undecided)
            ready.info = co_await catalog::describe(core, ready.call.id(), context);
    } catch (const Error &error) {
        // The call itself will meet the same trouble and tell it; here it only means that names have to do.
        qCDebug(logNet, "No schema for %s: %s", qUtf8Printable(ready.call.capability), qUtf8Printable(error.message()));
    }
    Json schema;
    if (ready.info)
        schema = ready.info->inputSchema;
    co_await state->recorder->begin(schema);
    if (undecided)
        throw *undecided;
    co_return ready;
}

Error currentError()
{
    try {
        throw;
    } catch (const Error &error) {
        return error;
    } catch (const std::exception &exception) {
        return Error(Error::Kind::Internal, QStringLiteral("Unexpected failure: %1").arg(QString::fromUtf8(exception.what())));
    }
}

/// What both ways to end have in common: `failure` without secrets, recorded.
QCoro::Task<Error> endFailed(std::shared_ptr<CallHandle::State> state, Error failure)
{
    Error shown = state->recorder->hidden(failure);
    co_await state->recorder->failed(shown);
    const bool canceled = shown.kind() == Error::Kind::Canceled;
    state->settle(canceled ? CallHandle::Outcome::Canceled : CallHandle::Outcome::Failed);
    co_return shown;
}

void endCall(CallHandle::State &state)
{
    if (Backend *backend = state.core->find(state.call.backend))
        backend->callEnded(state.recorder->runId());
}

QCoro::Task<std::optional<Error>> endRecord(std::shared_ptr<CallHandle::State> state, std::optional<Error> failure, int status, QByteArray contentType, std::optional<QByteArray> result)
{
    endCall(*state);
    if (failure) {
        failure = co_await endFailed(state, *failure);
        co_return failure;
    }
    co_await state->recorder->succeeded(status, contentType, result);
    state->settle(CallHandle::Outcome::Succeeded);
    co_return failure;
}

QCoro::Task<RunResult> run(std::shared_ptr<CallHandle::State> state)
{
    const CallContext context = state->scope.context;
    const auto recorder = state->recorder;
    const bool single = state->call.verb != Verb::Live;
    BackendCall ready;
    RunResult result;
    std::optional<Error> failure;
    try {
        if (single)
            ready = co_await beginRecord(state);
        else
            co_await recorder->begin(Json()); // nothing is asked for it
        if (!single)
            throw Error(Error::Kind::NotRouted, QStringLiteral("A live call has no single answer; it is opened with live()."))
                .withAdvice(QStringLiteral("Run it as a live session; the backend %1 offers run and stream for other capabilities.").arg(state->call.backend));
        Backend &backend = state->core->backendFor(state->call);
        const QStringList notes = recorder->notes();
        result = co_await backend.run(ready, recorder, context);
        result.notes = notes + result.notes;
        if (const auto json = jsonIn(result.content, result.contentType)) {
            result.json = *json;
            result.isJson = true;
        }
    } catch (...) {
        failure = currentError();
    }
    failure = co_await endRecord(state, failure, result.status, result.contentType, result.content);
    if (failure)
        throw *failure;
    result.runId = recorder->runId();
    result.payment = recorder->payment();
    result.trace = context.trace->spans();
    co_return result;
}

QCoro::Task<SignedRequest> sign(std::shared_ptr<CallHandle::State> state, QString streamId)
{
    const CallContext context = state->scope.context;
    co_await findBackend(state);
    const Call call = state->call;
    Backend &backend = state->core->backendFor(call);
    RequestSigner *signer = backend.signer();
    if (!signer)
        throw Error(Error::Kind::NotRouted, QStringLiteral("%1 cannot be signed for somebody else to send: its backend (%2) makes no such requests.").arg(call.capability, call.backend))
            .withAdvice(QStringLiteral("Run it here, or take the code that the playground writes for it."));
    const auto recorder = state->recorder;
    const BackendCall ready = co_await beginRecord(state);
    SignedRequest request;
    std::optional<Error> failure;
    try {
        request = co_await signer->sign(ready, streamId, recorder, context);
    } catch (...) {
        failure = currentError();
    }
    endCall(*state);
    if (failure) {
        const Error shown = co_await endFailed(state, *failure);
        throw shown;
    }
    co_await recorder->signedForAnother(); // the history keeps what it cost
    state->settle(CallHandle::Outcome::Succeeded);
    request.payment = recorder->payment();
    request.tlsPin = curlPin(state->core->services().trust(), request.url);
    co_return request;
}

} // namespace sluice::execution
