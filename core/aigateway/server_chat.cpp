#include "server_p.h"

#include "sluice/net/multipart_reader.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <QtCore/QDateTime>
#include <QtCore/QUuid>

namespace asio = boost::asio;

namespace sluice::aigateway {

namespace {

constexpr qsizetype MaxChatBytes = 4 * 1024 * 1024;
constexpr std::size_t QueuedPieces = 64;
constexpr qint64 DefaultMaxTokens = 256;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// Pieces of an answer from the thread that makes it; the thread waits while it is full.
using Pieces = asio::experimental::concurrent_channel<void(boost::system::error_code, QString)>;

/// What a text would be in tokens, as far as words tell.
qint64 wordsIn(const QString &text)
{
    return text.split(QLatin1Char(' '), Qt::SkipEmptyParts).size();
}

qint64 wordsIn(const Json &messages)
{
    qint64 words = 0;
    for (const Json &message : messages.items())
        words += wordsIn(message.value(key("content")).toString());
    return words;
}

/// Why the runner refuses these messages; empty when it does not.
QString problemOf(const Json &messages)
{
    static const QStringList roles{key("system"), key("user"), key("assistant")};
    for (const Json &message : messages.items()) {
        const QString role = message.value(key("role")).toString();
        if (!roles.contains(role))
            return QStringLiteral("Invalid role “%1”").arg(role.left(40));
        if (const Json content = message.value(key("content")); !content.isString() && !content.isNull())
            return QStringLiteral("json: cannot unmarshal %1 into Go struct field LLMMessage.messages.content of type string")
                .arg(content.isArray() ? key("array") : content.isObject() ? key("object") : key("value"));
    }
    return {};
}

Headers streamHeaders()
{
    return {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}, {"Connection", "keep-alive"}};
}

QByteArray event(const Json &json)
{
    return "data: " + json.dump() + "\n\n";
}

} // namespace

/// A chat that is being answered, in the form of one dialect.
struct Server::Private::Chat {
    Chat() = default;
    Json messages = Json::array();
    qint64 maxTokens = DefaultMaxTokens;
    bool stream = false;
    bool legacy = false;
    QString model;
    QString id = QStringLiteral("chatcmpl-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    qint64 written = 0; ///< pieces so far
    std::shared_ptr<Pieces> pieces;
    std::exception_ptr failure;
    CancelSource cancel;

    [[nodiscard]] qint64 total() const { return wordsIn(messages) + written; }
    [[nodiscard]] Json usage() const
    {
        return Json{{key("completion_tokens"), written}, {key("prompt_tokens"), wordsIn(messages)}, {key("total_tokens"), total()}};
    }
    [[nodiscard]] Json whole(const Json &choice) const
    {
        return Json{{key("choices"), Json::array({choice})}, {key("created"), QDateTime::currentSecsSinceEpoch()}, {key("id"), id}, {key("model"), model},
            {key("usage"), usage()}};
    }
    [[nodiscard]] Json answer(const QString &text) const
    {
        if (legacy)
            return Json{{key("response"), text}, {key("tokens_used"), total()}};
        return whole(Json{{key("finish_reason"), "stop"}, {key("index"), 0}, {key("message"), Json{{key("content"), text}, {key("role"), "assistant"}}}});
    }
    [[nodiscard]] Json chunk(const QString &text, bool last) const
    {
        if (legacy)
            return Json{{key("chunk"), text}};
        return whole(Json{{key("delta"), Json{{key("content"), text}, {key("role"), "assistant"}}}, {key("finish_reason"), last ? "stop" : ""}, {key("index"), 0}});
    }
    /// The events with which a stream ends.
    [[nodiscard]] QByteArray end() const
    {
        if (!legacy)
            return event(chunk(QString(), true));
        return event(Json{{key("tokens_used"), total()}})
            + event(Json{{key("chunk"), "[DONE]"}, {key("tokens_used"), total()}, {key("done"), true}});
    }
};

Server::Private::Answered Server::Private::llm(ServerRequest request, ServerResponse &response)
{
    const auto self = shared_from_this();
    if (!co_await isRequest(request, response, MaxChatBytes))
        co_return;
    if (options.llm == openai::Dialect::Legacy)
        co_await llmLegacy(std::move(request), response);
    else
        co_await llmGateway(std::move(request), response);
}

Server::Private::Answered Server::Private::llmGateway(ServerRequest request, ServerResponse &response)
{
    const auto json = Json::parse(request.body);
    if (!json) {
        // A form's first byte, in the words of the original's reader, by which clients know that they sent the other dialect.
        const bool isForm = request.body.startsWith("--");
        co_await sendError(response, 400, isForm ? QStringLiteral("invalid character '-' in numeric literal") : json.error().message());
        co_return;
    }
    Chat asked;
    asked.messages = json->value(key("messages"));
    const auto maxTokens = json->value(key("max_tokens")).toInt64();
    const bool isComplete = json->value(key("model")).isString() && asked.messages.isArray() && asked.messages.size() > 0
        && json->value(key("stream")).isBool() && maxTokens;
    if (!isComplete) {
        co_await sendError(response, 400, QStringLiteral("missing required fields"));
        co_return;
    }
    if (const QString problem = problemOf(asked.messages); !problem.isEmpty()) {
        co_await sendError(response, 400, problem);
        co_return;
    }
    asked.maxTokens = std::max<qint64>(1, *maxTokens);
    asked.stream = json->value(key("stream")).toBool();
    asked.model = chat->model();
    co_await answerChat(std::move(asked), response);
}

Server::Private::Answered Server::Private::llmLegacy(ServerRequest request, ServerResponse &response)
{
    const auto boundary = multipart::boundaryOf(headers::value(request.headers, "Content-Type"));
    const auto parts = boundary ? multipart::read(request.body, *boundary)
                                : Expected<QList<MultipartPart>>(unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("request Content-Type isn't multipart/form-data"))));
    if (!parts) {
        co_await sendError(response, 400, parts.error().message());
        co_return;
    }
    QHash<QByteArray, QByteArray> fields;
    for (const MultipartPart &part : *parts)
        fields.insert(part.name, part.bytes.toByteArray());
    Chat asked;
    asked.legacy = true;
    const auto say = [&asked](const char *role, const QString &content) {
        asked.messages.append(Json{{key("role"), role}, {key("content"), content}});
    };
    if (const QByteArray system = fields.value("system_msg"); !system.isEmpty())
        say("system", QString::fromUtf8(system));
    const auto history = Json::parse(fields.value("history", "[]"));
    if (!history || !history->isArray()) {
        co_await sendError(response, 500, QStringLiteral("Internal Server Error"));
        co_return;
    }
    for (const Json &turn : history->items())
        asked.messages.append(turn);
    say("user", QString::fromUtf8(fields.value("prompt")));
    asked.stream = fields.value("stream") == "true";
    asked.maxTokens = std::max<qint64>(1, fields.value("max_tokens", QByteArray::number(DefaultMaxTokens)).toLongLong());
    co_await answerChat(std::move(asked), response);
}

