#pragma once

#include "sluice/net/http_server.h"
#include "sluice/openai/server.h"

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
    /// Tells the observer that it ended.
    ~ServerExchange();
    ServerExchange(const ServerExchange &) = delete;
    ServerExchange &operator=(const ServerExchange &) = delete;

    [[nodiscard]] const ServerContext &context() const { return *m_context; }
    [[nodiscard]] Upstream &upstream() const { return *m_context->upstream; }
    [[nodiscard]] ServerRequest &request() { return m_request; }
    [[nodiscard]] ServerResponse &response() { return m_response; }
    [[nodiscard]] const QString &requestId() const { return m_call.requestId; }
    /// What an answer is called, so that callers can quote it.
    [[nodiscard]] static QString freshId();
    void setModel(const QString &model) { m_call.model = model; }
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
    /// The whole body of an answer, within `most` bytes. A failure for a cut or too long one. Nothing: the caller has left.
    awaitable<std::optional<Expected<QByteArray, UpstreamFailure>>> collect(std::shared_ptr<UpstreamReply> reply, qsizetype most);

private:
    void tell(bool ended) const;
    [[nodiscard]] Headers withOwn(QByteArray contentType, Headers more) const;

    std::shared_ptr<const ServerContext> m_context;
    ServerRequest m_request;
    ServerResponse &m_response;
    ServedCall m_call;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
};

/// The header that keeps OpenAI's libraries from sending a request again.
[[nodiscard]] Headers noRetry();
/// An error answer of an upstream, as our caller is told it; it may have been paid for unless its status says that it was refused.
[[nodiscard]] UpstreamFailure upstreamError(int status, const QByteArray &body, const QByteArray &retryAfter, bool openAiServer);

// The routes; each answers the request.
[[nodiscard]] awaitable<void> serveChat(ServerExchange &exchange, QByteArray route);
[[nodiscard]] awaitable<void> serveModels(ServerExchange &exchange, QString id);
[[nodiscard]] awaitable<void> serveImages(ServerExchange &exchange, QByteArray route);
[[nodiscard]] awaitable<void> serveTranscription(ServerExchange &exchange, QByteArray route);
[[nodiscard]] awaitable<void> serveSpeech(ServerExchange &exchange, QByteArray route);
/// As it is, to the same path of an OpenAI-compatible upstream; 501 for others. `modelMember`: the body is JSON whose `model` counts.
[[nodiscard]] awaitable<void> serveUpstreamsOwn(ServerExchange &exchange, QByteArray route);
/// A gateway's own path: method, bytes, types and statuses unchanged.
[[nodiscard]] awaitable<void> servePassed(ServerExchange &exchange, QByteArray path);

/// The body as it was received, to an OpenAI-compatible upstream's route, and its answer as it is. Call after readBody().
[[nodiscard]] awaitable<void> passOn(ServerExchange &exchange, UpstreamRequest request);

} // namespace sluice::openai
