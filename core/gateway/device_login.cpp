#include "sluice/gateway/device_login.h"

#include "sluice/base/follow.h"
#include "sluice/base/task.h"
#include "sluice/livepeer/signer_login.h"
#include "sluice/net/device_flow.h"
#include "sluice/net/pin_store.h"

#include <QtCore/QPointer>

namespace sluice {

/// Outlives the DeviceLogin while something is under way.
class DeviceLogin::Private {
public:
    explicit Private(Request wanted)
        : request(std::move(wanted))
    {
    }

    Request request;
    MemoryPinStore pins; // ordinary hosts are verified; nothing is pinned
    TlsTrust trust{pins};
    HttpClient http{trust};
    std::unique_ptr<oauth::DeviceFlow> flow;
    CancelSource source;
    State state = State::Asking;
    oauth::DeviceCode code;
    QDateTime endsAt;
    Secret login;
    Error error;

    static QCoro::Task<oauth::DeviceCode> begin(std::shared_ptr<Private> d, CallContext context)
    {
        const auto issuer = oauth::secureUrl(d->request.issuer, QStringLiteral("a clearinghouse"));
        if (!issuer)
            throw Error(issuer.error());
        oauth::DeviceFlow::Options options;
        options.issuer = *issuer;
        options.clientId = d->request.clientId.trimmed();
        options.audience = d->request.audience.trimmed();
        options.second = d->request.second;
        d->flow = std::make_unique<oauth::DeviceFlow>(d->http, options);
        co_return co_await d->flow->begin(context);
    }
    static QCoro::Task<Secret> wait(std::shared_ptr<Private> d, CallContext context)
    {
        const oauth::Login login = co_await d->flow->wait(d->code, context);
        co_return login.toSecret();
    }
};

DeviceLogin::DeviceLogin(Request request, QObject *parent)
    : QObject(parent)
    , d(std::make_shared<Private>(std::move(request)))
{
}

DeviceLogin::~DeviceLogin()
{
    d->source.cancel();
}

void DeviceLogin::start()
{
    CallContext context;
    context.cancel = d->source.token();
    const auto become = [this](State state) {
        d->state = state;
        Q_EMIT stateChanged(state);
    };
    const auto failed = [this, become](const Error &error) {
        d->error = error;
        become(State::Failed);
    };
    const auto canceled = [become] { become(State::Canceled); };
    follow(
        toFuture(Private::begin(d, context)), this,
        [this, context, become, failed, canceled](const oauth::DeviceCode &code) {
            d->code = code;
            d->endsAt = QDateTime::currentDateTimeUtc().addMSecs(lifetime().count());
            follow(
                toFuture(Private::wait(d, context)), this,
                [this, become](const Secret &login) {
                    d->login = login;
                    become(State::SignedIn);
                },
                failed, canceled);
            become(State::Waiting);
        },
        failed, canceled);
}

void DeviceLogin::cancel()
{
    d->source.cancel();
}

DeviceLogin::State DeviceLogin::state() const
{
    return d->state;
}

QString DeviceLogin::userCode() const
{
    return d->code.userCode;
}

QUrl DeviceLogin::page() const
{
    return d->code.verificationUri;
}

QUrl DeviceLogin::pageWithCode() const
{
    return d->code.verificationUriComplete.isEmpty() ? d->code.verificationUri : d->code.verificationUriComplete;
}

QDateTime DeviceLogin::endsAt() const
{
    return d->endsAt;
}

std::chrono::milliseconds DeviceLogin::lifetime() const
{
    return d->request.second * d->code.expiresIn.count();
}

Secret DeviceLogin::login() const
{
    return d->login;
}

Error DeviceLogin::error() const
{
    return d->error;
}

QString DeviceLogin::pointer()
{
    return QStringLiteral("/byoc") + livepeer::SignerLoginSecret;
}

DeviceLogin::Kept DeviceLogin::kept(const Secret &login)
{
    const auto known = oauth::Login::fromSecret(login);
    if (!known)
        return {};
    return {known->issuer.host(), known->tokens.expiresAt, !known->tokens.refresh.isEmpty()};
}

} // namespace sluice
