#pragma once

#include "model_server.h"
#include "raw_client.h"

#include "sluice/llmworker/chat_provider.h"
#include "sluice/llmworker/server.h"

namespace sluice::test {

/// A worker on loopback, its models behind a scripted server, with pauses that a test can wait for.
class Worker final {
public:
    explicit Worker(const std::function<void(llmworker::ServerOptions &)> &change = {}, const std::function<void(llmworker::ChatProviderOptions &)> &changeProvider = {})
    {
        llmworker::ServerOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = 0;
        if (change)
            change(options);
        const Secret key(QByteArrayView("k"));
        llmworker::ChatProviderOptions openAi = llmworker::ChatProviderOptions::openAi(models.base(), key);
        llmworker::ChatProviderOptions vllm = llmworker::ChatProviderOptions::vllm(models.base(), key);
        for (auto *one : {&openAi, &vllm}) {
            one->firstPause = std::chrono::milliseconds(1);
            if (changeProvider)
                changeProvider(*one);
        }
        llmworker::Providers providers;
        providers.emplace(QStringLiteral("openai"), llmworker::makeChatProvider(openAi));
        providers.emplace(QStringLiteral("vllm"), llmworker::makeChatProvider(vllm));
        server = std::make_unique<llmworker::Server>(io, options, providers);
        url = orThrow(server->listen());
    }

    /// One stream that asks `model` this.
    [[nodiscard]] static QByteArray stream(const QString &model, const QByteArray &content = "{query}", const QByteArray &provider = "openai")
    {
        return R"({"provider":")" + provider + R"(","settings":{"model":)" + Json(model).dump() + R"(},"messages":[{"role":"user","content":)" + Json(QString::fromUtf8(content)).dump() + "}]}";
    }
    [[nodiscard]] static QByteArray streams(const QString &model, const QByteArray &content = "{query}", const QByteArray &provider = "openai")
    {
        return '[' + stream(model, content, provider) + ']';
    }

    ModelServer models;
    IoThread io;
    std::unique_ptr<llmworker::Server> server;
    QUrl url;
};

/// The job of the message at that place.
inline QString jobOf(const Json &message)
{
    return message.value(QStringLiteral("job_id")).toString();
}

inline QString typeOf(const Json &message)
{
    return message.value(QStringLiteral("type")).toString();
}

inline QString saidIn(const Json &message)
{
    return message.value(QStringLiteral("message")).toString();
}

} // namespace sluice::test
