#pragma once

#include "sluice/base/error.h"
#include "sluice/backend/call.h"
#include "sluice/backend/run_result.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <memory>

namespace sluice {
class LiveSession;
}

namespace sluice::ui {

/// One call on its way: what every panel that shows it watches. Run, stream and live look the same from here.
///
/// GUI thread only. Destroying it cancels the call.
class RunController : public QObject {
    Q_OBJECT
public:
    enum class State { Running, Succeeded, Failed, Canceled };
    Q_ENUM(State)

    ~RunController() override;

    [[nodiscard]] const Call &call() const;
    /// Of what was called, as lists and purses have it.
    [[nodiscard]] CapabilityId capabilityId() const;
    /// In the history, from the first moment.
    [[nodiscard]] QString runId() const;
    [[nodiscard]] State state() const;
    /// The orchestrator or gateway that took the call; empty while that is open.
    [[nodiscard]] QUrl servedBy() const;
    /// Of a live call, with its channels and pictures; null for others.
    [[nodiscard]] LiveSession *live() const;
    [[nodiscard]] QDateTime startedAt() const;
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    /// Of a finished `run`.
    [[nodiscard]] const RunResult &result() const;
    [[nodiscard]] const Error &error() const;
    /// What a person should know of the answer, once it has ended: it came in another shape, or may be cut short.
    [[nodiscard]] QStringList notes() const;
    [[nodiscard]] Payment payment() const;
    /// Tickets read again from the log, e.g. after their outcome became known.
    void setTickets(const QList<TicketView> &tickets);
    [[nodiscard]] QList<TraceSpan> trace() const;
    [[nodiscard]] int eventCount() const;
    /// Balance in wei text as last reported, or empty.
    [[nodiscard]] QString lastBalance() const;

public Q_SLOTS:
    void cancel();

Q_SIGNALS:
    void stateChanged(sluice::ui::RunController::State state);
    /// Of a stream, as they come; panels collect and render once per frame.
    void event(const sluice::StreamEvent &event);
    void paymentChanged(const sluice::Payment &payment);
    void balanceChanged(const QString &wei);
    void traceChanged();
    void succeeded(const sluice::RunResult &result);
    void failed(const sluice::Error &error);

private:
    friend class Session;
    class Private;
    explicit RunController(std::unique_ptr<Private> d, QObject *parent);
    std::unique_ptr<Private> d;
};

} // namespace sluice::ui
