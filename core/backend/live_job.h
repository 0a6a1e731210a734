#pragma once

#include "sluice/backend/app_call.h"
#include "sluice/backend/live_channel.h"
#include "sluice/base/call_context.h"
#include "sluice/base/expected.h"
#include "sluice/base/json.h"

#include <QCoro/QCoroTask>
#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <map>
#include <optional>

namespace sluice {

/// What a job's start came to.
struct LiveStart {
    LiveStart() = default; // no aggregate: see DESIGN.md 3
    QString streamId;
    QUrl servedBy;
    std::map<LiveChannel, QUrl> channels; ///< trickle channels; absent or empty: the job has none
    Json raw;                             ///< the server's answer
    QByteArray balance;                   ///< as the server wrote it
    bool rawSegments = false;             ///< no MPEG-TS in the media channels
    QUrl appUrl;                          ///< of a session with an app; empty: there is none
};

/// What a look at a job's balance came to.
struct LiveFunding {
    LiveFunding() = default;
    std::chrono::milliseconds next{0}; ///< until the next look
    bool paid = false;                 ///< tickets were sent and taken
    QByteArray balance;                ///< as the server wrote it after a payment
    std::optional<Error> refused;      ///< a payment was due and could not be made
    qint64 secondsLeft = 0;            ///< that are paid for
    bool usedUp = false;               ///< what is left does not cover the next debit
    std::optional<qint64> disputedSeconds; ///< that are paid by this program's own count, where the server says that too few are
};

/// One backend's way to run a live job. Lives on the session's thread; outlives the tasks it gave out.
class LiveJob {
public:
    virtual ~LiveJob() = default;
    /// Runs the job; throws why it does not.
    virtual QCoro::Task<LiveStart> start(CallContext context) = 0;
    virtual QCoro::Task<void> update(Json parameters, CallContext context) = 0;
    /// Whether changed parameters go down the control channel instead of through update().
    [[nodiscard]] virtual bool updatesOnControl() const { return false; }
    /// Throws what may go better the next time.
    virtual QCoro::Task<LiveFunding> pay(CallContext context) = 0;
    /// Ends the job. Harmless when it does not run.
    virtual QCoro::Task<void> stop(CallContext context) = 0;

    // Sessions with an app, which is called as long as they last.
    /// Where such a request goes. InvalidInput for a path that does not reach an app; NotRouted where there is no app.
    [[nodiscard]] virtual Expected<QUrl> appAddress(const QString &path) const
    {
        Q_UNUSED(path)
        return unexpected(Error(Error::Kind::NotRouted, QStringLiteral("This job has no app that could be called.")));
    }
    /// `piece`, when given, gets the answer's bytes as they come. Any status is an answer.
    virtual QCoro::Task<AppReply> request(AppCall call, std::function<void(const QByteArray &)> piece, CallContext context)
    {
        Q_UNUSED(call)
        Q_UNUSED(piece)
        Q_UNUSED(context)
        throw appAddress(QString()).error();
        co_return AppReply();
    }
    /// Why it is over at the server, as far as an answer told.
    [[nodiscard]] virtual std::optional<Error> over() const { return std::nullopt; }
};

} // namespace sluice
