#pragma once

#include "sluice/base/trace.h"
#include "sluice/byoc/job.h"
#include "sluice/gateway/call.h"
#include "sluice/gateway/call_payment.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>

namespace sluice {

class UserData;
struct RunOutcome;

/// Writes down one call while it happens: the run, its tickets, its balance, its partial result.
///
/// What must be on disk before something leaves this machine throws Storage; what merely describes what happened is
/// logged when it cannot be stored, because a paid answer must not be lost for it.
class CallRecorder final : public byoc::JobObserver {
public:
    CallRecorder(std::shared_ptr<UserData> data, Call call, std::shared_ptr<Trace> trace);
    ~CallRecorder() override;

    /// Of the run in history, and of the job.
    [[nodiscard]] QString runId() const { return m_runId; }
    [[nodiscard]] const Payment &payment() const { return m_payment; }
    [[nodiscard]] QUrl orchestrator() const { return m_orchestrator; }
    /// Called after every change of payment().
    void onPaymentChanged(std::function<void()> callback) { m_changed = std::move(callback); }

    /// Stores the run as running, without what `inputSchema` and names say is secret. Before the call is sent to anybody.
    QCoro::Task<void> begin(Json inputSchema);
    /// Parameters that are sent later: their secrets are hidden in what comes from then on.
    void alsoHide(const Json &parameters);
    /// As it may be shown and stored: a server may repeat what it was sent.
    [[nodiscard]] Error hidden(const Error &error) const { return m_mask.in(error); }
    [[nodiscard]] QString hidden(const QString &text) const { return m_mask.in(text); }
    /// What the orchestrator says is left, as it wrote it.
    void balanceReported(const QByteArray &text);
    void servedBy(const QUrl &orchestrator);
    /// Keeps a piece of a streamed result, a whole event or record; written at most every 250 ms.
    void appendPartial(const QByteArray &bytes);
    /// An event that leaves nothing in the result.
    void countEvent() { ++m_events; }
    [[nodiscard]] qint64 events() const { return m_events; }
    /// `result`: replaces what was appended.
    QCoro::Task<void> succeeded(int status, QByteArray contentType, std::optional<QByteArray> result);
    QCoro::Task<void> failed(Error error);
    /// What came of an answer before it failed; kept with the failure, because it was paid for.
    void keepReceived(const QByteArray &contentType, const QByteArray &bytes);
    /// A remark about the answer, for the history.
    void addNote(const QString &note) { m_notes.append(note); }

    void tokenReceived(const QUrl &orchestrator, const byoc::JobToken &token) override;
    QCoro::Task<void> ticketsPrepared(QUrl orchestrator, QList<SentTicket> tickets) override;
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override;

private:
    QCoro::Task<void> finish(RunOutcome outcome);
    void flush();
    void updateCharge();
    void changed();

    std::shared_ptr<UserData> m_data;
    Call m_call;
    Json m_schema;
    SecretMask m_mask;
    QString m_runId;
    std::shared_ptr<Trace> m_trace;
    Payment m_payment;
    QUrl m_orchestrator;
    QHash<QString, qint64> m_ticketIds; ///< rows of the ticket log, by ticket hash
    QByteArray m_partial;
    QStringList m_notes;
    QString m_receivedType;
    std::optional<QByteArray> m_received;
    qint64 m_partialEvents = 0;
    qint64 m_events = 0;
    QTimer m_flushTimer;
    std::function<void()> m_changed;
};

} // namespace sluice
