#pragma once

#include "sluice/backend/call_sink.h"
#include "sluice/base/callback_list.h"
#include "sluice/base/trace.h"
#include "sluice/backend/call.h"
#include "sluice/backend/call_payment.h"
#include "sluice/payments/ticket_observer.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>

namespace sluice {

class UserData;
struct RunOutcome;

/// Writes down one call while it happens: the run, its tickets, its balance, its partial result.
///
/// What must be on disk before something leaves this machine throws Storage; what merely describes what happened is
/// logged when it cannot be stored, because a paid answer must not be lost for it.
class CallRecorder final : public CallSink, private TicketObserver {
public:
    CallRecorder(std::shared_ptr<UserData> data, Call call, std::shared_ptr<Trace> trace);
    ~CallRecorder() override;

    /// Of the run in history, and of the job.
    [[nodiscard]] QString runId() const override { return m_runId; }
    [[nodiscard]] const Payment &payment() const { return m_payment; }
    [[nodiscard]] QUrl orchestrator() const { return m_orchestrator; }
    /// Called after every change of payment().
    [[nodiscard]] Subscription onPaymentChanged(std::function<void()> callback) { return m_changed.add(std::move(callback)); }

    /// The call as it goes out, where that was not known from the first moment. Before begin().
    void settle(const Call &call) { m_call = call; }
    /// Stores the run as running, without what `inputSchema` and names say is secret. Before the call is sent.
    QCoro::Task<void> begin(Json inputSchema);
    /// Parameters that are sent later: their secrets are hidden in what comes from then on.
    void alsoHide(const Json &parameters);
    /// As it may be shown and stored: a server may repeat what it was sent.
    [[nodiscard]] Error hidden(const Error &error) const { return m_mask.in(error); }
    [[nodiscard]] QString hidden(const QString &text) const { return m_mask.in(text); }
    void servedBy(const QUrl &server) override;
    void balanceFound(const QUrl &server, const QString &wei) override;
    void balanceReported(const QByteArray &text) override;
    void note(const QString &sentence) override { m_notes.append(sentence); }
    void keepReceived(const QByteArray &contentType, const QByteArray &bytes) override;
    [[nodiscard]] TicketObserver &tickets() override { return *this; }
    [[nodiscard]] const QStringList &notes() const { return m_notes; }
    /// Keeps a piece of a streamed result, a whole event or record; written at most every 250 ms.
    void appendPartial(const QByteArray &bytes);
    /// An event that leaves nothing in the result.
    void countEvent() { ++m_events; }
    [[nodiscard]] qint64 events() const { return m_events; }
    /// Another program sends the call, and has its answer.
    QCoro::Task<void> signedForAnother();
    /// `result`: replaces what was appended.
    QCoro::Task<void> succeeded(int status, QByteArray contentType, std::optional<QByteArray> result);
    QCoro::Task<void> failed(Error error);

private:
    QCoro::Task<void> ticketsPrepared(QUrl orchestrator, QList<SentTicket> tickets) override;
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override;
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
    CallbackList m_changed;
};

} // namespace sluice
