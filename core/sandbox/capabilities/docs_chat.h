#pragma once

#include "sluice/runner/capability.h"

#include <memory>

namespace sluice::sandbox {

class DocsIndex;

/// `docs-chat`: OpenAI-style messages in, an answer from the bundled documentation out, word by word. Retrieval, no language model.
class DocsChat final : public StreamCapability {
public:
    /// Indexes the bundled documentation. Throws Error (Storage) when SQLite's full-text search is missing.
    DocsChat();
    ~DocsChat() override;

    [[nodiscard]] QString name() const override { return QStringLiteral("docs-chat"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString version() const override { return QStringLiteral("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override;
    [[nodiscard]] Json outputSchema() const override;
    [[nodiscard]] CapabilityPrice price() const override { return {150'000'000, 1, QStringLiteral("wei")}; }
    [[nodiscard]] int capacity() const override { return 4; }
    [[nodiscard]] QList<Example> examples() const override;
    [[nodiscard]] QString path() const override { return QStringLiteral("v1/chat/completions"); }
    void generate(const Json &input, EventSink &sink, const RunContext &context) override;
    [[nodiscard]] Json collected(const QList<QByteArray> &events) const override;

    /// The whole answer to a conversation, as Markdown, with its sources. Thread-safe.
    struct Answer {
        QString markdown;
        Json sources; ///< array of {document, heading}
    };
    [[nodiscard]] Answer answer(const Json &messages, int maxSources) const;

private:
    std::unique_ptr<DocsIndex> m_index;
};

} // namespace sluice::sandbox
