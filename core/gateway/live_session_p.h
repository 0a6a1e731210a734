#pragma once

#include "live_channels_p.h"
#include "live_payments_p.h"

#include "sluice/gateway/live_session.h"

namespace sluice {

/// What a LiveSession shares with the coroutines that run it: start, end and record of the call. Outlives the object that the caller owns
/// until the job has ended.
class LiveSession::Private final : public std::enable_shared_from_this<LiveSession::Private>,
                                   private LiveChannels::Observer,
                                   private LivePayments::Observer {
public:
    explicit Private(std::shared_ptr<CallHandle::State> callState);
    ~Private();

    /// The whole of `live`, recorded in every outcome.
    static QCoro::Task<void> run(std::shared_ptr<Private> d);

    /// Begins the end, unless it has begun; without an error it was wanted.
    void end(std::optional<Error> why);
    [[nodiscard]] QFuture<void> readyFuture();
    [[nodiscard]] QFuture<void> closeFuture();
    static QCoro::Task<void> endInput(std::shared_ptr<Private> d);
    [[nodiscard]] static QCoro::Task<void> update(std::shared_ptr<Private> d, Json parameters);
    [[nodiscard]] LiveStats stats() const;
    static QCoro::Task<AppReply> request(std::shared_ptr<Private> d, AppCall call, std::function<void(const QByteArray &)> piece, CallContext context);
    /// Throws unless the session runs and has an app.
    [[nodiscard]] QUrl appAddress(const QString &path) const;

    const std::shared_ptr<CallHandle::State> handle; ///< its scope is that of everything but the job's end
    Subscription paymentChanges;
    LiveSession *q = nullptr; ///< null once the caller has destroyed it
    State state = State::Starting;
    LiveStart started;
    LiveChannels channels;

private:
    using Promise = std::shared_ptr<QPromise<void>>;

    void warn(const QString &sentence) override;
    void onRecord(Channel channel, const Json &record) override;
    void onReadToEnd(Channel channel) override;
    void onOutputProblem(const Error &error) override;
    void onSourceFailed(const Error &error) override;
    void onSourceEnded() override;
    void onJobOver(const std::optional<Error> &why) override;
    void onChannelLost(const Error &why) override;
    void onFundsUsedUp(const Error &why) override;
    void onReleased(const Error &why) override;

    static QCoro::Task<void> open(std::shared_ptr<Private> d, BackendCall ready);
    static QCoro::Task<void> pay(std::shared_ptr<Private> d);
    static QCoro::Task<void> shutDown(std::shared_ptr<Private> d);
    static QCoro::Task<void> stopJob(std::shared_ptr<Private> d, std::chrono::milliseconds limit);
    static QCoro::Task<void> keep(std::shared_ptr<Private> d, std::optional<Error> failure, bool wasReady);
    [[nodiscard]] bool hasPaid() const;
    void setState(State next);
    void settle(std::optional<Error> failure);
    template <typename F> void tell(F signal);

    LivePayments m_payments;
    std::unique_ptr<LiveJob> m_job;
    Subscription m_alive;
    Promise m_ready;
    Promise m_ending; ///< finished when the end begins
    QList<Promise> m_closers;
    std::optional<Error> m_why;
    bool m_over = false; ///< the end has begun
};

} // namespace sluice
