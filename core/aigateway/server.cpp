#include "server_p.h"

#include "sluice/base/log.h"
#include "sluice/net/work_aside.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <QtCore/QUuid>

#include <algorithm>

namespace asio = boost::asio;

namespace sluice::aigateway {

namespace {

constexpr std::size_t MaxJobs = 256;
constexpr qsizetype MaxPollBytes = 64 * 1024;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

Json processing()
{
    return Json{{key("status"), "processing"}};
}

Json errorOf(const QString &message)
{
    return Json{{key("error"), Json{{key("message"), message}}}};
}

} // namespace

asio::awaitable<bool> isRequest(ServerRequest &request, ServerResponse &response, qsizetype maxBytes)
{
    if (request.method == "POST")
        co_return co_await response.readBody(request, maxBytes);
    Headers allowed = headers::contentType("application/json");
    allowed.emplaceBack("Allow", "POST");
    const QByteArray body = errorOf(QStringLiteral("Method Not Allowed")).dump();
    co_await response.send(405, allowed, body);
    co_return false;
}

QByteArray freshId()
{
    return QUuid::createUuid().toByteArray(QUuid::Id128).left(8) + QUuid::createUuid().toByteArray(QUuid::Id128);
}

asio::awaitable<void> sendJson(ServerResponse &response, int status, Json json)
{
    const Headers type = headers::contentType("application/json");
    co_await response.send(status, type, json.dump() + '\n');
}

asio::awaitable<void> sendError(ServerResponse &response, int status, QString message)
{
    co_await sendJson(response, status, errorOf(message));
}

std::pair<int, QString> failureOf(const std::exception_ptr &failure, const QString &what)
{
    const std::pair<int, QString> internal{500, QStringLiteral("Internal Server Error")};
    const std::pair<int, QString> unavailable{503, QStringLiteral("Service Unavailable Error")};
    try {
        std::rethrow_exception(failure);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::InvalidInput || error.kind() == Error::Kind::TooLarge)
            return {400, error.message()};
        qCWarning(logSandbox, "%s: %s", qUtf8Printable(what), qUtf8Printable(error.describe()));
        const bool isNoRoom = error.kind() == Error::Kind::NoOrchestrator || error.kind() == Error::Kind::Timeout || error.kind() == Error::Kind::Canceled;
        return isNoRoom ? unavailable : internal;
    } catch (const std::exception &problem) {
        qCWarning(logSandbox, "%s: %s", qUtf8Printable(what), problem.what());
        return internal;
    }
}

asio::awaitable<void> sendFailure(ServerResponse &response, std::exception_ptr failure, QString what)
{
    const auto [status, message] = failureOf(failure, what);
    co_await sendError(response, status, message);
}

Server::Private::Private(ServerOptions chosen)
    : options(chosen)
    , media(chosen.maxMediaBytes)
    , desk({chosen.running, chosen.waiting, chosen.workTime})
{
}

Json Server::Private::answerOf(const Pipeline &pipeline, const QByteArray &id, const PipelineOutput &output)
{
    if (output.files.isEmpty())
        return output.json;
    Json images = Json::array();
    for (const PipelineOutput::File &file : output.files) {
        const QByteArray path = media.keep(id, freshId().left(16) + '.' + file.extension, {file.contentType, file.content});
        if (pipeline.answer == Pipeline::Answer::Speech)
            return Json{{key("audio"), Json{{key("url"), QString::fromLatin1(path)}}}};
        images.append(Json{{key("url"), QString::fromLatin1(path)}, {key("seed"), file.seed}, {key("nsfw"), false}});
    }
    return Json{{key("images"), images}};
}

Server::Private::Answered Server::Private::pipeline(const Pipeline &pipeline, PipelineWork &work, ServerRequest request, ServerResponse &response)
{
    const auto self = shared_from_this();
    if (!co_await isRequest(request, response, MaxRequestBytes))
        co_return;
    const QByteArray contentType = headers::value(request.headers, "Content-Type");
    const qsizetype size = request.body.size();
    auto read = [&pipeline, contentType, body = std::move(request.body)] { return readInput(pipeline, contentType, body); };
    auto input = co_await aside(size, std::move(read));
    request.dropBody();
    if (!input) {
        co_await sendError(response, 400, input.error().message());
        co_return;
    }
    if (pipeline.async && headers::value(request.headers, "Prefer") == "respond-async") {
        co_await begin(pipeline, work, std::move(*input), response);
        co_return;
    }
    CancelSource cancel;
    const Subscription gone = response.onClosed([cancel]() mutable { cancel.cancel(); });
    std::exception_ptr failure;
    PipelineOutput output;
    try {
        WorkDesk::Work made = [&work, mine = std::move(*input)](const CallContext &context) { return work.make(mine, context); };
        output = co_await desk.run(std::move(made), cancel);
    } catch (...) {
        failure = std::current_exception();
    }
    if (response.isClosed())
        co_return;
    if (failure)
        co_await sendFailure(response, failure, pipeline.name);
    else
        co_await sendJson(response, 200, answerOf(pipeline, freshId(), output));
}

