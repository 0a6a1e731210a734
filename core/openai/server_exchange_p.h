#pragma once

#include "sluice/net/http_server.h"
#include "sluice/openai/server.h"
#include "sluice/openai/upstream_answer.h"

namespace sluice::openai {

using boost::asio::awaitable;

/// What all requests of one server share.
struct ServerContext {
    ServerOptions options;
    std::shared_ptr<Upstream> upstream;
};

/// One request while it is answered: its body, its answer with what every answer carries, and what is told of it. On the I/O thread.
class ServerExchange {
public:
    ServerExchange(std::shared_ptr<const ServerContext> context, ServerRequest request, ServerResponse &response);
    /// Writes into the log what was asked and answered.
    ~ServerExchange();
    ServerExchange(const ServerExchange &) = delete;
    ServerExchange &operator=(const ServerExchange &) = delete;

    [[nodiscard]] const ServerContext &context() const { return *m_context; }
    [[nodiscard]] Upstream &upstream() const { return *m_context->upstream; }
    [[nodiscard]] ServerRequest &request() { return m_request; }
    [[nodiscard]] ServerResponse &response() { return m_response; }
    /// What an answer is called, so that callers can quote it.
    [[nodiscard]] static QString freshId();
    void setModel(const QString &model);
    /// What the caller is told within an answer that has begun.
    void noteProblem(const QString &problem) { m_problem = problem; }
    /// Where this server is reached, as the caller did: "http://localhost:8080".
    [[nodiscard]] QByteArray ownOrigin() const;

    /// Collects the body within the bound. False when there is none to be had: that has been answered.
    awaitable<bool> readBody();

    awaitable<void> answer(int status, QByteArray contentType, QByteArray body, Headers more = {});
    awaitable<void> answerJson(Json json);
    /// In OpenAI's shape, or in `body`'s where another is wanted.
    awaitable<void> refuse(ApiError error, Headers more = {}, QByteArray body = {});
    /// With the word that nobody must send it again by itself, where the upstream may have taken it.
    awaitable<void> refuse(UpstreamFailure failure, QByteArray body = {});

    /// The head of a streamed answer, then its pieces.
    awaitable<bool> begin(QByteArray contentType, Headers more = {});
    awaitable<bool> write(QByteArray bytes);
    awaitable<void> end();

    /// A request to the upstream, with this one's identity.
    [[nodiscard]] UpstreamRequest upstreamRequest(QByteArray path) const;
    /// Sends it unless the caller leaves before the head of an answer is there: then nothing, and the call has ended.
    awaitable<std::optional<Expected<std::shared_ptr<UpstreamReply>, UpstreamFailure>>> send(UpstreamRequest request);
    /// What ends the call of that answer when the caller leaves; for as long as it is kept.
    [[nodiscard]] Subscription endsWithCaller(const std::shared_ptr<UpstreamReply> &reply);
    /// The whole body of an answer, within `most` bytes. A failure for a cut or too long one. Nothing: the caller has left.
    awaitable<std::optional<Expected<QByteArray, UpstreamFailure>>> collect(std::shared_ptr<UpstreamReply> reply, qsizetype most);
    /// Both: sends, and collects the answer, whatever its status.
    awaitable<std::optional<Expected<UpstreamAnswer, UpstreamFailure>>> ask(UpstreamRequest request, qsizetype most);

private:
    [[nodiscard]] Headers withOwn(QByteArray contentType, Headers more) const;
    void tell(bool ended = false) const;

    std::shared_ptr<const ServerContext> m_context;
    ServerRequest m_request;
    ServerResponse &m_response;
    const QString m_requestId = freshId();
    const QByteArray m_what; ///< method and path, for the log
    QString m_model;
    QString m_problem;
    int m_status = 0;
    bool m_streams = false;
    bool m_whole = false;
    qint64 m_answerBytes = 0;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
};

/// The header that keeps OpenAI's libraries from sending a request again.
[[nodiscard]] Headers noRetry();
/// Of a call that somebody ended at this server while it was answered.
[[nodiscard]] ApiError canceledHere();
/// Whether an upstream that answered so may have done the work, and been paid.
[[nodiscard]] bool mayBePaid(int status);
/// An error answer of an upstream, as our caller is told it; it may have been paid for unless its status says that it was refused.
[[nodiscard]] UpstreamFailure upstreamError(int status, const QByteArray &body, const QByteArray &retryAfter, bool openAiServer);

// The routes; each answers the request.
[[nodiscard]] awaitable<void> serveChat(ServerExchange &exchange, QByteArray route);
[[nodiscard]] awaitable<void> serveModels(ServerExchange &exchange, QString id);
[[nodiscard]] awaitable<void> serveImages(ServerExchange &exchange, QByteArray route);
[[nodiscard]] awaitable<void> serveTranscription(ServerExchange &exchange, QByteArray route);
[[nodiscard]] awaitable<void> serveSpeech(ServerExchange &exchange, QByteArray route);
/// As it is, to the same path of an OpenAI-compatible upstream; 501 for others.
[[nodiscard]] awaitable<void> serveUpstreamsOwn(ServerExchange &exchange, QByteArray route);
/// A gateway's own path: method, bytes, types and statuses unchanged.
[[nodiscard]] awaitable<void> servePassed(ServerExchange &exchange, QByteArray path);

/// Headers, unless `request` has its own, and body as they were received, to where it says, and the answer as it is. Call after readBody().
[[nodiscard]] awaitable<void> passOn(ServerExchange &exchange, UpstreamRequest request);

} // namespace sluice::openai
