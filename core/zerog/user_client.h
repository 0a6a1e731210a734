#pragma once

#include "sluice/backend/backend_settings.h"
#include "sluice/net/http_client.h"
#include "sluice/zerog/entities.h"

#include <QCoro/QCoroTask>

namespace sluice::zerog {

/// Speaks to a user agent (zerog-serving.md 1.3). Every request is sent once.
///
/// Lives on the HttpClient's thread, and outlives the tasks that it gave out. Errors: what HttpClient says; Http, InsufficientBalance and
/// InvalidInput with the agent's own words; Protocol for what is no answer of such an agent.
class UserClient {
public:
    UserClient(HttpClient &http, QUrl base, const CallTiming &timing);

    [[nodiscard]] const QUrl &base() const { return m_base; }
    /// Where calls of this service go; `suffix` begins with a slash or is empty.
    [[nodiscard]] QUrl callUrl(const Address &provider, const QString &service, const QString &suffix) const;

    QCoro::Task<QList<Service>> services(CallContext context);
    QCoro::Task<QList<Account>> accounts(CallContext context);
    /// The agent's own words of each of its calls.
    QCoro::Task<QList<Json>> calls(CallContext context);

    /// The ledger as the agent sees it. Nothing from an agent that does not tell.
    struct LedgerView {
        LedgerView() = default;
        QString user;
        qint64 lockTime = 0;
        qint64 now = 0;
    };
    QCoro::Task<std::optional<LedgerView>> ledger(CallContext context);

    QCoro::Task<void> create(Address provider, U256 amount, CallContext context);
    QCoro::Task<void> charge(Address provider, U256 amount, CallContext context);
    QCoro::Task<void> refund(Address provider, U256 amount, CallContext context);

    /// A call of a service: gives the answer once it has begun, with a status of 200 to 299; refused() for all others.
    QCoro::Task<std::shared_ptr<HttpStream>> open(QUrl url, QByteArray body, QByteArray accept, std::chrono::milliseconds answerTimeout, CallContext context);
    [[nodiscard]] static Error refused(const QByteArray &method, const QUrl &url, int status, const QByteArray &body);

private:
    [[nodiscard]] QUrl at(const QString &path) const;
    QCoro::Task<Json> get(QString path, CallContext context);
    QCoro::Task<void> post(QString path, Json body, CallContext context);

    HttpClient &m_http;
    QUrl m_base;
    CallTiming m_timing;
};

} // namespace sluice::zerog
