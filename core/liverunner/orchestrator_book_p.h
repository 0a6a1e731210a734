#pragma once

#include "orchestrator_context_p.h"

#include "sluice/net/asio_wait.h"

#include <QtCore/QMap>

#include <functional>
#include <map>

namespace sluice::liverunner {

struct Session;

/// What a unit of an app costs, as it is listed and billed.
struct Terms {
    PriceUnit unit = PriceUnit::Seconds;
    PriceInfo price; ///< wei per unit
    bool operator==(const Terms &) const = default;
};

/// One registration: an app at an address. On the I/O thread.
struct Runner {
    QString id;
    QString route; ///< in public addresses: the id, or the label
    RunnerDescription described;
    QString status;
    QByteArray seed;
    QByteArray o2r; ///< name of the channel; empty for static ones
    std::optional<StaticRunner> file;
    bool healthy = true;
    std::chrono::steady_clock::time_point heard;
    std::optional<Terms> terms;
    QString termsProblem; ///< why there are none, where there should be
    QList<std::shared_ptr<Session>> sessions; ///< oldest first
    bool gone = false;

    [[nodiscard]] bool isFull() const { return sessions.size() >= described.capacity; }
};

/// One slot of an app in use. On the I/O thread.
struct Session {
    explicit Session(const boost::asio::any_io_executor &executor)
        : billing(executor)
    {
    }
    QString id;
    std::weak_ptr<Runner> runner;
    QByteArray token;
    std::optional<Address> payer; ///< unset: nobody pays
    Terms terms;                  ///< where somebody does: as they were when it began
    Alarm billing;
    std::chrono::steady_clock::time_point billedTo;
    QMap<QString, QByteArray> channels; ///< by the part of the name behind the session's id: the MIME type
    QStringList proxies;
    bool ended = false;
    int nextCut = 0;
    std::map<int, std::function<void()>> cuts; ///< of what is under way through it
};

/// Where a proxy leads.
struct Proxy {
    std::weak_ptr<Session> session;
    QUrl target; ///< invalid: the app's own address
};

/// Why a session ended.
enum class End {
    Released, ///< somebody stopped it, or its one request is over: what is under way goes on to its end
    Unpaid,   ///< the balance did not cover a debit
    Gone,     ///< its app is gone
};

/// The apps and their sessions: who is there, who may be called, what is freed when. On the I/O thread.
class Book final : public std::enable_shared_from_this<Book> {
public:
    explicit Book(SharedContext context);

    /// Takes a heartbeat: the answer, or how it is refused (live-runner.md 3.2).
    [[nodiscard]] Expected<HeartbeatAnswer, Refusal> heard(const Heartbeat &heartbeat, QByteArrayView authorization);
    [[nodiscard]] Expected<void, Refusal> unregister(const QString &id, QByteArrayView authorization);
    /// Those of a file, which was judged before; new ones are not healthy until they were asked.
    void take(const QList<StaticRunner> &entries);
    void setHealthy(const std::shared_ptr<Runner> &runner, bool healthy);
    [[nodiscard]] QList<std::shared_ptr<Runner>> fromFiles() const;
    void removeAll();
    /// Removes what was not heard of for too long.
    void sweep();
    /// One message to every app.
    void keepAlive();

    /// The app of that route if it may be used; else 404.
    [[nodiscard]] Expected<std::shared_ptr<Runner>, Refusal> usable(const QString &route) const;
    [[nodiscard]] bool isUsable(const Runner &runner) const;
    [[nodiscard]] Expected<std::shared_ptr<Session>, Refusal> session(const Runner &runner, const QString &id) const;
    [[nodiscard]] std::shared_ptr<Session> session(const QString &id) const;
    [[nodiscard]] DiscoveredNode listed() const;
    [[nodiscard]] QStringList sessionIds() const;

    /// A slot: 503 when there is none, 409 for an id that is taken.
    [[nodiscard]] Expected<std::shared_ptr<Session>, Refusal> reserve(const std::shared_ptr<Runner> &runner, const QString &id);
    /// Frees the slot, with its channels and proxies. Harmless twice.
    void end(std::shared_ptr<Session> session, End why); // by value: what it is taken from may go

    /// A new public address of the session's; refused beyond the bound.
    [[nodiscard]] Expected<ProxyAnswer, Refusal> addProxy(const std::shared_ptr<Session> &session, const QUrl &target);
    [[nodiscard]] const Proxy *proxy(const QString &id) const;
    /// Makes the channel, or gives the one that is there.
    [[nodiscard]] Expected<ChannelAnswer, Refusal> addChannel(const std::shared_ptr<Session> &session, const QString &name, const QString &mimeType);
    [[nodiscard]] Expected<void, Refusal> removeChannel(const std::shared_ptr<Session> &session, const QString &name);

private:
    [[nodiscard]] bool isExpired(const Runner &runner) const;
    [[nodiscard]] Expected<std::shared_ptr<Runner>, Refusal> enter(const Heartbeat &heartbeat, QByteArrayView authorization);
    [[nodiscard]] Expected<std::shared_ptr<Runner>, Refusal> known(const std::shared_ptr<Runner> &runner, QByteArrayView authorization);
    void describe(Runner &runner, const RunnerDescription &described) const;
    void remove(const std::shared_ptr<Runner> &runner);
    void tell(const Runner &runner, const RunnerEvent &event);
    [[nodiscard]] DiscoveredRunner listed(const Runner &runner) const;

    SharedContext m_context;
    QMap<QString, std::shared_ptr<Runner>> m_runners; ///< by id
    QMap<QString, std::shared_ptr<Session>> m_sessions;
    QMap<QString, Proxy> m_proxies;
};

} // namespace sluice::liverunner
