#pragma once

#include "sluice/backend/call.h"
#include "sluice/base/json.h"
#include "sluice/endpoint/endpoint_call.h"
#include "sluice/gateway/call_handle.h"
#include "sluice/openai/server_watch.h"
#include "sluice/openai/usage.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

namespace sluice::endpoint {

/// What came through the server, put together from what the server sees of each request and what the Gateway does for it. On the
/// Gateway's thread.
class CallBook final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype MostCalls = 500; ///< beyond these the oldest that have ended are forgotten

    /// From the server.
    void take(const openai::ServedRequest &request);
    /// A call of the Gateway for the request `id`.
    void began(const QString &id, const Call &call, const CallHandle &handle);
    /// A piece of that call's answer.
    void heard(const QString &id, const QString &runId, const QString &data);
    /// All of it.
    void answered(const QString &id, const QString &runId, const Json &answer);

    /// Newest first.
    [[nodiscard]] QStringList ids() const { return m_order; }
    [[nodiscard]] std::optional<EndpointCall> call(const QString &id) const;
    [[nodiscard]] int running() const;
    /// Ends the Gateway's calls for this request; its caller is told.
    void cancel(const QString &id);
    /// Forgets what has ended.
    void clear();

Q_SIGNALS:
    void callBegan(const QString &id);
    void callChanged(const QString &id);
    void callForgotten(const QString &id);

private:
    struct Run {
        CallHandle handle;
        Subscription payment;
        std::optional<openai::Usage> usage;
    };
    struct Entry {
        EndpointCall call;
        QMap<QString, std::shared_ptr<Run>> runs; ///< by their ids
        bool canceled = false;
    };

    [[nodiscard]] Entry *entry(const QString &id);
    void take(Entry &entry, const QString &runId, const std::optional<openai::Usage> &usage);
    void sum(Entry &entry);
    void forget(const QString &id);

    QHash<QString, Entry> m_entries;
    QStringList m_order;
};

} // namespace sluice::endpoint
