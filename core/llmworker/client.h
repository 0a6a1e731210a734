#pragma once

#include "sluice/base/json.h"
#include "sluice/base/secret.h"
#include "sluice/llmworker/message.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace sluice::llmworker {

/// How long a client waits for a job: the protocol has no other sign of a dead worker.
struct JobLimits {
    JobLimits() = default; // no aggregate: see DESIGN.md 3
    std::chrono::milliseconds total{600'000}; ///< from the `add` to the end; zero for none
    std::chrono::milliseconds idle{0};        ///< between two updates once it runs; zero for none
    qsizetype maxText = 64 * 1024 * 1024;     ///< code units of its answer
};

/// One job as its client follows it. Lives on the Client's thread.
class ClientJob final : public QObject {
    Q_OBJECT
public:
    enum class State {
        Sent,    ///< not answered yet
        Waiting, ///< in the worker's queue, as far as it tells
        Running,
        Done,
        Failed,  ///< error() says why
    };
    ~ClientJob() override;
    /// The worker's; empty until it answered.
    [[nodiscard]] QString id() const;
    [[nodiscard]] State state() const;
    [[nodiscard]] bool isOver() const { return state() == State::Done || state() == State::Failed; }
    /// Of the answer so far.
    [[nodiscard]] QString text() const;
    /// False when some of it may be missing: the connection broke meanwhile, or the job was begun by somebody else.
    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] const std::optional<Error> &error() const;

Q_SIGNALS:
    void accepted();
    void fragment(const QString &text);
    /// News of one of its streams, as the extension `streams` tells them: the message without what says whose they are.
    void told(const sluice::Json &news);
    /// Once.
    void ended();

private:
    friend class Client;
    struct Private;
    ClientJob();
    std::unique_ptr<Private> d;
};

/// A client of LLM workers: several jobs on one connection, which is made when it is first needed and made again when it breaks (llm-worker.md
/// 14). Belongs to its creator's thread, which runs an event loop. Jobs are never sent twice: they may be paid for.
class Client final : public QObject {
    Q_OBJECT
public:
    struct Options {
        Options() = default;
        QUrl url; ///< "ws://localhost:8001/ws/"
        Secret key; ///< for a server that wants one
        std::chrono::milliseconds connectTimeout{10'000};
        std::chrono::milliseconds retryPause{500};   ///< before the second try to connect again; longer later on
        std::chrono::milliseconds giveUp{40'000};    ///< without a connection, open jobs end as failed
        std::chrono::milliseconds pingInterval{20'000}; ///< a server that answers none within as long is gone
    };
    explicit Client(Options options, QObject *parent = nullptr);
    /// Open jobs end as Canceled.
    ~Client() override;

    /// Finishes when there is a connection; Network when none comes about.
    [[nodiscard]] QFuture<void> connected();
    /// Queues a job; `request.id` is chosen here.
    [[nodiscard]] std::shared_ptr<ClientJob> add(AddRequest request, const JobLimits &limits);
    /// Follows a job whose id is known. With the extension `replay` its text is whole; a job that nobody knows is silent.
    [[nodiscard]] std::shared_ptr<ClientJob> listen(const QString &jobId, const JobLimits &limits, bool tellStreams = false);
    /// Ends the job here, and on a server with the extension `cancel` there, too.
    void cancel(const std::shared_ptr<ClientJob> &job);
    /// Stops following it, here alone.
    void leave(const std::shared_ptr<ClientJob> &job);
    /// Ends a job that somebody follows, or nobody; nothing on a server without the extension.
    void cancelById(const QString &jobId);
    /// What waits and runs, as the extension `jobs` tells it; NotRouted from a server without it.
    [[nodiscard]] QFuture<Json> jobs();
    /// What the server has beyond the original, once connected.
    [[nodiscard]] QStringList extensions() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::llmworker
