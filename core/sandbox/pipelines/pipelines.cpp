#include "sluice/sandbox/pipelines/pipelines.h"

#include "sluice/base/file_text.h"
#include "sluice/sandbox/capabilities/picture.h"

namespace sluice::sandbox {

std::vector<FoundWork> sandboxPipelines()
{
    std::vector<FoundWork> all;
    all.push_back(textToImage());
    all.push_back(imageToImage());
    all.push_back(imageToVideo());
    all.push_back(upscale());
    all.push_back(segmentation());
    all.push_back(imageToText());
    all.push_back(audioToText());
    all.push_back(textToSpeech());
    return all;
}

QString exampleLandscape()
{
    const Expected<QByteArray> png = encodePng(landscape(240, 150));
    return png ? dataUri("image/png", *png) : QString();
}

namespace {

/// Gives the text of a capability's events on.
class PieceSink final : public EventSink {
public:
    explicit PieceSink(const std::function<bool(const QString &)> &piece)
        : m_piece(piece)
    {
    }
    bool send(const QByteArray &data) override
    {
        const auto chunk = Json::parse(data);
        const QString text = chunk ? chunk->find(QStringLiteral("/choices/0/delta/content")).value_or(Json()).toString() : QString();
        return text.isEmpty() || m_piece(text);
    }

private:
    const std::function<bool(const QString &)> &m_piece;
};

class ChatOver final : public aigateway::ChatWork {
public:
    ChatOver(std::unique_ptr<StreamCapability> capability, QString model)
        : m_capability(std::move(capability))
        , m_model(model.isEmpty() ? QStringLiteral("sandbox/") + m_capability->name() : std::move(model))
    {
    }
    [[nodiscard]] QString model() const override { return m_model; }
    [[nodiscard]] QString description() const override
    {
        return m_capability->description() + QStringLiteral(" Of the parameters, only the largest number of tokens counts, in words. Any model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        QList<CapabilityExample> all;
        for (const Example &example : m_capability->examples()) {
            Json input = example.input;
            input.insert(QStringLiteral("max_tokens"), 1024);
            all.append({example.title, input});
        }
        return all;
    }
    void answer(const Json &messages, qint64, const std::function<bool(const QString &)> &piece, const CallContext &context) override
    {
        const Json input{{QStringLiteral("messages"), messages}, {QStringLiteral("stream"), true}};
        const RunContext running(context.cancel, context.deadline);
        PieceSink sink(piece);
        m_capability->generate(input, sink, running);
    }

private:
    std::unique_ptr<StreamCapability> m_capability;
    QString m_model;
};

} // namespace

std::unique_ptr<aigateway::ChatWork> chatOver(std::unique_ptr<StreamCapability> capability, const QString &model)
{
    return std::make_unique<ChatOver>(std::move(capability), model);
}

} // namespace sluice::sandbox
