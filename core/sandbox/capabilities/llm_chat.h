#pragma once

#include "sluice/base/secret.h"
#include "sluice/runner/capability.h"

#include <QtCore/QUrl>

namespace sluice::sandbox {

/// `llm-chat`: relays a conversation to an OpenAI-compatible server and streams what it answers, unchanged.
class LlmChat final : public StreamCapability {
public:
    struct Upstream {
        QUrl url;      ///< "https://host", "https://host/v1" or the whole address of chat/completions
        Secret key;    ///< sent as bearer; empty: none is sent
        QString model; ///< asked for when the input names none; empty: left to the server
        QString server = {}; ///< what it is, for people: "Ollama 0.5.7"; empty: unknown
    };

    /// Throws Error (Config) for a URL that is no http(s) URL, or a key that would travel in clear over a network.
    explicit LlmChat(Upstream upstream);

    [[nodiscard]] QString name() const override { return QStringLiteral("llm-chat"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {500'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 2; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] QString path() const override { return QStringLiteral("v1/chat/completions"); }
    void generate(const Json &input, EventSink &sink, const RunContext &context) override;
    [[nodiscard]] Json collected(const QList<QByteArray> &events) const override;

private:
    Upstream m_upstream;
};

} // namespace sluice::sandbox