Server::Private::Answered Server::Private::begin(const Pipeline &pipeline, PipelineWork &work, PipelineInput input, ServerResponse &response)
{
    const QByteArray id = freshId();
    m_jobs.push_back({id, processing()});
    if (m_jobs.size() > MaxJobs)
        m_jobs.pop_front();
    const auto executor = co_await asio::this_coro::executor;
    auto finishing = finish(id, &pipeline, &work, std::move(input));
    asio::co_spawn(executor, std::move(finishing), asio::detached);
    const Json accepted{{key("request_id"), QString::fromLatin1(id)}};
    co_await sendJson(response, 202, accepted);
}

Server::Private::Answered Server::Private::finish(QByteArray id, const Pipeline *pipeline, PipelineWork *work, PipelineInput input)
{
    const auto self = shared_from_this(); // the client that asked for it is gone already
    Json result;
    try {
        const CancelSource cancel;
        WorkDesk::Work made = [work, mine = std::move(input)](const CallContext &context) { return work->make(mine, context); };
        const PipelineOutput output = co_await desk.run(std::move(made), cancel);
        result = answerOf(*pipeline, id, output);
    } catch (...) {
        result = errorOf(failureOf(std::current_exception(), pipeline->name).second);
    }
    if (Json *answer = job(id))
        *answer = Json{{key("result"), result}, {key("status"), "complete"}};
}

Json *Server::Private::job(const QByteArray &id)
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const Job &one) { return one.id == id; });
    return found == m_jobs.end() ? nullptr : &found->answer;
}

Server::Private::Answered Server::Private::result(ServerRequest request, ServerResponse &response)
{
    const auto self = shared_from_this();
    if (!co_await isRequest(request, response, MaxPollBytes))
        co_return;
    const auto json = Json::parse(request.body);
    if (!json) {
        co_await sendError(response, 400, json.error().message());
        co_return;
    }
    const Json *answer = job(json->value(key("request_id")).toString().toLatin1());
    if (!answer) {
        co_await sendError(response, 400, QStringLiteral("invalid request ID"));
        co_return;
    }
    // As a gateway has it: without the type of JSON, and 200 for a failure as well.
    const bool isDone = answer->value(key("status")).toString() == QLatin1String("complete");
    const Headers type = headers::contentType("text/plain; charset=utf-8");
    const QByteArray body = answer->dump() + '\n';
    co_await response.send(isDone ? 200 : 202, type, body);
}

Server::Private::Answered Server::Private::file(ServerRequest request, ServerResponse &response) const
{
    const auto self = shared_from_this();
    const auto found = media.find(request.path);
    if (!found) {
        co_await response.sendText(404, "404 page not found");
        co_return;
    }
    const Headers type = headers::contentType(found->contentType);
    co_await response.send(200, type, found->content);
}

Json Server::Private::list() const
{
    Json all = Json::array();
    for (const Pipeline &pipeline : pipelines()) {
        Json one{{key("name"), pipeline.name}};
        const auto tell = [&](const auto &work, const char *firstVerb) {
            one.insert(key("description"), work.description());
            one.insert(key("model_id"), work.model());
            one.insert(key("verbs"), pipeline.answer == Pipeline::Answer::Chat ? Json::array({Json(firstVerb), Json("run")}) : Json::array({Json(firstVerb)}));
            one.insert(key("input_schema"), pipeline.inputSchema({}, work.model()));
            one.insert(key("output_schema"), pipeline.outputSchema());
            Json examples = Json::array();
            for (const CapabilityExample &example : work.examples())
                examples.append(Json{{key("title"), example.title}, {key("input"), example.input}});
            one.insert(key("examples"), examples);
            all.append(one);
        };
        if (pipeline.answer == Pipeline::Answer::Chat && chat)
            tell(*chat, "stream");
        for (const auto &work : works) {
            if (work->pipeline() == pipeline.name)
                tell(*work, "run");
        }
    }
    return all;
}

Server::Server(ServerOptions options)
    : d(std::make_shared<Private>(options))
{
}

Server::~Server()
{
    d->desk.finish();
}

void Server::offer(std::unique_ptr<PipelineWork> work)
{
    d->works.push_back(std::move(work));
}

void Server::offerChat(std::unique_ptr<ChatWork> work)
{
    d->chat = std::move(work);
}

QStringList Server::offered() const
{
    QStringList names;
    for (const Json &one : d->list().items())
        names.append(one.value(key("name")).toString());
    return names;
}

void Server::mount(Router &router)
{
    Private *const server = d.get();
    for (const auto &work : d->works) {
        const Pipeline *pipeline = pipelineOf(work->pipeline());
        const QByteArray path = '/' + pipeline->name.toLatin1();
        router.mount(path, [server, pipeline, own = work.get()](ServerRequest request, ServerResponse &response) {
            return server->pipeline(*pipeline, *own, std::move(request), response);
        });
        if (pipeline->async)
            router.mount(path + "/result",
                [server](ServerRequest request, ServerResponse &response) { return server->result(std::move(request), response); });
    }
    if (d->chat)
        router.mount("/llm", [server](ServerRequest request, ServerResponse &response) { return server->llm(std::move(request), response); });
    router.mount("/stream/", [server](ServerRequest request, ServerResponse &response) { return server->file(std::move(request), response); });
    router.mount("/healthz", [](ServerRequest, ServerResponse &response) -> asio::awaitable<void> { co_await response.send(200, {}, {}); });
    const QByteArray listing = d->list().dump();
    router.mount("/capabilities", [listing](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        const Headers type = headers::contentType("application/json");
        co_await response.send(200, type, listing);
    });
}

void Server::stop()
{
    d->desk.stop();
}

} // namespace sluice::aigateway
