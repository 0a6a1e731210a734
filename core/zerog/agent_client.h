#pragma once

#include "sluice/backend/backend_settings.h"
#include "sluice/net/http_client.h"
#include "sluice/zerog/entities.h"

#include <QCoro/QCoroTask>

namespace sluice::zerog {

/// Who an agent is, and what its ledger holds for it.
struct LedgerView {
    LedgerView() = default; // no aggregate: see DESIGN.md 3
    Address owner;
    Wei wallet = 0;
    qint64 lockTime = 0;
    qint64 now = 0;
};

/// What clients of both agents need of HTTP. Every request is sent once.
///
/// Lives on the HttpClient's thread, and outlives the tasks that it gave out. Errors: what HttpClient says; Http, InsufficientBalance and
/// InvalidInput with the agent's own words; Protocol for what is no answer of such an agent.
class AgentClient {
public:
    [[nodiscard]] const QUrl &base() const { return m_base; }
    /// Of a user agent those of all providers, of a provider agent its own.
    QCoro::Task<QList<Service>> services(CallContext context);
    /// The ledger as the agent sees it. Nothing from an agent that does not tell.
    QCoro::Task<std::optional<LedgerView>> ledger(CallContext context);

protected:
    /// `kind`: "user", "provider"; so it also calls its own address.
    AgentClient(HttpClient &http, QUrl base, const CallTiming &timing, QString kind);

    [[nodiscard]] QUrl at(const QString &path) const;
    QCoro::Task<Json> get(QString path, QString query, CallContext context);
    /// The items of a list, as they are.
    QCoro::Task<QList<Json>> list(QString path, QString query, CallContext context);
    /// `body` null: sent without one.
    QCoro::Task<void> post(QString path, Json body, CallContext context);
    [[nodiscard]] Error refused(const QByteArray &method, const QUrl &url, int status, const QByteArray &body) const;
    /// Throws Protocol when an item cannot be read.
    template <typename T> [[nodiscard]] QList<T> readAll(const QList<Json> &items, const QUrl &url) const
    {
        QList<T> all;
        for (const Json &item : items) {
            const Expected<T> one = T::fromJson(item);
            if (!one)
                throw unreadable(url, one.error());
            all.append(*one);
        }
        return all;
    }

    HttpClient &m_http;
    QUrl m_base;
    CallTiming m_timing;
    QString m_kind;

private:
    [[nodiscard]] Error noAgent(const QUrl &url) const;
    [[nodiscard]] Error unreadable(const QUrl &url, const Error &why) const;
};

} // namespace sluice::zerog
