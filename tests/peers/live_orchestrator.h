#pragma once

#include "peers/scripted_orchestrator.h"

#include "sluice/trickle/server.h"

#include <map>

namespace sluice::test {

/// An orchestrator for live jobs that keeps a book as byoc.md 5 says, with real tokens and real channels, answers as a test tells
/// it to, and writes down in which order things happened. Its worker hands every segment of the input back, or does nothing.
class LiveOrchestrator {
public:
    using Answer = ScriptedOrchestrator::Answer;

    LiveOrchestrator();
    virtual ~LiveOrchestrator();

    [[nodiscard]] QUrl url() const;
    void setPrice(qint64 weiPerSecond);
    void setBalance(qint64 wei);
    [[nodiscard]] qint64 balance() const;
    /// Takes `seconds` of price each time, as a running stream does.
    void debit(qint64 seconds);
    /// Lowest balance that was ever seen after a start.
    [[nodiscard]] qint64 lowestBalance() const;
    /// The next request to "start", "update", "payment", "stop" or "token" gets this answer instead of the usual one.
    void answerNext(const QByteArray &what, Answer answer);
    /// Stands in for a header of start's answer; null leaves it out.
    void setHeader(const QByteArray &name, const QByteArray &value);
    void setEcho(bool on);

    /// "token", "start", "update", "payment 2", "stop", "gone ID-out": in the order in which they came.
    [[nodiscard]] QStringList journal() const;
    [[nodiscard]] qsizetype count(const QString &prefix) const;
    [[nodiscard]] byoc::JobHeader startHeader() const;
    [[nodiscard]] QByteArray lastBody(const QByteArray &what) const;
    /// Every ticket that was taken, as "hash/nonce".
    [[nodiscard]] QStringList tickets() const;
    /// On the I/O thread: writes one segment to a channel ("-events", "-data", "-out") of the running job.
    void say(const QByteArray &suffix, const QByteArray &bytes);
    /// Ends a channel of the running job.
    void removeChannel(const QByteArray &suffix);
    /// Ends every channel of the running job and forgets it, as a restart would.
    void forgetJob();

protected:
    /// No request is handled from then on; for the destructors of what overrides the following.
    void stopServing();
    virtual boost::asio::awaitable<void> token(const ServerRequest &request, ServerResponse &response);
    /// Whatever is neither a token, a live job nor a channel.
    virtual boost::asio::awaitable<void> other(const ServerRequest &request, ServerResponse &response);
    /// Why no job of `header` may start, in the node's words; nothing when it may.
    [[nodiscard]] virtual std::optional<QByteArray> refusalOf(const byoc::JobHeader &header) const;
    /// Books the tickets of a payment header; how many there were.
    qsizetype book(const QByteArray &payment);
    void note(const QString &line);

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    boost::asio::awaitable<void> job(QByteArray what, const ServerRequest &request, ServerResponse &response);
    boost::asio::awaitable<void> start(const byoc::JobHeader &header, ServerResponse &response);
    boost::asio::awaitable<void> echo(QByteArray id);

    mutable std::mutex m_mutex;
    qint64 m_price = 0;
    qint64 m_balance = 0;
    qint64 m_lowest = 0;
    quint32 m_tokens = 0;
    bool m_echo = false;
    QByteArray m_id;
    std::map<QByteArray, std::deque<Answer>> m_answers;
    std::map<QByteArray, QByteArray> m_headers;
    std::map<QByteArray, QByteArray> m_bodies;
    byoc::JobHeader m_start;
    QStringList m_journal;
    QStringList m_tickets;
    IoThread m_io;
    trickle::Server m_trickle;
    Subscription m_removed;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
