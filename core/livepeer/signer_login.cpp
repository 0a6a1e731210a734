#include "sluice/livepeer/signer_login.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"
#include "sluice/base/task.h"

namespace sluice::livepeer {

namespace {

constexpr std::chrono::seconds RenewalLimit{30};

} // namespace

SignerLogin::SignerLogin(HttpClient &http, oauth::Login login, std::shared_ptr<SecretKeeper> keeper, QString pointer)
    : m_http(http)
    , m_login(std::move(login))
    , m_keeper(std::move(keeper))
    , m_pointer(std::move(pointer))
{
}

Secret SignerLogin::header() const
{
    QByteArray bearer = "Bearer " + m_login.tokens.access.expose().toByteArray();
    return Secret::take(bearer);
}

QCoro::Task<bool> SignerLogin::takeKept()
{
    if (!m_keeper)
        co_return false;
    Secret kept;
    try {
        // Named before the co_await: DESIGN.md 3.
        const QFuture<Secret> asked = m_keeper->read(m_pointer);
        kept = co_await outcomeOf(asked);
    } catch (const Error &error) {
        qCInfo(logPayments, "The keychain does not tell whether another program renewed the sign-in: %s", qUtf8Printable(error.message()));
    }
    if (kept.isEmpty())
        co_return false;
    const auto other = oauth::Login::fromSecret(kept);
    const bool newer = other && other->issuer == m_login.issuer && !(other->tokens.access == m_login.tokens.access);
    if (newer)
        m_login = *other;
    co_return newer;
}

QCoro::Task<void> SignerLogin::renewNow()
{
    const auto held = shared_from_this();
    const bool taken = co_await takeKept();
    if (taken)
        co_return;
    CallContext context; // of nobody's call: what is asked for is used up whoever still wants it
    const CallContext limited = context.within(RenewalLimit);
    const oauth::Login newer = co_await oauth::renewed(&m_http, m_login, limited);
    const Secret kept = newer.toSecret();
    try {
        if (m_keeper) {
            const QFuture<void> written = m_keeper->write(m_pointer, kept);
            co_await outcomeOf(written);
        }
    } catch (const Error &error) {
        qCWarning(logPayments, "The renewed sign-in could not be kept; it lasts until the program ends: %s", qUtf8Printable(error.message()));
    }
    m_login = newer;
}

QCoro::Task<void> SignerLogin::renewTogether(CallContext context)
{
    if (!m_renewal || m_renewal->isFinished())
        m_renewal = toFuture(renewNow());
    const QFuture<void> renewal = *m_renewal;
    const Completion<void> waited;
    const Subscription link = context.cancel.onCancel([waited] { waited.finish(); });
    auto *watcher = new QFutureWatcher<void>;
    QObject::connect(watcher, &QFutureWatcher<void>::finished, watcher, [waited, watcher] {
        waited.finish();
        watcher->deleteLater();
    });
    watcher->setFuture(renewal);
    const QFuture<void> over = waited.future();
    co_await over;
    context.check();
    std::optional<Error> failure;
    try {
        co_await outcomeOf(renewal);
    } catch (const Error &error) {
        failure = error;
    }
    if (!failure)
        co_return;
    context.check();
    if (failure->kind() == Error::Kind::Signer || failure->kind() == Error::Kind::Canceled)
        throw *failure;
    throw Error(Error::Kind::Signer, QStringLiteral("The sign-in at %1 could not be renewed: %2").arg(m_login.issuer.host(), failure->message()))
        .withAdvice(QStringLiteral("Try again; if it stays, sign in again.")).withRequest("POST", m_login.tokenEndpoint).withHttp(failure->httpStatus(), QByteArray());
}

QCoro::Task<Secret> SignerLogin::authorization(CallContext context)
{
    const auto held = shared_from_this();
    const QDateTime end = m_login.tokens.expiresAt;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (end.isValid() && now.addSecs(Ahead.count()) >= end) {
        std::optional<Error> failure;
        try {
            co_await renewTogether(context);
        } catch (const Error &error) {
            failure = error;
        }
        // What still holds is used while it does.
        if (failure && (failure->kind() == Error::Kind::Canceled || failure->kind() == Error::Kind::Timeout || QDateTime::currentDateTimeUtc() >= end))
            throw *failure;
    }
    co_return header();
}

QCoro::Task<bool> SignerLogin::renew(Secret refused, CallContext context)
{
    const auto held = shared_from_this();
    if (header() == refused)
        co_await renewTogether(context);
    co_return !(header() == refused);
}

} // namespace sluice::livepeer
