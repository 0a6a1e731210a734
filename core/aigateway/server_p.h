#pragma once

#include "sluice/aigateway/media_store.h"
#include "sluice/aigateway/server.h"
#include "sluice/node/router.h"

#include "work_desk_p.h"

#include <deque>
#include <optional>

namespace sluice::aigateway {

/// The largest body: a file and what is around it.
inline constexpr qsizetype MaxRequestBytes = MaxFileBytes + 2 * 1024 * 1024;

/// Used on the I/O thread, once the server listens.
class Server::Private : public std::enable_shared_from_this<Private> {
public:
    explicit Private(ServerOptions chosen);

    using Answered = boost::asio::awaitable<void>;
    Answered pipeline(const Pipeline &pipeline, PipelineWork &work, ServerRequest request, ServerResponse &response);
    Answered result(ServerRequest request, ServerResponse &response);
    Answered llm(ServerRequest request, ServerResponse &response);
    Answered file(ServerRequest request, ServerResponse &response) const;
    [[nodiscard]] Json list() const;

    const ServerOptions options;
    std::vector<std::unique_ptr<PipelineWork>> works;
    std::unique_ptr<ChatWork> chat;
    MediaStore media;
    WorkDesk desk;

private:
    /// An asynchronous job.
    struct Job {
        QByteArray id;
        Json answer; ///< of a poll
    };
    Answered begin(const Pipeline &pipeline, PipelineWork &work, PipelineInput input, ServerResponse &response);
    Answered finish(QByteArray id, const Pipeline *pipeline, PipelineWork *work, PipelineInput input);
    [[nodiscard]] Json answerOf(const Pipeline &pipeline, const QByteArray &id, const PipelineOutput &output);
    [[nodiscard]] Json *job(const QByteArray &id);

    Answered llmGateway(ServerRequest request, ServerResponse &response);
    Answered llmLegacy(ServerRequest request, ServerResponse &response);
    struct Chat;
    Answered answerChat(Chat asked, ServerResponse &response);
    Answered streamChat(std::shared_ptr<Chat> asked, ServerResponse &response);

    std::deque<Job> m_jobs; ///< oldest first
};

/// Whether it is a POST, whose body is there then; else that has been answered.
[[nodiscard]] boost::asio::awaitable<bool> isRequest(ServerRequest &request, ServerResponse &response, qsizetype maxBytes);
/// `{"error":{"message":…}}` (openai.md 4.4).
[[nodiscard]] boost::asio::awaitable<void> sendError(ServerResponse &response, int status, QString message);
/// The same for what a handler caught: 400 in its words for what the client did wrong, 503 when there is no room or no time, else 500 and the
/// reason in the log.
[[nodiscard]] boost::asio::awaitable<void> sendFailure(ServerResponse &response, std::exception_ptr failure, QString what);
/// The words of that answer.
[[nodiscard]] std::pair<int, QString> failureOf(const std::exception_ptr &failure, const QString &what);
[[nodiscard]] boost::asio::awaitable<void> sendJson(ServerResponse &response, int status, Json json);
/// A name that nobody guesses.
[[nodiscard]] QByteArray freshId();

} // namespace sluice::aigateway