Server::Private::Answered Server::Private::answerChat(Chat asked, ServerResponse &response)
{
    using namespace asio::experimental::awaitable_operators;
    const auto executor = co_await asio::this_coro::executor;
    const auto shared = std::make_shared<Chat>(std::move(asked));
    shared->pieces = std::make_shared<Pieces>(executor, QueuedPieces);
    const Subscription gone = response.onClosed([shared] {
        shared->cancel.cancel();
        shared->pieces->cancel();
    });
    WorkDesk::Work work = [own = chat.get(), shared](const CallContext &context) {
        qint64 count = 0;
        const auto piece = [&](const QString &text) {
            if (context.cancel.isCanceled() || count++ >= shared->maxTokens)
                return false;
            try {
                shared->pieces->async_send(boost::system::error_code(), text, asio::use_future).get();
            } catch (const std::exception &) {
                return false; // the reader is gone
            }
            return true;
        };
        own->answer(shared->messages, shared->maxTokens, piece, context);
        return PipelineOutput();
    };
    auto working = [](Private *own, WorkDesk::Work mine, std::shared_ptr<Chat> answered) -> Answered {
        try {
            (void)co_await own->desk.run(std::move(mine), answered->cancel);
        } catch (...) {
            answered->failure = std::current_exception();
        }
        // Boost 1.81 forgets what a channel still holds when it is closed; so the end is the last thing in it, unless nobody reads any more.
        boost::system::error_code told;
        if (answered->cancel.token().isCanceled())
            answered->pieces->close();
        else
            co_await answered->pieces->async_send(asio::error::eof, QString(), asio::redirect_error(asio::use_awaitable, told));
    };
    auto making = working(this, std::move(work), shared);
    auto sending = streamChat(shared, response);
    co_await (std::move(making) && std::move(sending));
}

Server::Private::Answered Server::Private::streamChat(std::shared_ptr<Chat> asked, ServerResponse &response)
{
    QString text;
    for (;;) {
        boost::system::error_code ended;
        const QString piece = co_await asked->pieces->async_receive(asio::redirect_error(asio::use_awaitable, ended));
        if (ended)
            break;
        ++asked->written;
        if (!asked->stream) {
            text += piece;
            continue;
        }
        if (!response.started()) {
            const Headers head = streamHeaders();
            co_await response.begin(200, head);
        }
        const QByteArray bytes = event(asked->chunk(piece, false));
        if (!co_await response.write(bytes))
            asked->cancel.cancel();
    }
    asked->pieces->close(); // a piece that nobody takes any more is not waited with
    if (response.isClosed())
        co_return;
    if (asked->failure) {
        // Once begun, the client is told by a stream without its end, as by the original.
        if (response.started())
            co_await response.end();
        else
            co_await sendFailure(response, asked->failure, QStringLiteral("llm"));
        co_return;
    }
    if (!asked->stream) {
        co_await sendJson(response, 200, asked->answer(text));
        co_return;
    }
    if (!response.started()) {
        const Headers head = streamHeaders();
        co_await response.begin(200, head);
    }
    const QByteArray end = asked->end();
    co_await response.write(end);
    co_await response.end();
}

} // namespace sluice::aigateway
